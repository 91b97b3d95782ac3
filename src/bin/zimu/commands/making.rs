//! One transcript in, its captions out: what all commands have in common that make captions.
//!
//! Nothing is told here, and nothing written: what there is to tell is given with the captions,
//! so that many may be made at once.

use std::path::Path;

use zimu::align::{Absent, Subject};
use zimu::bilingual::{Paired, Second, SecondText, Widest, pair};
use zimu::format::Format;
use zimu::format::names::Languages;
use zimu::model::{Clock, Diagnostic, LanguageTag, Track, Transcript};
use zimu::profile::Profile;
use zimu::segment::{Explained, Layout, explain};
use zimu::speech::Heard;
use zimu::spotting::spot;
use zimu::text::terms::Terms;
use zimu::text::width::HALF_CELLS_PER_CELL;
use zimu::timing::{Known, clock};
use zimu::transcript::{Form, Hints, Reading, is_interleaved, pair_up, parse_with};

use crate::account::LineAccount;
use crate::called::{Called, OPTIONS};
use crate::commands::heard::{aligned, lines_of};
use crate::commands::source::{Source, found_format, not_read};
use crate::files::name_of;
use crate::report::Failure;
use crate::settings::{ProfileChoice, SECOND_PROFILE};

/// What transcripts are captioned by: many have one.
pub(super) struct Recipe<'a> {
    pub(super) profile: Profile,
    /// That of the lines of a second language.
    pub(super) second_profile: Profile,
    pub(super) terms: &'a Terms,
    pub(super) pairs: Pairs,
}

/// Whether each line of Chinese has its translation below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pairs {
    FoundOut,
    Asked,
}

/// A transcript, and what is known of it.
pub(super) struct Talk<'t> {
    pub(super) source: &'t Source,
    pub(super) language: LanguageTag,
    pub(super) known: Known<'t>,
    /// Names that are labels where they begin a line; none where that is found out.
    pub(super) speakers: &'t [String],
    pub(super) translation: Option<&'t Translation>,
    /// The second language, where somebody says which it is.
    pub(super) second_lang: Option<&'t LanguageTag>,
    /// What was heard of it, and what becomes of lines that were not.
    pub(super) sound: Option<(&'t Heard, Absent)>,
}

/// A transcript, and when it is spoken.
pub(super) struct Spoken<'t> {
    pub(super) transcript: Transcript,
    /// What each line of the source was taken for.
    pub(super) forms: Vec<Form>,
    pub(super) clock: Clock,
    /// What of that was known besides its own times.
    pub(super) known: Known<'t>,
    /// If somebody listened.
    pub(super) heard: Option<HeardLines>,
}

impl Spoken<'_> {
    /// The transcript with the lines that have no caption, which its translation may have.
    const fn whole(&self) -> &Transcript {
        match &self.heard {
            Some(heard) => &heard.all,
            None => &self.transcript,
        }
    }
}

/// What was heard of a transcript.
pub(super) struct HeardLines {
    /// Where each line is.
    pub(super) lines: Vec<LineAccount>,
    /// The transcript, with the lines that are in no caption.
    pub(super) all: Transcript,
}

/// The captions of a transcript.
pub(super) struct Captioned<'t> {
    pub(super) spoken: Spoken<'t>,
    pub(super) explained: Explained,
    pub(super) track: Track,
    pub(super) languages: Languages,
    /// What was found in the translation.
    pub(super) of_second: Vec<Diagnostic>,
}

impl<'a> Recipe<'a> {
    /// With pairs found out.
    pub(super) fn of(profile: Profile, terms: &'a Terms) -> Result<Self, Failure> {
        let second = profile.second.as_deref().unwrap_or(SECOND_PROFILE);
        Ok(Self {
            second_profile: ProfileChoice::asked(second).read()?,
            profile,
            terms,
            pairs: Pairs::FoundOut,
        })
    }

    /// All that it limits, as a text: another one where any of it is another.
    pub(super) fn limits(&self) -> String {
        format!("{:?} {:?}", self.profile, self.second_profile)
    }

    /// Captions a transcript; `found` is all that was doubtful about it, which may be why there
    /// are no captions.
    pub(super) fn caption<'t>(
        &self,
        talk: &Talk<'t>,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Captioned<'t>, Failure> {
        let spoken = self.spoken(talk, found)?;
        let Talk {
            source,
            language,
            translation,
            ..
        } = talk;
        let layout = Layout {
            profile: &self.profile,
            language,
            terms: self.terms,
        };
        let Spoken {
            transcript, clock, ..
        } = &spoken;
        let explained = explain(transcript, clock, layout);
        let track = spot(
            transcript,
            &explained.segments,
            clock,
            &self.profile,
            language,
        );
        let language = language.clone();
        let whole = spoken.whole();
        let (track, languages, of_second) = match second(whole, talk) {
            None => (track, Languages::One(language), Vec::new()),
            Some((text, second)) => {
                let paired = self.paired(&track, whole, text, &second);
                let paired = paired.map_err(|error| {
                    let other = translation.map(|second| second.source.path.as_path());
                    in_both(&source.path, other, &error)
                })?;
                let languages = Languages::Two(language, second);
                (paired.track, languages, paired.diagnostics)
            }
        };
        Ok(Captioned {
            spoken,
            explained,
            track,
            languages,
            of_second,
        })
    }

    /// How wide lines may be in another script.
    pub(super) fn widest(&self) -> Widest {
        let most = self.profile.max_cells_per_line;
        most.map_or(Widest::Unlimited, |cells| {
            Widest::HalfCells(cells.saturating_mul(HALF_CELLS_PER_CELL))
        })
    }

    /// The transcript and when it is spoken.
    fn spoken<'t>(
        &self,
        talk: &Talk<'t>,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Spoken<'t>, Failure> {
        let Talk { source, known, .. } = *talk;
        let hints = Hints {
            speakers: talk.speakers,
        };
        let Reading {
            mut transcript,
            forms,
            diagnostics,
        } = parse_with(&source.text, hints);
        found.extend(diagnostics);
        let are_pairs = self.pairs == Pairs::Asked || is_interleaved(&transcript);
        if talk.translation.is_none() && are_pairs {
            pair_up(&mut transcript);
        }
        if transcript.utterances.is_empty() {
            return Err(Failure::of_file(
                &source.path,
                "expected words to caption, found none",
            ));
        }
        if let Some((heard, absent)) = talk.sound {
            let subject = Subject::Transcript(absent);
            match aligned(&transcript, heard, &talk.known) {
                Ok(aligned) => {
                    found.extend(aligned.findings(&transcript, subject));
                    let placement = aligned.placement(&transcript, absent);
                    let lines = lines_of(&aligned, &transcript, Some(&placement));
                    return Ok(Spoken {
                        transcript: placement.transcript,
                        forms,
                        clock: placement.clock,
                        known,
                        heard: Some(HeardLines {
                            lines,
                            all: transcript,
                        }),
                    });
                }
                Err(error) => found.push(error.finding(subject)),
            }
        }
        let timed = clock(&transcript, known)
            .map_err(|error| Failure::of_file(&source.path, error.to_string()))?;
        found.extend(timed.diagnostics);
        Ok(Spoken {
            transcript,
            forms,
            clock: timed.clock,
            known,
            heard: None,
        })
    }

    /// The `track` with a translation below.
    fn paired(
        &self,
        track: &Track,
        transcript: &Transcript,
        text: SecondText<'_>,
        language: &LanguageTag,
    ) -> Result<Paired, String> {
        let second = Second {
            text,
            language,
            profile: &self.second_profile,
            terms: self.terms,
        };
        pair(track, transcript, second).map_err(|error| error.to_string())
    }
}

/// Where the words of the second language are, and which it is.
fn second<'t>(transcript: &Transcript, talk: &Talk<'t>) -> Option<(SecondText<'t>, LanguageTag)> {
    if let Some(second) = talk.translation {
        let text = match &second.captions {
            Some(captions) => SecondText::Captions(captions),
            None => SecondText::Lines(&second.source.text),
        };
        return Some((text, second.language.clone()));
    }
    let named = || name_of(&talk.source.path).languages?.second().cloned();
    let language = talk.second_lang.cloned().or_else(named);
    let language = language.unwrap_or(LanguageTag::EN);
    (!transcript.translations.is_empty()).then_some((SecondText::Interleaved, language))
}

/// What does not fit between a transcript and its translation.
fn in_both(first: &Path, second: Option<&Path>, error: &str) -> Failure {
    let files = [first].into_iter().chain(second);
    let files: Vec<_> = files.map(|path| path.display().to_string()).collect();
    Failure::plain(format!("{}: {error}", files.join(" and ")))
}

/// The language of a transcript, which is Chinese where nothing says another.
pub(super) fn first_of(languages: Option<Languages>) -> LanguageTag {
    match languages {
        Some(Languages::One(first) | Languages::Two(first, _)) => first,
        None => LanguageTag::ZH_HANS,
    }
}

/// A text of its own in the second language.
pub(super) struct Translation {
    pub(super) source: Source,
    /// What it has where it is captions.
    captions: Option<Track>,
    language: LanguageTag,
    /// What was found in these.
    pub(super) found: Vec<Diagnostic>,
    /// What is to be told of their format.
    pub(super) note: Option<String>,
}

/// What a translation is.
#[derive(Clone, Copy, Debug)]
pub(super) enum TranslationForm {
    /// A text, line for line.
    Lines,
    /// Captions, in a format that is found out where nobody says it.
    Captions(Option<&'static Format>),
}

impl Translation {
    /// Of a `source` in a language that somebody says, or its name, or else in English.
    pub(super) fn of(source: Source, asked: Option<&LanguageTag>) -> Result<Self, Failure> {
        let form = if is_captions(&source) {
            TranslationForm::Captions(None)
        } else {
            TranslationForm::Lines
        };
        Self::in_form(source, form, asked, &OPTIONS)
    }

    /// The same, where somebody says what it is.
    pub(super) fn in_form(
        source: Source,
        form: TranslationForm,
        asked: Option<&LanguageTag>,
        called: &Called,
    ) -> Result<Self, Failure> {
        let named = || Some(name_of(&source.path).languages?.first().clone());
        let language = asked.cloned().or_else(named).unwrap_or(LanguageTag::EN);
        let (mut captions, mut found, mut note) = (None, Vec::new(), None);
        if let TranslationForm::Captions(asked) = form {
            let format;
            (format, note) = found_format(&source, asked, called)?;
            let read = format.read(&source.text);
            let read = read.ok_or_else(|| not_read(&source))?;
            captions = Some(read.track);
            found = read.diagnostics;
        }
        Ok(Self {
            source,
            captions,
            language,
            found,
            note,
        })
    }
}

/// Whether a translation is captions. A text may have times before its lines as they do.
fn is_captions(source: &Source) -> bool {
    let is_text = source
        .path
        .extension()
        .is_some_and(|ending| ending == "txt");
    !is_text && Format::of_content(&source.text).is_some_and(Format::can_read)
}

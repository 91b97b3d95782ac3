//! `zimu caption`: transcripts in, captions out.

use std::path::{Path, PathBuf};

use zimu::bilingual::{Paired, Second, SecondText, Widest, pair};
use zimu::format::Format;
use zimu::format::names::Languages;
use zimu::model::{Clock, Diagnostic, LanguageTag, Track, Transcript};
use zimu::profile::Profile;
use zimu::segment::{Explained, Layout, explain};
use zimu::spotting::spot;
use zimu::text::terms::Terms;
use zimu::text::width::HALF_CELLS_PER_CELL;
use zimu::timing::{Known, clock};
use zimu::transcript::{Form, Hints, Reading, is_interleaved, pair_up, parse_with};

use crate::account::{Account, FileAccount};
use crate::args::{CaptionArguments, Report};
use crate::commands::explain::{Explanation, told};
use crate::commands::scripts::{Scripts, Version, Volume};
use crate::commands::source::{Source, captions};
use crate::commands::summary::Made;
use crate::commands::{Outcome, Sink, claim_namesakes, each_input, print};
use crate::files::{self, Destination, Existing, is_standard, name_of};
use crate::inputs::Inputs;
use crate::outputs::{Claims, Outputs};
use crate::recording::{Recording, Speaker};
use crate::report::{self, Failure};
use crate::settings::{ProfileChoice, Project, SECOND_PROFILE};

pub(crate) fn run(arguments: &CaptionArguments) -> Result<Outcome, Failure> {
    let Some(Report::Json) = arguments.report else {
        return captioned(arguments, &mut Vec::new());
    };
    let mut files = Vec::with_capacity(arguments.files.inputs.len());
    let outcome = captioned(arguments, &mut files);
    let account = match &outcome {
        Err(failure) if files.is_empty() => Account::failed(failure),
        _ => Account::of(files),
    };
    let existing = Existing::asked(arguments.files.overwrite);
    let destination = Destination::of(&arguments.report_file);
    if let Err(unwritten) = account.write(&destination, existing) {
        // What was captioned is written all the same.
        report::failure(&unwritten);
        return outcome.map(|_| Outcome::Faulty);
    }
    outcome
}

/// Captions all inputs, and gives an account of each.
fn captioned(
    arguments: &CaptionArguments,
    accounts: &mut Vec<FileAccount>,
) -> Result<Outcome, Failure> {
    let project = Project::nearest()?;
    let choice = project.profile(arguments.profile.as_deref());
    let profile_file = choice.file();
    let speaker = Speaker::of(&arguments.known, &project)?;
    let read = arguments.files.inputs.iter().chain(&arguments.second);
    let read = read.chain(&arguments.terms);
    let read = read.chain(&profile_file).chain(&speaker.file);
    let read = read.chain(&arguments.known.media);
    let glossaries = project.glossary_files(&arguments.script.glossary);
    let read = read.chain(&glossaries).map(PathBuf::as_path);
    let mut claims = Claims::with(read.chain(project.path()))?;
    let style = project.name_style(arguments.files.name_style())?;
    let inputs = Inputs::named(&arguments.files.inputs);
    let outputs = Outputs::of(&arguments.files, &inputs, style)?;
    let writing = Writing::of(arguments, &outputs)?;
    check_report(arguments, &outputs)?;
    let profile = choice.read()?;
    let scripts = Scripts::of(&arguments.script, &arguments.also, &project)?;
    if writing == Writing::Captions {
        outputs.check_versions(scripts.count())?;
    }
    let terms = project.terms(arguments.terms.as_deref())?;
    let second = arguments.second.as_deref();
    let translation = second.map(|path| Translation::read(path, arguments));
    let translation = translation.transpose()?;
    // Inputs that share a translation are one text, and are told apart by nothing.
    if translation.is_none() && writing == Writing::Captions {
        let lang = arguments.files.lang.as_ref();
        let first = |source: &Source| first_of(source.languages(lang, &project));
        let named = |source: &Source| scripts.languages(&Languages::One(first(source)));
        claim_namesakes(&arguments.files, &outputs, &mut claims, named)?;
    }
    let maker = Maker {
        arguments,
        project: &project,
        writing,
        profile,
        scripts: &scripts,
        speaker,
        terms,
        translation,
    };
    each_input(&arguments.files.inputs, &arguments.files.reading, |input| {
        let mut sink = Sink {
            arguments: &arguments.files,
            outputs: &outputs,
            claims: &mut claims,
        };
        let mut account = FileAccount::of(input);
        let outcome = maker.caption(input, &mut sink, &mut account);
        if let Err(failure) = &outcome {
            account.failed(failure);
        }
        accounts.push(account);
        outcome
    })
}

/// The language of a transcript, which is Chinese where nothing says another.
fn first_of(languages: Option<Languages>) -> LanguageTag {
    match languages {
        Some(Languages::One(first) | Languages::Two(first, _)) => first,
        None => LanguageTag::ZH_HANS,
    }
}

/// The standard output has one thing on it.
fn check_report(arguments: &CaptionArguments, outputs: &Outputs<'_>) -> Result<(), Failure> {
    let is_asked = arguments.report.is_some() && is_standard(&arguments.report_file);
    if is_asked && (arguments.explain.is_some() || outputs.are_standard()) {
        return Err(Failure::plain(
            "expected a file for the report (--report-file), found the standard output, which has \
             something else on it",
        ));
    }
    Ok(())
}

/// Whether captions are written, or only explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Captions,
    Nothing,
}

impl Writing {
    fn of(arguments: &CaptionArguments, outputs: &Outputs<'_>) -> Result<Self, Failure> {
        match (arguments.explain, &arguments.files.output) {
            (Some(_), None) => Ok(Self::Nothing),
            (Some(_), Some(_)) if outputs.are_standard() => Err(Failure::plain(
                "expected a file or a folder to write captions to (-o), found the standard \
                 output, which has what --explain says",
            )),
            (None, _) | (Some(_), Some(_)) => Ok(Self::Captions),
        }
    }
}

struct Maker<'a> {
    arguments: &'a CaptionArguments,
    project: &'a Project,
    writing: Writing,
    profile: Profile,
    scripts: &'a Scripts,
    speaker: Speaker,
    terms: Terms,
    translation: Option<Translation>,
}

/// A text of its own in the second language.
struct Translation {
    source: Source,
    /// What it has where it is captions.
    captions: Option<Track>,
    language: LanguageTag,
    outcome: Outcome,
}

impl Translation {
    fn read(path: &Path, arguments: &CaptionArguments) -> Result<Self, Failure> {
        let source = Source::decode(path, files::read(path)?, &arguments.files.reading)?;
        let asked = arguments.second_lang.clone();
        let language = asked
            .or_else(|| Some(name_of(path).languages?.first().clone()))
            .unwrap_or(LanguageTag::EN);
        let reading = &arguments.files.reading;
        let mut outcome = Outcome::Clean;
        let mut track = None;
        if is_captions(&source) {
            let captions = captions(&source, None, reading)?;
            source.report(&captions.diagnostics, reading);
            outcome = Outcome::of(&captions.diagnostics);
            track = Some(captions.track);
        }
        Ok(Self {
            source,
            captions: track,
            language,
            outcome,
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

impl Maker<'_> {
    fn caption(
        &self,
        input: &Path,
        sink: &mut Sink<'_>,
        account: &mut FileAccount,
    ) -> Result<Outcome, Failure> {
        let arguments = &self.arguments.files;
        let source = Source::decode(input, files::read(input)?, &arguments.reading)?;
        let mut found = Vec::new();
        let spoken = self.spoken(&source, &mut found);
        // What was found may be why there are no captions.
        source.report(&found, &arguments.reading);
        account.found(&source.text, &found);
        let spoken = spoken?;
        let Spoken {
            transcript, clock, ..
        } = &spoken;
        let language = first_of(source.languages(arguments.lang.as_ref(), self.project));
        source.tell_language(arguments);
        let layout = Layout {
            profile: &self.profile,
            language: &language,
            terms: &self.terms,
        };
        let explained = explain(transcript, clock, layout);
        let segments = &explained.segments;
        let track = spot(transcript, segments, clock, &self.profile, &language);
        let (track, languages) = match self.second(transcript, input) {
            None => (track, Languages::One(language)),
            Some((text, second)) => {
                let paired = self.paired(&track, transcript, text, &second, input)?;
                let translation = self.translation.as_ref();
                let of = translation.map_or(&source, |second| &second.source);
                of.report(&paired.diagnostics, &arguments.reading);
                account.found(&of.text, &paired.diagnostics);
                found.extend(paired.diagnostics);
                (paired.track, Languages::Two(language, second))
            }
        };
        if self.writing == Writing::Captions {
            let voice = self.speaker.file.as_deref();
            let made = Made::of(&spoken, &track, voice, &found);
            let captions = Version {
                languages: Some(languages),
                track,
            };
            let volume = Volume::asked(arguments.reading.quiet);
            let versions = self
                .scripts
                .versions(input, captions, self.widest(), volume)?;
            let names = sink.write(input, versions)?;
            made.account(&names, account);
            if !arguments.reading.quiet {
                made.tell(input, &names);
            }
        }
        self.explain(&source, &spoken, &explained)?;
        let second = self.translation.as_ref();
        let outcome = second.map_or(Outcome::Clean, |second| second.outcome);
        Ok(Outcome::of(&found).max(outcome))
    }

    /// How wide lines may be in another script.
    fn widest(&self) -> Widest {
        let most = self.profile.max_cells_per_line;
        most.map_or(Widest::Unlimited, |cells| {
            Widest::HalfCells(cells.saturating_mul(HALF_CELLS_PER_CELL))
        })
    }

    /// Prints what `--explain` asks for.
    fn explain(
        &self,
        source: &Source,
        spoken: &Spoken<'_>,
        explained: &Explained,
    ) -> Result<(), Failure> {
        let Some(what) = self.arguments.explain else {
            return Ok(());
        };
        let explanation = Explanation {
            input: &source.path,
            profile: &self.profile.name,
            settings: self.project.path(),
            source: &source.text,
            forms: &spoken.forms,
            transcript: &spoken.transcript,
            explained,
            clock: &spoken.clock,
            known: spoken.known,
        };
        print(&told(what, &explanation))
    }

    /// The transcript and when it is spoken; `found` is all that was doubtful about either.
    fn spoken(&self, source: &Source, found: &mut Vec<Diagnostic>) -> Result<Spoken<'_>, Failure> {
        let Recording { known, note } =
            Recording::of(&self.arguments.known, &self.speaker, &source.path)?;
        if let Some(note) = note.filter(|_| !self.arguments.files.reading.quiet) {
            report::note(&note);
        }
        let hints = Hints {
            speakers: &self.arguments.speakers,
        };
        let Reading {
            mut transcript,
            forms,
            diagnostics,
        } = parse_with(&source.text, hints);
        found.extend(diagnostics);
        if self.translation.is_none() && (self.arguments.interleaved || is_interleaved(&transcript))
        {
            pair_up(&mut transcript);
        }
        if transcript.utterances.is_empty() {
            return Err(Failure::of_file(
                &source.path,
                "expected words to caption, found none",
            ));
        }
        let timed = clock(&transcript, known)
            .map_err(|error| Failure::of_file(&source.path, error.to_string()))?;
        found.extend(timed.diagnostics);
        Ok(Spoken {
            transcript,
            forms,
            clock: timed.clock,
            known,
        })
    }

    /// Where the words of the second language are, and which it is.
    fn second(
        &self,
        transcript: &Transcript,
        input: &Path,
    ) -> Option<(SecondText<'_>, LanguageTag)> {
        if let Some(second) = &self.translation {
            let text = match &second.captions {
                Some(captions) => SecondText::Captions(captions),
                None => SecondText::Lines(&second.source.text),
            };
            return Some((text, second.language.clone()));
        }
        let asked = self.arguments.second_lang.clone();
        let named = || name_of(input).languages?.second().cloned();
        let language = asked.or_else(named).unwrap_or(LanguageTag::EN);
        (!transcript.translations.is_empty()).then_some((SecondText::Interleaved, language))
    }

    /// The `track` of the file `first`, with a translation below.
    fn paired(
        &self,
        track: &Track,
        transcript: &Transcript,
        text: SecondText<'_>,
        language: &LanguageTag,
        first: &Path,
    ) -> Result<Paired, Failure> {
        let name = self.profile.second.as_deref().unwrap_or(SECOND_PROFILE);
        let second = Second {
            text,
            language,
            profile: &ProfileChoice::asked(name).read()?,
            terms: &self.terms,
        };
        pair(track, transcript, second).map_err(|error| {
            let second = self
                .translation
                .iter()
                .map(|second| second.source.path.as_path());
            let files = [first]
                .into_iter()
                .chain(second)
                .map(|path| path.display().to_string());
            Failure::plain(format!(
                "{}: {error}",
                files.collect::<Vec<_>>().join(" and ")
            ))
        })
    }
}

/// A transcript, and when it is spoken.
pub(super) struct Spoken<'s> {
    pub(super) transcript: Transcript,
    /// What each line of the source was taken for.
    forms: Vec<Form>,
    pub(super) clock: Clock,
    /// What of that was known besides its own times.
    known: Known<'s>,
}

//! `zimu caption`: transcripts in, captions out.

use std::path::{Path, PathBuf};

use zimu::bilingual::{Paired, Second, SecondText, pair};
use zimu::model::{Basis, Clock, Diagnostic, LanguageTag, Severity, Timestamp, Track, Transcript};
use zimu::profile::Profile;
use zimu::segment::{Explained, Layout, explain};
use zimu::spotting::spot;
use zimu::text::terms::Terms;
use zimu::timing::{Doubt, Known, clock, doubt};
use zimu::transcript::{Form, Hints, Reading, is_interleaved, pair_up, parse_with};

use crate::args::CaptionArguments;
use crate::commands::explain::{Explanation, told};
use crate::commands::{Outcome, Sink, Source, claim_namesakes, each_input, print};
use crate::files;
use crate::language::tagged_stem;
use crate::outputs::{Claims, Outputs};
use crate::recording::Recording;
use crate::report::{self, Failure};
use crate::settings::{ProfileChoice, Project};

/// The profile for the lines of a second language, where the first's profile names none.
const SECOND_PROFILE: &str = "netflix-en";

pub(crate) fn run(arguments: &CaptionArguments) -> Result<Outcome, Failure> {
    let project = Project::nearest()?;
    let choice = project.profile(arguments.profile.as_deref());
    let profile_file = choice.file();
    let read = arguments.files.inputs.iter().chain(&arguments.second);
    let read = read.chain(&arguments.terms).chain(&profile_file);
    let read = read.map(PathBuf::as_path);
    let mut claims = Claims::with(read.chain(project.path()))?;
    let outputs = Outputs::of(&arguments.files)?;
    let writing = Writing::of(arguments, &outputs)?;
    let profile = choice.read()?;
    let terms = project.terms(arguments.terms.as_deref())?;
    let second = arguments.second.as_deref();
    let second_bytes = second.map_or(Ok(Vec::new()), files::read)?;
    let translation = second
        .map(|path| Translation::read(path, &second_bytes, arguments))
        .transpose()?;
    // Inputs that share a translation are one text, and are told apart by nothing.
    if translation.is_none() && writing == Writing::Captions {
        let tag = |language: Option<_>| language.unwrap_or(LanguageTag::ZH_HANS).to_string();
        claim_namesakes(&arguments.files, &project, &outputs, &mut claims, tag)?;
    }
    let maker = Maker {
        arguments,
        project: &project,
        writing,
        profile,
        terms,
        translation,
    };
    each_input(&arguments.files, |input| {
        let mut sink = Sink {
            arguments: &arguments.files,
            outputs: &outputs,
            claims: &mut claims,
        };
        maker.caption(input, &mut sink)
    })
}

/// Whether captions are written, or only explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Captions,
    Nothing,
}

impl Writing {
    fn of(arguments: &CaptionArguments, outputs: &Outputs) -> Result<Self, Failure> {
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
    terms: Terms,
    translation: Option<Translation<'a>>,
}

/// A text of its own in the second language.
struct Translation<'b> {
    source: Source<'b>,
    language: LanguageTag,
}

impl<'b> Translation<'b> {
    fn read(path: &Path, bytes: &'b [u8], arguments: &CaptionArguments) -> Result<Self, Failure> {
        let source = Source::decode(path, bytes, &arguments.files)?;
        let asked = arguments.second_lang.clone();
        let language = asked
            .or_else(|| tagged_stem(path).tag)
            .unwrap_or(LanguageTag::EN);
        Ok(Self { source, language })
    }
}

impl Maker<'_> {
    fn caption(&self, input: &Path, sink: &mut Sink<'_>) -> Result<Outcome, Failure> {
        let arguments = &self.arguments.files;
        let bytes = files::read(input)?;
        let source = Source::decode(input, &bytes, arguments)?;
        let mut found = Vec::new();
        let spoken = self.spoken(&source, &mut found);
        // What was found may be why there are no captions.
        source.report(&found, arguments);
        let spoken = spoken?;
        let Spoken {
            transcript, clock, ..
        } = &spoken;
        let language = source.language(arguments, self.project);
        let language = language.unwrap_or(LanguageTag::ZH_HANS);
        let layout = Layout {
            profile: &self.profile,
            language: &language,
            terms: &self.terms,
        };
        let explained = explain(transcript, clock, layout);
        let segments = &explained.segments;
        let track = spot(transcript, segments, clock, &self.profile, &language);
        let (track, tag) = match self.second(transcript) {
            None => (track, language.to_string()),
            Some((text, second)) => {
                let paired = self.paired(&track, transcript, text, &second, input)?;
                let translation = self.translation.as_ref();
                let of = translation.map_or(&source, |second| &second.source);
                of.report(&paired.diagnostics, arguments);
                found.extend(paired.diagnostics);
                let tag = format!("{}-{}", language.primary(), second.primary());
                (paired.track, tag)
            }
        };
        if self.writing == Writing::Captions {
            let made = Made {
                cues: track.cues().len(),
                end: track.end(),
                rests_on: rests_on(transcript, clock),
                read: counted(transcript, &found),
            };
            let names = sink.write(input, &tag, track)?;
            if !arguments.quiet {
                summarise(input, &names, &made);
            }
        }
        self.explain(&source, &spoken, &explained)?;
        Ok(Outcome::of(&found))
    }

    /// Prints what `--explain` asks for.
    fn explain(
        &self,
        source: &Source<'_>,
        spoken: &Spoken,
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
    fn spoken(&self, source: &Source<'_>, found: &mut Vec<Diagnostic>) -> Result<Spoken, Failure> {
        let Recording { known, note } = Recording::of(&self.arguments.known, &source.path)?;
        if let Some(note) = note.filter(|_| !self.arguments.files.quiet) {
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
    fn second(&self, transcript: &Transcript) -> Option<(SecondText<'_>, LanguageTag)> {
        if let Some(Translation { source, language }) = &self.translation {
            return Some((SecondText::Lines(&source.text), language.clone()));
        }
        let asked = self.arguments.second_lang.clone();
        let language = asked.unwrap_or(LanguageTag::EN);
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
struct Spoken {
    transcript: Transcript,
    /// What each line of the source was taken for.
    forms: Vec<Form>,
    clock: Clock,
    /// What of that was known besides its own times.
    known: Known,
}

/// What was made of an input.
struct Made {
    cues: usize,
    end: Timestamp,
    /// What its times rest on, how sure that is, and what would help.
    rests_on: String,
    /// Of what: `12 utterances, 1 headings`.
    read: String,
}

/// How many there were of each thing, but for those that there were none of.
fn counted(transcript: &Transcript, found: &[Diagnostic]) -> String {
    let labels = transcript.turns.iter().filter(|turn| !turn.name.is_empty());
    let is_repair = |finding: &&Diagnostic| finding.severity() == Severity::Repair;
    let counts = [
        (transcript.utterances.len(), "utterances"),
        (transcript.translations.len(), "translations"),
        (transcript.anchors.len(), "times"),
        (transcript.headings.len(), "headings"),
        (labels.count(), "speaker turns"),
        (found.iter().filter(is_repair).count(), "repairs"),
    ];
    let there = counts.iter().filter(|(count, _)| *count > 0);
    let there: Vec<_> = there
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    there.join(", ")
}

/// One line: what was made, how long it is, and what its times rest on.
fn summarise(input: &Path, names: &[String], made: &Made) {
    let Made {
        cues,
        end,
        rests_on,
        read,
    } = made;
    let (input, names) = (input.display(), names.join(", "));
    anstream::eprintln!("{input} → {names}: {cues} cues of {read}, {end}, timed from {rests_on}");
}

/// What the times rest on, how far off they are likely to be, and what would help most.
fn rests_on(transcript: &Transcript, clock: &Clock) -> String {
    let basis = match clock.basis() {
        Basis::Text => {
            return "the text alone (±30 %: a --duration or a [m:ss] before a line helps)".into();
        }
        Basis::Duration => "the text and the duration",
        Basis::Anchors => "the text and its own times",
        Basis::AnchorsAndDuration => "the text, its own times and the duration",
    };
    let doubt = doubt(transcript, clock).filter(|doubt| doubt.error >= WORTH_A_WORD);
    let Some(Doubt { error, middle }) = doubt else {
        return basis.to_owned();
    };
    let (seconds, tenths) = (error.millis() / 1000, error.millis() % 1000 / 100);
    let (hours, minutes, second, _) = middle.clock();
    let near = format!("{hours}:{minutes:02}:{second:02}");
    format!("{basis} (half of the lines within {seconds}.{tenths} s: a [m:ss] near {near} helps)")
}

/// What is off by less is not worth asking for another time.
const WORTH_A_WORD: Timestamp = Timestamp::from_millis(1500);

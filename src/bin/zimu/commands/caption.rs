//! `zimu caption`: transcripts in, captions out.

use std::path::{Path, PathBuf};

use zimu::bilingual::{Paired, Second, SecondText, pair};
use zimu::model::{Basis, Clock, Diagnostic, LanguageTag, Timestamp, Track, Transcript};
use zimu::profile::{Profile, ProfileError};
use zimu::segment::segment;
use zimu::spotting::spot;
use zimu::timing::{Known, clock};
use zimu::transcript::{is_interleaved, pair_up, parse};

use crate::args::CaptionArguments;
use crate::commands::{Outcome, Sink, Source, claim_namesakes, each_input};
use crate::files;
use crate::language::tagged_stem;
use crate::outputs::{Claims, Outputs};
use crate::report::Failure;

/// The profile for the lines of a second language, where the first's profile names none.
const SECOND_PROFILE: &str = "netflix-en";

pub(crate) fn run(arguments: &CaptionArguments) -> Result<Outcome, Failure> {
    let texts = arguments.files.inputs.iter().chain(&arguments.second);
    let read = texts.map(PathBuf::as_path);
    let mut claims = Claims::with(read.chain(profile_file(&arguments.profile)))?;
    let outputs = Outputs::of(&arguments.files)?;
    let profile = profile(&arguments.profile)?;
    let second_bytes = match &arguments.second {
        Some(path) => files::read(path)?,
        None => Vec::new(),
    };
    let translation = match &arguments.second {
        Some(path) => Some(Translation::read(path, &second_bytes, arguments)?),
        None => None,
    };
    // Inputs that share a translation are one text, and are told apart by nothing.
    if translation.is_none() {
        claim_namesakes(&arguments.files, &outputs, &mut claims, |language| {
            language.unwrap_or(LanguageTag::ZH_HANS).to_string()
        })?;
    }
    let maker = Maker {
        arguments,
        profile,
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

struct Maker<'a> {
    arguments: &'a CaptionArguments,
    profile: Profile,
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
        let (transcript, clock) = spoken?;
        let language = source.language(arguments).unwrap_or(LanguageTag::ZH_HANS);
        let segments = segment(&transcript, &self.profile, &clock, &language);
        let mut track = spot(&transcript, &segments, &clock, &self.profile, &language);
        let mut tag = language.to_string();
        if let Some((text, second)) = self.second(&transcript) {
            let paired = self.paired(&track, &transcript, text, &second, input)?;
            let of = self
                .translation
                .as_ref()
                .map_or(&source, |second| &second.source);
            of.report(&paired.diagnostics, arguments);
            found.extend(paired.diagnostics);
            track = paired.track;
            tag = format!("{}-{}", language.primary(), second.primary());
        }
        let made = Made {
            cues: track.cues().len(),
            end: track.end(),
            basis: clock.basis(),
        };
        let names = sink.write(input, &tag, track)?;
        if !arguments.quiet {
            summarise(input, &names, &made);
        }
        Ok(Outcome::of(&found))
    }

    /// The transcript and when it is spoken; `found` is all that was doubtful about either.
    fn spoken(
        &self,
        source: &Source<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> Result<(Transcript, Clock), Failure> {
        let reading = parse(&source.text);
        found.extend(reading.diagnostics);
        let mut transcript = reading.transcript;
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
        let known = Known {
            duration: self.arguments.duration,
        };
        let timed = clock(&transcript, known)
            .map_err(|error| Failure::of_file(&source.path, error.to_string()))?;
        found.extend(timed.diagnostics);
        Ok((transcript, timed.clock))
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
            profile: &profile(name)?,
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

/// The file that a profile is in, where its name is a path.
fn profile_file(name: &str) -> Option<&Path> {
    let ending = Path::new(name).extension()?;
    ending
        .eq_ignore_ascii_case("toml")
        .then_some(Path::new(name))
}

/// A profile by its name, or from a file where the name is a path.
fn profile(name: &str) -> Result<Profile, Failure> {
    let Some(path) = profile_file(name) else {
        return Profile::named(name).map_err(|error| Failure::plain(format!("--profile: {error}")));
    };
    let bytes = files::read(path)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Failure::of_file(path, format!("expected TOML in UTF-8: {error}")))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Profile::from_toml(&name, &text).map_err(|error| match error {
        ProfileError::Toml { message, span } => Failure::InText {
            path: path.to_owned(),
            text,
            span,
            message,
            way_out: "the keys and their ranges: zimu profiles --schema".to_owned(),
        },
        error @ ProfileError::Unknown { .. } => Failure::of_file(path, error.to_string()),
    })
}

/// What was made of an input.
struct Made {
    cues: usize,
    end: Timestamp,
    basis: Basis,
}

/// One line: what was made, how long it is, and what its times rest on.
fn summarise(input: &Path, names: &[String], made: &Made) {
    let Made { cues, end, basis } = made;
    let basis = match basis {
        Basis::Text => {
            "timed from the text alone (±30 %: a --duration or a [m:ss] before a line helps)"
        }
        Basis::Duration => "timed from the text and the duration",
        Basis::Anchors => "timed from the text and its own times",
        Basis::AnchorsAndDuration => "timed from the text, its own times and the duration",
    };
    let (input, names) = (input.display(), names.join(", "));
    anstream::eprintln!("{input} → {names}: {cues} cues, {end}, {basis}");
}

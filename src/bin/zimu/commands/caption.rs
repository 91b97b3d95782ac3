//! `zimu caption`: transcripts in, captions out.

use std::path::{Path, PathBuf};

use zimu::bilingual::{Second, pair};
use zimu::model::{Basis, Diagnostic, LanguageTag, Timestamp, Track, Transcript};
use zimu::profile::{Profile, ProfileError};
use zimu::segment::segment;
use zimu::spotting::spot;
use zimu::timing::{Known, clock};
use zimu::transcript::{Reading, parse};

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
        Some(path) => Some(Translation::read(path, &second_bytes, arguments, &profile)?),
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

/// The text of the second language.
struct Translation<'b> {
    source: Source<'b>,
    reading: Reading,
    language: LanguageTag,
    profile: Profile,
}

impl<'b> Translation<'b> {
    fn read(
        path: &Path,
        bytes: &'b [u8],
        arguments: &CaptionArguments,
        first: &Profile,
    ) -> Result<Self, Failure> {
        let source = Source::decode(path, bytes, &arguments.files)?;
        let reading = parse(&source.text);
        let asked = arguments.second_lang.clone();
        let language = asked
            .or_else(|| tagged_stem(path).tag)
            .unwrap_or(LanguageTag::EN);
        let name = first.second.as_deref().unwrap_or(SECOND_PROFILE);
        Ok(Self {
            source,
            reading,
            language,
            profile: profile(name)?,
        })
    }
}

impl Maker<'_> {
    fn caption(&self, input: &Path, sink: &mut Sink<'_>) -> Result<Outcome, Failure> {
        let arguments = &self.arguments.files;
        let bytes = files::read(input)?;
        let source = Source::decode(input, &bytes, arguments)?;
        let language = source.language(arguments).unwrap_or(LanguageTag::ZH_HANS);
        let Reading {
            transcript,
            mut diagnostics,
        } = parse(&source.text);
        if transcript.utterances.is_empty() {
            source.report(&diagnostics, arguments);
            return Err(Failure::of_file(
                input,
                "expected words to caption, found none",
            ));
        }
        let known = Known {
            duration: self.arguments.duration,
        };
        let timed = clock(&transcript, known)
            .map_err(|error| Failure::of_file(input, error.to_string()))?;
        diagnostics.extend(timed.diagnostics);
        let segments = segment(&transcript, &self.profile, &timed.clock, &language);
        let track = spot(
            &transcript,
            &segments,
            &timed.clock,
            &self.profile,
            &language,
        );
        let (track, tag, found) = self.paired(track, &transcript, &source, &language)?;
        source.report(&diagnostics, arguments);
        let made = Made {
            cues: track.cues().len(),
            end: track.end(),
            basis: timed.clock.basis(),
        };
        let names = sink.write(input, &tag, track)?;
        if !arguments.quiet {
            summarise(input, &names, &made);
        }
        diagnostics.extend(found);
        Ok(Outcome::of(&diagnostics))
    }

    /// The track with its translation, the tag for its name, and what was found in the
    /// second text.
    fn paired(
        &self,
        track: Track,
        transcript: &Transcript,
        first: &Source<'_>,
        language: &LanguageTag,
    ) -> Result<(Track, String, Vec<Diagnostic>), Failure> {
        let Some(translation) = &self.translation else {
            return Ok((track, language.to_string(), Vec::new()));
        };
        let second = Second {
            transcript: &translation.reading.transcript,
            language: &translation.language,
            profile: &translation.profile,
        };
        let paired = pair(&track, transcript, second).map_err(|error| {
            let (first, second) = (first.path.display(), translation.source.path.display());
            Failure::plain(format!("{first} and {second}: {error}"))
        })?;
        let mut found = translation.reading.diagnostics.clone();
        found.extend(paired.diagnostics);
        translation.source.report(&found, &self.arguments.files);
        let tag = format!("{}-{}", language.primary(), translation.language.primary());
        Ok((paired.track, tag, found))
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

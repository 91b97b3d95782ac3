//! `zimu caption`: transcripts in, captions out.

use std::path::{Path, PathBuf};

use zimu::bilingual::{Paired, Second, pair};
use zimu::model::{Basis, Clock, Diagnostic, LanguageTag, Timestamp, Track, Transcript};
use zimu::profile::{Profile, ProfileError};
use zimu::segment::segment;
use zimu::spotting::spot;
use zimu::timing::{Known, clock};
use zimu::transcript::{Hints, parse_with};

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
        let asked = arguments.second_lang.clone();
        let language = asked
            .or_else(|| tagged_stem(path).tag)
            .unwrap_or(LanguageTag::EN);
        let name = first.second.as_deref().unwrap_or(SECOND_PROFILE);
        Ok(Self {
            source,
            language,
            profile: profile(name)?,
        })
    }

    /// The `track` of the text `first`, with this translation below.
    fn beside(
        &self,
        track: &Track,
        transcript: &Transcript,
        first: &Path,
    ) -> Result<Paired, Failure> {
        let second = Second {
            text: &self.source.text,
            language: &self.language,
            profile: &self.profile,
        };
        pair(track, transcript, second).map_err(|error| {
            let (first, second) = (first.display(), self.source.path.display());
            Failure::plain(format!("{first} and {second}: {error}"))
        })
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
        if let Some(translation) = &self.translation {
            let paired = translation.beside(&track, &transcript, input)?;
            translation.source.report(&paired.diagnostics, arguments);
            found.extend(paired.diagnostics);
            track = paired.track;
            tag = format!("{}-{}", language.primary(), translation.language.primary());
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
        let hints = Hints {
            speakers: &self.arguments.speakers,
        };
        let reading = parse_with(&source.text, hints);
        found.extend(reading.diagnostics);
        let transcript = reading.transcript;
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

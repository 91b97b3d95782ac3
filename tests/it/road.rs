//! Bytes in, a track out, and text back: the road that `zimu` takes, as a user of the library
//! goes it, one call a room. It reads files of the repository and knows nothing of the command.

use std::fs;
use std::path::{Path, PathBuf};

use zimu::bilingual::{Second, SecondText, pair};
use zimu::format::{Format, Loss, Reading, lower};
use zimu::model::{Clock, Diagnostic, LanguageTag, Track, Transcript};
use zimu::profile::Profile;
use zimu::segment::{Layout, segment};
use zimu::spotting::spot;
use zimu::text::decode::decode;
use zimu::text::script;
use zimu::text::terms::Terms;
use zimu::timing::{Known, TimingError, clock};
use zimu::transcript::{self, is_interleaved, pair_up, parse};

/// The profiles that the project promises; the table may hold more.
pub(crate) const PROFILES: [&str; 6] = [
    "youtube",
    "bilibili",
    "netflix-zh-hans",
    "netflix-zh-hant",
    "ted",
    "asis",
];

/// A transcript that has been given its times: what every profile starts from.
pub(crate) struct Spoken {
    pub(crate) transcript: Transcript,
    pub(crate) clock: Clock,
    pub(crate) language: LanguageTag,
    /// Of the transcript and of the clock, by place.
    pub(crate) findings: Vec<Diagnostic>,
}

impl Spoken {
    pub(crate) fn of(text: &str, known: Known<'_>) -> Result<Self, TimingError> {
        Self::timed(text, parse(text), known)
    }

    /// With the second lines of pairs as translations, where the text is plainly pairs.
    pub(crate) fn of_pairs(text: &str, known: Known<'_>) -> Result<Self, TimingError> {
        let mut reading = parse(text);
        if is_interleaved(&reading.transcript) {
            pair_up(&mut reading.transcript);
        }
        Self::timed(text, reading, known)
    }

    fn timed(
        text: &str,
        reading: transcript::Reading,
        known: Known<'_>,
    ) -> Result<Self, TimingError> {
        let timed = clock(&reading.transcript, known)?;
        let mut findings = reading.diagnostics;
        findings.extend(timed.diagnostics);
        findings.sort_by_key(|finding| finding.span);
        Ok(Self {
            transcript: reading.transcript,
            clock: timed.clock,
            language: script::detect(text).unwrap_or(LanguageTag::ZH_HANS),
            findings,
        })
    }

    pub(crate) fn track(&self, profile: &Profile) -> Track {
        let Self {
            transcript,
            clock,
            language,
            ..
        } = self;
        let segments = segment(transcript, clock, Layout::new(profile, language));
        let track = spot(transcript, &segments, clock, profile, language);
        if transcript.translations.is_empty() {
            return track;
        }
        let second = Second {
            text: SecondText::Interleaved,
            language: &LanguageTag::EN,
            profile: &self::profile("netflix-en"),
            terms: &Terms::NONE,
        };
        let paired = pair(&track, transcript, second);
        paired.expect("translations of the transcript's own").track
    }
}

pub(crate) fn profile(name: &str) -> Profile {
    Profile::named(name).expect("a profile of the table")
}

pub(crate) fn format(id: &str) -> &'static Format {
    Format::named(id).expect("a format of the table")
}

/// What `format` makes of a track, and what it had no room for.
pub(crate) fn written(track: &Track, format: &'static Format) -> (String, Vec<Loss>) {
    let mut track = track.clone();
    let losses = lower(&mut track, format);
    let mut bytes = Vec::new();
    format
        .write(&track, &mut bytes)
        .expect("a vector takes all");
    (String::from_utf8(bytes).expect("text"), losses)
}

pub(crate) fn read(text: &str, format: &Format) -> Reading {
    format.read(text).expect("a format that is read")
}

/// The repository's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a fixture, decoded as the command decodes it.
pub(crate) fn text_of(path: &Path) -> String {
    let bytes = fs::read(path).expect("a fixture");
    let decoded = decode(bytes, None).expect("a fixture that is text");
    decoded.text.to_string()
}

/// The files of `fixtures/<suite>/`, by name.
pub(crate) fn fixtures(suite: &str) -> Vec<PathBuf> {
    let folder = root().join("fixtures").join(suite);
    let entries = fs::read_dir(folder).expect("a suite of fixtures");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "expected fixtures in {suite}");
    paths
}

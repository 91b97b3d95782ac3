//! Floor 3: a track and a second language in, a track in two languages out.
//!
//! The second language is a text line for line: the line beside an utterance is its
//! translation, `-` or nothing where there is none. The cues and their times stay as they
//! are; each shows its Chinese on top and its translation below. Where an utterance was
//! cut into several cues, its translation is cut too, in proportion to what each cue says.

mod share;

use crate::model::{
    Cue, CueId, CueTimes, Diagnostic, LanguageTag, Span, Track, TrackBuilder, Transcript,
    Utterance, kinds,
};
use crate::profile::Profile;
use crate::segment::wrap;
use share::shares;

/// What stands for "no translation".
const NONE: &str = "-";

kinds! {
    Bilingual;
    TOO_LONG: Note, "second-too-long",
        "expected a translation that fits the lines of its cue",
        "it is shown on more lines";
}

/// A second language, for [`pair`].
#[derive(Clone, Copy, Debug)]
pub struct Second<'s> {
    /// The translation, read by the same grammar.
    pub transcript: &'s Transcript,
    /// Its language.
    pub language: &'s LanguageTag,
    /// The limits of its lines.
    pub profile: &'s Profile,
}

/// A track in two languages, and what was doubtful about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// The same cues, with a translation below.
    pub track: Track,
    /// Notes, with places in the second text.
    pub diagnostics: Vec<Diagnostic>,
}

/// The two texts are not line for line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// There are words beside no utterance, or the other way round.
    #[error(
        "expected a translation line for line, found {first} utterances and {second} lines: \
         they part at line {line}"
    )]
    Count {
        /// Utterances of the first text.
        first: usize,
        /// Of the second.
        second: usize,
        /// The line at which they part, from 1.
        line: u32,
    },
}

/// Pairs `track`, which was made from `first`, with its translation.
///
/// Lines pair by their number where every line of the second text stands beside an
/// utterance, and by their order where there are as many of them as utterances.
///
/// # Errors
/// [`PairError`] where neither holds.
///
/// ```
/// use zimu::bilingual::{Second, pair};
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::{segment, spotting, timing, transcript};
///
/// let first = transcript::parse("大家好\n欢迎收看\n").transcript;
/// let second = transcript::parse("Hello\n-\n").transcript;
/// let (language, profile) = (LanguageTag::ZH_HANS, Profile::named("youtube")?);
/// let clock = timing::clock(&first, timing::Known::default())?.clock;
/// let segments = segment::segment(&first, &profile, &clock, &language);
/// let track = spotting::spot(&first, &segments, &clock, &profile, &language);
///
/// let english = Profile::named("netflix-en")?;
/// let second = Second { transcript: &second, language: &LanguageTag::EN, profile: &english };
/// let track = pair(&track, &first, second)?.track;
/// let lines = |cue: usize| track.lines(&track.cues()[cue]).map(|line| line.text).collect::<Vec<_>>();
/// assert_eq!(lines(0), ["大家好", "Hello"]);
/// assert_eq!(lines(1), ["欢迎收看"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pair(track: &Track, first: &Transcript, second: Second<'_>) -> Result<Paired, PairError> {
    let translations = translations(first, second.transcript)?;
    let mut pairing = Pairing {
        second,
        builder: TrackBuilder::with_capacity(
            track.text_bytes() + second.transcript.text.len(),
            track.cues().len(),
        ),
        diagnostics: Vec::new(),
    };
    for (start, title) in track.chapters() {
        pairing.builder.chapter(start, title);
    }
    let mut utterances = first.utterances.iter().zip(translations).peekable();
    for cues in track
        .cues()
        .chunk_by(|cue, next| line_of(cue.id) == line_of(next.id))
    {
        let line = cues.first().and_then(|cue| line_of(cue.id));
        while utterances
            .next_if(|(utterance, _)| Some(utterance.line) < line)
            .is_some()
        {}
        let here = utterances
            .peek()
            .filter(|(utterance, _)| Some(utterance.line) == line);
        let translation = here.and_then(|&(_, translation)| translation);
        pairing.utterance(track, cues, translation);
    }
    Ok(Paired {
        track: pairing.builder.finish(),
        diagnostics: pairing.diagnostics,
    })
}

const fn line_of(id: CueId) -> Option<u32> {
    match id {
        CueId::Numbered { number, .. } => Some(number),
        CueId::Named(_) => None,
    }
}

/// The translation beside each utterance of `first`.
fn translations<'s>(
    first: &Transcript,
    second: &'s Transcript,
) -> Result<Vec<Option<&'s Utterance>>, PairError> {
    let said = |utterance: &&'s Utterance| second.words(utterance) != NONE;
    let numbers = |transcript: &Transcript| -> Vec<u32> {
        transcript
            .utterances
            .iter()
            .map(|utterance| utterance.line)
            .collect()
    };
    let (ours, theirs) = (numbers(first), numbers(second));
    if theirs.iter().all(|line| ours.binary_search(line).is_ok()) && !misses_the_end(&ours, &theirs)
    {
        let beside = |line: &u32| theirs.binary_search(line).ok();
        let found = ours
            .iter()
            .map(|line| beside(line).map(|at| &second.utterances[at]));
        return Ok(found.map(|found| found.filter(said)).collect());
    }
    if ours.len() == theirs.len() {
        return Ok(second
            .utterances
            .iter()
            .map(|one| Some(one).filter(said))
            .collect());
    }
    let parts = ours
        .iter()
        .zip(&theirs)
        .find(|(ours, theirs)| ours != theirs);
    let after_shorter = || ours.get(theirs.len()).or(theirs.get(ours.len()));
    let line = parts
        .map(|(ours, theirs)| ours.min(theirs))
        .or_else(after_shorter);
    Err(PairError::Count {
        first: ours.len(),
        second: theirs.len(),
        line: line.copied().unwrap_or(1),
    })
}

/// A text that ends before the other is cut off or out of step: a line that was left out
/// in its middle moves all that follow.
fn misses_the_end(ours: &[u32], theirs: &[u32]) -> bool {
    theirs.last() < ours.last()
}

struct Pairing<'s> {
    second: Second<'s>,
    builder: TrackBuilder,
    diagnostics: Vec<Diagnostic>,
}

impl Pairing<'_> {
    /// The cues of one utterance, with their shares of its translation.
    fn utterance(&mut self, track: &Track, cues: &[Cue], translation: Option<&Utterance>) {
        let words = translation.map_or("", |line| self.second.transcript.words(line));
        let lengths: Vec<u32> = cues.iter().map(|cue| cue.interval.duration_ms()).collect();
        let parts = shares(words, &lengths);
        let first_language = track
            .languages()
            .first()
            .cloned()
            .unwrap_or(LanguageTag::UND);
        for (index, cue) in cues.iter().enumerate() {
            let language = self.builder.language(&first_language);
            for line in track.lines(cue) {
                self.builder.line(line.text, language);
            }
            let part = parts.get(index).copied().unwrap_or_default();
            self.translation(part.of(words), translation);
            self.builder.cue(cue.id, CueTimes::from(cue.interval));
        }
    }

    fn translation(&mut self, words: &str, whole: Option<&Utterance>) {
        if words.is_empty() {
            return;
        }
        let Second {
            profile, language, ..
        } = self.second;
        let lines = wrap(words, profile, language);
        if lines.len() > profile.max_lines as usize {
            let start = whole.map_or(0, |line| line.offset as usize);
            let found = format!("{} lines", lines.len());
            self.diagnostics
                .push(TOO_LONG.found(Span::new(start, start), found));
        }
        let index = self.builder.language(language);
        for line in lines {
            self.builder.line(line.of(words), index);
        }
    }
}

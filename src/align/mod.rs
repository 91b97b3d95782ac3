//! Floor 2: a transcript and what was heard of the recording that it is of in; when each line of it
//! is spoken, and how sure that is, out.
//!
//! No model comes with it but a prior of 30 KB: what each of 47 [`phones`] sounds like, learned from
//! a few speakers. The recording is gone through five times: the likeliest way through the phones of
//! the transcript is found (`viterbi.rs`), and from it what phones sound like there (`mixture.rs`), so
//! that after two rounds it is this speaker, microphone and room that are known. The first round keeps
//! to a window of about two minutes that goes along with the speech; it needs no times to begin with,
//! and does not drift however long the recording is.
//!
//! Between lines there may be anything (music, words that nobody wrote down), and a line that is not
//! spoken is left out at a price. Which lines to doubt is `doubt.rs`.
//!
//! Measured with a prior that never heard the speaker: see docs/alignment.md. The same recording and
//! transcript give the same times everywhere (see [`speech`](crate::speech)): sums go in the order of
//! time, and of two ways that are equally likely the earlier one counts.

mod bands;
mod chain;
mod doubt;
mod findings;
mod likely;
mod mixture;
mod pass;
pub mod phones;
mod prior;
mod said;
#[cfg(test)]
mod tests;
mod times;
mod viterbi;

use crate::model::{Anchor, Span, Timestamp, Transcript};
use crate::speech::{FRAME_MS, Heard};
use crate::text::spoken::Readings;
use chain::Chain;
use doubt::Doubts;
pub use doubt::{DOUBTFUL_BELOW_PERMILLE, Doubt};
pub use findings::Subject;
use pass::{Margin, Pass};
pub use prior::{NoPrior, Prior, Taught};
use said::Said;
pub use times::{Absent, Placement};

/// How often a recording is gone through.
const ROUNDS: usize = 5;

/// How far a line may be from where the round before has placed it: 15 s.
const MARGIN: Margin = Margin { frames: 1500 };

/// How long a byte takes that was not heard: a character 234 ms.
const UNHEARD_BYTE_US: u64 = 78_000;

/// Less than half of the lines found is a text that is not that of the recording.
const LEAST_FOUND_PERCENT: usize = 50;

/// What is known besides the transcript and the sound.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'r> {
    /// What stands before the first word.
    pub lead_in: Timestamp,
    /// How words are read that are not read as they are written.
    pub readings: &'r Readings,
}

/// The frames that a line is spoken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed {
    /// The first of them.
    first: usize,
    /// The one behind the last.
    end: usize,
}

/// What became of an utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is spoken there.
    Placed(Spoken),
    /// It was not found in the recording.
    Absent,
    /// There is nothing in it to say: a sound, a row of emoji.
    Unsaid,
}

/// Where an utterance is spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// When its first syllable begins.
    pub start: Timestamp,
    /// When its last one ends.
    pub end: Timestamp,
    /// Of lines that are as this one, so many in a thousand begin within 0.5 s of this.
    pub confidence_permille: u16,
    /// Why it may not.
    pub doubts: Vec<Doubt>,
    /// Its runs of text that are read in one go, each from when to when, in milliseconds.
    runs: Vec<times::Run>,
}

/// When the utterances of a transcript are spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aligned {
    /// In the order of the transcript.
    pub fates: Vec<Fate>,
    /// The end of the recording.
    pub end: Timestamp,
}

/// Why nothing is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAligned {
    /// Nobody is heard.
    #[error("expected somebody to speak in the recording, found silence")]
    Silence,
    /// The text is of something else.
    #[error("expected most lines in the recording, found {found} of {lines}")]
    AnotherText {
        /// How many were found for sure.
        found: usize,
        /// How many there are.
        lines: usize,
    },
    /// The text is so much longer than the recording that most of it cannot be in there.
    #[error("expected a recording with time for most lines, found time for {fit} of {lines}")]
    TooLong {
        /// How many of the shortest lines there is time for.
        fit: usize,
        /// How many there are.
        lines: usize,
    },
}

/// Finds when each utterance of a transcript is spoken. What times the transcript gives are kept to,
/// but for those past the end of the recording.
///
/// # Errors
/// [`NotAligned`].
pub fn align(
    transcript: &Transcript,
    heard: &Heard,
    known: Known<'_>,
    prior: &Prior,
) -> Result<Aligned, NotAligned> {
    if !heard.presence.is_speech().contains(&true) {
        return Err(NotAligned::Silence);
    }
    let said = Said::of(transcript, known.readings);
    let (frames, lines) = (heard.features.len(), said.len());
    let fit = said.lines_in(frames);
    if !are_most(fit, lines) {
        return Err(NotAligned::TooLong { fit, lines });
    }
    let end = time(frames);
    let chain = Chain::of(said.lines());
    let pins = said.pins(transcript, &chain, known.lead_in, end);
    let pass = Pass {
        rounds: ROUNDS,
        margin: MARGIN,
        each: 2,
        prior: Some(prior.mixtures()),
    };
    let mixtures = prior.mixtures().clone();
    let passed = pass.run(&chain, heard, Vec::new(), mixtures, &pins);
    let doubts = Doubts::of(&said, &chain, heard, &passed, prior.mixtures());
    let found = doubts.sure_lines();
    if !are_most(found, lines) {
        return Err(NotAligned::AnotherText { found, lines });
    }
    let mut fates = vec![Fate::Unsaid; transcript.utterances.len()];
    for (line, utterance) in said.utterances().enumerate() {
        fates[utterance] = match passed.placed[line] {
            Some(placed) if !doubts.is_absent(line) => Fate::Placed(Spoken {
                start: time(placed.first),
                end: time(placed.end),
                confidence_permille: doubts.confidence_permille(line),
                doubts: doubts.of_line(line),
                runs: times::runs(
                    said.syllables_of(line),
                    &chain,
                    line,
                    placed,
                    &passed.states,
                ),
            }),
            _ => Fate::Absent,
        };
    }
    for anchor in kept(&transcript.anchors, end) {
        // Somebody knows that it is spoken then, heard or not.
        let fate = &mut fates[anchor.utterance as usize];
        if let Fate::Absent = fate {
            let text = transcript.utterances[anchor.utterance as usize].text;
            *fate = Fate::Placed(Spoken::unheard(anchor.at, text));
        }
        if let Fate::Placed(spoken) = fate {
            spoken.begin(anchor.at);
        }
    }
    Ok(Aligned { fates, end })
}

/// Whether so many lines that were found show that the text is that of the recording.
const fn are_most(found: usize, lines: usize) -> bool {
    100 * found >= LEAST_FOUND_PERCENT * lines
}

/// The times of a transcript that are kept to: those before the end of the recording.
fn kept(anchors: &[Anchor], end: Timestamp) -> impl Iterator<Item = &Anchor> {
    anchors.iter().filter(move |anchor| anchor.at < end)
}

impl Spoken {
    /// What was not heard where it is known to be: a usual voice says it.
    fn unheard(start: Timestamp, text: Span) -> Self {
        let length_us = UNHEARD_BYTE_US * text.len() as u64;
        let end_us = start.micros() + length_us;
        Self {
            start,
            end: Timestamp::from_micros(end_us).unwrap_or(Timestamp::MAX),
            confidence_permille: 1000,
            doubts: Vec::new(),
            runs: vec![times::Run {
                text,
                start_us: start.micros(),
                end_us,
            }],
        }
    }

    /// Moves the start to a time that is known better, and not to be doubted.
    fn begin(&mut self, at: Timestamp) {
        self.start = at;
        self.confidence_permille = 1000;
        self.doubts.clear();
        self.end = self.end.max(at);
        for run in &mut self.runs {
            run.start_us = run.start_us.max(at.micros());
            run.end_us = run.end_us.max(at.micros());
        }
        if let Some(first) = self.runs.first_mut() {
            first.start_us = at.micros();
        }
    }

    /// Whether it may well begin elsewhere.
    #[must_use]
    pub const fn is_doubtful(&self) -> bool {
        self.confidence_permille < DOUBTFUL_BELOW_PERMILLE
    }
}

/// When a frame begins.
fn time(frame: usize) -> Timestamp {
    Timestamp::from_millis(frame as u32 * FRAME_MS)
}

impl Placed {
    const fn at(first: usize, end: usize) -> Self {
        Self { first, end }
    }
}

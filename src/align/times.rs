//! Where utterances are spoken in, a clock of them out.

use crate::align::chain::Chain;
use crate::align::{Aligned, Fate, Placed, Spoken};
use crate::model::{Basis, Beat, Clock, ClockBuilder, Span, Transcript, Utterance};
use crate::speech::FRAME_MS;
use crate::text::aloud::Syllable;

/// What becomes of an utterance that is not spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absent {
    /// It has no time, and no caption.
    #[default]
    Drop,
    /// It has a share of the time between its neighbours, if there is any.
    Estimate,
}

/// What is captioned of a transcript, and when.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Without the utterances that have no time.
    pub transcript: Transcript,
    /// When the others are spoken.
    pub clock: Clock,
    /// The utterances that have none, by their lines.
    pub dropped: Vec<u32>,
}

/// Text that is read in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: Span,
    pub(super) start_us: u64,
    pub(super) end_us: u64,
}

/// How long a sound is shown that stands alone on its line, at most, where it is not known.
const SOUND_US: u64 = 2_000_000;

/// The shortest time for text that nobody says, in microseconds a byte: a third of the fastest speech.
const LEAST_BYTE_US: u64 = 3000;

/// The runs of a line: what stands for several syllables, such as a number, is one.
pub(super) fn runs(
    syllables: &[Syllable],
    chain: &Chain,
    line: usize,
    placed: Placed,
    states: &[u32],
) -> Vec<Run> {
    let of_line = &states[placed.first..placed.end];
    let us = |frame: usize| frame as u64 * u64::from(FRAME_MS) * 1000;
    let frame = |state: u32| placed.first + of_line.partition_point(|other| *other < state);
    let firsts = chain.syllables(line);
    let mut runs: Vec<Run> = Vec::with_capacity(syllables.len());
    for (at, syllable) in syllables.iter().enumerate() {
        let end = firsts
            .get(at + 1)
            .map_or(placed.end, |next| frame(next - 1));
        let (start_us, end_us) = (us(frame(firsts[at])), us(end));
        match runs.last_mut() {
            Some(last) if last.text.end() > syllable.span.start() => {
                last.text = Span::new(last.text.start(), last.text.end().max(syllable.span.end()));
                last.end_us = end_us;
            }
            _ => runs.push(Run {
                text: syllable.span,
                start_us,
                end_us,
            }),
        }
    }
    runs
}

impl Aligned {
    /// What is captioned of the transcript that was aligned.
    #[must_use]
    pub fn placement(&self, transcript: &Transcript, absent: Absent) -> Placement {
        let between = self.between(transcript);
        let has_time: Vec<bool> = (0..self.fates.len())
            .map(|utterance| match self.fates[utterance] {
                Fate::Placed(_) | Fate::Unsaid => true,
                Fate::Absent => absent == Absent::Estimate && has_room(between[utterance]),
            })
            .collect();
        let lines = transcript.utterances.iter().zip(&has_time);
        let dropped = lines.filter(|(_, has_time)| !**has_time);
        let dropped = dropped.map(|(utterance, _)| utterance.line).collect();
        let mut clock = ClockBuilder::with_capacity(self.fates.len(), transcript.text.len() / 3);
        for (utterance, _) in has_time
            .iter()
            .enumerate()
            .filter(|(_, has_time)| **has_time)
        {
            let text = transcript.utterances[utterance].text;
            match &self.fates[utterance] {
                Fate::Placed(Spoken { runs, .. }) => {
                    for run in runs {
                        clock.beat(Beat {
                            text: run.text,
                            start_us: run.start_us,
                            end_us: run.end_us,
                        });
                    }
                }
                Fate::Unsaid | Fate::Absent => clock.beat(between[utterance]),
            }
            clock.end_utterance(text);
        }
        let end_us = self.end.micros();
        Placement {
            transcript: transcript.only(|utterance| has_time[utterance]),
            clock: clock.finish(Basis::Sound, Some(end_us)),
            dropped,
        }
    }

    /// The share that each utterance has that is not spoken, of the time between those around it that
    /// are.
    fn between(&self, transcript: &Transcript) -> Vec<Beat> {
        let mut beats = Vec::with_capacity(self.fates.len());
        let mut from_us = 0;
        let is_placed = |fate: &Fate| matches!(fate, Fate::Placed(_));
        for fates in self.fates.chunk_by(|fate, _| !is_placed(fate)) {
            let texts = &transcript.utterances[beats.len()..beats.len() + fates.len()];
            let (to_us, next_us) = match fates.last() {
                Some(Fate::Placed(spoken)) => (spoken.start.micros(), spoken.end.micros()),
                _ => (self.end.micros(), self.end.micros()),
            };
            let absent = fates.iter().filter(|fate| !is_placed(fate)).count();
            let bytes = |texts: &[Utterance]| -> u64 {
                texts
                    .iter()
                    .map(|utterance| utterance.text.len() as u64)
                    .sum()
            };
            let (length_us, all) = (to_us.max(from_us) - from_us, bytes(&texts[..absent]).max(1));
            let mut done = 0;
            for utterance in texts {
                let text = utterance.text;
                let start_us = from_us + length_us * done.min(all) / all;
                done += text.len() as u64;
                let end_us = from_us + length_us * done.min(all) / all;
                let longest_us = SOUND_US.max(LEAST_BYTE_US * 30 * text.len() as u64);
                beats.push(Beat {
                    text,
                    start_us,
                    end_us: end_us.min(start_us + longest_us),
                });
            }
            from_us = next_us;
        }
        beats
    }
}

/// Whether there is time for an utterance that nobody says.
fn has_room(beat: Beat) -> bool {
    beat.end_us - beat.start_us >= LEAST_BYTE_US * beat.text.len() as u64
}

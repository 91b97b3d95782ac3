//! When every place of a transcript is spoken.
//!
//! A clock is made from the text, the voice and what is known of the times, and from
//! nothing else: no profile, no width, no reading speed. It is a list of beats (a run of
//! text that is spoken without a rest at an even pace), so that a place inside an
//! utterance has its time too.

use crate::model::Span;

/// A run of text that is spoken evenly from `start_us` to `end_us`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// The text in the transcript's buffer.
    pub text: Span,
    /// Microseconds from the start of the recording.
    pub start_us: u64,
    /// Microseconds from the start of the recording, not before `start_us`.
    pub end_us: u64,
}

/// What the times rest on, weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The text and an average voice: the total is known to about ± 30 %.
    #[default]
    Text,
    /// The length of the recording.
    Duration,
    /// Some of the utterances' own times.
    Anchors,
    /// Both.
    AnchorsAndDuration,
    /// The sound of the recording.
    Sound,
}

/// When every utterance of a transcript, and every place in it, is spoken.
///
/// Beats never run backwards and each utterance has at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    beats: Vec<Beat>,
    /// Where each utterance's beats begin; one more than there are utterances.
    firsts: Vec<u32>,
    basis: Basis,
    /// The end of the recording, when it is known.
    media_end_us: Option<u64>,
}

impl Clock {
    /// Count of utterances.
    #[must_use]
    pub fn len(&self) -> usize {
        self.firsts.len().saturating_sub(1)
    }

    /// Whether it is the clock of an empty transcript.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the times rest on.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// The end of the recording in microseconds, when it is known.
    #[must_use]
    pub const fn media_end_us(&self) -> Option<u64> {
        self.media_end_us
    }

    /// The beats of an utterance: at least one, or none past the last utterance.
    #[must_use]
    pub fn beats(&self, utterance: usize) -> &[Beat] {
        match self.firsts.get(utterance..utterance + 2) {
            Some(&[first, next]) => &self.beats[first as usize..next as usize],
            _ => &[],
        }
    }

    /// When the first syllable of an utterance starts, in microseconds.
    #[must_use]
    pub fn start_us(&self, utterance: usize) -> u64 {
        self.beats(utterance)
            .first()
            .map_or(0, |beat| beat.start_us)
    }

    /// When the last syllable of an utterance has been said, in microseconds.
    #[must_use]
    pub fn end_us(&self, utterance: usize) -> u64 {
        self.beats(utterance).last().map_or(0, |beat| beat.end_us)
    }

    /// When the text at `offset`, a place in an utterance, starts to be said, and when what
    /// stands before it has been: a rest lies between the two.
    #[must_use]
    pub fn around_us(&self, utterance: usize, offset: usize) -> (u64, u64) {
        let beats = self.beats(utterance);
        let after = beats.partition_point(|beat| beat.text.end() <= offset);
        let (before, behind) = beats.split_at(after);
        let starts_us = behind.first().map(|beat| beat.at_us(offset));
        let said_us = match (before.last(), behind.first()) {
            (_, Some(beat)) if beat.text.start() < offset => None,
            (Some(before), _) => Some(before.end_us),
            (None, Some(beat)) => Some(beat.start_us),
            (None, None) => Some(0),
        };
        let both = said_us.or(starts_us).unwrap_or_default();
        (both, starts_us.unwrap_or(both))
    }

    /// When the last syllable of all has been said, in microseconds.
    #[must_use]
    pub fn speech_end_us(&self) -> u64 {
        self.beats.last().map_or(0, |beat| beat.end_us)
    }
}

impl Beat {
    /// When the text at `offset` starts to be said, for an offset inside this beat; its
    /// start or end for one outside. Even by bytes: a beat is one kind of text, so its
    /// bytes are as even as its syllables.
    #[must_use]
    pub fn at_us(&self, offset: usize) -> u64 {
        let done = offset.clamp(self.text.start(), self.text.end()) - self.text.start();
        if done == self.text.len() {
            return self.end_us;
        }
        let (done, all) = (done as u64, self.text.len() as u64);
        let length_us = self.end_us - self.start_us;
        match length_us.checked_mul(done) {
            Some(product) => self.start_us + product / all,
            // A beat is far shorter than 2^32 µs × 2^32 bytes, but nothing here relies on it.
            None => self.start_us + length_us / all * done + length_us % all * done / all,
        }
    }
}

/// Builds a [`Clock`] beat by beat, and keeps it from running backwards.
#[derive(Debug, Default)]
pub struct ClockBuilder {
    clock: Clock,
}

impl ClockBuilder {
    /// An empty clock with room for the utterances and beats that are expected.
    #[must_use]
    pub fn with_capacity(utterances: usize, beats: usize) -> Self {
        let mut clock = Clock {
            beats: Vec::with_capacity(beats),
            firsts: Vec::with_capacity(utterances + 1),
            ..Clock::default()
        };
        clock.firsts.push(0);
        Self { clock }
    }

    /// The next beat of the utterance being built. Times before the last beat's end are
    /// moved up to it.
    pub fn beat(&mut self, beat: Beat) {
        let floor_us = self.clock.speech_end_us();
        let start_us = beat.start_us.max(floor_us);
        let end_us = beat.end_us.max(start_us);
        self.clock.beats.push(Beat {
            start_us,
            end_us,
            ..beat
        });
    }

    /// Ends the utterance `text`. One without a beat is silent for no time at all.
    pub fn end_utterance(&mut self, text: Span) {
        let first = self.clock.firsts.last().copied().unwrap_or_default();
        if first as usize == self.clock.beats.len() {
            let now_us = self.clock.speech_end_us();
            self.beat(Beat {
                text,
                start_us: now_us,
                end_us: now_us,
            });
        }
        self.clock.firsts.push(self.clock.beats.len() as u32);
    }

    /// The clock, with what it rests on.
    #[must_use]
    pub fn finish(mut self, basis: Basis, media_end_us: Option<u64>) -> Clock {
        self.clock.basis = basis;
        self.clock.media_end_us = media_end_us;
        self.clock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_inside_a_beat_has_its_share_of_the_time() {
        let beat = Beat {
            text: Span::new(30, 60),
            start_us: 1_000,
            end_us: 11_000,
        };
        assert_eq!(beat.at_us(0), 1_000);
        assert_eq!(beat.at_us(45), 6_000);
        assert_eq!(beat.at_us(60), 11_000);
        assert_eq!(beat.at_us(99), 11_000);
    }

    #[test]
    fn a_clock_never_runs_backwards() {
        let mut builder = ClockBuilder::with_capacity(1, 2);
        let beat = |start_us, end_us| Beat {
            text: Span::new(0, 3),
            start_us,
            end_us,
        };
        builder.beat(beat(500, 900));
        builder.beat(beat(700, 600));
        builder.end_utterance(Span::new(0, 3));
        let clock = builder.finish(Basis::Text, None);
        assert_eq!(clock.beats(0), [beat(500, 900), beat(900, 900)]);
        assert_eq!(clock.beats(1), []);
    }
}

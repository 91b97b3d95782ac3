//! A transcript in, the syllables of each line of it that is said out.

use crate::align::bands::{Hold, Pin};
use crate::align::chain::Chain;
use crate::align::{kept, phones};
use crate::model::{Span, Timestamp, Transcript, Utterance};
use crate::speech::FRAME_MS;
use crate::text::aloud::{Syllable, syllables};
use crate::text::spoken::Readings;

/// What is said, line by line; every line has a syllable at least.
#[derive(Default)]
pub(super) struct Said {
    /// With their places in the text of the transcript.
    syllables: Vec<Syllable>,
    /// Where the syllables of each line begin; one more than there are lines.
    firsts: Vec<usize>,
    /// The utterance of each line.
    utterances: Vec<usize>,
}

impl Said {
    pub(super) fn of(transcript: &Transcript, readings: &Readings) -> Self {
        let mut said = Self {
            firsts: vec![0],
            ..Self::default()
        };
        for (index, utterance) in transcript.utterances.iter().enumerate() {
            if !transcript.is_sound(utterance) {
                said.line(index, utterance, transcript, readings);
            }
        }
        said
    }

    /// How many lines there are.
    pub(super) const fn len(&self) -> usize {
        self.utterances.len()
    }

    /// The syllables of each line.
    pub(super) fn lines(&self) -> impl Iterator<Item = &[Syllable]> {
        (0..self.len()).map(|line| self.syllables_of(line))
    }

    /// The syllables of a line.
    pub(super) fn syllables_of(&self, line: usize) -> &[Syllable] {
        &self.syllables[self.firsts[line]..self.firsts[line + 1]]
    }

    /// The utterance of each line.
    pub(super) fn utterances(&self) -> impl Iterator<Item = usize> {
        self.utterances.iter().copied()
    }

    /// How many lines can be said in so many frames, at most: a phone takes one.
    pub(super) fn lines_in(&self, frames: usize) -> usize {
        let phones = |line: &[Syllable]| line.iter().flat_map(phones::of).count();
        let mut lengths: Vec<_> = self.lines().map(phones).collect();
        lengths.sort_unstable();
        let ends = lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        });
        ends.take_while(|end| *end <= frames).count()
    }

    /// The times that are known: those of the transcript, and before which nobody speaks.
    pub(super) fn pins(
        &self,
        transcript: &Transcript,
        chain: &Chain,
        lead_in: Timestamp,
        end: Timestamp,
    ) -> Vec<Pin> {
        let pin = |line, at: Timestamp, hold| Pin {
            frame: (at.millis() / FRAME_MS) as usize,
            state: chain.states(line).start,
            hold,
        };
        let lead_in =
            (lead_in > Timestamp::ZERO && self.len() > 0).then(|| pin(0, lead_in, Hold::NotBefore));
        let anchors = kept(&transcript.anchors, end).filter_map(|anchor| {
            let utterance = anchor.utterance as usize;
            let line = self.utterances.binary_search(&utterance).ok()?;
            Some(pin(line, anchor.at, Hold::At))
        });
        let mut pins: Vec<Pin> = lead_in.into_iter().chain(anchors).collect();
        pins.sort_by_key(|pin| pin.frame);
        pins
    }

    /// The words of an utterance between the sounds in it.
    fn line(
        &mut self,
        index: usize,
        utterance: &Utterance,
        transcript: &Transcript,
        readings: &Readings,
    ) {
        let (mut at, end) = (utterance.text.start(), utterance.text.end());
        let sounds = transcript.sounds_in(utterance.text);
        let behind = Span::new(end, end);
        for sound in sounds.iter().chain([&behind]) {
            let words = Span::new(at, sound.start().max(at));
            let said = syllables(words.of(&transcript.text), readings).into_iter();
            self.syllables.extend(said.map(|syllable| Syllable {
                span: syllable.span.shifted(words.start()),
                ..syllable
            }));
            at = sound.end();
        }
        if self.firsts.last() != Some(&self.syllables.len()) {
            self.firsts.push(self.syllables.len());
            self.utterances.push(index);
        }
    }
}

//! What is said, line by line, in; the states that a recording of it goes through, out.
//!
//! A state is a phone, or a silence that may be passed over: a short one behind each syllable, and a
//! joint between lines, where there may be a pause, music or what nobody wrote down. From joint to
//! joint a line may be left out as a whole, at a price.

use std::ops::Range;

use crate::align::phones::{self, Phone};
use crate::text::aloud::Syllable;

/// What is neither silence nor of the text: the class behind those of the phones.
pub(super) const JOINT: usize = Phone::COUNT;

/// Classes that a state may be of.
pub(super) const CLASSES: usize = Phone::COUNT + 1;

/// How likely a frame of a phone, or of silence, is followed by another one of it.
const PHONE_STAYS: f32 = 0.72;
const SILENCE_STAYS: f32 = 0.94;

/// How likely there is a silence behind a syllable, at the end of a line, and before the first one.
const SILENCE_INSIDE: f32 = 0.03;
const SILENCE_BETWEEN: f32 = 0.5;
const SILENCE_BEFORE: f32 = 0.9;

/// The price of leaving a line out, as a logarithm: at 60 spoken lines were left out, at 150 it
/// is as at 100.
pub(super) const LEFT_OUT: f32 = -100.0;

/// What cannot be.
pub(super) const NEVER: f32 = -1e30;

/// The states of a transcript, in the order of time.
#[derive(Debug)]
pub(super) struct Chain {
    /// The class of each.
    pub(super) class: Vec<u8>,
    /// The logarithm of how likely the state stays as it is, is entered from the one before, and
    /// from the one before that.
    pub(super) stay: Vec<f32>,
    pub(super) next: Vec<f32>,
    pub(super) over: Vec<f32>,
    /// The states before each line and behind the last one.
    pub(super) joints: Vec<u32>,
    /// The first state of each syllable, line by line.
    syllables: Vec<u32>,
    /// Where the syllables of each line begin in these; one more than there are lines.
    firsts: Vec<u32>,
}

impl Chain {
    /// The chain of lines that have a syllable each, at least.
    pub(super) fn of<'l>(lines: impl IntoIterator<Item = &'l [Syllable]>) -> Self {
        let mut chain = Self {
            class: Vec::new(),
            stay: Vec::new(),
            next: Vec::new(),
            over: Vec::new(),
            joints: Vec::new(),
            syllables: Vec::new(),
            firsts: vec![0],
        };
        chain.joint(SILENCE_BEFORE);
        let mut before = SILENCE_BEFORE;
        for line in lines {
            for (left, syllable) in (0..line.len()).rev().zip(line) {
                chain.syllables.push(chain.class.len() as u32);
                for (at, phone) in phones::of(syllable).enumerate() {
                    chain.phone(phone, (at == 0).then_some(before));
                }
                if left == 0 {
                    before = SILENCE_BETWEEN;
                    chain.joint(before);
                } else {
                    before = SILENCE_INSIDE;
                    chain.silence(Phone::SILENCE.class(), before);
                }
            }
            chain.firsts.push(chain.syllables.len() as u32);
        }
        chain
    }

    /// How many states there are.
    pub(super) const fn len(&self) -> usize {
        self.class.len()
    }

    /// The states of a line, without the joints around it.
    pub(super) fn states(&self, line: usize) -> Range<usize> {
        self.joints[line] as usize + 1..self.joints[line + 1] as usize
    }

    /// The first state of each of its syllables.
    pub(super) fn syllables(&self, line: usize) -> &[u32] {
        &self.syllables[self.firsts[line] as usize..self.firsts[line + 1] as usize]
    }

    /// The joint before another one; none before what is no joint.
    pub(super) fn joint_before(&self, state: usize) -> Option<usize> {
        let at = self.joints.binary_search(&(state as u32)).ok()?;
        Some(self.joints[at.checked_sub(1)?] as usize)
    }

    /// The joints around each line whose second one is of `states`.
    pub(super) fn lines_to(&self, states: &Range<usize>) -> impl Iterator<Item = [usize; 2]> {
        let first = self
            .joints
            .partition_point(|joint| (*joint as usize) < states.start);
        let end = states.end;
        let lines = self.joints[first.max(1) - 1..].windows(2);
        let lines = lines.map(|pair| [pair[0] as usize, pair[1] as usize]);
        lines.take_while(move |[_, to]| *to < end)
    }

    /// Whether a state is a silence, or a joint.
    pub(super) fn is_silent(&self, state: usize) -> bool {
        let class = usize::from(self.class[state]);
        class == JOINT || class == usize::from(Phone::SILENCE.class())
    }

    fn joint(&mut self, likely: f32) {
        self.joints.push(self.class.len() as u32);
        self.silence(JOINT as u8, likely);
    }

    /// A silence, that likely behind the phone before it.
    fn silence(&mut self, class: u8, likely: f32) {
        let next = (1.0 - PHONE_STAYS) * likely;
        self.state(class, [SILENCE_STAYS, next, 0.0]);
    }

    /// A phone, `silence` being how likely one is before it that may be passed over.
    fn phone(&mut self, phone: Phone, silence: Option<f32>) {
        let left = 1.0 - PHONE_STAYS;
        let ways = match silence {
            Some(silence) => [PHONE_STAYS, 1.0 - SILENCE_STAYS, left * (1.0 - silence)],
            None => [PHONE_STAYS, left, 0.0],
        };
        self.state(phone.class(), ways);
    }

    fn state(&mut self, class: u8, ways: [f32; 3]) {
        let [stay, next, over] = ways.map(|way| if way > 0.0 { libm::logf(way) } else { NEVER });
        self.class.push(class);
        self.stay.push(stay);
        self.next.push(next);
        self.over.push(over);
    }
}

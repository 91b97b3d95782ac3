//! What phones sound like, and frames, in; how likely each frame is of each class out.
//!
//! The Gaussians stand side by side, feature by feature, so that a processor counts several of them
//! at once, each in the same order everywhere.

use std::ops::Range;
use std::sync::mpsc;
use std::thread;

use crate::align::chain::{CLASSES, JOINT};
use crate::align::mixture::Mixtures;
use crate::align::phones::Phone;
use crate::speech::{FEATURES, Heard};

/// How much a frame's sound counts: frames beside each other are not independent.
const SOUND: f32 = 0.5;

/// How much it counts whether somebody speaks.
const PRESENCE: f32 = 2.0;

/// No frame is surely silent, or surely not.
const SURE: std::ops::RangeInclusive<f32> = 0.02..=0.98;

/// Room for two Gaussians of each phone, in whole registers.
const LANES: usize = 96;

/// The logarithm of 2π.
const LN_TAU: f32 = 1.837_877_1;

/// The likelihoods of one frame, as logarithms.
pub(super) type Scores = [f32; CLASSES];

/// Frames that are scored in a row.
pub(super) const BLOCK: usize = 1024;

/// Scores frames.
pub(super) struct Scorer<'h> {
    heard: &'h Heard,
    each: usize,
    level: [f32; LANES],
    linear: Vec<[f32; LANES]>,
    square: Vec<[f32; LANES]>,
}

impl<'h> Scorer<'h> {
    pub(super) fn new(mixtures: &Mixtures, heard: &'h Heard) -> Self {
        let mut scorer = Self {
            heard,
            each: mixtures.each,
            level: [0.0; LANES],
            linear: vec![[0.0; LANES]; FEATURES],
            square: vec![[0.0; LANES]; FEATURES],
        };
        for (lane, gaussian) in mixtures.all.iter().enumerate() {
            let mut level = libm::logf(gaussian.weight + 1e-10);
            for feature in 0..FEATURES {
                let (mean, variance) = (gaussian.mean[feature], gaussian.variance[feature]);
                level -= 0.5 * (LN_TAU + libm::logf(variance) + mean * mean / variance);
                scorer.linear[feature][lane] = mean / variance;
                scorer.square[feature][lane] = -0.5 / variance;
            }
            scorer.level[lane] = level;
        }
        scorer
    }

    /// The scores of a frame.
    pub(super) fn scores(&self, frame: usize) -> Scores {
        let features = &self.heard.features.frames()[frame];
        let mut lanes = self.level;
        let rows = self.linear.iter().zip(&self.square);
        for (value, (linear, square)) in features.iter().zip(rows) {
            let power = value * value;
            for (lane, (linear, square)) in lanes.iter_mut().zip(linear.iter().zip(square)) {
                *lane += value * linear + power * square;
            }
        }
        let likely = self.heard.presence.likely()[frame];
        let likely = likely.clamp(*SURE.start(), *SURE.end());
        let speaks = PRESENCE * libm::logf(likely);
        let mut scores = [0.0; CLASSES];
        for (phone, score) in scores[..Phone::COUNT].iter_mut().enumerate() {
            let sound = match self.each {
                1 => lanes[phone],
                _ => sum(lanes[2 * phone], lanes[2 * phone + 1]),
            };
            *score = SOUND * sound + speaks;
        }
        let silence = usize::from(Phone::SILENCE.class());
        scores[silence] += PRESENCE * libm::logf(1.0 - likely) - speaks;
        scores[JOINT] = scores[silence].max(anything(features));
        scores
    }

    /// Scores blocks one after the other, a second thread being one ahead. What comes out is the same without it.
    pub(super) fn ahead(
        &self,
        blocks: impl Iterator<Item = Range<usize>> + Clone + Send,
        mut work: impl FnMut(Range<usize>, &[Scores]),
    ) {
        let score = |block: Range<usize>| -> Vec<Scores> {
            block.map(|frame| self.scores(frame)).collect()
        };
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(1);
            let mut all = blocks.clone();
            let run = move || all.try_for_each(|block| sender.send(score(block)));
            // Where there is no second thread, nothing is received.
            let _thread = thread::Builder::new().spawn_scoped(scope, run);
            for block in blocks {
                let scores = receiver.recv().unwrap_or_else(|_| score(block.clone()));
                work(block, &scores);
            }
        });
    }

    /// Whether a frame between lines is like anything rather than like silence.
    pub(super) fn is_anything(scores: &Scores) -> bool {
        scores[JOINT] > scores[usize::from(Phone::SILENCE.class())]
    }
}

/// How likely a frame is of music, or of words that nobody wrote down: as far as it is
/// like any other of the recording, spoken or not.
fn anything(features: &[f32; FEATURES]) -> f32 {
    let off: f32 = features.iter().map(|value| LN_TAU + value * value).sum();
    -0.5 * SOUND * off + PRESENCE * -std::f32::consts::LN_2
}

/// The logarithm of the sum of two numbers whose logarithms these are.
fn sum(one: f32, other: f32) -> f32 {
    let (more, less) = (one.max(other), one.min(other));
    // Past e^-16 a float does not change.
    if more - less > 16.0 {
        return more;
    }
    more + libm::log1pf(libm::expf(less - more))
}

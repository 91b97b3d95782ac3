//! What frames sound like, and which phone each is of, in; what each phone sounds like out.
//!
//! A phone is one or two Gaussians of independent features. Where few frames of it were heard it
//! stays near what was known before: a prior, or what all frames have in common.

use crate::align::phones::Phone;
use crate::speech::FEATURES;

/// So many frames does a prior count for, and what all frames have in common.
const PRIOR_FRAMES: f64 = 15.0;
const COMMON_FRAMES: f64 = 4.0;

/// Fewer frames tell nothing of a phone.
const LEAST_FRAMES: f64 = 3.0;

/// The least variance of a feature, whose variance over all frames is 1: while frames are shared
/// out between two Gaussians, and in the end.
const LEAST_SHARED: f64 = 0.05;
const LEAST_VARIANCE: f64 = 0.03;

/// How often frames are shared out anew between two Gaussians that were one.
const ROUNDS: usize = 3;

/// The label of a frame that is of no phone.
pub(super) const NO_PHONE: u8 = u8::MAX;

/// One of the sounds that a phone has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gaussian {
    pub(super) mean: [f32; FEATURES],
    pub(super) variance: [f32; FEATURES],
    /// How much of the phone it is.
    pub(super) weight: f32,
}

/// What each phone sounds like.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mixtures {
    /// Gaussians of a phone: 1 or 2.
    pub(super) each: usize,
    /// Phone by phone.
    pub(super) all: Vec<Gaussian>,
}

/// What all frames have in common: they are normalised.
const COMMON: Gaussian = Gaussian {
    mean: [0.0; FEATURES],
    variance: [1.0; FEATURES],
    weight: 1.0,
};

impl Mixtures {
    /// What phones sound like by frames that have their labels, in `each` Gaussians. `last` is what
    /// was learned of the same recording before; `prior` goes before what all frames have in common.
    pub(super) fn learned(
        frames: &[[f32; FEATURES]],
        labels: &[u8],
        each: usize,
        last: Option<&Self>,
        prior: Option<&Self>,
    ) -> Self {
        let last = last.filter(|last| last.each == each);
        let mut parts = match (last, prior.filter(|prior| prior.each == each)) {
            (Some(last), _) => last.clone(),
            (None, Some(prior)) => prior.clone(),
            (None, None) => Self::halved(frames, labels, each),
        };
        let rounds = if last.is_none() && each > 1 {
            ROUNDS
        } else {
            1
        };
        let mut sums = parts.heard(frames, labels);
        for _ in 1..rounds {
            parts = parts.moved(&sums);
            sums = parts.heard(frames, labels);
        }
        drawn(&sums, each, prior)
    }

    /// Each phone's sound, parted in two that lie half a deviation to both sides of it.
    fn halved(frames: &[[f32; FEATURES]], labels: &[u8], each: usize) -> Self {
        let one = Self {
            each: 1,
            all: vec![COMMON; Phone::COUNT],
        };
        let halves = |sums: &Sums| {
            let whole = sums.gaussian(1.0 / each as f32, 0.0);
            (0..each).map(move |half| {
                let side = if each == 1 { 0.0 } else { half as f32 - 0.5 };
                let mut part = whole;
                for (mean, variance) in part.mean.iter_mut().zip(&mut part.variance) {
                    *mean += side * libm::sqrtf(*variance);
                    *variance += LEAST_SHARED as f32;
                }
                part
            })
        };
        let all = one.heard(frames, labels).iter().flat_map(halves).collect();
        Self { each, all }
    }

    /// How the frames of each Gaussian spread, each shared out between those of its phone.
    fn heard(&self, frames: &[[f32; FEATURES]], labels: &[u8]) -> Vec<Sums> {
        let mut sums = vec![Sums::NONE; self.all.len()];
        let levels: Vec<f32> = self.all.iter().map(Gaussian::level).collect();
        for (frame, &label) in frames
            .iter()
            .zip(labels)
            .filter(|(_, label)| **label != NO_PHONE)
        {
            let first = usize::from(label) * self.each;
            if self.each == 1 {
                sums[first].add(frame, 1.0);
                continue;
            }
            let likely = |at: usize| levels[at] - self.all[at].distance(frame);
            let share = 1.0 / (1.0 + libm::expf(likely(first + 1) - likely(first)));
            sums[first].add(frame, f64::from(share));
            sums[first + 1].add(frame, 1.0 - f64::from(share));
        }
        sums
    }

    /// The Gaussians of the frames that are shared out so.
    fn moved(&self, sums: &[Sums]) -> Self {
        let phones = sums.chunks(self.each).flat_map(|phone| {
            let all: f64 = phone.iter().map(|sums| sums.count + 1e-6).sum();
            let part =
                move |sums: &Sums| sums.gaussian(((sums.count + 1e-6) / all) as f32, LEAST_SHARED);
            phone.iter().map(part)
        });
        Self {
            each: self.each,
            all: phones.collect(),
        }
    }
}

/// What was heard of each phone, drawn towards what was known.
fn drawn(sums: &[Sums], each: usize, prior: Option<&Mixtures>) -> Mixtures {
    let prior = prior.filter(|prior| prior.each == each);
    let known = |at: usize| prior.map_or(COMMON, |prior| prior.all[at]);
    let frames = if prior.is_some() {
        PRIOR_FRAMES
    } else {
        COMMON_FRAMES
    };
    let phones = sums.chunks(each).enumerate().flat_map(|(phone, parts)| {
        let all: f64 = parts.iter().map(|sums| sums.count).sum();
        let part = move |(at, sums): (usize, &Sums)| {
            let known = known(phone * each + at);
            if all < LEAST_FRAMES {
                return Gaussian {
                    weight: 1.0 / each as f32,
                    ..known
                };
            }
            let weight = (sums.count + 1.0) / (all + each as f64);
            sums.drawn_to(&known, frames, weight as f32)
        };
        parts.iter().enumerate().map(part)
    });
    Mixtures {
        each,
        all: phones.collect(),
    }
}

impl Gaussian {
    /// The logarithm of how likely its mean is, in no unit: of use beside another one only.
    fn level(&self) -> f32 {
        let spread: f32 = self
            .variance
            .iter()
            .map(|variance| libm::logf(*variance))
            .sum();
        libm::logf(self.weight + 1e-9) - 0.5 * spread
    }

    /// How far a frame is from its mean, as a logarithm.
    fn distance(&self, frame: &[f32; FEATURES]) -> f32 {
        let spreads = self.mean.iter().zip(&self.variance);
        let off = frame.iter().zip(spreads).map(|(value, (mean, variance))| {
            let off = value - mean;
            off * off / variance
        });
        0.5 * off.sum::<f32>()
    }
}

/// How frames that were heard spread.
#[derive(Clone, Copy)]
struct Sums {
    count: f64,
    sum: [f64; FEATURES],
    squares: [f64; FEATURES],
}

impl Sums {
    const NONE: Self = Self {
        count: 0.0,
        sum: [0.0; FEATURES],
        squares: [0.0; FEATURES],
    };

    fn add(&mut self, frame: &[f32; FEATURES], share: f64) {
        self.count += share;
        let sums = self.sum.iter_mut().zip(&mut self.squares);
        for (value, (sum, square)) in frame.iter().zip(sums) {
            let value = f64::from(*value);
            *sum += share * value;
            *square += share * value * value;
        }
    }

    /// A Gaussian of these frames alone.
    fn gaussian(&self, weight: f32, least_variance: f64) -> Gaussian {
        let count = self.count + 1e-6;
        let mean = self.sum.map(|sum| sum / count);
        let variance = |at: usize| self.squares[at] / count - mean[at] * mean[at];
        Gaussian {
            mean: mean.map(|mean| mean as f32),
            variance: std::array::from_fn(|at| variance(at).max(least_variance) as f32),
            weight,
        }
    }

    /// The same, `known` being one that counts for so many frames.
    fn drawn_to(&self, known: &Gaussian, frames: f64, weight: f32) -> Gaussian {
        let count = self.count + frames;
        let mean: [f64; FEATURES] =
            std::array::from_fn(|at| (self.sum[at] + frames * f64::from(known.mean[at])) / count);
        let variance = |at: usize| {
            let before = f64::from(known.mean[at]);
            let square = frames * (f64::from(known.variance[at]) + before * before);
            (self.squares[at] + square) / count - mean[at] * mean[at]
        };
        Gaussian {
            mean: mean.map(|mean| mean as f32),
            variance: std::array::from_fn(|at| variance(at).max(LEAST_VARIANCE) as f32),
            weight,
        }
    }
}

//! What each phone sounds like before a recording is heard: a prior, and how it is taught.
//!
//! The one that comes with zimu is taught by `cargo xtask train-prior` from recordings of Mozilla Common
//! Voice (zh-CN), which their speakers have given away (CC0): 8 speakers, 28 minutes; its numbers are zimu's
//! own. Real voices do better than synthetic ones, and more of these add nothing (measured).

use std::sync::LazyLock;

use crate::align::Placed;
use crate::align::chain::Chain;
use crate::align::mixture::{Gaussian, Mixtures};
use crate::align::pass::{Margin, Pass, even};
use crate::align::phones::Phone;
use crate::align::said::Said;
use crate::model::{Timestamp, Transcript};
use crate::speech::{FEATURES, FRAME_MS, Heard};
use crate::text::spoken::Readings;

/// Gaussians of a phone.
const EACH: usize = 2;

/// How often what is taught is gone through, and how far a line may be from its time: 2 s.
const ROUNDS: usize = 6;
const MARGIN: Margin = Margin { frames: 200 };

/// Bytes of a Gaussian: its weight, means and variances.
const GAUSSIAN_BYTES: usize = 4 * (1 + 2 * FEATURES);

/// What phones sound like.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    mixtures: Mixtures,
}

/// The one that comes with zimu.
static DEFAULT: LazyLock<Prior> = LazyLock::new(|| {
    let bytes = include_bytes!("prior.bin");
    Prior::from_bytes(bytes).unwrap_or_else(|_| unreachable!("a test reads it"))
});

/// Bytes that are no prior.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} bytes of a prior, found {found}")]
pub struct NoPrior {
    expected: usize,
    found: usize,
}

/// A recording whose times are known.
#[derive(Clone, Debug)]
pub struct Taught {
    /// What is said.
    pub transcript: Transcript,
    /// How it sounds.
    pub heard: Heard,
    /// From when to when each utterance is spoken; nothing of one that is not.
    pub times: Vec<Option<[Timestamp; 2]>>,
}

impl Default for &Prior {
    fn default() -> Self {
        &DEFAULT
    }
}

impl Prior {
    /// Learns what phones sound like from recordings; `None` where there are none.
    #[must_use]
    pub fn taught(recordings: Vec<Taught>) -> Option<Self> {
        let mut said = Vec::new();
        let mut placed = Vec::new();
        let mut all: Option<Heard> = None;
        for Taught {
            transcript,
            heard,
            times,
        } in recordings
        {
            let before = all.as_ref().map_or(0, |all| all.features.len());
            let frame = |time: Timestamp| before + (time.millis() / FRAME_MS) as usize;
            let lines = Said::of(&transcript, <&Readings>::default());
            placed.extend(lines.utterances().map(|utterance| {
                let [start, end] = times.get(utterance).copied().flatten()?;
                Some(Placed::at(frame(start), frame(end)))
            }));
            said.push(lines);
            all = Some(match all {
                Some(all) => all.and(&heard),
                None => heard,
            });
        }
        let heard = all?;
        let chain = Chain::of(said.iter().flat_map(Said::lines));
        let pass = Pass {
            rounds: ROUNDS,
            margin: MARGIN,
            each: EACH,
            prior: None,
        };
        let mixtures = even(&chain, &heard, &placed);
        let passed = pass.run(&chain, &heard, placed, mixtures, &[]);
        Some(Self {
            mixtures: passed.mixtures,
        })
    }

    /// As bytes: of each phone, each Gaussian's weight, 39 means and 39 variances, as little-endian
    /// floats.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let gaussians = self.mixtures.all.iter();
        let numbers = gaussians.flat_map(|gaussian| {
            let spread = gaussian.mean.into_iter().chain(gaussian.variance);
            std::iter::once(gaussian.weight).chain(spread)
        });
        numbers.flat_map(f32::to_le_bytes).collect()
    }

    /// The prior of such bytes.
    ///
    /// # Errors
    /// [`NoPrior`], where there are more or fewer than there must be.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoPrior> {
        let expected = Phone::COUNT * EACH * GAUSSIAN_BYTES;
        if bytes.len() != expected {
            let found = bytes.len();
            return Err(NoPrior { expected, found });
        }
        let (numbers, _) = bytes.as_chunks::<4>();
        let numbers: Vec<f32> = numbers
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect();
        let gaussian = |numbers: &[f32]| Gaussian {
            weight: numbers[0],
            mean: std::array::from_fn(|at| numbers[1 + at]),
            variance: std::array::from_fn(|at| numbers[1 + FEATURES + at]),
        };
        let all = numbers.chunks(1 + 2 * FEATURES).map(gaussian);
        Ok(Self {
            mixtures: Mixtures {
                each: EACH,
                all: all.collect(),
            },
        })
    }

    pub(super) const fn mixtures(&self) -> &Mixtures {
        &self.mixtures
    }
}

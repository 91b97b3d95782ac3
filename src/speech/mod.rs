//! Floor 1: samples of sound in; for every hundredth of a second what it sounds like, and how likely
//! somebody speaks, out.
//!
//! Sound comes in blocks of any size, at [`HERTZ`] in one channel, and is gone when it was heard:
//! of two hours 39 numbers a frame are left, 112 MB.
//!
//! Everything is counted in floats here, on one thread and in the order of time, with no
//! instruction that only some processors have, and the functions of the `libm` crate instead of
//! the system's: the same samples give the same bits everywhere.

mod cepstra;
mod features;
mod level;
mod presence;
mod spectrum;

pub use features::{FEATURES, Features};
pub use presence::{Presence, Run};
pub use spectrum::{FRAME_MS, HERTZ};

use cepstra::Cepstra;
use spectrum::Spectra;

/// What was heard of a recording, frame by frame.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What each frame sounds like.
    pub features: Features,
    /// How likely somebody speaks in it.
    pub presence: Presence,
}

impl Heard {
    /// This, and behind it what was heard of another recording.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self {
            features: self.features.and(&other.features),
            presence: self.presence.and(&other.presence),
        }
    }
}

/// Hears a recording, block by block.
///
/// ```
/// use zimu::speech::{HERTZ, Listener};
///
/// let mut listener = Listener::new();
/// for block in vec![0.0; HERTZ as usize].chunks(1000) {
///     listener.hear(block);
/// }
/// assert_eq!(listener.heard().features.len(), 100);
/// ```
#[derive(Debug)]
pub struct Listener {
    spectra: Spectra,
    cepstra: Cepstra,
    of_frames: Vec<cepstra::Frame>,
    levels_db: Vec<f32>,
}

impl Default for Listener {
    fn default() -> Self {
        Self::new()
    }
}

impl Listener {
    /// Before the first sample.
    #[must_use]
    pub fn new() -> Self {
        Self {
            spectra: Spectra::new(),
            cepstra: Cepstra::new(),
            of_frames: Vec::new(),
            levels_db: Vec::new(),
        }
    }

    /// Samples from -1 to 1, behind those that were heard before.
    pub fn hear(&mut self, samples: &[f32]) {
        let Self {
            spectra,
            cepstra,
            of_frames,
            levels_db,
        } = self;
        spectra.add(samples, |power| {
            of_frames.push(cepstra.of(power));
            levels_db.push(level::level_db(power));
        });
    }

    /// What was heard, when all was.
    #[must_use]
    pub fn heard(mut self) -> Heard {
        let Self {
            spectra,
            cepstra,
            of_frames,
            levels_db,
        } = &mut self;
        spectra.end(|power| {
            of_frames.push(cepstra.of(power));
            levels_db.push(level::level_db(power));
        });
        Heard {
            presence: Presence::of(&self.levels_db),
            features: Features::of(&self.of_frames),
        }
    }
}

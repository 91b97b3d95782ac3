//! The cepstra of all frames in, what each sounds like and how that changes out.
//!
//! 13 terms, how they change (over two frames on both sides) and how that does, each with a mean
//! of 0 and a variance of 1 over the recording: so a microphone or a room that colours all of it
//! makes no difference.

use crate::speech::cepstra::{Frame, TERMS};

/// Numbers of a frame.
pub const FEATURES: usize = 3 * TERMS;

/// What each frame sounds like.
#[derive(Clone, Debug)]
pub struct Features {
    frames: Vec<[f32; FEATURES]>,
}

impl Features {
    pub(super) fn of(cepstra: &[Frame]) -> Self {
        let mut frames = vec![[0.0; FEATURES]; cepstra.len()];
        for (frame, cepstrum) in frames.iter_mut().zip(cepstra) {
            frame[..TERMS].copy_from_slice(cepstrum);
        }
        change(&mut frames, 0);
        change(&mut frames, TERMS);
        normalise(&mut frames);
        Self { frames }
    }

    /// Frames that were made up.
    #[cfg(test)]
    pub(crate) const fn made_up(frames: Vec<[f32; FEATURES]>) -> Self {
        Self { frames }
    }

    /// These, and behind them those of another recording.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.frames.extend_from_slice(&other.frames);
        self
    }

    /// How many frames there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// All of them.
    #[must_use]
    pub fn frames(&self) -> &[[f32; FEATURES]] {
        &self.frames
    }
}

/// How the terms from `from` change is put behind them; before the first frame and behind the last all
/// stays as it is.
fn change(frames: &mut [[f32; FEATURES]], from: usize) {
    let last = frames.len().saturating_sub(1);
    for at in 0..frames.len() {
        for term in from..from + TERMS {
            let near = |before: usize, behind: usize| {
                let before = frames[at.saturating_sub(before)][term];
                frames[(at + behind).min(last)][term] - before
            };
            let change = (near(1, 1) + 2.0 * near(2, 2)) / 10.0;
            frames[at][term + TERMS] = change;
        }
    }
}

fn normalise(frames: &mut [[f32; FEATURES]]) {
    let count = frames.len().max(1) as f64;
    for term in 0..FEATURES {
        let sum: f64 = frames.iter().map(|frame| f64::from(frame[term])).sum();
        let mean = sum / count;
        let off = frames.iter().map(|frame| f64::from(frame[term]) - mean);
        let variance = off.map(|off| off * off).sum::<f64>() / count;
        // What never changes is nothing.
        let scale = 1.0 / (libm::sqrt(variance) + 1e-5);
        for frame in &mut *frames {
            frame[term] = ((f64::from(frame[term]) - mean) * scale) as f32;
        }
    }
}

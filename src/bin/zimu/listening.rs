//! A recording in, what is heard in it out: decoded and listened to piece by piece.

use std::path::Path;

use zimu::media::{NoSound, Sound};
use zimu::model::{Diagnostic, Timestamp};
use zimu::speech::{FRAME_MS, Heard, Listener};

use crate::recording::opened;

/// What was heard, and what was not.
pub(crate) struct Listened {
    pub(crate) heard: Heard,
    /// What could not be decoded of it, if anything.
    pub(crate) damage: Option<Diagnostic>,
}

/// How far somebody has listened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    pub(crate) heard_ms: u64,
    /// How long the recording says that it is.
    pub(crate) length: Option<Timestamp>,
}

/// Thousandths of a second for each sample.
const SAMPLES_PER_MS: u64 = Sound::HERTZ as u64 / 1000;

impl Listened {
    /// How long it lasts, to a hundredth of a second.
    pub(crate) fn length(&self) -> Timestamp {
        let frames = self.heard.features.len() as u64;
        let length = Timestamp::from_micros(frames * 1000 * u64::from(FRAME_MS));
        length.unwrap_or(Timestamp::MAX)
    }

    /// Of the recording `media`; `on` is told how far, every now and then.
    pub(crate) fn to(media: &Path, on: impl Fn(Progress)) -> Result<Self, NoSound> {
        let mut sound = Sound::open(opened(media)?)?;
        let length = sound.length();
        let (mut listener, mut samples, mut damage) = (Listener::new(), 0, None);
        loop {
            match sound.next() {
                Ok(Some(block)) => {
                    samples += block.len() as u64;
                    listener.hear(block);
                    on(Progress {
                        heard_ms: samples / SAMPLES_PER_MS,
                        length,
                    });
                }
                Ok(None) => break,
                Err(error) if samples > 0 => {
                    damage = Some(error.finding());
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        let silent = sound.damage().map(zimu::media::Damage::finding);
        Ok(Self {
            heard: listener.heard(),
            damage: damage.or(silent),
        })
    }
}

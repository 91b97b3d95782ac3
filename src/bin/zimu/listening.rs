//! A recording in, what is heard in it out: decoded and listened to piece by piece.

use std::fs::File;
use std::path::Path;

use indicatif::ProgressBar;
use zimu::media::Sound;
use zimu::speech::{Heard, Listener};

use crate::report::Failure;

/// What was heard, and what was not.
pub(crate) struct Listened {
    pub(crate) heard: Heard,
    /// What could not be decoded of it, if anything.
    pub(crate) damage: Option<String>,
}

/// Thousandths of a second for each sample.
const SAMPLES_PER_MS: u64 = Sound::HERTZ as u64 / 1000;

impl Listened {
    /// Of the recording `media`; the bar goes on by the milliseconds that were heard.
    pub(crate) fn to(media: &Path, bar: &ProgressBar) -> Result<Self, Failure> {
        let failed = |error: String| {
            Failure::of_file(media, format!("{error} (--media-length-only does without)"))
        };
        let file = File::open(media)
            .map_err(|error| failed(format!("expected a recording to read: {error}")))?;
        let mut sound = Sound::open(file).map_err(|error| failed(error.to_string()))?;
        if let Some(length) = sound.length() {
            bar.set_length(u64::from(length.millis()));
        }
        let (mut listener, mut samples, mut damage) = (Listener::new(), 0, None);
        loop {
            match sound.next() {
                Ok(Some(block)) => {
                    samples += block.len() as u64;
                    listener.hear(block);
                    bar.set_position(samples / SAMPLES_PER_MS);
                }
                Ok(None) => break,
                Err(error) if samples > 0 => {
                    damage = Some(error.to_string());
                    break;
                }
                Err(error) => return Err(failed(error.to_string())),
            }
        }
        if let Some(found) = sound.damage().filter(|_| damage.is_none()) {
            damage = Some(format!(
                "expected sound that can be decoded, found {} packets from {} on that cannot: they \
                 are silence",
                found.packets, found.first
            ));
        }
        let heard = listener.heard();
        Ok(Self { heard, damage })
    }
}

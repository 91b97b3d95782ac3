//! Floor 1: the bytes of a recording in, how long it lasts and its sound out.
//!
//! MP4, M4A, MP3, WAV, FLAC, Ogg, Matroska and `WebM` are read (by `symphonia`). How long they last
//! they say near their start or their end ([`duration`]): nothing is decoded for it. An MP3 that
//! does not say it is as long as its bit rate makes it. What is heard is decoded in pieces, which
//! are all that is held of it ([`Sound`]).

use std::io::{Read, Seek};

use symphonia::core::formats::FormatReader;
use symphonia::core::units::{Duration, TimeBase};

use crate::media::container::opened;
use crate::model::Timestamp;

mod chapters;
mod codec;
mod container;
mod edits;
mod findings;
mod opus;
mod place;
mod resample;
mod said;
mod sound;

pub use container::Unopened;
pub use sound::{Damage, NoSound, Sound};

/// Why nobody knows how long a recording lasts.
#[derive(Debug, thiserror::Error)]
pub enum NoDuration {
    /// It is not opened.
    #[error(transparent)]
    Unopened(#[from] Unopened),
    /// It does not say.
    #[error("expected a recording that says how long it lasts, found one that does not")]
    Unsaid,
}

/// How long a recording lasts, to the millisecond.
///
/// # Errors
/// [`NoDuration`], where it is not said or not understood.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // Eight thousand samples a second of one byte each: a second and a half.
/// let mut wav = b"RIFF\x04\x2f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\xe0\x2e\0\0".to_vec();
/// wav.extend([0x80; 12_000]);
/// let lasts = zimu::media::duration(std::io::Cursor::new(wav))?;
/// assert_eq!(lasts.to_string(), "0:00:01.500");
/// # Ok(())
/// # }
/// ```
pub fn duration(recording: impl Read + Seek + Send + Sync) -> Result<Timestamp, NoDuration> {
    lasts(&*opened(recording)?).ok_or(NoDuration::Unsaid)
}

fn lasts(format: &dyn FormatReader) -> Option<Timestamp> {
    of_all(format).or_else(|| longest_track(format))
}

/// What it says of itself as a whole: a track of an MP4 may be longer than is played of it.
fn of_all(format: &dyn FormatReader) -> Option<Timestamp> {
    let media = format.media_info();
    millis(media.time_base?, media.duration?)
}

fn longest_track(format: &dyn FormatReader) -> Option<Timestamp> {
    let tracks = format.tracks().iter();
    tracks
        .filter_map(|track| millis(track.time_base?, track.duration?))
        .max()
}

/// Rounded down: nothing is shown after the end.
fn millis(base: TimeBase, length: Duration) -> Option<Timestamp> {
    let (seconds, nanos) = base.calc_duration(length)?.parts();
    let seconds = u64::try_from(seconds).ok()?;
    let lasts = Timestamp::from_clock(0, 0, seconds, u64::from(nanos) / 1_000_000)?;
    (lasts > Timestamp::ZERO).then_some(lasts)
}

//! Decoded samples and where their packets say that they stand in, samples without a hole from
//! 0:00 on out.

use crate::media::NoSound;
use crate::model::Timestamp;

/// How far a packet may be from where the last one ended before it is believed. Matroska counts
/// whole milliseconds, and what is live drifts by less; a player does not hear it either.
const SLACK_MS: i64 = 50;
/// What starts later was taken from a longer stream, whose count it keeps: players then count from
/// its start.
const MAX_START_SECONDS: i64 = 60;
/// Holes that are filled with silence, all together. More of them are a broken file.
const MAX_HOLES_SECONDS: i64 = 3_600;

/// Puts samples where they belong.
#[derive(Default)]
pub(super) struct Place {
    /// Where the next sample goes, in samples after 0:00.
    next: Option<i64>,
    /// Whether something before was lost, so that where it goes is known from the next packet only.
    is_lost: bool,
    /// How many samples more than what was said in the file 0:00 is.
    rebased: i64,
    /// Samples of silence so far.
    filled: i64,
}

/// What goes before the samples of a packet, and how many of them do not count.
pub(super) struct Placed {
    pub(super) silence: u64,
    pub(super) skip: usize,
}

impl Place {
    /// Something was lost: the next packet is put exactly where it says.
    pub(super) fn lose(&mut self) {
        self.is_lost = true;
    }

    /// Where the next sample goes, in samples after 0:00.
    pub(super) fn next(&self) -> u64 {
        self.next.unwrap_or(0).max(0).cast_unsigned()
    }

    /// # Errors
    /// [`NoSound::Broken`], where there is more than an hour of holes.
    pub(super) fn put(&mut self, said: i64, frames: usize, hertz: u32) -> Result<Placed, NoSound> {
        let hertz = i64::from(hertz);
        let frames = i64::try_from(frames).unwrap_or(i64::MAX);
        if self.next.is_none() {
            self.is_lost = true;
            self.rebased = if said > MAX_START_SECONDS * hertz {
                said
            } else {
                0
            };
        }
        let said = said.saturating_sub(self.rebased);
        let next = self.next.unwrap_or(said.min(0));
        let is_off = said.saturating_sub(next).saturating_abs() > SLACK_MS * hertz / 1_000;
        let at = if self.is_lost || is_off { said } else { next };
        self.is_lost = false;
        let silence = at.saturating_sub(next.max(0)).max(0);
        self.filled = self.filled.saturating_add(silence);
        if self.filled > MAX_HOLES_SECONDS * hertz {
            return Err(NoSound::Broken {
                at: time(self.next(), hertz.unsigned_abs()),
                found: "holes of more than an hour".to_owned(),
            });
        }
        // What stands before 0:00, or was heard already, is not heard.
        let skip = next.max(0).saturating_sub(at).clamp(0, frames);
        self.next = Some(next.max(at.saturating_add(frames)));
        Ok(Placed {
            silence: silence.unsigned_abs(),
            skip: skip.unsigned_abs() as usize,
        })
    }
}

/// The time of a sample, rounded down.
pub(super) fn time(sample: u64, hertz: u64) -> Timestamp {
    let ms = u128::from(sample) * 1_000 / u128::from(hertz.max(1));
    u32::try_from(ms).map_or(Timestamp::MAX, Timestamp::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packets of 100 samples at 1 kHz, each put where it says: what goes before it, and what of
    /// it does not count.
    fn puts(said: &[i64]) -> Vec<(u64, usize)> {
        let mut place = Place::default();
        let put = |&said: &i64| place.put(said, 100, 1_000).expect("few holes");
        let placed = said.iter().map(put);
        placed.map(|put| (put.silence, put.skip)).collect()
    }

    #[test]
    fn what_is_before_the_start_is_not_heard() {
        assert_eq!(puts(&[-150, -50, 50]), [(0, 100), (0, 50), (0, 0)]);
    }

    #[test]
    fn what_starts_late_has_silence_before_it() {
        assert_eq!(puts(&[30, 130]), [(30, 0), (0, 0)]);
    }

    #[test]
    fn a_count_that_starts_high_starts_at_0() {
        assert_eq!(puts(&[90_000, 90_100]), [(0, 0), (0, 0)]);
    }

    #[test]
    fn holes_are_filled_and_overlaps_taken_out() {
        assert_eq!(
            puts(&[0, 103, 400, 420]),
            [(0, 0), (0, 0), (200, 0), (0, 80)]
        );
    }

    #[test]
    fn after_what_was_lost_a_packet_stands_where_it_says() {
        let mut place = Place::default();
        let _ = place.put(0, 100, 1_000);
        place.lose();
        let placed = place.put(120, 100, 1_000).expect("few holes");
        assert_eq!((placed.silence, placed.skip), (20, 0));
    }

    #[test]
    fn more_than_an_hour_of_holes_is_refused() {
        let mut place = Place::default();
        let _ = place.put(0, 100, 1_000);
        assert!(place.put(i64::MAX, 100, 1_000).is_err());
    }
}

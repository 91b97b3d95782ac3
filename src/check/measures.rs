//! A length of time, or how much there is to read in it, in; what is out of its limit out.
//!
//! Rules ask it of captions as they are, and whoever mends them of captions as they would be. A
//! guide that counts in frames is compared in frames where the rate is known: 83 ms is 1.99 frames
//! of 24000/1001 and is two.

use crate::check::site::{Shown, Side};
use crate::check::{Checking, Measured, Unit};
use crate::model::{Interval, Timestamp};
use crate::profile::Profile;
use crate::spotting::FrameRate;
use crate::text::width::half_characters;

/// How much longer a gap of whole frames may be, in milliseconds: each of its ends was rounded.
const ROUNDING_MS: u32 = 1;

/// Half characters in a millisecond are so many thousandths of a character in a second.
pub(super) const MILLI_CHARACTERS: u64 = 500_000;

/// How much faster is still as fast, in thousandths of a character a second: a time that was
/// rounded to a millisecond breaks no limit (as Subtitle Edit's rules for Netflix have it).
const TOLERANCE: u64 = 5;

impl<'p> Checking<'p> {
    /// The limits of the lines of a side.
    pub(super) fn limits_of(&self, side: Side) -> &'p Profile {
        let second = self.second.filter(|_| side == Side::Second);
        second.unwrap_or(self.profile)
    }

    /// The rate, where it is known and the profile counts in frames.
    fn counted(&self) -> Option<FrameRate> {
        self.rate.filter(|_| self.profile.min_gap_frames.is_some())
    }

    /// How long a cue is shown at least, in milliseconds: whole frames where these are counted.
    pub(super) fn least_ms(&self) -> u32 {
        let least_ms = self.profile.min_duration_ms;
        let frames = |rate: FrameRate| rate.ms_in(rate.frames_to_last(least_ms));
        self.counted().map_or(least_ms, frames).max(least_ms)
    }

    /// A length and its limit, in frames where the profile counts in frames and the rate is known.
    /// The limit is so many frames by `frames` of the rate.
    fn compared(
        &self,
        found_ms: u32,
        limit_ms: u32,
        frames: impl Fn(FrameRate, u32) -> u32,
    ) -> Measured {
        match self.counted() {
            Some(rate) => Measured {
                found: rate.frames_in(found_ms),
                limit: frames(rate, limit_ms),
                unit: Unit::Frames,
            },
            None => ms(found_ms, limit_ms),
        }
    }

    /// A cue that is gone too soon.
    pub(super) fn too_short(&self, duration_ms: u32) -> Option<Measured> {
        let least_ms = self.profile.min_duration_ms;
        // 5/6 s are 20 frames of 24, and 21 of 25.
        let measured = self.compared(duration_ms, least_ms, FrameRate::frames_to_last);
        (measured.found < measured.limit).then_some(measured)
    }

    /// A cue that stays too long.
    pub(super) fn too_long(&self, duration_ms: u32) -> Option<Measured> {
        let most_ms = self.profile.max_duration_ms?;
        // 7 s are 168 frames of 24000/1001 too, which last 7007 ms.
        let measured = self.compared(duration_ms, most_ms, FrameRate::frames_in);
        (measured.found > measured.limit).then_some(measured)
    }

    /// A gap, and the shortest that there may be.
    fn gap(&self, gap_ms: u32) -> Measured {
        // The frames of the guide are those of any rate.
        let of_guide = self.profile.min_gap_frames;
        let frames = |rate: FrameRate, ms| of_guide.unwrap_or(rate.frames_in(ms));
        self.compared(gap_ms, self.profile.min_gap_ms, frames)
    }

    /// A gap that is too short.
    pub(super) fn short_gap(&self, gap_ms: u32) -> Option<Measured> {
        Some(self.gap(gap_ms)).filter(|gap| gap.found < gap.limit)
    }

    /// A gap behind a cue that is wider than it need be and too short to be one.
    pub(super) fn chain_gap(&self, shown: Interval, gap_ms: u32) -> Option<Measured> {
        // A cue that is as long as it may be cannot stay until the next one.
        let closed_ms = shown.duration_ms() + gap_ms.saturating_sub(self.profile.min_gap_ms);
        let longest_ms = self.profile.max_duration_ms;
        if longest_ms.is_some_and(|longest_ms| closed_ms > longest_ms) {
            return None;
        }
        let gap = self.gap(gap_ms);
        let is_whole = gap.unit == Unit::Frames || gap.limit == 0;
        // A format of coarser times has none that is nearer.
        let rounding_ms = self.step_ms.max(ROUNDING_MS);
        let widest = gap.limit + if is_whole { 0 } else { rounding_ms };
        let limit_ms = self.profile.chain_below_ms;
        let measured = self.compared(gap_ms, limit_ms, FrameRate::frames_to_last);
        (measured.found > widest && measured.found < measured.limit).then_some(measured)
    }

    /// A gap that two cues of the same words may be joined over, at most.
    pub(super) fn joined_ms(&self) -> u32 {
        let least_ms = self.profile.min_gap_ms + ROUNDING_MS;
        self.profile.chain_below_ms.max(least_ms)
    }

    /// Times that are those of no frame.
    pub(super) fn off_frame(&self, shown: Interval) -> Option<Measured> {
        let rate = self.rate?;
        let off_ms = |at: Timestamp| rate.nearest(at).millis().abs_diff(at.millis());
        let found = off_ms(shown.start()).max(off_ms(shown.end()));
        // A writer may cut where another rounds.
        let limit = self.step_ms.max(ROUNDING_MS);
        (found > limit).then(|| ms(found, limit))
    }

    /// What there is to read in a line, in half characters; 0 where nobody says how fast.
    pub(super) fn count(&self, line: &Shown<'_>) -> u32 {
        let limits = self.limits_of(line.side);
        let count = limits
            .max_cps
            .map(|_| half_characters(line.text, limits.count));
        count.unwrap_or_default()
    }

    /// So many half characters of a side that are too fast to be read in a time.
    pub(super) fn too_fast(&self, side: Side, count: u32, duration_ms: u32) -> Option<Measured> {
        let limit = 1000 * self.limits_of(side).max_cps?;
        let (found, duration_ms) = (u64::from(count) * MILLI_CHARACTERS, u64::from(duration_ms));
        (found > (u64::from(limit) + TOLERANCE) * duration_ms).then(|| Measured {
            found: u32::try_from(found / duration_ms).unwrap_or(u32::MAX),
            limit,
            unit: Unit::MilliCharacters,
        })
    }
}

const fn ms(found: u32, limit: u32) -> Measured {
    let unit = Unit::Milliseconds;
    Measured { found, limit, unit }
}

//! A time in, the time that can be written nearest to it out: on the grid of frames where there is
//! one, and on that of the format.

use crate::check::Checking;
use crate::model::{Interval, Timestamp};
use crate::spotting::FrameRate;

impl Checking<'_> {
    /// Both ends at their frames; it is shown for one at least.
    pub(super) fn on_frames(&self, shown: Interval, rate: FrameRate) -> Option<Interval> {
        let [start, end] = [shown.start(), shown.end()].map(|at| rate.nearest(at));
        let next = self.at_or_behind(start.later(1));
        let [start, end] = [start, end].map(|at| self.nearest_step(at));
        Interval::new(start, if end > start { end } else { next })
    }

    /// The first time from `at` on that can be written, and is that of a frame.
    pub(super) fn at_or_behind(&self, at: Timestamp) -> Timestamp {
        let near = self.rate.map_or(at, |rate| rate.nearest(at));
        let frame = match self.rate {
            Some(rate) if near < at => rate.nearest(near.later(frame_ms(rate))),
            Some(_) | None => near,
        };
        let (ms, step_ms) = (frame.max(at).millis(), self.step_ms.max(1));
        Timestamp::from_millis(ms.div_ceil(step_ms).saturating_mul(step_ms))
    }

    /// The last time that leaves the shortest gap before `next`.
    pub(super) fn with_gap_before(&self, next: Timestamp) -> Timestamp {
        let least_ms = self.profile.min_gap_ms;
        let Some(rate) = self.rate else {
            return self.step_down(next.earlier(least_ms));
        };
        let frames = self.profile.min_gap_frames;
        let gap_ms = frames.map_or(least_ms, |frames| rate.ms_in(frames));
        let near = rate.nearest(next.earlier(gap_ms));
        let gap_ms = next.millis().checked_sub(near.millis());
        let is_short = gap_ms.is_none_or(|gap_ms| self.short_gap(gap_ms).is_some());
        self.step_down(if is_short {
            rate.nearest(near.earlier(frame_ms(rate)))
        } else {
            near
        })
    }

    fn step_down(&self, at: Timestamp) -> Timestamp {
        let step_ms = self.step_ms.max(1);
        Timestamp::from_millis(at.millis() / step_ms * step_ms)
    }

    fn nearest_step(&self, at: Timestamp) -> Timestamp {
        self.step_down(at.later(self.step_ms / 2))
    }
}

fn frame_ms(rate: FrameRate) -> u32 {
    rate.ms_in(1).max(1)
}

//! A profile in, what lines and cues may be out, in what cutting counts in.

use crate::model::Counting;
use crate::profile::Profile;
use crate::segment::cost::{self, LineCosts, Points};
use crate::segment::extent::Extent;
use crate::segment::places::Place;
use crate::text::width::{HALF_CELLS_PER_CELL, half_cells};

/// How much longer a cue is than it will be at worst: both of its ends are rounded to milliseconds.
const ROUNDING_US: u64 = 1000;

/// A half character is read in this time, at one character a second.
const HALF_CHARACTER_US: u64 = 500_000;

/// What a cue may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) max_half_cells: u32,
    pub(super) line_costs: LineCosts,
    pub(super) max_lines: usize,
    pub(super) max_us: u64,
    pub(super) max_characters: u32,
    min_us: u64,
    gap_us: u64,
    /// How long a cue may stay behind its last syllable.
    extend_us: u64,
    max_cps: Option<u32>,
    count: Counting,
}

impl Limits {
    pub(super) fn of(profile: &Profile) -> Self {
        let us = |ms: u32| u64::from(ms) * 1000;
        let max_half_cells = profile
            .max_cells_per_line
            .map_or(u32::MAX, |cells| cells * HALF_CELLS_PER_CELL);
        Self {
            max_half_cells,
            line_costs: LineCosts::of((max_half_cells < u32::MAX).then_some(max_half_cells)),
            max_lines: profile.max_lines as usize,
            max_us: profile.max_duration_ms.map_or(u64::MAX, us),
            max_characters: profile.max_chars_per_cue.unwrap_or(u32::MAX),
            min_us: us(profile.min_duration_ms),
            gap_us: us(profile.min_gap_ms),
            extend_us: profile.out_time_extend_ms.map_or(u64::MAX, us),
            max_cps: profile.max_cps,
            count: profile.count,
        }
    }

    /// Whether a line is a cue by itself.
    pub(super) fn have(&self, line: &str) -> bool {
        // No character has more half cells than bytes.
        let has_few_bytes = line.len() <= self.max_half_cells as usize;
        let is_narrow = || has_few_bytes || half_cells(line) <= self.max_half_cells;
        let is_short = || Extent::of(line).characters <= self.max_characters;
        (self.max_half_cells == u32::MAX || is_narrow())
            && (self.max_characters == u32::MAX || is_short())
    }

    /// What a cue from one place to another, of which so much is shown, costs for being a cue and for
    /// the limits of time that it breaks.
    pub(super) fn cue(&self, from: &Place, end: &Place, shown: Extent) -> Points {
        let spoken_us = end.said_us.saturating_sub(from.starts_us);
        let cue = cost::cue(spoken_us, self.min_us);
        let Some(free_us) = self.free_us(from, end) else {
            return cue;
        };
        let half_characters = u64::from(shown.half_characters(self.count));
        let readable_us = free_us.min(spoken_us.saturating_add(self.extend_us));
        let is_fast = self.max_cps.is_some_and(|max_cps| {
            half_characters * HALF_CHARACTER_US > readable_us.saturating_mul(max_cps.into())
        });
        let short = if free_us < self.min_us {
            cost::GONE_TOO_SOON
        } else {
            0
        };
        let fast = if is_fast {
            cost::too_fast(shown.half_cells, self.max_half_cells)
        } else {
            0
        };
        cue + short + fast
    }

    /// How long a cue may be shown, until the next one; none in a text without times.
    fn free_us(&self, from: &Place, end: &Place) -> Option<u64> {
        let until_next_us = end.starts_us.saturating_sub(from.starts_us);
        let free_us = until_next_us.saturating_sub(self.gap_us + ROUNDING_US);
        (until_next_us > 0).then_some(free_us)
    }
}

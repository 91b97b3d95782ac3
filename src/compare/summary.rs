//! Pairings in; how many there are of each kind, and how far starts went, out.

use std::ops::Range;

use crate::compare::{Comparison, Kind, Pairing};

/// Shifts that are counted up to: what is hardly seen, what is seen, what is out of time, what is
/// taken for the next line.
pub const WITHIN_MS: [u32; 4] = [100, 200, 500, 1000];

/// Pairings that are later by the same, starts and ends. What was added, removed or moved
/// among them does not end the run, nor what only ends otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// From the first to the last of the [pairings](Comparison::pairings).
    pub pairings: Range<usize>,
    /// How many of them are later by that: those that are [`Kind::Retimed`] and keep their length.
    pub count: usize,
    /// By how much the first is later, in milliseconds; less than 0 where it is earlier. The
    /// others are as much later, up to what is no difference.
    pub shift_ms: i64,
}

/// How much two tracks differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Of how many pairings each kind is, in the order of [`Kind::ALL`]. One that is of two
    /// kinds counts for both.
    pub counts: [(Kind, usize); Kind::ALL.len()],
    /// How many pairings are the same on both sides.
    pub unchanged: usize,
    /// How far starts went, of all that is on both sides and kept its order; none where
    /// nothing is.
    pub starts: Option<Distribution>,
}

/// How far starts went, in milliseconds; less than 0 is earlier. Quartiles and median are
/// values that are there: the nearest rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Of how many.
    pub count: usize,
    /// The furthest back.
    pub min_ms: i64,
    /// A quarter is at most this.
    pub lower_quartile_ms: i64,
    /// Half is at most this.
    pub median_ms: i64,
    /// Three quarters are at most this.
    pub upper_quartile_ms: i64,
    /// The furthest forward.
    pub max_ms: i64,
    /// Nine of ten went no further than this, back or forward.
    pub nine_tenths_ms: u64,
    /// How many went no further than each of [`WITHIN_MS`], back or forward.
    pub within: [usize; WITHIN_MS.len()],
}

impl Comparison {
    /// Counts and times.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let pairings = self.pairings.iter();
        let count = |kind| {
            let of_kind = self.changes().filter(|pairing| pairing.kinds.contain(kind));
            (kind, of_kind.count())
        };
        let kept = self.pairings.iter().filter(|pairing| pairing.is_kept());
        Summary {
            counts: Kind::ALL.map(count),
            unchanged: pairings.filter(|pairing| pairing.kinds.are_none()).count(),
            starts: Distribution::of(kept.map(|pairing| pairing.start_shift_ms).collect()),
        }
    }
}

impl Distribution {
    fn of(mut shifts_ms: Vec<i64>) -> Option<Self> {
        shifts_ms.sort_unstable();
        let rank = |quarters: usize| {
            let rank = (shifts_ms.len() * quarters).div_ceil(4);
            shifts_ms.get(rank.saturating_sub(1)).copied()
        };
        let mut far_ms: Vec<u64> = shifts_ms.iter().map(|ms| ms.unsigned_abs()).collect();
        far_ms.sort_unstable();
        let nine_tenths = (9 * far_ms.len()).div_ceil(10);
        let within = |ms: u32| far_ms.partition_point(|far_ms| *far_ms <= ms.into());
        Some(Self {
            count: shifts_ms.len(),
            nine_tenths_ms: *far_ms.get(nine_tenths.checked_sub(1)?)?,
            min_ms: rank(0)?,
            lower_quartile_ms: rank(1)?,
            median_ms: rank(2)?,
            upper_quartile_ms: rank(3)?,
            max_ms: rank(4)?,
            within: WITHIN_MS.map(within),
        })
    }
}

/// Runs of pairings that are later by the same.
pub(super) fn shifts(pairings: &[Pairing], within_ms: u32) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = Vec::new();
    let mut run: Option<Shift> = None;
    for (at, pairing) in pairings.iter().enumerate() {
        if !pairing.is_kept() {
            continue;
        }
        let shift_ms = pairing.start_shift_ms;
        let goes_on = |run: &Shift| run.shift_ms.abs_diff(shift_ms) <= within_ms.into();
        if !run.as_ref().is_some_and(goes_on) {
            shifts.extend(run.take());
        }
        if !pairing.kinds.contain(Kind::Retimed) || !pairing.keeps_length {
            continue;
        }
        let run = run.get_or_insert(Shift {
            pairings: at..at,
            count: 0,
            shift_ms,
        });
        run.pairings.end = at + 1;
        run.count += 1;
    }
    shifts.extend(run);
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of twenty, 18 are nine tenths, whichever way they went.
    #[test]
    fn distances_are_counted_both_ways() {
        let shifts_ms = (1..=20).map(|at| if at % 2 == 0 { -50 * at } else { 50 * at });
        let starts = Distribution::of(shifts_ms.collect()).unwrap();
        assert_eq!((starts.nine_tenths_ms, starts.min_ms), (900, -1000));
        assert_eq!(starts.within, [2, 4, 10, 20]);
        assert_eq!(Distribution::of(Vec::new()), None);
    }
}

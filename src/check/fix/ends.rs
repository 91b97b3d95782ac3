//! How rules about times are mended: a function for each, that their rows name. Only ends move, and
//! a cue that is ended earlier is still long enough and can still be read.

use std::collections::HashMap;

use crate::check::fix::{Moment, Why};
use crate::check::rule::Fix;
use crate::check::site::Side;
use crate::check::{Finding, PLACES, place_of};
use crate::model::{Interval, Timestamp, Track};
use crate::spotting::reading_ms;

/// How a rule about times is mended.
pub(in crate::check) type TimesFix = fn(&Moment<'_>, Interval) -> Result<Interval, Why>;

/// What is shown at the place of the next cue ends before it.
pub(in crate::check) fn overlap(moment: &Moment<'_>, shown: Interval) -> Result<Interval, Why> {
    let next = moment.next_here.filter(|next| *next < shown.end());
    next.map_or(Ok(shown), |next| moment.ended_before(shown, next))
}

/// What is shown too long for the gap ends earlier.
pub(in crate::check) fn gap(moment: &Moment<'_>, shown: Interval) -> Result<Interval, Why> {
    let gap = moment.gap(shown);
    let short = gap.filter(|&(_, gap_ms)| moment.checking.short_gap(gap_ms).is_some());
    short.map_or(Ok(shown), |(next, _)| moment.ended_before(shown, next))
}

/// A gap that is none is closed to the shortest.
pub(in crate::check) fn chain_gap(moment: &Moment<'_>, shown: Interval) -> Result<Interval, Why> {
    let gap = moment.gap(shown);
    let is_wide = |gap_ms| moment.checking.chain_gap(shown, gap_ms).is_some();
    let Some((next, _)) = gap.filter(|&(_, gap_ms)| is_wide(gap_ms)) else {
        return Ok(shown);
    };
    let end = moment.checking.with_gap_before(next);
    if is_wide(next.millis().saturating_sub(end.millis())) {
        return Err(Why::NoFrame);
    }
    moment.staying_until(shown, end)
}

/// A cue that is gone too soon stays.
pub(in crate::check) fn min_duration(
    moment: &Moment<'_>,
    shown: Interval,
) -> Result<Interval, Why> {
    let checking = moment.checking;
    if checking.too_short(shown.duration_ms()).is_none() {
        return Ok(shown);
    }
    let least = shown.start().later(checking.least_ms());
    moment.staying_until(shown, checking.at_or_behind(least))
}

/// A cue that is too fast to read stays.
pub(in crate::check) fn reading_speed(
    moment: &Moment<'_>,
    shown: Interval,
) -> Result<Interval, Why> {
    moment.read(shown, Side::First)
}

/// The same for the lines of the second language.
pub(in crate::check) fn second_language_speed(
    moment: &Moment<'_>,
    shown: Interval,
) -> Result<Interval, Why> {
    moment.read(shown, Side::Second)
}

impl Moment<'_> {
    /// The next cue, and milliseconds until it, where nothing else is shown meanwhile.
    fn gap(&self, shown: Interval) -> Option<(Timestamp, u32)> {
        let next = self.next.filter(|_| self.is_last_shown)?;
        let gap_ms = next.millis().checked_sub(shown.end().millis())?;
        Some((next, gap_ms))
    }

    fn ended_before(&self, shown: Interval, next: Timestamp) -> Result<Interval, Why> {
        let end = self.checking.with_gap_before(next);
        let cut = Interval::new(shown.start(), end).ok_or(Why::NoTime)?;
        let duration_ms = cut.duration_ms();
        let is_too_fast = |side| {
            let count = self.counts[side as usize];
            self.checking.too_fast(side, count, duration_ms).is_some()
        };
        if self.checking.too_short(duration_ms).is_some() {
            Err(Why::TooShort)
        } else if [Side::First, Side::Second].into_iter().any(is_too_fast) {
            Err(Why::TooFast)
        } else {
            Ok(cut)
        }
    }

    /// Into time that is free: not up to the next cue, nor while it is shown already.
    fn staying_until(&self, shown: Interval, end: Timestamp) -> Result<Interval, Why> {
        let latest = self.next.map(|next| self.checking.with_gap_before(next));
        let has_time = latest.is_none_or(|latest| shown.end() <= latest && end <= latest);
        let longer = Interval::new(shown.start(), end).filter(|_| has_time);
        let longer = longer.ok_or(Why::NoTime)?;
        if self.checking.too_long(longer.duration_ms()).is_some() {
            return Err(Why::TooLong);
        }
        Ok(longer)
    }

    fn read(&self, shown: Interval, side: Side) -> Result<Interval, Why> {
        let count = self.counts[side as usize];
        let limits = self.checking.limits_of(side);
        let is_fast = self.checking.too_fast(side, count, shown.duration_ms());
        let Some(max_cps) = limits.max_cps.filter(|_| is_fast.is_some()) else {
            return Ok(shown);
        };
        let read = shown.start().later(reading_ms(count, max_cps));
        let longer = self.staying_until(shown, self.checking.at_or_behind(read))?;
        match limits.out_time_extend_ms {
            Some(most_ms) if longer.end() > self.given.end().later(most_ms) => {
                Err(Why::PastSpeech(most_ms))
            }
            Some(_) | None => Ok(longer),
        }
    }
}

/// Of each cue that starts too early after all, the one that is still shown.
pub(super) fn overlapped(track: &Track, findings: &[Finding]) -> HashMap<usize, usize> {
    let is_such = |finding: &&Finding| matches!(finding.rule.fix, Fix::Before(_));
    let mut found = findings.iter().filter(is_such).peekable();
    let mut overlapped = HashMap::new();
    let mut last = [None; PLACES];
    for (at, cue) in track.cues().iter().enumerate() {
        let last = &mut last[place_of(track, cue)];
        if found.next_if(|finding| finding.cue == at).is_some()
            && let Some((_, still)) = *last
        {
            overlapped.insert(at, still);
        }
        *last = (*last).max(Some((cue.interval.end(), at)));
    }
    overlapped
}

//! Rules of when cues are shown: how long, how far apart, in which order.
//!
//! A guide that counts in frames is compared in frames where the rate is known: 83 ms is 1.99
//! frames of 24000/1001 and is two.

use crate::check::site::{Notes, Shown, Site};
use crate::check::{Measured, Unit};
use crate::model::{CueId, Timestamp};
use crate::spotting::FrameRate;

/// How much longer a gap of whole frames may be, in milliseconds: each of its ends was rounded.
const ROUNDING_MS: u32 = 1;

/// The rate, where it is known and the profile counts in frames.
fn rate(site: &Site<'_, '_>) -> Option<FrameRate> {
    let counts_frames = site.limits().min_gap_frames.is_some();
    site.checking.rate.filter(|_| counts_frames)
}

/// A length and its limit, which is so many frames by `frames` of the rate.
fn compared(
    site: &Site<'_, '_>,
    [found, limit]: [u32; 2],
    frames: impl Fn(FrameRate, u32) -> u32,
) -> Measured {
    rate(site).map_or(
        Measured {
            found,
            limit,
            unit: Unit::Milliseconds,
        },
        |rate| Measured {
            found: rate.frames_in(found),
            limit: frames(rate, limit),
            unit: Unit::Frames,
        },
    )
}

pub(super) fn min_duration(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let lengths = [
        site.cue.interval.duration_ms(),
        site.limits().min_duration_ms,
    ];
    // 5/6 s are 20 frames of 24, and 21 of 25.
    let measured = compared(site, lengths, FrameRate::frames_to_last);
    if measured.found < measured.limit {
        notes.measured(measured);
    }
}

pub(super) fn max_duration(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let Some(longest_ms) = site.limits().max_duration_ms else {
        return;
    };
    let lengths = [site.cue.interval.duration_ms(), longest_ms];
    // 7 s are 168 frames of 24000/1001 too, which last 7007 ms.
    let measured = compared(site, lengths, FrameRate::frames_in);
    if measured.found > measured.limit {
        notes.measured(measured);
    }
}

/// The gap behind the cue, and the shortest that there may be.
fn gap(site: &Site<'_, '_>) -> Option<Measured> {
    let limits = site.limits();
    let lengths = [site.gap_ms()?, limits.min_gap_ms];
    // The frames of the guide are those of any rate.
    let frames = |rate: FrameRate, ms| limits.min_gap_frames.unwrap_or(rate.frames_in(ms));
    Some(compared(site, lengths, frames))
}

pub(super) fn short_gap(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    if let Some(measured) = gap(site).filter(|gap| gap.found < gap.limit) {
        notes.measured(measured);
    }
}

pub(super) fn chain_gap(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let (Some(shortest), Some(gap_ms)) = (gap(site), site.gap_ms()) else {
        return;
    };
    let limits = site.limits();
    // A cue that is as long as it may be cannot stay until the next one.
    let closed_ms = site.cue.interval.duration_ms() + gap_ms.saturating_sub(limits.min_gap_ms);
    if limits
        .max_duration_ms
        .is_some_and(|longest_ms| closed_ms > longest_ms)
    {
        return;
    }
    let is_whole = shortest.unit == Unit::Frames || shortest.limit == 0;
    let shortest = shortest.limit + if is_whole { 0 } else { ROUNDING_MS };
    let lengths = [gap_ms, limits.chain_below_ms];
    let measured = compared(site, lengths, FrameRate::frames_to_last);
    if measured.found > shortest && measured.found < measured.limit {
        notes.measured(measured);
    }
}

pub(super) fn overlap(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let (Some(last), interval) = (site.shown_last, site.cue.interval) else {
        return;
    };
    let found = last
        .interval
        .end()
        .millis()
        .saturating_sub(interval.start().millis());
    // One above, one below; or one text in two languages, each in a cue of its own.
    let is_elsewhere = site.track.position(last) != site.track.position(site.cue);
    let sides = |lines: &[Shown<'_>]| lines.first().map(|line| line.side);
    let is_translation = last.interval == interval && sides(site.lines) != sides(site.lines_before);
    if found > 0 && !is_elsewhere && !is_translation {
        notes.measured(Measured {
            found,
            limit: 0,
            unit: Unit::Milliseconds,
        });
    }
}

/// Readers number cues by their place in the file where it does not name them, and a track is in
/// the order of its times.
pub(super) fn order(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let number = |id| match id {
        CueId::Numbered { number, part } => Some((number, part)),
        CueId::Named(_) => None,
    };
    let before = site.before.and_then(|before| number(before.id));
    let falls = before.zip(number(site.cue.id));
    if falls.is_some_and(|(before, this)| this < before) {
        notes.cue();
    }
}

pub(super) fn frame_grid(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let Some(rate) = site.checking.rate else {
        return;
    };
    let off_ms = |at: Timestamp| rate.nearest(at).millis().abs_diff(at.millis());
    let interval = site.cue.interval;
    let found = off_ms(interval.start()).max(off_ms(interval.end()));
    // A writer may cut where another rounds.
    let limit = site.checking.step_ms.max(ROUNDING_MS);
    if found > limit {
        notes.measured(Measured {
            found,
            limit,
            unit: Unit::Milliseconds,
        });
    }
}

pub(super) fn duplicate(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let Some(before) = site.before else { return };
    let pairs = || site.lines.iter().zip(site.lines_before);
    let is_same = site.lines.len() == site.lines_before.len()
        && pairs().all(|(line, before)| line.text == before.text)
        && site.lines.iter().any(Shown::has_words);
    let limits = site.limits();
    let gap_ms = site
        .cue
        .interval
        .start()
        .millis()
        .saturating_sub(before.interval.end().millis());
    let joined_ms = limits.chain_below_ms.max(limits.min_gap_ms + ROUNDING_MS);
    if is_same && gap_ms <= joined_ms {
        notes.cue();
    }
}

//! Rules of when cues are shown: how long, how far apart, in which order.

use crate::check::site::{Notes, Shown, Site};
use crate::check::{Measured, Unit};
use crate::model::{Cue, CueId};

pub(super) fn min_duration(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    notes.measured(site.checking.too_short(site.cue.interval.duration_ms()));
}

pub(super) fn max_duration(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    notes.measured(site.checking.too_long(site.cue.interval.duration_ms()));
}

pub(super) fn short_gap(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let gap_ms = site.gap_ms();
    notes.measured(gap_ms.and_then(|gap_ms| site.checking.short_gap(gap_ms)));
}

pub(super) fn chain_gap(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let (shown, gap_ms) = (site.cue.interval, site.gap_ms());
    notes.measured(gap_ms.and_then(|gap_ms| site.checking.chain_gap(shown, gap_ms)));
}

pub(super) fn overlap(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let (Some(last), interval) = (site.shown_last_here, site.cue.interval) else {
        return;
    };
    let found = last
        .interval
        .end()
        .millis()
        .saturating_sub(interval.start().millis());
    // One text in two languages, each in a cue of its own.
    let side_of = |cue: &Cue| {
        let first = site.track.lines(cue).next();
        first.map(|line| Shown::of(line, site.checking).side)
    };
    let is_translation = || last.interval == interval && side_of(last) != side_of(site.cue);
    if found > 0 && !is_translation() {
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
    notes.measured(site.checking.off_frame(site.cue.interval));
}

pub(super) fn duplicate(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let Some(before) = site.before else { return };
    let pairs = || site.lines.iter().zip(site.lines_before);
    let is_same = site.lines.len() == site.lines_before.len()
        && pairs().all(|(line, before)| line.text == before.text)
        && site.lines.iter().any(Shown::has_words);
    let gap_ms = site
        .cue
        .interval
        .start()
        .millis()
        .saturating_sub(before.interval.end().millis());
    if is_same && gap_ms <= site.checking.joined_ms() {
        notes.cue();
    }
}

//! Rules of how much there is to read: speed, width, lines, and cues with nothing in them.

use crate::check::site::{Notes, Side, Site};
use crate::check::speed::amount;
use crate::check::{Measured, Unit};
use crate::text::width::{HALF_CELLS_PER_CELL, half_cells};

/// How much faster is still as fast, in thousandths of a character a second: a time that was
/// rounded to a millisecond breaks no limit (as Subtitle Edit's rules for Netflix have it).
const TOLERANCE: u64 = 5;

pub(super) fn reading_speed(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    speed(site, notes, Side::First);
}

pub(super) fn second_language_speed(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    speed(site, notes, Side::Second);
}

/// Each language is read by whoever reads it: the speeds of two are never added.
fn speed(site: &Site<'_, '_>, notes: &mut Notes<'_>, whose: Side) {
    let limits = site.limits_of(whose);
    let Some(max_cps) = limits.max_cps else {
        return;
    };
    let amounts = site.side(whose).map(|line| amount(line, site.checking));
    let found = amounts.sum::<u64>();
    let duration_ms = u64::from(site.cue.interval.duration_ms());
    let limit = 1000 * u64::from(max_cps);
    if found > (limit + TOLERANCE) * duration_ms {
        notes.measured(Measured {
            found: u32::try_from(found / duration_ms).unwrap_or(u32::MAX),
            limit: 1000 * max_cps,
            unit: Unit::MilliCharacters,
        });
    }
}

pub(super) fn line_length(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        let Some(cells) = site.limits_of(line.side).max_cells_per_line else {
            continue;
        };
        let (found, limit) = (half_cells(line.text), HALF_CELLS_PER_CELL * cells);
        if found > limit {
            let unit = Unit::HalfCells;
            notes.measured_line(at, Measured { found, limit, unit });
        }
    }
}

pub(super) fn line_count(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for whose in [Side::First, Side::Second] {
        let found = site.side(whose).count() as u32;
        let limit = site.limits_of(whose).max_lines;
        // A profile that sets no width sets no lines either.
        let has_limit = site.limits_of(whose).max_cells_per_line.is_some();
        if found > limit && has_limit {
            let unit = Unit::Lines;
            notes.measured(Measured { found, limit, unit });
        }
    }
}

pub(super) fn empty(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let is_blank = |text: &str| text.trim().is_empty() || half_cells(text) == 0;
    if site.lines.iter().all(|line| is_blank(line.text)) {
        notes.cue();
    }
}

//! Rules of how much there is to read: speed, width, lines, and cues with nothing in them.

use crate::check::site::{Notes, Shown, Side, Site};
use crate::check::words::parts_speech;
use crate::check::{Measured, Unit};
use crate::model::Counting;
use crate::text::width::{HALF_CELLS_PER_CELL, half_cells, half_characters};

pub(super) fn reading_speed(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    speed(site, notes, Side::First);
}

pub(super) fn second_language_speed(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    speed(site, notes, Side::Second);
}

/// Each language is read by whoever reads it: the speeds of two are never added.
fn speed(site: &Site<'_, '_>, notes: &mut Notes<'_>, whose: Side) {
    let duration_ms = site.cue.interval.duration_ms();
    let count = site.count(whose);
    notes.measured(site.checking.too_fast(whose, count, duration_ms));
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

/// Of two lines of one language that one speaker has, each is to be as wide as a part of the other. A
/// line that ends with a mark is a whole, and wholes come first (TED: linguistic units are not split).
pub(super) fn line_balance(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, pair) in site.lines.windows(2).enumerate() {
        let [above, below] = pair else { continue };
        let limit = site.limits_of(above.side).min_line_balance_percent;
        let is_whole = !above.text.trim_end().ends_with(char::is_alphanumeric);
        let Some(limit) = limit.filter(|_| !is_whole && !parts_speech(above, below)) else {
            continue;
        };
        let widths = [above, below].map(|line| half_cells(line.text));
        let [narrow, wide] = if widths[0] < widths[1] {
            [0, 1]
        } else {
            [1, 0]
        };
        let found = 100 * widths[narrow] / widths[wide].max(1);
        if found < limit {
            let unit = Unit::Percent;
            notes.measured_line(at + narrow, Measured { found, limit, unit });
        }
    }
}

/// To the platform a cue is one text, whatever languages are in it.
pub(super) fn cue_length(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let second = site.checking.second.map(|_| Side::Second);
    for whose in [Some(Side::First), second].into_iter().flatten() {
        let lines = site.lines.iter();
        let lines = lines.filter(|line| whose == Side::First || line.side == whose);
        let count = |line: &Shown<'_>| half_characters(line.text, Counting::All) / 2;
        let Some(limit) = site.limits_of(whose).max_chars_per_cue else {
            continue;
        };
        let found = lines.map(count).sum();
        if found > limit {
            let unit = Unit::Characters;
            notes.measured(Measured { found, limit, unit });
        }
    }
}

/// Told of the first cue that is one too many.
pub(super) fn cue_count(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let found = site.track.cues().len() as u32;
    if let Some(limit) = site
        .limits()
        .max_cues
        .filter(|&limit| notes.at == limit as usize)
    {
        let unit = Unit::Cues;
        notes.measured(Measured { found, limit, unit });
    }
}

pub(super) fn empty(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let is_blank = |line: &Shown<'_>| {
        line.text.trim().is_empty() || (half_cells(line.text) == 0 && !line.has_words())
    };
    if site.lines.iter().all(is_blank) {
        notes.cue();
    }
}

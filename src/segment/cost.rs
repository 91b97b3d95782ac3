//! What a way to cut an utterance costs: every weight, in one place.
//!
//! The cost of a way is the sum over its breaks, lines and cues. Only differences matter,
//! so read the weights as "worth": a break between two words instead of behind a comma is
//! worth 45 points; a cue more is worth 120.

use crate::text::breaks::BreakKind;

/// A cost, in points.
pub(super) type Points = u32;

/// Every cue more is one more thing that appears and goes.
const CUE: Points = 120;

/// Every line more covers more of the picture, and is read more slowly (155 readers took
/// longer over two lines than over one of the same text).
const LINE: Points = 30;

/// A break between cues weighs this much more than one between the lines of a cue: the
/// first part is gone when the second comes.
const CUE_BREAK_FACTOR: Points = 2;

/// A line of one full-width character or less is an orphan.
const ORPHAN: Points = 400;
const ORPHAN_HALF_CELLS: u32 = 2;

/// A line's cost grows with the square of its width, up to this for a full one: of two
/// ways with as many lines the more even one has the smaller sum.
const FULL_LINE: Points = 200;

/// A line above another costs this part more: the upper line is the shorter one where all
/// else is equal (TED: a pyramid).
const UPPER_LINE_PART: Points = 10;

/// A cue that is spoken for no time at all; less for one that is only spoken for a shorter time than it
/// is to be shown.
const TOO_SHORT: Points = 300;

/// A cue that is shown for a shorter time than it should be, however it stays: with what it costs for
/// being spoken so, worth a place between two other words instead of behind a comma, and none behind 的.
pub(super) const GONE_TOO_SOON: Points = 50;

/// A full line that is too fast to read, however its cue stays. What is said too fast all the way is as
/// dear wherever it is cut.
const TOO_FAST: Points = 80;

/// A sentence that ends inside a cue, with the next one behind it, costs more than a cue of
/// its own does (TED: never end one sentence and start another in a cue). Two that are too
/// short for that stay together.
const SENTENCE_INSIDE: Points = 200;

/// The cost of breaking at a place of this kind.
const fn break_points(kind: BreakKind) -> Points {
    match kind {
        BreakKind::Sentence => 0,
        BreakKind::Clause => 15,
        BreakKind::Enumeration => 28,
        BreakKind::Space => 25,
        BreakKind::BeforeConjunction | BreakKind::AfterClause => 32,
        BreakKind::BeforePhrase => 50,
        BreakKind::Between => 60,
        BreakKind::AfterDe => 75,
        BreakKind::AfterLead => 90,
        BreakKind::BetweenSingles => 110,
        // Each dearer than any number of cues, lines and better breaks that would avoid it.
        BreakKind::InPhrase => 3_000,
        BreakKind::InWord => 30_000,
        BreakKind::AtMark => 1_000_000,
        BreakKind::InTerm => 10_000_000,
    }
}

/// A line break inside a cue.
pub(super) const fn line_break(kind: BreakKind) -> Points {
    break_points(kind)
}

/// A break between two cues.
pub(super) const fn cue_break(kind: BreakKind) -> Points {
    break_points(kind) * CUE_BREAK_FACTOR
}

/// A place of this kind inside a cue, whether a line ends there or not.
pub(super) const fn inside_cue(kind: BreakKind) -> Points {
    match kind {
        BreakKind::Sentence => SENTENCE_INSIDE,
        BreakKind::Clause
        | BreakKind::Enumeration
        | BreakKind::Space
        | BreakKind::BeforeConjunction
        | BreakKind::AfterClause
        | BreakKind::BeforePhrase
        | BreakKind::Between
        | BreakKind::AfterDe
        | BreakKind::AfterLead
        | BreakKind::BetweenSingles
        | BreakKind::InPhrase
        | BreakKind::InWord
        | BreakKind::AtMark
        | BreakKind::InTerm => 0,
    }
}

/// What lines cost on a screen of a width, worked out once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineCosts {
    /// For each width in half cells; the last is for all that are wider.
    by_width: Vec<Points>,
}

impl LineCosts {
    /// On a screen of `max` half cells; of one without a limit all lines cost the same.
    pub(super) fn of(max: Option<u32>) -> Self {
        let widest = max.unwrap_or(ORPHAN_HALF_CELLS + 1);
        let line = |width: u32| {
            let square = max.map_or(0, |max| FULL_LINE * width * width / (max * max));
            let orphan = if width <= ORPHAN_HALF_CELLS {
                ORPHAN
            } else {
                0
            };
            LINE + square + orphan
        };
        Self {
            by_width: (0..=widest).map(line).collect(),
        }
    }

    /// A line of this width.
    #[inline]
    pub(super) fn line(&self, half_cells: u32) -> Points {
        self.by_width[(half_cells as usize).min(self.by_width.len() - 1)]
    }
}

/// What a line of so many points costs more for having another below it.
pub(super) const fn upper_line_extra(line: Points) -> Points {
    line / UPPER_LINE_PART
}

/// A cue that is spoken for so long, where it is to be shown for `min_us` at least.
pub(super) fn cue(spoken_us: u64, min_us: u64) -> Points {
    let missing_us = min_us.saturating_sub(spoken_us);
    CUE + (u64::from(TOO_SHORT) * missing_us / min_us.max(1)) as Points
}

/// So much of lines of `max` half cells that is too fast to read.
pub(super) const fn too_fast(half_cells: u32, max: u32) -> Points {
    TOO_FAST.saturating_mul(half_cells) / max
}

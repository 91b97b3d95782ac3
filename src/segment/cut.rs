//! The places of an utterance in, the best way to cut and wrap it out.
//!
//! One dynamic program over all places: the best way to reach a place as the end of a cue
//! is the best, over all cues that may end there, of the way to that cue's start and the
//! cue itself; and a cue is the best way to wrap its words. A line has as many places as
//! it has half cells at most, so the cost is linear in the length of the text.

use crate::segment::cost::{self, LineCosts, Points};
use crate::segment::places::Place;
use crate::text::breaks::BreakKind;

/// What a cue may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) max_half_cells: u32,
    pub(super) line_costs: LineCosts,
    pub(super) max_lines: usize,
    pub(super) max_us: u64,
    pub(super) min_us: u64,
}

/// Finds the best way, with buffers that are used again for the next utterance.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    /// For each place: the best way that has a cue end there.
    cues: Vec<Option<Step>>,
    /// For each number of lines and each place behind a cue's start: the best way to wrap.
    wraps: Vec<Vec<Option<Step>>>,
    chosen: Vec<(usize, usize)>,
    lines: Vec<CutLine>,
}

/// A line of the best way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CutLine {
    /// Which cue of the utterance it is in, from 0.
    pub(super) cue: usize,
    /// Index of the place that it starts at.
    pub(super) start: usize,
    /// Index of the place that it ends at.
    pub(super) end: usize,
}

/// The last step of the best way to a place.
#[derive(Clone, Copy, Debug)]
struct Step {
    points: Points,
    /// The place that it started from: of a cue its index, of a line that behind the cue's
    /// start.
    from: usize,
}

impl Cutter {
    /// The lines of the best way, in order.
    pub(super) fn cut(&mut self, places: &[Place], limits: Limits) -> &[CutLine] {
        self.chosen.clear();
        if self.fits_one_cue(places, limits) {
            self.chosen.push((0, places.len() - 1));
        } else {
            self.reach_all(places, limits);
            self.choose(places.len() - 1);
        }
        self.trace(places, limits);
        &self.lines
    }

    /// Whether all of the utterance is one cue: then it stays one.
    fn fits_one_cue(&mut self, places: &[Place], limits: Limits) -> bool {
        let last = places.len() - 1;
        let spoken_us = places[last].said_us.saturating_sub(places[0].starts_us);
        let no_forced = places.iter().all(|place| place.kind < BreakKind::InWord);
        no_forced
            && spoken_us <= limits.max_us
            && self.wrap_from(0, places, limits) == last
            && self.best_wrap(last).is_some()
    }

    /// Fills `cues` with the best way to each place, from the first place on.
    fn reach_all(&mut self, places: &[Place], limits: Limits) {
        self.cues.clear();
        self.cues.resize(places.len(), None);
        self.cues[0] = Some(Step::START);
        for start in 0..places.len() - 1 {
            let Some(Step { points, .. }) = self.cues[start] else {
                continue;
            };
            let reached = self.wrap_from(start, places, limits);
            for end in start + 1..=reached {
                let Some((_, wrap)) = self.best_wrap(end - start) else {
                    continue;
                };
                let spoken_us = places[end].said_us.saturating_sub(places[start].starts_us);
                let total = points
                    + wrap.points
                    + cost::cue(spoken_us, limits.min_us)
                    + cost::cue_break(places[end].kind);
                improve(
                    &mut self.cues,
                    end,
                    Step {
                        points: total,
                        from: start,
                    },
                );
            }
        }
    }

    /// Fills `chosen` with the cues of the best way to `last`.
    fn choose(&mut self, last: usize) {
        let mut end = last;
        while end > 0 {
            // Every place is reached: from any place the next one is a cue of its own.
            let from = self.cues[end].map_or(end - 1, |step| step.from);
            self.chosen.push((from, end));
            end = from;
        }
        self.chosen.reverse();
    }

    /// Fills `wraps` with the best ways to wrap a cue that starts at `start`, and gives the
    /// furthest place that such a cue may end at.
    fn wrap_from(&mut self, start: usize, places: &[Place], limits: Limits) -> usize {
        self.wraps.resize_with(limits.max_lines + 1, Vec::new);
        for wrap in &mut self.wraps {
            wrap.clear();
        }
        self.wraps[0].push(Some(Step::START));
        let mut reached = start;
        for count in 1..=limits.max_lines {
            let (above, below) = self.wraps.split_at_mut(count);
            let (above, below) = (&above[count - 1], &mut below[0]);
            for (line_start, step) in above.iter().enumerate() {
                let Some(step) = step else { continue };
                let furthest = extend(start, start + line_start, *step, places, limits, below);
                reached = reached.max(furthest);
            }
        }
        reached
    }

    /// The best way to wrap the places up to the one `length` behind the cue's start, and
    /// its number of lines.
    fn best_wrap(&self, length: usize) -> Option<(usize, Step)> {
        let by_count = self.wraps.iter().enumerate().skip(1);
        let ways = by_count.filter_map(|(count, wrap)| Some((count, (*wrap.get(length)?)?)));
        ways.min_by_key(|(_, step)| step.points)
    }

    /// Writes the lines of the chosen cues into `lines`.
    fn trace(&mut self, places: &[Place], limits: Limits) {
        self.lines.clear();
        for cue in 0..self.chosen.len() {
            let (start, end) = self.chosen[cue];
            self.wrap_from(start, places, limits);
            let first_line = self.lines.len();
            let mut at = end - start;
            let count = self.best_wrap(at).map_or(0, |(count, _)| count);
            for lines in (1..=count).rev() {
                let from = self.wraps[lines][at].map_or(0, |step| step.from);
                self.lines.push(CutLine {
                    cue,
                    start: start + from,
                    end: start + at,
                });
                at = from;
            }
            self.lines[first_line..].reverse();
        }
    }
}

/// Adds one line to the way `step` that ends at `line_start`, in every length that fits,
/// and gives the furthest place reached.
fn extend(
    cue_start: usize,
    line_start: usize,
    step: Step,
    places: &[Place],
    limits: Limits,
    longer: &mut Vec<Option<Step>>,
) -> usize {
    let max = limits.max_half_cells;
    let above = if line_start == cue_start {
        0
    } else {
        let upper = places[cue_start + step.from].half_cells_to(&places[line_start]);
        cost::line_break(places[line_start].kind) + limits.line_costs.upper_line_extra(upper)
    };
    let starts_us = places[cue_start].starts_us;
    let mut reached = line_start;
    for (end, place) in places.iter().enumerate().skip(line_start + 1) {
        let width = places[line_start].half_cells_to(place);
        let too_long = place.said_us.saturating_sub(starts_us) > limits.max_us;
        // From each place the next one is always reached, and what is not said behind it: a
        // word that is spoken for longer than any cue may last is for the spotting to limit.
        let is_longer = place.said_us > places[cue_start + 1].said_us;
        if (width > max || (too_long && is_longer)) && end > cue_start + 1 {
            break;
        }
        let points = step.points + above + limits.line_costs.line(width);
        let from = line_start - cue_start;
        improve(longer, end - cue_start, Step { points, from });
        reached = end;
    }
    reached
}

/// Keeps the cheaper of the way known to `at` and this one.
fn improve(ways: &mut Vec<Option<Step>>, at: usize, step: Step) {
    if ways.len() <= at {
        ways.resize(at + 1, None);
    }
    if ways[at].is_none_or(|best| step.points < best.points) {
        ways[at] = Some(step);
    }
}

impl Step {
    /// No step yet.
    const START: Self = Self { points: 0, from: 0 };
}

//! The places of an utterance in, the best way to cut and wrap it out.
//!
//! One dynamic program over all places: the best way to reach a place as the end of a cue
//! is the best, over all cues that may end there, of the way to that cue's start and the
//! cue itself; and a cue is the best way to wrap its words. What each line costs is worked
//! out once, however many cues it may be a part of. A line has as many places as it has
//! half cells at most, so the cost is linear in the length of the text.

use crate::segment::cost::{self, Points};
use crate::segment::extent::Extent;
use crate::segment::limits::Limits;
use crate::segment::places::Place;
use crate::text::breaks::BreakKind;

/// Most places in a line. No line of a width has more: this is for those of none.
const LINE_PLACES: usize = 400;

/// Finds the best way, with buffers that are used again for the next utterance.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    lines: LineTable,
    /// For each place: the best way that has a cue end there.
    cues: Vec<Option<CueStep>>,
    /// For each number of lines and each place behind a cue's start: the best way to wrap.
    wraps: Vec<Vec<LineStep>>,
    chosen: Vec<(usize, usize)>,
    cut: Vec<CutLine>,
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

/// The last cue of the best way to a place.
#[derive(Clone, Copy, Debug)]
struct CueStep {
    /// Of all cues up to it: those of a long text are many.
    points: u64,
    /// Index of the place that it starts at.
    from: usize,
}

/// The last line of the best way to wrap a cue: its points above, and below the place that
/// it starts at, counted from the cue's start. The lesser number is the better step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct LineStep(u64);

impl LineStep {
    const NONE: Self = Self(u64::MAX);

    const fn new(points: Points, from: usize) -> Self {
        Self((points as u64) << u32::BITS | from as u64)
    }

    const fn points(self) -> Points {
        (self.0 >> u32::BITS) as Points
    }

    const fn from(self) -> usize {
        (self.0 & u32::MAX as u64) as usize
    }
}

/// What every line between two places costs.
#[derive(Debug, Default)]
struct LineTable {
    /// For each place, where its lines begin in `points`; one entry more for the end.
    firsts: Vec<usize>,
    /// Of the lines from each place on, the shortest first.
    points: Vec<Points>,
}

impl LineTable {
    fn measure(&mut self, places: &[Place], limits: &Limits) {
        self.firsts.clear();
        self.points.clear();
        for (at, start) in places.iter().enumerate() {
            self.firsts.push(self.points.len());
            let ends = &places[at + 1..];
            let latest_us = latest_us(start, ends, limits);
            for (index, end) in ends.iter().enumerate().take(LINE_PLACES) {
                let width = start.extent_to(end).half_cells;
                let fits = width <= limits.max_half_cells && end.said_us <= latest_us;
                if !fits && index > 0 {
                    break;
                }
                self.points.push(limits.line_costs.line(width));
            }
        }
        self.firsts.push(self.points.len());
    }

    /// The points of the lines from a place on: that to the next place first.
    fn from(&self, start: usize) -> &[Points] {
        &self.points[self.firsts[start]..self.firsts[start + 1]]
    }
}

/// When a cue from `start` must have been said. From each place the next one is always
/// reached, and what is not said behind it: a word that is spoken for longer than any cue
/// may last is for the spotting to limit.
fn latest_us(start: &Place, ends: &[Place], limits: &Limits) -> u64 {
    let next_us = ends.first().map_or(0, |next| next.said_us);
    start.starts_us.saturating_add(limits.max_us).max(next_us)
}

impl Cutter {
    /// The lines of the best way, in order.
    pub(super) fn cut(&mut self, places: &[Place], limits: &Limits) -> &[CutLine] {
        self.chosen.clear();
        self.cut.clear();
        self.lines.measure(places, limits);
        let last = places.len() - 1;
        if self.fits_one_cue(places, limits) {
            self.trace(0, 0, last);
            return &self.cut;
        }
        self.reach_all(places, limits);
        self.choose(last);
        for cue in 0..self.chosen.len() {
            let (start, end) = self.chosen[cue];
            self.wrap_from(start, places, limits);
            self.trace(cue, start, end);
        }
        &self.cut
    }

    /// Whether all of the utterance is one cue: then it stays one.
    fn fits_one_cue(&mut self, places: &[Place], limits: &Limits) -> bool {
        let last = places.len() - 1;
        let spoken_us = places[last].said_us.saturating_sub(places[0].starts_us);
        let no_forced = || places.iter().all(|place| place.kind < BreakKind::InPhrase);
        spoken_us <= limits.max_us
            && no_forced()
            && self.wrap_from(0, places, limits) == last
            && self.best_wrap(last).is_some_and(|(count, _)| {
                self.shown(0, last, count, places).characters <= limits.max_characters
            })
    }

    /// Fills `cues` with the best way to each place, from the first place on.
    fn reach_all(&mut self, places: &[Place], limits: &Limits) {
        self.cues.clear();
        self.cues.resize(places.len(), None);
        self.cues[0] = Some(CueStep { points: 0, from: 0 });
        for from in 0..places.len() - 1 {
            let Some(CueStep { points, .. }) = self.cues[from] else {
                continue;
            };
            let reached = self.wrap_from(from, places, limits);
            let mut inside = 0;
            for end in from + 1..=reached {
                if end > from + 1 {
                    inside += u64::from(cost::inside_cue(places[end - 1].kind));
                }
                let Some((count, wrap)) = self.best_wrap(end - from) else {
                    continue;
                };
                let shown = self.shown(from, end - from, count, places);
                if shown.characters > limits.max_characters && end > from + 1 {
                    continue;
                }
                let points = points
                    + inside
                    + u64::from(wrap.points())
                    + u64::from(limits.cue(&places[from], &places[end], shown))
                    + u64::from(cost::cue_break(places[end].kind));
                if self.cues[end].is_none_or(|best| points < best.points) {
                    self.cues[end] = Some(CueStep { points, from });
                }
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
    fn wrap_from(&mut self, start: usize, places: &[Place], limits: &Limits) -> usize {
        let Self { lines, wraps, .. } = self;
        wraps.resize_with(limits.max_lines, Vec::new);
        let behind = &places[start + 1..];
        let latest_us = latest_us(&places[start], behind, limits);
        let in_time = behind.partition_point(|end| end.said_us <= latest_us);
        let first = &mut wraps[0];
        first.clear();
        first.push(LineStep::NONE);
        first.extend(
            lines
                .from(start)
                .iter()
                .map(|&points| LineStep::new(points, 0)),
        );
        let mut reached = first.len() - 1;
        for count in 1..limits.max_lines {
            let (above, below) = wraps.split_at_mut(count);
            let (upper, lower) = (&above[count - 1], &mut below[0]);
            lower.clear();
            for (length, step) in upper.iter().enumerate() {
                if *step == LineStep::NONE {
                    continue;
                }
                let points = &lines.from(start + length);
                let points = &points[..points.len().min(in_time - length)];
                let upper_line = lines.from(start + step.from())[length - step.from() - 1];
                let so_far = step.points()
                    + cost::line_break(places[start + length].kind)
                    + cost::upper_line_extra(upper_line);
                add_line(lower, length, so_far, points);
            }
            reached = reached.max(lower.len().saturating_sub(1));
        }
        start + reached
    }

    /// The best way to wrap the places up to the one `length` behind the cue's start, and
    /// its number of lines.
    fn best_wrap(&self, length: usize) -> Option<(usize, LineStep)> {
        let by_count = self.wraps.iter().enumerate();
        by_count
            .filter_map(|(above, wrap)| Some((above + 1, *wrap.get(length)?)))
            .filter(|(_, step)| *step != LineStep::NONE)
            .min_by_key(|(_, step)| step.points())
    }

    /// How much the best way to wrap so many places from `start` shows in its `count` lines.
    fn shown(&self, start: usize, length: usize, count: usize, places: &[Place]) -> Extent {
        let mut shown = Extent::default();
        let mut end = length;
        for wrap in self.wraps[..count].iter().rev() {
            let from = wrap[end].from();
            shown += places[start + from].extent_to(&places[start + end]);
            end = from;
        }
        shown
    }

    /// Writes the lines of a cue, whose ways have just been found, into `cut`.
    fn trace(&mut self, cue: usize, start: usize, end: usize) {
        let first_line = self.cut.len();
        let mut at = end - start;
        let count = self.best_wrap(at).map_or(0, |(count, _)| count);
        for above in (0..count).rev() {
            let from = self.wraps[above][at].from();
            self.cut.push(CutLine {
                cue,
                start: start + from,
                end: start + at,
            });
            at = from;
        }
        self.cut[first_line..].reverse();
    }
}

/// Adds one line to a way that ends at `from`, in every length: `points` has the cost of
/// each.
fn add_line(ways: &mut Vec<LineStep>, from: usize, so_far: Points, points: &[Points]) {
    let longest = from + points.len() + 1;
    if ways.len() < longest {
        ways.resize(longest, LineStep::NONE);
    }
    for (way, &points) in ways[from + 1..].iter_mut().zip(points) {
        *way = LineStep::new(so_far + points, from).min(*way);
    }
}

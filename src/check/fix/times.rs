//! The pass of times: starts go to their frames, then every end to where all rules together have
//! it.
//!
//! Cues that are shown together, from one time to one time, stay together: one is the translation
//! of the other, or one time in the file is that of both.

use std::ops::Range;

use crate::check::fix::ends::TimesFix;
use crate::check::fix::{Change, Pass, Proposal, Run, Why};
use crate::check::rule::Fix;
use crate::check::site::Shown;
use crate::check::{Checking, PLACES, Rule, place_of};
use crate::model::{Cue, Interval, Timestamp, Track};

/// A cue whose times are not where they were after so many rounds has rules that do not agree.
const MOST_ROUNDS: usize = 8;

/// A cue and the time that there is for it.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Moment<'m> {
    pub(super) checking: &'m Checking<'m>,
    /// When it is shown before anything is mended.
    pub(super) given: Interval,
    /// When the first cue starts that starts later.
    pub(super) next: Option<Timestamp>,
    /// The same at its place.
    pub(super) next_here: Option<Timestamp>,
    /// Whether no cue before it is shown for longer.
    pub(super) is_last_shown: bool,
    /// What there is to read of each side, in half characters.
    pub(super) counts: [u32; 2],
}

/// The track with the times that its profile asks for.
pub(super) fn propose(run: &mut Run<'_, '_>) -> Option<Proposal> {
    let is_of_times = |fix: Fix| fix.pass() == Some(Pass::Times);
    if run.found(is_of_times).is_empty() {
        return None;
    }
    let track = run.track.clone();
    let mut intervals = mended(run, &track);
    while refuse_unwritable(run, &track, &intervals) {
        intervals = mended(run, &track);
    }
    let is_other = |&at: &usize| track.cues()[at].interval != intervals[at];
    let touched: Vec<_> = (0..intervals.len()).filter(is_other).collect();
    let mut track = track;
    let mut shown = intervals.into_iter();
    track.map_intervals(|given| shown.next().unwrap_or(given));
    (!touched.is_empty()).then(|| Proposal {
        kept: (0..track.cues().len()).collect(),
        track,
        touched,
    })
}

/// Refuses the cues whose times cannot be written; whether there were any.
fn refuse_unwritable(run: &mut Run<'_, '_>, track: &Track, intervals: &[Interval]) -> bool {
    let mut is_any = false;
    for (at, (cue, shown)) in track.cues().iter().zip(intervals).enumerate() {
        if cue.interval != *shown
            && let Err(why) = (run.can)(Change::Times { cue: run.kept[at] })
        {
            run.refuse(at, Pass::Times, Why::Unwritten(why));
            is_any = true;
        }
    }
    is_any
}

/// When each cue is shown once its times are mended.
fn mended(run: &mut Run<'_, '_>, track: &Track) -> Vec<Interval> {
    let cues = track.cues();
    let mut intervals = on_frames(run, cues);
    let nexts = nexts(track, &intervals);
    let rules = run.rules(Fix::times);
    let checking = run.all.clone();
    let mut last_end = Timestamp::ZERO;
    for (at, cue) in cues.iter().enumerate() {
        let is_last_shown = last_end <= cue.interval.end();
        last_end = last_end.max(cue.interval.end());
        if run.is_refused(at, Pass::Times) {
            continue;
        }
        let [next, next_here] = nexts[at];
        let moment = Moment {
            checking: &checking,
            given: cue.interval,
            next,
            next_here,
            is_last_shown,
            counts: counts(track, cue, &checking),
        };
        let note = |rule, why| run.note(at, rule, why);
        intervals[at] = settled(&moment, intervals[at], &rules, note);
    }
    for chunk in chunks(cues) {
        together(run, cues, &mut intervals, chunk);
    }
    intervals
}

/// When a cue is shown once no rule has anything to say about it.
fn settled(
    moment: &Moment<'_>,
    given: Interval,
    rules: &[(&'static Rule, TimesFix)],
    mut note: impl FnMut(&'static Rule, Why),
) -> Interval {
    let mut shown = given;
    for _ in 0..MOST_ROUNDS {
        let before = shown;
        for &(rule, mend) in rules {
            match mend(moment, shown) {
                Ok(mended) => shown = mended,
                Err(why) => note(rule, why),
            }
        }
        if shown == before {
            return shown;
        }
    }
    given
}

/// The cues with their times at frames, where these are off and that is asked for. What starts
/// together still does, and nothing starts before what it started behind.
fn on_frames(run: &mut Run<'_, '_>, cues: &[Cue]) -> Vec<Interval> {
    let mut intervals: Vec<_> = cues.iter().map(|cue| cue.interval).collect();
    let grids = run.rules(|fix| matches!(fix, Fix::Grid).then_some(()));
    let (Some(rate), Some(&(rule, ()))) = (run.all.rate, grids.first()) else {
        return intervals;
    };
    let refusal = |run: &Run<'_, '_>, chunk: Range<usize>| {
        let mut cues = chunk;
        cues.find_map(|at| run.refusal(at, Pass::Times))
    };
    // Between what stays before them and what starts behind them.
    let (mut stays, mut off) = (Timestamp::ZERO, Vec::new());
    for chunk in chunks(cues) {
        let is_off = |cue: &Cue| run.all.off_frame(cue.interval).is_some();
        let is_off = cues[chunk.clone()].iter().any(is_off);
        if is_off {
            off.push((chunk.clone(), stays));
        }
        if !is_off || refusal(run, chunk.clone()).is_some() {
            stays = cues[chunk.start].interval.start();
        }
    }
    for (chunk, stays) in off.into_iter().rev() {
        let given = cues[chunk.clone()].iter();
        let moved = given.map(|cue| run.all.on_frames(cue.interval, rate));
        let next = intervals.get(chunk.end).map(|next| next.start());
        let range = stays..=next.unwrap_or(Timestamp::MAX);
        let moved = moved.collect::<Option<Vec<_>>>();
        let moved = moved.filter(|moved| range.contains(&moved[0].start()));
        match (refusal(run, chunk.clone()), moved) {
            (None, Some(moved)) => intervals[chunk].copy_from_slice(&moved),
            (why, _) => {
                let why = why.unwrap_or(Why::NoTime);
                chunk.for_each(|at| run.note(at, rule, why));
            }
        }
    }
    intervals
}

/// For each cue when the next starts that starts later: anywhere, and at its place.
fn nexts(track: &Track, intervals: &[Interval]) -> Vec<[Option<Timestamp>; 2]> {
    let mut nexts = vec![[None; 2]; intervals.len()];
    let mut places = [Starts::default(); PLACES];
    let mut anywhere = Starts::default();
    for (at, shown) in intervals.iter().enumerate().rev() {
        let place = &mut places[place_of(track, &track.cues()[at])];
        nexts[at] = [anywhere.behind(shown.start()), place.behind(shown.start())];
    }
    nexts
}

/// The starts of cues, from the last to the first.
#[derive(Clone, Copy, Debug, Default)]
struct Starts {
    this: Option<Timestamp>,
    later: Option<Timestamp>,
}

impl Starts {
    /// The first that is later than this.
    fn behind(&mut self, start: Timestamp) -> Option<Timestamp> {
        if self.this != Some(start) {
            self.later = self.this.replace(start);
        }
        self.later
    }
}

/// What there is to read in a cue.
fn counts(track: &Track, cue: &Cue, checking: &Checking<'_>) -> [u32; 2] {
    let mut counts = [0_u32; 2];
    for line in track.lines(cue) {
        let line = Shown::of(line, checking);
        let count = &mut counts[line.side as usize];
        *count = count.saturating_add(checking.count(&line));
    }
    counts
}

/// Ends what is shown together, from one time to one time, at one time again: at the earliest where
/// any of it is to end earlier, and not at all where any of it cannot be changed.
fn together(run: &mut Run<'_, '_>, cues: &[Cue], intervals: &mut [Interval], chunk: Range<usize>) {
    if chunk.len() == 1 {
        return;
    }
    let mut order: Vec<_> = chunk.collect();
    order.sort_by_key(|&at| cues[at].interval.end());
    for same in order.chunk_by(|&one, &other| cues[one].interval == cues[other].interval) {
        let given = cues[same[0]].interval;
        let ends = || same.iter().map(|&at| intervals[at]);
        let refusal = same.iter().find_map(|&at| run.refusal(at, Pass::Times));
        if let Some(why) = refusal {
            for &at in same {
                run.refuse(at, Pass::Times, why);
            }
        }
        let cut = ends().filter(|shown| shown.end() < given.end());
        let cut = cut.min_by_key(|shown| shown.end());
        let shown = cut.or_else(|| ends().max_by_key(|shown| shown.end()));
        let shown = shown.filter(|_| refusal.is_none()).unwrap_or(given);
        for &at in same {
            intervals[at] = shown;
        }
    }
}

/// The ranges of cues that start together.
fn chunks(cues: &[Cue]) -> impl Iterator<Item = Range<usize>> {
    let start_of = |cue: &Cue| cue.interval.start();
    let chunks = cues.chunk_by(move |one, other| start_of(one) == start_of(other));
    let mut start = 0;
    chunks.map(move |chunk| {
        start += chunk.len();
        start - chunk.len()..start
    })
}

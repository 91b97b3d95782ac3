//! The cues of two tracks in, which of them belong together out. How they differ is
//! `differs.rs`.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use crate::compare::places;
use crate::compare::sides::Keys;
use crate::model::{Cue, CueName, Interval, Track};
use crate::text::align::{SIMILAR_PERMILLE, align, likeness_permille};

/// All that was found: places of cues, in runs of those that belong together.
#[derive(Debug, Default)]
pub(super) struct FoundAll {
    pub(super) old: Vec<u32>,
    pub(super) new: Vec<u32>,
    pub(super) all: Vec<Found>,
}

/// Cues that belong together: a run of both lists of places. Neither is empty.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) old: Range<u32>,
    pub(super) new: Range<u32>,
    pub(super) order: Order,
}

/// Whether cues stand where those round them do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Kept,
    Moved,
}

/// Words of fewer characters turn up elsewhere by chance.
const MOVED_CHARACTERS: usize = 4;

/// A track, and what its cues are known by.
type Side<'t> = (&'t Track, &'t Keys);

/// What is found so far.
struct Search<'t> {
    old: Side<'t>,
    new: Side<'t>,
    has_old: Vec<bool>,
    has_new: Vec<bool>,
    found: FoundAll,
}

pub(super) fn find(old: Side<'_>, new: Side<'_>) -> FoundAll {
    let mut search = Search {
        old,
        new,
        has_old: vec![false; old.0.cues().len()],
        has_new: vec![false; new.0.cues().len()],
        found: FoundAll::default(),
    };
    search.by_id();
    if search.found.all.is_empty() {
        search.as_it_was();
    }
    search.in_gaps(Search::by_words);
    search.by_same_words();
    search.in_gaps(Search::by_time);
    search.found
}

impl Search<'_> {
    fn by_id(&mut self) {
        if are_counters(self.old.0) || are_counters(self.new.0) {
            return;
        }
        let (ours, theirs) = (by_name(self.old.0), by_name(self.new.0));
        let mut pairs = Vec::new();
        for (name, old) in ours {
            let both = old.zip(theirs.get(&name).copied().flatten());
            let is_alike = |(old, new): &(usize, usize)| {
                let (old, new) = (self.old.1.of_cue(*old), self.new.1.of_cue(*new));
                likeness_permille(old, new) >= SIMILAR_PERMILLE
            };
            pairs.extend(both.filter(is_alike));
        }
        pairs.sort_unstable();
        let mut kept = longest_rise(&pairs).into_iter().peekable();
        for (at, (old, new)) in pairs.into_iter().enumerate() {
            let order = match kept.next_if_eq(&at) {
                Some(_) => Order::Kept,
                None => Order::Moved,
            };
            self.pair(&[old], &[new], order);
        }
    }

    /// Pairs what has the same words at the same times, where that is most of a track: a short
    /// line that stands there again and again is then the one that it was. Of a track that was put
    /// later only what is said again just as much later would be the same, by chance.
    fn as_it_was(&mut self) {
        let (ours, theirs) = (self.old.0.cues(), self.new.0.cues());
        let mut pairs = Vec::with_capacity(ours.len().min(theirs.len()));
        let mut at = (0, 0);
        while let (Some(our), Some(their)) = (ours.get(at.0), theirs.get(at.1)) {
            match our.interval.start().cmp(&their.interval.start()) {
                Ordering::Less => at.0 += 1,
                Ordering::Greater => at.1 += 1,
                Ordering::Equal => {
                    let words = (self.old.1.of_cue(at.0), self.new.1.of_cue(at.1));
                    if our.interval == their.interval && words.0 == words.1 {
                        pairs.push(at);
                    }
                    at = (at.0 + 1, at.1 + 1);
                }
            }
        }
        if 2 * pairs.len() > ours.len().max(theirs.len()) {
            for (old, new) in pairs {
                self.pair(&[old], &[new], Order::Kept);
            }
        }
    }

    fn by_words(&mut self, old: &[usize], new: &[usize], _: i64) {
        let ((_, old_keys), (_, new_keys)) = (self.old, self.new);
        let ours: Vec<_> = old.iter().map(|cue| old_keys.of_cue(*cue)).collect();
        let theirs: Vec<_> = new.iter().map(|cue| new_keys.of_cue(*cue)).collect();
        for matched in align(&ours, &theirs) {
            self.pair(&old[matched.old], &new[matched.new], Order::Kept);
        }
    }

    /// What is left on both sides and says the same, once on each.
    fn by_same_words(&mut self) {
        let ours = by_words(self.old.1, &self.has_old);
        let theirs = by_words(self.new.1, &self.has_new);
        let both = ours.into_iter().filter_map(|(words, old)| {
            let new = theirs.get(words).copied().flatten();
            old.zip(new)
        });
        let mut pairs: Vec<_> = both.collect();
        pairs.sort_unstable();
        for (old, new) in pairs {
            self.pair(&[old], &[new], Order::Moved);
        }
    }

    /// Pairs what is shown at one time, if the old is put `shift_ms` later.
    fn by_time(&mut self, old: &[usize], new: &[usize], shift_ms: i64) {
        let shown = |cue: &Cue| ends_of(cue.interval);
        let (mut old, mut new) = (old, new);
        while let ([our, old_rest @ ..], [their, new_rest @ ..]) = (old, new) {
            let ours = shown(&self.old.0.cues()[*our]);
            let ours = (ours.0 + shift_ms, ours.1 + shift_ms);
            let theirs = shown(&self.new.0.cues()[*their]);
            let both = ours.1.min(theirs.1) - ours.0.max(theirs.0);
            let longer = (ours.1 - ours.0).max(theirs.1 - theirs.0);
            if 2 * both > longer {
                self.pair(&[*our], &[*their], Order::Kept);
                (old, new) = (old_rest, new_rest);
            } else if ours.1 <= theirs.1 {
                old = old_rest;
            } else {
                new = new_rest;
            }
        }
    }

    fn pair(&mut self, old: &[usize], new: &[usize], order: Order) {
        for cue in old {
            self.has_old[*cue] = true;
        }
        for cue in new {
            self.has_new[*cue] = true;
        }
        let found = &mut self.found;
        let starts = (found.old.len() as u32, found.new.len() as u32);
        found.old.extend(old.iter().map(|cue| *cue as u32));
        found.new.extend(new.iter().map(|cue| *cue as u32));
        found.all.push(Found {
            old: starts.0..found.old.len() as u32,
            new: starts.1..found.new.len() as u32,
            order,
        });
    }

    /// Does `work` for what is left between two that were found and keep their order, with how
    /// much later the first of these is than it was, or the second where there is no first.
    fn in_gaps(&mut self, work: fn(&mut Self, &[usize], &[usize], i64)) {
        let kept = self
            .found
            .all
            .iter()
            .filter(|found| found.order == Order::Kept);
        let mut walls: Vec<_> = kept.filter_map(|found| self.wall(found)).collect();
        walls.sort_unstable_by_key(|wall| wall.first);
        let end = (self.has_old.len(), self.has_new.len());
        let mut behind = (0, 0);
        let mut shift_ms = walls.first().map_or(0, |wall| wall.shift_ms);
        let last = Wall {
            first: end,
            end,
            shift_ms,
        };
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for wall in walls.into_iter().chain([last]) {
            old.clear();
            new.clear();
            old.extend((behind.0..wall.first.0).filter(|cue| !self.has_old[*cue]));
            new.extend((behind.1..wall.first.1).filter(|cue| !self.has_new[*cue]));
            if !old.is_empty() && !new.is_empty() {
                work(self, &old, &new, shift_ms);
            }
            (behind, shift_ms) = (wall.end, wall.shift_ms);
        }
    }

    fn wall(&self, found: &Found) -> Option<Wall> {
        let (old, new) = (
            places(&self.found.old, &found.old),
            places(&self.found.new, &found.new),
        );
        let (first_old, last_old) = (*old.first()?, *old.last()?);
        let (first_new, last_new) = (*new.first()?, *new.last()?);
        let start = |track: &Track, cue: u32| {
            let cue = track.cues().get(cue as usize);
            cue.map_or(0, |cue| ends_of(cue.interval).0)
        };
        Some(Wall {
            first: (first_old as usize, first_new as usize),
            end: (last_old as usize + 1, last_new as usize + 1),
            shift_ms: start(self.new.0, first_new) - start(self.old.0, first_old),
        })
    }
}

/// What is found, as a bound of what is not.
struct Wall {
    first: (usize, usize),
    end: (usize, usize),
    shift_ms: i64,
}

fn ends_of(interval: Interval) -> (i64, i64) {
    (
        interval.start().millis().into(),
        interval.end().millis().into(),
    )
}

/// Whether ids say no more than where a cue stands: 1, 2, 3 to the last.
fn are_counters(track: &Track) -> bool {
    let cues = (1..).zip(track.cues());
    let mut names = cues.map(|(number, cue)| (number, track.name(cue)));
    names.all(|(number, name)| match name {
        CueName::Numbered(name, part) => (name, part) == (number, 0),
        CueName::Named(_) => false,
    })
}

/// Each id, with its cue if there is one only.
fn by_name(track: &Track) -> HashMap<CueName<'_>, Option<usize>> {
    let mut by_name = HashMap::with_capacity(track.cues().len());
    for (at, cue) in track.cues().iter().enumerate() {
        let seen = by_name.entry(track.name(cue));
        seen.and_modify(|cue| *cue = None).or_insert(Some(at));
    }
    by_name
}

/// The words of what has no other side yet, with its cue if there is one only.
fn by_words<'k>(keys: &'k Keys, is_found: &[bool]) -> HashMap<&'k str, Option<usize>> {
    let mut by_words = HashMap::new();
    let left = is_found
        .iter()
        .enumerate()
        .filter(|(_, is_found)| !**is_found);
    for (at, _) in left {
        let words = keys.of_cue(at);
        if words.chars().count() >= MOVED_CHARACTERS {
            let seen = by_words.entry(words);
            seen.and_modify(|cue| *cue = None).or_insert(Some(at));
        }
    }
    by_words
}

/// The places of the most pairs whose second parts rise: those that keep their order. By
/// patience sorting, in n log n.
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<usize> {
    // The pair that ends the best run of each length, and before each pair that before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(pairs.len());
    for (at, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut rise = Vec::with_capacity(ends.len());
    let mut last = ends.last().copied();
    while let Some(at) = last {
        rise.push(at);
        last = before[at];
    }
    rise.reverse();
    rise
}

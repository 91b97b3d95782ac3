//! Floor 3: two tracks in, what became of each cue out.
//!
//! A cue is known again by its id, where ids are names and not counters; else by its words, as
//! [`align`](crate::text::align) finds them however they were cut; else by when it is shown.
//! What is told of cues that belong together is how they differ, so that a file that was only
//! put half a second later has one [`Shift`], and not as many changes as cues.
//!
//! Chapters are not compared, nor what a language is called. What a format has no room for is
//! no difference either, if both tracks were [lowered](crate::format::lower()) before.

mod differs;
mod found;
mod marked;
mod sides;
mod summary;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::compare::differs::Differing;
use crate::compare::found::{Found, FoundAll, Order, find};
use crate::compare::sides::{Keys, Tongues};
use crate::model::{Cue, Track};

pub use marked::{Marked, marked};
pub use summary::{Distribution, Shift, Summary, WITHIN_MS};

/// How cues that belong together differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// It comes before what it came after.
    Moved,
    /// It is shown at another time, or for longer or shorter.
    Retimed,
    /// It says something else, in at least one language.
    Reworded,
    /// It says the same on other lines.
    Rewrapped,
    /// Another speaker, position, emphasis or reading.
    Restyled,
    /// One cue became several.
    Split,
    /// Several cues became one.
    Merged,
    /// Several cues became several that are cut otherwise.
    Recut,
    /// It is in the new track alone.
    Added,
    /// It is in the old track alone.
    Removed,
}

impl Kind {
    /// All of them, in the order that they are told in.
    #[rustfmt::skip]
    pub const ALL: [Self; 10] = [
        Self::Moved, Self::Retimed, Self::Reworded, Self::Rewrapped, Self::Restyled,
        Self::Split, Self::Merged, Self::Recut, Self::Added, Self::Removed,
    ];

    /// What it is called, to people and to programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Retimed => "retimed",
            Self::Reworded => "reworded",
            Self::Rewrapped => "rewrapped",
            Self::Restyled => "restyled",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Recut => "recut",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The ways in which cues that belong together differ: none, one or several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    /// Whether they differ so.
    #[must_use]
    pub const fn contain(self, kind: Kind) -> bool {
        self.0 & kind.bit() != 0
    }

    /// Whether they are the same.
    #[must_use]
    pub const fn are_none(self) -> bool {
        self.0 == 0
    }

    /// Whether they differ so, and in no other way.
    #[must_use]
    pub const fn are_only(self, kind: Kind) -> bool {
        self.0 == kind.bit()
    }

    /// Each, in the order of [`Kind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL
            .into_iter()
            .filter(move |kind| self.contain(*kind))
    }

    fn add(&mut self, kind: Kind) {
        self.0 |= kind.bit();
    }
}

/// Cues of the old track and of the new that belong together, and how they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    old: Range<u32>,
    new: Range<u32>,
    /// How they differ.
    pub kinds: Kinds,
    /// How much later the first starts, in milliseconds; 0 where there is only one side.
    pub start_shift_ms: i64,
    /// How much later the last ends, in milliseconds; 0 where there is only one side.
    pub end_shift_ms: i64,
    /// How alike the words are, from 0 to 1000: as
    /// [`likeness_permille`](crate::text::align::likeness_permille) has it without white space,
    /// of the language that is least alike, of those that both tracks have. 1000 where nobody
    /// reworded them; 0 where there is only one side.
    pub likeness_permille: u16,
    /// Whether it is shown for as long as before, up to what is no difference.
    pub keeps_length: bool,
}

/// What became of each cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    old: Vec<u32>,
    new: Vec<u32>,
    pairings: Vec<Pairing>,
    shifts: Vec<Shift>,
}

/// Compares two tracks. Each cue of both is in exactly one [`Pairing`]. Starts and ends that went
/// no further than `within_ms` milliseconds are no difference.
///
/// - **Ids** come first, where they are names: where the ids of one track count from 1 to its
///   last cue, they say no more than where a cue stands. Cues of one id belong together if their
///   words are alike by [`SIMILAR_PERMILLE`](crate::text::align::SIMILAR_PERMILLE).
/// - **All of a cue**: where no id says anything, and more than half of the cues have the words and the
///   times of one of the other track, these belong together.
/// - **Words**: [`align`](crate::text::align::align), in the language that both tracks begin
///   with. What it leaves and what has the same words somewhere else, once and with at least
///   four characters, was moved.
/// - **Times**: what is left between the same neighbours and is shown at the same time for more
///   than half of the longer of both, when it is put as much later as the cue before it.
///
/// Time is linear in what both tracks have in common; see `align` for the rest.
///
/// ```
/// use zimu::compare::{Kind, compare};
/// use zimu::format::Format;
///
/// let srt = Format::named("srt").unwrap();
/// let old = "1\n00:00:01,000 --> 00:00:02,000\n船票在这里买\n";
/// let new = "1\n00:00:01,500 --> 00:00:02,500\n船票在那里买\n";
/// let [old, new] = [old, new].map(|text| srt.read(text).unwrap().track);
/// let comparison = compare(&old, &new, 0);
/// let change = comparison.changes().next().unwrap();
/// assert!(change.kinds.iter().eq([Kind::Retimed, Kind::Reworded]));
/// assert_eq!((change.start_shift_ms, change.likeness_permille), (500, 833));
/// ```
#[must_use]
pub fn compare(old: &Track, new: &Track, within_ms: u32) -> Comparison {
    let tongues = Tongues::of(old, new);
    let keys = (Keys::old(old, &tongues), Keys::new(new, &tongues));
    let found = find((old, &keys.0), (new, &keys.1));
    let mut comparison = Comparison::default();
    comparison.pair(
        (old.cues().len(), new.cues().len()),
        &found,
        |ours, theirs, order| {
            let differing = Differing {
                old: (old, ours),
                new: (new, theirs),
                tongues: &tongues,
                within_ms,
            };
            differing.pairing(order)
        },
    );
    comparison.shifts = summary::shifts(&comparison.pairings, within_ms);
    comparison
}

impl Comparison {
    /// All, in the order of the new track; what was removed stands where it stood.
    #[must_use]
    pub fn pairings(&self) -> &[Pairing] {
        &self.pairings
    }

    /// Those that differ.
    pub fn changes(&self) -> impl Iterator<Item = &Pairing> {
        self.pairings
            .iter()
            .filter(|pairing| !pairing.kinds.are_none())
    }

    /// Runs of cues that are later, or earlier, by the same.
    #[must_use]
    pub fn shifts(&self) -> &[Shift] {
        &self.shifts
    }

    /// Where the cues of a pairing stand among those of the old track, from 0.
    #[must_use]
    pub fn old_places(&self, pairing: &Pairing) -> &[u32] {
        places(&self.old, &pairing.old)
    }

    /// Where they stand among those of the new track.
    #[must_use]
    pub fn new_places(&self, pairing: &Pairing) -> &[u32] {
        places(&self.new, &pairing.new)
    }

    /// The cues of the old track, of which the comparison is.
    pub fn old_cues<'t>(
        &'t self,
        pairing: &Pairing,
        old: &'t Track,
    ) -> impl Iterator<Item = &'t Cue> + use<'t> {
        cues(old, self.old_places(pairing))
    }

    /// The cues of the new track, of which the comparison is.
    pub fn new_cues<'t>(
        &'t self,
        pairing: &Pairing,
        new: &'t Track,
    ) -> impl Iterator<Item = &'t Cue> + use<'t> {
        cues(new, self.new_places(pairing))
    }

    /// Puts what was found in order, and what is on one side alone where it belongs.
    fn pair(
        &mut self,
        (old_cues, new_cues): (usize, usize),
        found: &FoundAll,
        pairing: impl Fn(&[u32], &[u32], Order) -> Pairing,
    ) {
        let mut of_new = vec![None; new_cues];
        let mut has_old = vec![false; old_cues];
        for found_at in &found.all {
            for cue in places(&found.old, &found_at.old) {
                has_old[*cue as usize] = true;
            }
            for cue in places(&found.new, &found_at.new) {
                of_new[*cue as usize] = Some(found_at);
            }
        }
        let mut told_old = 0;
        for (cue, found_at) in (0..).zip(of_new) {
            let Some(Found { old, new, order }) = found_at else {
                self.push(&[], &[cue], |_, _| Pairing::alone(Kind::Added));
                continue;
            };
            let (old, new) = (places(&found.old, old), places(&found.new, new));
            if new.first() != Some(&cue) {
                continue;
            }
            if let (Order::Kept, Some(first)) = (order, old.first()) {
                self.removed(told_old..*first, &has_old);
                told_old = *first;
            }
            self.push(old, new, |old, new| pairing(old, new, *order));
        }
        self.removed(told_old..old_cues as u32, &has_old);
    }

    fn removed(&mut self, cues: Range<u32>, has_pairing: &[bool]) {
        for cue in cues.filter(|cue| !has_pairing[*cue as usize]) {
            self.push(&[cue], &[], |_, _| Pairing::alone(Kind::Removed));
        }
    }

    fn push(&mut self, old: &[u32], new: &[u32], pairing: impl Fn(&[u32], &[u32]) -> Pairing) {
        let starts = (self.old.len() as u32, self.new.len() as u32);
        self.old.extend(old);
        self.new.extend(new);
        self.pairings.push(Pairing {
            old: starts.0..self.old.len() as u32,
            new: starts.1..self.new.len() as u32,
            ..pairing(old, new)
        });
    }
}

impl Pairing {
    fn alone(kind: Kind) -> Self {
        Self {
            old: 0..0,
            new: 0..0,
            kinds: Kinds(kind.bit()),
            start_shift_ms: 0,
            end_shift_ms: 0,
            likeness_permille: 0,
            keeps_length: false,
        }
    }

    /// Whether it has cues on both sides that stand in the order of those round them.
    fn is_kept(&self) -> bool {
        !self.old.is_empty() && !self.new.is_empty() && !self.kinds.contain(Kind::Moved)
    }
}

fn places<'p>(all: &'p [u32], range: &Range<u32>) -> &'p [u32] {
    let range = range.start as usize..range.end as usize;
    all.get(range).unwrap_or_default()
}

/// The cues at some places. A track that they are not of may have fewer.
fn cues<'t>(track: &'t Track, places: &'t [u32]) -> impl Iterator<Item = &'t Cue> + use<'t> {
    let cues = track.cues();
    places.iter().filter_map(|at| cues.get(*at as usize))
}

//! What two lists have between two texts that are equal, in; what belongs together of it, out.
//!
//! Texts that were only cut otherwise come first: joined, both sides say the same, and are
//! followed from cut to cut. Where they part, a dynamic programme over pairs and short runs
//! takes those that have most characters in common, as sentences of two languages are aligned
//! (Gale and Church, A program for aligning sentences, 1993). Only what is alike enough is a pair at
//! all. Of a gap of many texts it sees a window at a time.

use std::ops::Range;

use crate::text::align::Match;
use crate::text::align::likeness::{Comparator, SIMILAR_PERMILLE, permille};

/// As many pairs are all compared.
const MOST_PAIRS: usize = 1 << 14;

/// Of more, so many texts of each side at a time.
const WINDOW: usize = 64;

/// How many texts of one side may have been joined, or cut, and changed as well.
const LONGEST_RUN: usize = 4;

/// Least likeness of runs that were cut otherwise and changed: there is more in them that can
/// be alike by chance.
const SIMILAR_RUN_PERMILLE: u16 = 800;

/// What a match is worth for each character in common; one less for each text that it joins,
/// so that of equals those are taken that join less.
const WORTH: u32 = 2 * LONGEST_RUN as u32;

/// Adds what belongs together of `old[gap.0]` and `new[gap.1]`.
pub(super) fn fill(
    old: &[&str],
    new: &[&str],
    gap: (Range<usize>, Range<usize>),
    matches: &mut Vec<Match>,
) {
    let (old_gap, new_gap) = gap;
    let mut at = (old_gap.start, new_gap.start);
    loop {
        at = follow(&old[..old_gap.end], &new[..new_gap.end], at, matches);
        let left = (old_gap.end - at.0, new_gap.end - at.1);
        if left.0 == 0 || left.1 == 0 {
            return;
        }
        let sees_all = left.0.saturating_mul(left.1) <= MOST_PAIRS;
        let seen = if sees_all {
            left
        } else {
            (left.0.min(WINDOW), left.1.min(WINDOW))
        };
        let window = Window::of(&old[at.0..at.0 + seen.0], &new[at.1..at.1 + seen.1]);
        // Near the end of a window a pair may be hidden behind it.
        let enough = if sees_all {
            seen
        } else {
            (WINDOW / 2, WINDOW / 2)
        };
        let ahead = window.walk(enough, at, matches);
        if sees_all {
            return;
        }
        at = (at.0 + ahead.0, at.1 + ahead.1);
    }
}

/// Follows both sides for as long as they say the same, and gives where they part: a match
/// from each cut that both have to the next.
pub(super) fn follow(
    old: &[&str],
    new: &[&str],
    from: (usize, usize),
    matches: &mut Vec<Match>,
) -> (usize, usize) {
    let (mut begun, mut at) = (from, from);
    // What is left of the text that reaches further.
    let (mut ours, mut theirs) = ("", "");
    loop {
        if ours.is_empty() && theirs.is_empty() && at != begun {
            if at.0 > begun.0 && at.1 > begun.1 {
                matches.push(Match {
                    old: begun.0..at.0,
                    new: begun.1..at.1,
                    permille: 1000,
                });
            }
            begun = at;
        }
        if ours.is_empty() {
            let Some(next) = old.get(at.0) else {
                return begun;
            };
            (ours, at.0) = (next, at.0 + 1);
        }
        if theirs.is_empty() {
            let Some(next) = new.get(at.1) else {
                return begun;
            };
            (theirs, at.1) = (next, at.1 + 1);
        }
        let common = ours.len().min(theirs.len());
        if ours.as_bytes()[..common] != theirs.as_bytes()[..common] {
            return begun;
        }
        // Both have the same bytes up to there, and one of them ends.
        (ours, theirs) = (&ours[common..], &theirs[common..]);
    }
}

/// How to go on from a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Step {
    /// Characters in common from there to the end, weighed.
    worth: u32,
    /// So many of each side; with nothing of one of them, it is left out.
    old: u8,
    new: u8,
    permille: u16,
}

/// The pairs of some texts.
struct Window<'t> {
    old: Vec<Comparator<'t>>,
    old_texts: &'t [&'t str],
    new: &'t [&'t str],
    new_characters: Vec<usize>,
    /// Of each pair, how many characters are in common.
    common: Vec<u16>,
    steps: Vec<Step>,
}

impl<'t> Window<'t> {
    fn of(old_texts: &'t [&'t str], new: &'t [&'t str]) -> Self {
        let old: Vec<_> = old_texts.iter().map(|text| Comparator::of(text)).collect();
        let pairs = old
            .iter()
            .flat_map(|one| new.iter().map(|other| one.common(other) as u16));
        let common = pairs.collect();
        let mut window = Self {
            old,
            old_texts,
            new,
            new_characters: new.iter().map(|text| text.chars().count()).collect(),
            common,
            steps: vec![Step::default(); (old_texts.len() + 1) * (new.len() + 1)],
        };
        for old in (0..old_texts.len()).rev() {
            for new in (0..new.len()).rev() {
                let step = window.best(old, new);
                let index = window.index(old, new);
                window.steps[index] = step;
            }
        }
        window
    }

    const fn index(&self, old: usize, new: usize) -> usize {
        old * (self.new.len() + 1) + new
    }

    fn worth(&self, old: usize, new: usize) -> u32 {
        self.steps[self.index(old, new)].worth
    }

    fn common(&self, old: usize, new: usize) -> usize {
        usize::from(self.common[old * self.new.len() + new])
    }

    /// Whether half of the shorter one is in the other.
    fn is_related(&self, old: usize, new: usize) -> bool {
        let shorter = self.old[old].characters().min(self.new_characters[new]);
        let common = self.common(old, new);
        common > 0 && 2 * common >= shorter
    }

    /// The best step from a place, all places behind it being known.
    fn best(&self, old: usize, new: usize) -> Step {
        let mut best = Step {
            worth: self.worth(old, new + 1),
            old: 0,
            new: 1,
            permille: 0,
        };
        let mut offer = |step: Step| {
            if step.worth > best.worth {
                best = step;
            }
        };
        offer(Step {
            worth: self.worth(old + 1, new),
            old: 1,
            new: 0,
            permille: 0,
        });
        if !self.is_related(old, new) {
            return best;
        }
        for olds in 1..=LONGEST_RUN.min(self.old.len() - old) {
            for news in 1..=LONGEST_RUN.min(self.new.len() - new) {
                if let Some((common, permille)) = self.run(old..old + olds, new..new + news) {
                    let joined = (olds + news) as u32;
                    offer(Step {
                        worth: self.worth(old + olds, new + news) + WORTH * common as u32 - joined,
                        old: olds as u8,
                        new: news as u8,
                        permille,
                    });
                }
            }
        }
        best
    }

    /// How much runs have in common, where they belong together.
    fn run(&self, old: Range<usize>, new: Range<usize>) -> Option<(usize, u16)> {
        let (last_old, last_new) = (old.end - 1, new.end - 1);
        if old.len() == 1 && new.len() == 1 {
            let common = self.common(last_old, last_new);
            let characters = (
                self.old[last_old].characters(),
                self.new_characters[last_new],
            );
            let permille = permille(common, characters.0, characters.1);
            return (permille >= SIMILAR_PERMILLE).then_some((common, permille));
        }
        if !self.is_related(last_old, last_new) {
            return None;
        }
        let (ours, theirs) = (
            self.old_texts[old.clone()].concat(),
            self.new[new.clone()].concat(),
        );
        let (of_ours, of_theirs) = (Comparator::of(&ours), Comparator::of(&theirs));
        let permille = of_ours.permille(&theirs);
        // A text that the other side has not, or not quite, does not belong there.
        let least = usize::from(SIMILAR_PERMILLE);
        let is_in = |text: &&str, side: &Comparator<'_>| {
            1000 * side.common(text) >= least * text.chars().count()
        };
        let all_in = self.old_texts[old]
            .iter()
            .all(|text| is_in(text, &of_theirs))
            && self.new[new].iter().all(|text| is_in(text, &of_ours));
        let belongs = permille >= SIMILAR_RUN_PERMILLE && all_in;
        belongs.then(|| (of_ours.common(&theirs), permille))
    }

    /// Goes the best way up to `enough` texts of either side, and gives how far it went.
    fn walk(
        &self,
        enough: (usize, usize),
        base: (usize, usize),
        matches: &mut Vec<Match>,
    ) -> (usize, usize) {
        let (mut old, mut new) = (0, 0);
        // Of few texts beside many the end may come first: there is no step from there.
        let ends = (enough.0.min(self.old.len()), enough.1.min(self.new.len()));
        while old < ends.0 && new < ends.1 {
            let step = self.steps[self.index(old, new)];
            let (olds, news) = (usize::from(step.old), usize::from(step.new));
            if olds > 0 && news > 0 {
                matches.push(Match {
                    old: base.0 + old..base.0 + old + olds,
                    new: base.1 + new..base.1 + new + news,
                    permille: step.permille,
                });
            }
            (old, new) = (old + olds, new + news);
        }
        (old, new)
    }
}

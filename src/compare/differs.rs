//! Cues that belong together in, how they differ out.

use std::mem;

use crate::compare::found::Order;
use crate::compare::sides::{Tongue, Tongues, push_words};
use crate::compare::{Kind, Kinds, Pairing, cues};
use crate::model::{Cue, LanguageTag, Track};
use crate::text::align::likeness_permille;

/// Cues of both tracks, by their places.
pub(super) struct Differing<'t> {
    pub(super) old: (&'t Track, &'t [u32]),
    pub(super) new: (&'t Track, &'t [u32]),
    pub(super) tongues: &'t Tongues<'t>,
    pub(super) within_ms: u32,
}

impl Differing<'_> {
    pub(super) fn pairing(&self, order: Order) -> Pairing {
        let start_shift_ms = shift_ms(first_start(self.old), first_start(self.new));
        let end_shift_ms = shift_ms(last_end(self.old), last_end(self.new));
        let is_further = |ms: u64| ms > self.within_ms.into();
        let mut pairing = Pairing {
            old: 0..0,
            new: 0..0,
            kinds: Kinds::default(),
            start_shift_ms,
            end_shift_ms,
            likeness_permille: 1000,
            keeps_length: !is_further(start_shift_ms.abs_diff(end_shift_ms)),
        };
        if order == Order::Moved {
            pairing.kinds.add(Kind::Moved);
        }
        if [start_shift_ms, end_shift_ms]
            .iter()
            .any(|ms| is_further(ms.unsigned_abs()))
        {
            pairing.kinds.add(Kind::Retimed);
        }
        match (self.one_each(), self.old.1.len(), self.new.1.len()) {
            (Some((old, new)), ..) => self.one(old, new, &mut pairing),
            (None, 1, _) => self.cut(Kind::Split, &mut pairing),
            (None, _, 1) => self.cut(Kind::Merged, &mut pairing),
            (None, ..) => self.cut(Kind::Recut, &mut pairing),
        }
        pairing
    }

    fn one_each(&self) -> Option<(&Cue, &Cue)> {
        match (self.old.1, self.new.1) {
            ([old], [new]) => self
                .old
                .0
                .cues()
                .get(*old as usize)
                .zip(self.new.0.cues().get(*new as usize)),
            _ => None,
        }
    }

    /// One cue that is one still.
    fn one(&self, old: &Cue, new: &Cue, pairing: &mut Pairing) {
        let ((ours, _), (theirs, _)) = (self.old, self.new);
        let mut lines = ours.lines(old).zip(theirs.lines(new));
        let are_same_lines = old.line_count() == new.line_count()
            && lines.all(|(line, other)| {
                let tongue = self.tongues.of_old(line.language);
                line.text == other.text && tongue == self.tongues.of_new(other.language)
            });
        let has_other_marks = || {
            let mut lines = ours.lines(old).zip(theirs.lines(new));
            lines.any(|(line, other)| !ours.marks_in(&line).eq(theirs.marks_in(&other)))
        };
        if !are_same_lines {
            self.words(pairing);
            if !pairing.kinds.contain(Kind::Reworded) {
                pairing.kinds.add(Kind::Rewrapped);
            }
        }
        if ours.speaker(old) != theirs.speaker(new)
            || ours.position(old) != theirs.position(new)
            || (are_same_lines && has_other_marks())
        {
            pairing.kinds.add(Kind::Restyled);
        }
    }

    fn cut(&self, kind: Kind, pairing: &mut Pairing) {
        pairing.kinds.add(kind);
        self.words(pairing);
    }

    fn words(&self, pairing: &mut Pairing) {
        for tongue in self.tongues.pairs() {
            if self.says_the_same(*tongue) {
                continue;
            }
            pairing.kinds.add(Kind::Reworded);
            if tongue.old.is_none() || tongue.new.is_none() {
                continue;
            }
            let (old, new) = (
                all_words(self.old, tongue.old),
                all_words(self.new, tongue.new),
            );
            // The words are the same where only white space in a line is other.
            let permille = likeness_permille(&old, &new);
            pairing.likeness_permille = pairing.likeness_permille.min(permille);
        }
    }

    fn says_the_same(&self, tongue: Tongue<'_>) -> bool {
        let mut old = spelled(self.old, tongue.old);
        let mut new = spelled(self.new, tongue.new);
        loop {
            match (old.next(), new.next()) {
                (None, None) => return true,
                (Some((gap, c)), Some((other_gap, other))) => {
                    let is_wrapped = gap == Gap::LineEnd || other_gap == Gap::LineEnd;
                    if c != other || !(gap == other_gap || is_wrapped) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
    }
}

/// What stands before a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    /// The end of a line or of a cue, where a space may have been lost.
    LineEnd,
}

/// What is said in a language, with what stands before each character.
fn spelled<'t>(
    side: (&'t Track, &'t [u32]),
    language: Option<&'t LanguageTag>,
) -> impl Iterator<Item = (Gap, char)> + 't {
    let lines = cues(side.0, side.1).flat_map(move |cue| side.0.lines(cue));
    let lines = lines.filter(move |line| language == Some(line.language));
    let mut gap = Gap::LineEnd;
    let characters = lines.flat_map(|line| std::iter::once('\n').chain(line.text.chars()));
    characters.filter_map(move |c| match (c, gap) {
        ('\n', _) => {
            gap = Gap::LineEnd;
            None
        }
        (c, Gap::None) if c.is_whitespace() => {
            gap = Gap::Space;
            None
        }
        (c, _) if c.is_whitespace() => None,
        (c, _) => Some((mem::replace(&mut gap, Gap::None), c)),
    })
}

fn all_words(side: (&Track, &[u32]), language: Option<&LanguageTag>) -> String {
    let mut text = String::new();
    if let Some(language) = language {
        cues(side.0, side.1).for_each(|cue| push_words(&mut text, side.0, cue, Some(language)));
    }
    text
}

fn first_start(side: (&Track, &[u32])) -> Option<u32> {
    cues(side.0, side.1)
        .map(|cue| cue.interval.start().millis())
        .min()
}

fn last_end(side: (&Track, &[u32])) -> Option<u32> {
    cues(side.0, side.1)
        .map(|cue| cue.interval.end().millis())
        .max()
}

fn shift_ms(old: Option<u32>, new: Option<u32>) -> i64 {
    old.zip(new)
        .map_or(0, |(old, new)| i64::from(new) - i64::from(old))
}

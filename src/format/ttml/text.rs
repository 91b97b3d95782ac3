//! The content of a `p` while it is read, and what of it is shown when.
//!
//! Parts of a `p` may have times of their own. Between two moments at which one comes or goes
//! the same is shown: an intermediate synchronic document (TTML2 §11.3.1.3). Each of them with
//! words in it is a cue. Blanks and line breaks come with the words at both sides of them.

use std::collections::BTreeSet;

use crate::format::ttml::names::is_space;
use crate::format::ttml::styles::RubyPart;
use crate::model::Timestamp;

/// A time from which and a time to which; without an end for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) begin: Timestamp,
    pub(super) end: Option<Timestamp>,
}

/// What `xml:space` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Default,
    Preserve,
}

/// Which part of a ruby text is: its group, and its place among the bases or readings of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruby {
    None,
    /// In a group, but neither base nor reading.
    Between,
    Base(u32, u32),
    Reading(u32, u32),
    /// For players that know no ruby, or more than the model has.
    Dropped,
}

/// How some text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// Bold, italic, underlined.
    pub(super) marks: [bool; 3],
    pub(super) language: u8,
    pub(super) space: Space,
    pub(super) ruby: Ruby,
}

/// A piece of the content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) what: What,
    pub(super) look: Look,
    pub(super) shown: Shown,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A range of the paragraph's text that has words.
    Words(u32, u32),
    /// Blanks.
    Blanks(u32, u32),
    Break,
    /// A `span`: a line that has one is a line, though it has no text.
    Span,
}

/// More pieces than so many for each that there is are not shown one by one: a `p` of a thousand
/// parts that never go would be half a million.
const MOST_EACH: usize = 16;

/// And so many are never too many.
const FEW: usize = 4096;

/// The content of a `p`.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    groups: u32,
    bases: u32,
    readings: u32,
    reading_rows: u32,
}

/// Some pieces that are shown together.
#[derive(Debug)]
pub(super) struct Moment {
    pub(super) shown: Shown,
    /// Indexes of them.
    pub(super) pieces: Vec<usize>,
}

/// Whether parts could be shown as they are timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moments {
    Each,
    /// There are too many at once: each has a cue of its own.
    TooMany,
}

impl Paragraph {
    /// Begins the next one.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Adds text: its line ends are one character each.
    pub(super) fn push(&mut self, text: &str, look: Look, shown: Shown) {
        let is_blank = match look.space {
            Space::Default => text.chars().all(is_space),
            Space::Preserve => text.is_empty(),
        };
        let look = match look.ruby {
            Ruby::Dropped => return,
            Ruby::Between if is_blank => return,
            Ruby::Between => Look {
                ruby: Ruby::None,
                ..look
            },
            Ruby::None | Ruby::Base(..) | Ruby::Reading(..) => look,
        };
        let start = self.text.len() as u32;
        if text.contains('\r') {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            self.text.push_str(&text);
        } else {
            self.text.push_str(text);
        }
        let end = self.text.len() as u32;
        let what = if is_blank {
            What::Blanks(start, end)
        } else {
            What::Words(start, end)
        };
        self.pieces.push(Piece { what, look, shown });
    }

    /// Adds what is no text. Inside of a ruby no line ends.
    pub(super) fn mark(&mut self, what: What, look: Look, shown: Shown) {
        if look.ruby == Ruby::None {
            self.pieces.push(Piece { what, look, shown });
        }
    }

    /// What a `span` inside of `parent` is of a ruby.
    pub(super) fn ruby(&mut self, part: Option<RubyPart>, parent: Ruby) -> Ruby {
        match (part, parent) {
            (Some(RubyPart::Container), Ruby::None) => {
                self.groups += 1;
                (self.bases, self.readings, self.reading_rows) = (0, 0, 0);
                Ruby::Between
            }
            (Some(RubyPart::Base), Ruby::Between) => {
                self.bases += 1;
                Ruby::Base(self.groups, self.bases)
            }
            (Some(RubyPart::Text), Ruby::Between) => {
                self.readings += 1;
                Ruby::Reading(self.groups, self.readings)
            }
            // Readings at both sides: the model has those of one.
            (Some(RubyPart::TextContainer), Ruby::Between) => {
                self.reading_rows += 1;
                match self.reading_rows {
                    1 => Ruby::Between,
                    _ => Ruby::Dropped,
                }
            }
            (Some(RubyPart::Delimiter), _) => Ruby::Dropped,
            (_, parent) => parent,
        }
    }

    /// What is shown when, by time.
    pub(super) fn moments(&self) -> (Vec<Moment>, Moments) {
        let mut shown = self.words().map(|(_, piece)| piece.shown);
        let Some(first) = shown.next() else {
            return (Vec::new(), Moments::Each);
        };
        if shown.all(|other| other == first) {
            let pieces = (0..self.pieces.len()).collect();
            let all = Moment {
                shown: first,
                pieces,
            };
            return (vec![all], Moments::Each);
        }
        match self.each_moment() {
            Some(moments) => (moments, Moments::Each),
            None => (self.one_by_one(), Moments::TooMany),
        }
    }

    fn words(&self) -> impl Iterator<Item = (usize, &Piece)> {
        let pieces = self.pieces.iter().enumerate();
        pieces.filter(|(_, piece)| matches!(piece.what, What::Words(..)))
    }

    /// `None` where it would be too many pieces in all.
    fn each_moment(&self) -> Option<Vec<Moment>> {
        let mut changes: Vec<(Timestamp, usize, Change)> = Vec::new();
        for (at, piece) in self.words() {
            changes.push((piece.shown.begin, at, Change::Comes));
            if let Some(end) = piece.shown.end {
                changes.push((end, at, Change::Goes));
            }
        }
        changes.sort_unstable_by_key(|(time, ..)| *time);
        let mut left = self.pieces.len() * MOST_EACH + FEW;
        let mut active = BTreeSet::new();
        let mut moments = Vec::new();
        let runs: Vec<&[_]> = changes.chunk_by(|one, next| one.0 == next.0).collect();
        for (at, run) in runs.iter().enumerate() {
            for (_, piece, change) in *run {
                match change {
                    Change::Comes => active.insert(*piece),
                    Change::Goes => active.remove(piece),
                };
            }
            if active.is_empty() {
                continue;
            }
            let shown = Shown {
                begin: run[0].0,
                end: runs.get(at + 1).map(|next| next[0].0),
            };
            let pieces = self.with_what_is_between(&active, shown, &mut left)?;
            moments.push(Moment { shown, pieces });
        }
        Some(moments)
    }

    /// The active pieces, and the blanks and breaks between them.
    fn with_what_is_between(
        &self,
        active: &BTreeSet<usize>,
        shown: Shown,
        left: &mut usize,
    ) -> Option<Vec<usize>> {
        let (first, last) = (*active.first()?, *active.last()?);
        *left = left.checked_sub(last - first + 1)?;
        let is_shown = |at: &usize| {
            let piece = &self.pieces[*at];
            let is_now = piece.shown.begin <= shown.begin
                && piece.shown.end.is_none_or(|end| end > shown.begin);
            match piece.what {
                What::Words(..) => active.contains(at),
                What::Blanks(..) | What::Break | What::Span => is_now,
            }
        };
        Some((first..=last).filter(is_shown).collect())
    }

    /// Pieces of one time that follow each other.
    fn one_by_one(&self) -> Vec<Moment> {
        let mut moments: Vec<Moment> = Vec::new();
        for (at, piece) in self.words() {
            match moments.last_mut() {
                Some(moment) if moment.shown == piece.shown => moment.pieces.push(at),
                _ => moments.push(Moment {
                    shown: piece.shown,
                    pieces: vec![at],
                }),
            }
        }
        moments
    }
}

/// What happens to a piece at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Comes,
    Goes,
}

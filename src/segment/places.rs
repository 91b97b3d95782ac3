//! An utterance in, the places where it may be cut out, with all that a cut there costs.
//!
//! Only what does not fit pays for this: most utterances are one line.

use crate::model::{BreakLevel, Clock, Span};
use crate::segment::shown::Punctuation;
use crate::text::breaks::{Boundary, BreakKind, boundaries};
use crate::text::width::cluster_half_cells;

/// A place where a line may end and the next one start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Byte offset in the utterance.
    pub(super) offset: usize,
    /// What kind of place it is.
    pub(super) kind: BreakKind,
    /// Width of all before it, in half cells, as shown.
    half_cells: u32,
    /// The part of that which is not shown where a line ends here: spaces, dropped marks.
    trailing: u32,
    /// When what stands before it has been said.
    pub(super) said_us: u64,
    /// When what stands behind it starts to be said.
    pub(super) starts_us: u64,
}

impl Place {
    /// Width of a line from this place to `end`.
    pub(super) const fn half_cells_to(&self, end: &Self) -> u32 {
        end.half_cells
            .saturating_sub(end.trailing)
            .saturating_sub(self.half_cells)
    }
}

/// Where one utterance stands and when it is passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage<'t> {
    pub(super) words: &'t str,
    /// Of the words in the transcript.
    pub(super) span: Span,
    pub(super) index: usize,
    pub(super) clock: &'t Clock,
}

/// Finds places, with buffers that are used again for the next utterance.
#[derive(Debug, Default)]
pub(super) struct PlaceFinder {
    all: Vec<Place>,
    allowed: Vec<Place>,
}

impl PlaceFinder {
    /// The places of `passage`: its start, each allowed break, its end. Inside a run that is
    /// wider than `max_half_cells` and has no allowed break, every character is a place.
    pub(super) fn find(
        &mut self,
        passage: Passage<'_>,
        level: BreakLevel,
        punctuation: Punctuation<'_>,
        max_half_cells: u32,
    ) -> &[Place] {
        self.measure(passage, level, punctuation);
        self.choose(max_half_cells);
        for place in &mut self.allowed {
            let offset = passage.span.start() + place.offset;
            (place.said_us, place.starts_us) = passage.clock.around_us(passage.index, offset);
        }
        &self.allowed
    }

    /// Every boundary between characters, with its width and times.
    fn measure(&mut self, passage: Passage<'_>, level: BreakLevel, punctuation: Punctuation<'_>) {
        self.all.clear();
        let words = passage.words;
        let start = Boundary {
            offset: 0,
            kind: BreakKind::Sentence,
        };
        let end = Boundary {
            offset: words.len(),
            kind: BreakKind::Sentence,
        };
        let mut width = 0;
        let mut trailing = 0;
        let mut from = 0;
        for boundary in std::iter::once(start)
            .chain(boundaries(words, level))
            .chain([end])
        {
            let cluster = &words[from..boundary.offset];
            let next = words[boundary.offset..].chars().next();
            if let Some(c) = cluster.chars().next() {
                let shown = match punctuation.inside(c, next) {
                    Some(replacement) => replacement.len() as u32,
                    None => cluster_half_cells(cluster),
                };
                width += shown;
                trailing = if punctuation.drops_at_end(c) {
                    trailing + shown
                } else {
                    0
                };
            }
            from = boundary.offset;
            if next.is_some_and(char::is_whitespace) {
                // A line ends with its spaces; none starts with one, not even by force.
                continue;
            }
            let (said_us, starts_us) = (0, 0);
            self.all.push(Place {
                offset: boundary.offset,
                kind: boundary.kind,
                half_cells: width,
                trailing,
                said_us,
                starts_us,
            });
        }
    }

    /// The allowed places, and the others where a line would be too wide without them.
    fn choose(&mut self, max_half_cells: u32) {
        self.allowed.clear();
        let last = self.all.len() - 1;
        let mut run_start = 0;
        for at in 0..=last {
            let place = self.all[at];
            let is_end = at == last;
            if place.kind >= BreakKind::InWord && !is_end {
                continue;
            }
            if self.all[run_start].half_cells_to(&place) > max_half_cells {
                let inside = &self.all[run_start + 1..at];
                for forced in inside {
                    push_wider(&mut self.allowed, *forced);
                }
            }
            if is_end {
                // The end is a place even where nothing of width stands before it.
                self.allowed.push(place);
            } else {
                push_wider(&mut self.allowed, place);
            }
            run_start = at;
        }
    }
}

/// Adds a place that is further on than the last one. Places without width between them
/// (a run of zero-width characters) are one place: lines then have as many as they have
/// half cells at most.
fn push_wider(places: &mut Vec<Place>, place: Place) {
    if places
        .last()
        .is_none_or(|last| place.half_cells > last.half_cells)
    {
        places.push(place);
    }
}

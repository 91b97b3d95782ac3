//! An utterance in, the places where it may be cut out, with all that a cut there costs.
//!
//! Only what does not fit pays for this: most utterances are one line.

use crate::model::{BreakLevel, Clock, Span};
use crate::segment::extent::Extent;
use crate::segment::rewriter::Rewritten;
use crate::segment::shown::{Part, Punctuation};
use crate::text::breaks::{Boundary, BoundaryFinder, BreakKind};
use crate::text::class::everyday_han_ahead;
use crate::text::terms::Terms;

/// The worst kind of place in each tier. A tier is used where the ones before it leave a
/// run that is wider than a line.
const TIERS: [BreakKind; 2] = [BreakKind::BetweenSingles, BreakKind::InPhrase];

/// Into how many parts a line is divided to look for places inside a word.
const LINE_PARTS: u64 = 8;

/// A place where a line may end and the next one start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Byte offset in the words, in the marks of the profile.
    pub(super) offset: usize,
    /// The same in the words as written. Known of places that are allowed.
    pub(super) written: usize,
    /// What kind of place it is.
    pub(super) kind: BreakKind,
    /// How much there is before it.
    before: Shown,
    /// What a line that starts here does not show, and its first mark.
    leading: Extent,
    first: Extent,
    /// When what stands before it has been said.
    pub(super) said_us: u64,
    /// When what stands behind it starts to be said; at the end of an utterance, the next one.
    pub(super) starts_us: u64,
}

/// How much there is of a text, as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shown {
    all: Extent,
    /// The part of that which is not shown where a line ends here: spaces, dropped marks.
    trailing: Extent,
    /// How many clusters and words there are that are always shown.
    solid: u32,
}

impl Shown {
    /// Adds a cluster or a word of this part, of which so much is shown.
    fn add(&mut self, part: Part<'_>, shown: Extent) {
        self.all += shown;
        if part.drops_at_end() {
            self.trailing += shown;
        } else {
            self.trailing = Extent::default();
            self.solid += 1;
        }
    }
}

impl Place {
    /// With what is known before anything behind it is.
    fn new(boundary: Boundary, before: Shown, first: Extent) -> Self {
        Self {
            offset: boundary.offset,
            written: boundary.offset,
            kind: boundary.kind,
            before,
            leading: Extent::default(),
            first,
            said_us: 0,
            starts_us: 0,
        }
    }

    /// How much there is in a line from this place to `end`, as [`Punctuation::show`] shows it.
    #[inline]
    pub(super) fn extent_to(&self, end: &Self) -> Extent {
        if self.before.solid == end.before.solid {
            return self.first;
        }
        end.before.all - end.before.trailing - self.before.all - self.leading
    }
}

/// One utterance: its words, where they stand, and the clock that says when they are spoken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage<'t> {
    /// In the marks of the profile.
    pub(super) words: Rewritten<'t>,
    /// Of the words as written, in the transcript.
    pub(super) span: Span,
    pub(super) index: usize,
    pub(super) clock: &'t Clock,
}

/// When something else is said, or the recording ends; of a text without times, at once.
fn next_us(passage: Passage<'_>) -> u64 {
    let Passage { clock, index, .. } = passage;
    if index + 1 < clock.len() {
        clock.start_us(index + 1)
    } else if index < clock.len() {
        clock.media_end_us().unwrap_or(u64::MAX)
    } else {
        0
    }
}

/// What a text is measured and broken by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure<'m> {
    pub(super) level: BreakLevel,
    pub(super) terms: &'m Terms,
    pub(super) punctuation: Punctuation<'m>,
    pub(super) max_half_cells: u32,
}

/// What a cluster or a word of Chinese characters is to its line, and how much there is of it.
fn seen<'p>(piece: &str, punctuation: Punctuation<'p>) -> (Part<'p>, Extent) {
    let han = everyday_han_ahead(piece);
    if 3 * han == piece.len() {
        return (Part::Solid, Extent::of_han(han as u32));
    }
    (punctuation.part(piece), Extent::of_cluster(piece))
}

/// Finds places, with buffers that are used again for the next utterance.
#[derive(Debug, Default)]
pub(super) struct PlaceFinder {
    boundaries: BoundaryFinder,
    terms: Vec<Span>,
    all: Vec<Place>,
    allowed: Vec<Place>,
}

impl PlaceFinder {
    /// The places of `passage`: its start, each allowed break, its end. Inside a run that is
    /// wider than a line and has no allowed break, every character is a place.
    pub(super) fn find(&mut self, passage: Passage<'_>, measure: Measure<'_>) -> &[Place] {
        // Most utterances are cut well, and then nothing else is measured.
        self.measure(passage, measure, TIERS[0]);
        if self.has_wide_runs(measure.max_half_cells) {
            self.measure(passage, measure, BreakKind::InTerm);
        }
        self.choose(measure.max_half_cells);
        for place in &mut self.allowed {
            place.written = passage.words.written(place.offset);
            let offset = passage.span.start() + place.written;
            (place.said_us, place.starts_us) = passage.clock.around_us(passage.index, offset);
        }
        if let Some(end) = self.allowed.last_mut() {
            end.starts_us = next_us(passage).max(end.said_us);
        }
        &self.allowed
    }

    /// What the terms cover. A term is what it was written as, whatever marks are shown.
    fn find_terms(&mut self, words: Rewritten<'_>, measure: Measure<'_>) {
        let Measure {
            terms,
            max_half_cells,
            ..
        } = measure;
        terms.cover(words.source, max_half_cells, &mut self.terms);
        for term in &mut self.terms {
            let [start, end] = [term.start(), term.end()].map(|at| words.shown(at));
            *term = Span::new(start, end);
        }
    }

    fn has_wide_runs(&self, max_half_cells: u32) -> bool {
        let is_wide = |run: &[Place]| run[0].extent_to(&run[1]).half_cells > max_half_cells;
        self.all.windows(2).any(is_wide)
    }

    /// Every boundary between characters that is no worse than `worst`, with its width.
    fn measure(&mut self, passage: Passage<'_>, measure: Measure<'_>, worst: BreakKind) {
        self.all.clear();
        let words = passage.words.text;
        self.find_terms(passage.words, measure);
        let between = self
            .boundaries
            .find_around(words, measure.level, &self.terms);
        let between = if worst < BreakKind::InWord {
            between.but_in_words()
        } else {
            between
        };
        let [start, end] = [0, words.len()].map(|offset| Boundary {
            offset,
            kind: BreakKind::Sentence,
        });
        let mut before = Shown::default();
        let mut from = start;
        // Those behind which nothing has been shown yet.
        let mut bare = 0;
        for to in between.chain([end]) {
            let piece = &words[from.offset..to.offset];
            let (part, first) = seen(piece, measure.punctuation);
            // A line ends with its spaces; none starts with one, not even by force.
            if from.offset == 0 || (part != Part::Space && from.kind <= worst) {
                self.all.push(Place::new(from, before, first));
            }
            if !part.drops_at_start() {
                for place in &mut self.all[bare..] {
                    place.leading = before.all - place.before.all;
                }
                bare = self.all.len();
            }
            let shown = match part {
                Part::Other(other) => Extent::of(other),
                Part::Blank(blank) => {
                    let next = words[to.offset..].chars().next();
                    Extent::of(measure.punctuation.blank_before(blank, next))
                }
                Part::Solid | Part::Mark | Part::Space => first,
            };
            before.add(part, shown);
            from = to;
        }
        self.all.push(Place::new(end, before, Extent::default()));
    }

    /// The allowed places, and others where a line would be too wide without them.
    fn choose(&mut self, max_half_cells: u32) {
        self.allowed.clear();
        let last = self.all.len() - 1;
        self.allowed.push(self.all[0]);
        self.fill(0, last, &TIERS, max_half_cells);
        if last > 0 {
            // The end is a place even where nothing of width stands before it.
            self.allowed.push(self.all[last]);
        }
    }

    /// The places between two, of the first tier; between two of these that are further
    /// apart than a line is wide, those of the next.
    fn fill(&mut self, start: usize, end: usize, tiers: &[BreakKind], max_half_cells: u32) {
        let [tier, further @ ..] = tiers else {
            return self.fill_by_width(start, end, max_half_cells);
        };
        let mut run_start = start;
        for at in start + 1..=end {
            if self.all[at].kind > *tier && at < end {
                continue;
            }
            if self.all[run_start].extent_to(&self.all[at]).half_cells > max_half_cells {
                self.fill(run_start, at, further, max_half_cells);
            }
            if at < end {
                self.push_wider(self.all[at]);
            }
            run_start = at;
        }
    }

    /// Of the places inside a run that cannot be broken well, those nearest to the eighths of
    /// a line: an address of a megabyte is cut in as many steps as it has lines. Within a
    /// line of where the kind changes every place counts: a letter may have to go down with
    /// the marks behind it.
    fn fill_by_width(&mut self, start: usize, end: usize, max_half_cells: u32) {
        let mut at = start + 1;
        while at < end {
            let kind = self.all[at].kind;
            let alike = self.all[at..end].iter();
            let change = at + alike.take_while(|place| place.kind == kind).count();
            let mut parts = 0;
            for thinned in at..change {
                let place = self.all[thinned];
                let before = place.before.all.half_cells - self.all[start].before.all.half_cells;
                let behind = self.all[change].before.all.half_cells - place.before.all.half_cells;
                let reached = u64::from(before) * LINE_PARTS / u64::from(max_half_cells);
                if reached > parts || behind <= max_half_cells {
                    parts = reached;
                    self.push_wider(place);
                }
            }
            at = change;
        }
    }

    /// Adds a place that is further on than the last one. Places without width between them
    /// (a run of zero-width characters) are one place: lines then have as many as they have
    /// half cells at most.
    fn push_wider(&mut self, place: Place) {
        let last = self.allowed.last();
        if last.is_none_or(|last| place.before.all.half_cells > last.before.all.half_cells) {
            self.allowed.push(place);
        }
    }
}

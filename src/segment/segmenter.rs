//! One utterance after the other in, the cues and lines of each out, with buffers that are
//! used again for the next.

use crate::model::{Segments, Span};
use crate::segment::cut::{CutLine, Cutter};
use crate::segment::limits::Limits;
use crate::segment::places::{Measure, Passage, Place, PlaceFinder};
use crate::segment::shown::{Punctuation, Shown};
use crate::segment::{Explained, Layout};
use crate::text::breaks::BreakKind;

#[derive(Debug)]
pub(super) struct Segmenter<'l> {
    measure: Measure<'l>,
    limits: Limits,
    finder: PlaceFinder,
    cutter: Cutter,
    lines: Lines<'l>,
}

/// The lines that have been made, and what it takes to make one.
#[derive(Debug)]
struct Lines<'l> {
    punctuation: Punctuation<'l>,
    /// A line in the marks that it is shown in.
    buffer: String,
    made: Explained,
}

impl<'l> Segmenter<'l> {
    /// With room for the cues of so many utterances.
    pub(super) fn of(layout: Layout<'l>, utterances: usize) -> Self {
        let limits = Limits::of(layout.profile);
        let punctuation = Punctuation::of(layout.profile);
        Self {
            measure: Measure {
                level: layout.profile.break_level(layout.language),
                terms: layout.terms,
                punctuation,
                max_half_cells: limits.max_half_cells,
            },
            limits,
            finder: PlaceFinder::default(),
            cutter: Cutter::default(),
            lines: Lines {
                punctuation,
                buffer: String::new(),
                made: Explained {
                    segments: Segments::with_capacity(utterances),
                    ends: Vec::with_capacity(utterances),
                },
            },
        }
    }

    /// All that was made.
    pub(super) fn finish(self) -> Explained {
        self.lines.made
    }

    /// Adds the cues of an utterance.
    pub(super) fn utterance(&mut self, passage: Passage<'_>) {
        let clock = passage.clock;
        let spoken_us = clock.end_us(passage.index) - clock.start_us(passage.index);
        if spoken_us <= self.limits.max_us {
            self.words(passage);
        } else {
            self.cut(passage);
        }
    }

    /// Adds the cues of words that no time limits.
    pub(super) fn words(&mut self, passage: Passage<'_>) {
        let Lines {
            punctuation,
            buffer,
            made,
        } = &mut self.lines;
        let words = passage.words.text;
        let shown = punctuation.show(words, buffer);
        if self.limits.have(shown.of(words, buffer)) {
            let whole = Span::new(0, words.len());
            push_line(&mut made.segments, passage, whole, shown, buffer);
            made.ends.push(BreakKind::Sentence);
            made.segments.push_segment(passage.index, 0, passage.span);
        } else {
            self.cut(passage);
        }
    }

    /// Adds the cues of an utterance that is not one line.
    fn cut(&mut self, passage: Passage<'_>) {
        let places = self.finder.find(passage, self.measure);
        let lines = self.cutter.cut(places, &self.limits);
        let is_cut = lines.last().is_some_and(|line| line.cue > 0);
        for cue in lines.chunk_by(|line, next| line.cue == next.cue) {
            let part = if is_cut { cue[0].cue as u32 + 1 } else { 0 };
            self.lines.cue(passage, places, cue, part);
        }
    }
}

impl Lines<'_> {
    /// Adds one cue, the `part`th of its utterance.
    fn cue(&mut self, passage: Passage<'_>, places: &[Place], cue: &[CutLine], part: u32) {
        for line in cue {
            let piece = Span::new(places[line.start].offset, places[line.end].offset);
            let Self {
                punctuation,
                buffer,
                made,
            } = self;
            let shown = punctuation.show(piece.of(passage.words.text), buffer);
            push_line(&mut made.segments, passage, piece, shown, buffer);
            made.ends.push(places[line.end].kind);
        }
        if let (Some(first), Some(last)) = (cue.first(), cue.last()) {
            let said = Span::new(places[first.start].written, places[last.end].written);
            let said = said.shifted(passage.span.start());
            let segments = &mut self.made.segments;
            segments.push_segment(passage.index, part, said);
        }
    }
}

/// Adds a line: a place in the transcript, where it is shown as it stands there.
fn push_line(
    segments: &mut Segments,
    passage: Passage<'_>,
    piece: Span,
    shown: Shown,
    buffer: &str,
) {
    match shown {
        Shown::Part(part) if passage.words.is_as_written() => {
            segments.push_written(part.shifted(passage.span.start() + piece.start()));
        }
        Shown::Part(_) | Shown::Rewritten => {
            segments.push_rewritten(shown.of(piece.of(passage.words.text), buffer));
        }
    }
}

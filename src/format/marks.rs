//! Markup between a format's tags and the model's table of marks.
//!
//! Reading: tags open and close in any order and over several lines; a mark is over a part
//! of one line. Writing: marks may overlap; tags must nest.

use crate::format::out::Out;
use crate::model::{LineView, Mark, MarkKind, Track, TrackBuilder};

/// Deepest nesting that is followed. Each open mark costs one for every line.
const DEEPEST: usize = 16;

/// The marks that are open while a cue is read.
#[derive(Debug, Default)]
pub(super) struct OpenMarks {
    /// What is open, and where in the builder's text it began on this line.
    open: Vec<(MarkKind, usize)>,
}

impl OpenMarks {
    /// A tag opens.
    pub(super) fn open(&mut self, kind: MarkKind, builder: &TrackBuilder) {
        if self.open.len() < DEEPEST {
            self.open.push((kind, builder.here()));
        }
    }

    /// A tag closes. One that was not open is nothing.
    pub(super) fn close(&mut self, kind: MarkKind, builder: &mut TrackBuilder) {
        if let Some(at) = self.open.iter().rposition(|&(open, _)| open == kind) {
            let (_, from) = self.open.remove(at);
            builder.mark(from, kind);
        }
    }

    /// A tag closes that is only known where it is the last one that was opened.
    pub(super) fn close_innermost(&mut self, kind: MarkKind, builder: &mut TrackBuilder) {
        if self.open.last().is_some_and(|&(open, _)| open == kind) {
            self.close(kind, builder);
        }
    }

    /// The line ends: what is open is open on the next one too.
    pub(super) fn end_line(&mut self, language: u8, builder: &mut TrackBuilder) {
        for (kind, from) in &mut self.open {
            builder.mark(*from, *kind);
            *from = builder.here();
        }
        builder.end_line(language);
    }

    /// The cue ends, and all that is open with it.
    pub(super) fn end_cue(&mut self) {
        self.open.clear();
    }
}

/// What stands over a ruby's text; nothing over any other mark.
pub(super) fn reading_of<'t>(track: &'t Track, mark: &Mark) -> &'t str {
    match mark.kind {
        MarkKind::Ruby(reading) => track.reading(reading),
        MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => "",
    }
}

/// How a format writes markup.
pub(super) struct MarkWriter {
    /// Prints the tag that opens a mark.
    pub(super) open: fn(&Mark, &mut Out<'_>),
    /// Prints the tag that closes it. Of a ruby the reading is printed here.
    pub(super) close: fn(&Mark, &str, &mut Out<'_>),
    /// Prints text, with what the format must escape.
    pub(super) text: fn(&str, &mut Out<'_>),
}

impl MarkWriter {
    /// Prints a line; `reading` gives the text of a ruby mark's reading.
    #[inline]
    pub(super) fn line<'t>(
        &self,
        line: &LineView<'t>,
        reading: impl Fn(&Mark) -> &'t str,
        out: &mut Out<'_>,
    ) {
        match line.marks {
            // Words alone have nothing to escape.
            [] if line.is_plain => out.push_str(line.text),
            [] => (self.text)(line.text, out),
            _ => self.marked(line, reading, out),
        }
    }

    fn marked<'t>(
        &self,
        line: &LineView<'t>,
        reading: impl Fn(&Mark) -> &'t str,
        out: &mut Out<'_>,
    ) {
        let mut open: Vec<Mark> = Vec::new();
        let mut waiting = line.marks.iter().copied().peekable();
        let mut at = line.span.start();
        loop {
            let next_end = open.iter().map(|mark| mark.span.end()).min();
            let next_start = waiting.peek().map(|mark| mark.span.start());
            let to = [next_end, next_start].into_iter().flatten().min();
            let to = to.unwrap_or(line.span.end());
            let piece = at - line.span.start()..to - line.span.start();
            (self.text)(line.text.get(piece).unwrap_or_default(), out);
            at = to;
            if next_end == Some(at) {
                self.close_at(at, &mut open, &reading, out);
            } else if let Some(mark) = waiting.next_if(|mark| mark.span.start() == at) {
                self.open_mark(mark, &mut open, &reading, out);
            } else {
                return;
            }
        }
    }

    /// Opens a mark. A ruby is one piece: what is open and ends inside of it goes on inside.
    fn open_mark<'t>(
        &self,
        mark: Mark,
        open: &mut Vec<Mark>,
        reading: &impl Fn(&Mark) -> &'t str,
        out: &mut Out<'_>,
    ) {
        let crosses = |other: &Mark| other.span.end() < mark.span.end();
        let first = match mark.kind {
            MarkKind::Ruby(_) => open.iter().position(crosses).unwrap_or(open.len()),
            MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => open.len(),
        };
        for inner in open[first..].iter().rev() {
            (self.close)(inner, reading(inner), out);
        }
        open.insert(first, mark);
        for inner in &open[first..] {
            (self.open)(inner, out);
        }
    }

    /// Closes the marks that end at `at`; one that was opened later and goes on is closed
    /// and opened again, because tags must nest.
    fn close_at<'t>(
        &self,
        at: usize,
        open: &mut Vec<Mark>,
        reading: &impl Fn(&Mark) -> &'t str,
        out: &mut Out<'_>,
    ) {
        let Some(outermost) = open.iter().position(|mark| mark.span.end() == at) else {
            return;
        };
        for mark in open[outermost..].iter().rev() {
            (self.close)(mark, reading(mark), out);
        }
        let goes_on: Vec<Mark> = open
            .drain(outermost..)
            .filter(|mark| mark.span.end() > at)
            .collect();
        for mark in goes_on {
            (self.open)(&mark, out);
            open.push(mark);
        }
    }
}

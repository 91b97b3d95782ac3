//! What was found in a line in, its place in the source out.

use crate::model::Span;
use crate::text::class::invisible_run;

/// The first control characters of a line.
pub(super) fn controls(source: &str, line: Span) -> Span {
    let text = line.of(source);
    let is_control = |c: char| c.is_control() && c != '\t';
    let start = text.find(is_control).unwrap_or_default();
    let run = &text[start..];
    let length = run.find(|c| !is_control(c)).unwrap_or(run.len());
    Span::new(0, length).shifted(line.start() + start)
}

/// The first zero-width characters of a line that stand in a row.
pub(super) fn invisible(source: &str, line: Span) -> Span {
    invisible_run(line.of(source)).map_or(line, |run| run.shifted(line.start()))
}

/// Where marks stand on their line.
pub(super) fn marks(source: &str, marks: &str, line: Span) -> Span {
    Span::within(source, marks).unwrap_or_else(|| {
        // The line was mended, and is no slice of the source any more.
        let found = line.of(source).find(marks);
        found.map_or(line, |at| {
            Span::new(at, at + marks.len()).shifted(line.start())
        })
    })
}

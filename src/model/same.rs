//! Two tracks in, whether they show the same out.
//!
//! Ranges say nothing here: the text of one may stand in the file that it was read from, that of
//! the other in a buffer of its own.

use crate::model::{Cue, LineView, MarkKind, Track};

impl PartialEq for Track {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.cues.iter().zip(&other.cues);
        self.cues.len() == other.cues.len()
            && pairs.all(|(cue, theirs)| {
                self.name(cue) == other.name(theirs) && self.shows_as(cue, other, theirs)
            })
            && self.chapters().eq(other.chapters())
    }
}

impl Eq for Track {}

impl Track {
    /// Whether a cue is shown as one of another track is: when, where, by whom it is said and in
    /// which lines, whatever both are called.
    #[must_use]
    pub fn shows_as(&self, cue: &Cue, other: &Self, theirs: &Cue) -> bool {
        let mut lines = self.lines(cue).zip(other.lines(theirs));
        let is_same_line = |(line, theirs): (LineView<'_>, LineView<'_>)| {
            (line.text, line.language) == (theirs.text, theirs.language)
                && self.marks_in(&line).eq(other.marks_in(&theirs))
        };
        cue.interval == theirs.interval
            && cue.position == theirs.position
            && self.speaker(cue) == other.speaker(theirs)
            && cue.line_count() == theirs.line_count()
            && lines.all(is_same_line)
    }

    /// The marks of a line: where in it, what, and what stands over it.
    pub(crate) fn marks_in<'t>(
        &'t self,
        line: &LineView<'t>,
    ) -> impl Iterator<Item = impl PartialEq + 't> {
        let start = line.span.start();
        line.marks.iter().map(move |mark| match mark.kind {
            MarkKind::Ruby(reading) => (mark.span.earlier(start), None, self.reading(reading)),
            kind => (mark.span.earlier(start), Some(kind), ""),
        })
    }
}

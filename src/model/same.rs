//! Two tracks in, whether they show the same out.
//!
//! Ranges say nothing here: the text of one may stand in the file that it was read from, that of
//! the other in a buffer of its own.

use crate::model::{Cue, LineView, MarkKind, Track};

impl PartialEq for Track {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.cues.iter().zip(&other.cues);
        self.cues.len() == other.cues.len()
            && pairs.all(|(cue, theirs)| self.shows(cue, other, theirs))
            && self.chapters().eq(other.chapters())
    }
}

impl Eq for Track {}

impl Track {
    /// Whether a cue is the same as one of another track.
    fn shows(&self, cue: &Cue, other: &Self, theirs: &Cue) -> bool {
        let mut lines = self.lines(cue).zip(other.lines(theirs));
        let is_same_line = |(line, theirs): (LineView<'_>, LineView<'_>)| {
            (line.text, line.language) == (theirs.text, theirs.language)
                && self.marks_in(&line).eq(other.marks_in(&theirs))
        };
        cue.interval == theirs.interval
            && cue.position == theirs.position
            && self.name(cue) == other.name(theirs)
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

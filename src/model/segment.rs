//! Where the text of a transcript is cut for reading.

use crate::model::{Span, Transcript};

/// The pieces that become cues, in order, with the lines that each shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segments {
    /// In the order of the transcript.
    pub segments: Vec<Segment>,
    /// The lines of all segments.
    pub lines: Vec<ShownLine>,
    /// The buffer of lines that are shown in other marks than they were written in.
    pub rewritten: String,
}

/// A piece of an utterance: one cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Index of the utterance.
    pub utterance: u32,
    /// Which piece of it, from 1; 0 where it was not cut.
    pub part: u32,
    /// What is said in it: a range of the transcript's text, for the clock.
    pub said: Span,
    /// Its lines in [`Segments::lines`].
    pub first_line: u32,
    /// One past its last line.
    pub end_line: u32,
}

/// A line as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownLine {
    /// As the transcript has it.
    Written(Span),
    /// With other marks: a range of [`Segments::rewritten`].
    Rewritten(Span),
}

impl Segments {
    /// None yet, with room for those of so many utterances.
    #[must_use]
    pub fn with_capacity(utterances: usize) -> Self {
        Self {
            segments: Vec::with_capacity(utterances + utterances / 8),
            lines: Vec::with_capacity(utterances + utterances / 4),
            rewritten: String::new(),
        }
    }

    /// Adds a line of the segment that is pushed next: what stands there in the transcript's
    /// text.
    pub fn push_written(&mut self, written: Span) {
        self.lines.push(ShownLine::Written(written));
    }

    /// Adds a line of the segment that is pushed next, in other marks than it was written in.
    pub fn push_rewritten(&mut self, line: &str) {
        let start = self.rewritten.len();
        self.rewritten.push_str(line);
        let shown = Span::new(start, self.rewritten.len());
        self.lines.push(ShownLine::Rewritten(shown));
    }

    /// Adds the segment that the lines since the last one make.
    pub fn push_segment(&mut self, utterance: usize, part: u32, said: Span) {
        self.segments.push(Segment {
            utterance: utterance as u32,
            part,
            said,
            first_line: self.segments.last().map_or(0, |last| last.end_line),
            end_line: self.lines.len() as u32,
        });
    }

    /// The lines of a segment, from the top.
    pub fn lines<'s>(
        &'s self,
        segment: &Segment,
        transcript: &'s Transcript,
    ) -> impl Iterator<Item = &'s str> {
        let range = segment.first_line as usize..segment.end_line as usize;
        let lines = self.lines.get(range).unwrap_or_default();
        lines.iter().map(|line| match line {
            ShownLine::Written(span) => span.of(&transcript.text),
            ShownLine::Rewritten(span) => span.of(&self.rewritten),
        })
    }
}

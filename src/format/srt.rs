//! SubRip (SRT): text in, a track out, and back.
//!
//! There is no specification. What is written is what every player reads: numbered from 1,
//! three digits of milliseconds behind a comma, no blank line inside a cue, LF, no byte
//! order mark. What is read is what files have; each mend is reported.

use std::borrow::Cow;
use std::io;

use crate::format::clock::{
    TimeLine, UNREADABLE, is_index, is_subrip, is_time_line, may_be_times, time_line, time_spans,
};
use crate::format::draft::{CONTROL, Draft, NO_END, NOTHING, REVERSED};
use crate::format::marks::MarkWriter;
use crate::format::out::Out;
use crate::format::plain::{END_AT, Head, PlainCue};
use crate::format::rebuilt::GUARD;
use crate::format::tags::{self, TaggedText};
use crate::model::{CueTimes, Kind, Mark, MarkKind, Severity, Span, Timestamp, Track, kinds};
use crate::text::class::{trimmed, without_controls};
use crate::text::lines::Lines;

/// How many lines are looked at for a time line.
const LOOK_LINES: usize = 50;

kinds! {
    Format;
    INDEX: Repair, "index",
        "expected the number of the cue before its times",
        "cues are numbered anew when they are written";
    BLANK_IN_CUE: Repair, "blank-line-in-cue",
        "expected the lines of a cue without a blank line between them",
        "the blank line was dropped";
    NO_BLANK: Repair, "no-blank-line",
        "expected a blank line before the next cue",
        "the cue was ended before its number";
    TAIL: Note, "cue-settings",
        "expected nothing behind the times",
        "it was dropped";
    STYLING: Note, "styling",
        "expected bold, italic, underline or a position for markup",
        "other styling was dropped, its text was kept";
    ESCAPE: Repair, "ass-escape",
        "expected a line end or a space, found the \\N or \\h of ASS",
        "it was read as that, as players do";
    UNTIMED: Fault, "text-without-times",
        "expected times before the text of a cue",
        "the text was dropped; give it its times";
    CUT_OFF: Repair, "cut-off",
        "expected times behind the number of a cue, found the end",
        "the number was dropped";
}

/// Whether a text is plainly of this format.
pub(super) fn looks_like(text: &str) -> bool {
    is_subrip(
        Lines::plain(text)
            .take(LOOK_LINES)
            .map(|line| line.of(text)),
    )
}

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    let mut lines = Lines::plain(draft.source);
    let mut reader = Reader::new(draft);
    loop {
        while let Some(behind) = reader.plain_cue(lines.offset()) {
            lines.go_on_at(behind);
        }
        let Some(line) = lines.next() else { break };
        reader.line(line);
    }
    reader.finish();
}

/// Where a line of text needs a guard: before what would be read as times, and inside of what
/// would be read as markup.
pub(super) fn guards(line: &str, places: &mut Vec<usize>) {
    if is_time_line(line) {
        places.push(0);
    }
    tags::guards(line, places);
}

/// Prints a time in place of another.
pub(super) fn print_time(_: &str, at: Timestamp, out: &mut Out<'_>) {
    out.clock(at, b',');
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    for (index, cue) in track.cues().iter().enumerate() {
        out.numbered_times(index as u32 + 1, cue.interval, b',');
        out.push('\n');
        if let Some(position) = track.position(cue) {
            out.push_str("{\\an");
            out.number(u32::from(position.keypad()), 1);
            out.push('}');
        }
        for line in track.lines(cue) {
            MARKS.line(&line, |_| "", out);
            out.push('\n');
        }
        out.push('\n');
        out.end_cue()?;
    }
    Ok(())
}

const MARKS: MarkWriter = MarkWriter {
    open: |mark, out| tag(mark, "<", out),
    close: |mark, _, out| tag(mark, "</", out),
    text: |text, out| out.push_str(text),
};

fn tag(mark: &Mark, bracket: &str, out: &mut Out<'_>) {
    let name = match mark.kind {
        MarkKind::Bold => "b>",
        MarkKind::Italic => "i>",
        MarkKind::Underline => "u>",
        // Taken away before: SubRip has none.
        MarkKind::Ruby(_) => return,
    };
    out.push_str(bracket);
    out.push_str(name);
}

struct Reader<'r, 't> {
    source: &'t str,
    draft: &'r mut Draft<'t>,
    language: u8,
    text: TaggedText,
    /// The times of the cue whose text is being read.
    open: Option<CueTimes>,
    /// The last line that was neither blank nor times: the next line tells whether it is
    /// text or the number of a cue.
    held: Option<Held>,
    blank_before: bool,
    last_index: Option<u64>,
    last_end: Timestamp,
}

#[derive(Clone, Copy)]
struct Held {
    line: Span,
    after_blank: bool,
}

impl<'r, 't> Reader<'r, 't> {
    fn new(draft: &'r mut Draft<'t>) -> Self {
        draft.expect_cues_of(70);
        let language = draft.unknown_language();
        Self {
            source: draft.source,
            draft,
            language,
            text: TaggedText::default(),
            open: None,
            held: None,
            blank_before: true,
            last_index: None,
            last_end: Timestamp::ZERO,
        }
    }

    /// A cue without anything to look at, behind a blank line: gives where it ends.
    fn plain_cue(&mut self, at: usize) -> Option<usize> {
        if !self.blank_before {
            return None;
        }
        let cue = PlainCue::at(self.source, at, b',')?;
        let Head::Number(number) = cue.head else {
            return None;
        };
        let follows = self
            .last_index
            .is_none_or(|last| last.checked_add(1) == Some(u64::from(number)));
        let in_order = cue.start >= self.draft.last_start();
        if !follows || !in_order || cue.lines().iter().any(|line| self.may_be_other(*line)) {
            return None;
        }
        self.release();
        self.end_cue();
        self.last_index = Some(u64::from(number));
        self.last_end = cue.end;
        self.draft.in_order(cue.start, Span::default());
        if self.draft.wants_places() {
            let times = Span::new(cue.times_at, cue.times_at + END_AT);
            self.draft
                .start_at(Span::new(times.start(), times.start() + 12), cue.start);
            self.draft
                .end_at(Span::new(times.end(), times.end() + 12), cue.end, cue.start);
        }
        cue.push_lines(self.source, self.language, &mut self.draft.builder);
        self.open = Some(CueTimes::new(cue.start, cue.end));
        Some(cue.behind)
    }

    /// Whether a line may be times, or the number of a cue, or has a guard before its text.
    fn may_be_other(&self, line: Span) -> bool {
        let line = line.of(self.source);
        may_be_times(line)
            && (line.starts_with(GUARD) || is_time_line(line) || is_index(line) || is_blank(line))
    }

    fn line(&mut self, line: Span) {
        let text = line.of(self.source);
        if is_blank(text) {
            self.blank_before = true;
            return;
        }
        if let Some(times) = time_line(text) {
            self.times(line, times);
        } else {
            self.release();
            let after_blank = self.blank_before;
            self.held = Some(Held { line, after_blank });
        }
        self.blank_before = false;
    }

    /// A time line: what was held is the number of the cue, or the last text of the one
    /// before.
    fn times(&mut self, line: Span, times: Result<TimeLine<'_>, &'static Kind>) {
        let index = self
            .held
            .take_if(|held| is_index(held.line.of(self.source)));
        self.release();
        self.end_cue();
        self.check_index(index, line);
        let times = times.unwrap_or(TimeLine {
            start: self.last_end,
            end: Some(self.last_end),
            finding: Some(&UNREADABLE),
            tail: "",
        });
        let reversed = times.end.is_some_and(|end| end <= times.start);
        let finding = match times.finding {
            Some(kind) if kind.severity == Severity::Fault => Some(kind),
            _ if times.end.is_none() => Some(&NO_END),
            _ if reversed => Some(&REVERSED),
            finding => finding,
        };
        if let Some(kind) = finding {
            self.draft.found(kind, line);
        }
        if !times.tail.is_empty() {
            self.draft.found(&TAIL, line);
        }
        self.draft.in_order(times.start, line);
        if self.draft.wants_places() {
            self.places(line, &times);
        }
        self.last_end = times.end.unwrap_or(times.start);
        self.open = Some(CueTimes::new(times.start, self.last_end));
    }

    fn places(&mut self, line: Span, times: &TimeLine<'_>) {
        let (start, end) = time_spans(line.of(self.source));
        let place = |span: Span| span.shifted(line.start());
        if let Some(start) = start {
            self.draft.start_at(place(start), times.start);
        }
        if let Some((end, at)) = end.zip(times.end) {
            self.draft.end_at(place(end), at, times.start);
        }
    }

    fn check_index(&mut self, index: Option<Held>, times: Span) {
        let Some(held) = index else {
            self.draft.found(&INDEX, times);
            return;
        };
        if !held.after_blank && self.draft.cue_count() > 0 {
            self.draft.found(&NO_BLANK, held.line);
        }
        let number = held.line.of(self.source).trim().parse::<u64>().ok();
        let follows = match (self.last_index, number) {
            (Some(last), Some(number)) => number == last.saturating_add(1),
            (None, Some(_)) => true,
            (_, None) => false,
        };
        if !follows {
            self.draft.found(&INDEX, held.line);
        }
        self.last_index = number;
    }

    /// What is held is text.
    fn release(&mut self) {
        let Some(held) = self.held.take() else { return };
        if self.open.is_none() {
            return self.draft.found(&UNTIMED, held.line);
        }
        if held.after_blank {
            self.draft.found(&BLANK_IN_CUE, held.line);
        }
        let line = without_controls(held.line.of(self.source));
        if let Cow::Owned(_) = line {
            self.draft.found(&CONTROL, held.line);
        }
        let seen = self
            .text
            .line(&line, self.language, &mut self.draft.builder);
        if seen.dropped_styling {
            self.draft.found(&STYLING, held.line);
        }
        if seen.escapes {
            self.draft.found(&ESCAPE, held.line);
        }
    }

    fn end_cue(&mut self) {
        if let Some(times) = self.open.take() {
            self.text.end_cue();
            let id = self.draft.next_id();
            self.draft.cue(id, times);
        }
    }

    fn finish(mut self) {
        let cut_off = self
            .held
            .take_if(|held| held.after_blank && is_index(held.line.of(self.source)));
        if let Some(held) = cut_off {
            self.draft.found(&CUT_OFF, held.line);
        }
        self.release();
        self.end_cue();
        if self.draft.cue_count() == 0 {
            self.draft.found(&NOTHING, Span::default());
        }
    }
}

fn is_blank(line: &str) -> bool {
    trimmed(line).is_empty()
}

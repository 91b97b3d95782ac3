//! SBV, YouTube's captions: text in, a track out, and back.
//!
//! `0:00:01.000,0:00:02.500`, the lines of the cue, a blank line. There is no numbering and no
//! markup: what looks like it is text. What is read is what files have; each mend is reported.

use std::borrow::Cow;
use std::io;

use crate::format::clock::{LooseTime, loose_time, print_like};
use crate::format::draft::{CONTROL, Draft, NOTHING};
use crate::format::out::Out;
use crate::format::rebuilt::GUARD;
use crate::model::{CueTimes, Kind, Severity, Span, Timestamp, Track, kinds};
use crate::text::class::{trimmed, without_controls};
use crate::text::lines::Lines;

/// How many lines are looked at for one of times.
const LOOK_LINES: usize = 50;

/// What is longer is text.
const LONGEST_TIMES: usize = 100;

kinds! {
    Format;
    LOOSE_TIME: Repair, "loose-time",
        "expected times such as 0:00:01.000,0:00:02.500",
        "they were read as what they most likely are";
    UNREADABLE: Fault, "unreadable-time",
        "expected times such as 0:00:01.000,0:00:02.500",
        "the text was put behind the cue before; give it its times";
    BLANK_IN_CUE: Repair, "blank-line-in-cue",
        "expected the lines of a cue without a blank line between them",
        "the blank line was dropped";
    NO_BLANK: Repair, "no-blank-line",
        "expected a blank line before the next cue",
        "the cue was ended before its times";
    TAIL: Repair, "text-behind-times",
        "expected the text of a cue below its times",
        "what stands behind them was taken as its first line";
    UNTIMED: Fault, "text-without-times",
        "expected times before the text of a cue",
        "the text was dropped; give it its times";
    BREAK: Note, "markup",
        "expected plain text, found [br]",
        "it was kept as text: YouTube reads no markup in this format";
}

/// Whether a text is plainly of this format: it begins with times.
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines = Lines::plain(text)
        .take(LOOK_LINES)
        .map(|line| trimmed(line.of(text)));
    let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
    matches!(
        time_line(first),
        Some(TimeLine {
            end: Some(_),
            tail: "",
            ..
        })
    )
}

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    draft.expect_cues_of(60);
    let source = draft.source;
    let language = draft.unknown_language();
    let mut reader = Reader {
        draft,
        language,
        open: None,
        blank_before: true,
        last_end: Timestamp::ZERO,
    };
    for line in Lines::plain(source) {
        reader.line(line.of(source));
    }
    reader.end_cue();
    if reader.draft.cue_count() == 0 {
        reader.draft.found(&NOTHING, Span::default());
    }
}

/// A line of text that would be read as times needs a guard before it.
pub(super) fn guards(line: &str, places: &mut Vec<usize>) {
    if time_line(line).is_some() {
        places.push(0);
    }
}

/// Prints a time in place of another.
pub(super) fn print_time(was: &str, at: Timestamp, out: &mut Out<'_>) {
    print_like(was, at, out);
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    for cue in track.cues() {
        out.display(cue.interval.start());
        out.push(',');
        out.display(cue.interval.end());
        out.push('\n');
        for line in track.lines(cue) {
            out.push_str(line.text);
            out.push('\n');
        }
        out.push('\n');
        out.end_cue()?;
    }
    Ok(())
}

/// A line of times, as far as they could be read.
struct TimeLine<'l> {
    start: Option<WrittenTime<'l>>,
    end: Option<WrittenTime<'l>>,
    /// What stands behind the second time.
    tail: &'l str,
}

#[derive(Clone, Copy)]
struct WrittenTime<'l> {
    at: Timestamp,
    text: &'l str,
    finding: Option<&'static Kind>,
}

/// The times of a line; `None` where the line is not one of times. One that is meant to be, and
/// cannot be read, has none.
fn time_line(line: &str) -> Option<TimeLine<'_>> {
    let line = trimmed(line);
    if line.len() > LONGEST_TIMES || !line.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let mut commas = line.match_indices(',').map(|(at, _)| at);
    let read = commas.find_map(|at| {
        let (start, rest) = written_time(&line[..at])?;
        if !rest.is_empty() {
            return None;
        }
        let behind = &line[at + 1..];
        let (end, tail) = match written_time(behind) {
            Some((end, tail)) => (Some(end), tail),
            None if behind.trim().is_empty() => (None, ""),
            None => return None,
        };
        let start = Some(start);
        Some(TimeLine { start, end, tail })
    });
    let unreadable = || TimeLine {
        start: None,
        end: None,
        tail: "",
    };
    read.or_else(|| is_meant_as_times(line).then(unreadable))
}

/// A time, and what stands behind it. Hours and minutes alone are no time of a cue: `8:00,9:00`
/// is text.
fn written_time(text: &str) -> Option<(WrittenTime<'_>, &str)> {
    let (rest, read) = loose_time(text).ok()?;
    let written = text[..text.len() - rest.len()].trim();
    let is_whole = written.matches(':').count() > 1 || written.contains(['.', ',']);
    let LooseTime { at, finding } = read.ok().filter(|_| is_whole)?;
    let loose = (!is_strict(written)).then_some(&LOOSE_TIME);
    let time = WrittenTime {
        at,
        text: written,
        finding: finding.or(loose),
    };
    Some((time, rest))
}

/// Digits, `:mm:ss.mmm`.
fn is_strict(time: &str) -> bool {
    let (hours, rest) = time.split_once(':').unwrap_or_default();
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let &[m1, m2, b':', s1, s2, b'.', f1, f2, f3] = rest.as_bytes() else {
        return false;
    };
    is_digits(hours) && [m1, m2, s1, s2, f1, f2, f3].iter().all(u8::is_ascii_digit)
}

/// Whether two clocks with hours stand in a line, whatever is between and behind them.
fn is_meant_as_times(line: &str) -> bool {
    let parts = line.split([',', ';', ' ', '>']);
    let clocks = parts.filter(|part| {
        part.starts_with(|c: char| c.is_ascii_digit()) && part.matches(':').count() > 1
    });
    clocks.count() > 1
}

struct Reader<'r, 't> {
    draft: &'r mut Draft<'t>,
    language: u8,
    /// The times of the cue whose text is being read.
    open: Option<CueTimes>,
    blank_before: bool,
    last_end: Timestamp,
}

impl<'t> Reader<'_, 't> {
    fn line(&mut self, line: &'t str) {
        if trimmed(line).is_empty() {
            self.blank_before = true;
            return;
        }
        match time_line(line) {
            Some(times) => self.times(line, &times),
            None => self.text(line),
        }
        self.blank_before = false;
    }

    fn times(&mut self, line: &'t str, times: &TimeLine<'t>) {
        self.end_cue();
        let place = self.draft.span_of(line);
        if !self.blank_before {
            self.draft.found(&NO_BLANK, place);
        }
        let Some(start) = times.start else {
            self.draft.found(&UNREADABLE, place);
            self.open = Some(CueTimes::open(self.last_end));
            return;
        };
        let found = [times.start, times.end]
            .into_iter()
            .flatten()
            .filter_map(|time| time.finding);
        let worst = found.max_by_key(|kind| kind.severity);
        let end = times.end.map(|end| end.at);
        let shown = match worst {
            Some(kind) if kind.severity == Severity::Fault => {
                self.draft.found(kind, place);
                CueTimes::new(start.at, end.unwrap_or(start.at))
            }
            worst => {
                if let Some(kind) = worst {
                    self.draft.found(kind, place);
                }
                self.draft.times(start.at, end, place)
            }
        };
        self.draft.in_order(start.at, place);
        let span = self.draft.span_of(start.text);
        self.draft.start_at(span, start.at);
        if let Some(end) = times.end {
            let span = self.draft.span_of(end.text);
            self.draft.end_at(span, end.at, start.at);
        }
        self.last_end = end.unwrap_or(start.at);
        self.open = Some(shown);
        if !trimmed(times.tail).is_empty() {
            self.draft.found(&TAIL, place);
            self.blank_before = false;
            self.text(times.tail);
        }
    }

    fn text(&mut self, line: &'t str) {
        let place = self.draft.span_of(line);
        if self.open.is_none() {
            return self.draft.found(&UNTIMED, place);
        }
        if self.blank_before {
            self.draft.found(&BLANK_IN_CUE, place);
        }
        let kept = without_controls(line);
        if let Cow::Owned(_) = kept {
            self.draft.found(&CONTROL, place);
        }
        if kept.contains("[br]") {
            self.draft.found(&BREAK, place);
        }
        let unguarded = kept
            .strip_prefix(GUARD)
            .filter(|text| time_line(text).is_some());
        self.draft
            .builder
            .line(unguarded.unwrap_or(&kept), self.language);
    }

    fn end_cue(&mut self) {
        if let Some(times) = self.open.take() {
            let id = self.draft.next_id();
            self.draft.cue(id, times);
        }
    }
}

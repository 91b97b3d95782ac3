//! A table of cues, for spreadsheets: text in, a track out, and back.
//!
//! What is written has a row of names and the columns `id`, `start`, `end`, `speaker`, `text`;
//! the lines of a cue are those of its cell. What is read has its columns in any order, times as
//! a clock, in whole milliseconds (`start`, `end`, `text` as Whisper writes them) or in seconds
//! with a point, or is what Audacity calls labels, without names. Text is as it stands: a cell
//! that begins with `=` may be a formula to a spreadsheet, and is the words of a cue here.

use std::io;

use crate::format::clock::{loose_time, print_like};
use crate::format::draft::{CONTROL, Draft, NEGATIVE, NO_END, NOTHING};
use crate::format::out::Out;
use crate::format::tsv_columns::{
    Columns, Numbers, columns, is_label, milliseconds, numbers, seconds,
};
use crate::model::{CueTimes, Kind, Span, Timestamp, Track, kinds};
use crate::text::class::{is_margin, trimmed, without_controls};
use crate::text::lines::Lines;
use crate::text::table::Rows;

kinds! {
    Format;
    UNREADABLE: Fault, "unreadable-time",
        "expected a time such as 0:00:01.500, 1.500 or, in milliseconds, 1500",
        "the text was put behind the cue before; give it its times";
    UNREADABLE_END: Fault, "unreadable-end",
        "expected a time such as 0:00:01.500, 1.500 or, in milliseconds, 1500",
        "the cue ends at the next start, at most 5 s later";
    SHORT: Fault, "short-row",
        "expected as many cells in a row as there are columns",
        "what is there was kept";
    BLANK_IN_CUE: Repair, "blank-line-in-cue",
        "expected the lines of a cue without a blank line between them",
        "the blank line was dropped";
    SPECTRUM: Note, "frequencies",
        "found the frequencies of a label",
        "they were dropped";
}

const HEADER_ROW: &str = "id\tstart\tend\tspeaker\ttext\n";

/// Whether a text is plainly of this format: its first row names columns, or begins with two
/// times in seconds.
pub(super) fn looks_like(text: &str) -> bool {
    let first = Lines::plain(text).next().unwrap_or_default().of(text);
    let cells = || first.split('\t').take(LOOK_COLUMNS);
    cells().count() > 1 && (Columns::named(cells()).is_some() || is_label(cells()))
}

/// How many cells of a row are looked at.
const LOOK_COLUMNS: usize = 50;

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    draft.expect_cues_of(60);
    let mut rows = Rows::of(draft.source, b'\t');
    let Some(columns) = columns(&mut rows, draft) else {
        return draft.found(&NOTHING, Span::default());
    };
    let mut reader = Reader {
        language: draft.unknown_language(),
        draft,
        columns,
        last_end: Timestamp::ZERO,
    };
    while rows.next() {
        reader.row(&rows);
    }
    if reader.draft.cue_count() == 0 {
        reader.draft.found(&NOTHING, Span::default());
    }
}

/// Prints a time in place of another, in its form.
pub(super) fn print_time(was: &str, at: Timestamp, out: &mut Out<'_>) {
    if was.contains(':') {
        return print_like(was, at, out);
    }
    let Some(point) = was.rfind(['.', ',']) else {
        return out.number(at.millis(), 1);
    };
    let decimals = was.len() - point - 1;
    out.number(at.millis() / 1000, 1);
    out.push_str(&was[point..=point]);
    out.number(at.millis() % 1000, 3);
    for _ in 3..decimals {
        out.push('0');
    }
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    out.push_str(HEADER_ROW);
    for cue in track.cues() {
        cell(&track.name(cue).to_string(), out);
        out.push('\t');
        out.display(cue.interval.start());
        out.push('\t');
        out.display(cue.interval.end());
        out.push('\t');
        cell(track.speaker(cue).unwrap_or_default(), out);
        out.push('\t');
        let is_quoted =
            cue.line_count() > 1 || track.lines(cue).any(|line| needs_quotes(line.text));
        if is_quoted {
            out.push('"');
        }
        for (index, line) in track.lines(cue).enumerate() {
            out.push_str(if index == 0 { "" } else { "\n" });
            if is_quoted {
                doubled(line.text, out);
            } else {
                out.push_str(line.text);
            }
        }
        out.push_str(if is_quoted { "\"\n" } else { "\n" });
        out.end_cue()?;
    }
    Ok(())
}

fn cell(text: &str, out: &mut Out<'_>) {
    if needs_quotes(text) {
        out.push('"');
        doubled(text, out);
        out.push('"');
    } else {
        out.push_str(text);
    }
}

fn needs_quotes(text: &str) -> bool {
    text.contains(['"', '\t', '\n', '\r'])
}

/// Text with its quotation marks doubled.
fn doubled(text: &str, out: &mut Out<'_>) {
    for (index, part) in text.split('"').enumerate() {
        out.push_str(if index == 0 { "" } else { "\"\"" });
        out.push_str(part);
    }
}

struct Reader<'r, 't> {
    draft: &'r mut Draft<'t>,
    columns: Columns,
    language: u8,
    last_end: Timestamp,
}

impl Reader<'_, '_> {
    fn row(&mut self, rows: &Rows<'_>) {
        let columns = self.columns;
        let cell = |column: Option<usize>| rows.field(column?);
        let row = rows.span();
        let is_label = columns.numbers == Numbers::Labels;
        if trimmed(row.of(self.draft.source)).is_empty() {
            return;
        }
        if is_label && cell(columns.start).is_some_and(|(_, at)| at == "\\") {
            return self.draft.found(&SPECTRUM, row);
        }
        let (start, end) = (cell(columns.start), cell(columns.end));
        if columns.numbers == Numbers::AsFirst {
            let times = [start, end].into_iter().flatten();
            self.columns.numbers = numbers(times.map(|(_, cell)| trimmed(cell)));
        }
        let text = cell(columns.text).map(|(_, text)| text);
        // Audacity leaves the text of a label away.
        if text.is_none() && !is_label {
            self.draft.found(&SHORT, row);
        }
        let Some(times) = self.times(start, end, row) else {
            // Of a row that is cut off, what stands there may be the text.
            let text = text.or(start.map(|(_, cell)| cell)).unwrap_or_default();
            if !trimmed(text).is_empty() {
                self.cue(rows, text, CueTimes::open(self.last_end));
            }
            return;
        };
        self.cue(rows, text.unwrap_or_default(), times);
    }

    /// The times of a row; `None` where it has no start.
    fn times(
        &mut self,
        start: Option<(Span, &str)>,
        end: Option<(Span, &str)>,
        row: Span,
    ) -> Option<CueTimes> {
        let place = start.map_or(row, |(span, _)| span);
        let Some(start_at) = start.and_then(|(span, cell)| self.time(span, cell)) else {
            self.draft.found(&UNREADABLE, place);
            return None;
        };
        self.draft.in_order(start_at, place);
        self.draft
            .start_at(inner(place, self.draft.source), start_at);
        self.last_end = start_at;
        if self.columns.end.is_none() {
            return Some(CueTimes::open(start_at));
        }
        let Some((span, cell)) = end.filter(|(_, cell)| !trimmed(cell).is_empty()) else {
            self.draft.found(&NO_END, row);
            return Some(CueTimes::open(start_at));
        };
        let Some(end_at) = self.time(span, cell) else {
            self.draft.found(&UNREADABLE_END, span);
            return Some(CueTimes::open(start_at));
        };
        self.draft
            .end_at(inner(span, self.draft.source), end_at, start_at);
        self.last_end = end_at.max(start_at);
        // A label of Audacity may be a point.
        if self.columns.numbers == Numbers::Labels && end_at == start_at {
            return Some(CueTimes::open(start_at));
        }
        Some(self.draft.times(start_at, Some(end_at), span))
    }

    fn time(&mut self, place: Span, cell: &str) -> Option<Timestamp> {
        let cell = trimmed(cell);
        if cell.contains(':') {
            let (_, read) = loose_time(cell).ok().filter(|(rest, _)| rest.is_empty())?;
            let time = read.ok()?;
            if let Some(kind) = time.finding {
                self.draft.found(kind, place);
            }
            return Some(time.at);
        }
        let (is_negative, number) = match cell.strip_prefix('-') {
            Some(number) => (true, number),
            None => (false, cell),
        };
        let at = match self.columns.numbers {
            Numbers::Seconds | Numbers::Labels => seconds(number)?,
            Numbers::AsFirst | Numbers::Milliseconds => milliseconds(number)?,
        };
        if is_negative {
            self.draft.found(&NEGATIVE, place);
            return Some(Timestamp::ZERO);
        }
        Some(at)
    }

    fn cue(&mut self, rows: &Rows<'_>, text: &str, times: CueTimes) {
        let columns = self.columns;
        let mut place = rows.span();
        if let Some((span, _)) = columns.text.and_then(|column| rows.field(column)) {
            place = span;
        }
        self.lines(text, place);
        let cell = |column: Option<usize>| {
            let cell = column.and_then(|column| rows.field(column));
            cell.map_or("", |(_, cell)| cell)
        };
        let speaker = without_controls(cell(columns.speaker));
        if !trimmed(&speaker).is_empty() {
            self.draft.builder.speaker(&speaker);
        }
        let name = without_controls(cell(columns.id));
        let id = if trimmed(&name).is_empty() {
            self.draft.next_id()
        } else {
            self.draft.builder.id(&name)
        };
        self.draft.cue(id, times);
    }

    fn lines(&mut self, text: &str, place: Span) {
        let (mut is_blank, mut has_controls) = (false, false);
        for line in Lines::plain(text) {
            let written = line.of(text);
            let line = without_controls(written);
            has_controls |= line.len() < written.len();
            if trimmed(&line).is_empty() {
                is_blank = true;
            } else {
                self.draft.builder.line(&line, self.language);
            }
        }
        let kinds: [(bool, &'static Kind); 2] = [
            (has_controls, &CONTROL),
            (
                is_blank && self.draft.builder.line_count() > 0,
                &BLANK_IN_CUE,
            ),
        ];
        for (_, kind) in kinds.into_iter().filter(|(is_found, _)| *is_found) {
            self.draft.found(kind, place);
        }
    }
}

/// The place of a time in its cell, which may be quoted.
fn inner(cell: Span, source: &str) -> Span {
    let written = cell.of(source);
    let time = written.trim_matches(|c: char| is_margin(c) || c == '"');
    let start = written.find(time).unwrap_or_default();
    Span::new(start, start + time.len()).shifted(cell.start())
}

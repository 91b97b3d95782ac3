//! Sheets as tables, for spreadsheets: tabs or commas, a row of names, a row for each cue; and
//! what comes back: other separators, columns and rows in another order, marks before formulas.
//!
//! A cell that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet: it shows an error
//! where the words were, or does what somebody else has written there (OWASP, CSV Injection). An
//! apostrophe before it says that it is text, and is taken away when it is read.

use std::fmt::Write;

use crate::bilingual::sheet::texts::{cleaned, is_formula, unguarded};
use crate::bilingual::sheet::{Entry, Sheet, SheetError, SheetReading, State, kinds};
use crate::model::{Diagnostic, LanguageTag, Span, Timestamp};
use crate::text::table::Rows;

/// The columns that are written, in their order, and the names that each goes by.
const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Id, &["id", "location", "key", "name"]),
    (Column::Start, &["start", "in", "begin"]),
    (Column::End, &["end", "out"]),
    (Column::Source, &["source", "original", "原文"]),
    (Column::Target, &["target", "translation", "译文", "譯文"]),
    (Column::Limit, &["limit"]),
    (Column::State, &["state", "status", "fuzzy"]),
    (
        Column::Context,
        &["context", "note", "notes", "comment", "comments"],
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Start,
    End,
    Source,
    Target,
    Limit,
    State,
    Context,
}

/// What stands between cells, as spreadsheets write it: by their language it is `;`.
const DELIMITERS: [u8; 3] = [b'\t', b';', b','];

/// What spreadsheets show where a formula is none.
const CELL_ERRORS: [&str; 7] = [
    "#NAME?", "#VALUE!", "#REF!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!",
];

pub(super) fn looks_like(text: &str) -> bool {
    header(text).is_some()
}

/// How a table is laid out.
struct Header {
    delimiter: u8,
    /// Where its rows begin.
    behind: usize,
    places: [Option<usize>; COLUMNS.len()],
}

/// So many rows are looked through for the names: people write a title above them.
const MOST_ABOVE: usize = 10;

/// The first row that is one of names.
fn header(text: &str) -> Option<Header> {
    let mut from = text.len() - text.trim_start_matches('\u{feff}').len();
    // Spreadsheets are told so what stands between cells.
    if text[from..]
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("sep="))
    {
        from += text[from..].find('\n')? + 1;
    }
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut rows = Rows::of(&text[from..], delimiter);
        let mut tried = 0;
        while tried <= MOST_ABOVE && rows.next() {
            if let Some(places) = names(&rows) {
                return Some(Header {
                    delimiter,
                    behind: from + rows.place(),
                    places,
                });
            }
            tried += 1;
        }
        None
    })
}

/// Where the columns are, by a row of their names.
fn names(row: &Rows<'_>) -> Option<[Option<usize>; COLUMNS.len()]> {
    let mut places = [None; COLUMNS.len()];
    let mut column = 0;
    while let Some((_, name)) = row.field(column) {
        let known = COLUMNS
            .iter()
            .position(|(_, names)| is_one_of(names, name.trim()));
        if let Some(place) = known.and_then(|known| places.get_mut(known)) {
            place.get_or_insert(column);
        }
        column += 1;
    }
    let has = |column| places[column as usize].is_some();
    (has(Column::Source) && has(Column::Target)).then_some(places)
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

pub(super) fn read(text: &str) -> Result<SheetReading, SheetError> {
    let Some(header) = header(text) else {
        let line = text.find(['\r', '\n']).unwrap_or(text.len());
        return Err(SheetError {
            message: "expected a table with a row of names, `source` and `target` among them, \
                      found none"
                .to_owned(),
            place: Span::new(0, line),
            way_out: "zimu sheet FILE -o talk.tsv makes one; its row of names is to stay",
        });
    };
    let mut sheet = Sheet::new(LanguageTag::UND, LanguageTag::UND);
    let mut diagnostics = Vec::new();
    let mut rows = Rows::of(&text[header.behind..], header.delimiter);
    while rows.next() {
        let place = rows.span().shifted(header.behind);
        // Sheets that were put below each other have their names once more.
        if names(&rows) == Some(header.places) {
            continue;
        }
        read_row(&rows, &header, place, &mut sheet, &mut diagnostics);
    }
    Ok(SheetReading { sheet, diagnostics })
}

fn read_row(
    rows: &Rows<'_>,
    header: &Header,
    row_place: Span,
    sheet: &mut Sheet,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let cell = |column: Column| {
        let field = header.places[column as usize].and_then(|place| rows.field(place));
        field.map_or((row_place, ""), |(span, text)| {
            (span.shifted(header.behind), text.trim())
        })
    };
    let (source_place, source) = cell(Column::Source);
    let (target_place, target) = cell(Column::Target);
    if source.is_empty() && target.is_empty() {
        return;
    }
    let place = if source.is_empty() {
        row_place
    } else {
        source_place
    };
    let (cleaned, is_dropped) = cleaned(target);
    if is_dropped {
        diagnostics.push(kinds::CONTROL.at(target_place));
    }
    let mut target = unguarded(&cleaned);
    if CELL_ERRORS.contains(&target) {
        diagnostics.push(kinds::CELL_ERROR.at(target_place));
        target = "";
    }
    let time = |column| cell(column).1.replace(',', ".").parse::<Timestamp>().ok();
    let limit = cell(Column::Limit).1.parse().ok();
    sheet.push(Entry {
        id: unguarded(cell(Column::Id).1),
        times: time(Column::Start).zip(time(Column::End)),
        source: unguarded(source),
        target,
        context: unguarded(cell(Column::Context).1),
        like: "",
        limit,
        state: state_of(cell(Column::State).1),
        place,
    });
}

/// What the column of states says: `fuzzy`, with or without how alike, is not confirmed.
fn state_of(text: &str) -> State {
    let text = text.to_ascii_lowercase();
    let unconfirmed = ["fuzzy", "yes", "true", "1", "needs"];
    if !unconfirmed.iter().any(|begins| text.starts_with(begins)) {
        return State::Done;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let percent = digits
        .parse::<u16>()
        .ok()
        .filter(|percent| text.contains('%') && *percent <= 100);
    State::Fuzzy {
        permille: percent.map(|percent| percent * 10),
    }
}

pub(super) fn write_tsv(sheet: &Sheet, out: &mut String) {
    write(sheet, '\t', out);
}

/// Without the mark before it, Excel takes UTF-8 for an old encoding.
pub(super) fn write_csv(sheet: &Sheet, out: &mut String) {
    out.push('\u{feff}');
    write(sheet, ',', out);
}

fn write(sheet: &Sheet, delimiter: char, out: &mut String) {
    for (at, (_, names)) in COLUMNS.iter().enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        out.push_str(names.first().copied().unwrap_or_default());
    }
    out.push('\n');
    let mut cell = String::new();
    for entry in sheet.entries() {
        for (at, (column, _)) in COLUMNS.iter().enumerate() {
            if at > 0 {
                out.push(delimiter);
            }
            cell.clear();
            fill(*column, &entry, &mut cell);
            push_cell(&cell, delimiter, out);
        }
        out.push('\n');
    }
}

/// Puts what a row says into a cell. A string takes all that is written to it.
fn fill(column: Column, entry: &Entry<'_>, cell: &mut String) {
    match column {
        Column::Id => cell.push_str(entry.id),
        Column::Start | Column::End => {
            if let Some((start, end)) = entry.times {
                let _ = write!(
                    cell,
                    "{}",
                    if column == Column::Start { start } else { end }
                );
            }
        }
        Column::Source => cell.push_str(entry.source),
        Column::Target => cell.push_str(entry.target),
        Column::Limit => {
            if let Some(limit) = entry.limit {
                let _ = write!(cell, "{limit}");
            }
        }
        Column::State => match entry.state {
            State::Open | State::Done => {}
            State::Fuzzy { permille: None } => cell.push_str("fuzzy"),
            State::Fuzzy {
                permille: Some(permille),
            } => {
                let _ = write!(cell, "fuzzy {}%", permille / 10);
            }
        },
        Column::Context => {
            let like = Some(entry.like).filter(|like| !like.is_empty());
            let like = like.map(|like| format!("like: {like}"));
            let lines = like.as_deref().into_iter().chain(entry.context.lines());
            for (at, line) in lines.enumerate() {
                cell.push_str(if at > 0 { " · " } else { "" });
                cell.push_str(line);
            }
        }
    }
}

fn push_cell(text: &str, delimiter: char, out: &mut String) {
    let guard = if is_formula(text) { "'" } else { "" };
    if !text.contains([delimiter, '"', '\n', '\r']) {
        out.push_str(guard);
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(guard);
    for piece in text.split_inclusive('"') {
        out.push_str(piece);
        if piece.ends_with('"') {
            out.push('"');
        }
    }
    out.push('"');
}

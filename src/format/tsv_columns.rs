//! The first row of a table in, which of its columns are known out, and what numbers in them are.
//!
//! Tables come from spreadsheets, from Whisper (`start`, `end`, `text`, whole milliseconds) and
//! from Audacity (labels in seconds, without names).

use crate::format::decimal::{Unit, decimal_time};
use crate::format::draft::Draft;
use crate::model::{Timestamp, kinds};
use crate::text::class::trimmed;
use crate::text::table::{Quoting, Rows};

kinds! {
    Format;
    HEADER: Fault, "no-header",
        "expected the names start, end and text in the first row",
        "the first three columns were taken for them";
    COLUMNS: Note, "columns",
        "expected the columns id, start, end, speaker and text",
        "others were dropped";
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Start,
    End,
    Speaker,
    Text,
}

/// Names of columns in lower case.
const NAMES: [(&str, Column); 7] = [
    ("id", Column::Id),
    ("start", Column::Start),
    ("start_ms", Column::Start),
    ("end", Column::End),
    ("end_ms", Column::End),
    ("speaker", Column::Speaker),
    ("text", Column::Text),
];

/// Where the columns of a table stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) id: Option<usize>,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) speaker: Option<usize>,
    pub(super) text: Option<usize>,
    /// How many there are, and how many of them are known.
    count: usize,
    known: usize,
    pub(super) numbers: Numbers,
}

/// What a time without a colon counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Seconds where it has a point, else milliseconds; as the first does, so do all. A spreadsheet
    /// writes 4.0 as 4: better no time than one that is a thousandth.
    #[default]
    AsFirst,
    Seconds,
    Milliseconds,
    /// Seconds with a point, as Audacity writes its labels.
    Labels,
}

impl Columns {
    const POSITIONAL: Self = Self {
        id: None,
        start: Some(0),
        end: Some(1),
        speaker: None,
        text: Some(2),
        count: 3,
        known: 3,
        numbers: Numbers::AsFirst,
    };

    /// Of a row of names; `None` where it is none.
    pub(super) fn named<'n>(names: impl Iterator<Item = &'n str>) -> Option<Self> {
        let mut columns = Self::default();
        for (at, name) in names.enumerate() {
            columns.count += 1;
            let name = trimmed(name).trim_matches('"');
            let mut known = NAMES.iter();
            let Some((_, column)) = known.find(|(known, _)| known.eq_ignore_ascii_case(name))
            else {
                continue;
            };
            let place = match column {
                Column::Id => &mut columns.id,
                Column::Start => &mut columns.start,
                Column::End => &mut columns.end,
                Column::Speaker => &mut columns.speaker,
                Column::Text => &mut columns.text,
            };
            if name.contains('_') {
                columns.numbers = Numbers::Milliseconds;
            }
            // Of two of one name the first is taken.
            if place.is_none() {
                *place = Some(at);
                columns.known += 1;
            }
        }
        (columns.start.is_some() && columns.text.is_some()).then_some(columns)
    }
}

/// Two times in seconds: a label of Audacity.
pub(super) fn is_label<'c>(mut cells: impl Iterator<Item = &'c str>) -> bool {
    let mut seconds = || {
        cells
            .next()
            .is_some_and(|cell| seconds(trimmed(cell)).is_some())
    };
    seconds() && seconds()
}

/// A number with a point. Where a language has a comma for it, so have its files.
pub(super) fn seconds(cell: &str) -> Option<Timestamp> {
    if !cell.contains(['.', ',']) {
        return None;
    }
    decimal_time(&cell.replace(',', "."), Unit::SECOND)
}

/// A number without one.
pub(super) fn milliseconds(cell: &str) -> Option<Timestamp> {
    let is_whole = cell.bytes().all(|byte| byte.is_ascii_digit());
    decimal_time(cell, Unit::MILLISECOND).filter(|_| is_whole)
}

/// What numbers count in a table that has these times in a row.
pub(super) fn numbers<'c>(mut times: impl Iterator<Item = &'c str> + Clone) -> Numbers {
    if times.clone().any(|cell| seconds(cell).is_some()) {
        Numbers::Seconds
    } else if times.any(|cell| milliseconds(cell).is_some()) {
        Numbers::Milliseconds
    } else {
        Numbers::AsFirst
    }
}

/// What the first row says of the rest; `rows` stand before the first cue after it.
pub(super) fn columns(rows: &mut Rows<'_>, draft: &mut Draft<'_>) -> Option<Columns> {
    if !rows.next() {
        return None;
    }
    let cells = || (0..).map_while(|column| rows.field(column).map(|(_, cell)| cell));
    if let Some(columns) = Columns::named(cells()) {
        if columns.known < columns.count {
            draft.found(&COLUMNS, rows.span());
        }
        let below = rows.place();
        let quoting = if columns == Columns::POSITIONAL && is_whisper(rows) {
            Quoting::Off
        } else {
            Quoting::On
        };
        rows.go_to(below, quoting);
        return Some(columns);
    }
    if is_label(cells()) {
        // Audacity quotes nothing.
        rows.go_to(0, Quoting::Off);
        let numbers = Numbers::Labels;
        return Some(Columns {
            numbers,
            ..Columns::POSITIONAL
        });
    }
    draft.found(&HEADER, rows.span());
    rows.go_to(0, Quoting::On);
    Some(Columns::POSITIONAL)
}

/// Whether the next row is one of Whisper's, with a start in whole milliseconds below the names
/// `start`, `end` and `text`. It quotes nothing: a quotation mark that text begins with is text.
fn is_whisper(rows: &mut Rows<'_>) -> bool {
    let is_row = rows.next();
    let start = rows.field(0).filter(|_| is_row);
    start.is_some_and(|(_, cell)| milliseconds(cell).is_some())
}

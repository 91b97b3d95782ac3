//! A sheet for a translator: what the cues say in, with room for the second language; and back.
//!
//! A [`Sheet`] is made of a track ([`sheet_of`]), may be filled from captions that were
//! translated before ([`Memory`]), goes out as one of [`SHEETS`], comes back as what a spreadsheet
//! or a translator's tool made of it, and is applied to a track ([`apply()`]): to the one that it
//! was made of, or to what became of that since. Rows and cues find each other by their words,
//! never by their places alone.

mod apply;
mod forms;
mod kinds;
mod make;
mod matching;
mod memory;
mod one_script;
mod po;
mod po_write;
mod recut;
mod sides;
mod table;
mod texts;
mod xliff;
mod xliff_write;

use std::collections::HashSet;

use crate::model::{Diagnostic, LanguageTag, Span, Timestamp};

pub use apply::{Applied, Applying, Unconfirmed, apply};
pub use forms::{SHEETS, SheetForm};
pub use make::{Making, sheet_of};
pub use memory::Memory;

/// Rows of words and their translations, all text of them in one buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The language of the cues.
    pub source_language: LanguageTag,
    /// The language of the translations.
    pub target_language: LanguageTag,
    text: String,
    rows: Vec<Row>,
}

/// A row: ranges of the sheet's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    id: Span,
    times: Option<(Timestamp, Timestamp)>,
    source: Span,
    target: Span,
    context: Span,
    like: Span,
    limit: Option<u32>,
    state: State,
    place: Span,
}

/// What a row of a sheet says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The name of its cue, `12` or `12.1`. It says which of several cues with the same words
    /// is meant, and nothing else.
    pub id: &'t str,
    /// When the cue starts and ends, as far as the sheet tells.
    pub times: Option<(Timestamp, Timestamp)>,
    /// What the cue says, on one line.
    pub source: &'t str,
    /// Its translation; empty where there is none yet, `-` where there is to be none. It may
    /// have line ends.
    pub target: &'t str,
    /// What helps to translate it, a line each: who speaks, the chapter, what stands around it.
    pub context: &'t str,
    /// The words that the translation was made for, where it was found in other captions.
    pub like: &'t str,
    /// How many characters can be read while the cue is shown.
    pub limit: Option<u32>,
    /// How far the translation is.
    pub state: State,
    /// Where it stands in the text that was read.
    pub place: Span,
}

/// How far the translation of a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// There is none.
    #[default]
    Open,
    /// It is done.
    Done,
    /// It was found, or guessed, and nobody has confirmed it: PO calls it fuzzy.
    Fuzzy {
        /// How alike the words are that it was made for, in thousandths, where that is known.
        permille: Option<u16>,
    },
}

/// A sheet that was read, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetReading {
    /// All rows that could be read.
    pub sheet: Sheet,
    /// Faults and repairs, with places in the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a text is no sheet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SheetError {
    /// What was expected and what was found.
    pub message: String,
    /// Where, in the text.
    pub place: Span,
    /// What helps.
    pub way_out: &'static str,
}

impl Default for Entry<'_> {
    fn default() -> Self {
        Self {
            id: "",
            times: None,
            source: "",
            target: "",
            context: "",
            like: "",
            limit: None,
            state: State::Open,
            place: Span::default(),
        }
    }
}

impl Sheet {
    /// Without rows.
    #[must_use]
    pub const fn new(source_language: LanguageTag, target_language: LanguageTag) -> Self {
        Self {
            source_language,
            target_language,
            text: String::new(),
            rows: Vec::new(),
        }
    }

    /// The rows, in order.
    #[must_use]
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        self.rows.iter().map(|row| self.entry(row))
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row. One without a translation is open, whatever its state says.
    ///
    /// ```
    /// use zimu::bilingual::sheet::{Entry, Sheet, State};
    /// use zimu::model::LanguageTag;
    ///
    /// let mut sheet = Sheet::new(LanguageTag::ZH_HANS, LanguageTag::EN);
    /// sheet.push(Entry { id: "1", source: "上船了", state: State::Done, ..Entry::default() });
    /// assert_eq!(sheet.entries().next().unwrap().state, State::Open);
    /// ```
    pub fn push(&mut self, entry: Entry<'_>) {
        let state = match entry.state {
            _ if entry.target.trim().is_empty() => State::Open,
            State::Open => State::Done,
            state @ (State::Done | State::Fuzzy { .. }) => state,
        };
        let row = Row {
            id: self.keep(entry.id),
            times: entry.times,
            source: self.keep(entry.source),
            target: self.keep(entry.target),
            context: self.keep(entry.context),
            like: self.keep(entry.like),
            limit: entry.limit,
            state,
            place: entry.place,
        };
        self.rows.push(row);
    }

    /// How many rows have a translation that is done.
    #[must_use]
    pub fn done_count(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| row.state == State::Done)
            .count()
    }

    /// How many have one that nobody has confirmed.
    #[must_use]
    pub fn fuzzy_count(&self) -> usize {
        let is_fuzzy = |row: &&Row| matches!(row.state, State::Fuzzy { .. });
        self.rows.iter().filter(is_fuzzy).count()
    }

    /// Adds the rows of `other` that are not here yet: those with other words, or with another
    /// translation of them.
    pub fn add_new(&mut self, other: &Self) {
        let told = |entry: &Entry<'_>| (entry.source.to_owned(), entry.target.to_owned());
        let mut known: HashSet<_> = self.entries().map(|entry| told(&entry)).collect();
        for entry in other.entries() {
            if known.insert(told(&entry)) {
                self.push(entry);
            }
        }
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }

    fn entry(&self, row: &Row) -> Entry<'_> {
        Entry {
            id: row.id.of(&self.text),
            times: row.times,
            source: row.source.of(&self.text),
            target: row.target.of(&self.text),
            context: row.context.of(&self.text),
            like: row.like.of(&self.text),
            limit: row.limit,
            state: row.state,
            place: row.place,
        }
    }
}

impl Entry<'_> {
    /// The translation is that there is to be none.
    fn is_none(&self) -> bool {
        self.target.trim() == "-"
    }
}

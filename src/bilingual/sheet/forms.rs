//! The forms that sheets have: what spreadsheets and translators' tools read and write.
//!
//! To add one: a file with `read` and `write` as `table.rs` has them, and a row in [`SHEETS`].

use crate::bilingual::sheet::{
    Sheet, SheetError, SheetReading, po, po_write, table, xliff, xliff_write,
};

/// A form of sheets.
#[derive(Clone, Copy, Debug)]
pub struct SheetForm {
    /// What it is called on the command line.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How its files' names end; the first is what is written.
    pub extensions: &'static [&'static str],
    /// Whether a text is plainly of this form.
    looks_like: fn(&str) -> bool,
    read: fn(&str) -> Result<SheetReading, SheetError>,
    write: fn(&Sheet, &mut String),
}

/// All of them.
pub const SHEETS: [SheetForm; 4] = [
    SheetForm {
        id: "xliff",
        name: "XLIFF 2.0",
        extensions: &["xlf", "xliff"],
        looks_like: xliff::looks_like,
        read: xliff::read,
        write: xliff_write::write,
    },
    SheetForm {
        id: "po",
        name: "gettext PO",
        extensions: &["po", "pot"],
        looks_like: po::looks_like,
        read: po::read,
        write: po_write::write,
    },
    SheetForm {
        id: "tsv",
        name: "TSV",
        extensions: &["tsv", "tab", "txt"],
        looks_like: table::looks_like,
        read: table::read,
        write: table::write_tsv,
    },
    SheetForm {
        id: "csv",
        name: "CSV",
        extensions: &["csv"],
        looks_like: table::looks_like,
        read: table::read,
        write: table::write_csv,
    },
];

impl SheetForm {
    /// The form of a file's extension, without its point and in any case.
    ///
    /// ```
    /// use zimu::bilingual::sheet::SheetForm;
    ///
    /// assert_eq!(SheetForm::of_extension("PO").unwrap().id, "po");
    /// assert!(SheetForm::of_extension("srt").is_none());
    /// ```
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<&'static Self> {
        let has = |form: &&Self| {
            form.extensions
                .iter()
                .any(|known| known.eq_ignore_ascii_case(extension))
        };
        SHEETS.iter().find(has)
    }

    /// The form that a text is plainly of.
    #[must_use]
    pub fn of_content(text: &str) -> Option<&'static Self> {
        SHEETS.iter().find(|form| (form.looks_like)(text))
    }

    /// Reads a sheet of this form.
    ///
    /// # Errors
    /// [`SheetError`] where the text is none.
    ///
    /// ```
    /// use zimu::bilingual::sheet::SheetForm;
    ///
    /// let csv = SheetForm::of_extension("csv").unwrap();
    /// let sheet = csv.read("source;target\r\n开船了;Off we go\r\n")?.sheet;
    /// assert_eq!(sheet.entries().next().unwrap().target, "Off we go");
    /// assert!(csv.read("1\n00:00:01,000 --> 00:00:02,000\n").is_err());
    /// # Ok::<(), zimu::bilingual::sheet::SheetError>(())
    /// ```
    pub fn read(&self, text: &str) -> Result<SheetReading, SheetError> {
        (self.read)(text)
    }

    /// The text of a sheet in this form.
    #[must_use]
    pub fn print(&self, sheet: &Sheet) -> String {
        let mut text = String::with_capacity(2 * sheet.text.len() + 64 * sheet.rows.len());
        (self.write)(sheet, &mut text);
        text
    }
}

//! The text of a table in, its rows out, a field each with the place where it stands.
//!
//! `csv-core` says where fields end. What it would lose is mended here: a quotation mark that a
//! program wrote without a thought for quoting is text, and none swallows the rest of the file.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use memchr::memchr_iter;

use crate::model::Span;

/// Whether fields of a table may stand in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// `"` at the start of a field quotes it, as spreadsheets do.
    On,
    /// `"` is a character like any other.
    Off,
}

/// The rows of a table, one at a time.
pub(crate) struct Rows<'t> {
    source: &'t str,
    delimiter: u8,
    at: usize,
    quoting: Quoting,
    quoted: Reader,
    plain: Reader,
    /// The text of fields that were quoted.
    unquoted: Vec<u8>,
    fields: Vec<Field>,
}

/// A field of the last row.
#[derive(Clone, Copy)]
struct Field {
    span: Span,
    /// Its text in `unquoted`, where it is not what stands there.
    unquoted: Option<Span>,
}

/// Where a row was left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Whole,
    /// A field has text behind its quotation marks, or nothing closes them.
    Misquoted,
    /// The same, up to the end of the text.
    Unclosed,
}

impl<'t> Rows<'t> {
    /// Of a table whose fields stand apart by `delimiter`, a character of ASCII.
    pub(crate) fn of(source: &'t str, delimiter: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(delimiter);
        Self {
            source,
            delimiter,
            at: 0,
            quoting: Quoting::On,
            quoted: builder.build(),
            plain: builder.quoting(false).build(),
            unquoted: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// Where the next row begins.
    pub(crate) const fn place(&self) -> usize {
        self.at
    }

    /// Goes to where a row begins.
    pub(crate) const fn go_to(&mut self, place: usize, quoting: Quoting) {
        self.at = place;
        self.quoting = quoting;
    }

    /// Goes to the next row; blank lines are none. `false` where there is no more.
    pub(crate) fn next(&mut self) -> bool {
        let bytes = self.source.as_bytes();
        while matches!(bytes.get(self.at), Some(b'\n' | b'\r')) {
            self.at += 1;
        }
        let start = self.at;
        let read = self.row(self.quoting);
        if read != Read::Whole {
            if read == Read::Unclosed {
                self.quoting = Quoting::Off;
            }
            self.at = start;
            self.row(Quoting::Off);
        }
        !self.fields.is_empty()
    }

    /// Where the last row stands.
    pub(crate) fn span(&self) -> Span {
        let ends = self.fields.first().zip(self.fields.last());
        ends.map_or_else(Span::default, |(first, last)| {
            Span::new(first.span.start(), last.span.end())
        })
    }

    /// Where a field of the last row stands, and what it says.
    pub(crate) fn field(&self, column: usize) -> Option<(Span, &str)> {
        let field = self.fields.get(column)?;
        let text = match field.unquoted {
            None => field.span.of(self.source),
            Some(span) => {
                let bytes = self.unquoted.get(span.start()..span.end())?;
                // Quotation marks were taken out of it, and nothing else.
                std::str::from_utf8(bytes).unwrap_or_default()
            }
        };
        Some((field.span, text))
    }

    fn row(&mut self, quoting: Quoting) -> Read {
        let bytes = self.source.as_bytes();
        let reader = match quoting {
            Quoting::On => &mut self.quoted,
            Quoting::Off => &mut self.plain,
        };
        reader.reset();
        self.fields.clear();
        let (mut field_start, mut text_start, mut used) = (self.at, 0, 0);
        loop {
            if self.unquoted.len() < used + LEAST_ROOM {
                self.unquoted.resize(2 * (used + LEAST_ROOM), 0);
            }
            let (result, taken, put) =
                reader.read_field(&bytes[self.at..], &mut self.unquoted[used..]);
            self.at += taken;
            used += put;
            let is_last = match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
                ReadFieldResult::End => return Read::Whole,
                ReadFieldResult::Field { record_end } => record_end,
            };
            // At the end of the text nothing is taken.
            let span = Span::new(field_start, self.at - usize::from(taken > 0));
            let text = Span::new(text_start, used);
            let written = span.of(self.source);
            let mut unquoted = None;
            if quoting == Quoting::On && written.starts_with('"') {
                if is_quoted(written, &self.unquoted[text.start()..text.end()]) {
                    unquoted = Some(text);
                } else if taken == 0 {
                    return Read::Unclosed;
                } else if written.contains([char::from(self.delimiter), '\n', '\r']) {
                    return Read::Misquoted;
                }
            }
            self.fields.push(Field { span, unquoted });
            if is_last {
                return Read::Whole;
            }
            (field_start, text_start) = (self.at, used);
        }
    }
}

/// How much room there is for a field at least.
const LEAST_ROOM: usize = 256;

/// Whether what is written is `text` in quotation marks, its own doubled, and no more.
fn is_quoted(written: &str, text: &[u8]) -> bool {
    let marks = memchr_iter(b'"', text).count();
    written.len() == text.len() + marks + 2 && written.ends_with('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(source: &str) -> Vec<Vec<String>> {
        let mut rows = Rows::of(source, b'\t');
        let mut all = Vec::new();
        while rows.next() {
            let fields = (0..).map_while(|column| rows.field(column));
            all.push(fields.map(|(_, text)| text.to_owned()).collect());
        }
        all
    }

    #[test]
    fn no_quotation_mark_takes_a_word_away() {
        for (source, read) in [
            ("a\tb\n\r\nc\td", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a\t\"b\n\"\"c\"\t\n", vec![vec!["a", "b\n\"c", ""]]),
            ("a\t\"b\"c\nd", vec![vec!["a", "\"b\"c"], vec!["d"]]),
            ("\"a\tb\nc\td\n", vec![vec!["\"a", "b"], vec!["c", "d"]]),
            (
                "\"a\tb\nc\"d\n\"e\tf\"",
                vec![vec!["\"a", "b"], vec!["c\"d"], vec!["e\tf"]],
            ),
            ("a\"b\"\t\"\"\t\"", vec![vec!["a\"b\"", "\"\"", "\""]]),
            ("\"a\"", vec![vec!["a"]]),
            ("\t", vec![vec!["", ""]]),
            ("", vec![]),
        ] {
            assert_eq!(rows(source), read, "{source:?}");
        }
    }

    /// Read to its end for each mark that opens, one of these tables takes minutes.
    #[test]
    fn a_table_of_quotation_marks_is_read_in_one_go() {
        for piece in ["\"", "\"\t", "\t\"a", "\"\n", "\n\"a", "\"\"", "\"a\"b\n"] {
            assert!(rows(&piece.repeat(1 << 18)).len() <= 1 << 19, "{piece:?}");
        }
    }
}

//! gettext PO in, a sheet out: what Poedit, Weblate, Virtaal and msgmerge write.
//!
//! `msgctxt` is the name of the cue, `msgid` its words, `msgstr` their translation. An entry that
//! is marked fuzzy is not confirmed, as `msgfmt` has it; one that is obsolete (`#~`) is not of the
//! file any more. A line that is none of PO is told, and the entries around it are read: each
//! finding has its place in the text, which a parser that hands out a catalogue does not keep.

use crate::bilingual::sheet::texts::cleaned;
use crate::bilingual::sheet::{Entry, Sheet, SheetError, SheetReading, State, kinds};
use crate::model::{Diagnostic, LanguageTag, Span, Timestamp};
use crate::text::lines::Lines;

/// Between the two times of an entry, in a comment.
pub(super) const TO: &str = " → ";

/// Before the limit of an entry, in a comment; [`CHARACTERS`] is behind it.
pub(super) const AT_MOST: &str = "at most ";
pub(super) const CHARACTERS: &str = " characters";

/// Before how alike the words are that a fuzzy translation was made for.
pub(super) const ALIKE: &str = "alike: ";

/// The field of the header that says the language of the words, as Poedit has it.
pub(super) const SOURCE_LANGUAGE: &str = "X-Source-Language";

pub(super) fn looks_like(text: &str) -> bool {
    let lines = Lines::plain(text).map(|line| line.of(text).trim_start());
    let mut said = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    said.next()
        .is_some_and(|line| line.starts_with("msgid") || line.starts_with("msgctxt"))
}

pub(super) fn read(text: &str) -> Result<SheetReading, SheetError> {
    let mut reader = Reader {
        text,
        sheet: Sheet::new(LanguageTag::UND, LanguageTag::UND),
        diagnostics: Vec::new(),
        entry: PoEntry::default(),
        into: Into::Nothing,
        entries: 0,
    };
    let from = text.len() - text.trim_start_matches('\u{feff}').len();
    for line in Lines::plain(&text[from..]) {
        reader.line(line.shifted(from));
    }
    reader.end();
    if reader.entries == 0 {
        return Err(SheetError {
            message: "expected entries of msgid and msgstr, found none".to_owned(),
            place: Span::new(0, text.find(['\r', '\n']).unwrap_or(text.len())),
            way_out: "zimu sheet FILE -o talk.po makes a sheet",
        });
    }
    Ok(SheetReading {
        sheet: reader.sheet,
        diagnostics: reader.diagnostics,
    })
}

/// What the next text in quotation marks belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Into {
    #[default]
    Nothing,
    Context,
    Id,
    /// The first translation; there are more where there are plurals.
    Translation,
    /// Something of an entry that a sheet has no room for.
    Else,
    PreviousId,
}

/// An entry while it is read.
#[derive(Debug, Default)]
struct PoEntry {
    context: Option<String>,
    id: Option<String>,
    translation: Option<String>,
    previous: String,
    extracted: String,
    times: Option<(Timestamp, Timestamp)>,
    limit: Option<u32>,
    permille: Option<u16>,
    is_fuzzy: bool,
    place: Span,
}

struct Reader<'t> {
    text: &'t str,
    sheet: Sheet,
    diagnostics: Vec<Diagnostic>,
    entry: PoEntry,
    into: Into,
    entries: usize,
}

impl Reader<'_> {
    fn line(&mut self, place: Span) {
        let text = self.text;
        let line = place.of(text).trim();
        let Some(first) = line.chars().next() else {
            return self.end();
        };
        match first {
            '#' => self.comment(line, place),
            '"' => self.quoted(line, place),
            _ => self.keyword(line, place),
        }
    }

    fn comment(&mut self, line: &str, place: Span) {
        let is_obsolete = line.starts_with("#~");
        // Comments come before what they are about.
        if self.entry.translation.is_some() || is_obsolete {
            self.end();
        }
        if is_obsolete {
            return;
        }
        if let Some(flags) = line.strip_prefix("#,") {
            self.entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if let Some(extracted) = line.strip_prefix("#.") {
            self.extracted(extracted.trim());
        } else if let Some(previous) = line.strip_prefix("#|") {
            let previous = previous.trim();
            match previous.strip_prefix("msgid ") {
                Some(quoted) => {
                    self.into = Into::PreviousId;
                    self.quoted(quoted.trim(), place);
                }
                None if previous.starts_with('"') => self.quoted(previous, place),
                None => self.into = Into::Else,
            }
        }
    }

    /// What a sheet says of a row, in the words of `po_write.rs`.
    fn extracted(&mut self, said: &str) {
        let times = said
            .split_once(TO)
            .and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        let limit = said
            .strip_prefix(AT_MOST)
            .and_then(|said| said.strip_suffix(CHARACTERS));
        let alike = said
            .strip_suffix('%')
            .and_then(|said| said.strip_prefix(ALIKE));
        let alike = alike.and_then(|percent| percent.parse::<u16>().ok());
        if times.is_some() {
            self.entry.times = times;
        } else if let Some(limit) = limit.and_then(|limit| limit.parse().ok()) {
            self.entry.limit = Some(limit);
        } else if let Some(percent) = alike.filter(|percent| *percent <= 100) {
            self.entry.permille = Some(percent * 10);
        } else {
            let end = if self.entry.extracted.is_empty() {
                ""
            } else {
                "\n"
            };
            self.entry.extracted += end;
            self.entry.extracted += said;
        }
    }

    fn keyword(&mut self, line: &str, place: Span) {
        let end = line.find(|c: char| !c.is_ascii_alphanumeric() && !"_[]".contains(c));
        let (keyword, rest) = line.split_at(end.unwrap_or(line.len()));
        let into = match keyword {
            "msgctxt" => Into::Context,
            "msgid" => Into::Id,
            "msgstr" | "msgstr[0]" => Into::Translation,
            "msgid_plural" => Into::Else,
            _ if keyword.starts_with("msgstr[") => Into::Else,
            _ => {
                self.into = Into::Nothing;
                return self.diagnostics.push(kinds::PO_SYNTAX.at(place));
            }
        };
        let is_again = into == Into::Translation && self.entry.translation.is_some();
        if is_again {
            self.into = Into::Else;
            return self.diagnostics.push(kinds::PO_SYNTAX.at(place));
        }
        let begins = match into {
            Into::Context => true,
            Into::Id => self.entry.id.is_some(),
            Into::Nothing | Into::Translation | Into::Else | Into::PreviousId => false,
        };
        if begins && (self.entry.translation.is_some() || self.entry.id.is_some()) {
            self.end();
        }
        if into == Into::Id || self.entry.place.is_empty() {
            self.entry.place = place;
        }
        self.into = into;
        self.quoted(rest.trim(), place);
    }

    fn quoted(&mut self, quoted: &str, place: Span) {
        let inner = quoted.strip_prefix('"');
        let closed = inner.and_then(|inner| inner.strip_suffix('"'));
        if closed.is_none() {
            self.diagnostics.push(kinds::PO_QUOTES.at(place));
        }
        let inner = closed.or(inner).unwrap_or(quoted);
        let target = match self.into {
            Into::Context => self.entry.context.get_or_insert_default(),
            Into::Id => self.entry.id.get_or_insert_default(),
            Into::Translation => self.entry.translation.get_or_insert_default(),
            Into::PreviousId => &mut self.entry.previous,
            Into::Else => return,
            Into::Nothing => return self.diagnostics.push(kinds::PO_SYNTAX.at(place)),
        };
        unescape(inner, target);
    }

    /// Ends the entry that is being read.
    fn end(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        self.into = Into::Nothing;
        let (Some(id), Some(translation)) = (entry.id, entry.translation) else {
            return;
        };
        self.entries += 1;
        if id.is_empty() && entry.context.is_none() {
            return self.header(&translation);
        }
        let (target, is_dropped) = cleaned(&translation);
        if is_dropped {
            self.diagnostics.push(kinds::CONTROL.at(entry.place));
        }
        let state = if entry.is_fuzzy {
            State::Fuzzy {
                permille: entry.permille,
            }
        } else {
            State::Done
        };
        self.sheet.push(Entry {
            id: entry.context.as_deref().unwrap_or_default(),
            times: entry.times,
            source: &id,
            target: &target,
            context: &entry.extracted,
            like: &entry.previous,
            limit: entry.limit,
            state,
            place: entry.place,
        });
    }

    fn header(&mut self, fields: &str) {
        for field in fields.lines() {
            let Some((name, value)) = field.split_once(':') else {
                continue;
            };
            let value = value.trim().replace('_', "-").parse();
            match (name, value) {
                ("Language", Ok(tag)) => self.sheet.target_language = tag,
                (SOURCE_LANGUAGE, Ok(tag)) => self.sheet.source_language = tag,
                _ => {}
            }
        }
    }
}

/// Takes the escapes of C out of a text.
fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(escaped) = rest.chars().next() else {
            return out.push('\\');
        };
        rest = &rest[escaped.len_utf8()..];
        match escaped {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            '\\' | '"' | '\'' => out.push(escaped),
            other => out.extend(['\\', other]),
        }
    }
    out.push_str(rest);
}

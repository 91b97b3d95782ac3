//! A sheet in, gettext PO out, as `msgfmt -c` takes it.
//!
//! The times, the limit and the context of a row are comments that tools show beside it (`#.`).

use std::fmt::Write;

use crate::bilingual::sheet::po::{ALIKE, AT_MOST, CHARACTERS, SOURCE_LANGUAGE, TO};
use crate::bilingual::sheet::{Entry, Sheet, State};

pub(super) fn write(sheet: &Sheet, out: &mut String) {
    out.push_str("msgid \"\"\nmsgstr \"\"\n");
    let language = sheet.target_language.as_str().replace('-', "_");
    // gettext asks for all of them; a library knows neither who translates nor when.
    for (field, value) in [
        ("Project-Id-Version", "captions"),
        ("PO-Revision-Date", ""),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("Language", &language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        (SOURCE_LANGUAGE, sheet.source_language.as_str()),
    ] {
        let _ = writeln!(out, "\"{field}: {value}\\n\"");
    }
    for entry in sheet.entries() {
        write_entry(&entry, out);
    }
}

/// A string takes all that is written to it.
fn write_entry(entry: &Entry<'_>, out: &mut String) {
    out.push('\n');
    if let Some((start, end)) = entry.times {
        let _ = writeln!(out, "#. {start}{TO}{end}");
    }
    if let Some(limit) = entry.limit {
        let _ = writeln!(out, "#. {AT_MOST}{limit}{CHARACTERS}");
    }
    for line in entry.context.lines() {
        let _ = writeln!(out, "#. {line}");
    }
    // Some tools show where an entry is from, and not its name.
    if !entry.id.is_empty() && !entry.id.contains(char::is_whitespace) {
        let _ = writeln!(out, "#: {}", entry.id);
    }
    if let State::Fuzzy { permille } = entry.state {
        if let Some(permille) = permille {
            let _ = writeln!(out, "#. {ALIKE}{}%", permille / 10);
        }
        out.push_str("#, fuzzy\n");
        if !entry.like.is_empty() {
            write_text("#| msgid", entry.like, out);
        }
    }
    if !entry.id.is_empty() {
        write_text("msgctxt", entry.id, out);
    }
    write_text("msgid", entry.source, out);
    write_text("msgstr", entry.target, out);
}

fn write_text(keyword: &str, text: &str, out: &mut String) {
    out.push_str(keyword);
    out.push_str(" \"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '"' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push_str("\"\n");
}

//! A sheet in, XLIFF 2.0 out: a unit for each row, its times, limit and context as notes.
//!
//! The name of a cue may be any text, and the id of a unit may not: it stands as its name.

use std::fmt::Write;

use quick_xml::escape::escape;

use crate::bilingual::sheet::{Entry, Sheet, State};
use crate::text::class::without_controls;

/// The category of the note that says how alike the words are that a translation was made for.
pub(super) const ALIKE: &str = "alike";
/// That of the words themselves.
pub(super) const LIKE: &str = "like";
/// That of the times of a cue, with [`TO`] between them.
pub(super) const TIMES: &str = "times";
pub(super) const TO: &str = " → ";
/// That of how many characters can be read.
pub(super) const LIMIT: &str = "limit";
/// That of what helps.
pub(super) const CONTEXT: &str = "context";

/// A string takes all that is written to it.
pub(super) fn write(sheet: &Sheet, out: &mut String) {
    let _ = writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"{}\" \
         trgLang=\"{}\">\n<file id=\"captions\">",
        sheet.source_language, sheet.target_language
    );
    for (at, entry) in sheet.entries().enumerate() {
        write_unit(at + 1, &entry, out);
    }
    out.push_str("</file>\n</xliff>\n");
}

fn write_unit(number: usize, entry: &Entry<'_>, out: &mut String) {
    let _ = writeln!(
        out,
        "<unit id=\"u{number}\" name=\"{}\">",
        escaped(entry.id)
    );
    let times = entry.times.map(|(start, end)| format!("{start}{TO}{end}"));
    let limit = entry.limit.map(|limit| limit.to_string());
    let alike = match entry.state {
        State::Fuzzy { permille } => permille.map(|permille| format!("{}%", permille / 10)),
        State::Open | State::Done => None,
    };
    let notes = [
        (TIMES, times.as_deref()),
        (LIMIT, limit.as_deref()),
        (ALIKE, alike.as_deref()),
        (LIKE, Some(entry.like)),
    ];
    let notes = notes
        .into_iter()
        .filter_map(|(category, text)| Some((category, text?)));
    let context = entry.context.lines().map(|line| (CONTEXT, line));
    let mut notes = notes
        .chain(context)
        .filter(|(_, text)| !text.is_empty())
        .peekable();
    if notes.peek().is_some() {
        out.push_str("<notes>\n");
        for (category, text) in notes {
            let _ = writeln!(
                out,
                "<note category=\"{category}\">{}</note>",
                escaped(text)
            );
        }
        out.push_str("</notes>\n");
    }
    // Without a state it is initial: what a tool fills in and says nothing of is done.
    let state = match entry.state {
        State::Open => "",
        State::Done => " state=\"translated\"",
        State::Fuzzy { .. } => " state=\"initial\" subState=\"zimu:fuzzy\"",
    };
    let _ = writeln!(
        out,
        "<segment{state}>\n<source>{}</source>",
        escaped(entry.source)
    );
    if entry.state != State::Open {
        let _ = writeln!(out, "<target>{}</target>", escaped(entry.target));
    }
    out.push_str("</segment>\n</unit>\n");
}

/// XML has no way to write control characters.
fn escaped(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(without_controls).collect();
    escape(lines.join("\n")).into_owned()
}

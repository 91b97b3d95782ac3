//! YouTube srv1: the captions of a video on YouTube in XML in, a track out. It is only read.
//!
//! ```xml
//! <transcript><text start="0.12" dur="3.559">…</text></transcript>
//! ```
//!
//! It counts in seconds, and its text is HTML that was escaped once more: `&amp;#39;` is an
//! apostrophe. A `<` that begins none of the tags which YouTube writes is text. All else is as in
//! `srv3.rs`.

use crate::format::decimal::Unit;
use crate::format::draft::Draft;
use crate::format::json_value::{print_seconds, start_of};
use crate::format::out::Out;
use crate::format::srv3::{Escaped, Form, read_form, root};
use crate::format::timedtext_text::{Pen, RunText, Styling};
use crate::format::vtt_references::unescaped;
use crate::model::Timestamp;

const FORM: Form = Form {
    start: "start",
    length: "dur",
    unit: Unit::SECOND,
    text: Escaped::Twice,
};

/// Whether a text is plainly of this format.
pub(super) fn looks_like(text: &str) -> bool {
    root(text) == Some("transcript") && {
        let start = start_of(text);
        start.contains("<text") && start.contains("start=")
    }
}

/// Prints a time in place of another.
pub(super) fn print_time(_: &str, at: Timestamp, out: &mut Out<'_>) {
    print_seconds(at, out);
}

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    read_form(draft, &FORM);
}

/// Reads a piece of HTML.
pub(super) fn push_html(html: &str, text: &mut RunText) {
    let mut pen = Pen::default();
    let mut rest = html;
    let mut from = 0;
    while let Some(ahead) = memchr::memchr(b'<', &rest.as_bytes()[from..]) {
        let at = from + ahead;
        let Some((tag, length)) = tag(&rest[at..]) else {
            from = at + 1;
            continue;
        };
        text.push(&unescaped(&rest[..at]), pen);
        match tag {
            Tag::Emphasis(index, is_on) => pen.emphasis[index] = is_on,
            Tag::Break => text.push("\n", pen),
            Tag::Styling(styling) => pen.styling = styling,
        }
        rest = &rest[at + length..];
        from = 0;
    }
    text.push(&unescaped(rest), pen);
}

enum Tag {
    /// Which emphasis of a pen goes on, or off.
    Emphasis(usize, bool),
    Break,
    Styling(Styling),
}

/// Bytes of the longest tag that is looked for: no colour or font has more.
const LONGEST_TAG: usize = 200;

/// The tag at the start of `html`, and its length.
fn tag(html: &str) -> Option<(Tag, usize)> {
    let start = &html[..html.floor_char_boundary(LONGEST_TAG)];
    let end = memchr::memchr(b'>', start.as_bytes())?;
    let tag = start.get(1..end)?;
    let (tag, opens) = match tag.strip_prefix('/') {
        Some(tag) => (tag, false),
        None => (tag, true),
    };
    let name = tag.split(['/', ' ']).next().unwrap_or_default();
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    // In the order of `EMPHASIS`.
    let tag = if let Some(index) = ["b", "i", "u"].into_iter().position(is) {
        Tag::Emphasis(index, opens)
    } else if is("br") {
        Tag::Break
    } else if is("font") || is("span") {
        Tag::Styling(if opens {
            Styling::Styled
        } else {
            Styling::Plain
        })
    } else {
        return None;
    };
    Some((tag, end + 1))
}

//! The markup that SubRip files carry: HTML-like tags and ASS overrides.
//!
//! There is no specification: these are the tags that players know. What they know and the
//! model does not (fonts, colours) is dropped with a note; what nobody knows is text, so
//! that `a < b` and `<某某>` are not lost.

use memchr::{memchr, memchr2};

use crate::format::marks::OpenMarks;
use crate::model::{MarkKind, Position, TrackBuilder};

/// What one tag or override asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Open(MarkKind),
    Close(MarkKind),
    Stand(Position),
    BreakLine,
    /// Known to players, not to the model.
    Drop,
}

/// Tags by their name in lower case.
const TAGS: [(&str, Option<MarkKind>); 13] = [
    ("b", Some(MarkKind::Bold)),
    ("strong", Some(MarkKind::Bold)),
    ("i", Some(MarkKind::Italic)),
    ("em", Some(MarkKind::Italic)),
    ("u", Some(MarkKind::Underline)),
    ("font", None),
    ("s", None),
    ("strike", None),
    ("span", None),
    ("c", None),
    ("p", None),
    ("div", None),
    ("br", None),
];

/// The text of one cue while it is read.
#[derive(Debug, Default)]
pub(super) struct TaggedText {
    marks: OpenMarks,
    has_position: bool,
}

impl TaggedText {
    /// Reads one line, and tells whether markup was dropped that players know.
    pub(super) fn line(&mut self, line: &str, language: u8, builder: &mut TrackBuilder) -> Dropped {
        let mut dropped = Dropped::Nothing;
        let mut rest = line;
        while let Some(at) = memchr2(b'<', b'{', rest.as_bytes()) {
            builder.push_str(&rest[..at]);
            rest = &rest[at..];
            let Some((wishes, length)) = markup(rest) else {
                builder.push_str(&rest[..1]);
                rest = &rest[1..];
                continue;
            };
            rest = &rest[length..];
            for wish in wishes {
                match wish {
                    Wish::Open(kind) => self.marks.open(kind, builder),
                    Wish::Close(kind) => self.marks.close(kind, builder),
                    Wish::BreakLine => self.marks.end_line(language, builder),
                    Wish::Stand(position) if !self.has_position => {
                        self.has_position = true;
                        builder.position(position);
                    }
                    // Of several positions players take the first.
                    Wish::Stand(_) | Wish::Drop => dropped = Dropped::Styling,
                }
            }
        }
        builder.push_str(rest);
        self.marks.end_line(language, builder);
        dropped
    }

    /// The cue ends.
    pub(super) fn end_cue(&mut self) {
        self.marks.end_cue();
        self.has_position = false;
    }
}

/// Whether a line had styling that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dropped {
    Nothing,
    Styling,
}

/// The markup at the start of `text`, and its length; `None` where there is none.
fn markup(text: &str) -> Option<(Vec<Wish>, usize)> {
    if text.starts_with('<') {
        let end = memchr(b'>', text.as_bytes())?;
        Some((vec![tag(&text[1..end])?], end + 1))
    } else {
        let end = memchr(b'}', text.as_bytes())?;
        let body = text[1..end].strip_prefix('\\')?;
        Some((body.split('\\').map(override_tag).collect(), end + 1))
    }
}

/// `b`, `/b`, `font color="…"`.
fn tag(body: &str) -> Option<Wish> {
    let (closes, body) = match body.strip_prefix('/') {
        Some(body) => (true, body),
        None => (false, body),
    };
    let name = body.split([' ', '\t', '/', '.']).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let &(name, kind) = TAGS.iter().find(|(known, _)| *known == name)?;
    Some(match kind {
        Some(kind) if closes => Wish::Close(kind),
        Some(kind) => Wish::Open(kind),
        None if name == "br" => Wish::BreakLine,
        None => Wish::Drop,
    })
}

/// `an8`, `i1`, `b0`, or any other override.
fn override_tag(body: &str) -> Wish {
    let body = body.trim();
    let keypad = body
        .strip_prefix("an")
        .and_then(|digits| digits.parse().ok());
    if let Some(position) = keypad.and_then(Position::from_keypad) {
        return Wish::Stand(position);
    }
    match body {
        "b1" => Wish::Open(MarkKind::Bold),
        "b0" => Wish::Close(MarkKind::Bold),
        "i1" => Wish::Open(MarkKind::Italic),
        "i0" => Wish::Close(MarkKind::Italic),
        "u1" => Wish::Open(MarkKind::Underline),
        "u0" => Wish::Close(MarkKind::Underline),
        _ => Wish::Drop,
    }
}

//! The text of a WebVTT cue in, lines and marks out.
//!
//! The tokenizer of the specification ("WebVTT cue text tokenizer"): an unknown tag is
//! dropped and its text kept, what is open at the end closes there, a `<` without its `>`
//! takes the rest of the text with it.

use crate::format::marks::OpenMarks;
use crate::format::vtt_references::{reference, unescaped};
use crate::model::{MarkKind, TrackBuilder};

/// Whether a line had markup that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unkept {
    None,
    Some,
}

/// The text of one cue while it is read.
#[derive(Debug, Default)]
pub(super) struct CueText {
    marks: OpenMarks,
    /// Where a ruby's base began.
    ruby: Option<usize>,
    /// Its reading so far.
    reading: Option<String>,
    /// A tag that goes on over the line's end.
    tag: Option<String>,
    has_lines: bool,
    has_speaker: bool,
}

impl CueText {
    /// Reads one line.
    pub(super) fn line(&mut self, line: &str, language: u8, builder: &mut TrackBuilder) -> Unkept {
        let mut unkept = Unkept::None;
        let mut rest = line;
        if let Some(mut tag) = self.tag.take() {
            tag.push(' ');
            rest = self.tag_body(tag, rest, &mut unkept, builder);
        } else if self.has_lines {
            self.end_line(language, builder);
        }
        self.has_lines = true;
        while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
            self.text(&rest[..at], builder);
            rest = &rest[at..];
            if let Some(behind) = rest.strip_prefix('<') {
                rest = self.tag_body(String::new(), behind, &mut unkept, builder);
            } else {
                let (character, length) = reference(rest);
                self.text(character.as_deref().unwrap_or(&rest[..length]), builder);
                rest = &rest[length..];
            }
        }
        self.text(rest, builder);
        unkept
    }

    /// The cue ends. A tag that is still open has taken the rest of the text with it.
    pub(super) fn end(mut self, language: u8, builder: &mut TrackBuilder) -> Unkept {
        self.close_ruby(builder);
        // A cue of tags alone has no line.
        if builder.line_count() > 0 || !builder.current_line().is_empty() {
            self.marks.end_line(language, builder);
        }
        if self.tag.is_some() {
            Unkept::Some
        } else {
            Unkept::None
        }
    }

    fn end_line(&mut self, language: u8, builder: &mut TrackBuilder) {
        self.close_ruby(builder);
        self.marks.end_line(language, builder);
    }

    fn text(&mut self, text: &str, builder: &mut TrackBuilder) {
        match &mut self.reading {
            Some(reading) => reading.push_str(text),
            None => builder.push_str(text),
        }
    }

    /// Reads a tag up to its `>`, and gives what stands behind it.
    fn tag_body<'l>(
        &mut self,
        mut tag: String,
        rest: &'l str,
        unkept: &mut Unkept,
        builder: &mut TrackBuilder,
    ) -> &'l str {
        let Some(end) = memchr::memchr(b'>', rest.as_bytes()) else {
            tag.push_str(rest);
            self.tag = Some(tag);
            return "";
        };
        tag.push_str(&rest[..end]);
        if self.tag(&tag, builder) == Unkept::Some {
            *unkept = Unkept::Some;
        }
        &rest[end + 1..]
    }

    fn tag(&mut self, tag: &str, builder: &mut TrackBuilder) -> Unkept {
        let (side, tag) = match tag.strip_prefix('/') {
            Some(tag) => (Side::Closes, tag),
            None => (Side::Opens, tag),
        };
        let name = tag.split(['.', ' ', '\t']).next().unwrap_or_default();
        let kind = match name {
            "b" => MarkKind::Bold,
            "i" => MarkKind::Italic,
            "u" => MarkKind::Underline,
            _ => return self.other_tag(name, tag, side, builder),
        };
        match side {
            Side::Opens => self.marks.open(kind, builder),
            Side::Closes => self.marks.close_innermost(kind, builder),
        }
        if tag.len() > name.len() {
            Unkept::Some
        } else {
            Unkept::None
        }
    }

    fn other_tag(
        &mut self,
        name: &str,
        tag: &str,
        side: Side,
        builder: &mut TrackBuilder,
    ) -> Unkept {
        match (name, side) {
            ("ruby", Side::Opens) => {
                self.close_ruby(builder);
                self.ruby = Some(builder.here());
            }
            ("rt", Side::Opens) if self.ruby.is_some() => self.reading = Some(String::new()),
            ("rt", Side::Closes) => {
                let base_end = builder.here();
                self.close_ruby(builder);
                self.ruby = Some(base_end);
            }
            ("ruby", Side::Closes) => self.close_ruby(builder),
            ("v", Side::Opens) => {
                if std::mem::replace(&mut self.has_speaker, true) {
                    return Unkept::Some;
                }
                let name = tag
                    .split_once([' ', '\t'])
                    .map_or("", |(_, name)| name.trim());
                builder.speaker(&unescaped(name));
            }
            ("v", Side::Closes) => {}
            _ => return Unkept::Some,
        }
        Unkept::None
    }

    /// Ends a ruby: its base is marked with the reading that was found.
    fn close_ruby(&mut self, builder: &mut TrackBuilder) {
        if let (Some(from), Some(reading)) = (self.ruby.take(), self.reading.take())
            && !reading.is_empty()
        {
            let reading = builder.aside(&reading);
            builder.mark(from, MarkKind::Ruby(reading));
        }
    }
}

/// Which end of a span a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
}

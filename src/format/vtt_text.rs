//! The text of a WebVTT cue in, lines and marks out.
//!
//! The tokenizer of the specification ("WebVTT cue text tokenizer"): an unknown tag is
//! dropped and its text kept, what is open at the end closes there, a `<` without its `>`
//! takes the rest of the text with it.

use std::borrow::Cow;

use crate::format::draft::CONTROL;
use crate::format::marks::OpenMarks;
use crate::format::vtt_references::{reference, unescaped};
use crate::model::{Kind, LanguageTag, MarkKind, TrackBuilder, kinds};
use crate::text::class::without_controls;

kinds! {
    Format;
    STYLING: Note, "styling",
        "expected bold, italic, underline, ruby, a language or a voice for markup",
        "other markup was dropped, its text was kept";
    LANGUAGE: Note, "second-language",
        "expected one language in a line",
        "the whole line is in that of its first words";
    VOICE: Repair, "second-voice",
        "expected one voice in a cue",
        "its text was kept, under the first voice; give it a cue of its own";
    OPEN_TAG: Fault, "open-tag",
        "expected a > behind a <",
        "what stands behind it was dropped, as players do; write &lt; for a <";
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
    /// What is open of `<lang>`; nothing for one that cannot be read.
    languages: Vec<Option<u8>>,
    /// What the first words of the line are in.
    first_words: FirstWords,
    speaker: Option<String>,
    /// What is wrong with the line, each kind once.
    found: Vec<&'static Kind>,
}

impl CueText {
    /// Reads one line, and gives what was wrong with it.
    pub(super) fn line(
        &mut self,
        line: &str,
        language: u8,
        builder: &mut TrackBuilder,
    ) -> impl Iterator<Item = &'static Kind> {
        let plain = without_controls(line);
        if let Cow::Owned(_) = plain {
            self.found(&CONTROL);
        }
        let mut rest = &*plain;
        if let Some(mut tag) = self.tag.take() {
            tag.push(' ');
            rest = self.tag_body(tag, rest, builder);
        } else if self.has_lines {
            self.end_line(language, builder);
        }
        self.has_lines = true;
        while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
            self.text(&rest[..at], builder);
            rest = &rest[at..];
            rest = match rest.strip_prefix('<') {
                Some(behind) => self.tag_body(String::new(), behind, builder),
                None => self.reference(rest, builder),
            };
        }
        self.text(rest, builder);
        std::mem::take(&mut self.found).into_iter()
    }

    /// The cue ends. A tag that is still open has taken the rest of the text with it.
    pub(super) fn end(mut self, language: u8, builder: &mut TrackBuilder) -> Option<&'static Kind> {
        self.close_ruby(builder);
        // A cue of tags alone has no line.
        if builder.line_count() > 0 || !builder.current_line().is_empty() {
            let language = self.language_of_line().unwrap_or(language);
            self.marks.end_line(language, builder);
        }
        self.tag.is_some().then_some(&OPEN_TAG)
    }

    fn found(&mut self, kind: &'static Kind) {
        if !self.found.contains(&kind) {
            self.found.push(kind);
        }
    }

    fn end_line(&mut self, language: u8, builder: &mut TrackBuilder) {
        self.close_ruby(builder);
        let language = self.language_of_line().unwrap_or(language);
        self.marks.end_line(language, builder);
    }

    /// The language of the line that ends, where the text says one.
    fn language_of_line(&mut self) -> Option<u8> {
        match std::mem::take(&mut self.first_words) {
            FirstWords::None => self.language(),
            FirstWords::In(language) => language,
        }
    }

    /// The language of what follows, where the text says one.
    fn language(&self) -> Option<u8> {
        self.languages.last().copied().flatten()
    }

    fn text(&mut self, text: &str, builder: &mut TrackBuilder) {
        if let Some(reading) = &mut self.reading {
            return reading.push_str(text);
        }
        builder.push_str(text);
        if text.trim().is_empty() {
            return;
        }
        let language = self.language();
        match self.first_words {
            FirstWords::None => self.first_words = FirstWords::In(language),
            FirstWords::In(first) if first != language => self.found(&LANGUAGE),
            FirstWords::In(_) => {}
        }
    }

    /// Reads the reference at the start of `rest`, and gives what stands behind it.
    fn reference<'l>(&mut self, rest: &'l str, builder: &mut TrackBuilder) -> &'l str {
        let (character, length) = reference(rest);
        let text = character.as_deref().unwrap_or(&rest[..length]);
        if text.contains(is_control) {
            self.found(&CONTROL);
        } else {
            self.text(text, builder);
        }
        &rest[length..]
    }

    /// Reads a tag up to its `>`, and gives what stands behind it.
    fn tag_body<'l>(
        &mut self,
        mut tag: String,
        rest: &'l str,
        builder: &mut TrackBuilder,
    ) -> &'l str {
        let Some(end) = memchr::memchr(b'>', rest.as_bytes()) else {
            tag.push_str(rest);
            self.tag = Some(tag);
            return "";
        };
        tag.push_str(&rest[..end]);
        self.tag(&tag, builder);
        &rest[end + 1..]
    }

    fn tag(&mut self, tag: &str, builder: &mut TrackBuilder) {
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
            self.found(&STYLING);
        }
    }

    fn other_tag(&mut self, name: &str, tag: &str, side: Side, builder: &mut TrackBuilder) {
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
            ("v", Side::Opens) => self.voice(tag, builder),
            ("v", Side::Closes) => {}
            ("lang", Side::Opens) => self.open_language(tag, builder),
            ("lang", Side::Closes) => drop(self.languages.pop()),
            _ => self.found(&STYLING),
        }
    }

    fn open_language(&mut self, tag: &str, builder: &mut TrackBuilder) {
        let name = tag.split_once([' ', '\t']).map_or("", |(_, name)| name);
        let language = name.trim().parse::<LanguageTag>().ok();
        let language = language.filter(|language| builder.has_room_for(language));
        if language.is_none() {
            self.found(&STYLING);
        }
        let index = language.map(|language| builder.language(&language));
        self.languages.push(index);
    }

    /// Of several voices in a cue the model holds the first that has a name.
    fn voice(&mut self, tag: &str, builder: &mut TrackBuilder) {
        let name = tag.split_once([' ', '\t']).map_or("", |(_, name)| name);
        let name = unescaped(name.trim());
        let plain = without_controls(&name);
        if let Cow::Owned(_) = plain {
            self.found(&CONTROL);
        }
        match &self.speaker {
            _ if plain.is_empty() => {}
            Some(speaker) if *speaker != *plain => self.found(&VOICE),
            Some(_) => {}
            None => {
                builder.speaker(&plain);
                self.speaker = Some(plain.into_owned());
            }
        }
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

/// What is not shown. A line end that is written as a reference parts words as a space does.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Which language the first words of a line are in, where the text says one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FirstWords {
    #[default]
    None,
    In(Option<u8>),
}

/// Which end of a span a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
}

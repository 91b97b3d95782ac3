//! The parts of zimu's JSON form that stand for themselves: a cue, a line, a mark, a chapter,
//! and the text in them. What is made of them is in `json_read.rs`.
//!
//! A value that may be wrong without harm to its neighbours is taken as it is written.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::format::json_value::Text;
use crate::model::MarkKind;
use crate::text::class::without_controls;

/// A mark: its reading is text where it is written, and JSON where it is read.
#[derive(Serialize, Deserialize)]
#[serde(expecting = "a mark")]
pub(super) struct MarkForm<R> {
    pub(super) kind: MarkName,
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reading: Option<R>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MarkName {
    Bold,
    Italic,
    Underline,
    Ruby,
}

impl MarkName {
    pub(super) const fn of(kind: MarkKind) -> Self {
        match kind {
            MarkKind::Bold => Self::Bold,
            MarkKind::Italic => Self::Italic,
            MarkKind::Underline => Self::Underline,
            MarkKind::Ruby(_) => Self::Ruby,
        }
    }
}

#[derive(Deserialize)]
#[serde(expecting = "a cue")]
pub(super) struct CueForm<'j> {
    #[serde(borrow)]
    pub(super) id: Option<&'j RawValue>,
    #[serde(borrow)]
    pub(super) start_ms: &'j RawValue,
    #[serde(borrow)]
    pub(super) end_ms: Option<&'j RawValue>,
    #[serde(borrow)]
    pub(super) speaker: Option<&'j RawValue>,
    #[serde(borrow)]
    pub(super) position: Option<&'j RawValue>,
    #[serde(borrow, default)]
    pub(super) lines: Vec<LineForm<'j>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a line")]
pub(super) struct LineForm<'j> {
    #[serde(borrow)]
    pub(super) language: Option<&'j RawValue>,
    #[serde(borrow)]
    pub(super) text: &'j RawValue,
    #[serde(borrow, default)]
    pub(super) marks: Vec<&'j RawValue>,
}

#[derive(Deserialize)]
#[serde(expecting = "a chapter")]
pub(super) struct ChapterForm<'j> {
    #[serde(borrow)]
    pub(super) start_ms: &'j RawValue,
    #[serde(borrow)]
    pub(super) title: &'j RawValue,
}

/// A string as a caption may hold it, without control characters and of one line.
pub(super) struct PlainText<'j> {
    pub(super) text: Cow<'j, str>,
    /// As it was written, where that is something else.
    written: Option<Cow<'j, str>>,
}

impl<'j> PlainText<'j> {
    pub(super) fn new(written: Text<'j>) -> Self {
        let Text(written) = written;
        if let Cow::Borrowed(_) = without_controls(&written) {
            return Self {
                text: written,
                written: None,
            };
        }
        let mut text = String::with_capacity(written.len());
        for c in written.chars() {
            text.extend(shown(c, &text));
        }
        Self {
            text: Cow::Owned(text),
            written: Some(written),
        }
    }

    pub(super) fn had_line_ends(&self) -> bool {
        let written = self.written.as_deref().unwrap_or_default();
        written.contains(is_line_end)
    }

    pub(super) fn had_controls(&self) -> bool {
        let written = self.written.as_deref().unwrap_or_default();
        let mut parts = written.split(is_line_end);
        parts.any(|part| matches!(without_controls(part), Cow::Owned(_)))
    }

    /// Where each character that was written is in the text, and where its end is.
    pub(super) fn places(&self) -> Vec<usize> {
        let Some(written) = &self.written else {
            let places = self.text.char_indices().map(|(at, _)| at);
            return places.chain([self.text.len()]).collect();
        };
        let mut text = String::with_capacity(written.len());
        let mut places = Vec::new();
        for c in written.chars() {
            places.push(text.len());
            text.extend(shown(c, &text));
        }
        places.push(text.len());
        places
    }
}

/// What is shown of a character behind others: of a run of line ends one space.
fn shown(c: char, before: &str) -> Option<char> {
    if is_line_end(c) {
        return (!before.ends_with(' ')).then_some(' ');
    }
    let is_kept = c == '\t' || !c.is_control();
    is_kept.then_some(c)
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

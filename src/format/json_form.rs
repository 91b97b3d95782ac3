//! The parts of zimu's JSON form that stand for themselves: a string, a line, a mark, a
//! chapter. What is read piece by piece is in `json_read.rs`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::MarkKind;

#[derive(Serialize, Deserialize)]
pub(super) struct MarkForm<'j> {
    pub(super) kind: MarkName,
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) reading: Option<Cow<'j, str>>,
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

/// A string that is borrowed from the source where it has no escapes.
#[derive(Deserialize)]
pub(super) struct Text<'j>(#[serde(borrow)] pub(super) Cow<'j, str>);

#[derive(Deserialize)]
pub(super) struct LineForm<'j> {
    #[serde(borrow, default)]
    pub(super) language: Option<Cow<'j, str>>,
    #[serde(borrow)]
    pub(super) text: Cow<'j, str>,
    #[serde(borrow, default)]
    pub(super) marks: Vec<MarkForm<'j>>,
}

#[derive(Deserialize)]
pub(super) struct ChapterForm<'j> {
    pub(super) start_ms: u32,
    #[serde(borrow)]
    pub(super) title: Cow<'j, str>,
}

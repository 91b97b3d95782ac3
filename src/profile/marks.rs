//! What a profile says of punctuation marks, as it is written down and as it is used.
//!
//! Captions never change a letter, a digit or a Han character, so that none may be given
//! where a mark is meant.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::profile::Profile;
use crate::profile::form::Quoted;

/// Most marks of an ellipsis: `...`.
const LONGEST_ELLIPSIS: usize = 3;

/// Whether half-width marks in Chinese text are shown full-width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PunctuationPolicy {
    /// Marks are shown in the width that they are written in.
    #[default]
    Keep,
    /// `, . ? ! : ;` right behind a Chinese character, what closes in Chinese (》 ” ）) or a
    /// full-width ？ or ！ are shown full-width, and spaces behind them are not shown. Not those
    /// that may be a part of something else: a `.` before a Latin letter or digit, or between
    /// two Chinese characters of an utterance that has no other half-width mark; any before
    /// another half-width sign; and all in Latin text and numbers.
    Full,
}

/// Quotation marks: of a quotation, and of one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotes {
    /// Opening and closing.
    pub outer: [char; 2],
    /// The same inside another quotation.
    pub inner: [char; 2],
}

/// What a quotation mark is in its quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteMark {
    /// Opens one.
    OuterOpen,
    /// Closes it.
    OuterClose,
    /// Opens one inside another.
    InnerOpen,
    /// Closes that.
    InnerClose,
}

impl Quotes {
    /// Those of a list of four.
    pub(super) const fn of(marks: &[char]) -> Option<Self> {
        match *marks {
            [open, close, inner_open, inner_close] => Some(Self {
                outer: [open, close],
                inner: [inner_open, inner_close],
            }),
            _ => None,
        }
    }

    /// The mark of these that is such.
    #[must_use]
    pub const fn mark(&self, mark: QuoteMark) -> char {
        match mark {
            QuoteMark::OuterOpen => self.outer[0],
            QuoteMark::OuterClose => self.outer[1],
            QuoteMark::InnerOpen => self.inner[0],
            QuoteMark::InnerClose => self.inner[1],
        }
    }
}

/// Any number of marks.
pub(super) fn marks<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let marks = deserializer.deserialize_str(Quoted("punctuation marks in quotes"))?;
    all_marks(marks.chars())?;
    Ok(Some(marks))
}

/// Marks, each with what is shown for it.
pub(super) fn replacements<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<BTreeMap<char, String>>, D::Error> {
    let replacements = BTreeMap::<char, String>::deserialize(deserializer)?;
    all_marks(replacements.keys().copied())?;
    all_marks(replacements.values().flat_map(|shown| shown.chars()))?;
    Ok(Some(replacements))
}

/// A few marks without a space.
pub(super) fn ellipsis<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let ellipsis = deserializer.deserialize_str(Quoted("an ellipsis in quotes"))?;
    all_marks(ellipsis.chars())?;
    if ellipsis.chars().count() > LONGEST_ELLIPSIS || ellipsis.contains(char::is_whitespace) {
        return Err(Error::custom(format!(
            "expected up to {LONGEST_ELLIPSIS} marks without a space, found {ellipsis:?}"
        )));
    }
    Ok(Some(ellipsis))
}

/// One mark, or none.
pub(super) fn name_dot<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    short_marks(deserializer, "one mark in quotes", 1)
}

/// A mark with its space, or none.
pub(super) fn dialogue_dash<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    short_marks(deserializer, "a dash in quotes", 2)
}

fn short_marks<'de, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    most: usize,
) -> Result<Option<String>, D::Error> {
    let marks = deserializer.deserialize_str(Quoted(expected))?;
    all_marks(marks.chars())?;
    if marks.chars().count() > most || marks.starts_with(char::is_whitespace) {
        return Err(Error::custom(format!(
            "expected {expected}, found {marks:?}"
        )));
    }
    Ok(Some(marks))
}

/// Four marks, or none.
pub(super) fn quotes<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<char>>, D::Error> {
    let marks = Vec::<char>::deserialize(deserializer)?;
    all_marks(marks.iter().copied())?;
    match marks.len() {
        0 | 4 => Ok(Some(marks)),
        count => Err(Error::custom(format!(
            "expected four quotation marks or none, found {count}"
        ))),
    }
}

/// Sequences of at least two ？ and ！.
pub(super) fn sequences<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<String>>, D::Error> {
    let sequences = Vec::<String>::deserialize(deserializer)?;
    let is_wrong = |sequence: &&String| {
        sequence.chars().count() < 2 || sequence.contains(|c| !matches!(c, '？' | '！' | '?' | '!'))
    };
    match sequences.iter().find(is_wrong) {
        Some(wrong) => Err(Error::custom(format!(
            "expected sequences of ？ and ！, found {wrong:?}"
        ))),
        None => Ok(Some(sequences)),
    }
}

fn all_marks<E: Error>(mut characters: impl Iterator<Item = char>) -> Result<(), E> {
    let word = characters.find(|c| c.is_alphanumeric() || c.is_control());
    word.map_or(Ok(()), |c| {
        Err(E::custom(format!(
            "expected punctuation marks, found {c:?}"
        )))
    })
}

impl Profile {
    /// The same limits, with all marks as they are written: for captions, whose marks are
    /// somebody's choice already.
    ///
    /// ```
    /// use zimu::model::LanguageTag;
    /// use zimu::profile::Profile;
    /// use zimu::segment::{Layout, wrap};
    ///
    /// let profile = Profile::named("netflix-zh-hans")?.with_marks_as_written();
    /// let lines = wrap("茶好了，请坐。", Layout::new(&profile, &LanguageTag::ZH_HANS));
    /// assert_eq!(lines, ["茶好了，请坐。"]);
    /// # Ok::<(), zimu::profile::ProfileError>(())
    /// ```
    #[must_use]
    pub fn with_marks_as_written(&self) -> Self {
        Self {
            line_end_forbidden: String::new(),
            inline_replace: BTreeMap::new(),
            punctuation: PunctuationPolicy::Keep,
            ellipsis: String::new(),
            quotes: None,
            forbid_sequences: Vec::new(),
            name_dot: String::new(),
            ..self.clone()
        }
    }
}

//! What a project says of how its own words are read in, those words found in a text out.
//!
//! All are looked for in one pass (`aho-corasick`), the longest of several that begin at one
//! place; where there are none nothing is built, and nothing is looked for.

use aho_corasick::{AhoCorasick, BuildError, Input, MatchKind};

use crate::model::Span;
use crate::text::class::{Class, splits_word};
use crate::text::spoken::{Said, said};

/// How one word is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// In so many syllables.
    Syllables(u32),
    /// As this text is.
    As(String),
}

/// Words that are not read as they are written, ready to be found. Made once a run.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    search: Option<AhoCorasick>,
    /// How each is read, and what is said of it.
    read: Vec<(Reading, Said)>,
}

/// There are more words than can be looked for at once: gigabytes of them.
#[derive(Clone, Debug, thiserror::Error)]
#[error("expected fewer readings: {0}")]
pub struct TooManyReadings(#[from] BuildError);

impl Readings {
    /// No readings at all.
    pub const NONE: Self = Self {
        search: None,
        read: Vec::new(),
    };

    /// Makes these readings ready: each is of a word as it is written. What is blank is none.
    ///
    /// # Errors
    /// [`TooManyReadings`] where the words have more than some two thousand million bytes.
    ///
    /// ```
    /// use zimu::text::spoken::{Reading, Readings, Spoken};
    ///
    /// let readings = Readings::new([
    ///     ("zimu", Reading::Syllables(2)),
    ///     ("AISystem", Reading::As("A I System".to_owned())),
    /// ])?;
    /// assert_eq!(Spoken::with("用zimu做AISystem", &readings).said().syllables(), 1 + 2 + 1 + 4);
    /// # Ok::<(), zimu::text::spoken::TooManyReadings>(())
    /// ```
    pub fn new<W: AsRef<str>>(
        readings: impl IntoIterator<Item = (W, Reading)>,
    ) -> Result<Self, TooManyReadings> {
        let readings: Vec<(W, Reading)> = readings
            .into_iter()
            .filter(|(word, _)| !word.as_ref().trim().is_empty())
            .collect();
        if readings.is_empty() {
            return Ok(Self::NONE);
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(readings.iter().map(|(word, _)| word.as_ref()))?;
        let read = readings
            .into_iter()
            .map(|(word, reading)| {
                let said = reading.said(word.as_ref());
                (reading, said)
            })
            .collect();
        Ok(Self {
            search: Some(search),
            read,
        })
    }

    /// The first of the words in `text` from `at` on, how it is read and what is said of it. One that begins or
    /// ends with a letter or a digit does so only where a word does, as terms do.
    pub(super) fn find(&self, text: &str, mut at: usize) -> Option<(Span, &(Reading, Said))> {
        let search = self.search.as_ref()?;
        loop {
            let found = search.find(Input::new(text).range(at..))?;
            if !splits_word(text, found.start()) && !splits_word(text, found.end()) {
                let span = Span::new(found.start(), found.end());
                return Some((span, &self.read[found.pattern().as_usize()]));
            }
            at = text.ceil_char_boundary(found.start() + 1);
        }
    }
}

impl Default for &Readings {
    fn default() -> Self {
        static NONE: Readings = Readings::NONE;
        &NONE
    }
}

impl Reading {
    fn said(&self, word: &str) -> Said {
        match self {
            Self::As(text) => said(text),
            Self::Syllables(count) if word.chars().any(|c| Class::of(c) == Class::Han) => {
                Said::han(*count)
            }
            Self::Syllables(word) => Said {
                word: *word,
                ..Said::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spoken::{PieceKind, Spoken};

    fn readings() -> Readings {
        Readings::new([
            ("zimu", Reading::Syllables(2)),
            ("zimu pro", Reading::Syllables(3)),
            ("重庆", Reading::As("崇庆".to_owned())),
            ("3.0", Reading::Syllables(2)),
            ("。。", Reading::Syllables(0)),
            (" ", Reading::Syllables(9)),
        ])
        .unwrap()
    }

    #[test]
    fn a_reading_goes_before_everything() {
        for (text, expected) in [
            ("用zimu做", 4),
            ("用zimu pro做", 5),
            ("zimus是六个", 2 + 3),
            ("重庆的3.0版", 2 + 1 + 2 + 1),
            ("版本13.0", 2 + 4),
            ("zimuzimu", 4),
            ("zimu", 2),
            ("好。。", 1),
        ] {
            let said = Spoken::with(text, &readings()).said();
            assert_eq!(said.syllables(), expected, "{text}: {said:?}");
        }
    }

    #[test]
    fn a_reading_is_one_piece_where_it_stands() {
        let text = "在重庆，用zimu。";
        let readings = readings();
        let pieces: Vec<_> = Spoken::with(text, &readings)
            .map(|piece| {
                (
                    piece.span.of(text),
                    matches!(piece.kind, PieceKind::Said(_)),
                )
            })
            .collect();
        assert_eq!(
            pieces,
            [
                ("在", true),
                ("重庆", true),
                ("，", false),
                ("用", true),
                ("zimu", true),
                ("。", false)
            ]
        );
    }
}

//! How a voice speaks: its numbers, and the file that they may stand in.
//!
//! The default weights are what ten channels have in common (`cargo xtask fit`, to a millisecond):
//! least squares over 34,518 lines of 30 videos, from the start of a line to the start of the next
//! and, where recognisers recorded it, to its end. Each channel counts the same, at its own
//! pace; the rate is their mean. What each feature is worth there, as the mean error of
//! a line's start over 20 minutes whose length is known (9.3 s for syllables alone): function
//! characters 0.2 s, lines of two and three syllables 0.2 s, Latin words and letters 0.1 s,
//! numbers 0.05 s, all together 0.7 s. That the channels count the same, their paces apart, is worth
//! 0.3 s and a quarter of the error of totals on channels that it was not fitted on.
//!
//! [`text::spoken`]: mod@crate::text::spoken

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::de::Deserializer;
use serde::{Deserialize, Serialize};

use crate::profile::form::whole_number;
use crate::profile::{TomlError, words};

/// How a voice speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Voice {
    /// From the start of a line to the start of the next.
    pub interval: Weights,
    /// From the start of a line to its end.
    pub spoken: Weights,
    /// How long it rests.
    pub rests: Rests,
}

/// How long a voice rests where the text asks for it, in thousandths of the default
/// voice's rests, 0 to 10000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Rests {
    /// At the marks inside a sentence.
    #[serde(deserialize_with = "rest")]
    #[schemars(range(max = 10_000))]
    pub inside: u32,
    /// At its end, before paragraphs and headings.
    #[serde(deserialize_with = "rest")]
    #[schemars(range(max = 10_000))]
    pub between: u32,
}

/// What a line takes, in microseconds for each of what it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Weights {
    /// Each syllable, whatever it is of.
    #[serde(deserialize_with = "syllable")]
    #[schemars(range(min = 90_000, max = 1_000_000))]
    pub syllable_us: i64,
    /// More for one of a character that says little: 的 了 我.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub function_us: i64,
    /// More for one of a number in figures.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub number_us: i64,
    /// More for one of a Latin word.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub word_us: i64,
    /// More for a spelled letter.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub letter_us: i64,
    /// More for a sound of hesitation: 嗯 啊.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub filler_us: i64,
    /// More for a line that begins with an answer: 对 好 是的.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub answer_us: i64,
    /// More for a line of two syllables.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub two_us: i64,
    /// More for a line of three.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub three_us: i64,
    /// More for each line, whatever it has: how lines are cut is a habit of captions, so that
    /// only a voice that is learned from some has it.
    #[serde(default, deserialize_with = "more")]
    #[schemars(range(min = -5_000_000, max = 5_000_000))]
    pub line_us: i64,
}

/// From the fastest plausible speech to one syllable a second.
const SYLLABLE_US: RangeInclusive<i64> = 90_000..=1_000_000;

/// More than any of them ever takes.
const MORE_US: RangeInclusive<i64> = -5_000_000..=5_000_000;

impl Default for Voice {
    /// The mean of ten channels, which differ by 15 % (one standard deviation).
    fn default() -> Self {
        Self {
            interval: Weights {
                syllable_us: 242_000,
                function_us: -43_000,
                number_us: -26_000,
                word_us: 93_000,
                letter_us: -43_000,
                filler_us: 206_000,
                answer_us: 277_000,
                two_us: 712_000,
                three_us: 506_000,
                line_us: 0,
            },
            spoken: Weights {
                syllable_us: 216_000,
                function_us: -41_000,
                number_us: -24_000,
                word_us: -22_000,
                letter_us: -97_000,
                filler_us: 74_000,
                answer_us: 208_000,
                two_us: 342_000,
                three_us: 296_000,
                line_us: 0,
            },
            rests: Rests::default(),
        }
    }
}

impl Default for Rests {
    fn default() -> Self {
        Self {
            inside: 1000,
            between: 1000,
        }
    }
}

impl Weights {
    /// The nearest that a file may hold.
    pub(crate) fn in_range(self) -> Self {
        let more = |us: i64| us.clamp(*MORE_US.start(), *MORE_US.end());
        Self {
            syllable_us: self
                .syllable_us
                .clamp(*SYLLABLE_US.start(), *SYLLABLE_US.end()),
            function_us: more(self.function_us),
            number_us: more(self.number_us),
            word_us: more(self.word_us),
            letter_us: more(self.letter_us),
            filler_us: more(self.filler_us),
            answer_us: more(self.answer_us),
            two_us: more(self.two_us),
            three_us: more(self.three_us),
            line_us: more(self.line_us),
        }
    }
}

impl Voice {
    /// Reads a voice's file. A table that is not there is the default voice's; a weight that is
    /// not in its table is 0.
    ///
    /// # Errors
    /// [`TomlError`], with the place in `toml` of a key or value that is not one.
    ///
    /// ```
    /// use zimu::timing::Voice;
    ///
    /// let voice = Voice::from_toml("[interval]\nsyllable_us = 240_000\n")?;
    /// assert_eq!(voice.spoken, Voice::default().spoken);
    /// assert_eq!(Voice::from_toml(&voice.to_toml())?, voice);
    /// # Ok::<(), zimu::profile::TomlError>(())
    /// ```
    pub fn from_toml(toml: &str) -> Result<Self, TomlError> {
        toml::from_str(toml).map_err(|error| words::toml_error(&error))
    }

    /// The text of its file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        // Whole numbers in tables of their own: there is nothing that TOML could not hold.
        toml::to_string(self).unwrap_or_default()
    }

    /// The JSON schema of a voice's file.
    #[must_use]
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Voice)
    }
}

fn rest<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    whole_number(deserializer, 0..=10_000)
        .map(i64::cast_unsigned)
        .map(|value| value as u32)
}

fn syllable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    whole_number(deserializer, SYLLABLE_US)
}

fn more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    whole_number(deserializer, MORE_US)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_no_voice_has_is_an_error_with_its_place() {
        for (toml, message, at) in [
            (
                "[interval]\nsyllable_us = 5",
                "expected a whole number from 90000 to 1000000, found 5",
                "5",
            ),
            (
                "[spoken]\nsyllable_us = 'x'",
                "expected a whole number from 90000 to 1000000, found \"x\"",
                "'x'",
            ),
            (
                "[rests]\ninside = -1",
                "expected a whole number from 0 to 10000, found -1",
                "-1",
            ),
            ("interval = 5", "expected a table, found `5`", "5"),
            (
                "[rests]\nat = 1",
                "expected the key `inside` or `between`, found `at`",
                "at",
            ),
        ] {
            let TomlError {
                message: found,
                span,
            } = Voice::from_toml(toml).unwrap_err();
            assert_eq!((&*found, span.of(toml)), (message, at), "{toml}");
        }
    }

    #[test]
    fn a_table_without_its_syllables_is_an_error() {
        let error = Voice::from_toml("[interval]\nword_us = 0").unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected the key `syllable_us`, found none"
        );
    }
}

//! How a voice speaks: its numbers.
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

impl Voice {
    /// The mean of ten channels, which differ by 15 % (one standard deviation).
    pub(crate) const DEFAULT: Self = Self {
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
        rests: Rests {
            inside: 1000,
            between: 1000,
        },
    };
}

impl Default for Voice {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Default for Rests {
    fn default() -> Self {
        Voice::DEFAULT.rests
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

//! Who speaks: one voice, and those of speakers who have their own; and the file they stand in.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::profile::voice::{Rests, Voice, Weights};
use crate::profile::{TomlError, words};

/// The voices of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(from = "Form", into = "Form")]
#[schemars(with = "Form")]
pub struct Voices {
    /// Of whoever has none of his own.
    pub common: Voice,
    /// Of those who have, by their labels.
    pub speakers: BTreeMap<String, Voice>,
}

/// The voices of nobody in particular.
static DEFAULT: Voices = Voices {
    common: Voice::DEFAULT,
    speakers: BTreeMap::new(),
};

impl Default for &Voices {
    fn default() -> Self {
        &DEFAULT
    }
}

impl From<Voice> for Voices {
    fn from(common: Voice) -> Self {
        Self {
            common,
            speakers: BTreeMap::new(),
        }
    }
}

impl Voices {
    /// The voice of a speaker, by his label.
    ///
    /// ```
    /// use zimu::timing::Voices;
    ///
    /// let voices = Voices::from_toml("[speakers.'甲'.interval]\nsyllable_us = 300_000\n")?;
    /// assert_eq!(voices.of(Some("甲")).interval.syllable_us, 300_000);
    /// assert_eq!(voices.of(Some("乙")), &voices.common);
    /// # Ok::<(), zimu::profile::TomlError>(())
    /// ```
    #[must_use]
    pub fn of(&self, label: Option<&str>) -> &Voice {
        let own = label.and_then(|label| self.speakers.get(label));
        own.unwrap_or(&self.common)
    }

    /// Reads a voice's file. A table that is not there is the default voice's; a weight that is
    /// not in its table is 0.
    ///
    /// # Errors
    /// [`TomlError`], with the place in `toml` of a key or value that is not one.
    ///
    /// ```
    /// use zimu::timing::{Voice, Voices};
    ///
    /// let voices = Voices::from_toml("[interval]\nsyllable_us = 240_000\n")?;
    /// assert_eq!(voices.common.spoken, Voice::default().spoken);
    /// assert_eq!(Voices::from_toml(&voices.to_toml())?, voices);
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
        schemars::schema_for!(Voices)
    }
}

/// As they stand in a file.
#[derive(Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
#[schemars(rename = "Voices")]
struct Form {
    /// From the start of a line to the start of the next.
    interval: Weights,
    /// From the start of a line to its end.
    spoken: Weights,
    /// How long it rests.
    rests: Rests,
    /// The voices of speakers who have their own, by their labels.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    speakers: BTreeMap<String, Voice>,
}

impl Default for Form {
    fn default() -> Self {
        Voices::default().into()
    }
}

impl From<Form> for Voices {
    fn from(form: Form) -> Self {
        Self {
            common: Voice {
                interval: form.interval,
                spoken: form.spoken,
                rests: form.rests,
            },
            speakers: form.speakers,
        }
    }
}

impl From<Voices> for Form {
    fn from(Voices { common, speakers }: Voices) -> Self {
        Self {
            interval: common.interval,
            spoken: common.spoken,
            rests: common.rests,
            speakers,
        }
    }
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
            (
                "[speakers.a.rests]\ninside = -1",
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
            } = Voices::from_toml(toml).unwrap_err();
            assert_eq!((&*found, span.of(toml)), (message, at), "{toml}");
        }
    }

    #[test]
    fn a_table_without_its_syllables_is_an_error() {
        let error = Voices::from_toml("[interval]\nword_us = 0").unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected the key `syllable_us`, found none"
        );
    }
}

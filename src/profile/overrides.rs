//! The text of a `talk.zimu.toml` in, what holds for that one talk out.
//!
//! It goes before all that holds for the catalogue that the talk is in. Paths start at its
//! folder.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::model::{LanguageTag, ParseTimeError, Timestamp};
use crate::profile::form::Quoted;
use crate::profile::settings::language;
use crate::profile::{Placed, TomlError, words};

/// What holds for one talk of a catalogue, where anything does.
///
/// Every key may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Overrides {
    /// Limits to caption for: the name of a built-in profile, or the path of a profile's own
    /// file, which ends in `.toml`.
    #[schemars(with = "Option<String>")]
    pub profile: Option<Placed>,
    /// Language of the captions, as a BCP 47 tag.
    #[serde(deserialize_with = "language")]
    #[schemars(with = "Option<String>")]
    pub lang: Option<LanguageTag>,
    /// The voice that speaks: the path of a file that `zimu calibrate` has made.
    #[schemars(with = "Option<String>")]
    pub voice: Option<Placed>,
    /// Length of the recording: `"20:31"`, `"1:02:03.5"`, `"95.250"`.
    #[serde(deserialize_with = "time")]
    #[schemars(with = "Option<String>")]
    pub duration: Option<Timestamp>,
    /// What stands before the first word, such as an intro: `"0:03"`.
    #[serde(deserialize_with = "time")]
    #[schemars(with = "Option<String>")]
    pub lead_in: Option<Timestamp>,
    /// What stands behind the last word, where it is known how long all is.
    #[serde(deserialize_with = "time")]
    #[schemars(with = "Option<String>")]
    pub lead_out: Option<Timestamp>,
    /// Whether the recording beside the transcript is listened to.
    pub listen: Option<bool>,
    /// What becomes of lines that are not heard in it.
    pub absent: Option<AbsentOverride>,
    /// Who speaks: names that are labels where they begin a line, and no others are.
    pub speakers: Vec<String>,
    /// The file of the translation; an empty path where there is none.
    #[schemars(with = "Option<String>")]
    pub second: Option<Placed>,
    /// Language of the translation, as a BCP 47 tag.
    #[serde(deserialize_with = "language")]
    #[schemars(with = "Option<String>")]
    pub second_lang: Option<LanguageTag>,
}

/// What becomes of lines that are not heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AbsentOverride {
    /// They have no caption.
    Drop,
    /// Each has a share of the time between its neighbours, if there is any.
    Estimate,
}

impl Overrides {
    /// Reads what holds for one talk.
    ///
    /// # Errors
    /// [`TomlError`], with the place in `toml` of a key or value that is not one.
    ///
    /// ```
    /// use zimu::profile::Overrides;
    ///
    /// let talk = Overrides::from_toml("duration = '20:31'\nsecond = 'talk.ja.txt'\n")?;
    /// assert_eq!(talk.duration.map(|all| all.millis()), Some(1_231_000));
    ///
    /// let error = Overrides::from_toml("duration = '20:61'").unwrap_err();
    /// assert_eq!(error.span.start(), 11);
    /// # Ok::<(), zimu::profile::TomlError>(())
    /// ```
    pub fn from_toml(toml: &str) -> Result<Self, TomlError> {
        toml::from_str(toml).map_err(|error| words::toml_error(&error))
    }

    /// The JSON schema of such a file.
    #[must_use]
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Overrides)
    }
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text = deserializer.deserialize_str(Quoted("a time such as \"20:31\", in quotes"))?;
    let parsed = text.parse().map(Some);
    parsed.map_err(|error: ParseTimeError| Error::custom(error))
}

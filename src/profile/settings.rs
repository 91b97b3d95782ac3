//! The text of a `zimu.toml` in, what a project says of itself out.
//!
//! It is a profile's neighbour: the same schema language, the same errors with their places.
//! Where the file is, and what goes before it (the command line, the environment), is the
//! binary's to say.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use toml::Spanned;

use crate::model::{LanguageTag, Span};
use crate::profile::form::Quoted;
use crate::profile::{CheckSettings, TomlError, words};

/// What holds for all captions of a project, where the command line says nothing else.
///
/// Every key may be left out. Paths are relative to the folder of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Limits to caption for: the name of a built-in profile, or the path of a profile's own
    /// file, which ends in `.toml`.
    #[schemars(with = "Option<String>")]
    pub profile: Option<Placed>,
    /// Language of the captions, as a BCP 47 tag, where the name of an input has none.
    #[serde(deserialize_with = "language")]
    #[schemars(with = "Option<String>")]
    pub lang: Option<LanguageTag>,
    /// The voice that speaks, where the command line says none: the path of a file that
    /// `zimu calibrate` has made.
    #[schemars(with = "Option<String>")]
    pub voice: Option<Placed>,
    /// Terms that go before the tables where Chinese is written in another script: the path of a
    /// file with one a line, a tab, and what it becomes.
    #[schemars(with = "Option<String>")]
    pub glossary: Option<Placed>,
    /// Whom the names of outputs are spelled for: `zimu`, `mpv`, `jellyfin` or `plex`.
    #[schemars(with = "Option<String>")]
    pub name_style: Option<Placed>,
    /// Words of the project's own.
    pub terms: TermSettings,
    /// How words are read aloud that are not read as they are written: in so many syllables
    /// (`"zimu" = 2`), or as another text is (`"AISystem" = "A I System"`). A Latin word is found
    /// only as a whole word.
    pub readings: BTreeMap<Word, Reading>,
    /// What captions are checked by.
    pub check: CheckSettings,
}

/// What a project says of its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct TermSettings {
    /// Names and words that no line or cue breaks: `["墨禾科技", "Claude Code"]`. Each is
    /// found as it is written here; a Latin one only as whole words.
    #[schemars(with = "Vec<String>")]
    pub never_split: Vec<Placed>,
}

/// A word of the table of readings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub struct Word(String);

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Word {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        if is_word(&word) {
            return Ok(Self(word));
        }
        Err(format!(
            "expected a word on one line, no space around it, found {word:?}"
        ))
    }
}

/// How a word is read.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum Reading {
    /// In so many syllables, 0 to 100.
    Syllables(#[schemars(range(max = 100))] u32),
    /// As this text is.
    As(String),
}

impl<'de> Deserialize<'de> for Reading {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyReading)
    }
}

/// Reads either.
struct AnyReading;

/// Most syllables that a word may have.
const MOST_SYLLABLES: u32 = 100;

impl Visitor<'_> for AnyReading {
    type Value = Reading;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "syllables from 0 to {MOST_SYLLABLES}, or a text in quotes that is read so"
        )
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<Reading, E> {
        let count = u32::try_from(count)
            .ok()
            .filter(|&count| count <= MOST_SYLLABLES);
        count
            .map(Reading::Syllables)
            .ok_or_else(|| E::custom(format!("expected syllables from 0 to {MOST_SYLLABLES}")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Reading, E> {
        Ok(Reading::As(text.to_owned()))
    }
}

/// Whether something in a line of text can be it.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}

/// A text and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The text.
    pub value: String,
    /// Its place, quotes included.
    pub span: Span,
}

impl<'de> Deserialize<'de> for Placed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Spanned::<String>::deserialize(deserializer)?;
        let span = Span::from(text.span());
        let value = text.into_inner();
        Ok(Self { value, span })
    }
}

impl Placed {
    /// What is wrong with it as a term: nothing in a line of text would ever be found by it.
    fn no_term(&self) -> Option<TomlError> {
        let Self { value, span } = self;
        (!is_word(value)).then(|| TomlError {
            message: format!("expected a term on one line, no space around it, found {value:?}"),
            span: *span,
        })
    }
}

impl Settings {
    /// Reads the settings of a project.
    ///
    /// Whether there is a profile of the name given is found out where it is built.
    ///
    /// # Errors
    /// [`TomlError`], with the place in `toml` of a key or value that is not one.
    ///
    /// ```
    /// use zimu::profile::Settings;
    ///
    /// let settings = Settings::from_toml("profile = 'ted'\nlang = 'zh-hant'\n")?;
    /// assert_eq!(settings.profile.map(|profile| profile.value).as_deref(), Some("ted"));
    /// assert_eq!(settings.lang.as_ref().map(|lang| lang.as_str()), Some("zh-Hant"));
    ///
    /// let error = Settings::from_toml("prolife = 'ted'").unwrap_err();
    /// assert!(error.to_string().ends_with(", found `prolife`"));
    /// # Ok::<(), zimu::profile::TomlError>(())
    /// ```
    pub fn from_toml(toml: &str) -> Result<Self, TomlError> {
        let settings: Self = toml::from_str(toml).map_err(|error| words::toml_error(&error))?;
        let mut terms = settings.terms.never_split.iter();
        match terms.find_map(Placed::no_term) {
            Some(error) => Err(error),
            None => Ok(settings),
        }
    }

    /// The JSON schema of a `zimu.toml`.
    #[must_use]
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Settings)
    }
}

pub(super) fn language<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<LanguageTag>, D::Error> {
    let tag = deserializer.deserialize_str(Quoted("a language tag in quotes"))?;
    tag.parse().map(Some).map_err(Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of the settings, and the text that it is said at.
    fn misfit(toml: &str) -> (String, &str) {
        let TomlError { message, span } = Settings::from_toml(toml).unwrap_err();
        (message, span.of(toml))
    }

    #[test]
    fn a_value_that_is_none_is_an_error_with_its_place() {
        let keys = "expected one of the keys `profile`, `lang`, `voice`, `glossary`, `name_style`, `terms`, `readings`, `check`, found `prolife`";
        let term = "expected a term on one line, no space around it, found \" 甲\"";
        for (toml, message, at) in [
            (
                "lang = '中文'",
                "expected a language tag such as zh-Hans, zh-Hant or en, found \"中文\"",
                "'中文'",
            ),
            (
                "\nlang = 5",
                "expected a language tag in quotes, found `5`",
                "5",
            ),
            ("profile = 5", "expected text in quotes, found `5`", "5"),
            ("lang = 'en'\nprolife = 'ted'", keys, "prolife"),
            ("[terms]\nnever_split = ['乙', ' 甲']", term, "' 甲'"),
            ("terms = 5", "expected a table, found `5`", "5"),
            (
                "[terms]\nnever_split = '甲'",
                "expected a list, found \"甲\"",
                "'甲'",
            ),
            (
                "[terms]\nnever_split = [5]",
                "expected text in quotes, found `5`",
                "5",
            ),
            (
                "[terms]\nnever = []",
                "expected the key `never_split`, found `never`",
                "never",
            ),
            (
                "[readings]\n'zimu' = true",
                "expected syllables from 0 to 100, or a text in quotes that is read so, found `true`",
                "true",
            ),
            (
                "[readings]\nzimu = 101",
                "expected syllables from 0 to 100",
                "101",
            ),
            (
                "[readings]\n' a' = 1",
                "expected a word on one line, no space around it, found \" a\"",
                "' a'",
            ),
            (
                "lang = 'en'\nlang = 'en'",
                "expected each key once, found it again",
                "lang",
            ),
        ] {
            assert_eq!(misfit(toml), (message.to_owned(), at), "{toml}");
        }
    }

    #[test]
    fn a_profile_has_its_place() {
        let toml = "\u{feff}# ours\nprofile = 'house.toml'\r\n";
        let profile = Settings::from_toml(toml).unwrap().profile.unwrap();
        assert_eq!(
            (&*profile.value, profile.span.of(toml)),
            ("house.toml", "'house.toml'")
        );
        assert_eq!(Settings::from_toml("").unwrap(), Settings::default());
    }
}

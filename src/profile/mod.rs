//! Floor 1: a name or a TOML text in, the limits of a platform or style guide out, and what
//! a project says of itself in its `zimu.toml`, and of its voices in their files.
//!
//! The profiles that zimu knows are one embedded table, `profiles.toml`, in the schema
//! that a user's own file has. Only the profile that is asked for is built.

mod build;
mod checks;
mod form;
mod marks;
mod overrides;
mod settings;
mod voice;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{BreakLevel, Counting, LanguageTag, Span};
use build::build;
pub use checks::{CheckOverride, CheckSettings};
use form::ProfileForm;
pub use marks::{PunctuationPolicy, QuoteMark, Quotes};
pub use overrides::Overrides;
use schemars::JsonSchema;
use serde::Deserialize;
pub use settings::{Placed, Reading, Settings, TermSettings, Word};
pub use voice::{Rests, Voice, Weights};
pub(crate) use words::toml_error;

/// The embedded table.
const TABLE: &str = include_str!("profiles.toml");

/// The table that stands under every profile.
const DEFAULTS: &str = "defaults";

/// The limits that captions are made for. All lengths are in milliseconds.
///
/// ```
/// use zimu::profile::Profile;
///
/// let profile = Profile::named("netflix-zh-hans")?;
/// assert_eq!(profile.max_cells_per_line, Some(16));
/// assert_eq!(profile.min_gap_ms, 83); // two frames at 23.976
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What it is called.
    pub name: String,
    /// Widest line in full-width cells; `None` for no limit.
    pub max_cells_per_line: Option<u32>,
    /// Most lines of one language in a cue.
    pub max_lines: u32,
    /// Fastest reading speed in characters a second; `None` for no limit.
    pub max_cps: Option<u32>,
    /// What a character is for reading speed.
    pub count: Counting,
    /// Shortest time that a cue is shown, where the next cue leaves it.
    pub min_duration_ms: u32,
    /// Longest time that a cue is shown; `None` for no limit.
    pub max_duration_ms: Option<u32>,
    /// Shortest gap between two cues.
    pub min_gap_ms: u32,
    /// The same in frames of any rate, where the guide counts in frames.
    pub min_gap_frames: Option<u32>,
    /// Gaps shorter than this are closed to `min_gap_ms`.
    pub chain_below_ms: u32,
    /// How long a cue stays after its last syllable.
    pub linger_ms: u32,
    /// How far past its last syllable a cue may stay for reading speed; `None` for no limit.
    pub out_time_extend_ms: Option<u32>,
    /// Which marks may not start or end a line; `None` for the language's own level.
    pub linebreak: Option<BreakLevel>,
    /// Marks that are not shown at the end of a line.
    pub line_end_forbidden: String,
    /// Marks that are shown as something else inside a line.
    pub inline_replace: BTreeMap<char, String>,
    /// Whether half-width marks in Chinese text are shown full-width.
    pub punctuation: PunctuationPolicy,
    /// What every ellipsis is shown as; empty for what is written.
    pub ellipsis: String,
    /// The quotation marks that are shown; `None` for those that are written.
    pub quotes: Option<Quotes>,
    /// Sequences of ？ and ！ of which one mark is shown.
    pub forbid_sequences: Vec<String>,
    /// What is done with sounds that are not said.
    pub sound_cues: SoundCues,
    /// The profile of the lines of a second language.
    pub second: Option<String>,
}

/// What is done with sounds: `（笑声）`, `[音乐]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SoundCues {
    /// They are shown: captions are for those too who do not hear.
    #[default]
    Show,
    /// They are not: subtitles for those who hear.
    Drop,
}

/// Why there is no such profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// No profile of the table has that name.
    #[error("expected one of the profiles {known}, found {name:?}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// Not TOML, a key or value that no profile has, or values that exclude each other.
    #[error(transparent)]
    Toml(#[from] TomlError),
}

/// What is wrong with a TOML file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TomlError {
    /// What was expected and what was found.
    pub message: String,
    /// Where, in the file.
    pub span: Span,
}

impl Profile {
    /// A profile of the table.
    ///
    /// # Errors
    /// [`ProfileError::Unknown`] where there is none of that name.
    pub fn named(name: &str) -> Result<Self, ProfileError> {
        let table = table()?;
        let form = known(&table, name)?.clone();
        Ok(build(&table, name, form).map_err(|misfit| misfit.error(TABLE))?)
    }

    /// A user's own profile.
    ///
    /// # Errors
    /// [`ProfileError::Toml`], with the place in `toml` of a key or value that is not one, or
    /// that excludes another.
    ///
    /// ```
    /// use zimu::profile::Profile;
    ///
    /// let mine = Profile::from_toml("mine", "inherit = 'bilibili'\nmax_cps = 8\n")?;
    /// assert_eq!((mine.max_cps, mine.max_lines), (Some(8), 1));
    ///
    /// let error = Profile::from_toml("mine", "max_cells = 8").unwrap_err();
    /// assert!(error.to_string().starts_with("expected one of the keys"));
    /// assert!(error.to_string().ends_with(", found `max_cells`"));
    /// # Ok::<(), zimu::profile::ProfileError>(())
    /// ```
    pub fn from_toml(name: &str, toml: &str) -> Result<Self, ProfileError> {
        let form = toml::from_str(toml).map_err(|error| toml_error(&error))?;
        Ok(build(&table()?, name, form).map_err(|misfit| misfit.error(toml))?)
    }

    /// The file that a profile is in, where its name is the path of one: it ends in `.toml`.
    ///
    /// ```
    /// use std::path::Path;
    /// use zimu::profile::Profile;
    ///
    /// assert_eq!(Profile::file("my/house.toml"), Some(Path::new("my/house.toml")));
    /// assert_eq!(Profile::file("ted"), None);
    /// ```
    #[must_use]
    pub fn file(name: &str) -> Option<&Path> {
        let path = Path::new(name);
        let ending = path.extension()?;
        ending.eq_ignore_ascii_case("toml").then_some(path)
    }

    /// The names of the table's profiles, by name.
    ///
    /// # Errors
    /// None that a test would not have found: the table is a part of this crate.
    pub fn names() -> Result<Vec<String>, ProfileError> {
        let names = table()?.into_keys();
        Ok(names.filter(|name| name != DEFAULTS).collect())
    }

    /// The JSON schema of a profile file.
    #[must_use]
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(ProfileForm)
    }

    /// The level of line-break prohibitions for text in a language: the profile's own, else
    /// GB/T 15834 for Simplified and clreq's basic level for all other text.
    #[must_use]
    pub fn break_level(&self, language: &LanguageTag) -> BreakLevel {
        let of_language = match language.as_str() {
            "zh-Hans" | "zh-CN" | "zh-SG" | "zh" => BreakLevel::Gb,
            _ => BreakLevel::Basic,
        };
        self.linebreak.unwrap_or(of_language)
    }
}

type Table = BTreeMap<String, ProfileForm>;

fn table() -> Result<Table, ProfileError> {
    Ok(toml::from_str(TABLE).map_err(|error| toml_error(&error))?)
}

fn known<'t>(table: &'t Table, name: &str) -> Result<&'t ProfileForm, ProfileError> {
    let form = table.get(name).filter(|_| name != DEFAULTS);
    form.ok_or_else(|| {
        let names = table.keys().filter(|name| *name != DEFAULTS);
        ProfileError::Unknown {
            name: name.to_owned(),
            known: names.cloned().collect::<Vec<_>>().join(", "),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_of_the_table_can_be_built() {
        let names = Profile::names().unwrap();
        for needed in [
            "asis",
            "bilibili",
            "netflix-zh-hans",
            "netflix-zh-hant",
            "ted",
            "youtube",
        ] {
            assert!(names.iter().any(|name| name == needed), "{needed}");
        }
        for name in names {
            let profile = Profile::named(&name).unwrap();
            assert_eq!(profile.name, name);
        }
    }

    #[test]
    fn keys_are_inherited_and_the_defaults_come_last() {
        let traditional = Profile::named("netflix-zh-hant").unwrap();
        let simplified = Profile::named("netflix-zh-hans").unwrap();
        assert_eq!(traditional.max_cps, simplified.max_cps);
        assert_eq!(
            (simplified.linebreak, traditional.linebreak),
            (Some(BreakLevel::Gb), Some(BreakLevel::Basic))
        );
        assert_eq!(traditional.linger_ms, 150);
    }

    #[test]
    fn a_value_out_of_range_is_an_error_with_its_place() {
        let toml = "max_lines = 2\nmax_cps = 0\n";
        assert_eq!(
            misfit(toml),
            (
                "expected a whole number from 1 to 100, found 0".to_owned(),
                "0"
            )
        );
    }

    /// What is said of a user's profile, and the text that it is said at.
    fn misfit(toml: &str) -> (String, &str) {
        match Profile::from_toml("mine", toml).unwrap_err() {
            ProfileError::Toml(TomlError { message, span }) => (message, span.of(toml)),
            error @ ProfileError::Unknown { .. } => panic!("{error}"),
        }
    }

    #[test]
    fn a_profile_that_is_not_there_is_an_error_at_its_name() {
        for toml in ["inherit = 'tiktok'", "max_cps = 9\nsecond = 'tiktok'"] {
            let (message, at) = misfit(toml);
            assert!(message.ends_with("found \"tiktok\""), "{message}");
            assert_eq!(at, "'tiktok'");
        }
    }

    #[test]
    fn a_gap_in_one_unit_is_none_in_the_other() {
        let gap = |toml: &str| Profile::from_toml("mine", toml).unwrap().min_gap_ms;
        assert_eq!(gap("inherit = 'netflix-en'"), 83);
        assert_eq!(gap("inherit = 'netflix-en'\nmin_gap_ms = 0"), 0);
        assert_eq!(gap("inherit = 'netflix-en'\ndefault_fps = '25'"), 80);
        assert_eq!(
            gap("min_gap_frames = 2\ndefault_fps = '25'\nmin_gap_ms = 9"),
            80
        );
    }

    #[test]
    fn frames_without_a_rate_are_an_error() {
        let (message, at) = misfit("inherit = 'ted'\nmin_gap_frames = 2\n");
        assert!(message.contains("default_fps"), "{message}");
        assert_eq!(at, "2");
    }

    #[test]
    fn a_least_above_the_most_is_an_error_at_what_was_given() {
        for (toml, found, place) in [
            (
                "min_duration_ms = 900\nmax_duration_ms = 800",
                "900 and 800",
                "900",
            ),
            (
                "inherit = 'ted'\nmin_duration_ms = 9000",
                "9000 and 7000",
                "9000",
            ),
            (
                "inherit = 'ted'\nmax_duration_ms = 800",
                "1000 and 800",
                "800",
            ),
        ] {
            let (message, at) = misfit(toml);
            assert!(message.ends_with(found), "{message}");
            assert_eq!(at, place);
        }
    }

    #[test]
    fn marks_that_are_none_are_an_error_with_their_place() {
        for (toml, found, place) in [
            ("ellipsis = '….字'", "marks, found '字'", "'….字'"),
            (
                "ellipsis = '....'",
                "without a space, found \"....\"",
                "'....'",
            ),
            (
                "quotes = ['“', '”']",
                "marks or none, found 2",
                "['“', '”']",
            ),
            (
                "quotes = ['“”', '”', '‘', '’']",
                "a character, found \"“”\"",
                "'“”'",
            ),
            ("quotes = '“'", "expected a list, found \"“\"", "'“'"),
            (
                "forbid_sequences = ['？。']",
                "？ and ！, found \"？。\"",
                "['？。']",
            ),
            (
                "punctuation = 'half'",
                "expected `keep` or `full`, found `half`",
                "'half'",
            ),
        ] {
            let (message, at) = misfit(toml);
            assert!(message.ends_with(found), "{message}");
            assert_eq!(at, place);
        }
    }

    /// What is inherited can be given up.
    #[test]
    fn marks_can_be_left_as_they_are_written() {
        let toml = "inherit = 'netflix-zh-hant'\nellipsis = ''\nquotes = []\nforbid_sequences = []";
        let mine = Profile::from_toml("mine", toml).unwrap();
        assert!(mine.ellipsis.is_empty() && mine.forbid_sequences.is_empty());
        assert_eq!(mine.quotes, None);
    }

    #[test]
    fn a_gap_in_frames_is_the_nearest_millisecond() {
        let gap = |toml: &str| Profile::from_toml("mine", toml).unwrap().min_gap_ms;
        assert_eq!(gap("min_gap_frames = 2\ndefault_fps = '24000/1001'"), 83);
        assert_eq!(gap("min_gap_frames = 2\ndefault_fps = '25'"), 80);
        assert_eq!(gap("min_gap_ms = 40"), 40);
    }
}

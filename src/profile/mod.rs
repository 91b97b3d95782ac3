//! Floor 1: a name or a TOML text in, the limits of a platform or style guide out, and what
//! a project says of itself in its `zimu.toml`, and of its voices in their files.
//!
//! The profiles that zimu knows are one embedded table, `profiles.toml`, in the schema
//! that a user's own file has. Only the profile that is asked for is built.

mod basis;
mod build;
mod checks;
mod form;
mod lineage;
mod marks;
mod overrides;
mod page;
mod settings;
mod voice;
mod voices;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{BreakLevel, Counting, LanguageTag, Span};
pub use basis::Basis;
pub use checks::{CheckOverride, CheckSettings};
use form::ProfileForm;
pub use lineage::{Lineage, ProfileFault, ProfileFile};
pub use marks::{PunctuationPolicy, QuoteMark, Quotes};
pub use overrides::{AbsentOverride, Overrides};
pub use page::{Generation, Key};
use schemars::JsonSchema;
use serde::Deserialize;
pub use settings::{Placed, Reading, Settings, TermSettings, Word};
pub use voice::{Rests, Voice, Weights};
pub use voices::Voices;
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
    /// Least width of the shorter of two lines, in percent of the longer; `None` for any.
    pub min_line_balance_percent: Option<u32>,
    /// Most visible characters of a cue over all its lines; `None` for no limit.
    pub max_chars_per_cue: Option<u32>,
    /// Most cues of a file; `None` for no limit.
    pub max_cues: Option<u32>,
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
    /// What stands between the parts of a name; empty for what is written.
    pub name_dot: String,
    /// What begins each line where two speak; empty for what is written.
    pub dialogue_dash: String,
    /// Whether digits in Chinese are half-width.
    pub digits: DigitForm,
    /// Numbers up to this are written in characters where they count something.
    pub spell_out_up_to: u32,
    /// Markup that is not used or not shown.
    pub forbid_styles: Vec<TextStyle>,
    /// What is done with sounds that are not said.
    pub sound_cues: SoundCues,
    /// The profile of the lines of a second language: a name, or the path of a file.
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

/// In which form digits are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DigitForm {
    /// As they are written.
    #[default]
    Keep,
    /// Half-width: `3`, not `３`.
    Half,
}

/// Markup of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TextStyle {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// A reading over the text.
    Ruby,
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
        Ok(Lineage::named(name)?.profile)
    }

    /// A user's own profile, of a text that builds on no other file: that is [`Lineage::from_file`].
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
        let file = ProfileFile {
            path: format!("{name}.toml").into(),
            toml: toml.to_owned(),
        };
        let none = |path: &Path| {
            let path = path.display();
            Err(format!(
                "expected the name of a profile, found a path: {path}"
            ))
        };
        let lineage = Lineage::from_file(&file, none).map_err(|fault| fault.error)?;
        Ok(Self {
            name: name.to_owned(),
            ..lineage.profile
        })
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
        let names = page::table()?.into_keys();
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

#[cfg(test)]
mod tests;

//! Which language a line is in.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use oxilangtag::LanguageTag as Bcp47;

/// A well-formed BCP 47 language tag in its usual case, such as `zh-Hans`.
///
/// A track holds each tag once and its lines an index to it.
///
/// ```
/// use zimu::model::LanguageTag;
///
/// let tag: LanguageTag = "ZH-hant-tw".parse()?;
/// assert_eq!(tag.as_str(), "zh-Hant-TW");
/// assert_eq!(tag.primary(), "zh");
/// assert!("中文".parse::<LanguageTag>().is_err());
/// # Ok::<(), zimu::model::UnknownLanguage>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LanguageTag(Cow<'static, str>);

/// A text that is not a BCP 47 language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a language tag such as zh-Hans, zh-Hant or en, found {0:?}")]
pub struct UnknownLanguage(String);

impl LanguageTag {
    /// Simplified Chinese, `zh-Hans`.
    pub const ZH_HANS: Self = Self(Cow::Borrowed("zh-Hans"));
    /// Traditional Chinese, `zh-Hant`.
    pub const ZH_HANT: Self = Self(Cow::Borrowed("zh-Hant"));
    /// English, `en`.
    pub const EN: Self = Self(Cow::Borrowed("en"));
    /// Not known, `und`: what a caption file without a tag holds.
    pub const UND: Self = Self(Cow::Borrowed("und"));

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone, without script or region: `zh` of `zh-Hans`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl FromStr for LanguageTag {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Bcp47::parse_and_normalize(text)
            .map(|tag| Self(Cow::Owned(tag.into_inner())))
            .map_err(|_| UnknownLanguage(text.to_owned()))
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

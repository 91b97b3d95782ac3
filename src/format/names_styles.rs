//! How a language and a flag are spelled in the names of files, for whom: one row a style.

use crate::format::names::Flag::{self, ClosedCaptions, Default, Forced, HardOfHearing};
use crate::format::names_tags::chinese_script;
use crate::model::LanguageTag;
use crate::text::script::is_chinese;

/// How the names of caption files are spelled.
#[derive(Clone, Copy, Debug)]
pub struct NameStyle {
    /// What it is called on the command line.
    pub id: &'static str,
    pub(super) one: fn(&LanguageTag) -> String,
    pub(super) two: fn(&LanguageTag, &LanguageTag) -> String,
    /// The flags that are read from names there. Others would be taken for something else.
    pub(super) flags: &'static [Flag],
}

const ALL_FLAGS: &[Flag] = &[Default, Forced, HardOfHearing, ClosedCaptions];

/// All styles; the first is the one of whoever asks for none.
pub const NAME_STYLES: [NameStyle; 4] = [
    NameStyle {
        id: "zimu",
        one: LanguageTag::to_string,
        two: pair,
        flags: ALL_FLAGS,
    },
    // Its parser takes letters only, and finds no language in a name with a digit in its tag.
    NameStyle {
        id: "mpv",
        one: letters,
        two: pair,
        flags: ALL_FLAGS,
    },
    // A tag that its list does not have becomes a title.
    NameStyle {
        id: "jellyfin",
        one: listed,
        two: |first, second| match (first.primary(), second.primary()) {
            ("zh", "en") => "ze".to_owned(),
            _ => primaries(first, second),
        },
        flags: ALL_FLAGS,
    },
    // ISO 639 alone, and no name for two languages.
    NameStyle {
        id: "plex",
        one: iso_639,
        two: |first, _| iso_639(first),
        flags: &[Forced, HardOfHearing, ClosedCaptions],
    },
];

impl NameStyle {
    /// The style of whoever asks for none.
    pub const DEFAULT: &'static Self = &NAME_STYLES[0];

    /// The style of a name on the command line.
    ///
    /// ```
    /// use zimu::format::names::NameStyle;
    ///
    /// assert_eq!(NameStyle::named("plex").unwrap().id, "plex");
    /// assert!(NameStyle::named("vlc").is_none());
    /// ```
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        NAME_STYLES.iter().find(|style| style.id == id)
    }
}

/// What Jellyfin's list of languages has besides codes.
const LISTED: [&str; 7] = [
    "zh-Hans", "zh-Hant", "zh-CN", "zh-TW", "es-419", "pt-BR", "fr-CA",
];

fn primaries(first: &LanguageTag, second: &LanguageTag) -> String {
    format!("{}-{}", first.primary(), second.primary())
}

/// Two languages, of which Chinese has its script told where it is the less frequent one. Players
/// take no tag with a script for one of two, but the code of fansubs.
fn pair(first: &LanguageTag, second: &LanguageTag) -> String {
    if first.primary() == "zh" && chinese_script(first) == Some(LanguageTag::ZH_HANT) {
        return format!("cht-{}", second.primary());
    }
    primaries(first, second)
}

fn letters(tag: &LanguageTag) -> String {
    let has_digit = |part: &&str| part.contains(|c: char| c.is_ascii_digit());
    let parts = tag.as_str().split('-').take_while(|part| !has_digit(part));
    parts.collect::<Vec<_>>().join("-")
}

fn listed(tag: &LanguageTag) -> String {
    if LISTED.contains(&tag.as_str()) {
        return tag.to_string();
    }
    match chinese_script(tag) {
        Some(written) if tag.primary() == "zh" => written.to_string(),
        Some(_) | None => tag.primary().to_owned(),
    }
}

/// Codes of ISO 639-1 and 639-2, which have one for all Chinese.
fn iso_639(tag: &LanguageTag) -> String {
    if is_chinese(tag) { "zh" } else { tag.primary() }.to_owned()
}

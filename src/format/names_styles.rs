//! How a language and a flag are spelled in the names of files, for whom: one row a style.

use crate::format::names::Flag::{self, ClosedCaptions, Default, Forced, HardOfHearing};
use crate::format::names::{Languages, Name};
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
    /// What two files are told apart by whose names would be one.
    apart: Apart,
    /// The flags that are read from names there. Others would be taken for something else.
    pub(super) flags: &'static [Flag],
}

/// How files of one name are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Apart {
    /// By whole tags: where no language is found in these, they are seen as a title.
    WholeTags,
    /// By nothing: files that are named otherwise are not found.
    Nothing,
}

const ALL_FLAGS: &[Flag] = &[Default, Forced, HardOfHearing, ClosedCaptions];

/// All styles; the first is the one of whoever asks for none.
pub const NAME_STYLES: [NameStyle; 4] = [
    NameStyle {
        id: "zimu",
        one: LanguageTag::to_string,
        two: pair,
        apart: Apart::WholeTags,
        flags: ALL_FLAGS,
    },
    // Its parser takes letters only, and finds no language in a name with a digit in its tag.
    NameStyle {
        id: "mpv",
        one: letters,
        two: pair,
        apart: Apart::WholeTags,
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
        apart: Apart::WholeTags,
        flags: ALL_FLAGS,
    },
    // ISO 639 alone, and no name for two languages.
    NameStyle {
        id: "plex",
        one: iso_639,
        two: |first, _| iso_639(first),
        apart: Apart::Nothing,
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

impl Name {
    /// The same name for several files, each in its languages, as they are spelled in a style. One
    /// that is taken by other languages is spelled with whole tags, where the style has that.
    ///
    /// ```
    /// use zimu::format::names::{Languages, Name, NameStyle};
    /// use zimu::model::LanguageTag;
    ///
    /// let hong_kong = Languages::pair("zh-Hant-HK".parse()?, LanguageTag::EN);
    /// let all = [Languages::pair(LanguageTag::ZH_HANT, LanguageTag::EN), hong_kong];
    /// let names = Name::of("talk").spelled_each(&all, NameStyle::DEFAULT);
    /// assert_eq!(names, ["talk.cht-en", "talk.zh-Hant-HK+en"]);
    /// # Ok::<(), zimu::model::UnknownLanguage>(())
    /// ```
    #[must_use]
    pub fn spelled_each(&self, all: &[Option<Languages>], style: &NameStyle) -> Vec<String> {
        let whole = NameStyle {
            one: LanguageTag::to_string,
            two: |first, second| format!("{first}+{second}"),
            ..*style
        };
        let in_languages = |languages: &Option<Languages>| {
            let languages = languages.clone();
            let name = Self {
                languages,
                ..self.clone()
            };
            (name.spelled(style), name.spelled(&whole))
        };
        let spelled: Vec<_> = all.iter().map(in_languages).collect();
        // A name is of the languages that it says in full, else of the first that it is short for.
        let is_taken = |name: &str, languages| {
            let short_for = spelled.iter().zip(all);
            let mut short_for = short_for.filter(|((short, _), _)| short == name);
            let first = short_for.clone().next();
            let owner = short_for.find(|((_, whole), _)| whole == name).or(first);
            owner.is_some_and(|(_, owner)| owner != languages)
        };
        let each = spelled.iter().zip(all);
        each.map(|((short, whole), languages)| match style.apart {
            Apart::WholeTags if is_taken(short, languages) => whole.clone(),
            Apart::WholeTags | Apart::Nothing => short.clone(),
        })
        .collect()
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

//! The name of a caption file in, its stem, languages and flags out, and back.
//!
//! `STEM.LANG[.flags].EXT` is what players look for beside a recording: `talk.zh-Hans.srt`,
//! `talk.chs&eng.ass`, `talk.en.sdh.srt`, `talk (zh).srt`. What a word of a name stands for is
//! told by tables; what none of them knows is a part of the stem, and stays as it is. Where
//! files are, and which endings there are, is not known here.

use crate::format::names_tags::languages;
use crate::model::LanguageTag;
use crate::text::script::is_chinese;

pub use crate::format::names_styles::{NAME_STYLES, NameStyle};
pub use crate::format::names_tags::chinese_script;

/// The name of a file without its ending, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What is left.
    pub stem: String,
    /// What its tag says.
    pub languages: Option<Languages>,
    /// In their own order, each once.
    pub flags: Vec<Flag>,
}

/// The language of a file, or the two that it has one below the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Languages {
    /// One.
    One(LanguageTag),
    /// Two, in the order that they are shown in.
    Two(LanguageTag, LanguageTag),
}

/// What a name says of captions besides their language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Shown where nobody chooses.
    Default,
    /// Shown always: only what is foreign to the recording's own language.
    Forced,
    /// With sounds and speakers, for who cannot hear them.
    HardOfHearing,
    /// The same, as broadcasters call it.
    ClosedCaptions,
}

/// A word for a flag.
struct FlagWord {
    word: &'static str,
    flag: Flag,
    needs: Needs,
}

/// What has to stand before a word for it to be a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// It is an ordinary word otherwise, or a language: `hi` alone is Hindi.
    Language,
}

/// The first word of a flag is the one that is written. `hi` never is: read alone it is Hindi.
const FLAG_WORDS: [FlagWord; 6] = [
    flag_word("default", Flag::Default, Needs::Nothing),
    flag_word("forced", Flag::Forced, Needs::Nothing),
    flag_word("foreign", Flag::Forced, Needs::Language),
    flag_word("sdh", Flag::HardOfHearing, Needs::Nothing),
    flag_word(HINDI, Flag::HardOfHearing, Needs::Language),
    flag_word("cc", Flag::ClosedCaptions, Needs::Nothing),
];

/// The flag that is also a language.
const HINDI: &str = "hi";

/// Marks that a tag may stand in.
const BRACKETS: [(char, char); 2] = [('(', ')'), ('[', ']')];

const fn flag_word(word: &'static str, flag: Flag, needs: Needs) -> FlagWord {
    FlagWord { word, flag, needs }
}

impl Name {
    /// Takes the name of a file apart, which is without its ending.
    ///
    /// ```
    /// use zimu::format::names::{Flag, Languages, Name};
    /// use zimu::model::LanguageTag;
    ///
    /// let name = Name::of("talk.chs.forced");
    /// assert_eq!(name.stem, "talk");
    /// assert_eq!(name.languages, Some(Languages::One(LanguageTag::ZH_HANS)));
    /// assert_eq!(name.flags, [Flag::Forced]);
    /// assert_eq!(Name::of("talk.final").stem, "talk.final");
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut rest = name;
        // From the last word on: each with what stands before it.
        let mut words: Vec<(&FlagWord, &str)> = Vec::new();
        loop {
            if let Some((stem, languages)) = last_tag(rest)
                && !is_flag_of(&languages, rest)
            {
                return Self::with(stem, Some(languages), &words);
            }
            let Some((word, before)) = last_flag(rest) else {
                break;
            };
            words.push((word, before));
            rest = before;
        }
        // The first `hi` is a language where no other is.
        if let Some(at) = words.iter().rposition(|(word, _)| word.word == HINDI) {
            let stem = words[at].1;
            return Self::with(stem, languages(HINDI), &words[..at]);
        }
        let alone = words
            .iter()
            .take_while(|(word, _)| word.needs == Needs::Nothing)
            .count();
        words.truncate(alone);
        Self::with(words.last().map_or(name, |(_, stem)| stem), None, &words)
    }

    fn with(stem: &str, languages: Option<Languages>, words: &[(&FlagWord, &str)]) -> Self {
        let mut flags: Vec<Flag> = words.iter().map(|(word, _)| word.flag).collect();
        flags.sort_unstable();
        flags.dedup();
        Self {
            stem: stem.to_owned(),
            languages,
            flags,
        }
    }

    /// The name as it is spelled in a style, without an ending.
    ///
    /// ```
    /// use zimu::format::names::{Name, NameStyle};
    ///
    /// let name = Name::of("talk.forced.简英");
    /// assert_eq!(name.spelled(NameStyle::DEFAULT), "talk.forced.zh-en");
    /// assert_eq!(Name::of("talk.简英.cc").spelled(NameStyle::named("plex").unwrap()), "talk.zh.cc");
    /// ```
    #[must_use]
    pub fn spelled(&self, style: &NameStyle) -> String {
        let mut name = self.stem.clone();
        let tag = self.languages.as_ref().map(|languages| match languages {
            Languages::One(tag) => (style.one)(tag),
            Languages::Two(first, second) => (style.two)(first, second),
        });
        let flags = self.flags.iter().filter(|flag| style.flags.contains(flag));
        for word in tag
            .as_deref()
            .into_iter()
            .chain(flags.map(|flag| flag.word()))
        {
            name.push('.');
            name.push_str(word);
        }
        name
    }
}

impl Languages {
    /// The language, or the one that stands above.
    #[must_use]
    pub const fn first(&self) -> &LanguageTag {
        match self {
            Self::One(first) | Self::Two(first, _) => first,
        }
    }

    /// The one below it.
    #[must_use]
    pub const fn second(&self) -> Option<&LanguageTag> {
        match self {
            Self::One(_) => None,
            Self::Two(_, second) => Some(second),
        }
    }

    /// Two that are not one language in two scripts, nor both Chinese: those have no name.
    ///
    /// ```
    /// use zimu::format::names::Languages;
    /// use zimu::model::LanguageTag;
    ///
    /// assert!(Languages::pair(LanguageTag::ZH_HANS, LanguageTag::EN).is_some());
    /// assert!(Languages::pair(LanguageTag::ZH_HANS, LanguageTag::ZH_HANT).is_none());
    /// ```
    #[must_use]
    pub fn pair(first: LanguageTag, second: LanguageTag) -> Option<Self> {
        let is_one = first.primary() == second.primary();
        let has_name = !(is_one || is_chinese(&first) && is_chinese(&second));
        has_name.then_some(Self::Two(first, second))
    }
}

impl Flag {
    fn word(self) -> &'static str {
        let word = FLAG_WORDS.iter().find(|word| word.flag == self);
        word.map_or("", |word| word.word)
    }
}

/// The tag that a name ends in, and the name before it: a word behind a point, or a bracket
/// behind anything.
fn last_tag(name: &str) -> Option<(&str, Languages)> {
    for (open, close) in BRACKETS {
        if let Some((before, tag)) = name
            .strip_suffix(close)
            .and_then(|name| name.rsplit_once(open))
        {
            let stem = before.trim_end_matches([' ', '.']);
            // Behind a tag, `hi` would be a flag once it is spelled without brackets.
            let is_flag = || Name::of(stem).languages.is_some();
            if stem.is_empty() || (tag.eq_ignore_ascii_case(HINDI) && is_flag()) {
                return None;
            }
            return languages(tag).map(|languages| (stem, languages));
        }
    }
    let (stem, tag) = last_word(name)?;
    Some((stem, languages(tag)?))
}

fn last_flag(name: &str) -> Option<(&'static FlagWord, &str)> {
    let (before, last) = last_word(name)?;
    let mut words = FLAG_WORDS.iter();
    let word = words.find(|word| word.word.eq_ignore_ascii_case(last))?;
    Some((word, before))
}

/// The word behind the last point, and what is before it: something.
fn last_word(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())
}

/// Whether what was read as languages may be a flag: `hi`, but for `(hi)`.
fn is_flag_of(languages: &Languages, name: &str) -> bool {
    matches!(languages, Languages::One(tag) if tag.as_str() == HINDI) && last_flag(name).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `stem | languages | flags`, each as the default style spells it.
    fn told(name: &str) -> String {
        let name = Name::of(name);
        let tag = match &name.languages {
            None => "-".to_owned(),
            Some(Languages::One(tag)) => tag.to_string(),
            Some(Languages::Two(first, second)) => format!("{first}+{second}"),
        };
        let flags: Vec<_> = name.flags.iter().map(|flag| flag.word()).collect();
        format!("{} {tag} {}", name.stem, flags.join(","))
    }

    #[test]
    fn names_are_taken_apart() {
        for (name, parts) in [
            ("talk", "talk - "),
            ("talk.zh-Hans", "talk zh-Hans "),
            ("talk.ZH_cn", "talk zh-CN "),
            ("talk.chs&eng", "talk zh-Hans+en "),
            ("a.b.繁體", "a.b zh-Hant "),
            ("talk.final", "talk.final - "),
            ("talk.new", "talk.new - "),
            ("episode.1", "episode.1 - "),
            ("talk.1080p.en", "talk.1080p en "),
            (".en", ".en - "),
            ("en", "en - "),
            ("", " - "),
            ("talk.zh.en", "talk.zh en "),
            ("talk.en.sdh", "talk en sdh"),
            ("talk.zh.FORCED.default", "talk zh default,forced"),
            ("talk.en.cc.sdh.cc", "talk en sdh,cc"),
            ("talk.forced", "talk - forced"),
            ("talk.forced.zh", "talk.forced zh "),
            ("talk.zh.foreign", "talk zh forced"),
            ("the.foreign", "the.foreign - "),
            ("the.foreign.default", "the.foreign - default"),
            ("default", "default - "),
            // Hindi, or hard of hearing.
            ("talk.hi", "talk hi "),
            ("talk.zh.hi", "talk zh sdh"),
            ("talk.hi.hi", "talk hi sdh"),
            ("talk.hi.forced", "talk hi forced"),
            ("talk.zh.hi.forced", "talk zh forced,sdh"),
            ("talk.forced.hi", "talk.forced hi "),
            ("hi", "hi - "),
            // As mpv takes them.
            ("talk (zh)", "talk zh "),
            ("talk[zh-Hans]", "talk zh-Hans "),
            ("talk.(en).forced", "talk en forced"),
            ("talk (hi)", "talk hi "),
            ("talk.zh.(hi)", "talk.zh.(hi) - "),
            ("talk (part 2)", "talk (part 2) - "),
            ("talk [dQw4w9WgXcQ].zh-Hans", "talk [dQw4w9WgXcQ] zh-Hans "),
            ("(zh)", "(zh) - "),
            ("talk zh)", "talk zh) - "),
        ] {
            assert_eq!(told(name), parts, "{name:?}");
        }
    }

    #[test]
    fn styles_spell_names() {
        for (name, spelled) in [
            ("talk.chs", ["zh-Hans", "zh-Hans", "zh-Hans", "zh"]),
            ("talk.zh-CN", ["zh-CN", "zh-CN", "zh-CN", "zh"]),
            ("talk.zh-HK", ["zh-HK", "zh-HK", "zh-Hant", "zh"]),
            (
                "talk.zh-Hans-SG",
                ["zh-Hans-SG", "zh-Hans-SG", "zh-Hans", "zh"],
            ),
            ("talk.yue-Hant", ["yue-Hant", "yue-Hant", "yue", "zh"]),
            ("talk.es-419", ["es-419", "es", "es-419", "es"]),
            ("talk.en-US", ["en-US", "en-US", "en", "en"]),
            ("talk.chs&eng", ["zh-en", "zh-en", "ze", "zh"]),
            ("talk.chs&jpn", ["zh-ja", "zh-ja", "zh-ja", "zh"]),
            (
                "talk.en.hi.default",
                [
                    "en.default.sdh",
                    "en.default.sdh",
                    "en.default.sdh",
                    "en.sdh",
                ],
            ),
            ("talk.cc", ["cc", "cc", "cc", "cc"]),
        ] {
            for (style, spelled) in NAME_STYLES.iter().zip(spelled) {
                let expected = format!("talk.{spelled}");
                assert_eq!(
                    Name::of(name).spelled(style),
                    expected,
                    "{name} for {}",
                    style.id
                );
            }
        }
    }

    /// Words as names have them, tags among them.
    fn any_name() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            prop::sample::select(vec![
                "talk", "new", "1", "zh", "zh-Hans", "zh-TW", "chs", "chs&eng", "简英", "en", "hi",
                "ze", "es-419", "yue", "und", "forced", "foreign", "sdh", "cc", "default", "(zh)",
                "[en]", "(hi)", " ", "",
            ])
            .prop_map(str::to_owned),
            "\\PC{0,6}",
        ];
        prop::collection::vec(word, 0..6).prop_map(|words| words.join("."))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What a style has a spelling for is read back as it was, and nothing goes into the stem.
        #[test]
        fn names_are_read_back(name in any_name()) {
            let name = Name::of(&name);
            for style in &NAME_STYLES {
                let spelled = name.spelled(style);
                let read = Name::of(&spelled);
                prop_assert_eq!(&read.stem, &name.stem);
                prop_assert_eq!(read.spelled(style), spelled);
                let kept = |flag: &&Flag| style.flags.contains(flag);
                prop_assert_eq!(&read.flags, &name.flags.iter().filter(kept).copied().collect::<Vec<_>>());
                prop_assert_eq!(read.languages.is_some(), name.languages.is_some());
            }
            let read = Name::of(&name.spelled(NameStyle::DEFAULT));
            match (&read.languages, &name.languages) {
                (Some(Languages::Two(..)), Some(Languages::Two(..))) => {}
                (read, name) => prop_assert_eq!(read, name),
            }
        }
    }
}

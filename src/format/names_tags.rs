//! A word of a file's name in, the languages that it stands for out.
//!
//! A name is made of words, and most of them are no tags: `talk.new.srt`, `talk.final.srt`. So a
//! tag is what a table here knows: the codes of ISO 639-1, the longer ones that files are named
//! with and no title is, and what people who make Chinese captions write.

use crate::format::names::Languages;
use crate::model::LanguageTag;
use crate::text::script::Script;

/// The codes of ISO 639-1.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce \
    ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha \
    he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku \
    kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv \
    ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st \
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Codes of three letters, and what BCP 47 calls the language: the shortest code there is. Those
/// that are English words or names (`may`, `fin`, `per`, `dan`, `ron`) are left out: as the last
/// word of a title they are more frequent. Mandarin on its own is written Chinese here.
const THREE_LETTERS: [(&str, &str); 40] = [
    ("chi", "zh"),
    ("zho", "zh"),
    ("cmn", "zh"),
    ("yue", "yue"),
    ("nan", "nan"),
    ("wuu", "wuu"),
    ("hak", "hak"),
    ("gan", "gan"),
    ("hsn", "hsn"),
    ("und", "und"),
    ("eng", "en"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("fre", "fr"),
    ("fra", "fr"),
    ("ger", "de"),
    ("deu", "de"),
    ("spa", "es"),
    ("por", "pt"),
    ("rus", "ru"),
    ("ita", "it"),
    ("vie", "vi"),
    ("tha", "th"),
    ("msa", "ms"),
    ("fil", "fil"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("tur", "tr"),
    ("pol", "pl"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("ukr", "uk"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("swe", "sv"),
    ("ell", "el"),
    ("heb", "he"),
    ("hun", "hu"),
    ("mon", "mn"),
    ("bod", "bo"),
];

/// Scripts that a tag may name.
const SCRIPTS: [&str; 10] = [
    "hans", "hant", "hani", "bopo", "latn", "cyrl", "arab", "jpan", "kore", "deva",
];

/// Variants that a tag may name: how Chinese is spelled in Latin letters.
const VARIANTS: [&str; 4] = ["pinyin", "wadegile", "jyutping", "tongyong"];

/// What files are tagged with besides BCP 47, in small letters and with `-` for `_`.
const ALIASES: [(&str, &str); 44] = [
    ("chs", "zh-Hans"),
    ("zhs", "zh-Hans"),
    ("sc", "zh-Hans"),
    ("gb", "zh-Hans"),
    ("gbk", "zh-Hans"),
    ("gb2312", "zh-Hans"),
    ("gb18030", "zh-Hans"),
    // What .NET called them.
    ("zh-chs", "zh-Hans"),
    ("zh-sc", "zh-Hans"),
    ("简", "zh-Hans"),
    ("简体", "zh-Hans"),
    ("简中", "zh-Hans"),
    ("简体中文", "zh-Hans"),
    ("簡體", "zh-Hans"),
    ("cht", "zh-Hant"),
    ("zht", "zh-Hant"),
    ("tc", "zh-Hant"),
    ("big5", "zh-Hant"),
    ("zh-cht", "zh-Hant"),
    ("zh-tc", "zh-Hant"),
    ("繁", "zh-Hant"),
    ("繁体", "zh-Hant"),
    ("繁體", "zh-Hant"),
    ("繁中", "zh-Hant"),
    ("繁体中文", "zh-Hant"),
    ("繁體中文", "zh-Hant"),
    // What yt-dlp calls a translation that the platform has made.
    ("zh-hans-en", "zh-Hans"),
    ("zh-hant-en", "zh-Hant"),
    ("cn", "zh-CN"),
    // What Bilibili calls the captions that it has heard.
    ("ai-zh", "zh"),
    ("中文", "zh"),
    ("zh-cmn-hans", "zh-Hans"),
    ("zh-cmn-hant", "zh-Hant"),
    ("zh-cmn", "zh"),
    ("zh-yue", "yue"),
    ("粤语", "yue"),
    ("粵語", "yue"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("英文", "en"),
    ("英语", "en"),
    ("英語", "en"),
    // What yt-dlp calls the captions that YouTube has heard.
    ("en-orig", "en"),
    ("日语", "ja"),
];

/// One character for a language, in a name for two: `简英`, `中&日`. Alone they are words: 中 is
/// the second of three parts.
const SIDES: [(&str, &str); 13] = [
    ("简", "zh-Hans"),
    ("簡", "zh-Hans"),
    ("繁", "zh-Hant"),
    ("中", "zh"),
    ("英", "en"),
    ("日", "ja"),
    ("韩", "ko"),
    ("韓", "ko"),
    ("法", "fr"),
    ("德", "de"),
    ("俄", "ru"),
    ("西", "es"),
    ("泰", "th"),
];

/// Names for two languages that do not say which: Chinese and English.
const PAIRS: [&str; 3] = ["ze", "双语", "雙語"];

/// What stands behind a name for two languages and says no more: `中英双字`.
const PAIR_ENDINGS: [&str; 5] = ["双语", "雙語", "双字", "雙字", "字幕"];

/// Where Chinese is written, of the regions whose codes are also those of languages.
const CHINESE_REGIONS: [&str; 5] = ["tw", "sg", "mo", "my", "ca"];

/// Languages whose codes are those of no region.
const NO_REGIONS: [&str; 4] = ["zh", "en", "ja", "ko"];

/// The longest tag there is a use for, in bytes.
const LONGEST: usize = 40;

/// The one or two languages that a word of a name stands for.
pub(super) fn languages(word: &str) -> Option<Languages> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase().replace('_', "-");
    let named = of_table(&ALIASES, &word).map(Languages::One);
    named
        .or_else(|| two(&word))
        .or_else(|| one(&word).map(Languages::One))
}

/// `word` is in small letters, with `-` for `_`.
fn one(word: &str) -> Option<LanguageTag> {
    if let Some(tag) = of_table(&ALIASES, word) {
        return Some(tag);
    }
    let mut parts = word.split('-');
    let language = parts.next()?;
    let code = match language.len() {
        2 => TWO_LETTERS.split(' ').find(|code| *code == language)?,
        _ => THREE_LETTERS.iter().find(|(long, _)| *long == language)?.1,
    };
    let mut rest = parts.clone().peekable();
    rest.next_if(|part| SCRIPTS.contains(part));
    rest.next_if(|part| is_region(part));
    rest.next_if(|part| VARIANTS.contains(part));
    if rest.next().is_some() {
        return None;
    }
    let subtags = parts.map(|part| format!("-{part}"));
    format!("{code}{}", subtags.collect::<String>())
        .parse()
        .ok()
}

fn is_region(part: &str) -> bool {
    let all = |is: fn(&u8) -> bool| part.as_bytes().iter().all(is);
    part.len() == 2 && all(u8::is_ascii_alphabetic) || part.len() == 3 && all(u8::is_ascii_digit)
}

fn two(word: &str) -> Option<Languages> {
    if PAIRS.contains(&word) {
        return Languages::pair(one("zh")?, LanguageTag::EN);
    }
    let bare = PAIR_ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    let word = bare.unwrap_or(word);
    if let Some((first, second)) = word.split_once(['&', '+']) {
        return Languages::pair(side(first)?, side(second)?);
    }
    if let Some((first, second)) = word.split_once('-') {
        let (one, other) = (side(first)?, side(second)?);
        return (!is_region_of(&one, second))
            .then(|| Languages::pair(one, other))
            .flatten();
    }
    let mut characters = word.char_indices();
    let (_, (at, _)) = (characters.next()?, characters.next()?);
    let (first, second) = (
        of_table(&SIDES, &word[..at])?,
        of_table(&SIDES, &word[at..])?,
    );
    (first.primary() == "zh")
        .then(|| Languages::pair(first, second))
        .flatten()
}

/// One of two languages.
fn side(word: &str) -> Option<LanguageTag> {
    of_table(&SIDES, word).or_else(|| one(word))
}

/// Whether the second of two words is where the first is spoken, and no second language: `pt-br`
/// is Brazil's and no Breton. Chinese is the other way round but where it is at home: `zh-fr`.
fn is_region_of(first: &LanguageTag, second: &str) -> bool {
    is_region(second)
        && !NO_REGIONS.contains(&second)
        && (first.primary() != "zh" || CHINESE_REGIONS.contains(&second))
}

fn of_table(table: &[(&str, &str)], word: &str) -> Option<LanguageTag> {
    let (_, tag) = table.iter().find(|(name, _)| *name == word)?;
    tag.parse().ok()
}

/// The Chinese that a tag says that text is written in, by its script, else by its region.
///
/// ```
/// use zimu::format::names::chinese_script;
/// use zimu::model::LanguageTag;
///
/// assert_eq!(chinese_script(&"zh-HK".parse()?), Some(LanguageTag::ZH_HANT));
/// assert_eq!(chinese_script(&"zh-Hans-HK".parse()?), Some(LanguageTag::ZH_HANS));
/// assert_eq!(chinese_script(&"zh".parse()?), None);
/// # Ok::<(), zimu::model::UnknownLanguage>(())
/// ```
#[must_use]
pub fn chinese_script(tag: &LanguageTag) -> Option<LanguageTag> {
    Script::of_tag(tag).map(Script::family)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `zh-Hans`, `zh-Hans + en`, or nothing.
    fn told(word: &str) -> String {
        match languages(word) {
            Some(Languages::One(tag)) => tag.to_string(),
            Some(Languages::Two(first, second)) => format!("{first} + {second}"),
            None => String::new(),
        }
    }

    #[test]
    fn words_stand_for_languages() {
        for (words, tag) in [
            (
                "chs CHS zhs sc gb GBK 简 简体 简中 zh-chs cmn-Hans zh-Hans zh_hans",
                "zh-Hans",
            ),
            (
                "cht zht TC Big5 繁 繁體 繁体 繁中 zh-Hant cmn-hant",
                "zh-Hant",
            ),
            ("zh-CN zh_CN ZH-cn cn cmn-CN", "zh-CN"),
            ("zh-TW zh_tw", "zh-TW"),
            ("zh-hk", "zh-HK"),
            ("zh-SG", "zh-SG"),
            ("zh-Hans-CN chi-Hans-CN", "zh-Hans-CN"),
            ("zh chi zho cmn ai-zh", "zh"),
            ("yue zh-yue", "yue"),
            ("yue-Hant", "yue-Hant"),
            ("en eng en-orig 英文", "en"),
            ("en-US en_us eng-US", "en-US"),
            ("en-GB", "en-GB"),
            ("pt-BR", "pt-BR"),
            ("es-419", "es-419"),
            ("ja jpn jp", "ja"),
            ("ko kor", "ko"),
            ("zh-Latn-pinyin", "zh-Latn-pinyin"),
            ("und", "und"),
            (
                "ze zh-en zh_en zho-eng 双语 中英 中英双字 中&英 中文&英文",
                "zh + en",
            ),
            (
                "chs&eng CHS-ENG chs_eng chs_en 简体&英文 简英 简英双语 chs+eng zh-Hans&en",
                "zh-Hans + en",
            ),
            ("cht&eng 繁体&英文 繁英 tc&en", "zh-Hant + en"),
            ("chs&jpn chs_jp 简日", "zh-Hans + ja"),
            ("zh-fr", "zh + fr"),
            ("zh-vi", "zh + vi"),
            ("en-zh eng&chi", "en + zh"),
            ("en&ja en-ja", "en + ja"),
        ] {
            for word in words.split(' ') {
                assert_eq!(told(word), tag, "{word}");
            }
        }
    }

    #[test]
    fn words_are_words() {
        for word in "new final NEW v2 1 01 2024 1080p hd ok copy draft may fin per the talk 中 日 上 第一讲 \
            en-final de-facto zh-final no-limits x-en en- -en chs&eng&jpn chs&cht zh&zh & - 英中 \
            zh-Hans-CN-x-mine 1-en a_b"
            .split_whitespace()
        {
            assert_eq!(told(word), "", "{word}");
        }
        assert_eq!(told(""), "");
        assert_eq!(told(&"zh".repeat(1 << 20)), "");
    }

    #[test]
    fn the_tags_say_how_chinese_is_written() {
        for (tag, written) in [
            ("zh-TW", Some("zh-Hant")),
            ("zh-MO", Some("zh-Hant")),
            ("zh-CN", Some("zh-Hans")),
            ("yue-Hant-HK", Some("zh-Hant")),
            ("yue", None),
            ("en-HK", None),
        ] {
            let found = chinese_script(&tag.parse().unwrap());
            assert_eq!(found.as_ref().map(LanguageTag::as_str), written, "{tag}");
        }
    }

    /// A name of the tables is a tag, in the letters that words are compared in.
    #[test]
    fn tables_hold_tags() {
        for (name, tag) in [&ALIASES[..], &SIDES, &THREE_LETTERS].concat() {
            assert!(tag.parse::<LanguageTag>().is_ok(), "{tag}");
            assert_eq!(name.to_lowercase().replace('_', "-"), name);
        }
    }
}

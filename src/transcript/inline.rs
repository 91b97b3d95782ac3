//! Words in, the marks among them out: what is heard and not said, and where the voice rests.
//!
//! A mark stands in brackets and is one of the words of a table, so that a parenthesis with
//! other words is words: `（笑声）` is a sound, `（笑声很大的人）` is none. Notes are one anyway.

use crate::model::Span;
use crate::text::class::find_mark;
use crate::transcript::verbatim::ESCAPE;

/// The brackets that a mark may stand in, and a time.
pub(super) const BRACKETS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）')];

/// Music. Between two of these something is sung.
const NOTES: [char; 4] = ['♪', '♫', '♬', '♩'];

/// Whether a mark may begin with a character.
const fn is_opener(c: char) -> bool {
    matches!(c, '[' | '(' | '【' | '（' | '♪' | '♫' | '♬' | '♩')
}

/// A mark is at most so long, in bytes: nobody looks for the end of a parenthesis further on.
const LONGEST: usize = 64;

/// What is heard and not said, as it is written in brackets.
const SOUNDS: [&str; 62] = [
    "音乐",
    "音樂",
    "背景音乐",
    "背景音樂",
    "片头音乐",
    "片頭音樂",
    "片尾音乐",
    "片尾音樂",
    "音乐声",
    "音樂聲",
    "歌声",
    "歌聲",
    "笑",
    "笑声",
    "笑聲",
    "大笑",
    "众笑",
    "眾笑",
    "全场笑",
    "全場笑",
    "轻笑",
    "輕笑",
    "苦笑",
    "掌声",
    "掌聲",
    "鼓掌",
    "热烈鼓掌",
    "热烈掌声",
    "熱烈掌聲",
    "欢呼",
    "歡呼",
    "欢呼声",
    "歡呼聲",
    "哭",
    "哭声",
    "哭聲",
    "叹气",
    "嘆氣",
    "咳嗽",
    "咳嗽声",
    "咳嗽聲",
    "清嗓子",
    "铃声",
    "鈴聲",
    "电话铃声",
    "敲门声",
    "敲門聲",
    "脚步声",
    "腳步聲",
    "雨声",
    "雷声",
    "风声",
    "枪声",
    "噪音",
    "杂音",
    "雜音",
    "music",
    "applause",
    "laughter",
    "laughs",
    "cheering",
    "cheers",
];

/// A rest that is asked for, as it is written in brackets.
const PAUSES: [&str; 5] = ["停顿", "停頓", "暂停", "暫停", "pause"];

/// Units of the length of a pause, with the milliseconds of one; the longer name first.
const UNITS: [(&str, u64); 10] = [
    ("毫秒", 1),
    ("ms", 1),
    ("秒钟", 1000),
    ("秒鐘", 1000),
    ("秒", 1000),
    ("seconds", 1000),
    ("second", 1000),
    ("sec", 1000),
    ("s", 1000),
    ("", 1000),
];

/// What stands between two sounds in one pair of brackets.
const BETWEEN: [char; 6] = ['、', '，', ',', '/', ' ', '和'];

/// What stands among words and is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `（笑声）`, which is shown.
    Sound,
    /// `[pause 2s]`, with its length in milliseconds where it has one.
    Pause(Option<u32>),
    /// `\（笑声）`: words that have the form of a mark. Of the backslashes before a mark each
    /// second is a word, and one that is left over says that the mark is.
    Words,
}

/// The marks among the words of a line with their places, in order.
pub(super) fn marks(words: &str) -> impl Iterator<Item = (Span, Mark)> {
    let mut formed = formed(words);
    let mut behind_backslashes = None;
    std::iter::from_fn(move || {
        let (place, mark) = match behind_backslashes.take() {
            Some(found) => return Some(found),
            None => formed.next()?,
        };
        let start = words[..place.start()].trim_end_matches(ESCAPE).len();
        let backslashes = place.start() - start;
        if backslashes % 2 == 1 {
            return Some((Span::new(start, place.end()), Mark::Words));
        }
        if backslashes == 0 {
            return Some((place, mark));
        }
        behind_backslashes = Some((place, mark));
        Some((Span::new(start, place.start()), Mark::Words))
    })
}

/// The length of the pause that `words` begin with, in bytes, and the milliseconds that it asks for.
pub(super) fn leading_pause(words: &str) -> Option<(usize, Option<u32>)> {
    if !words.starts_with(is_opener) {
        return None;
    }
    match marks(words).next()? {
        (place, Mark::Pause(length_ms)) if place.start() == 0 => Some((place.end(), length_ms)),
        _ => None,
    }
}

/// What a place of [`Mark::Words`] says.
pub(super) fn words_of(escaped: &str) -> &str {
    let bare = escaped.trim_start_matches(ESCAPE);
    &escaped[(escaped.len() - bare.len()).div_ceil(2)..]
}

/// What has the form of a mark among words, in order.
pub(super) fn formed(words: &str) -> Formed<'_> {
    Formed { words, at: 0 }
}

/// See [`formed`].
#[derive(Clone, Debug)]
pub(super) struct Formed<'w> {
    words: &'w str,
    at: usize,
}

impl Iterator for Formed<'_> {
    type Item = (Span, Mark);

    fn next(&mut self) -> Option<(Span, Mark)> {
        loop {
            let (before, _) = find_mark(&self.words[self.at..], is_opener)?;
            let start = self.at + before;
            let found = mark(&self.words[start..]);
            let opener = self.words[start..].chars().next().map_or(1, char::len_utf8);
            self.at = start + found.map_or(opener, |(length, _)| length);
            if let Some((_, mark)) = found {
                return Some((Span::new(start, self.at), mark));
            }
        }
    }
}

/// The mark that `text` begins with, and its length.
fn mark(text: &str) -> Option<(usize, Mark)> {
    let first = text.chars().next()?;
    let Some((open, close)) = BRACKETS.iter().find(|(open, _)| *open == first) else {
        return Some((sung(text), Mark::Sound));
    };
    let near = &text[open.len_utf8()..text.floor_char_boundary(LONGEST)];
    let (inside, _) = near.split_once(*close)?;
    let length = open.len_utf8() + inside.len() + close.len_utf8();
    in_brackets(inside).map(|mark| (length, mark))
}

/// Whether a mark may end where `words` do.
pub(super) fn may_be_open(words: &str) -> bool {
    let longest = LONGEST + '）'.len_utf8();
    let near = words.ceil_char_boundary(words.len().saturating_sub(longest));
    words[near..].contains(is_opener)
}

/// The mark that something in brackets is.
pub(super) fn in_brackets(inside: &str) -> Option<Mark> {
    if is_sound(inside) {
        return Some(Mark::Sound);
    }
    let inside = inside.trim();
    let mut pauses = PAUSES.iter();
    let length = pauses.find_map(|name| {
        let same = inside.get(..name.len())?.eq_ignore_ascii_case(name);
        same.then(|| &inside[name.len()..])
    })?;
    let length = length.trim_start_matches([' ', ':', '：']);
    match length {
        "" => Some(Mark::Pause(None)),
        length => length_ms(length).map(|ms| Mark::Pause(Some(ms))),
    }
}

/// `2s`, `1.5 秒`: a number of three digits at most, with three more behind a point.
fn length_ms(length: &str) -> Option<u32> {
    let digits_end = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let (whole, rest) = length.split_at(digits_end(length));
    let (part, unit) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits_end(rest)),
        None => ("", rest),
    };
    let is_number = !whole.is_empty() && whole.len() <= 6 && part.len() <= 3;
    let mut units = UNITS.iter();
    let (_, unit_ms) = units.find(|(name, _)| name.eq_ignore_ascii_case(unit.trim()))?;
    let thousandths: u64 = is_number.then(|| format!("{whole}{part:0<3}").parse().ok())??;
    u32::try_from(thousandths * unit_ms / 1000).ok()
}

/// The length of the notes that `text` begins with and of what is sung behind them; of the
/// notes alone where none follow.
fn sung(text: &str) -> usize {
    let notes = |text: &str| text.find(|c| !NOTES.contains(&c)).unwrap_or(text.len());
    let opening = notes(text);
    match text[opening..].find(NOTES) {
        Some(length) => opening + length + notes(&text[opening + length..]),
        None => opening,
    }
}

/// Whether what stands in brackets is a sound, or several.
fn is_sound(inside: &str) -> bool {
    let bare = inside.trim_matches(|c: char| NOTES.contains(&c) || c.is_whitespace());
    let is_known =
        |name: &str| name.is_empty() || SOUNDS.iter().any(|known| known.eq_ignore_ascii_case(name));
    match bare {
        "" => inside.contains(NOTES),
        bare => bare.contains(char::is_alphanumeric) && bare.split(BETWEEN).all(is_known),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sounds(words: &str) -> Vec<&str> {
        let marks = marks(words).filter(|(_, mark)| *mark == Mark::Sound);
        marks.map(|(sound, _)| sound.of(words)).collect()
    }

    #[test]
    fn known_words_in_brackets_are_sounds() {
        assert_eq!(
            sounds("（笑声）好（掌声、欢呼声）"),
            ["（笑声）", "（掌声、欢呼声）"]
        );
        assert_eq!(
            sounds("[Music] 好 [♪] (掌声)【 音乐 】"),
            ["[Music]", "[♪]", "(掌声)", "【 音乐 】"]
        );
    }

    #[test]
    fn notes_hold_what_is_sung() {
        assert_eq!(sounds("♪ 一二三 ♪ 好 ♪♪ 四 ♪♪"), ["♪ 一二三 ♪", "♪♪ 四 ♪♪"]);
        assert_eq!(sounds("好♪"), ["♪"]);
    }

    #[test]
    fn a_parenthesis_of_other_words_is_none() {
        for words in [
            "（注：下同）",
            "（笑声很大的人）",
            "(音乐]",
            "（）",
            "（、）",
            "音乐",
            "（音乐",
        ] {
            assert!(marks(words).next().is_none(), "{words}");
        }
    }

    #[test]
    fn pauses_have_the_length_that_they_say() {
        for (words, length_ms) in [
            ("[pause 2s]", Some(2000)),
            ("（停顿）", None),
            ("[停顿 2 秒]", Some(2000)),
            ("(Pause: 1.25 s)", Some(1250)),
            ("【停顿1.5秒钟】", Some(1500)),
            ("[pause 300ms]", Some(300)),
            ("[pause 2]", Some(2000)),
        ] {
            let found = marks(words).next();
            let whole = Span::new(0, words.len());
            assert_eq!(found, Some((whole, Mark::Pause(length_ms))), "{words}");
        }
        for words in [
            "[停顿了很久]",
            "（停顿 2 次）",
            "[pause button]",
            "[pause 1.2345s]",
            "停顿",
        ] {
            assert_eq!(marks(words).next(), None, "{words}");
        }
    }

    proptest! {
        #[test]
        fn marks_rise_and_have_a_length(words in "([（(♪音乐笑声)）\\[\\]]|\\PC){0,40}") {
            let mut end = 0;
            for (sound, _) in marks(&words) {
                prop_assert!(sound.start() >= end && !sound.is_empty());
                prop_assert!(words.get(sound.start()..sound.end()).is_some());
                end = sound.end();
            }
        }
    }
}

//! Words in, the marks among them out: what is heard and not said.
//!
//! A mark stands in brackets and is one of the words of a table, so that a parenthesis with
//! other words is words: `（笑声）` is a sound, `（笑声很大的人）` is none. Notes are one anyway.

use crate::model::Span;

/// The brackets that a mark may stand in.
const BRACKETS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）')];

/// Music. Between two of these something is sung.
const NOTES: [char; 4] = ['♪', '♫', '♬', '♩'];

/// All that a mark begins with.
const OPENERS: [char; 8] = ['[', '(', '【', '（', '♪', '♫', '♬', '♩'];

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

/// What stands between two sounds in one pair of brackets.
const BETWEEN: [char; 6] = ['、', '，', ',', '/', ' ', '和'];

/// The sounds among `words`, in order.
pub(super) fn marks(words: &str) -> Marks<'_> {
    Marks { words, at: 0 }
}

/// See [`marks`].
#[derive(Clone, Debug)]
pub(super) struct Marks<'w> {
    words: &'w str,
    at: usize,
}

impl Iterator for Marks<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            let start = self.at + self.words[self.at..].find(OPENERS)?;
            let found = mark(&self.words[start..]);
            let opener = self.words[start..].chars().next().map_or(1, char::len_utf8);
            self.at = start + found.unwrap_or(opener);
            if found.is_some() {
                return Some(Span::new(start, self.at));
            }
        }
    }
}

/// The length of the mark that `text` begins with.
fn mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let Some((open, close)) = BRACKETS.iter().find(|(open, _)| *open == first) else {
        return Some(sung(text));
    };
    let near = &text[open.len_utf8()..text.floor_char_boundary(LONGEST)];
    let (inside, _) = near.split_once(*close)?;
    is_sound(inside).then(|| open.len_utf8() + inside.len() + close.len_utf8())
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
pub(super) fn is_sound(inside: &str) -> bool {
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
        marks(words).map(|sound| sound.of(words)).collect()
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
            assert!(sounds(words).is_empty(), "{words}");
        }
    }

    proptest! {
        #[test]
        fn marks_rise_and_have_a_length(words in "([（(♪音乐笑声)）\\[\\]]|\\PC){0,40}") {
            let mut end = 0;
            for sound in marks(&words) {
                prop_assert!(sound.start() >= end && !sound.is_empty());
                prop_assert!(words.get(sound.start()..sound.end()).is_some());
                end = sound.end();
            }
        }
    }
}

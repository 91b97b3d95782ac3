//! A line in, which of two languages it is written in out: Chinese, or one with other letters.

use std::ops::Range;

use crate::text::class::Class;

/// What a line is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// Chinese characters prevail.
    Chinese,
    /// Other letters do.
    Other,
    /// Neither is there.
    Neither,
}

impl Side {
    /// Whether one is Chinese and one another language.
    pub(super) const fn is_opposite(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Chinese, Self::Other) | (Self::Other, Self::Chinese)
        )
    }
}

/// Which script the lines that are not Chinese are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Letters {
    /// Latin.
    Latin,
    /// Kana.
    Kana,
    /// Hangul.
    Hangul,
    /// Some other.
    Other,
}

/// What is counted in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// Chinese characters.
    han: usize,
    /// Words of letters.
    words: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
    maybe_japanese: bool,
}

impl Written {
    pub(super) fn of(text: &str) -> Self {
        let mut written = Self::default();
        let mut in_word = false;
        for c in text.chars() {
            let class = Class::of(c);
            let is_letter = class == Class::Letter;
            written.words += usize::from(is_letter && !in_word);
            written.han += usize::from(class == Class::Han);
            written.kana += usize::from(class == Class::Kana);
            written.hangul += usize::from(matches!(c, '\u{ac00}'..='\u{d7a3}'));
            written.latin += usize::from(is_letter && c < '\u{250}');
            in_word = is_letter || (in_word && matches!(c, '\'' | '’' | '-'));
        }
        written
    }

    /// Words of letters.
    pub(super) const fn words(self) -> usize {
        self.words
    }

    /// Of characters and words the more, of as many the characters: a word is said in about the
    /// time of one or two of them. With kana in it a line is Japanese, however many characters it has.
    pub(super) const fn side(self) -> Side {
        if self.kana > 0 || self.hangul > 0 {
            Side::Other
        } else if self.han > 0 && self.han >= self.words {
            Side::Chinese
        } else if self.words > 0 {
            Side::Other
        } else {
            Side::Neither
        }
    }

    /// The same, of a line that Japanese may have without kana: its characters are in use there.
    pub(super) const fn maybe_japanese(self) -> Self {
        Self {
            maybe_japanese: true,
            ..self
        }
    }

    /// Whether it may be of the other side after all, where what is beside it says so: there are
    /// some characters of Chinese in it, and as many words or more; or all are kanji.
    pub(super) const fn is_mixed(self) -> bool {
        let is_japanese_or_korean = self.kana > 0 || self.hangul > 0;
        let is_half = self.words >= 2 && self.han <= self.words && self.words <= 3 * self.han;
        !is_japanese_or_korean && self.han > 0 && (self.maybe_japanese || is_half)
    }

    /// Of a line that is not Chinese.
    pub(super) const fn letters(self) -> Letters {
        if self.kana > 0 {
            Letters::Kana
        } else if self.hangul > 0 {
            Letters::Hangul
        } else if self.latin > 0 {
            Letters::Latin
        } else {
            Letters::Other
        }
    }
}

/// Whether a line is plainly Chinese: characters of it, and in ASCII no letters, and nothing else.
/// Most lines are, and their bytes are told without a branch for each: U+4000 to U+9FFF begin with
/// E4 to E9, of which E5 to E9 are no signs.
pub(super) fn is_chinese_alone(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut seen = [0; WINDOW];
    for window in bytes.as_chunks().0 {
        see(window, &mut seen);
    }
    // It overlaps the one before: to see a byte twice changes nothing.
    if let Some(last) = bytes.last_chunk() {
        see(last, &mut seen);
    } else {
        let mut spaced = [b' '; WINDOW];
        spaced[..bytes.len()].copy_from_slice(bytes);
        see(&spaced, &mut seen);
    }
    seen.into_iter().fold(0, |all, signs| all | signs) == CHARACTER
}

/// How many bytes are looked at in one go.
const WINDOW: usize = 16;

/// A byte begins a character of Chinese, or something that is neither that nor a sign.
const CHARACTER: u8 = 1;
const OTHER: u8 = 2;

fn see(window: &[u8; WINDOW], seen: &mut [u8; WINDOW]) {
    for (signs, &byte) in seen.iter_mut().zip(window) {
        *signs |= sign(byte);
    }
}

fn sign(byte: u8) -> u8 {
    let is_letter = u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
    let is_first = u8::from(byte >= 0xc0);
    let is_of_plane = u8::from(byte.wrapping_sub(0xe4) < 6);
    let is_character = u8::from(byte.wrapping_sub(0xe5) < 5);
    let is_other = is_letter | (is_first & (is_of_plane ^ 1));
    (is_other * OTHER) | (is_character * CHARACTER)
}

/// What may stand between the languages of one line.
const BARS: [char; 4] = ['/', '|', '／', '｜'];

/// A line of both languages, as `大家好 Hello everyone`: the Chinese, then behind a space the other,
/// a bar that has a space on either side, or the end of a sentence. A word or two at the end of a long
/// line are a part of it.
pub(super) fn halves(text: &str) -> Option<[Range<usize>; 2]> {
    let is_of_chinese = |c: char| matches!(Class::of(c), Class::Han | Class::Kana);
    let last = text.char_indices().rev().find(|&(_, c)| is_of_chinese(c))?;
    let behind = last.0 + last.1.len_utf8();
    // Marks of the Chinese stay with it.
    let rest = &text[behind..];
    let is_word = |c| matches!(Class::of(c), Class::Letter | Class::Digit);
    let marks = rest.find(|c: char| c.is_whitespace() || is_word(c))?;
    let (closing, is_spaced) = (
        &rest[..marks],
        rest[marks..].starts_with(char::is_whitespace),
    );
    if !is_spaced && !closing.ends_with(['。', '！', '？', '…']) {
        return None;
    }
    let upper = 0..behind + marks;
    let lower = rest[marks..].trim_start();
    let behind_bar = lower.strip_prefix(BARS).unwrap_or_default();
    let lower = if behind_bar.starts_with(char::is_whitespace) {
        behind_bar.trim_start()
    } else {
        lower
    };
    let lower = text.len() - lower.len()..text.len();
    let (chinese, other) = (
        Written::of(&text[upper.clone()]),
        Written::of(&text[lower.clone()]),
    );
    let is_sentence = other.words >= 2
        && 4 * other.words >= chinese.han
        && text[lower.clone()].contains(char::is_whitespace);
    let is_word_for_word = other.words == 1 && chinese.han <= 4;
    let is_pure = chinese.side() == Side::Chinese && chinese.words <= chinese.han / 2;
    (is_pure && (is_sentence || is_word_for_word)).then_some([upper, lower])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn side(text: &str) -> Side {
        Written::of(text).side()
    }

    #[test]
    fn the_script_that_prevails_decides() {
        for (text, expected) in [
            ("大家好", Side::Chinese),
            ("我们用 Kestrel Pro 写字", Side::Chinese),
            ("The boat is called 白鹭", Side::Other),
            ("茶", Side::Chinese),
            ("ChatGPT", Side::Other),
            ("お茶を飲みます", Side::Other),
            ("차를 마셔요", Side::Other),
            ("1998", Side::Neither),
            ("♪", Side::Neither),
        ] {
            assert_eq!(side(text), expected, "{text}");
        }
    }

    #[test]
    fn one_line_of_both_comes_apart_behind_the_chinese() {
        for (text, expected) in [
            ("大家好 Hello everyone", Some(["大家好", "Hello everyone"])),
            (
                "茶好了。 Tea is ready.",
                Some(["茶好了。", "Tea is ready."]),
            ),
            ("你好 Hello", Some(["你好", "Hello"])),
            (
                "请坐，喝茶 / Sit down and have tea",
                Some(["请坐，喝茶", "Sit down and have tea"]),
            ),
            ("坐稳了！Hold on!", Some(["坐稳了！", "Hold on!"])),
            (
                "Kestrel 真快 Kestrel is fast",
                Some(["Kestrel 真快", "Kestrel is fast"]),
            ),
            ("船票在 www.example.org", None),
            ("他说：“OK then”", None),
            ("茶/Tea and water", None),
            ("每秒三米 m/s is slow", Some(["每秒三米", "m/s is slow"])),
            ("出口 /exit now", Some(["出口", "/exit now"])),
            ("这个星期我一直在用 Kestrel", None),
            ("这个星期我一直在用 Kestrel 写字", None),
            ("Hello everyone", None),
            ("大家好", None),
        ] {
            let halves = halves(text).map(|halves| halves.map(|half| &text[half]));
            assert_eq!(halves, expected, "{text}");
        }
    }

    #[test]
    fn what_is_chinese_alone_is_told_by_its_bytes() {
        for (text, expected) in [
            ("大家好 12!", true),
            ("大家好，", false),
            ("一A", false),
            ("茶@[`{", true),
            ("䷀", false),
            ("123", false),
            ("", false),
            ("茶à", false),
        ] {
            assert_eq!(is_chinese_alone(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_chinese_alone_is_what_is_counted_as_that(text in "[\u{3ff0}-\u{a010} a0,，䷀]{0,8}") {
            if is_chinese_alone(&text) {
                prop_assert_eq!(side(&text), Side::Chinese);
                prop_assert_eq!(Written::of(&text).words(), 0);
                prop_assert!(halves(&text).is_none());
            }
        }
    }
}

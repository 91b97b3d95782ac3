//! A character in, what it is to a line of Chinese out.
//!
//! The classes are those of W3C clreq, "Prohibition Rules for Line Start and Line End",
//! with the half-width forms that transcripts have beside them.

use std::borrow::Cow;

use memchr::memchr;

use crate::model::Span;

/// What a character is to reading and breaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A Chinese character.
    Han,
    /// Japanese kana: like Han to a line.
    Kana,
    /// A letter of a script that is written in words.
    Letter,
    /// A digit.
    Digit,
    /// White space.
    Space,
    /// An opening quotation mark, bracket or title mark.
    Open,
    /// A closing one.
    Close,
    /// `"`, which opens and closes by turns.
    Quote,
    /// Ends a sentence.
    Sentence,
    /// Ends a clause, or joins two.
    Clause,
    /// `、`, between the members of a list.
    Enumeration,
    /// A dash; two make a Chinese dash, one connects.
    Dash,
    /// An ellipsis.
    Ellipsis,
    /// `～` and the like, which connect.
    Connector,
    /// `·`, between the parts of a name.
    Interpunct,
    /// `/`.
    Solidus,
    /// Shown but neither read nor spaced: a control or format character.
    Ignored,
    /// All else: symbols, emoji.
    Sign,
}

impl Class {
    /// The class of a character.
    ///
    /// ```
    /// use zimu::text::class::Class;
    ///
    /// assert_eq!(Class::of('字'), Class::Han);
    /// assert_eq!(Class::of('”'), Class::Close);
    /// assert_eq!(Class::of('，'), Class::Clause);
    /// ```
    #[must_use]
    #[inline]
    pub fn of(c: char) -> Self {
        // Most characters are, and then no other class has to be asked for.
        if is_everyday_han(c) {
            return Self::Han;
        }
        Self::of_other(c)
    }

    fn of_other(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Self::Letter,
            '0'..='9' | '０'..='９' => Self::Digit,
            '，' | '：' | '；' | ',' | ':' | ';' | '﹐' | '﹔' | '﹕' => Self::Clause,
            '。' | '！' | '？' | '.' | '!' | '?' | '｡' | '．' | '‼' | '⁇' | '⁈' | '⁉' => {
                Self::Sentence
            }
            '、' | '､' | '﹑' => Self::Enumeration,
            '“' | '‘' | '「' | '『' | '〝' | '（' | '【' | '〖' | '〔' | '［' | '｛' | '《'
            | '〈' | '﹁' | '﹃' | '(' | '[' | '{' | '｢' => Self::Open,
            '”' | '’' | '」' | '』' | '〞' | '〟' | '）' | '】' | '〗' | '〕' | '］' | '｝'
            | '》' | '〉' | '﹂' | '﹄' | ')' | ']' | '}' | '｣' => Self::Close,
            '"' | '＂' => Self::Quote,
            '—' | '―' | '⸺' | '─' => Self::Dash,
            '…' | '⋯' => Self::Ellipsis,
            '–' | '～' | '~' | '〜' => Self::Connector,
            '·' | '‧' | '•' | '・' => Self::Interpunct,
            '/' | '／' => Self::Solidus,
            '\u{3400}'..='\u{4dbf}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
            | '〇'
            | '々' => Self::Han,
            '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => {
                Self::Kana
            }
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
                Self::Ignored
            }
            '\u{feff}' => Self::Ignored,
            c if c.is_whitespace() => Self::Space,
            c if c.is_alphabetic() => Self::Letter,
            c if c.is_numeric() => Self::Digit,
            c if c.is_control() => Self::Ignored,
            _ => Self::Sign,
        }
    }

    /// Whether it may only follow other text: a line made of these is a stray.
    #[must_use]
    pub const fn closes(self) -> bool {
        matches!(
            self,
            Self::Close | Self::Sentence | Self::Clause | Self::Enumeration
        )
    }
}

/// Whether it is one of the Chinese characters that nearly all text is made of.
pub(crate) const fn is_everyday_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// How many such characters a text begins with, as their bytes say.
#[inline]
pub(crate) fn everyday_han_ahead(text: &str) -> usize {
    let (characters, _) = text.as_bytes().as_chunks::<3>();
    // U+4E00 to U+4FFF, U+5000 to U+9FFF.
    let is_one = |bytes: &&[u8; 3]| matches!(bytes, [0xe4, 0xb8..=0xbf, _] | [0xe5..=0xe9, ..]);
    characters.iter().take_while(is_one).count()
}

/// Whether it is a letter, a digit or a Chinese character and no table needs to be asked about it:
/// most are.
pub(crate) const fn is_plainly_a_word(c: char) -> bool {
    is_everyday_han(c) || c.is_ascii_alphanumeric()
}

/// Where the first character stands that `is_it`, of those that are not [plainly](is_plainly_a_word)
/// of a word, and what it is: what is plainly of one is passed by its bytes.
#[inline]
pub(crate) fn find_mark(text: &str, is_it: impl Fn(char) -> bool) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += match bytes.get(at)? {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => 1,
            // U+5000 to U+9FFF.
            0xe5..=0xe9 => 3,
            // U+4E00 to U+4FFF.
            0xe4 if bytes[at + 1] >= 0xb8 => 3,
            _ => {
                let c = text[at..].chars().next()?;
                if !is_plainly_a_word(c) && is_it(c) {
                    return Some((at, c));
                }
                c.len_utf8()
            }
        }
    }
}

/// Whether `at` is inside a run of letters and digits of `text`.
pub(super) fn splits_word(text: &str, at: usize) -> bool {
    let is_of_word =
        |c: Option<char>| c.is_some_and(|c| matches!(Class::of(c), Class::Letter | Class::Digit));
    is_of_word(text[..at].chars().next_back()) && is_of_word(text[at..].chars().next())
}

/// How many bytes are looked at together, which the processor does in one go.
const WINDOW: usize = 16;

/// Whether the lines of a text stand in it as they are read: with no control character, tab or run of
/// zero-width characters in them.
pub(crate) fn has_clean_lines(text: &str) -> bool {
    let is_dropped = |c| c == '\t' || (is_dropped(c) && !matches!(c, '\n' | '\r'));
    // Nearly all texts are told by their bytes: C2 begins all from U+0080 to U+00BF.
    let may_begin =
        |byte: u8| matches!(byte, ..b' ' | 0x7f | 0xc2) && !matches!(byte, b'\n' | b'\r');
    let may_have = text.bytes().fold(false, |any, byte| any | may_begin(byte));
    !(may_have && text.contains(is_dropped)) && invisible_run(text).is_none()
}

/// A line without its control characters, but for tabs: a caption is no terminal.
///
/// These are those of ASCII, U+007F, and U+0080 to U+009F, which come of text that was
/// decoded as Latin-1. U+0085 is one of them: no reader here ends a line with it.
///
/// ```
/// use zimu::text::class::without_controls;
///
/// assert_eq!(without_controls("甲\0乙\u{9b}"), "甲乙");
/// ```
#[must_use]
pub fn without_controls(line: &str) -> Cow<'_, str> {
    // Most lines are told by their bytes. C2 begins all from U+0080 to U+00BF, so that a
    // line with a `·` is looked at once more.
    let may_begin = |byte: u8| (byte < b' ' && byte != b'\t') || byte == 0x7f || byte == 0xc2;
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, &byte| any | may_begin(byte));
    let (windows, rest) = line.as_bytes().as_chunks::<WINDOW>();
    let may_have = any(rest) || windows.iter().any(|window| any(window));
    if !may_have || !line.contains(is_dropped) {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.chars().filter(|c| !is_dropped(*c)).collect())
}

/// A line without the runs of zero-width characters that some recognisers write where they lost
/// the words, thousands in a row. One alone stays: it joins an emoji, or parts letters.
///
/// ```
/// use zimu::text::class::without_invisible_runs;
///
/// assert_eq!(without_invisible_runs("甲\u{200c}\u{200c}\u{200c}乙\u{200c}"), "甲乙\u{200c}");
/// ```
#[must_use]
pub fn without_invisible_runs(line: &str) -> Cow<'_, str> {
    let Some(first) = invisible_run(line) else {
        return Cow::Borrowed(line);
    };
    let mut kept = line[..first.start()].to_owned();
    let mut rest = &line[first.end()..];
    while let Some(run) = invisible_run(rest) {
        kept.push_str(&rest[..run.start()]);
        rest = &rest[run.end()..];
    }
    Cow::Owned(kept + rest)
}

/// Where the first run of two or more zero-width characters stands.
#[must_use]
pub fn invisible_run(line: &str) -> Option<Span> {
    // All of them begin with this byte in UTF-8, and most lines have none that do.
    let mut from = memchr(0xe2, line.as_bytes())?;
    loop {
        let start = from + line[from..].find(is_invisible)?;
        let run = &line[start..];
        let end = start + run.find(|c| !is_invisible(c)).unwrap_or(run.len());
        if end - start > '\u{200b}'.len_utf8() {
            return Some(Span::new(start, end));
        }
        from = end;
    }
}

/// What has no width and joins or parts what stands beside it.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// A line with a space for each of its tabs: a caption has no columns.
///
/// ```
/// use zimu::text::class::with_spaces;
///
/// assert_eq!(with_spaces("甲\t乙"), "甲 乙");
/// ```
#[must_use]
pub fn with_spaces(line: &str) -> Cow<'_, str> {
    if memchr(b'\t', line.as_bytes()).is_none() {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.replace('\t', " "))
}

/// A line without the spaces and byte order marks round it: files that were joined have one in
/// their middle.
///
/// ```
/// use zimu::text::class::trimmed;
///
/// assert_eq!(trimmed("\u{feff}　甲 乙 "), "甲 乙");
/// ```
#[must_use]
pub fn trimmed(line: &str) -> &str {
    line.trim_matches(is_margin)
}

/// Whether a character at the start or the end of a line is no part of it.
#[must_use]
pub fn is_margin(c: char) -> bool {
    !is_everyday_han(c) && (c.is_whitespace() || c == '\u{feff}')
}

/// Whether there is a space between a character and its neighbour in another line: there is
/// none between two Chinese ones.
pub(crate) fn is_spaced(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii() || Class::of(c) == Class::Letter)
}

fn is_dropped(c: char) -> bool {
    c.is_control() && c != '\t'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::lines::Lines;

    #[test]
    fn control_characters_are_dropped_and_their_neighbours_kept() {
        for c in ('\0'..'\u{100}').filter(|&c| c != '\t') {
            let is_kept = matches!(c, ' '..='~' | '\u{a0}'..);
            let line = format!("甲{c}乙");
            let expected = if is_kept { &line } else { "甲乙" };
            assert_eq!(without_controls(&line), expected, "{c:?}");
        }
    }

    #[test]
    fn a_joiner_alone_is_kept() {
        for (line, expected) in [
            ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
            ("甲\u{200c}乙\u{200b}\u{2060}丙……", "甲\u{200c}乙丙……"),
            ("\u{200c}\u{200c}“甲”\u{200c}\u{200c}", "“甲”"),
            ("\u{200d}\u{200d}", ""),
        ] {
            assert_eq!(without_invisible_runs(line), expected);
        }
    }

    #[test]
    fn a_line_without_any_is_not_copied() {
        for line in ["", "甲\t乙", "约翰·史密斯 © 2024", "\u{a0}"] {
            assert!(matches!(without_controls(line), Cow::Borrowed(_)), "{line}");
        }
    }

    proptest! {
        #[test]
        fn clean_lines_are_read_as_they_stand(text in "([甲·…。\n\r\t\0 \u{7f}\u{85}\u{200c}\u{2028}]{0,3}甲){0,3}") {
            let is_clean = |line: &str| {
                let all = [without_controls(line), without_invisible_runs(line), with_spaces(line)];
                all.iter().all(|line| matches!(line, Cow::Borrowed(_)))
            };
            let are_clean = Lines::new(&text).all(|line| is_clean(line.of(&text)));
            prop_assert_eq!(has_clean_lines(&text), are_clean);
        }
    }
}

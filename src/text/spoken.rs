//! Text in, what is said and where the voice may rest out.
//!
//! [`Spoken`] walks a text once and gives its pieces in order: runs that are said, with
//! their syllables, and marks where a voice rests. What is silent (quotation marks,
//! brackets, emoji) gives nothing. Most lines are all Han, and a run of Han costs a step
//! of three bytes a character.

use crate::model::Span;
use crate::text::class::Class;
use crate::text::latin::latin_syllables;
use crate::text::number::integer_syllables;

/// Something that is said, or a mark at which the voice may rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is.
    pub kind: PieceKind,
}

/// What a piece of text is to a voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Said, in so many syllables.
    Said(u32),
    /// Not said; the voice rests as it does at such a mark.
    Rest(Rest),
}

/// Marks by how long a voice rests at them, shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rest {
    /// `、`
    Enumeration,
    /// `，`
    Comma,
    /// `：`
    Colon,
    /// `；`
    Semicolon,
    /// `——` and `……`
    Dash,
    /// `。！？`
    Sentence,
}

/// Signs that are read out, with their syllables (`reading-rules` of Mandarin: % 百分之,
/// $ 美元, ℃ 摄氏度).
const READ_SIGNS: [(char, u32); 16] = [
    ('%', 3),
    ('％', 3),
    ('‰', 3),
    ('$', 2),
    ('＄', 2),
    ('€', 2),
    ('£', 2),
    ('¥', 1),
    ('￥', 1),
    ('℃', 3),
    ('°', 1),
    ('+', 1),
    ('=', 2),
    ('&', 1),
    ('×', 1),
    ('@', 1),
];

/// The pieces of a text, in order.
///
/// ```
/// use zimu::text::spoken::{PieceKind, Rest, Spoken};
///
/// let kinds: Vec<_> = Spoken::new("到2023年，涨了95%").map(|piece| piece.kind).collect();
/// assert_eq!(
///     kinds,
///     [
///         PieceKind::Said(1),
///         PieceKind::Said(4), // 二零二三
///         PieceKind::Said(1),
///         PieceKind::Rest(Rest::Comma),
///         PieceKind::Said(2),
///         PieceKind::Said(3), // 九十五
///         PieceKind::Said(3), // 百分之
///     ]
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Spoken<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Spoken<'t> {
    /// The pieces of `text`.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn said(&mut self, length: usize, syllables: u32) -> Piece {
        self.piece(length, PieceKind::Said(syllables))
    }

    fn piece(&mut self, length: usize, kind: PieceKind) -> Piece {
        let span = Span::new(self.at, self.at + length);
        self.at += length;
        Piece { span, kind }
    }

    fn behind(&self, length: usize) -> Option<char> {
        self.text[self.at + length..].chars().next()
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn number(&mut self) -> Piece {
        let rest = &self.text.as_bytes()[self.at..];
        let length = number_length(rest);
        let digits = &rest[..length];
        let whole_length = digits
            .iter()
            .position(|&byte| byte == b'.')
            .unwrap_or(length);
        let is_year = whole_length == 4 && length == 4 && self.behind(length) == Some('年');
        let syllables = if is_year {
            4
        } else {
            grouped_syllables(&digits[..whole_length]) + (length - whole_length) as u32
        };
        self.said(length, syllables)
    }

    fn letters(&mut self) -> Piece {
        let rest = &self.text[self.at..];
        let word = |c: char| Class::of(c) == Class::Letter || c == '\'';
        let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let said = latin_syllables(&rest[..length]);
        self.said(length, said.letters + said.words)
    }

    /// A mark: where the voice rests, or what joins two numbers, or nothing.
    fn mark(&self, c: char, class: Class) -> Option<PieceKind> {
        let between_digits = || {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            digit(self.before()) && digit(self.behind(c.len_utf8()))
        };
        let joins_a_word = || {
            let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            c.is_ascii() && part(self.before()) && part(self.behind(1))
        };
        match class {
            // 10:30 十点三十, 3:2 三比二
            Class::Clause if matches!(c, ':' | '：') && between_digits() => {
                Some(PieceKind::Said(1))
            }
            // 5-10 五到十
            Class::Connector | Class::Dash if between_digits() => Some(PieceKind::Said(1)),
            Class::Sign if c == '-' && between_digits() => Some(PieceKind::Said(1)),
            // 1/3 三分之一
            Class::Solidus if between_digits() => Some(PieceKind::Said(2)),
            Class::Sentence | Class::Clause if joins_a_word() => None,
            _ => rest_at(c, class).map(PieceKind::Rest),
        }
    }
}

impl Iterator for Spoken<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                HAN_FIRST..=HAN_LAST => {
                    let count = han_run(&bytes[self.at..]);
                    return Some(self.said(3 * count, count as u32));
                }
                b'0'..=b'9' => return Some(self.number()),
                b'a'..=b'z' | b'A'..=b'Z' => return Some(self.letters()),
                b' ' => self.at += 1,
                _ => {
                    if let Some(piece) = self.other() {
                        return Some(piece);
                    }
                }
            }
        }
        None
    }
}

impl Spoken<'_> {
    /// Any character that is not plain Han, a digit or a Latin letter.
    fn other(&mut self) -> Option<Piece> {
        let c = self.text[self.at..].chars().next()?;
        let length = c.len_utf8();
        let kind = match Class::of(c) {
            Class::Han | Class::Kana | Class::Digit => Some(PieceKind::Said(1)),
            Class::Letter => return Some(self.letters()),
            class => READ_SIGNS
                .iter()
                .find(|&&(sign, _)| sign == c)
                .map(|&(_, syllables)| PieceKind::Said(syllables))
                .or_else(|| self.mark(c, class)),
        };
        if kind.is_none() {
            self.at += length;
        }
        kind.map(|kind| self.piece(length, kind))
    }
}

/// First byte of U+4000 and of U+9FFF in UTF-8: between them stand the Han characters of
/// everyday text, three bytes each.
const HAN_FIRST: u8 = 0xe4;
const HAN_LAST: u8 = 0xe9;

fn han_run(bytes: &[u8]) -> usize {
    bytes
        .chunks_exact(3)
        .take_while(|chunk| matches!(chunk[0], HAN_FIRST..=HAN_LAST))
        .count()
}

fn rest_at(c: char, class: Class) -> Option<Rest> {
    match class {
        Class::Enumeration => Some(Rest::Enumeration),
        Class::Clause if matches!(c, '：' | ':' | '﹕') => Some(Rest::Colon),
        Class::Clause if matches!(c, '；' | ';' | '﹔') => Some(Rest::Semicolon),
        Class::Clause => Some(Rest::Comma),
        Class::Dash | Class::Ellipsis => Some(Rest::Dash),
        Class::Sentence => Some(Rest::Sentence),
        Class::Han
        | Class::Kana
        | Class::Letter
        | Class::Digit
        | Class::Space
        | Class::Open
        | Class::Close
        | Class::Quote
        | Class::Connector
        | Class::Interpunct
        | Class::Solidus
        | Class::Ignored
        | Class::Sign => None,
    }
}

/// Length of the number at the start of `bytes`: digits, with commas before groups of
/// three and points before digits.
fn number_length(bytes: &[u8]) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(b'0'..=b'9') => at += 1,
            Some(b'.') if digit(at + 1) => at += 1,
            Some(b',') if (1..=3).all(|by| digit(at + by)) && !digit(at + 4) => at += 1,
            _ => return at,
        }
    }
}

/// Syllables of digits with or without commas between groups.
fn grouped_syllables(digits: &[u8]) -> u32 {
    if !digits.contains(&b',') {
        return integer_syllables(digits);
    }
    // Longer than any number that is read as one: a count of its digits will do.
    let mut plain = [0; 32];
    let mut length = 0;
    for &digit in digits.iter().filter(|&&byte| byte != b',') {
        let Some(slot) = plain.get_mut(length) else {
            return digits.len() as u32;
        };
        *slot = digit;
        length += 1;
    }
    integer_syllables(&plain[..length])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn syllables(text: &str) -> u32 {
        Spoken::new(text)
            .map(|piece| match piece.kind {
                PieceKind::Said(syllables) => syllables,
                PieceKind::Rest(_) => 0,
            })
            .sum()
    }

    #[test]
    fn what_is_written_is_counted_as_it_is_said() {
        for (text, expected) in [
            ("大家好", 3),
            ("2023年11月21日", 4 + 1 + 2 + 1 + 3 + 1),
            ("95%", 6),
            ("1,234.5", 4 + 3 + 1 + 1), // 一千二百三十四点五
            ("GPT-4", 4),
            ("10 万", 2),
            ("在 OpenAI 内部", 1 + 4 + 2),
            ("10:30", 1 + 1 + 2),
            ("“”《》😀", 0),
            ("𠮷野家", 3),
            ("٣", 1),
        ] {
            assert_eq!(syllables(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_between_digits_and_letters_are_no_rest() {
        let rests = |text: &'static str| {
            Spoken::new(text)
                .filter(|piece| matches!(piece.kind, PieceKind::Rest(_)))
                .count()
        };
        assert_eq!(rests("3.5,a.b 10:30"), 0);
        assert_eq!(rests("好。对，是、嗯：啊；哦！——……"), 6 + 2 + 2);
    }

    proptest! {
        #[test]
        fn pieces_rise_and_stand_on_characters(text: String) {
            let mut end = 0;
            for piece in Spoken::new(&text) {
                prop_assert!(piece.span.start() >= end && !piece.span.is_empty());
                prop_assert!(!piece.span.of(&text).is_empty());
                end = piece.span.end();
            }
        }
    }
}

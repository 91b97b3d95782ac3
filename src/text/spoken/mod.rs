//! Text in, what is said and where the voice may rest out.
//!
//! [`Spoken`] walks a text once and gives its pieces in order: runs that are said, with
//! their syllables by kind, and marks where a voice rests. What is silent (quotation marks,
//! brackets, emoji) gives nothing. Most lines are all Han, and a run of Han costs a step
//! of three bytes a character; figures are read by [`figures`](self), Latin words by their
//! vowels and a table.

mod figures;
mod han;
mod latin;
mod number;
mod readings;
mod signs;

use std::ops::AddAssign;

use crate::model::Span;
use crate::text::class::Class;
use figures::{At, figure};
use latin::latin_syllables;
pub use readings::{Reading, Readings, TooManyReadings};

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
    Said(Said),
    /// Not said; the voice rests as it does at such a mark.
    Rest(Rest),
}

/// Syllables by what they are of: a voice is not equally fast in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Of Chinese characters, and of signs and units that are read in Chinese.
    pub han: u32,
    /// Those of `han` that are of characters that say little: 的 了 是 我.
    pub function: u32,
    /// Those of `han` that are drawn out: 嗯 啊.
    pub filler: u32,
    /// Of numbers that are written in figures.
    pub number: u32,
    /// Of Latin words.
    pub word: u32,
    /// Of letters that are spelled.
    pub letter: u32,
}

impl Said {
    /// All of them.
    #[must_use]
    pub const fn syllables(self) -> u32 {
        self.han + self.number + self.word + self.letter
    }

    const fn han(syllables: u32) -> Self {
        Self {
            han: syllables,
            function: 0,
            filler: 0,
            number: 0,
            word: 0,
            letter: 0,
        }
    }
}

impl AddAssign for Said {
    fn add_assign(&mut self, other: Self) {
        self.han += other.han;
        self.function += other.function;
        self.filler += other.filler;
        self.number += other.number;
        self.word += other.word;
        self.letter += other.letter;
    }
}

/// All that is said of a text.
///
/// ```
/// use zimu::text::spoken::said;
///
/// assert_eq!(said("涨了 5%，真的").syllables(), 8);
/// ```
#[must_use]
pub fn said(text: &str) -> Said {
    Spoken::new(text).said()
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

/// The pieces of a text, in order.
///
/// ```
/// use zimu::text::spoken::{PieceKind, Spoken};
///
/// let said: Vec<_> = Spoken::new("到2023年，涨了95%")
///     .filter_map(|piece| match piece.kind {
///         PieceKind::Said(said) => Some(said.syllables()),
///         PieceKind::Rest(_) => None,
///     })
///     .collect();
/// assert_eq!(said, [1, 4, 1, 2, 3, 3]); // 到 二零二三 年 涨了 九十五 百分之
/// ```
#[derive(Clone, Debug)]
pub struct Spoken<'t> {
    text: &'t str,
    at: usize,
    readings: &'t Readings,
    /// Where the text is read by the rules until: the next reading, or the end.
    until: usize,
    reading: Option<(Span, Said)>,
}

impl<'t> Spoken<'t> {
    /// The pieces of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self::with(text, <&Readings>::default())
    }

    /// The pieces of `text`, in which what has a reading is read so.
    #[must_use]
    pub fn with(text: &'t str, readings: &'t Readings) -> Self {
        let mut spoken = Self {
            text,
            at: 0,
            readings,
            until: text.len(),
            reading: None,
        };
        spoken.look_ahead();
        spoken
    }

    /// All that is said of what is left.
    #[must_use]
    pub fn said(self) -> Said {
        let mut all = Said::default();
        for piece in self {
            if let PieceKind::Said(said) = piece.kind {
                all += said;
            }
        }
        all
    }

    fn look_ahead(&mut self) {
        self.reading = self.readings.find(self.text, self.at);
        self.until = self
            .reading
            .map_or(self.text.len(), |(span, _)| span.start());
    }

    fn run(&mut self, length: usize, said: Said) -> Piece {
        self.piece(length, PieceKind::Said(said))
    }

    fn piece(&mut self, length: usize, kind: PieceKind) -> Piece {
        let span = Span::new(self.at, self.at + length);
        self.at += length;
        Piece { span, kind }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..self.until]
    }

    fn behind(&self, length: usize) -> Option<char> {
        self.text[self.at + length..].chars().next()
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn han(&mut self) -> Piece {
        let (length, said) = han::run(self.before(), self.rest());
        self.run(length, said)
    }

    fn number(&mut self) -> Piece {
        let (before, rest) = (&self.text[..self.at], self.rest());
        let (length, number) = figure(At { before, rest });
        let said = Said {
            number,
            ..Said::default()
        };
        self.run(length, said)
    }

    fn letters(&mut self) -> Piece {
        if let Some(unit) = self.unit() {
            return unit;
        }
        let rest = self.rest();
        let word = |c: char| Class::of(c) == Class::Letter || matches!(c, '\'' | '’');
        let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let said = latin_syllables(&rest[..length]);
        self.run(length, said)
    }

    /// The unit of the number that stands before: `5km`, `16 kg`.
    fn unit(&mut self) -> Option<Piece> {
        let before = &self.text[..self.at];
        let number = before.strip_suffix(' ').unwrap_or(before);
        if !number.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (length, syllables) = signs::unit(self.rest())?;
        Some(self.run(length, Said::han(syllables)))
    }

    /// Any character that is not plain Han, a digit or a Latin letter.
    fn other(&mut self) -> Option<Piece> {
        let c = self.rest().chars().next()?;
        if matches!(c, '°' | 'μ' | 'µ')
            && let Some(unit) = self.unit()
        {
            return Some(unit);
        }
        let length = c.len_utf8();
        let said = |syllables| Some(PieceKind::Said(Said::han(syllables)));
        let kind = match (
            signs::read(c).or_else(|| numeral_syllables(c)),
            Class::of(c),
        ) {
            (Some(syllables), _) => said(syllables),
            (None, Class::Han | Class::Kana | Class::Digit) => said(1),
            (None, Class::Letter) => return Some(self.letters()),
            (None, class) => self.mark(c, class),
        };
        if kind.is_none() {
            self.at += length;
        }
        kind.map(|kind| self.piece(length, kind))
    }

    /// A mark: where the voice rests, or what joins two numbers, or nothing.
    fn mark(&self, c: char, class: Class) -> Option<PieceKind> {
        let said = |syllables| Some(PieceKind::Said(Said::han(syllables)));
        let behind = self.behind(c.len_utf8());
        let is_digit = |c: char| c.is_ascii_digit();
        let before_digit = behind.is_some_and(is_digit);
        let is_joint = before_digit && self.before().is_some_and(|c| is_digit(c) || c == '%');
        let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let in_word = c.is_ascii() && part(self.before()) && part(behind);
        match class {
            // 5-10 五到十
            Class::Connector | Class::Dash if is_joint => said(1),
            Class::Sign if c == '-' && is_joint => said(1),
            // -5 负五, but GPT-4.
            Class::Sign if matches!(c, '-' | '−') && before_digit && !in_word => said(1),
            // a.b, but 3.5 is a figure and v2.0 has no 点.
            Class::Sentence if c == '.' && in_word && !before_digit => said(1),
            Class::Sentence | Class::Clause if in_word => None,
            _ => signs::rest_at(c, class).map(PieceKind::Rest),
        }
    }
}

impl Iterator for Spoken<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let bytes = &self.text.as_bytes()[..self.until];
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                han::FIRST_BYTE..=han::LAST_BYTE => return Some(self.han()),
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
        let (span, said) = self.reading?;
        let piece = self.run(span.len(), said);
        self.look_ahead();
        Some(piece)
    }
}

/// Syllables of a number that is one character: `⑫` 十二, `Ⅳ` 四.
fn numeral_syllables(c: char) -> Option<u32> {
    const SETS: [(char, char); 4] = [('①', '⑳'), ('⑴', '⒇'), ('Ⅰ', 'Ⅻ'), ('ⅰ', 'ⅻ')];
    let (first, _) = SETS
        .iter()
        .find(|(first, last)| (*first..=*last).contains(&c))?;
    let value = u32::from(c) - u32::from(*first) + 1;
    Some(if value > 10 { 2 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn syllables(text: &str) -> u32 {
        Spoken::new(text)
            .map(|piece| match piece.kind {
                PieceKind::Said(said) => said.syllables(),
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
            ("1,234.5", 4 + 3 + 1 + 1),  // 一千二百三十四点五
            ("98．14分", 3 + 1 + 2 + 1), // 九十八点一四分
            ("GPT-4", 4),
            ("10 万", 2),
            ("在 OpenAI 内部", 1 + 4 + 2),
            ("10:30", 1 + 1 + 2 + 1),
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

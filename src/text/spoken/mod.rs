//! Text in, what is said and where the voice may rest out.
//!
//! [`Spoken`] walks a text once and gives its pieces in order: runs that are said, with
//! their syllables by kind, and marks where a voice rests. What is silent (quotation marks,
//! brackets, emoji) gives nothing. Most lines are all Han, and a run of Han costs a step
//! of three bytes a character; figures are read by [`figures`](self), Latin words by their
//! vowels and a table.

pub(in crate::text) mod aloud;
mod figures;
pub(in crate::text) mod han;
pub(in crate::text) mod latin;
mod number;
mod readings;
mod signs;

use std::ops::AddAssign;

use crate::model::Span;
use crate::text::class::Class;
use aloud::{Aloud, Count};
use figures::{At, figure};
use latin::say_letters;
use number::say_integer;
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
    reading: Option<(Span, &'t (Reading, Said))>,
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

    fn han(&mut self, out: &mut impl Aloud) -> Piece {
        let (length, said) = han::run(self.before(), self.rest());
        let piece = self.run(length, said);
        out.han(self.text, piece.span);
        piece
    }

    fn number(&mut self, out: &mut impl Aloud) -> Piece {
        let (before, rest) = (&self.text[..self.at], self.rest());
        let others = out.syllables();
        let length = figure(At { before, rest }, out);
        let said = Said {
            number: out.syllables() - others,
            ..Said::default()
        };
        self.run(length, said)
    }

    fn letters(&mut self, out: &mut impl Aloud) -> Piece {
        if let Some(unit) = self.unit(out) {
            return unit;
        }
        let rest = self.rest();
        let word = |c: char| Class::of(c) == Class::Letter || matches!(c, '\'' | '’');
        let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let said = say_letters(&rest[..length], out);
        self.run(length, said)
    }

    /// The unit of the number that stands before: `5km`, `16 kg`.
    fn unit(&mut self, out: &mut impl Aloud) -> Option<Piece> {
        let before = &self.text[..self.at];
        let number = before.strip_suffix(' ').unwrap_or(before);
        if !number.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (length, read) = signs::unit(self.rest())?;
        let said = say(read, out);
        Some(self.run(length, said))
    }

    /// Any character that is not plain Han, a digit or a Latin letter.
    fn other(&mut self, out: &mut impl Aloud) -> Option<Piece> {
        let c = self.rest().chars().next()?;
        let (length, class) = (c.len_utf8(), Class::of(c));
        let is_mark = matches!(class, Class::Clause | Class::Sentence | Class::Enumeration);
        // Nothing else is asked of most marks: only half-width ones stand in words and figures.
        if is_mark && !c.is_ascii() {
            let rest = signs::rest_at(c, class)?;
            return Some(self.piece(length, PieceKind::Rest(rest)));
        }
        if matches!(c, '°' | 'μ' | 'µ')
            && let Some(unit) = self.unit(out)
        {
            return Some(unit);
        }
        if let Some(read) = signs::read(c) {
            return Some(self.run(length, say(read, out)));
        }
        if let Some(value) = numeral(c) {
            let others = out.syllables();
            say_integer(&value.to_string(), out);
            return Some(self.run(length, Said::han(out.syllables() - others)));
        }
        match class {
            Class::Han | Class::Kana | Class::Digit => {
                let piece = self.run(length, Said::han(1));
                out.han(self.text, piece.span);
                return Some(piece);
            }
            Class::Letter => return Some(self.letters(out)),
            _ => {}
        }
        let Some(kind) = self.mark(c, class, out) else {
            self.at += length;
            return None;
        };
        Some(self.piece(length, kind))
    }

    /// A mark: where the voice rests, or what joins two numbers, or nothing.
    fn mark(&self, c: char, class: Class, out: &mut impl Aloud) -> Option<PieceKind> {
        let mut said = |read| Some(PieceKind::Said(say(read, out)));
        let behind = self.behind(c.len_utf8());
        let is_digit = |c: char| c.is_ascii_digit();
        let before_digit = behind.is_some_and(is_digit);
        let is_joint = before_digit && self.before().is_some_and(|c| is_digit(c) || c == '%');
        let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let in_word = c.is_ascii() && part(self.before()) && part(behind);
        match class {
            // 5-10 五到十
            Class::Connector | Class::Dash if is_joint => said("到"),
            Class::Sign if c == '-' && is_joint => said("到"),
            // -5 负五, but GPT-4.
            Class::Sign if matches!(c, '-' | '−') && before_digit && !in_word => said("负"),
            // a.b, but 3.5 is a figure and v2.0 has no 点.
            Class::Sentence if c == '.' && in_word && !before_digit => said("点"),
            Class::Sentence | Class::Clause if in_word => None,
            _ => signs::rest_at(c, class).map(PieceKind::Rest),
        }
    }

    /// The next piece; what is read of it is told to `out`.
    #[inline]
    pub(in crate::text) fn advance(&mut self, out: &mut impl Aloud) -> Option<Piece> {
        let bytes = &self.text.as_bytes()[..self.until];
        while let Some(&byte) = bytes.get(self.at) {
            let piece = match byte {
                han::FIRST_BYTE..=han::LAST_BYTE => Some(self.han(out)),
                b'0'..=b'9' => Some(self.number(out)),
                b'a'..=b'z' | b'A'..=b'Z' => Some(self.letters(out)),
                b' ' => {
                    self.at += 1;
                    None
                }
                _ => self.other(out),
            };
            if let Some(piece) = piece {
                out.stands(piece.span);
                return Some(piece);
            }
        }
        let (span, (reading, said)) = self.reading?;
        out.read_as(span.of(self.text), reading);
        let piece = self.run(span.len(), *said);
        out.stands(piece.span);
        self.look_ahead();
        Some(piece)
    }
}

impl Iterator for Spoken<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        self.advance(&mut Count::default())
    }
}

/// Says a sign or a unit, as it is read in Chinese.
fn say(read: &str, out: &mut impl Aloud) -> Said {
    let others = out.syllables();
    out.say(read);
    Said::han(out.syllables() - others)
}

/// The value of a number that is one character: `⑫` 十二, `Ⅳ` 四.
fn numeral(c: char) -> Option<u32> {
    const SETS: [(char, char); 4] = [('①', '⑳'), ('⑴', '⒇'), ('Ⅰ', 'Ⅻ'), ('ⅰ', 'ⅻ')];
    let (first, _) = SETS
        .iter()
        .find(|(first, last)| (*first..=*last).contains(&c))?;
    Some(u32::from(c) - u32::from(*first) + 1)
}

#[cfg(test)]
mod tests;

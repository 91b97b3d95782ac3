//! Text in, the syllables that it is read aloud in out: where each stands, and how it sounds.
//!
//! What is read is what [`spoken`](crate::text::spoken) counts, by the same rules; here it is kept.
//! Han characters sound as [`han`](self) says, Latin words about as a Mandarin speaker says them,
//! and what nobody here can read is one syllable that may sound like anything.
//!
//! Figures, signs and words are read as a whole: each of their syllables stands where all of them
//! stand. So it is with `95%`, which is read from behind.

mod han;
mod latin;
mod sound;

use crate::model::Span;
use crate::text::spoken::aloud::Aloud;
use crate::text::spoken::han::is_coloured;
use crate::text::spoken::latin::name_of;
use crate::text::spoken::{Piece, PieceKind, Reading, Readings, Spoken};
use han::{HanReader, sound_of};
pub use sound::{Final, Initial, Sound};

/// A syllable of a text that is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syllable {
    /// Where that which is read stands in the text.
    pub span: Span,
    /// How it sounds.
    pub sound: Sound,
}

/// The syllables of `text`, in the order in which they are said, as many as
/// [`Spoken`] counts. What has a reading is read so.
///
/// ```
/// use zimu::text::aloud::{Sound, syllables};
/// use zimu::text::spoken::Readings;
///
/// let sounds = |text| -> Vec<Sound> {
///     syllables(text, &Readings::NONE).iter().map(|syllable| syllable.sound).collect()
/// };
/// assert_eq!(sounds("银行"), ["yin", "hang"].map(Sound::spelled));
/// assert_eq!(sounds("行走"), ["xing", "zou"].map(Sound::spelled));
/// assert_eq!(sounds("95%"), sounds("百分之九十五"));
/// ```
#[must_use]
pub fn syllables(text: &str, readings: &Readings) -> Vec<Syllable> {
    let mut kept = Kept::default();
    let mut spoken = Spoken::with(text, readings);
    let mut before: Option<(usize, Piece)> = None;
    loop {
        let start = kept.syllables.len();
        let Some(piece) = spoken.advance(&mut kept) else {
            return kept.syllables;
        };
        if let Some((first, other)) = before
            && is_read_from_behind(text, other, piece)
        {
            let both = &mut kept.syllables[first..];
            both.rotate_left(start - first);
            let span = Span::new(other.span.start(), piece.span.end());
            for syllable in both {
                syllable.span = span;
            }
        }
        before = Some((start, piece));
    }
}

/// Whether of two pieces the second is read first: `95%` 百分之九十五, `¥250` 二百五十元.
fn is_read_from_behind(text: &str, first: Piece, second: Piece) -> bool {
    let is_number = |piece: Piece| matches!(piece.kind, PieceKind::Said(said) if said.number > 0);
    let is_one_of = |piece: Piece, signs: &str| signs.contains(piece.span.of(text));
    first.span.end() == second.span.start()
        && ((is_number(first) && is_one_of(second, "%％‰"))
            || (is_one_of(first, "$＄€£¥￥") && is_number(second)))
}

/// Keeps what is said.
#[derive(Default)]
struct Kept {
    syllables: Vec<Syllable>,
    /// Those before this one stand where they say.
    placed: usize,
    han: HanReader,
}

impl Kept {
    /// What is said is told before it is known where it stands.
    fn push(&mut self, sound: Sound) {
        let span = Span::new(0, 0);
        self.syllables.push(Syllable { span, sound });
    }
}

impl Aloud for Kept {
    fn say(&mut self, han: &str) {
        han.chars().for_each(|c| self.push(sound_of(c)));
    }

    fn word(&mut self, word: &str, syllables: u32) {
        latin::sounds(word, syllables, |sound| self.push(sound));
    }

    fn letter(&mut self, letter: u8) {
        let name = name_of(letter).iter();
        name.for_each(|syllable| self.push(Sound::spelled(syllable)));
    }

    fn han(&mut self, text: &str, run: Span) {
        let before = text[..run.start()].chars().next_back();
        let written = run.of(text);
        let Self { syllables, han, .. } = self;
        han.read(written, |at, sound| {
            let c = written[at..].chars().next();
            let is_er = matches!(c, Some('儿' | '兒'));
            if is_er && is_coloured(before, written, at) {
                return;
            }
            let start = run.start() + at;
            let span = Span::new(start, start + c.map_or(0, char::len_utf8));
            syllables.push(Syllable { span, sound });
        });
        self.placed = self.syllables.len();
    }

    fn read_as(&mut self, word: &str, reading: &Reading) {
        let (read, count) = match reading {
            Reading::As(text) => (syllables(text, &Readings::NONE), None),
            Reading::Syllables(count) => (syllables(word, &Readings::NONE), Some(*count)),
        };
        match count {
            Some(count) if read.len() != count as usize => self.word(word, count),
            _ => {
                let read = read.iter().map(|syllable| syllable.sound);
                read.for_each(|sound| self.push(sound));
            }
        }
    }

    fn stands(&mut self, at: Span) {
        for syllable in &mut self.syllables[self.placed..] {
            syllable.span = at;
        }
        self.placed = self.syllables.len();
    }

    fn syllables(&self) -> u32 {
        self.syllables.len() as u32
    }
}

#[cfg(test)]
mod tests;

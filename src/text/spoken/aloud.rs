//! What is read aloud in, its syllables counted or kept out.
//!
//! The rules of reading say what they read to an [`Aloud`]. Whoever only wants to know how long
//! a text is gives a [`Count`], which keeps nothing; whoever wants the syllables themselves
//! (`text::aloud`) gives what keeps them. So the count is that of what is read, by the same rules.

use crate::model::Span;
use crate::text::spoken::latin;
use crate::text::spoken::readings::Reading;

/// Who is told what is read.
pub(in crate::text) trait Aloud {
    /// Characters that are read as a sign or a figure is, a syllable each.
    fn say(&mut self, han: &str);
    /// A Latin word, or a part of one, in so many syllables.
    fn word(&mut self, word: &str, syllables: u32);
    /// A letter by its name.
    fn letter(&mut self, letter: u8);
    /// The run of Han, or the one character of another script, that stands there in a text.
    fn han(&mut self, text: &str, run: Span);
    /// A word that the project has a reading for.
    fn read_as(&mut self, word: &str, reading: &Reading);
    /// All that was said since the last time stands there.
    fn stands(&mut self, at: Span);
    /// How many syllables were said.
    fn syllables(&self) -> u32;
}

/// How many syllables are said of figures, signs and letters. Runs of Han and readings are counted
/// where they are found.
#[derive(Default)]
pub(super) struct Count(u32);

impl Aloud for Count {
    fn say(&mut self, han: &str) {
        // Every character that is said is one of three bytes.
        self.0 += (han.len() / 3) as u32;
    }

    fn word(&mut self, _: &str, syllables: u32) {
        self.0 += syllables;
    }

    fn letter(&mut self, letter: u8) {
        self.0 += latin::name_of(letter).len() as u32;
    }

    fn han(&mut self, _: &str, _: Span) {}

    fn read_as(&mut self, _: &str, _: &Reading) {}

    fn stands(&mut self, _: Span) {}

    fn syllables(&self) -> u32 {
        self.0
    }
}

/// What is said, as text.
#[cfg(test)]
#[derive(Default)]
pub(super) struct Heard(pub(super) String);

#[cfg(test)]
impl Aloud for Heard {
    fn say(&mut self, han: &str) {
        self.0.push_str(han);
    }

    fn word(&mut self, word: &str, _: u32) {
        self.0.push_str(word);
    }

    fn letter(&mut self, letter: u8) {
        self.0.push(char::from(letter));
    }

    fn han(&mut self, text: &str, run: Span) {
        self.0.push_str(run.of(text));
    }

    fn read_as(&mut self, word: &str, _: &Reading) {
        self.0.push_str(word);
    }

    fn stands(&mut self, _: Span) {}

    fn syllables(&self) -> u32 {
        self.0.chars().count() as u32
    }
}

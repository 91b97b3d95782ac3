//! A run of Chinese characters in, how each is read out.
//!
//! Of the phrases that a run holds the longest is read at each place, but none that begins in one
//! word and ends in another (很多|重要 has no 多重); the rest is read a character at a time. Tables and
//! words (`text::words`) are parts of the program: nothing is loaded, and who does not ask for
//! syllables touches none of them.
//!
//! A Traditional character is read as its Simplified form, and a phrase is looked for in both.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};

use crate::text::aloud::sound::Sound;
use crate::text::words::{WordFinder, simplified};

/// The syllables, a line each, and which of them characters and phrases have: see
/// `build/readings.rs`, which made the tables.
pub(super) static SYLLABLES: &str = include_str!(concat!(env!("OUT_DIR"), "/syllables.txt"));
static READINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/readings.bin"));
static PHRASES: LazyLock<Option<Fst<&'static [u8]>>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrases.fst"));
    Fst::new(bytes).ok()
});

/// The sound of each line of [`SYLLABLES`].
static SOUNDS: LazyLock<Vec<Sound>> =
    LazyLock::new(|| SYLLABLES.lines().map(Sound::spelled).collect());

const FIRST: u32 = 0x3400;

/// What phrases say of a character: its place in the phrase, and above it its line.
const PLACE_BITS: u32 = 4;
const SYLLABLE_BITS: u32 = 9;

/// What is read otherwise where it is a word of its own: 慢慢地走, but 土地.
const ALONE: [(char, &str); 1] = [('地', "de")];

/// What no list has.
const OTHERS: [(char, &str); 1] = [('〇', "ling")];

/// How a character is read by itself.
pub(super) fn sound_of(c: char) -> Sound {
    if let Some((_, syllable)) = OTHERS.iter().find(|(other, _)| *other == c) {
        return Sound::spelled(syllable);
    }
    let at = |c: char| Some(2 * u32::from(c).checked_sub(FIRST)? as usize);
    let line = at(c).and_then(|at| READINGS.get(at..at + 2));
    line.map_or(Sound::Free, |line| {
        sound_at(u16::from_le_bytes([line[0], line[1]]).into())
    })
}

/// The sound of a line, counted from 1.
fn sound_at(line: u64) -> Sound {
    let known = line
        .checked_sub(1)
        .and_then(|line| SOUNDS.get(line as usize));
    known.copied().unwrap_or(Sound::Free)
}

/// Reads runs, with buffers that are used again for the next one.
#[derive(Debug, Default)]
pub(super) struct HanReader {
    finder: WordFinder,
    simplified: String,
}

impl HanReader {
    /// Tells `read` the place and the sound of each character of a run.
    pub(super) fn read(&mut self, run: &str, mut read: impl FnMut(usize, Sound)) {
        self.simplified.clear();
        let forms = run.chars().map(|c| simplified(c).unwrap_or(c));
        self.simplified.extend(forms);
        let starts = self.finder.starts(run);
        let mut at = 0;
        while at < run.len() {
            let written = [run, self.simplified.as_str()];
            let phrase = written.iter().filter_map(|text| longest(text, at, starts));
            let (length, others) = phrase.max_by_key(|(length, _)| *length).unwrap_or((0, 0));
            let first = run[at..].chars().next().map_or(1, char::len_utf8);
            let end = at + length.max(first);
            let is_word = length == 0
                && at > 0
                && [at, end].iter().all(|&place| is_start(run, place, starts));
            for (place, (offset, c)) in run[at..end].char_indices().enumerate() {
                let alone = ALONE.iter().find(|(alone, _)| is_word && *alone == c);
                let sound = match alone {
                    Some((_, syllable)) => Sound::spelled(syllable),
                    None => other_at(others, place as u64).unwrap_or_else(|| sound_of(c)),
                };
                read(at + offset, sound);
            }
            at = end;
        }
    }
}

/// The longest phrase of the table at a place: its length in bytes, and what it says of its characters.
/// `starts` are the words of the text: one that it goes into it holds whole.
fn longest(text: &str, at: usize, starts: &[u32]) -> Option<(usize, u64)> {
    let table = PHRASES.as_ref()?;
    let next_start = starts.get(starts.partition_point(|&start| start as usize <= at));
    let is_whole = |end: usize| {
        let is_of_one_word = next_start.is_none_or(|&start| start as usize >= end);
        is_of_one_word || [at, end].iter().all(|&place| is_start(text, place, starts))
    };
    let phrases = entries_at(table, &text.as_bytes()[at..]);
    phrases.filter(|(length, _)| is_whole(at + length)).last()
}

/// The phrases that `bytes` begin with: their lengths, and what each says of its characters.
fn entries_at<'t>(
    table: &'t Fst<&'static [u8]>,
    bytes: &'t [u8],
) -> impl Iterator<Item = (usize, u64)> + use<'t> {
    let (mut node, mut output) = (table.root(), Output::zero());
    let ends = bytes.iter().zip(1..).map_while(move |(&byte, length)| {
        let transition = node.transition(node.find_input(byte)?);
        (node, output) = (table.node(transition.addr), output.cat(transition.out));
        let value = output.cat(node.final_output()).value();
        Some(node.is_final().then_some((length, value)))
    });
    ends.flatten()
}

fn is_start(text: &str, place: usize, starts: &[u32]) -> bool {
    place == text.len() || starts.binary_search(&(place as u32)).is_ok()
}

/// The sound that a phrase gives to the character at a place in it.
fn other_at(mut others: u64, place: u64) -> Option<Sound> {
    while others > 0 {
        if others & ((1 << PLACE_BITS) - 1) == place {
            return Some(sound_at(others >> PLACE_BITS & ((1 << SYLLABLE_BITS) - 1)));
        }
        others >>= PLACE_BITS + SYLLABLE_BITS;
    }
    None
}

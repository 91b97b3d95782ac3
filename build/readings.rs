//! How characters and phrases are read in, tables that are searched where they lie out.
//!
//! The lists are those of overtrue's pinyin (MIT, in the package pinyin-converter, which has them
//! from mozillazg's pinyin-data and phrase-pinyin-data), and before them our own in
//! `src/text/aloud/readings.txt`. Tones are left out.
//!
//! - `syllables.txt`: every syllable, a line each;
//! - `readings.bin`: for each character of [`CHARACTERS`] the line of `syllables.txt` that it is read
//!   as by itself, counted from 1, 0 where nobody knows; 16 bits each;
//! - `phrases.fst`: a finite state transducer from a phrase to those of its characters that are read
//!   otherwise: [`PLACE_BITS`] for the place of the character and [`SYLLABLE_BITS`] for the line,
//!   each above the last. Only what the shorter phrases and the characters do not say is there.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

/// The characters that have a reading: those of three bytes.
const CHARACTERS: RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

const PLACE_BITS: u32 = 4;
const SYLLABLE_BITS: u32 = 9;

/// Longest phrase that is looked for inside of another.
const LONGEST: usize = 1 << PLACE_BITS;

/// Letters with a mark of a tone, and what they are without it; ü is `v`.
const TONED: [(&str, char); 8] = [
    ("āáǎà", 'a'),
    ("ēéěèếề", 'e'),
    ("īíǐì", 'i'),
    ("ōóǒò", 'o'),
    ("ūúǔù", 'u'),
    ("üǖǘǚǜ", 'v'),
    ("ńňǹ", 'n'),
    ("ḿ", 'm'),
];

/// The lists as they are written.
pub(crate) struct Lists<'t> {
    /// `U+4E2D: zhōng zhòng # 中`, a line each, the commonest reading first.
    pub(crate) characters: &'t str,
    /// `银行: yín háng`, a line each.
    pub(crate) phrases: &'t str,
    /// `首都 shou du`, a line each.
    pub(crate) own: &'t str,
}

/// What each character and phrase is read as.
struct Readings<'s, F> {
    of_characters: HashMap<char, Vec<String>>,
    simplified: &'s F,
}

impl<F: Fn(char) -> Option<char>> Readings<'_, F> {
    /// How a character is read by itself: as its Simplified form is.
    fn of(&self, c: char) -> Option<&str> {
        let form = (self.simplified)(c).unwrap_or(c);
        let readings = [form, c].map(|c| self.of_characters.get(&c));
        readings
            .into_iter()
            .flatten()
            .next()?
            .first()
            .map(String::as_str)
    }

    /// Whether a character has such a reading: if not, the list has a slip of the pen.
    fn knows(&self, c: char, syllable: &str) -> bool {
        let forms = [Some(c), (self.simplified)(c)];
        let mut readings = forms
            .iter()
            .flatten()
            .filter_map(|c| self.of_characters.get(c));
        readings.any(|readings| readings.iter().any(|known| known == syllable))
    }
}

/// Writes the tables to `out`. `simplified` gives the Simplified form of a character that has one.
pub(crate) fn write(
    lists: &Lists<'_>,
    simplified: &impl Fn(char) -> Option<char>,
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut readings = Readings {
        of_characters: characters(lists.characters),
        simplified,
    };
    let mut phrases = BTreeMap::new();
    for (phrase, syllables) in lists
        .phrases
        .lines()
        .filter_map(|line| line.split_once(':'))
    {
        let characters: Vec<char> = phrase.trim().chars().collect();
        let syllables: Vec<String> = syllables.split_whitespace().map(toneless).collect();
        let known = characters
            .iter()
            .zip(&syllables)
            .all(|(&c, syllable)| CHARACTERS.contains(&c) && readings.knows(c, syllable));
        let fits = (2..=LONGEST).contains(&characters.len()) && characters.len() == syllables.len();
        if known && fits {
            phrases.insert(characters, syllables);
        }
    }
    let own = lists.own.lines().filter(|line| !line.starts_with('#'));
    for (phrase, syllables) in own.filter_map(|line| line.split_once(' ')) {
        let characters: Vec<char> = phrase.chars().collect();
        let syllables: Vec<String> = syllables.split(' ').map(str::to_owned).collect();
        if characters.len() != syllables.len() || characters.len() > LONGEST {
            return Err(format!("expected a syllable for each character, found `{phrase}`").into());
        }
        match characters[..] {
            [c] => readings
                .of_characters
                .entry(c)
                .or_default()
                .splice(..0, syllables)
                .for_each(drop),
            _ => drop(phrases.insert(characters, syllables)),
        }
    }

    // Written 著 in Traditional text: 急著, but 著名 too. No character can tell.
    let with_zhe: Vec<_> = phrases
        .keys()
        .filter(|phrase| phrase.contains(&'着'))
        .cloned()
        .collect();
    for phrase in with_zhe {
        let written = phrase
            .iter()
            .map(|&c| if c == '着' { '著' } else { c })
            .collect();
        let syllables = phrases[&phrase].clone();
        phrases.entry(written).or_insert(syllables);
    }

    let mut lines: BTreeMap<&str, u64> = BTreeMap::new();
    lines.extend(
        phrases
            .values()
            .flatten()
            .map(|syllable| (syllable.as_str(), 0)),
    );
    lines.extend(
        CHARACTERS
            .filter_map(|c| readings.of(c))
            .map(|syllable| (syllable, 0)),
    );
    lines
        .values_mut()
        .zip(1..)
        .for_each(|(line, number)| *line = number);
    if lines.len() >= 1 << SYLLABLE_BITS {
        return Err(format!("expected fewer syllables, found {}", lines.len()).into());
    }
    let line_of = |syllable: &str| lines.get(syllable).copied().unwrap_or(0);

    let bytes = |c| {
        readings
            .of(c)
            .map_or(0, |syllable| line_of(syllable) as u16)
            .to_le_bytes()
    };
    fs::write(
        out.join("readings.bin"),
        CHARACTERS.flat_map(bytes).collect::<Vec<u8>>(),
    )?;
    let syllables: Vec<&str> = lines.keys().copied().collect();
    fs::write(out.join("syllables.txt"), syllables.join("\n"))?;

    let mut table = fst::MapBuilder::memory();
    for (phrase, read) in needed(&phrases, &readings) {
        if let Some(value) = value(phrase, read, &readings, line_of) {
            table.insert(phrase.iter().collect::<String>(), value)?;
        }
    }
    fs::write(out.join("phrases.fst"), table.into_inner()?)?;
    Ok(())
}

fn characters(list: &str) -> HashMap<char, Vec<String>> {
    let line = |line: &str| {
        let (code, readings) = line.split('#').next()?.split_once(':')?;
        let code = u32::from_str_radix(code.strip_prefix("U+")?, 16).ok()?;
        Some((
            char::from_u32(code)?,
            readings.split_whitespace().map(toneless).collect(),
        ))
    };
    list.lines().filter_map(line).collect()
}

fn toneless(syllable: &str) -> String {
    let plain = |c| {
        TONED
            .iter()
            .find(|(toned, _)| toned.contains(c))
            .map_or(c, |&(_, plain)| plain)
    };
    // What is left are marks that stand behind their letter.
    syllable
        .chars()
        .map(plain)
        .filter(char::is_ascii_lowercase)
        .collect()
}

/// The phrases without which they would be read otherwise, by the longest phrases in them.
fn needed<'p, F: Fn(char) -> Option<char>>(
    phrases: &'p BTreeMap<Vec<char>, Vec<String>>,
    readings: &Readings<'_, F>,
) -> BTreeMap<&'p [char], &'p [String]> {
    let mut by_length: Vec<_> = phrases.iter().collect();
    by_length.sort_by_key(|(phrase, _)| phrase.len());
    let mut needed: BTreeMap<&[char], &[String]> = BTreeMap::new();
    for (phrase, read) in by_length {
        let mut at = 0;
        let mut agrees = true;
        while at < phrase.len() {
            let longest = (2..=phrase.len() - at).rev().find_map(|length| {
                needed
                    .get(&phrase[at..at + length])
                    .map(|read| (length, *read))
            });
            let length = longest.map_or(1, |(length, _)| length);
            let here = &read[at..at + length];
            agrees &= match longest {
                Some((_, syllables)) => syllables == here,
                None => readings.of(phrase[at]) == Some(here[0].as_str()),
            };
            at += length;
        }
        if !agrees {
            needed.insert(phrase, read);
        }
    }
    needed
}

/// Those characters of a phrase that are read otherwise than by themselves; nothing where there are
/// more than can be said.
fn value<F: Fn(char) -> Option<char>>(
    phrase: &[char],
    read: &[String],
    readings: &Readings<'_, F>,
    line_of: impl Fn(&str) -> u64,
) -> Option<u64> {
    let mut value = 0;
    let others = phrase.iter().zip(read).enumerate();
    let others = others.filter(|(_, (c, syllable))| readings.of(**c) != Some(syllable.as_str()));
    for (count, (place, (_, syllable))) in others.enumerate() {
        let other = (line_of(syllable) << PLACE_BITS) | place as u64;
        let shift = count as u32 * (PLACE_BITS + SYLLABLE_BITS);
        if shift + PLACE_BITS + SYLLABLE_BITS > u64::BITS {
            return None;
        }
        value |= other << shift;
    }
    Some(value)
}

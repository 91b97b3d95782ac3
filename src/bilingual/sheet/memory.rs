//! Captions in two languages in; for words that were translated in them, the translation out.
//!
//! The same words have the translation that was given last. Of other words the ones most alike
//! are offered, with how alike they are. They are looked for among those that have a rare pair of
//! characters in common with what is asked: a memory of a hundred thousand cues is not read
//! through for each row.

use std::collections::HashMap;

use crate::bilingual::sheet::sides::Sides;
use crate::bilingual::sheet::texts::push_key;
use crate::bilingual::sheet::{Sheet, State};
use crate::model::{LanguageTag, Span, Track};
use crate::text::align::{Comparator, SIMILAR_PERMILLE};

/// How many of the rarest pairs of characters are looked up.
const RARE_PAIRS: usize = 6;

/// A pair that more words have than that tells too little.
const MOST_WITH_PAIR: usize = 200;

/// Words and their translations.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    text: String,
    known: Vec<Known>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    key: Span,
    source: Span,
    target: Span,
}

impl Memory {
    /// Adds what a track says in its first language and in `language`.
    pub fn learn(&mut self, track: &Track, language: &LanguageTag) {
        let sides = Sides::of(track, language);
        let (mut words, mut translation) = (String::new(), String::new());
        for at in 0..track.cues().len() {
            sides.words(at, &mut words, &mut translation);
            if words.is_empty() || translation.is_empty() {
                continue;
            }
            let start = self.text.len();
            push_key(&words, &mut self.text);
            let key = Span::new(start, self.text.len());
            let (source, target) = (self.keep(&words), self.keep(&translation));
            self.known.push(Known {
                key,
                source,
                target,
            });
        }
    }

    /// How many translations there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Fills the open rows of a sheet: with what the same words were translated as, which is
    /// done, or what words were that are much the same, which is fuzzy.
    ///
    /// ```
    /// use zimu::bilingual::sheet::{Entry, Memory, Sheet, State};
    /// use zimu::model::{CueId, CueTimes, LanguageTag, Timestamp, TrackBuilder};
    ///
    /// let mut past = TrackBuilder::new();
    /// let zh = past.language(&LanguageTag::ZH_HANS);
    /// let en = past.language(&LanguageTag::EN);
    /// past.line("今天我们去坐船", zh);
    /// past.line("Today we take a boat", en);
    /// past.cue(CueId::numbered(1), CueTimes::open(Timestamp::ZERO));
    /// let mut memory = Memory::default();
    /// memory.learn(&past.finish(), &LanguageTag::EN);
    ///
    /// let mut sheet = Sheet::new(LanguageTag::ZH_HANS, LanguageTag::EN);
    /// for source in ["今天，我们去坐船。", "今天我们去坐车", "喝茶"] {
    ///     sheet.push(Entry { source, ..Entry::default() });
    /// }
    /// memory.fill(&mut sheet);
    /// let states: Vec<_> = sheet.entries().map(|entry| entry.state).collect();
    /// assert_eq!(states, [State::Done, State::Fuzzy { permille: Some(857) }, State::Open]);
    /// ```
    pub fn fill(&self, sheet: &mut Sheet) {
        if self.known.is_empty() {
            return;
        }
        let index = Index::of(self);
        let mut key = String::new();
        for at in 0..sheet.rows.len() {
            let row = sheet.rows[at];
            if row.state != State::Open {
                continue;
            }
            key.clear();
            push_key(row.source.of(&sheet.text), &mut key);
            let Some((known, permille)) = index.best(&key) else {
                continue;
            };
            let target = sheet.keep(known.target.of(&self.text));
            let (state, like) = if permille == 1000 {
                (State::Done, row.like)
            } else {
                let state = State::Fuzzy {
                    permille: Some(permille),
                };
                (state, sheet.keep(known.source.of(&self.text)))
            };
            sheet.rows[at] = super::Row {
                target,
                like,
                state,
                ..row
            };
        }
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }
}

/// Where words are found.
struct Index<'m> {
    memory: &'m Memory,
    by_key: HashMap<&'m str, usize>,
    /// Each pair of characters and the words that have it, by pair.
    pairs: Vec<([char; 2], u32)>,
}

impl<'m> Index<'m> {
    fn of(memory: &'m Memory) -> Self {
        let mut by_key = HashMap::with_capacity(memory.known.len());
        let mut pairs = Vec::new();
        for (at, known) in memory.known.iter().enumerate() {
            let key = known.key.of(&memory.text);
            if by_key.insert(key, at).is_none() {
                pairs.extend(pairs_of(key).map(|pair| (pair, at as u32)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Self {
            memory,
            by_key,
            pairs,
        }
    }

    /// The words most alike, and how alike they are; the last of those that are equally so.
    fn best(&self, key: &str) -> Option<(Known, u16)> {
        if let Some(&at) = self.by_key.get(key) {
            return Some((self.memory.known[at], 1000));
        }
        let mut with: Vec<&[([char; 2], u32)]> =
            pairs_of(key).map(|pair| self.with(pair)).collect();
        with.retain(|words| (1..=MOST_WITH_PAIR).contains(&words.len()));
        with.sort_by_key(|words| words.len());
        with.truncate(RARE_PAIRS);
        let mut candidates: Vec<u32> = with.into_iter().flatten().map(|(_, at)| *at).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let asked = Comparator::of(key);
        let alike = candidates.into_iter().map(|at| {
            // What is most recent of the same words.
            let key = self.memory.known[at as usize].key.of(&self.memory.text);
            let at = self.by_key.get(key).copied().unwrap_or(at as usize);
            (asked.permille(key), at)
        });
        let (permille, at) = alike.max()?;
        (permille >= SIMILAR_PERMILLE).then(|| (self.memory.known[at], permille))
    }

    fn with(&self, pair: [char; 2]) -> &[([char; 2], u32)] {
        let from = self.pairs.partition_point(|(other, _)| *other < pair);
        let count = self.pairs[from..].partition_point(|(other, _)| *other == pair);
        &self.pairs[from..from + count]
    }
}

fn pairs_of(key: &str) -> impl Iterator<Item = [char; 2]> {
    key.chars()
        .zip(key.chars().skip(1))
        .map(|(one, next)| [one, next])
}

//! Chinese in one script in, the same in another out.
//!
//! Many characters of Simplified have several Traditional forms (发 is 發 or 髮), and what tells
//! which is the word that they stand in. So text is taken apart from its start by the longest
//! entry of a table of words and characters, as `OpenCC` does, and a region's own words and forms
//! are put in by further tables behind it. The tables are those of `OpenCC`; the words of a
//! project ([`Glossary`]) go before all of them.
//!
//! The longest entry alone goes astray where it ends inside the next word: 一层面粉 has a 层面 in
//! it, 看表演 a 看表. So an entry from Simplified ends where a word ([`words`](crate::text::words))
//! does, or inside the word that it begins in. Of 1252 lines of captions this mends 2 and breaks
//! none.
//!
//! Whoever has places in the text (markup) gives them along, and has them back in the new text:
//! 内存 is 記憶體, and bold stays over what it was over. For that, for the glossary and for the
//! words none of the crates would do:
//!
//! | way | speed, to Taiwan's | to open | memory | what it cannot do |
//! |---|---|---|---|---|
//! | this one | 5 MB/s | nothing | the pages that are touched, of 0.7 MB | |
//! | hanconv 0.5, whose lists these are | 39 MB/s | 15 ms | 32 MB | words, places, glossary |
//! | opencc-fmmseg 0.13 | 19 MB/s | 38 ms | 37 MB | words, places |
//! | ferrous-opencc 0.4 | 8 MB/s | 2 ms | 14 MB | words, places, glossary |
//! | opencc-jieba-rs 0.8 | 3 MB/s | 313 ms | 143 MB | phrases of several words, places |

mod glossary;
mod tables;

use std::mem;

pub use glossary::{Entry, Glossary, GlossaryError, TooManyEntries};

use crate::model::Span;
use crate::text::script::Script;
use crate::text::words::WordFinder;
use tables::Table;

/// A place in a text that is converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its offset in bytes.
    pub at: usize,
    /// On which side of it is what it is of.
    pub edge: Edge,
}

/// What a place is to what it is of. It says which way to go where the characters of a word
/// are not those of its form one by one: what covers a character covers something still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// It starts here.
    Start,
    /// It ends here.
    End,
}

/// Converts texts into one script, with buffers that are used again for the next.
///
/// ```
/// use zimu::text::conversion::{Converter, Glossary};
/// use zimu::text::script::Script;
///
/// let mut taiwan = Converter::new(Script::HantTw, &Glossary::NONE);
/// let text = "理发店里的软件";
/// assert_eq!(taiwan.convert(Script::Hans, text, &mut []), "理髮店裡的軟體");
///
/// let entries = Glossary::read("软件\n理发店\t髮廊\n")?;
/// let glossary = Glossary::new(entries)?;
/// let mut taiwan = Converter::new(Script::HantTw, &glossary);
/// assert_eq!(taiwan.convert(Script::Hans, text, &mut []), "髮廊裡的软件");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Converter<'g> {
    target: Script,
    glossary: &'g Glossary,
    /// The entries of the glossary in the text, and what each becomes.
    found: Vec<(Span, usize)>,
    words: WordFinder,
    converted: String,
    /// What stands between two entries, before and behind a table.
    before: String,
    behind: String,
    /// The places that were given, and the index of each.
    tracked: Vec<Tracked>,
}

type Tracked = (Place, usize);

impl<'g> Converter<'g> {
    /// Into `target`, with `glossary` before the tables.
    #[must_use]
    pub fn new(target: Script, glossary: &'g Glossary) -> Self {
        Self {
            target,
            glossary,
            found: Vec::new(),
            words: WordFinder::default(),
            converted: String::new(),
            before: String::new(),
            behind: String::new(),
            tracked: Vec::new(),
        }
    }

    /// The script that is converted into.
    #[must_use]
    pub const fn target(&self) -> Script {
        self.target
    }

    /// Converts a text that is written in `from`, and puts `places` where the same is in what
    /// comes out. Line ends stay; a text that is in the script already is changed by
    /// the glossary alone.
    ///
    /// ```
    /// use zimu::text::conversion::{Converter, Edge, Glossary, Place};
    /// use zimu::text::script::Script;
    ///
    /// let mut taiwan = Converter::new(Script::HantTw, &Glossary::NONE);
    /// let text = "服务器内存不够";
    /// let word = text.find("内存").unwrap();
    /// let mut places = [
    ///     Place { at: word, edge: Edge::Start },
    ///     Place { at: word + "内存".len(), edge: Edge::End },
    /// ];
    /// let converted = taiwan.convert(Script::Hans, text, &mut places);
    /// assert_eq!(&converted[places[0].at..places[1].at], "記憶體");
    /// ```
    pub fn convert(&mut self, from: Script, text: &str, places: &mut [Place]) -> &str {
        self.converted.clear();
        self.glossary.find(text, &mut self.found);
        let tables = tables::between(from, self.target);
        let mut tracked = mem::take(&mut self.tracked);
        tracked.clear();
        tracked.extend(places.iter().copied().zip(0..));
        tracked.sort_by_key(place_at);
        self.pass(tables, text, &mut tracked);
        for &(place, index) in &tracked {
            places[index] = place;
        }
        self.tracked = tracked;
        &self.converted
    }

    fn pass(&mut self, tables: &[&'static Table], text: &str, places: &mut [Tracked]) {
        let mut places = Places { left: places };
        let mut done = 0;
        let found = mem::take(&mut self.found);
        for &(span, form) in &found {
            self.stretch(tables, text, Span::new(done, span.start()), &mut places);
            let form = self.glossary.form(form);
            let start = self.converted.len();
            self.converted.push_str(form);
            places.pass(span, span.of(text), start, form);
            done = span.end();
        }
        self.found = found;
        self.stretch(tables, text, Span::new(done, text.len()), &mut places);
        for (place, _) in places.left {
            place.at = self.converted.len();
        }
    }

    /// What stands between two entries of the glossary, through all tables.
    fn stretch(
        &mut self,
        tables: &[&'static Table],
        text: &str,
        stretch: Span,
        places: &mut Places<'_>,
    ) {
        self.before.clear();
        self.before.push_str(stretch.of(text));
        let places = places.before(stretch.end());
        for (place, _) in &mut *places {
            place.at -= stretch.start();
        }
        for table in tables {
            // An end may have gone past the next start.
            places.sort_by_key(place_at);
            self.behind.clear();
            let words = if tables::chooses_by_words(table) {
                self.words.starts(&self.before)
            } else {
                &[]
            };
            apply(table, &self.before, words, places, &mut self.behind);
            mem::swap(&mut self.before, &mut self.behind);
        }
        for (place, _) in places {
            place.at += self.converted.len();
        }
        self.converted.push_str(&self.before);
    }
}

/// Puts `text` through one table. Where words are known, which begin at `words`, an entry ends
/// with one or is inside of one.
fn apply(
    table: &Table,
    text: &str,
    mut words: &[u32],
    places: &mut [Tracked],
    converted: &mut String,
) {
    let mut places = Places { left: places };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = converted.len();
        while let [first, rest @ ..] = words
            && *first as usize <= at
        {
            words = rest;
        }
        let may_end = |end: usize| match words.first() {
            Some(&next) if end > next as usize => {
                end == text.len() || words.binary_search(&(end as u32)).is_ok()
            }
            Some(_) | None => true,
        };
        let length = if let Some(entry) = tables::longest(table, text, at, may_end) {
            entry.push(table, &text[at..at + entry.length], converted);
            entry.length
        } else {
            converted.push(c);
            c.len_utf8()
        };
        let span = Span::new(at, at + length);
        places.pass(span, span.of(text), start, &converted[start..]);
        at += length;
    }
    for (place, _) in places.left {
        place.at = converted.len();
    }
}

const fn place_at(&(place, _): &Tracked) -> usize {
    place.at
}

/// The places that have not been passed yet, in their order.
struct Places<'p> {
    left: &'p mut [Tracked],
}

impl<'p> Places<'p> {
    /// Those before `end`, which count as passed.
    fn before(&mut self, end: usize) -> &'p mut [Tracked] {
        let count = self.left.partition_point(|(place, _)| place.at < end);
        let (before, left) = mem::take(&mut self.left).split_at_mut(count);
        self.left = left;
        before
    }

    /// Passes those in `span`, whose `word` became the `form` at `start`.
    fn pass(&mut self, span: Span, word: &str, start: usize, form: &str) {
        if self
            .left
            .first()
            .is_none_or(|(place, _)| place.at >= span.end())
        {
            return;
        }
        let (of_word, of_form) = (word.chars().count(), form.chars().count());
        for (place, _) in self.before(span.end()) {
            let passed = word[..place.at - span.start()].chars().count();
            let share = passed * of_form;
            let passed = match place.edge {
                Edge::Start => share / of_word,
                Edge::End => share.div_ceil(of_word),
            };
            let inside = form.char_indices().nth(passed).map(|(at, _)| at);
            place.at = start + inside.unwrap_or(form.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn converted(from: Script, target: Script, text: &str) -> String {
        let mut converter = Converter::new(target, &Glossary::NONE);
        converter.convert(from, text, &mut []).to_owned()
    }

    /// Each place as what stands before it.
    fn placed(text: &str, at: usize, edge: Edge) -> String {
        let mut taiwan = Converter::new(Script::HantTw, &Glossary::NONE);
        let mut places = [Place { at, edge }];
        let converted = taiwan.convert(Script::Hans, text, &mut places);
        converted[..places[0].at].to_owned()
    }

    #[test]
    fn a_place_in_a_word_goes_to_its_share_of_the_form() {
        // 内存 is 記憶體.
        assert_eq!(placed("看内存", 3, Edge::Start), "看");
        assert_eq!(placed("看内存", 6, Edge::Start), "看記");
        assert_eq!(placed("看内存", 6, Edge::End), "看記憶");
        assert_eq!(placed("看内存", 9, Edge::End), "看記憶體");
    }

    #[test]
    fn regions_have_words_and_forms_of_their_own() {
        for (from, target, text, expected) in [
            (
                Script::HantTw,
                Script::Hans,
                "滑鼠裡面的資訊",
                "鼠标里面的信息",
            ),
            (
                Script::Hant,
                Script::Hans,
                "滑鼠裡面的資訊",
                "滑鼠里面的资讯",
            ),
            (Script::HantHk, Script::Hans, "説着裏面", "说着里面"),
            (Script::HantHk, Script::HantTw, "軟件在裏面", "軟體在裡面"),
            (Script::HantTw, Script::HantHk, "軟體在裡面", "軟件在裏面"),
            (Script::Hant, Script::HantHk, "說在裡面", "説在裏面"),
            (Script::Hant, Script::HantTw, "軟件在裏面", "軟件在裡面"),
            (Script::Hans, Script::Hant, "软件在里面", "軟件在裡面"),
            (Script::Hans, Script::Hans, "软件在里面", "软件在里面"),
            (Script::HantTw, Script::Hant, "軟體", "軟體"),
        ] {
            assert_eq!(
                converted(from, target, text),
                expected,
                "{from:?} {target:?}"
            );
        }
    }

    #[test]
    fn a_latin_part_of_a_word_is_a_whole_word() {
        assert_eq!(converted(Script::Hans, Script::HantTw, "用U盘"), "用隨身碟");
        assert_eq!(converted(Script::Hans, Script::HantTw, "GPU盘"), "GPU盤");
    }

    proptest! {
        /// Latin, digits and marks are no Chinese.
        #[test]
        fn what_is_no_chinese_stays(text in "[ -~，。！“”—あ-んé]{0,30}") {
            for (from, target) in every_way() {
                prop_assert_eq!(&converted(from, target, &text), &text);
            }
        }

        /// Places stay in order, at characters, and what was covered still is.
        #[test]
        fn places_rise_and_cover(text in "[服务器内存软件网络出租车里发a ]{0,12}", cuts in prop::collection::vec(0..13_usize, 4)) {
            let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| offsets[cut % offsets.len()]).collect();
            cuts.sort_unstable();
            let edges = [Edge::Start, Edge::End, Edge::Start, Edge::End];
            let entries = Glossary::read("网络\tX\n出租\t包租来的\n").unwrap();
            let glossary = Glossary::new(entries).unwrap();
            for (from, target) in every_way() {
                let mut places: Vec<Place> = cuts.iter().zip(edges).map(|(&at, edge)| Place { at, edge }).collect();
                let mut own = Converter::new(target, &glossary);
                let converted = own.convert(from, &text, &mut places).to_owned();
                for pair in places.chunks(2).zip(cuts.chunks(2)) {
                    let (&[start, end], &[from, to]) = pair else { unreachable!() };
                    let covered = converted.get(start.at..end.at);
                    prop_assert!(covered.is_some_and(|covered| from == to || !covered.is_empty()), "{places:?} {converted}");
                }
                let mut plain = Converter::new(target, &glossary);
                prop_assert_eq!(plain.convert(from, &text, &mut []), &converted);
            }
        }
    }

    fn every_way() -> impl Iterator<Item = (Script, Script)> {
        let ways = |from| Script::ALL.into_iter().map(move |target| (from, target));
        Script::ALL.into_iter().flat_map(ways)
    }
}

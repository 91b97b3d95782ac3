//! Text in, where its words begin out.
//!
//! The words are those of jieba's dictionary, and the cut is jieba's own without its model
//! of unknown words: of all ways to cut a run into words of the list, the one whose words
//! are used most. A line that is not broken pays nothing; the table is a part of the
//! program and is searched where it lies.
//!
//! jieba's list is of Simplified words. A word of a Traditional text is looked for as it is
//! written and in Simplified characters: 乾隆 is there as it is, 乾淨 as 干净. Words of our time
//! and of Cantonese, which it does not have, are in `words.txt` beside this file.
//!
//! | way | words of jieba split in a talk of 16 kB | to open | memory | speed |
//! |---|---|---|---|---|
//! | this one | none at the 149 breaks of 16 × 2 cells, none at the 69 of 20 × 1 | nothing | the pages that are touched, of 3.8 MB | 18 MB/s |
//! | jieba-rs 0.11 | the judge | 130-290 ms | 35 MB | 19 MB/s |
//! | `icu_segmenter` 2 | 285 of all its words | nothing | 2 MB | 9 MB/s |

use std::sync::LazyLock;

use fst::raw::{Fst, Node, Output};

use crate::text::han_set;

/// From word to cost, made by the build script.
static TABLE: LazyLock<Option<Fst<&'static [u8]>>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.fst"));
    Fst::new(bytes).ok()
});

/// For each character from [`FIRST_HAN`] on its Simplified form in 16 bits, 0 where it is its
/// own; made by the build script.
static SIMPLIFIED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/simplified.bin"));

const FIRST_HAN: u32 = 0x4e00;

/// For each character from [`FIRST_HAN`] on the address of its node in [`TABLE`] and the cost on the
/// way there, 32 bits each; made by the build script. It spares each search three steps.
static HEADS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/heads.bin"));

/// The cost of a character that is in no word of the table.
const UNKNOWN_COST: u64 = include!(concat!(env!("OUT_DIR"), "/unknown_cost.in"));

/// The cost of a word that is used once in four million, `2 ^ 22`: `-log2`, in 1/1024.
const COMMON_COST: u64 = 22 * 1024;

/// Finds words, with buffers that are used again for the next text.
#[derive(Debug, Default)]
pub struct WordFinder {
    /// For each byte offset in a run: the least cost from there to the run's end, and the
    /// end of the word that begins there. Only those of characters are meant.
    routes: Vec<Route>,
    starts: Vec<u32>,
    /// A run in Simplified characters, of as many bytes as it has itself; empty where it is
    /// in those already.
    simplified: String,
}

#[derive(Clone, Copy, Debug, Default)]
struct Route {
    cost: u64,
    word_end: usize,
}

impl WordFinder {
    /// The byte offsets at which the words of `text` begin, rising. What is no part of a
    /// word (marks, spaces) begins at each character.
    ///
    /// ```
    /// use zimu::text::words::WordFinder;
    ///
    /// let mut finder = WordFinder::default();
    /// assert_eq!(finder.starts("人工智能领域"), [0, 12]);
    /// assert_eq!(finder.starts("人工智能領域"), [0, 12]);
    /// ```
    pub fn starts(&mut self, text: &str) -> &[u32] {
        self.starts.clear();
        let mut run_start = 0;
        for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
            if is_of_words(c) {
                continue;
            }
            self.run(&text[run_start..at], run_start);
            if at < text.len() {
                self.starts.push(at as u32);
            }
            run_start = at + c.len_utf8();
        }
        &self.starts
    }

    /// Whether a text is a word of the list that is used at least once in four million words: the
    /// list has phrases too, most of which are rarer (坐船去).
    ///
    /// ```
    /// use zimu::text::words::WordFinder;
    ///
    /// let mut finder = WordFinder::default();
    /// assert!(finder.is_common("火车") && finder.is_common("火車"));
    /// assert!(!finder.is_common("坐船去") && !finder.is_common("船去"));
    /// ```
    pub fn is_common(&mut self, word: &str) -> bool {
        let Some(table) = TABLE.as_ref() else {
            return false;
        };
        self.simplify(word);
        let cost = |form: &str| table.get(form.as_bytes()).map(Output::value);
        let costs = [word, &self.simplified].map(cost);
        costs.into_iter().flatten().any(|cost| cost <= COMMON_COST)
    }

    /// The words of one run: from its end, the best word to begin at each character.
    fn run(&mut self, run: &str, run_start: usize) {
        let Some(table) = TABLE.as_ref() else { return };
        self.simplify(run);
        let forms = [run.as_bytes(), self.simplified.as_bytes()];
        self.routes.clear();
        self.routes.resize(run.len() + 1, Route::default());
        for (at, c) in run.char_indices().rev() {
            let next = at + c.len_utf8();
            let mut best = Route {
                cost: UNKNOWN_COST + self.routes[next].cost,
                word_end: next,
            };
            for bytes in forms.iter().filter_map(|form| form.get(at..)) {
                for (length, cost) in words_at(table, bytes) {
                    let word_end = at + length;
                    let cost = cost + self.routes[word_end].cost;
                    // Of two equal ways jieba takes the longer word.
                    if cost < best.cost || (cost == best.cost && word_end > best.word_end) {
                        best = Route { cost, word_end };
                    }
                }
            }
            self.routes[at] = best;
        }
        let mut at = 0;
        while at < run.len() {
            self.starts.push((run_start + at) as u32);
            at = self.routes[at].word_end;
        }
    }

    /// The run in Simplified characters; nothing where it is in those already.
    fn simplify(&mut self, run: &str) {
        self.simplified.clear();
        let Some(first) = run.find(|c| simplified(c).is_some()) else {
            return;
        };
        self.simplified.push_str(&run[..first]);
        let rest = run[first..].chars();
        self.simplified
            .extend(rest.map(|c| simplified(c).unwrap_or(c)));
    }
}

/// The Simplified form of a character, where it has one that is not itself.
pub(super) fn simplified(c: char) -> Option<char> {
    let at = 2 * u32::from(c).checked_sub(FIRST_HAN)? as usize;
    let form = SIMPLIFIED.get(at..at + 2)?;
    let form = u16::from_le_bytes([form[0], form[1]]);
    char::from_u32(form.into()).filter(|_| form > 0)
}

/// The words that `bytes` begins with: their lengths in bytes and costs.
fn words_at<'t>(
    table: &'t Fst<&'static [u8]>,
    bytes: &'t [u8],
) -> impl Iterator<Item = (usize, u64)> + use<'t> {
    ahead(table, bytes, begin(table, bytes))
}

/// What any table has that `bytes` begins with: the lengths in bytes and the values.
pub(super) fn entries_at<'t>(
    table: &'t Fst<&'static [u8]>,
    bytes: &'t [u8],
) -> impl Iterator<Item = (usize, u64)> + use<'t> {
    ahead(table, bytes, Some(Reached::root(table)))
}

/// What is found from where a search has come.
fn ahead<'t>(
    table: &'t Fst<&'static [u8]>,
    bytes: &'t [u8],
    mut ahead: Option<Reached<'t>>,
) -> impl Iterator<Item = (usize, u64)> + use<'t> {
    std::iter::from_fn(move || {
        while let Some(reached) = ahead {
            ahead = reached.next(table, bytes);
            if reached.node.is_final() {
                let cost = reached.cost + reached.node.final_output().value();
                return Some((reached.length, cost));
            }
        }
        None
    })
}

/// How far a search has come.
#[derive(Clone, Copy)]
struct Reached<'t> {
    node: Node<'t>,
    cost: u64,
    /// In bytes.
    length: usize,
}

impl<'t> Reached<'t> {
    fn root(table: &'t Fst<&'static [u8]>) -> Self {
        Self {
            node: table.root(),
            cost: 0,
            length: 0,
        }
    }

    fn next(self, table: &'t Fst<&'static [u8]>, bytes: &[u8]) -> Option<Self> {
        let transition = self.node.find_input(*bytes.get(self.length)?)?;
        let transition = self.node.transition(transition);
        Some(Self {
            node: table.node(transition.addr),
            cost: self.cost + transition.out.value(),
            length: self.length + 1,
        })
    }
}

/// Where a search begins: behind the first character, where it is Han.
fn begin<'t>(table: &'t Fst<&'static [u8]>, bytes: &[u8]) -> Option<Reached<'t>> {
    let Some(&[address, cost]) = head(bytes) else {
        return Some(Reached::root(table));
    };
    let [address, cost] = [address, cost].map(u32::from_le_bytes);
    (address < u32::MAX).then(|| Reached {
        node: table.node(address as usize),
        cost: cost.into(),
        length: '字'.len_utf8(),
    })
}

/// The entry of [`HEADS`] for the character that `bytes` begin with.
fn head(bytes: &[u8]) -> Option<&'static [[u8; 4]; 2]> {
    let &[first @ 0xe4..=0xe9, second, third, ..] = bytes else {
        return None;
    };
    let at = han_set::code([first, second, third]).checked_sub(FIRST_HAN)?;
    let (words, _) = HEADS.as_chunks::<4>();
    words.as_chunks::<2>().0.get(at as usize)
}

/// What jieba takes for a part of words.
const fn is_of_words(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fd5}' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '+' | '#' | '&' | '.' | '_' | '%' | '-')
}

#[cfg(test)]
mod tests {
    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::*;

    /// The places between two Chinese characters. Between others jieba has rules of its own.
    fn between_han(text: &str, starts: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let is_han = |c: Option<char>| matches!(c, Some('\u{4e00}'..='\u{9fd5}'));
        let is_between = |at: &usize| {
            is_han(text[..*at].chars().next_back()) && is_han(text[*at..].chars().next())
        };
        starts.into_iter().filter(is_between).collect()
    }

    /// What the words between `starts` cost together, each run of Han by itself.
    fn cost(text: &str, starts: &[usize]) -> u64 {
        let is_han = |c: Option<char>| matches!(c, Some('\u{4e00}'..='\u{9fd5}'));
        let is_bound = |at: &usize| {
            let (before, behind) = text.split_at(*at);
            starts.contains(at)
                || !is_han(before.chars().next_back())
                || !is_han(behind.chars().next())
        };
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let bounds: Vec<_> = places.filter(is_bound).collect();
        let word = |pair: &[usize]| {
            let word = &text.as_bytes()[pair[0]..pair[1]];
            let table = TABLE.as_ref().expect("a table");
            let whole = words_at(table, word).find(|(length, _)| *length == word.len());
            whole.map_or(UNKNOWN_COST, |(_, cost)| cost)
        };
        bounds.windows(2).map(word).sum()
    }

    fn cut(text: &str) -> String {
        let mut finder = WordFinder::default();
        let starts: Vec<_> = finder.starts(text).iter().map(|&at| at as usize).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let words: Vec<_> = starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| &text[start..end])
            .collect();
        words.join(" ")
    }

    #[test]
    fn traditional_words_are_those_of_simplified() {
        for words in [
            "人工智能 的 發展",
            "這個 問題 沒有 簡單 的 答案",
            "乾隆 年間",
            "把 桌子 擦 乾淨",
            "意味著 什麼",
            "隨著 時間 慢慢 改變",
            "一部 顯著 不同 的 作品",
            "臺灣 的 電影",
        ] {
            assert_eq!(cut(&words.replace(' ', "")), words);
        }
    }

    #[test]
    fn words_of_cantonese_are_whole() {
        for words in [
            "我哋 而家 去 邊度",
            "點解 佢哋 唔知 呢個 問題",
            "多謝晒 大家 嘅 支持",
            "屋企 有冇 嘢食",
        ] {
            assert_eq!(cut(&words.replace(' ', "")), words);
        }
    }

    /// From the root on, a byte a step.
    fn words_from_root(table: &Fst<&'static [u8]>, bytes: &[u8]) -> Vec<(usize, u64)> {
        let root = Reached {
            node: table.root(),
            cost: 0,
            length: 0,
        };
        let all = std::iter::successors(Some(root), |reached| reached.next(table, bytes));
        let words = all.filter(|reached| reached.node.is_final());
        let cost = |reached: &Reached<'_>| reached.cost + reached.node.final_output().value();
        words
            .map(|reached| (reached.length, cost(&reached)))
            .collect()
    }

    #[test]
    fn what_is_spared_leads_to_the_same_words() {
        let table = TABLE.as_ref().expect("a table");
        for c in '䀀'..='鿿' {
            for behind in ["", "的", "人工智能", "a"] {
                let text = format!("{c}{behind}");
                let found: Vec<_> = words_at(table, text.as_bytes()).collect();
                assert_eq!(found, words_from_root(table, text.as_bytes()), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn words_are_those_that_jieba_cuts(
            text in "[一二人大中国学生会议工作研究生活上下了的在有不同事情况，。 a-z0-9]{0,40}"
        ) {
            thread_local!(static JIEBA: Jieba = Jieba::new());
            let theirs = JIEBA.with(|jieba| {
                let words = jieba.cut(&text, false);
                between_han(&text, words.iter().map(|word| word.byte_start))
            });
            let mut finder = WordFinder::default();
            let ours = finder.starts(&text).iter().map(|&start| start as usize);
            let ours = between_han(&text, ours);
            // Of two ways that cost the same, jieba takes the one that its floats round up; and the cost of
            // each word is rounded here.
            let words = ours.len().max(theirs.len()) as u64 + 1;
            let apart = cost(&text, &ours).abs_diff(cost(&text, &theirs));
            prop_assert!(ours == theirs || apart <= words, "{ours:?} {theirs:?}");
        }
    }
}

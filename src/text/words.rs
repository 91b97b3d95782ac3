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
//! | this one | none at the 149 breaks of 16 × 2 cells, none at the 69 of 20 × 1 | nothing | the pages that are touched, of 4.1 MB | 280 MB/s |
//! | jieba-rs 0.11 | the judge | 130-290 ms | 35 MB | 19 MB/s |
//! | `icu_segmenter` 2 | 285 of all its words | nothing | 2 MB | 9 MB/s |

mod bits;
mod table;

use table::{Code, UNKNOWN_COST, words_at};

/// For each character from [`FIRST_HAN`] on its Simplified form in 16 bits, 0 where it is its
/// own; made by the build script.
static SIMPLIFIED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/simplified.bin"));

const FIRST_HAN: u32 = 0x4e00;

/// The cost of a word that is used once in four million, `2 ^ 22`: `-log2`, in 1/1024.
const COMMON_COST: u64 = 22 * 1024;

/// Finds words, with buffers that are used again for the next text.
#[derive(Debug, Default)]
pub struct WordFinder {
    /// The characters of a text as they are written.
    written: Vec<Code>,
    /// The same in Simplified characters; empty where that is how they are written.
    simplified: Vec<Code>,
    /// For each character and for the end: the way from there to the end.
    routes: Vec<Route>,
    starts: Vec<u32>,
}

/// The cheapest way from a character on.
#[derive(Clone, Copy, Debug, Default)]
struct Route {
    cost: u64,
    /// The first character behind the word that begins there.
    word_end: u32,
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
        self.read(text);
        self.find();
        self.starts.clear();
        let mut next = 0;
        for (index, (at, _)) in text.char_indices().enumerate() {
            if index == next {
                self.starts.push(at as u32);
                next = self.routes[index].word_end as usize;
            }
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
        self.read(word);
        let mut is_common = false;
        for form in self.forms() {
            words_at(form, |length, cost| {
                is_common |= length == form.len() && cost <= COMMON_COST;
            });
        }
        is_common
    }

    /// Reads the characters of a text.
    fn read(&mut self, text: &str) {
        self.written.clear();
        self.simplified.clear();
        let mut is_simplified = true;
        for c in text.chars() {
            let [written, simplified] = Code::both(c);
            self.written.push(written);
            is_simplified &= written == simplified;
        }
        if !is_simplified {
            let forms = text.chars().map(|c| Code::both(c)[1]);
            self.simplified.extend(forms);
        }
    }

    /// From the end of what was read, the best word to begin at each character.
    fn find(&mut self) {
        let count = self.written.len();
        let mut routes = std::mem::take(&mut self.routes);
        routes.clear();
        routes.resize(count + 1, Route::default());
        for at in (0..count).rev() {
            let (here, behind) = routes[at..].split_at_mut(1);
            let mut best = Route {
                cost: UNKNOWN_COST + behind[0].cost,
                word_end: at as u32 + 1,
            };
            for form in self.forms() {
                words_at(form.get(at..).unwrap_or_default(), |length, cost| {
                    let cost = cost + behind[length - 1].cost;
                    let word_end = (at + length) as u32;
                    // Of two equal ways jieba takes the longer word.
                    if cost < best.cost || (cost == best.cost && word_end > best.word_end) {
                        best = Route { cost, word_end };
                    }
                });
            }
            here[0] = best;
        }
        self.routes = routes;
    }

    fn forms(&self) -> [&[Code]; 2] {
        [&self.written, &self.simplified]
    }
}

/// The Simplified form of a character, where it has one that is not itself.
pub(super) fn simplified(c: char) -> Option<char> {
    let at = 2 * u32::from(c).checked_sub(FIRST_HAN)? as usize;
    let form = SIMPLIFIED.get(at..at + 2)?;
    let form = u16::from_le_bytes([form[0], form[1]]);
    char::from_u32(form.into()).filter(|_| form > 0)
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
            let word: Vec<_> = text[pair[0]..pair[1]]
                .chars()
                .map(|c| Code::both(c)[0])
                .collect();
            let mut whole = UNKNOWN_COST;
            words_at(&word, |length, cost| {
                if length == word.len() {
                    whole = cost;
                }
            });
            whole
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

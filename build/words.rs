//! Words with how often they are used in, tables that are searched where they lie out.
//!
//! Each character of a word has a code, the lower the commoner it is. Numbers lie with their lowest byte
//! first; a cost is [`NO_COST`] where no word ends.
//!
//! - `codes.bin`: for each character of ASCII and then each of `han` its code and that of its
//!   Simplified form, 16 bits each; [`NO_CODE`] where no word has the character;
//! - `ones.bin`: for each code the cost of the character as a word, 16 bits;
//! - `pairs.bin`: the two characters that longer words begin with, and words of two, 64 bits each: from the
//!   top the mixed codes ([`MIXED_BITS`]), the cost ([`COST_BITS`]) and where in `longer.bin` those begin
//!   that go on. They rise, and none lies before the place that the first [`HOME_BITS`] of its mixed
//!   codes are: there a search begins, and it ends where something larger lies. Places that are free
//!   are all ones;
//! - `longer.bin`: a third character, and all further ones, 48 bits each: from the top the code
//!   ([`CODE_BITS`]), whether it is the last that goes on from where it does (1), the cost and how much
//!   further on those begin that go on from here. Those that go on from one place lie together, their
//!   codes rising; nothing goes on where that is 0;
//! - `unknown_cost.in`: what a character costs that is in no word.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::error::Error;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

#[path = "../src/text/words/bits.rs"]
mod bits;

use bits::{
    CODE_BITS, COST_BITS, FACTOR, HOME_BITS, LONGER_PLACE_BITS, MIXED_BITS, NO_CODE, NO_COST,
    PAIR_PLACE_BITS,
};

/// How often a word of our own list is taken to be used, among the sixty million of jieba:
/// often enough to hold together, too rarely to part words that stand across it.
const OWN_COUNT: u64 = 100;

/// Writes the tables of jieba's list and of our `own` to `out`.
pub(crate) fn write(
    jieba: &str,
    own: &str,
    han: RangeInclusive<char>,
    simplified: &impl Fn(char) -> Option<char>,
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut words = counted(jieba)?;
    let total: u64 = words.values().sum();
    add_traditional_endings(&mut words);
    let own_lines = own.lines().filter(|line| !line.starts_with('#'));
    for word in own_lines.flat_map(str::split_whitespace) {
        words.entry(word.to_owned()).or_insert(OWN_COUNT);
    }
    let characters = || ('\0'..='\x7f').chain(han.clone());
    let known: Vec<char> = characters().collect();
    // One word has a Greek letter, which ends words here.
    words.retain(|word, _| word.chars().all(|c| known.binary_search(&c).is_ok()));
    let trie = Trie::of(&words, total);
    let codes = trie.codes();
    let code = |c| codes.get(&c).copied().unwrap_or(NO_CODE).to_le_bytes();
    let both = characters().flat_map(|c| [code(c), code(simplified(c).unwrap_or(c))]);
    fs::write(out.join("codes.bin"), both.flatten().collect::<Vec<u8>>())?;
    trie.write(&codes, out)?;
    // A word that the list does not have costs as much as one that was seen once.
    fs::write(out.join("unknown_cost.in"), cost(1, total).to_string())?;
    Ok(())
}

/// Words with their counts: `word count part-of-speech`, a line each. Of a word that
/// stands twice the last line counts, as in jieba.
fn counted(list: &str) -> Result<BTreeMap<String, u64>, Box<dyn Error>> {
    let mut words = BTreeMap::new();
    for line in list.lines() {
        let mut fields = line.split(' ');
        if let (Some(word), Some(count)) = (fields.next(), fields.next()) {
            words.insert(word.to_owned(), count.parse::<u64>()?.max(1));
        }
    }
    Ok(words)
}

/// 随着 is written 隨著, but 显著 is 顯著: a character cannot tell, so the words with 着 are
/// there with 著 too.
fn add_traditional_endings(words: &mut BTreeMap<String, u64>) {
    let with_zhe = words.iter().filter(|(word, _)| word.contains('着'));
    let variants: Vec<_> = with_zhe
        .map(|(word, &count)| (word.replace('着', "著"), count))
        .collect();
    for (word, count) in variants {
        words.entry(word).or_insert(count);
    }
}

/// `log2(total / count)` in 1/1024, by squaring: whole numbers, so that every machine makes
/// the same table.
fn cost(count: u64, total: u64) -> u64 {
    log2(total) - log2(count)
}

fn log2(value: u64) -> u64 {
    let whole = u64::from(value.ilog2());
    // The value as a number from 1 up to 2, in 2^-32.
    let mut rest = (u128::from(value) << 32) >> whole;
    let mut bits = whole;
    for _ in 0..10 {
        rest = (rest * rest) >> 32;
        let bit = u64::from(rest >= 2 << 32);
        rest >>= bit;
        bits = bits << 1 | bit;
    }
    bits
}

/// What words begin with, each as a node; the first is that of no character.
struct Trie {
    nodes: Vec<Node>,
}

struct Node {
    cost: u64,
    /// The characters that follow, and the nodes that they lead to.
    next: Vec<(char, usize)>,
}

impl Trie {
    fn of(words: &BTreeMap<String, u64>, total: u64) -> Self {
        let new = || Node {
            cost: NO_COST,
            next: Vec::new(),
        };
        let mut nodes = vec![new()];
        for (word, count) in words {
            let mut at = 0;
            for c in word.chars() {
                // Words rise, and so do the characters behind each node.
                let last = nodes[at].next.last().filter(|(last, _)| *last == c);
                at = if let Some((_, next)) = last {
                    *next
                } else {
                    nodes.push(new());
                    let next = nodes.len() - 1;
                    nodes[at].next.push((c, next));
                    next
                };
            }
            nodes[at].cost = cost(*count, total);
        }
        Self { nodes }
    }

    fn codes(&self) -> HashMap<char, u16> {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for (c, _) in self.nodes.iter().flat_map(|node| &node.next) {
            *counts.entry(*c).or_default() += 1;
        }
        let mut characters: Vec<_> = counts.into_iter().collect();
        characters.sort_by_key(|(_, count)| Reverse(*count));
        characters.into_iter().map(|(c, _)| c).zip(0..).collect()
    }

    /// What follows a node, the codes rising.
    fn next(&self, node: usize, codes: &HashMap<char, u16>) -> Vec<(u64, usize)> {
        let next = self.nodes[node].next.iter();
        let mut next: Vec<_> = next.map(|(c, node)| (codes[c].into(), *node)).collect();
        next.sort_unstable();
        next
    }

    fn write(&self, codes: &HashMap<char, u16>, out: &Path) -> Result<(), Box<dyn Error>> {
        if codes.len() >= usize::from(NO_CODE) {
            return Err(format!("expected fewer characters, found {}", codes.len()).into());
        }
        let mut ones = vec![NO_COST as u16; codes.len()];
        let mut pairs = BTreeMap::new();
        for (first, one) in self.next(0, codes) {
            ones[first as usize] = self.nodes[one].cost as u16;
            for (second, pair) in self.next(one, codes) {
                let mixed = (first << CODE_BITS | second) * u64::from(FACTOR) % (1 << MIXED_BITS);
                pairs.insert(mixed, pair);
            }
        }
        fs::write(out.join("ones.bin"), bytes::<2>(ones))?;

        // The first that goes on is at 1: nothing does at 0.
        let mut longer = vec![0];
        // What has a place already, and waits for those that go on from it.
        let mut waiting = VecDeque::new();
        let mut place = |node: usize, waiting: &mut VecDeque<(usize, usize)>| {
            let next = self.next(node, codes);
            let first = if next.is_empty() { 0 } else { longer.len() };
            let last = next.last().copied();
            for next in next {
                let (code, node) = next;
                let is_last = u64::from(Some(next) == last);
                waiting.push_back((longer.len(), node));
                let high = code << 1 | is_last;
                longer.push((high << COST_BITS | self.nodes[node].cost) << LONGER_PLACE_BITS);
            }
            first
        };
        let mut table = Vec::new();
        for (mixed, pair) in pairs {
            let home = (mixed >> (MIXED_BITS - HOME_BITS)) as usize;
            table.resize(table.len().max(home), u64::MAX);
            let first = fitting(place(pair, &mut waiting), PAIR_PLACE_BITS)?;
            table.push((mixed << COST_BITS | self.nodes[pair].cost) << PAIR_PLACE_BITS | first);
        }
        table.resize(table.len().max(1 << HOME_BITS) + 1, u64::MAX);
        fs::write(out.join("pairs.bin"), bytes::<8>(table))?;
        let mut firsts = Vec::new();
        while let Some((at, node)) = waiting.pop_front() {
            let first = place(node, &mut waiting);
            let ahead = first.saturating_sub(at);
            firsts.push((at, fitting(ahead, LONGER_PLACE_BITS)?));
        }
        for (at, first) in firsts {
            longer[at] |= first;
        }
        fs::write(out.join("longer.bin"), bytes::<6>(longer))?;
        Ok(())
    }
}

fn fitting(place: usize, bits: u32) -> Result<u64, Box<dyn Error>> {
    if place >> bits > 0 {
        return Err(format!("expected fewer words, found one at {place}").into());
    }
    Ok(place as u64)
}

/// So many bytes of each number, the lowest first.
fn bytes<const N: usize>(numbers: Vec<impl Into<u64>>) -> Vec<u8> {
    let numbers = numbers
        .into_iter()
        .map(|number| number.into().to_le_bytes());
    numbers
        .flat_map(|bytes| bytes.into_iter().take(N))
        .collect()
}

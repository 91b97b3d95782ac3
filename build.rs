//! The word list of jieba in, a table that is searched where it lies out.
//!
//! The list (MIT) is in the package of the crate jieba-rs, which cargo has fetched as a
//! build dependency; no copy of it is in this repository. It becomes a finite state
//! transducer from word to cost: `-log2` of how often the word is used, in 1/1024. It is a part
//! of the program, so that it costs nothing to open.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use cargo_metadata::MetadataCommand;

const PACKAGE: &str = "jieba-rs";
const LIST: &str = "src/data/dict.txt";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let list = fs::read_to_string(list_path()?)?;
    let words = words(&list)?;
    let total: u64 = words.values().sum();
    let mut table = fst::MapBuilder::memory();
    for (word, count) in &words {
        table.insert(word, cost(*count, total))?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("expected cargo to set OUT_DIR")?);
    fs::write(out.join("words.fst"), table.into_inner()?)?;
    // A word that the list does not have costs as much as one that was seen once.
    fs::write(out.join("unknown_cost.in"), cost(1, total).to_string())?;
    Ok(())
}

fn list_path() -> Result<PathBuf, Box<dyn Error>> {
    let metadata = MetadataCommand::new().exec()?;
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name == PACKAGE);
    let manifest = &package
        .ok_or("expected the package jieba-rs among those fetched")?
        .manifest_path;
    Ok(manifest.with_file_name(LIST).into())
}

/// Words with their counts: `word count part-of-speech`, a line each. Of a word that
/// stands twice the last line counts, as in jieba.
fn words(list: &str) -> Result<BTreeMap<&str, u64>, Box<dyn Error>> {
    let mut words = BTreeMap::new();
    for line in list.lines() {
        let mut fields = line.split(' ');
        if let (Some(word), Some(count)) = (fields.next(), fields.next()) {
            words.insert(word, count.parse::<u64>()?.max(1));
        }
    }
    Ok(words)
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

//! Lists of words and characters in, tables that are searched where they lie out.
//!
//! The lists are in packages that cargo has fetched as build dependencies; no copy of them is
//! in this repository. The tables are parts of the program, so that they cost nothing to open:
//!
//! - `words.bin` and `codes.bin`, from the word list of jieba (MIT, in the package jieba-rs) and the
//!   words of our own in `src/text/words.txt`: words and what each costs, `-log2` of how often it is
//!   used, in 1/1024 (`build/words.rs`);
//! - `simplified.bin`, from the characters of `OpenCC` (Apache-2.0, in the package hanconv): for
//!   each character of [`HAN`] its Simplified form, 0 where it is its own, 16 bits each;
//! - `forms.txt` and a table for each row of [`CONVERSIONS`], from the phrases and characters of
//!   `OpenCC`: a finite state transducer from what is written to where its form begins in
//!   `forms.txt`, a line each; 0 where that is the form of each of its characters;
//! - how characters and phrases are read: `build/readings.rs`.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fs;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use cargo_metadata::{Metadata, MetadataCommand};

#[path = "build/readings.rs"]
mod readings;
#[path = "build/words.rs"]
mod words;

/// The characters that words are made of.
const HAN: RangeInclusive<char> = '\u{4e00}'..='\u{9fd5}';

/// What `OpenCC` leaves as it is.
const ALSO_SIMPLIFIED: [(char, char); 3] = [('妳', '你'), ('牠', '它'), ('甚', '什')];

/// The tables of `text::conversion`, each with the lists that it is made of: of two that have
/// the same key the first counts.
const CONVERSIONS: [(&str, &[List]); 8] = [
    (
        "hans_hant",
        &[List::As("STPhrases"), List::As("STCharacters")],
    ),
    (
        "hant_hans",
        &[List::As("TSPhrases"), List::As("TSCharacters")],
    ),
    ("words_of_tw", &[List::As("TWPhrases")]),
    ("forms_of_tw", &[List::As("TWVariants")]),
    ("forms_of_hk", &[List::As("HKVariants")]),
    (
        "words_from_tw",
        &[
            List::As("TWPhrasesRev"),
            List::As("TWVariantsRevPhrases"),
            List::Backwards("TWVariants"),
        ],
    ),
    (
        "forms_from_tw",
        &[
            List::As("TWVariantsRevPhrases"),
            List::Backwards("TWVariants"),
        ],
    ),
    (
        "forms_from_hk",
        &[
            List::As("HKVariantsRevPhrases"),
            List::Backwards("HKVariants"),
        ],
    ),
];

/// A list of `OpenCC`, and the way that it is read.
#[derive(Clone, Copy)]
enum List {
    As(&'static str),
    Backwards(&'static str),
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/readings.rs");
    println!("cargo::rerun-if-changed=build/words.rs");
    println!("cargo::rerun-if-changed=src/text/words/bits.rs");
    println!("cargo::rerun-if-changed=src/text/words.txt");
    println!("cargo::rerun-if-changed=src/text/aloud/readings.txt");
    let metadata = MetadataCommand::new().exec()?;
    let packaged = |name: &str, file: &str| packaged(&metadata, name, file);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("expected cargo to set OUT_DIR")?);

    let characters = packaged("hanconv", "data/TSCharacters.txt")?;
    let simplified = simplified(&characters);
    let form = |c| {
        simplified
            .get(&c)
            .copied()
            .filter(|form| HAN.contains(form))
    };
    words::write(
        &packaged("jieba-rs", "src/data/dict.txt")?,
        &fs::read_to_string("src/text/words.txt")?,
        HAN,
        &form,
        &out,
    )?;
    let bytes = |c| form(c).map_or(0, |form| form as u16).to_le_bytes();
    fs::write(
        out.join("simplified.bin"),
        HAN.flat_map(bytes).collect::<Vec<u8>>(),
    )?;
    let lists = readings::Lists {
        characters: &packaged("pinyin-converter", "sources/chars.txt")?,
        phrases: &packaged("pinyin-converter", "sources/words.txt")?,
        own: &fs::read_to_string("src/text/aloud/readings.txt")?,
    };
    readings::write(&lists, &form, &out)?;
    // A form never begins at 0.
    let mut forms = "\n".to_owned();
    for (name, lists) in CONVERSIONS {
        let mut entries = BTreeMap::new();
        for list in lists {
            let (List::As(file) | List::Backwards(file)) = list;
            let file = format!("data/{file}.txt");
            add_entries(*list, &packaged("hanconv", &file)?, &mut entries);
        }
        let table = conversion(&entries, &mut forms)?;
        fs::write(out.join(format!("{name}.fst")), table)?;
    }
    fs::write(out.join("forms.txt"), forms)?;
    Ok(())
}

/// What is written, and its form: `key<tab>forms`, a line each, the first form the best.
fn add_entries(list: List, text: &str, entries: &mut BTreeMap<String, String>) {
    // Some words of English are among them (`by`), which are no Chinese.
    let is_chinese = |key: &str| key.chars().any(|c| HAN.contains(&c));
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    for (key, forms) in lines.filter(|(key, _)| is_chinese(key)) {
        let mut forms = forms.split(' ');
        let best = forms.next().unwrap_or(key);
        let mut add = |key: &str, form: &str| {
            let form = || form.to_owned();
            entries.entry(key.to_owned()).or_insert_with(form);
        };
        match list {
            List::As(_) => add(key, best),
            List::Backwards(_) => std::iter::once(best)
                .chain(forms)
                .for_each(|form| add(form, key)),
        }
    }
}

/// A table of entries; what each becomes is added to `forms`, if its characters do not say it.
fn conversion(
    entries: &BTreeMap<String, String>,
    forms: &mut String,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let of_character = |c: char| entries.get(c.encode_utf8(&mut [0; 4])).cloned();
    let mut places = BTreeMap::new();
    let mut table = fst::MapBuilder::memory();
    for (key, form) in entries {
        let mut characters = key.chars();
        let is_character = characters.next().is_some() && characters.next().is_none();
        let of_each = || -> String {
            let each = key
                .chars()
                .map(|c| of_character(c).unwrap_or_else(|| c.into()));
            each.collect()
        };
        let says_itself = if is_character {
            key == form
        } else {
            *form == of_each()
        };
        let place = if says_itself {
            0
        } else {
            *places.entry(form).or_insert_with(|| {
                let place = forms.len() as u64;
                forms.push_str(form);
                forms.push('\n');
                place
            })
        };
        table.insert(key, place)?;
    }
    Ok(table.into_inner()?)
}

/// A file of a package that was fetched.
fn packaged(metadata: &Metadata, name: &str, file: &str) -> Result<String, Box<dyn Error>> {
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name == name);
    let package =
        package.ok_or_else(|| format!("expected the package {name} among those fetched"))?;
    Ok(fs::read_to_string(
        package.manifest_path.with_file_name(file),
    )?)
}

/// The Simplified form of each character: `character<tab>forms`, a line each.
fn simplified(list: &str) -> BTreeMap<char, char> {
    let mut forms: BTreeMap<char, char> = ALSO_SIMPLIFIED.into();
    for (character, values) in list.lines().filter_map(|line| line.split_once('\t')) {
        let mut values = values.split(' ').filter(|form| *form != character);
        if let (Ok(character), Some(form)) = (character.parse(), values.next()) {
            forms.extend(form.parse().map(|form: char| (character, form)));
        }
    }
    forms
}

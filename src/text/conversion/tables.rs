//! Two scripts in, the tables that lead from one to the other out; a text in, the entry of a
//! table that it goes on with out.
//!
//! The build script makes the tables of the lists of `OpenCC`. They are parts of the program, and
//! are opened when they are first asked for; a table that is not needed costs nothing.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};

use crate::text::class::splits_word;
use crate::text::script::Script;

/// From what is written to where its form is in [`FORMS`].
pub(super) type Table = LazyLock<Option<Fst<&'static [u8]>>>;

macro_rules! tables {
    ($($name:ident, $file:literal, $what:literal;)*) => { $(
        #[doc = $what]
        static $name: Table = LazyLock::new(|| {
            let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".fst"));
            Fst::new(bytes).ok()
        });
    )* };
}

tables! {
    HANS_HANT, "hans_hant", "Simplified to the Traditional that `OpenCC` goes by.";
    HANT_HANS, "hant_hans", "That, and the forms of Taiwan and Hong Kong, to Simplified.";
    WORDS_OF_TW, "words_of_tw", "Words to those that Taiwan has for them.";
    FORMS_OF_TW, "forms_of_tw", "Characters to their forms in Taiwan.";
    FORMS_OF_HK, "forms_of_hk", "Characters to their forms in Hong Kong.";
    WORDS_FROM_TW, "words_from_tw", "Taiwan's words and forms to those of `OpenCC`.";
    FORMS_FROM_TW, "forms_from_tw", "Taiwan's forms alone.";
    FORMS_FROM_HK, "forms_from_hk", "Hong Kong's forms to those of `OpenCC`.";
}

/// All forms that a key's characters do not say one by one, a line each.
static FORMS: &str = include_str!(concat!(env!("OUT_DIR"), "/forms.txt"));

/// From a script to another, the tables that text goes through, one after the other.
type Way = (Script, Script, &'static [&'static Table]);

/// All ways there are to go.
///
/// Traditional of no region gets the forms of Taiwan, which has most of its readers, and keeps
/// its words: those of `OpenCC` alone are of no region and of no printed book. A text that is only
/// known to be Traditional may have a region's words already; they are left alone then, for what
/// means one thing on the mainland means another in Taiwan (程序).
static WAYS: [Way; 11] = {
    use Script::{Hans, Hant, HantHk, HantTw};
    [
        (Hans, Hant, &[&HANS_HANT, &FORMS_OF_TW]),
        (Hans, HantTw, &[&HANS_HANT, &WORDS_OF_TW, &FORMS_OF_TW]),
        (Hans, HantHk, &[&HANS_HANT, &FORMS_OF_HK]),
        (Hant, Hans, &[&FORMS_FROM_TW, &HANT_HANS]),
        (Hant, HantTw, &[&FORMS_OF_TW]),
        (Hant, HantHk, &[&FORMS_FROM_TW, &FORMS_OF_HK]),
        (HantTw, Hans, &[&WORDS_FROM_TW, &HANT_HANS]),
        (HantTw, HantHk, &[&WORDS_FROM_TW, &FORMS_OF_HK]),
        (HantHk, Hans, &[&FORMS_FROM_HK, &HANT_HANS]),
        (HantHk, Hant, &[&FORMS_FROM_HK, &FORMS_OF_TW]),
        (
            HantHk,
            HantTw,
            &[&FORMS_FROM_HK, &WORDS_OF_TW, &FORMS_OF_TW],
        ),
    ]
};

/// The tables between two scripts: none, where a text is in the second already.
pub(super) fn between(from: Script, target: Script) -> &'static [&'static Table] {
    let way = WAYS
        .iter()
        .find(|(start, end, _)| (*start, *end) == (from, target));
    way.map_or(&[], |(_, _, tables)| tables)
}

/// An entry of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Bytes of text that it is for.
    pub(super) length: usize,
    /// Where its form begins; 0 where its characters have one each.
    place: usize,
}

/// The longest entry of a table for what stands at `at` that `may_end` where it does. One that
/// begins with a letter does so where a word does: U盘 is not in GPU盘.
pub(super) fn longest(
    table: &Table,
    text: &str,
    at: usize,
    may_end: impl Fn(usize) -> bool,
) -> Option<Entry> {
    let fst = table.as_ref()?;
    let mut node = fst.root();
    let mut output = Output::zero();
    let mut longest = None;
    for (index, &byte) in text.as_bytes()[at..].iter().enumerate() {
        let Some(input) = node.find_input(byte) else {
            break;
        };
        let transition = node.transition(input);
        output = output.cat(transition.out);
        node = fst.node(transition.addr);
        if node.is_final() && may_end(at + index + 1) {
            longest = Some(Entry {
                length: index + 1,
                place: output.cat(node.final_output()).value() as usize,
            });
        }
    }
    let is_latin = || text.as_bytes()[at].is_ascii();
    longest.filter(|_| !(is_latin() && splits_word(text, at)))
}

/// Whether a table chooses between characters by the words that they stand in, so that it is to
/// know where words begin.
pub(super) fn chooses_by_words(table: &'static Table) -> bool {
    std::ptr::eq(table, &raw const HANS_HANT)
}

impl Entry {
    /// Adds its form, that of `key`.
    pub(super) fn push(self, table: &Table, key: &str, converted: &mut String) {
        if self.place > 0 {
            converted.push_str(form(self.place));
            return;
        }
        for c in key.chars() {
            let bytes = &mut [0; 4];
            let alone = table.as_ref().and_then(|fst| fst.get(c.encode_utf8(bytes)));
            match alone.map_or(0, Output::value) {
                0 => converted.push(c),
                place => converted.push_str(form(place as usize)),
            }
        }
    }
}

fn form(place: usize) -> &'static str {
    let forms = FORMS.get(place..).unwrap_or_default();
    forms.split('\n').next().unwrap_or_default()
}

//! Two words of English with a space between in, what kind of place that is out.
//!
//! A line does not like to end in a small word that belongs to the next one: an article, a
//! preposition, a conjunction, an auxiliary, a possessive (Netflix, English Timed Text Style
//! Guide, "Line Treatment"; BBC Subtitle Guidelines, "Line breaks"). It may well start with a
//! conjunction or a preposition. To teach zimu a word, add it to its row.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::breaks::BreakKind;
use crate::text::class::Class;

/// What a small word begins, which is what a break before it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// What is no better a place than any other.
    Words,
    /// What is counted.
    Number,
    /// A phrase about what stands before.
    Phrase,
    /// A clause.
    Clause,
}

/// The small words, with spaces between. A word that may stand alone behind its verb (`it`,
/// `you`, `up`, `out`) is none of them.
const SMALL: [(Begins, &str); 4] = [
    (
        Begins::Words,
        "a an the this these those every each no some any my your our their its his whose \
         i we he she they am is are was were be been being have has had do does did will would \
         shall should can could may might must not to very much more most too Mr Mrs Ms Dr Prof St",
    ),
    (
        Begins::Number,
        "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty \
         sixty seventy eighty ninety hundred thousand million billion half",
    ),
    (
        Begins::Phrase,
        "of in on at by for with from into onto under about against between through during \
         without within across behind beyond near toward towards upon among around along \
         above below inside outside despite except like per via",
    ),
    (
        Begins::Clause,
        "and or but nor so yet if because although though unless until till since while whereas \
         whether before after once when where why how which who whom that what as than",
    ),
];

/// Words that are written short, with a full stop that ends no sentence.
const SHORT: &str =
    "mr mrs ms dr prof st jr sr vs etc gen gov sen rep capt lt col sgt rev hon mt ft";

static TABLE: LazyLock<HashMap<String, Begins>> = LazyLock::new(|| {
    let row = |(begins, words): (Begins, &'static str)| {
        words
            .split_whitespace()
            .map(move |word| (word.to_ascii_lowercase(), begins))
    };
    SMALL.into_iter().flat_map(row).collect()
});

/// The longest word of the table, in bytes.
const LONGEST_BYTES: usize = 8;

/// The kind of a break between `before` and `behind`, which are letters of Latin on both sides
/// of a space.
pub(super) fn kind_between(before: &str, behind: &str) -> BreakKind {
    if begins(last_word(before)).is_some() {
        return BreakKind::AfterLead;
    }
    match begins(first_word(behind)) {
        Some(Begins::Clause) => BreakKind::BeforeConjunction,
        Some(Begins::Phrase) => BreakKind::BeforePhrase,
        Some(Begins::Words | Begins::Number) | None => BreakKind::Between,
    }
}

/// Whether a text begins with a small word that is no number: what stands before does not count
/// it.
pub(super) fn begins_small(text: &str) -> bool {
    begins(first_word(text)).is_some_and(|begins| begins != Begins::Number)
}

/// Whether a number counts the word behind it, as `30` does in `carried 30 boxes`: that of a name
/// (`Boeing 747 jets`) and that of a page or a year (`page 3 of`) belongs to what is before.
fn is_counting(before: &str, behind: &str) -> bool {
    let word = last_word(before);
    let is_name = word.is_empty() || word.contains(|c: char| c.is_ascii_uppercase());
    !is_name && behind.starts_with(is_letter) && !begins_small(behind)
}

/// The same of the number that `text` begins with, or ends with.
pub(super) fn begins_with_count(before: &str, text: &str) -> bool {
    let behind = text.trim_start_matches(is_of_number);
    behind.starts_with(' ') && is_counting(before, behind.trim_start())
}

/// See [`begins_with_count`].
pub(super) fn ends_with_count(text: &str, behind: &str) -> bool {
    let before = text.trim_end().trim_end_matches(is_of_number);
    is_counting(before, behind)
}

fn is_letter(c: char) -> bool {
    Class::of(c) == Class::Letter
}

const fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '%')
}

/// Whether the full stop that `before` ends with ends no sentence: `Mr. Li`, `J. Li`,
/// `10 a.m. on Monday`.
pub(super) fn is_abbreviated(before: &str, behind: &str) -> bool {
    let Some(before) = before.trim_end().strip_suffix('.') else {
        return false;
    };
    let word = last_word(before);
    let is_initial = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let goes_on = behind.starts_with(char::is_lowercase);
    let is_short = || {
        SHORT
            .split(' ')
            .any(|short| short.eq_ignore_ascii_case(word))
    };
    !word.is_empty() && (goes_on || (is_initial && !begins_small(behind)) || is_short())
}

fn begins(word: &str) -> Option<Begins> {
    let mut small = [0; LONGEST_BYTES];
    let small = small.get_mut(..word.len())?;
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    TABLE.get(str::from_utf8(small).ok()?).copied()
}

fn last_word(text: &str) -> &str {
    let text = text.trim_end();
    let before = text.trim_end_matches(is_of_word);
    // The tail of a word with a mark in it, GPT-a, is no word.
    let is_whole = before
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_ascii_graphic() || "([\"".contains(c) || c == '.');
    if is_whole { &text[before.len()..] } else { "" }
}

fn first_word(text: &str) -> &str {
    let rest = text.trim_start_matches(is_of_word);
    let is_whole = rest
        .chars()
        .next()
        .is_none_or(|c| matches!(c, ' ' | '\u{a0}'));
    if is_whole {
        &text[..text.len() - rest.len()]
    } else {
        ""
    }
}

const fn is_of_word(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;
    use BreakKind::{AfterLead, BeforeConjunction, BeforePhrase, Between};

    #[test]
    fn small_words_lead_on_and_open() {
        for (before, behind, kind) in [
            ("we sail to the ", "island", AfterLead),
            ("The ", "boat", AfterLead),
            ("the boat ", "of his father", BeforePhrase),
            ("we waited ", "because it rained", BeforeConjunction),
            ("and ", "because", AfterLead),
            ("vitamin-a ", "tablets", Between),
            ("tea ", "in-house", Between),
            ("their boats ", "left", Between),
            ("three ", "hundred steps", AfterLead),
        ] {
            assert_eq!(kind_between(before, behind), kind, "{before}|{behind}");
        }
    }

    #[test]
    fn a_number_counts_what_follows_or_is_of_a_name() {
        for (before, behind, expected) in [
            ("carried 30 ", "kilograms", true),
            ("about 1,999.5 ", "metres", true),
            ("in 2024 ", "we", false),
            ("a Boeing 747 ", "landed", false),
            ("30 ", "boats", false),
        ] {
            assert_eq!(
                ends_with_count(before, behind),
                expected,
                "{before}|{behind}"
            );
        }
        assert!(begins_with_count("carried ", "30 kilograms"));
        assert!(!begins_with_count("page ", "3 of the book"));
        assert!(!begins_with_count("python ", "3 的"));
    }

    #[test]
    fn some_full_stops_end_no_sentence() {
        for (before, behind, expected) in [
            ("asked Mr. ", "Lin", true),
            ("from J. ", "Lin", true),
            ("at 10 a.m. ", "on Monday", true),
            ("to take vitamin C. ", "The rest", false),
            ("Please... ", "go on", false),
            ("the harbour. ", "Lin", false),
            (". ", "Lin", false),
        ] {
            assert_eq!(
                is_abbreviated(before, behind),
                expected,
                "{before}|{behind}"
            );
        }
    }

    #[test]
    fn every_small_word_stands_once_and_is_found() {
        let words = || SMALL.iter().flat_map(|(_, words)| words.split_whitespace());
        assert_eq!(TABLE.len(), words().count());
        assert!(words().all(|word| begins(word).is_some()));
    }
}

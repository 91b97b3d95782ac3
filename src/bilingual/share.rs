//! A translation and the lengths of its cues in, the part that each cue shows out.
//!
//! The words are cut where they read well, near the place that the times ask for: a mark
//! that ends a sentence or clause is worth going further for than a space.

use crate::model::{BreakLevel, Span};
use crate::text::breaks::{BoundaryFinder, BreakKind};
use crate::text::terms::Terms;
use crate::text::width::half_cells;

/// How far off its place a cut may be for its kind, in percent of all the words.
const fn worth_percent(kind: BreakKind) -> u64 {
    match kind {
        BreakKind::Sentence => 20,
        BreakKind::Clause => 15,
        BreakKind::Enumeration => 10,
        BreakKind::BeforeConjunction | BreakKind::AfterClause => 5,
        BreakKind::Space
        | BreakKind::BeforePhrase
        | BreakKind::Between
        | BreakKind::AfterDe
        | BreakKind::AfterLead
        | BreakKind::BetweenSingles
        | BreakKind::InPhrase
        | BreakKind::InWord
        | BreakKind::AtMark
        | BreakKind::InTerm => 0,
    }
}

/// One part of `words` for each of `lengths`, in proportion to them. Every part has words
/// as long as there are enough of them to go round; one of `terms` is in one part.
pub(super) fn shares(words: &str, lengths: &[u32], terms: &Terms) -> Vec<Span> {
    let whole = Span::new(0, words.len());
    if lengths.len() <= 1 || words.is_empty() {
        return vec![whole];
    }
    let places = places(words, terms);
    let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
    let width = u64::from(half_cells(words)).max(1);
    let mut parts = Vec::with_capacity(lengths.len());
    let (mut start, mut next_place, mut before) = (0, 0, 0);
    for (index, &length) in lengths.iter().enumerate() {
        before += u64::from(length);
        let cuts_left = lengths.len() - 1 - index;
        let left = places.len().saturating_sub(next_place);
        if cuts_left == 0 || left == 0 {
            parts.push(trimmed(words, start, words.len()));
            start = words.len();
            next_place = places.len();
            continue;
        }
        let aim = width * before / total.max(1);
        // Leave a place for each of the other cuts.
        let last = places.len() - (cuts_left - 1).min(left - 1);
        let off = |place: &Place| {
            let distance = 100 * place.half_cells.abs_diff(aim) / width;
            distance + 20 - worth_percent(place.kind)
        };
        let choice = (next_place..last).min_by_key(|&at| off(&places[at]));
        let chosen = choice.unwrap_or(next_place);
        parts.push(trimmed(words, start, places[chosen].offset));
        start = places[chosen].offset;
        next_place = chosen + 1;
    }
    parts
}

struct Place {
    offset: usize,
    kind: BreakKind,
    /// Width of all before it.
    half_cells: u64,
}

fn places(words: &str, terms: &Terms) -> Vec<Place> {
    let mut covered = Vec::new();
    terms.cover(words, u32::MAX, &mut covered);
    let mut finder = BoundaryFinder::default();
    let mut width = 0;
    let mut from = 0;
    let allowed = finder
        .find_around(words, BreakLevel::Basic, &covered)
        .filter(|place| place.kind < BreakKind::InPhrase);
    allowed
        .map(|place| {
            width += u64::from(half_cells(&words[from..place.offset]));
            from = place.offset;
            Place {
                offset: place.offset,
                kind: place.kind,
                half_cells: width,
            }
        })
        .collect()
}

fn trimmed(words: &str, start: usize, end: usize) -> Span {
    let part = &words[start..end];
    let leading = part.len() - part.trim_start().len();
    Span::new(start + leading, start + part.trim_end().len().max(leading))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts<'w>(words: &'w str, lengths: &[u32]) -> Vec<&'w str> {
        shares(words, lengths, &Terms::NONE)
            .iter()
            .map(|part| part.of(words))
            .collect()
    }

    #[test]
    fn a_cut_goes_to_a_mark_near_its_place() {
        assert_eq!(
            parts(
                "First we cut the wire, then we run as fast as we can.",
                &[500, 500]
            ),
            ["First we cut the wire,", "then we run as fast as we can."]
        );
    }

    #[test]
    fn without_a_mark_the_words_go_by_the_times() {
        assert_eq!(
            parts("one two three four five six", &[1, 2]),
            ["one two", "three four five six"]
        );
    }

    #[test]
    fn every_cue_has_words_while_there_are_enough() {
        assert_eq!(parts("a b c", &[1000, 1, 1]), ["a", "b", "c"]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost(words in "[a-z ,.]{0,80}", lengths in prop::collection::vec(1..5000_u32, 1..6)) {
            let together: String = parts(&words, &lengths).concat();
            let kept = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(kept(&together), kept(&words));
        }
    }
}

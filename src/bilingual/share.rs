//! A translation and how much each of its cues says in, the part that each cue shows out.
//!
//! The words are cut where they read well, near the place that is asked for: a mark that ends a
//! sentence or clause is worth going further for than a space, and a small word that belongs to
//! the next one is worth going past.

use crate::model::{BreakLevel, Cue, Span, Track};
use crate::text::breaks::{BoundaryFinder, BreakKind};
use crate::text::class::Class;
use crate::text::terms::Terms;
use crate::text::width::half_cells;

/// How much further from its place a cut of one kind counts than one behind a sentence, in
/// percent of the words of two cues. Tried on the translations of `fixtures/bilingual`.
const fn dear_percent(kind: BreakKind) -> u64 {
    match kind {
        BreakKind::Sentence => 0,
        BreakKind::Clause => 5,
        BreakKind::Enumeration => 10,
        BreakKind::BeforeConjunction | BreakKind::AfterClause => 15,
        BreakKind::BeforePhrase => 18,
        BreakKind::Space | BreakKind::Between => 20,
        BreakKind::AfterDe | BreakKind::AfterLead => 30,
        BreakKind::BetweenSingles
        | BreakKind::InPhrase
        | BreakKind::InWord
        | BreakKind::AtMark
        | BreakKind::InTerm => 35,
    }
}

/// What is shared out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared<'w> {
    pub(super) words: &'w str,
    /// Where one of several translations ends and the next begins, rising: a good place.
    pub(super) seams: &'w [usize],
    pub(super) terms: &'w Terms,
}

/// How much a cue says: the width of its lines, in half cells. The time that it is shown says
/// less: that has pauses in it, and what a profile adds to an end.
pub(super) fn said_half_cells(track: &Track, cue: &Cue) -> u32 {
    let lines = track.lines(cue).map(|line| half_cells(line.text));
    lines.sum::<u32>().max(1)
}

/// One part of the words for each of `lengths`, in proportion to them. Every part has words
/// as long as there are enough of them to go round; one of the terms is in one part.
pub(super) fn shares(shared: Shared<'_>, lengths: &[u32]) -> Vec<Span> {
    let words = shared.words;
    let whole = Span::new(0, words.len());
    if lengths.len() <= 1 || words.is_empty() {
        return vec![whole];
    }
    let places = places(shared, lengths.len() - 1);
    let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
    let width = u64::from(half_cells(words)).max(1);
    let two_parts = (2 * width / lengths.len() as u64).max(1);
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
            100 * place.half_cells.abs_diff(aim) / two_parts + dear_percent(place.kind)
        };
        // None is worth going two parts further for: all the cuts look at each place a few times.
        let near = |bound: u64| places.partition_point(|place| place.half_cells < bound);
        let from = near(aim.saturating_sub(two_parts)).clamp(next_place, last - 1);
        let until = near(aim + two_parts).clamp(from + 1, last);
        let choice = (from..until).min_by_key(|&at| off(&places[at]));
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

/// The places to cut at, rising. Where there are fewer good ones than cuts, those inside a
/// phrase too: half a name is better than a cue without any words.
fn places(shared: Shared<'_>, cuts: usize) -> Vec<Place> {
    let Shared {
        words,
        seams,
        terms,
    } = shared;
    let mut covered = Vec::new();
    terms.cover(words, u32::MAX, &mut covered);
    let mut finder = BoundaryFinder::default();
    let mut width = 0;
    let mut from = 0;
    let possible = finder
        .find_around(words, BreakLevel::Basic, &covered)
        .filter(|place| {
            let in_phrase =
                place.kind == BreakKind::InPhrase && stands_between(words, place.offset);
            place.kind < BreakKind::InPhrase || in_phrase
        });
    let mut places: Vec<Place> = possible
        .map(|place| {
            width += u64::from(half_cells(&words[from..place.offset]));
            from = place.offset;
            let is_seam = seams.binary_search(&place.offset).is_ok();
            Place {
                offset: place.offset,
                kind: if is_seam {
                    place.kind.min(BreakKind::Clause)
                } else {
                    place.kind
                },
                half_cells: width,
            }
        })
        .collect();
    let is_good = |place: &Place| place.kind < BreakKind::InPhrase;
    if places.iter().filter(|place| is_good(place)).count() >= cuts {
        places.retain(is_good);
    }
    places
}

/// Whether words of letters do not go on over `at`, as they do in `tea-house`.
fn stands_between(words: &str, at: usize) -> bool {
    let is_apart = |c: char| matches!(Class::of(c), Class::Space | Class::Han | Class::Kana);
    words[..at].ends_with(is_apart) || words[at..].starts_with(is_apart)
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
        parts_at(words, &[], lengths)
    }

    fn parts_at<'w>(words: &'w str, seams: &[usize], lengths: &[u32]) -> Vec<&'w str> {
        let shared = Shared {
            words,
            seams,
            terms: &Terms::NONE,
        };
        shares(shared, lengths)
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

    #[test]
    fn a_cut_goes_past_a_small_word() {
        assert_eq!(
            parts("the lamp stood on the table all night", &[1, 1]),
            ["the lamp stood", "on the table all night"]
        );
    }

    #[test]
    fn a_cut_goes_to_a_seam_near_its_place() {
        assert_eq!(
            parts_at("the tea is ready come in", &[17], &[1, 1]),
            ["the tea is ready", "come in"]
        );
    }

    #[test]
    fn a_name_is_parted_before_a_cue_is_left_without_words() {
        assert_eq!(parts("Song Zhiyao", &[1, 1]), ["Song", "Zhiyao"]);
        assert_eq!(parts("Hello", &[1, 1]), ["Hello", ""]);
    }

    #[test]
    fn of_many_cuts_none_goes_far_for_a_mark() {
        assert_eq!(
            parts("one two three, four five six seven eight nine ten", &[1; 5]),
            [
                "one two",
                "three,",
                "four five six",
                "seven eight",
                "nine ten"
            ]
        );
    }

    /// Each cut looks only at what is near.
    #[test]
    fn a_text_of_many_parts_is_cut_in_one_go() {
        let text = "tea ".repeat(40_000);
        let parts = parts(text.trim_end(), &vec![1; 40_000]);
        assert!(parts.iter().all(|part| *part == "tea"));
    }

    proptest! {
        /// No cue is empty while there are words for it.
        #[test]
        fn words_go_round(
            words in prop::collection::vec("[a-zA-Z]{1,9}[,.]?", 1..20),
            lengths in prop::collection::vec(1..5000_u32, 2..8),
        ) {
            let text = words.join(" ");
            let parts = parts(&text, &lengths);
            let filled = parts.iter().filter(|part| !part.is_empty()).count();
            prop_assert_eq!(filled, words.len().min(lengths.len()), "{:?}", parts);
        }

        #[test]
        fn no_word_is_lost(words in "[a-z ,.]{0,80}", lengths in prop::collection::vec(1..5000_u32, 1..6)) {
            let together: String = parts(&words, &lengths).concat();
            let kept = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(kept(&together), kept(&words));
        }
    }
}

//! Two lists of texts in, which of one belongs to which of the other out, in order.
//!
//! A list that was edited is the same list with texts put in, taken out, changed, and cut
//! otherwise. Equal texts are found first, by a diff of the lists (histogram diff, which
//! anchors on what is rare). What lies between two of them is small mostly, and is compared
//! text by text: see `gap.rs`. What it is compared by is `likeness.rs`.
//!
//! Where one text was cut into several, or several were joined, all of them belong together,
//! so that what comes out is runs; of most there is one text on each side.

mod gap;
mod likeness;

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Interner};

pub use likeness::{Comparator, SIMILAR_PERMILLE, likeness_permille};

/// Texts that belong together: a run of the old list and one of the new. Neither is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Indices of the old list.
    pub old: Range<usize>,
    /// Indices of the new list.
    pub new: Range<usize>,
    /// How alike the joined texts are, from [`SIMILAR_PERMILLE`] to 1000; 1000 where they are
    /// equal, and only there.
    pub permille: u16,
}

/// Finds for each text of `old` what became of it in `new`. What is in no match was taken
/// out, or put in. Matches are in order in both lists and do not overlap.
///
/// Time is linear in lists that are much the same. Between equal texts up to 16,384 pairs are
/// all compared; where there are more, those within some 32 texts of each other are, so that
/// two lists of 100,000 texts without one in common take less than a second. Texts of more
/// than 1,000 characters belong together only where they are equal.
///
/// ```
/// use zimu::text::align::align;
///
/// let old = ["早上好", "今天我们去坐船", "船票在这里买"];
/// let new = ["大家早上好", "早上好", "今天我们", "去坐船", "船票在那里买"];
/// let matches = align(&old, &new);
/// assert_eq!((matches[0].new.clone(), matches[0].permille), (1..2, 1000));
/// assert_eq!((matches[1].new.clone(), matches[1].permille), (2..4, 1000));
/// assert_eq!((matches[2].new.clone(), matches[2].permille), (4..5, 833));
/// ```
#[must_use]
pub fn align(old: &[&str], new: &[&str]) -> Vec<Match> {
    let mut matches = Vec::with_capacity(old.len().min(new.len()));
    // A list that was only cut otherwise has short texts in common with what it was by chance.
    let mut at = gap::follow(old, new, (0, 0), &mut matches);
    let base = at;
    for (old_gap, new_gap) in gaps(&old[base.0..], &new[base.1..]) {
        let old_gap = base.0 + old_gap.start..base.0 + old_gap.end;
        let new_gap = base.1 + new_gap.start..base.1 + new_gap.end;
        equal(&mut matches, at.0..old_gap.start, at.1);
        at = (old_gap.end, new_gap.end);
        gap::fill(old, new, (old_gap, new_gap), &mut matches);
    }
    equal(&mut matches, at.0..old.len(), at.1);
    matches
}

/// Texts of `old` that are those of the new list from `new` on.
fn equal(matches: &mut Vec<Match>, old: Range<usize>, new: usize) {
    let first = old.start;
    matches.extend(old.map(|at| {
        let beside = new + (at - first);
        Match {
            old: at..at + 1,
            new: beside..beside + 1,
            permille: 1000,
        }
    }));
}

/// What lies between equal texts.
fn gaps(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut lists = InternedInput {
        before: Vec::new(),
        after: Vec::new(),
        interner: Interner::new(old.len() + new.len()),
    };
    lists.update_before(old.iter().copied());
    lists.update_after(new.iter().copied());
    let diff = Diff::compute(Algorithm::Histogram, &lists);
    let wide = |range: Range<u32>| range.start as usize..range.end as usize;
    diff.hunks()
        .map(|hunk| (wide(hunk.before), wide(hunk.after)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>, u16)> {
        let matches = align(old, new).into_iter();
        matches
            .map(|found| (found.old, found.new, found.permille))
            .collect()
    }

    #[test]
    fn what_was_put_in_and_taken_out_is_in_no_match() {
        assert_eq!(
            found(&["甲一", "乙二", "丙三"], &["丁四", "甲一", "丙三"]),
            [(0..1, 1..2, 1000), (2..3, 2..3, 1000)]
        );
        assert_eq!(found(&[], &["甲"]), []);
        assert_eq!(found(&["甲"], &[]), []);
    }

    #[test]
    fn what_was_changed_is_found_among_what_was_put_in() {
        let new = ["下午去看海", "火车两点钟开", "我们先买票", "火车三点开车"];
        assert_eq!(
            found(&["我们先去买票", "火车三点钟开车"], &new),
            [(0..1, 2..3, 909), (1..2, 3..4, 923)]
        );
    }

    #[test]
    fn a_few_texts_beside_many_come_to_an_end() {
        let many: Vec<String> = (0..17_000).map(|at| format!("{at:05}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let few = ["江上的渡船", "和它的历史"];
        assert_eq!(found(&few, &many), []);
        assert_eq!(found(&many, &few), []);
        let mut with_one = many;
        with_one[0] = "江上的大渡船";
        assert_eq!(found(&few[..1], &with_one), [(0..1, 0..1, 909)]);
        assert_eq!(found(&with_one, &few[..1]), [(0..1, 0..1, 909)]);
    }

    #[test]
    fn other_words_belong_to_nothing() {
        assert_eq!(found(&["今天天气很好"], &["明天我们坐船"]), []);
        assert_eq!(found(&["不去"], &["我去"]), []);
    }

    #[test]
    fn texts_that_were_cut_otherwise_belong_together() {
        let old = ["今天我们要讲的是", "江上的渡船", "和它的历史"];
        let new = ["今天我们要讲", "的是江上的渡船", "和它的", "历史"];
        assert_eq!(found(&old, &new), [(0..2, 0..2, 1000), (2..3, 2..4, 1000)]);
        assert_eq!(found(&new, &old), [(0..2, 0..2, 1000), (2..4, 2..3, 1000)]);
    }

    #[test]
    fn cut_otherwise_and_changed_they_still_do() {
        let old = ["今天我们要讲的是", "江上的渡船和它的历史"];
        let new = ["今天我们要", "讲的是江上的大渡船", "和它的历史"];
        assert_eq!(found(&old, &new), [(0..2, 0..3, 972)]);
    }

    #[test]
    fn a_short_text_beside_does_not_belong_to_what_was_changed() {
        let old = ["你好我们现在开船了", "好"];
        let new = ["你好我们马上开船了", "好", "走"];
        assert_eq!(found(&old, &new), [(0..1, 0..1, 777), (1..2, 1..2, 1000)]);
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[船票江上开车茶]{0,7}|[a-c]{0,80}", 0..40)
    }

    fn borrowed(texts: &[String]) -> Vec<&str> {
        texts.iter().map(String::as_str).collect()
    }

    proptest! {
        #[test]
        fn matches_are_in_order_and_as_alike_as_they_say(old in texts(), new in texts()) {
            let (old, new) = (borrowed(&old), borrowed(&new));
            let mut behind = (0, 0);
            for found in align(&old, &new) {
                prop_assert!(behind.0 <= found.old.start && behind.1 <= found.new.start);
                prop_assert!(!found.old.is_empty() && !found.new.is_empty());
                behind = (found.old.end, found.new.end);
                let (one, other) = (old[found.old].concat(), new[found.new].concat());
                prop_assert_eq!(likeness_permille(&one, &other), found.permille);
                prop_assert!(found.permille >= SIMILAR_PERMILLE);
                prop_assert_eq!(found.permille == 1000, one == other);
            }
            prop_assert!(behind.0 <= old.len() && behind.1 <= new.len());
        }

        #[test]
        fn a_list_is_found_in_itself_with_more_put_in(old in texts(), at in 0_usize..40) {
            let mut longer = borrowed(&old);
            longer.insert(at.min(old.len()), "插进来的话");
            let matched: usize = align(&borrowed(&old), &longer).iter().map(|found| found.old.len()).sum();
            prop_assert_eq!(matched, old.len());
        }

        #[test]
        fn a_text_is_found_however_it_is_cut(
            text in "[一-九]{30,90}",
            old in prop::collection::btree_set(1_usize..30, 0..12),
            new in prop::collection::btree_set(1_usize..30, 0..12),
        ) {
            let cut = |places: &std::collections::BTreeSet<usize>| {
                let mut pieces = Vec::new();
                let mut from = 0;
                for place in places {
                    pieces.push(text[from..3 * place].to_owned());
                    from = 3 * place;
                }
                pieces.push(text[from..].to_owned());
                pieces
            };
            let (old, new) = (cut(&old), cut(&new));
            let matches = align(&borrowed(&old), &borrowed(&new));
            prop_assert!(matches.iter().all(|found| found.permille == 1000));
            let matched: usize = matches.iter().map(|found| found.new.len()).sum();
            prop_assert_eq!(matched, new.len());
        }
    }
}

//! Times as they were found in, those that rise out.
//!
//! Where some times contradict each other, the longest run that rises is kept: one time
//! that was mistyped does not take the others with it.

use crate::model::{Anchor, Diagnostic};
use crate::transcript::kinds;

/// The longest strictly rising choice of `found`, and a finding for each of the others.
pub(super) fn rising(found: &[Anchor], diagnostics: &mut Vec<Diagnostic>) -> Vec<Anchor> {
    let kept = longest_rising(found);
    let mut chosen: Vec<Anchor> = Vec::with_capacity(kept.len());
    let mut kept = kept.into_iter().peekable();
    for (index, &anchor) in found.iter().enumerate() {
        if kept.next_if_eq(&index).is_some() {
            chosen.push(anchor);
        } else if chosen.last().is_some_and(|last| last.at == anchor.at) {
            diagnostics.push(kinds::ANCHOR_REPEATS.at(anchor.source));
        } else {
            diagnostics.push(kinds::ANCHOR_FALLS.at(anchor.source));
        }
    }
    chosen
}

/// Indices of the longest strictly rising subsequence, by patience sorting: n log n.
fn longest_rising(found: &[Anchor]) -> Vec<usize> {
    // The index that ends the best run of each length, and each index's predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(found.len());
    for (index, anchor) in found.iter().enumerate() {
        let length = ends.partition_point(|&end| found[end].at < anchor.at);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            // Of two equal times the first is kept.
            Some(end) if found[*end].at == anchor.at => {}
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut chosen = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        chosen.push(index);
        at = before[index];
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Span, Timestamp};
    use proptest::prelude::*;

    fn anchors(seconds: &[u32]) -> Vec<Anchor> {
        let anchor = |(index, &seconds): (usize, &u32)| Anchor {
            utterance: index as u32,
            at: Timestamp::from_millis(seconds * 1000),
            source: Span::new(index, index + 1),
        };
        seconds.iter().enumerate().map(anchor).collect()
    }

    fn kept(seconds: &[u32]) -> (Vec<u32>, Vec<&'static str>) {
        let mut diagnostics = Vec::new();
        let chosen = rising(&anchors(seconds), &mut diagnostics);
        (
            chosen
                .iter()
                .map(|anchor| anchor.at.millis() / 1000)
                .collect(),
            diagnostics
                .iter()
                .map(|diagnostic| diagnostic.kind.id)
                .collect(),
        )
    }

    #[test]
    fn one_slip_does_not_take_the_others_with_it() {
        assert_eq!(kept(&[1, 59, 2, 3]), (vec![1, 2, 3], vec!["anchor-falls"]));
        assert_eq!(kept(&[30, 10, 20]), (vec![10, 20], vec!["anchor-falls"]));
    }

    #[test]
    fn of_equal_times_the_first_stands() {
        assert_eq!(
            kept(&[10, 10, 10]),
            (vec![10], vec!["anchor-repeats", "anchor-repeats"])
        );
    }

    proptest! {
        #[test]
        fn what_is_kept_rises_and_the_rest_is_reported(seconds in prop::collection::vec(0..50_u32, 0..40)) {
            let mut diagnostics = Vec::new();
            let chosen = rising(&anchors(&seconds), &mut diagnostics);
            prop_assert!(chosen.is_sorted_by(|earlier, later| earlier.at < later.at));
            prop_assert_eq!(chosen.len() + diagnostics.len(), seconds.len());
        }
    }
}

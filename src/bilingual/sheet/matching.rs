//! The rows of a sheet and the cues of a track in, which rows are of which cues out.
//!
//! Words decide. Rows and cues that say the same belong together wherever they stand: a
//! spreadsheet sorts. Where several say the same, the name decides, as long as names are what they
//! were: in SRT they are numbers, and one cue that is put in makes each of them another's. There,
//! and where names are gone, the order does. What no cue says any more is looked for among what
//! the cues around say now, changed or cut otherwise (see [`align`]); what is nowhere
//! is in no match, and so is left over.

use std::collections::HashMap;
use std::ops::Range;

use crate::bilingual::sheet::texts::Texts;
use crate::text::align::{SIMILAR_PERMILLE, align, likeness_permille};

/// Rows that are of cues: both runs, of which most have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Matched {
    pub(super) rows: Range<usize>,
    pub(super) cues: Range<usize>,
    /// How alike they are, from [`SIMILAR_PERMILLE`] to 1000, which is that they say the same.
    pub(super) permille: u16,
}

/// Finds the cues of each row, by cue. No row and no cue is in two matches.
pub(super) fn matched(rows: &Texts, cues: &Texts) -> Vec<Matched> {
    let (row_keys, cue_keys) = (rows.keys(), cues.keys());
    let (row_ids, cue_ids) = (rows.ids(), cues.ids());
    let aligned = align(&row_keys, &cue_keys);
    let mut by_id = HashMap::with_capacity(cue_ids.len());
    for (at, &id) in cue_ids.iter().enumerate().rev() {
        by_id.insert(id, at);
    }
    let mut pairs = Pairs {
        of_row: vec![None; row_keys.len()],
        is_taken: vec![false; cue_keys.len()],
    };
    let groups = groups(&row_keys, &cue_keys);
    for (of_rows, of_cues) in &groups {
        if let ([row], [cue]) = (&**of_rows, &**of_cues) {
            pairs.pair(*row, *cue);
        }
    }
    let kept = kept_names(&pairs, &row_ids, &cue_ids);
    let in_order: HashMap<usize, usize> = aligned
        .iter()
        .filter(|found| found.permille == 1000 && found.old.len() == 1 && found.new.len() == 1)
        .map(|found| (found.old.start, found.new.start))
        .collect();
    for (of_rows, of_cues) in &groups {
        let named = |row: usize| {
            let cue = *by_id.get(row_ids[row])?;
            (cue_keys[cue] == row_keys[row]).then_some(cue)
        };
        let surely_named = |row| named(row).filter(|&cue| kept[cue]);
        let beside = |row: usize| in_order.get(&row).copied();
        pairs.pair_each(of_rows, surely_named);
        pairs.pair_each(of_rows, beside);
        pairs.pair_each(of_rows, named);
        let mut left = of_cues.iter().copied();
        for &row in of_rows {
            if pairs.of_row[row].is_none()
                && let Some(cue) = left.find(|&cue| !pairs.is_taken[cue])
            {
                pairs.pair(row, cue);
            }
        }
    }
    let mut found = Vec::with_capacity(row_keys.len());
    let same = pairs.of_row.iter().enumerate();
    found.extend(same.filter_map(|(row, cue)| cue.map(|cue| one(row, cue, 1000))));
    for run in aligned {
        if pairs.are_free(&run.old, &run.new) {
            pairs.take(&run.old, &run.new);
            found.push(Matched {
                rows: run.old,
                cues: run.new,
                permille: run.permille,
            });
        }
    }
    for row in 0..row_keys.len() {
        let named = by_id.get(row_ids[row]).copied();
        let Some(cue) = named.filter(|&cue| pairs.are_free(&(row..row + 1), &(cue..cue + 1)))
        else {
            continue;
        };
        let permille = likeness_permille(row_keys[row], cue_keys[cue]);
        if permille >= SIMILAR_PERMILLE {
            pairs.pair(row, cue);
            found.push(one(row, cue, permille));
        }
    }
    found.sort_by_key(|found| found.cues.start);
    found
}

const fn one(row: usize, cue: usize, permille: u16) -> Matched {
    Matched {
        rows: row..row + 1,
        cues: cue..cue + 1,
        permille,
    }
}

/// Which are spoken for.
struct Pairs {
    of_row: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairs {
    fn pair(&mut self, row: usize, cue: usize) {
        self.of_row[row] = Some(cue);
        self.is_taken[cue] = true;
    }

    /// Pairs those that have nobody yet with the cues that `with` names.
    fn pair_each(&mut self, rows: &[usize], with: impl Fn(usize) -> Option<usize>) {
        for &row in rows {
            let free = with(row).filter(|&cue| !self.is_taken[cue]);
            if let (None, Some(cue)) = (self.of_row[row], free) {
                self.pair(row, cue);
            }
        }
    }

    fn are_free(&self, rows: &Range<usize>, cues: &Range<usize>) -> bool {
        let mut of_row = self.of_row[rows.clone()].iter();
        let mut is_taken = self.is_taken[cues.clone()].iter();
        of_row.all(Option::is_none) && !is_taken.any(|&is_taken| is_taken)
    }

    fn take(&mut self, rows: &Range<usize>, cues: &Range<usize>) {
        self.of_row[rows.clone()].fill(Some(cues.start));
        self.is_taken[cues.clone()].fill(true);
    }
}

/// The rows and the cues that say the same, for all words that both have.
fn groups(rows: &[&str], cues: &[&str]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut groups: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::with_capacity(rows.len());
    for (at, &key) in rows.iter().enumerate() {
        groups.entry(key).or_default().0.push(at);
    }
    for (at, &key) in cues.iter().enumerate() {
        if let Some(group) = groups.get_mut(key) {
            group.1.push(at);
        }
    }
    let mut groups: Vec<_> = groups
        .into_values()
        .filter(|(_, cues)| !cues.is_empty())
        .collect();
    groups.sort_unstable();
    groups
}

/// For each cue, whether names around it are what they were: those of the nearest cues before and
/// behind that are the only ones to say what they say.
fn kept_names(pairs: &Pairs, row_ids: &[&str], cue_ids: &[&str]) -> Vec<bool> {
    let mut is_kept = vec![None; cue_ids.len()];
    for (row, cue) in pairs.of_row.iter().enumerate() {
        if let Some(cue) = *cue {
            is_kept[cue] = Some(row_ids[row] == cue_ids[cue]);
        }
    }
    let mut kept = vec![true; cue_ids.len()];
    let mut before = true;
    for (kept, is_kept) in kept.iter_mut().zip(&is_kept) {
        before = is_kept.unwrap_or(before);
        *kept &= before;
    }
    let mut behind = true;
    for (kept, is_kept) in kept.iter_mut().zip(&is_kept).rev() {
        behind = is_kept.unwrap_or(behind);
        *kept &= behind;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[(&str, &str)]) -> Texts {
        let mut texts = Texts::default();
        for (id, words) in list {
            assert!(texts.push(words, id));
        }
        texts
    }

    fn found(
        rows: &[(&str, &str)],
        cues: &[(&str, &str)],
    ) -> Vec<(Range<usize>, Range<usize>, u16)> {
        let found = matched(&texts(rows), &texts(cues)).into_iter();
        found
            .map(|found| (found.rows, found.cues, found.permille))
            .collect()
    }

    #[test]
    fn rows_that_were_sorted_find_their_cues() {
        let cues = [("1", "上船了"), ("2", "对"), ("3", "下船吧"), ("4", "对")];
        let rows = [("4", "对"), ("3", "下船吧"), ("1", "上船了"), ("2", "对")];
        assert_eq!(
            found(&rows, &cues),
            [
                (2..3, 0..1, 1000),
                (3..4, 1..2, 1000),
                (1..2, 2..3, 1000),
                (0..1, 3..4, 1000)
            ]
        );
    }

    #[test]
    fn where_numbers_have_moved_the_order_decides() {
        let rows = [("1", "上船了"), ("2", "对"), ("3", "对"), ("4", "下船吧")];
        let cues = [
            ("1", "上船了"),
            ("2", "票在这里"),
            ("3", "对"),
            ("4", "对"),
            ("5", "下船吧"),
        ];
        assert_eq!(
            found(&rows, &cues),
            [
                (0..1, 0..1, 1000),
                (1..2, 2..3, 1000),
                (2..3, 3..4, 1000),
                (3..4, 4..5, 1000)
            ]
        );
    }

    #[test]
    fn a_name_alone_is_not_enough() {
        assert_eq!(found(&[("1", "上船了")], &[("1", "喝茶吗")]), []);
    }

    #[test]
    fn changed_words_are_found_by_name_where_the_order_is_gone() {
        let rows = [("2", "我们先去买船票"), ("1", "江上有很多的船")];
        let cues = [("1", "江上有很多船"), ("2", "我们去买船票")];
        assert_eq!(found(&rows, &cues), [(1..2, 0..1, 923), (0..1, 1..2, 923)]);
    }
}

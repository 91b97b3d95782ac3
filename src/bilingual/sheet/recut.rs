//! The translations of some rows in, the lines that each of their cues shows out.
//!
//! A row whose words went to several cues is shared out among them, to each as much as it says of
//! the words: no cue shows a translation of which it says nothing.

use std::borrow::Cow;

use crate::bilingual::share::{Shared, shares};
use crate::bilingual::sheet::Entry;
use crate::bilingual::sheet::apply::Applying;
use crate::bilingual::sheet::texts::join;
use crate::segment::{Layout, wrap};
use crate::text::align::{SIMILAR_PERMILLE, likeness_permille};
use crate::text::width::half_cells;

/// Rows and cues that say the same, with how many characters each says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'r> {
    pub(super) rows: &'r [Entry<'r>],
    pub(super) row_characters: &'r [u32],
    pub(super) cue_characters: &'r [u32],
    pub(super) permille: u16,
}

/// The lines of each cue.
pub(super) fn lines_of(run: Run<'_>, applying: Applying<'_>) -> Vec<Vec<String>> {
    if let ([row], [_]) = (run.rows, run.cue_characters)
        && let Some(lines) = own_lines(row.target, applying)
    {
        return vec![lines];
    }
    let mut of_cues = vec![String::new(); run.cue_characters.len()];
    let mut words = String::new();
    for (at, row) in run
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.is_none())
    {
        words.clear();
        for line in row.target.lines() {
            join(line, 0, &mut words);
        }
        let shared = run.overlaps(at);
        let lengths: Vec<u32> = shared.iter().map(|(_, overlap)| *overlap).collect();
        let translation = Shared {
            words: &words,
            seams: &[],
            terms: applying.terms,
        };
        let parts = shares(translation, &lengths);
        for ((cue, _), part) in shared.iter().zip(parts) {
            join(part.of(&words), 0, &mut of_cues[*cue]);
        }
    }
    of_cues
        .iter()
        .map(|words| wrapped(words, applying))
        .collect()
}

impl Run<'_> {
    /// Whether rows go to cues that say much the same as they do. Alike as a whole they may have
    /// changed places, and a row that went past another has its words elsewhere. `row_keys` and
    /// `cue_keys` are what both say.
    pub(super) fn is_in_order(&self, row_keys: &[&str], cue_keys: &[&str]) -> bool {
        if self.permille == 1000 || self.rows.len().max(cue_keys.len()) == 1 {
            return true;
        }
        // Rows that have a cue in common are compared as one.
        let mut begun = (0, 0..0);
        for row in 0..=row_keys.len() {
            let shared = if row < row_keys.len() {
                self.overlaps(row)
            } else {
                Vec::new()
            };
            let ends = shared.first().zip(shared.last());
            let cues = ends.map_or(0..0, |((first, _), (last, _))| *first..last + 1);
            let goes_on = !cues.is_empty() && cues.start < begun.1.end;
            if goes_on {
                begun.1.end = cues.end;
                continue;
            }
            let (of_rows, of_cues) = (&row_keys[begun.0..row], &cue_keys[begun.1]);
            let permille = likeness_permille(&of_rows.concat(), &of_cues.concat());
            if row > begun.0 && permille < SIMILAR_PERMILLE {
                return false;
            }
            begun = (row, cues);
        }
        true
    }

    /// The cues that the words of a row went to, and how much of them to each.
    ///
    /// Where words were changed, both sides are laid over each other in proportion, and what
    /// overlaps by less than a fifth does so by that alone.
    fn overlaps(&self, row: usize) -> Vec<(usize, u32)> {
        let sum = |characters: &[u32]| characters.iter().copied().map(u64::from).sum::<u64>();
        let (all_rows, all_cues) = (sum(self.row_characters), sum(self.cue_characters));
        let begins = sum(&self.row_characters[..row]) * all_cues;
        let length = u64::from(self.row_characters[row]) * all_cues;
        let mut overlaps = Vec::with_capacity(self.cue_characters.len());
        let mut cue_begins = 0;
        for (at, &characters) in self.cue_characters.iter().enumerate() {
            let cue_length = u64::from(characters) * all_rows;
            let cue_ends = cue_begins + cue_length;
            let ends = cue_ends.min(begins + length);
            let overlap = ends.saturating_sub(cue_begins.max(begins));
            overlaps.push((at, overlap, 5 * overlap >= length.min(cue_length)));
            cue_begins = cue_ends;
        }
        let most = overlaps
            .iter()
            .map(|(_, overlap, _)| *overlap)
            .max()
            .unwrap_or_default();
        let is_exact = self.permille == 1000;
        overlaps.retain(|&(_, overlap, is_much)| {
            overlap > 0 && (is_exact || is_much || overlap == most)
        });
        // In thousandths of the row, so that they are small whatever the run is.
        let parts = overlaps.into_iter();
        parts
            .map(|(at, overlap, _)| (at, (1000 * overlap / length.max(1)).max(1) as u32))
            .collect()
    }
}

fn wrapped(words: &str, applying: Applying<'_>) -> Vec<String> {
    if words.is_empty() {
        return Vec::new();
    }
    let layout = Layout {
        profile: applying.profile,
        language: applying.language,
        terms: applying.terms,
    };
    wrap(words, layout)
        .into_iter()
        .map(Cow::into_owned)
        .collect()
}

/// The lines as the translator has broken them, where they fit.
fn own_lines(target: &str, applying: Applying<'_>) -> Option<Vec<String>> {
    let profile = applying.profile;
    let lines = target
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let lines: Vec<&str> = lines.collect();
    let fits = |line: &&str| {
        let limit = profile.max_cells_per_line;
        limit.is_none_or(|cells| half_cells(line) <= cells.saturating_mul(2))
    };
    let are_own = lines.len() > 1 && lines.len() <= profile.max_lines as usize;
    let keeps = are_own && lines.iter().all(fits);
    // Each is shown as the profile shows a line: it has no break in it any more.
    keeps.then(|| {
        lines
            .iter()
            .map(|line| wrapped(line, applying).join(" "))
            .collect()
    })
}

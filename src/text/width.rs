//! Text in, how much room it takes out.
//!
//! Two measures, never mixed. *Width* is for lines: full-width cells, half-width
//! characters ½, counted here in **half cells** so that no fraction is needed. *Count* is
//! for reading speed, as the style guide at hand counts it. Both go over grapheme
//! clusters: an emoji family is one, a letter with its accents is one.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::model::Counting;

/// Half cells in a full-width cell.
pub const HALF_CELLS_PER_CELL: u32 = 2;

/// The width of a text in half cells: East Asian wide, full-width and ambiguous
/// characters are 2, others 1, controls and zero-width characters 0.
///
/// ```
/// use zimu::text::width::half_cells;
///
/// assert_eq!(half_cells("用 GPT-4 写字幕，"), 2 + 1 + 5 + 1 + 8);
/// assert_eq!(half_cells("👨‍👩‍👧"), 2);
/// ```
#[must_use]
pub fn half_cells(text: &str) -> u32 {
    plain_half_cells(text).unwrap_or_else(|| text.graphemes(true).map(cluster_half_cells).sum())
}

/// The width of one grapheme cluster: 0, 1 or 2 half cells.
///
/// A cluster is drawn as one character however many code points it has, so it is never
/// wider than a cell.
#[must_use]
pub fn cluster_half_cells(cluster: &str) -> u32 {
    cluster.width_cjk().min(2) as u32
}

/// The count of a text for reading speed, in halves of a character.
///
/// Zero-width characters and controls never count (as Subtitle Edit's counters do).
///
/// ```
/// use zimu::model::Counting;
/// use zimu::text::width::half_characters;
///
/// assert_eq!(half_characters("用AI写", Counting::All), 8);
/// assert_eq!(half_characters("用AI写", Counting::Cjk), 6);
/// ```
#[must_use]
pub fn half_characters(text: &str, counting: Counting) -> u32 {
    match counting {
        Counting::Cjk => half_cells(text),
        Counting::All => {
            let clusters = text.graphemes(true).map(cluster_half_cells);
            2 * clusters.filter(|&width| width > 0).count() as u32
        }
    }
}

/// The width of a text that is all plain Chinese and printable ASCII; `None` for any
/// other, which needs its clusters found. Most lines are plain, and this is an order of
/// magnitude faster.
fn plain_half_cells(text: &str) -> Option<u32> {
    let mut width = 0;
    for c in text.chars() {
        width += match c {
            ' '..='~' => 1,
            '\u{4e00}'..='\u{9fff}'
            | '\u{3000}'..='\u{3029}'
            | '\u{ff01}'..='\u{ff5e}'
            | '—'
            | '‘'
            | '’'
            | '“'
            | '”'
            | '…' => 2,
            _ => return None,
        };
    }
    Some(width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_that_are_ambiguous_elsewhere_are_full_width_here() {
        assert_eq!(half_cells("“”‘’…—·"), 14);
    }

    #[test]
    fn clusters_not_code_points() {
        assert_eq!(half_cells("e\u{301}"), 1);
        assert_eq!(half_cells("葛\u{e0100}"), 2);
        assert_eq!(half_cells("\u{200b}\u{feff}"), 0);
        assert_eq!(half_characters("a\u{301}\u{200b}字", Counting::All), 4);
    }

    proptest! {
        #[test]
        fn the_fast_way_agrees_with_the_exact_one(text in "[ -~一-龥　-〉！-～“”‘’—…]*") {
            let exact: u32 = text.graphemes(true).map(cluster_half_cells).sum();
            prop_assert_eq!(plain_half_cells(&text), Some(exact));
        }
    }
}

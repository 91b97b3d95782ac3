//! Text in, how much room it takes out.
//!
//! Two measures, never mixed. *Width* is for lines: full-width cells, half-width
//! characters ½, counted here in **half cells** so that no fraction is needed. *Count* is
//! for reading speed, as the style guide at hand counts it. Both go over grapheme
//! clusters: an emoji family is one, a letter with its accents is one.

use unicode_width::UnicodeWidthStr;

use crate::model::Counting;
use crate::text::clusters::{Clusters, only, plain_half_cells, plain_text_half_cells};

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
    plain_text_half_cells(text).unwrap_or_else(|| clusters(text).map(cluster_half_cells).sum())
}

/// The width of one grapheme cluster: 0, 1 or 2 half cells.
///
/// A cluster is drawn as one character however many code points it has, so it is never
/// wider than a cell.
#[must_use]
pub fn cluster_half_cells(cluster: &str) -> u32 {
    let plain = only(cluster).and_then(plain_half_cells);
    plain.unwrap_or_else(|| cluster.width_cjk().min(2) as u32)
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
            let widths = clusters(text).map(cluster_half_cells);
            2 * widths.filter(|&width| width > 0).count() as u32
        }
    }
}

fn clusters(text: &str) -> impl Iterator<Item = &str> {
    Clusters::of(text).map(|(_, cluster)| cluster)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_that_are_ambiguous_elsewhere_are_full_width_here() {
        assert_eq!(half_cells("“”‘’…—·⋯"), 16);
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
        fn a_text_is_as_wide_as_its_clusters(text in "[ -~一-龥　-〉！-～“”‘’—…]*|\\PC*") {
            let text = text.replace('⋯', "…");
            let of_clusters: u32 = clusters(&text).map(UnicodeWidthStr::width_cjk).map(|width| width.min(2) as u32).sum();
            prop_assert_eq!(half_cells(&text), of_clusters);
        }
    }
}

//! Text in, its grapheme clusters out: what a reader sees as one character.
//!
//! Plain Chinese with ASCII has a cluster a character, and most lines are plain: they are
//! walked without asking the tables of Unicode.

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

use crate::text::class::everyday_han_ahead;

/// The clusters of a text, with their byte offsets.
///
/// ```
/// use zimu::text::clusters::Clusters;
///
/// let clusters: Vec<_> = Clusters::of("字e\u{301}").collect();
/// assert_eq!(clusters, [(0, "字"), (3, "e\u{301}")]);
/// ```
#[derive(Clone, Debug)]
pub struct Clusters<'t> {
    text: &'t str,
    walk: Walk<'t>,
}

#[derive(Clone, Debug)]
enum Walk<'t> {
    /// From this byte on.
    Plain(usize),
    Exact(GraphemeIndices<'t>),
}

impl<'t> Clusters<'t> {
    /// The clusters of `text`.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let walk = if plain_text_half_cells(text).is_some() {
            Walk::Plain(0)
        } else {
            Walk::Exact(text.grapheme_indices(true))
        };
        Self { text, walk }
    }

    /// Leaves out those before `offset`, where a character begins, if that is known to begin one of
    /// them; gives whether it is.
    pub(super) fn go_on_at(&mut self, offset: usize) -> bool {
        let is_plain = matches!(self.walk, Walk::Plain(_));
        if is_plain {
            self.walk = Walk::Plain(offset);
        }
        is_plain
    }
}

impl<'t> Iterator for Clusters<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<(usize, &'t str)> {
        match &mut self.walk {
            Walk::Plain(at) => {
                // A plain character has one byte or three.
                let length = if *self.text.as_bytes().get(*at)? < 0x80 {
                    1
                } else {
                    3
                };
                let from = *at;
                *at += length;
                Some((from, &self.text[from..*at]))
            }
            Walk::Exact(clusters) => clusters.next(),
        }
    }
}

/// The width in half cells of a character that is always a cluster of its own among others
/// like it: printable ASCII, the everyday Han characters and the marks of Chinese. `None`
/// for any other. `⋯` is one em as `…` is, though Unicode calls only the latter ambiguous
/// (W3C clreq, "Ellipsis": either of the two is the mark).
pub(super) const fn plain_half_cells(c: char) -> Option<u32> {
    match c {
        ' '..='~' => Some(1),
        '\u{4e00}'..='\u{9fff}'
        | '\u{3000}'..='\u{3029}'
        | '\u{ff01}'..='\u{ff5e}'
        | '—'
        | '‘'
        | '’'
        | '“'
        | '”'
        | '…'
        | '⋯' => Some(2),
        _ => None,
    }
}

/// The width in half cells of a text of such characters. Runs of Han are counted without decoding them.
pub(super) fn plain_text_half_cells(text: &str) -> Option<u32> {
    let (mut rest, mut sum) = (text, 0);
    loop {
        let han = everyday_han_ahead(rest);
        rest = &rest[3 * han..];
        sum += 2 * han as u32;
        let mut others = rest.chars();
        let Some(c) = others.next() else {
            return Some(sum);
        };
        sum += plain_half_cells(c)?;
        rest = others.as_str();
    }
}

/// The character that a cluster is by itself.
#[inline]
pub(crate) fn only(cluster: &str) -> Option<char> {
    let first = cluster.chars().next();
    first.filter(|c| c.len_utf8() == cluster.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fast_walk_agrees_with_the_exact_one(text in "[ -~一-龥　-〉！-～“”‘’—…]*|\\PC*") {
            let exact: Vec<_> = text.grapheme_indices(true).collect();
            prop_assert_eq!(Clusters::of(&text).collect::<Vec<_>>(), exact);
        }
    }
}

//! Two short texts in, how alike they are out.
//!
//! The measure is that of the longest common subsequence: of all characters of both, how many
//! stand in both in the same order. One character of six that is another gives 833, one of six
//! that is put in 923. It is found with as many characters at once as a word has bits (Hyyrö,
//! Bit-parallel LCS-length computation revisited, 2004), by `rapidfuzz`.

use rapidfuzz::distance::lcs_seq::BatchComparator;

/// Least likeness of texts that are one text with a change in it. In four characters one may
/// be another (750), in three (667) or two (500) none: 我去 and 你去 say different things.
pub const SIMILAR_PERMILLE: u16 = 700;

/// Longer texts are compared as a whole only: the work grows with the product of two lengths.
const MOST_CHARACTERS: usize = 1000;

/// A text that several others are compared with.
pub struct Comparator<'t> {
    text: &'t str,
    characters: usize,
    compared: Option<BatchComparator<char>>,
}

impl<'t> Comparator<'t> {
    /// Of a text of any length.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let characters = text.chars().count();
        let is_short = (1..=MOST_CHARACTERS).contains(&characters);
        Self {
            text,
            characters,
            compared: is_short.then(|| BatchComparator::new(text.chars())),
        }
    }

    /// Count of its characters.
    pub(super) const fn characters(&self) -> usize {
        self.characters
    }

    /// How many characters stand in both in the same order.
    pub(super) fn common(&self, other: &str) -> usize {
        if self.text == other {
            return self.characters;
        }
        let is_short = other.chars().count() <= MOST_CHARACTERS;
        let compared = self.compared.as_ref().filter(|_| is_short);
        compared.map_or(0, |compared| compared.similarity(other.chars()))
    }

    /// See [`likeness_permille`].
    #[must_use]
    pub fn permille(&self, other: &str) -> u16 {
        if self.text == other {
            return 1000;
        }
        permille(self.common(other), self.characters, other.chars().count())
    }
}

/// How alike two texts are, from 0 to 1000, which is that they are equal: twice the length of
/// their longest common subsequence to the sum of their lengths, in characters, rounded down.
///
/// ```
/// use zimu::text::align::likeness_permille;
///
/// assert_eq!(likeness_permille("我们坐船去", "我们坐车去"), 800);
/// assert_eq!(likeness_permille("茶", "船"), 0);
/// ```
#[must_use]
pub fn likeness_permille(one: &str, other: &str) -> u16 {
    Comparator::of(one).permille(other)
}

/// Of texts of so many characters, with so many in common.
pub(super) const fn permille(common: usize, one: usize, other: usize) -> u16 {
    match one + other {
        0 => 1000,
        both => (2000 * common / both) as u16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By the textbook.
    fn common(one: &[char], other: &[char]) -> usize {
        let mut row = vec![0; other.len() + 1];
        for a in one {
            let mut diagonal = 0;
            for (at, b) in other.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if a == b {
                    diagonal + 1
                } else {
                    above.max(row[at])
                };
                diagonal = above;
            }
        }
        row[other.len()]
    }

    #[test]
    fn a_text_that_is_too_long_is_like_itself_alone() {
        let long = "船".repeat(MOST_CHARACTERS + 1);
        assert_eq!(likeness_permille(&long, &long), 1000);
        assert_eq!(likeness_permille(&long, &format!("{long}票")), 0);
        assert_eq!(likeness_permille("船", &long), 0);
    }

    proptest! {
        #[test]
        fn it_is_the_longest_common_subsequence(one in "[船票a\u{10000}]{0,150}", other in "[船票a\u{10000}]{0,150}") {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = common(&characters(&one), &characters(&other));
            prop_assert_eq!(Comparator::of(&one).common(&other), expected);
        }
    }
}

//! A text and the terms of a project in, where they stand in it out.
//!
//! A term is what no dictionary has and nobody wants to see broken: the name of a company, of
//! a product, of a person. All terms are looked for in one pass, which is linear in the text
//! and in what is found, however many terms there are (`aho-corasick`: some 10 ns a character;
//! a search for each term, or a walk of a table of them, is that much for each term). Where
//! there are no terms nothing is built.

use aho_corasick::AhoCorasick;

use crate::model::Span;
use crate::text::class::splits_word;
use crate::text::width::half_cells;

/// Terms, ready to be found. Made once a run.
#[derive(Clone, Debug)]
pub struct Terms {
    search: Option<Search>,
}

#[derive(Clone, Debug)]
struct Search {
    automaton: AhoCorasick,
    /// Width of each term.
    half_cells: Vec<u32>,
}

/// There are more terms than can be looked for at once: gigabytes of them.
#[derive(Clone, Debug, thiserror::Error)]
#[error("expected fewer terms: {0}")]
pub struct TooManyTerms(#[from] aho_corasick::BuildError);

impl Terms {
    /// No terms at all.
    pub const NONE: Self = Self { search: None };

    /// Makes these terms ready. What is blank is no term.
    ///
    /// # Errors
    /// [`TooManyTerms`] where the terms have more than some two thousand million bytes.
    pub fn new<T: AsRef<str>>(terms: impl IntoIterator<Item = T>) -> Result<Self, TooManyTerms> {
        let terms = terms.into_iter();
        let terms: Vec<T> = terms
            .filter(|term| !term.as_ref().trim().is_empty())
            .collect();
        if terms.is_empty() {
            return Ok(Self::NONE);
        }
        let half_cells = terms.iter().map(|term| half_cells(term.as_ref())).collect();
        let automaton = AhoCorasick::new(terms.iter().map(T::as_ref))?;
        Ok(Self {
            search: Some(Search {
                automaton,
                half_cells,
            }),
        })
    }

    /// Puts into `stretches` all that terms of at most `max_half_cells` cover, rising and
    /// apart: terms that overlap are one stretch, so that none of them is broken.
    ///
    /// A term is found letter for letter. One that begins or ends with a letter or a digit
    /// does so only where a word does: `AI` is not in `AIR`.
    ///
    /// ```
    /// use zimu::text::terms::Terms;
    ///
    /// let text = "在墨禾科技园区用Claude Code";
    /// let mut found = Vec::new();
    /// let terms = Terms::new(["墨禾科技", "科技园区", "Claude Code", "Claude Co"])?;
    /// terms.cover(text, 32, &mut found);
    /// let found: Vec<_> = found.iter().map(|span| span.of(text)).collect();
    /// assert_eq!(found, ["墨禾科技园区", "Claude Code"]);
    /// # Ok::<(), zimu::text::terms::TooManyTerms>(())
    /// ```
    pub fn cover(&self, text: &str, max_half_cells: u32, stretches: &mut Vec<Span>) {
        stretches.clear();
        let Some(search) = &self.search else { return };
        // They come by their ends.
        for found in search.automaton.find_overlapping_iter(text) {
            let is_wide = search.half_cells[found.pattern().as_usize()] > max_half_cells;
            let mut start = found.start();
            if is_wide || splits_word(text, start) || splits_word(text, found.end()) {
                continue;
            }
            while let Some(before) = stretches.pop_if(|before| before.end() > start) {
                start = start.min(before.start());
            }
            stretches.push(Span::new(start, found.end()));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn covered<'t>(text: &'t str, terms: &[&str], max_half_cells: u32) -> Vec<&'t str> {
        let mut stretches = Vec::new();
        let terms = Terms::new(terms).unwrap();
        terms.cover(text, max_half_cells, &mut stretches);
        stretches.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn latin_terms_stand_at_the_edges_of_words() {
        let terms = ["AI", "GPT-4", "C++", "iPhone 15"];
        assert_eq!(
            covered("AI写AIR，GPT-4和GPT-4o，用C++写iPhone 15", &terms, 32),
            ["AI", "GPT-4", "C++", "iPhone 15"]
        );
        assert!(covered("XAI BAIT AI5 iPhone 150", &terms, 32).is_empty());
    }

    #[test]
    fn a_longer_term_goes_before_a_shorter_one_in_it() {
        let terms = ["科技", "墨禾科技", "禾科"];
        assert_eq!(covered("墨禾科技，科技", &terms, 32), ["墨禾科技", "科技"]);
        // Not a word: what is shorter may still be one.
        assert_eq!(
            covered("AI 2.0版", &["AI 2", "AI", "AI 2.00"], 32),
            ["AI 2"]
        );
    }

    #[test]
    fn a_term_that_is_too_wide_is_none() {
        assert_eq!(
            covered("墨禾科技，科技", &["墨禾科技", "科技"], 6),
            ["科技", "科技"]
        );
    }

    #[test]
    fn blank_terms_are_none() {
        assert!(covered("甲 乙", &["", " "], 32).is_empty());
    }

    proptest! {
        #[test]
        fn every_term_is_whole_and_stretches_are_apart(
            text in "[甲乙丙]{0,20}", terms in prop::collection::vec("[甲乙丙]{1,4}", 0..4)
        ) {
            let mut stretches = Vec::new();
            Terms::new(&terms).unwrap().cover(&text, 32, &mut stretches);
            prop_assert!(stretches.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            for term in &terms {
                for (start, _) in text.char_indices() {
                    if text[start..].starts_with(term.as_str()) {
                        let end = start + term.len();
                        let holds = |span: &Span| span.start() <= start && end <= span.end();
                        prop_assert!(stretches.iter().any(holds), "{term} {stretches:?}");
                    }
                }
            }
        }
    }
}

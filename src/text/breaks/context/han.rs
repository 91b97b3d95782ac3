//! The boundary between two Chinese characters in, what kind of place it is out: most boundaries are
//! such, and of all that a boundary may hang on only the words count there.

use super::quantity::Quantity;
use super::{Ahead, Context, Glyph};
use crate::text::breaks::word::Word;
use crate::text::breaks::{BreakKind, binds};
use crate::text::class::{Class, everyday_han_ahead};

impl<'t> Context<'t> {
    /// Goes on over a Chinese character right behind another one, with the kind of the boundary before
    /// it; `None` where a quantity reaches over from before, or one of the two is no such character.
    /// It says what [`Context::kind_before`] says: a character leaves neither a mark nor a Latin phrase
    /// open, so that nothing is to be done about these.
    pub(super) fn go_on_in_han(&mut self, next: &Ahead<'t>) -> Option<BreakKind> {
        let last = self.last.filter(|last| is_plain(*last))?;
        if self.quantity != Quantity::No || !is_plain(next.glyph) {
            return None;
        }
        let kind = match next.word {
            None => BreakKind::InWord,
            Some(word) => {
                let kind = if self.binds_words(last, next) {
                    BreakKind::InPhrase
                } else {
                    self.kind_between(last, next)
                };
                if word.is_number {
                    self.quantity = Quantity::Number;
                }
                self.words = [Some(word), self.words[0]];
                kind
            }
        };
        self.go_on_to(next.glyph);
        Some(kind)
    }

    /// The last character of the word that began right before the boundary, where nothing but
    /// [`BreakKind::InWord`] is inside of it.
    pub(in crate::text::breaks) fn last_in(&self, word: Word<'_>) -> Option<Glyph> {
        let is_han = 3 * everyday_han_ahead(word.text) == word.text.len();
        let c = word.text.chars().next_back();
        let class = Class::Han;
        c.filter(|_| is_han && self.quantity == Quantity::No)
            .map(|c| Glyph { c, class })
    }

    /// Goes on to such a character.
    pub(in crate::text::breaks) fn go_on_to(&mut self, last: Glyph) {
        (self.last, self.visible) = (Some(last), Some(last));
    }

    /// Whether the words on both sides stay together.
    fn binds_words(&self, last: Glyph, next: &Ahead<'_>) -> bool {
        self.in_title
            || self.is_followed(last, next)
            || self.is_led(next)
            || self.is_said_twice(last, next)
            || (binds::is_numeral(next.glyph.c) && self.is_behind_fraction())
    }
}

fn is_plain(glyph: Glyph) -> bool {
    glyph.class == Class::Han && glyph.c != '々'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::BreakLevel;
    use crate::text::words::WordFinder;

    proptest! {
        #[test]
        fn it_says_what_all_the_rules_say(
            text in "(看了看|一|三百|百分之|第|个|的|在|很|但是|等|以后|人们|々|《|》|，|。|[一-龥]){0,24}",
        ) {
            let mut finder = WordFinder::default();
            let starts = finder.starts(&text);
            let (mut quick, mut thorough) = (Context::default(), Context::default());
            for (offset, c) in text.char_indices() {
                let at = starts.iter().position(|&start| start as usize == offset);
                let word = at.map(|at| {
                    let end = starts.get(at + 1).map_or(text.len(), |&end| end as usize);
                    Word::of(&text[offset..end])
                });
                let class = Class::of(c);
                let next = Ahead { glyph: Glyph { c, class }, word, whole: &text, offset };
                let level = BreakLevel::Gb;
                let expected = thorough.last.map(|last| thorough.kind_before(last, &next, level));
                thorough.go_over(&next);
                prop_assert_eq!(quick.go_on(&next, level), expected, "{}", &text[offset..]);
            }
        }
    }
}

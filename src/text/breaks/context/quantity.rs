//! The boundary at hand in, where a quantity stands there out: a number, a date, a price, its unit.

use super::{Ahead, Context, Glyph, is_han_like, is_latin};
use crate::text::breaks::{binds, latin};
use crate::text::class::Class;

/// Where a quantity stands before the boundary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quantity {
    /// None does.
    #[default]
    No,
    /// A number, with no unit yet.
    Number,
    /// The number of a name, `iPhone 15`: what follows is a unit only where it can be
    /// nothing else.
    Name,
    /// A number and its unit.
    Unit,
    /// A number and a unit behind which a smaller one may follow: 3 年 2 个月.
    Parted,
}

impl Context<'_> {
    /// Where a quantity stands once `next` is a part of it.
    pub(super) fn quantity_with(&self, next: &Ahead<'_>) -> Quantity {
        let c = next.glyph.c;
        if self.quantity == Quantity::No && !matches!(next.glyph.class, Class::Digit | Class::Space)
        {
            // Most words are of none.
            return match next.word {
                Some(word) if word.is_number => Quantity::Number,
                _ => Quantity::No,
            };
        }
        let in_latin = self
            .last
            .is_some_and(|last| is_latin(last) && last.class != Class::Digit);
        let goes_on = matches!(self.quantity, Quantity::Number | Quantity::Name);
        let after_name = self
            .visible
            .is_some_and(|glyph| glyph.class == Class::Letter);
        match next.glyph.class {
            // A digit of GPT-4 is no quantity.
            Class::Digit if goes_on => self.quantity,
            Class::Digit if in_latin => Quantity::No,
            Class::Digit if after_name || self.is_priced() => Quantity::Name,
            Class::Digit => Quantity::Number,
            Class::Space => self.quantity,
            _ if self.quantity != Quantity::No && binds::is_parted(c) => Quantity::Parted,
            _ if goes_on && (binds::is_suffix(c) || binds::is_about(c)) => self.quantity,
            // 8:30 and 3-5 need no unit: what follows is one only where it can be nothing else.
            _ if goes_on && matches!(c, ':' | '：' | '-') => Quantity::Name,
            _ if goes_on && binds::joins_digits(c) => self.quantity,
            _ if goes_on && binds::is_unit(c) && !binds::is_numeral(c) => Quantity::Unit,
            _ if next.word.is_some_and(|word| word.is_number) => Quantity::Number,
            // Inside a word of numerals.
            _ if next.word.is_none() && goes_on && !is_latin(next.glyph) => self.quantity,
            _ => Quantity::No,
        }
    }

    /// Whether the sign of a currency stands before.
    fn is_priced(&self) -> bool {
        self.last.is_some_and(|last| binds::is_currency(last.c))
    }

    /// Inside a number, a date, a quantity with its unit.
    pub(super) fn is_quantity(&self, last: Glyph, next: &Ahead<'_>) -> bool {
        let glyph = next.glyph;
        let is_digit = glyph.class == Class::Digit;
        let is_number = is_digit || binds::is_numeral(glyph.c);
        let visible = self.visible.unwrap_or(last);
        if is_digit && (self.joins_digits || binds::is_prefix(visible.c)) {
            return true;
        }
        // A mark, or a space that stands for one, ends a quantity.
        let marked = self.mark.is_some() || (is_han_like(visible.class) && !is_digit);
        if last.class == Class::Space && marked {
            return false;
        }
        match self.quantity {
            Quantity::No => {
                // DALL-E 3: a name keeps its number; 百分之 95.
                (last.class == Class::Space
                    && is_digit
                    && visible.class == Class::Letter
                    && !latin::begins_with_count(next.before(), next.text()))
                    || (is_number && self.is_behind_fraction())
            }
            Quantity::Unit | Quantity::Parted if last.class == Class::Space => {
                self.quantity == Quantity::Parted && is_number
            }
            Quantity::Unit => next.word.is_some_and(|word| binds::is_counted(word.text)),
            Quantity::Parted => {
                is_number || next.word.is_some_and(|word| binds::is_counted(word.text))
            }
            Quantity::Number | Quantity::Name if is_number || binds::is_suffix(glyph.c) => true,
            Quantity::Name => {
                let is_spaced = last.class == Class::Space && glyph.class == Class::Letter;
                binds::is_unit(glyph.c)
                    || (is_spaced && latin::ends_with_count(next.before(), next.text()))
            }
            // 10 万, 30 km: over a space only what is surely a unit.
            Quantity::Number if last.class == Class::Space => {
                let is_counted = glyph.class == Class::Letter && !latin::begins_small(next.text());
                binds::is_unit(glyph.c) || is_counted
            }
            Quantity::Number => {
                let surely = visible.class == Class::Digit || binds::is_suffix(visible.c);
                let opens = next.word.is_some_and(|word| word.role.opens.is_some());
                (surely && glyph.class == Class::Han && !opens) || binds::is_unit(glyph.c)
            }
        }
    }

    /// Behind 百分之 and its kin.
    pub(super) fn is_behind_fraction(&self) -> bool {
        self.words[0].is_some_and(|word| word.text.ends_with("分之"))
    }
}

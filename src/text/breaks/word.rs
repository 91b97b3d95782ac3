//! The text of a word in, what is asked of it again and again out.

use crate::text::breaks::binds;
use crate::text::breaks::words::Role;
use crate::text::class::Class;
use crate::text::clusters::only;

/// A word of the dictionary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) role: Role,
    /// The Chinese character that it is, if it is one.
    pub(super) single: Option<char>,
    /// Whether it is a number, or begins one.
    pub(super) is_number: bool,
}

impl<'t> Word<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            role: Role::of(text),
            single: only(text).filter(|c| Class::of(*c) == Class::Han),
            is_number: binds::is_number_word(text),
        }
    }

    pub(super) fn is_unit(self) -> bool {
        self.single.is_some_and(binds::is_unit)
    }

    /// What may stand between a word and the same again: 看一看, 看了看.
    pub(super) fn links(self) -> bool {
        matches!(self.single, Some('一' | '了'))
    }
}

/// By their characters.
impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.single == other.single && (self.single.is_some() || self.text == other.text)
    }
}

//! Stretches of a text in, whether a boundary is inside one out.

use std::borrow::Cow;

use crate::model::Span;

/// Stretches, in the order of their starts, and how far they have been passed.
#[derive(Clone, Debug)]
pub(super) struct Stretches<'t> {
    spans: Cow<'t, [Span]>,
    /// Index of the first that does not end before the boundary at hand.
    next: usize,
}

impl<'t> Stretches<'t> {
    pub(super) fn of(spans: impl Into<Cow<'t, [Span]>>) -> Self {
        Self {
            spans: spans.into(),
            next: 0,
        }
    }

    /// Whether one goes over `offset`. Offsets rise from call to call.
    pub(super) fn go_over(&mut self, offset: usize) -> bool {
        let next = |at: usize| self.spans.get(at);
        while next(self.next).is_some_and(|span| span.end() <= offset) {
            self.next += 1;
        }
        next(self.next).is_some_and(|span| span.start() < offset)
    }
}

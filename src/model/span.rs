//! A range of bytes in a text that somebody else owns.

use std::ops::Range;

/// A byte range `start..end` of a text, `start <= end`.
///
/// Offsets are `u32`: inputs of 2 GiB and more are refused where bytes become text, and
/// a span is half the size of a `Range<usize>`. A catalogue holds millions of them.
///
/// ```
/// use zimu::model::Span;
///
/// let text = "你好，世界";
/// let span = Span::new(9, 15);
/// assert_eq!(span.of(text), "世界");
/// assert_eq!(span.len(), 6);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end`; an `end` before `start` gives the empty span at `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The span of `part` inside `whole`; `None` where it is not a slice of it.
    ///
    /// Grammars hand out slices; this is the way back to a place.
    ///
    /// ```
    /// use zimu::model::Span;
    ///
    /// let line = "[12:34] 你好";
    /// assert_eq!(Span::within(line, &line[8..]), Some(Span::new(8, 14)));
    /// assert_eq!(Span::within(line, "你好"), None);
    /// ```
    #[must_use]
    pub fn within(whole: &str, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
        let end = start.checked_add(part.len())?;
        (end <= whole.len()).then(|| Self::new(start, end))
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether no byte is covered.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same length, `by` bytes further on.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self::new(self.start() + by, self.end() + by)
    }

    /// The same length, `by` bytes before; the empty span at 0 where it would begin before that.
    #[must_use]
    pub const fn earlier(self, by: usize) -> Self {
        match self.start().checked_sub(by) {
            Some(start) => Self::new(start, self.end() - by),
            None => Self::new(0, 0),
        }
    }

    /// The text under this span, or `""` where it is not a place in `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(Range::from(self)).unwrap_or_default()
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start()..span.end()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

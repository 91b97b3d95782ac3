//! Text in, its lines out.
//!
//! A line ends at LF, CRLF, CR, U+2028 or U+2029: all five occur in transcripts that have
//! been through word processors. A place in a text is named by these lines everywhere.

use memchr::{memchr, memchr2};

use crate::model::Span;

/// The lines of a text, without their ends. A text that ends with a line end has no empty
/// line after it.
///
/// ```
/// use zimu::text::lines::Lines;
///
/// let text = "甲\r\n乙\n\n丙\n";
/// let lines: Vec<_> = Lines::new(text).map(|line| line.of(text)).collect();
/// assert_eq!(lines, ["甲", "乙", "", "丙"]);
/// ```
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    at: usize,
    /// Where the next LF or CR is, so that a long text is not searched again for each
    /// U+2028 in it.
    plain_end: usize,
    /// Where the next U+2028 or U+2029 is, once it was looked for. Of a text that has none, or whose
    /// lines do not end with one, it is behind all that there is.
    separator: Option<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            plain_end: 0,
            separator: None,
        }
    }

    /// The lines of a caption file: they end at LF, CRLF and CR alone.
    ///
    /// ```
    /// use zimu::text::lines::Lines;
    ///
    /// assert_eq!(Lines::plain("甲\u{2028}乙\n丙").count(), 2);
    /// ```
    #[must_use]
    pub const fn plain(text: &'t str) -> Self {
        Self {
            separator: Some(usize::MAX),
            ..Self::new(text)
        }
    }

    /// Where the next line starts.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.at
    }

    /// Whether there is no line left.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Leaves out what stands before `offset`, where a line starts.
    pub const fn go_on_at(&mut self, offset: usize) {
        self.at = offset;
    }
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        if start >= bytes.len() {
            return None;
        }
        if self.plain_end <= start && !matches!(bytes[start], b'\n' | b'\r') {
            let ahead = memchr2(b'\n', b'\r', &bytes[start..]);
            self.plain_end = ahead.map_or(bytes.len(), |ahead| start + ahead);
        } else if self.plain_end < start {
            self.plain_end = start;
        }
        let separator = match self.separator.filter(|&at| at >= start) {
            Some(at) => at,
            None => separator(&bytes[start..]).map_or(usize::MAX, |ahead| start + ahead),
        };
        self.separator = Some(separator);
        let end = self.plain_end.min(separator);
        self.at = end + end_length(&bytes[end..]);
        Some(Span::new(start, end))
    }
}

/// Offset of the first U+2028 or U+2029 (E2 80 A8, E2 80 A9).
fn separator(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(ahead) = memchr(0xe2, &bytes[from..]) {
        let at = from + ahead;
        if matches!(bytes.get(at..at + 3), Some([_, 0x80, 0xa8 | 0xa9])) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Length of the line end at the start of `bytes`.
fn end_length(bytes: &[u8]) -> usize {
    match bytes {
        [] => 0,
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 3,
    }
}

/// The line that a byte offset is on, counted from 1, and the line's span.
///
/// ```
/// use zimu::text::lines::line_at;
///
/// let (number, line) = line_at("甲\n乙\n", 4);
/// assert_eq!((number, line.start()), (2, 4));
/// ```
#[must_use]
pub fn line_at(text: &str, offset: usize) -> (usize, Span) {
    let mut last = (1, Span::new(text.len(), text.len()));
    for (at, line) in Lines::new(text).enumerate() {
        if line.start() > offset {
            break;
        }
        last = (at + 1, line);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ENDS: [&str; 5] = ["\n", "\r", "\r\n", "\u{2028}", "\u{2029}"];

    #[test]
    fn every_kind_of_line_end() {
        let text = "a\nb\rc\r\nd\u{2028}e\u{2029}f“g\n\r";
        let lines: Vec<_> = Lines::new(text).map(|line| line.of(text)).collect();
        assert_eq!(lines, ["a", "b", "c", "d", "e", "f“g", ""]);
    }

    proptest! {
        #[test]
        fn lines_and_their_ends_are_the_whole_text(text in "[a\\n\\r\u{2028}\u{2029}“]*") {
            let mut at = 0;
            for line in Lines::new(&text) {
                let between = &text[at..line.start()];
                prop_assert!(line.start() == 0 || ENDS.contains(&between), "{:?}", between);
                let holds_end = ENDS.iter().any(|end| line.of(&text).contains(end));
                prop_assert!(!holds_end);
                at = line.end();
            }
            prop_assert!(text[at..].chars().count() <= 2);
        }
    }
}

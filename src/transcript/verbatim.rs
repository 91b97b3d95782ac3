//! A line in, whether what it begins with could be read as something else than words out.
//!
//! A backslash before such a line says that it is words as they stand. Before any other it is
//! a backslash: `\frac` needs none, and keeps its own.

use memchr::memchr_iter;

use crate::text::class::Class;
use crate::transcript::emphasis;
use crate::transcript::grammar::marker;

/// What says that a line, or a mark among words, is words.
pub(super) const ESCAPE: char = '\\';

/// The words of a line that says of itself that it is words.
pub(super) fn verbatim(line: &str) -> Option<&str> {
    line.strip_prefix(ESCAPE).filter(|words| is_doubtful(words))
}

/// Whether a line could be read as more than its words, in whatever transcript it stands.
pub(super) fn is_doubtful(line: &str) -> bool {
    let bare = line.trim_start_matches(ESCAPE);
    marker(bare).is_some() || begins_stray(bare) || emphasis::plain(line).is_some()
}

/// Whether a line begins with marks that may close something before it.
pub(super) fn begins_stray(line: &str) -> bool {
    strays(line, Quotes::Open) > 0
}

/// Whether a half-width quotation is open where a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    Open,
    Closed,
}

impl Quotes {
    /// What one more mark makes of them.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Open => Self::Closed,
            Self::Closed => Self::Open,
        }
    }
}

/// Length of the closing marks that `line` begins with.
pub(super) fn strays(line: &str, before: Quotes) -> usize {
    let closes = |c: char| !c.is_ascii() && Class::of(c).closes();
    let closes_quotes = before == Quotes::Open && memchr_iter(b'"', line.as_bytes()).count() == 1;
    let stray = |c: char| closes(c) || (c == '"' && closes_quotes);
    let between = |c: char| matches!(Class::of(c), Class::Space | Class::Ignored);
    let end = line
        .find(|c| !stray(c) && !between(c))
        .unwrap_or(line.len());
    // Spaces before the first word are its line's own.
    line[..end].trim_end_matches(between).len()
}

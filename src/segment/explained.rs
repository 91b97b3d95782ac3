//! Words as they were written and as they are shown in, the marks that differ out.
//!
//! Letters, digits and Han characters are the same in both, so that what stands between two
//! of them in the one stands between the same two in the other.

use std::fmt;

use crate::model::Segments;
use crate::text::breaks::BreakKind;

/// Segments, and why they are as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The segments.
    pub segments: Segments,
    /// Of each line of [`Segments::lines`], what kind of place it ends at; the end of an
    /// utterance is a [`BreakKind::Sentence`].
    pub ends: Vec<BreakKind>,
}

/// Marks that are shown as others, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The letter, digit or Han character before them, if they do not start the text.
    pub before: Option<char>,
    /// As they were written.
    pub written: String,
    /// As they are shown; a line end is `\n`.
    pub shown: String,
    /// The letter, digit or Han character behind them, if they do not end the text.
    pub behind: Option<char>,
}

/// The marks of `written` that `lines` show in another way. Spaces at the end of a line are
/// no marks.
///
/// ```
/// use zimu::segment::changes;
///
/// let changes = changes("好，走。对", &["好 走", "对"]);
/// let told: Vec<_> = changes.iter().map(|change| change.to_string()).collect();
/// assert_eq!(told, ["好，走 → 好 走", "走。对 → 走⏎对"]);
/// ```
#[must_use]
pub fn changes(written: &str, lines: &[&str]) -> Vec<Change> {
    let shown = lines.join("\n");
    let (mut written, mut shown) = (Gaps::of(written), Gaps::of(&shown));
    let mut changes = Vec::new();
    let mut before = None;
    loop {
        let (written_marks, behind) = written.next_gap();
        let (shown_marks, _) = shown.next_gap();
        let is_edge = before.is_none() || behind.is_none() || shown_marks.contains('\n');
        let is_same = if is_edge {
            written_marks.trim() == shown_marks.trim()
        } else {
            written_marks == shown_marks
        };
        if !is_same {
            changes.push(Change {
                before,
                written: written_marks.to_owned(),
                shown: shown_marks.to_owned(),
                behind,
            });
        }
        if behind.is_none() {
            return changes;
        }
        before = behind;
    }
}

/// What stands between the letters, digits and Han characters of a text.
struct Gaps<'t> {
    rest: &'t str,
}

impl<'t> Gaps<'t> {
    const fn of(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// The next marks, and the character behind them.
    fn next_gap(&mut self) -> (&'t str, Option<char>) {
        let end = self.rest.find(char::is_alphanumeric);
        let (marks, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let mut characters = rest.chars();
        let behind = characters.next();
        self.rest = characters.as_str();
        (marks, behind)
    }
}

/// With the characters beside the marks: `好，走 → 好 走`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, behind] = [self.before, self.behind].map(|c| c.map(String::from));
        let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
        let shown = self.shown.replace('\n', "⏎");
        write!(
            f,
            "{before}{}{behind} → {before}{shown}{behind}",
            self.written
        )
    }
}

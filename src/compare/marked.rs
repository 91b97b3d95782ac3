//! Two texts that were one in, the parts of each that are not in the other out.
//!
//! What is compared is what a reader sees as one: a grapheme cluster, and of scripts that are
//! written in words a word. White space is not compared, so that a text that was only wrapped
//! otherwise has nothing marked.

use imara_diff::{Algorithm, Diff, InternedInput, Interner};

use crate::model::Span;
use crate::text::clusters::Clusters;

/// The parts that differ, as ranges of each text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// What the new text has not.
    pub old: Vec<Span>,
    /// What the old text had not.
    pub new: Vec<Span>,
}

/// Finds what differs in two texts.
///
/// ```
/// use zimu::compare::marked;
///
/// let (old, new) = ("我们先去买 ticket", "我们马上去买 tickets");
/// let found = marked(old, new);
/// let parts = |spans: &[zimu::model::Span], text| {
///     spans.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
/// };
/// assert_eq!(parts(&found.old, old), ["先", "ticket"]);
/// assert_eq!(parts(&found.new, new), ["马上", "tickets"]);
/// ```
#[must_use]
pub fn marked(old: &str, new: &str) -> Marked {
    let (ours, theirs) = (tokens(old), tokens(new));
    let mut lists = InternedInput {
        before: Vec::new(),
        after: Vec::new(),
        interner: Interner::new(ours.len() + theirs.len()),
    };
    lists.update_before(ours.iter().map(|span| span.of(old)));
    lists.update_after(theirs.iter().map(|span| span.of(new)));
    let diff = Diff::compute(Algorithm::Histogram, &lists);
    let mut found = Marked::default();
    for hunk in diff.hunks() {
        let range = |range: std::ops::Range<u32>| range.start as usize..range.end as usize;
        found.old.extend(joined(ours.get(range(hunk.before))));
        found.new.extend(joined(theirs.get(range(hunk.after))));
    }
    found
}

/// From the first of some tokens to the last.
fn joined(tokens: Option<&[Span]>) -> Option<Span> {
    let (first, last) = tokens.and_then(|tokens| tokens.first().zip(tokens.last()))?;
    Some(Span::new(first.start(), last.end()))
}

fn tokens(text: &str) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::with_capacity(text.len() / 3);
    let mut is_in_word = false;
    for (at, cluster) in Clusters::of(text) {
        let is_of_word = cluster.chars().all(is_written_in_words);
        let end = at + cluster.len();
        match tokens.last_mut() {
            Some(word) if is_in_word && is_of_word => *word = Span::new(word.start(), end),
            _ if cluster.chars().all(char::is_whitespace) => {}
            _ => tokens.push(Span::new(at, end)),
        }
        is_in_word = is_of_word;
    }
    tokens
}

/// Letters and digits below the first script without spaces between words: Latin, Greek,
/// Cyrillic and what stands among them in Unicode.
fn is_written_in_words(c: char) -> bool {
    c < '\u{0e00}' && (c.is_alphanumeric() || c == '\'')
}

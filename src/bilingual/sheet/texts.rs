//! Lines of a cue in, its words on one line out, and what tells whether two say the same.

use std::borrow::Cow;

use crate::model::Span;
use crate::text::class::{Class, is_spaced, trimmed, without_controls};
use crate::text::lines::Lines;

/// Adds a line to the words since `start`: with a space where one of the two sides of the
/// break is not Chinese.
pub(super) fn join(line: &str, start: usize, words: &mut String) {
    let line = trimmed(line);
    if line.is_empty() {
        return;
    }
    let before = words
        .get(start..)
        .and_then(|before| before.chars().next_back());
    if before.is_some() && (is_spaced(before) || is_spaced(line.chars().next())) {
        words.push(' ');
    }
    words.push_str(line);
}

/// Adds a line of a translation. Who speaks next keeps a line of their own: the dash says so.
pub(super) fn join_translation(line: &str, words: &mut String) {
    if !words.is_empty() && trimmed(line).starts_with(['-', '–', '—']) {
        words.push('\n');
    }
    let start = words.rfind('\n').map_or(0, |end| end + 1);
    join(line, start, words);
}

/// A translation with line ends of one kind, however a tool ends the lines of a cell, and without
/// other control characters; and whether there were any.
pub(super) fn cleaned(target: &str) -> (Cow<'_, str>, bool) {
    let is_one_line = !target.contains(['\n', '\r']);
    if is_one_line {
        let line = without_controls(target);
        let is_dropped = matches!(line, Cow::Owned(_));
        return (line, is_dropped);
    }
    let (mut lines, mut is_dropped) = (String::with_capacity(target.len()), false);
    for (at, line) in Lines::plain(target).enumerate() {
        let line = without_controls(line.of(target));
        is_dropped |= matches!(line, Cow::Owned(_));
        lines.push_str(if at > 0 { "\n" } else { "" });
        lines.push_str(&line);
    }
    (Cow::Owned(lines), is_dropped)
}

/// The text of a cell without the apostrophe that keeps it from being a formula.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        Some(_) | None => text,
    }
}

/// With an apostrophe before it, it would be read without: one more keeps it.
pub(super) fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@'])
}

/// Adds what two texts have in common that say the same. Marks are not part of it, since a
/// profile shows other ones where lines are cut otherwise, nor are spaces; but a question is no
/// statement. Of a text of marks alone it is the marks. An apostrophe that a spreadsheet was
/// given stays where a tool makes another form of the table.
pub(super) fn push_key(words: &str, key: &mut String) {
    let start = key.len();
    for c in unguarded(words).chars() {
        match (c, Class::of(c)) {
            ('?' | '？', _) => key.push('?'),
            ('!' | '！', _) => key.push('!'),
            (_, Class::Letter | Class::Digit | Class::Han | Class::Kana | Class::Sign) => {
                key.push(c);
            }
            _ => {}
        }
    }
    if key.len() == start {
        let is_shown = |c: &char| !matches!(Class::of(*c), Class::Space | Class::Ignored);
        key.extend(words.chars().filter(is_shown));
    }
}

/// Words and the names that they go by.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    keys: Vec<Span>,
    ids: Vec<Span>,
}

impl Texts {
    /// Adds words, if there are any.
    pub(super) fn push(&mut self, words: &str, id: impl std::fmt::Display) -> bool {
        use std::fmt::Write;
        let start = self.text.len();
        push_key(words, &mut self.text);
        let key = Span::new(start, self.text.len());
        if key.is_empty() {
            return false;
        }
        // A string takes all that is written to it.
        let _ = write!(self.text, "{id}");
        self.keys.push(key);
        self.ids.push(Span::new(key.end(), self.text.len()));
        true
    }

    pub(super) fn keys(&self) -> Vec<&str> {
        self.keys.iter().map(|key| key.of(&self.text)).collect()
    }

    /// How many characters each says.
    pub(super) fn characters(&self) -> Vec<u32> {
        let keys = self.keys.iter().map(|key| key.of(&self.text));
        keys.map(|key| key.chars().count() as u32).collect()
    }

    pub(super) fn ids(&self) -> Vec<&str> {
        self.ids.iter().map(|id| id.of(&self.text)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(words: &str) -> String {
        let mut key = String::new();
        push_key(words, &mut key);
        key
    }

    #[test]
    fn lines_end_alike_and_control_characters_go() {
        for (target, lines, is_dropped) in [
            ("Come on\rNo", "Come on\nNo", false),
            ("Come on\r\n\nNo\n", "Come on\n\nNo", false),
            ("A\u{1b}B\rC", "AB\nC", true),
            ("A\0", "A", true),
            ("", "", false),
        ] {
            assert_eq!(
                cleaned(target),
                (Cow::Borrowed(lines), is_dropped),
                "{target:?}"
            );
        }
    }

    #[test]
    fn what_says_the_same_has_one_key() {
        for (one, other) in [
            ("今天，我们坐船。", "今天 我们坐船"),
            ("用 AI 写", "用AI写"),
            ("'=对", "=对"),
            ("去吗？", " 去吗?"),
        ] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("他来了。"), key("他来了？"));
        assert_eq!(key("…… "), "……");
        assert_eq!(key(" \u{2060}"), "");
    }
}

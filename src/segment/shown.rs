//! A line as it is written in, the same line as it is shown out.
//!
//! A profile may want no mark at the end of a line and a space for one inside. Letters,
//! digits and Han characters are never touched, and the clock never sees this: a rest is
//! a rest whether its mark is shown or not.

use std::borrow::Cow;

use crate::profile::Profile;
use crate::text::class::Class;

/// What a profile does with punctuation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Punctuation<'p> {
    profile: &'p Profile,
}

impl<'p> Punctuation<'p> {
    pub(super) const fn of(profile: &'p Profile) -> Self {
        Self { profile }
    }

    /// Whether a character is not shown where it ends a line.
    pub(super) fn drops_at_end(self, c: char) -> bool {
        if is_plainly_a_word(c) {
            return false;
        }
        Class::of(c) == Class::Space || self.profile.line_end_forbidden.contains(c)
    }

    /// What a mark inside a line is shown as, before `next`; `None` for the mark itself.
    ///
    /// Before a closing mark or a space the mark leaves no space of its own.
    pub(super) fn inside(self, c: char, next: Option<char>) -> Option<&'p str> {
        if is_plainly_a_word(c) {
            return None;
        }
        let shown = self.profile.inline_replace.get(&c)?;
        let next_spaces = next.is_none_or(|next| {
            matches!(Class::of(next), Class::Close | Class::Space)
                || self.profile.inline_replace.contains_key(&next)
        });
        Some(if next_spaces { "" } else { shown })
    }

    /// The line as it is shown. Of a line of marks alone the first one is: a cue is never
    /// empty. What is borrowed is the start of `written`.
    pub(super) fn show(self, written: &str) -> Cow<'_, str> {
        let line = match written.trim_end_matches(|c| self.drops_at_end(c)) {
            "" => first_character(written),
            line => line,
        };
        let replaced = |c| !is_plainly_a_word(c) && self.profile.inline_replace.contains_key(&c);
        if self.profile.inline_replace.is_empty() || !line.contains(replaced) {
            return Cow::Borrowed(line);
        }
        let mut shown = String::with_capacity(line.len());
        let mut characters = line.chars().peekable();
        while let Some(c) = characters.next() {
            match self.inside(c, characters.peek().copied()) {
                Some(replacement) => shown.push_str(replacement),
                None => shown.push(c),
            }
        }
        match shown.trim() {
            "" => Cow::Borrowed(first_character(line)),
            trimmed => Cow::Owned(trimmed.to_owned()),
        }
    }
}

/// Most characters are, and then no table needs to be asked about marks.
const fn is_plainly_a_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | 'a'..='z' | 'A'..='Z' | '0'..='9')
}

fn first_character(text: &str) -> &str {
    &text[..text.chars().next().map_or(0, char::len_utf8)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_dropped_at_the_end_and_spaces_inside() {
        let netflix = Profile::named("netflix-zh-hans").unwrap();
        for (written, shown) in [
            ("今天，我们来聊聊。", "今天 我们来聊聊"),
            ("苹果、梨和桃；", "苹果 梨和桃"),
            ("他说“好。”然后走了。”", "他说“好”然后走了”"),
            ("真的吗？！", "真的吗？！"),
            ("。，", "。"),
            ("好， 走", "好 走"),
        ] {
            assert_eq!(Punctuation::of(&netflix).show(written), shown);
        }
    }

    #[test]
    fn a_profile_that_keeps_marks_keeps_them() {
        let youtube = Profile::named("youtube").unwrap();
        let punctuation = Punctuation::of(&youtube);
        assert!(matches!(
            punctuation.show("好，走。 "),
            Cow::Borrowed("好，走。")
        ));
    }
}

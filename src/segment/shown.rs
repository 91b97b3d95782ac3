//! A line as it is written in, the same line as it is shown out.
//!
//! A profile may want no mark at the end of a line and a space for one inside. Letters,
//! digits and Han characters are never touched, and the clock never sees this: a rest is
//! a rest whether its mark is shown or not.
//!
//! What is said of a cluster here is all that `places.rs` measures by: a line
//! is as wide as it is shown.

use crate::model::Span;
use crate::profile::Profile;
use crate::text::class::{Class, find_mark, is_plainly_a_word};
use crate::text::clusters::{Clusters, only};

/// What a profile does with the marks of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Punctuation<'p> {
    profile: &'p Profile,
}

/// How a line is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// This part of it, as it stands.
    Part(Span),
    /// In other marks, which are in the buffer.
    Rewritten,
}

impl Shown {
    /// The text, of a line and the buffer that it was shown with.
    pub(super) fn of<'t>(self, line: &'t str, buffer: &'t str) -> &'t str {
        match self {
            Self::Part(span) => span.of(line),
            Self::Rewritten => buffer,
        }
    }
}

/// What a cluster is to the line that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'p> {
    /// Shown wherever it stands.
    Solid,
    /// Shown unless a line ends with it.
    Mark,
    /// Shown so, unless a line ends with it.
    Other(&'p str),
    /// Shown as this blank between two that are shown.
    Blank(&'p str),
    /// A space: shown between two that are shown.
    Space,
}

impl Part<'_> {
    /// Whether a line that ends with it does not show it.
    pub(super) const fn drops_at_end(self) -> bool {
        !matches!(self, Self::Solid)
    }

    /// Whether a line that starts with it does not show it.
    pub(super) const fn drops_at_start(self) -> bool {
        matches!(self, Self::Blank(_) | Self::Space)
    }
}

impl<'p> Punctuation<'p> {
    pub(super) const fn of(profile: &'p Profile) -> Self {
        Self { profile }
    }

    /// What a cluster is. A mark with an accent on it is none.
    pub(super) fn part(self, cluster: &str) -> Part<'p> {
        only(cluster).map_or(Part::Solid, |c| self.part_of(c))
    }

    fn part_of(self, c: char) -> Part<'p> {
        if is_plainly_a_word(c) {
            return Part::Solid;
        }
        if Class::of(c) == Class::Space {
            return Part::Space;
        }
        match self.profile.inline_replace.get(&c) {
            Some(blank) if blank.trim().is_empty() => Part::Blank(blank),
            Some(other) => Part::Other(other),
            None if self.profile.line_end_forbidden.contains(c) => Part::Mark,
            None => Part::Solid,
        }
    }

    /// What stands for a blank before `next`: nothing before a closing mark or another blank.
    pub(super) fn blank_before(self, blank: &'p str, next: Option<char>) -> &'p str {
        let spares = next.is_none_or(|next| {
            Class::of(next) == Class::Close || self.part_of(next).drops_at_start()
        });
        if spares { "" } else { blank }
    }

    /// The line as it is shown. Of a line of marks alone the first one is: a cue is never
    /// empty.
    pub(super) fn show(self, line: &str, buffer: &mut String) -> Shown {
        let is_solid = |c| self.part_of(c) == Part::Solid;
        let kept = if line.starts_with(is_solid) && line.ends_with(is_solid) {
            Span::new(0, line.len())
        } else {
            self.without_ends(line)
        };
        let inner = kept.of(line);
        if !self.has_others(inner) || self.is_one_mark(inner) {
            return Shown::Part(kept);
        }
        buffer.clear();
        let mut clusters = Clusters::of(inner).map(|(_, cluster)| cluster).peekable();
        while let Some(cluster) = clusters.next() {
            let mut next = || clusters.peek().and_then(|next| next.chars().next());
            buffer.push_str(match self.part(cluster) {
                Part::Other(other) => other,
                Part::Blank(blank) => self.blank_before(blank, next()),
                Part::Solid | Part::Mark | Part::Space => cluster,
            });
        }
        Shown::Rewritten
    }

    /// Whether something in a line may be shown as something else.
    fn has_others(self, line: &str) -> bool {
        let is_other = |c| matches!(self.part_of(c), Part::Other(_) | Part::Blank(_));
        !self.profile.inline_replace.is_empty() && find_mark(line, is_other).is_some()
    }

    /// The line without what is not shown at its start and its end; of a line with nothing
    /// else, its first mark.
    fn without_ends(self, line: &str) -> Span {
        let mut start = None;
        let mut end = None;
        let mut first = None;
        for (at, cluster) in Clusters::of(line) {
            let part = self.part(cluster);
            let behind = at + cluster.len();
            if part != Part::Space {
                first.get_or_insert(Span::new(at, behind));
            }
            if !part.drops_at_start() {
                start.get_or_insert(at);
            }
            if !part.drops_at_end() {
                end = Some(behind);
            }
        }
        match (start, end) {
            (Some(start), Some(end)) => Span::new(start, end),
            _ => first.unwrap_or_default(),
        }
    }

    /// Where the line ends as it is shown; `None` where nothing in it is shown at an end.
    pub(super) fn shown_end(self, line: &str) -> Option<usize> {
        if line.ends_with(|c| self.part_of(c) == Part::Solid) {
            return Some(line.len());
        }
        let solid = Clusters::of(line).filter(|(_, cluster)| !self.part(cluster).drops_at_end());
        solid.last().map(|(at, cluster)| at + cluster.len())
    }

    /// What is shown as something else inside of a line, and as what.
    pub(super) fn others<'l>(self, line: &'l str) -> impl Iterator<Item = (Span, &'l str)>
    where
        'p: 'l,
    {
        let end = if self.has_others(line) {
            self.shown_end(line).unwrap_or_default()
        } else {
            0
        };
        let mut is_start = true;
        let mut clusters = Clusters::of(&line[..end]).peekable();
        std::iter::from_fn(move || {
            loop {
                let (at, cluster) = clusters.next()?;
                let part = self.part(cluster);
                let was_start = is_start;
                is_start &= part.drops_at_start();
                let next = clusters.peek().and_then(|(_, next)| next.chars().next());
                let shown = match part {
                    Part::Other(other) => other,
                    Part::Blank(_) if was_start => "",
                    Part::Blank(blank) => self.blank_before(blank, next),
                    Part::Solid | Part::Mark | Part::Space => continue,
                };
                return Some((Span::new(at, at + cluster.len()), shown));
            }
        })
    }

    /// Whether nothing is left of a line but a mark that it would not show elsewhere.
    fn is_one_mark(self, line: &str) -> bool {
        let mut clusters = Clusters::of(line).map(|(_, cluster)| cluster);
        let only = clusters.next().filter(|_| clusters.next().is_none());
        only.is_some_and(|cluster| self.part(cluster).drops_at_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(profile: &Profile, line: &str) -> String {
        let mut buffer = String::new();
        let shown = Punctuation::of(profile).show(line, &mut buffer);
        shown.of(line, &buffer).to_owned()
    }

    #[test]
    fn marks_are_dropped_at_the_end_and_spaces_inside() {
        let netflix = Profile::named("netflix-zh-hans").unwrap();
        for (written, expected) in [
            ("今天，我们来聊聊。", "今天 我们来聊聊"),
            ("苹果、梨和桃；", "苹果 梨和桃"),
            ("他说“好。”然后走了。”", "他说“好”然后走了”"),
            ("真的吗？！", "真的吗？！"),
            ("。，", "。"),
            ("好， 走", "好 走"),
            ("，好，", "好"),
            (" 。", "。"),
        ] {
            assert_eq!(shown(&netflix, written), expected);
        }
    }

    /// What is told of a line is what becomes of it, but for a mark that it begins with.
    #[test]
    fn a_line_with_others_for_its_marks_is_the_line_as_it_is_shown() {
        let netflix = Profile::named("netflix-zh-hans").unwrap();
        let punctuation = Punctuation::of(&netflix);
        for (written, expected) in [
            ("今天，我们来聊聊。", "今天 我们来聊聊"),
            ("他说“好。”然后走了。”", "他说“好”然后走了”"),
            ("好， 走，。 ", "好 走"),
            ("，好。", "好"),
            ("。，", "。，"),
            ("⋯。", "⋯"),
        ] {
            let end = punctuation.shown_end(written).unwrap_or(written.len());
            let mut told = written[..end].to_owned();
            let others: Vec<_> = punctuation.others(written).collect();
            for (span, shown) in others.into_iter().rev() {
                told.replace_range(span.start()..span.end(), shown);
            }
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn a_profile_that_keeps_marks_keeps_them() {
        let youtube = Profile::named("youtube").unwrap();
        assert_eq!(shown(&youtube, "好，走。 "), "好，走。");
        let mine = Profile::from_toml("mine", "inline_replace = { '：' = '——' }").unwrap();
        assert_eq!(shown(&mine, "他说：好：”走：”"), "他说——好——”走——”");
    }
}

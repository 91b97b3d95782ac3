//! The words of an utterance as they are written in, the same in the marks of the profile out.
//!
//! This is what does not hang on where a line ends: half-width marks, ellipses, ？ and ！ in a
//! row, quotation marks. It comes before the words are cut, so that what is measured and cut
//! is what is shown; where each place is in the words as written stays known, for the clock.
//! Only marks, and the spaces behind one that becomes full-width, are ever changed.
//!
//! What becomes of a mark is said by `rules.rs`; quotation marks, which are known
//! by their pairs, are in `quotes.rs`.

use crate::model::Span;
use crate::profile::Profile;
use crate::segment::marks::Rewrite;
use crate::segment::quotes::{self, QuotePairs};
use crate::segment::rules::{RULES, Site, Stops, touched};
use crate::text::class::{Class, find_mark, is_plainly_a_word};

/// Rewrites words, with buffers that are used again for the next.
#[derive(Debug)]
pub(super) struct Rewriter<'p> {
    profile: &'p Profile,
    /// All characters that a rule begins at.
    touched: String,
    quotes: QuotePairs,
    text: String,
    edits: Vec<Edit>,
}

/// A piece of the words that is shown in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    written: Span,
    shown: Span,
}

/// Words in the marks of a profile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rewritten<'w> {
    pub(super) text: &'w str,
    /// The same as they were written.
    pub(super) source: &'w str,
    /// In order; none where the text is as it was written.
    edits: &'w [Edit],
}

impl<'w> Rewritten<'w> {
    /// What was changed, in order.
    pub(super) fn rewrites(self) -> impl Iterator<Item = Rewrite<'w>> {
        let shown = self.text;
        self.edits.iter().map(move |edit| Rewrite {
            written: edit.written,
            shown: edit.shown.of(shown),
        })
    }

    pub(super) const fn is_as_written(self) -> bool {
        self.edits.is_empty()
    }

    /// Where a place of the text is in the words as written: inside of what was changed, its
    /// start.
    pub(super) fn written(self, offset: usize) -> usize {
        let passed = self
            .edits
            .partition_point(|edit| edit.shown.end() <= offset);
        let rest = match self.edits[..passed].last() {
            Some(last) => last.written.end() + (offset - last.shown.end()),
            None => offset,
        };
        let next = self.edits.get(passed);
        next.map_or(rest, |next| rest.min(next.written.start()))
    }

    /// Where a place of the words as written is in the text: inside of what was changed, its
    /// start.
    pub(super) fn shown(self, offset: usize) -> usize {
        let passed = self
            .edits
            .partition_point(|edit| edit.written.end() <= offset);
        let rest = match self.edits[..passed].last() {
            Some(last) => last.shown.end() + (offset - last.written.end()),
            None => offset,
        };
        let next = self.edits.get(passed);
        next.map_or(rest, |next| rest.min(next.shown.start()))
    }
}

impl<'p> Rewriter<'p> {
    pub(super) fn of(profile: &'p Profile) -> Self {
        let mut touched = touched(profile);
        if profile.quotes.is_some() {
            touched.push_str(quotes::TOUCHED);
        }
        Self {
            profile,
            touched,
            quotes: QuotePairs::default(),
            text: String::new(),
            edits: Vec::new(),
        }
    }

    /// The words of one utterance as the profile shows them, but for what hangs on lines.
    pub(super) fn rewrite<'w>(&'w mut self, written: &'w str) -> Rewritten<'w> {
        self.rewrite_without(written, &[], 0)
    }

    /// The same without the pieces that are `hidden`: spans of a text in which the words begin
    /// at `start`.
    pub(super) fn rewrite_without<'w>(
        &'w mut self,
        written: &'w str,
        hidden: &[Span],
        start: usize,
    ) -> Rewritten<'w> {
        self.edits.clear();
        let is_touched = |c| self.touched.contains(c);
        let may_change = || !self.touched.is_empty() && find_mark(written, is_touched).is_some();
        if !hidden.is_empty() || may_change() {
            self.edit(written, hidden, start);
        }
        Rewritten {
            text: if self.edits.is_empty() {
                written
            } else {
                &self.text
            },
            source: written,
            edits: &self.edits,
        }
    }

    fn edit(&mut self, written: &str, hidden: &[Span], start: usize) {
        self.text.clear();
        self.quotes.find(written, self.profile);
        let stops = Stops::of(written);
        let mut hidden = hidden.iter().peekable();
        let mut copied = 0;
        for (at, c) in written.char_indices() {
            if at < copied {
                continue;
            }
            if let Some(piece) = hidden.next_if(|piece| piece.start() == start + at) {
                self.text.push_str(&written[copied..at]);
                let length = piece.len() + self.idle_behind(&written[at + piece.len()..]);
                self.show(at, length, "");
                copied = at + length;
                continue;
            }
            if is_plainly_a_word(c) || !self.touched.contains(c) {
                continue;
            }
            let (before, from) = written.split_at(at);
            let shown_before = if copied == at { &self.text } else { before };
            let site = Site {
                before,
                from,
                last_shown: shown_before.chars().next_back(),
                stops,
            };
            let mut quote = [0; 4];
            let shown = match self.quotes.shown_at(at) {
                Some(mark) => Some((c.len_utf8(), &*mark.encode_utf8(&mut quote))),
                None => RULES.iter().find_map(|rule| rule(self.profile, site)),
            };
            if let Some((length, shown)) = shown {
                self.text.push_str(&written[copied..at]);
                self.show(at, length, shown);
                copied = at + length;
            }
        }
        self.text.push_str(&written[copied..]);
    }

    /// Shows a piece of the words as something else.
    fn show(&mut self, at: usize, length: usize, shown: &str) {
        let start = self.text.len();
        self.text.push_str(shown);
        self.edits.push(Edit {
            written: Span::new(at, at + length),
            shown: Span::new(start, self.text.len()),
        });
    }

    /// How much of what stands behind a hidden piece goes with it: a second space, and at the
    /// start of the words the marks that close nothing.
    fn idle_behind(&self, behind: &str) -> usize {
        let is_idle = |c: char| Class::of(c) == Class::Space || Class::of(c).closes();
        let rest = match self.text.chars().next_back() {
            None => behind.trim_start_matches(is_idle),
            Some(c) if c.is_whitespace() => behind.trim_start(),
            Some(_) => behind,
        };
        behind.len() - rest.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(toml: &str, written: &str) -> String {
        let profile = Profile::from_toml("mine", toml).unwrap();
        Rewriter::of(&profile).rewrite(written).text.to_owned()
    }

    #[test]
    fn half_width_marks_behind_chinese_become_full_width() {
        for (written, shown) in [
            ("你好,世界.", "你好，世界。"),
            ("你好, 世界. Rust", "你好，世界。Rust"),
            ("他说:\"好吗?\"", "他说：\"好吗？\""),
            ("真的?! 好!", "真的？！好！"),
            ("好!!!!!!!!!!", "好！！！！！！！！！！"),
            ("《书》;“好”,走", "《书》；“好”，走"),
            ("你好,Rust", "你好，Rust"),
            // Left alone: Latin, numbers, names, addresses, smileys.
            ("Rust, Go. What?", "Rust, Go. What?"),
            ("3,000.5和10:30", "3,000.5和10:30"),
            ("你好.txt和第一节.Rust", "你好.txt和第一节.Rust"),
            ("我来了.他走了.", "我来了。他走了。"),
            ("约翰.史密斯来了", "约翰.史密斯来了"),
            ("约翰.史密斯，你好!", "约翰.史密斯，你好！"),
            ("涨了三.五,真快", "涨了三.五，真快"),
            ("好:) 好;-)", "好:) 好;-)"),
            ("他说“Yes”, he said", "他说“Yes”, he said"),
            ("好...", "好..."),
        ] {
            assert_eq!(rewritten("punctuation = 'full'", written), shown);
        }
        assert_eq!(rewritten("", "你好,世界."), "你好,世界.");
    }

    #[test]
    fn every_form_of_ellipsis_is_the_profiles() {
        for (written, shown) in [
            ("好……走", "好⋯走"),
            ("好…走", "好⋯走"),
            ("好......走...", "好⋯走⋯"),
            ("好。。。走···", "好⋯走⋯"),
            ("好…⋯…", "好⋯"),
            ("Wait... what", "Wait⋯ what"),
            (
                "1...5，a..b，约翰·史密斯。。",
                "1...5，a..b，约翰·史密斯。。",
            ),
        ] {
            assert_eq!(rewritten("ellipsis = '⋯'", written), shown);
        }
        assert_eq!(rewritten("ellipsis = '……'", "好...走……"), "好……走……");
        assert_eq!(rewritten("ellipsis = ''", "好..."), "好...");
    }

    #[test]
    fn a_forbidden_sequence_is_one_mark() {
        let forbids = "forbid_sequences = ['？？', '？！', '！？']";
        for (written, shown) in [
            ("真的？！", "真的？"),
            ("真的！！？？", "真的？"),
            ("真的？？？好！！", "真的？好！！"),
            ("What?!", "What?"),
        ] {
            assert_eq!(rewritten(forbids, written), shown);
        }
        let full = format!("{forbids}\npunctuation = 'full'");
        assert_eq!(rewritten(&full, "真的?! 好!? What?!"), "真的？好？What?");
    }

    #[test]
    fn the_dot_of_a_name_is_the_profiles() {
        for (written, shown) in [
            ("约翰•史密斯和玛丽・安", "约翰·史密斯和玛丽·安"),
            ("约翰‧F‧肯尼迪", "约翰‧F‧肯尼迪"),
            ("约翰·史密斯", "约翰·史密斯"),
            ("•茶•", "•茶•"),
            ("茶 • 水，A•B", "茶 • 水，A•B"),
            ("好・・・走", "好・・・走"),
        ] {
            assert_eq!(rewritten("name_dot = '·'", written), shown);
        }
        assert_eq!(rewritten("", "约翰•史密斯"), "约翰•史密斯");
    }

    #[test]
    fn places_stay_known() {
        let profile = Profile::from_toml("mine", "ellipsis = '……'\npunctuation = 'full'").unwrap();
        let mut rewriter = Rewriter::of(&profile);
        let written = "一...二, 三";
        let rewritten = rewriter.rewrite(written);
        assert_eq!(rewritten.text, "一……二，三");
        for (at, part) in [
            (0, written),
            (3, "...二, 三"),
            (6, "...二, 三"),
            (9, "二, 三"),
            (12, ", 三"),
            (15, "三"),
            (18, ""),
        ] {
            assert_eq!(&written[rewritten.written(at)..], part, "{at}");
        }
        assert!(rewriter.rewrite("一二").is_as_written());
    }
}

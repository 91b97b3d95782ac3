//! The words of an utterance in, the quotation marks that are shown as others out.
//!
//! “ ” 「 」 『 』 〝 〞 each say by themselves which side they close, and become the profile's
//! mark of that side: the text stays exactly as balanced as it was, over as many lines, cues
//! and utterances as a quotation runs. `"` and ‘ ’ do not (an inch, an apostrophe): they are
//! changed only in pairs, within an utterance.
//!
//! A quotation over several cues opens in its first and closes in its last, as it is written:
//! no guide that zimu has read asks for more.

use crate::profile::{Profile, QuoteMark, Quotes};
use crate::text::class::{Class, is_plainly_a_word};

/// All that may be changed here.
pub(super) const TOUCHED: &str = "“”「」〝〞『』‘’\"＂";

/// What a mark is by itself.
const MARKS: [(char, QuoteMark); 8] = [
    ('“', QuoteMark::OuterOpen),
    ('”', QuoteMark::OuterClose),
    ('「', QuoteMark::OuterOpen),
    ('」', QuoteMark::OuterClose),
    ('〝', QuoteMark::OuterOpen),
    ('〞', QuoteMark::OuterClose),
    ('『', QuoteMark::InnerOpen),
    ('』', QuoteMark::InnerClose),
];

/// Finds what changes, with buffers that are used again for the next utterance.
#[derive(Debug, Default)]
pub(super) struct QuotePairs {
    /// Where, and what is shown there; in order.
    changes: Vec<(usize, char)>,
    /// How many of them have been passed.
    passed: usize,
    /// ‘ that have not been closed.
    singles: Vec<usize>,
    straight: Vec<Straight>,
}

/// A `"`, which opens and closes by turns.
#[derive(Clone, Copy, Debug)]
struct Straight {
    at: usize,
    c: char,
    /// How many outer quotations are open round it.
    depth: u32,
}

impl QuotePairs {
    /// The mark that is shown at `at` instead. Places rise from call to call.
    pub(super) fn shown_at(&mut self, at: usize) -> Option<char> {
        while self
            .changes
            .get(self.passed)
            .is_some_and(|&(change, _)| change < at)
        {
            self.passed += 1;
        }
        let change = self.changes.get(self.passed);
        change
            .filter(|(change, _)| *change == at)
            .map(|&(_, mark)| mark)
    }

    /// Finds all that changes in the words of an utterance.
    pub(super) fn find(&mut self, words: &str, profile: &Profile) {
        self.changes.clear();
        self.passed = 0;
        let Some(quotes) = &profile.quotes else {
            return;
        };
        self.singles.clear();
        self.straight.clear();
        let mut depth: u32 = 0;
        for (at, c) in words.char_indices().filter(|(_, c)| !is_plainly_a_word(*c)) {
            match c {
                '"' | '＂' => self.straight.push(Straight { at, c, depth }),
                '‘' => self.singles.push(at),
                '’' if !is_apostrophe(words, at) => self.close_single(at, quotes),
                _ => {}
            }
            let Some((_, mark)) = MARKS.iter().find(|(mark, _)| *mark == c) else {
                continue;
            };
            match mark {
                QuoteMark::OuterOpen => depth += 1,
                QuoteMark::OuterClose => depth = depth.saturating_sub(1),
                QuoteMark::InnerOpen | QuoteMark::InnerClose => {}
            }
            self.change(at, c, quotes.mark(*mark));
        }
        self.pair_straight(words, quotes);
        self.changes.sort_unstable();
    }

    fn change(&mut self, at: usize, written: char, shown: char) {
        if written != shown {
            self.changes.push((at, shown));
        }
    }

    fn close_single(&mut self, at: usize, quotes: &Quotes) {
        if let Some(open) = self.singles.pop() {
            self.change(open, '‘', quotes.mark(QuoteMark::InnerOpen));
            self.change(at, '’', quotes.mark(QuoteMark::InnerClose));
        }
    }

    /// Which `"` opens is known where they are even in number and none may be an inch; only
    /// those round Chinese are changed, to the inner marks where they are quoted themselves.
    fn pair_straight(&mut self, words: &str, quotes: &Quotes) {
        let (pairs, odd) = self.straight.as_chunks::<2>();
        let is_inch = |[open, _]: &[Straight; 2]| {
            let before = words[..open.at].chars().next_back();
            before.is_some_and(|c| Class::of(c) == Class::Digit)
        };
        if !odd.is_empty() || pairs.iter().any(is_inch) {
            return;
        }
        for [open, close] in pairs {
            if !is_round_chinese(words, open.at, close.at + close.c.len_utf8()) {
                continue;
            }
            let marks = if open.depth == 0 {
                [QuoteMark::OuterOpen, QuoteMark::OuterClose]
            } else {
                [QuoteMark::InnerOpen, QuoteMark::InnerClose]
            };
            for (straight, mark) in [open, close].into_iter().zip(marks) {
                let shown = quotes.mark(mark);
                if straight.c != shown {
                    self.changes.push((straight.at, shown));
                }
            }
        }
    }
}

/// `don’t`, `Anna’s`.
fn is_apostrophe(words: &str, at: usize) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| Class::of(c) == Class::Letter);
    let behind = words[at..].chars().nth(1);
    is_letter(words[..at].chars().next_back()) && is_letter(behind)
}

/// Whether Chinese stands in a quotation, or right beside it.
fn is_round_chinese(words: &str, start: usize, end: usize) -> bool {
    let before = words[..start].chars().next_back();
    let behind = words[end..].chars().next();
    before.into_iter().chain(behind).any(is_chinese) || words[start..end].contains(is_chinese)
}

/// A Chinese character, or a full-width mark.
fn is_chinese(c: char) -> bool {
    matches!(Class::of(c), Class::Han | Class::Kana)
        || matches!(c, '\u{3001}'..='\u{3029}' | '\u{ff01}' | '\u{ff03}'..='\u{ff5e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(profile: &Profile, words: &str) -> String {
        let mut pairs = QuotePairs::default();
        pairs.find(words, profile);
        let characters = words.char_indices();
        characters
            .map(|(at, c)| pairs.shown_at(at).unwrap_or(c))
            .collect()
    }

    #[test]
    fn quotation_marks_are_those_of_the_profile() {
        let corners = Profile::from_toml("mine", "quotes = ['「', '」', '『', '』']").unwrap();
        let curly = Profile::from_toml("mine", "quotes = ['“', '”', '‘', '’']").unwrap();
        for (profile, words, expected) in [
            (&corners, "他说“好‘吗’”", "他说「好『吗』」"),
            (&curly, "他說「好『嗎』」", "他說“好‘嗎’”"),
            (&curly, "他说\"好\"和\"不\"", "他说“好”和“不”"),
            (&curly, "他说“这叫\"开源\"啊”", "他说“这叫‘开源’啊”"),
            (&corners, "用\"Rust\"写", "用「Rust」写"),
            // Over several utterances.
            (&corners, "他说“我们走", "他说「我们走"),
            // Not known to be a pair.
            (&curly, "他说\"好", "他说\"好"),
            (&curly, "27\"屏和32\"屏", "27\"屏和32\"屏"),
            (&curly, "print(\"hi\")", "print(\"hi\")"),
            (&corners, "don’t和‘Anna’s’", "don’t和『Anna’s』"),
            (&corners, "the dogs’ 好", "the dogs’ 好"),
        ] {
            assert_eq!(shown(profile, words), expected);
        }
    }
}

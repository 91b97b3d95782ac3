//! The words of an utterance as they are written in, the same in the marks of the profile out.
//!
//! This is what does not hang on where a line ends: half-width marks, ellipses, ？ and ！ in a
//! row, quotation marks. It comes before the words are cut, so that what is measured and cut
//! is what is shown; where each place is in the words as written stays known, for the clock.
//! Only marks, and the spaces behind one that becomes full-width, are ever changed.
//!
//! A rule is a row of [`RULES`]; quotation marks, which are known by their pairs, are in
//! [`quotes`](super::quotes).

use crate::model::Span;
use crate::profile::{Profile, PunctuationPolicy};
use crate::segment::quotes::{self, QuotePairs};
use crate::segment::shown::is_plainly_a_word;
use crate::text::class::Class;

/// A mark, with all the words before it and all from it on.
#[derive(Clone, Copy, Debug)]
struct Site<'w> {
    before: &'w str,
    from: &'w str,
    /// The character before it, as it is shown.
    last_shown: Option<char>,
}

/// What stands at a site instead, and how many bytes of the words that is for.
type Found<'p> = Option<(usize, &'p str)>;

/// The rules; the first that fits holds.
const RULES: [for<'p> fn(&'p Profile, Site<'_>) -> Found<'p>; 3] =
    [ellipsis, question_marks, full_width];

/// What is written for an ellipsis, and from how many of them on it is one (W3C clreq,
/// "Ellipsis"; the other forms are what keyboards have instead).
const ELLIPSES: [(char, usize); 7] = [
    ('…', 1),
    ('⋯', 1),
    ('.', 3),
    ('。', 3),
    ('·', 3),
    ('．', 3),
    ('・', 3),
];

/// Half-width marks and what they are in Chinese text.
const FULL_WIDTH: [(char, &str); 6] = [
    (',', "，"),
    ('.', "。"),
    ('?', "？"),
    ('!', "！"),
    (':', "："),
    (';', "；"),
];

/// What a half-width mark may have right behind it, of other half-width signs: `)` of a smiley
/// or `/` of an address is none of these.
const BEHIND_HALF_WIDTH: &str = "\"'([{<?!";

/// Marks in both widths that a forbidden sequence may have, the full-width ones first.
const QUESTION_MARKS: [char; 4] = ['？', '！', '?', '!'];

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
    /// In order; none where the text is as it was written.
    edits: &'w [Edit],
}

impl Rewritten<'_> {
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
}

impl<'p> Rewriter<'p> {
    pub(super) fn of(profile: &'p Profile) -> Self {
        let mut touched = String::new();
        if profile.punctuation == PunctuationPolicy::Full {
            touched.extend(FULL_WIDTH.map(|(half, _)| half));
        }
        if !profile.ellipsis.is_empty() {
            touched.extend(ELLIPSES.map(|(form, _)| form));
        }
        if !profile.forbid_sequences.is_empty() {
            touched.extend(QUESTION_MARKS);
        }
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
        self.edits.clear();
        let is_touched = |c| !is_plainly_a_word(c) && self.touched.contains(c);
        if written.contains(is_touched) {
            self.edit(written);
        }
        Rewritten {
            text: if self.edits.is_empty() {
                written
            } else {
                &self.text
            },
            edits: &self.edits,
        }
    }

    fn edit(&mut self, written: &str) {
        self.text.clear();
        self.quotes.find(written, self.profile);
        let mut copied = 0;
        for (at, c) in written.char_indices() {
            if at < copied || is_plainly_a_word(c) || !self.touched.contains(c) {
                continue;
            }
            let (before, from) = written.split_at(at);
            let shown_before = if copied == at { &self.text } else { before };
            let site = Site {
                before,
                from,
                last_shown: shown_before.chars().next_back(),
            };
            let mut quote = [0; 4];
            let shown = match self.quotes.shown_at(at) {
                Some(mark) => Some((c.len_utf8(), &*mark.encode_utf8(&mut quote))),
                None => RULES.iter().find_map(|rule| rule(self.profile, site)),
            };
            let Some((length, shown)) = shown else {
                continue;
            };
            self.text.push_str(&written[copied..at]);
            let start = self.text.len();
            self.text.push_str(shown);
            self.edits.push(Edit {
                written: Span::new(at, at + length),
                shown: Span::new(start, self.text.len()),
            });
            copied = at + length;
        }
        self.text.push_str(&written[copied..]);
    }
}

impl<'w> Site<'w> {
    fn last_before(self) -> Option<char> {
        self.before.chars().next_back()
    }

    /// The characters from here on that are such.
    fn run(self, is_such: impl Fn(char) -> bool) -> &'w str {
        let end = self.from.find(|c| !is_such(c)).unwrap_or(self.from.len());
        &self.from[..end]
    }

    /// What stands behind so many bytes.
    fn behind(self, length: usize) -> &'w str {
        &self.from[length..]
    }
}

/// Any form of ellipsis is the profile's, unless it stands between two Latin letters or
/// digits: `1...5`.
fn ellipsis<'p>(profile: &'p Profile, site: Site<'_>) -> Found<'p> {
    let c = site.from.chars().next()?;
    let (_, least) = ELLIPSES.iter().find(|(form, _)| *form == c)?;
    let is_one_of_them = |other| other == c || (is_dots(c) && is_dots(other));
    // Only a whole run is looked at.
    if profile.ellipsis.is_empty() || site.last_before().is_some_and(is_one_of_them) {
        return None;
    }
    let run = site.run(is_one_of_them);
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_between_latin =
        is_latin(site.last_before()) && is_latin(site.behind(run.len()).chars().next());
    let is_ellipsis = run.chars().count() >= *least && !is_between_latin;
    (is_ellipsis && run != profile.ellipsis).then_some((run.len(), &profile.ellipsis))
}

const fn is_dots(c: char) -> bool {
    matches!(c, '…' | '⋯')
}

/// Of a run of ？ and ！ that has a forbidden sequence one is shown: the ？ if there is one,
/// for what is asked must be seen to be.
fn question_marks<'p>(profile: &'p Profile, site: Site<'_>) -> Found<'p> {
    let is_one = |c| QUESTION_MARKS.contains(&c);
    if profile.forbid_sequences.is_empty() || site.last_before().is_some_and(is_one) {
        return None;
    }
    let run = site.run(is_one);
    let marks = in_full_width(run);
    let mut forbidden = profile.forbid_sequences.iter();
    if !forbidden.any(|sequence| marks.contains(&in_full_width(sequence))) {
        return None;
    }
    let becomes_full = becomes_full_width(profile, site, run.len());
    let shown = match (marks.contains('？'), run.is_ascii() && !becomes_full) {
        (true, true) => "?",
        (true, false) => "？",
        (false, true) => "!",
        (false, false) => "！",
    };
    let spaces = if run.ends_with(['?', '!']) && becomes_full {
        spaces_behind(site, run.len())
    } else {
        0
    };
    Some((run.len() + spaces, shown))
}

fn in_full_width(marks: &str) -> String {
    let full = |c| match c {
        '?' => '？',
        '!' => '！',
        c => c,
    };
    marks.chars().map(full).collect()
}

/// A half-width mark behind Chinese is full-width, and the spaces behind it go: a full-width
/// mark has its own.
fn full_width<'p>(profile: &'p Profile, site: Site<'_>) -> Found<'p> {
    let c = site.from.chars().next()?;
    let (_, full) = FULL_WIDTH.iter().find(|(half, _)| *half == c)?;
    becomes_full_width(profile, site, 1).then(|| (1 + spaces_behind(site, 1), *full))
}

/// Whether the `length` bytes of half-width marks from here on are those of Chinese text.
fn becomes_full_width(profile: &Profile, site: Site<'_>, length: usize) -> bool {
    let behind = site.behind(length);
    let next = behind.chars().next();
    // 你好.txt, 第一节.Rust: a part of a name as likely as not.
    let is_dot_of_name =
        site.from.starts_with('.') && next.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_of_signs =
        next.is_some_and(|c| c.is_ascii_punctuation() && !BEHIND_HALF_WIDTH.contains(c));
    profile.punctuation == PunctuationPolicy::Full
        && !is_dot_of_name
        && !is_of_signs
        && follows_chinese(site, behind)
}

/// Whether marks stand behind a Chinese character, or behind what closes in Chinese where no
/// Latin follows (`“Yes”, he said` is English), or go on with a run of full-width ones.
fn follows_chinese(site: Site<'_>, behind: &str) -> bool {
    if matches!(site.last_shown, Some('？' | '！')) {
        return true;
    }
    let before = site.before;
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
    let next = behind.trim_start().chars().next().map(Class::of);
    let last = before.chars().next_back();
    last.is_some_and(|c| match Class::of(c) {
        Class::Han | Class::Kana => true,
        Class::Close => !c.is_ascii() && !matches!(next, Some(Class::Letter | Class::Digit)),
        _ => false,
    })
}

/// Bytes of the spaces behind so many bytes.
fn spaces_behind(site: Site<'_>, length: usize) -> usize {
    let behind = site.behind(length);
    behind.len() - behind.trim_start().len()
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

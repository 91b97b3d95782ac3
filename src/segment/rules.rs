//! A mark and what stands round it in, what a profile shows instead out: a row of [`RULES`].

use crate::profile::{Profile, PunctuationPolicy};
use crate::text::class::Class;

/// A mark, with all the words before it and all from it on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'w> {
    pub(super) before: &'w str,
    pub(super) from: &'w str,
    /// The character before it, as it is shown.
    pub(super) last_shown: Option<char>,
    /// Of all the words.
    pub(super) stops: Stops,
}

/// In which width an utterance has the marks that end its clauses and sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stops {
    HalfWidth,
    /// Full width, both, or none at all.
    Other,
}

impl Stops {
    pub(super) fn of(words: &str) -> Self {
        let has_half = words.ends_with('.') || words.contains([',', ';', '?', '!']);
        if has_half && !words.contains(['，', '。', '；']) {
            Self::HalfWidth
        } else {
            Self::Other
        }
    }
}

/// What stands at a site instead, and how many bytes of the words that is for.
pub(super) type Found<'p> = Option<(usize, &'p str)>;

/// The rules; the first that fits holds.
pub(super) const RULES: [for<'p> fn(&'p Profile, Site<'_>) -> Found<'p>; 4] =
    [ellipsis, question_marks, full_width, name_dot];

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

/// What keyboards and fonts have for the dot between the parts of a name (GB/T 15834-2011, 间隔号).
const NAME_DOTS: [char; 4] = ['·', '•', '‧', '・'];

/// All characters that a rule begins at.
pub(super) fn touched(profile: &Profile) -> String {
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
    if !profile.name_dot.is_empty() {
        touched.extend(NAME_DOTS);
    }
    touched
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
    let is_dot_of_name = site.from.starts_with('.') && next.is_some_and(|c| is_in_name(site, c));
    let is_of_signs =
        next.is_some_and(|c| c.is_ascii_punctuation() && !BEHIND_HALF_WIDTH.contains(c));
    profile.punctuation == PunctuationPolicy::Full
        && !is_dot_of_name
        && !is_of_signs
        && follows_chinese(site, behind)
}

/// Whether a `.` before `next` is as likely a part of a name or a number: 第一节.Rust, 三.五,
/// and 约翰.史密斯 where no other mark tells that this is how the utterance ends a sentence.
fn is_in_name(site: Site<'_>, next: char) -> bool {
    let is_numeral = |c| "〇零一二三四五六七八九".contains(c);
    let of_number = is_numeral(next) && site.last_before().is_some_and(is_numeral);
    let is_han = Class::of(next) == Class::Han;
    next.is_ascii_alphanumeric() || of_number || (is_han && site.stops == Stops::Other)
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

/// A dot right between two Chinese characters is that of a name.
fn name_dot<'p>(profile: &'p Profile, site: Site<'_>) -> Found<'p> {
    let c = site.from.chars().next()?;
    let is_han = |c: Option<char>| c.is_some_and(|c| Class::of(c) == Class::Han);
    let behind = site.behind(c.len_utf8()).chars().next();
    let is_of_name = !profile.name_dot.is_empty()
        && NAME_DOTS.contains(&c)
        && !profile.name_dot.starts_with(c)
        && is_han(site.last_before())
        && is_han(behind);
    is_of_name.then_some((c.len_utf8(), &profile.name_dot))
}

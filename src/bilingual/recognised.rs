//! A track in, whether it is in two languages out.
//!
//! Published captions in two languages say nowhere that they are: a cue has a line of Chinese and
//! a line of English, or one line of both, or each language has cues of its own at the same
//! times (two styles of an ASS file). What each line is in is told by its script.

use crate::bilingual::side::{Letters, Side, Written, halves, is_chinese_alone};
use crate::model::{Cue, Interval, LanguageTag, Timestamp, Track};

/// Fewest moments in two languages that are no accident.
const FEWEST_MOMENTS: usize = 2;

/// How far apart cues of one moment may start and end, in milliseconds: a frame of film (41.7 ms),
/// in the centiseconds of ASS.
const FRAME_MS: u32 = 50;

/// Fewest words of the other language behind the Chinese in one line, on average of those that have
/// several, that are no names.
const FEWEST_WORDS: usize = 3;

/// What a track in two languages has above and below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoLanguages {
    /// Whether lines of Chinese stand above or below.
    pub order: ScriptOrder,
    /// The language of the lines that are not Chinese, as far as the script tells: `en` for
    /// Latin, `ja` for kana, `ko` for hangul, else `und`.
    pub other: LanguageTag,
    pub(super) shape: Shape,
}

/// Which of two languages stands above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptOrder {
    /// Chinese.
    ChineseFirst,
    /// The other.
    OtherFirst,
}

/// How the languages stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// In lines of their own.
    Lines,
    /// In one line.
    OneLine,
    /// In cues of their own, at the same times.
    Cues,
}

/// Whether a track is plainly in two languages, one of them Chinese: at half of its moments with words
/// or more, and two at least, a cue has lines of Chinese and then lines of another script, or the
/// other way round; or has both in one line, Chinese first; or there is one of each.
///
/// Cues that start and end together, to a frame, are one moment: a screen of credits, or a sign that
/// moves from frame to frame, weighs no more than a line of speech.
///
/// A line is Chinese if it has as many Chinese characters as words in letters: names in Latin
/// make it no English, and a name in Chinese makes an English one no Chinese.
///
/// ```
/// use zimu::bilingual::{ScriptOrder, two_languages};
/// use zimu::format::Format;
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:02,000\n水开了\nThe water boils\n\n\
///             2\n00:00:02,000 --> 00:00:03,000\n泡茶吧\nLet's make tea\n";
/// let found = two_languages(&srt.read(text).unwrap().track).unwrap();
/// assert_eq!(found.order, ScriptOrder::ChineseFirst);
/// assert_eq!(found.other.as_str(), "en");
/// ```
#[must_use]
pub fn two_languages(track: &Track) -> Option<TwoLanguages> {
    let mut counts = Counts::default();
    let mut left = track.cues().len();
    for moment in moments(track) {
        counts.moment(track, moment);
        left -= moment.len();
        // Most files are in one language, and half of one says so.
        if 2 * counts.most() + left < counts.with_words {
            return None;
        }
    }
    let shapes = [
        (
            counts.chinese_first,
            ScriptOrder::ChineseFirst,
            Shape::Lines,
        ),
        (counts.other_first, ScriptOrder::OtherFirst, Shape::Lines),
        (
            counts.plain_lines(),
            ScriptOrder::ChineseFirst,
            Shape::OneLine,
        ),
        (counts.paired, ScriptOrder::ChineseFirst, Shape::Cues),
    ];
    let (count, order, shape) = shapes.into_iter().max_by_key(|&(count, ..)| count)?;
    let is_plain = count >= FEWEST_MOMENTS && 2 * count >= counts.with_words;
    is_plain.then(|| TwoLanguages {
        order,
        other: counts.other(),
        shape,
    })
}

/// What the moments of a track are.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    with_words: usize,
    chinese_first: usize,
    other_first: usize,
    one_line: usize,
    /// Those with several words of the other language, and how many these are.
    phrases: usize,
    phrase_words: usize,
    paired: usize,
    /// Of lines that are not Chinese.
    latin: usize,
    kana: usize,
    hangul: usize,
    others: usize,
}

impl Counts {
    fn moment(&mut self, track: &Track, cues: &[Cue]) {
        let mut at_once = AtOnce::default();
        for cue in cues {
            self.cue(track, cue, &mut at_once);
        }
        let is_any = |count: usize| usize::from(count > 0);
        self.with_words += is_any(at_once.with_words);
        self.chinese_first += is_any(at_once.chinese_first);
        self.other_first += is_any(at_once.other_first);
        self.paired += is_any(at_once.chinese.min(at_once.other));
        self.one_line += is_any(at_once.words_behind);
        if at_once.words_behind > 1 {
            self.phrases += 1;
            self.phrase_words += at_once.words_behind;
        }
    }

    fn cue(&mut self, track: &Track, cue: &Cue, at_once: &mut AtOnce) {
        let mut ends = None;
        let (mut turns, mut lines, mut behind) = (0, 0, None);
        for line in track.lines(cue) {
            let side = if is_chinese_alone(line.text) {
                behind = None;
                Side::Chinese
            } else {
                let written = Written::of(line.text);
                let side = written.side();
                if side == Side::Neither {
                    continue;
                }
                if side == Side::Other {
                    self.letters(written.letters());
                }
                behind = halves(line.text).map(|[_, other]| Written::of(&line.text[other]).words());
                side
            };
            lines += 1;
            let (top, last) = ends.unwrap_or((side, side));
            turns += usize::from(last != side);
            ends = Some((top, side));
        }
        at_once.with_words += usize::from(lines > 0);
        if let Some(words) = behind.filter(|_| lines == 1) {
            at_once.words_behind = at_once.words_behind.max(words);
        }
        match (ends, turns) {
            (Some((Side::Chinese, _)), 0) => at_once.chinese += 1,
            (Some((Side::Other, _)), 0) => at_once.other += 1,
            (Some((Side::Chinese, _)), 1) => at_once.chinese_first += 1,
            (Some((Side::Other, _)), 1) => at_once.other_first += 1,
            (Some((Side::Chinese | Side::Other | Side::Neither, _)) | None, _) => {}
        }
    }

    /// How many are in two languages in one way, at most.
    fn most(self) -> usize {
        let lines = self.chinese_first.max(self.other_first);
        lines.max(self.one_line).max(self.paired)
    }

    /// How many are one line of both, where what stands behind the Chinese is mostly more than a
    /// name.
    const fn plain_lines(self) -> usize {
        if self.phrases > 0 && self.phrase_words >= FEWEST_WORDS * self.phrases {
            self.one_line
        } else {
            0
        }
    }

    const fn letters(&mut self, letters: Letters) {
        match letters {
            Letters::Latin => self.latin += 1,
            Letters::Kana => self.kana += 1,
            Letters::Hangul => self.hangul += 1,
            Letters::Other => self.others += 1,
        }
    }

    fn other(self) -> LanguageTag {
        let most = self.latin.max(self.kana).max(self.hangul).max(self.others);
        let tag = match most {
            most if most == self.kana && self.kana > 0 => "ja",
            most if most == self.hangul && self.hangul > 0 => "ko",
            most if most == self.others && self.others > 0 => return LanguageTag::UND,
            // Where both are in one line, no line was counted.
            _ => return LanguageTag::EN,
        };
        tag.parse().unwrap_or(LanguageTag::UND)
    }
}

/// How many cues of one moment are what.
#[derive(Clone, Copy, Debug, Default)]
struct AtOnce {
    with_words: usize,
    /// In one language.
    chinese: usize,
    other: usize,
    /// In both.
    chinese_first: usize,
    other_first: usize,
    /// Words of the other language behind the Chinese in a line of both, the most.
    words_behind: usize,
}

/// The cues of a track by moments.
pub(super) fn moments(track: &Track) -> impl Iterator<Item = &[Cue]> {
    let cues = track.cues();
    cues.chunk_by(|one, next| are_at_once(one.interval, next.interval))
}

/// Whether two cues are shown from and until the same instants, to a frame.
pub(super) fn are_at_once(one: Interval, other: Interval) -> bool {
    let is_near =
        |one: Timestamp, other: Timestamp| one.millis().abs_diff(other.millis()) <= FRAME_MS;
    is_near(one.start(), other.start()) && is_near(one.end(), other.end())
}

/// What all lines of a cue are in.
pub(super) fn side_of(track: &Track, cue: &Cue) -> Side {
    let mut side = Side::Neither;
    for line in track.lines(cue) {
        match (side, Written::of(line.text).side()) {
            (_, Side::Neither) => {}
            (Side::Neither, found) => side = found,
            (before, found) if before != found => return Side::Neither,
            (_, _) => {}
        }
    }
    side
}

//! The way that was found through a recording in, which lines may be elsewhere out.
//!
//! Three things show that a line may not be where it was placed: it sounds less like its phones than
//! the others do; its first syllable lasts as long as two or three; or somebody says something right before
//! it that is not in the text, which may be its beginning. How many of such lines are right was counted on
//! eight tracks and changed versions of them (see docs/alignment.md).

use crate::align::chain::{Chain, JOINT, NEVER};
use crate::align::likely::Scorer;
use crate::align::pass::Passed;
use crate::speech::{FRAME_MS, Heard};

/// Lines of which fewer in a thousand are right are doubtful.
pub const DOUBTFUL_BELOW_PERMILLE: u16 = 950;

/// Why a line may be spoken elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It sounds less like its words than other lines do.
    Unlike,
    /// Its first syllable is drawn out.
    DrawnOut,
    /// Words that are not in the transcript stand right before it.
    OtherWords,
}

impl Doubt {
    /// All of them, and so many in a thousand of the lines that have them were right within 0.5 s.
    const RIGHT_PERMILLE: [(Self, u16); 3] = [
        (Self::Unlike, 940),
        (Self::DrawnOut, 500),
        (Self::OtherWords, 945),
    ];

    /// What people are told.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Unlike => "it sounds less like its words than other lines do",
            Self::DrawnOut => "its first syllable is drawn out",
            Self::OtherWords => "other words stand right before it",
        }
    }
}

/// So many in a thousand of the other lines were.
const RIGHT_PERMILLE: u16 = 989;

/// A line is unlike its words where it is so many times as unlike as the line in the middle, and so much
/// at least; in logarithms of likelihoods.
const UNLIKE_TIMES: f32 = 1.5;
const LEAST_UNLIKE: f32 = 0.8;

/// A line that is more unlike was not found for sure: so is the line in the middle (1.57 to 1.89) of seven texts
/// placed in another recording. Where both belong together it is 0.6 to 0.8, over a noisy telephone 1.2.
const OTHER_TEXT: f32 = 1.35;

/// A line is not spoken that is so many times as unlike as the line in the middle, and so much at least: no line
/// of those that were spoken is.
const ABSENT_TIMES: f32 = 2.5;
const LEAST_ABSENT: f32 = 2.2;

/// A syllable of more frames is drawn out: 0.5 s, twice the mean one.
const DRAWN_OUT: usize = 50;

/// Other words are so many frames of speech within so many before a line.
const OTHER_WORDS: usize = 8;
const BEFORE: usize = 500 / FRAME_MS as usize;

/// How much each line is to be doubted.
pub(super) struct Doubts {
    /// By line; nothing of one that was not found.
    unlike: Vec<Option<f32>>,
    middle: f32,
    found: Vec<Vec<Doubt>>,
}

impl Doubts {
    pub(super) fn of(chain: &Chain, heard: &Heard, passed: &Passed) -> Self {
        let way = Way {
            chain,
            heard,
            passed,
            scorer: Scorer::new(&passed.mixtures, heard),
        };
        let lines = 0..passed.placed.len();
        let unlike: Vec<_> = lines.clone().map(|line| way.unlike(line)).collect();
        let mut known: Vec<f32> = unlike.iter().flatten().copied().collect();
        known.sort_by(f32::total_cmp);
        let middle = known.get(known.len() / 2).copied().unwrap_or_default();
        let most = (middle * UNLIKE_TIMES).max(LEAST_UNLIKE);
        let found = lines.map(|line| {
            let is_unlike = unlike[line].is_some_and(|unlike| unlike > most);
            let doubts = [
                is_unlike.then_some(Doubt::Unlike),
                way.is_drawn_out(line).then_some(Doubt::DrawnOut),
                way.has_other_words(line).then_some(Doubt::OtherWords),
            ];
            doubts.into_iter().flatten().collect()
        });
        Self {
            found: found.collect(),
            unlike,
            middle,
        }
    }

    /// Whether a line sounds so little like its words that something else was taken for it.
    pub(super) fn is_absent(&self, line: usize) -> bool {
        let most = (self.middle * ABSENT_TIMES).max(LEAST_ABSENT);
        self.unlike[line].is_none_or(|unlike| unlike > most)
    }

    pub(super) fn of_line(&self, line: usize) -> Vec<Doubt> {
        self.found[line].clone()
    }

    /// How many in a thousand of such lines are right.
    pub(super) fn confidence_permille(&self, line: usize) -> u16 {
        let known = Doubt::RIGHT_PERMILLE.iter();
        let met = known.filter(|(doubt, _)| self.found[line].contains(doubt));
        met.fold(RIGHT_PERMILLE, |all, (_, right)| {
            (u32::from(all) * u32::from(*right) / 1000) as u16
        })
    }

    /// How many lines sound like their words, whatever the others do.
    pub(super) fn sure_lines(&self) -> usize {
        let sure = self.unlike.iter().flatten();
        sure.filter(|unlike| **unlike <= OTHER_TEXT).count()
    }
}

/// What is known of the way.
struct Way<'w> {
    chain: &'w Chain,
    heard: &'w Heard,
    passed: &'w Passed,
    scorer: Scorer<'w>,
}

impl Way<'_> {
    /// How much less a frame of a line is like the phone that it should be of than like the one that it is
    /// most like, on average.
    fn unlike(&self, line: usize) -> Option<f32> {
        let placed = self.passed.placed[line]?;
        let (mut sum, mut count) = (0.0, 0.0);
        for frame in placed.first..placed.end {
            let state = self.passed.states[frame] as usize;
            if !self.chain.is_silent(state) {
                let scores = self.scorer.scores(frame);
                let best = scores[1..JOINT].iter().copied().fold(NEVER, f32::max);
                sum += best - scores[usize::from(self.chain.class[state])];
                count += 1.0;
            }
        }
        (count > 0.0).then(|| sum / count)
    }

    fn is_drawn_out(&self, line: usize) -> bool {
        let Some(placed) = self.passed.placed[line] else {
            return false;
        };
        let second = self
            .chain
            .syllables(line)
            .get(1)
            .copied()
            .unwrap_or(u32::MAX);
        let states = &self.passed.states[placed.first..placed.end];
        // The silence between the first and the second is none of it.
        states
            .iter()
            .take_while(|state| **state + 1 < second)
            .count()
            > DRAWN_OUT
    }

    fn has_other_words(&self, line: usize) -> bool {
        let Some(placed) = self.passed.placed[line] else {
            return false;
        };
        let is_speech = self.heard.presence.is_speech();
        let before = placed.first.saturating_sub(BEFORE)..placed.first;
        let is_other = |frame: &usize| {
            let class = self.chain.class[self.passed.states[*frame] as usize];
            is_speech[*frame] && usize::from(class) == JOINT
        };
        before.filter(is_other).count() >= OTHER_WORDS
    }
}

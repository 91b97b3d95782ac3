//! The way that was found through a recording in, which lines may be elsewhere out.
//!
//! Four things show that a line may not be where it was placed: it sounds less like its phones than
//! the others do; its first syllable lasts as long as two or three; behind its first syllables there is a
//! pause where the text has no mark, so that they may be the end of something else; or a syllable or two that
//! are not in the text are said before it, which may be its beginning. How many of such lines are right was
//! counted on eight tracks and changed versions of them (see docs/alignment.md).

use std::ops::Range;

use crate::align::Placed;
use crate::align::chain::{CLASSES, Chain, JOINT, NEVER};
use crate::align::likely::{Scorer, Scores};
use crate::align::mixture::Mixtures;
use crate::align::pass::Passed;
use crate::align::phones::Phone;
use crate::align::said::Said;
use crate::speech::Heard;

/// Lines of which fewer in a thousand are right are doubtful.
pub const DOUBTFUL_BELOW_PERMILLE: u16 = 950;

/// Why a line may be spoken elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It sounds less like its words than other lines do.
    Unlike,
    /// Its first syllable is drawn out.
    DrawnOut,
    /// There is a pause behind its first syllables where the text has no mark.
    Broken,
    /// A syllable or two that are not in the transcript are said before it.
    OtherWords,
}

impl Doubt {
    /// All of them, and so many in a thousand of the lines that have them were right within 0.5 s.
    const RIGHT_PERMILLE: [(Self, u16); 4] = [
        (Self::Unlike, 430),
        (Self::DrawnOut, 40),
        (Self::Broken, 530),
        (Self::OtherWords, 770),
    ];

    /// What people are told.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Unlike => "it sounds less like its words than other lines do",
            Self::DrawnOut => "its first syllable is drawn out",
            Self::Broken => "there is a pause in its first words, where the text has none",
            Self::OtherWords => "a syllable or two that nobody wrote are said before it",
        }
    }
}

/// So many in a thousand of the other lines were.
const RIGHT_PERMILLE: u16 = 997;

/// A line is unlike its words where it is so many times as unlike as the line in the middle, and so much
/// at least; in logarithms of likelihoods.
const UNLIKE_TIMES: f32 = 1.7;
const LEAST_UNLIKE: f32 = 0.8;

/// A line was not found for sure that is more than so much as unlike its words as it is unlike any words: of 56
/// texts placed in another recording half of the lines are at 0.195 to 0.57. Where both belong together it is 0.05 to
/// 0.11, and up to 0.137 over a noisy telephone by a prior of one speaker.
const OTHER_TEXT: f32 = 0.165;

/// The same by the prior, which has not been drawn to what is in the recording: noise, tones and music can be
/// learned by heart. They are at 0.31 to 0.79, speech of people who were not heard before at 0.13 to 0.16, raised or
/// lowered or over a telephone at 0.25.
const NO_SPEECH: f32 = 0.3;

/// A line is not spoken that is so many times as unlike as the line in the middle, and so much at least: no line
/// of those that were spoken is.
const ABSENT_TIMES: f32 = 2.5;
const LEAST_ABSENT: f32 = 2.2;

/// A syllable of more frames is drawn out: 0.5 s, twice the mean one.
const DRAWN_OUT: usize = 50;

/// A line is broken by so many frames of silence (0.15 s) behind one of so many syllables.
const BROKEN: usize = 15;
const FIRST_SYLLABLES: usize = 2;

/// Other words that may be the line's own are so many frames of speech between it and the last one. Less is a
/// breath, and more is a sentence.
const OTHER_WORDS: std::ops::RangeInclusive<usize> = 10..=40;

/// How much each line is to be doubted.
pub(super) struct Doubts {
    /// By line; nothing of one that was not found.
    unlike: Vec<Option<Unlike>>,
    middle: f32,
    found: Vec<Vec<Doubt>>,
    sure_lines: usize,
}

impl Doubts {
    pub(super) fn of(
        said: &Said,
        chain: &Chain,
        heard: &Heard,
        passed: &Passed,
        prior: &Mixtures,
    ) -> Self {
        let way = Way {
            said,
            chain,
            heard,
            passed,
            shares: shares(chain, &passed.states),
        };
        let lines = 0..passed.placed.len();
        let unlike = way.unlike(&passed.mixtures);
        let by_prior = way.unlike(prior);
        let mut known: Vec<f32> = unlike
            .iter()
            .flatten()
            .map(|unlike| unlike.itself)
            .collect();
        known.sort_by(f32::total_cmp);
        let middle = known.get(known.len() / 2).copied().unwrap_or_default();
        let most = (middle * UNLIKE_TIMES).max(LEAST_UNLIKE);
        let mut heard_to = 0;
        let found = lines.map(|line| {
            let Some(placed) = passed.placed[line] else {
                return Vec::new();
            };
            let last_end = std::mem::replace(&mut heard_to, placed.end);
            let is_unlike = unlike[line].is_some_and(|unlike| unlike.itself > most);
            let has_other_words = OTHER_WORDS.contains(&way.other_words(last_end..placed.first));
            let doubts = [
                is_unlike.then_some(Doubt::Unlike),
                way.is_drawn_out(line, placed).then_some(Doubt::DrawnOut),
                way.is_broken(line, placed).then_some(Doubt::Broken),
                has_other_words.then_some(Doubt::OtherWords),
            ];
            doubts.into_iter().flatten().collect()
        });
        Self {
            found: found.collect(),
            sure_lines: sure_lines(&unlike, &by_prior),
            unlike,
            middle,
        }
    }

    /// Whether a line sounds so little like its words that something else was taken for it.
    pub(super) fn is_absent(&self, line: usize) -> bool {
        let most = (self.middle * ABSENT_TIMES).max(LEAST_ABSENT);
        self.unlike[line].is_none_or(|unlike| unlike.itself > most)
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
    pub(super) const fn sure_lines(&self) -> usize {
        self.sure_lines
    }
}

/// How much less a frame of a line is like what it should be of than like the phone that it is most like, on
/// average.
#[derive(Clone, Copy)]
struct Unlike {
    /// Its own phone.
    itself: f32,
    /// Any phone of the text, as often as each is said.
    any: f32,
}

/// What is known of the way.
struct Way<'w> {
    said: &'w Said,
    chain: &'w Chain,
    heard: &'w Heard,
    passed: &'w Passed,
    /// How much of what is said each class is; nothing of silence.
    shares: Scores,
}

impl Way<'_> {
    /// How unlike each line is, by what phones sound like.
    fn unlike(&self, mixtures: &Mixtures) -> Vec<Option<Unlike>> {
        let scorer = Scorer::new(mixtures, self.heard);
        let lines = self.passed.placed.iter();
        lines
            .map(|placed| self.unlike_at((*placed)?, &scorer))
            .collect()
    }

    fn unlike_at(&self, placed: Placed, scorer: &Scorer<'_>) -> Option<Unlike> {
        let (mut itself, mut any, mut count) = (0.0, 0.0, 0.0);
        for frame in placed.first..placed.end {
            let state = self.passed.states[frame] as usize;
            if !self.chain.is_silent(state) {
                let likely = scorer.scores(frame);
                let best = likely[1..JOINT].iter().copied().fold(NEVER, f32::max);
                let shares = likely.iter().zip(&self.shares);
                itself += best - likely[usize::from(self.chain.class[state])];
                any += best - shares.map(|(score, share)| score * share).sum::<f32>();
                count += 1.0;
            }
        }
        let mean = |sum: f32| sum / count;
        (count > 0.0).then(|| Unlike {
            itself: mean(itself),
            any: mean(any),
        })
    }

    fn is_drawn_out(&self, line: usize, placed: Placed) -> bool {
        let second = self.chain.syllables(line).get(1);
        // The silence between the first and the second is none of it.
        let end = second.map_or(placed.end, |second| self.entered(placed, second - 1));
        end - placed.first > DRAWN_OUT
    }

    fn is_broken(&self, line: usize, placed: Placed) -> bool {
        let starts = self.chain.syllables(line).windows(2);
        let starts = starts.map(|pair| pair[1]);
        let written = self.said.syllables_of(line).windows(2);
        let pauses = starts.zip(written).take(FIRST_SYLLABLES);
        pauses
            .filter(|(_, pair)| pair[0].span.end() >= pair[1].span.start())
            .any(|(next, _)| self.entered(placed, next) - self.entered(placed, next - 1) >= BROKEN)
    }

    /// The frame in which a state of a line begins, or the one behind where it is passed over.
    fn entered(&self, placed: Placed, state: u32) -> usize {
        let states = &self.passed.states[placed.first..placed.end];
        placed.first + states.partition_point(|other| *other < state)
    }

    /// How many frames of speech there are between two lines.
    fn other_words(&self, between: Range<usize>) -> usize {
        let is_speech = &self.heard.presence.is_speech()[between];
        is_speech.iter().filter(|is_speech| **is_speech).count()
    }
}

fn sure_lines(learned: &[Option<Unlike>], by_prior: &[Option<Unlike>]) -> usize {
    let lines = learned.iter().flatten().zip(by_prior.iter().flatten());
    let sure = lines.filter(|(learned, by_prior)| {
        learned.itself <= OTHER_TEXT * learned.any && by_prior.itself <= NO_SPEECH * by_prior.any
    });
    sure.count()
}

fn shares(chain: &Chain, states: &[u32]) -> Scores {
    let mut frames = [0u32; CLASSES];
    for &state in states {
        frames[usize::from(chain.class[state as usize])] += 1;
    }
    for silent in [usize::from(Phone::SILENCE.class()), JOINT] {
        frames[silent] = 0;
    }
    let all: u32 = frames.iter().sum();
    frames.map(|frames| frames as f32 / all.max(1) as f32)
}

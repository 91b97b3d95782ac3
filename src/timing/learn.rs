//! Lines that were spoken in, the voice that speaks so out.
//!
//! Least squares (`squares.rs`) over what each line has ([`Weights`]); what comes out is whole
//! microseconds.

use crate::profile::{Rests, Voice, Weights};
use crate::text::spoken::Rest;
use crate::timing::pace::Pace;
use crate::timing::recorded::TimedLine;
use crate::timing::squares::{Squares, float, whole};
use crate::timing::voice::FEATURES;

/// The place of the feature that every line has once.
const LINE: usize = FEATURES - 1;

/// How much a line's time spreads round what its weights say, in milliseconds: the scatter of a
/// single line is 32 % (one standard deviation), and the measured lines take 1.6 s.
const SCATTER_MS: f64 = 500.0;

/// How much each weight may be thought to differ between voices, in milliseconds (one standard
/// deviation), in the order of the fields of [`Weights`]: a syllable by the 15 % that channels
/// differ by, what is of its kind by a little less, what a line as a whole adds by more. With these
/// the starts of other videos of the same speakers are off by 8.2 s (mean of channels, over 20
/// minutes whose length is known), with the pace alone learned by 8.5 s; without the time for each
/// line 8.4 s.
pub(super) const SPREAD_MS: [f64; FEATURES] = [
    35.0, 20.0, 20.0, 20.0, 20.0, 150.0, 150.0, 150.0, 150.0, 100.0,
];

/// How often the pace of each speaker and what all have in common are taken from each other: the
/// paces of ten channels are settled to a thousandth after five rounds.
const ROUNDS: usize = 15;

/// Longest rest between sentences, in thousandths of the default voice's: 2 s.
const MOST_REST: u64 = 3000;

/// How many rests the default voice's count for.
const KNOWN_RESTS: u64 = 50;

/// A cue that ends so long before the next begins ends with the speech.
const GAP_US: u64 = 50_000;

/// Captions in which fewer cues than this have gaps behind them, in percent, do not tell when a
/// line was spoken to its end. (Recognisers that record pauses leave gaps behind 47–67 %.)
const LEAST_GAPS_PERCENT: u64 = 30;

/// What the lines of one speaker teach.
#[derive(Clone, Debug, Default)]
pub(super) struct Learner {
    interval: Squares<FEATURES>,
    /// The intervals of lines that take about as long as most.
    usual: Squares<FEATURES>,
    spoken: Squares<FEATURES>,
    lines: u64,
    with_gap: u64,
    /// Behind the end of a sentence.
    ends: Gaps,
    /// Behind other lines.
    others: Gaps,
}

/// The silences behind some lines.
#[derive(Clone, Copy, Debug, Default)]
struct Gaps {
    sum_us: u64,
    count: u64,
}

impl Gaps {
    fn mean_us(self) -> u64 {
        self.sum_us.checked_div(self.count).unwrap_or_default()
    }
}

/// What lines take by their weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Learned {
    /// Until the next.
    pub(super) interval: Weights,
    /// Until they end; `None` where captions do not tell.
    pub(super) spoken: Option<Weights>,
}

impl Learner {
    pub(super) fn of<'l>(lines: impl IntoIterator<Item = &'l TimedLine>) -> Self {
        let mut learner = Self::default();
        for line in lines {
            learner.line(line);
        }
        learner
    }

    fn line(&mut self, line: &TimedLine) {
        let features = line.line.features().map(f64::from);
        self.interval.add(&features, line.interval_us);
        if line.is_usual {
            self.usual.add(&features, line.interval_us);
        }
        self.spoken.add(&features, line.spoken_us);
        self.lines += 1;
        self.with_gap += u64::from(line.gap_us() >= GAP_US);
        let gaps = if line.ends_sentence {
            &mut self.ends
        } else {
            &mut self.others
        };
        gaps.sum_us += line.gap_us();
        gaps.count += 1;
    }

    /// What both have taught.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.add_squares(other, 1.0);
        self.lines += other.lines;
        self.with_gap += other.with_gap;
        for (gaps, more) in [
            (&mut self.ends, other.ends),
            (&mut self.others, other.others),
        ] {
            gaps.sum_us += more.sum_us;
            gaps.count += more.count;
        }
        self
    }

    /// What is left where a part of the lines is taken out.
    pub(super) fn without(mut self, part: &Self) -> Self {
        self.add_squares(part, -1.0);
        self.lines -= part.lines;
        self.with_gap -= part.with_gap;
        for (gaps, less) in [(&mut self.ends, part.ends), (&mut self.others, part.others)] {
            gaps.sum_us -= less.sum_us;
            gaps.count -= less.count;
        }
        self
    }

    fn add_squares(&mut self, other: &Self, share: f64) {
        self.interval.add_scaled(&other.interval, share, 1.0);
        self.usual.add_scaled(&other.usual, share, 1.0);
        self.spoken.add_scaled(&other.spoken, share, 1.0);
    }

    /// How long the lines took until the next.
    pub(super) const fn true_us(&self) -> u64 {
        whole(self.interval.time())
    }

    /// The same by `weights`.
    pub(super) fn model_us(&self, weights: &Weights) -> u64 {
        whole(self.interval.said(&weights.values().map(float)))
    }

    /// The voice that spoke these lines; what they do not tell is that of `known`.
    pub(super) fn voice(&self, known: &Voice) -> Voice {
        let Learned { interval, spoken } = self.drawn_to(known);
        let Some(spoken) = spoken else {
            let pace = Pace {
                true_us: self.model_us(&interval),
                model_us: self.model_us(&known.interval),
            };
            return Voice {
                interval,
                spoken: known.spoken.paced(pace),
                rests: known.rests,
            };
        };
        Voice {
            interval,
            spoken,
            rests: self.rests(known.rests),
        }
    }

    /// How much longer the gaps are behind the end of a sentence than behind other lines, by the
    /// default voice's rests there: what stands behind a paragraph or heading goes with it.
    fn rests(&self, known: Rests) -> Rests {
        // As many as there are to compare with.
        let count = self.ends.count.min(self.others.count);
        let excess_us = self.ends.mean_us().saturating_sub(self.others.mean_us());
        let known_us = known.mark_us(Rest::Sentence);
        let rest_us = (count * excess_us + KNOWN_RESTS * known_us) / (count + KNOWN_RESTS);
        let thousandths = 1000 * rest_us / Rests::default().mark_us(Rest::Sentence);
        Rests {
            between: thousandths.min(MOST_REST) as u32,
            ..known
        }
    }

    /// Whether the captions tell when lines were spoken to their end.
    const fn has_gaps(&self) -> bool {
        100 * self.with_gap >= LEAST_GAPS_PERCENT * self.lines && self.lines > 0
    }

    /// The weights of the speaker of these lines, drawn towards a voice that is known: a little
    /// material changes it a little. What they say of the lines' whole time is what it was.
    fn drawn_to(&self, known: &Voice) -> Learned {
        Learned {
            interval: drawn_to(&self.interval, &known.interval),
            spoken: self
                .has_gaps()
                .then(|| drawn_to(&self.spoken, &known.spoken)),
        }
    }

    /// The weights that speakers have in common, the pace of each taken out: so a pace does not
    /// look like a trait of what the speaker happens to say. Each speaker counts the same, and the
    /// rate is their mean. `None` where nobody speaks.
    pub(super) fn common(speakers: &[Self]) -> Option<Learned> {
        let mut paced: Vec<Paced> = speakers
            .iter()
            .filter(|learner| learner.usual.lines() > 0.0)
            .map(|learner| Paced { learner, pace: 1.0 })
            .collect();
        if paced.is_empty() {
            return None;
        }
        let mut interval = [0.0; FEATURES];
        for _ in 0..ROUNDS {
            interval = at_one_pace(&paced, |learner| &learner.usual);
            take_out_paces(&mut paced, &mut interval, |learner| &learner.usual);
        }
        // Silences are no part of a line, but of the time that a speaker takes.
        take_out_paces(&mut paced, &mut interval, |learner| &learner.interval);
        paced.retain(|one| one.learner.has_gaps());
        let spoken = || rounded(at_one_pace(&paced, |learner| &learner.spoken));
        Some(Learned {
            interval: rounded(interval),
            spoken: (!paced.is_empty()).then(spoken),
        })
    }
}

/// A speaker, and how much longer than all he takes for the same.
struct Paced<'l> {
    learner: &'l Learner,
    pace: f64,
}

/// The weights of all, as if each had the pace of all and had said one line.
fn at_one_pace(
    speakers: &[Paced<'_>],
    part: fn(&Learner) -> &Squares<FEATURES>,
) -> [f64; FEATURES] {
    let mut all = Squares::default();
    for Paced { learner, pace } in speakers {
        let squares = part(learner);
        all.add_scaled(squares, pace / squares.lines(), *pace);
    }
    // How long lines are is the captioner's choice, not the voice's: over many speakers a time
    // for each line fits it and drifts more (8.9 s against 8.6 s over 20 minutes).
    all.draw(LINE, 0.0, PINNED);
    for at in 0..LINE {
        all.draw(at, 0.0, UNSAID);
    }
    all.solved()
}

/// Takes each speaker's pace from what `part` of his lines took, and gives `weights` their mean
/// rate.
fn take_out_paces(
    speakers: &mut [Paced<'_>],
    weights: &mut [f64; FEATURES],
    part: fn(&Learner) -> &Squares<FEATURES>,
) {
    let (mut rates, mut count) = (0.0, 0.0);
    for speaker in &mut *speakers {
        speaker.pace = part(speaker.learner).pace(weights);
        rates += 1.0 / speaker.pace;
        count += 1.0;
    }
    let mean = count / rates;
    for speaker in speakers {
        speaker.pace /= mean;
    }
    *weights = weights.map(|us| us * mean);
}

/// The weights that fit the lines best, drawn towards `known`, at the pace that the lines have.
fn drawn_to(lines: &Squares<FEATURES>, known: &Weights) -> Weights {
    let mut drawn = lines.clone();
    for (at, us) in known.values().into_iter().enumerate() {
        drawn.draw(at, float(us), ridge(SPREAD_MS[at]));
    }
    let weights = drawn.solved();
    let pace = lines.pace(&weights);
    // Without lines there is no pace.
    rounded(weights.map(|us| if pace.is_finite() { us * pace } else { us }))
}

/// How many lines a weight counts for that is known to `spread_ms`.
pub(super) fn ridge(spread_ms: f64) -> f64 {
    (SCATTER_MS / spread_ms) * (SCATTER_MS / spread_ms)
}

/// Holds a weight at 0 against all lines.
const PINNED: f64 = 1e12;

/// Holds a weight at 0 against none: for what no line has.
const UNSAID: f64 = 1e-9;

fn rounded(weights: [f64; FEATURES]) -> Weights {
    Weights::of(weights.map(|us| us.round() as i64)).in_range()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spoken::Readings;
    use crate::timing::voice::Line;

    const LINES: [&str; 12] = [
        "今天天气很好",
        "我的书在这里",
        "一共有25个人",
        "用 Python 写的",
        "他在用 API",
        "嗯我想想看",
        "对就是这样",
        "好的",
        "不知道",
        "春天来了花都开了",
        "GPT-4 写了 300 行",
        "啊原来是这样啊",
    ];

    /// Lines with every feature, spoken by a voice exactly, at a pace in percent.
    fn taught(voice: &Voice, pace_percent: u64, times: usize) -> Learner {
        let lines = LINES.iter().cycle().take(times * LINES.len());
        let lines: Vec<_> = lines
            .map(|words| {
                let line = Line::of_words(words, &Readings::NONE);
                TimedLine {
                    line,
                    interval_us: voice.interval.time_us(line) * pace_percent / 100,
                    spoken_us: voice.spoken.time_us(line) * pace_percent / 100,
                    is_usual: true,
                    ..TimedLine::default()
                }
            })
            .collect();
        Learner::of(&lines)
    }

    fn assert_near(found: &Weights, expected: &Weights, percent: i64) {
        for (found, expected) in found.values().into_iter().zip(expected.values()) {
            let expected = expected * percent / 100;
            assert!(found.abs_diff(expected) < 200, "{found} {expected}");
        }
    }

    #[test]
    fn what_voices_have_in_common_is_found_again() {
        let voice = Voice::default();
        let speakers = [
            taught(&voice, 80, 50),
            taught(&voice, 120, 1),
            Learner::default(),
        ];
        let found = Learner::common(&speakers).expect("lines");
        // The mean rate of 80 % and 120 % of the pace.
        assert_near(&found.interval, &voice.interval, 96);
        assert_near(&found.spoken.expect("gaps"), &voice.spoken, 96);
        assert!(Learner::common(&[Learner::default()]).is_none());
    }

    #[test]
    fn a_voice_that_differs_in_its_pace_alone_has_that_pace() {
        let voice = Voice::default();
        let Learned { interval, .. } = taught(&voice, 120, 2000).drawn_to(&voice);
        let line = Line::of_words("今天天气很好", &Readings::NONE);
        let expected = voice.interval.time_us(line) * 120 / 100;
        assert!(interval.time_us(line).abs_diff(expected) < expected / 50);
    }

    #[test]
    fn without_lines_the_known_voice_stays() {
        let voice = Voice::default();
        let found = Learner::default().drawn_to(&voice);
        assert_eq!((found.interval, found.spoken), (voice.interval, None));
    }
}

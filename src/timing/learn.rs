//! Lines that were spoken in, the voice that speaks so out.
//!
//! Least squares over what each line has ([`Weights`]). The one place where times are floats, in
//! sums of a fixed order that are added, multiplied and divided and nothing else; what comes out is
//! whole microseconds.

use crate::profile::{Voice, Weights};
use crate::timing::material::TimedLine;
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
const SPREAD_MS: [f64; FEATURES] = [
    35.0, 20.0, 20.0, 20.0, 20.0, 150.0, 150.0, 150.0, 150.0, 100.0,
];

/// How often the pace of each speaker and what all have in common are taken from each other: the
/// paces of ten channels are settled to a thousandth after five rounds.
const ROUNDS: usize = 15;

/// A cue that ends so long before the next begins ends with the speech.
const GAP_US: u64 = 50_000;

/// Captions in which fewer cues than this have gaps behind them, in percent, do not tell when a
/// line was spoken to its end. (Recognisers that record pauses leave gaps behind 47–67 %.)
const LEAST_GAPS_PERCENT: usize = 30;

/// What the lines of one speaker teach.
#[derive(Clone, Debug, Default)]
pub(super) struct Learner {
    interval: Squares,
    /// The intervals of lines that take about as long as most.
    usual: Squares,
    spoken: Squares,
    lines: usize,
    with_gap: usize,
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
        self.with_gap += usize::from(line.gap_us() >= GAP_US);
    }

    /// Whether the captions tell when lines were spoken to their end.
    const fn has_gaps(&self) -> bool {
        100 * self.with_gap >= LEAST_GAPS_PERCENT * self.lines && self.lines > 0
    }

    /// The weights of the speaker of these lines, drawn towards a voice that is known: a little
    /// material changes it a little. What they say of the lines' whole time is what it was.
    pub(super) fn drawn_to(&self, known: &Voice) -> Learned {
        Learned {
            interval: self.interval.drawn_to(&known.interval),
            spoken: self.has_gaps().then(|| self.spoken.drawn_to(&known.spoken)),
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
fn at_one_pace(speakers: &[Paced<'_>], part: fn(&Learner) -> &Squares) -> [f64; FEATURES] {
    let mut all = Squares::default();
    for Paced { learner, pace } in speakers {
        let squares = part(learner);
        all.add_scaled(squares, pace / squares.lines(), *pace);
    }
    // How long lines are is the captioner's choice, not the voice's: over many speakers a time
    // for each line fits it and drifts more (8.9 s against 8.6 s over 20 minutes).
    all.draw(LINE, 0, PINNED);
    for at in 0..LINE {
        all.draw(at, 0, UNSAID);
    }
    all.solved()
}

/// Takes each speaker's pace from what `part` of his lines took, and gives `weights` their mean
/// rate.
fn take_out_paces(
    speakers: &mut [Paced<'_>],
    weights: &mut [f64; FEATURES],
    part: fn(&Learner) -> &Squares,
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

/// The sums over lines that least squares need.
#[derive(Clone, Debug, Default)]
struct Squares {
    products: [[f64; FEATURES]; FEATURES],
    times: [f64; FEATURES],
}

impl Squares {
    fn add(&mut self, features: &[f64; FEATURES], us: u64) {
        // Less than 2^53 microseconds: exact.
        #[expect(clippy::cast_precision_loss)]
        let us = us as f64;
        for (row, this) in features.iter().enumerate() {
            for (column, other) in features.iter().enumerate() {
                self.products[row][column] += this * other;
            }
            self.times[row] += this * us;
        }
    }

    /// How many lines there are.
    const fn lines(&self) -> f64 {
        self.products[LINE][LINE]
    }

    /// What all lines took over what `weights` say that they take.
    fn pace(&self, weights: &[f64; FEATURES]) -> f64 {
        let said: f64 = self.products[LINE]
            .iter()
            .zip(weights)
            .map(|(count, us)| count * us)
            .sum();
        self.times[LINE] / said
    }

    fn drawn_to(&self, known: &Weights) -> Weights {
        let mut drawn = self.clone();
        for (at, us) in known.values().into_iter().enumerate() {
            let ridge = (SCATTER_MS / SPREAD_MS[at]) * (SCATTER_MS / SPREAD_MS[at]);
            drawn.draw(at, us, ridge);
        }
        let weights = drawn.solved();
        let pace = self.pace(&weights);
        // Without lines there is no pace.
        rounded(weights.map(|us| if pace.is_finite() { us * pace } else { us }))
    }

    /// Draws the weight at `at` towards `us`, as `ridge` lines with nothing else would.
    fn draw(&mut self, at: usize, us: i64, ridge: f64) {
        #[expect(clippy::cast_precision_loss)]
        let us = us as f64;
        self.products[at][at] += ridge;
        self.times[at] += ridge * us;
    }

    /// Adds the sums of others, their times `pace` times as fast.
    fn add_scaled(&mut self, other: &Self, share: f64, pace: f64) {
        for (row, of_other) in self.products.iter_mut().zip(&other.products) {
            for (sum, product) in row.iter_mut().zip(of_other) {
                *sum += product * share * pace;
            }
        }
        for (sum, time) in self.times.iter_mut().zip(&other.times) {
            *sum += time * share;
        }
    }

    /// The solution, by elimination: what was drawn has no zero on its diagonal.
    fn solved(&self) -> [f64; FEATURES] {
        let (mut rows, mut times) = (self.products, self.times);
        for at in 0..FEATURES {
            let (row, time) = (rows[at], times[at]);
            for below in at + 1..FEATURES {
                let factor = rows[below][at] / row[at];
                for (value, above) in rows[below].iter_mut().zip(row) {
                    *value -= factor * above;
                }
                times[below] -= factor * time;
            }
        }
        let mut solution = [0.0; FEATURES];
        for at in (0..FEATURES).rev() {
            let known: f64 = (at + 1..FEATURES)
                .map(|column| rows[at][column] * solution[column])
                .sum();
            solution[at] = (times[at] - known) / rows[at][at];
        }
        solution
    }
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
                    ends_sentence: false,
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

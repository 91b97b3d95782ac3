//! Lines that were spoken in, the voice that speaks so out.
//!
//! Least squares over what each line has ([`Weights`]), drawn towards a voice that is known
//! already: a little material changes it a little. How long a voice rests is not learned: the
//! lines that it is learned from have almost no marks. The one place where times are floats, in
//! sums of a fixed order; what comes out is whole microseconds.

use crate::profile::{Voice, Weights};
use crate::text::spoken::said;
use crate::timing::voice::{FEATURES, Line};

/// An interval past this is a silence, not a line: 6 s.
const LONGEST_INTERVAL_US: u64 = 6_000_000;

/// Learns a voice.
///
/// ```
/// use zimu::timing::{Learner, Voice};
///
/// let mut learner = Learner::default();
/// for _ in 0..1000 {
///     learner.line("今天天气很好", 1_200_000, 1_000_000);
///     learner.line("出门走走看看", 1_200_000, 1_000_000);
/// }
/// let voice = learner.voice(&Voice::default(), 1);
/// assert!(voice.interval.syllable_us < Voice::default().interval.syllable_us);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Learner {
    interval: Squares,
    spoken: Squares,
}

/// The sums that least squares need.
#[derive(Clone, Debug, Default)]
struct Squares {
    products: [[f64; FEATURES]; FEATURES],
    times: [f64; FEATURES],
}

impl Learner {
    /// Adds a line that began `interval_us` before the next one, and was spoken in `spoken_us`.
    /// What is not said, or was followed by a long silence, teaches nothing.
    pub fn line(&mut self, words: &str, interval_us: u64, spoken_us: u64) {
        let mut line = Line::of(words);
        line.said = said(words);
        if line.said.syllables() == 0 || interval_us > LONGEST_INTERVAL_US {
            return;
        }
        let features = line.features().map(f64::from);
        self.interval.add(&features, interval_us);
        self.spoken.add(&features, spoken_us.min(interval_us));
    }

    /// The voice that these lines were spoken in. `ridge` is how many of its own syllables the
    /// voice `known` counts for in each of its weights.
    #[must_use]
    pub fn voice(&self, known: &Voice, ridge: u32) -> Voice {
        Voice {
            interval: self.interval.solved(&known.interval, ridge),
            spoken: self.spoken.solved(&known.spoken, ridge),
            rests: known.rests,
        }
    }
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

    fn solved(&self, known: &Weights, ridge: u32) -> Weights {
        let ridge = f64::from(ridge);
        let known = known.values();
        let mut rows = self.products;
        let mut times = self.times;
        for at in 0..FEATURES {
            rows[at][at] += ridge;
            #[expect(clippy::cast_precision_loss)]
            let us = known[at] as f64;
            times[at] += ridge * us;
        }
        Weights::of(eliminated(rows, times).map(|us| us.round() as i64))
    }
}

/// The solution of a symmetric positive system, by elimination with the largest pivot.
fn eliminated(
    mut rows: [[f64; FEATURES]; FEATURES],
    mut times: [f64; FEATURES],
) -> [f64; FEATURES] {
    for at in 0..FEATURES {
        let largest =
            (at..FEATURES).max_by(|&a, &b| rows[a][at].abs().total_cmp(&rows[b][at].abs()));
        let pivot = largest.unwrap_or(at);
        rows.swap(at, pivot);
        times.swap(at, pivot);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines with every feature, spoken by a voice exactly.
    fn taught(voice: &Voice) -> Learner {
        let mut learner = Learner::default();
        let lines = [
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
        for words in lines {
            let mut line = Line::of(words);
            line.said = said(words);
            learner.line(
                words,
                voice.interval.line_us(line),
                voice.spoken.line_us(line),
            );
        }
        learner
    }

    #[test]
    fn a_voice_that_speaks_by_weights_is_found_again() {
        let voice = Voice::default();
        let mut other = voice;
        other.interval.syllable_us = 300_000;
        other.interval.word_us = 0;
        let learned = taught(&voice).voice(&other, 0);
        assert!(
            (learned.interval.syllable_us - voice.interval.syllable_us).abs() < 5,
            "{learned:?}"
        );
        assert!(
            (learned.interval.word_us - voice.interval.word_us).abs() < 20,
            "{learned:?}"
        );
    }

    #[test]
    fn without_lines_the_known_voice_stays() {
        let voice = Voice::default();
        assert_eq!(Learner::default().voice(&voice, 10), voice);
    }
}

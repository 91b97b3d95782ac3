//! A voice's numbers in, what a line takes out; and how long a voice rests.
//!
//! The numbers of a voice stand in [`profile`](crate::profile); what all voices have in common
//! stands here, in one table. The measured lines have almost no marks in them. Where a
//! transcript has marks, the rests at them are taken out of the time between syllables, so that
//! the total for each syllable stays what was measured (see [`lay`](super::lay)).

use crate::model::Opening;
use crate::profile::{Rests, Weights};
use crate::text::spoken::{Readings, Rest, Said, Spoken};
use crate::timing::pace::Pace;

/// What a line has, for [`Weights`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its syllables.
    pub said: Said,
    /// 1 where it begins with an answer.
    pub answers: u32,
}

/// How many things a line has that take time of their own: the fields of [`Weights`].
pub(super) const FEATURES: usize = 10;

/// Words that a line of agreement or answer begins with; behind them the voice waits.
const ANSWERS: [&str; 9] = ["对", "對", "好", "嗯", "是的", "行", "哎", "OK", "ok"];

impl Line {
    /// Counts nothing yet of a line of these words.
    pub(super) fn of(words: &str) -> Self {
        let first = |text: &str| text.bytes().next();
        let mut answers = ANSWERS
            .iter()
            .filter(|answer| first(answer) == first(words));
        let answers = answers.any(|answer| words.starts_with(answer));
        Self {
            said: Said::default(),
            answers: u32::from(answers),
        }
    }

    /// A line of these words, counted.
    pub(super) fn of_words(words: &str, readings: &Readings) -> Self {
        Self {
            said: Spoken::with(words, readings).said(),
            ..Self::of(words)
        }
    }

    /// How much it has of each, in the order of the fields of [`Weights`].
    pub(super) fn features(self) -> [u32; FEATURES] {
        let said = self.said;
        let is = |syllables| u32::from(said.syllables() == syllables);
        [
            said.syllables(),
            said.function,
            said.number,
            said.word,
            said.letter,
            said.filler,
            self.answers,
            is(2),
            is(3),
            u32::from(said.syllables() > 0),
        ]
    }
}

impl Weights {
    /// All of them, in order.
    pub(super) const fn values(self) -> [i64; FEATURES] {
        [
            self.syllable_us,
            self.function_us,
            self.number_us,
            self.word_us,
            self.letter_us,
            self.filler_us,
            self.answer_us,
            self.two_us,
            self.three_us,
            self.line_us,
        ]
    }

    /// Weights of these values.
    pub(super) const fn of(values: [i64; FEATURES]) -> Self {
        let [
            syllable_us,
            function_us,
            number_us,
            word_us,
            letter_us,
            filler_us,
            answer_us,
            two_us,
            three_us,
            line_us,
        ] = values;
        Self {
            syllable_us,
            function_us,
            number_us,
            word_us,
            letter_us,
            filler_us,
            answer_us,
            two_us,
            three_us,
            line_us,
        }
    }

    /// What a part of a line takes, without what the line as a whole adds.
    pub(super) fn part_us(&self, said: Said) -> u64 {
        let counts = [
            (said.syllables(), self.syllable_us),
            (said.function, self.function_us),
            (said.number, self.number_us),
            (said.word, self.word_us),
            (said.letter, self.letter_us),
            (said.filler, self.filler_us),
        ];
        let sum: i64 = counts
            .iter()
            .map(|&(count, us)| i64::from(count) * us)
            .sum();
        u64::try_from(sum).unwrap_or_default()
    }

    /// What a line takes.
    pub(super) fn time_us(&self, line: Line) -> u64 {
        let of_length = match line.said.syllables() {
            0 => 0,
            2 => self.line_us + self.two_us,
            3 => self.line_us + self.three_us,
            _ => self.line_us,
        };
        let whole = of_length + i64::from(line.answers) * self.answer_us;
        self.part_us(line.said).saturating_add_signed(whole)
    }
}

/// How much of the time is speech where marks account for all of the rests: 79.4 % in 150
/// readings of ten speakers (Coupé et al. 2019).
pub(super) const LEAST_SPEECH: Pace = Pace {
    true_us: 794,
    model_us: 1000,
};

/// The shortest utterance: a voice does not say anything faster than this.
pub(super) const SHORTEST_UTTERANCE_US: u64 = 150_000;

/// Fastest plausible speech. What asks for more is reported.
pub(super) const FASTEST_SYLLABLE_US: u64 = 90_000;

/// The same, for the mean syllable of 234 ms.
pub(super) const FASTEST: Pace = Pace {
    true_us: FASTEST_SYLLABLE_US,
    model_us: 234_000,
};

/// More syllables a second than these are improbable for long: narration of short videos, the
/// fastest kind of talk that is measured, has 5 to 6.3.
pub(super) const MOST_SYLLABLES: u64 = 7;

/// Slowest plausible speech, as a multiple of the voice's own pace: a syllable in 0.7 s.
/// What is slower is speech and a silence.
pub(super) const SLOWEST_STRETCH: u64 = 3;

/// How much slower than at the fitted pace the words before the first known time may go, so that
/// they begin with the recording: two standard deviations of the pace between
/// voices. Where it would be more, something else comes before the words. (Of 1.16, 1.3 and
/// 1.5 on the measured videos 1.16 was the worse, the others alike.)
pub(super) const SLOWEST_START: Pace = Pace {
    true_us: 1300,
    model_us: 1000,
};

impl Rests {
    /// Mean rest at a mark: how often a voice rests there × the median rest in Mandarin read
    /// aloud × 1.133, the mean over the median of rests that spread log-normally (σ 0.5).
    pub(super) const fn mark_us(self, rest: Rest) -> u64 {
        match rest {
            Rest::Enumeration => part(87_000, self.inside), // 0.35 × 0.22 s
            Rest::Comma => part(323_000, self.inside),      // 0.75 × 0.38 s
            Rest::Colon => part(381_000, self.inside),      // 0.8 × 0.42 s
            Rest::Semicolon => part(433_000, self.inside),  // 0.85 × 0.45 s
            Rest::Dash => part(453_000, self.inside),       // 0.8 × 0.5 s
            Rest::Sentence => part(667_000, self.between),  // 0.95 × 0.62 s
        }
    }

    /// Mean rest before an utterance, by what stands before it. At a line end without a mark
    /// there is none: a rest there fits each line better and drifts more (9.6 s against 8.6 s
    /// of mean error over 20 minutes).
    pub(super) const fn opening_us(self, opening: Opening) -> u64 {
        match opening {
            Opening::Line => 0,
            Opening::Paragraph => part(1_133_000, self.between), // 1.0 s, always
            Opening::Heading => part(1_813_000, self.between),   // 1.6 s, always
        }
    }
}

const fn part(us: u64, thousandths: u32) -> u64 {
    us * thousandths as u64 / 1000
}

/// How long a sound lasts that stands alone on its line, at least: it is read in less, as its
/// few characters are at any profile's speed, and it is more than twice the shortest cue of the
/// guides (5/6 s). Nobody says how long the laughter was: a time before the next line does.
pub(super) const SOUND_US: u64 = 2_000_000;

/// A pause that a transcript asks for without saying how long: longer than any rest that its
/// marks make, or nobody would have written it down.
pub(super) const PAUSE_US: u64 = 2_000_000;

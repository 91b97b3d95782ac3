//! A stretch between two known times in, how each kind of its time is stretched out.
//!
//! Speech takes what is left to it, evenly. Rests go by laws of their own, as those of voices do that
//! are slower or faster (`Pace::rests`): inside a sentence more than speech, between sentences less.
//! Pauses that the transcript asks for are not stretched at all.

use crate::timing::pace::Pace;

/// What is not speech, at the voice's own pace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the unit")]
pub(super) struct Rested {
    /// At the marks inside of sentences.
    pub(super) inside_us: u64,
    /// At their ends, before paragraphs and headings.
    pub(super) between_us: u64,
    /// Pauses that the transcript asks for.
    pub(super) pause_us: u64,
}

impl Rested {
    pub(super) const NONE: Self = Self {
        inside_us: 0,
        between_us: 0,
        pause_us: 0,
    };

    pub(super) const fn all_us(self) -> u64 {
        self.inside_us + self.between_us + self.pause_us
    }

    /// Both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            inside_us: self.inside_us + other.inside_us,
            between_us: self.between_us + other.between_us,
            pause_us: self.pause_us + other.pause_us,
        }
    }

    /// What of it is behind `other`.
    pub(super) const fn behind(self, other: Self) -> Self {
        Self {
            inside_us: self.inside_us.saturating_sub(other.inside_us),
            between_us: self.between_us.saturating_sub(other.between_us),
            pause_us: self.pause_us.saturating_sub(other.pause_us),
        }
    }
}

/// How a stretch between knots is stretched.
#[derive(Clone, Copy, Debug)]
pub(super) enum Law {
    /// All of it alike.
    Even(Pace),
    /// Speech and the two kinds of rests each in its own way, pauses not at all.
    Apart {
        speech: Pace,
        inside: Pace,
        between: Pace,
    },
}

impl Law {
    /// Of a stretch that takes that much, `rested` of it not being speech.
    pub(super) fn of(pace: Pace, rested: Rested) -> Self {
        Self::apart(pace, rested).unwrap_or(Self::Even(pace))
    }

    /// `None` where rests at their own law, or pauses at their length, would leave speech less
    /// than half of the time that it has where all is stretched alike.
    fn apart(even: Pace, rested: Rested) -> Option<Self> {
        let pace = Pace {
            true_us: even.true_us.checked_sub(rested.pause_us)?,
            model_us: even.model_us.checked_sub(rested.pause_us)?,
        };
        let rests = pace.rests();
        let of = |us: u64, thousandths: u32| Pace {
            true_us: us * u64::from(thousandths) / 1000,
            model_us: us,
        };
        let inside = of(rested.inside_us, rests.inside);
        let between = of(rested.between_us, rests.between);
        let model_us = pace
            .model_us
            .checked_sub(rested.inside_us + rested.between_us)?;
        let true_us = pace.true_us.checked_sub(inside.true_us + between.true_us)?;
        let speech = Pace { true_us, model_us };
        let is_speech = model_us > 0 && true_us >= even.of(model_us) / 2;
        is_speech.then_some(Self::Apart {
            speech,
            inside,
            between,
        })
    }

    /// The true time of what lasts `model_us`, `rested` of which is not speech.
    pub(super) fn true_us(self, model_us: u64, rested: Rested) -> u64 {
        match self {
            Self::Even(pace) => pace.of(model_us),
            Self::Apart {
                speech,
                inside,
                between,
            } => {
                let speech_us = model_us.saturating_sub(rested.all_us());
                speech.of(speech_us)
                    + inside.of(rested.inside_us)
                    + between.of(rested.between_us)
                    + rested.pause_us
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_of_a_stretch_takes_all_of_its_time(
            speech_us in 0..1u64 << 40,
            inside_us in 0..1u64 << 30,
            between_us in 0..1u64 << 30,
            pause_us in 0..1u64 << 30,
            true_us in 0..1u64 << 40,
        ) {
            let rested = Rested { inside_us, between_us, pause_us };
            let model_us = speech_us + rested.all_us();
            let law = Law::of(Pace { true_us, model_us }, rested);
            prop_assert_eq!(law.true_us(0, Rested::NONE), 0);
            if model_us > 0 {
                prop_assert_eq!(law.true_us(model_us, rested), true_us);
            }
        }
    }
}

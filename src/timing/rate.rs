//! How fast somebody speaks in, the voice that does out.
//!
//! A rate `r` times the default's divides the time of a line by `r`; rests go by laws of their own
//! (`Pace::rests`). They are taken from the time of the lines, so that the rate is the one asked for.

use std::str::FromStr;

use crate::profile::{Voice, Weights};
use crate::timing::pace::Pace;

/// Syllables a second, the usual rests between them counted in: 1 to 11.
///
/// ```
/// use zimu::timing::Rate;
///
/// assert_eq!("4.8".parse(), Ok(Rate::from_thousandths(4800).unwrap()));
/// assert!("12".parse::<Rate>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate {
    /// Syllables in a thousand seconds.
    thousandths: u32,
}

/// A rate that goes by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedRate {
    /// What it is called on the command line.
    pub name: &'static str,
    /// How fast that is.
    pub rate: Rate,
}

/// Rates by the kind of talk, the slower first. Audiobooks 3.5-4.3 characters a second, video
/// lectures 4.2-5.0, news readers 4.4-5.8, narration of short videos 5-6.3; an unscripted podcast
/// 4.3 over 39 episodes.
pub const NAMED_RATES: [NamedRate; 6] = [
    named("slow", 3600),
    named("audiobook", 3900),
    named("podcast", 4300),
    named("lecture", 4500),
    named("news", 5200),
    named("fast", 5800),
];

const fn named(name: &'static str, thousandths: u32) -> NamedRate {
    let rate = Rate { thousandths };
    NamedRate { name, rate }
}

/// Why a text is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected syllables a second from 1 to 11, such as 4.8")]
pub struct NoRate;

/// What rates there are: a syllable in a second, and one in [`FASTEST_SYLLABLE_US`] as near as
/// whole syllables come.
///
/// [`FASTEST_SYLLABLE_US`]: crate::timing::voice::FASTEST_SYLLABLE_US
const RANGE_THOUSANDTHS: std::ops::RangeInclusive<u32> = 1000..=11_000;

/// A mean syllable of the default voice, measured over ten channels: 4.27 syllables a second.
const DEFAULT_SYLLABLE_US: u64 = 234_000;

impl Rate {
    /// A rate in thousandths of a syllable a second; `None` out of its range.
    #[must_use]
    pub fn from_thousandths(thousandths: u32) -> Option<Self> {
        let is_one = RANGE_THOUSANDTHS.contains(&thousandths);
        is_one.then_some(Self { thousandths })
    }

    /// The rate of a name.
    ///
    /// ```
    /// use zimu::timing::Rate;
    ///
    /// assert_eq!(Rate::named("news"), Rate::from_thousandths(5200));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut rates = NAMED_RATES.iter();
        Some(rates.find(|named| named.name == name)?.rate)
    }

    /// Time over time of the default voice.
    const fn pace(self) -> Pace {
        Pace {
            true_us: 1_000_000_000 / self.thousandths as u64,
            model_us: DEFAULT_SYLLABLE_US,
        }
    }
}

impl FromStr for Rate {
    type Err = NoRate;

    fn from_str(text: &str) -> Result<Self, NoRate> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if !(is_number(whole) && is_number(part) && (1..=2).contains(&whole.len())) {
            return Err(NoRate);
        }
        let thousandths = match part.len() {
            1..=3 => format!("{whole}{part:0<3}"),
            _ => return Err(NoRate),
        };
        let thousandths = thousandths.parse().map_err(|_| NoRate)?;
        Self::from_thousandths(thousandths).ok_or(NoRate)
    }
}

impl Voice {
    /// The default voice at another rate.
    ///
    /// ```
    /// use zimu::timing::{Rate, Voice};
    ///
    /// let slow = Voice::at(Rate::named("slow").unwrap());
    /// assert!(slow.interval.syllable_us > Voice::default().interval.syllable_us);
    /// assert!(slow.rests.inside > slow.rests.between);
    /// ```
    #[must_use]
    pub fn at(rate: Rate) -> Self {
        let pace = rate.pace();
        let voice = Self::default();
        Self {
            interval: voice.interval.paced(pace),
            spoken: voice.spoken.paced(pace),
            rests: pace.rests(),
        }
    }
}

impl Weights {
    /// The same at another pace, as far as a voice may go.
    pub(super) fn paced(self, pace: Pace) -> Self {
        let paced = |us: i64| us.signum() * pace.of(us.unsigned_abs()).cast_signed();
        Self::of(self.values().map(paced)).in_range()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_up_to_three_digits_behind_its_point() {
        for (text, thousandths) in [
            ("4.8", 4800),
            ("5", 5000),
            ("10.25", 10_250),
            ("3.625", 3625),
        ] {
            assert_eq!(
                text.parse(),
                Rate::from_thousandths(thousandths).ok_or(NoRate)
            );
        }
        for text in [
            "", ".", "4.", ".5", "0.5", "11.001", "4.8000", "-4", "4,8", "1e1", "4.8/s",
        ] {
            assert_eq!(text.parse::<Rate>(), Err(NoRate), "{text}");
        }
    }

    #[test]
    fn at_its_own_rate_the_default_voice_is_itself() {
        let rate = Rate::from_thousandths(4273).expect("in range");
        let (at, voice) = (Voice::at(rate), Voice::default());
        assert!(at.interval.syllable_us.abs_diff(voice.interval.syllable_us) < 100);
        assert!(at.rests.inside.abs_diff(voice.rests.inside) <= 2);
        assert_eq!(at.rests.between, 1000);
    }

    #[test]
    fn who_speaks_fast_rests_less_where_it_matters_least() {
        let fast = Voice::at(Rate::named("fast").expect("a name")).rests;
        assert!(
            fast.inside < 700 && (900..1000).contains(&fast.between),
            "{fast:?}"
        );
    }
}

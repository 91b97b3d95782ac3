//! Places in time: whole milliseconds, and how people write them.
//!
//! What [`Timestamp`]'s `Display` writes, its `FromStr` reads back to the same value.
//! The syntax of each caption format is that format's own business.

use std::fmt;
use std::str::FromStr;

/// A point in time, in whole milliseconds from the start of the recording.
///
/// The range is 0 to `u32::MAX` ms, 1193 hours. Text form: `h:mm:ss.mmm` when printed;
/// `90`, `90.5`, `1:30`, `1:30.500` and `1:02:03.5` when read.
///
/// ```
/// use zimu::model::Timestamp;
///
/// let at: Timestamp = "1:02:03.5".parse()?;
/// assert_eq!(at.millis(), 3_723_500);
/// assert_eq!(at.to_string(), "1:02:03.500");
/// # Ok::<(), zimu::model::ParseTimeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(u32);

impl Timestamp {
    /// The start of the recording.
    pub const ZERO: Self = Self(0);
    /// The last time that can be held: 1193:02:47.295.
    pub const MAX: Self = Self(u32::MAX);

    /// The time `ms` milliseconds after the start.
    #[must_use]
    pub const fn from_millis(ms: u32) -> Self {
        Self(ms)
    }

    /// The time nearest to `us` microseconds, half up; `None` past [`Timestamp::MAX`].
    ///
    /// The only place where the microseconds of a sum become milliseconds.
    ///
    /// ```
    /// use zimu::model::Timestamp;
    ///
    /// assert_eq!(Timestamp::from_micros(1_500), Some(Timestamp::from_millis(2)));
    /// assert_eq!(Timestamp::from_micros(u64::MAX), None);
    /// ```
    #[must_use]
    pub const fn from_micros(us: u64) -> Option<Self> {
        let ms = us / 1000 + (us % 1000 >= 500) as u64;
        if ms > u32::MAX as u64 {
            return None;
        }
        Some(Self(ms as u32))
    }

    /// A time from clock parts, whatever their size: 75 minutes are 1 hour 15.
    ///
    /// `None` past [`Timestamp::MAX`]. Whether 75 minutes are allowed is for the caller.
    ///
    /// ```
    /// use zimu::model::Timestamp;
    ///
    /// let at = Timestamp::from_clock(0, 75, 20, 0).unwrap();
    /// assert_eq!(at.to_string(), "1:15:20.000");
    /// ```
    #[must_use]
    pub fn from_clock(hours: u64, minutes: u64, seconds: u64, ms: u64) -> Option<Self> {
        let total = hours
            .checked_mul(3_600_000)?
            .checked_add(minutes.checked_mul(60_000)?)?
            .checked_add(seconds.checked_mul(1000)?)?
            .checked_add(ms)?;
        u32::try_from(total).ok().map(Self)
    }

    /// Milliseconds from the start.
    #[must_use]
    pub const fn millis(self) -> u32 {
        self.0
    }

    /// Microseconds from the start, for sums.
    #[must_use]
    pub const fn micros(self) -> u64 {
        self.0 as u64 * 1000
    }

    /// `ms` later, at most [`Timestamp::MAX`].
    #[must_use]
    pub const fn later(self, ms: u32) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// `ms` earlier, at least [`Timestamp::ZERO`].
    #[must_use]
    pub const fn earlier(self, ms: u32) -> Self {
        Self(self.0.saturating_sub(ms))
    }

    /// Hours, minutes, seconds and milliseconds, as every clock syntax prints them.
    #[must_use]
    pub const fn clock(self) -> (u32, u32, u32, u32) {
        let (seconds, ms) = (self.0 / 1000, self.0 % 1000);
        (seconds / 3600, seconds / 60 % 60, seconds % 60, ms)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (h, m, s, ms) = self.clock();
        write!(f, "{h}:{m:02}:{s:02}.{ms:03}")
    }
}

/// Why a text is not a time. The message says which forms are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseTimeError {
    /// Not of any of the forms.
    #[error("expected a time such as 90, 90.5, 20:31, 20:31.500 or 1:02:03")]
    Form,
    /// Minutes or seconds behind a colon run to 59.
    #[error("expected minutes and seconds of two digits up to 59 behind a colon")]
    Part,
    /// More than [`Timestamp::MAX`].
    #[error("expected a time of at most 1193 hours")]
    Range,
}

impl FromStr for Timestamp {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let ms = fraction_ms(fraction).ok_or(ParseTimeError::Form)?;
        let mut parts = whole.rsplit(':');
        let seconds = number(parts.next().unwrap_or_default())?;
        let minutes = parts.next().map_or(Ok(0), number)?;
        let hours = parts.next().map_or(Ok(0), number)?;
        if parts.next().is_some() {
            return Err(ParseTimeError::Form);
        }
        let mut behind_colon = whole.split(':').skip(1);
        if behind_colon.any(|part| part.len() != 2 || part >= "60") {
            return Err(ParseTimeError::Part);
        }
        Self::from_clock(hours, minutes, seconds, ms).ok_or(ParseTimeError::Range)
    }
}

/// One to three digits behind the point, as milliseconds.
fn fraction_ms(digits: &str) -> Option<u64> {
    let value: u64 = digits.parse().ok()?;
    match digits.as_bytes() {
        [b'0'..=b'9'] => Some(value * 100),
        [b'0'..=b'9', _] => Some(value * 10),
        [b'0'..=b'9', _, _] => Some(value),
        _ => None,
    }
}

fn number(digits: &str) -> Result<u64, ParseTimeError> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ParseTimeError::Form);
    }
    digits.parse().map_err(|_| ParseTimeError::Range)
}

/// A stretch of time with `start < end`. It cannot be made otherwise.
///
/// ```
/// use zimu::model::{Interval, Timestamp};
///
/// let at = Timestamp::from_millis;
/// let shown = Interval::new(at(1000), at(2500)).unwrap();
/// assert_eq!(shown.duration_ms(), 1500);
/// assert_eq!(Interval::new(at(2500), at(2500)), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    pub(in crate::model) start: Timestamp,
    pub(in crate::model) end: Timestamp,
}

impl Interval {
    /// The stretch from `start` to `end`; `None` unless `start < end`.
    #[must_use]
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The stretch from `start` to `end`, or one millisecond where `end` is not after
    /// `start`; for sums that are known to leave at least that.
    #[must_use]
    pub fn at_least_1_ms(start: Timestamp, end: Timestamp) -> Self {
        let start = start.min(Timestamp::MAX.earlier(1));
        let end = end.max(start.later(1));
        Self { start, end }
    }

    /// The first millisecond.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// One past the last millisecond.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// Length in milliseconds, at least 1.
    #[must_use]
    pub const fn duration_ms(self) -> u32 {
        self.end.0 - self.start.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_listed_form_is_read() {
        for (text, ms) in [
            ("0", 0),
            ("90", 90_000),
            ("90.5", 90_500),
            ("0.001", 1),
            ("20:31", 1_231_000),
            ("75:20.25", 4_520_250),
            ("1:02:03.5", 3_723_500),
        ] {
            assert_eq!(text.parse(), Ok(Timestamp::from_millis(ms)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_time_says_why() {
        use ParseTimeError::{Form, Part, Range};
        for (text, error) in [
            ("", Form),
            ("-5", Form),
            ("+5", Form),
            ("NaN", Form),
            ("1e308", Form),
            ("1.", Form),
            ("1.2345", Form),
            ("1:2:3:4", Form),
            ("12:75", Part),
            ("1:5", Part),
            ("99999999", Range),
            ("99999999999999999999", Range),
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn printed_times_are_read_back(ms: u32) {
            let at = Timestamp::from_millis(ms);
            prop_assert_eq!(at.to_string().parse(), Ok(at));
        }

        #[test]
        fn micros_round_to_the_nearest_millisecond(us in 0..=u64::from(u32::MAX) * 1000) {
            let at = Timestamp::from_micros(us).unwrap();
            prop_assert!(at.micros().abs_diff(us) <= 500);
        }

        #[test]
        fn an_interval_has_a_positive_length(start: u32, end: u32) {
            let made = Interval::new(Timestamp(start), Timestamp(end));
            prop_assert_eq!(made.is_some(), start < end);
            if let Some(interval) = made {
                prop_assert_eq!(interval.start().later(interval.duration_ms()), interval.end());
            }
        }

        #[test]
        fn any_text_is_a_time_or_an_error(text: String) {
            if let Ok(at) = text.parse::<Timestamp>() {
                prop_assert_eq!(at.to_string().parse(), Ok(at));
            }
        }
    }
}

//! What is to be done to the times of captions in, where each of them goes out.
//!
//! All steps together are one fraction of whole numbers, so that a time is rounded once, however
//! many steps there are: for the rate of frames first, then stretched, then shifted, then put on
//! the grid of frames.

use std::str::FromStr;

use crate::model::{Interval, Timestamp, Track};

/// Frames a second, as a fraction: 24000/1001 is 23.976.
///
/// ```
/// use zimu::spotting::FrameRate;
///
/// assert_eq!("23.976".parse(), "24000/1001".parse::<FrameRate>());
/// assert!("25".parse::<FrameRate>().is_ok());
/// assert!("0".parse::<FrameRate>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameRate {
    frames: u32,
    seconds: u32,
}

/// Why a text is no rate of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected frames a second from 1 to 1000, such as 25, 23.976 or 30000/1001")]
pub struct NoFrameRate;

/// Rates that are called by a rounded number (SMPTE: the nominal rate times 1000/1001).
const NTSC: [(&str, u32); 7] = [
    ("23.976", 24_000),
    ("23.98", 24_000),
    ("29.97", 30_000),
    ("47.952", 48_000),
    ("47.95", 48_000),
    ("59.94", 60_000),
    ("119.88", 120_000),
];

impl FromStr for FrameRate {
    type Err = NoFrameRate;

    fn from_str(text: &str) -> Result<Self, NoFrameRate> {
        if let Some(&(_, frames)) = NTSC.iter().find(|(name, _)| *name == text) {
            let seconds = 1001;
            return Ok(Self { frames, seconds });
        }
        let number = |digits: &str| {
            let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<u32>().ok().filter(|_| is_plain)
        };
        let (frames, seconds) = match text.split_once('/') {
            Some((frames, seconds)) => (number(frames), number(seconds)),
            None => match text.split_once('.') {
                Some((whole, fraction)) if (1..=3).contains(&fraction.len()) => {
                    let thousandths = number(&format!("{fraction:0<3}"));
                    let whole = number(whole).and_then(|whole| whole.checked_mul(1000));
                    let sum = whole.zip(thousandths).and_then(|(a, b)| a.checked_add(b));
                    (sum, Some(1000))
                }
                Some(_) => (None, None),
                None => (number(text), Some(1)),
            },
        };
        let (frames, seconds) = frames.zip(seconds).ok_or(NoFrameRate)?;
        let range = u64::from(seconds)..=u64::from(seconds) * 1000;
        let is_rate = seconds > 0 && seconds <= 100_000 && range.contains(&u64::from(frames));
        is_rate
            .then_some(Self { frames, seconds })
            .ok_or(NoFrameRate)
    }
}

impl FrameRate {
    /// How many frames a length of time is, to the nearest.
    ///
    /// ```
    /// use zimu::spotting::FrameRate;
    ///
    /// let film: FrameRate = "23.976".parse()?;
    /// assert_eq!(film.frames_in(83), 2); // 1.99
    /// # Ok::<(), zimu::spotting::NoFrameRate>(())
    /// ```
    #[must_use]
    pub fn frames_in(self, ms: u32) -> u32 {
        let frames = i128::from(ms) * i128::from(self.frames);
        let frames = rounded(frames, 1000 * i128::from(self.seconds));
        u32::try_from(frames).unwrap_or(u32::MAX)
    }

    /// How many frames it takes to last so long.
    ///
    /// ```
    /// use zimu::spotting::FrameRate;
    ///
    /// let five_sixths = |rate: &str| rate.parse().map(|rate: FrameRate| rate.frames_to_last(833));
    /// assert_eq!(["24", "25", "29.97"].map(five_sixths), [Ok(20), Ok(21), Ok(25)]);
    /// ```
    #[must_use]
    pub fn frames_to_last(self, ms: u32) -> u32 {
        let frames = u64::from(ms) * u64::from(self.frames);
        let frames = frames.div_ceil(1000 * u64::from(self.seconds));
        u32::try_from(frames).unwrap_or(u32::MAX)
    }

    /// How many milliseconds so many frames last, to the nearest.
    ///
    /// ```
    /// use zimu::spotting::FrameRate;
    ///
    /// let film: Result<FrameRate, _> = "23.976".parse();
    /// assert_eq!(film.map(|rate| rate.ms_in(2)), Ok(83)); // 83.4
    /// ```
    #[must_use]
    pub fn ms_in(self, frames: u32) -> u32 {
        let ms = i128::from(frames) * 1000 * i128::from(self.seconds);
        u32::try_from(rounded(ms, i128::from(self.frames))).unwrap_or(u32::MAX)
    }

    /// The time of the frame nearest to `at`.
    ///
    /// ```
    /// use zimu::model::Timestamp;
    /// use zimu::spotting::FrameRate;
    ///
    /// let rate: FrameRate = "25".parse()?;
    /// let at = Timestamp::from_millis;
    /// assert_eq!(rate.nearest(at(1015)), at(1000));
    /// # Ok::<(), zimu::spotting::NoFrameRate>(())
    /// ```
    #[must_use]
    pub fn nearest(self, at: Timestamp) -> Timestamp {
        Retiming::none().snapped(self).time(at, at)
    }
}

/// A time in the captions, and when it really is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownPoint {
    /// What the captions say.
    pub said: Timestamp,
    /// When that is in the recording.
    pub real: Timestamp,
}

/// Why captions cannot be stretched between two points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected two points of which the second is later, both as it is said and as it is")]
pub struct NoStretch;

/// Where times go: `(rise * at + offset) / per` milliseconds, then to the nearest frame.
///
/// ```
/// use zimu::model::Timestamp;
/// use zimu::spotting::{KnownPoint, Retiming};
///
/// let at = Timestamp::from_millis;
/// let stretched = Retiming::none().stretched([
///     KnownPoint { said: at(10_000), real: at(12_000) },
///     KnownPoint { said: at(600_000), real: at(630_000) },
/// ])?;
/// assert_eq!(stretched.time(at(10_000), at(10_000)), at(12_000));
/// let shifted = stretched.shifted(-2_500);
/// assert_eq!(shifted.time(at(10_000), at(10_000)), at(9_500));
/// # Ok::<(), zimu::spotting::NoStretch>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retiming {
    rise: i128,
    offset: i128,
    per: i128,
    snap: Option<FrameRate>,
    from: Timestamp,
    to: Timestamp,
}

impl Retiming {
    /// Every time stays where it is.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            rise: 1,
            offset: 0,
            per: 1,
            snap: None,
            from: Timestamp::ZERO,
            to: Timestamp::MAX,
        }
    }

    /// Captions made for a film of `made` frames a second, for the same frames at `shown`.
    #[must_use]
    pub fn at_frame_rate(self, made: FrameRate, shown: FrameRate) -> Self {
        let rise = i128::from(made.frames) * i128::from(shown.seconds);
        let per = i128::from(made.seconds) * i128::from(shown.frames);
        Self {
            rise: self.rise * rise,
            offset: self.offset * rise,
            per: self.per * per,
            ..self
        }
    }

    /// Puts two points where they really are, and all else in proportion, before and behind them
    /// too.
    ///
    /// # Errors
    /// [`NoStretch`] where the second is not later than the first.
    pub fn stretched(self, [first, second]: [KnownPoint; 2]) -> Result<Self, NoStretch> {
        let ms = |at: Timestamp| i128::from(at.millis());
        let rise = ms(second.real) - ms(first.real);
        let per = ms(second.said) - ms(first.said);
        if rise <= 0 || per <= 0 {
            return Err(NoStretch);
        }
        let offset = ms(first.real) * per - ms(first.said) * rise;
        Ok(Self {
            rise: self.rise * rise,
            offset: self.offset * rise + offset * self.per,
            per: self.per * per,
            ..self
        })
    }

    /// So many milliseconds later, or earlier.
    #[must_use]
    pub fn shifted(self, ms: i64) -> Self {
        Self {
            offset: self.offset + i128::from(ms) * self.per,
            ..self
        }
    }

    /// To the nearest frame, half up; a frame's own time is its nearest millisecond.
    #[must_use]
    pub const fn snapped(self, rate: FrameRate) -> Self {
        Self {
            snap: Some(rate),
            ..self
        }
    }

    /// Only cues that start at `from` or later, and before `to`.
    #[must_use]
    pub const fn between(self, from: Timestamp, to: Timestamp) -> Self {
        Self { from, to, ..self }
    }

    /// Whether a cue that starts then is one of those whose times go elsewhere.
    #[must_use]
    pub fn covers(&self, cue_start: Timestamp) -> bool {
        self.from <= cue_start && (cue_start < self.to || self.to == Timestamp::MAX)
    }

    /// Where a time of a cue goes that starts at `cue_start`, within what times there are.
    #[must_use]
    pub fn time(&self, cue_start: Timestamp, at: Timestamp) -> Timestamp {
        let ms = self.exact_ms(cue_start, at).max(0);
        Timestamp::from_millis(u32::try_from(ms).unwrap_or(u32::MAX))
    }

    /// Whether it would go to before the recording, or past the last time that there is.
    #[must_use]
    pub fn is_clamped(&self, cue_start: Timestamp, at: Timestamp) -> bool {
        let ms = self.exact_ms(cue_start, at);
        ms < 0 || ms > u32::MAX.into()
    }

    /// Where both ends of a cue go; one that would be gone is shown for a millisecond.
    #[must_use]
    pub fn interval(&self, interval: Interval) -> Interval {
        let start = interval.start();
        Interval::at_least_1_ms(self.time(start, start), self.time(start, interval.end()))
    }

    /// Puts the cues of a track, and its chapters, where they go.
    pub fn track(&self, track: &mut Track) {
        track.map_intervals(|interval| self.interval(interval));
        track.map_chapters(|start| self.time(start, start));
    }

    fn exact_ms(&self, cue_start: Timestamp, at: Timestamp) -> i128 {
        let at = i128::from(at.millis());
        if !self.covers(cue_start) {
            return at;
        }
        let (ms, per) = (self.rise * at + self.offset, self.per);
        match self.snap {
            None => rounded(ms, per),
            Some(rate) => {
                let (frames, seconds) = (i128::from(rate.frames), i128::from(rate.seconds));
                let frame = rounded(ms * frames, per * seconds * 1000);
                rounded(frame * seconds * 1000, frames)
            }
        }
    }
}

/// A fraction to the nearest whole number, half up.
const fn rounded(number: i128, per: i128) -> i128 {
    (2 * number + per).div_euclid(2 * per)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(text: &str) -> FrameRate {
        text.parse().expect("a rate")
    }

    fn ms(retiming: &Retiming, at: u32) -> u32 {
        let at = Timestamp::from_millis(at);
        retiming.time(at, at).millis()
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for text in [
            "", "0", "-25", "25.", "25.0001", "1/0", "0/1", "2000", "1/2", "a", "1/2/3",
        ] {
            assert_eq!(text.parse::<FrameRate>(), Err(NoFrameRate), "{text}");
        }
    }

    /// A film of 25 frames that is shown at 24000/1001 lasts 1.0427 times as long.
    #[test]
    fn frames_stay_the_same_frames() {
        let slower = Retiming::none().at_frame_rate(rate("25"), rate("23.976"));
        assert_eq!(ms(&slower, 3_600_000), 3_753_750);
        let back = slower.at_frame_rate(rate("23.976"), rate("25"));
        assert_eq!(ms(&back, 3_599_999), 3_599_999);
    }

    #[test]
    fn times_go_to_the_nearest_frame() {
        let snapped = Retiming::none().snapped(rate("25"));
        assert_eq!(
            [0, 19, 20, 59, 60].map(|at| ms(&snapped, at)),
            [0, 0, 40, 40, 80]
        );
        let ntsc = Retiming::none().snapped(rate("29.97"));
        assert_eq!(
            [33, 34, 1001, 1018].map(|at| ms(&ntsc, at)),
            [33, 33, 1001, 1034]
        );
    }

    #[test]
    fn times_outside_of_the_range_stay() {
        let [from, to] = [1000, 2000].map(Timestamp::from_millis);
        let later = Retiming::none().shifted(500).between(from, to);
        assert_eq!(
            [999, 1000, 1999, 2000].map(|at| ms(&later, at)),
            [999, 1500, 2499, 2000]
        );
    }

    #[test]
    fn what_would_be_before_the_start_is_at_it() {
        let earlier = Retiming::none().shifted(-1500);
        let [one, two] = [1000, 2000].map(Timestamp::from_millis);
        assert_eq!((ms(&earlier, 1000), ms(&earlier, 2000)), (0, 500));
        assert!(earlier.is_clamped(one, one) && !earlier.is_clamped(two, two));
        let gone = earlier.interval(Interval::at_least_1_ms(Timestamp::ZERO, one));
        assert_eq!((gone.start().millis(), gone.end().millis()), (0, 1));
    }

    proptest! {
        #[test]
        fn later_times_stay_later(
            mut times in [any::<u32>(), any::<u32>()],
            shift_ms in -10_000_000_i64..10_000_000,
            real_ms in 1..u32::MAX,
        ) {
            times.sort_unstable();
            let at = Timestamp::from_millis;
            let points = [
                KnownPoint { said: at(0), real: at(0) },
                KnownPoint { said: at(3_600_000), real: at(real_ms) },
            ];
            let retiming = Retiming::none()
                .at_frame_rate(rate("29.97"), rate("23.976"))
                .stretched(points)
                .expect("the second is later")
                .shifted(shift_ms)
                .snapped(rate("119.88"));
            prop_assert!(ms(&retiming, times[0]) <= ms(&retiming, times[1]));
        }

        #[test]
        fn a_shift_and_its_contrary_change_nothing(at in 10_000_000_u32..4_000_000_000, shift_ms in -10_000_000_i64..10_000_000) {
            let there_and_back = Retiming::none().shifted(shift_ms).shifted(-shift_ms);
            prop_assert_eq!(ms(&there_and_back, at), at);
        }
    }
}

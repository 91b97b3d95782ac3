//! A number as it is written, with a point or without, in; a time in whole milliseconds out.
//!
//! Files count in seconds, frames, ticks and hours. All of it is sums of integers, rounded once,
//! half up: no float ever holds a time.

use crate::model::Timestamp;

/// A length of time as a fraction of milliseconds: a frame at 29.97 a second is
/// 1,001,000 / 30,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) ms: u64,
    pub(super) per: u64,
}

impl Unit {
    pub(super) const SECOND: Self = Self { ms: 1000, per: 1 };
    pub(super) const MILLISECOND: Self = Self { ms: 1, per: 1 };
}

/// Digits behind the point that are looked at; those behind are less than a nanosecond.
const FRACTION_DIGITS: usize = 9;

/// A number of units: `12`, `12.5`, `.5`, `12.`. `None` for what is no such number, for units of
/// nothing, and past the last time that there is.
pub(super) fn decimal_time(number: &str, unit: Unit) -> Option<Timestamp> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole: u128 = match whole {
        "" => 0,
        whole => whole.parse().ok().filter(|whole| *whole < 1 << 64)?,
    };
    let kept = &fraction[..fraction.len().min(FRACTION_DIGITS)];
    let billionths = format!("{kept:0<FRACTION_DIGITS$}").parse::<u128>().ok()?;
    // At most 2⁹⁴, and a unit less than 2³³: nothing overflows.
    let units = whole * 1_000_000_000 + billionths;
    let (ms, per) = (u128::from(unit.ms), u128::from(unit.per));
    let scale = per.checked_mul(1_000_000_000).filter(|scale| *scale > 0)?;
    let rounded = units.checked_mul(ms)?.checked_add(scale / 2)? / scale;
    u32::try_from(rounded).ok().map(Timestamp::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_units_are_times() {
        let ntsc_frame = Unit {
            ms: 1_001_000,
            per: 30_000,
        };
        for (number, unit, ms) in [
            ("12", Unit::SECOND, Some(12_000)),
            ("1.23", Unit::SECOND, Some(1230)),
            (".5", Unit::SECOND, Some(500)),
            ("3.", Unit::SECOND, Some(3000)),
            ("0.0005", Unit::SECOND, Some(1)),
            ("0.00049999999999", Unit::SECOND, Some(0)),
            ("30", ntsc_frame, Some(1001)),
            ("1", ntsc_frame, Some(33)),
            ("4294967295", Unit::MILLISECOND, Some(u32::MAX)),
            ("4294967296", Unit::MILLISECOND, None),
            ("99999999999999999999999", Unit::SECOND, None),
            ("", Unit::SECOND, None),
            (".", Unit::SECOND, None),
            ("-1", Unit::SECOND, None),
            ("1e3", Unit::SECOND, None),
            ("1", Unit { ms: 1, per: 0 }, None),
        ] {
            let found = decimal_time(number, unit).map(Timestamp::millis);
            assert_eq!(found, ms, "{number} {unit:?}");
        }
    }
}

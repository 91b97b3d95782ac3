//! A time as TTML writes it in, milliseconds out: clock times with a fraction or with frames,
//! and offsets in hours, minutes, seconds, milliseconds, frames and ticks (TTML2 §12.3).
//!
//! Frames and ticks are rounded to the nearest millisecond, half up, once for each time.

use crate::format::decimal::{Unit, decimal_time};
use crate::format::draft::{Draft, NEGATIVE};
use crate::format::out::Out;
use crate::format::ttml::names::{Attribute, Tag};
use crate::model::{Kind, Timestamp, kinds};

kinds! {
    Format;
    UNREADABLE: Fault, "unreadable-time",
        "expected a time such as 00:00:01.000 or 12.5s",
        "it was left out; mend it";
    COMMA: Repair, "comma",
        "expected a point before the fraction of a second",
        "the comma was read as one";
    RATE: Fault, "unreadable-rate",
        "expected a rate that the specification knows",
        "the one that holds without it was used; check the times that count frames or ticks";
    TIME_BASE: Note, "time-base",
        "expected times of the recording",
        "times of a clock or of a tape were read as if they began with it";
}

/// What frames and ticks are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    /// A part of a frame.
    part: Unit,
    /// So many parts are a frame.
    parts: u64,
    tick: Unit,
}

/// Greatest number of a rate that is followed: far beyond all that there are, and no product of
/// two overflows.
const GREATEST: u64 = 1_000_000_000;

const MINUTE: Unit = Unit { ms: 60_000, per: 1 };

const HOUR: Unit = Unit {
    ms: 3_600_000,
    per: 1,
};

impl Rates {
    /// The rates that the root of a file says. TTML2 §7.2: 30 frames of one part; as many ticks
    /// as frames are named, or one a second.
    pub(super) fn of(tag: &Tag<'_>, draft: &mut Draft<'_>) -> Self {
        let mut whole = |attribute| {
            let written = tag.get(attribute)?;
            let number = number(written);
            if number.is_none() {
                draft.found(&RATE, draft.span_of(written));
            }
            number
        };
        let named = whole(Attribute::FrameRate);
        let parts = whole(Attribute::SubFrameRate).unwrap_or(1);
        let ticks = whole(Attribute::TickRate);
        let frames = named.unwrap_or(30);
        let ticks = ticks.unwrap_or_else(|| named.map_or(1, |frames| frames * parts));
        let mut multiplier = (1, 1);
        if let Some(written) = tag.get(Attribute::Multiplier) {
            match ratio(written) {
                Some(ratio) => multiplier = ratio,
                None => draft.found(&RATE, draft.span_of(written)),
            }
        }
        if let Some(base) = tag.get(Attribute::TimeBase)
            && base != "media"
        {
            draft.found(&TIME_BASE, draft.span_of(base));
        }
        Self {
            part: Unit {
                ms: 1000 * multiplier.1,
                per: (frames * parts).saturating_mul(multiplier.0),
            },
            parts,
            tick: Unit {
                ms: 1000,
                per: ticks,
            },
        }
    }

    /// Reads a time, and gives what was wrong with it.
    pub(super) fn time(
        &self,
        written: &str,
    ) -> Result<(Timestamp, Option<&'static Kind>), &'static Kind> {
        if let Some(number) = written.strip_prefix('-') {
            let is_time = self.plain(number).is_some();
            let start = (Timestamp::ZERO, Some(&NEGATIVE));
            return is_time.then_some(start).ok_or(&UNREADABLE);
        }
        if let Some(at) = self.plain(written) {
            return Ok((at, None));
        }
        // Every length of time has a few characters.
        let is_short = written.len() < 64 && written.contains(',');
        let with_point = is_short.then(|| written.replacen(',', ".", 1));
        let at = with_point.and_then(|written| self.plain(&written));
        at.map(|at| (at, Some(&COMMA))).ok_or(&UNREADABLE)
    }

    fn plain(&self, written: &str) -> Option<Timestamp> {
        if written.contains(':') {
            return self.clock(written);
        }
        let unit_start = written.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, metric) = written.split_at(unit_start);
        match metric {
            "h" => decimal_time(number, HOUR),
            "m" => decimal_time(number, MINUTE),
            "s" => decimal_time(number, Unit::SECOND),
            "ms" => decimal_time(number, Unit::MILLISECOND),
            "f" => decimal_time(number, self.frame()),
            "t" => decimal_time(number, self.tick),
            _ => None,
        }
    }

    const fn frame(&self) -> Unit {
        Unit {
            ms: self.part.ms * self.parts,
            per: self.part.per,
        }
    }

    /// `HH:MM:SS.fff`, `HH:MM:SS:FF`, `HH:MM:SS:FF.ss`. A semicolon before the frames is how
    /// some write that frames are dropped from the count.
    fn clock(&self, written: &str) -> Option<Timestamp> {
        let (hours, rest) = written.split_once(':')?;
        let (minutes, rest) = rest.split_once(':')?;
        let (seconds, frames) = match rest.split_once([':', ';']) {
            Some((seconds, frames)) => (seconds, Some(frames)),
            None => (rest, None),
        };
        let (hours, minutes) = (digits(hours)?, digits(minutes)?);
        let whole_seconds = digits(seconds.split('.').next()?)?;
        if minutes > 59 || whole_seconds > 59 || (frames.is_some() && seconds.contains('.')) {
            return None;
        }
        let ms = decimal_time(seconds, Unit::SECOND)?;
        let behind = frames.map_or(Some(Timestamp::ZERO), |frames| self.frames(frames))?;
        let ms = u64::from(ms.millis()) + u64::from(behind.millis());
        Timestamp::from_clock(hours, minutes, 0, ms)
    }

    fn frames(&self, written: &str) -> Option<Timestamp> {
        let (frames, parts) = written.split_once('.').unwrap_or((written, "0"));
        let parts = digits(frames)?
            .checked_mul(self.parts)?
            .checked_add(digits(parts)?)?;
        decimal_time(&parts.to_string(), self.part)
    }
}

/// A number of digits alone, as far as a clock has them.
fn digits(written: &str) -> Option<u64> {
    let is_number = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| written.parse().ok())?;
    number.filter(|number| *number < 1 << 32)
}

/// A rate: a whole number that is not nothing.
fn number(written: &str) -> Option<u64> {
    digits(written).filter(|number| (1..=GREATEST).contains(number))
}

/// `1000 1001`, and `1000:1001` as the drafts have it.
fn ratio(written: &str) -> Option<(u64, u64)> {
    let (numerator, denominator) = written.split_once([' ', ':'])?;
    Some((number(numerator)?, number(denominator.trim())?))
}

/// Prints a time in place of another: in seconds or milliseconds where it was, as a clock time
/// everywhere else. Where nothing was written there is no `begin` yet.
pub(in crate::format) fn print_time(written: &str, at: Timestamp, out: &mut Out<'_>) {
    let is_offset = !written.contains(':');
    if written.is_empty() {
        out.push_str(" begin=\"");
        out.clock(at, b'.');
        out.push('"');
    } else if is_offset && written.ends_with("ms") {
        out.number(at.millis(), 1);
        out.push_str("ms");
    } else if is_offset && written.ends_with('s') {
        out.number(at.millis() / 1000, 1);
        out.push('.');
        out.number(at.millis() % 1000, 3);
        out.push('s');
    } else {
        out.clock(at, b'.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::ttml::names::Scope;
    use crate::model::SourceText;

    fn rates(attributes: &str) -> (Rates, usize) {
        let text = SourceText::default();
        let mut draft = Draft::of(&text);
        let raw = format!("<tt {attributes}>");
        let rates = Rates::of(&Tag::of(&raw, &mut Scope::default()), &mut draft);
        (rates, draft.diagnostics.len())
    }

    #[test]
    fn every_form_of_a_time_is_read() {
        let plain = "";
        let ntsc = "ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\"";
        let film = "ttp:frameRate='24' ttp:subFrameRate='2'";
        let ticks = "ttp:tickRate=\"10000000\"";
        for (rate, written, ms) in [
            (plain, "00:00:01", Some(1000)),
            (plain, "00:00:01.5", Some(1500)),
            (plain, "100:00:01.500", Some(360_001_500)),
            (plain, "00:00:09:20", Some(9667)),
            (plain, "00:00:01,5", Some(1500)),
            (plain, "12.5s", Some(12_500)),
            (plain, "300ms", Some(300)),
            (plain, "1.5m", Some(90_000)),
            (plain, "2h", Some(7_200_000)),
            (plain, "45f", Some(1500)),
            (plain, "3t", Some(3000)),
            (plain, "-3s", Some(0)),
            (plain, "00:60:00", None),
            (plain, "00:00:60", None),
            (plain, "00:01", None),
            (plain, "12", None),
            (plain, "12.5 s", None),
            (plain, "abc", None),
            (plain, "", None),
            (plain, "1e400s", None),
            (plain, "99999999999999999999:00:00", None),
            (ntsc, "30f", Some(1001)),
            (ntsc, "00:00:00;15", Some(501)),
            (film, "00:00:00:12.1", Some(521)),
            (film, "48f", Some(2000)),
            (film, "48t", Some(1000)),
            (ticks, "1374000000t", Some(137_400)),
        ] {
            let found = rates(rate).0.time(written).ok();
            assert_eq!(found.map(|(at, _)| at.millis()), ms, "{written} {rate}");
        }
    }

    #[test]
    fn rates_that_are_none_are_told() {
        for (attributes, faults) in [
            ("ttp:frameRateMultiplier=\"1000:1001\"", 0),
            ("ttp:frameRateMultiplier=\"1000\"", 1),
            ("ttp:frameRateMultiplier=\"1000 0\"", 1),
            ("ttp:frameRate=\"0\" ttp:tickRate=\"-1\"", 2),
            ("ttp:timeBase=\"smpte\"", 1),
            ("ttp:timeBase=\"media\"", 0),
        ] {
            assert_eq!(rates(attributes).1, faults, "{attributes}");
        }
    }
}

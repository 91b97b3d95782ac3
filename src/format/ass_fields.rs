//! The fields of an ASS line in, what they say out: where a `Format:` line puts them, what a
//! style has of the model, a time, a name.
//!
//! Fields stand between commas and have no escape; the text of an event is the last of them, so
//! that it alone may hold commas.

use std::borrow::Cow;

use crate::format::clock::CLOCK_PARTS;
use crate::format::decimal::{Unit, decimal_time};
use crate::format::draft::NEGATIVE;
use crate::format::out::Out;
use crate::format::rebuilt::GUARD;
use crate::model::{Kind, Timestamp, kinds};
use crate::text::class::without_controls;

kinds! {
    Format;
    pub(super) LOOSE: Repair, "loose-time",
        "expected a time such as 0:00:01.50",
        "it was read as what it most likely is; players disagree about it";
    pub(super) UNREADABLE: Fault, "unreadable-time",
        "expected a time such as 0:00:01.50",
        "the cue starts when the one before ends, or ends at the next start; give it its times";
}

/// What stands before the colon of a line, if it is `key`, in any case: what is behind it.
pub(super) fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let (before, behind) = line.split_at_checked(key.len())?;
    let behind = behind.strip_prefix(':')?;
    before.eq_ignore_ascii_case(key).then_some(behind)
}

/// The place of a field in a `Format:` line.
pub(super) fn column(format: &str, name: &str) -> Option<usize> {
    let mut names = format.split(',');
    names.position(|known| known.trim().eq_ignore_ascii_case(name))
}

/// Where the fields of an event stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    count: usize,
    start: usize,
    end: Option<usize>,
    style: Option<usize>,
    name: Option<usize>,
    effect: Option<usize>,
    text: usize,
}

impl Columns {
    /// `Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text`: the order of
    /// every program that writes the format. SSA has `Marked` for the layer.
    pub(super) const STANDARD: Self = Self {
        count: 10,
        start: 1,
        end: Some(2),
        style: Some(3),
        name: Some(4),
        effect: Some(8),
        text: 9,
    };

    /// As a `Format:` line has them; `None` where it names no start or no text.
    pub(super) fn of(format: &str) -> Option<Self> {
        Some(Self {
            count: format.split(',').count(),
            start: column(format, "Start")?,
            end: column(format, "End"),
            style: column(format, "Style"),
            name: column(format, "Name").or_else(|| column(format, "Actor")),
            effect: column(format, "Effect"),
            text: column(format, "Text")?,
        })
    }

    /// The fields of an event.
    pub(super) fn split<'l>(&self, fields: &'l str) -> Event<'l> {
        let mut event = Event::default();
        let mut last = (0, "");
        for (at, field) in fields.splitn(self.count, ',').enumerate() {
            last = (at, field);
            let trimmed = field.trim();
            if at == self.start {
                event.start = trimmed;
            } else if Some(at) == self.end {
                event.end = trimmed;
            } else if Some(at) == self.style {
                event.style = trimmed;
            } else if Some(at) == self.name {
                event.name = trimmed;
            } else if Some(at) == self.effect {
                event.effect = trimmed;
            } else if at == self.text {
                event.text = Text::Whole(field);
            }
        }
        let is_behind_times = last.0 > self.start.max(self.end.unwrap_or_default());
        if event.text == Text::Missing && is_behind_times {
            event.text = Text::Last(last.1);
            if self.name == Some(last.0) {
                event.name = "";
            }
        }
        event
    }
}

/// The fields of a `Dialogue:` line that say something to the model; empty where there are none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Event<'l> {
    pub(super) start: &'l str,
    pub(super) end: &'l str,
    pub(super) style: &'l str,
    pub(super) name: &'l str,
    pub(super) effect: &'l str,
    pub(super) text: Text<'l>,
}

/// The text of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Text<'l> {
    /// In its own field.
    Whole(&'l str),
    /// Fields are missing; this is the last that is there.
    Last(&'l str),
    /// The line ends before it.
    #[default]
    Missing,
}

/// A time, and what had to be mended; `None` where it is none.
///
/// libass and `VSFilter` take the digits behind the point for hundredths however many they are,
/// Aegisub for a fraction: any other count than two is read as a fraction and reported.
pub(super) fn time(field: &str) -> Option<(Timestamp, Option<&'static Kind>)> {
    if let Some(at) = strict_time(field.as_bytes()) {
        return Some((at, None));
    }
    let (behind, is_negative) = match field.strip_prefix('-') {
        Some(behind) => (behind.trim_start(), true),
        None => (field, false),
    };
    let (clock, fraction) = match behind.split_once('.') {
        Some(parts) => parts,
        // `0:00:01:50`
        None if behind.matches(':').count() == 3 => behind.rsplit_once(':')?,
        None => (behind, ""),
    };
    let mut parts = clock.rsplit(':').map(|part| part.trim().parse::<u64>());
    let mut next = || parts.next().unwrap_or(Ok(0)).ok();
    let (seconds, minutes, hours) = (next()?, next()?, next()?);
    if parts.next().is_some() || behind.starts_with('+') {
        return None;
    }
    let fraction = match fraction.trim() {
        "" => Timestamp::ZERO,
        digits => decimal_time(&format!("0.{digits}"), Unit::SECOND)?,
    };
    let at = Timestamp::from_clock(hours, minutes, seconds, u64::from(fraction.millis()))?;
    Some(match (is_negative, minutes > 59 || seconds > 59) {
        (true, _) => (Timestamp::ZERO, Some(&NEGATIVE)),
        (false, true) => (at, Some(&CLOCK_PARTS)),
        (false, false) => (at, Some(&LOOSE)),
    })
}

/// `H:MM:SS.cc`, with any number of hours. What is behind them is taken as one number, whose
/// bytes are looked at together: every event has two.
#[inline]
pub(super) fn strict_time(field: &[u8]) -> Option<Timestamp> {
    const POINTS: u64 = u64::from_le_bytes(*b"\0\0\xff\0\0\xff\0\0");
    const ZEROS: u64 = u64::from_le_bytes(*b"00:00.00");
    let (hours, rest) = field.split_last_chunk::<8>()?;
    let (b':', hours) = hours.split_last()? else {
        return None;
    };
    // What is left of a digit is its value, of a colon or point nothing.
    let rest = u64::from_le_bytes(*rest) ^ ZEROS;
    // Six more than a digit still fits into four bits.
    let beyond = (rest | rest.wrapping_add(0x0606_0606_0606_0606)) & 0xf0f0_f0f0_f0f0_f0f0;
    if rest & POINTS != 0 || beyond != 0 {
        return None;
    }
    let digit = |at: usize| (rest >> (8 * at)) & 0xf;
    let two = |at: usize| digit(at) * 10 + digit(at + 1);
    let (minutes, seconds, hundredths) = (two(0), two(3), two(6));
    let is_number = !hours.is_empty() && hours.iter().all(u8::is_ascii_digit);
    if !is_number || minutes > 59 || seconds > 59 {
        return None;
    }
    let hours = hours.iter().fold(0_u64, |hours, digit| {
        hours
            .saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    });
    Timestamp::from_clock(hours, minutes, seconds, hundredths * 10)
}

/// Who speaks by a name field. Sub Station Alpha writes `NTP` where nobody is named.
pub(super) fn speaker(field: &str) -> Option<Cow<'_, str>> {
    let name = without_controls(field);
    let name = match name {
        Cow::Borrowed(name) => with_commas(name.trim()),
        Cow::Owned(name) => Cow::Owned(with_commas(name.trim()).into_owned()),
    };
    (!name.is_empty() && name != "NTP").then_some(name)
}

/// Prints a name. A comma would end the field: `;` stands for it, as Aegisub has it, with a
/// U+2060 behind that says so to [`speaker`]. One that stands there on its own account becomes
/// two, so that each count of them says one thing.
pub(super) fn print_name(name: &str, out: &mut Out<'_>) {
    let mut doubles = false;
    for c in name.chars() {
        match c {
            ',' => {
                out.push(';');
                out.push(GUARD);
            }
            GUARD if doubles => {
                out.push(GUARD);
                out.push(GUARD);
            }
            other => out.push(other),
        }
        doubles = matches!(c, ',' | ';') || (doubles && c == GUARD);
    }
}

/// A name with the commas that [`print_name`] took out.
fn with_commas(field: &str) -> Cow<'_, str> {
    if !field.contains(";\u{2060}") {
        return Cow::Borrowed(field);
    }
    let mut name = String::with_capacity(field.len());
    let mut rest = field;
    while let Some(at) = rest.find(';') {
        name.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        rest = behind.trim_start_matches(GUARD);
        let guards = (behind.len() - rest.len()) / GUARD.len_utf8();
        name.push(if guards % 2 == 1 { ',' } else { ';' });
        name.extend(std::iter::repeat_n(GUARD, guards / 2));
    }
    name.push_str(rest);
    Cow::Owned(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_are_read_as_they_are_meant() {
        for (field, ms, id) in [
            ("0:00:01.50", Some(1500), None),
            ("00:59:59.99", Some(3_599_990), None),
            ("123:00:00.00", Some(442_800_000), None),
            ("0:00:01.5", Some(1500), Some("loose-time")),
            ("0:00:01.005", Some(1005), Some("loose-time")),
            ("0:00:01", Some(1000), Some("loose-time")),
            ("0:00:01.", Some(1000), Some("loose-time")),
            ("0:00:01:50", Some(1500), Some("loose-time")),
            ("0: 0: 1.50", Some(1500), Some("loose-time")),
            ("01:02.50", Some(62_500), Some("loose-time")),
            ("7.25", Some(7250), Some("loose-time")),
            ("0:75:01.00", Some(4_501_000), Some("clock-parts")),
            ("0:00:61.00", Some(61_000), Some("clock-parts")),
            ("-0:00:01.00", Some(0), Some("negative-time")),
            ("", None, None),
            ("x:yy:zz.00", None, None),
            ("0:00:0a.00", None, None),
            ("1:0:00:01.00", None, None),
            ("+1:00:00.00", None, None),
            ("9999:00:00.00", None, None),
            ("99999999999999999999:00:00.00", None, None),
        ] {
            let found = time(field);
            let found_id = found.and_then(|(_, kind)| kind).map(|kind| kind.id);
            let found_ms = found.map(|(at, _)| at.millis());
            assert_eq!((found_ms, found_id), (ms, id), "{field}");
        }
    }

    proptest! {
        #[test]
        fn a_name_comes_back_with_its_commas(name in "[甲,;\u{2060}]{1,12}") {
            let mut bytes = Vec::new();
            let mut out = Out::new(&mut bytes);
            print_name(&name, &mut out);
            out.flush().unwrap();
            let field = String::from_utf8(bytes).unwrap();
            prop_assert!(!field.contains(','));
            prop_assert_eq!(speaker(&field).unwrap(), name);
        }

        #[test]
        fn any_field_is_a_time_or_none(field in "[-0-9:. a]{0,20}") {
            let _ = time(&field);
        }
    }
}

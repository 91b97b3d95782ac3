//! A stamp of an LRC file in, its time out, and a time printed in the form of another.
//!
//! `[01:02.34]` is what it should be: minutes of any number, seconds, hundredths. Files have
//! thousandths, no fraction, a colon or a comma before it, hours; words have `<01:02.34>`.

use crate::format::clock::fraction_ms;
use crate::format::draft::NEGATIVE;
use crate::format::out::Out;
use crate::model::{Kind, Timestamp, kinds};

kinds! {
    Format;
    pub(super) LOOSE_STAMP: Repair, "loose-time",
        "expected a stamp such as [01:02.34]",
        "it was read as what it most likely is";
    pub(super) SECONDS: Fault, "clock-parts",
        "expected seconds up to 59 in a stamp",
        "the time was taken as the sum of its parts";
}

/// What is looked at for the end of a stamp.
const LONGEST_STAMP: usize = 40;

/// A time in brackets.
pub(super) struct Stamp<'l> {
    pub(super) at: Timestamp,
    /// What stands between the brackets.
    pub(super) text: &'l str,
    pub(super) finding: Option<&'static Kind>,
}

/// What a line has before its text: `[01:02.34]`, and what stands behind it.
pub(super) fn line_stamp(text: &str) -> Option<(Stamp<'_>, &str)> {
    stamp(text.strip_prefix('[')?, b']')
}

/// What a word has before it, behind its bracket: `<01:02.34>`, `[01:02.34]`; and what stands
/// behind it.
pub(super) fn word_stamp<'l>(bracket: &str, behind: &'l str) -> Option<(Stamp<'l>, &'l str)> {
    stamp(behind, if bracket == "[" { b']' } else { b'>' })
}

fn stamp(text: &str, closer: u8) -> Option<(Stamp<'_>, &str)> {
    let bytes = text.as_bytes();
    let is_clock = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b',' | b'-');
    let near = bytes.iter().take(LONGEST_STAMP);
    let length = near.take_while(|byte| is_clock(**byte)).count();
    if bytes.get(length) != Some(&closer) {
        return None;
    }
    let (clock, behind) = text.split_at(length);
    let stamp = time(clock)?;
    Some((stamp, &behind[1..]))
}

fn time(text: &str) -> Option<Stamp<'_>> {
    let (is_negative, clock) = match text.strip_prefix('-') {
        Some(clock) => (true, clock),
        None => (false, text),
    };
    let mut parts = Parts::of(clock)?;
    if parts.form == Form::Hundredths {
        // Never hours: `[01:02:34]` is an old way to write `[01:02.34]`.
        parts.fraction = parts.third.take();
    }
    let (hours, minutes, seconds) = match parts.third {
        Some(seconds) => (parts.first, parts.second, seconds),
        None => ("0", parts.first, parts.second),
    };
    let number = |digits: &str| digits.parse::<u64>().ok();
    let (minutes, seconds) = (number(minutes)?, number(seconds)?);
    let ms = parts.fraction.map_or(0, fraction_ms);
    let at = Timestamp::from_clock(number(hours)?, minutes, seconds, ms)?;
    let is_over = seconds > 59 || (parts.form == Form::Hours && minutes > 59);
    let finding = match parts.form {
        _ if is_negative => Some(&NEGATIVE),
        _ if is_over => Some(&SECONDS),
        Form::Plain if !clock.contains(',') => None,
        Form::Plain | Form::Hundredths | Form::Hours => Some(&LOOSE_STAMP),
    };
    Some(Stamp {
        at: if is_negative { Timestamp::ZERO } else { at },
        text,
        finding,
    })
}

/// How a stamp is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `mm:ss`, `mm:ss.xx`.
    Plain,
    /// `mm:ss:xx`.
    Hundredths,
    /// `h:mm:ss.xx`.
    Hours,
}

struct Parts<'s> {
    first: &'s str,
    second: &'s str,
    third: Option<&'s str>,
    fraction: Option<&'s str>,
    form: Form,
}

impl<'s> Parts<'s> {
    fn of(text: &'s str) -> Option<Self> {
        let (clock, fraction) = match text.split_once(['.', ',']) {
            Some((clock, fraction)) => (clock, Some(fraction)),
            None => (text, None),
        };
        let mut parts = clock.split(':');
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
        let form = match (third, fraction) {
            (None, _) => Form::Plain,
            (Some(_), None) => Form::Hundredths,
            (Some(_), Some(_)) => Form::Hours,
        };
        let is_digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut all = [Some(first), Some(second), third, fraction]
            .into_iter()
            .flatten();
        (parts.next().is_none() && all.all(is_digits)).then_some(Self {
            first,
            second,
            third,
            fraction,
            form,
        })
    }
}

/// Whether a stamp has hundredths or thousandths behind a point, as every program writes them.
/// A transcript has times in brackets too, but none so exact.
pub(super) fn is_exact(stamp: &Stamp<'_>) -> bool {
    let fraction = stamp.text.split_once('.').map_or("", |(_, behind)| behind);
    stamp.finding.is_none() && matches!(fraction.len(), 2 | 3)
}

/// Prints `mm:ss.xx`, half up; minutes are as many as there are.
pub(super) fn print(at: Timestamp, out: &mut Out<'_>) {
    minutes_and_seconds(hundredths(at), out);
    out.push('.');
    out.number(hundredths(at) % 100, 2);
}

/// Prints a time in the form of the one that stands there.
pub(super) fn print_time(was: &str, at: Timestamp, out: &mut Out<'_>) {
    let Some(parts) = Parts::of(was.trim_start_matches('-')) else {
        return print(at, out);
    };
    let fraction = match parts.form {
        Form::Hundredths => "00",
        Form::Plain | Form::Hours => parts.fraction.unwrap_or_default(),
    };
    let separator = match parts.form {
        Form::Hundredths => ':',
        Form::Plain | Form::Hours if was.contains(',') => ',',
        Form::Plain | Form::Hours => '.',
    };
    let (total, decimals) = match fraction.len() {
        0 if at.millis().is_multiple_of(1000) => (at.millis() / 10, 0),
        0..=2 => (hundredths(at), 2),
        _ => (at.millis() / 10, 3),
    };
    match parts.form {
        Form::Plain | Form::Hundredths => minutes_and_seconds(total, out),
        Form::Hours => {
            out.number(total / 360_000, parts.first.len().min(2));
            out.push(':');
            minutes_and_seconds(total % 360_000, out);
        }
    }
    match decimals {
        0 => {}
        2 => {
            out.push(separator);
            out.number(total % 100, 2);
        }
        _ => {
            out.push(separator);
            out.number(at.millis() % 1000, 3);
        }
    }
}

const fn hundredths(at: Timestamp) -> u32 {
    at.millis() / 10 + (at.millis() % 10 >= 5) as u32
}

fn minutes_and_seconds(hundredths: u32, out: &mut Out<'_>) {
    out.number(hundredths / 6000, 2);
    out.push(':');
    out.number(hundredths / 100 % 60, 2);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read_as_they_are_meant() {
        let loose = Some("loose-time");
        for (text, read) in [
            ("[01:02.34]", Some((62_340, None))),
            ("[01:02.345]", Some((62_345, None))),
            ("[1:2.3]", Some((62_300, None))),
            ("[01:02]", Some((62_000, None))),
            ("[01:02:34]", Some((62_340, loose))),
            ("[01:02,34]", Some((62_340, loose))),
            ("[1:01:02.34]", Some((3_662_340, loose))),
            ("[999:59.99]", Some((59_999_990, None))),
            ("[00:61.00]", Some((61_000, Some("clock-parts")))),
            ("[-00:01.00]", Some((0, Some("negative-time")))),
            ("[00:-1.00]", None),
            ("[00:01.00 ]", None),
            ("[1:2:3:4]", None),
            ("[99999999:00.00]", None),
            ("[00]", None),
            ("[00:]", None),
            ("[00:01.00", None),
            ("00:01.00]", None),
        ] {
            let found = line_stamp(text).map(|(stamp, behind)| {
                assert_eq!(behind, "", "{text}");
                (stamp.at.millis(), stamp.finding.map(|kind| kind.id))
            });
            assert_eq!(found, read, "{text}");
        }
    }

    #[test]
    fn a_time_is_printed_in_the_form_of_the_one_before() {
        let at = Timestamp::from_millis;
        for (was, ms, is) in [
            ("01:02.34", 3_723_456, "62:03.46"),
            ("01:02.345", 3_723_456, "62:03.456"),
            ("1:2.3", 59_999, "01:00.00"),
            ("01:02", 63_000, "01:03"),
            ("01:02", 63_500, "01:03.50"),
            ("01:02:34", 62_500, "01:02:50"),
            ("01:02,34", 62_500, "01:02,50"),
            ("1:01:02.34", 7_262_500, "2:01:02.50"),
        ] {
            let mut bytes = Vec::new();
            let mut out = Out::new(&mut bytes);
            print_time(was, at(ms), &mut out);
            out.flush().unwrap();
            assert_eq!(bytes, is.as_bytes(), "{was}");
        }
    }
}

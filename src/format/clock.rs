//! The clock of SubRip, as people write it in, its time and what had to be mended out.
//!
//! `00:00:01,000 --> 00:00:02,500` is what it should be. Files have points for commas, one
//! or two digits of fraction or none, no hours, full-width digits, spaces in odd places.
//! Where players disagree about a form (`,5` is 5 ms to FFmpeg and 500 ms to Aegisub) it is
//! read as a fraction, which is what its writers meant.

use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{one_of, space0};
use nom::combinator::{map, opt, recognize};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::format::draft::NEGATIVE;
use crate::format::out::Out;
use crate::format::plain::strict_time;
use crate::model::{Kind, Span, Timestamp, kinds};
use crate::text::class::trimmed;

/// Both times of a cue, as far as they could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeLine<'l> {
    pub(super) start: Timestamp,
    /// `None` where there is none: the file was cut off.
    pub(super) end: Option<Timestamp>,
    /// The worst that was wrong with the times.
    pub(super) finding: Option<&'static Kind>,
    /// What stands behind the second time.
    pub(super) tail: &'l str,
}

kinds! {
    Format;
    pub(super) LOOSE_TIME: Repair, "loose-time",
        "expected times such as 00:00:01,000 --> 00:00:02,500",
        "they were read as what they most likely are";
    pub(super) CLOCK_PARTS: Fault, "clock-parts",
        "expected minutes and seconds up to 59",
        "the time was taken as the sum of its parts";
    pub(super) UNREADABLE: Fault, "unreadable-time",
        "expected times such as 00:00:01,000 --> 00:00:02,500",
        "the text was put behind the cue before; give it its times";
}

/// The times of a line; `None` where the line is not one of times at all. An `Err` is a line
/// that is meant to be one and cannot be read.
pub(super) fn time_line(line: &str) -> Option<Result<TimeLine<'_>, &'static Kind>> {
    if !may_be_times(line) {
        return None;
    }
    if let Some(strict) = strict_line(line) {
        return Some(Ok(strict));
    }
    let trimmed = line.trim_start();
    if !begins_with_clock(trimmed) || !has_arrow_or_dash(trimmed) {
        return None;
    }
    let narrow: String = trimmed.chars().map(half_width).collect();
    if !narrow.contains("-->") && !is_plainly_timed(&narrow) {
        return None;
    }
    // The tail is taken from the line itself: full-width text in it stays as it is.
    Some(loose_line(&narrow).map(|read| {
        let tail = tail_of(trimmed, read.tail);
        let is_wide = !trimmed[..trimmed.trim_end().len() - tail.len()].is_ascii();
        TimeLine {
            start: read.start,
            end: read.end,
            finding: read.finding.or(is_wide.then_some(&LOOSE_TIME)),
            tail,
        }
    }))
}

/// Where both times of such a line stand.
pub(super) fn time_spans(line: &str) -> (Option<Span>, Option<Span>) {
    if strict_line(line).is_some() {
        return (Some(Span::new(0, 12)), Some(Span::new(17, 29)));
    }
    // Full width or half, each character is one in both.
    let narrow: String = line.chars().map(half_width).collect();
    let span = |from: &str, behind: &str| {
        let taken = from[..from.len() - behind.len()].trim();
        let from_start = narrow.len() - from.trim_start().len();
        let byte = |at: usize| {
            let characters = narrow[..at].chars().count();
            let places = line.char_indices().map(|(place, _)| place);
            places
                .chain([line.len()])
                .nth(characters)
                .unwrap_or(line.len())
        };
        Span::new(byte(from_start), byte(from_start + taken.len()))
    };
    let Ok((rest, _)) = loose_time(&narrow) else {
        return (None, None);
    };
    let start = span(&narrow, rest);
    let Ok((from, ())) = arrow(rest) else {
        return (Some(start), None);
    };
    let end = loose_time(from).ok().map(|(rest, _)| span(from, rest));
    (Some(start), end)
}

/// The end of `line` that has as many characters as `narrow`, its form in half width.
fn tail_of<'l>(line: &'l str, narrow: &str) -> &'l str {
    let before = line.trim_end().chars().count() - narrow.chars().count();
    line.char_indices()
        .nth(before)
        .map_or("", |(at, _)| line[at..].trim_end())
}

/// Whether a line could be one of times by its first character, which nearly no line of text
/// could: a digit, a minus, white space, or the first byte of those in full width.
pub(super) fn may_be_times(line: &str) -> bool {
    match line.as_bytes() {
        [b'0'..=b'9' | b'-' | b' ' | b'\t'..=b'\r' | 0xe1 | 0xc2, ..] => true,
        // 　 and ０ to ９ are among those, “ and ， are not.
        [0xe3, second, third, ..] => (*second, *third) == (0x80, 0x80),
        [0xe2, second, third, ..] => *second != 0x80 || !matches!(third, 0x93..=0xa6),
        [0xef, second, third, ..] => *second != 0xbc || !matches!(third, 0x80..=0x8f),
        _ => false,
    }
}

/// Whether a line of text would be taken for times where it is written as it is.
pub(super) fn is_time_line(line: &str) -> bool {
    time_line(line).is_some()
}

/// Whether the first time line of a text is plainly of SubRip: it has a number on the
/// line before it, or a comma before its milliseconds.
pub(super) fn is_subrip<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let mut before = "";
    for line in lines {
        if matches!(time_line(line), Some(Ok(_))) {
            return line.contains([',', '，']) || is_index(before);
        }
        before = line;
    }
    false
}

/// Prints a time with a point, in place of one that stands there: hours of one digit stay so.
pub(super) fn print_like(was: &str, at: Timestamp, out: &mut Out<'_>) {
    match was.find(':') {
        Some(0 | 1) | None => out.display(at),
        Some(_) => out.clock(at, b'.'),
    }
}

/// A line of digits alone.
pub(super) fn is_index(line: &str) -> bool {
    let digits = trimmed(line);
    !digits.is_empty() && digits.chars().all(|c| matches!(c, '0'..='9' | '０'..='９'))
}

/// Digits and a colon, maybe behind a minus.
fn begins_with_clock(line: &str) -> bool {
    let line = line.strip_prefix('-').unwrap_or(line).trim_start();
    let behind = line.trim_start_matches(|c: char| matches!(c, '0'..='9' | '０'..='９'));
    behind.len() < line.len() && behind.trim_start().starts_with([':', '：'])
}

fn has_arrow_or_dash(line: &str) -> bool {
    line.contains("->") || line.contains(['→', '—', '–', '－'])
}

/// Whether the times are those of a cue even though no arrow of two dashes stands between
/// them: both have three parts or a fraction, and nothing stands behind them. Opening
/// hours (`8:00—18:00`) are text.
fn is_plainly_timed(line: &str) -> bool {
    let mut times = line.split(['>', '→', '—', '–', '－', '=']);
    let is_clock = |part: &str| {
        let part = part.trim().trim_end_matches('-').trim_end();
        let digits_only = part
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '.' | ' '));
        digits_only && (part.matches(':').count() == 2 || part.contains([',', '.']))
    };
    times.clone().count() >= 2 && times.all(|part| part.trim().is_empty() || is_clock(part))
}

fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// `dd:dd:dd,ddd --> dd:dd:dd,ddd` and nothing else, which is what nearly every line is.
fn strict_line(line: &str) -> Option<TimeLine<'_>> {
    let bytes = line.as_bytes();
    if bytes.len() != 29 || &bytes[12..17] != b" --> " {
        return None;
    }
    Some(TimeLine {
        start: strict_time(bytes.first_chunk()?, b',')?,
        end: Some(strict_time(bytes.last_chunk()?, b',')?),
        finding: None,
        tail: "",
    })
}

fn loose_line(line: &str) -> Result<TimeLine<'_>, &'static Kind> {
    let (rest, start) = loose_time(line).map_err(|_| &UNREADABLE)?;
    let (rest, ()) = arrow(rest).map_err(|_| &UNREADABLE)?;
    let start = start?;
    let (tail, end) = match loose_time(rest) {
        Ok((tail, end)) => (tail, Some(end?)),
        Err(_) => (rest, None),
    };
    let found = [Some(start), end]
        .into_iter()
        .flatten()
        .filter_map(|time| time.finding);
    let worst = found
        .max_by_key(|kind| kind.severity)
        .unwrap_or(&LOOSE_TIME);
    let is_as_written = line.starts_with(&written(start.at, end.map(|end| end.at)));
    Ok(TimeLine {
        start: start.at,
        end: end.map(|end| end.at),
        finding: (!is_as_written).then_some(worst),
        tail: tail.trim(),
    })
}

/// The line as it is written for these times.
fn written(start: Timestamp, end: Option<Timestamp>) -> String {
    let time = |at: Timestamp| {
        let (hours, minutes, seconds, ms) = at.clock();
        format!("{hours:02}:{minutes:02}:{seconds:02},{ms:03}")
    };
    format!("{} --> {}", time(start), end.map(time).unwrap_or_default())
}

/// A time as people write it.
#[derive(Clone, Copy)]
pub(super) struct LooseTime {
    pub(super) at: Timestamp,
    /// What is wrong with it; how it is written is not.
    pub(super) finding: Option<&'static Kind>,
}

/// `[-] digits colon digits [colon digits] [point digits]`, with spaces between.
pub(super) fn loose_time(input: &str) -> IResult<&str, Result<LooseTime, &'static Kind>> {
    let digits = || terminated(take_while1(|c: char| c.is_ascii_digit()), space0);
    let colon = || terminated(one_of(":"), space0);
    let fraction = preceded(
        terminated(one_of(",.:"), space0),
        take_while_m_n(1, 18, |c: char| c.is_ascii_digit()),
    );
    let parts = (
        preceded(space0, opt(terminated(tag("-"), space0))),
        digits(),
        preceded(colon(), digits()),
        opt(preceded(colon(), digits())),
        opt(fraction),
        space0,
    );
    map(parts, |(minus, first, second, third, fraction, _)| {
        let (hours, minutes, seconds) = match third {
            Some(third) => (first, second, third),
            None => ("0", first, second),
        };
        let number = |digits: &str| digits.parse::<u64>().map_err(|_| &UNREADABLE);
        let (minutes, seconds) = (number(minutes)?, number(seconds)?);
        let ms = fraction.map_or(0, fraction_ms);
        let at = Timestamp::from_clock(number(hours)?, minutes, seconds, ms).ok_or(&UNREADABLE)?;
        let finding = match (minus, minutes > 59 || seconds > 59) {
            (Some(_), _) => Some(&NEGATIVE),
            (None, true) => Some(&CLOCK_PARTS),
            (None, false) => None,
        };
        let at = if minus.is_some() { Timestamp::ZERO } else { at };
        Ok(LooseTime { at, finding })
    })
    .parse(input)
}

/// `-->`, and what is typed for it.
fn arrow(input: &str) -> IResult<&str, ()> {
    let shaft = take_while1(|c| matches!(c, '-' | '—' | '–' | '=' | '－' | '→' | '>' | ' '));
    map(recognize(shaft), |_| ()).parse(input)
}

/// Digits behind the point as milliseconds, half up.
pub(super) fn fraction_ms(digits: &str) -> u64 {
    let digit = |at: usize| {
        digits
            .as_bytes()
            .get(at)
            .map_or(0, |byte| u64::from(byte - b'0'))
    };
    let ms = digit(0) * 100 + digit(1) * 10 + digit(2);
    ms + u64::from(digit(3) >= 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> Option<(u32, Option<u32>, Option<&'static str>)> {
        let read = time_line(line)?.ok()?;
        let id = read.finding.map(|kind| kind.id);
        Some((read.start.millis(), read.end.map(Timestamp::millis), id))
    }

    #[test]
    fn times_are_read_as_they_are_meant() {
        let loose = Some("loose-time");
        for (line, start, end, finding) in [
            ("00:00:01,000 --> 00:00:02,500", 1000, Some(2500), None),
            ("00:00:01.000 --> 00:00:02.500", 1000, Some(2500), loose),
            ("0:0:1,5-->0:0:2,05", 1500, Some(2050), loose),
            ("00:01,000 -> 00:02,000", 1000, Some(2000), loose),
            ("00:00:01 → 00:00:02", 1000, Some(2000), loose),
            (
                "００：００：０１，０００ --> ００：００：０２，５００",
                1000,
                Some(2500),
                loose,
            ),
            ("00:00:01,1239 --> 00:00:02,5", 1124, Some(2500), loose),
            (
                "100:00:00,000 --> 100:00:01,000",
                360_000_000,
                Some(360_001_000),
                None,
            ),
            (
                "00:75:99,000 --> 00:76:99,000",
                4_599_000,
                Some(4_659_000),
                Some("clock-parts"),
            ),
            (
                "-00:00:01,000 --> 00:00:02,000",
                0,
                Some(2000),
                Some("negative-time"),
            ),
            ("00:00:20,000 -->", 20_000, None, loose),
        ] {
            assert_eq!(read(line), Some((start, end, finding)), "{line}");
        }
    }

    #[test]
    fn a_tail_is_no_fault_of_the_times() {
        let read = time_line("00:00:01,000 --> 00:00:02,500  X1:63 X2:223")
            .unwrap()
            .unwrap();
        assert_eq!((read.finding, read.tail), (None, "X1:63 X2:223"));
    }

    #[test]
    fn text_with_an_arrow_is_text() {
        for line in ["甲 --> 乙", "--> 00:00:01,000", "12 --> 乙", "12 人", ""] {
            assert_eq!(time_line(line), None, "{line}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        for line in [
            "99999999999999999999:00:00,000 --> 00:00:01,000",
            "12: --> 乙",
        ] {
            assert_eq!(time_line(line), Some(Err(&UNREADABLE)), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_not(line in "[-0-9:,. >→\\PC]{0,60}") {
            let _ = time_line(&line);
        }
    }
}

//! One line in, the marker that it begins with out.
//!
//! The nom half of the transcript grammar: what stands at the start of a line. What the
//! lines make together is said in [`read`](super::read).

use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, satisfy, space0, space1};
use nom::combinator::{all_consuming, consumed, map, map_opt, not, opt, rest, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::model::Timestamp;
use crate::text::class::is_plainly_a_word;
use crate::transcript::inline::BRACKETS;
use crate::transcript::label::{Label, label};

/// What a line begins with, when it is not just text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker<'l> {
    /// `# 标题`; the title may be empty.
    Heading {
        /// Behind the signs and spaces.
        title: &'l str,
    },
    /// `[12:34]`, the text behind it may be empty.
    Time {
        /// The brackets and all between them, or the bare digits.
        marker: &'l str,
        /// Whether it is in brackets.
        form: TimeForm,
        /// `None` for clock parts over 59, which no time has.
        at: Option<Timestamp>,
        /// Behind the marker and spaces.
        text: &'l str,
    },
    /// `- `, `> `: a marker only where two lines or more have the same.
    Sign {
        /// What it is.
        sign: char,
        /// Behind it and spaces; never empty.
        text: &'l str,
    },
    /// `12. `, `12、`: a marker only where the lines of the transcript are numbered.
    Number {
        /// What the line is called.
        number: u32,
        /// Behind the marker and spaces; never empty.
        text: &'l str,
    },
    /// `张三：` and its kin. But for the form that says so, it is one only where the whole
    /// transcript is written so.
    Label(Label<'l>),
}

/// How a time at the start of a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeForm {
    /// `[12:34]` and its kin: a marker wherever it stands.
    Bracketed,
    /// `[?12:34]`: one that nobody has set right yet.
    Guessed,
    /// `12:34 `: a marker only where the whole transcript is written so.
    Bare,
    /// `12:34` and nothing else: a marker only where times and words take turns.
    Alone,
}

/// The signs of Markdown that a line may begin with: of a list, of a quotation.
const SIGNS: [char; 5] = ['-', '*', '+', '•', '>'];

/// The marker that a trimmed line begins with.
pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    let found = begins_with_sign(line).then(|| {
        let marker = alt((heading, bracketed, bare, alone, number, sign)).parse(line);
        marker.ok()
    });
    match found.flatten() {
        Some((_, marker)) => Some(marker),
        None => label(line).map(Marker::Label),
    }
}

/// Whether a line begins as all markers do but labels with a colon: most lines are text, and their
/// first character says so.
pub(super) fn begins_with_sign(line: &str) -> bool {
    line.starts_with(|first: char| {
        first.is_ascii_digit()
            || (!is_plainly_a_word(first)
                && (first == '#'
                    || SIGNS.contains(&first)
                    || BRACKETS.iter().any(|&(open, _)| open == first)))
    })
}

/// `heading = "#" { "#" } ( space title | end )`, at most six signs.
fn heading(line: &str) -> IResult<&str, Marker<'_>> {
    let signs = verify(take_while1(|c| c == '#'), |signs: &str| signs.len() <= 6);
    let title = verify(rest, |title: &str| {
        title.is_empty() || title.starts_with([' ', '\u{3000}'])
    });
    map(preceded(signs, title), |title: &str| Marker::Heading {
        title: title.trim(),
    })
    .parse(line)
}

/// `bracketed = open [ "?" ] time close`, where both are of one kind.
fn bracketed(line: &str) -> IResult<&str, Marker<'_>> {
    let mut last = nom::Err::Error(nom::error::Error::new(line, nom::error::ErrorKind::Alt));
    for (open, close) in BRACKETS {
        let guessed = opt(one_of("?？"));
        let time = delimited((char(open), space0), (guessed, time), (space0, char(close)));
        match consumed(time).parse(line) {
            Ok((text, (marker, (guessed, at)))) => {
                let form = guessed.map_or(TimeForm::Bracketed, |_| TimeForm::Guessed);
                let text = text.trim_start();
                return Ok((
                    "",
                    Marker::Time {
                        marker,
                        form,
                        at,
                        text,
                    },
                ));
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// `bare = time space text`.
fn bare(line: &str) -> IResult<&str, Marker<'_>> {
    map(
        (terminated(consumed(time), space1), rest),
        |((marker, at), text)| Marker::Time {
            marker,
            form: TimeForm::Bare,
            at,
            text,
        },
    )
    .parse(line)
}

/// `alone = time end`.
fn alone(line: &str) -> IResult<&str, Marker<'_>> {
    let whole = consumed(all_consuming(time));
    map(whole, |(marker, at)| Marker::Time {
        marker,
        form: TimeForm::Alone,
        at,
        text: "",
    })
    .parse(line)
}

/// `sign = ( "-" | "*" | "+" | "•" | ">" ) space text`.
fn sign(line: &str) -> IResult<&str, Marker<'_>> {
    let text = verify(rest, |text: &str| !text.is_empty());
    let sign = (terminated(one_of(SIGNS.as_slice()), space1), text);
    map(sign, |(sign, text)| Marker::Sign { sign, text }).parse(line)
}

/// `number = digits end text | "(" digits ")" text | "（" digits "）" text`.
fn number(line: &str) -> IResult<&str, Marker<'_>> {
    let plain = terminated(digits(1, 6), number_end);
    let half_width = delimited(char('('), digits(1, 6), char(')'));
    let full_width = delimited(char('（'), digits(1, 6), char('）'));
    let text = verify(preceded(space0, rest), |text: &str| !text.is_empty());
    let marker = (alt((plain, half_width, full_width)), text);
    map_opt(marker, |(digits, text)| {
        let number = digits.parse().ok()?;
        Some(Marker::Number { number, text })
    })
    .parse(line)
}

/// What ends the number of a line. Behind a point there is no digit: `1.5 倍`.
fn number_end(input: &str) -> IResult<&str, char> {
    let no_digit = not(satisfy(|c: char| c.is_ascii_digit()));
    alt((one_of("、)）"), terminated(one_of(".．"), no_digit))).parse(input)
}

/// `time = digits colon digits [ colon digits ] [ point digits ]`. The value is `None`
/// where a part behind a colon is over 59.
fn time(input: &str) -> IResult<&str, Option<Timestamp>> {
    let parts = (
        digits(1, 3),
        preceded(colon, digits(2, 2)),
        opt(preceded(colon, digits(2, 2))),
        opt(preceded(one_of(".．"), digits(1, 3))),
    );
    map(parts, |(first, second, third, fraction)| {
        let (hours, minutes, seconds) = match third {
            Some(third) => (first, second, third),
            None => ("0", first, second),
        };
        let too_large = |part: &str| part >= "60";
        if too_large(seconds) || (third.is_some() && too_large(minutes)) {
            return None;
        }
        let number = |digits: &str| digits.parse::<u64>().ok();
        let fraction = fraction.unwrap_or("0");
        let ms = number(fraction)? * [100, 10, 1][fraction.len() - 1];
        Timestamp::from_clock(number(hours)?, number(minutes)?, number(seconds)?, ms)
    })
    .parse(input)
}

fn colon(input: &str) -> IResult<&str, ()> {
    value((), one_of(":：")).parse(input)
}

fn digits<'i>(
    least: usize,
    most: usize,
) -> impl Parser<&'i str, Output = &'i str, Error = nom::error::Error<&'i str>> {
    take_while_m_n(least, most, |c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::label::LabelForm;
    use proptest::prelude::*;

    fn time_of(line: &str) -> Option<(TimeForm, u32, &str)> {
        match marker(line)? {
            Marker::Time { form, at, text, .. } => Some((form, at?.millis(), text)),
            Marker::Heading { .. }
            | Marker::Sign { .. }
            | Marker::Number { .. }
            | Marker::Label(_) => None,
        }
    }

    #[test]
    fn a_time_is_read_in_all_its_forms() {
        use TimeForm::{Bare, Bracketed, Guessed};
        for (line, form, ms) in [
            ("[12:34] 好", Bracketed, 754_000),
            ("[12:34]好", Bracketed, 754_000),
            ("【12：34】好", Bracketed, 754_000),
            ("[1:02:03.5] 好", Bracketed, 3_723_500),
            ("(12:34) 好", Bracketed, 754_000),
            ("（ 12:34 ）　好", Bracketed, 754_000),
            ("[75:20.25] 好", Bracketed, 4_520_250),
            ("[?1:15] 好", Guessed, 75_000),
            ("（？1:15）好", Guessed, 75_000),
            ("12:34 好", Bare, 754_000),
            ("1:02:03 好", Bare, 3_723_000),
        ] {
            assert_eq!(time_of(line), Some((form, ms, "好")), "{line}");
        }
    }

    #[test]
    fn a_number_is_read_in_all_its_forms() {
        for line in [
            "12. 好",
            "12、好",
            "12) 好",
            "12）好",
            "12．好",
            "12.好",
            "(12) 好",
            "（12）好",
        ] {
            let (number, text) = (12, "好");
            assert_eq!(
                marker(line),
                Some(Marker::Number { number, text }),
                "{line}"
            );
        }
        for line in [
            "12.5 倍",
            "12",
            "12 好",
            "12.",
            "3:2",
            "（12 好",
            "1234567. 好",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_a_marker_is_none() {
        for line in [
            "(3个)好",
            "[12:34】好",
            "12:34好",
            "(1:2) 好",
            "#话题",
            "####### 好",
            "3:2",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
    }

    #[test]
    fn parts_over_59_are_no_time() {
        for line in ["[12:75] 好", "[1:60:00] 好", "12:60 好"] {
            assert!(
                matches!(marker(line), Some(Marker::Time { at: None, .. })),
                "{line}"
            );
        }
    }

    #[test]
    fn headings_have_up_to_six_signs_and_a_space() {
        for (line, title) in [
            ("# 标题", "标题"),
            ("###### 深", "深"),
            ("#", ""),
            ("#　全角", "全角"),
        ] {
            assert_eq!(marker(line), Some(Marker::Heading { title }), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read(line in "[#0-9：:【(（\\[ 甲-]{0,2}\\PC*") {
            let found = marker(&line);
            let is_alike = matches!(found, Some(Marker::Label(Label { form: LabelForm::Alike, .. })));
            prop_assert!(found.is_none() || is_alike || begins_with_sign(&line));
        }

        #[test]
        fn the_text_behind_a_marker_is_the_end_of_the_line(line in "[\\[(【][0-9]{1,3}:[0-9]{2}[\\])】] .*") {
            if let Some(Marker::Time { marker, text, .. }) = marker(&line) {
                prop_assert!(line.starts_with(marker) && line.ends_with(text));
            }
        }
    }
}

//! The line of times and settings of a WebVTT cue in, its times and position out.
//!
//! By the specification's own steps ("collect WebVTT cue timings and settings"): three
//! digits of fraction, hours of any length, minutes and seconds up to 59. Of the settings
//! the model has the nine positions.

use crate::model::{Position, Timestamp};

/// The times of a cue as they are written, and what stands behind them.
pub(super) struct Written<'l> {
    pub(super) start: WrittenTime<'l>,
    pub(super) end: WrittenTime<'l>,
    pub(super) settings: &'l str,
}

/// A time, and the text that says it.
pub(super) struct WrittenTime<'l> {
    pub(super) at: Timestamp,
    pub(super) text: &'l str,
}

/// "Collect timings and settings": both times and what stands behind them.
pub(super) fn times_of(line: &str) -> Option<Written<'_>> {
    let (start, rest) = written_time(behind_spaces(line))?;
    let rest = behind_spaces(rest).strip_prefix("-->")?;
    let (end, settings) = written_time(behind_spaces(rest))?;
    Some(Written {
        start,
        end,
        settings,
    })
}

fn written_time(text: &str) -> Option<(WrittenTime<'_>, &str)> {
    let (at, rest) = timestamp(text)?;
    let text = &text[..text.len() - rest.len()];
    Some((WrittenTime { at, text }, rest))
}

/// "Collect a timestamp": `mm:ss.ttt` or `h…:mm:ss.ttt`, and what stands behind it.
pub(super) fn timestamp(text: &str) -> Option<(Timestamp, &str)> {
    let (first, rest) = digits(text)?;
    let (second, rest) = digits(rest.strip_prefix(':')?)?;
    let first_is_hours = first.len() != 2 || first > "59";
    let (hours, minutes, seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (third, rest) = digits(rest)?;
            (first, second, third, rest)
        }
        None if first_is_hours => return None,
        None => ("0", first, second, rest),
    };
    let (fraction, rest) = digits(rest.strip_prefix('.')?)?;
    if minutes.len() != 2 || seconds.len() != 2 || fraction.len() != 3 {
        return None;
    }
    if minutes > "59" || seconds > "59" {
        return None;
    }
    let number = |digits: &str| digits.parse::<u64>().ok();
    let at = Timestamp::from_clock(
        number(hours)?,
        number(minutes)?,
        number(seconds)?,
        number(fraction)?,
    )?;
    Some((at, rest))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (length > 0).then(|| text.split_at(length))
}

/// Past the white space of the specification.
fn behind_spaces(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\u{c}'])
}

/// The settings that put a cue in each of the nine positions, by keypad number. Which edge of the
/// box a place is of follows from how its text is aligned; to say it (`0%,line-left`, `50%,center`)
/// would lose the whole setting in Chromium up to 148 at least, which drops what it does not know.
const SETTINGS: [&str; 9] = [
    " position:0% align:left",
    "",
    " position:100% align:right",
    " line:50% position:0% align:left",
    " line:50%",
    " line:50% position:100% align:right",
    " line:0 position:0% align:left",
    " line:0",
    " line:0 position:100% align:right",
];

/// The settings that put a cue there.
pub(super) const fn settings_of(position: Position) -> &'static str {
    SETTINGS[position as usize - 1]
}

/// Where the settings of a cue put it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stands {
    /// `None` where captions stand by default.
    pub(super) position: Option<Position>,
    /// Whether there were settings that are not kept.
    pub(super) others: Others,
}

/// Whether a cue had settings besides those of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    None,
    Some,
}

/// Reads the settings behind the times.
pub(super) fn stands(settings: &str) -> Stands {
    let (mut row, mut column, mut others) = (0, 1, Others::None);
    for setting in settings.split_ascii_whitespace() {
        match setting.split_once(':') {
            Some(("line", line)) => match row_of(line) {
                Some(known) => row = known,
                None => others = Others::Some,
            },
            Some(("align", "start" | "left")) => column = 0,
            Some(("align", "end" | "right")) => column = 2,
            Some(("align", "center" | "middle")) => column = 1,
            // Where the box stands follows from how its text is aligned.
            Some(("position", place)) if is_place(place) => {}
            _ => others = Others::Some,
        }
    }
    let position = Position::from_keypad(3 * row + column + 1);
    Stands {
        position: position.filter(|&position| position != Position::BottomCentre),
        others,
    }
}

/// "Position": a percentage, and which edge of the box it is of.
fn is_place(value: &str) -> bool {
    let (percent, edge) = match value.split_once(',') {
        Some((percent, edge)) => (percent, Some(edge)),
        None => (value, None),
    };
    let number = percent.strip_suffix('%').unwrap_or_default();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_zero = fraction.bytes().all(|digit| digit == b'0');
    let known_edges = ["line-left", "center", "line-right"];
    is_digits(whole)
        && is_digits(fraction)
        && whole
            .parse::<u32>()
            .is_ok_and(|whole| whole < 100 || whole == 100 && is_zero)
        && edge.is_none_or(|edge| known_edges.contains(&edge))
}

/// Which third of the picture a `line` setting means: 0 bottom, 1 middle, 2 top.
fn row_of(line: &str) -> Option<usize> {
    let value = line.split(',').next()?;
    if let Some(percent) = value.strip_suffix('%') {
        let whole: u32 = percent.split('.').next()?.parse().ok()?;
        return Some(match whole {
            0..=33 => 2,
            34..=66 => 1,
            _ => 0,
        });
    }
    // Lines are counted from the top; negative ones from the bottom.
    let number: i32 = value.parse().ok()?;
    Some(if number >= 0 { 2 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_specification() {
        let read = |line| {
            times_of(line).map(|found| {
                (
                    found.start.at.millis(),
                    found.end.at.millis(),
                    found.settings,
                )
            })
        };
        assert_eq!(
            read("00:01.000 --> 00:02.500 line:0"),
            Some((1000, 2500, " line:0"))
        );
        assert_eq!(
            read("1:00:00.000-->100:00:00.000"),
            Some((3_600_000, 360_000_000, ""))
        );
        for line in [
            "00:01,000 --> 00:02.000",
            "0:1.000 --> 00:02.000",
            "00:60.000 --> 02:00.000",
            "1:00.000 --> 02:00.000",
            "00:01.00 --> 00:02.000",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_setting_without_a_value_that_counts_is_not_kept() {
        for setting in [
            "position:",
            "position:50",
            "position:.5%",
            "position:100.5%",
            "position:10%,start",
            "line:",
            "line:up",
            "align:",
        ] {
            let expected = Stands {
                position: None,
                others: Others::Some,
            };
            assert_eq!(stands(setting), expected, "{setting}");
        }
        for setting in [
            "position:100%",
            "position:100.0%,center",
            "position:07.25%,line-left",
        ] {
            assert_eq!(stands(setting).others, Others::None, "{setting}");
        }
    }

    #[test]
    fn the_nine_positions_are_read_back() {
        for position in Position::ALL {
            let expected = Some(position).filter(|&position| position != Position::BottomCentre);
            let stands = stands(settings_of(position));
            assert_eq!((stands.position, stands.others), (expected, Others::None));
        }
    }
}

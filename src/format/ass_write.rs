//! A track in, an ASS file out, for its strictest readers: Aegisub wants the sections in this
//! order and the fields in theirs, `VSFilter` knows no escapes, and libass takes exactly two
//! digits behind the point for hundredths.

use std::io;

use crate::format::ass_fields::print_name;
use crate::format::ass_languages::LanguageStyles;
use crate::format::ass_styles::{EMPHASIS, Emphasis};
use crate::format::out::Out;
use crate::model::{LineView, Timestamp, Track};

/// What the file is. The size is that of most pictures, so that other programs count margins and
/// letters in its pixels.
const HEAD: &str = "\
[Script Info]
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080
WrapStyle: 0
ScaledBorderAndShadow: yes
YCbCr Matrix: None
";

/// What stands between the styles and the events.
const EVENTS: &str = "
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
";

/// Overrides by the place of their mark in an [`Emphasis`].
const TAGS: [&str; 3] = ["\\b", "\\i", "\\u"];

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    let styles = LanguageStyles::of(track);
    out.push_str(HEAD);
    styles.print(out);
    out.push_str(EVENTS);
    for cue in track.cues() {
        let mut style = track
            .lines(cue)
            .next()
            .map_or(0, |line| styles.of_line(&line));
        out.push_str("Dialogue: 0,");
        clock(cue.interval.start(), 1, out);
        out.push(',');
        clock(cue.interval.end(), 1, out);
        out.push(',');
        styles.print_name(style, out);
        out.push(',');
        print_name(track.speaker(cue).unwrap_or_default(), out);
        out.push_str(",0,0,0,,");
        if let Some(position) = track.position(cue) {
            out.push_str("{\\an");
            out.number(u32::from(position.keypad()), 1);
            out.push('}');
        }
        let mut shown = Emphasis::default();
        for (index, line) in track.lines(cue).enumerate() {
            if index > 0 {
                out.push_str("\\N");
            } else if line.text.is_empty() && cue.line_count() == 1 {
                // Nothing at all is a cue without a line.
                out.push_str("{}");
            }
            let wanted = styles.of_line(&line);
            if wanted != style {
                // All overrides end with it.
                out.push_str("{\\r");
                styles.print_name(wanted, out);
                out.push('}');
                (style, shown) = (wanted, Emphasis::default());
            }
            print_line(&line, &mut shown, out);
        }
        emphasize(Emphasis::default(), &mut shown, out);
        out.push('\n');
        out.end_cue()?;
    }
    Ok(())
}

/// Prints a line. An override switches for all that follows it, over line ends too: one is
/// printed where the next text is to look different.
fn print_line(line: &LineView<'_>, shown: &mut Emphasis, out: &mut Out<'_>) {
    let mut edges = Vec::with_capacity(2 * line.marks.len());
    for mark in line.marks {
        // Readings were taken away before.
        if let Some(kind) = EMPHASIS.iter().position(|&kind| kind == mark.kind) {
            edges.push((mark.span.start() - line.span.start(), kind, 1_i32));
            edges.push((mark.span.end() - line.span.start(), kind, -1));
        }
    }
    edges.sort_unstable();
    let mut depths = [0_i32; 3];
    let mut printed = 0;
    for (at, kind, deeper) in edges {
        if at > printed {
            emphasize(depths.map(|depth| depth > 0), shown, out);
            out.push_str(line.text.get(printed..at).unwrap_or_default());
            printed = at;
        }
        depths[kind] += deeper;
    }
    if printed < line.text.len() {
        emphasize(Emphasis::default(), shown, out);
        out.push_str(&line.text[printed..]);
    }
}

/// Switches what is not as it is wanted.
fn emphasize(wanted: Emphasis, shown: &mut Emphasis, out: &mut Out<'_>) {
    if wanted == *shown {
        return;
    }
    out.push('{');
    for ((tag, wanted), shown) in TAGS.into_iter().zip(wanted).zip(*shown) {
        if wanted != shown {
            out.push_str(tag);
            out.push(if wanted { '1' } else { '0' });
        }
    }
    out.push('}');
    *shown = wanted;
}

/// Places behind each backslash of a line of text: what follows it could be an escape, or become
/// one with an override that is printed there.
pub(super) fn guards(line: &str, places: &mut Vec<usize>) {
    places.extend(memchr::memchr_iter(b'\\', line.as_bytes()).map(|at| at + 1));
}

/// Prints a time in place of another: with as many digits of hours at least, and to the
/// millisecond where it was.
pub(super) fn print_time(written: &str, at: Timestamp, out: &mut Out<'_>) {
    let hours = written.split(':').next().unwrap_or_default();
    let width = hours.bytes().take_while(u8::is_ascii_digit).count();
    let fraction = written.rsplit('.').next().unwrap_or_default();
    let width = if written.matches(':').count() == 2 {
        width.clamp(1, 9)
    } else {
        1
    };
    if fraction.len() == 3 && fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        let (hours, minutes, seconds, ms) = at.clock();
        minutes_and_hours((hours, minutes, seconds), width, out);
        out.number(ms, 3);
    } else {
        clock(at, width, out);
    }
}

/// Prints `H:MM:SS.cc`, half up.
fn clock(at: Timestamp, hour_digits: usize, out: &mut Out<'_>) {
    let (hours, minutes, seconds, ms) = at.later(5).clock();
    minutes_and_hours((hours, minutes, seconds), hour_digits, out);
    out.number(ms / 10, 2);
}

/// Prints `H:MM:SS.`.
fn minutes_and_hours(
    (hours, minutes, seconds): (u32, u32, u32),
    hour_digits: usize,
    out: &mut Out<'_>,
) {
    out.number(hours, hour_digits);
    out.push(':');
    out.number(minutes, 2);
    out.push(':');
    out.number(seconds, 2);
    out.push('.');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Format, lower};

    /// The events of captions that were WebVTT.
    fn written(vtt: &str) -> String {
        let [vtt_format, ass] = ["vtt", "ass"].map(|id| Format::named(id).unwrap());
        let text = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{vtt}\n");
        let mut track = vtt_format.read(&text).unwrap().track;
        lower(&mut track, ass);
        let mut bytes = Vec::new();
        ass.write(&track, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.rsplit(",,").next().unwrap().trim_end().to_owned()
    }

    #[test]
    fn marks_switch_and_do_not_nest() {
        assert_eq!(written("<b>甲<b>乙</b>丙</b>丁"), "{\\b1}甲乙丙{\\b0}丁");
        assert_eq!(written("<b>甲<i>乙</i></b>"), "{\\b1}甲{\\i1}乙{\\b0\\i0}");
        assert_eq!(written("<u>甲\n乙</u>\n丙"), "{\\u1}甲\\N乙\\N{\\u0}丙");
    }

    #[test]
    fn a_reading_is_text_too() {
        let ruby = |base: &str| written(&format!("<ruby>{base}<rt>{{\\i1}}</rt></ruby>{{乙"));
        assert_eq!(ruby("甲"), "甲（｛\\\u{2060}i1｝）｛乙");
        assert_eq!(ruby("甲\\"), "甲\\\u{2060}（｛\\\u{2060}i1｝）｛乙");
    }

    #[test]
    fn a_time_takes_the_form_of_the_one_before() {
        for (was, is) in [
            ("0:00:01.00", "1:01:02.35"),
            ("00:00:01.00", "01:01:02.35"),
            ("0:00:01.5", "1:01:02.35"),
            ("00:00:01.000", "01:01:02.345"),
            ("12:01.00", "1:01:02.35"),
            ("99999999999:00:00.00", "000000001:01:02.35"),
        ] {
            let mut bytes = Vec::new();
            let mut out = Out::new(&mut bytes);
            print_time(was, Timestamp::from_millis(3_662_345), &mut out);
            out.flush().unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), is, "{was}");
        }
    }
}

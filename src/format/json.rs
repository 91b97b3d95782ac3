//! zimu's own neutral form: JSON in, a track out, and back. It holds all that a track does.
//!
//! ```json
//! {"format":"zimu-cues","version":1,"chapters":[{"start_ms":0,"title":"开场"}],"cues":[
//! {"id":"12.1","start_ms":0,"end_ms":1530,"speaker":null,"lines":[{"language":"zh-Hans","text":"…"}]}
//! ]}
//! ```
//!
//! `chapters`, a cue's `position` (1 to 9, as on a numeric keypad) and a line's `marks`
//! (`kind`, and `start` and `end` in characters) are left out where there are none. Times
//! are whole milliseconds. Keys that are not known are passed over, so that a newer file
//! can be read.

use std::io;

use crate::format::json_form::{MarkForm, MarkName};
use crate::format::json_value::print_string;
use crate::format::out::Out;
use crate::model::{LineView, MarkKind, Timestamp, Track};

pub(super) const FORMAT: &str = "zimu-cues";
pub(super) const VERSION: u32 = 1;

/// Whether a text is plainly of this format.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start().get(..64).unwrap_or(text);
    start.starts_with('{') && start.contains(FORMAT)
}

/// Prints a time in place of another.
pub(super) fn print_time(_: &str, at: Timestamp, out: &mut Out<'_>) {
    out.number(at.millis(), 1);
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    out.display(format_args!(
        "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},"
    ));
    for (index, (start, title)) in track.chapters().enumerate() {
        out.push_str(if index == 0 { "\"chapters\":[" } else { "," });
        out.display(format_args!("{{\"start_ms\":{},\"title\":", start.millis()));
        print_string(title, out);
        out.push('}');
    }
    if track.chapters().next().is_some() {
        out.push_str("],");
    }
    out.push_str("\"cues\":[");
    for (index, cue) in track.cues().iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str("{\"id\":");
        print_string(&track.name(cue).to_string(), out);
        out.push_str(",\"start_ms\":");
        out.number(cue.interval.start().millis(), 1);
        out.push_str(",\"end_ms\":");
        out.number(cue.interval.end().millis(), 1);
        out.push_str(",\"speaker\":");
        match track.speaker(cue) {
            Some(speaker) => print_string(speaker, out),
            None => out.push_str("null"),
        }
        if let Some(position) = track.position(cue) {
            out.push_str(",\"position\":");
            out.number(u32::from(position.keypad()), 1);
        }
        out.push_str(",\"lines\":[");
        for (index, line) in track.lines(cue).enumerate() {
            out.push_str(if index == 0 {
                "{\"language\":"
            } else {
                ",{\"language\":"
            });
            print_string(line.language.as_str(), out);
            out.push_str(",\"text\":");
            print_string(line.text, out);
            marks(track, &line, out);
            out.push('}');
        }
        out.push_str("]}");
        out.end_cue()?;
    }
    out.push_str("\n]}\n");
    Ok(())
}

fn marks(track: &Track, line: &LineView<'_>, out: &mut Out<'_>) {
    if line.marks.is_empty() {
        return;
    }
    let characters: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
    let before = |place: usize| {
        let at = place - line.span.start();
        characters.partition_point(|&character| character < at) as u32
    };
    let forms: Vec<MarkForm<&str>> = line
        .marks
        .iter()
        .map(|mark| MarkForm {
            kind: MarkName::of(mark.kind),
            start: before(mark.span.start()),
            end: before(mark.span.end()),
            reading: match mark.kind {
                MarkKind::Ruby(reading) => Some(track.reading(reading)),
                MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => None,
            },
        })
        .collect();
    out.push_str(",\"marks\":");
    // Plain data with string keys: there is nothing that JSON cannot hold.
    out.push_str(&serde_json::to_string(&forms).unwrap_or_default());
}

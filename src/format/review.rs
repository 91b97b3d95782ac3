//! A track in, a form for people's eyes out: one cue a line.
//!
//! Made for snapshots and for reading a track through. Written only.

use std::io;

use crate::format::out::Out;
use crate::model::{Counting, Cue, Timestamp, Track};
use crate::text::width::half_characters;

/// A track for people's eyes, and for snapshots: one cue a line.
///
/// The id, padded to six characters; when it is shown, as `h:mm:ss.mmm`; for how long; how fast
/// it is to be read, in characters a second, to a tenth, half up (a half-width one is half a
/// character); `<speaker>`, where there is one; its lines with `⏎` between. A chapter is
/// `# h:mm:ss.mmm title` before the first cue that starts no earlier. Positions, emphasis,
/// readings and languages are not shown.
///
/// The form is stable: a change of it is a breaking change. It is what `--to review` prints.
///
/// ```
/// use zimu::format::{Format, review};
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:03,500\n水开了\n放茶叶\n";
/// let track = srt.read(text).unwrap().track;
/// let line = "1      0:00:01.000 → 0:00:03.500  2.500s  2.4/s  水开了 ⏎ 放茶叶\n";
/// assert_eq!(review(&track), line);
/// ```
#[must_use]
pub fn review(track: &Track) -> String {
    let mut printed = Vec::new();
    let mut out = Out::new(&mut printed);
    // What is printed to memory cannot fail, and is text.
    let _ = write(track, &mut out).and_then(|()| out.flush());
    String::from_utf8_lossy(&printed).into_owned()
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    let mut chapters = track.chapters().peekable();
    for cue in track.cues() {
        while let Some((start, title)) =
            chapters.next_if(|(start, _)| *start <= cue.interval.start())
        {
            chapter(start, title, out);
        }
        self::cue(track, cue, out);
        out.end_cue()?;
    }
    for (start, title) in chapters {
        chapter(start, title, out);
    }
    Ok(())
}

fn chapter(start: Timestamp, title: &str, out: &mut Out<'_>) {
    out.display(format_args!("# {start} {title}\n"));
}

fn cue(track: &Track, cue: &Cue, out: &mut Out<'_>) {
    let interval = cue.interval;
    let halves: u32 = track
        .lines(cue)
        .map(|line| half_characters(line.text, Counting::Cjk))
        .sum();
    // Half characters a millisecond, as tenths of a character a second, half up.
    let tenths = (u64::from(halves) * 10_000 / u64::from(interval.duration_ms())).div_ceil(2);
    out.display(format_args!(
        "{:<6} {} → {} {:>2}.{:03}s {:>2}.{}/s ",
        track.name(cue).to_string(),
        interval.start(),
        interval.end(),
        interval.duration_ms() / 1000,
        interval.duration_ms() % 1000,
        tenths / 10,
        tenths % 10,
    ));
    if let Some(speaker) = track.speaker(cue) {
        out.display(format_args!(" <{speaker}>"));
    }
    for (index, line) in track.lines(cue).enumerate() {
        out.push_str(if index == 0 { " " } else { " ⏎ " });
        out.push_str(line.text);
    }
    out.push('\n');
}

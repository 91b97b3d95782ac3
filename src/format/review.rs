//! A track in, a form for people's eyes out: one cue a line.
//!
//! Made for snapshots and for reading a track through: the id, the times, how long the cue
//! is shown, how fast it is to be read (full-width characters a second, half-width ones
//! half), and its text with `⏎` where it wraps. Written only.

use std::io;

use crate::format::out::Out;
use crate::model::{Counting, Cue, Timestamp, Track};
use crate::text::width::half_characters;

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

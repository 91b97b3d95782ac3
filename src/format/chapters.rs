//! A track in, its chapters out as YouTube reads them in the description of a video:
//! `0:00 开场`, a line each.
//!
//! Written only. A chapter begins at the whole second before its first word: rounded to the
//! nearest, half of all chapters would begin after it. What YouTube asks of the list is among
//! the lacks in `lower.rs`.

use std::io;

use crate::format::out::Out;
use crate::model::Track;

/// Prints the chapters of a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    for (start, title) in track.chapters() {
        let (hours, minutes, seconds, _) = start.clock();
        if hours > 0 {
            out.number(hours, 1);
            out.push(':');
        }
        out.number(minutes, if hours > 0 { 2 } else { 1 });
        out.push(':');
        out.number(seconds, 2);
        out.push(' ');
        out.push_str(title);
        out.push('\n');
        out.end_cue()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::format::{Format, lower};
    use crate::model::{Timestamp, TrackBuilder};

    /// What is written of chapters that start so, and what is said of it.
    fn written(chapters: &[(u32, &str)]) -> (String, Vec<String>) {
        let mut builder = TrackBuilder::new();
        for &(start_ms, title) in chapters {
            builder.chapter(Timestamp::from_millis(start_ms), title);
        }
        let mut track = builder.finish();
        let format = Format::named("chapters").expect("a row");
        let losses = lower(&mut track, format);
        let mut bytes = Vec::new();
        format
            .write(&track, &mut bytes)
            .expect("a vector takes all");
        let said = losses.iter().map(ToString::to_string).collect();
        (String::from_utf8(bytes).expect("text"), said)
    }

    #[test]
    fn a_chapter_is_never_later_than_its_words() {
        let (text, said) = written(&[
            (999, "开场"),
            (59_999, "茶山"),
            (3_599_999, "茶船"),
            (3_600_000, "到岸"),
            (36_061_500, "尾声"),
        ]);
        assert_eq!(
            text,
            "0:00 开场\n0:59 茶山\n59:59 茶船\n1:00:00 到岸\n10:01:01 尾声\n"
        );
        // From 59:59 to 1:00:00 is a second.
        assert_eq!(
            said,
            [
                "YouTube chapters has no room for 1 chapters of less than 10 s, with which none is shown"
            ]
        );
    }

    #[test]
    fn what_youtube_would_not_show_is_said() {
        let few = "YouTube chapters has no room for 1 lists of fewer than three chapters, of which none is shown";
        let late = "YouTube chapters has no room for 1 lists of chapters that begin later than 0:00, of which none is shown";
        let whole = [(0, "甲"), (10_000, "乙"), (20_000, "丙")];
        let later = [(1000, "甲"), (11_000, "乙"), (21_000, "丙")];
        assert_eq!(written(&whole).1, Vec::<String>::new());
        assert_eq!(written(&later).1, [late]);
        assert_eq!(written(&whole[..2]).1, [few]);
        assert_eq!(written(&[]), (String::new(), vec![few.to_owned()]));
    }
}

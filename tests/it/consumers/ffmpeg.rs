//! Pictures with captions burnt in by FFmpeg and libass, as mpv and most players draw them, and
//! the cues that FFmpeg finds in a file.

use std::fmt::Write as _;
use std::fs;
use std::ops::RangeInclusive;

use zimu::format::Feature;
use zimu::model::{LineView, MarkKind, Track};

use super::{convert, run};
use crate::road::{fixtures, format, read, text_of, written};

const WIDTH: usize = 640;
const HEIGHT: usize = 360;

/// Pixels that are not as dark as the bare picture.
const LIT: u8 = 60;

/// Formats that FFmpeg reads.
const FORMATS: [&str; 3] = ["ass", "srt", "vtt"];

/// A picture in shades of grey, as bytes.
struct Picture(Vec<u8>);

impl Picture {
    fn is_lit(&self, row: usize, column: usize) -> bool {
        self.0[row * WIDTH + column] > LIT
    }

    fn rows(&self) -> RangeInclusive<usize> {
        let is_lit = |row: &usize| (0..WIDTH).any(|column| self.is_lit(*row, column));
        extent((0..HEIGHT).filter(is_lit))
    }

    fn columns(&self) -> RangeInclusive<usize> {
        let is_lit = |column: &usize| (0..HEIGHT).any(|row| self.is_lit(row, *column));
        extent((0..WIDTH).filter(is_lit))
    }

    fn width(&self) -> usize {
        self.columns().count()
    }

    fn height(&self) -> usize {
        self.rows().count()
    }
}

fn extent(lit: impl Iterator<Item = usize> + Clone) -> RangeInclusive<usize> {
    let first = lit.clone().next().expect("something is shown");
    first..=lit.last().unwrap_or(first)
}

/// A picture of each cue. `cues` are texts of WebVTT, with the settings of their cue before a `|`.
fn pictures(cues: &[&str], id: &str) -> Vec<Picture> {
    let mut vtt = String::from("WEBVTT\n\n");
    for (at, cue) in cues.iter().enumerate() {
        let (settings, text) = cue.split_once('|').unwrap_or(("", cue));
        let (before, behind) = (2 * at, 2 * at + 1);
        let _ = write!(
            vtt,
            "00:{before:02}.500 --> 00:{behind:02}.500 {settings}\n{text}\n\n"
        );
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("talk.vtt"), vtt).expect("a file");
    let name = format!("shown.{id}");
    convert("talk.vtt", &name, &folder);
    // A picture a second: one before each cue, and one in its middle.
    let count = 2 * cues.len();
    let bare = format!("color=c=black:s={WIDTH}x{HEIGHT}:r=1:d={count}");
    let filter = format!("subtitles={name}");
    let mut arguments = vec!["-v", "error", "-f", "lavfi", "-i", &bare, "-vf", &filter];
    arguments.extend(["-f", "rawvideo", "-pix_fmt", "gray", "-"]);
    let bytes = run("ffmpeg", "ffmpeg", &arguments, &folder).stdout;
    let (pictures, rest) = bytes.as_chunks::<{ WIDTH * HEIGHT }>();
    assert_eq!((pictures.len(), rest.len()), (count, 0));
    let pairs = pictures.chunks(2).zip(cues);
    let shown = pairs.map(|(pair, cue)| {
        assert!(pair[0].iter().all(|&grey| grey <= LIT), "{id}: {cue}");
        assert_ne!(pair[0], pair[1], "{id} shows nothing of {cue}");
        Picture(pair[1].to_vec())
    });
    shown.collect()
}

#[test]
#[ignore = "needs ffmpeg"]
fn emphasis_lines_and_positions_are_seen() {
    let cues = [
        "渡口",
        "<b>渡口</b>",
        "<i>渡口</i>",
        "渡口\n下游",
        "line:0|渡口",
    ];
    for id in FORMATS {
        let shown = pictures(&cues, id);
        let [plain, bold, italic, two, top] = &shown[..] else {
            panic!("expected a picture of each cue");
        };
        assert_ne!(plain.0, bold.0, "{id}");
        assert_ne!(plain.0, italic.0, "{id}");
        assert!(two.height() > 3 * plain.height() / 2, "{id}");
        assert!(*plain.rows().start() > HEIGHT / 2, "{id}");
        // FFmpeg reads no settings of WebVTT; what a browser makes of them is tested with one.
        if id != "vtt" {
            assert!(*top.rows().end() < HEIGHT / 2, "{id}");
        }
    }
}

/// Both are in the picture, one below the other, and in ASS the second is smaller.
#[test]
#[ignore = "needs ffmpeg"]
fn both_languages_are_seen() {
    let cues = [
        "<lang zh-Hans>渡口的灯</lang>\n<lang en>The ferry light</lang>",
        "<lang zh-Hans>渡口的灯</lang>",
        "<lang en>The ferry light</lang>",
        "<lang zh-Hans>The ferry light</lang>",
    ];
    for id in ["srt", "ass"] {
        let shown = pictures(&cues, id);
        let [both, chinese, english, large] = &shown[..] else {
            panic!("expected a picture of each cue");
        };
        // The second line stands where it stands alone.
        let top = *english.rows().start();
        let (above, below) = both.0.split_at(top * WIDTH);
        let lit = |rows: &[u8]| rows.iter().filter(|&&grey| grey > LIT).count();
        assert_eq!(lit(below), lit(&english.0), "{id}");
        let drawn = lit(above) * 10 / lit(&chinese.0);
        assert!(
            (9..=11).contains(&drawn),
            "{id}: {drawn} tenths of the Chinese"
        );
        let size = english.width() * 100 / large.width();
        let expected = if id == "ass" { 67..=73 } else { 100..=100 };
        assert!(expected.contains(&size), "{id}: {size} %");
    }
}

/// Text that looks like markup, and what is left of it where a player takes it for that.
const LITERAL: [(&str, &str); 9] = [
    ("a&lt;b&gt;c", "ac"),
    ("a&lt;/i&gt;c", "ac"),
    ("a&lt;&gt;c", "ac"),
    ("a&lt;3 b&gt;c", "ac"),
    ("甲{乙}丙", "甲丙"),
    ("甲{\\an8}乙", "甲乙"),
    ("甲{Y:i}乙", "甲乙"),
    ("甲\\N乙", "甲乙"),
    ("甲 --&gt; 乙", "甲 乙"),
];

#[test]
#[ignore = "needs ffmpeg"]
fn text_that_looks_like_markup_is_seen() {
    let cues: Vec<&str> = LITERAL
        .iter()
        .flat_map(|&(text, rest)| [text, rest])
        .collect();
    for id in FORMATS {
        let shown = pictures(&cues, id);
        for (pair, (text, _)) in shown.chunks(2).zip(LITERAL) {
            // FFmpeg takes a backslash in WebVTT for one of ASS; to WebVTT it is text.
            if id == "vtt" && text.contains("\\N") {
                continue;
            }
            let more = pair[0].width() - pair[1].width();
            let wide = more > 8 && pair[0].height() < 30;
            assert!(wide, "{id} does not show all of {text}");
            assert!(*pair[0].rows().start() > HEIGHT / 2, "{id}: {text}");
        }
    }
}

/// A cue: when it is shown, and its lines with what is bold and italic in them.
fn cues(track: &Track) -> Vec<(u32, u32, Vec<String>)> {
    let line = |line: LineView<'_>| {
        let marks = line.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Ruby(_) => None,
            kind @ (MarkKind::Bold | MarkKind::Italic | MarkKind::Underline) => {
                let place = mark.span.start() - line.span.start();
                Some(format!(" {kind:?} {place}+{}", mark.span.len()))
            }
        });
        line.text.to_owned() + &marks.collect::<String>()
    };
    let cues = track.cues().iter().map(|cue| {
        let interval = cue.interval;
        let lines = track.lines(cue).map(line).collect();
        (interval.start().millis(), interval.end().millis(), lines)
    });
    cues.collect()
}

/// FFmpeg's readers and writers, with nothing of its own in between.
#[test]
#[ignore = "needs ffmpeg"]
fn ffmpeg_finds_the_same_cues() {
    for id in FORMATS {
        let format = format(id);
        for path in fixtures(id) {
            let track = read(&text_of(&path), format).track;
            let (text, _) = written(&track, format);
            let expected = cues(&read(&text, format).track);
            let is_early = format.holds(Feature::TenHours) || track.end().clock().0 < 10;
            if expected.is_empty() || !is_early {
                continue;
            }
            let copy = printed(&text, id, &["-c", "copy", "-f", muxer(id)]);
            let found = cues(&read(&copy, format).track);
            assert_eq!(found, expected, "{}\n{copy}", path.display());
        }
    }
}

/// FFmpeg's decoders, which make ASS of each format.
#[test]
#[ignore = "needs ffmpeg"]
fn ffmpeg_makes_the_same_captions_of_every_format() {
    let text = "WEBVTT\n\n00:00.500 --> 00:01.500\n<b>渡口</b>的船\n下<i>游</i>的灯\n\n\
        00:02.500 --> 00:03.500\nA&amp;B，a &lt; b\n";
    let track = read(text, format("vtt")).track;
    for id in FORMATS {
        let (text, _) = written(&track, format(id));
        let made = printed(&text, id, &["-f", "srt"]);
        assert_eq!(
            cues(&read(&made, format("srt")).track),
            cues(&track),
            "{made}"
        );
    }
}

fn muxer(id: &str) -> &str {
    if id == "vtt" { "webvtt" } else { id }
}

/// What FFmpeg makes of a text in a format.
fn printed(text: &str, id: &str, options: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let name = format!("talk.{id}");
    fs::write(folder.path().join(&name), text).expect("a file");
    let arguments = [&["-v", "error", "-i", &name], options, &["-"]].concat();
    let bytes = run("ffmpeg", "ffmpeg", &arguments, &folder).stdout;
    String::from_utf8(bytes).expect("text")
}

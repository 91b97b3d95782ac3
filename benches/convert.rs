//! How fast caption files become other caption files, as multiples of what no tool can be faster
//! than: `limit` reads a file, checks its UTF-8, finds its lines and writes the same bytes.
//!
//! A hundred thousand cues, from a file to a file, as `zimu convert` does it. Divide the others
//! by the `limit` of what they read in the same run (`srt` for `vtt` too).

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;

use divan::{Bencher, black_box};
use tempfile::TempDir;
use zimu::bilingual::two_languages;
use zimu::format::{Format, lower};
use zimu::text::decode::decode;

const CUES: u32 = 100_000;

fn main() {
    divan::main();
}

/// A folder with `talk.srt`, or with the same in another format.
struct Desk {
    folder: TempDir,
    input: PathBuf,
}

fn srt() -> String {
    let words = [
        "今天我们来谈谈",
        "字幕应该怎么断行",
        "其中九成的人",
        "都没有想到",
    ];
    let mut text = String::new();
    for cue in 0..CUES {
        let start = cue * 2_400;
        let (seconds, ms) = (start / 1000, start % 1000);
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let [one, two] = [cue, cue / 3].map(|at| words[at as usize % words.len()]);
        let line_end = if cue % 3 == 0 { "\n" } else { "" };
        let _ = write!(
            text,
            "{}\n{h:02}:{m:02}:{s:02},{ms:03} --> {h:02}:{m:02}:{s:02},{:03}\n{one}{line_end}{two}\n\n",
            cue + 1,
            ms + 199,
        );
    }
    text
}

impl Desk {
    fn with(bytes: &[u8], name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let input = folder.path().join(name);
        fs::write(&input, bytes).expect("a file");
        Self { folder, input }
    }

    fn of(id: &str) -> Self {
        let text = srt();
        let bytes = match id {
            "srt" => text.into_bytes(),
            "gb18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
            id => converted(text.into_bytes(), format("srt"), format(id)),
        };
        Self::with(&bytes, "talk")
    }

    fn output(&self) -> File {
        File::create(self.folder.path().join("out")).expect("a file")
    }
}

fn format(id: &str) -> &'static Format {
    Format::named(id).expect("a format of the table")
}

fn converted(bytes: Vec<u8>, from: &Format, to: &'static Format) -> Vec<u8> {
    let mut printed = Vec::new();
    convert(bytes, from, to, &mut printed);
    printed
}

fn convert(bytes: Vec<u8>, from: &Format, to: &'static Format, sink: &mut dyn std::io::Write) {
    let decoded = decode(bytes, None).expect("text");
    let mut track = from.read(&decoded.text).expect("it is read").track;
    // Whether its lines are in two languages is asked of every file.
    black_box(two_languages(&track));
    lower(&mut track, to);
    to.write(&track, sink).expect("it is written");
}

#[divan::bench(args = ["srt", "ass", "gb18030"])]
fn limit(bencher: Bencher<'_, '_>, id: &str) {
    let desk = Desk::of(id);
    bencher.bench(|| {
        let bytes = fs::read(&desk.input).expect("a file");
        let valid = encoding_rs::Encoding::utf8_valid_up_to(&bytes);
        let lines = memchr::memchr_iter(b'\n', &bytes).count();
        desk.output().write_all(&bytes).expect("it is written");
        (valid, lines)
    });
}

#[divan::bench(args = ["srt vtt", "vtt srt", "srt srt", "ass srt"])]
fn utf8(bencher: Bencher<'_, '_>, pair: &str) {
    let (from, to) = pair.split_once(' ').expect("two formats");
    let desk = Desk::of(from);
    bencher.bench(|| {
        let bytes = fs::read(&desk.input).expect("a file");
        convert(bytes, format(from), format(to), &mut desk.output());
    });
}

#[divan::bench]
fn gb18030(bencher: Bencher<'_, '_>) {
    let desk = Desk::of("gb18030");
    bencher.bench(|| {
        let bytes = fs::read(&desk.input).expect("a file");
        convert(bytes, format("srt"), format("srt"), &mut desk.output());
    });
}

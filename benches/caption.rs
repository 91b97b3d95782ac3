//! How fast the road is, room by room, on a hundred thousand lines.
//!
//! `limit` is what no tool can be faster than: check the UTF-8, find the lines, copy the
//! bytes. Read the others as multiples of it.

use std::fmt::Write as _;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use zimu::format::Format;
use zimu::model::{LanguageTag, Track, Transcript};
use zimu::profile::Profile;
use zimu::segment::{Layout, segment};
use zimu::text::decode::decode;
use zimu::text::lines::Lines;
use zimu::text::spoken::said;
use zimu::text::words::WordFinder;
use zimu::timing::{Known, clock};
use zimu::{spotting, transcript};

const LINES: usize = 100_000;

fn main() {
    divan::main();
}

/// Lines of 4 to 24 characters, some with Latin, numbers and marks.
fn talk() -> String {
    let parts = [
        "今天我们来谈谈",
        "字幕应该怎么断行",
        "Rust 1.90",
        "，",
        "其中 95% 的人",
        "都没有想到",
    ];
    let mut text = String::new();
    for line in 0..LINES {
        for part in 0..=line % 4 {
            text.push_str(parts[(line + part) % parts.len()]);
        }
        let _ = writeln!(text, "吧");
    }
    text
}

fn parsed() -> Transcript {
    transcript::parse(&talk()).transcript
}

fn track(transcript: &Transcript) -> Track {
    let profile = Profile::named("youtube").expect("a profile of the table");
    let clock = clock(transcript, Known::default())
        .expect("less than 1193 hours")
        .clock;
    let layout = Layout::new(&profile, &LanguageTag::ZH_HANS);
    let segments = segment(transcript, &clock, layout);
    spotting::spot(
        transcript,
        &segments,
        &clock,
        &profile,
        &LanguageTag::ZH_HANS,
    )
}

#[divan::bench]
fn limit(bencher: Bencher<'_, '_>) {
    let bytes = talk().into_bytes();
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let decoded = decode(bytes.clone(), None).expect("UTF-8");
        (
            Lines::new(&decoded.text).count(),
            decoded.text.as_bytes().to_vec(),
        )
    });
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let text = talk();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| transcript::parse(black_box(&text)));
}

#[divan::bench]
fn read_aloud(bencher: Bencher<'_, '_>) {
    let text = "今天我们来谈谈，字幕应该怎么断行。都没有想到吧\n".repeat(LINES);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| said(black_box(&text)));
}

#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    let text = "渡船每天早上六点从码头出发，大家都说很好，但是没有人去看。\n".repeat(LINES / 10);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| {
            let mut finder = WordFinder::default();
            let starts = text
                .lines()
                .map(|line| finder.starts(black_box(line)).len());
            starts.sum::<usize>()
        });
}

#[divan::bench]
fn time(bencher: Bencher<'_, '_>) {
    let transcript = parsed();
    bencher
        .counter(BytesCount::new(transcript.text.len()))
        .bench(|| clock(black_box(&transcript), Known::default()));
}

#[divan::bench(args = ["youtube", "netflix-zh-hans", "asis"])]
fn cut(bencher: Bencher<'_, '_>, profile: &str) {
    let transcript = parsed();
    let profile = Profile::named(profile).expect("a profile of the table");
    let clock = clock(&transcript, Known::default())
        .expect("less than 1193 hours")
        .clock;
    bencher
        .counter(BytesCount::new(transcript.text.len()))
        .bench(|| {
            let layout = Layout::new(&profile, &LanguageTag::ZH_HANS);
            segment(black_box(&transcript), &clock, layout)
        });
}

#[divan::bench]
fn whole_road(bencher: Bencher<'_, '_>) {
    let text = talk();
    bencher.counter(BytesCount::new(text.len())).bench(|| {
        let transcript = transcript::parse(black_box(&text)).transcript;
        let mut printed = Vec::new();
        let srt = Format::named("srt").expect("a format of the table");
        srt.write(&track(&transcript), &mut printed)
            .expect("memory");
        printed
    });
}

#[divan::bench(args = ["srt", "vtt", "json"])]
fn read(bencher: Bencher<'_, '_>, id: &str) {
    let format = Format::named(id).expect("a format of the table");
    let mut printed = Vec::new();
    format
        .write(&track(&parsed()), &mut printed)
        .expect("memory");
    let text = String::from_utf8(printed).expect("UTF-8");
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| format.read(black_box(&text)));
}

#[divan::bench(args = ["srt", "vtt", "json"])]
fn write(bencher: Bencher<'_, '_>, id: &str) {
    let format = Format::named(id).expect("a format of the table");
    let track = track(&parsed());
    let mut printed = Vec::new();
    bencher.bench_local(|| {
        printed.clear();
        format
            .write(black_box(&track), &mut printed)
            .expect("memory");
        printed.len()
    });
}

//! `zimu retime`: only times change, in the file's own encoding; what is asked wrongly is refused
//! before anything is written.

use crate::cli::{Desk, SRT};

const ASS: &str = "[Script Info]\n; 我的注释\nScriptType: v4.00+\n\n[V4+ Styles]\nStyle: 歌词,楷体\n\n\
    [Events]\nFormat: Layer, Start, End, Style, Text\n\
    Dialogue: 3,0:00:01.00,0:00:02.50,歌词,{\\fad(100,100)}上船\n\
    Comment: 0,0:00:03.00,0:00:04.00,歌词,不唱\n";

#[test]
fn only_times_change() {
    let desk = Desk::with("talk.ass", ASS);
    desk.run(&["retime", "talk.ass", "--shift", "1.5", "-o", "later.ass"])
        .ends(0)
        .says("1 of 1 cues changed, from 0:00:01.000 to 0:00:02.500");
    let expected = ASS
        .replace("0:00:01.00,0:00:02.50", "0:00:02.50,0:00:04.00")
        .replace(
            "0:00:03.00,0:00:04.00,歌词,不",
            "0:00:04.50,0:00:05.50,歌词,不",
        );
    assert_eq!(desk.read("later.ass"), expected);
    assert_eq!(desk.read("talk.ass"), ASS);
}

#[test]
fn a_file_stays_in_its_encoding() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let utf32 = |text: &str| -> Vec<u8> {
        let characters = std::iter::once('\u{feff}').chain(text.chars());
        characters
            .map(u32::from)
            .flat_map(u32::to_be_bytes)
            .collect()
    };
    let gb18030 = |text: &str| -> Vec<u8> {
        let (before, behind) = text.split_once("你好").expect("the words of the file");
        [before.as_bytes(), b"\xc4\xe3\xba\xc3", behind.as_bytes()].concat()
    };
    let windows = SRT.replace('\n', "\r\n");
    let later = windows
        .replace("01,000", "01,250")
        .replace("02,000", "02,250");
    for encode in [
        &utf16 as &dyn Fn(&str) -> Vec<u8>,
        &utf32,
        &gb18030,
        &|text| text.as_bytes().to_vec(),
    ] {
        let desk = Desk::with("talk.srt", encode(&windows));
        desk.run(&["retime", "talk.srt", "--shift", "250ms", "--in-place"])
            .ends(0);
        let bytes = std::fs::read(desk.path("talk.srt")).expect("a file");
        assert_eq!(bytes, encode(&later));
        assert_eq!(desk.names(), ["talk.srt"]);
    }
}

#[test]
fn times_are_stretched_and_put_on_frames() {
    let desk = Desk::with("talk.srt", SRT);
    let run = desk.run(&[
        "retime",
        "talk.srt",
        "--stretch",
        "0:01=0:02,0:02=0:04",
        "-o",
        "-",
    ]);
    assert!(run.ends(0).out.contains("00:00:02,000 --> 00:00:04,000"));
    let run = desk.run(&[
        "retime",
        "talk.srt",
        "--fps",
        "25:23.976",
        "--snap",
        "25",
        "-o",
        "-",
    ]);
    assert!(run.ends(0).out.contains("00:00:01,040 --> 00:00:02,080"));
    let run = desk.run(&[
        "retime", "talk.srt", "--shift", "1", "--from", "0:05", "-o", "-",
    ]);
    assert_eq!(run.ends(0).says("none of 1 cues changed").out, SRT);
}

#[test]
fn what_would_be_before_the_start_is_said() {
    let desk = Desk::with("talk.srt", SRT);
    let run = desk.run(&["retime", "talk.srt", "--shift", "-5", "-o", "-"]);
    let run = run.ends(0).says("1 cues would be before the recording");
    assert!(
        run.out.contains("00:00:00,000 --> 00:00:00,001"),
        "{}",
        run.out
    );
    let strict = ["retime", "talk.srt", "--shift", "-5", "-o", "-", "--strict"];
    desk.run(&strict).ends(1);
}

#[test]
fn another_ending_is_another_format() {
    let desk = Desk::with("talk.srt", SRT);
    desk.run(&["retime", "talk.srt", "--shift", "1", "-o", "talk.vtt"])
        .ends(0);
    assert!(
        desk.read("talk.vtt")
            .contains("00:00:02.000 --> 00:00:03.000")
    );
}

#[test]
fn what_cannot_be_done_is_refused() {
    let desk = Desk::with("talk.srt", SRT).and("other.srt", SRT);
    for (arguments, says) in [
        (
            &["talk.srt", "-o", "-"][..],
            "expected --shift, --stretch, --fps, --snap or --media",
        ),
        (&["talk.srt", "--shift", "1"], "expected -o FILE"),
        (
            &["talk.srt", "--shift", "1", "-o", "talk.srt"],
            "not the input",
        ),
        (
            &["talk.srt", "other.srt", "--shift", "1", "-o", "x.srt"],
            "expected a folder",
        ),
        (
            &["-", "--shift", "1", "--in-place"],
            "expected a file for --in-place",
        ),
        (
            &["talk.srt", "--stretch", "0:02=0:01,0:01=0:02", "-o", "-"],
            "the second is later",
        ),
        (
            &["talk.srt", "--fps", "25", "-o", "-"],
            "expected two rates of frames",
        ),
        (
            &[
                "talk.srt", "--shift", "1", "--from", "5", "--to", "3", "-o", "-",
            ],
            "--to after --from",
        ),
    ] {
        let run = desk.run(&[&["retime"], arguments].concat());
        run.ends(2).says(says);
    }
    assert_eq!(desk.names(), ["other.srt", "talk.srt"]);
    assert_eq!(desk.read("talk.srt"), SRT);
}

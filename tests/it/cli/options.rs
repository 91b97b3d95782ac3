//! What the options do to the captions: durations, encodings, profiles.

use std::fs;

use super::{Desk, Ran, TALK, TALK_SRT, zimu};
use crate::road;

/// All that is said of the last cue.
fn last_end(captions: &str) -> &str {
    let last = captions
        .lines()
        .rfind(|line| line.contains(" --> "))
        .unwrap_or_default();
    last.split(" --> ").nth(1).unwrap_or_default()
}

#[test]
fn the_last_word_ends_with_the_recording() {
    let desk = Desk::with("talk.txt", TALK);
    for (duration, end) in [
        ("4", "00:00:04,000"),
        ("4.5", "00:00:04,500"),
        ("4.5s", "00:00:04,500"),
        ("0:04", "00:00:04,000"),
        ("0:05.250", "00:00:05,250"),
        ("0:00:06.001", "00:00:06,001"),
    ] {
        let ran = desk
            .run(&["caption", "talk.txt", "-o", "-", "--duration", duration])
            .ends(0);
        assert_eq!(last_end(&ran.out), end, "{duration}");
    }
}

#[test]
fn what_is_no_duration_is_refused_before_anything_is_written() {
    let desk = Desk::with("talk.txt", TALK);
    for duration in [
        "0",
        "-5",
        "NaN",
        "1e308",
        "inf",
        "",
        "abc",
        "0.0001",
        "99999999999999999999",
        "0:00",
        "1:60",
        "12:5",
        "1:2:3:4",
        "+5",
        "5sec",
        "0:05s",
        "５",
        " 5",
        "1.",
        ".5",
        "0.000",
        "1,5",
    ] {
        let ran = desk
            .run(&["caption", "talk.txt", "--duration", duration])
            .ends(2);
        assert!(ran.err.starts_with("error: "), "{duration}: {}", ran.err);
        assert!(ran.err.contains("--duration"), "{duration}: {}", ran.err);
    }
    assert_eq!(desk.names(), ["talk.txt"]);
}

#[test]
fn a_duration_without_room_for_the_words_is_refused() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt", "--duration", "0.010"])
        .ends(2)
        .says("talk.txt: expected at least");
    assert_eq!(desk.names(), ["talk.txt"]);
}

#[test]
fn encodings_are_found_out_and_said_or_forced() {
    let bytes = fs::read(road::root().join("fixtures/caption/gb18030.txt")).expect("a fixture");
    let desk = Desk::with("talk.txt", bytes);
    let found = desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0);
    let found = found.says("note: talk.txt: read as GB18030");
    assert!(found.out.contains("这家茶馆的招牌"), "{}", found.out);
    let forced = desk
        .run(&["caption", "talk.txt", "-o", "-", "--encoding", "gbk"])
        .ends(0);
    assert_eq!(forced.out, found.out);
    assert!(!forced.err.contains("read as"), "{}", forced.err);
    desk.run(&["caption", "talk.txt", "-o", "-", "--encoding", "utf-8"])
        .ends(2)
        .says("talk.txt: expected UTF-8 text, found bytes that are not at byte 0");
    desk.run(&["caption", "talk.txt", "--encoding", "latin1"])
        .ends(2)
        .says("expected one of utf-8, utf-16le, utf-16be, utf-32le, utf-32be, gb18030, big5");
}

#[test]
fn utf_16_without_a_mark_is_read_where_it_is_asked_for() {
    let bytes: Vec<u8> = TALK.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let desk = Desk::with("talk.txt", bytes);
    let ran = desk
        .run(&["caption", "talk.txt", "-o", "-", "--encoding", "utf-16le"])
        .ends(0);
    assert_eq!(ran.out, TALK_SRT);
}

/// `utf-16` says nothing of the order of bytes: their mark does.
#[test]
fn a_byte_order_mark_and_the_encoding_asked_for_agree_or_are_refused() {
    let marked = format!("\u{feff}{TALK}");
    let bytes: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let desk = Desk::with("big.txt", bytes).and("utf8.txt", &marked);
    let asked = |name, encoding| ["caption", name, "-o", "-", "--encoding", encoding];
    let ran = desk.run(&asked("big.txt", "utf-16")).ends(0);
    assert_eq!(ran.out, TALK_SRT);
    desk.run(&asked("utf8.txt", "gbk")).ends(2).says(
        "utf8.txt: expected GB18030 text, as was asked for, found the byte order mark of UTF-8",
    );
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let path = road::root().join("fixtures/caption/undecodable.txt");
    let desk = Desk::with("talk.txt", fs::read(path).expect("a fixture"));
    desk.run(&["caption", "talk.txt"])
        .ends(2)
        .says("error: talk.txt: ")
        .says("at byte 101");
    assert_eq!(desk.names(), ["talk.txt"]);
}

const LONG: &str = "今天我们来聊一聊，字幕应该怎么断行才好读\n";

fn lines_of(ran: &Ran) -> Vec<&str> {
    ran.out
        .lines()
        .filter(|line| line.starts_with('今') || line.starts_with('字'))
        .collect()
}

#[test]
fn a_profile_is_named_on_the_line_or_in_the_environment() {
    let desk = Desk::with("talk.txt", LONG);
    let named = desk
        .run(&[
            "caption",
            "talk.txt",
            "-o",
            "-",
            "--profile",
            "netflix-zh-hans",
        ])
        .ends(0);
    assert_eq!(
        lines_of(&named),
        ["今天我们来聊一聊", "字幕应该怎么断行才好读"]
    );
    let default = desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0);
    assert_eq!(
        lines_of(&default),
        ["今天我们来聊一聊，字幕应该怎么断行才好读"]
    );
    let arguments = ["caption", "talk.txt", "-o", "-"];
    let mut set = zimu();
    set.current_dir(desk.path(""))
        .args(arguments)
        .env("ZIMU_PROFILE", "netflix-zh-hans");
    assert_eq!(set.output().expect("a run").stdout, named.out.as_bytes());
}

#[test]
fn a_profile_that_is_not_there_is_refused_with_those_that_are() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt", "--profile", "tiktok"])
        .ends(2)
        .says("expected one of the profiles asis, bilibili, ")
        .says("found \"tiktok\"");
    desk.run(&["caption", "talk.txt", "--profile", "missing.toml"])
        .ends(2)
        .says("error: missing.toml: ");
    assert_eq!(desk.names(), ["talk.txt"]);
}

#[test]
fn a_profile_of_ones_own() {
    let desk = Desk::with("talk.txt", LONG).and(
        "mine.toml",
        "inherit = 'bilibili'\nmax_cells_per_line = 11\n",
    );
    let ran = desk
        .run(&["caption", "talk.txt", "-o", "-", "--profile", "mine.toml"])
        .ends(0);
    assert_eq!(
        lines_of(&ran),
        ["今天我们来聊一聊", "字幕应该怎么断行才好读"]
    );
}

/// With the place, the line and a mark under what is wrong.
#[test]
fn a_bad_key_of_a_profile_is_shown() {
    let desk = Desk::with("talk.txt", TALK);
    for (toml, place, words) in [
        (
            "max_lines = 2\nmax_cell = 8\n",
            "--> mine.toml:2:1",
            "found `max_cell`",
        ),
        (
            "max_cps = 0\n",
            "--> mine.toml:1:11",
            "expected a whole number from 1 to 100, found 0",
        ),
        (
            "max_lines = 'two'\n",
            "--> mine.toml:1:13",
            "expected a whole number from 1 to 4, found \"two\"",
        ),
        (
            "linger_ms = 1\nlinger_ms = 2\n",
            "--> mine.toml:2:1",
            "expected each key once",
        ),
        ("= 8\n", "--> mine.toml:1:1", "expected TOML"),
        (
            "max_cps = 8\ninherit = 'tiktok'\n",
            "--> mine.toml:2:11",
            "found \"tiktok\"",
        ),
        (
            "second = 'tiktok'\n",
            "--> mine.toml:1:10",
            "found \"tiktok\"",
        ),
        (
            "min_gap_frames = 2\n",
            "--> mine.toml:1:18",
            "expected a frame rate (default_fps) for a gap in frames, found none",
        ),
        (
            "inherit = 'ted'\nmax_duration_ms = 800\n",
            "--> mine.toml:2:19",
            "expected min_duration_ms to be at most max_duration_ms, found 1000 and 800",
        ),
        (
            "quotes = ['“', '”']\n",
            "--> mine.toml:1:10",
            "expected four quotation marks or none, found 2",
        ),
        (
            "punctuation = 'half'\n",
            "--> mine.toml:1:15",
            "expected `keep` or `full`, found `half`",
        ),
        (
            "line_end_forbidden = '，字'\n",
            "--> mine.toml:1:22",
            "expected punctuation marks, found '字'",
        ),
    ] {
        let desk = Desk::with("talk.txt", TALK).and("mine.toml", toml);
        let ran = desk
            .run(&["caption", "talk.txt", "--profile", "mine.toml"])
            .ends(2);
        ran.says(place).says(words).says("zimu profiles --schema");
        assert_eq!(desk.names(), ["mine.toml", "talk.txt"]);
    }
    desk.run(&["caption", "talk.txt", "--profile", "mine.toml"])
        .ends(2)
        .says("error: mine.toml: ");
}

#[test]
fn the_schema_of_a_profile_is_json() {
    let schema = Desk::new().run(&["profiles", "--schema"]).ends(0).out;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let keys = schema["properties"].as_object().expect("keys");
    assert!(keys.contains_key("max_cells_per_line") && keys.contains_key("inherit"));
    assert_eq!(schema["additionalProperties"], serde_json::json!(false));
}

#[test]
fn the_voice_is_as_fast_as_it_is_said_to_be() {
    let end = |options: &[&str]| {
        let desk = Desk::with("talk.txt", "今天我们讲字幕\n".repeat(60));
        let arguments = [&["caption", "talk.txt", "-o", "-"], options].concat();
        last_end(&desk.run(&arguments).ends(0).out).to_owned()
    };
    // 420 syllables.
    assert_eq!(end(&["--rate", "4.2"]), end(&["--rate", "4.200"]));
    assert!(end(&["--rate", "6"]) < end(&["--pace", "lecture"]));
    assert!(end(&["--pace", "lecture"]) < end(&["--pace", "slow"]));
    // A known time says more than a rate.
    let known = end(&["--duration", "2:00", "--pace", "fast"]);
    assert_eq!(known, "00:02:00,000");
    let leads = ["--duration", "2:00", "--lead-in", "3s", "--lead-out", "5"];
    assert_eq!(end(&leads), "00:01:55,150");
}

#[test]
fn the_info_beside_a_transcript_says_how_long_it_is() {
    let run = |info: &str, options: &[&str]| {
        let desk = Desk::with("talk.zh-Hans.txt", TALK).and("talk.info.json", info);
        desk.run(&[&["caption", "talk.zh-Hans.txt", "-o", "-"], options].concat())
    };
    let info = r#"{"id":"x","duration":7.5004,"formats":[{}]}"#;
    let used = run(info, &[])
        .ends(0)
        .says("talk.info.json: the recording lasts 0:00:07.500");
    assert_eq!(last_end(&used.out), "00:00:07,500");
    assert_eq!(
        last_end(&run(r#"{"duration":7}"#, &[]).ends(0).out),
        "00:00:07,000"
    );
    let said = run(info, &["--duration", "5"]).ends(0);
    assert_eq!(last_end(&said.out), "00:00:05,000");
    assert!(!said.err.contains("info.json"), "{}", said.err);
    for none in [
        "{}",
        "{\"duration\":null}",
        "{\"duration\":-1}",
        "{\"duration\":1e300}",
        "[",
        "",
    ] {
        run(none, &[])
            .ends(0)
            .says("expected yt-dlp's info with a duration, found none");
    }
    run("{}", &["--lead-out", "1"])
        .ends(2)
        .says("expected a --duration");
}

#[test]
fn a_recording_says_how_long_it_is() {
    let read =
        |name: &str| fs::read(road::root().join("fixtures/media").join(name)).expect("a fixture");
    let desk = Desk::with("talk.txt", TALK)
        .and("talk.m4a", read("m4a.m4a"))
        .and("cut.mp4", read("mp4-cut.mp4"));
    let ran = desk
        .run(&[
            "caption",
            "talk.txt",
            "-o",
            "-",
            "--media",
            "talk.m4a",
            "--media-length-only",
        ])
        .ends(0);
    let ran = ran.says("talk.m4a: the recording lasts 0:00:02.500, as it says");
    assert!(ran.out.contains(" --> 00:00:02,500\n今天"), "{}", ran.out);
    for media in ["cut.mp4", "talk.txt", "gone.mp4"] {
        let ran = desk.run(&["caption", "talk.txt", "--media", media]).ends(2);
        ran.says(&format!("{media}: expected a recording"))
            .says("(--duration says it)");
    }
    desk.run(&[
        "caption",
        "talk.txt",
        "--media",
        "talk.m4a",
        "--duration",
        "9",
    ])
    .ends(2);
    desk.run(&[
        "caption", "talk.txt", "-o", "talk.m4a", "--to", "srt", "--media", "talk.m4a",
    ])
    .ends(2);
}

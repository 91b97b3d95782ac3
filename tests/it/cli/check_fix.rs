//! `zimu check --fix`: only what is mended changes in a file, what is left is told with its reason,
//! and a second run has nothing to do.

use std::fs;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use zimu::format::{FORMATS, Format};
use zimu::model::Track;
use zimu::text::encode::encode;
use zimu::text::encoding::Encoding;

use super::{Desk, Ran};
use crate::made_up;
use crate::road::{fixtures, written};

/// A mark at the end that Netflix drops, and a next cue that follows too closely.
const TALK: &str = "1\n00:00:01,000 --> 00:00:03,000\n渡船靠岸了。\n\n\
    2\n00:00:03,020 --> 00:00:06,000\n茶已经泡好,去坐坐\n";

const MENDED: &str = "1\n00:00:01,000 --> 00:00:02,937\n渡船靠岸了\n\n\
    2\n00:00:03,020 --> 00:00:06,000\n茶已经泡好 去坐坐\n";

const ASS: &str = "[Script Info]\n; 我的注释。\nScriptType: v4.00+\n\n[V4+ Styles]\nStyle: 歌词,楷体\n\n\
    [Events]\nFormat: Layer, Start, End, Style, Text\n\
    Comment: 0,0:00:01.00,0:00:03.00,歌词,原文。\n\
    Dialogue: 3,0:00:01.00,0:00:03.00,歌词,{\\fad(100,100)}上船。\\N走吧,\n\
    Dialogue: 3,0:00:03.02,0:00:05.00,歌词,上{\\b1}岸{\\b0}。\n\
    Dialogue: 3,0:00:06.00,0:00:08.00,歌词,{\\p1}m 0 0 l 100 0{\\p0}\n";

fn fix(desk: &Desk, more: &[&str]) -> Ran {
    let netflix = ["check", "--fix", "--profile", "netflix-zh-hans"];
    desk.run(&[&netflix, more].concat())
}

#[test]
fn what_is_safe_is_mended_in_the_file() {
    let desk = Desk::with("talk.srt", TALK);
    let ran = fix(&desk, &["talk.srt"]).ends(0);
    assert_eq!(
        ran.out,
        "mended 3: 1 gap, 1 half-width-punctuation, 1 trailing-punctuation\n\
         left: nothing found in 1 file\n"
    );
    assert_eq!(desk.read("talk.srt"), MENDED);
    assert_eq!(desk.names(), ["talk.srt"]);
    let again = fix(&desk, &["talk.srt"]).ends(0);
    assert_eq!(again.out, "mended nothing\nleft: nothing found in 1 file\n");
}

#[test]
fn a_dry_run_shows_what_would_change_and_writes_nothing() {
    let desk = Desk::with("talk.srt", TALK.trim_end()).and("good.srt", MENDED);
    let ran = fix(&desk, &["talk.srt", "--dry-run"]).ends(1);
    let expected = "\
--- talk.srt
+++ talk.srt
@@ -1,7 +1,7 @@
 1
-00:00:01,000 --> 00:00:03,000
-渡船靠岸了。
+00:00:01,000 --> 00:00:02,937
+渡船靠岸了
 \n 2
 00:00:03,020 --> 00:00:06,000
-茶已经泡好,去坐坐
\\ No newline at end of file
+茶已经泡好 去坐坐
\\ No newline at end of file
";
    assert_eq!(ran.out, expected);
    assert!(ran.err.starts_with("would mend 3: "), "{}", ran.err);
    assert_eq!(desk.read("talk.srt"), TALK.trim_end());
    assert_eq!(fix(&desk, &["good.srt", "--dry-run"]).ends(0).out, "");
    desk.run(&["check", "good.srt", "--dry-run"])
        .ends(2)
        .says("--fix");
}

/// What is known is mended too, and a dry run does not write what is.
#[test]
fn a_baseline_is_of_what_is_left() {
    let desk = Desk::with(
        "talk.srt",
        format!("{TALK}\n3\n00:00:09,000 --> 00:00:11,000\n！走吧\n"),
    );
    let update = ["talk.srt", "--baseline", "known.toml", "--update-baseline"];
    fix(&desk, &[&update[..], &["--dry-run"]].concat())
        .ends(2)
        .says("--dry-run");
    assert_eq!(desk.names(), ["talk.srt"]);
    fix(&desk, &update).ends(0);
    let known = desk.read("known.toml");
    assert!(
        known.contains("line-start-mark") && !known.contains("gap"),
        "{known}"
    );
    let again = fix(&desk, &["talk.srt", "--baseline", "known.toml"]).ends(0);
    assert_eq!(
        again.out,
        "mended nothing\nleft: nothing found in 1 file, 1 known\n"
    );
}

/// The exit code, and what is told, are those of what is left.
#[test]
fn what_is_left_says_why() {
    let text =
        "1\n00:00:01,000 --> 00:00:01,400\n到了\n\n2\n00:00:01,700 --> 00:00:04,000\n！走吧\n\n";
    let desk = Desk::with("talk.srt", text);
    let ran = fix(&desk, &["talk.srt", "--ignore", "chain-gap"]).ends(1);
    for said in [
        "= help: let it stay longer, or join it to a neighbour\n  = note: not mended: the next cue leaves no time\n",
        "= note: not mended: the cue has no line of that language for the mark\n",
        "mended nothing\nleft: 0 errors, 2 warnings and 0 notes in 1 file\n",
    ] {
        assert!(ran.out.contains(said), "{}", ran.out);
    }
    assert_eq!(desk.read("talk.srt"), text);
    fix(&desk, &["talk.srt", "--max-severity", "warning"]).ends(0);
}

#[test]
fn only_rules_that_are_asked_for_are_mended() {
    let desk = Desk::with("talk.srt", TALK);
    fix(&desk, &["talk.srt", "--only", "gap"]).ends(0);
    assert_eq!(desk.read("talk.srt"), TALK.replace("03,000", "02,937"));
    fix(&desk, &["talk.srt", "--ignore", "half-width-punctuation"]).ends(0);
    assert_eq!(desk.read("talk.srt"), MENDED.replace("好 ", "好,"));
}

/// Styles, comments, overrides and drawings stay as they are; what stands apart by its markup is
/// told.
#[test]
fn styles_and_comments_stay() {
    let desk = Desk::with("talk.ass", ASS);
    let ran = fix(&desk, &["talk.ass"]).ends(1);
    let why = "not mended: markup stands inside of the line";
    assert!(ran.out.contains(why), "{}", ran.out);
    let expected = ASS
        .replace("0:00:03.00,歌词,{", "0:00:02.93,歌词,{")
        .replace("上船。", "上船")
        .replace("走吧,", "走吧");
    assert_eq!(desk.read("talk.ass"), expected);
}

#[test]
fn a_file_stays_in_its_encoding_and_in_its_line_ends() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let gb18030 = |text: &str| encode(text, Encoding::GB18030).expect("it has all characters");
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for encoded in [&utf16 as &dyn Fn(&str) -> Vec<u8>, &gb18030, &utf8, &marked] {
        let windows = |text: &str| encoded(&text.replace('\n', "\r\n"));
        let desk = Desk::with("talk.srt", windows(TALK));
        fix(&desk, &["talk.srt"]).ends(0);
        assert_eq!(
            fs::read(desk.path("talk.srt")).expect("a file"),
            windows(MENDED)
        );
    }
}

/// U+22EF is none of Big5.
#[test]
fn a_mark_that_the_encoding_lacks_is_not_written() {
    let text = "1\n00:00:01,000 --> 00:00:03,000\n渡船靠岸了……我們去坐坐\n\n";
    let big5 = encode(text, Encoding::BIG5);
    let big5 = big5.expect("it has all characters");
    let desk = Desk::with("talk.srt", &big5);
    let ran = fix(&desk, &["talk.srt", "--encoding", "big5"]).ends(1);
    let why = "not mended: the encoding of the file lacks one of its marks";
    assert!(ran.out.contains(why), "{}", ran.out);
    assert_eq!(fs::read(desk.path("talk.srt")).expect("a file"), big5);
}

/// The captions go to the standard output, and what is found to the other.
#[test]
fn the_standard_input_goes_to_the_standard_output() {
    let desk = Desk::new();
    let arguments = ["check", "--fix", "-", "--profile", "netflix-zh-hans"];
    let ran = desk.run_with(&arguments, TALK).ends(0);
    assert_eq!(ran.out, MENDED);
    assert!(ran.err.starts_with("mended 3: "), "{}", ran.err);
    assert_eq!(desk.run_with(&arguments, MENDED).ends(0).out, MENDED);
    let report = [&arguments[..], &["--report", "json"]].concat();
    desk.run_with(&report, TALK)
        .ends(2)
        .says("expected a file for --fix with --report");
}

#[test]
fn a_read_only_file_is_kept() {
    let desk = Desk::with("talk.srt", TALK);
    let read_only = |is_so| {
        let path = desk.path("talk.srt");
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(is_so);
        fs::set_permissions(path, permissions).expect("a file");
    };
    read_only(true);
    fix(&desk, &["talk.srt"])
        .ends(2)
        .says("talk.srt: expected a file that may be written");
    assert_eq!(
        (desk.read("talk.srt"), desk.names()),
        (TALK.to_owned(), vec!["talk.srt".to_owned()])
    );
    fix(&desk, &["talk.srt", "--dry-run"]).ends(1);
}

/// A cue goes with its lines, those behind it count on, and cues that stood in disorder stand in
/// order.
#[test]
fn cues_go_and_are_put_in_order() {
    let text = "1\r\n00:00:05,000 --> 00:00:07,000\r\n茶已经泡好\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n\r\n\
        3\r\n00:00:01,000 --> 00:00:02,500\r\n渡船靠岸了";
    let expected = "1\r\n00:00:01,000 --> 00:00:02,500\r\n渡船靠岸了\r\n\r\n\
        2\r\n00:00:05,000 --> 00:00:07,000\r\n茶已经泡好";
    let desk = Desk::with("talk.srt", text);
    let ran = fix(&desk, &["talk.srt"]).ends(0);
    assert!(
        ran.out.contains("mended 3: 2 order, 1 empty"),
        "{}",
        ran.out
    );
    assert_eq!(desk.read("talk.srt"), expected);
    let vtt = "WEBVTT\n\nNOTE 第一段\n\n开头\n00:05.000 --> 00:07.000 align:left\n茶已经泡好\n\n\
        NOTE 第二段\n\n00:03.000 --> 00:04.000\n\n00:08.000 --> 00:10.000\n走吧\n";
    let desk = Desk::with("talk.vtt", vtt);
    fix(&desk, &["talk.vtt"]).ends(0);
    assert_eq!(
        desk.read("talk.vtt"),
        vtt.replace("00:03.000 --> 00:04.000\n\n", "")
    );
}

#[test]
fn programs_are_told_what_was_mended_and_what_was_not() {
    let text = format!("{TALK}\n3\n00:00:09,000 --> 00:00:11,000\n！走吧\n");
    let desk = Desk::with("talk.srt", text);
    let ran = fix(&desk, &["talk.srt", "--report", "json"]).ends(1);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let file = &report["files"][0];
    let rules = file["mended"].as_array().expect("a list").iter();
    let rules: Vec<_> = rules
        .map(|mended| (&mended["rule"], &mended["line"]))
        .collect();
    assert_eq!(
        rules,
        [
            (&json!("gap"), &json!(2)),
            (&json!("trailing-punctuation"), &json!(3)),
            (&json!("half-width-punctuation"), &json!(7))
        ]
    );
    assert_eq!(file["findings"][0]["rule"], "line-start-mark");
    assert_eq!(
        file["findings"][0]["not_mended"],
        "the cue has no line of that language for the mark"
    );
    let plain = desk.run(&["check", "talk.srt", "--report", "json"]).out;
    assert!(!plain.contains("mended"), "{plain}");
}

/// What a track says: the letters of each line that has any, and when each such cue starts.
fn said(track: &Track) -> Vec<(u32, Vec<String>)> {
    let cues = track.cues().iter().map(|cue| {
        let lines = track.lines(cue).map(|line| {
            let letters = line.text.chars().filter(|c| c.is_alphanumeric());
            letters.collect::<String>()
        });
        let lines = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>();
        (cue.interval.start().millis(), lines)
    });
    cues.filter(|(_, lines)| !lines.is_empty()).collect()
}

/// All files that formats are tested by, and some that were made up: each keeps its words and its
/// starts, and has nothing to mend when it was mended.
#[test]
fn a_file_of_any_format_is_mended_once() {
    let mut desk = Desk::new();
    let mut names = Vec::new();
    let mut runner = TestRunner::deterministic();
    for format in FORMATS.iter().filter(|format| format.can_read()) {
        let files = fixtures(format.id)
            .into_iter()
            .map(|path| fs::read(path).expect("a fixture"));
        let tracks = (0..20).map(|_| {
            let tree = made_up::track_for(format).new_tree(&mut runner);
            tree.expect("a track").current()
        });
        let made = tracks.filter(|_| format.can_write());
        let made = made.map(|track| written(&track, format).0.into_bytes());
        for (at, bytes) in files.chain(made).enumerate() {
            let name = format!("{}-{at}.{}", format.id, format.extensions[0]);
            desk = desk.and(&name, bytes);
            names.push(name);
        }
    }
    let read = |name: &String| {
        let text = fs::read_to_string(desk.path(name)).ok()?;
        let format = Format::of_content(&text).filter(|format| format.can_read())?;
        Some((said(&format.read(&*text)?.track), text))
    };
    let before: Vec<_> = names.iter().map(read).collect();
    let first = fix(&desk, &[".", "-q"]).ends(1);
    let mended = first.out.lines().find(|line| line.starts_with("mended "));
    assert_ne!(mended, Some("mended nothing"), "{}", first.out);
    let after: Vec<_> = names.iter().map(read).collect();
    for (name, (before, after)) in names.iter().zip(before.iter().zip(&after)) {
        let said = |read: &Option<(Vec<_>, String)>| read.as_ref().map(|(said, _)| said.clone());
        assert_eq!(said(before), said(after), "{name}");
    }
    let second = fix(&desk, &[".", "-q"]).ends(1);
    let settled: Vec<_> = names.iter().map(read).collect();
    for (name, (after, settled)) in names.iter().zip(after.iter().zip(&settled)) {
        assert_eq!(after, settled, "{name}");
    }
    assert!(second.out.contains("\nmended nothing\n"), "{}", second.out);
}

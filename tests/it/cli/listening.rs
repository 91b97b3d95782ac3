//! `zimu caption --media`: a recording that is not of the text, one whose length alone is asked for,
//! what else goes with a voice, and runs that are stopped. How near lines are is told by the tests
//! of the room.

use serde_json::{Value, json};

use super::spoken::{LINES, lines, spoken};
#[cfg(unix)]
use super::spoken::{hours_of_silence, stopped};
use super::{Desk, TALK, starts};
use crate::road::root;

fn desk(recording: &str) -> Desk {
    let path = root().join("fixtures/sound").join(recording);
    Desk::with("talk.txt", "今天天气很好我们出去走走\n".repeat(10))
        .and("talk.media", std::fs::read(path).expect("a fixture"))
}

#[test]
fn a_recording_of_something_else_is_a_fault_and_its_length_counts() {
    let desk = desk("ogg-vorbis.ogg");
    let caption = ["caption", "talk.txt", "--media", "talk.media", "-o", "-"];
    let heard = desk.run(&caption).ends(1);
    let heard = heard.says("is it that of this text?");
    let length = desk
        .run(&[&caption[..], &["--media-length-only"]].concat())
        .ends(1);
    assert!(!length.err.contains("is it that of this text?"));
    assert_eq!(heard.out, length.out);
}

#[test]
fn what_is_no_recording_ends_before_anything_is_written() {
    let desk = Desk::with("talk.txt", TALK).and("talk.wav", "RIFF nothing");
    desk.run(&[
        "caption", "talk.txt", "--media", "talk.wav", "-o", "talk.srt",
    ])
    .ends(2)
    .says("talk.wav: expected");
    assert!(!desk.names().contains(&"talk.srt".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_recording_and_nobody_waits_for_it() {
    let desk = Desk::with("talk.txt", TALK);
    let path = desk.path("talk.m4a");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo").success());
    for media in ["talk.m4a", "."] {
        desk.run(&["caption", "talk.txt", "--media", media, "-o", "-"])
            .ends(2)
            .says("expected a recording to read: it is not a file");
    }
}

#[test]
fn what_becomes_of_lines_is_asked_of_a_recording_alone() {
    let desk = Desk::with("talk.txt", TALK);
    for option in [&["--absent", "estimate"][..], &["--media-length-only"]] {
        let arguments = [&["caption", "talk.txt", "-o", "-"], option].concat();
        desk.run(&arguments).ends(2).says("--media");
    }
}

/// With a recording in which all lines but the fifth are said, and when.
fn all_but_the_fifth() -> (Desk, Vec<u32>) {
    let (wav, said) = spoken(&[&LINES[..4], &LINES[5..]].concat());
    let text = LINES.join("\n");
    (Desk::with("talk.wav", wav).and("talk.txt", text), said)
}

const CAPTION: [&str; 4] = ["caption", "talk.txt", "--media", "talk.wav"];

#[test]
fn chapters_begin_with_the_first_line_that_is_heard_in_them() {
    let (desk, said) = all_but_the_fifth();
    let headed = format!(
        "# 开头\n{}\n# 没有说的一行\n{}\n# 结尾\n",
        LINES[..4].join("\n"),
        LINES[4..].join("\n")
    );
    let desk = desk.and("talk.txt", headed);
    let ran = desk.run(&[&CAPTION[..], &["--to", "chapters", "-o", "-"]].concat());
    let chapters = ran.ends(0).out;
    let begin: Vec<_> = chapters
        .lines()
        .filter(|line| line.contains('#') || !line.is_empty())
        .collect();
    assert_eq!(begin.len(), 3, "{chapters}");
    let seconds = |ms: u32| format!("0:{:02}", ms / 1000);
    // A player that starts at a chapter has its first word: the second before.
    assert!(
        begin[1].starts_with(&seconds(said[4])),
        "{chapters}{said:?}"
    );
}

#[test]
fn a_translation_leaves_out_the_lines_that_are_not_heard() {
    let (desk, said) = all_but_the_fifth();
    let english: Vec<_> = (1..=10).map(|line| format!("Line {line}")).collect();
    let desk = desk.and("talk.en.txt", english.join("\n"));
    let second = ["--second", "talk.en.txt", "-o", "-"];
    let ran = desk.run(&[&CAPTION[..], &second].concat()).ends(0);
    let ran = ran.says("expected a caption of the line that this translates, found Line 5");
    assert_eq!(starts(&ran.out).len(), said.len());
    assert!(!ran.out.contains("Line 5"));
    for line in [4, 6] {
        let pair = format!("{}\nLine {line}\n", LINES[line - 1]);
        assert!(ran.out.contains(&pair), "{}", ran.out);
    }
}

#[test]
fn a_line_says_what_its_time_rests_on() {
    let (desk, said) = all_but_the_fifth();
    let anchored = format!("[0:00.970] {}", LINES.join("\n"));
    let desk = desk.and("talk.txt", anchored);
    let report = ["-o", "out.srt", "--overwrite", "--report", "json"];
    let report = |more: &[&str]| {
        let ran = desk.run(&[&CAPTION[..], &report, more].concat()).ends(0);
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        report["files"][0]["timing"]["lines"].clone()
    };
    let lines = report(&[]);
    assert_eq!(lines[0]["method"], "anchor");
    assert_eq!(lines[0]["start_ms"], 970);
    assert_eq!(lines[1]["method"], "voice");
    assert_eq!(
        [&lines[4]["method"], &lines[4]["start_ms"]],
        [&json!(null); 2]
    );
    let line = &report(&["--absent", "estimate"])[4];
    assert_eq!(line["method"], "estimate");
    let start = line["start_ms"].as_u64().expect("a time");
    assert!(
        (u64::from(said[3])..u64::from(said[4])).contains(&start),
        "{line}"
    );
    let explain = ["--explain", "timing"];
    let told = desk.run(&[&CAPTION[..], &explain].concat()).ends(0).out;
    let by: Vec<_> = told
        .lines()
        .skip(1)
        .map(|line| {
            let mut words = line.split_whitespace().skip(1);
            let first = words.next().unwrap_or_default();
            if first == "unheard" {
                first
            } else {
                words.next().unwrap_or_default()
            }
        })
        .collect();
    assert_eq!(
        by[..6],
        ["anchor", "voice", "voice", "voice", "unheard", "voice"]
    );
}

#[test]
fn a_pace_and_a_lead_in_go_with_a_voice() {
    let (wav, said) = lines();
    let desk = Desk::with("talk.wav", wav).and("talk.txt", LINES.join("\n"));
    let with = |more: &[&str]| {
        let all = [&CAPTION[..], &["-o", "-"], more].concat();
        starts(&desk.run(&all).ends(0).out)
    };
    let plain = with(&[]);
    assert_eq!(with(&["--pace", "news"]), plain);
    assert_eq!(with(&["--lead-in", "0.5"]), plain);
    // Nobody speaks before the second line.
    let late = with(&["--lead-in", "2.9"]);
    assert!(late.iter().all(|start| *start >= 2900), "{late:?}");
    assert_eq!(late.last(), plain.last());
    assert!(plain[0].abs_diff(said[0]) <= 60);
}

#[test]
fn a_recording_that_breaks_off_is_a_fault_and_used_as_far_as_it_goes() {
    let (mut wav, said) = lines();
    wav.truncate(wav.len() - 5 * 32_000);
    let desk = Desk::with("talk.wav", wav).and("talk.txt", LINES.join("\n"));
    let report = ["-o", "out.srt", "--report", "json"];
    let ran = desk.run(&[&CAPTION[..], &report].concat()).ends(1);
    let ran = ran.says("talk.wav: expected a recording that is whole");
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let findings = report["files"][0]["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|one| one["id"] == "damaged-recording"));
    let found = starts(&desk.read("out.srt"));
    assert!(
        found[..7]
            .iter()
            .zip(&said)
            .all(|(one, other)| one.abs_diff(*other) <= 60)
    );
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_while_it_listens_leaves_all_as_it_was() {
    let desk = Desk::with("talk.txt", TALK).and("talk.srt", "mine");
    hours_of_silence(&desk.path("talk.wav"));
    let before = desk.names();
    let arguments = [&CAPTION[..], &["-o", "talk.srt", "--overwrite"]].concat();
    for signal in ["-INT", "-TERM"] {
        assert_eq!(stopped(&desk.path(""), &arguments, &[signal]), Some(130));
        assert_eq!(desk.names(), before);
        assert_eq!(desk.read("talk.srt"), "mine");
    }
}

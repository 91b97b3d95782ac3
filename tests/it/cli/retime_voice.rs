//! `zimu retime --media`: cues go where they are said, and all else of a file stays.

use std::fs;

use serde_json::Value;

use super::spoken::{LINES, Speaker, lines, spoken};
use super::{Desk, starts};

/// Captions of these lines at times that are none of theirs.
fn captions(lines: &[&str]) -> String {
    let cue = |(at, line): (usize, &&str)| {
        let (start, end) = (2 * at, 2 * at + 1);
        format!(
            "{}\r\n00:00:{start:02},000 --> 00:00:{end:02},500\r\n<i>{line}</i>\r\n\r\n",
            at + 1
        )
    };
    lines.iter().enumerate().map(cue).collect()
}

#[track_caller]
fn expect_near(found: &[u32], expected: &[u32]) {
    let is_near = |(one, other): (&u32, &u32)| one.abs_diff(*other) <= 60;
    assert!(
        found.len() == expected.len() && found.iter().zip(expected).all(is_near),
        "{found:?} {expected:?}"
    );
}

fn without_times(srt: &str) -> Vec<&str> {
    srt.split('\n')
        .filter(|line| !line.contains("-->"))
        .collect()
}

#[test]
fn cues_go_where_they_are_said_and_nothing_else_changes() {
    let (wav, said) = lines();
    let old = captions(&LINES);
    let desk = Desk::with("talk.wav", wav).and("old.srt", &old);
    let retime = ["retime", "old.srt", "--media", "talk.wav", "-o", "new.srt"];
    desk.run(&retime)
        .ends(0)
        .says("10 of 10 cues changed")
        .says("the sound (10 lines placed, 0 not heard");
    let new = desk.read("new.srt");
    expect_near(&starts(&new), &said);
    assert_eq!(without_times(&new), without_times(&old));
    // Nothing is left to do.
    desk.run(&["retime", "new.srt", "--media", "talk.wav", "--in-place"])
        .ends(0)
        .says("none of 10 cues changed");
}

#[test]
fn pieces_of_a_line_go_where_each_is_said() {
    let (wav, said) = lines();
    let halves = LINES.map(|line| line.split_at(line.len() / 2));
    let pieces: Vec<_> = halves
        .iter()
        .flat_map(|(one, other)| [*one, *other])
        .collect();
    let desk = Desk::with("talk.wav", wav).and("old.srt", captions(&pieces));
    let ran = desk.run(&["retime", "old.srt", "--media", "talk.wav", "-o", "-"]);
    let all = starts(&ran.ends(0).out);
    let firsts: Vec<_> = all.iter().copied().step_by(2).collect();
    expect_near(&firsts, &said);
    assert!(all.is_sorted_by(|one, other| one < other), "{all:?}");
}

#[test]
fn a_cue_that_is_not_heard_is_told_and_kept_or_taken_away() {
    let (wav, said) = spoken(&[&LINES[..4], &LINES[5..]].concat());
    let music = captions(&LINES).replace(LINES[7], "[音乐]");
    let desk = Desk::with("talk.wav", wav).and("old.srt", music);
    let retime = ["retime", "old.srt", "--media", "talk.wav", "-o", "-"];
    let kept = desk.run(&retime).ends(0);
    let kept = kept.says("expected to hear this cue").says("old.srt:18:1");
    let kept = starts(&kept.out);
    assert_eq!(kept.len(), 10);
    assert!(kept.is_sorted_by(|one, other| one < other), "{kept:?}");
    let taken = desk
        .run(&[&retime[..], &["--absent", "drop"]].concat())
        .ends(0);
    let taken = taken.says("it is taken away");
    assert!(!taken.out.contains(LINES[4]) && taken.out.contains("[音乐]"));
    let of_lines: Vec<_> = starts(&taken.out);
    assert_eq!(of_lines.len(), 9);
    expect_near(&of_lines[..6], &said[..6]);
}

#[test]
fn only_the_chinese_of_two_languages_is_looked_for() {
    let (wav, said) = lines();
    let desk = Desk::with("talk.wav", wav);
    for between in ["\r\n", " "] {
        let both = LINES.map(|line| format!("{line}{between}Nobody ever says anything of this"));
        let both: Vec<_> = both.iter().map(String::as_str).collect();
        fs::write(desk.path("old.srt"), captions(&both)).expect("captions");
        let ran = desk.run(&["retime", "old.srt", "--media", "talk.wav", "-o", "-"]);
        expect_near(&starts(&ran.ends(0).out), &said);
    }
}

#[test]
fn labels_are_not_said() {
    let (wav, said) = lines();
    let who = |(at, line): (usize, &&str)| format!("{}：{line}", ["主持人", "客人"][at % 2]);
    let labelled: Vec<_> = LINES.iter().enumerate().map(who).collect();
    let labelled: Vec<_> = labelled.iter().map(String::as_str).collect();
    let desk = Desk::with("talk.wav", wav).and("old.srt", captions(&labelled));
    let ran = desk.run(&["retime", "old.srt", "--media", "talk.wav", "-o", "-"]);
    expect_near(&starts(&ran.ends(0).out), &said);
}

#[test]
fn a_recording_of_something_else_moves_nothing() {
    let old = captions(&LINES);
    let mut speaker = Speaker::default();
    for one in "衣衣乌乌".repeat(6).chars() {
        speaker.say(&one.to_string());
    }
    let desk = Desk::with("talk.wav", speaker.wav()).and("old.srt", &old);
    let ran = desk.run(&["retime", "old.srt", "--media", "talk.wav", "-o", "-"]);
    let ran = ran.ends(1).says("times are as they were");
    assert_eq!(ran.out, old);
}

#[test]
fn a_report_has_each_cue_and_what_its_time_rests_on() {
    let (wav, said) = lines();
    let desk = Desk::with("talk.wav", wav).and("old.srt", captions(&LINES));
    let retime = ["retime", "old.srt", "--media", "talk.wav", "-o", "new.srt"];
    let ran = desk
        .run(&[&retime[..], &["--report", "json"]].concat())
        .ends(0);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let timing = &report["files"][0]["timing"];
    assert_eq!(timing["known"][0], "sound");
    let lines = timing["lines"].as_array().expect("lines");
    let starts = lines
        .iter()
        .map(|line| line["start_ms"].as_u64().expect("a time") as u32);
    expect_near(&starts.collect::<Vec<_>>(), &said);
    assert!(lines.iter().all(|line| line["method"] == "voice"));
}

#[test]
fn what_says_other_times_does_not_go_with_a_recording() {
    let desk = Desk::with("talk.srt", captions(&LINES));
    let retime = ["retime", "talk.srt", "--media", "talk.wav", "-o", "-"];
    for other in [["--shift", "1"], ["--from", "1"], ["--fps", "25:24"]] {
        desk.run(&[&retime[..], &other].concat())
            .ends(2)
            .says("--media");
    }
    desk.run(&retime)
        .ends(2)
        .says("talk.wav: expected a recording to read");
}

//! `zimu check` and `zimu rules`: findings on the standard output, an exit code for CI.

use serde_json::{Value, json};

use super::{Desk, SRT};

/// Nine characters in 999 ms, and a mark that Netflix drops.
const FAST: &str = "1\n00:00:01,000 --> 00:00:01,999\n早班渡船已经靠岸。\n\n";

/// One above the other, as published captions have it.
const BOTH: &str = "1\n00:00:01,000 --> 00:00:03,000\n渡船靠岸了\nThe ferry has landed\n\n\
    2\n00:00:04,000 --> 00:00:05,000\n茶泡好了\nThe tea has been ready for a while\n\n";

const NETFLIX: [&str; 2] = ["--profile", "netflix-zh-hans"];

fn check(desk: &Desk, more: &[&str]) -> super::Ran {
    desk.run(&[&["check"], more].concat())
}

#[test]
fn a_finding_has_its_place_its_words_and_the_way_out() {
    let desk = Desk::with("talk.srt", FAST);
    let ran = check(&desk, &[&["talk.srt"], &NETFLIX[..]].concat()).ends(1);
    let expected = "\
warning[reading-speed]: expected a reading speed of at most 9 characters a second, found 9.009
 --> talk.srt:2:1
  |
2 | 00:00:01,000 --> 00:00:01,999
  | ^^^^^^^^^^^^
3 | 早班渡船已经靠岸。
  |
  = help: let the cue stay longer, cut it in two, or say it shorter

warning[trailing-punctuation]: expected no such mark at the end of a line, found \"。\"
 --> talk.srt:3:9
  |
2 | 00:00:01,000 --> 00:00:01,999
3 | 早班渡船已经靠岸。
  |                 ^^
  |
  = help: take the mark away

0 errors, 2 warnings and 0 notes in 1 file
";
    assert_eq!(ran.out, expected);
    assert_eq!((&*ran.err, desk.names()), ("", vec!["talk.srt".to_owned()]));
}

/// Markup in it, or an escape: the line is then held apart from the file, and the cue pointed at.
#[test]
fn words_that_do_not_stand_in_the_file_as_they_are_shown_are_told_beside() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:01.500\n早班<b>渡船</b>已经&lt;靠岸&gt;\n";
    let desk = Desk::with("talk.vtt", vtt);
    let ran = check(&desk, &["talk.vtt"]).ends(1);
    assert!(
        ran.out.contains("^^^^^^^^^ 早班渡船已经<靠岸>"),
        "{}",
        ran.out
    );
}

#[test]
fn the_exit_code_is_that_of_the_worst_finding() {
    let desk = Desk::with("fast.srt", FAST).and("good.srt", SRT);
    let netflix = |more: &[&str]| check(&desk, &[&["fast.srt"], &NETFLIX[..], more].concat());
    let good = check(&desk, &["good.srt"]).ends(0);
    assert_eq!(good.out, "nothing found in 1 file\n");
    netflix(&["--max-severity", "warning"]).ends(0);
    netflix(&["--max-severity", "note"]).ends(1);
    netflix(&["--max-severity", "none"]).ends(1);
    netflix(&["--max-severity", "worst"])
        .ends(2)
        .says("expected one of none, note, warning, error");
    netflix(&["--ignore", "reading-speed,trailing-punctuation"]).ends(0);
    let only = netflix(&["--only", "gap,trailing-punctuation"]).ends(1);
    assert!(!only.out.contains("reading-speed"), "{}", only.out);
    netflix(&["--only", "grammar"])
        .ends(2)
        .says("expected one of empty, order");
    check(&desk, &["none.srt"]).ends(2);
    check(&desk, &["good.srt", "none.srt"]).ends(1);
}

/// What was wrong with a file counts as everywhere: a fault always, a repair with `--strict`.
#[test]
fn what_was_wrong_with_the_file_counts_too() {
    let reversed = "1\n00:00:02,000 --> 00:00:01,000\n反了\n";
    let unnumbered = "00:00:01,000 --> 00:00:02,000\n没有编号\n";
    let desk = Desk::with("reversed.srt", reversed).and("unnumbered.srt", unnumbered);
    check(&desk, &["reversed.srt"]).ends(1).says("error: ");
    check(&desk, &["unnumbered.srt"]).ends(0).says("warning: ");
    check(&desk, &["unnumbered.srt", "--strict"]).ends(1);
}

#[test]
fn a_folder_stands_for_its_captions() {
    let desk = Desk::with("shelf/one.srt", SRT).and(
        "shelf/two/fast.vtt",
        "WEBVTT\n\n00:01.000 --> 00:01.100\n早班渡船\n",
    );
    let ran = check(&desk, &["shelf"]).ends(1);
    assert!(ran.out.ends_with("in 2 files\n"), "{}", ran.out);
}

/// Each language has limits of its own, and the speeds of two are never added.
#[test]
fn captions_in_two_languages_are_told_apart() {
    let desk = Desk::with("talk.srt", BOTH);
    let ran = check(&desk, &[&["talk.srt"], &NETFLIX[..]].concat()).ends(1);
    let rules: Vec<_> = ran
        .out
        .lines()
        .filter(|line| line.contains("]: "))
        .collect();
    let said = "warning[second-language-speed]: expected a reading speed of the second language \
        of at most 20 characters a second, found 34";
    assert_eq!(rules, [said], "{}", ran.out);
}

/// 40 ms are one frame of 25, and 1.015 is none.
#[test]
fn with_frames_times_are_compared_in_frames() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\n渡船\n\n2\n00:00:02,080 --> 00:00:03,015\n靠岸\n";
    let desk = Desk::with("talk.srt", text);
    let rules = |more: &[&str]| {
        let ran = check(&desk, &[&["talk.srt"], &NETFLIX[..], more].concat());
        let heads = ran.out.lines().filter_map(|line| line.split_once("]: "));
        heads.map(|(rule, _)| rule.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rules(&[]), ["warning[gap"]);
    assert_eq!(rules(&["--fps", "25"]), ["note[frame-grid"]);
}

#[test]
fn programs_are_told_the_same() {
    let desk = Desk::with("talk.srt", FAST).and("none.txt", "");
    let json = |more: &[&str], code| {
        let ran = check(&desk, &[more, &NETFLIX[..], &["--report", "json"]].concat()).ends(code);
        serde_json::from_str::<Value>(&ran.out).expect("JSON")
    };
    let report = json(&["talk.srt", "missing.srt"], 1);
    assert_eq!(
        (&report["format"], &report["version"]),
        (&json!("zimu-check"), &json!(1))
    );
    let finding = &report["files"][0]["findings"][0];
    assert_eq!(finding["rule"], "reading-speed");
    assert_eq!(
        (&finding["found"], &finding["limit"]),
        (&json!(9009), &json!(9000))
    );
    let mark = &report["files"][0]["findings"][1];
    assert_eq!(
        (&mark["line"], &mark["column"], &mark["part"]),
        (&json!(3), &json!(9), &json!("。"))
    );
    assert_eq!(
        (&mark["fingerprint"], &mark["known"]),
        (&json!("早班渡船已经靠岸 。"), &json!(false))
    );
    assert_eq!(
        report["totals"],
        json!({"errors": 0, "warnings": 2, "notes": 0, "known": 0, "stale": 0})
    );
    assert!(report["files"][1]["error"].is_string(), "{report}");
    let unknown = check(
        &desk,
        &["talk.srt", "--profile", "tiktok", "--report", "json"],
    )
    .ends(2);
    assert!(
        unknown
            .out
            .contains("\"error\": \"--profile: expected one of"),
        "{}",
        unknown.out
    );
}

/// Every rule is listed, in a hundred columns, and tells who says so.
#[test]
fn rules_are_listed_and_shown() {
    let desk = Desk::new();
    let listing = desk.run(&["rules"]).ends(0).out;
    for rule in zimu::check::RULES {
        let line = listing
            .lines()
            .find(|line| line.split("  ").next() == Some(rule.id));
        let line = line.unwrap_or_else(|| panic!("{} is not listed", rule.id));
        assert!(
            line.contains(rule.wrong) && line.chars().count() <= 100,
            "{line}"
        );
        let shown = desk.run(&["rules", "show", rule.id]).ends(0).out;
        let source = format!("{} ({})", rule.source, rule.basis.says());
        assert!(
            shown.contains(&source) && shown.contains(rule.mend),
            "{shown}"
        );
    }
    desk.run(&["rules", "show", "grammar"])
        .ends(2)
        .says("expected one of");
}

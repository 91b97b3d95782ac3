//! `zimu check --baseline`: what an old catalogue has is known, what comes to it is not.

use serde_json::{Value, json};

use super::{Desk, Ran};

/// Too fast, and with a mark that Netflix drops at the end of a line.
const OLD: &str = "1\n00:00:01,000 --> 00:00:01,999\n早班渡船已经靠岸了。\n\n";

const KNOWN: &str = "\
# Findings that are known: `zimu check --update-baseline` writes this file.
version = 1

[files.\"old/talk.srt\".reading-speed]
\"早班渡船已经靠岸了\" = 1

[files.\"old/talk.srt\".trailing-punctuation]
\"早班渡船已经靠岸了 。\" = 1
";

fn check(desk: &Desk, more: &[&str]) -> Ran {
    let arguments = [
        "check",
        "--profile",
        "netflix-zh-hans",
        "--baseline",
        "known.toml",
    ];
    desk.run(&[&arguments, more].concat())
}

/// A catalogue whose findings are known.
fn catalogue() -> Desk {
    Desk::with("old/talk.srt", OLD).and("known.toml", KNOWN)
}

#[test]
fn an_old_catalogue_fails_only_on_what_is_new() {
    let desk = Desk::with("old/talk.srt", OLD);
    check(&desk, &["old"])
        .ends(2)
        .says("known.toml: expected a baseline, found none (--update-baseline writes one)");
    let ran = check(&desk, &["old", "--update-baseline"]).ends(0);
    assert_eq!(
        (&*ran.out, &*ran.err),
        ("nothing found in 1 file, 2 known\n", "")
    );
    assert_eq!(desk.read("known.toml"), KNOWN);
    let ran = check(&desk, &["old"]).ends(0);
    assert_eq!(
        (&*ran.out, &*ran.err),
        ("nothing found in 1 file, 2 known\n", "")
    );
    let desk = desk.and("old/new.srt", OLD.replace('。', ""));
    let ran = check(&desk, &["old"]).ends(1);
    assert!(ran.out.starts_with("warning[reading-speed]"), "{}", ran.out);
    assert!(
        ran.out
            .ends_with("\n0 errors, 1 warning and 0 notes in 2 files, 2 known\n"),
        "{}",
        ran.out
    );
    assert_eq!(desk.names(), ["known.toml", "old/new.srt", "old/talk.srt"]);
}

/// Neither another time, number or place of the cue nor another line end in it, and not the format.
#[test]
fn what_is_known_is_known_wherever_its_cue_has_gone() {
    for changed in [
        OLD.replace("00:00:01", "00:10:01"),
        OLD.replacen('1', "38", 1).replace('\n', "\r\n"),
        format!(
            "1\n00:00:00,000 --> 00:00:00,917\n茶\n\n{}",
            OLD.replacen('1', "2", 1)
        ),
    ] {
        let desk = catalogue().and("old/talk.srt", &changed);
        let ran = check(&desk, &["old"]).ends(0);
        assert_eq!(ran.err, "", "{changed}");
    }
    // Marks are none of the words: mending one finding does not make the other new.
    let mended = catalogue().and("old/talk.srt", OLD.replace('。', ""));
    check(&mended, &["old"])
        .ends(0)
        .says("expected 1 of trailing-punctuation, found 0");
    let reworded = catalogue().and("old/talk.srt", OLD.replace("早班", "晚班"));
    check(&reworded, &["old"]).ends(1);
    // One more of the same is new.
    let twice = catalogue().and(
        "old/talk.srt",
        OLD.to_owned() + &OLD.replace(":01,", ":09,"),
    );
    let ran = check(&twice, &["old"]).ends(1);
    assert!(
        ran.out
            .contains("0 errors, 2 warnings and 0 notes in 1 file, 2 known"),
        "{}",
        ran.out
    );
}

/// From wherever it is run: paths start at the folder of the baseline.
#[test]
fn a_baseline_knows_files_by_their_paths_from_it() {
    let desk = catalogue().and("sub/known.toml", KNOWN.replace("old/", "../old/"));
    check(&desk, &[&*desk.path("old").to_string_lossy()]).ends(0);
    for baseline in ["sub/known.toml", "sub/../known.toml"] {
        let arguments = ["check", "sub/../old", "--profile", "netflix-zh-hans"];
        desk.run(&[&arguments[..], &["--baseline", baseline]].concat())
            .ends(0);
    }
}

#[test]
fn what_is_gone_is_told_and_taken_out() {
    let good = "1\n00:00:01,000 --> 00:00:03,000\n早班渡船已经靠岸了\n\n";
    let desk = catalogue().and("old/talk.srt", good);
    let ran = check(&desk, &["old"]).ends(0);
    let told = "\
note: old/talk.srt: expected 1 of reading-speed, found 0
 --> known.toml:5:15
  |
5 | \"早班渡船已经靠岸了\" = 1
  |                        ^
  |
  = help: --prune-baseline takes out what is gone
";
    assert!(ran.err.starts_with(told), "{}", ran.err);
    assert_eq!(check(&desk, &["old", "-q"]).ends(0).err, "");
    // A rule that was not asked is not said to find nothing.
    let only = check(&desk, &["old", "--only", "gap", "--prune-baseline"]).ends(0);
    assert_eq!(
        (&*only.err, desk.read("known.toml")),
        ("", KNOWN.to_owned())
    );
    let pruned = check(&desk, &["old", "--prune-baseline"]).ends(0);
    pruned.says("note: known.toml: 2 findings taken out that are gone");
    assert!(!desk.read("known.toml").contains("files"));
    // So is what was known of a file that is not there any more, and of no other.
    let desk = catalogue().and("talk.srt", good);
    assert_eq!(check(&desk, &["talk.srt"]).ends(0).err, "");
    std::fs::remove_file(desk.path("old/talk.srt")).expect("a file");
    check(&desk, &["talk.srt"])
        .ends(0)
        .says("expected 1 of reading-speed, found 0");
}

/// Nothing but what was looked at is changed.
#[test]
fn an_update_adds_and_takes_out_and_pruning_adds_nothing() {
    let desk = catalogue().and("new.srt", OLD);
    check(&desk, &["new.srt", "old", "--prune-baseline"]).ends(1);
    assert_eq!(desk.read("known.toml"), KNOWN);
    check(
        &desk,
        &["new.srt", "--only", "reading-speed", "--update-baseline"],
    )
    .ends(0);
    let toml = desk.read("known.toml");
    assert_eq!(toml.matches(" = 1").count(), 4, "{toml}");
    assert!(toml.contains("[files.\"new.srt\".reading-speed]"), "{toml}");
    check(&desk, &["gone.srt", "--update-baseline"]).ends(2);
    assert_eq!(desk.read("known.toml"), toml);
    check(&desk, &["old", "--update-baseline", "--prune-baseline"]).ends(2);
    desk.run(&["check", "old", "--update-baseline"])
        .ends(2)
        .says("expected the file of the baseline: --baseline FILE");
}

#[test]
fn a_file_that_is_no_baseline_ends_the_run_and_stays() {
    for (toml, place, words) in [
        ("version = 2\n", "1:11", "expected version 1, found 2"),
        ("", "1:1", "expected the key `version`, found none"),
        ("<<<<<<< ours\n", "1:9", "expected TOML, found it broken"),
        (
            "version = 1\n[files.a.gap]\nb = 'c'\n",
            "3:5",
            "expected a whole number from 0, found \"c\"",
        ),
        (
            "version = 1\n[files.a.gap]\nb = 1\nb = 2\n",
            "4:1",
            "expected each key once, found it again",
        ),
        (OLD, "1:2", "expected TOML, found it broken"),
    ] {
        let desk = Desk::with("talk.srt", OLD).and("known.toml", toml);
        for more in [&["talk.srt"][..], &["talk.srt", "--update-baseline"]] {
            let ran = check(&desk, more).ends(2).says(words);
            assert_eq!(ran.out, "");
            ran.says(&format!("--> known.toml:{place}"));
        }
        assert_eq!(desk.read("known.toml"), toml);
        assert_eq!(desk.names(), ["known.toml", "talk.srt"]);
    }
}

#[test]
fn programs_are_told_what_is_known() {
    let desk = catalogue().and("old/new.srt", OLD.replace('。', "？！"));
    let ran = check(&desk, &["old", "--report", "json"]).ends(1);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        report["totals"],
        json!({"errors": 0, "warnings": 2, "notes": 0, "known": 2, "stale": 0})
    );
    let known = |file: usize| &report["files"][file]["findings"][0]["known"];
    assert_eq!((known(0), known(1)), (&json!(false), &json!(true)));
}

//! `zimu check --report sarif`: findings for services that show those of any tool. Whether it is
//! SARIF, and whether GitHub takes it, is asked of another program (`tests/it/consumers/sarif.rs`).

use insta::{Settings, assert_snapshot};
use serde_json::{Value, json};

use super::Desk;

/// A character that is two UTF-16 code units stands before the mark.
const TALK: &str = "1\n00:00:01,000 --> 00:00:01,999\n早班🚢渡船已经靠岸。\n\n";

fn sarif(desk: &Desk, more: &[&str], code: i32) -> Value {
    let arguments = ["check", "--profile", "netflix-zh-hans", "--report", "sarif"];
    let ran = desk.run(&[&arguments, more].concat()).ends(code);
    let mut log: Value = serde_json::from_str(&ran.out).expect("JSON");
    log["runs"][0].take()
}

#[test]
fn the_whole_of_it_is_the_one_that_was_read() {
    let faulty =
        "1\n00:00:02,000 --> 00:00:01,000\n反了\n\n2\n00:00:03,000 --> 00:00:05,000\n渡船\n";
    let desk = Desk::with("my talks/talk#1.srt", TALK)
        .and("faulty.srt", faulty)
        .and("none.srt", "没有时间\n");
    let arguments = ["check", "--profile", "netflix-zh-hans", "--report", "sarif"];
    let files = ["./my talks/talk#1.srt", "faulty.srt", "none.srt"];
    let only = ["--only", "trailing-punctuation,reading-speed"];
    let ran = desk.run(&[&arguments[..], &files, &only].concat()).ends(1);
    let log = ran.out.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/cli");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("sarif", log));
}

/// All that hold for any of the files, in their order, and no others.
#[test]
fn rules_are_those_that_hold() {
    let toml = "[check]\nonly = ['gap']\n[[check.overrides]]\nfiles = ['b.srt']\nonly = ['order', 'trailing-punctuation']\n";
    let desk = Desk::with("a.srt", TALK)
        .and("b.srt", TALK)
        .and("zimu.toml", toml);
    let run = sarif(&desk, &["a.srt", "b.srt"], 1);
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let ids: Vec<_> = rules.iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids, ["order", "gap", "trailing-punctuation"]);
    let result = &run["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["ruleIndex"]),
        (&json!("trailing-punctuation"), &json!(2))
    );
}

/// A service shows a finding that it has seen as the same one, wherever it has gone to.
#[test]
fn a_fingerprint_outlives_times_and_lines_above() {
    let later = TALK.replace(":01,", ":09,").replacen('1', "2", 1);
    let desk = Desk::with("old.srt", TALK)
        .and(
            "new.srt",
            format!("1\n00:00:01,000 --> 00:00:03,000\n茶\n\n{later}"),
        )
        .and("twice.srt", format!("{TALK}{later}"));
    let prints = |file: &str| {
        let run = sarif(&desk, &[file, "--only", "reading-speed"], 1);
        let results = run["results"].as_array().expect("results").clone();
        let print =
            |result: &Value| result["partialFingerprints"]["primaryLocationLineHash"].clone();
        results.iter().map(print).collect::<Vec<_>>()
    };
    let old = prints("old.srt");
    assert_eq!(old, [json!("77ba194326935331:1")]);
    assert_eq!(old, prints("new.srt"));
    // Two with the same words are two.
    assert_eq!(
        prints("twice.srt"),
        [old[0].clone(), json!("77ba194326935331:2")]
    );
}

#[test]
fn what_the_baseline_has_is_suppressed() {
    let desk = Desk::with("talk.srt", TALK);
    let known = ["talk.srt", "--baseline", "known.toml"];
    let suppressions = |more: &[&str], code| {
        let run = sarif(&desk, &[&known, more].concat(), code);
        let results = run["results"].as_array().expect("results").clone();
        let all = results.iter().map(|result| result["suppressions"].clone());
        all.collect::<Value>()
    };
    let suppressed = json!([{"kind": "external", "justification": "known: the baseline has it"}]);
    let update = ["--update-baseline", "--only", "reading-speed"];
    assert_eq!(suppressions(&update, 0), json!([suppressed]));
    // Of all results or of none.
    assert_eq!(suppressions(&[], 1), json!([suppressed, []]));
    assert_eq!(
        suppressions(&["--only", "trailing-punctuation"], 1),
        json!([null])
    );
}

/// What tells no place in the file is told at its start, with the name of its cue.
#[test]
fn a_run_that_could_not_is_told_too() {
    let desk = Desk::with("talk.srt", TALK);
    let run = sarif(&desk, &["talk.srt", "--baseline", "none.toml"], 2);
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], json!(false));
    let said = &invocation["toolConfigurationNotifications"][0]["message"]["text"];
    assert!(
        said.as_str()
            .expect("words")
            .starts_with("expected a baseline"),
        "{said}"
    );
    assert_eq!(run["results"], json!([]));
}

//! `zimu diff`: two caption files in, what became of each cue out.
//!
//! `fixtures/compare/CASE/old.*` and `new.*` are compared, and what people are told of it is
//! `snapshots/compare/CASE.snap`.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::sync::PoisonError;

use assert_cmd::Command;
use insta::{Settings, assert_snapshot, glob};
use serde_json::{Value, json};

use super::{Desk, SRT};
use crate::road::{root, text_of};
use crate::snapshots::ONE_SUITE;

/// Two cues, and the second of them half a second later.
const TWO: &str = "1\n00:00:01,000 --> 00:00:02,000\n水开了\n\n\
    2\n00:00:03,000 --> 00:00:04,000\n泡茶吧\n\n";
const TWO_LATER: &str = "1\n00:00:01,000 --> 00:00:02,000\n水开了\n\n\
    2\n00:00:03,500 --> 00:00:04,500\n泡茶吧\n\n";

fn desk() -> Desk {
    Desk::with("old.srt", TWO).and("new.srt", TWO_LATER)
}

fn report(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The file of a case whose name begins so.
fn side(case: &Path, stem: &str) -> String {
    let entries = fs::read_dir(case).expect("a case");
    let mut paths = entries.map(|entry| entry.expect("a file").path());
    let found = paths.find(|path| path.file_stem() == Some(OsStr::new(stem)));
    let found = found.unwrap_or_else(|| panic!("no {stem} in {}", case.display()));
    found
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

#[test]
fn what_became_of_each_cue_is_told() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/compare");
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.remove_input_file();
    settings.set_omit_expression(true);
    let _alone = ONE_SUITE.lock().unwrap_or_else(PoisonError::into_inner);
    glob!("../../../fixtures/compare", "*/old.*", |path| {
        let case = path.parent().expect("a case");
        let (old, new) = (side(case, "old"), side(case, "new"));
        let mut desk = Desk::new();
        for name in [&old, &new] {
            desk = desk.and(name, fs::read(case.join(name)).expect("a file"));
        }
        let ran = desk.run(&["diff", &old, &new]);
        for line in ran.out.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
        let said = format!(
            "{}{}exit {}\n",
            ran.err,
            ran.out,
            ran.code.unwrap_or_default()
        );
        let name = case.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let mut settings = settings.clone();
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.bind(|| assert_snapshot!(name, said));
    });
}

#[test]
fn the_code_says_whether_they_differ() {
    let desk = desk().and("broken.srt", "不是字幕\n");
    desk.run(&["diff", "old.srt", "old.srt"]).ends(0);
    desk.run(&["diff", "old.srt", "new.srt"]).ends(1);
    let ran = desk.run(&["diff", "old.srt", "gone.srt"]).ends(2);
    ran.says("gone.srt: expected a file to read");
    assert_eq!(desk.run(&["diff", "old.srt", "broken.srt"]).ends(2).out, "");
    let ran = desk.run(&["diff", "-", "-"]).ends(2);
    ran.says("expected the standard input once");
}

#[test]
fn one_of_both_may_be_the_standard_input() {
    let desk = desk();
    let ran = desk.run_with(&["diff", "-", "old.srt"], TWO).ends(0);
    assert_eq!(ran.out, "the same: 2 cues\n");
    let ran = desk.run_with(&["diff", "old.srt", "-"], TWO_LATER).ends(1);
    assert!(
        ran.out
            .starts_with("--- old.srt\n+++ -\n\n2: retimed +0.500 s\n"),
        "{}",
        ran.out
    );
}

#[test]
fn times_that_are_near_enough_are_the_same() {
    let desk = desk();
    let within = |ms: &str| desk.run(&["diff", "old.srt", "new.srt", "--times-within", ms]);
    within("499").ends(1);
    within("500").ends(0);
}

#[test]
fn what_was_converted_is_the_same_in_every_format() {
    for format in ["vtt", "ass", "ttml", "sbv", "json", "tsv", "lrc", "bcc"] {
        let desk = desk();
        let output = format!("out.{format}");
        desk.run(&["convert", "new.srt", "--to", format, "-o", &output])
            .ends(0);
        let ran = desk.run(&["diff", "new.srt", &output, "--quiet"]).ends(0);
        assert_eq!(
            (&*ran.out, &*ran.err),
            ("the same: 2 cues\n", ""),
            "{format}"
        );
    }
}

#[test]
fn what_no_format_could_have_kept_is_not_compared() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 林晓>你好\n\n";
    let desk = Desk::with("old.vtt", vtt).and("new.srt", SRT);
    let ran = desk.run(&["diff", "old.vtt", "new.srt"]).ends(0);
    ran.says("old.vtt: not compared: SubRip has no room for 1 speakers");
}

#[test]
fn of_a_new_file_all_was_added() {
    let desk = desk().and("empty", "");
    let ran = desk.run(&["diff", "empty", "new.srt"]).ends(1);
    assert!(
        ran.out.ends_with("0 → 2 cues: 0 the same, 2 added\n"),
        "{}",
        ran.out
    );
    desk.run(&["diff", "empty", "empty"]).ends(0);
}

#[test]
fn programs_are_told_what_differs() {
    let desk = desk();
    let ran = desk
        .run(&["diff", "old.srt", "new.srt", "--report", "json"])
        .ends(1);
    let told = report(&ran.out);
    assert_eq!(
        (&told["format"], &told["version"]),
        (&json!("zimu-diff"), &json!(1))
    );
    let summary = &told["summary"];
    assert_eq!(
        (&summary["unchanged"], &summary["retimed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(summary["starts"]["within_200_ms"], 1);
    assert_eq!(
        (&told["shifts"][0]["shift_ms"], &told["shifts"][0]["count"]),
        (&json!(500), &json!(1))
    );
    let change = &told["changes"][0];
    assert_eq!(change["kinds"], json!(["retimed"]));
    assert_eq!(
        (&change["old"][0]["start_ms"], &change["new"][0]["start_ms"]),
        (&json!(3000), &json!(3500))
    );
    assert_eq!(change["new"][0]["lines"][0]["text"], "泡茶吧");
    let ran = desk
        .run(&["diff", "old.srt", "gone.srt", "--report", "json"])
        .ends(2);
    let told = report(&ran.out);
    assert!(
        told["error"]
            .as_str()
            .expect("words")
            .starts_with("expected a file to read"),
        "{told}"
    );
    assert_eq!(told["summary"], Value::Null);
}

/// The command in a repository with a change of captions in it, set up as docs/comparing.md
/// says; nothing where there is no git.
fn git(desk: &Desk, arguments: &[&str]) -> Option<String> {
    let binary = assert_cmd::cargo::cargo_bin!("zimu")
        .parent()
        .expect("a folder")
        .to_owned();
    let paths =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let path = std::env::join_paths([binary].into_iter().chain(paths)).expect("a path");
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(arguments)
        .current_dir(desk.0.path())
        .env("PATH", path)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    let output = output.ok()?;
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).expect("text"))
}

/// The lines of docs/comparing.md that set git up: `git config` and what `.gitattributes` has.
fn set_up(desk: &Desk) -> Option<()> {
    let page = text_of(&root().join("docs/comparing.md"));
    let configs: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("git config "))
        .collect();
    assert_eq!(configs.len(), 2, "{page}");
    for line in configs {
        let (key, value) = line.split_once(' ').expect("a key and a value");
        git(desk, &["config", key, value.trim_matches('\'')])?;
    }
    let attributes = page.lines().find(|line| line.ends_with(" diff=captions"));
    fs::write(desk.path(".gitattributes"), attributes.expect("attributes")).expect("a file");
    Some(())
}

#[test]
fn git_shows_captions_one_a_line_and_calls_the_command() {
    let desk = Desk::with("talk.srt", TWO);
    let told = (|| {
        git(&desk, &["init", "--quiet"])?;
        set_up(&desk)?;
        git(&desk, &["add", "."])?;
        git(&desk, &["commit", "--quiet", "-m", "Captions"])?;
        fs::write(desk.path("talk.srt"), TWO_LATER).expect("a file");
        let review = git(&desk, &["diff", "--unified=0"])?;
        let tool = git(&desk, &["difftool", "--no-prompt", "--tool=zimu"])?;
        Some((review, tool))
    })();
    if let Some((review, tool)) = told {
        assert!(
            review.contains("\n-2      0:00:03.000 → 0:00:04.000  1.000s  3.0/s  泡茶吧\n"),
            "{review}"
        );
        assert!(tool.contains("\n2: retimed +0.500 s\n"), "{tool}");
    }
}

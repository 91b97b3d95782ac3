//! A back catalogue: what is done once is done, and what somebody mended is theirs.

use super::{Desk, Ran};

const TALK: &str = "大家好。\n今天我们谈谈字幕应该怎么断行。\n";

pub(super) fn shelf() -> Desk {
    Desk::with("in/a/talk.txt", TALK)
        .and("in/a/talk.info.json", r#"{"duration": 12.5}"#)
        .and("in/b.txt", "渡船每天早上六点从码头出发。\n")
        .and("in/b.en.txt", "The ferry leaves at six.\n")
        .and("in/cover.jpg", [0xff, 0xd8])
}

pub(super) fn batch(desk: &Desk, more: &[&str]) -> Ran {
    let mut arguments = vec!["batch", "in", "-o", "out"];
    arguments.extend(more);
    desk.run(&arguments)
}

/// The files in the folder of outputs, without the manifest.
pub(super) fn made(desk: &Desk) -> Vec<String> {
    let mut names = desk.names();
    names.retain(|name| name.starts_with("out/") && !name.ends_with("manifest.jsonl"));
    names
}

#[test]
fn a_catalogue_is_made_once_and_then_what_changed() {
    let desk = shelf();
    batch(&desk, &["--to", "srt,vtt"])
        .ends(0)
        .prints("2 talks: 2 made, 0 unchanged");
    let outputs = [
        "out/a/talk.zh-Hans.srt",
        "out/a/talk.zh-Hans.vtt",
        "out/b.zh-en.srt",
        "out/b.zh-en.vtt",
    ];
    assert_eq!(made(&desk), outputs);
    assert!(
        desk.read("out/a/talk.zh-Hans.srt")
            .contains("--> 00:00:12,500")
    );
    let manifest = desk.read("out/zimu-manifest.jsonl");
    batch(&desk, &["--to", "srt,vtt"])
        .ends(0)
        .prints("0 made, 2 unchanged");
    let desk = desk.and("in/b.en.txt", "The ferry leaves at seven.\n");
    batch(&desk, &["--to", "srt,vtt", "--dry-run"])
        .ends(0)
        .prints("b.en.txt changed");
    assert_eq!(desk.read("out/zimu-manifest.jsonl"), manifest);
    batch(&desk, &["--to", "srt,vtt"])
        .ends(0)
        .prints("1 made, 1 unchanged");
    assert!(desk.read("out/b.zh-en.vtt").contains("seven"));
}

#[test]
fn what_somebody_changed_is_kept() {
    let desk = shelf();
    batch(&desk, &[]).ends(0);
    let fix = desk
        .read("out/a/talk.zh-Hans.srt")
        .replace("大家好", "各位好");
    let desk = desk
        .and("out/a/talk.zh-Hans.srt", &fix)
        .and("in/a/talk.txt", format!("{TALK}再见。\n"));
    batch(&desk, &[])
        .ends(0)
        .says("a/talk.zh-Hans.srt: somebody changed it, and it was kept");
    assert_eq!(desk.read("out/a/talk.zh-Hans.srt"), fix);
    assert!(desk.read("out/a/talk.zh-Hans.srt.new").contains("再见"));
    // It stays theirs, run after run, until they say otherwise.
    batch(&desk, &[])
        .ends(0)
        .prints("0 made, 2 unchanged")
        .says("somebody changed it");
    let desk = desk.and("in/a/talk.txt", TALK);
    batch(&desk, &["--overwrite"]).ends(0).prints("1 made");
    assert!(desk.read("out/a/talk.zh-Hans.srt").contains("大家好"));
}

#[test]
fn a_file_that_was_there_before_is_somebodys_own() {
    let desk = shelf().and("out/a/talk.zh-Hans.srt", "mine\n");
    batch(&desk, &[]).ends(0).says("somebody changed it");
    assert_eq!(desk.read("out/a/talk.zh-Hans.srt"), "mine\n");
}

#[test]
fn two_inputs_of_one_output_are_refused_before_anything_is_written() {
    for (other, one) in [
        ("in/b.md", "in/b.txt"),
        ("in/b.zh-Hans.txt", "in/b.txt"),
        // Some systems take them for one folder.
        ("in/A/Talk.txt", "in/a/talk.txt"),
    ] {
        let desk = shelf().and(other, "渡船。\n");
        let ran = batch(&desk, &[])
            .ends(2)
            .says("expected one input for each output");
        assert!(
            ran.err.contains(other) && ran.err.contains(one),
            "{}",
            ran.err
        );
        assert_eq!(made(&desk), [""; 0]);
    }
    let desk = shelf().and("in/b.zh-Hant.txt", "渡船從碼頭出發。\n");
    batch(&desk, &[]).ends(0).prints("3 made");
}

#[test]
fn what_is_made_no_more_is_taken_away_only_when_asked() {
    let desk = shelf();
    batch(&desk, &["--to", "srt,vtt"]).ends(0);
    std::fs::remove_file(desk.path("in/b.txt")).unwrap();
    std::fs::remove_file(desk.path("in/b.en.txt")).unwrap();
    let desk = desk.and("out/b.zh-en.vtt", "mine\n");
    batch(&desk, &["--to", "srt"])
        .ends(0)
        .says("made no more: 2, b.zh-en.srt first");
    batch(&desk, &["--to", "srt"])
        .ends(0)
        .says("made no more: 3");
    assert_eq!(made(&desk).len(), 4);
    batch(&desk, &["--to", "srt", "--prune"]).ends(0);
    assert_eq!(made(&desk), ["out/a/talk.zh-Hans.srt", "out/b.zh-en.vtt"]);
    batch(&desk, &["--to", "srt"])
        .ends(0)
        .prints("0 made, 1 unchanged");
}

#[test]
fn what_would_change_is_told_cue_by_cue() {
    let desk = shelf();
    batch(&desk, &[]).ends(0);
    batch(&desk, &["--check"]).ends(0).prints("0 made");
    let before = desk.read("out/b.zh-en.srt");
    let desk = desk.and("in/b.txt", "渡船每天早上七点从码头出发。\n");
    let ran = batch(&desk, &["--check"]).ends(1).prints("1 to be made");
    assert!(ran.out.contains("七"), "{}", ran.out);
    assert_eq!(desk.read("out/b.zh-en.srt"), before);
}

#[test]
fn one_bad_input_stops_no_other() {
    let desk = shelf().and("in/0.txt", [0xff; 40]).and("in/z.txt", "\n");
    let ran = batch(&desk, &[])
        .ends(1)
        .prints("4 talks: 2 made, 0 unchanged, 2 failed");
    assert!(ran.err.contains("in/0.txt: expected text"), "{}", ran.err);
    assert!(
        ran.err.contains("in/z.txt: expected words to caption"),
        "{}",
        ran.err
    );
    // What failed is tried again.
    let desk = desk.and("in/z.txt", "好。\n");
    batch(&desk, &[])
        .ends(1)
        .prints("1 made, 2 unchanged, 1 failed");
}

#[test]
fn however_many_jobs_run_at_once_the_files_are_the_same() {
    let files = |jobs: &str| {
        let mut desk = shelf();
        for talk in 0..20 {
            desk = desk.and(&format!("in/c/{talk}.txt"), TALK.repeat(1 + talk % 5));
        }
        batch(&desk, &["--jobs", jobs]).ends(0);
        let names = made(&desk);
        let mut files: Vec<_> = names.iter().map(|name| desk.read(name)).collect();
        files.push(desk.read("out/zimu-manifest.jsonl"));
        files
    };
    assert_eq!(files("1"), files("3"));
}

#[test]
fn a_run_that_was_killed_is_gone_on_with() {
    let desk = shelf();
    batch(&desk, &[]).ends(0);
    // As a kill leaves it: a job on record, another half recorded, half of a file.
    let manifest = desk.read("out/zimu-manifest.jsonl");
    let (head, entries) = manifest.split_once('\n').unwrap();
    let journal = &entries[..entries.len() - 30];
    let desk = desk
        .and("out/zimu-manifest.jsonl", format!("{head}\n"))
        .and("out/.zimu-run/journal.jsonl", journal)
        .and("out/.zimu-run/7", "half of a fi");
    batch(&desk, &[]).ends(0).prints("1 made, 1 unchanged");
    assert_eq!(desk.read("out/zimu-manifest.jsonl"), manifest);
    assert!(!desk.path("out/.zimu-run").exists());
}

#[test]
fn a_manifest_that_is_none_is_told_and_nothing_is_written() {
    let desk = shelf().and("out/zimu-manifest.jsonl", "<<<<<<< ours\n");
    batch(&desk, &[])
        .ends(2)
        .says("out/zimu-manifest.jsonl:1: expected");
    assert_eq!(made(&desk), [""; 0]);
}

#[test]
fn programs_are_told_of_every_talk() {
    let desk = shelf();
    let ran = batch(&desk, &["--report", "csv", "--lint"]).ends(0);
    let rows: Vec<_> = ran
        .out
        .lines()
        .map(|row| row.split(',').take(2).collect::<Vec<_>>())
        .collect();
    assert_eq!(
        rows,
        [
            ["input", "action"],
            ["a/talk.txt", "made"],
            ["b.txt", "made"]
        ]
    );
    let ran = batch(&desk, &["--report", "json"]).ends(0);
    assert!(ran.out.contains("\"unchanged\": 2"), "{}", ran.out);
    let ran = desk
        .run(&["batch", "nowhere", "-o", "out", "--report", "json"])
        .ends(2);
    assert!(
        ran.out.contains("\"error\": \"expected a folder"),
        "{}",
        ran.out
    );
}

#[test]
fn where_things_go_is_to_be_clear() {
    let desk = shelf();
    desk.run(&["batch", "in"])
        .ends(2)
        .says("expected a folder for the captions (-o DIR)");
    desk.run(&["batch", "in", "-o", "in"])
        .ends(2)
        .says("expected another folder");
    desk.run(&["batch", "in", "-o", "in/made"]).ends(0);
    desk.run(&["batch", "in", "-o", "in/made"])
        .ends(0)
        .prints("0 made, 2 unchanged");
}

#[test]
fn a_transcript_may_be_given_another_name() {
    for text in [TALK, "渡船每天早上六点从码头出发。\n"] {
        let desk = Desk::with("in/talk.txt", TALK);
        batch(&desk, &[]).ends(0);
        std::fs::remove_file(desk.path("in/talk.txt")).unwrap();
        let desk = desk.and("in/talk.md", text);
        // Nobody has changed what is made by both names.
        let ran = batch(&desk, &[]).ends(0).prints("1 made");
        assert!(!ran.err.contains("somebody"), "{}", ran.err);
        assert!(!ran.err.contains("made no more"), "{}", ran.err);
        batch(&desk, &["--prune"]).ends(0);
        assert_eq!(made(&desk), ["out/talk.zh-Hans.srt"]);
        let fresh = Desk::with("in/talk.md", text);
        batch(&fresh, &[]).ends(0);
        for name in ["out/talk.zh-Hans.srt", "out/zimu-manifest.jsonl"] {
            assert_eq!(desk.read(name), fresh.read(name));
        }
    }
}

#[test]
fn new_captions_that_somebody_works_on_are_kept_too() {
    let desk = Desk::with("in/talk.txt", TALK).and("out/talk.zh-Hans.srt", "mine\n");
    batch(&desk, &[]).ends(0);
    let desk = desk
        .and("out/talk.zh-Hans.srt.new", "mine too\n")
        .and("in/talk.txt", TALK.repeat(2));
    batch(&desk, &[])
        .ends(1)
        .says("out/talk.zh-Hans.srt.new: expected it as it was made");
    assert_eq!(desk.read("out/talk.zh-Hans.srt"), "mine\n");
    assert_eq!(desk.read("out/talk.zh-Hans.srt.new"), "mine too\n");
}

#[test]
fn a_report_gives_way_to_the_next_one_and_nothing_else_does() {
    let desk = shelf().and("notes.json", "{}\n");
    for form in ["json", "csv", "json"] {
        batch(&desk, &["--report", form, "--report-file", "report"]).ends(0);
    }
    assert!(desk.read("report").contains("\"unchanged\": 2"));
    let desk = desk.and("in/c.txt", TALK);
    batch(&desk, &["--report", "json", "--report-file", "notes.json"])
        .ends(2)
        .says("notes.json: expected no file, or a report");
    assert_eq!(desk.read("notes.json"), "{}\n");
    assert!(!desk.path("out/c.zh-Hans.srt").exists());
}

#[test]
fn what_a_killed_run_wrote_is_nobodys_own() {
    // It had its new name, and was not on record yet.
    let other = Desk::with("in/talk.txt", TALK.repeat(2));
    batch(&other, &[]).ends(0);
    let late = other.read("out/talk.zh-Hans.srt");
    let manifest = other.read("out/zimu-manifest.jsonl");
    let hash = manifest.split("\"outputs\":{").nth(1).unwrap();
    let begun = format!("{{\"begun\":{{{}}}}}\n", hash.split('}').next().unwrap());
    for text in [TALK.to_owned(), TALK.repeat(2), TALK.repeat(3)] {
        let desk = Desk::with("in/talk.txt", TALK);
        batch(&desk, &[]).ends(0);
        let desk = desk
            .and("in/talk.txt", &text)
            .and("out/talk.zh-Hans.srt", &late)
            .and("out/.zimu-run/journal.jsonl", &begun);
        let ran = batch(&desk, &[]).ends(0).prints("1 made");
        assert!(!ran.err.contains("somebody"), "{}", ran.err);
        let fresh = Desk::with("in/talk.txt", &text);
        batch(&fresh, &[]).ends(0);
        assert_eq!(made(&desk), made(&fresh));
        assert_eq!(
            desk.read("out/talk.zh-Hans.srt"),
            fresh.read("out/talk.zh-Hans.srt")
        );
    }
}

#[test]
fn a_kill_at_the_very_end_leaves_nothing_for_good() {
    let desk = shelf();
    batch(&desk, &[]).ends(0);
    let desk = desk.and("out/.zimu-run/3", "half of a fi");
    batch(&desk, &[]).ends(0).prints("2 unchanged");
    assert!(!desk.path("out/.zimu-run").exists());
}

#[test]
fn a_table_without_its_heads_is_told() {
    for table in ["", "a.txt\n", "pfad,duration\n", "\u{feff}\"path"] {
        let desk = shelf().and("in/list.csv", table);
        let ran = desk.run(&["batch", "in/list.csv", "-o", "out"]);
        let is_told = ran
            .err
            .contains("expected a first row in UTF-8 with a column `path`");
        assert_eq!(is_told, !table.contains("\"path"), "{table}: {}", ran.err);
    }
}

#[test]
fn what_a_format_has_no_room_for_is_told_once() {
    let desk = shelf();
    batch(&desk, &["--to", "chapters"])
        .ends(0)
        .says("a/talk.txt: YouTube chapters has no room for 3 cues")
        .says("notes; --report json has all of them)");
    let desk = desk.and("in/c.txt", [0xff; 40]);
    // Quiet is of notes, and of no error.
    let ran = batch(&desk, &["--to", "chapters", "--quiet"]).ends(1);
    assert!(ran.err.contains("in/c.txt: expected text") && !ran.err.contains("notes"));
    assert_eq!(ran.out, "");
}

/// A named pipe has no end, and nobody waits for it.
#[cfg(unix)]
#[test]
fn what_would_change_is_not_read_from_a_pipe() {
    let desk = shelf().and("out/a/kept", "");
    let pipe = desk.path("out/a/talk.zh-Hans.srt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let ran = batch(&desk, &["--check"]).ends(1);
    assert!(
        ran.err.contains("talk.zh-Hans.srt: expected a file"),
        "{}",
        ran.err
    );
}

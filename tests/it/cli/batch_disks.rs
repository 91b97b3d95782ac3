//! What a batch does about disks: a folder of outputs that lies on two of them, and a power cut.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

use super::Desk;

const TALK: &str = "渡船每天早上六点从码头出发。\n";

/// A disk in memory, which is none of those that tests have their folders on.
const OTHER_DISK: &str = "/dev/shm";

/// A folder on another disk than the desk's, if there is one.
fn elsewhere(desk: &Desk) -> Option<tempfile::TempDir> {
    let other = tempfile::tempdir_in(OTHER_DISK).ok()?;
    fs::write(desk.path("probe"), "").expect("a file");
    let renamed = fs::rename(desk.path("probe"), other.path().join("probe"));
    renamed.is_err().then_some(other)
}

#[test]
fn outputs_may_lie_on_another_disk() {
    let desk = Desk::with("in/a/talk.txt", TALK)
        .and("in/b.txt", TALK)
        .and("out/file", "");
    let Some(other) = elsewhere(&desk) else {
        eprintln!("skipped: expected another disk at {OTHER_DISK}, found none");
        return;
    };
    symlink(other.path(), desk.path("out/a")).expect("a link");
    let talk = other.path().join("talk.zh-Hans.srt");
    let read = || fs::read_to_string(&talk).expect("captions");
    let run = |desk: &Desk| desk.run(&["batch", "in", "-o", "out"]);
    run(&desk).ends(0).prints("2 made");
    let first = read();
    assert_eq!(first, desk.read("out/b.zh-Hans.srt"));
    // What is replaced changes places there.
    let desk = desk.and("in/a/talk.txt", TALK.repeat(2));
    run(&desk).ends(0).prints("1 made, 1 unchanged");
    assert_ne!(read(), first);
    run(&desk).ends(0).prints("0 made, 2 unchanged");
    fs::write(&talk, "mine\n").expect("a file");
    let desk = desk.and("in/a/talk.txt", TALK);
    run(&desk).ends(0).says("somebody changed it");
    assert_eq!(read(), "mine\n");
    assert_eq!(desk.read("out/a/talk.zh-Hans.srt.new"), first);
    let names = || {
        let names = fs::read_dir(other.path()).expect("a folder");
        let mut names: Vec<_> = names
            .map(|entry| entry.expect("a file").file_name())
            .collect();
        names.sort();
        names
    };
    let expected = ["talk.zh-Hans.srt", "talk.zh-Hans.srt.new"];
    assert_eq!(names(), expected);
    // A kill while it is copied leaves a part of it, which the next run takes away.
    fs::rename(other.path().join("talk.zh-Hans.srt.new"), &talk).expect("a name");
    fs::write(other.path().join(COPY), "1\n00:0").expect("a file");
    let begun = r#"{"begun":{"a/talk.zh-Hans.srt":"00000000000000000000000000000000"}}"#;
    let desk = desk.and("out/.zimu-run/journal.jsonl", format!("{begun}\n"));
    run(&desk).ends(0).prints("0 made, 2 unchanged");
    assert_eq!(names(), expected[..1]);
    assert!(!desk.path("out/.zimu-run").exists());
}

/// A file that cannot be replaced, where another one of its talk has been already.
#[test]
fn a_talk_that_fails_between_two_files_leaves_none_to_nobody() {
    let desk = Desk::with("in/talk.txt", TALK).and("out/file", "");
    let link = desk.path("out/talk.zh-Hans.vtt");
    symlink("/proc/version", &link).expect("a link");
    let run = |more: &[&str]| {
        let batch = ["batch", "in", "-o", "out", "--to", "srt,vtt"];
        desk.run(&[&batch[..], more].concat())
    };
    run(&["--overwrite"]).ends(1).says("expected to write it");
    assert!(desk.path("out/talk.zh-Hans.srt").exists());
    fs::remove_file(&link).expect("a link gone");
    fs::write(desk.path("in/talk.txt"), TALK.repeat(2)).expect("a file");
    let ran = run(&[]).ends(0).prints("1 made");
    assert!(!ran.err.contains("somebody"), "{}", ran.err);
    assert!(!desk.path("out/.zimu-run").exists());
    // A link to what was made is taken away as a file is.
    fs::rename(&link, desk.path("elsewhere")).expect("a name");
    symlink("../elsewhere", &link).expect("a link");
    desk.run(&["batch", "in", "-o", "out", "--to", "srt", "--prune"])
        .ends(0);
    assert!(!link.is_symlink() && desk.path("elsewhere").exists());
}

/// What a file is called that is to be `talk.zh-Hans.srt` on another disk.
const COPY: &str = ".zimu-run.e6b1de62b65fa95c2eee1a50ea6050bc";

/// No disk can be made to lose what it has not written yet, so the system is asked in which order
/// it is told: captions are on the disk before they have their names, and names before the manifest.
#[test]
fn what_the_manifest_calls_done_outlasts_a_power_cut() {
    let desk = Desk::with("in/a.txt", TALK).and("in/b.txt", TALK);
    for _ in 0..2 {
        let binary = cargo_bin!("zimu");
        let traced = Command::new("strace")
            .args(["-f", "-e", "trace=/^(sync|fsync|rename)", "-o", "trace"])
            .arg(binary)
            .args(["batch", "in", "-o", "out"])
            .current_dir(desk.path(""))
            .output();
        if !traced.is_ok_and(|ran| ran.status.success()) {
            eprintln!("skipped: expected a system call tracer, strace, found none that works");
            return;
        }
        let calls: Vec<_> = desk.read("trace").lines().filter_map(told).collect();
        let expected = "disk, name, name, disk, file, manifest, file";
        assert_eq!(calls.join(", "), expected, "{}", desk.read("trace"));
        for talk in ["in/a.txt", "in/b.txt"] {
            fs::write(desk.path(talk), TALK.repeat(2)).expect("a file");
        }
    }
}

/// What a system call does that counts.
fn told(call: &str) -> Option<&'static str> {
    let is_renamed = call.contains("rename") && !call.contains("resumed");
    Some(match () {
        () if call.contains("fsync(") => "file",
        () if call.contains("syncfs(") => "disk",
        () if is_renamed && call.contains("manifest") => "manifest",
        () if is_renamed && call.contains("\"out/") && call.contains(".srt") => "name",
        () => return None,
    })
}

//! A batch that something happens to: it is killed, stopped, out of room, and its inputs change
//! under its hands. What is left are whole files, nobody's own fix is lost, and the next run
//! makes all of it as if nothing had happened.
//!
//! `ZIMU_FAULTS` says how many times a run is killed; a hundred take some minutes.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

use super::{Desk, Ran};

const TALKS: usize = 30;

const MANIFEST: &str = "out/zimu-manifest.jsonl";

/// Settings that change every output, so that every job of a run is due.
const SETTINGS: [&[&str]; 3] = [
    &["--to", "srt,vtt,ass", "--pace", "slow"],
    &["--to", "srt,vtt,ass", "--pace", "lecture"],
    &["--to", "srt,vtt,ass", "--pace", "fast"],
];

/// Files by name.
type Files = BTreeMap<String, Vec<u8>>;

fn shelf() -> Desk {
    (0..TALKS).fold(Desk::new(), |desk, talk| {
        let text = "今天我们谈谈字幕应该怎么断行，渡船每天早上六点从码头出发。\n";
        desk.and(
            &format!("in/{}/{talk}.txt", talk % 4),
            text.repeat(20 + talk),
        )
    })
}

fn arguments<'a>(settings: &[&'a str]) -> Vec<&'a str> {
    [&["batch", "in", "-o", "out", "--quiet"], settings].concat()
}

fn batch(desk: &Desk, settings: &[&str]) -> Ran {
    desk.run(&arguments(settings))
}

/// A run that is under way.
fn begin(desk: &Desk, settings: &[&str]) -> Child {
    let mut command = Command::new(cargo_bin!("zimu"));
    command.env_remove("ZIMU_PROFILE").env_remove("ZIMU_LANG");
    command
        .current_dir(desk.path(""))
        .args(arguments(settings))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().expect("a run")
}

/// What was made: all but what a run that is under way has for itself.
fn made(desk: &Desk) -> Files {
    let mut names = desk.names();
    names.retain(|name| name.starts_with("out/") && !name.starts_with("out/.zimu-run/"));
    let files = names.into_iter().map(|name| {
        let bytes = fs::read(desk.path(&name)).expect("a file");
        (name, bytes)
    });
    files.collect()
}

/// What runs make that nothing happens to, and how long one takes.
fn undisturbed() -> ([Files; SETTINGS.len()], Duration) {
    let mut took = Duration::ZERO;
    let files = SETTINGS.map(|settings| {
        let desk = shelf();
        let begun = Instant::now();
        batch(&desk, settings).ends(0);
        took = begun.elapsed();
        made(&desk)
    });
    (files, took)
}

/// How many times a run is killed.
fn rounds() -> u32 {
    let asked = std::env::var("ZIMU_FAULTS").ok();
    asked.map_or(9, |count| count.parse().expect("a count"))
}

#[test]
fn a_kill_leaves_whole_files_and_the_next_run_goes_on() {
    let (whole, took) = undisturbed();
    let desk = shelf();
    let (fixed, fix) = ("out/1/5.zh-Hans.srt", b"mine\n".to_vec());
    let mut killed = 0;
    for round in 0..rounds() {
        // Moments that lie evenly over a run, in no order.
        let moment = took * (round * 618 % 1000) / 1000;
        let first = round as usize % SETTINGS.len();
        let second = round as usize / 2 % SETTINGS.len();
        let desk = &desk;
        fs::create_dir_all(desk.path("out/1")).expect("a folder");
        fs::write(desk.path(fixed), &fix).expect("a file");
        let mut run = begin(desk, SETTINGS[first]);
        thread::sleep(moment);
        run.kill().expect("a kill");
        killed += u32::from(run.wait().expect("an end").code().is_none());
        for (name, bytes) in made(desk) {
            let is_whole = |files: &Files| files.get(&name) == Some(&bytes);
            let beside = name.strip_suffix(".new") == Some(fixed);
            let is_fix = name == fixed && bytes == fix;
            assert!(
                whole.iter().any(is_whole) || beside || is_fix || name == MANIFEST,
                "round {round}: {name} is neither whole nor kept"
            );
        }
        assert_eq!(fs::read(desk.path(fixed)).ok().as_ref(), Some(&fix));
        batch(desk, SETTINGS[second]).ends(0);
        assert_eq!(fs::read(desk.path(fixed)).ok().as_ref(), Some(&fix));
        assert!(!desk.path("out/.zimu-run").exists());
        // With what is made in the place of the fix, all is as if nothing had happened.
        let beside = desk.path(&format!("{fixed}.new"));
        if beside.exists() {
            fs::rename(beside, desk.path(fixed)).expect("new captions");
        } else {
            // It was made by these settings before, and nothing was due.
            fs::write(desk.path(fixed), &whole[second][fixed]).expect("a file");
        }
        same(&made(desk), &whole[second], round);
    }
    assert!(killed > 0 || rounds() == 0, "no run was killed");
}

#[track_caller]
fn same(found: &Files, expected: &Files, round: u32) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(expected), "round {round}");
    for (name, bytes) in found {
        let is_same = expected.get(name) == Some(bytes);
        assert!(is_same, "round {round}: {name} is another one");
    }
}

/// Whoever saves captions while a run is about to replace them does so last.
#[test]
fn what_is_saved_while_a_run_writes_is_kept() {
    let (_, took) = undisturbed();
    for round in 0..rounds().div_ceil(3) {
        let desk = shelf();
        batch(&desk, SETTINGS[0]).ends(0);
        let names: Vec<_> = made(&desk).into_keys().collect();
        let captions = || names.iter().filter(|name| *name != MANIFEST);
        let mut run = begin(&desk, SETTINGS[1]);
        // From all at once to as long as a run is.
        let pause = took * (round * 618 % 1000) / 1000 / names.len() as u32;
        for (turn, name) in captions().enumerate() {
            // Some programs write into the file, and some put another one in its place.
            if turn % 2 == 0 {
                fs::write(desk.path("mine"), name).expect("a file");
                fs::rename(desk.path("mine"), desk.path(name)).expect("a name");
            } else {
                fs::write(desk.path(name), name).expect("a file");
            }
            thread::sleep(pause);
        }
        assert_eq!(run.wait().expect("an end").code(), Some(0));
        for _ in 0..2 {
            for name in captions() {
                assert_eq!(&desk.read(name), name, "round {round}");
            }
            batch(&desk, SETTINGS[1]).ends(0);
        }
        assert!(!desk.path("out/.zimu-run").exists());
    }
}

/// As a kill leaves it, between a look at what came out of its place and its way back.
#[test]
fn what_somebody_saved_when_a_run_was_killed_is_not_swept_away() {
    let run = |desk: &Desk| desk.run(&["batch", "in", "-o", "out"]);
    let desk = Desk::with("in/talk.txt", "渡船从码头出发。\n");
    run(&desk).ends(0);
    let made = desk.read("out/talk.zh-Hans.srt");
    let desk = desk
        .and("out/.zimu-run/3.out", &made)
        .and("out/.zimu-run/4", "half of a fi");
    run(&desk).ends(0);
    assert!(!desk.path("out/.zimu-run").exists());
    let desk = desk.and("out/.zimu-run/3.out", "mine\n");
    run(&desk)
        .ends(2)
        .says("out/.zimu-run/3.out: expected what was made");
    assert_eq!(desk.read("out/.zimu-run/3.out"), "mine\n");
    fs::rename(
        desk.path("out/.zimu-run/3.out"),
        desk.path("out/talk.zh-Hans.srt"),
    )
    .expect("a name");
    run(&desk).ends(0).says("somebody changed it");
    assert_eq!(desk.read("out/talk.zh-Hans.srt"), "mine\n");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_between_two_jobs() {
    let (whole, _) = undisturbed();
    for signal in ["-INT", "-TERM"] {
        let desk = shelf();
        let mut run = begin(&desk, SETTINGS[0]);
        // Before that, nothing is written and nobody listens.
        let is_under_way = || desk.path("out/0").exists();
        while !is_under_way() && run.try_wait().expect("a run").is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        let sent = Command::new("kill")
            .args([signal, &run.id().to_string()])
            .status();
        assert!(sent.expect("kill").success());
        assert_eq!(run.wait().expect("an end").code(), Some(130));
        assert!(!desk.path("out/.zimu-run").exists());
        let left = made(&desk);
        assert!(left.len() < whole[0].len(), "nothing was left to do");
        // What was done is on record, and nothing else.
        let recorded = desk.read(MANIFEST).lines().count() - 1;
        assert_eq!((left.len() - 1) % 3, 0);
        assert_eq!((left.len() - 1) / 3, recorded);
        batch(&desk, SETTINGS[0]).ends(0);
        same(&made(&desk), &whole[0], 0);
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_fails_jobs_and_leaves_no_part_of_a_file() {
    let (whole, _) = undisturbed();
    // In blocks of 512 bytes: none of a file, some of each, all but the manifest of many talks.
    for blocks in [0, 4, 12] {
        let desk = shelf();
        let binary = cargo_bin!("zimu");
        let words = arguments(SETTINGS[0]).join(" ");
        // A write that the limit stops is an error then, as on a disk without room.
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{}' {words}",
            binary.display()
        );
        let ran = Command::new("sh")
            .args(["-c", &script])
            .current_dir(desk.path(""))
            .output()
            .expect("a run");
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.code().is_some_and(|code| code > 0), "{told}");
        assert!(told.contains("expected to write it"), "{told}");
        for (name, bytes) in made(&desk) {
            assert!(
                whole[0].get(&name) == Some(&bytes) || name == MANIFEST,
                "{blocks}: {name}"
            );
        }
        batch(&desk, SETTINGS[0]).ends(0);
        same(&made(&desk), &whole[0], blocks);
    }
}

#[test]
fn an_input_that_changes_under_a_run_is_made_right_by_the_next_one() {
    let desk = shelf();
    let is_over = AtomicBool::new(false);
    let text = |turn: usize| "渡船从码头出发。\n".repeat(1 + turn * 37 % 500);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut turn = 0;
            while !is_over.load(Ordering::Relaxed) {
                for talk in [0, 4, 8] {
                    fs::write(desk.path(&format!("in/0/{talk}.txt")), text(turn)).expect("a file");
                }
                turn += 1;
            }
        });
        let ran = [(); 4].map(|()| batch(&desk, SETTINGS[0]));
        is_over.store(true, Ordering::Relaxed);
        writer.join().expect("an end");
        for ran in ran {
            // Read while it is empty, it is no transcript.
            assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
        }
    });
    batch(&desk, SETTINGS[0]).ends(0);
    let other = shelf();
    for talk in [0, 4, 8] {
        let name = format!("in/0/{talk}.txt");
        fs::copy(desk.path(&name), other.path(&name)).expect("a file");
    }
    batch(&other, SETTINGS[0]).ends(0);
    same(&made(&desk), &made(&other), 0);
}

#[test]
fn of_two_runs_at_once_one_writes() {
    let (whole, _) = undisturbed();
    let desk = shelf();
    for round in 0..4 {
        let mut first = begin(&desk, SETTINGS[round % 2]);
        let mut second = begin(&desk, SETTINGS[2]);
        for run in [&mut first, &mut second] {
            // Refused, done, or done after the other.
            let code = run.wait().expect("an end").code();
            assert!(matches!(code, Some(0 | 2)), "{code:?}");
        }
        batch(&desk, SETTINGS[round % 2]).ends(0);
        same(&made(&desk), &whole[round % 2], 0);
    }
}

#[cfg(unix)]
#[test]
fn a_second_run_is_refused_while_one_writes() {
    let desk = shelf();
    let mut first = begin(&desk, SETTINGS[0]);
    let has_begun = || desk.path("out/.zimu-run/journal.jsonl").exists();
    while !has_begun() && first.try_wait().expect("a run").is_none() {
        thread::sleep(Duration::from_millis(1));
    }
    // Stopped, it holds what it holds.
    let stopped = Command::new("kill")
        .args(["-STOP", &first.id().to_string()])
        .status();
    assert!(stopped.expect("kill").success());
    batch(&desk, SETTINGS[1])
        .ends(2)
        .says("expected no other run to write there");
    let gone_on = Command::new("kill")
        .args(["-CONT", &first.id().to_string()])
        .status();
    assert!(gone_on.expect("kill").success());
    assert_eq!(first.wait().expect("an end").code(), Some(0));
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let desk = shelf().and("file", "mine\n");
    for out in ["file", "file/made"] {
        desk.run(&["batch", "in", "-o", out]).ends(2).says(out);
    }
    assert_eq!(desk.read("file"), "mine\n");
}

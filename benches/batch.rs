//! How fast a catalogue of 3,000 transcripts of 357 lines is captioned, through the command.
//!
//! `limit` is what no tool can be faster than: two threads read the files, check their UTF-8 and
//! write the same bytes to new ones. `one_file` captions a third of the lines from one file:
//! three halves of its time is what two processors could do at that speed. `plan_tiny` plans
//! 100,000 transcripts of a line each.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use divan::Bencher;
use tempfile::TempDir;

const TALKS: usize = 3_000;
const LINES: usize = 357;
const TINY: usize = 100_000;

fn main() {
    divan::main();
    let _ = fs::remove_dir_all(SHELF.path());
}

/// The catalogue, which all benchmarks read and none changes.
static SHELF: LazyLock<TempDir> = LazyLock::new(|| {
    let desk = tempfile::tempdir().expect("a folder");
    for talk in 0..TALKS {
        write(&desk, format!("in/{}/{talk}.txt", talk / 100), talk, LINES);
    }
    write(&desk, "one.txt".to_owned(), 0, TALKS * LINES / 3);
    for talk in 0..TINY {
        write(&desk, format!("tiny/{}/{talk}.txt", talk / 100), talk, 1);
    }
    desk
});

fn write(desk: &TempDir, name: String, seed: usize, lines: usize) {
    let words = [
        "今天我们来谈谈，字幕应该怎么断行。\n",
        "其中九成的人都没有想到。\n",
        "渡船每天早上六点从码头出发，大家都说很好，但是没有人去看。\n",
        "需要慢慢地想。\n",
    ];
    let path = desk.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    // From where one talk would end on as in the next, so that one file has what many have.
    let turn = |line: usize| words[(seed + line / LINES + line * line) % words.len()];
    fs::write(path, (0..lines).map(turn).collect::<String>()).expect("a file");
}

/// Runs the command in the catalogue's folder.
fn zimu(arguments: &[&str]) {
    let ended = Command::new(env!("CARGO_BIN_EXE_zimu"))
        .args(arguments)
        .current_dir(SHELF.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(ended.expect("a run").success());
}

/// A folder that nobody has written to: what is taken away weighs on the disk for a while.
fn fresh() -> String {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    LazyLock::force(&SHELF);
    format!("out-{}/", FOLDERS.fetch_add(1, Ordering::Relaxed))
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn limit(bencher: Bencher) {
    bencher.with_inputs(fresh).bench_values(|out| {
        let next = AtomicUsize::new(0);
        let copy = |talk: usize| {
            let name = PathBuf::from(format!("{}/{talk}.txt", talk / 100));
            let bytes = fs::read(SHELF.path().join("in").join(&name)).expect("a file");
            let text = std::str::from_utf8(&bytes).expect("text");
            let copy = SHELF.path().join(&out).join(&name);
            fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
            fs::write(copy, text).expect("a file");
        };
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    loop {
                        let talk = next.fetch_add(1, Ordering::Relaxed);
                        if talk >= TALKS {
                            return;
                        }
                        copy(talk);
                    }
                });
            }
        });
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn one_file(bencher: Bencher) {
    bencher
        .with_inputs(fresh)
        .bench_values(|out| zimu(&["caption", "one.txt", "-o", &out]));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn first_run(bencher: Bencher) {
    bencher
        .with_inputs(fresh)
        .bench_values(|out| zimu(&["batch", "in", "-o", &out]));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn nothing_changed(bencher: Bencher) {
    let out = fresh();
    zimu(&["batch", "in", "-o", &out]);
    bencher.bench(|| zimu(&["batch", "in", "-o", &out]));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn plan_tiny(bencher: Bencher) {
    bencher
        .with_inputs(fresh)
        .bench_values(|out| zimu(&["batch", "tiny", "-o", &out, "--dry-run"]));
}

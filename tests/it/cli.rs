//! The command as people run it: arguments in; output, files and status out.
//!
//! Each test has a folder of its own, and says what is in it afterwards: no temporary file is
//! ever left, and nothing is touched that was not to be.

mod batch;
#[cfg(target_os = "linux")]
mod batch_disks;
mod batch_faults;
mod batch_names;
mod batch_sound;
mod batch_talks;
mod calibrate;
mod calibrate_folder;
mod check;
mod check_baseline;
mod check_fix;
mod check_sarif;
mod check_settings;
mod codes;
mod diff;
mod explain;
mod folders;
mod help;
mod languages;
mod layouts;
mod listening;
mod names;
mod options;
mod outputs;
mod page;
mod pages;
mod pipe;
mod pipe_batch;
mod pipe_stream;
mod profiles;
mod report;
mod retime;
mod retime_voice;
mod safety;
mod scripts;
mod settings;
mod sheet;
mod sheet_again;
mod spoken;
mod told;
mod transcripts;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// A short transcript without a flaw.
const TALK: &str = "大家好\n今天我们讲字幕\n";

/// What `zimu caption` makes of it: three syllables and seven, of 234 ms each; the last stays
/// 150 ms longer.
const TALK_SRT: &str = "1\n00:00:00,000 --> 00:00:01,232\n大家好\n\n\
    2\n00:00:01,232 --> 00:00:02,812\n今天我们讲字幕\n\n";

/// Captions without a flaw, in no language that their characters tell.
const SRT: &str = "1\n00:00:01,000 --> 00:00:02,000\n你好\n\n";

/// A folder to run the command in.
struct Desk(TempDir);

/// How a run ended.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// The command, with none of the settings of whoever runs the tests.
fn zimu() -> Command {
    let mut command = Command::new(cargo_bin!("zimu"));
    command.env_remove("ZIMU_PROFILE").env_remove("ZIMU_LANG");
    command.env_remove("ZIMU_TERMS").env_remove("ZIMU_VOICE");
    command.env_remove("ZIMU_NAME_STYLE");
    command.env("COLUMNS", "100").env("NO_COLOR", "1");
    command
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// With a file in it.
    fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        Self::new().and(name, content)
    }

    /// With one more file, in a folder of its own where its name has one.
    fn and(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// With something on the standard input.
    fn run_with(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Ran {
        let mut command = zimu();
        command
            .current_dir(self.0.path())
            .args(arguments)
            .write_stdin(input);
        let output = command.output().expect("a run");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names of all files, those in folders and the hidden ones too.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        walk(self.0.path(), "", &mut names);
        names.sort();
        names
    }
}

/// When each cue of an SRT begins, in milliseconds of the first hour.
fn starts(srt: &str) -> Vec<u32> {
    let times = srt.lines().filter(|line| line.contains("-->"));
    let start = |line: &str| {
        let digits: String = line[..12].chars().filter(char::is_ascii_digit).collect();
        let all: u32 = digits.parse().expect("a time");
        all % 100_000 + all / 100_000 * 60_000
    };
    times.map(start).collect()
}

fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("a file");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), names);
        } else {
            names.push(name);
        }
    }
}

impl Ran {
    /// Fails where the run did not end so.
    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    /// Fails where the run does not say so on the standard error.
    #[track_caller]
    fn says(self, words: &str) -> Self {
        assert!(
            self.err.contains(words),
            "expected {words:?}, found {}",
            self.err
        );
        self
    }

    /// Fails where the run does not print so to the standard output.
    #[track_caller]
    fn prints(self, words: &str) -> Self {
        assert!(
            self.out.contains(words),
            "expected {words:?}, found {}{}",
            self.out,
            self.err
        );
        self
    }
}

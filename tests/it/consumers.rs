//! Programs that show captions are given what the command writes: they find the same cues in it,
//! and show all of their text. Those that translate hand back what they were given, and those that
//! run it in many processes gather what it writes in one.
//!
//! None of them is needed to build zimu, so that all these tests are ignored but in `.ci/run`,
//! which installs what they need: `cargo test --test it consumers -- --ignored`.

mod chromium;
mod engines;
mod ffmpeg;
mod pages;
mod sarif;
mod sheets;
mod xml;

use std::io::ErrorKind;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// Runs a program in `folder`, which is to succeed, and gives what it prints.
fn run(program: &str, package: &str, arguments: &[&str], folder: &TempDir) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder.path());
    ended(&mut command, &format!("apt-get install {package}"))
}

/// What a command prints that is to succeed; `wanted` is how it comes to be there.
fn ended(command: &mut Command, wanted: &str) -> Output {
    let output = command.output().unwrap_or_else(|error| match error.kind() {
        ErrorKind::NotFound => panic!("{command:?}: expected it, found none: {wanted}"),
        _ => panic!("{command:?}: {error}"),
    });
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {says}");
    output
}

/// Turns a file of `folder` into another format, as `to`.
fn convert(from: &str, to: &str, folder: &TempDir) {
    let zimu = cargo_bin!("zimu").to_string_lossy();
    run(&zimu, "", &["convert", "-q", from, "-o", to], folder);
}

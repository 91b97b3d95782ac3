//! The commands that README and docs show, run as they stand there.
//!
//! A reader goes a page from top to bottom: so do its commands, in one folder that holds the
//! repository's fixtures and nothing else.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;

use super::Desk;
use crate::road::root;

/// How a command begins that is run here.
const RUNS: [&str; 2] = ["zimu ", "cargo run --release -- "];

/// The commands of a page: lines of its blocks of `sh`, one on several lines joined.
fn commands(page: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut inside = false;
    let joined = page.replace("\\\n", " ");
    for line in joined.lines().map(str::trim) {
        if line.starts_with("```") {
            inside = !inside && line == "```sh";
        } else if inside {
            let command = RUNS.iter().find_map(|run| line.strip_prefix(run));
            commands.extend(command.map(|arguments| format!("zimu {arguments}")));
        }
    }
    commands
}

fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).expect("docs");
    let mut pages: Vec<PathBuf> = docs.map(|entry| entry.expect("a page").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.push(root().join("README.md"));
    pages.sort();
    pages
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("fixtures") {
        let path = entry.expect("a fixture").path();
        let copied = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(&path, copied).expect("a copy");
        }
    }
}

/// Runs a command by a shell that finds `zimu` first.
fn run(command: &str, folder: &Path) -> Command {
    let binary = cargo_bin!("zimu").parent().expect("a folder").to_owned();
    let paths = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let path = env::join_paths([binary].into_iter().chain(paths)).expect("a path");
    let mut shell = Command::new("sh");
    shell
        .args(["-euc", command])
        .current_dir(folder)
        .env("PATH", path);
    shell.env_remove("ZIMU_PROFILE").env_remove("ZIMU_LANG");
    shell.env_remove("ZIMU_TERMS").env_remove("ZIMU_VOICE");
    shell
}

#[test]
fn every_command_of_every_page_runs() {
    let mut failed = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        let commands = commands(&text);
        assert!(
            !commands.is_empty() || !page.ends_with("README.md"),
            "README shows no command"
        );
        let desk = Desk::new();
        copy(&root().join("fixtures"), &desk.path("fixtures"));
        for command in commands {
            let output = run(&command, desk.0.path()).output().expect("a shell");
            // Files that are shown to differ do.
            let differ = command.starts_with("zimu diff ") && output.status.code() == Some(1);
            if !output.status.success() && !differ {
                let page = page.file_name().unwrap_or_default().display();
                let err = String::from_utf8_lossy(&output.stderr);
                failed.push(format!("{page}: {command}: {}\n{err}", output.status));
            }
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn commands_are_found_in_blocks_of_sh_only() {
    let page = "zimu a\n```text\nzimu b\n```\n```sh\n$ zimu c\nzimu d \\\n  e\ncargo test\n\
        cargo run --release -- f\n```\n```sh\nzimu g | head\n```\nzimu h\n";
    assert_eq!(commands(page), ["zimu d    e", "zimu f", "zimu g | head"]);
}

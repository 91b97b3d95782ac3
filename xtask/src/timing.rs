//! `cargo xtask score-timing`: how far estimated times are off on videos whose times are known.
//!
//! The videos and the scorer lie in `../shared`, beside the repository, and may not be there; then
//! nothing is scored and it is said. Out goes what the scorer says over all channels and all
//! pieces, a heading for each of the modes.

use std::process::Command;

use crate::{Outcome, outcome, root};

/// What is known beside the text, and how the scorer is told.
const MODES: [(&str, &[&str]); 4] = [
    ("the text alone", &["--mode", "text"]),
    ("and the length of 20 minutes", &["--mode", "duration"]),
    (
        "and the length of 5 minutes",
        &["--mode", "duration", "--window", "300"],
    ),
    (
        "and a time every 2 minutes",
        &["--mode", "duration", "--anchor-every", "120"],
    ),
];

/// How the lines of the scorer's report begin that are told.
const TOLD: [&str; 3] = ["pcs", "pieces", "channels"];

pub(crate) fn run() -> Outcome {
    let shared = root().join("../shared");
    let scorer = shared.join("tools/score-timing.py");
    let corpus = shared.join("corpus/timing");
    if !scorer.is_file() || !corpus.is_dir() {
        println!("nothing was scored: expected videos and their scorer in ../shared, found none");
        return Ok(());
    }
    let metadata = cargo_metadata::MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()?;
    let built = Command::new("cargo")
        .current_dir(root())
        .args(["build", "--release", "--quiet"])
        .status()?;
    let mut faults = Vec::new();
    if !built.success() {
        return outcome(vec![format!("expected zimu to be built, found {built}")]);
    }
    for (known, options) in MODES {
        let run = Command::new("python3")
            .arg(&scorer)
            .arg(&corpus)
            .arg("--bin")
            .arg(metadata.target_directory.join("release/zimu"))
            .args(options)
            .output()?;
        println!("{known}");
        let report = String::from_utf8_lossy(&run.stdout);
        let is_told = |line: &&str| TOLD.iter().any(|told| line.trim_start().starts_with(told));
        for line in report.lines().filter(is_told) {
            println!("  {line}");
        }
        if !run.status.success() {
            let said = String::from_utf8_lossy(&run.stderr).into_owned();
            faults.push(format!("{known}: {}: {said}", run.status));
        }
    }
    outcome(faults)
}

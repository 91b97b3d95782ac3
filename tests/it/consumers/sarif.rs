//! SARIF as others see it: Microsoft's own validator, which holds it to the schema, to the standard
//! and to what GitHub code scanning asks for.

use std::fs;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use super::run;
use crate::road::root;

/// What is said of a log, a line each.
fn said(log: &str, folder: &TempDir) -> Vec<String> {
    fs::write(folder.path().join("log.sarif"), log).expect("a file");
    let package = "npm install --global @microsoft/sarif-multitool-linux";
    // It hands them to a shell.
    let arguments = ["validate", "log.sarif", "--rule-kind", "'Sarif;Ghas'"];
    let output = run("sarif-multitool-linux", package, &arguments, folder);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("Analysis completed successfully."), "{text}");
    let is_finding = |line: &&str| line.contains(": error ") || line.contains(": warning ");
    text.lines().filter(is_finding).map(str::to_owned).collect()
}

/// Of every rule, of formats with places and without, of what cannot be read, of what is known.
fn logs(folder: &TempDir) -> Vec<String> {
    let cases = root().join("fixtures/check");
    let cases = cases.to_string_lossy();
    let zimu = |arguments: &[&str]| {
        let mut command = Command::new(cargo_bin!("zimu"));
        let shared = [
            "check",
            "-q",
            "--profile",
            "netflix-zh-hans",
            "--report",
            "sarif",
        ];
        command
            .current_dir(folder.path())
            .args(shared)
            .args(arguments);
        String::from_utf8(command.output().expect("a run").stdout).expect("text")
    };
    fs::write(
        folder.path().join("字 幕.srt"),
        "1\n00:00:01,000 --> 00:00:00,999\n反了\n\n2\n00:00:02,000 --> 00:00:02,100\n早班🚢已经靠岸。\n",
    )
    .expect("a file");
    vec![
        zimu(&[&cases, "--fps", "25"]),
        zimu(&["字 幕.srt", "gone.srt"]),
        zimu(&[
            "字 幕.srt",
            "--baseline",
            "known.toml",
            "--update-baseline",
            "--only",
            "reading-speed",
        ]),
        zimu(&["字 幕.srt", "--baseline", "known.toml"]),
        zimu(&["字 幕.srt", "--baseline", "gone.toml"]),
    ]
}

#[test]
#[ignore = "needs sarif-multitool-linux"]
fn a_validator_takes_what_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    for log in logs(&folder) {
        let said = said(&log, &folder);
        // There is no page of zimu to name.
        let others = said.iter().filter(|line| !line.contains("informationUri"));
        assert_eq!(others.collect::<Vec<_>>(), [""; 0], "{log}");
    }
    // That it would say so.
    let [first, ..] = &logs(&folder)[..] else {
        panic!("expected logs");
    };
    let broken = first.replacen("\"ruleIndex\"", "\"ruleIndexes\"", 1);
    let said = said(&broken, &folder);
    assert!(
        said.iter().any(|line| line.contains("ruleIndexes")),
        "{said:?}"
    );
}

//! Sheets as translators' tools see them: gettext's own compiler, and translate-toolkit, which
//! most servers for translators are built on, turning them into forms of its own and back.

use std::fs;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use super::run;
use crate::road::root;

/// Every form, for the captions of the suite.
const FORMS: [&str; 4] = ["tsv", "csv", "po", "xlf"];

/// A folder with captions, and their sheets, each with one translation in it.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let talk = fs::read(root().join("fixtures/sheets/talk.srt")).expect("a fixture");
    fs::write(folder.path().join("talk.srt"), talk).expect("a file");
    let first = "id\tsource\ttarget\n2\t对\tRight\n3\t今天我们坐船去对岸看老茶馆\tWith a \"boat\"; 50% off\n";
    fs::write(folder.path().join("first.tsv"), first).expect("a file");
    zimu(
        &[
            "sheet",
            "--apply",
            "first.tsv",
            "talk.srt",
            "-o",
            "both.json",
        ],
        &folder,
    );
    for form in FORMS {
        zimu(
            &["sheet", "both.json", "-o", &format!("talk.{form}")],
            &folder,
        );
    }
    folder
}

fn zimu(arguments: &[&str], folder: &TempDir) -> String {
    let zimu = cargo_bin!("zimu").to_string_lossy();
    let quiet = [&arguments[..1], &["-q"], &arguments[1..]].concat();
    String::from_utf8(run(&zimu, "", &quiet, folder).stdout).expect("text")
}

/// What is shown with a sheet that a tool has handed back.
fn applied(sheet: &str, folder: &TempDir) -> String {
    zimu(&["sheet", "--apply", sheet, "talk.srt", "-o", "-"], folder)
}

#[test]
#[ignore = "needs gettext"]
fn gettext_compiles_what_is_written() {
    let folder = desk();
    let arguments = ["-c", "--statistics", "-o", "talk.mo", "talk.po"];
    let says = run("msgfmt", "gettext", &arguments, &folder).stderr;
    let says = String::from_utf8_lossy(&says);
    assert_eq!(
        says.trim(),
        "2 translated messages, 6 untranslated messages."
    );
}

#[test]
#[ignore = "needs gettext"]
fn what_gettext_merges_comes_back() {
    let folder = desk();
    run(
        "msgmerge",
        "gettext",
        &["-o", "new.po", "talk.po", "talk.po"],
        &folder,
    );
    run(
        "msgcat",
        "gettext",
        &["--width=20", "-o", "wrapped.po", "new.po"],
        &folder,
    );
    assert_eq!(applied("wrapped.po", &folder), applied("talk.po", &folder));
}

#[test]
#[ignore = "needs translate-toolkit"]
fn what_translate_toolkit_makes_comes_back() {
    let folder = desk();
    let expected = applied("talk.tsv", &folder);
    assert!(expected.contains("With a \"boat\"; 50% off"), "{expected}");
    let package = "translate-toolkit";
    run(
        "po2csv",
        package,
        &["--progress=none", "talk.po", "table.csv"],
        &folder,
    );
    run(
        "csv2po",
        package,
        &["--progress=none", "table.csv", "back.po"],
        &folder,
    );
    run(
        "po2xliff",
        package,
        &["--progress=none", "talk.po", "units.xlf"],
        &folder,
    );
    run(
        "xliff2po",
        package,
        &["--progress=none", "units.xlf", "again.po"],
        &folder,
    );
    for sheet in ["table.csv", "back.po", "units.xlf", "again.po"] {
        assert_eq!(applied(sheet, &folder), expected, "{sheet}");
    }
}

#[test]
#[ignore = "needs libxml2-utils"]
fn an_xml_parser_takes_a_sheet() {
    let says = run(
        "xmllint",
        "libxml2-utils",
        &["--noout", "talk.xlf"],
        &desk(),
    )
    .stderr;
    assert_eq!(String::from_utf8_lossy(&says), "");
}

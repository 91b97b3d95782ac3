//! `--report json`: what a run came to, for programs.

use serde_json::{Value, json};

use super::{Desk, TALK, TALK_SRT};

fn report(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_run_is_told_to_programs() {
    let desk = Desk::with("talk.txt", "大家好\n[0:05] 今天我们讲字幕\n　[0:03] 再见\n");
    let ran = desk
        .run(&["caption", "talk.txt", "-o", "out.srt", "--report", "json"])
        .ends(1);
    let report = report(&ran.out);
    assert_eq!(report["format"], "zimu-report");
    let file = &report["files"][0];
    assert_eq!(
        (&file["input"], &file["outputs"]),
        (&json!("talk.txt"), &json!(["out.srt"]))
    );
    assert_eq!(file["cues"], 3);
    assert_eq!(file["timing"]["known"], json!(["anchors"]));
    let finding = &file["findings"][0];
    assert_eq!(
        (
            &finding["id"],
            &finding["severity"],
            &finding["line"],
            &finding["column"]
        ),
        (
            &json!("anchor-falls"),
            &json!("fault"),
            &json!(2),
            &json!(1)
        )
    );
}

#[test]
fn the_level_and_the_error_are_those_that_people_are_told() {
    let desk = Desk::with("talk.txt", TALK.repeat(200));
    let timing = |more: &[&str]| {
        let arguments = [
            &[
                "caption",
                "talk.txt",
                "-o",
                "out.srt",
                "--overwrite",
                "--report",
                "json",
            ],
            more,
        ];
        let ran = desk.run(&arguments.concat()).ends(0);
        (report(&ran.out)["files"][0]["timing"].clone(), ran.err)
    };
    let (text, told) = timing(&[]);
    assert_eq!(text["error_percent"], 30);
    assert!(told.contains("(±30 %:"), "{told}");
    let (duration, told) = timing(&["--duration", "10:00"]);
    assert_eq!(
        (&duration["error_ms"], &duration["would_help_ms"]),
        (&json!(4500), &json!(300_000))
    );
    assert!(
        told.contains("within 4.5 s: a [m:ss] near 0:05:00"),
        "{told}"
    );
}

#[test]
fn a_failure_has_the_same_form() {
    let desk = Desk::with("talk.txt", TALK);
    let ran = desk
        .run(&["caption", "gone.txt", "talk.txt", "--report", "json"])
        .ends(1);
    let told = report(&ran.out);
    let error = told["files"][0]["error"].as_str().expect("words");
    assert!(error.starts_with("expected a file to read"), "{error}");
    assert_eq!(told["files"][1]["error"], Value::Null);
    let ran = desk
        .run(&[
            "caption",
            "talk.txt",
            "--profile",
            "none",
            "--report",
            "json",
        ])
        .ends(2);
    let told = report(&ran.out);
    assert!(
        told["error"]
            .as_str()
            .expect("words")
            .starts_with("--profile: "),
        "{told}"
    );
    assert_eq!(told["files"], json!([]));
}

#[test]
fn the_standard_output_has_one_thing_on_it() {
    let desk = Desk::with("talk.txt", TALK);
    let arguments = ["caption", "talk.txt", "-o", "-", "--report", "json"];
    let ran = desk.run(&arguments).ends(2);
    ran.says("expected a file for the report (--report-file)");
    let to_file = [&arguments[..], &["--report-file", "run.json"]].concat();
    let ran = desk.run(&to_file).ends(0);
    assert!(ran.out.starts_with("1\n00:00:00,000"));
    assert_eq!(report(&desk.read("run.json"))["files"][0]["cues"], 2);
}

#[test]
fn a_report_replaces_nothing_but_a_report() {
    let desk = Desk::with("talk.txt", TALK);
    let run = |file: &str| {
        let arguments = ["caption", "talk.txt", "-o", "out.srt", "--overwrite"];
        desk.run(&[&arguments[..], &["--report", "json", "--report-file", file]].concat())
    };
    for file in ["talk.txt", "out.srt"] {
        let ran = run(file).ends(1);
        ran.says(&format!(
            "{file}: expected no file for the report, or an older report"
        ));
    }
    assert_eq!(
        (desk.read("talk.txt"), desk.read("out.srt")),
        (TALK.to_owned(), TALK_SRT.to_owned())
    );
    run("run.json").ends(0);
    desk.run(&[
        "caption",
        "gone.txt",
        "--overwrite",
        "--report",
        "json",
        "--report-file",
        "run.json",
    ])
    .ends(2);
    assert!(report(&desk.read("run.json"))["files"][0]["error"].is_string());
}

//! `zimu pipe`: what each job is answered. Its captions are those of `zimu caption`, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};

use insta::{Settings, assert_snapshot, glob};
use serde_json::{Value, json};
use zimu::format::Format;

use super::{Desk, TALK, TALK_SRT};
use crate::road::root;
use crate::snapshots::ONE_SUITE;

/// A job, and what is said of it besides.
fn job(text: &str, more: Value) -> Value {
    let mut job = json!({ "id": 1, "text": text });
    if let (Some(job), Value::Object(more)) = (job.as_object_mut(), more) {
        job.extend(more);
    }
    job
}

/// The lines of a stream.
fn stream<'j>(jobs: impl IntoIterator<Item = &'j Value>) -> String {
    let lines: Vec<_> = jobs.into_iter().map(|job| format!("{job}\n")).collect();
    lines.concat()
}

pub(super) fn answers(out: &str) -> Vec<Value> {
    let answer =
        |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    out.lines().map(answer).collect()
}

/// The captions that one job is answered.
#[track_caller]
fn captioned(desk: &Desk, arguments: &[&str], job: &Value, format: &str) -> String {
    let ran = desk.run_with(&[&["pipe"], arguments].concat(), job.to_string());
    let answers = answers(&ran.ends(0).out);
    let [answer] = &answers[..] else {
        panic!("expected one answer, found {answers:?}");
    };
    let captions = answer["captions"][format].as_str();
    captions.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn each_line_is_answered() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/pipe");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _alone = ONE_SUITE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    glob!("../../../fixtures/pipe", "*.ndjson", |path| {
        let jobs = fs::read(path).expect("a fixture");
        let ran = Desk::new().run_with(&["pipe"], jobs.clone()).ends(0);
        assert_eq!(
            answers(&ran.out).len(),
            jobs.split(|byte| *byte == b'\n').count() - 1
        );
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let mut settings = settings.clone();
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.bind(|| assert_snapshot!(name, format!("{}{}", ran.out, ran.err)));
    });
}

/// The transcripts of a suite that are in UTF-8.
fn transcripts(suite: &str) -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(root().join("fixtures").join(suite)).expect("a suite");
    let mut paths: Vec<_> = files
        .map(|entry| entry.expect("a fixture").path())
        .collect();
    paths.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".txt") && !name.ends_with(".en.txt")
    });
    paths.sort();
    let text = |path: PathBuf| Some((path.clone(), fs::read_to_string(path).ok()?));
    paths.into_iter().filter_map(text).collect()
}

fn file_name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

/// What `caption` writes for a file of the desk, or nothing where it could not.
fn by_caption(desk: &Desk, name: &str, format: &str, more: &[&str]) -> Option<String> {
    let arguments = ["caption", "-q", name, "-o", "-", "--to", format];
    let ran = desk.run(&[&arguments[..], more].concat());
    (ran.code != Some(2)).then_some(ran.out)
}

/// Each transcript in one format, in one run of `pipe`.
fn all_are_those_of_caption(options: &[&str]) {
    let transcripts = transcripts("caption");
    assert!(transcripts.len() > 20);
    let jobs = transcripts.iter();
    let jobs: Vec<_> = jobs
        .map(|(path, text)| job(text, json!({ "name": file_name(path) })))
        .collect();
    let arguments = [&["pipe", "--to", "srt"], options].concat();
    let ran = Desk::new().run_with(&arguments, stream(&jobs)).ends(0);
    let answers = answers(&ran.out);
    assert_eq!(answers.len(), jobs.len());
    for ((path, text), answer) in transcripts.iter().zip(&answers) {
        let name = file_name(path);
        let desk = Desk::with(name, text);
        let written = by_caption(&desk, name, "srt", options);
        assert_eq!(
            answer["captions"]["srt"].as_str(),
            written.as_deref(),
            "{name}"
        );
    }
}

#[test]
fn captions_are_those_of_caption() {
    all_are_those_of_caption(&[]);
    all_are_those_of_caption(&[
        "--profile",
        "netflix-zh-hans",
        "--script",
        "hant-tw",
        "--lead-in",
        "3s",
        "--rate",
        "4.8",
        "--speakers",
        "王医生,李雷",
    ]);
}

/// Every format, and all that a job may say of itself.
#[test]
fn what_a_job_says_is_what_the_command_line_says() {
    let (path, text) = &transcripts("bilingual")[0];
    let name = file_name(path);
    let second = fs::read_to_string(path.with_extension("en.txt")).expect("a translation");
    let ids = || {
        zimu::format::FORMATS
            .iter()
            .filter(|format| format.can_write())
    };
    let ids: Vec<_> = ids().map(|format: &Format| format.id).collect();
    let alone = json!({
        "name": name, "to": ids, "duration_ms": 61_000, "lead_in_ms": 2000, "lead_out_ms": 1500,
        "rate": 4.2, "language": "zh-Hans", "profile": "bilibili", "script": "hant",
    });
    let mut paired = alone.clone();
    paired["second"] = json!(second);
    paired["second_language"] = json!("en-GB");
    let options = "--duration 61 --lead-in 2 --lead-out 1.5 --rate 4.2 --lang zh-Hans \
        --profile bilibili --script hant";
    let options: Vec<_> = options.split_whitespace().collect();
    let with_second = ["--second", "in.en.txt", "--second-lang", "en-GB"];
    let desk = Desk::with(name, text).and("in.en.txt", second);
    for (more, options) in [
        (alone, options.clone()),
        (paired, [&options[..], &with_second].concat()),
    ] {
        let ran = desk
            .run_with(&["pipe"], job(text, more).to_string())
            .ends(0);
        let answer = &answers(&ran.out)[0];
        for format in &ids {
            let written = by_caption(&desk, name, format, &options);
            assert!(written.is_some(), "{format}");
            assert_eq!(
                answer["captions"][format].as_str(),
                written.as_deref(),
                "{format}"
            );
        }
    }
}

#[test]
fn a_learned_voice_is_that_of_its_file() {
    let toml = "[interval]\nsyllable_us = 300_000\ntwo_us = 90_000\n\n[rests]\ninside = 400\n";
    let desk = Desk::with("talk.txt", TALK).and("voice.toml", toml);
    let written = by_caption(&desk, "talk.txt", "srt", &["--voice", "voice.toml"]);
    let tables = json!({
        "interval": { "syllable_us": 300_000, "two_us": 90_000 }, "rests": { "inside": 400 },
    });
    for voice in [tables, json!(toml)] {
        let job = job(TALK, json!({ "voice": voice }));
        assert_eq!(Some(captioned(&desk, &[], &job, "srt")), written);
    }
    let of_file = captioned(
        &desk,
        &["--voice", "voice.toml"],
        &job(TALK, json!({})),
        "srt",
    );
    assert_eq!(Some(of_file), written);
}

/// What the project says goes before the default, the command line before it, the job before both.
#[test]
fn a_job_goes_before_the_command_line() {
    let text = "今天我们来聊一聊，字幕应该怎么断行才好读\n";
    let desk = Desk::with(
        "zimu.toml",
        "profile = 'netflix-zh-hans'\nglossary = 'ours.tsv'\n",
    )
    .and("ours.tsv", "字幕\t話幕\n");
    let plain = job(text, json!({}));
    let two_lines = "\n今天我们来聊一聊\n字幕应该怎么断行才好读\n";
    let one_line = "\n今天我们来聊一聊，字幕应该怎么断行才好读\n";
    assert!(captioned(&desk, &[], &plain, "srt").contains(two_lines));
    let by_option = captioned(&desk, &["--profile", "asis"], &plain, "srt");
    assert!(by_option.contains(one_line));
    let of_job = job(text, json!({ "profile": "netflix-zh-hans", "to": ["srt"] }));
    let both = captioned(&desk, &["--profile", "asis", "--to", "vtt"], &of_job, "srt");
    assert!(both.contains(two_lines));
    let script = job(text, json!({ "script": "hant" }));
    let in_script = captioned(&desk, &["--script", "hans"], &script, "srt");
    assert!(in_script.contains("話幕應該怎麼斷行"), "{in_script}");
}

/// The way out of a job is one of its own keys, and no option: but for the glossary, which is the
/// command's.
#[test]
fn ways_out_are_keys() {
    for name in ["jobs", "faults", "members"] {
        let jobs = root().join(format!("fixtures/pipe/{name}.ndjson"));
        let jobs = fs::read(jobs).expect("a fixture");
        let ran = Desk::new().run_with(&["pipe", "-q"], jobs).ends(0);
        for answer in answers(&ran.out) {
            let findings = answer["findings"].as_array().into_iter().flatten();
            let helps = findings.map(|finding| &finding["help"]);
            let notes = answer["notes"].as_array().into_iter().flatten();
            for said in helps.chain(notes).chain([&answer["error"]["message"]]) {
                let said = said.as_str().unwrap_or_default();
                assert!(!said.contains("--"), "{said}");
            }
        }
    }
}

#[test]
fn no_file_is_read_for_a_job() {
    let desk = Desk::with("talk.txt", TALK).and("talk.info.json", r#"{"duration": 60}"#);
    let job = job(TALK, json!({ "name": "talk.txt" }));
    assert_eq!(captioned(&desk, &[], &job, "srt"), TALK_SRT);
}

#[test]
fn what_cannot_start_answers_nothing() {
    let desk = Desk::with("zimu.toml", "glossary = 'gone.tsv'\n").and("in/talk.txt", TALK);
    for (arguments, says) in [
        (
            &["--profile", "hasty"][..],
            "--profile: expected one of the profiles",
        ),
        (&["--profile", "gone.toml"], "gone.toml: "),
        (&["--terms", "gone.txt"], "gone.txt: "),
        (&["--voice", "gone.toml"], "gone.toml: "),
        (&["--to", "docx"], "expected one of "),
        (&["talk.txt"], "unexpected argument"),
        (&[], "zimu.toml"),
    ] {
        let ran = desk.run_with(&[&["pipe"], arguments].concat(), "{}\n");
        assert_eq!(ran.ends(2).says(says).out, "");
    }
}

#[test]
fn the_schema_is_told_and_names_every_key() {
    let ran = Desk::new().run(&["pipe", "--schema"]).ends(0);
    let schema: Value = serde_json::from_str(&ran.out).expect("JSON");
    let job = &schema["$defs"]["Job"];
    let keys: Vec<_> = job["properties"]
        .as_object()
        .expect("keys")
        .keys()
        .collect();
    let unknown = Desk::new()
        .run_with(&["pipe"], r#"{"text":"","x":0}"#)
        .ends(0)
        .out;
    for key in keys {
        assert!(unknown.contains(&format!("`{key}`")), "{key}");
    }
    assert_eq!(job["required"], json!(["text"]));
}

/// A fault is a line and no exit: what ends with 0 was read to its end.
#[test]
fn faults_are_counted_for_people() {
    let desk = Desk::new();
    let ran = desk
        .run_with(&["pipe"], "{}\n\n{\"text\":\"大家好\"}\n")
        .ends(0);
    ran.says("1 of 2 jobs could not be captioned");
    let ran = desk.run_with(&["pipe", "-q"], "{}\n").ends(0);
    assert_eq!((answers(&ran.out).len(), &*ran.err), (1, ""));
    let ran = desk.run_with(&["pipe"], "\u{feff}\r\n \n").ends(0);
    assert_eq!((&*ran.out, &*ran.err), ("", ""));
}

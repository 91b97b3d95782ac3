//! `zimu pipe` as a stream: whatever the lines are there is one answer to each, none waits for
//! another job, and nothing is kept of a job that was answered.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

use assert_cmd::cargo::cargo_bin;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

use super::Desk;
use super::pipe::answers;
use crate::inputs::{bytes, transcript};

/// A job without a flaw.
const JOB: &str = r#"{"id":1,"text":"大家好\n今天我们讲字幕\n"}"#;

/// A run that is spoken with.
struct Talk {
    run: Child,
    jobs: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Talk {
    fn begun() -> Self {
        let mut command = Command::new(cargo_bin!("zimu"));
        command.args(["pipe", "--quiet"]).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut run = command.spawn().expect("a run");
        Self {
            jobs: run.stdin.take(),
            answers: BufReader::new(run.stdout.take().expect("a pipe")),
            run,
        }
    }

    fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let jobs = self.jobs.as_mut().expect("an open pipe");
        jobs.write_all(bytes.as_ref()).expect("a reader");
    }

    /// Waits for one line.
    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        line
    }

    /// What is left to be said where no further job comes.
    fn ended(mut self) -> (Option<i32>, String) {
        drop(self.jobs.take());
        let mut rest = String::new();
        while self.answers.read_line(&mut rest).expect("an answer") > 0 {}
        let ended = self.run.wait_with_output().expect("an end");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
        (ended.status.code(), rest)
    }
}

/// The next job is only written when the last was answered, and half of it already before.
#[test]
fn no_answer_waits_for_a_job() {
    let mut talk = Talk::begun();
    let mut first = None;
    for _ in 0..3 {
        talk.say(format!("{JOB}\n"));
        let answer = talk.answer();
        assert_eq!(&answer, first.get_or_insert_with(|| answer.clone()));
    }
    talk.say("not a job\n");
    assert!(talk.answer().contains("\"line\":4"));
    talk.say(format!("{JOB}\n{}", &JOB[..9]));
    assert_eq!(Some(talk.answer()), first);
    // The last line may have no end.
    talk.say(&JOB[9..]);
    assert_eq!(talk.ended(), (Some(0), first.expect("an answer")));
}

#[test]
fn answers_are_the_same_however_jobs_come() {
    let stream = ["jobs", "faults", "members"].map(|name| {
        let path = format!("fixtures/pipe/{name}.ndjson");
        std::fs::read(crate::road::root().join(path)).expect("a fixture")
    });
    let stream = [
        b"\xef\xbb\xbf",
        &*stream.concat(),
        b"\r\n\xff\xfe\r\n",
        JOB.as_bytes(),
    ]
    .concat();
    let whole = Desk::new().run_with(&["pipe", "-q"], &*stream).ends(0).out;
    assert!(whole.lines().count() > 50);
    for piece_bytes in [1, 7, 4096] {
        let mut talk = Talk::begun();
        let mut jobs = talk.jobs.take().expect("a pipe");
        let stream = stream.clone();
        let writer = thread::spawn(move || {
            for piece in stream.chunks(piece_bytes) {
                jobs.write_all(piece).expect("a reader");
            }
        });
        assert_eq!(talk.ended(), (Some(0), whole.clone()), "{piece_bytes}");
        writer.join().expect("all written");
    }
}

/// `zimu pipe | head -1`.
#[test]
fn answers_that_nobody_reads_end_it_in_silence() {
    let mut talk = Talk::begun();
    talk.say(format!("{JOB}\n"));
    talk.answer();
    let Talk { run, jobs, answers } = talk;
    drop(answers);
    let mut jobs = jobs.expect("an open pipe");
    // It may be gone before all is written.
    let _ = jobs.write_all(format!("{JOB}\n").repeat(1000).as_bytes());
    let ended = run.wait_with_output().expect("an end");
    assert_eq!((ended.status.code(), &*ended.stderr), (Some(0), &b""[..]));
}

/// 64 MiB are a line, and one byte more is none; what stands behind it is read.
#[test]
fn a_line_past_the_limit_is_a_fault() {
    const LIMIT_BYTES: usize = 64 << 20;
    let (job, end) = JOB.split_at(JOB.len() - 1);
    let long = |bytes: usize| format!("{job}{}{end}\n", " ".repeat(bytes - JOB.len()));
    let stream = [long(LIMIT_BYTES), long(LIMIT_BYTES + 1), format!("{JOB}\n")].concat();
    let ran = Desk::new().run_with(&["pipe", "-q"], stream).ends(0);
    let [at, past, behind] = &answers(&ran.out)[..] else {
        panic!("{}", ran.out);
    };
    assert_eq!((at, at["captions"].is_object()), (behind, true));
    let message = "expected a line of at most 64 MiB, found a longer one";
    assert_eq!(past["error"], json!({ "message": message, "line": 2 }));
    // Its beginning has the id.
    assert_eq!(past["id"], 1);
}

/// Whoever waits for an answer knows it by its id, however broken the line is.
#[test]
fn what_is_no_job_keeps_its_id() {
    let nested = format!(
        "{{\"id\":3,\"text\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let lines: [&[u8]; 8] = [
        b"{\"id\":1,\"text\":\"\xff\",\"to\":[]}",
        b"{\"text\":\"\xe4\xb8\",\"i\\u0064\":2}",
        nested.as_bytes(),
        b"{\"id\":4,\"text\":\"\0\"}",
        b"{\"text\":\"\",\"id\":5,\"text\":\"\"}",
        b"\xef\xbb\xbf{\"id\":6}",
        b"{\"id\":\"\xff\",\"text\":\"\"}",
        b"{\"text\":\"\xff",
    ];
    let ran = Desk::new()
        .run_with(&["pipe", "-q"], lines.join(&b'\n'))
        .ends(0);
    let answers = answers(&ran.out);
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(json!(ids), json!([1, 2, 3, 4, 5, 6, null, null]));
    assert!(answers.iter().all(|answer| answer["error"].is_object()));
}

/// A few bytes ask for no more work than there are formats and scripts.
#[test]
fn what_is_asked_for_often_is_made_once() {
    let desk = Desk::new();
    let many = json!({ "text": "大家好\n".repeat(1000), "to": vec!["srt"; 100_000] });
    let once = json!({ "text": "大家好\n".repeat(1000) });
    let ran = |job: serde_json::Value| desk.run_with(&["pipe", "-q"], job.to_string()).ends(0).out;
    assert_eq!(ran(many), ran(once));
    let also = json!({ "text": "大家好", "also": ["hant", "hans", "zh-Hant"] });
    assert!(ran(also).contains("also: expected each script once, found hant again"));
}

/// Memory in use, in KiB.
#[cfg(target_os = "linux")]
fn resident_kib(run: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", run.id())).expect("a process");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    kib.expect("VmRSS in kB")
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_kept_of_a_job() {
    let mut talk = Talk::begun();
    let mut after = |jobs: u32| {
        for _ in 0..jobs / 100 {
            talk.say(format!("{JOB}\n").repeat(100));
            for _ in 0..100 {
                talk.answer();
            }
        }
        resident_kib(&talk.run)
    };
    let (few, many) = (after(1000), after(20_000));
    assert!(many < few + 1024, "{few} KiB, then {many} KiB");
    // Nor of a large one, but for what is given back late.
    talk.say(format!(
        "{{\"text\":\"{}\"}}\n",
        "大家好\\n".repeat(100_000)
    ));
    talk.answer();
    talk.say(format!("{JOB}\n"));
    talk.answer();
    let large = resident_kib(&talk.run);
    assert!(large < few + 32 * 1024, "{few} KiB, then {large} KiB");
    assert_eq!(talk.ended(), (Some(0), String::new()));
}

/// A line without its end: noise, or a job, or what was one.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let keys = "(id|text|format|name|duration_ms|lead_in_ms|voice|rate|language|profile|speakers\
        |second|second_format|second_language|script|also|layout|top|to|x)";
    let value = prop_oneof![
        transcript().prop_map(|text| json!(text)),
        any::<f64>().prop_map(|number| json!(number)),
        any::<i64>().prop_map(|number| json!(number)),
        Just(json!(["srt", "json"])),
        Just(json!(["stacked", "separate"])),
        Just(json!(["hant", "hant-hk"])),
        Just(json!("captions")),
        Just(json!("zh")),
        Just(json!({ "max_lines": 1 })),
        Just(json!({ "interval": { "syllable_us": 100_000 } })),
        Just(json!(null)),
    ];
    let job = (transcript(), vec((keys, value), 0..3)).prop_map(|(text, members)| {
        let mut job = json!({ "text": text });
        for (key, value) in members {
            job[key] = value;
        }
        job.to_string().into_bytes()
    });
    let job = job.boxed();
    let broken = (job.clone(), any::<Index>(), vec(any::<u8>(), 0..4));
    let broken = broken.prop_map(|(mut job, at, bytes)| {
        let at = at.index(job.len());
        let end = job.len().min(at + 2);
        job.splice(at..end, bytes);
        job
    });
    let line = prop_oneof![2 => job, 2 => broken, 1 => bytes(), 1 => any::<Vec<u8>>()];
    line.prop_map(|mut line| {
        line.retain(|byte| *byte != b'\n');
        line
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn each_line_has_one_answer(lines in vec(line(), 1..80)) {
        let ran = Desk::new().run_with(&["pipe", "-q"], lines.join(&b'\n')).ends(0);
        let mark = &b"\xef\xbb\xbf"[..];
        let lines = lines.iter().map(|line| line.strip_prefix(mark).unwrap_or(line));
        let numbered = lines.zip(1..).filter(|(line, _)| !line.trim_ascii().is_empty());
        let numbers: Vec<u64> = numbered.map(|(_, number)| number).collect();
        let answers = answers(&ran.out);
        prop_assert_eq!(answers.len(), numbers.len());
        for (answer, number) in answers.iter().zip(numbers) {
            let is_captioned = answer["captions"].is_object() || answer["outputs"].is_array();
            prop_assert!(is_captioned != answer["error"].is_object(), "{}", answer);
            prop_assert!(is_captioned || answer["error"]["line"] == number, "{}", answer);
        }
        prop_assert_eq!(ran.err, "");
    }
}

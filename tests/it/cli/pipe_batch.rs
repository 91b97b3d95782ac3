//! What `zimu batch` makes of a talk, `zimu pipe` makes of its job: the same bytes by the same names.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use zimu::format::Format;

use super::Desk;
use super::pipe::answers;

const CHINESE: &str = "[0:01] 大家好，今天讲软件里的头发。\n王：注意，前面有风\n再见\n";

const ENGLISH: &str = "Hello, today: hair\n-\nGoodbye\n";

const IN_BOTH: &str = "1\n00:00:01,000 --> 00:00:02,000\n大家好\nHello\n\n2\n00:00:02,000 --> 00:00:04,000\n软件\nSoftware\n";

const IN_SRT: &str = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:02,000 --> 00:00:04,000\nWind\n\n\
    3\n00:00:04,000 --> 00:00:05,000\nGoodbye\n";

/// What a talk is on a shelf, its file and those that go with it, and its job.
type Talk = (Vec<(&'static str, &'static str)>, Value);

fn talks() -> Vec<Talk> {
    let own = "duration = \"0:31\"\nlead_in = \"1.5\"\nlead_out = \"2\"\nspeakers = [\"王\"]\n\
        profile = \"mine.toml\"\nsecond_lang = \"en-GB\"\nlang = \"zh-Hans-SG\"\n";
    let mine = "inherit = 'netflix-zh-hans'\nmax_cells_per_line = 9\nsecond = 'bbc'\n";
    let voice = "[interval]\nsyllable_us = 300_000\n";
    vec![
        (
            vec![("talk.txt", CHINESE)],
            json!({ "name": "talk.txt", "text": CHINESE }),
        ),
        (
            vec![("talk.zh-Hans.txt", CHINESE), ("talk.en.txt", ENGLISH)],
            json!({ "name": "talk.zh-Hans.txt", "text": CHINESE, "second": ENGLISH }),
        ),
        (
            vec![("talk.txt", CHINESE), ("talk.en.srt", IN_SRT)],
            json!({
                "name": "talk.txt", "text": CHINESE, "second": IN_SRT, "second_format": "captions",
            }),
        ),
        (
            vec![("talk.txt", CHINESE), ("talk.en.srt", IN_SRT)],
            json!({ "name": "talk.txt", "text": CHINESE, "second": IN_SRT, "second_format": "srt" }),
        ),
        (
            vec![
                ("talk.txt", CHINESE),
                ("talk.en.txt", ENGLISH),
                ("talk.zimu.toml", own),
                ("mine.toml", mine),
            ],
            json!({
                "name": "talk.txt", "text": CHINESE, "duration_ms": 31000, "lead_in_ms": 1500,
                "lead_out_ms": 2000, "speakers": ["王"], "second": ENGLISH, "language": "zh-Hans-SG",
                "second_language": "en-GB", "profile": {
                    "inherit": "netflix-zh-hans", "max_cells_per_line": 9, "second": "bbc",
                },
            }),
        ),
        (
            vec![
                ("talk.txt", CHINESE),
                ("talk.zimu.toml", "voice = 'guest.toml'\n"),
                ("guest.toml", voice),
            ],
            json!({ "name": "talk.txt", "text": CHINESE, "voice": voice }),
        ),
        (
            vec![("talk.srt", IN_BOTH)],
            json!({ "name": "talk.srt", "text": IN_BOTH, "format": "captions" }),
        ),
        (
            vec![("talk.zh-fr.vtt", IN_BOTH)],
            json!({ "name": "talk.zh-fr.vtt", "text": IN_BOTH, "format": "srt" }),
        ),
        (
            vec![("talk.en.srt", IN_SRT)],
            json!({ "name": "talk.en.srt", "text": IN_SRT, "format": "captions" }),
        ),
        (
            vec![("talk.srt", "no captions\n")],
            json!({ "name": "talk.srt", "text": "no captions\n", "format": "captions" }),
        ),
    ]
}

/// What is asked for, on the command line and in a job.
fn asked() -> Vec<(&'static str, Value)> {
    vec![
        ("--to srt", json!({})),
        (
            "--to srt,vtt,json,srt",
            json!({ "to": ["srt", "vtt", "json", "srt"] }),
        ),
        ("--script hant-tw", json!({ "script": "hant-tw" })),
        (
            "--also hant,hant-hk",
            json!({ "also": ["hant", "hant-hk"] }),
        ),
        (
            "--script hant --also hans",
            json!({ "script": "hant", "also": ["hans"] }),
        ),
        ("--also hans", json!({ "also": ["hans"] })),
        ("--layout stacked", json!({ "layout": ["stacked"] })),
        (
            "--layout separate --to vtt,ass",
            json!({ "layout": ["separate"], "to": ["vtt", "ass"] }),
        ),
        (
            "--layout stacked,separate --also hant-tw --to ass,ttml",
            json!({ "layout": ["stacked", "separate"], "also": ["hant-tw"], "to": ["ass", "ttml"] }),
        ),
        ("--top en", json!({ "top": "en" })),
        (
            "--top en --also hant",
            json!({ "top": "en", "layout": ["stacked"], "also": ["hant"] }),
        ),
        (
            "--lang zh-Hant --layout separate",
            json!({ "language": "zh-Hant", "layout": ["separate"] }),
        ),
        ("--for youtube --also hant", Value::Null),
        ("--for bilibili", Value::Null),
        ("--for jellyfin --also hant", Value::Null),
        ("--for mpv --name-style plex", Value::Null),
        ("--name-style plex --layout separate,stacked", Value::Null),
    ]
}

/// Files by their names; nothing where there are none.
type Files = BTreeMap<String, String>;

/// Whether an answer names its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Yes,
    No,
}

/// The files of each talk.
fn by_batch(talks: &[Talk], options: &[&str]) -> Vec<Files> {
    let mut desk = Desk::new();
    for (at, (files, _)) in talks.iter().enumerate() {
        for (name, content) in files {
            desk = desk.and(&format!("in/{at}/{name}"), content);
        }
    }
    // Some talks cannot be made as is asked.
    desk.run(&[&["batch", "in", "-o", "out", "-q"], options].concat());
    let names = desk.names();
    let of_talk = |at| {
        let folder = format!("out/{at}/");
        let names = names.iter();
        let made = names.filter_map(|name| Some((name.strip_prefix(&folder)?, desk.read(name))));
        made.map(|(name, text)| (name.to_owned(), text)).collect()
    };
    (0..talks.len()).map(of_talk).collect()
}

/// The same of each job. Those of one version have no names: they are in the order of their endings.
fn by_pipe(jobs: &[Value], options: &[&str]) -> Vec<(Named, Files)> {
    let mut stream = String::new();
    for job in jobs {
        let _ = writeln!(stream, "{job}");
    }
    let ran = Desk::new().run_with(&[&["pipe", "-q"], options].concat(), stream);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let of_answer = |answer: &Value| {
        if let Some(outputs) = answer["outputs"].as_array() {
            let file = |output: &Value| (text(&output["name"]), text(&output["captions"]));
            return (Named::Yes, outputs.iter().map(file).collect());
        }
        let captions = answer["captions"].as_object();
        assert!(
            captions.is_some() || answer["error"].is_object(),
            "{answer}"
        );
        let file = |(id, captions): (&String, &Value)| {
            let ending = Format::named(id).expect("a format").extensions[0];
            (ending.to_owned(), text(captions))
        };
        let files = captions.into_iter().flatten().map(file).collect();
        (Named::No, files)
    };
    answers(&ran.ends(0).out).iter().map(of_answer).collect()
}

#[test]
fn what_batch_makes_of_a_talk_pipe_makes_of_its_job() {
    let talks = talks();
    let (mut several, mut one) = (0, 0);
    for (options, keys) in asked() {
        let options: Vec<_> = options.split(' ').collect();
        let made = by_batch(&talks, &options);
        let mut jobs: Vec<_> = talks.iter().map(|(_, job)| job.clone()).collect();
        let mut ways = vec![by_pipe(&jobs, &options)];
        if let Some(keys) = keys.as_object() {
            for job in &mut jobs {
                job.as_object_mut().expect("a job").extend(keys.clone());
            }
            ways.push(by_pipe(&jobs, &[]));
        }
        for (of_jobs, way) in ways.iter().zip(["by options", "by keys"]) {
            assert_eq!(of_jobs.len(), made.len());
            for ((made, (named, of_job)), job) in made.iter().zip(of_jobs).zip(&jobs) {
                match named {
                    Named::Yes => assert_eq!(of_job, made, "{way} {options:?} {job}"),
                    Named::No => {
                        let (of_job, made) = (of_job.values(), made.values());
                        assert!(of_job.eq(made), "{way} {options:?} {job}");
                    }
                }
                several += usize::from(*named == Named::Yes);
                one += usize::from(*named == Named::No && !made.is_empty());
            }
        }
    }
    assert!(several > 120 && one > 30, "{several} and {one}");
}

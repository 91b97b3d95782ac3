//! Pages to look at, as they are written: what is in them, and that nothing gets out of its place.
//!
//! What a browser makes of them is `consumers/pages.rs`.

use std::fs;
use std::sync::PoisonError;

use insta::{Settings, assert_snapshot};
use serde_json::Value;

use super::{Desk, SRT};
use crate::road::root;
use crate::snapshots::ONE_SUITE;

/// Too fast, and with a mark that Netflix does not want there; the next follows too closely.
const FAST: &str = "1\n00:00:01,000 --> 00:00:01,999\n早班渡船已经靠岸。\n\n\
    2\n00:00:02,020 --> 00:00:04,000\n茶已经泡好\nThe tea is ready\n\n";

const CHECK: [&str; 5] = ["check", "--profile", "netflix-zh-hans", "--report", "html"];
const DIFF: [&str; 3] = ["diff", "--report", "html"];

/// Words that would leave their place if they were not escaped.
const HOSTILE: [&str; 6] = [
    "</script><script>document.title='开'</script>",
    "<img src=x onerror=document.title='开'>",
    "</noscript></q></bdi><!-- <script>",
    "\u{2028}&lt;b&gt;&amp;\u{2029}\"'`",
    "\u{202e}反\u{2066}转",
    "{{ 7 * 7 }}{% raw %}",
];

fn page(desk: &Desk, command: &[&str], files: &[&str], code: i32) -> String {
    desk.run(&[command, files].concat()).ends(code).out
}

/// What stands between two texts.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let behind = page.split_once(start).map(|(_, behind)| behind);
    let found = behind.and_then(|behind| behind.split_once(end));
    found
        .unwrap_or_else(|| panic!("expected {start:?} and {end:?} in {page}"))
        .0
}

const ACCOUNT: &str = "<script type=\"application/json\" id=\"account\">";

fn account(page: &str) -> Value {
    let json = between(page, ACCOUNT, "</script>");
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// A page without its style, its script and what both are known by.
fn outline(page: &str) -> String {
    let style = between(page, "<style>", "</style>");
    let script = between(page, "<script>", "</script>");
    let policy = between(page, "Content-Security-Policy\" content=\"", "\"");
    let short = page.replace(style, "…").replace(script, "…");
    let short = short.replace(policy, "…");
    let json = between(page, ACCOUNT, "</script>");
    let short = short.replace(json, &by_key(&account(page), 0));
    short.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// A value with a line for each thing that has a name.
fn by_key(value: &Value, indent: usize) -> String {
    match value {
        Value::Object(object) => {
            let line =
                |(key, value)| format!("\n{:indent$}{key}:{}", "", by_key(value, indent + 2));
            object.iter().map(line).collect()
        }
        Value::Array(all) if all.iter().any(Value::is_object) => {
            all.iter().map(|one| by_key(one, indent)).collect()
        }
        value => format!(" {value}"),
    }
}

#[test]
fn pages_hold_what_there_is_to_show() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/pages");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _alone = ONE_SUITE.lock().unwrap_or_else(PoisonError::into_inner);
    let case = root().join("fixtures/compare/several");
    let side = |name| fs::read(case.join(name)).expect("a file");
    let desk = Desk::with("fast.srt", FAST);
    let desk = desk
        .and("old.srt", side("old.srt"))
        .and("new.srt", side("new.srt"));
    let (checked, compared) = (
        page(&desk, &CHECK, &["fast.srt"], 1),
        page(&desk, &DIFF, &["old.srt", "new.srt"], 1),
    );
    settings.bind(|| {
        assert_snapshot!("check", outline(&checked));
        assert_snapshot!("diff", outline(&compared));
    });
}

/// Captions of some words, in a format that names cues and speakers.
fn captions(words: &str) -> String {
    format!(
        r#"{{"format":"zimu-cues","version":1,"cues":[
        {{"id":{0},"start_ms":0,"end_ms":500,"speaker":{0},"lines":[{{"language":"zh-Hans","text":{0}}}]}},
        {{"id":"b","start_ms":510,"end_ms":900,"speaker":null,"lines":[{{"language":"zh-Hans","text":{0}}}]}}]}}"#,
        Value::from(words)
    )
}

/// Whatever captions say, a page has the tags that it has with harmless words.
#[test]
fn words_stay_words() {
    let pages = |words: &str| {
        let old = Desk::with("old.json", captions(words));
        let desk = old.and("new.json", captions(&format!("{words}了")));
        let check = page(
            &desk,
            &[&CHECK[..], &["--only", "gap"]].concat(),
            &["old.json"],
            1,
        );
        [check, page(&desk, &DIFF, &["old.json", "new.json"], 1)]
    };
    let tags = |page: &String| page.matches('<').count();
    let harmless = pages("渡船").map(|page| tags(&page));
    for hostile in HOSTILE {
        let pages = pages(hostile);
        assert_eq!(pages.each_ref().map(tags), harmless, "{hostile}");
        for (page, text) in pages
            .iter()
            .zip(["/files/0/cues/texts/0/0", "/old/texts/0/0"])
        {
            assert_eq!(account(page).pointer(text), Some(&Value::from(hostile)));
        }
    }
}

/// No address, and a policy that would not let one be asked for.
#[test]
fn pages_load_nothing() {
    let desk = Desk::with("old.srt", FAST).and("new.srt", SRT);
    let pages = [
        page(&desk, &CHECK, &["old.srt", "new.srt"], 1),
        page(&desk, &DIFF, &["old.srt", "new.srt"], 1),
    ];
    for page in pages {
        let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
        assert!(
            policy.starts_with("default-src &#39;none&#39;; style-src &#39;sha256-"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        for way_out in ["src=", "@import", "fetch(", "://", "innerHTML", "style=\""] {
            let namespace = "\"http://www.w3.org/2000/svg\"";
            assert!(!page.replace(namespace, "").contains(way_out), "{way_out}");
        }
        for (attribute, inside) in [("href=\"", "#"), ("url(", "#")] {
            let mut values = page.split(attribute).skip(1);
            assert!(values.all(|value| value.starts_with(inside)), "{attribute}");
        }
    }
}

/// Of two files of which one has twice the cues, the other half takes as much again.
#[test]
fn pages_are_as_long_as_what_they_show() {
    let cues = |count: u32| {
        let cue = |at: u32| {
            let (start, end) = (2 * at, 2 * at + 1);
            let time = |s: u32| format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
            format!(
                "{}\n{},000 --> {},000\n早班渡船已经靠岸了吗\n\n",
                at + 1,
                time(start),
                time(end)
            )
        };
        (0..count).map(cue).collect::<String>()
    };
    let desk = Desk::with("few.srt", cues(2000)).and("many.srt", cues(4000));
    let [few, many] = ["few.srt", "many.srt"].map(|name| page(&desk, &CHECK, &[name], 1).len());
    let of_cue = (many - few) / 2000;
    assert!(
        (100..300).contains(&of_cue),
        "{of_cue} bytes for a cue that is too fast"
    );
    let [few, many] =
        ["few.srt", "many.srt"].map(|name| page(&desk, &DIFF, &[name, name], 0).len());
    let of_cue = (many - few) / 2000;
    assert!(
        (60..200).contains(&of_cue),
        "{of_cue} bytes for a cue that is the same"
    );
}

#[test]
fn what_could_not_be_shown_is_said() {
    let desk = Desk::with("good.srt", SRT).and("none.txt", "");
    let failed = page(&desk, &CHECK, &["missing.srt"], 2);
    assert!(
        failed.contains("<p class=\"failure\">expected a file to read"),
        "{failed}"
    );
    let one_of_two = page(&desk, &CHECK, &["good.srt", "missing.srt"], 1);
    let error = &account(&one_of_two)["files"][1]["error"];
    assert!(
        error
            .as_str()
            .is_some_and(|error| error.contains("expected a file")),
        "{error}"
    );
    let unknown = page(
        &desk,
        &["check", "--report", "html", "--profile", "tiktok"],
        &["good.srt"],
        2,
    );
    assert!(
        unknown.contains("<p class=\"failure\">--profile: expected one of"),
        "{unknown}"
    );
    let failed = page(&desk, &DIFF, &["good.srt", "missing.srt"], 2);
    assert!(
        failed.contains("<p class=\"failure\">expected a file to read"),
        "{failed}"
    );
    assert_eq!(account(&failed), Value::Null);
    // A page of captions that are made is none yet.
    desk.run(&["caption", "good.srt", "--report", "html"])
        .ends(2)
        .says("invalid value");
}

/// Browsers that run no script are told the findings, and how many they are not told.
#[test]
fn findings_are_written_out_for_browsers_without_scripts() {
    let cue = |at: u32| {
        format!(
            "{at}\n00:{:02}:{:02},000 --> 00:{:02}:{:02},900\n渡船靠岸。\n\n",
            at / 60,
            at % 60,
            at / 60,
            at % 60
        )
    };
    let desk = Desk::with("talk.srt", (1..=1100).map(cue).collect::<String>());
    let check = [&CHECK[..], &["--only", "trailing-punctuation"]].concat();
    let page = page(&desk, &check, &["talk.srt"], 1);
    let written = between(&page, "<noscript>", "</noscript>");
    assert_eq!(written.matches("<li").count(), 1000);
    assert!(
        written.contains("found &#34;。&#34; <q>渡船靠岸。</q>"),
        "{}",
        &written[..600]
    );
    assert!(written.contains("<p>100 more are not written out here"));
}

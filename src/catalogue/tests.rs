//! What a catalogue has to do, by the names of its files and by what was done before.

use std::collections::BTreeSet;

use proptest::collection::btree_map;
use proptest::prelude::*;

use super::*;

/// The inputs of the jobs, each with what goes with it.
fn told(listing: &[&str]) -> Vec<String> {
    let found = jobs(listing.iter().copied());
    let jobs = found.jobs.iter().map(|job| {
        let with = [&job.info, &job.media, &job.overrides];
        let with = job.seconds.iter().chain(with.into_iter().flatten());
        let parts: Vec<_> = [&job.input].into_iter().chain(with).cloned().collect();
        parts.join(" + ")
    });
    let asides = found.asides.iter();
    let asides = asides.map(|aside| format!("{} for {}", aside.captions, aside.path));
    jobs.chain(asides).collect()
}

#[test]
fn names_say_what_belongs_together() {
    for (listing, expected) in [
        (&["talk.txt"][..], &["talk.txt"][..]),
        (&["talk.txt", "talk.en.txt"], &["talk.txt + talk.en.txt"]),
        (
            &["talk.zh-Hans.txt", "talk.en.srt"],
            &["talk.zh-Hans.txt + talk.en.srt"],
        ),
        (
            &["a/talk.txt", "b/talk.en.txt"],
            &["a/talk.txt", "b/talk.en.txt"],
        ),
        (
            &[
                "t.txt",
                "t.info.json",
                "t.mp4",
                "t.zimu.toml",
                "t.jpg",
                "t.json",
            ],
            &["t.txt + t.info.json + t.mp4 + t.zimu.toml"],
        ),
        (
            &["talk.en.txt", "talk.ja.txt"],
            &["talk.en.txt", "talk.ja.txt"],
        ),
        (
            &["talk.en.txt", "talk.ja.txt", "talk.md"],
            &["talk.md + talk.en.txt + talk.ja.txt"],
        ),
        (
            &["talk.srt", "talk.txt"],
            &["talk.srt", "talk.srt for talk.txt"],
        ),
        (
            &["talk.zh-Hans.srt", "talk.en.srt"],
            &["talk.en.srt", "talk.zh-Hans.srt"],
        ),
        (
            &["TALK.TXT", "TALK.Info.Json"],
            &["TALK.TXT + TALK.Info.Json"],
        ),
        (&["list.csv", "feed.xml", "noending", ".txt"], &[".txt"]),
    ] {
        assert_eq!(told(listing), expected, "{listing:?}");
    }
}

#[test]
fn every_ending_of_captions_is_one_of_a_format() {
    for name in [
        "a.srt", "a.vtt", "a.ass", "a.lrc", "a.ttml", "a.sbv", "a.SRT",
    ] {
        assert_eq!(jobs([name]).jobs[0].kind, Kind::Captions, "{name}");
    }
}

#[test]
fn names_that_some_systems_take_for_one_collide() {
    let outputs = [
        ("a.txt", "Talk.srt"),
        ("b.txt", "talk.srt"),
        ("c.txt", "caf\u{e9}.srt"),
        ("d.txt", "cafe\u{301}.srt"),
        ("a.txt", "other.srt"),
    ];
    let found = collisions(outputs);
    let pairs: Vec<_> = found.iter().map(|one| one.inputs.join(" and ")).collect();
    assert_eq!(pairs, ["a.txt and b.txt", "c.txt and d.txt"]);
    assert_eq!(found[0].output, "Talk.srt");
}

fn hash(of: u8) -> Hash {
    Hash::of(&[of; 32])
}

fn entry() -> Entry {
    Entry {
        input: "talk.txt".to_owned(),
        tool: "1".to_owned(),
        settings: hash(1),
        inputs: Hashes::from([("talk.txt".to_owned(), hash(2))]),
        outputs: Hashes::from([("talk.zh-Hans.srt".to_owned(), hash(3))]),
        dropped: Hashes::new(),
        cues: 2,
        end_ms: 4000,
        faults: 0,
    }
}

#[test]
fn a_job_is_done_again_where_anything_of_it_changed() {
    let made = entry();
    let same = made.inputs.clone();
    let other = Hashes::from([("talk.txt".to_owned(), hash(9))]);
    let more = Hashes::from([
        ("talk.en.txt".to_owned(), hash(5)),
        ("talk.txt".to_owned(), hash(2)),
    ]);
    let input = |path: &str| Some(Cause::Input(path.to_owned()));
    for (inputs, settings, tool, is_there, expected) in [
        (&same, hash(1), "1", true, None),
        (&other, hash(1), "1", true, input("talk.txt")),
        (&more, hash(1), "1", true, input("talk.en.txt")),
        (&Hashes::new(), hash(1), "1", true, input("talk.txt")),
        (&same, hash(8), "1", true, Some(Cause::Settings)),
        (&same, hash(1), "2", true, Some(Cause::Tool)),
        (
            &same,
            hash(1),
            "1",
            false,
            Some(Cause::Missing("talk.zh-Hans.srt".to_owned())),
        ),
    ] {
        let facts = Facts {
            inputs,
            settings,
            tool,
        };
        assert_eq!(cause(facts, Some(&made), |_| is_there), expected);
        assert_eq!(cause(facts, None, |_| is_there), Some(Cause::New));
    }
}

#[test]
fn an_output_is_ours_as_long_as_nobody_touched_it() {
    assert_eq!(State::of(None, Some(hash(1))), State::Missing);
    assert_eq!(State::of(Some(hash(1)), Some(hash(1))), State::Ours);
    assert_eq!(State::of(Some(hash(2)), Some(hash(1))), State::Edited);
    assert_eq!(State::of(Some(hash(1)), None), State::Edited);
}

#[test]
fn what_is_made_no_more_is_remembered() {
    let mut before = entry();
    before
        .dropped
        .insert("talk.zh-Hans.ass".to_owned(), hash(4));
    let now = Hashes::from([("talk.zh-Hans.vtt".to_owned(), hash(5))]);
    let gone = dropped(Some(&before), &now);
    let gone: Vec<_> = gone.keys().map(String::as_str).collect();
    assert_eq!(gone, ["talk.zh-Hans.ass", "talk.zh-Hans.srt"]);
    // It is made again.
    let now = Hashes::from([("talk.zh-Hans.ass".to_owned(), hash(6))]);
    assert!(!dropped(Some(&before), &now).contains_key("talk.zh-Hans.ass"));
    assert!(dropped(None, &now).is_empty());
}

#[test]
fn what_was_made_of_inputs_that_are_gone_is_an_orphan() {
    let manifest = Manifest {
        entries: [("talk.txt".to_owned(), entry())].into(),
    };
    let orphans_of = |inputs: &[&str]| {
        let inputs: BTreeSet<_> = inputs.iter().copied().collect();
        orphans(&manifest, &inputs).count()
    };
    assert_eq!(orphans_of(&["talk.txt"]), 0);
    assert_eq!(orphans_of(&["other.txt"]), 1);
}

#[test]
fn a_manifest_that_is_none_is_told_by_its_line() {
    let head = Manifest::default().print();
    let line = entry().line();
    let error = |text: &str| {
        let error = Manifest::read(text).unwrap_err();
        (error.line, error.message)
    };
    assert_eq!(error("").0, 1);
    let (at, message) = error(&format!("{head}<<<<<<< ours\n{line}"));
    assert_eq!(at, 2);
    assert!(
        message.starts_with("expected what was made of an input"),
        "{message}"
    );
    let (at, message) = error(&format!("{head}{line}{line}"));
    assert_eq!(
        (at, &*message),
        (3, "expected each input once, found \"talk.txt\" again")
    );
}

fn any_hashes() -> impl Strategy<Value = Hashes> {
    btree_map(".{1,8}", any::<u8>().prop_map(hash), 0..3)
}

prop_compose! {
    fn any_entry()(
        input in ".{1,12}",
        inputs in any_hashes(),
        outputs in any_hashes(),
        dropped in any_hashes(),
        cues in 0..1000_usize,
        faults in 0..2_usize,
    ) -> Entry {
        Entry { input, inputs, outputs, dropped, cues, faults, ..entry() }
    }
}

proptest! {
    #[test]
    fn a_manifest_is_read_as_it_was_printed(entries in proptest::collection::vec(any_entry(), 0..5)) {
        let entries = entries.into_iter().map(|entry| (entry.input.clone(), entry));
        let manifest = Manifest { entries: entries.collect() };
        let printed = manifest.print();
        prop_assert_eq!(printed.lines().count(), 1 + manifest.entries.len());
        prop_assert_eq!(Manifest::read(&printed), Ok(manifest));
    }

    /// Killed at any byte: the lines that are whole count, and nothing else.
    #[test]
    fn a_torn_journal_gives_its_whole_lines(
        entries in proptest::collection::vec(any_entry(), 1..5),
        cut in any::<prop::sample::Index>(),
    ) {
        let journal: String = entries.iter().map(Entry::line).collect();
        let torn = journal.floor_char_boundary(cut.index(journal.len() + 1));
        let whole = journal[..torn].matches('\n').count();
        let read = Journal::read(&journal[..torn]);
        let done = entries[..whole].iter().map(|entry| (entry.input.clone(), entry.clone()));
        prop_assert_eq!(read.done, done.collect());
    }

    #[test]
    fn any_text_is_a_manifest_or_an_error(text in "\\PC*") {
        let _ = Manifest::read(&text);
        let _ = Journal::read(&text);
    }

    #[test]
    fn every_file_is_at_most_in_one_job_as_its_input(listing in proptest::collection::btree_set("[ab]/(talk|Talk)(\\.zh|\\.en|\\.zh-Hant)?\\.(txt|md|srt|mp4|info\\.json)", 0..8)) {
        let found = jobs(listing.iter().map(String::as_str));
        let inputs: BTreeSet<_> = found.jobs.iter().map(|job| &job.input).collect();
        prop_assert_eq!(inputs.len(), found.jobs.len());
        prop_assert!(found.asides.iter().all(|aside| !inputs.contains(&aside.path)));
    }
}

//! Exit codes: 0 done, 1 done with faults, 2 not run and nothing written.

use super::{Desk, TALK, TALK_SRT};

/// A heading without a title: mended, and no word or time in doubt.
const MENDED: &str = "#\n大家好\n";

/// Times that contradict each other: one of them is not used.
const FAULTY: &str = "[0:10] 大家好\n[0:05] 今天\n";

#[test]
fn notes_and_repairs_are_no_failure() {
    let desk = Desk::with("talk.txt", MENDED);
    desk.run(&["caption", "talk.txt", "-o", "-"])
        .ends(0)
        .says("warning: expected a title");
}

#[test]
fn with_strict_a_repair_is_a_fault_but_a_note_is_not() {
    let desk = Desk::with("mended.txt", MENDED).and("noted.txt", "[12:75] 大家好\n");
    desk.run(&["caption", "mended.txt", "--strict", "-o", "mended.srt"])
        .ends(1);
    desk.run(&["caption", "noted.txt", "--strict", "-o", "noted.srt"])
        .ends(0)
        .says("note: ");
    assert_eq!(
        desk.names(),
        ["mended.srt", "mended.txt", "noted.srt", "noted.txt"]
    );
}

#[test]
fn with_faults_the_output_is_written_all_the_same() {
    let desk = Desk::with("talk.txt", FAULTY);
    desk.run(&["caption", "talk.txt", "-o", "talk.srt"])
        .ends(1)
        .says("error: expected a time later");
    let captions = desk.read("talk.srt");
    assert!(
        captions.contains("大家好") && captions.contains("今天"),
        "{captions}"
    );
    let desk = Desk::with("talk.srt", "1\n00:00:02,000 --> 00:00:01,000\n反了\n");
    let ran = desk.run(&["convert", "talk.srt", "-o", "-"]).ends(1);
    assert_eq!(ran.out, "1\n00:00:02,000 --> 00:00:07,000\n反了\n\n");
}

/// What was mended in the second language counts too.
#[test]
fn repairs_of_a_translation_count() {
    let desk = Desk::with("talk.txt", "大家好\n今天\n").and("talk.en.txt", "Hello\nTo\u{7}day\n");
    let paired = [
        "caption",
        "talk.txt",
        "--second",
        "talk.en.txt",
        "-o",
        "talk.srt",
    ];
    desk.run(&paired).ends(0).says("--> talk.en.txt:2:1");
    desk.run(&[&paired[..], &["--strict"]].concat())
        .ends(1)
        .says("error: expected text, found control characters");
}

/// A time that cannot be right costs that time, and no more.
#[test]
fn a_time_without_room_is_a_fault_with_its_place() {
    let desk = Desk::with("talk.txt", "[0:05] 大家好\n今天讲字幕\n[0:05.010] 再见\n");
    desk.run(&["caption", "talk.txt", "-o", "talk.srt"])
        .ends(1)
        .says("--> talk.txt:3:1");
    assert!(desk.read("talk.srt").contains("再见"));
}

/// What was found is often why it could not be run.
#[test]
fn findings_are_told_before_the_error() {
    let desk = Desk::with("talk.txt", "大家好\n”\n今天讲字幕\n");
    desk.run(&["caption", "talk.txt", "--duration", "0.01", "-o", "-"])
        .ends(2)
        .says("--> talk.txt:2:1")
        .says("error: talk.txt: expected at least a millisecond");
}

#[test]
fn one_bad_input_of_several_does_not_stop_the_others() {
    let desk = Desk::with("a.txt", TALK)
        .and("bad.txt", b"\xff\xff\xff")
        .and("c.txt", TALK);
    desk.run(&[
        "caption",
        "a.txt",
        "bad.txt",
        "missing.txt",
        "c.txt",
        "-o",
        "out/",
    ])
    .ends(1)
    .says("error: bad.txt: ")
    .says("error: missing.txt: ");
    let outputs = ["out/a.zh-Hans.srt", "out/c.zh-Hans.srt"];
    assert_eq!(
        desk.names(),
        [&["a.txt", "bad.txt", "c.txt"], &outputs[..]].concat()
    );
    assert_eq!(desk.read(outputs[1]), TALK_SRT);
}

#[test]
fn where_all_inputs_are_bad_nothing_was_done() {
    let desk = Desk::with("bad.txt", b"\xff\xff\xff");
    desk.run(&["caption", "bad.txt", "missing.txt"])
        .ends(2)
        .says("error: bad.txt: ")
        .says("error: missing.txt: ");
    assert_eq!(desk.names(), ["bad.txt"]);
}

/// Faults of one count for all; the worst one decides.
#[test]
fn the_worst_of_several_inputs_decides() {
    let desk = Desk::with("good.txt", TALK)
        .and("faulty.txt", FAULTY)
        .and("mended.txt", MENDED);
    desk.run(&["caption", "good.txt", "mended.txt", "-o", "one/"])
        .ends(0);
    desk.run(&[
        "caption",
        "good.txt",
        "mended.txt",
        "-o",
        "one/",
        "--strict",
    ])
    .ends(1);
    desk.run(&["caption", "faulty.txt", "good.txt", "-o", "two/"])
        .ends(1);
}

#[test]
fn words_that_are_no_command_are_a_usage_error() {
    let desk = Desk::with("talk.txt", TALK);
    for arguments in [
        &["caption"][..],
        &[],
        &["captions", "talk.txt"],
        &["caption", "talk.txt", "--no-such-option"],
        &["caption", "talk.txt", "--lang", "中文"],
        &["caption", "talk.txt", "--second-lang", "en"],
        &["convert", "talk.txt", "--duration", "10"],
    ] {
        let ran = desk.run(arguments).ends(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
    assert_eq!(desk.names(), ["talk.txt"]);
}

/// A file of no captions, made in silence, is found out when the video is out.
#[test]
fn a_transcript_without_words_is_no_success() {
    let desk = Desk::with("empty.txt", "").and("blank.txt", "\u{feff}\n \n# 标题\n");
    for name in ["empty.txt", "blank.txt"] {
        let ran = desk
            .run(&["caption", name, "-o", "-"])
            .says(&format!("error: {name}"));
        assert_ne!(ran.code, Some(0), "{name}");
    }
}

#[test]
fn a_folder_is_no_input() {
    let desk = Desk::with("folder/talk.txt", TALK);
    desk.run(&["caption", "folder"])
        .ends(2)
        .says("error: folder: expected a file to read");
}

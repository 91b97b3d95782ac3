//! Where captions go, and in which formats.

use super::{Desk, SRT, TALK, TALK_SRT};

#[test]
fn captions_stand_beside_the_input() {
    let desk = Desk::with("folder/talk.txt", TALK);
    desk.run(&["caption", "folder/talk.txt"])
        .ends(0)
        .says("2 cues");
    assert_eq!(desk.names(), ["folder/talk.txt", "folder/talk.zh-Hans.srt"]);
    assert_eq!(desk.read("folder/talk.zh-Hans.srt"), TALK_SRT);
}

#[test]
fn the_language_is_the_one_asked_for_else_that_of_the_name_else_of_the_characters() {
    for (name, arguments, output) in [
        ("talk.txt", &[][..], "talk.zh-Hans.srt"),
        ("talk.zh-CN.txt", &[], "talk.zh-CN.srt"),
        ("talk.chs.txt", &[], "talk.zh-Hans.srt"),
        ("talk.zh.txt", &[], "talk.zh-Hans.srt"),
        (
            "talk.zh-Hant.txt",
            &["--lang", "zh-Hans"],
            "talk.zh-Hans.srt",
        ),
        ("talk.v2.txt", &[], "talk.v2.zh-Hans.srt"),
    ] {
        let desk = Desk::with(name, TALK);
        desk.run(&[&["caption", name], arguments].concat()).ends(0);
        let mut expected = [name, output];
        expected.sort_unstable();
        assert_eq!(desk.names(), expected);
    }
    let desk = Desk::with("talk.txt", "大家好，歡迎收聽\n");
    desk.run(&["caption", "talk.txt"]).ends(0);
    assert_eq!(desk.names(), ["talk.txt", "talk.zh-Hant.srt"]);
}

#[test]
fn captions_of_no_known_language_have_no_tag() {
    let desk = Desk::with("talk.srt", SRT);
    desk.run(&["convert", "talk.srt", "--to", "vtt"]).ends(0);
    assert_eq!(desk.names(), ["talk.srt", "talk.vtt"]);
    desk.run(&["convert", "talk.srt", "--to", "json", "--lang", "ZH-hant"])
        .ends(0);
    assert!(
        desk.read("talk.zh-Hant.json")
            .contains("\"language\":\"zh-Hant\"")
    );
}

#[test]
fn two_languages_are_stacked() {
    let desk = Desk::with("talk.zh-Hans.txt", TALK).and("talk.en.txt", "Hello\n-\n");
    desk.run(&["caption", "talk.zh-Hans.txt", "--second", "talk.en.txt"])
        .ends(0);
    assert_eq!(
        desk.names(),
        ["talk.en.txt", "talk.zh-Hans.txt", "talk.zh-en.srt"]
    );
    assert_eq!(
        desk.read("talk.zh-en.srt"),
        TALK_SRT.replace("大家好\n", "大家好\nHello\n")
    );
}

#[test]
fn translations_of_another_length_are_refused() {
    let desk = Desk::with("talk.txt", TALK).and("talk.ja.txt", "こんにちは\n");
    desk.run(&["caption", "talk.txt", "--second", "talk.ja.txt"])
        .ends(2)
        .says("talk.txt and talk.ja.txt: ")
        .says("they part at line 2");
    assert_eq!(desk.names(), ["talk.ja.txt", "talk.txt"]);
}

#[test]
fn one_output_is_named() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt", "-o", "any.vtt"]).ends(0);
    desk.run(&["caption", "talk.txt", "-o", "odd.name", "--to", "json"])
        .ends(0);
    assert_eq!(desk.names(), ["any.vtt", "odd.name", "talk.txt"]);
    assert!(
        desk.read("any.vtt")
            .starts_with("WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.232\n")
    );
    assert!(
        desk.read("odd.name")
            .starts_with("{\"format\":\"zimu-cues\",\"version\":1,")
    );
}

#[test]
fn a_folder_is_made_where_there_is_none() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt", "-o", "new/deep/", "--to", "srt,vtt"])
        .ends(0);
    let outputs = ["new/deep/talk.zh-Hans.srt", "new/deep/talk.zh-Hans.vtt"];
    assert_eq!(desk.names(), [&outputs[..], &["talk.txt"]].concat());
    assert_eq!(desk.read(outputs[0]), TALK_SRT);
}

#[test]
fn a_folder_that_is_there_needs_no_slash() {
    let desk = Desk::with("talk.txt", TALK).and("out/other.txt", "");
    desk.run(&["caption", "talk.txt", "-o", "out"]).ends(0);
    assert_eq!(
        desk.names(),
        ["out/other.txt", "out/talk.zh-Hans.srt", "talk.txt"]
    );
}

#[test]
fn a_file_in_a_folder_that_is_missing_is_refused() {
    let desk = Desk::with("talk.txt", TALK);
    let ran = desk
        .run(&["caption", "talk.txt", "-o", "missing/deep/talk.srt"])
        .ends(2)
        .says(
            "error: missing/deep/talk.srt: expected a folder missing/deep to write in, found none",
        )
        .says("make it first; an -o that ends in / is made");
    assert!(!ran.err.contains(".zimu-"), "{}", ran.err);
    desk.run(&["caption", "talk.txt", "-o", "talk.txt/deep.srt"])
        .ends(2)
        .says("expected to write in the folder talk.txt: not a directory");
    desk.run(&["caption", "talk.txt", "-o", "talk.txt/"])
        .ends(2)
        .says("talk.txt/: expected a folder, or to make one");
    assert_eq!(desk.names(), ["talk.txt"]);
}

#[test]
fn the_standard_streams_are_files_too() {
    let desk = Desk::with("talk.txt", TALK);
    assert_eq!(
        desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0).out,
        TALK_SRT
    );
    let vtt = desk
        .run(&["caption", "talk.txt", "-o", "-", "--to", "vtt"])
        .ends(0)
        .out;
    assert!(vtt.starts_with("WEBVTT\n"));
    assert_eq!(desk.run_with(&["caption", "-"], TALK).ends(0).out, TALK_SRT);
    let convert = desk.run_with(&["convert", "-", "--to", "srt"], vtt).ends(0);
    assert_eq!(convert.out, TALK_SRT);
    assert_eq!(desk.names(), ["talk.txt"]);
    desk.run_with(&["caption", "-", "-o", "out/"], TALK).ends(0);
    assert_eq!(desk.names(), ["out/stdin.zh-Hans.srt", "talk.txt"]);
}

#[test]
fn several_formats_need_a_folder_or_no_output() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt", "--to", "srt,vtt,json"])
        .ends(0);
    let outputs = [
        "talk.txt",
        "talk.zh-Hans.json",
        "talk.zh-Hans.srt",
        "talk.zh-Hans.vtt",
    ];
    assert_eq!(desk.names(), outputs);
    for output in ["one.srt", "-"] {
        desk.run(&["caption", "talk.txt", "--to", "srt,vtt", "-o", output])
            .ends(2)
            .says("a folder");
    }
    assert_eq!(desk.names(), outputs);
}

#[test]
fn an_ending_and_a_format_that_differ_are_a_mistake() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt", "-o", "talk.vtt", "--to", "srt"])
        .ends(2)
        .says("talk.vtt: expected an ending of the format srt, found that of vtt");
    desk.run(&["caption", "talk.txt", "-o", "talk.docx"])
        .ends(2)
        .says("talk.docx: expected an ending");
    desk.run(&["caption", "talk.txt", "-o", "talk"])
        .ends(2)
        .says("talk: expected an ending");
    desk.run(&["caption", "talk.txt", "--to", "docx"])
        .ends(2)
        .says("expected one of vtt, json, ");
    assert_eq!(desk.names(), ["talk.txt"]);
}

/// What a file is counts for more than what it is called.
#[test]
fn captions_are_read_as_what_they_are() {
    let desk = Desk::with(
        "talk.srt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 甲>你好\n",
    );
    let ran = desk.run(&["convert", "talk.srt", "-o", "-"]).ends(0);
    assert_eq!(ran.out, SRT);
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["convert", "talk.txt", "-o", "-"])
        .ends(2)
        .says("talk.txt: expected captions in one of");
    let desk = Desk::with("empty.srt", "");
    assert_eq!(
        desk.run(&["convert", "empty.srt", "-o", "-"]).ends(2).out,
        ""
    );
}

/// What the target has no room for is said, but for what nobody misses.
#[test]
fn what_is_lost_is_said() {
    let desk = Desk::with(
        "talk.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 甲>你好\n",
    );
    let ran = desk.run(&["convert", "talk.vtt", "-o", "talk.srt"]).ends(0);
    assert_eq!(
        ran.err,
        "note: talk.vtt: SubRip has no room for 1 speakers, who are not named\n\
         talk.vtt → talk.srt: 1 cues, 0:00:02.000\n"
    );
}

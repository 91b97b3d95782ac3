//! What the names of files say, and what is made of it.

use super::{Desk, SRT, TALK};

/// Simplified by its characters.
const SIMPLIFIED: &str = "1\n00:00:01,000 --> 00:00:02,000\n我们开车\n\n";

/// The same, Traditional.
const TRADITIONAL: &str = "1\n00:00:01,000 --> 00:00:02,000\n我們開車\n\n";

#[track_caller]
fn names_vtt(input: &str, content: &str, options: &[&str], output: &str) {
    let desk = Desk::with(input, content);
    desk.run(&[&["convert", input, "--to", "vtt"], options].concat())
        .ends(0);
    let mut expected = [input, output];
    expected.sort_unstable();
    assert_eq!(desk.names(), expected);
}

#[test]
fn a_tag_is_replaced_and_flags_stay_last() {
    for (input, output) in [
        ("talk.chs.srt", "talk.zh-Hans.vtt"),
        ("talk.简体.srt", "talk.zh-Hans.vtt"),
        ("talk.zh_CN.srt", "talk.zh-CN.vtt"),
        ("talk (zh-Hans).srt", "talk.zh-Hans.vtt"),
        ("talk.chs&eng.srt", "talk.zh-en.vtt"),
        ("talk.双语.srt", "talk.zh-en.vtt"),
        ("talk.zh.forced.srt", "talk.zh-Hans.forced.vtt"),
        ("talk.chs.hi.default.srt", "talk.zh-Hans.default.sdh.vtt"),
        ("talk.forced.srt", "talk.zh-Hans.forced.vtt"),
        ("talk.final.srt", "talk.final.zh-Hans.vtt"),
        ("talk.new.srt", "talk.new.zh-Hans.vtt"),
        ("episode.1.srt", "episode.1.zh-Hans.vtt"),
        ("talk.und.srt", "talk.zh-Hans.vtt"),
    ] {
        names_vtt(input, SIMPLIFIED, &[], output);
    }
    // Nothing tells more than the name.
    names_vtt("talk.zh.srt", SRT, &[], "talk.zh.vtt");
    names_vtt("talk.hi.srt", SRT, &[], "talk.hi.vtt");
}

#[test]
fn names_are_spelled_for_a_player() {
    for (style, outputs) in [
        ("zimu", ["talk.zh-Hans.forced.vtt", "talk.zh-en.vtt"]),
        ("mpv", ["talk.zh-Hans.forced.vtt", "talk.zh-en.vtt"]),
        ("jellyfin", ["talk.zh-Hans.forced.vtt", "talk.ze.vtt"]),
        ("plex", ["talk.zh.forced.vtt", "talk.zh.vtt"]),
    ] {
        let options = ["--name-style", style];
        names_vtt("talk.chs.forced.srt", SIMPLIFIED, &options, outputs[0]);
        names_vtt("talk.chs&eng.srt", SIMPLIFIED, &options, outputs[1]);
    }
    let desk = Desk::with("talk.txt", TALK).and("talk.en.txt", "Hello\nCaptions\n");
    let arguments = [
        "caption",
        "talk.txt",
        "--second",
        "talk.en.txt",
        "--name-style",
        "jellyfin",
    ];
    desk.run(&arguments).ends(0);
    assert!(desk.names().contains(&"talk.ze.srt".to_owned()));
    desk.run(&["caption", "talk.txt", "--name-style", "vlc"])
        .ends(2)
        .says("[possible values: zimu, mpv, jellyfin, plex]");
}

#[test]
fn a_project_has_a_style() {
    let desk = Desk::with("talk.txt", TALK).and("zimu.toml", "name_style = 'plex'\n");
    desk.run(&["caption", "talk.txt"]).ends(0);
    desk.run(&["caption", "talk.txt", "--name-style", "zimu"])
        .ends(0);
    let names = ["talk.txt", "talk.zh-Hans.srt", "talk.zh.srt", "zimu.toml"];
    assert_eq!(desk.names(), names);
    let listing = desk.run(&["settings"]).ends(0).out;
    assert!(listing.contains("name_style         plex"), "{listing}");
    let desk = desk.and("zimu.toml", "name_style = 'vlc'\n");
    desk.run(&["caption", "talk.txt"])
        .ends(2)
        .says("zimu.toml:1:14")
        .says("expected one of zimu, mpv, jellyfin, plex, found \"vlc\"");
}

/// What would be one file in a style is refused before any is written.
#[test]
fn a_style_that_cannot_tell_two_inputs_apart_is_refused() {
    let desk = Desk::with("talk.zh-Hans.srt", SIMPLIFIED).and("talk.zh-Hant.srt", TRADITIONAL);
    let before = desk.names();
    let inputs = [
        "convert",
        "talk.zh-Hans.srt",
        "talk.zh-Hant.srt",
        "--to",
        "vtt",
    ];
    desk.run(&[&inputs[..], &["--name-style", "plex"]].concat())
        .ends(2)
        .says("expected one input for each output");
    assert_eq!(desk.names(), before);
    desk.run(&inputs).ends(0);
}

/// A tag is what somebody has typed; characters are what people read.
#[test]
fn characters_count_for_more_than_a_name() {
    for (input, content, output, said) in [
        (
            "talk.zh-Hant.srt",
            SIMPLIFIED,
            "talk.zh-Hans.vtt",
            "zh-Hant, the characters say zh-Hans",
        ),
        (
            "talk.chs.srt",
            TRADITIONAL,
            "talk.zh-Hant.vtt",
            "zh-Hans, the characters say zh-Hant",
        ),
        (
            "talk.zh-TW.srt",
            SIMPLIFIED,
            "talk.zh-Hans.vtt",
            "zh-TW, the characters say zh-Hans",
        ),
        (
            "talk.yue-Hant.srt",
            SIMPLIFIED,
            "talk.yue-Hans.vtt",
            "yue-Hant, the characters say yue-Hans",
        ),
        (
            "talk.chs&eng.srt",
            TRADITIONAL,
            "talk.cht-en.vtt",
            "zh-Hans, the characters say zh-Hant",
        ),
        // They agree, or say nothing.
        ("talk.zh-TW.srt", TRADITIONAL, "talk.zh-TW.vtt", ""),
        ("talk.zh-HK.srt", TRADITIONAL, "talk.zh-HK.vtt", ""),
        ("talk.zh-CN.srt", SIMPLIFIED, "talk.zh-CN.vtt", ""),
        ("talk.zh-Hant.srt", SRT, "talk.zh-Hant.vtt", ""),
        ("talk.zh.srt", TRADITIONAL, "talk.zh-Hant.vtt", ""),
        ("talk.yue.srt", TRADITIONAL, "talk.yue.vtt", ""),
        ("talk.ja.srt", SIMPLIFIED, "talk.ja.vtt", ""),
    ] {
        let desk = Desk::with(input, content);
        let ran = desk.run(&["convert", input, "--to", "vtt"]).ends(0);
        assert!(
            desk.names().contains(&output.to_owned()),
            "{:?}",
            desk.names()
        );
        if said.is_empty() {
            assert!(!ran.err.contains("note"), "{}", ran.err);
        } else {
            let note = format!("note: {input}: the name says {said}, which counts");
            assert_eq!(ran.says(&note).err.matches("note").count(), 1);
        }
    }
    let asked = ["--lang", "zh-Hant"];
    names_vtt("talk.zh-Hant.srt", SIMPLIFIED, &asked, "talk.zh-Hant.vtt");
    let desk = Desk::with("talk.zh-Hant.srt", SIMPLIFIED);
    let quiet = ["convert", "talk.zh-Hant.srt", "--to", "vtt", "--quiet"];
    assert_eq!(desk.run(&quiet).ends(0).err, "");
    let desk = Desk::with("talk.zh-Hant.txt", TALK);
    desk.run(&["caption", "talk.zh-Hant.txt"])
        .ends(0)
        .says("note: talk.zh-Hant.txt: the name says zh-Hant, the characters say zh-Hans");
    assert_eq!(desk.names(), ["talk.zh-Hans.srt", "talk.zh-Hant.txt"]);
}

/// The name of a transcript in two languages says which the second is.
#[test]
fn a_name_says_both_languages() {
    let desk = Desk::with("talk.zh-fr.txt", "大家好\nBonjour\n我们开车\nOn y va\n");
    desk.run(&["caption", "talk.zh-fr.txt", "--interleaved"])
        .ends(0);
    assert!(
        desk.names().contains(&"talk.zh-fr.srt".to_owned()),
        "{:?}",
        desk.names()
    );
}

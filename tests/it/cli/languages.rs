//! Captions in two languages: put together by their times, and told apart by script.

use super::{Desk, TALK, TALK_SRT};

const CHINESE: &str = "1\n00:00:01,000 --> 00:00:03,000\n水开了\n\n\
    2\n00:00:03,000 --> 00:00:05,000\n我们泡茶吧\n\n";

const ENGLISH: &str = "1\n00:00:01,100 --> 00:00:04,900\nThe water boils, let us make tea\n\n\
    2\n00:00:06,000 --> 00:00:07,000\nThank you\n\n";

/// Each cue in two languages.
const STACKED: &str = "1\n00:00:01,000 --> 00:00:02,000\n水开了\nThe water boils\n\n\
    2\n00:00:02,000 --> 00:00:03,000\n我们泡茶吧\nLet us make tea\n\n";

#[test]
fn captions_are_put_below_others_by_their_times() {
    let desk = Desk::with("talk.zh.srt", CHINESE).and("talk.en.srt", ENGLISH);
    let ran = desk.run(&["convert", "talk.zh.srt", "--second", "talk.en.srt"]);
    ran.ends(0)
        .says("note: talk.zh.srt and talk.en.srt: expected one cue for a translation, found one at 0:00:01.000: each shows its part of it")
        .says("found one at 0:00:06.000: the translation is a cue of its own");
    assert_eq!(
        desk.names(),
        ["talk.en.srt", "talk.zh-en.srt", "talk.zh.srt"]
    );
    let both = desk.read("talk.zh-en.srt");
    for cue in [
        "00:00:01,000 --> 00:00:03,000\n水开了\nThe water boils,\n\n",
        "00:00:03,000 --> 00:00:05,000\n我们泡茶吧\nlet us make tea\n\n",
        "00:00:06,000 --> 00:00:07,000\nThank you\n\n",
    ] {
        assert!(both.contains(cue), "{both}");
    }
    // What was put together comes apart.
    desk.run(&["convert", "talk.zh-en.srt", "-q", "--to", "json"])
        .ends(0);
    let json = desk.read("talk.zh-en.json");
    assert!(
        json.contains("\"en\"") && json.contains("\"zh-Hans\""),
        "{json}"
    );
}

#[test]
fn the_second_language_and_its_profile_are_named() {
    let desk = Desk::with("talk.zh.srt", CHINESE).and("other.srt", ENGLISH);
    let run = |options: &[&str]| {
        let arguments = [
            "convert",
            "talk.zh.srt",
            "--second",
            "other.srt",
            "--overwrite",
        ];
        desk.run(&[&arguments, options].concat())
    };
    run(&[]).ends(0);
    run(&["--second-lang", "fr"]).ends(0);
    assert!(desk.names().contains(&"talk.zh-fr.srt".to_owned()));
    let desk = desk.and("narrow.toml", "max_cells_per_line = 4\n");
    let ran = desk.run(&[
        "convert",
        "talk.zh.srt",
        "--second",
        "other.srt",
        "--second-profile",
        "narrow.toml",
        "-o",
        "-",
    ]);
    assert!(
        ran.out.contains("水开了\nThe\nwater\nboils,\n"),
        "{}",
        ran.out
    );
}

#[test]
fn one_input_stands_beside_a_second() {
    let desk = Desk::with("a.srt", CHINESE)
        .and("b.srt", CHINESE)
        .and("talk.en.srt", ENGLISH)
        .and("talk.en.txt", "Hello\n");
    desk.run(&["convert", "a.srt", "b.srt", "--second", "talk.en.srt"])
        .ends(2)
        .says("expected one input beside --second talk.en.srt, found 2");
    desk.run(&["convert", "a.srt", "--second", "./a.srt"])
        .ends(2)
        .says("a.srt: expected captions in another language for --second, found the input itself");
    desk.run(&["convert", "a.srt", "--second", "talk.en.txt"])
        .ends(2)
        .says("talk.en.txt: expected captions in one of");
    desk.run(&[
        "convert",
        "a.srt",
        "--second",
        "talk.en.srt",
        "-o",
        "talk.en.srt",
        "--overwrite",
    ])
    .ends(2)
    .says("expected an output that is not the input");
    assert_eq!(desk.read("talk.en.srt"), ENGLISH);
}

#[test]
fn an_unknown_profile_of_the_second_is_told() {
    let desk = Desk::with("a.srt", CHINESE).and("b.srt", ENGLISH);
    desk.run(&[
        "convert",
        "a.srt",
        "--second",
        "b.srt",
        "--second-profile",
        "netflix",
    ])
    .ends(2)
    .says("--second-profile: expected one of");
}

#[test]
fn captions_in_two_languages_are_told_apart() {
    let desk = Desk::with("talk.srt", STACKED).and("clip.chs&jpn.srt", STACKED);
    desk.run(&["convert", "talk.srt", "--to", "ttml"])
        .ends(0)
        .says("note: talk.srt: in two languages by its script, zh-Hans and en (--second-lang names another)");
    let ttml = desk.read("talk.zh-en.ttml");
    assert!(ttml.contains("xml:lang=\"en\""), "{ttml}");
    let ran = desk.run(&["convert", "clip.chs&jpn.srt", "--to", "json"]);
    assert!(!ran.err.contains("by its script"), "{}", ran.err);
    assert!(desk.read("clip.zh-ja.json").contains("\"ja\""));
    desk.run(&[
        "convert",
        "talk.srt",
        "--to",
        "vtt",
        "--second-lang",
        "vi",
        "-q",
    ])
    .ends(0);
    assert!(desk.names().contains(&"talk.zh-vi.vtt".to_owned()));
}

#[test]
fn what_is_said_to_be_in_another_language_is_left_alone() {
    let desk = Desk::with("talk.srt", STACKED);
    desk.run(&["convert", "talk.srt", "--lang", "en", "--to", "vtt"])
        .ends(0);
    assert_eq!(desk.names(), ["talk.en.vtt", "talk.srt"]);
}

#[test]
fn captions_translate_a_transcript_one_for_one() {
    let captions = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n\
        2\n00:00:02,000 --> 00:00:03,000\nCaptions,\ntoday\n\n";
    let desk = Desk::with("talk.txt", TALK)
        .and("talk.en.srt", captions)
        .and(
            "more.en.srt",
            format!("{captions}3\n00:00:04,000 --> 00:00:05,000\nBye\n\n"),
        );
    desk.run(&["caption", "talk.txt", "--second", "talk.en.srt"])
        .ends(0);
    let expected = TALK_SRT.replace("大家好\n", "大家好\nHello\n");
    let expected = expected.replace("字幕\n", "字幕\nCaptions, today\n");
    assert_eq!(desk.read("talk.zh-en.srt"), expected);
    desk.run(&["caption", "talk.txt", "--second", "more.en.srt"])
        .ends(2)
        .says("talk.txt and more.en.srt: expected a caption of the translation for each utterance, found 2 utterances and 3 captions");
}

/// Cyrillic is the script of many languages: none of them is said, and least of all Chinese.
#[test]
fn a_language_that_no_script_tells_is_not_named() {
    let stacked = STACKED
        .replace("The water boils", "Вода кипит")
        .replace("Let us make tea", "Выпьем чаю");
    let desk = Desk::with("talk.srt", &stacked);
    let arguments = ["convert", "talk.srt", "--to", "json", "-o", "-"];
    let ran = desk.run(&arguments);
    assert_eq!(ran.out.matches("\"und\"").count(), 2, "{}", ran.out);
    ran.ends(0).says("zh-Hans and und (--second-lang names");
    let ran = desk.run(&[&arguments[..], &["--second-lang", "ru"]].concat());
    assert_eq!(ran.out.matches("\"ru\"").count(), 2, "{}", ran.out);
}

/// Kana stands beside characters that Traditional Chinese has too: what the lines say counts.
#[test]
fn a_name_says_what_the_lines_say() {
    let three = "WEBVTT\n\n00:01.000 --> 00:02.000\n<lang zh-Hans>渡口</lang>\n\
        <lang en>the ferry</lang>\n<lang ja>渡し場</lang>\n";
    let desk = Desk::with("three.vtt", three);
    desk.run(&["convert", "three.vtt", "--layout", "stacked,separate"])
        .ends(0);
    assert_eq!(
        desk.names(),
        [
            "three.en.srt",
            "three.ja.srt",
            "three.vtt",
            "three.zh-Hans.srt",
            "three.zh-en.srt"
        ]
    );
}

#[test]
fn inputs_of_one_stem_are_told_apart_by_what_they_are_in() {
    let desk = Desk::with("talk.srt", STACKED).and("talk.sbv", "0:00:01.000,0:00:02.000\n水开了\n");
    let arguments = ["convert", "talk.srt", "talk.sbv", "--to", "vtt"];
    desk.run(&[&arguments[..], &["-o", "both/"]].concat())
        .ends(0);
    assert_eq!(
        desk.names()[..2],
        ["both/talk.zh-Hans.vtt", "both/talk.zh-en.vtt"]
    );
    desk.run(&[&arguments[..], &["-o", "apart/", "--layout", "separate"]].concat())
        .ends(2)
        .says("apart/talk.zh-Hans.vtt: expected one input for each output, found talk.srt and talk.sbv");
    assert_eq!(desk.names().len(), 4);
}

#[test]
fn a_translation_that_leaves_its_place_is_told() {
    let chinese = CHINESE.replace("我们", "{\\an8}我们");
    let english = ENGLISH.replace("The", "{\\an8}The");
    let desk = Desk::with("a.srt", &chinese).and("b.srt", &english);
    desk.run(&["convert", "a.srt", "--second", "b.srt", "-o", "-"])
        .says("expected translations at the place of their cues, found one at 0:00:01.100: they are shown where these are");
    let ran = desk.run(&["convert", "b.srt", "--second", "a.srt", "-o", "-"]);
    assert!(!ran.err.contains("at the place"), "{}", ran.err);
}

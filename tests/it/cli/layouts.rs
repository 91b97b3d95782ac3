//! Captions in two languages, laid out as the command line asks for.

use super::{Desk, TALK};

const ENGLISH: &str = "Hello\nToday is about captions\n";

/// Captions in both languages, that say which each line is in.
const BOTH: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\n<lang zh-Hans>大家好</lang>\n\
    <lang en>Hello</lang>\n\n00:02.000 --> 00:03.000\n<lang en>Bye</lang>\n";

fn desk() -> Desk {
    Desk::with("talk.txt", TALK).and("talk.en.txt", ENGLISH)
}

const CAPTION: [&str; 4] = ["caption", "talk.txt", "--second", "talk.en.txt"];

#[test]
fn each_language_has_a_file() {
    let desk = desk();
    desk.run(&[&CAPTION[..], &["--layout", "separate"]].concat())
        .ends(0)
        .says("talk.txt → talk.zh-Hans.srt, talk.en.srt: 2 cues");
    let names = ["talk.en.srt", "talk.en.txt", "talk.txt", "talk.zh-Hans.srt"];
    assert_eq!(desk.names(), names);
    assert_eq!(desk.read("talk.zh-Hans.srt"), super::TALK_SRT);
    let english = super::TALK_SRT
        .replace("大家好", "Hello")
        .replace("今天我们讲字幕", "Today is about captions");
    assert_eq!(desk.read("talk.en.srt"), english);
}

#[test]
fn both_layouts_at_once_are_three_files() {
    let desk = Desk::with("talk.vtt", BOTH);
    let arguments = [
        "convert",
        "talk.vtt",
        "--to",
        "srt,ass",
        "-o",
        "out/",
        "--layout",
        "stacked,separate",
    ];
    desk.run(&arguments).ends(0);
    let names = [
        "out/talk.en.ass",
        "out/talk.en.srt",
        "out/talk.zh-Hans.ass",
        "out/talk.zh-Hans.srt",
        "out/talk.zh-en.ass",
        "out/talk.zh-en.srt",
        "talk.vtt",
    ];
    assert_eq!(desk.names(), names);
    assert!(
        desk.read("out/talk.zh-en.ass")
            .contains("{\\rSecondary}Hello")
    );
    assert!(
        desk.read("out/talk.en.ass")
            .contains(",Default,,0,0,0,,Bye")
    );
}

#[test]
fn a_language_is_put_on_top() {
    let desk = Desk::with("talk.vtt", BOTH);
    let top = |tag| desk.run(&["convert", "talk.vtt", "--to", "srt", "--top", tag]);
    top("en").ends(0);
    assert!(desk.read("talk.en-zh.srt").contains("Hello\n大家好\n"));
    top("zh").ends(0);
    assert!(desk.read("talk.zh-en.srt").contains("大家好\nHello\n"));
    top("fr").ends(2).says(
        "talk.vtt: expected a language of its lines for --top, which are in zh-Hans and en, found fr",
    );
    desk.run(&["convert", "talk.vtt", "--layout", "separate", "--top", "en"])
        .ends(2)
        .says("expected --layout stacked for --top en, found separate");
    assert_eq!(
        desk.names(),
        ["talk.en-zh.srt", "talk.vtt", "talk.zh-en.srt"]
    );
}

#[test]
fn several_files_do_not_go_into_one() {
    let desk = Desk::with("talk.vtt", BOTH);
    for output in ["-", "talk.srt"] {
        desk.run(&["convert", "talk.vtt", "-o", output, "--layout", "separate"])
            .ends(2)
            .says("expected a folder (-o DIR/) for captions in 2 files, one for each language");
    }
    desk.run(&[
        "convert",
        "talk.vtt",
        "--layout",
        "separate,stacked",
        "--name-style",
        "plex",
    ])
    .ends(2)
    .says("expected a name for each language and script, found this one for two");
    assert_eq!(desk.names(), ["talk.vtt"]);
    let twice = [
        "convert",
        "talk.vtt",
        "-o",
        "-",
        "--layout",
        "stacked,stacked",
    ];
    assert!(desk.run(&twice).ends(0).out.contains("大家好\nHello\n"));
}

#[test]
fn captions_in_one_language_stay_in_one_file() {
    let desk = Desk::with("talk.srt", super::TALK_SRT);
    let separate = ["convert", "talk.srt", "-o", "-", "--layout", "separate"];
    let ran = desk.run(&separate).ends(0).says(
        "note: talk.srt: expected lines in two languages for --layout separate, found zh-Hans",
    );
    assert_eq!(ran.out, super::TALK_SRT);
    // Nobody has asked for two.
    let ran = desk.run(&["convert", "talk.srt", "-o", "-", "--for", "youtube"]);
    assert!(!ran.ends(0).err.contains("note"));
}

#[test]
fn whom_captions_are_for_picks_formats_layout_and_names() {
    for (target, made) in [
        ("youtube", &["talk.en.srt", "talk.zh-Hans.srt"][..]),
        ("bilibili", &["talk.en.bcc", "talk.zh-Hans.bcc"]),
        ("jellyfin", &["talk.ze.srt"]),
        ("mpv", &["talk.zh-en.ass"]),
    ] {
        let desk = desk();
        desk.run(&[&CAPTION[..], &["--for", target]].concat())
            .ends(0);
        let mut names = desk.names();
        names.retain(|name| !name.ends_with("txt"));
        assert_eq!(names, made, "{target}");
    }
}

#[test]
fn what_is_asked_for_goes_before_whom_they_are_for() {
    let desk = Desk::with("talk.vtt", BOTH).and("zimu.toml", "name_style = 'plex'\n");
    let made = |options: &[&str]| {
        let folder = ["convert", "talk.vtt", "-q", "-o", "out/", "--for", "mpv"];
        desk.run(&[&folder[..], options].concat()).ends(0);
        let names = desk.names();
        std::fs::remove_dir_all(desk.path("out")).expect("a folder");
        names
            .into_iter()
            .filter(|name| name.starts_with("out/"))
            .collect::<Vec<_>>()
    };
    assert_eq!(made(&[]), ["out/talk.zh-en.ass"]);
    assert_eq!(made(&["--to", "srt"]), ["out/talk.zh-en.srt"]);
    assert_eq!(
        made(&["--layout", "separate"]),
        ["out/talk.en.ass", "out/talk.zh-Hans.ass"]
    );
    assert_eq!(made(&["--name-style", "jellyfin"]), ["out/talk.ze.ass"]);
    desk.run(&["convert", "talk.vtt", "--for", "mpv", "-o", "x.srt"])
        .ends(0);
    assert!(desk.read("x.srt").starts_with("1\n"));
}

/// What is in no other script is written once.
#[test]
fn each_script_and_the_other_language_have_a_file() {
    let desk = desk();
    let options = ["--layout", "separate", "--also", "hant"];
    desk.run(&[&CAPTION[..], &options].concat()).ends(0);
    let mut names = desk.names();
    names.retain(|name| !name.ends_with("txt"));
    let files = ["talk.en.srt", "talk.zh-Hans.srt", "talk.zh-Hant.srt"];
    assert_eq!(names, files);
}

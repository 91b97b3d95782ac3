//! `zimu.toml`: which one holds, what goes before it, and what is said of a faulty one.

use super::{Desk, TALK, zimu};

/// One line under youtube, two under netflix-zh-hans.
const LONG: &str = "今天我们来聊一聊，字幕应该怎么断行才好读\n";

const AS_NETFLIX: &str = "\n今天我们来聊一聊\n字幕应该怎么断行才好读\n";

fn caption(desk: &Desk) -> String {
    desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0).out
}

#[test]
fn a_project_names_its_profile_once() {
    let desk = Desk::with("talk.txt", LONG).and("zimu.toml", "profile = 'netflix-zh-hans'\n");
    assert!(caption(&desk).contains(AS_NETFLIX));
}

#[test]
fn the_command_line_goes_first_then_the_environment() {
    let desk = Desk::with("talk.txt", LONG).and("zimu.toml", "profile = 'asis'\n");
    let arguments = ["caption", "talk.txt", "-o", "-"];
    let run = |more: &[&str]| {
        let mut command = zimu();
        command
            .current_dir(desk.path(""))
            .args(arguments)
            .args(more);
        command.env("ZIMU_PROFILE", "netflix-zh-hans");
        String::from_utf8(command.output().expect("a run").stdout).expect("text")
    };
    let one_line = "\n今天我们来聊一聊，字幕应该怎么断行才好读\n";
    assert!(caption(&desk).contains(one_line));
    assert!(run(&[]).contains(AS_NETFLIX));
    assert!(run(&["--profile", "youtube"]).contains(one_line));
}

#[test]
fn the_nearest_file_upward_of_the_working_directory_holds() {
    let desk = Desk::with("zimu.toml", "profile = 'house.toml'\n")
        .and("house.toml", "inherit = 'netflix-zh-hans'\n")
        .and("one/two/talk.txt", LONG)
        .and("near/zimu.toml", "profile = 'asis'\n")
        .and("near/talk.txt", LONG);
    let run = |folder: &str, input: &str| {
        let mut command = zimu();
        let arguments = ["caption", input, "-o", "-"];
        command.current_dir(desk.path(folder)).args(arguments);
        String::from_utf8(command.output().expect("a run").stdout).expect("text")
    };
    // The path of the profile starts at the file that names it.
    assert!(run("one/two", "talk.txt").contains(AS_NETFLIX));
    assert!(!run("near", "talk.txt").contains(AS_NETFLIX));
    // Not that of the input's folder.
    assert!(run("", "near/talk.txt").contains(AS_NETFLIX));
}

#[test]
fn a_language_holds_where_the_name_has_none() {
    let desk = Desk::with("talk.txt", TALK)
        .and("talk2.zh-Hans.txt", TALK)
        .and("words.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n")
        .and("zimu.toml", "lang = 'zh-TW'\n");
    desk.run(&["caption", "talk.txt", "talk2.zh-Hans.txt"])
        .ends(0);
    desk.run(&["convert", "words.srt", "--to", "vtt"]).ends(0);
    desk.run(&["caption", "talk.txt", "--lang", "zh-HK"])
        .ends(0);
    let names = desk.names();
    for name in [
        "talk.zh-TW.srt",
        "talk.zh-HK.srt",
        "talk2.zh-Hans.srt",
        "words.zh-TW.vtt",
    ] {
        assert!(names.iter().any(|found| found == name), "{names:?}");
    }
}

/// With the place, the line and a mark under what is wrong; nothing is written.
#[test]
fn a_faulty_file_ends_the_run() {
    for (toml, place, words) in [
        (
            "lang = 'en'\nprolife = 'ted'\n",
            "--> zimu.toml:2:1",
            "expected one of the keys `profile`, `lang`, `voice`, `glossary`, `name_style`, `terms`, `readings`, `check`, found `prolife`",
        ),
        (
            "lang = '中文'\n",
            "--> zimu.toml:1:8",
            "expected a language tag such as zh-Hans, zh-Hant or en, found \"中文\"",
        ),
        (
            "profile = 'tiktok'\n",
            "--> zimu.toml:1:11",
            "expected one of the profiles asis, bilibili, ",
        ),
        (
            "\nprofile = 'sub/gone.toml'\n",
            "--> zimu.toml:2:11",
            "expected a profile's file, found none at sub/gone.toml",
        ),
        ("profile\n", "--> zimu.toml:1:8", "expected TOML"),
    ] {
        let desk = Desk::with("talk.txt", TALK).and("zimu.toml", toml);
        let ran = desk.run(&["caption", "talk.txt"]).ends(2);
        ran.says(place).says(words).says("zimu settings --schema");
        assert_eq!(desk.names(), ["talk.txt", "zimu.toml"]);
    }
}

/// A fault in the profile is told in the profile.
#[test]
fn a_profile_of_the_settings_is_read_like_any_other() {
    let desk = Desk::with("talk.txt", TALK)
        .and("zimu.toml", "profile = 'sub/house.toml'\n")
        .and("sub/house.toml", "max_lines = 9\n");
    desk.run(&["caption", "talk.txt"])
        .ends(2)
        .says("--> sub/house.toml:1:13")
        .says("zimu profiles --schema");
    desk.run(&[
        "caption",
        "talk.txt",
        "--profile",
        "ted",
        "-o",
        "zimu.toml",
        "--to",
        "srt",
    ])
    .ends(2)
    .says("zimu.toml: expected an output that is not the input, nor anything else that is read");
}

#[test]
fn the_settings_that_hold_are_shown() {
    let desk = Desk::with("zimu.toml", "profile = 'ted'\nlang = 'zh-hant'\n");
    let shown = desk.run(&["settings"]).ends(0).out;
    let expected = "zimu.toml\nprofile            ted\nlang               zh-Hant\n";
    assert_eq!(shown, expected);
    let none = Desk::new().run(&["settings"]).ends(0).out;
    assert_eq!(
        none,
        "no zimu.toml in this folder or above: the defaults hold\n"
    );
}

#[test]
fn the_schema_of_the_settings_is_json() {
    let schema = Desk::new().run(&["settings", "--schema"]).ends(0).out;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let keys = schema["properties"].as_object().expect("keys");
    assert!(keys.contains_key("profile") && keys.contains_key("lang"));
    assert_eq!(schema["additionalProperties"], serde_json::json!(false));
}

/// Where a reader would break it without knowing the name.
const NAMED: &str = "请看云上墨禾科技最新的报告\n";

#[test]
fn terms_are_not_broken() {
    let desk = Desk::with("talk.txt", NAMED)
        .and("terms.txt", "\u{feff}# 公司\n\n  云上墨禾科技 \r\n")
        .and("zimu.toml", "[terms]\nnever_split = ['请看云上墨禾科技']\n")
        .and("sub/talk.txt", NAMED);
    let narrow = "inherit = 'netflix-zh-hans'\nmax_cells_per_line = 9\n";
    let desk = desk.and("narrow.toml", narrow);
    let run = |desk: &Desk, more: &[&str]| {
        let mut arguments = vec!["caption", "talk.txt", "-o", "-", "--profile", "narrow.toml"];
        arguments.extend(more);
        desk.run(&arguments).ends(0).out
    };
    let shown = run(&desk, &[]);
    assert!(shown.contains("\n请看云上墨禾科技\n"), "{shown}");
    std::fs::remove_file(desk.path("zimu.toml")).expect("a file");
    let plain = run(&desk, &[]);
    assert!(!plain.contains("云上墨禾科技\n"), "{plain}");
    let shown = run(&desk, &["--terms", "terms.txt"]);
    assert!(shown.contains("云上墨禾科技\n"), "{shown}");
}

#[test]
fn faulty_terms_end_the_run() {
    let desk = Desk::with("talk.txt", TALK).and("zimu.toml", "[terms]\nnever_split = ['甲', '']\n");
    desk.run(&["caption", "talk.txt"])
        .ends(2)
        .says("--> zimu.toml:2:21")
        .says("expected a term on one line, no space around it, found \"\"");
    let desk = Desk::with("talk.txt", TALK).and("terms.txt", "甲\n");
    desk.run(&["caption", "talk.txt", "--terms", "gone.txt"])
        .ends(2)
        .says("gone.txt: expected a file to read");
    desk.run(&[
        "caption",
        "talk.txt",
        "--terms",
        "terms.txt",
        "-o",
        "terms.txt",
        "--to",
        "transcript",
    ])
    .ends(2)
    .says("terms.txt: expected an output that is not the input, nor anything else that is read");
    assert_eq!(desk.names(), ["talk.txt", "terms.txt"]);
}

#[test]
fn words_are_read_as_the_project_says() {
    let desk = Desk::with("talk.txt", "用zimu做AISystem\n");
    let explained = || {
        let ran = desk.run(&["caption", "talk.txt", "--explain", "timing"]);
        ran.ends(0).out
    };
    let before = explained();
    std::fs::write(
        desk.path("zimu.toml"),
        "[readings]\nzimu = 3\nAISystem = 'A I 系统'\n",
    )
    .expect("a file");
    let after = explained();
    assert_ne!(before, after);
    assert!(after.contains("9: han 4, word 3, letter 2"), "{after}");
    desk.run(&["settings"]).ends(0);
}

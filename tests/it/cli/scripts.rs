//! Simplified and Traditional: `--script`, `--also`, `--glossary`.

use super::{Desk, SRT};

/// Two utterances, with what each region says its own way.
const TALK: &str = "船上软件里面的帖子\n头发干净的干部后天来\n";

const SIMPLIFIED: &str = "1\n00:00:01,000 --> 00:00:02,000\n软件里面的茶馆\n\n";

/// The lines of text of a SubRip file.
fn lines(srt: &str) -> Vec<&str> {
    let lines = srt.lines();
    lines
        .filter(|line| line.chars().any(|c| c > '\u{4e00}'))
        .collect()
}

/// All but the lines of text.
fn frame(srt: &str) -> Vec<&str> {
    let lines = srt.lines();
    lines
        .filter(|line| !line.chars().any(|c| c > '\u{4e00}'))
        .collect()
}

#[test]
fn a_file_is_written_in_another_script_under_its_tag() {
    for (script, name, line) in [
        ("hant", "talk.zh-Hant.srt", "軟件裡面的茶館"),
        ("hant-tw", "talk.zh-Hant-TW.srt", "軟體裡面的茶館"),
        ("zh-HK", "talk.zh-Hant-HK.srt", "軟件裏面的茶館"),
    ] {
        let desk = Desk::with("talk.chs.srt", SIMPLIFIED);
        desk.run(&["convert", "talk.chs.srt", "--script", script])
            .ends(0)
            .says("1 of 1 lines of Chinese are written otherwise in ");
        assert_eq!(desk.names(), ["talk.chs.srt", name]);
        assert_eq!(desk.read(name), SIMPLIFIED.replace("软件里面的茶馆", line));
    }
    let desk = Desk::with(
        "talk.zh-TW.srt",
        SIMPLIFIED.replace("软件里面的茶馆", "軟體裡面的茶館"),
    );
    desk.run(&["convert", "talk.zh-TW.srt", "--script", "hans"])
        .ends(0);
    assert_eq!(desk.read("talk.zh-Hans.srt"), SIMPLIFIED);
}

#[test]
fn captions_are_written_in_several_scripts_at_once() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt", "--also", "zh-Hant,zh-TW,hant-hk"])
        .ends(0)
        .says("talk.txt → talk.zh-Hans.srt, talk.zh-Hant.srt, talk.zh-Hant-TW.srt, talk.zh-Hant-HK.srt: 2 cues");
    let first = desk.read("talk.zh-Hans.srt");
    assert_eq!(
        lines(&first),
        ["船上软件里面的帖子", "头发干净的干部后天来"]
    );
    for (name, expected) in [
        ("talk.zh-Hant.srt", "船上軟件裡面的帖子"),
        ("talk.zh-Hant-TW.srt", "船上軟體裡面的帖子"),
        ("talk.zh-Hant-HK.srt", "船上軟件裏面的帖子"),
    ] {
        let other = desk.read(name);
        assert_eq!(lines(&other), [expected, "頭髮乾淨的幹部後天來"]);
        assert_eq!(frame(&other), frame(&first));
    }
}

#[test]
fn a_pair_of_languages_has_a_name_for_each_script() {
    let desk = Desk::with("talk.txt", TALK).and("talk.en.txt", "Open it\nIn two days\n");
    let arguments = [
        "caption",
        "talk.txt",
        "--second",
        "talk.en.txt",
        "--also",
        "zh-Hant",
    ];
    desk.run(&arguments).ends(0);
    assert!(
        desk.read("talk.cht-en.srt")
            .contains("\n船上軟件裡面的帖子\nOpen it\n")
    );
    assert!(
        desk.read("talk.zh-en.srt")
            .contains("\n船上软件里面的帖子\nOpen it\n")
    );
    // That name is read as what it is.
    desk.run(&[
        "convert",
        "talk.cht-en.srt",
        "--script",
        "hans",
        "--to",
        "vtt",
    ])
    .ends(0);
    assert!(
        desk.read("talk.zh-en.vtt")
            .contains("\n<lang.zh zh-Hans>船上软件里面的帖子</lang>\n<lang.en en>Open it</lang>\n")
    );
}

/// What is short for several is the name of the first of them, or of the one that it says in full.
#[test]
fn each_of_several_scripts_has_a_name() {
    let caption = "caption in/talk.txt --second in/talk.en.txt -o by-caption/";
    let batch = "batch in -o by-batch/";
    for (options, made) in [
        (
            "--also hant,hant-hk,hant-tw",
            "talk.cht-en talk.zh-Hant-HK+en talk.zh-Hant-TW+en talk.zh-en",
        ),
        ("--also hant --top en", "talk.en+zh-Hant talk.en-zh"),
        (
            "--also hant-hk,hant --name-style jellyfin",
            "talk.ze talk.zh-Hant+en talk.zh-Hant-HK+en",
        ),
        (
            "--also hant-hk,hant --name-style jellyfin --layout separate",
            "talk.en talk.zh-Hans talk.zh-Hant-HK talk.zh-Hant",
        ),
    ] {
        let desk = Desk::with("in/talk.txt", TALK).and("in/talk.en.txt", "Hello\nOn captions\n");
        for command in [caption, batch] {
            let arguments = format!("{command} {options}");
            desk.run(&arguments.split(' ').collect::<Vec<_>>()).ends(0);
        }
        let names = desk.names();
        let names: Vec<_> = names
            .iter()
            .filter_map(|name| name.strip_prefix("by-caption/"))
            .collect();
        assert_eq!(names.join(" ").replace(".srt", ""), made, "{options}");
        for name in names {
            let of_batch = desk.read(&format!("by-batch/{name}"));
            assert_eq!(of_batch, desk.read(&format!("by-caption/{name}")));
        }
    }
    // Such a name is read as what it is.
    let desk = Desk::with("talk.zh-Hant-HK+en.srt", super::TALK_SRT);
    let to_vtt = ["convert", "talk.zh-Hant-HK+en.srt", "--to", "vtt"];
    desk.run(&to_vtt)
        .ends(0)
        .says("the name says zh-Hant-HK, ")
        .says("→ talk.zh-en.vtt");
}

#[test]
fn a_name_for_two_scripts_is_refused_before_anything_is_written() {
    let desk = Desk::with("talk.txt", TALK);
    for options in [
        &["--also", "zh-Hans"][..],
        &["--also", "zh-Hant", "--name-style", "plex"],
    ] {
        desk.run(&[&["caption", "talk.txt"], options].concat())
            .ends(2)
            .says("expected a name for each language and script, found this one for two");
    }
    for output in ["x.srt", "-"] {
        desk.run(&["caption", "talk.txt", "--also", "zh-Hant", "-o", output])
            .ends(2)
            .says("expected a folder (-o DIR/) for captions in 2 scripts, found one file");
    }
    assert_eq!(desk.names(), ["talk.txt"]);
}

#[test]
fn inputs_that_become_one_name_are_refused() {
    let desk = Desk::with("a.zh-Hans.srt", SIMPLIFIED).and("a.zh-CN.srt", SIMPLIFIED);
    desk.run(&[
        "convert",
        "a.zh-Hans.srt",
        "a.zh-CN.srt",
        "--script",
        "hant",
    ])
    .ends(2)
    .says("expected one input for each output");
    assert_eq!(desk.names(), ["a.zh-CN.srt", "a.zh-Hans.srt"]);
}

#[test]
fn a_glossary_goes_before_the_tables() {
    let desk = Desk::with("talk.zh-Hans.srt", SIMPLIFIED)
        .and("ours.tsv", "# 船队\n茶馆\n软件\t船載軟體\n")
        .and("more.tsv", "软件\t另一個\n里面\t裏頭\n");
    let run = [
        "convert",
        "talk.zh-Hans.srt",
        "--script",
        "hant-tw",
        "-o",
        "-",
    ];
    let with = |options: &[&str]| desk.run(&[&run[..], options].concat()).ends(0).out;
    let ours = with(&["--glossary", "ours.tsv"]);
    assert_eq!(lines(&ours), ["船載軟體裡面的茶馆"]);
    let both = with(&["--glossary", "ours.tsv", "--glossary", "more.tsv"]);
    assert_eq!(lines(&both), ["船載軟體裏頭的茶馆"]);
    let desk = desk.and("zimu.toml", "glossary = 'more.tsv'\n");
    let set = desk.run(&run).ends(0).out;
    assert_eq!(lines(&set), ["另一個裏頭的茶館"]);
    desk.run(&["settings"]).ends(0);
}

#[test]
fn a_glossary_that_is_none_is_told_with_its_place() {
    let desk = Desk::with("talk.txt", TALK).and("bad.tsv", "茶馆\n软件\t\n");
    desk.run(&[
        "caption",
        "talk.txt",
        "--script",
        "hant",
        "--glossary",
        "bad.tsv",
    ])
    .ends(2)
    .says("expected behind the tab what 软件 becomes, found nothing")
    .says("bad.tsv:2:1");
    desk.run(&["caption", "talk.txt", "--glossary", "bad.tsv"])
        .ends(2)
        .says("expected a script that --glossary is for");
    desk.run(&[
        "caption",
        "talk.txt",
        "--script",
        "hant",
        "--glossary",
        "none.tsv",
    ])
    .ends(2)
    .says("none.tsv: expected a file to read");
    let desk = desk.and("zimu.toml", "glossary = 'gone.tsv'\n");
    desk.run(&["caption", "talk.txt", "--script", "hant"])
        .ends(2)
        .says("expected a glossary, found none at gone.tsv")
        .says("zimu.toml:1:12");
}

#[test]
fn what_is_no_chinese_is_refused_and_what_is_in_it_already_stays() {
    let english = SRT.replace("你好", "hello");
    let desk = Desk::with("talk.en.srt", &english).and("talk.srt", SRT);
    desk.run(&["convert", "talk.en.srt", "--script", "hant", "-o", "-"])
        .ends(2)
        .says("expected lines in Chinese to write in another script, found none");
    let ran = desk.run(&[
        "convert", "talk.srt", "--script", "hant", "--lang", "zh-Hans", "-o", "-",
    ]);
    assert_eq!(ran.ends(0).out, SRT);
    desk.run(&["convert", "talk.srt", "--script", "simplified"])
        .ends(2)
        .says("expected one of hans, hant, hant-tw, hant-hk");
}

#[test]
fn lines_that_become_too_wide_are_told() {
    let words = "我们的程序员在船上修内存和互联网";
    let desk = Desk::with("talk.txt", format!("{words}\n茶\n"));
    let run = [
        "caption",
        "talk.txt",
        "--profile",
        "netflix-zh-hans",
        "-o",
        "-",
        "--script",
    ];
    desk.run(&[&run[..], &["hant-tw"]].concat()).ends(0).says(
        "talk.txt: in zh-Hant-TW lines of 1 cues are wider than the profile has room for: 1 (",
    );
    let quiet = desk.run(&[&run[..], &["hant"]].concat()).ends(0);
    assert!(!quiet.err.contains("wider"), "{}", quiet.err);
}

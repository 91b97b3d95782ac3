//! What the options say of how a transcript is written.

use super::Desk;

/// Labels that come once each: nothing in the text says that they are any.
const TWO_SPEAKERS: &str = "客人：一壶茶\n掌柜：马上来\n";

/// The captions of `talk.txt` in WebVTT, which names speakers.
fn vtt(talk: &str, options: &[&str]) -> String {
    let desk = Desk::with("talk.txt", talk);
    let arguments = [&["caption", "talk.txt", "-o", "-", "--to", "vtt"], options].concat();
    desk.run(&arguments).ends(0).out
}

#[test]
fn speakers_are_those_that_are_named() {
    let found_out = vtt(TWO_SPEAKERS, &[]);
    assert!(found_out.contains("\n客人：一壶茶\n"), "{found_out}");
    let both = vtt(TWO_SPEAKERS, &["--speakers", "客人,掌柜"]);
    assert!(both.contains("\n<v 客人>一壶茶\n"), "{both}");
    assert!(both.contains("\n<v 掌柜>马上来\n"), "{both}");
    let one = vtt(&TWO_SPEAKERS.repeat(3), &["--speakers", "客人"]);
    assert!(one.contains("\n<v 客人>掌柜：马上来\n"), "{one}");
}

const TALK: &str = "# 开场\n[0:02] [说话人：客人] 一壶茶\n”\n\n（笑声）\n";

#[test]
fn each_line_is_explained_instead_of_captioned() {
    let desk = Desk::with("talk.txt", TALK);
    let asked = ["caption", "talk.txt", "--explain=reading"];
    let ran = desk.run(&asked).ends(0);
    let lines = [
        "    1 heading     # 开场",
        "    2 words       [0:00:02.000] <客人> 一壶茶”",
        "    3 marks       ”",
        "    4 blank",
        "    5 sound       <客人> （笑声）",
    ];
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), lines);
    assert_eq!(desk.names(), ["talk.txt"]);
    let written = desk
        .run(&[&asked[..], &["-o", "talk.srt"]].concat())
        .ends(0);
    assert_eq!(written.out, ran.out);
    assert_eq!(desk.names(), ["talk.srt", "talk.txt"]);
}

#[test]
fn what_was_read_is_counted_where_there_is_some() {
    let desk = Desk::with("talk.txt", TALK).and("plain.txt", "一壶茶\n");
    let ran = desk.run(&["caption", "talk.txt"]).ends(0);
    ran.says("2 cues of 2 utterances, 1 times, 1 headings, 1 speaker turns, 1 repairs, ");
    let ran = desk.run(&["caption", "plain.txt"]).ends(0);
    ran.says("1 cues of 1 utterances, 0:00:01");
}

#[test]
fn captions_are_a_transcript_again() {
    let talk = "# 开场\n[说话人：客人] 一壶茶\n要热的\n\n[说话人：掌柜] 马上来\n";
    let desk = Desk::with("talk.txt", talk);
    desk.run(&["caption", "talk.txt", "-o", "talk.json"])
        .ends(0);
    let plain = ["convert", "talk.json", "--to", "transcript", "-o", "-"];
    // Captions have no paragraphs.
    assert_eq!(desk.run(&plain).ends(0).out, talk.replace("\n\n", "\n"));
    let timed = [
        "convert",
        "talk.json",
        "--to",
        "timed-transcript",
        "-o",
        "timed.txt",
    ];
    desk.run(&timed).ends(0);
    desk.run(&["caption", "timed.txt", "-o", "timed.json"])
        .ends(0);
    let starts = |name: &str| {
        let captions = desk.read(name);
        let starts = captions.split("{\"id\"").skip(1);
        let start = |cue: &str| cue.split(',').nth(1).map(str::to_owned);
        starts.map(start).collect::<Vec<_>>()
    };
    assert_eq!(starts("timed.json").len(), 3);
    assert_eq!(starts("timed.json"), starts("talk.json"));
}

#[test]
fn a_transcript_asks_for_the_times_that_would_help() {
    let talk = format!("甲：开始\n{}\n乙：完\n", "今天我们讲字幕\n".repeat(100));
    let desk = Desk::with("talk.txt", &talk);
    let asked = desk
        .run(&["anchors", "talk.txt", "--every", "1:00"])
        .ends(0);
    let guesses: Vec<_> = asked
        .out
        .lines()
        .filter(|line| line.starts_with("[?"))
        .collect();
    assert_eq!(
        guesses,
        ["[?0:00:00]", "[?0:01:00]", "[?0:02:00]", "[?0:02:41]"]
    );
    let words: Vec<_> = asked
        .out
        .lines()
        .filter(|line| !line.starts_with("[?"))
        .collect();
    assert_eq!(words.join("\n") + "\n", talk);
    // As it is, it changes nothing; a time that is written over a guess is met.
    let filled = asked.out.replace("[?0:01:00]", "[0:01:04.5]");
    let desk = desk.and("form.txt", &asked.out).and("filled.txt", filled);
    let captions = |name: &str| desk.run(&["caption", name, "-o", "-"]).ends(0);
    let starts = |out: &str| {
        let times = out.lines().filter_map(|line| line.split_once(" --> "));
        times.map(|(start, _)| start.to_owned()).collect::<Vec<_>>()
    };
    let plain = captions("form.txt").says("found one that is guessed");
    assert_eq!(starts(&plain.out), starts(&captions("talk.txt").out));
    assert!(starts(&captions("filled.txt").out).contains(&"00:01:04,500".to_owned()));
}

#[test]
fn the_time_of_each_line_is_explained() {
    let talk = "# 开场\n一共 25 个人\n（笑声）\n用 GPT 写的\n";
    let desk = Desk::with("talk.txt", talk);
    let asked = ["caption", "talk.txt", "--explain=timing", "--rate", "4"];
    let alone = desk.run(&asked).ends(0);
    let columns = |line: &str| {
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let lines: Vec<_> = alone.out.lines().skip(1).map(columns).collect();
    assert_eq!(
        lines[0][4..].join(" "),
        "×1.00 7: han 4 (function 2), number 3 一共 25 个人"
    );
    assert_eq!(
        lines[1][2..].join(" "),
        "2.000s 0.000s ×1.00 0: a sound （笑声）"
    );
    assert_eq!(
        lines[2][5..].join(" "),
        "6: han 3 (function 1), letter 3 用 GPT 写的"
    );
    let longer = desk
        .run(&[&asked[..], &["--duration", "0:10"]].concat())
        .ends(0);
    let stretch = |out: &str| columns(out.lines().nth(1).unwrap_or_default())[4].clone();
    assert!(stretch(&longer.out).as_str() > "×1.50", "{}", longer.out);
}

#[test]
fn how_sure_the_times_are_is_said_and_what_would_help() {
    let desk = Desk::with("talk.txt", "今天我们讲字幕\n".repeat(700));
    let desk = desk.and("short.txt", "今天我们讲字幕\n".repeat(30));
    let said = |talk: &str, options: &[&str]| {
        let arguments = [&["caption", talk, "-o", "-"], options].concat();
        desk.run(&arguments).ends(0).err
    };
    assert!(said("talk.txt", &[]).contains("the text alone (±30 %: a --duration or"));
    let known = said(
        "talk.txt",
        &[
            "--duration",
            "20:00",
            "--lead-in",
            "10s",
            "--lead-out",
            "10s",
        ],
    );
    let words = "(half of the lines within 6.9 s: a [m:ss] near 0:10:00 helps)";
    assert!(known.contains(words), "{known}");
    assert!(!said("short.txt", &["--duration", "0:50"]).contains("helps"));
}

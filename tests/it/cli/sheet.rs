//! `zimu sheet`: nothing that a translator wrote is lost, whatever was done to the captions since,
//! and whatever a spreadsheet did to the sheet.

use crate::cli::Desk;

pub(super) const TALK: &str = "1\n00:00:01,000 --> 00:00:03,000\n各位早上好\n\n\
    2\n00:00:03,500 --> 00:00:06,500\n今天我们坐船去对岸\n\n\
    3\n00:00:07,000 --> 00:00:09,000\n船票三块钱一张\n\n";

/// What a translator made of the sheet of it.
pub(super) const SHEET: &str = "id\tsource\ttarget\n\
    1\t各位早上好\tGood morning, everyone\n\
    2\t今天我们坐船去对岸\tToday we take the boat across\n\
    3\t船票三块钱一张\tA ticket is three yuan\n";

#[test]
fn a_sheet_goes_out_and_comes_back_in_every_form() {
    for ending in ["tsv", "csv", "po", "xlf"] {
        let desk = Desk::with("talk.srt", TALK);
        let name = format!("talk.{ending}");
        desk.run(&["sheet", "talk.srt", "-o", &name])
            .ends(0)
            .says("3 rows");
        let made = desk.read(&name);
        let desk = desk.and("first.tsv", SHEET);
        desk.run(&[
            "sheet",
            "--apply",
            "first.tsv",
            "talk.srt",
            "-o",
            "both.json",
        ])
        .ends(0);
        // Captions in two languages make a sheet that is filled.
        desk.run(&["sheet", "both.json", "-o", &format!("full.{ending}")])
            .ends(0)
            .says("3 translated already");
        assert_ne!(desk.read(&format!("full.{ending}")), made);
        let again = [
            "sheet",
            "--apply",
            &format!("full.{ending}"),
            "talk.srt",
            "-o",
            "-",
        ];
        let out = desk.run(&again).ends(0).says("3 of 3 cues translated").out;
        assert!(
            out.contains("今天我们坐船去对岸\nToday we take the boat across\n"),
            "{out}"
        );
    }
}

#[test]
fn work_in_a_sheet_is_not_written_over() {
    let desk = Desk::with("talk.srt", TALK).and("talk.tsv", SHEET);
    desk.run(&["sheet", "talk.srt", "-o", "talk.tsv"])
        .ends(2)
        .says("--overwrite");
    assert_eq!(desk.read("talk.tsv"), SHEET);
    desk.run(&["sheet", "talk.srt", "-o", "talk.tsv", "--overwrite"])
        .ends(0);
    assert_ne!(desk.read("talk.tsv"), SHEET);
}

#[test]
fn after_retiming_the_same_sheet_applies_again() {
    let desk = Desk::with("talk.srt", TALK).and("talk.tsv", SHEET);
    desk.run(&[
        "retime",
        "talk.srt",
        "--stretch",
        "0:01=0:11,0:07=0:19",
        "-o",
        "later.srt",
    ])
    .ends(0);
    desk.run(&["sheet", "--apply", "talk.tsv", "later.srt", "-o", "-"])
        .ends(0)
        .says("3 of 3 cues translated");
}

#[test]
fn after_captioning_anew_the_same_sheet_applies_again() {
    let desk = Desk::with(
        "talk.txt",
        "各位早上好\n今天我们坐船去对岸看一看那个很有名的老茶馆，然后我们再走回来\n船票三块钱一张\n",
    );
    desk.run(&[
        "caption",
        "talk.txt",
        "--duration",
        "0:30",
        "-o",
        "talk.json",
    ])
    .ends(0);
    desk.run(&["sheet", "talk.json", "-o", "talk.tsv"]).ends(0);
    let empty = desk.read("talk.tsv");
    let full: Vec<String> = empty
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if at > 0 {
                cells[4] = format!("one{at} two{at} three{at} four{at}");
            }
            cells.join("\t")
        })
        .collect();
    let desk = desk.and("talk.tsv", full.join("\n"));
    let caption = [
        "caption",
        "talk.txt",
        "--duration",
        "0:50",
        "--profile",
        "bilibili",
    ];
    desk.run(&[&caption[..], &["-o", "again.srt"]].concat())
        .ends(0);
    let run = desk
        .run(&["sheet", "--apply", "talk.tsv", "again.srt", "-o", "-"])
        .ends(0);
    for at in 1..full.len() {
        for word in ["one", "two", "three", "four"] {
            let word = format!("{word}{at}");
            assert_eq!(run.out.matches(&word).count(), 1, "{word} in {}", run.out);
        }
    }
}

#[test]
fn what_is_left_over_is_kept_beside_and_never_dropped() {
    let desk = Desk::with("talk.srt", TALK).and("talk.tsv", SHEET);
    let cut = TALK.replace("今天我们坐船去对岸", "大家先喝一杯热茶");
    let desk = desk.and("cut.srt", &cut);
    desk.run(&["sheet", "--apply", "talk.tsv", "cut.srt", "-o", "both.srt"])
        .ends(1)
        .says("talk.tsv:3:3")
        .says("talk.surplus.tsv: 1 translations that are left over");
    assert!(
        desk.read("talk.surplus.tsv")
            .contains("Today we take the boat across")
    );
    assert!(!desk.read("both.srt").contains("boat"));
    // What is left over later is kept with it.
    let desk = desk.and("cut.srt", cut.replace("船票三块钱一张", "猫和狗不要票"));
    desk.run(&[
        "sheet",
        "--apply",
        "talk.tsv",
        "cut.srt",
        "-o",
        "both.srt",
        "--overwrite",
    ])
    .ends(1);
    let kept = desk.read("talk.surplus.tsv");
    assert!(
        kept.contains("boat across") && kept.contains("three yuan"),
        "{kept}"
    );
    assert_eq!(kept.lines().count(), 3);
    // And applied where the words are back.
    desk.run(&[
        "sheet",
        "--apply",
        "talk.surplus.tsv",
        "talk.srt",
        "-o",
        "-",
    ])
    .ends(0)
    .says("2 of 3 cues translated");
    assert_eq!(
        desk.names(),
        [
            "both.srt",
            "cut.srt",
            "talk.srt",
            "talk.surplus.tsv",
            "talk.tsv"
        ]
    );
}

#[test]
fn what_is_left_over_stays_where_its_file_is_something_else() {
    let desk =
        Desk::with("talk.srt", TALK).and("talk.tsv", format!("{SHEET}9\tno such cue\tLost?\n"));
    let desk = desk.and("talk.surplus.tsv", "my notes\n");
    desk.run(&["sheet", "--apply", "talk.tsv", "talk.srt", "-o", "both.srt"])
        .ends(2)
        .says("expected what was left over of the sheet before");
    assert_eq!(desk.read("talk.surplus.tsv"), "my notes\n");
}

#[test]
fn changed_chinese_keeps_its_translation_and_is_told() {
    let changed = TALK.replace("船票三块钱一张", "船票是三块钱一张");
    let desk = Desk::with("talk.srt", changed).and("talk.tsv", SHEET);
    let arguments = ["sheet", "--apply", "talk.tsv", "talk.srt", "-o", "-"];
    let run = desk
        .run(&arguments)
        .ends(1)
        .says("talk.tsv:4:3")
        .says("93% alike");
    assert!(
        run.out
            .contains("船票是三块钱一张\nA ticket is three yuan\n"),
        "{}",
        run.out
    );
}

#[test]
fn fuzzy_rows_are_used_where_that_is_asked_for() {
    let desk = Desk::with("talk.srt", TALK).and(
        "talk.po",
        "#, fuzzy\nmsgid \"各位早上好\"\nmsgstr \"Good morning\"\n",
    );
    let arguments = ["sheet", "--apply", "talk.po", "talk.srt", "-o", "-"];
    let run = desk
        .run(&arguments)
        .ends(0)
        .says("talk.po:2:1")
        .says("--fuzzy");
    assert!(!run.out.contains("Good morning"));
    let run = desk.run(&[&arguments[..], &["--fuzzy"]].concat()).ends(0);
    assert!(run.out.contains("Good morning"));
}

#[test]
fn earlier_captions_fill_a_sheet() {
    let past = "1\n00:00:01,000 --> 00:00:03,000\n各位早上好\nGood morning!\n\n\
        2\n00:00:04,000 --> 00:00:07,000\n今天我们坐车去对岸\nToday we take the bus across\n\n";
    let desk = Desk::with("talk.srt", TALK)
        .and("past/ferry/one.srt", past)
        .and("past/notes.txt", "not captions");
    desk.run(&["sheet", "talk.srt", "--from", "past/", "-o", "talk.tsv"])
        .ends(0)
        .says("1 found among 2 translations, 1 like one");
    let sheet = desk.read("talk.tsv");
    assert!(
        sheet.contains("各位早上好\tGood morning!\t40\t\t"),
        "{sheet}"
    );
    assert!(
        sheet.contains(
            "对岸\tToday we take the bus across\t60\tfuzzy 88%\tlike: 今天我们坐车去对岸"
        ),
        "{sheet}"
    );
    desk.run(&[
        "sheet",
        "talk.srt",
        "--from",
        "past/ferry/one.srt",
        "-o",
        "talk.po",
    ])
    .ends(0);
    let po = desk.read("talk.po");
    assert!(po.contains("#. alike: 88%\n"), "{po}");
    assert!(
        po.contains("#, fuzzy\n#| msgid \"今天我们坐车去对岸\"\n"),
        "{po}"
    );
}

#[test]
fn earlier_captions_in_a_file_for_each_language_fill_a_sheet_too() {
    let english = "1\n00:00:01,000 --> 00:00:06,400\nGood morning! We cross by boat\n";
    let desk = Desk::with("past/one.zh-Hans.srt", TALK)
        .and("past/one.en.srt", english)
        .and("past/other.en.srt", english)
        .and("past/one.ja.srt", english.replace("Good", "お"))
        .and("talk.srt", TALK);
    desk.run(&["sheet", "talk.srt", "--from", "past/", "-o", "talk.tsv"])
        .ends(0)
        .says("2 found among 2 translations");
    assert!(desk.read("talk.tsv").contains("\tGood morning!\t"));
}

#[test]
fn what_is_no_sheet_is_refused() {
    let desk = Desk::with("talk.srt", TALK)
        .and(
            "torn.xlf",
            "<xliff version=\"2.0\">\n<file id=\"1\"></xliff>\n",
        )
        .and("plain.tsv", "甲\tA\n");
    for (arguments, says) in [
        (&["talk.srt"][..], "expected -o FILE"),
        (
            &["talk.srt", "-o", "talk.doc"],
            "one of .xlf, .po, .tsv, .csv",
        ),
        (
            &["talk.srt", "talk.srt", "-o", "talk.po"],
            "expected one file of captions",
        ),
        (
            &["talk.srt", "-o", "talk.po", "--to", "vtt"],
            "only with --apply",
        ),
        (
            &["--apply", "torn.xlf", "talk.srt", "-o", "-"],
            "torn.xlf:2:14",
        ),
        (
            &["--apply", "plain.tsv", "talk.srt", "-o", "-"],
            "plain.tsv:1:1",
        ),
        (
            &["--apply", "talk.srt", "talk.srt", "-o", "-"],
            "expected a sheet",
        ),
        (
            &["--apply", "none.po", "talk.srt", "-o", "-"],
            "expected a file to read",
        ),
        (
            &["talk.srt", "-o", "talk.srt"],
            "expected an ending of a sheet",
        ),
    ] {
        desk.run(&[&["sheet"], arguments].concat())
            .ends(2)
            .says(says);
    }
    assert_eq!(desk.names(), ["plain.tsv", "talk.srt", "torn.xlf"]);
}

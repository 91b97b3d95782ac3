//! `zimu sheet --apply` on captions that are not those of the sheet, or not only: translated in
//! part, or into another language, in the other script, cut and moved.

use crate::cli::Desk;
use crate::cli::sheet::{SHEET, TALK};

#[test]
fn a_sheet_in_another_language_leaves_the_first_one_as_it_is() {
    let desk = Desk::with("talk.srt", TALK)
        .and("en.tsv", SHEET)
        .and("de.tsv", "source\ttarget\n各位早上好\tGuten Morgen\n");
    desk.run(&["sheet", "--apply", "en.tsv", "talk.srt", "-o", "en.json"])
        .ends(0);
    let german = [
        "sheet",
        "--apply",
        "de.tsv",
        "en.json",
        "--second-lang",
        "de",
    ];
    let out = desk
        .run(&[&german[..], &["-o", "both.json"]].concat())
        .ends(0)
        .says("1 of 3 cues translated");
    assert!(!out.err.contains("another translation"), "{}", out.err);
    let both = desk.read("both.json");
    for line in [
        r#"{"language":"en","text":"Good morning, everyone"},{"language":"de","text":"Guten Morgen"}"#,
        r#"{"language":"en","text":"A ticket is three yuan"}"#,
    ] {
        assert!(both.contains(line), "{both}");
    }
    // What is not German is no German of a sheet.
    let made = ["sheet", "both.json", "--second-lang", "de", "-o", "-"];
    let sheet = desk.run(&made).ends(0).says("1 translated already").out;
    assert!(!sheet.contains("three yuan"), "{sheet}");
    let from = [
        "sheet",
        "talk.srt",
        "--from",
        "both.json",
        "--second-lang",
        "de",
    ];
    desk.run(&[&from[..], &["-o", "-"]].concat())
        .ends(0)
        .says("1 found among 1 translations");
}

#[test]
fn captions_of_which_few_are_translated_take_the_rest_of_their_sheet() {
    let (first, rest) = SHEET.split_at(SHEET.find("2\t").unwrap_or_default());
    let names = "id\tsource\ttarget\n";
    let desk = Desk::with("talk.srt", TALK)
        .and("first.tsv", first)
        .and("rest.tsv", format!("{names}{rest}"))
        .and("other.tsv", format!("{names}1\t各位早上好\tHello\n"));
    let apply = |sheet, captions, out| {
        let arguments = ["sheet", "--apply", sheet, captions, "-o", out];
        desk.run(&arguments).ends(0)
    };
    apply("first.tsv", "talk.srt", "one.srt").says("1 of 3 cues translated");
    apply("first.tsv", "one.srt", "same.srt").says("1 of 3 cues translated");
    assert_eq!(desk.read("same.srt"), desk.read("one.srt"));
    apply("other.tsv", "one.srt", "other.srt")
        .says("expected a cue without another translation, found Good morning, everyone");
    assert!(!desk.read("other.srt").contains("Good morning"));
    let desk = desk.and("all.tsv", SHEET);
    let arguments = ["sheet", "--apply", "all.tsv", "one.srt", "-o", "all.srt"];
    desk.run(&arguments).ends(0).says("3 of 3 cues translated");
    assert_eq!(desk.read("all.srt").matches("Good morning").count(), 1);
}

#[test]
fn a_sheet_is_of_the_other_script_too() {
    let desk = Desk::with("talk.srt", TALK).and("talk.tsv", SHEET).and(
        "first.tsv",
        SHEET.split_inclusive('\n').take(2).collect::<String>(),
    );
    desk.run(&["convert", "talk.srt", "--script", "hant-tw", "-o", "tw.srt"])
        .ends(0);
    let apply = |captions, sheet, out| {
        desk.run(&["sheet", "--apply", sheet, captions, "-o", out])
            .ends(0)
    };
    apply("tw.srt", "talk.tsv", "both.srt").says("3 of 3 cues translated");
    let both = desk.read("both.srt");
    assert!(
        both.contains("今天我們坐船去對岸\nToday we take the boat across\n"),
        "{both}"
    );
    // Where few cues are translated yet as well.
    apply("tw.srt", "first.tsv", "one.srt").says("1 of 3 cues translated");
    apply("one.srt", "talk.tsv", "all.srt").says("3 of 3 cues translated");
    assert_eq!(desk.read("all.srt"), both);
}

#[test]
fn a_row_that_went_past_another_is_not_shown_below_its_words() {
    let rows = [
        "江边的老茶馆今天开门了",
        "买票请排队",
        "对",
        "江边的船八点开了",
    ];
    let cues = ["买票请排队江边的老茶", "馆今天开门了", "对江边的船八点开了"];
    let sheet = |(at, words): (usize, &&str)| format!("{words}\trow{at}\n");
    let cue = |(at, words): (usize, &&str)| {
        format!(
            "{}\n00:00:0{at},000 --> 00:00:0{at},900\n{words}\n\n",
            at + 1
        )
    };
    let sheet: String = rows.iter().enumerate().map(sheet).collect();
    let desk = Desk::with("talk.tsv", format!("source\ttarget\n{sheet}"));
    let desk = desk.and(
        "talk.srt",
        cues.iter().enumerate().map(cue).collect::<String>(),
    );
    let arguments = ["sheet", "--apply", "talk.tsv", "talk.srt", "-o", "-"];
    let out = desk.run(&arguments).ends(1).out;
    assert!(!out.contains("馆今天开门了\nrow1"), "{out}");
    let kept = desk.read("talk.surplus.tsv");
    for at in 0..rows.len() {
        let row = format!("row{at}");
        let found = (out.matches(&row).count(), kept.matches(&row).count());
        assert_eq!(found.0 + found.1, 1, "{row}: {out}{kept}");
    }
}

#[test]
fn two_who_speak_keep_a_line_each() {
    let desk = Desk::with("talk.srt", TALK).and(
        "talk.csv",
        "source,target\n各位早上好,\"- Good morning!\r- Good morning.\"\n",
    );
    desk.run(&[
        "sheet",
        "--apply",
        "talk.csv",
        "talk.srt",
        "-o",
        "both.json",
    ])
    .ends(0);
    for ending in ["tsv", "csv", "po", "xlf"] {
        let name = format!("again.{ending}");
        desk.run(&["sheet", "both.json", "-o", &name]).ends(0);
        let arguments = ["sheet", "--apply", &name, "both.json", "-o", "-"];
        let run = desk.run(&arguments).ends(0);
        let said = "各位早上好\n- Good morning!\n- Good morning.\n";
        assert!(run.out.contains(said), "{name}: {}", run.out);
        assert!(!run.err.contains("another translation"), "{}", run.err);
    }
}

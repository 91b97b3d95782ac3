//! What holds for one talk of a catalogue, and what all of them are made by.

use super::Desk;
use super::batch::{batch, made, shelf};

#[test]
fn a_talk_may_have_settings_of_its_own() {
    let toml = "duration = '0:30'\nlang = 'zh-Hant'\nsecond = ''\n";
    let desk = shelf().and("in/b.zimu.toml", toml);
    batch(&desk, &[]).ends(0);
    assert!(desk.read("out/b.zh-Hant.srt").contains("--> 00:00:30,000"));
    let desk = desk.and("in/b.zimu.toml", "duration = '30'\nprofil = 'ted'\n");
    batch(&desk, &[])
        .ends(1)
        .says("in/b.zimu.toml:2:1: expected one of the keys");
}

#[test]
fn a_table_may_name_the_talks() {
    let table = "path,duration,language,profile,voice\nb.txt,0:20,,ted,\ngone.txt,,,,\n";
    let desk = shelf().and("in/list.csv", table);
    let ran = desk.run(&["batch", "in/list.csv", "-o", "out"]).ends(1);
    assert!(
        ran.err.contains("in/gone.txt: expected a transcript"),
        "{}",
        ran.err
    );
    assert_eq!(made(&desk), ["out/b.zh-en.srt"]);
    assert!(desk.read("out/b.zh-en.srt").contains("--> 00:00:20,000"));
    let desk = desk.and(
        "in/list.json",
        r#"[{"path": "a/talk.txt", "duration": 9.5}]"#,
    );
    desk.run(&["batch", "in/list.json", "-o", "out"]).ends(0);
    assert!(
        desk.read("out/a/talk.zh-Hans.srt")
            .contains("--> 00:00:09,500")
    );
}

/// A profile is more than its own file: what it builds on, and the one of the second language.
#[test]
fn a_talk_is_made_again_where_a_profile_comes_to_something_else() {
    let desk = shelf()
        .and(
            "mine.toml",
            "inherit = 'house.toml'\nsecond = 'theirs.toml'\n",
        )
        .and("house.toml", "inherit = 'ted'\n")
        .and("theirs.toml", "max_cells_per_line = 30\n")
        .and("in/b.zimu.toml", "profile = 'b.toml'\n")
        .and("in/b.toml", "inherit = 'base.toml'\n")
        .and("in/base.toml", "inherit = 'ted'\n");
    let made = |desk: &Desk, talks: &str| {
        batch(desk, &["--profile", "mine.toml"])
            .ends(0)
            .prints(talks);
    };
    made(&desk, "2 talks: 2 made");
    made(&desk, "0 made, 2 unchanged");
    let desk = desk.and("theirs.toml", "max_cells_per_line = 8\n");
    made(&desk, "2 made, 0 unchanged");
    let desk = desk.and("house.toml", "inherit = 'ted'\nmax_cps = 5\n");
    made(&desk, "2 made, 0 unchanged");
    let desk = desk.and("in/base.toml", "inherit = 'ted'\nmax_cps = 5\n");
    made(&desk, "1 made, 1 unchanged");
    // A comment limits nothing.
    let desk = desk.and("theirs.toml", "# narrow\nmax_cells_per_line = 8\n");
    made(&desk, "0 made, 2 unchanged");
}

/// Whoever wrote the captions, and whenever.
#[test]
fn captions_are_checked_as_they_stand() {
    let long = "渡船每天早上六点从码头出发。".repeat(9);
    let desk = Desk::with("in/a.txt", format!("[00:01] {long}\n[00:02] 好。\n"))
        .and("in/b.txt", "渡船从码头出发。\n")
        .and("in/c.txt", "");
    let batch = [
        "batch",
        "in",
        "-o",
        "out",
        "--to",
        "vtt,srt,chapters",
        "--lint",
    ];
    let lint = |more: &[&str]| {
        let ran = desk.run(&[&batch[..], &["--report", "csv"], more].concat());
        let mut rows = csv::Reader::from_reader(ran.out.as_bytes());
        let heads = rows.headers().expect("heads").clone();
        let column = |name| {
            heads
                .iter()
                .position(|head| head == name)
                .expect("a column")
        };
        let columns = ["input", "lint_errors", "lint_warnings", "lint_notes"].map(column);
        let rows = rows.records().map(|row| {
            let row = row.expect("a row");
            columns.map(|column| row[column].to_owned())
        });
        rows.collect::<Vec<_>>()
    };
    let made = lint(&[]);
    assert_eq!(made[1], ["b.txt", "0", "0", "0"]);
    assert_eq!(made[2], ["c.txt", "", "", ""]);
    assert_ne!(
        made[0][1..],
        made[1][1..],
        "nothing found in what is too fast"
    );
    for more in [&[][..], &["--dry-run"], &["--check"], &["--overwrite"]] {
        assert_eq!(lint(more), made, "{more:?}");
    }
    // Of a fix it is the fix.
    let srt = desk.read("out/b.zh-Hans.srt");
    let cue = srt.trim_start_matches("1\n");
    std::fs::write(
        desk.path("out/b.zh-Hans.vtt"),
        format!("WEBVTT\n\n{}\n\n{0}", cue.trim().replace(',', ".")),
    )
    .unwrap();
    let fixed = lint(&[]);
    assert_eq!(fixed[0], made[0]);
    assert_ne!(fixed[1], made[1]);
    // What is no longer captions is told.
    std::fs::write(desk.path("out/b.zh-Hans.vtt"), "mine\n").unwrap();
    let ran = desk.run(&batch);
    assert!(ran.err.contains("not checked: "), "{}", ran.err);
    // What changes is checked as it is afterwards.
    let desk = desk.and("in/a.txt", "渡船从码头出发。\n");
    let ran = desk.run(&["batch", "in", "-o", "out", "--to", "srt", "--lint"]);
    assert!(
        ran.out.contains("0 errors, 0 warnings and 0 notes"),
        "{}",
        ran.out
    );
}

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

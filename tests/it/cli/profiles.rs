//! `zimu profiles show`, and profiles that build on other files.

use super::{Desk, TALK};

/// A profile that builds on another, in a folder of its own.
const HOUSE: &str = "inherit = 'sub/base.toml'\nmax_cps = 8   # agreed in March\n";
const BASE: &str = "inherit = 'netflix-zh-hant'\nmin_gap_ms = 40\n";

fn desk() -> Desk {
    Desk::with("house.toml", HOUSE).and("sub/base.toml", BASE)
}

#[test]
fn a_profile_is_shown_with_who_says_each_key() {
    let shown = Desk::new()
        .run(&["profiles", "show", "netflix-zh-hant"])
        .ends(0)
        .out;
    for line in [
        "# netflix-zh-hant: Chinese (Traditional) Timed Text Style Guide",
        "linebreak = \"basic\"                 # our advice",
        "# from netflix-zh-hans: Chinese (Simplified) Timed Text Style Guide",
        "max_cells_per_line = 16             # verified",
        "max_cps = 9                         # quoted: adult programmes",
        "# from defaults: under every profile; what is not here has no limit",
        "# not set: max_chars_per_cue, max_cues, min_gap_ms, min_line_balance_percent",
    ] {
        assert!(shown.lines().any(|found| found == line), "{line}\n{shown}");
    }
}

/// A user's own file too, with the comments that stand in it.
#[test]
fn what_is_shown_is_a_profile_s_file() {
    let desk = desk();
    let shown = desk.run(&["profiles", "show", "house.toml"]).ends(0).out;
    let begins = "# house.toml\nmax_cps = 8                         # agreed in March\n\n\
        # from sub/base.toml\nmin_gap_ms = 40\n\n# from netflix-zh-hant: ";
    assert!(shown.starts_with(begins), "{shown}");
    let desk = desk.and("flat.toml", &shown).and("talk.txt", TALK);
    let captions = |profile: &str| {
        let arguments = ["caption", "talk.txt", "-o", "-", "--profile", profile];
        desk.run(&arguments).ends(0).out
    };
    assert_eq!(captions("house.toml"), captions("flat.toml"));
}

/// Which profile holds here is what is shown where none is named.
#[test]
fn the_profile_of_the_settings_is_shown() {
    let desk = desk().and("zimu.toml", "profile = 'house.toml'\n");
    let shown = desk.run(&["profiles", "show"]).ends(0).out;
    assert!(shown.starts_with("# house.toml\n"), "{shown}");
    let shown = Desk::new().run(&["profiles", "show"]).ends(0).out;
    assert!(shown.starts_with("# youtube: "), "{shown}");
}

#[test]
fn what_a_profile_cannot_build_on_is_shown_where_it_stands() {
    let run = |base: &str| {
        let desk = desk().and("sub/base.toml", base).and("talk.txt", TALK);
        let ran = desk
            .run(&["caption", "talk.txt", "--profile", "house.toml"])
            .ends(2);
        assert_eq!(desk.names(), ["house.toml", "sub/base.toml", "talk.txt"]);
        ran.says("zimu profiles --schema")
    };
    run("max_lines = 1\ninherit = '../house.toml'\n")
        .says("--> sub/base.toml:2:11")
        .says("expected profiles that build on one another in no circle");
    run("inherit = 'gone.toml'\n")
        .says("--> sub/base.toml:1:11")
        .says("expected a profile's file, found none at sub/gone.toml");
    run("max_cps = 0\n")
        .says("--> sub/base.toml:1:11")
        .says("expected a whole number from 1 to 100, found 0");
    Desk::new()
        .run(&["profiles", "show", "tiktok"])
        .ends(2)
        .says("expected one of the profiles asis, bilibili, ");
}

/// The profile of the second language may be a file too, from the folder of whoever names it.
#[test]
fn the_second_language_has_limits_of_its_own_file() {
    let both = "1\n00:00:01,000 --> 00:00:03,000\n渡船靠岸了\nThe ferry has landed\n\n\
        2\n00:00:04,000 --> 00:00:06,000\n茶泡好了\nThe tea is ready\n\n";
    let desk = desk()
        .and("talk.srt", both)
        .and("sub/base.toml", "second = 'latin.toml'\n")
        .and(
            "sub/latin.toml",
            "max_cells_per_line = 9\nmin_duration_ms = 5000\n",
        );
    let ran = desk
        .run(&["check", "talk.srt", "--profile", "house.toml"])
        .ends(1);
    // Twenty letters are ten cells; times are the first's.
    assert!(
        ran.out
            .contains("expected a line of at most 9 cells, found 10"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .ends_with("0 errors, 1 warning and 0 notes in 1 file\n"),
        "{}",
        ran.out
    );
}

//! What a profile says, what it builds on, and what is said of one that is none.

use super::*;

#[test]
fn every_profile_of_the_table_can_be_built() {
    let names = Profile::names().unwrap();
    for needed in [
        "asis",
        "bilibili",
        "netflix-zh-hans",
        "netflix-zh-hant",
        "ted",
        "youtube",
    ] {
        assert!(names.iter().any(|name| name == needed), "{needed}");
    }
    for name in names {
        let profile = Profile::named(&name).unwrap();
        assert_eq!(profile.name, name);
    }
}

#[test]
fn keys_are_inherited_and_the_defaults_come_last() {
    let traditional = Profile::named("netflix-zh-hant").unwrap();
    let simplified = Profile::named("netflix-zh-hans").unwrap();
    assert_eq!(traditional.max_cps, simplified.max_cps);
    assert_eq!(
        (simplified.linebreak, traditional.linebreak),
        (Some(BreakLevel::Gb), Some(BreakLevel::Basic))
    );
    assert_eq!(traditional.linger_ms, 150);
}

#[test]
fn a_value_out_of_range_is_an_error_with_its_place() {
    let toml = "max_lines = 2\nmax_cps = 0\n";
    assert_eq!(
        misfit(toml),
        (
            "expected a whole number from 1 to 100, found 0".to_owned(),
            "0"
        )
    );
}

/// What is said of a user's profile, and the text that it is said at.
fn misfit(toml: &str) -> (String, &str) {
    match Profile::from_toml("mine", toml).unwrap_err() {
        ProfileError::Toml(TomlError { message, span }) => (message, span.of(toml)),
        error @ ProfileError::Unknown { .. } => panic!("{error}"),
    }
}

#[test]
fn a_profile_that_is_not_there_is_an_error_at_its_name() {
    for toml in ["inherit = 'tiktok'", "max_cps = 9\nsecond = 'tiktok'"] {
        let (message, at) = misfit(toml);
        assert!(message.ends_with("found \"tiktok\""), "{message}");
        assert_eq!(at, "'tiktok'");
    }
}

#[test]
fn a_gap_in_one_unit_is_none_in_the_other() {
    let gap = |toml: &str| Profile::from_toml("mine", toml).unwrap().min_gap_ms;
    assert_eq!(gap("inherit = 'netflix-en'"), 83);
    assert_eq!(gap("inherit = 'netflix-en'\nmin_gap_ms = 0"), 0);
    assert_eq!(gap("inherit = 'netflix-en'\ndefault_fps = '25'"), 80);
    assert_eq!(
        gap("min_gap_frames = 2\ndefault_fps = '25'\nmin_gap_ms = 9"),
        80
    );
}

#[test]
fn frames_without_a_rate_are_an_error() {
    let (message, at) = misfit("inherit = 'ted'\nmin_gap_frames = 2\n");
    assert!(message.contains("default_fps"), "{message}");
    assert_eq!(at, "2");
}

#[test]
fn a_least_above_the_most_is_an_error_at_what_was_given() {
    for (toml, found, place) in [
        (
            "min_duration_ms = 900\nmax_duration_ms = 800",
            "900 and 800",
            "900",
        ),
        (
            "inherit = 'ted'\nmin_duration_ms = 9000",
            "9000 and 7000",
            "9000",
        ),
        (
            "inherit = 'ted'\nmax_duration_ms = 800",
            "1000 and 800",
            "800",
        ),
    ] {
        let (message, at) = misfit(toml);
        assert!(message.ends_with(found), "{message}");
        assert_eq!(at, place);
    }
}

#[test]
fn marks_that_are_none_are_an_error_with_their_place() {
    for (toml, found, place) in [
        ("ellipsis = '….字'", "marks, found '字'", "'….字'"),
        (
            "ellipsis = '....'",
            "without a space, found \"....\"",
            "'....'",
        ),
        (
            "quotes = ['“', '”']",
            "marks or none, found 2",
            "['“', '”']",
        ),
        (
            "quotes = ['“”', '”', '‘', '’']",
            "a character, found \"“”\"",
            "'“”'",
        ),
        ("quotes = '“'", "expected a list, found \"“\"", "'“'"),
        (
            "forbid_sequences = ['？。']",
            "？ and ！, found \"？。\"",
            "['？。']",
        ),
        (
            "name_dot = '··'",
            "one mark in quotes, found \"··\"",
            "'··'",
        ),
        ("name_dot = '点'", "marks, found '点'", "'点'"),
        (
            "dialogue_dash = ' -'",
            "a dash in quotes, found \" -\"",
            "' -'",
        ),
        (
            "forbid_styles = ['blink']",
            "`underline`, `ruby`, found `blink`",
            "'blink'",
        ),
        (
            "punctuation = 'half'",
            "expected `keep` or `full`, found `half`",
            "'half'",
        ),
    ] {
        let (message, at) = misfit(toml);
        assert!(message.ends_with(found), "{message}");
        assert_eq!(at, place);
    }
}

/// What is inherited can be given up.
#[test]
fn marks_can_be_left_as_they_are_written() {
    let toml = "inherit = 'netflix-zh-hant'\nellipsis = ''\nquotes = []\nforbid_sequences = []";
    let mine = Profile::from_toml("mine", toml).unwrap();
    assert!(mine.ellipsis.is_empty() && mine.forbid_sequences.is_empty());
    assert_eq!(mine.quotes, None);
}

#[test]
fn a_gap_in_frames_is_the_nearest_millisecond() {
    let gap = |toml: &str| Profile::from_toml("mine", toml).unwrap().min_gap_ms;
    assert_eq!(gap("min_gap_frames = 2\ndefault_fps = '24000/1001'"), 83);
    assert_eq!(gap("min_gap_frames = 2\ndefault_fps = '25'"), 80);
    assert_eq!(gap("min_gap_ms = 40"), 40);
}

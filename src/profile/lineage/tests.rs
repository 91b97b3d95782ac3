//! What a profile builds on: names, files, and files that build on files.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

/// The profile of `own.toml` beside other files.
fn lineage(own: &str, others: &[(&str, &str)]) -> Result<Lineage, ProfileFault> {
    let others: BTreeMap<&Path, &str> = others
        .iter()
        .map(|(path, toml)| (Path::new(*path), *toml))
        .collect();
    let own = ProfileFile {
        path: "own.toml".into(),
        toml: own.to_owned(),
    };
    Lineage::from_file(&own, |path| {
        let toml = others.get(path).map(|toml| (*toml).to_owned());
        toml.ok_or_else(|| format!("expected a file, found none at {}", path.display()))
    })
}

/// What is wrong, in which file, and the text that it is said at.
fn fault(own: &str, others: &[(&str, &str)]) -> (String, String, String) {
    let ProfileFault { file, error } = lineage(own, others).unwrap_err();
    let at = error.span.of(&file.toml).to_owned();
    (file.path.display().to_string(), error.message, at)
}

#[test]
fn every_key_of_the_table_has_its_basis() {
    for name in Profile::names().unwrap() {
        for generation in Lineage::named(&name).unwrap().generations {
            for key in &generation.keys {
                assert!(key.basis.is_some(), "{}: {key}", generation.name);
            }
        }
    }
}

#[test]
fn every_second_of_the_table_is_a_profile() {
    for name in Profile::names().unwrap() {
        if let Some(second) = Profile::named(&name).unwrap().second {
            assert!(Profile::named(&second).is_ok(), "{name}: {second}");
        }
    }
}

/// What is neither set nor a limit would be set in two places.
#[test]
fn what_the_defaults_leave_out_is_a_limit_or_the_language_s() {
    let toml = Lineage::named("asis").unwrap().to_toml();
    let unset = toml
        .lines()
        .last()
        .unwrap()
        .strip_prefix("# not set: ")
        .unwrap();
    let limits = |key: &&str| !key.starts_with("max_") && !key.starts_with("min_");
    let others: Vec<_> = unset.split(", ").filter(limits).collect();
    assert_eq!(
        others,
        ["default_fps", "linebreak", "out_time_extend_ms", "second"]
    );
}

#[test]
fn what_is_shown_of_a_profile_is_the_profile_and_says_as_much() {
    for name in Profile::names().unwrap() {
        let named = Lineage::named(&name).unwrap();
        let again = lineage(&named.to_toml(), &[]).unwrap();
        let profile = Profile {
            name: name.clone(),
            ..again.profile.clone()
        };
        assert_eq!(profile, named.profile);
        let keys = |lineage: &Lineage| -> BTreeMap<String, Key> {
            let keys = lineage
                .generations
                .iter()
                .flat_map(|generation| &generation.keys);
            keys.map(|key| (key.name.clone(), key.clone())).collect()
        };
        assert_eq!(keys(&again), keys(&named), "{name}");
    }
}

#[test]
fn the_nearest_of_several_files_holds() {
    let others = [
        (
            "sub/house.toml",
            "inherit = '../base.toml'\nmax_cps = 8 # agreed\nmax_lines = 1\n",
        ),
        (
            "sub/../base.toml",
            "inherit = 'ted'\nmax_cps = 7\nmin_gap_ms = 40\nsecond = 'latin.toml'\n",
        ),
    ];
    let found = lineage("max_lines = 3\ninherit = 'sub/house.toml'\n", &others).unwrap();
    let Profile {
        max_lines,
        max_cps,
        max_cells_per_line,
        second,
        ..
    } = &found.profile;
    assert_eq!(
        (*max_lines, *max_cps, *max_cells_per_line),
        (3, Some(8), Some(16))
    );
    assert_eq!(second.as_deref(), Some("sub/../latin.toml"));
    let names: Vec<_> = found.generations.iter().map(|one| &*one.name).collect();
    assert_eq!(
        names,
        [
            "own.toml",
            "sub/house.toml",
            "sub/../base.toml",
            "ted",
            "defaults"
        ]
    );
    let Key {
        name, basis, note, ..
    } = &found.generations[1].keys[0];
    assert_eq!((&**name, basis, &**note), ("max_cps", &None, "agreed"));
    assert_eq!(found.files.len(), 3);
}

#[test]
fn what_nothing_can_build_on_is_an_error_with_its_place() {
    let circle = [("sub/a.toml", "inherit = '../own.toml'")];
    let (file, message, at) = fault("inherit = 'sub/a.toml'", &circle);
    assert_eq!((&*file, &*at), ("sub/a.toml", "'../own.toml'"));
    assert_eq!(
        message,
        "expected profiles that build on one another in no circle, found sub/../own.toml again"
    );

    let (file, message, at) = fault("\ninherit = 'gone.toml'", &[]);
    assert_eq!((&*file, &*at), ("own.toml", "'gone.toml'"));
    assert_eq!(message, "expected a file, found none at gone.toml");

    let (file, message, at) = fault("inherit = 'a.toml'", &[("a.toml", "max_cps = 0")]);
    assert_eq!((&*file, &*at), ("a.toml", "0"));
    assert_eq!(message, "expected a whole number from 1 to 100, found 0");

    let (file, message, at) = fault("inherit = 'a.toml'", &[("a.toml", "inherit = 'defaults'")]);
    assert_eq!((&*file, &*at), ("a.toml", "'defaults'"));
    assert!(
        message.starts_with("expected one of the profiles asis, "),
        "{message}"
    );
}

#[test]
fn files_that_build_on_one_another_are_eight_at_most() {
    let above = |number: usize| format!("inherit = '{}.toml'", number + 1);
    let files: Vec<(String, String)> = (1..=8)
        .map(|number| (format!("{number}.toml"), above(number)))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, toml)| (&**path, &**toml))
        .collect();
    let (file, message, at) = fault("inherit = '1.toml'", &files);
    assert_eq!((&*file, &*at), ("7.toml", "'8.toml'"));
    assert_eq!(
        message,
        "expected at most 8 files that build on one another, found one more: 8.toml"
    );
    let seven = [&files[..6], &[("7.toml", "inherit = 'asis'")]].concat();
    assert_eq!(
        lineage("inherit = '1.toml'", &seven).unwrap().files.len(),
        8
    );
}

/// Lines that a profile may have, in any order and number.
const LINES: [&str; 14] = [
    "max_cells_per_line = 12",
    "max_lines = 2 # ours",
    "max_cps = 9   # verified: by eye",
    "count = 'all'",
    "min_duration_ms = 500",
    "min_gap_ms = 40",
    "min_gap_frames = 2",
    "default_fps = '25'",
    "linger_ms = 0 #",
    "second = 'sub/latin.toml'",
    "line_end_forbidden = '。\"#'   # quoted",
    "inline_replace = { '，' = ' ', '。' = '' } # a # b",
    "quotes = [\n  '“', '”', # outer\n  '‘', '’', # inner\n] # common practice",
    "forbid_sequences = []",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_comes_back_from_what_is_shown_of_it(
        own in subsequence(&LINES[..], 0..LINES.len()).prop_shuffle(),
        house in subsequence(&LINES[..], 0..LINES.len()).prop_shuffle(),
        parent in select(Profile::names().unwrap()),
    ) {
        let own = format!("inherit = 'sub/house.toml'\n{}", own.join("\n"));
        let house = format!("{}\ninherit = '{parent}'", house.join("\n"));
        // Frames need a rate.
        let Ok(found) = lineage(&own, &[("sub/house.toml", &house)]) else { return Ok(()) };
        let again = lineage(&found.to_toml(), &[]).unwrap();
        prop_assert_eq!(again.profile, found.profile);
    }

    #[test]
    fn any_text_is_a_profile_or_an_error(own in "\\PC*|(([a-z_]{1,9}|max_cps|quotes|inherit) ?= ?['\"\\[{]?[0-9a-z.，]{0,4}['\"\\]}]? ?#?\n){0,4}") {
        if let Ok(found) = lineage(&own, &[]) {
            let again = lineage(&found.to_toml(), &[]).unwrap();
            prop_assert_eq!(again.profile, found.profile);
        }
    }
}

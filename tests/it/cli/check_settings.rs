//! `[check]` in `zimu.toml`: what holds for a project, for some of its files, and for one run.

use super::{Desk, Ran};

/// 40 ms, too short a gap, and a mark that Netflix drops at the end of a line.
const TALK: &str = "1\n00:00:01,000 --> 00:00:02,000\n渡船靠岸了\n\n\
    2\n00:00:02,040 --> 00:00:04,000\n茶泡好了。\n\n";

const GAP: &str = "warning[gap]";
const MARK: &str = "warning[trailing-punctuation]";

/// The rules that have found something, by file.
fn found(ran: &Ran) -> Vec<(String, String)> {
    let lines: Vec<&str> = ran.out.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let (rule, _) = pair[0].split_once(": ")?;
        let place = pair[1].trim_start().strip_prefix("--> ")?;
        Some((place.split(':').next()?.to_owned(), rule.to_owned()))
    });
    pairs.collect()
}

fn desk(toml: &str) -> Desk {
    let profile = "profile = 'netflix-zh-hans'\n";
    Desk::with("zimu.toml", format!("{profile}{toml}"))
        .and("new/talk.srt", TALK)
        .and("old/one/talk.srt", TALK)
        .and("old/talk.ted.srt", TALK)
}

/// Checks all files, and gives what is found in each.
fn all(toml: &str, more: &[&str], code: i32) -> [Vec<String>; 3] {
    let desk = desk(toml);
    let ran = desk
        .run(&[&["check", "new", "old"], more].concat())
        .ends(code);
    let found = found(&ran);
    ["new/talk.srt", "old/one/talk.srt", "old/talk.ted.srt"].map(|file| {
        let rules = found.iter().filter(|(path, _)| path == file);
        rules.map(|(_, rule)| rule.clone()).collect()
    })
}

#[test]
fn a_project_says_which_rules_hold() {
    let each = |rules: &[&str]| {
        let rules: Vec<_> = rules.iter().map(|&rule| rule.to_owned()).collect();
        [rules.clone(), rules.clone(), rules]
    };
    assert_eq!(all("", &[], 1), each(&[GAP, MARK]));
    let ignore = "[check]\nignore = ['gap']\n";
    assert_eq!(all(ignore, &[], 1), each(&[MARK]));
    assert_eq!(
        all("[check]\nonly = ['gap', 'overlap']\n", &[], 1),
        each(&[GAP])
    );
    assert_eq!(
        all("[check]\nmax_severity = 'warning'\n", &[], 0),
        each(&[GAP, MARK])
    );
    // The command line goes last: it says which rules hold, or takes more away.
    assert_eq!(all(ignore, &["--only", "gap"], 1), each(&[GAP]));
    assert_eq!(
        all(ignore, &["--ignore", "trailing-punctuation"], 0),
        each(&[])
    );
    let tolerant = "[check]\nmax_severity = 'error'\n";
    assert_eq!(
        all(tolerant, &["--max-severity", "none"], 1),
        each(&[GAP, MARK])
    );
    // 40 ms are one frame of 25, and as many milliseconds are two of 50.
    assert_eq!(all("[check]\nfps = '50'\n", &[], 1), each(&[MARK]));
    assert_eq!(
        all("[check]\nfps = '50'\n", &["--fps", "25"], 1),
        each(&[GAP, MARK])
    );
}

#[test]
fn an_override_holds_for_its_files_and_the_last_one_most() {
    let two = || vec![GAP.to_owned(), MARK.to_owned()];
    let [gap, mark] = [GAP, MARK].map(|rule| vec![rule.to_owned()]);
    let below = "[[check.overrides]]\nfiles = ['old/**']\nignore = ['gap']\n";
    assert_eq!(all(below, &[], 1), [two(), mark.clone(), mark.clone()]);
    let folder = below.replace("**", "");
    assert_eq!(all(&folder, &[], 1), [two(), mark.clone(), mark.clone()]);
    let inside = below.replace("**", "*.srt");
    assert_eq!(all(&inside, &[], 1), [two(), two(), mark.clone()]);
    let named =
        "[[check.overrides]]\nfiles = ['*.ted.srt', 'none']\nonly = ['gap']\nprofile = 'ted'\n";
    // TED sets no gap.
    assert_eq!(
        all(&format!("{below}{named}"), &[], 1),
        [two(), mark.clone(), vec![]]
    );
    let back = named.replace("profile = 'ted'\n", "");
    assert_eq!(
        all(&format!("{below}{back}"), &[], 1),
        [two(), mark.clone(), gap.clone()]
    );
    let asked = ["--profile", "netflix-zh-hans"];
    assert_eq!(
        all(&format!("{below}{named}"), &asked, 1),
        [two(), mark, gap]
    );
    let tolerant = "[[check.overrides]]\nfiles = ['**']\nmax_severity = 'warning'\n";
    assert_eq!(all(tolerant, &[], 0), [two(), two(), two()]);
}

/// Patterns and the baseline start at the folder of `zimu.toml`, wherever one stands.
#[test]
fn paths_start_at_the_folder_of_the_settings() {
    let toml = "[check]\nbaseline = 'base/known.toml'\n\
        [[check.overrides]]\nfiles = ['old/*.srt']\nonly = ['empty']\n";
    let desk = desk(toml).and("base/readme", "");
    desk.run(&["check", "new"])
        .ends(2)
        .says("--> zimu.toml:3:12")
        .says("expected a baseline, found none at base/known.toml");
    desk.run(&["check", "new", "old", "--update-baseline"])
        .ends(0);
    let known = desk.read("base/known.toml");
    assert!(known.contains("[files.\"../new/talk.srt\".gap]"), "{known}");
    assert!(!known.contains("ted"), "{known}");
    let mut command = super::zimu();
    command
        .current_dir(desk.path("old/one"))
        .args(["check", "talk.srt", "../talk.ted.srt"]);
    let output = command.output().expect("a run");
    let out = String::from_utf8_lossy(&output.stdout);
    assert_eq!(out, "nothing found in 2 files, 2 known\n");
}

/// With its place, whether any file is checked by it or not; `zimu settings` says so too.
#[test]
fn a_value_that_is_none_ends_the_run() {
    for (toml, place, words) in [
        (
            "[check]\nignore = ['gap', 'gapp']",
            "3:18",
            "expected one of empty, order, ",
        ),
        (
            "[check]\nmax_severity = 'bad'",
            "3:16",
            "expected one of none, note, warning, error, found \"bad\"",
        ),
        (
            "[check]\nfps = '0'",
            "3:7",
            "expected frames a second from 1 to 1000",
        ),
        (
            "[check]\nfps = 25",
            "3:7",
            "expected text in quotes, found `25`",
        ),
        (
            "[check]\nrules = []",
            "3:1",
            "expected one of the keys `only`, `ignore`, ",
        ),
        (
            "[[check.overrides]]\nonly = []",
            "2:1",
            "expected the key `files`, found none",
        ),
        (
            "[[check.overrides]]\nfiles = []\nonly = ['gap']",
            "3:9",
            "expected a pattern of files, found none",
        ),
        (
            "[[check.overrides]]\nfiles = ['a', 'b[']",
            "3:15",
            "expected a pattern of paths (unclosed character class",
        ),
        (
            "[[check.overrides]]\nfiles = ['a']\nprofile = 'tiktok'",
            "4:11",
            "expected one of the profiles ",
        ),
        (
            "[[check.overrides]]\nfiles = ['a']\nprofile = 'gone.toml'",
            "4:11",
            "expected a profile's file, found none at gone.toml",
        ),
        (
            "[[check.overrides]]\nfiles = ['a']\nonly = ['grammar']",
            "4:9",
            "found \"grammar\"",
        ),
    ] {
        let desk = desk(toml);
        for command in [&["check", "new"][..], &["settings"]] {
            let ran = desk.run(command).ends(2).says(words);
            assert_eq!(ran.out, "");
            ran.says(&format!("--> zimu.toml:{place}"))
                .says("zimu settings --schema");
        }
    }
}

#[test]
fn the_settings_of_checks_are_shown() {
    let toml = "[check]\nignore = ['gap', 'order']\nmax_severity = 'note'\nbaseline = 'known.toml'\n\
        [[check.overrides]]\nfiles = ['old/**', '*.en.srt']\nprofile = 'ted'\nonly = ['gap']\n";
    let shown = desk(toml).run(&["settings"]).ends(0).out;
    let expected = "\
zimu.toml
profile            netflix-zh-hans
check.ignore       gap, order
check.max_severity note
check.baseline     known.toml
check.overrides    old/**, *.en.srt: profile ted; only gap
";
    assert_eq!(shown, expected);
}

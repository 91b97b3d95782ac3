//! Captions that are checked: what each rule finds, and what it lets pass.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use zimu::check::{Checking, Finding, RULES, check};
use zimu::format::{Format, Places};
use zimu::model::{CueId, LanguageTag, Track};
use zimu::profile::Profile;
use zimu::segment::{Layout, wrap};
use zimu::text::decode::decode;
use zimu::text::script;
use zimu::timing::Known;

use super::case;
use crate::road::{self, Spoken, profile, text_of};

/// What is found in a file, a line each.
pub(super) fn told(path: &Path) -> String {
    let track = track(path);
    let mut said = String::new();
    for finding in findings(path, &track) {
        let cue = track.name(&track.cues()[finding.cue]);
        let line = finding
            .line
            .map_or(String::new(), |line| format!(", line {}", line + 1));
        let (severity, id) = (finding.rule.severity.id(), finding.rule.id);
        say!(
            said,
            "{severity}[{id}] cue {cue}{line}: {}\n",
            finding.message(&track)
        );
    }
    if said.is_empty() {
        "nothing found\n".to_owned()
    } else {
        said
    }
}

pub(super) fn track(path: &Path) -> Track {
    let (_, track, _) = read(&text_of(path));
    track
}

/// What the profiles of fixtures have besides Netflix's limits: a limit so low that a small file shows it.
const LOW_LIMITS: [(&str, &str); 3] = [
    ("cue-length", "max_chars_per_cue = 20"),
    ("cue-count", "max_cues = 2"),
    ("line-balance", "min_line_balance_percent = 50"),
];

pub(super) fn read(text: &str) -> (&'static Format, Track, Places) {
    let format = Format::of_content(text).expect("captions");
    let (reading, places) = format.read_with_places(text).expect("it is read");
    let mut track = reading.track;
    track.name_language(&script::detect(text).unwrap_or(LanguageTag::ZH_HANS));
    (format, track, places)
}

fn findings(path: &Path, track: &Track) -> Vec<Finding> {
    with_checking(path, |checking| check(track, checking))
}

/// By Netflix's limits; with the frames of a film where the file is for the rule about them.
pub(super) fn with_checking<T>(path: &Path, work: impl FnOnce(&Checking<'_>) -> T) -> T {
    let case = case(path);
    let limits = |name: &str| {
        let low = LOW_LIMITS.iter().find(|(rule, _)| case.starts_with(rule));
        let low = low.map_or("", |(_, limit)| limit);
        let toml = format!("inherit = '{name}'\n{low}");
        Profile::from_toml(name, &toml).expect("a profile")
    };
    let (chinese, english) = (limits("netflix-zh-hans"), limits("netflix-en"));
    let has_frames = case.starts_with("frame-grid");
    work(&Checking {
        second: Some(&english),
        rate: has_frames.then(|| "23.976".parse().expect("a rate")),
        ..Checking::of(&chinese)
    })
}

/// The file of a rule that shows it so.
pub(super) fn fixture(id: &str, shows: &str) -> PathBuf {
    let name = format!("{id}-{shows}");
    let mut fixtures = road::fixtures("check").into_iter();
    let found = fixtures.find(|path| case(path) == name);
    found.unwrap_or_else(|| panic!("expected a fixture check/{name}"))
}

#[test]
fn each_rule_has_its_three_kinds_of_fixtures() {
    for rule in RULES {
        for (shows, trips) in [("trips", true), ("inside", false), ("bilingual", true)] {
            let path = fixture(rule.id, shows);
            let track = track(&path);
            let findings = findings(&path, &track);
            let has_it = findings.iter().any(|finding| finding.rule == rule);
            assert_eq!(has_it, trips, "{}-{shows}", rule.id);
            let is_bilingual = track.languages().len() > 1;
            assert!(is_bilingual || shows != "bilingual", "{}", rule.id);
        }
    }
}

/// What fixtures break by their words: a mark that strayed, text in two scripts, numbers in digits, a
/// translation that takes three lines or is long for its time, long Latin words, which are said faster
/// than they may be read and leave what stands beside them too short, words that would be another one
/// were there no mark between them, which the guide drops.
const FORCED: [(&str, &str); 16] = [
    ("mixed-script", "punctuation"),
    ("markup-eaten", "not-backslash"),
    ("quote-balance", "backslash"),
    ("line-start-mark", "backslash"),
    ("line-count", "pairs"),
    ("cue-length", "pairs"),
    ("line-balance", "tech-news"),
    ("line-balance", "zh-en"),
    ("word-split", "lecture"),
    ("number-words", "not-pauses"),
    ("number-words", "tech-news"),
    ("second-language-speed", "pairs"),
    ("reading-speed", "zh-en"),
    ("reading-speed", "long-words"),
    ("min-duration", "zh-en"),
    ("min-duration", "long-words"),
];

/// Whether an utterance has no time to stay longer in: the next comes, or it is held at the end of what
/// is said, as the profile asks. A part of one might have been cut elsewhere.
fn has_no_time(track: &Track, finding: &Finding, profile: &Profile) -> bool {
    let cue = &track.cues()[finding.cue];
    if !matches!(cue.id, CueId::Numbered { part: 0, .. }) {
        return false;
    }
    let next = track.cues().get(finding.cue + 1);
    let earliest = cue.interval.end().later(profile.min_gap_ms);
    let is_late = next.is_some_and(|next| next.interval.start() <= earliest);
    match finding.rule.id {
        "min-duration" => is_late,
        "reading-speed" => is_late || profile.out_time_extend_ms.is_some(),
        _ => false,
    }
}

/// A guide that is followed is followed by what follows it.
#[test]
fn captions_made_for_a_profile_pass_by_it() {
    let (mut broken, mut forced) = (Vec::new(), FORCED.to_vec());
    let fixtures = ["caption", "profiles"].map(road::fixtures);
    for path in fixtures.iter().flatten() {
        let Ok(decoded) = decode(fs::read(path).expect("a fixture"), None) else {
            continue;
        };
        let Ok(spoken) = Spoken::of_pairs(&decoded.text, Known::default()) else {
            continue;
        };
        let (file, english) = (case(path), profile("netflix-en"));
        for name in Profile::names().expect("the table") {
            let profile = profile(&name);
            let track = spoken.track(&profile);
            let checking = Checking {
                second: Some(&english),
                ..Checking::of(&profile)
            };
            let mut found = check(&track, &checking);
            found.retain(|finding| !has_no_time(&track, finding, &profile));
            let is_of = |finding: &Finding, known: (&str, &str)| known == (finding.rule.id, &*file);
            forced.retain(|known| !found.iter().any(|finding| is_of(finding, *known)));
            found.retain(|finding| !FORCED.iter().any(|known| is_of(finding, *known)));
            broken.extend(found.iter().map(|finding| {
                let id = finding.rule.id;
                format!("{file} for {name}: {id}: {}", finding.message(&track))
            }));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(forced.is_empty(), "no file breaks them: {forced:?}");
}

/// A cue that may have so many characters is cut where it has more; a text without times is not.
#[test]
fn a_cue_has_no_more_characters_than_it_may() {
    let text = "早班渡船六点从老码头出发";
    let toml = "inherit = 'netflix-zh-hans'\nmax_chars_per_cue = 8";
    let profile = Profile::from_toml("mine", toml).expect("a profile");
    let spoken = Spoken::of(text, Known::default()).expect("a short text");
    let track = spoken.track(&profile);
    let cues = track.cues().iter().map(|cue| {
        let lines: Vec<_> = track.lines(cue).map(|line| line.text).collect();
        lines.join("\n")
    });
    let cues: Vec<_> = cues.collect();
    assert_eq!(cues, ["早班渡船六点", "从老码头出发"]);
    let lines = wrap(text, Layout::new(&profile, &LanguageTag::ZH_HANS));
    assert_eq!(lines, [text]);
}

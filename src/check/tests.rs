//! What must hold of whatever is checked.

use proptest::prelude::*;

use crate::check::{
    Baseline, Checking, Finding, RULES, Rule, Standing, check, fingerprints, speeds,
};
use crate::model::{CueId, CueTimes, LanguageTag, Position, Span, Timestamp, Track, TrackBuilder};
use crate::profile::Profile;

fn track(cues: &[(u32, u32, Vec<String>)], languages: [&LanguageTag; 2]) -> Track {
    let mut builder = TrackBuilder::new();
    for (number, (start, length, lines)) in (1..).zip(cues) {
        for (line, language) in lines.iter().zip(languages.into_iter().cycle()) {
            let language = builder.language(language);
            builder.line(line, language);
        }
        let times = [*start, start + length].map(Timestamp::from_millis);
        builder.cue(CueId::numbered(number), CueTimes::new(times[0], times[1]));
    }
    builder.finish()
}

#[test]
fn ids_are_in_kebab_case_and_each_is_one_rule() {
    for rule in RULES {
        let is_id = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.id.chars().all(is_id), "{}", rule.id);
        let namesakes = RULES.iter().filter(|other| other.id == rule.id);
        assert_eq!(namesakes.count(), 1, "{}", rule.id);
    }
}

/// A finding of a rule about a cue.
fn finding(rule: &str, cue: usize) -> Finding {
    Finding {
        rule: Rule::named(rule).unwrap(),
        cue,
        line: None,
        part: Span::default(),
        measured: None,
    }
}

fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.id).collect()
}

/// Times of ten milliseconds: 90 is the least gap that is no shorter than 83.
#[test]
fn a_gap_is_as_short_as_the_times_of_the_format_allow() {
    let netflix = Profile::named("netflix-zh-hans").unwrap();
    for (gap_ms, expected) in [(80, &["gap"][..]), (90, &[]), (100, &["chain-gap"])] {
        let cues = [
            (0, 1000, vec!["渡口".into()]),
            (1000 + gap_ms, 1000, vec!["茶馆".into()]),
        ];
        let track = track(&cues, [&LanguageTag::ZH_HANS; 2]);
        let checking = Checking {
            step_ms: 10,
            ..Checking::of(&netflix)
        };
        assert_eq!(ids(&check(&track, &checking)), expected, "{gap_ms}");
    }
}

/// A sign stays above while people talk over each other below.
#[test]
fn cues_overlap_with_those_at_their_place() {
    let asis = Profile::named("asis").unwrap();
    let mut builder = TrackBuilder::new();
    let language = builder.language(&LanguageTag::ZH_HANS);
    for (number, times, position) in [
        (1, [0, 9000], Position::TopCentre),
        (2, [1000, 3000], Position::BottomCentre),
        (3, [2000, 4000], Position::BottomCentre),
    ] {
        builder.line(["渡口", "靠岸了", "走吧"][number - 1], language);
        builder.position(position);
        let [start, end] = times.map(Timestamp::from_millis);
        builder.cue(CueId::numbered(number as u32), CueTimes::new(start, end));
    }
    let track = builder.finish();
    let findings = check(&track, &Checking::of(&asis));
    assert_eq!(ids(&findings), ["overlap"]);
    assert_eq!(findings[0].cue, 2);
}

/// Cues that say nothing do not tell in how many languages a track is.
#[test]
fn a_track_is_in_two_languages_where_most_that_is_said_is() {
    let [asis, english] = ["asis", "netflix-en"].map(|name| Profile::named(name).unwrap());
    let both = vec!["渡船靠岸了".to_owned(), "The ferry is here".to_owned()];
    let cues = [
        (0, 3000, both),
        (4000, 1000, vec!["走吧".into()]),
        (6000, 1000, vec![]),
        (8000, 1000, vec!["⋯".into()]),
    ];
    let track = track(&cues, [&LanguageTag::ZH_HANS, &LanguageTag::EN]);
    let checking = Checking {
        second: Some(&english),
        ..Checking::of(&asis)
    };
    let found = check(&track, &checking);
    let lost: Vec<_> = found
        .iter()
        .filter(|finding| finding.rule.id == "lost-translation")
        .collect();
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].cue, 1);
}

#[test]
fn a_fingerprint_is_words_and_the_part_that_it_is_about() {
    let print = |line: &str, part: &str| {
        let track = track(&[(0, 1000, vec![line.to_owned()])], [&LanguageTag::UND; 2]);
        let at = line.find(part).unwrap();
        let finding = Finding {
            line: Some(0),
            part: Span::new(at, at + part.len()),
            ..finding("gap", 0)
        };
        fingerprints(&track, &[finding])[0].to_string()
    };
    let long = "the ferry leaves at six o'clock from the old pier, every day";
    for (line, part, expected) in [
        ("你好， 渡船。", "", "你好渡船"),
        ("你好， 渡船。", "。", "你好渡船 。"),
        ("… …", "", "……"),
        ("", "", ""),
        (long, "", "theferryleavesatsixocloc…ab84b03387aa8050"),
    ] {
        assert_eq!(print(line, part), expected, "{line}");
    }
}

#[test]
fn what_is_above_the_count_is_new_and_what_is_below_it_stale() {
    let line = |text: &str| (0, 1000, vec![text.to_owned()]);
    let cues = ["甲", "甲", "乙", "甲"].map(line);
    let track = track(&cues, [&LanguageTag::ZH_HANS; 2]);
    let rules: Vec<_> = RULES.iter().filter(|rule| rule.id != "order").collect();
    let toml = "version = 1\n[files.a.gap]\n甲 = 2\n乙 = 3\n[files.a.order]\n甲 = 1\n\
        [files.a.gone-rule]\n甲 = 1\n[files.b.gap]\n甲 = 1\n";
    let toml = toml.replace('甲', "'甲'").replace('乙', "'乙'");
    let mut baseline = Baseline::from_toml(&toml).unwrap();
    let findings: Vec<_> = (0..4).map(|cue| finding("gap", cue)).collect();
    let standings = baseline.compare("a", &rules, &findings, &fingerprints(&track, &findings));
    let (known, new) = (Standing::Known, Standing::New);
    assert_eq!(standings, [known, known, known, new]);
    // Neither a rule that did not hold nor a file that was not read is stale.
    let stale: Vec<_> = baseline
        .stale()
        .map(|s| (s.rule, s.known, s.found))
        .collect();
    assert_eq!(stale, [("gap", 3, 1), ("gone-rule", 1, 0)]);
    assert_eq!(baseline.unchecked().collect::<Vec<_>>(), ["b"]);
    let entries = |baseline: &Baseline| {
        let toml = baseline.to_toml();
        let entries = toml.lines().filter(|line| line.contains(" = ")).skip(1);
        entries.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut pruned = baseline.clone();
    pruned.prune();
    assert_eq!(
        entries(&pruned),
        ["\"乙\" = 1", "\"甲\" = 2", "\"甲\" = 1", "\"甲\" = 1"]
    );
    baseline.update();
    assert_eq!(
        entries(&baseline),
        ["\"乙\" = 1", "\"甲\" = 3", "\"甲\" = 1", "\"甲\" = 1"]
    );
    baseline.gone("b");
    baseline.prune();
    assert_eq!(entries(&baseline).len(), 3);
}

proptest! {
    /// Whatever the words, and what the file is called.
    #[test]
    fn what_was_taken_as_known_is_known_wherever_it_has_gone(
        name in "\\PC{0,12}|.{0,12}",
        lines in prop::collection::vec("[ -~一-龥“”，。…\u{0}-\u{1f}]{0,60}", 1..8),
        shift_ms in 0..9000_u32,
    ) {
        let cues = |from_ms| {
            let starts = (0..).map(move |at| from_ms + at * 1000);
            let cues = starts.zip(&lines).map(|(start, line)| (start, 900, vec![line.clone()]));
            cues.collect::<Vec<_>>()
        };
        let before = track(&cues(0), [&LanguageTag::UND; 2]);
        let above = (0, 10, vec!["渡口".to_owned()]);
        let later = track(&[&[above], &cues(shift_ms + 20)[..]].concat(), [&LanguageTag::UND; 2]);
        let findings = |skipped| {
            let findings = (0..lines.len()).map(move |at| finding("gap", at + skipped));
            findings.collect::<Vec<_>>()
        };
        let (old, new) = (findings(0), findings(1));
        let rules: Vec<_> = RULES.iter().collect();
        let mut baseline = Baseline::default();
        baseline.compare(&name, &rules, &old, &fingerprints(&before, &old));
        baseline.update();
        let mut read = Baseline::from_toml(&baseline.to_toml()).unwrap();
        let standings = read.compare(&name, &rules, &new, &fingerprints(&later, &new));
        prop_assert_eq!(standings, vec![Standing::Known; lines.len()]);
        prop_assert_eq!(read.stale().count(), 0);
    }

    #[test]
    fn any_text_is_a_baseline_or_has_a_place_where_it_is_none(text in "(version = [0-9]\n)?\\PC{0,40}") {
        if let Err(error) = Baseline::from_toml(&text) {
            prop_assert!(text.get(error.span.start()..error.span.end()).is_some());
        }
    }

    #[test]
    fn any_track_can_be_checked(
        cues in prop::collection::vec(
            (0..20_000_u32, 1..9000_u32, prop::collection::vec("[ -~一-龥“”‘’「」。，？！…⋯<{}>]{0,12}|\\PC{0,8}", 0..4)),
            0..8,
        ),
    ) {
        let track = track(&cues, [&LanguageTag::ZH_HANS, &LanguageTag::UND]);
        let netflix = Profile::named("netflix-zh-hans").unwrap();
        let english = Profile::named("netflix-en").unwrap();
        let checking = Checking {
            second: Some(&english),
            rate: "25".parse().ok(),
            ..Checking::of(&netflix)
        };
        let findings = check(&track, &checking);
        prop_assert!(findings.is_sorted_by_key(|finding| finding.cue));
        for finding in findings {
            let cue = &track.cues()[finding.cue];
            if let Some(line) = finding.line {
                let line = track.lines(cue).nth(line).unwrap();
                prop_assert!(line.text.get(finding.part.start()..finding.part.end()).is_some());
            }
            prop_assert!(finding.message(&track).starts_with("expected "));
        }
    }
}

/// What a rule has measured of a cue is what is shown of it.
#[test]
fn speeds_are_those_that_the_rules_compare() {
    let both = ["早班渡船已经靠岸了吗", "The morning ferry is at the quay"];
    let cues = [
        (1000, 1001, both.map(str::to_owned).to_vec()),
        (3000, 1000, vec!["茶".to_owned()]),
    ];
    let track = track(&cues, [&LanguageTag::ZH_HANS, &LanguageTag::EN]);
    let [chinese, english] =
        ["netflix-zh-hans", "netflix-en"].map(|name| Profile::named(name).unwrap());
    let checking = Checking {
        second: Some(&english),
        ..Checking::of(&chinese)
    };
    let found: Vec<_> = speeds(&track, &checking).collect();
    let measured = |id| {
        let findings = check(&track, &checking);
        let of_rule = findings.into_iter().find(|finding| finding.rule.id == id);
        of_rule.unwrap().measured.map(|measured| measured.found)
    };
    assert_eq!(found[0].first, measured("reading-speed"));
    assert_eq!(found[0].second, measured("second-language-speed"));
    assert_eq!((found[1].first, found[1].second), (Some(1000), None));
}

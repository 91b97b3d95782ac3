//! What must hold of whatever is checked.

use proptest::prelude::*;

use crate::check::{Checking, Finding, RULES, check};
use crate::model::{CueId, CueTimes, LanguageTag, Timestamp, Track, TrackBuilder};
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

fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.id).collect()
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

/// 83 ms are two frames of 24000/1001, and 40 ms are one of 25.
#[test]
fn gaps_are_compared_in_frames_where_the_rate_is_known() {
    let netflix = Profile::named("netflix-zh-hans").unwrap();
    let line = || vec!["渡口".to_owned()];
    for (gap_ms, rate, expected) in [
        (83, None, &[][..]),
        (82, None, &["gap"]),
        (84, None, &[]),
        (85, None, &["chain-gap"]),
        (82, Some("23.976"), &[]),
        (80, Some("25"), &[]),
        (40, Some("25"), &["gap"]),
        (120, Some("25"), &["chain-gap"]),
        (500, None, &[]),
    ] {
        let cues = [
            (0, 1000, line()),
            (1000 + gap_ms, 1000, vec!["茶馆".into()]),
        ];
        let track = track(&cues, [&LanguageTag::ZH_HANS; 2]);
        let mut checking = Checking::of(&netflix);
        checking.rate = rate.map(|rate| rate.parse().unwrap());
        checking.rules.retain(|rule| rule.id != "frame-grid");
        assert_eq!(
            ids(&check(&track, &checking)),
            expected,
            "{gap_ms} {rate:?}"
        );
    }
}

/// Nine characters in 999 ms are 9.009 a second, in 1000 ms nine; five thousandths are forgiven.
#[test]
fn a_speed_is_too_fast_by_more_than_five_thousandths() {
    let netflix = Profile::named("netflix-zh-hans").unwrap();
    for (count, duration_ms, expected) in [
        (9, 1000, &[][..]),
        (9, 999, &["reading-speed"]),
        (18, 1999, &[]),
        (18, 1998, &["reading-speed"]),
    ] {
        let line = "船".repeat(count);
        let (above, below) = line.split_at(12);
        let lines = vec![above.to_owned(), below.to_owned()];
        let track = track(&[(0, duration_ms, lines)], [&LanguageTag::ZH_HANS; 2]);
        let mut checking = Checking::of(&netflix);
        checking.rules.retain(|rule| rule.id == "reading-speed");
        assert_eq!(
            ids(&check(&track, &checking)),
            expected,
            "{count} in {duration_ms} ms"
        );
    }
}

proptest! {
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

//! What Subtitle Edit's rules for Netflix find, and what these do: the same, at each limit, one below
//! and one above it.
//!
//! The expectations are those of the guides: two frames between cues at any rate, gaps from three
//! frames to under half a second closed, 5/6 s to 7 s, 16 characters a line, two lines, every visible
//! character one. Lines are of Chinese characters alone, which both ways of measuring width agree on.

use zimu::check::{Checking, check};

use zimu::profile::Profile;

use crate::road::{format, profile, read};

/// The ids of the rules that find something in cues: starts, ends and text.
fn found(profile: &Profile, rate: Option<&str>, cues: &[(u32, u32, &str)]) -> Vec<&'static str> {
    let time = |ms: u32| {
        format!(
            "00:{:02}:{:02},{:03}",
            ms / 60_000,
            ms / 1000 % 60,
            ms % 1000
        )
    };
    let cue = |(start, end, text): &(u32, u32, &str)| {
        let times = [*start, *end].map(time).join(" --> ");
        format!("1\n{times}\n{text}\n\n")
    };
    let srt = cues.iter().map(cue).collect::<Vec<_>>().concat();
    let track = read(&srt, format("srt")).track;
    let mut checking = Checking::of(profile);
    checking.rate = rate.map(|rate| rate.parse().expect("a rate"));
    check(&track, &checking)
        .iter()
        .map(|finding| finding.rule.id)
        .collect()
}

/// When a frame begins, to the millisecond.
fn frame(rate: &str, number: u32) -> u32 {
    let (frames, seconds): (u64, u64) = match rate {
        "23.976" => (24_000, 1001),
        "29.97" => (30_000, 1001),
        "59.94" => (60_000, 1001),
        whole => (whole.parse().expect("a rate"), 1),
    };
    let ms = (2000 * u64::from(number) * seconds + frames) / (2 * frames);
    u32::try_from(ms).expect("a time")
}

/// A rate, the frames of 5/6 s, of half a second and of 7 s: the shortest cue, the narrowest gap that
/// is left open, the longest cue.
const RATES: [(&str, u32, u32, u32); 8] = [
    ("15", 13, 8, 105),
    ("23.976", 20, 12, 168),
    ("24", 20, 12, 168),
    ("25", 21, 13, 175),
    ("29.97", 25, 15, 210),
    ("30", 25, 15, 210),
    ("50", 42, 25, 350),
    ("59.94", 50, 30, 420),
];

/// Wherever the frames begin: their times are rounded.
const FIRST_FRAMES: std::ops::Range<u32> = 0..100;

#[test]
fn gaps_are_two_frames_or_half_a_second() {
    let netflix = profile("netflix-zh-hans");
    for (rate, _, half_second, _) in RATES {
        for gap in 0..half_second + 3 {
            let expected: &[&str] = match gap {
                0 | 1 => &["gap"],
                2 => &[],
                gap if gap < half_second => &["chain-gap"],
                _ => &[],
            };
            for first in FIRST_FRAMES {
                let at = |number| frame(rate, first + number);
                let cues = [
                    (at(0), at(60), "早班渡船"),
                    (at(60 + gap), at(120 + gap), "已经靠岸"),
                ];
                assert_eq!(
                    found(&netflix, Some(rate), &cues),
                    expected,
                    "{gap} of {rate} from {first}"
                );
            }
        }
    }
}

#[test]
fn a_cue_is_shown_for_five_sixths_of_a_second_to_seven() {
    let netflix = profile("netflix-zh-hans");
    for (rate, least, _, most) in RATES {
        for (length, expected) in [
            (least - 1, &["min-duration"][..]),
            (least, &[]),
            (least + 1, &[]),
            (most - 1, &[]),
            (most, &[]),
            (most + 1, &["max-duration"]),
        ] {
            for first in FIRST_FRAMES {
                let cue = (frame(rate, first), frame(rate, first + length), "渡船");
                assert_eq!(
                    found(&netflix, Some(rate), &[cue]),
                    expected,
                    "{length} of {rate} from {first}"
                );
            }
        }
    }
}

/// Without a rate 5/6 s are 833 ms, and two frames the 83 ms that they are of 24000/1001.
#[test]
fn without_frames_limits_are_in_milliseconds() {
    let netflix = profile("netflix-zh-hans");
    for (length, expected) in [
        (832, &["min-duration"][..]),
        (833, &[]),
        (834, &[]),
        (6999, &[]),
        (7000, &[]),
        (7001, &["max-duration"]),
    ] {
        assert_eq!(
            found(&netflix, None, &[(0, length, "渡船")]),
            expected,
            "{length} ms"
        );
    }
    for (gap, expected) in [
        (82, &["gap"][..]),
        (83, &[]),
        // Each of its ends was rounded.
        (84, &[]),
        (85, &["chain-gap"]),
        (499, &["chain-gap"]),
        (500, &[]),
        (501, &[]),
    ] {
        let cues = [(0, 2000, "早班渡船"), (2000 + gap, 4000, "已经靠岸")];
        assert_eq!(found(&netflix, None, &cues), expected, "{gap} ms");
    }
}

/// Characters a second, and characters a line.
const SPEEDS: [(&str, u32, u32); 8] = [
    ("netflix-zh-hans", 9, 16),
    ("netflix-zh-hans-children", 7, 16),
    ("netflix-zh-hans-sdh", 11, 18),
    ("netflix-zh-hans-sdh-children", 9, 18),
    ("netflix-zh-hant", 9, 16),
    ("netflix-zh-hant-children", 7, 16),
    ("netflix-zh-hant-sdh", 11, 18),
    ("netflix-zh-hant-sdh-children", 9, 18),
];

fn han(count: u32) -> String {
    "船".repeat(count as usize)
}

#[test]
fn a_cue_is_read_at_the_speed_of_its_programme() {
    for (name, cps, _) in SPEEDS {
        let guide = profile(name);
        for (count, duration_ms, is_fast) in [
            (cps - 1, 1000, false),
            (cps, 1000, false),
            (cps + 1, 1000, true),
            // Over both lines.
            (2 * cps, 2000, false),
            (2 * cps + 1, 2000, true),
            // Five thousandths are forgiven, for a time was rounded: 9.0045, not 11.0055.
            (2 * cps, 1999, cps > 9),
            (2 * cps, 1998, true),
        ] {
            let text = format!("{}\n{}", han(count / 2), han(count - count / 2));
            let expected: &[&str] = if is_fast { &["reading-speed"] } else { &[] };
            assert_eq!(
                found(&guide, None, &[(0, duration_ms, &text)]),
                expected,
                "{count} in {duration_ms} ms: {name}"
            );
        }
    }
}

#[test]
fn a_line_is_as_long_as_its_guide_has_it() {
    for (name, _, most) in SPEEDS {
        let guide = profile(name);
        for (count, is_long) in [(most - 1, false), (most, false), (most + 1, true)] {
            let expected: &[&str] = if is_long { &["line-length"] } else { &[] };
            assert_eq!(
                found(&guide, None, &[(0, 5000, &han(count))]),
                expected,
                "{count} for {name}"
            );
        }
        for (lines, expected) in [
            ("渡船", &[][..]),
            ("早班\n渡船", &[]),
            ("早班\n渡船\n靠岸", &["line-count"]),
        ] {
            assert_eq!(
                found(&guide, None, &[(0, 5000, lines)]),
                expected,
                "{lines:?} for {name}"
            );
        }
    }
    let english = profile("netflix-en");
    for (count, expected) in [(41, &[][..]), (42, &[]), (43, &["line-length"])] {
        let line = "boat ".repeat(9)[..count].replace(' ', "s");
        assert_eq!(
            found(&english, None, &[(0, 5000, &line)]),
            expected,
            "{count}"
        );
    }
}

/// Letters, digits, marks and spaces are one each; what is not seen, and a line's end, is none.
#[test]
fn every_visible_character_counts_one() {
    let netflix = profile("netflix-zh-hans");
    for text in [
        "船船船船船船船船船",
        "船AI3 用“船”",
        "船船船\u{200b}船\u{feff}船船\n船船船",
        "船船<b>船船船</b>船船船船",
    ] {
        assert_eq!(
            found(&netflix, None, &[(0, 1000, text)]),
            Vec::<&str>::new(),
            "{text}"
        );
        assert_eq!(
            found(&netflix, None, &[(0, 998, text)]),
            ["reading-speed"],
            "{text}"
        );
    }
}

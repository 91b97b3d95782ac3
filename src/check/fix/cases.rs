//! Captions that can be mended and such that cannot, with the reason.

use crate::check::{Checking, Fixed, Rule, Why, fix};
use crate::model::{CueId, CueTimes, LanguageTag, Timestamp, TrackBuilder};
use crate::profile::Profile;

/// Cues with their times in milliseconds; lines are parted by `|`.
fn by_netflix(cues: &[(u32, u32, &str)]) -> Fixed {
    let mut builder = TrackBuilder::new();
    let languages = [LanguageTag::ZH_HANS, LanguageTag::EN];
    let languages = languages.map(|language| builder.language(&language));
    for (number, &(start_ms, end_ms, lines)) in (1..).zip(cues) {
        for line in lines.split('|') {
            builder.line(line, languages[usize::from(line.is_ascii())]);
        }
        let [start, end] = [start_ms, end_ms].map(Timestamp::from_millis);
        builder.cue(CueId::numbered(number), CueTimes::new(start, end));
    }
    let [profile, english] = ["netflix-zh-hans", "netflix-en"].map(Profile::named);
    let [profile, english] = [profile, english].map(|named| named.expect("it is in the table"));
    let checking = Checking {
        second: Some(&english),
        ..Checking::of(&profile)
    };
    fix(&builder.finish(), &checking, &|_| Ok(()))
}

/// Each with the rule that still finds something, and why.
#[test]
fn what_is_not_mended_says_why() {
    for (cues, id, why) in [
        (
            &[(0, 2000, "渡船靠岸了"), (900, 3000, "茶已经泡好")][..],
            "overlap",
            Why::TooShort,
        ),
        (
            &[(0, 2000, "渡船靠岸了"), (0, 3000, "茶已经泡好")],
            "overlap",
            Why::Together,
        ),
        (
            &[(0, 1360, "早班渡船已经靠岸了|去喝茶"), (1400, 3000, "茶")],
            "gap",
            Why::TooFast,
        ),
        (
            &[(0, 400, "到了"), (800, 3000, "茶已经泡好")],
            "min-duration",
            Why::NoTime,
        ),
        (
            &[(0, 1000, "早班渡船已经靠岸了|我们去对岸的茶馆")],
            "reading-speed",
            Why::PastSpeech(500),
        ),
        (&[(0, 3000, "！我们去坐坐")], "line-start-mark", Why::NoLine),
        (
            &[(0, 3000, "The ferry|！我们去坐坐")],
            "line-start-mark",
            Why::NoLine,
        ),
        (
            &[(0, 3000, "我们去坐坐|！")],
            "line-start-mark",
            Why::OnlyMark,
        ),
        (&[(0, 3000, "去看《|")], "line-end-mark", Why::NoLine),
        (
            &[(0, 3000, "我们坐的火，|车快要进站了")],
            "trailing-punctuation",
            Why::Breaks(Rule::named("word-split").expect("a rule")),
        ),
        (&[(0, 3000, " ")], "empty", Why::OnlyCue),
    ] {
        let fixed = by_netflix(cues);
        let mut left = fixed.left.iter();
        let left = left
            .find(|left| left.finding.rule.id == id)
            .map(|left| left.why);
        assert_eq!(left, Some(Some(why)), "{id}: {:?}", fixed.left);
    }
}

/// A translation in a cue of its own goes with what it translates, and what one leaves free is not
/// free for the other.
#[test]
fn what_is_shown_together_stays_together() {
    let times = |cues: &[(u32, u32, &str)]| {
        let fixed = by_netflix(cues);
        let times = fixed
            .track
            .cues()
            .iter()
            .map(|cue| cue.interval.end().millis());
        times.collect::<Vec<_>>()
    };
    let both = [(0, 2000, "渡船靠岸了"), (0, 2000, "The ferry has landed")];
    let [chinese, english] = both;
    assert_eq!(
        times(&[chinese, english, (2040, 4000, "茶已经泡好")]),
        [1957, 1957, 4000]
    );
    assert_eq!(
        times(&[chinese, english, (2400, 4000, "茶已经泡好")]),
        [2317, 2317, 4000]
    );
    let short = [(0, 500, "到了"), (0, 500, "Here")];
    assert_eq!(times(&short), [833, 833]);
}

/// What closes a quotation that another cue opens is changed with it, or neither is.
#[test]
fn a_quotation_keeps_its_marks_in_pairs() {
    let lines = |cues: &[(u32, u32, &str)]| {
        let track = by_netflix(cues).track;
        let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
        lines.map(|line| line.text.to_owned()).collect::<Vec<_>>()
    };
    let second = (3000, 5000, "去喝茶」");
    assert_eq!(
        lines(&[(0, 2000, "他说「我们"), second]),
        ["他说“我们", "去喝茶”"]
    );
    let split = (0, 2000, "他说「坐的火，|车");
    assert_eq!(
        lines(&[split, second]),
        ["他说「坐的火，", "车", "去喝茶」"]
    );
}

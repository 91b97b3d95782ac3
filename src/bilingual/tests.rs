//! What must hold of two tracks that become one, wherever each of them is cut.

use proptest::prelude::*;

use crate::bilingual::{Paired, pair_tracks};
use crate::model::{CueId, CueTimes, LanguageTag, Timestamp, Track, TrackBuilder};
use crate::profile::Profile;
use crate::segment::Layout;

/// A cue: its start, its length and its words.
type Made = (u32, u32, Vec<String>);

fn track(cues: &[Made], language: &LanguageTag) -> Track {
    let mut builder = TrackBuilder::new();
    for (number, (start, length, lines)) in (1..).zip(cues) {
        let index = builder.language(language);
        for line in lines {
            builder.line(line, index);
        }
        let times = [*start, start + length].map(Timestamp::from_millis);
        builder.cue(CueId::numbered(number), CueTimes::new(times[0], times[1]));
    }
    builder.finish()
}

fn words(track: &Track, language: &LanguageTag) -> Vec<String> {
    let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
    let lines = lines.filter(|line| line.language == language);
    let words = lines.flat_map(|line| line.text.split_whitespace());
    let mut words: Vec<_> = words.map(str::to_owned).collect();
    words.sort_unstable();
    words
}

fn cues(line: &'static str) -> impl Strategy<Value = Vec<Made>> {
    let lines = prop::collection::vec(line, 0..3);
    prop::collection::vec((0..30_000_u32, 1..5000_u32, lines), 0..20)
}

fn paired(first: &[Made], second: &[Made]) -> Paired {
    let first = track(first, &LanguageTag::ZH_HANS);
    let second = track(second, &LanguageTag::UND);
    let profile = Profile::named("netflix-en").unwrap();
    pair_tracks(&first, &second, Layout::new(&profile, &LanguageTag::EN))
}

fn made(start: u32, length: u32, line: &str) -> Made {
    (start, length, vec![line.to_owned()])
}

#[test]
fn what_was_done_is_told() {
    let first = [
        made(0, 2000, "水开了"),
        made(2000, 2000, "泡茶吧"),
        made(9000, 900, "好"),
    ];
    let second = [
        made(0, 4000, "The water boils, let us make tea"),
        made(6000, 900, "Yes"),
    ];
    let told: Vec<_> = paired(&first, &second)
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "expected a translation at the time of each cue, found one at 0:00:09.000",
            "expected a cue at the time of each translation, found one at 0:00:06.000",
            "expected one cue for a translation, found one at 0:00:00.000",
        ]
    );
}

/// The lines of each cue, the translation's behind `/`.
fn shown(track: &Track) -> Vec<String> {
    let cue = |cue| {
        track
            .lines(cue)
            .map(|line| line.text.to_owned())
            .collect::<Vec<_>>()
            .join("/")
    };
    track.cues().iter().map(cue).collect()
}

/// The second cue is shown for long, as nothing is said behind it: that makes its part of the
/// words no longer.
#[test]
fn words_go_by_what_is_said_and_not_by_time() {
    let first = [
        made(0, 1500, "我们先把壶里的水烧开了"),
        made(1500, 6000, "再泡茶"),
    ];
    let second = [made(
        0,
        7500,
        "First we boil the water in the kettle, then we make tea",
    )];
    assert_eq!(
        shown(&paired(&first, &second).track),
        [
            "我们先把壶里的水烧开了/First we boil the water in the kettle,",
            "再泡茶/then we make tea"
        ]
    );
}

#[test]
fn a_short_overlap_takes_nobody_from_a_time_of_their_own() {
    let first = [made(0, 2000, "水开了"), made(5000, 2000, "泡茶吧")];
    let second = [made(1700, 3500, "Somebody knocks at the door")];
    let both = paired(&first, &second).track;
    assert_eq!(
        shown(&both),
        ["水开了", "Somebody knocks at the door", "泡茶吧"]
    );
    assert_eq!(both.overlaps(), 0);
}

/// A profile may drop or change marks of a text that it makes captions of. These are captions.
#[test]
fn marks_stay_where_lines_are_joined_or_wrapped() {
    let first = [made(0, 4000, "Tea is ready")];
    let second = [made(0, 2000, "茶好了..."), made(2000, 2000, "请坐，喝吧。")];
    let (first, second) = (
        track(&first, &LanguageTag::EN),
        track(&second, &LanguageTag::UND),
    );
    let profile = Profile::named("netflix-zh-hans").unwrap();
    let layout = Layout::new(&profile, &LanguageTag::ZH_HANS);
    let both = pair_tracks(&first, &second, layout).track;
    assert_eq!(shown(&both), ["Tea is ready/茶好了... 请坐，喝吧。"]);
}

/// Many cues that are all shown at one time are looked at a few at a time.
#[test]
fn cues_that_are_all_at_once_take_no_longer() {
    let cues: Vec<_> = (0..3000).map(|at| made(at, 500_000, "a")).collect();
    let both = paired(&cues, &cues).track;
    assert_eq!(words(&both, &LanguageTag::EN).len(), 3000);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// No word of either language is lost and none is shown twice; the cues of the first stay.
    #[test]
    fn all_words_are_shown_once(
        first in cues("[一-龥]{1,12}"),
        second in cues("-?[a-z]{1,9}( [a-z]{1,9}[,.]?){0,9}"),
    ) {
        let both = paired(&first, &second).track;
        let (first, second) = (track(&first, &LanguageTag::ZH_HANS), track(&second, &LanguageTag::EN));
        for (language, track) in [(&LanguageTag::ZH_HANS, &first), (&LanguageTag::EN, &second)] {
            prop_assert_eq!(words(&both, language), words(track, language));
        }
        let kept: Vec<_> = both.cues().iter().filter(|cue| matches!(cue.id, CueId::Numbered { .. })).collect();
        prop_assert_eq!(kept.len(), first.cues().len());
        for (kept, cue) in kept.into_iter().zip(first.cues()) {
            prop_assert_eq!((kept.id, kept.interval), (cue.id, cue.interval));
        }
    }
}

//! What must hold of whatever is mended.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use crate::check::{Change, Checking, Finding, Fixed, Mending, RULES, Rule, Severity, check, fix};
use crate::model::{
    CueId, CueTimes, LanguageTag, MarkKind, Position, Timestamp, Track, TrackBuilder,
};
use crate::profile::Profile;
use crate::spotting::FrameRate;

/// A cue that is made up.
#[derive(Clone, Debug)]
struct MadeUp {
    /// Steps from the start of the cue before.
    later: u32,
    steps: u32,
    lines: Vec<String>,
    number: u32,
    position: Position,
    is_italic: bool,
}

/// What made-up cues are mended for.
#[derive(Clone, Debug)]
struct Asked {
    profile: &'static Profile,
    second: Option<&'static Profile>,
    rate: Option<FrameRate>,
    step_ms: u32,
    rules: Vec<&'static Rule>,
    /// Every so manieth cue cannot be written.
    unwritable: usize,
}

impl Asked {
    fn checking(&self) -> Checking<'_> {
        Checking {
            profile: self.profile,
            second: self.second,
            rate: self.rate,
            step_ms: self.step_ms,
            rules: self.rules.clone(),
        }
    }

    fn fix(&self, track: &Track) -> Fixed {
        fix(track, &self.checking(), &|change| {
            let cue = match change {
                Change::Order => return Ok(()),
                Change::Removal { cue } | Change::Line { cue, .. } | Change::Times { cue } => cue,
            };
            let is_written = cue % self.unwritable != self.unwritable - 1;
            is_written.then_some(()).ok_or("it is carved in stone")
        })
    }

    /// How many findings of each rule there are in each cue, by all rules.
    fn counts(&self, track: &Track, kept: &[usize]) -> BTreeMap<(usize, &'static str), usize> {
        let all = Checking {
            rules: RULES.iter().collect(),
            ..self.checking()
        };
        counts(&check(track, &all), kept)
    }
}

fn counts(findings: &[Finding], kept: &[usize]) -> BTreeMap<(usize, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts
            .entry((kept[finding.cue], finding.rule.id))
            .or_default() += 1;
    }
    counts
}

fn track(cues: &[MadeUp], step_ms: u32) -> Track {
    let mut builder = TrackBuilder::new();
    let chinese = builder.language(&LanguageTag::ZH_HANS);
    let english = builder.language(&LanguageTag::EN);
    let mut start_ms = 0;
    for cue in cues {
        for line in &cue.lines {
            let from = builder.here();
            builder.push_str(line);
            if cue.is_italic {
                builder.mark(from, MarkKind::Italic);
            }
            let is_english = line.is_ascii() && line.contains(char::is_alphabetic);
            builder.end_line(if is_english { english } else { chinese });
        }
        start_ms += cue.later * step_ms;
        let [start, end] = [start_ms, start_ms + cue.steps * step_ms].map(Timestamp::from_millis);
        builder.position(cue.position);
        builder.cue(CueId::numbered(cue.number), CueTimes::new(start, end));
    }
    builder.finish()
}

/// Lines with what rules are about: marks at their ends and inside, quotations, words that a
/// break may split.
fn line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "渡",
        "船",
        "火",
        "车",
        "渡船靠岸了",
        "茶",
        "Rust",
        "a",
        "9",
        " ",
        "，",
        "。",
        "、",
        "；",
        "：",
        "？",
        "！",
        "…",
        "……",
        "⋯",
        "...",
        "·",
        ",",
        ".",
        "?",
        "!",
        ":",
        ";",
        "“",
        "”",
        "「",
        "」",
        "『",
        "』",
        "‘",
        "’",
        "\"",
        "'",
        "《",
        "》",
        "（",
        "）",
        "(",
        ")",
        "—",
        "-",
        "～",
        "\u{301}",
        "\u{2060}",
        "é",
        "們",
    ]);
    prop_oneof![
        8 => prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat()),
        1 => "\\PC{0,8}",
    ]
}

fn cue() -> impl Strategy<Value = MadeUp> {
    let later = prop_oneof![2 => 0..40_u32, 6 => 60..400_u32, 1 => Just(0_u32)];
    let steps = prop_oneof![4 => 1..130_u32, 3 => 60..300_u32, 1 => 1..900_u32];
    let lines = prop::collection::vec(line(), 0..4);
    let place = prop_oneof![6 => Just(Position::BottomCentre), 1 => Just(Position::TopCentre)];
    (
        later,
        steps,
        lines,
        1..9_u32,
        place,
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |(later, steps, lines, number, position, is_italic)| MadeUp {
                later,
                steps,
                lines,
                number,
                position,
                is_italic,
            },
        )
}

/// Cues, some of which are shown together with the one before, or say what it says.
fn cues() -> impl Strategy<Value = Vec<MadeUp>> {
    prop::collection::vec((cue(), 0..12_u32), 0..9).prop_map(|drawn| {
        let mut cues: Vec<MadeUp> = Vec::new();
        for (mut cue, like) in drawn {
            match (cues.last(), like) {
                (Some(before), 0) => (cue.later, cue.steps) = (0, before.steps),
                (Some(before), 1) => cue.lines.clone_from(&before.lines),
                _ => {}
            }
            cues.push(cue);
        }
        cues
    })
}

/// A profile of marks that are shown for each other.
const OWN: &str = "max_cps = 6\nmin_duration_ms = 900\nmax_duration_ms = 3000\nmin_gap_ms = 120\n\
    chain_below_ms = 700\npunctuation = 'full'\nellipsis = '...'\nline_end_forbidden = '。”'\n\
    inline_replace = { '，' = '、', '、' = '；', '…' = '——' }\nquotes = ['「', '」', '『', '』']";

/// English, and those that made-up cues are mended for.
static PROFILES: LazyLock<[Profile; 7]> = LazyLock::new(|| {
    let names = [
        "netflix-en",
        "netflix-zh-hans",
        "bilibili",
        "youtube",
        "ted",
        "asis",
    ];
    let [english, simplified, bilibili, youtube, ted, asis] =
        names.map(|name| Profile::named(name).unwrap());
    let own = Profile::from_toml("own", OWN).unwrap();
    [english, simplified, bilibili, youtube, ted, asis, own]
});

fn asked() -> impl Strategy<Value = Asked> {
    let rates = prop::sample::select(vec!["", "25", "23.976", "29.97", "23", "60", "1000"]);
    let rules = prop_oneof![
        2 => Just(RULES.iter().collect::<Vec<_>>()),
        1 => prop::sample::subsequence(RULES.iter().collect::<Vec<_>>(), 0..RULES.len()),
    ];
    let unwritable = prop_oneof![3 => Just(usize::MAX), 1 => 2..6_usize];
    let steps = prop::sample::select(vec![1, 10]);
    (
        1..PROFILES.len(),
        rates,
        rules,
        unwritable,
        steps,
        any::<bool>(),
    )
        .prop_map(
            |(profile, rate, rules, unwritable, step_ms, has_second)| Asked {
                profile: &PROFILES[profile],
                second: has_second.then_some(&PROFILES[0]),
                rate: rate.parse().ok(),
                step_ms,
                rules,
                unwritable,
            },
        )
}

/// Times are nine milliseconds apart, or ten where the format has no others.
fn given() -> impl Strategy<Value = (Track, Asked)> {
    (cues(), asked()).prop_map(|(cues, asked)| (track(&cues, asked.step_ms.max(9)), asked))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn what_is_mended_is_mended((given, asked) in given()) {
        let once = asked.fix(&given);
        let all = Asked { unwritable: usize::MAX, ..asked.clone() };
        let whole = all.fix(&given);
        let twice = all.fix(&whole.track);
        prop_assert_eq!(&whole.track, &twice.track, "{:#?}", whole.left);
        prop_assert!(twice.mended.is_empty());
        // What is claimed is not found again, and what is left has its reason.
        let kept: Vec<_> = (0..given.cues().len()).collect();
        let (before, after) = (asked.counts(&given, &kept), asked.counts(&once.track, &once.kept));
        for (sign, count) in counts(&once.mended, &kept) {
            let left = after.get(&sign).copied().unwrap_or_default();
            prop_assert!(before[&sign] >= left + count, "{sign:?}");
        }
        for left in &once.left {
            let is_ours = left.finding.rule.mending() != Mending::Judgement;
            prop_assert_eq!(left.why.is_some(), is_ours, "{:?}", left);
        }
    }

    #[test]
    fn nothing_else_becomes_wrong((given, asked) in given()) {
        let fixed = asked.fix(&given);
        let kept: Vec<_> = (0..given.cues().len()).collect();
        let before = asked.counts(&given, &kept);
        for (sign @ (_, id), count) in asked.counts(&fixed.track, &fixed.kept) {
            let was = before.get(&sign).copied().unwrap_or_default();
            let is_note = Rule::named(id).unwrap().severity == Severity::Note;
            prop_assert!(is_note || count <= was, "{sign:?}");
        }
    }

    #[test]
    fn words_and_starts_stay((given, asked) in given()) {
        let fixed = asked.fix(&given);
        let has_grid = asked.rules.iter().any(|rule| rule.id == "frame-grid");
        let rate = asked.rate.filter(|_| has_grid);
        prop_assert_eq!(fixed.kept.len(), fixed.track.cues().len());
        for (at, cue) in given.cues().iter().enumerate() {
            let lines = given.lines(cue).map(|line| letters(line.text));
            let Ok(now) = fixed.kept.binary_search(&at) else {
                prop_assert!(lines.into_iter().all(|line| line.is_empty()));
                continue;
            };
            let now = &fixed.track.cues()[now];
            let now_lines = fixed.track.lines(now).map(|line| letters(line.text));
            prop_assert!(lines.eq(now_lines));
            prop_assert_eq!(given.position(cue), fixed.track.position(now));
            let (start, now) = (cue.interval.start(), now.interval.start());
            let off_ms = rate.map_or(0, |rate| rate.nearest(start).millis().abs_diff(now.millis()));
            prop_assert!(start == now || (rate.is_some() && off_ms <= asked.step_ms / 2));
            prop_assert!(at % asked.unwritable != asked.unwritable - 1 || start == now);
        }
    }
}

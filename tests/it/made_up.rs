//! Tracks that were made up, for the properties of formats: overlapping cues, crossing marks,
//! names, speakers, positions, chapters, several languages.
//!
//! A track for a format has no text that the format cannot tell from its own syntax, and no cue
//! or reading that it would have to turn into something else.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use zimu::format::{FORMATS, Feature, Format};
use zimu::model::{CueTimes, LanguageTag, MarkKind, Position, Timestamp, Track, TrackBuilder};

/// Names that a number, a comment, a block or a time could be taken for.
const NAMES: [&str; 10] = [
    "1",
    "12",
    "12.1",
    "007",
    "序",
    "a b",
    "NOTE 一",
    "STYLE",
    "00:00:01.000",
    "&<b>",
];

/// What lines are in. Most tracks are in one language or two.
const LANGUAGES: [LanguageTag; 4] = [
    LanguageTag::ZH_HANS,
    LanguageTag::EN,
    LanguageTag::ZH_HANT,
    LanguageTag::UND,
];

/// Text that a format has its own use for.
const LITERAL: [&str; 8] = [
    "<b>",
    "</i>",
    "a < b",
    "&amp;",
    "{\\an8}",
    "甲 --> 乙",
    "<v 某>",
    "\"\\",
];

/// Whole lines that look like a part of a file.
const ODD_LINES: [&str; 10] = [
    "1",
    "2024",
    "WEBVTT",
    "NOTE 正文",
    "--> 往这边走",
    TIME_LINE,
    "0:00:01.000,0:00:02.000",
    "[00:01.00]正文",
    "[ti:正文]",
    "Dialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,正文",
];

/// What an older tool has left in the text of a cue.
const TIME_LINE: &str = "00:00:01,000 --> 00:00:02,000";

/// Times that a format holds: in its steps, one after the other, and early enough.
fn times(format: &'static Format, cues: &mut [MadeCue]) {
    let step_ms = format.step_ms;
    let mut last_end_ms = 0;
    for cue in cues {
        if !format.holds(Feature::TenHours) {
            cue.start_ms %= 30_000_000;
        }
        if !format.holds(Feature::Overlaps) {
            let gap_ms = if last_end_ms > 0 {
                cue.start_ms % 2000
            } else {
                cue.start_ms
            };
            cue.start_ms = last_end_ms + gap_ms;
        }
        cue.start_ms = cue.start_ms / step_ms * step_ms;
        cue.length_ms = cue.length_ms.div_ceil(step_ms) * step_ms;
        last_end_ms = cue.start_ms + cue.length_ms;
    }
}

#[derive(Clone, Debug)]
struct MadeCue {
    start_ms: u32,
    length_ms: u32,
    name: &'static str,
    speaker: Option<String>,
    position: Option<Position>,
    lines: Vec<MadeLine>,
}

#[derive(Clone, Debug)]
struct MadeLine {
    pieces: Vec<MadePiece>,
    /// In [`LANGUAGES`], of which a track may have the first ones alone.
    language: usize,
}

/// Some text; marks go from the start of a piece over so many pieces.
#[derive(Clone, Debug)]
struct MadePiece {
    text: String,
    mark: Option<(MadeMark, usize)>,
}

#[derive(Clone, Debug)]
enum MadeMark {
    Bold,
    Italic,
    Underline,
    Ruby(String),
}

fn piece(format: &'static Format) -> impl Strategy<Value = MadePiece> {
    // Text that something would stand in for does not come back.
    let is_held = |text: &&&str| format.holds(Feature::AllCharacters) || !text.contains(['{', '}']);
    let literal: Vec<&str> = LITERAL.iter().filter(is_held).copied().collect();
    let text =
        prop_oneof![4 => "[一-龥，。！a-z0-9]{1,8}", 1 => select(literal).prop_map(str::to_owned)];
    let emphasis = || select(vec![MadeMark::Bold, MadeMark::Italic, MadeMark::Underline]);
    let mark = if format.holds(Feature::Ruby) {
        prop_oneof![3 => emphasis(), 1 => "[a-z&<]{1,6}".prop_map(MadeMark::Ruby)].boxed()
    } else {
        emphasis().boxed()
    };
    (text, option::weighted(0.4, (mark, 1..4_usize)))
        .prop_map(|(text, mark)| MadePiece { text, mark })
}

fn line(format: &'static Format) -> impl Strategy<Value = MadeLine> {
    let odd = select(&ODD_LINES[..]).prop_map(|text| {
        let (text, mark) = (text.to_owned(), None);
        vec![MadePiece { text, mark }]
    });
    let least = usize::from(!format.holds(Feature::BlankLines));
    let pieces = prop_oneof![6 => vec(piece(format), least..5), 1 => odd];
    (pieces, 0..LANGUAGES.len()).prop_map(|(pieces, language)| MadeLine { pieces, language })
}

fn cue(format: &'static Format) -> impl Strategy<Value = MadeCue> {
    let least = usize::from(!format.holds(Feature::EmptyCues));
    let positions = Position::ALL.into_iter();
    let placed = positions.filter(|&position| position != Position::BottomCentre);
    // Past a hundred hours, where the hours have three digits.
    let start_ms = prop_oneof![4 => 0..60_000_u32, 1 => 0..400_000_000_u32];
    let speaker = option::weighted(0.3, "[一-龥&<>][一-龥 a-z]{0,5}[一-龥]");
    let position = option::weighted(0.3, select(placed.collect::<Vec<_>>()));
    let most = if format.holds(Feature::Lines) { 4 } else { 2 };
    let lines = vec(line(format), least..most);
    (
        start_ms,
        1..10_000_u32,
        select(&NAMES[..]),
        speaker,
        position,
        lines,
    )
        .prop_map(
            |(start_ms, length_ms, name, speaker, position, lines)| MadeCue {
                start_ms,
                length_ms,
                name,
                speaker,
                position,
                lines,
            },
        )
}

/// Any format that is read, and any track for it.
pub(crate) fn track_for_any() -> impl Strategy<Value = (&'static Format, Track)> {
    let readable = FORMATS
        .iter()
        .filter(|format| format.can_read() && format.can_write());
    select(readable.collect::<Vec<_>>())
        .prop_flat_map(|format| track_for(format).prop_map(move |track| (format, track)))
}

/// Any track whose text `format` can hold.
pub(crate) fn track_for(format: &'static Format) -> impl Strategy<Value = Track> {
    let chapter = (0..400_000_u32, "[一-龥\"\\\\]{1,8}");
    let made = (
        vec(cue(format), 1..12),
        vec(chapter, 0..3),
        select(vec![1, 2, LANGUAGES.len()]),
    );
    made.prop_map(move |(mut cues, chapters, languages)| {
        times(format, &mut cues);
        let mut builder = TrackBuilder::new();
        for (start_ms, title) in chapters {
            builder.chapter(Timestamp::from_millis(start_ms), &title);
        }
        for cue in cues {
            add(cue, &LANGUAGES[..languages], &mut builder);
        }
        builder.finish()
    })
}

fn add(cue: MadeCue, languages: &[LanguageTag], builder: &mut TrackBuilder) {
    for line in cue.lines {
        let mut places = Vec::new();
        for piece in &line.pieces {
            places.push(builder.here());
            builder.push_str(&piece.text);
        }
        places.push(builder.here());
        mark(&line.pieces, &places, builder);
        let language = builder.language(&languages[line.language % languages.len()]);
        builder.end_line(language);
    }
    if let Some(speaker) = cue.speaker {
        builder.speaker(&speaker);
    }
    if let Some(position) = cue.position {
        builder.position(position);
    }
    let id = builder.id(cue.name);
    let start = Timestamp::from_millis(cue.start_ms);
    builder.cue(id, CueTimes::new(start, start.later(cue.length_ms)));
}

/// Readings do not overlap: no format has a reading of a reading.
fn mark(pieces: &[MadePiece], places: &[usize], builder: &mut TrackBuilder) {
    let mut read_to = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let Some((mark, length)) = &piece.mark else {
            continue;
        };
        let start = places[at];
        let end = places[(at + length).min(pieces.len())];
        let kind = match mark {
            MadeMark::Bold => MarkKind::Bold,
            MadeMark::Italic => MarkKind::Italic,
            MadeMark::Underline => MarkKind::Underline,
            MadeMark::Ruby(_) if start < read_to => continue,
            MadeMark::Ruby(reading) => {
                read_to = end;
                MarkKind::Ruby(builder.aside(reading))
            }
        };
        builder.mark_range(start..end, kind);
    }
}

/// Fails where, of a hundred made-up tracks, none has what `format` holds.
pub(crate) fn has_all_that_is_held(format: &'static Format) {
    let mut runner = TestRunner::deterministic();
    let tracks: Vec<Track> = (0..100)
        .map(|_| {
            track_for(format)
                .new_tree(&mut runner)
                .expect("a track")
                .current()
        })
        .collect();
    let lines = |track: &Track, has: fn(&str, usize) -> bool| {
        let cues = track.cues().iter();
        cues.flat_map(|cue| track.lines(cue))
            .any(|line| has(line.text, line.marks.len()))
    };
    let has = |track: &Track, feature: Feature| match feature {
        Feature::Ids => track
            .cues()
            .iter()
            .any(|cue| track.name(cue).to_string() == "序"),
        Feature::Speaker => track.cues().iter().any(|cue| track.speaker(cue).is_some()),
        Feature::Language => track.languages().len() > 1,
        Feature::Emphasis => lines(track, |_, marks| marks > 1),
        Feature::Ruby => track.has_marks(),
        Feature::Positions => track.has_positions(),
        Feature::Chapters | Feature::AnyChapters => track.chapters().next().is_some(),
        Feature::EmptyCues => track.cues().iter().any(|cue| cue.line_count() == 0),
        Feature::BlankLines => lines(track, |text, _| text.is_empty()),
        Feature::NumberLikeText => lines(track, |text, _| text == "2024"),
        Feature::LiteralText => lines(track, |text, _| text.contains("<b>")),
        Feature::AllCharacters => lines(track, |text, _| text.contains('{')),
        Feature::Cues => !track.cues().is_empty(),
        Feature::Ends => track
            .cues()
            .iter()
            .any(|cue| cue.interval.end().millis() % 1000 > 0),
        Feature::Milliseconds => track
            .cues()
            .iter()
            .any(|cue| cue.interval.end().millis() % 10 > 0),
        Feature::Overlaps => track.overlaps() > 0,
        Feature::TenHours => track.end().clock().0 >= 10,
        Feature::Lines => track.cues().iter().any(|cue| cue.line_count() > 1),
    };
    for &feature in format.holds {
        assert!(
            tracks.iter().any(|track| has(track, feature)),
            "{}: {feature:?}",
            format.id
        );
    }
}

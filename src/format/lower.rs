//! A track and a target format in, the track as the format can hold it out, with what it
//! lost.
//!
//! The one place where a target's lacks are met: a writer is given nothing that it cannot
//! print, and what is lost is reported here and nowhere else.

use std::fmt;

use crate::format::clock::is_index;
use crate::format::plain::{begins_with_words, has_special};
use crate::format::rebuilt::{is_blank, needs_stand_in, rebuilt};
use crate::format::{Feature, Format};
use crate::model::{Cue, CueId, Interval, MarkKind, Timestamp, Track};

/// Something that a track had and the target has no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub feature: Feature,
    /// In how many cues (or chapters).
    pub count: usize,
    /// The target's name.
    pub target: &'static str,
    /// What is lost and what becomes of it, behind a number.
    says: &'static str,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            count,
            target,
            says,
            ..
        } = self;
        write!(f, "{target} has no room for {count} {says}")
    }
}

/// Takes away what `format` has no room for, and says what that was.
///
/// ```
/// use zimu::format::{Format, lower};
///
/// let vtt = Format::named("vtt").unwrap();
/// let text = "WEBVTT\n\nopening\n00:01.000 --> 00:02.000\n<v 林晓>你好\n";
/// let mut track = vtt.read(text).unwrap().track;
/// let losses = lower(&mut track, Format::named("srt").unwrap());
/// assert_eq!(losses[1].to_string(), "SubRip has no room for 1 speakers, who are not named");
/// ```
pub fn lower(track: &mut Track, format: &'static Format) -> Vec<Loss> {
    let losses = losses(track, format);
    let is_lost = |feature| losses.iter().any(|loss| loss.feature == feature);
    if REBUILDS.iter().any(|feature| is_lost(*feature)) {
        *track = rebuilt(track, format);
    }
    if is_lost(Feature::Emphasis) {
        track.retain_marks(|kind| matches!(kind, MarkKind::Ruby(_)));
    }
    if is_lost(Feature::Positions) {
        track.clear_positions();
    }
    if is_lost(Feature::Milliseconds) {
        track.map_intervals(|interval| in_steps(interval, format.step_ms));
    }
    if is_lost(Feature::Overlaps) {
        track.end_before_next();
    }
    losses
}

/// What can only be met by building the track anew.
const REBUILDS: [Feature; 7] = [
    Feature::Cues,
    Feature::Lines,
    Feature::Ruby,
    Feature::EmptyCues,
    Feature::BlankLines,
    Feature::LiteralText,
    Feature::AllCharacters,
];

/// A feature that a format may lack.
struct Lack {
    feature: Feature,
    count: Count,
    /// What is lost and what becomes of it, behind a number.
    says: &'static str,
}

/// How what is lost is counted.
enum Count {
    /// In the track as a whole.
    Track(fn(&Track) -> usize),
    /// Cues that have it.
    Cue(fn(&Track, &Cue, &Format) -> bool),
    /// Cues with lines that have it. Where every line is plain text, none does.
    Text(fn(&Track, &Cue, &Format) -> bool),
    /// Cues with such markup.
    Marks(fn(MarkKind) -> bool),
}

const fn lack(feature: Feature, count: Count, says: &'static str) -> Lack {
    Lack {
        feature,
        count,
        says,
    }
}

const LACKS: [Lack; 21] = [
    lack(
        Feature::Cues,
        Count::Track(|track| track.cues().len()),
        "cues, which are not written",
    ),
    lack(
        Feature::Ids,
        Count::Track(names),
        "cue names, which are not kept",
    ),
    lack(
        Feature::Speaker,
        Count::Track(Track::spoken_cues),
        "speakers, who are not named",
    ),
    lack(
        Feature::Language,
        Count::Track(|track| match track.line_languages()[..] {
            [] | [_] => 0,
            _ => track.cues().len(),
        }),
        "cues in several languages, which are not told apart",
    ),
    lack(
        Feature::Ends,
        Count::Track(|track| track.cues().len()),
        "ends of cues, which are not kept",
    ),
    lack(
        Feature::Overlaps,
        Count::Track(Track::overlaps),
        "cues that go on over the start of the next, where they end now",
    ),
    lack(
        Feature::Milliseconds,
        Count::Cue(|_, cue, format| {
            let is_even = |at: Timestamp| at.millis().is_multiple_of(format.step_ms);
            !is_even(cue.interval.start()) || !is_even(cue.interval.end())
        }),
        "cues with times in milliseconds, which are rounded",
    ),
    lack(
        Feature::TenHours,
        Count::Cue(|_, cue, _| cue.interval.end() >= TEN_HOURS),
        "cues of ten hours and later, which some of its programs take for earlier ones",
    ),
    lack(
        Feature::Lines,
        Count::Cue(|_, cue, _| cue.line_count() > 1),
        "cues of several lines, which become one",
    ),
    lack(
        Feature::Emphasis,
        Count::Marks(|kind| !matches!(kind, MarkKind::Ruby(_))),
        "cues with bold, italic or underline, which is dropped",
    ),
    lack(
        Feature::Ruby,
        Count::Marks(|kind| matches!(kind, MarkKind::Ruby(_))),
        "cues with readings, which are put in brackets",
    ),
    lack(
        Feature::Positions,
        Count::Cue(|track, cue, _| track.position(cue).is_some()),
        "cues with a position, which is dropped",
    ),
    lack(
        Feature::Chapters,
        Count::Track(|track| track.chapters().count()),
        "chapters, which are not written",
    ),
    // What YouTube asks of the chapters in a description ("Video chapters" in its help): where
    // one of these is not met, it shows none.
    lack(
        Feature::AnyChapters,
        Count::Track(|track| usize::from(track.chapters().count() < LEAST_CHAPTERS)),
        "lists of fewer than three chapters, of which none is shown",
    ),
    lack(
        Feature::AnyChapters,
        Count::Track(|track| {
            let first = track.chapters().next();
            usize::from(first.is_some_and(|(start, _)| whole_seconds(start) > 0))
        }),
        "lists of chapters that begin later than 0:00, of which none is shown",
    ),
    lack(
        Feature::AnyChapters,
        Count::Track(|track| {
            let starts = || track.chapters().map(|(start, _)| whole_seconds(start));
            let lengths = starts().zip(starts().skip(1));
            let lengths = lengths.map(|(start, next)| next - start);
            lengths.filter(|length| *length < LEAST_CHAPTER_S).count()
        }),
        "chapters of less than 10 s, with which none is shown",
    ),
    lack(
        Feature::EmptyCues,
        Count::Text(|track, cue, _| track.lines(cue).all(|line| is_blank(&line))),
        "cues without text, which are not written",
    ),
    lack(
        Feature::BlankLines,
        Count::Text(|track, cue, _| track.lines(cue).any(|line| is_blank(&line))),
        "cues with blank lines, which are dropped",
    ),
    // FFmpeg takes digits before a time line for the cue's number (srtdec.c): where a tool
    // leaves cues unnumbered, they are not shown.
    lack(
        Feature::NumberLikeText,
        Count::Text(|track, cue, _| {
            let last = track.lines(cue).last();
            last.is_some_and(|line| is_index(line.text))
        }),
        "cues that end in a line of digits, which players may take for the number of the next",
    ),
    lack(
        Feature::LiteralText,
        Count::Text(|track, cue, format| {
            let mut places = Vec::new();
            for line in track.lines(cue) {
                (format.guards)(line.text, &mut places);
            }
            !places.is_empty()
        }),
        "cues with text that looks like markup or times, which is marked as text by a U+2060",
    ),
    lack(
        Feature::AllCharacters,
        Count::Text(|track, cue, format| {
            let mut lines = track.lines(cue);
            lines.any(|line| needs_stand_in(line.text, format))
        }),
        "cues with characters that it has its own use for, which others stand in for",
    ),
];

/// How many chapters YouTube wants at least.
const LEAST_CHAPTERS: usize = 3;

/// How long each of them is at least.
const LEAST_CHAPTER_S: u32 = 10;

/// A chapter begins at the whole second before its words.
const fn whole_seconds(at: Timestamp) -> u32 {
    at.millis() / 1000
}

/// Where the hours have two digits.
const TEN_HOURS: Timestamp = Timestamp::from_millis(10 * 3_600_000);

/// What a track has that a format lacks, in one pass over its cues.
fn losses(track: &Track, format: &'static Format) -> Vec<Loss> {
    let lacks: Vec<&Lack> = LACKS
        .iter()
        .filter(|lack| !format.holds(lack.feature) && is_asked(lack.feature, format))
        .collect();
    let mut counts = vec![0; lacks.len()];
    let has_marks = track.has_marks();
    for (lack, count) in lacks.iter().zip(&mut counts) {
        let cues = track.cues().iter();
        *count = match lack.count {
            Count::Track(has) => has(track),
            Count::Cue(has) => cues.filter(|cue| has(track, cue, format)).count(),
            Count::Marks(is_wanted) if has_marks => {
                let is_marked = |cue: &&Cue| {
                    let mut lines = track.lines(cue);
                    lines.any(|line| line.marks.iter().any(|mark| is_wanted(mark.kind)))
                };
                cues.filter(is_marked).count()
            }
            Count::Marks(_) | Count::Text(_) => 0,
        };
    }
    // Words may have characters in them that XML has no form for.
    let is_of_words = |&(unfit, _): &(char, char)| !unfit.is_ascii();
    let has_to_look = format.stand_ins.iter().any(is_of_words);
    let is_asked = |cue: &&Cue| has_to_look || !is_plain(track, cue);
    for cue in track.cues().iter().filter(is_asked) {
        for (lack, count) in lacks.iter().zip(&mut counts) {
            if let Count::Text(has) = lack.count {
                *count += usize::from(has(track, cue, format));
            }
        }
    }
    let losses = lacks.iter().zip(counts).filter(|(_, count)| *count > 0);
    losses
        .map(|(lack, count)| Loss {
            feature: lack.feature,
            count,
            target: format.name,
            says: lack.says,
        })
        .collect()
}

/// Most cues hold nothing but words, whatever of their text is asked.
fn is_plain(track: &Track, cue: &Cue) -> bool {
    let is_of_words = || {
        let mut lines = track.lines(cue);
        lines.all(|line| begins_with_words(line.text) && !has_special(line.text))
    };
    cue.line_count() > 0 && (track.is_plain(cue) || is_of_words())
}

/// Whether it is told of a format that it lacks something: of what is not written at all,
/// nothing more is lost.
fn is_asked(feature: Feature, format: &Format) -> bool {
    match feature {
        Feature::AnyChapters => format.holds(Feature::Chapters),
        feature if feature.is_of_cues() => format.holds(Feature::Cues),
        _ => true,
    }
}

/// Cues that are called something else than their place in the file.
fn names(track: &Track) -> usize {
    let numbered = (1..).map(CueId::numbered);
    let cues = track.cues().iter().zip(numbered);
    cues.filter(|(cue, number)| cue.id != *number).count()
}

/// Both ends to the nearest multiple of `step_ms`, half up: those of cues that touch stay
/// together. A cue that is shorter than half a step is a whole one.
fn in_steps(interval: Interval, step_ms: u32) -> Interval {
    let round = |at: Timestamp| {
        let steps = at.millis().saturating_add(step_ms / 2) / step_ms;
        Timestamp::from_millis(steps * step_ms)
    };
    let (start, end) = (round(interval.start()), round(interval.end()));
    let start = start.min(round(Timestamp::MAX).earlier(step_ms));
    Interval::at_least_1_ms(start, end.max(start.later(step_ms)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::FORMATS;
    use proptest::prelude::*;

    #[test]
    fn what_is_rounded_is_what_has_steps() {
        for format in FORMATS {
            let is_exact = format.step_ms == 1;
            assert_eq!(
                format.holds(Feature::Milliseconds),
                is_exact,
                "{}",
                format.id
            );
        }
    }

    proptest! {
        #[test]
        fn times_in_steps_are_near_and_touch_where_they_did(
            mut times in [any::<u32>(), any::<u32>(), any::<u32>()],
            step_ms in prop_oneof![Just(10_u32), Just(1000)],
        ) {
            times.sort_unstable();
            let at = |index: usize| Timestamp::from_millis(times[index]);
            if let (Some(one), Some(next)) = (Interval::new(at(0), at(1)), Interval::new(at(1), at(2))) {
                let (one_in, next_in) = (in_steps(one, step_ms), in_steps(next, step_ms));
                for (exact, rounded) in [(one, one_in), (next, next_in)] {
                    prop_assert!(rounded.start().millis() % step_ms == 0);
                    prop_assert!(rounded.duration_ms() >= step_ms);
                    let off = exact.start().millis().abs_diff(rounded.start().millis());
                    prop_assert!(off <= step_ms / 2 || exact.end() > Timestamp::MAX.earlier(2 * step_ms));
                }
                if one.duration_ms() >= step_ms && next.duration_ms() >= step_ms {
                    prop_assert!(one_in.end() == next_in.start() || next.end() > Timestamp::MAX.earlier(2 * step_ms));
                }
            }
        }
    }
}

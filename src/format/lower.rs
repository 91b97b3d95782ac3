//! A track and a target format in, the track as the format can hold it out, with what it
//! lost.
//!
//! The one place where a target's lacks are met: a writer is given nothing that it cannot
//! print, and what is lost is reported here and nowhere else.

use std::fmt;

use crate::format::clock::{is_index, is_time_line};
use crate::format::{Feature, Format};
use crate::model::{CueId, CueTimes, LineView, Mark, MarkKind, Track, TrackBuilder};
use crate::text::class::trimmed;

/// Something that a track had and the target has no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub feature: Feature,
    /// In how many cues (or chapters).
    pub count: usize,
    /// The target's name.
    pub target: &'static str,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, target, .. } = self;
        let what = match self.feature {
            Feature::Ids => "cue names, which are not kept",
            Feature::Speaker => "speakers, who are not named",
            Feature::Language => "cues in several languages, which are not told apart",
            Feature::Emphasis => "cues with bold, italic or underline, which is dropped",
            Feature::Ruby => "cues with readings, which are put in brackets",
            Feature::Positions => "cues with a position, which is dropped",
            Feature::Chapters => "chapters, which are not written",
            Feature::EmptyCues => "cues without text, which are not written",
            Feature::BlankLines => "cues with blank lines, which are dropped",
            Feature::TimeLikeText => {
                "cues with text that looks like times, which is marked as text by a U+2060"
            }
            Feature::NumberLikeText => {
                "cues that end in a line of digits, which players may take for the number of the next"
            }
            Feature::LiteralTags => "cues with text that players take for markup",
        };
        write!(f, "{target} has no room for {count} {what}")
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
    let lost = |&(feature, has): &(Feature, CountIn)| {
        let count = if format.holds(feature) { 0 } else { has(track) };
        (count > 0).then_some(Loss {
            feature,
            count,
            target: format.name,
        })
    };
    let losses: Vec<Loss> = LACKS.iter().filter_map(lost).collect();
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
    losses
}

/// What can only be met by building the track anew.
const REBUILDS: [Feature; 4] = [
    Feature::Ruby,
    Feature::EmptyCues,
    Feature::BlankLines,
    Feature::TimeLikeText,
];

/// In how many cues a track has something.
type CountIn = fn(&Track) -> usize;

/// In how many cues a track has each feature.
const LACKS: [(Feature, CountIn); 12] = [
    (Feature::Ids, names),
    (Feature::Speaker, |track| {
        count(track, |track, cue| track.speaker(cue).is_some())
    }),
    (Feature::Language, |track| {
        if track.languages().len() > 1 {
            track.cues().len()
        } else {
            0
        }
    }),
    (Feature::Emphasis, |track| {
        marked(track, |kind| !matches!(kind, MarkKind::Ruby(_)))
    }),
    (Feature::Ruby, |track| {
        marked(track, |kind| matches!(kind, MarkKind::Ruby(_)))
    }),
    (Feature::Positions, |track| {
        count(track, |track, cue| track.position(cue).is_some())
    }),
    (Feature::Chapters, |track| track.chapters().count()),
    (Feature::EmptyCues, |track| {
        count(track, |track, cue| {
            track.lines(cue).all(|line| is_blank(&line))
        })
    }),
    (Feature::BlankLines, |track| {
        count(track, |track, cue| {
            track.lines(cue).any(|line| is_blank(&line))
        })
    }),
    (Feature::TimeLikeText, |track| {
        count(track, |track, cue| {
            track.lines(cue).any(|line| is_time_line(line.text))
        })
    }),
    // FFmpeg takes digits before a time line for the cue's number (srtdec.c): where a tool
    // leaves cues unnumbered, they are not shown.
    (Feature::NumberLikeText, |track| {
        count(track, |track, cue| {
            track
                .lines(cue)
                .last()
                .is_some_and(|line| is_index(line.text))
        })
    }),
    (Feature::LiteralTags, |track| {
        count(track, |track, cue| {
            track.lines(cue).any(|line| looks_like_markup(line.text))
        })
    }),
];

fn count(track: &Track, has: impl Fn(&Track, &crate::model::Cue) -> bool) -> usize {
    track.cues().iter().filter(|cue| has(track, cue)).count()
}

/// Cues that are called something else than their place in the file.
fn names(track: &Track) -> usize {
    let numbered = (1..).map(CueId::numbered);
    let cues = track.cues().iter().zip(numbered);
    cues.filter(|(cue, number)| cue.id != *number).count()
}

fn marked(track: &Track, wanted: impl Fn(MarkKind) -> bool) -> usize {
    if !track.has_marks() {
        return 0;
    }
    count(track, |track, cue| {
        track
            .lines(cue)
            .any(|line| line.marks.iter().any(|mark| wanted(mark.kind)))
    })
}

fn is_blank(line: &LineView<'_>) -> bool {
    // A byte order mark alone is a blank line to every reader.
    trimmed(line.text).is_empty()
}

/// Text that a player of SubRip may take for a tag or an override, and not show.
fn looks_like_markup(text: &str) -> bool {
    text.contains("{\\")
        || text.match_indices('<').any(|(at, _)| {
            let next = text[at + 1..].trim_start_matches('/').chars().next();
            next.is_some_and(|c| c.is_ascii_alphabetic())
        })
}

/// The track without blank lines, without empty cues, and with readings in brackets, where
/// `format` cannot hold them.
fn rebuilt(track: &Track, format: &Format) -> Track {
    let mut builder = TrackBuilder::with_capacity(track.text_bytes(), track.cues().len());
    for (start, title) in track.chapters() {
        builder.chapter(start, title);
    }
    for cue in track.cues() {
        for line in track.lines(cue) {
            if is_blank(&line) && !format.holds(Feature::BlankLines) {
                continue;
            }
            let language = builder.language(line.language);
            copy_line(track, &line, format, &mut builder);
            builder.end_line(language);
        }
        if builder.line_count() == 0 && !format.holds(Feature::EmptyCues) {
            continue;
        }
        if let Some(speaker) = track.speaker(cue) {
            builder.speaker(speaker);
        }
        if let Some(position) = track.position(cue) {
            builder.position(position);
        }
        let id = match cue.id {
            CueId::Named(_) => builder.id(&track.name(cue).to_string()),
            numbered @ CueId::Numbered { .. } => numbered,
        };
        builder.cue(id, CueTimes::from(cue.interval));
    }
    builder.finish()
}

fn copy_line(track: &Track, line: &LineView<'_>, format: &Format, builder: &mut TrackBuilder) {
    if is_time_line(line.text) && !format.holds(Feature::TimeLikeText) {
        builder.push_str("\u{2060}");
    }
    let start = builder.here();
    let in_brackets = !format.holds(Feature::Ruby);
    // Where the text of `line` went to, behind each reading that was put into it.
    let mut inserted: Vec<(usize, usize)> = Vec::new();
    let mut at = line.span.start();
    let mut readings: Vec<&Mark> = Vec::new();
    if in_brackets {
        readings.extend(
            line.marks
                .iter()
                .filter(|mark| matches!(mark.kind, MarkKind::Ruby(_))),
        );
        readings.sort_by_key(|mark| mark.span.end());
    }
    for mark in readings {
        if let MarkKind::Ruby(reading) = mark.kind {
            builder.push_str(part(line, at, mark.span.end()));
            at = mark.span.end();
            let reading = format!("（{}）", track.reading(reading));
            builder.push_str(&reading);
            inserted.push((at, reading.len()));
        }
    }
    builder.push_str(part(line, at, line.span.end()));
    let moved = |place: usize| {
        let before = inserted
            .iter()
            .filter(|(end, _)| *end <= place)
            .map(|(_, length)| length);
        start + place - line.span.start() + before.sum::<usize>()
    };
    for mark in line.marks {
        let kind = match mark.kind {
            MarkKind::Ruby(_) if in_brackets => continue,
            MarkKind::Ruby(reading) => MarkKind::Ruby(builder.aside(track.reading(reading))),
            kind @ (MarkKind::Bold | MarkKind::Italic | MarkKind::Underline) => kind,
        };
        builder.mark_range(moved(mark.span.start())..moved(mark.span.end()), kind);
    }
}

fn part<'t>(line: &LineView<'t>, from: usize, to: usize) -> &'t str {
    let offset = line.span.start();
    line.text
        .get(from - offset..to - offset)
        .unwrap_or_default()
}

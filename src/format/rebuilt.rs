//! A track and a format in, the track built anew with what the format has no room for met in
//! its text: lines joined, readings in brackets, blank lines and empty cues left out, and what
//! could be taken for a part of the file kept apart.

use std::borrow::Cow;

use crate::format::{Feature, Format};
use crate::model::{CueId, CueTimes, LineView, MarkKind, Track, TrackBuilder};
use crate::text::class::{is_margin, is_spaced, trimmed};

/// What keeps text from being taken for something else: U+2060 WORD JOINER has no width, and
/// no break is lost by it.
pub(super) const GUARD: char = '\u{2060}';

/// The track as `format` can hold it.
pub(super) fn rebuilt(track: &Track, format: &Format) -> Track {
    let mut builder = TrackBuilder::with_capacity(track.text_bytes(), track.cues().len());
    for (start, title) in track.chapters() {
        builder.chapter(start, title);
    }
    let cues = if format.holds(Feature::Cues) {
        track.cues()
    } else {
        &[]
    };
    for cue in cues {
        copy_lines(track, track.lines(cue), format, &mut builder);
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

/// The lines of a cue. Where a format has one line for each, those that it cannot tell apart by
/// their language become one.
fn copy_lines<'t>(
    track: &Track,
    lines: impl Iterator<Item = LineView<'t>>,
    format: &Format,
    builder: &mut TrackBuilder,
) {
    let kept = |line: &LineView<'_>| format.holds(Feature::BlankLines) || !is_blank(line);
    let mut lines = lines.filter(kept).peekable();
    while let Some(line) = lines.next() {
        copy_line(track, &line, format, builder);
        let language = builder.language(line.language);
        match lines.peek() {
            Some(next) if goes_on(&line, next, format) => {
                if is_spaced(line.text.chars().next_back()) || is_spaced(next.text.chars().next()) {
                    builder.push_str(" ");
                }
            }
            Some(_) | None => builder.end_line(language),
        }
    }
}

fn goes_on(line: &LineView<'_>, next: &LineView<'_>, format: &Format) -> bool {
    let is_told_apart = format.holds(Feature::Language) && line.language != next.language;
    !format.holds(Feature::Lines) && !is_told_apart
}

/// Something that is put into a line, instead of `length` bytes at a place.
struct Edit {
    at: usize,
    length: usize,
    put: Cow<'static, str>,
}

fn copy_line(track: &Track, line: &LineView<'_>, format: &Format, builder: &mut TrackBuilder) {
    let edits = edits(track, line, format);
    let start = builder.here();
    let mut copied = 0;
    for edit in &edits {
        builder.push_str(line.text.get(copied..edit.at).unwrap_or_default());
        builder.push_str(&edit.put);
        copied = edit.at + edit.length;
    }
    builder.push_str(line.text.get(copied..).unwrap_or_default());
    let moved = |place: usize| {
        let at = place - line.span.start();
        let before = edits.iter().take_while(|edit| edit.at + edit.length <= at);
        before.fold(start + at, |place, edit| {
            place + edit.put.len() - edit.length
        })
    };
    for mark in line.marks {
        let kind = match mark.kind {
            MarkKind::Ruby(_) if !format.holds(Feature::Ruby) => continue,
            MarkKind::Ruby(reading) => MarkKind::Ruby(builder.aside(track.reading(reading))),
            kind @ (MarkKind::Bold | MarkKind::Italic | MarkKind::Underline) => kind,
        };
        builder.mark_range(moved(mark.span.start())..moved(mark.span.end()), kind);
    }
}

/// What is put into a line for `format`, by place; at one place in this order: a guard belongs to
/// what is before it, and a reading goes before the next character.
fn edits(track: &Track, line: &LineView<'_>, format: &Format) -> Vec<Edit> {
    let mut edits = guards(line.text, format);
    if !format.holds(Feature::Ruby) {
        let readings = line.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Ruby(reading) => Some((mark.span.end(), track.reading(reading))),
            MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => None,
        });
        edits.extend(readings.map(|(end, reading)| Edit {
            at: end - line.span.start(),
            length: 0,
            put: Cow::Owned(format!("（{}）", fitted(reading, format))),
        }));
    }
    edits.extend(stand_ins(line.text, format));
    edits.sort_by_key(|edit| edit.at);
    edits
}

/// A reading as it may stand in a line.
fn fitted(text: &str, format: &Format) -> String {
    let mut edits = guards(text, format);
    edits.extend(stand_ins(text, format));
    edits.sort_by_key(|edit| edit.at);
    let mut fitted = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in edits {
        fitted.push_str(text.get(copied..edit.at).unwrap_or_default());
        fitted.push_str(&edit.put);
        copied = edit.at + edit.length;
    }
    fitted + text.get(copied..).unwrap_or_default()
}

fn guards(text: &str, format: &Format) -> Vec<Edit> {
    let mut places = Vec::new();
    (format.guards)(text, &mut places);
    let guard = |at| Edit {
        at,
        length: 0,
        put: Cow::Borrowed("\u{2060}"),
    };
    places.into_iter().map(guard).collect()
}

fn stand_ins<'t>(text: &'t str, format: &'t Format) -> impl Iterator<Item = Edit> + 't {
    format.stand_ins.iter().flat_map(move |&(unfit, stand_in)| {
        text.match_indices(unfit).map(move |(at, unfit)| Edit {
            at,
            length: unfit.len(),
            put: Cow::Owned(stand_in.to_string()),
        })
    })
}

/// Whether a line has a character that another stands in for.
pub(super) fn needs_stand_in(text: &str, format: &Format) -> bool {
    let mut unfit = format.stand_ins.iter();
    unfit.any(|(unfit, _)| text.contains(*unfit))
}

/// A byte order mark alone is a blank line to every reader.
pub(super) fn is_blank(line: &LineView<'_>) -> bool {
    let begins_blank = line.text.chars().next().is_none_or(is_margin);
    begins_blank && trimmed(line.text).is_empty()
}

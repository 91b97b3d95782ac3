//! A line of one track in, the same line in another out, with its markup.

use crate::model::{
    Cue, CueId, CueTimes, Interval, LanguageTag, LineView, MarkKind, Track, TrackBuilder,
};

/// Copies a line into the cue that is being built, in a language.
pub(super) fn copy_line(
    track: &Track,
    line: &LineView<'_>,
    language: &LanguageTag,
    to: &mut TrackBuilder,
) {
    copy_part(track, line, 0..line.text.len(), language, to);
}

/// Copies the bytes of a line that are in `part`, which is on characters' bounds.
pub(super) fn copy_part(
    track: &Track,
    line: &LineView<'_>,
    part: std::ops::Range<usize>,
    language: &LanguageTag,
    to: &mut TrackBuilder,
) {
    let start = to.here();
    to.push_str(line.text.get(part.clone()).unwrap_or_default());
    let end = to.here();
    let moved = |place: usize| {
        let at = place - line.span.start();
        (start + at.saturating_sub(part.start)).min(end)
    };
    for mark in line.marks {
        let (from, until) = (moved(mark.span.start()), moved(mark.span.end()));
        if from == until {
            continue;
        }
        let kind = match mark.kind {
            MarkKind::Ruby(reading) => MarkKind::Ruby(to.aside(track.reading(reading))),
            kind @ (MarkKind::Bold | MarkKind::Italic | MarkKind::Underline) => kind,
        };
        to.mark_range(from..until, kind);
    }
    let language = to.language(language);
    to.end_line(language);
}

/// Ends the cue that is being built as `cue` is but for its lines and its interval.
pub(super) fn end_cue(track: &Track, cue: &Cue, interval: Interval, to: &mut TrackBuilder) {
    if let Some(speaker) = track.speaker(cue) {
        to.speaker(speaker);
    }
    if let Some(position) = track.position(cue) {
        to.position(position);
    }
    let id = match cue.id {
        CueId::Named(_) => to.id(&track.name(cue).to_string()),
        numbered @ CueId::Numbered { .. } => numbered,
    };
    to.cue(id, CueTimes::from(interval));
}

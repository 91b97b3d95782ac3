//! A track in several languages in, the same captions laid out for who is to see them out: all
//! languages in each cue, one of them on top, or a track for each.
//!
//! Which language is whose is said by the lines, whoever has said it to them. Cues keep their ids
//! and their times, so that tracks that were parted pair again.

use crate::bilingual::copied::{copy_line, end_cue};
use crate::model::{LanguageTag, LineView, Track, TrackBuilder};

/// The captions with the lines of each cue by language: those for which `is_top` holds above all
/// others, else in the order that the languages come up in.
///
/// ```
/// use zimu::bilingual::stacked;
/// use zimu::format::Format;
/// use zimu::model::LanguageTag;
///
/// let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<lang zh-Hans>渡口</lang>\n<lang en>the ferry</lang>\n";
/// let track = Format::named("vtt").unwrap().read(text).unwrap().track;
/// let track = stacked(&track, |language| *language == LanguageTag::EN);
/// let lines: Vec<_> = track.lines(&track.cues()[0]).map(|line| line.text).collect();
/// assert_eq!(lines, ["the ferry", "渡口"]);
/// ```
#[must_use]
pub fn stacked(track: &Track, is_top: impl Fn(&LanguageTag) -> bool) -> Track {
    let mut order = track.line_languages();
    order.sort_by_key(|language| !is_top(language));
    let mut builder = like(track);
    let mut lines: Vec<LineView<'_>> = Vec::new();
    for cue in track.cues() {
        lines.clear();
        lines.extend(track.lines(cue));
        lines.sort_by_key(|line| place_in(&order, line.language));
        for line in &lines {
            copy_line(track, line, line.language, &mut builder);
        }
        end_cue(track, cue, cue.interval, &mut builder);
    }
    builder.finish()
}

/// A track for each language, in the order that they come up in, with its lines alone.
///
/// A cue without a line in a language is none of its track; one without any line is of the first.
/// Chapters are of all: they have one title, and who reads the other language is helped by their
/// times.
///
/// ```
/// use zimu::bilingual::separate;
/// use zimu::format::Format;
/// use zimu::model::CueId;
///
/// let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<lang zh-Hans>渡口</lang>\n\n\
///     00:02.000 --> 00:03.000\n<lang zh-Hans>上船</lang>\n<lang en>all aboard</lang>\n";
/// let track = Format::named("vtt").unwrap().read(text).unwrap().track;
/// let [(_, chinese), (tag, english)] = &separate(&track)[..] else { panic!() };
/// assert_eq!((chinese.cues().len(), english.cues().len()), (2, 1));
/// assert_eq!((tag.as_str(), english.cues()[0].id), ("en", CueId::numbered(2)));
/// ```
#[must_use]
pub fn separate(track: &Track) -> Vec<(LanguageTag, Track)> {
    let languages = track.line_languages();
    let mut builders: Vec<TrackBuilder> = languages.iter().map(|_| like(track)).collect();
    for cue in track.cues() {
        for line in track.lines(cue) {
            let place = place_in(&languages, line.language);
            copy_line(track, &line, line.language, &mut builders[place]);
        }
        let is_of = |at: usize, builder: &TrackBuilder| {
            builder.line_count() > 0 || (at == 0 && cue.line_count() == 0)
        };
        for (at, builder) in builders.iter_mut().enumerate() {
            if is_of(at, builder) {
                end_cue(track, cue, cue.interval, builder);
            }
        }
    }
    let tracks = builders.into_iter().map(TrackBuilder::finish);
    languages.into_iter().cloned().zip(tracks).collect()
}

/// An empty track with the chapters of another.
fn like(track: &Track) -> TrackBuilder {
    let mut builder = TrackBuilder::new();
    for (start, title) in track.chapters() {
        builder.chapter(start, title);
    }
    builder
}

/// Where a language stands, which is in the list.
fn place_in(languages: &[&LanguageTag], language: &LanguageTag) -> usize {
    let place = languages.iter().position(|other| *other == language);
    place.unwrap_or_default()
}

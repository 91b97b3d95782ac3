//! A track in one script of Chinese in, the same track in another out.
//!
//! Cues, their names, their times and their lines stay as they are, so that the two files can be
//! read side by side. Only Chinese is converted: its lines with their readings, and with them the
//! names of speakers and the titles of chapters. A line may have become too wide; it is said, and
//! not broken again: the marks at its end that a profile does not show are gone, and where the
//! words may be parted is for the transcript to say.

use crate::model::{CueId, CueTimes, LanguageTag, LineView, Mark, MarkKind, Track, TrackBuilder};
use crate::text::class::Class;
use crate::text::conversion::{Converter, Edge, Place};
use crate::text::script::{Script, detect_in, is_chinese};
use crate::text::width::half_cells;

/// How wide a converted line may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widest {
    /// As wide as it comes out.
    Unlimited,
    /// So many half cells.
    HalfCells(u32),
    /// As the widest line of Chinese in the track was before.
    AsBefore,
}

/// A track in another script, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InScript {
    /// The same cues in the other script.
    pub track: Track,
    /// How many lines are Chinese.
    pub lines: usize,
    /// How many of those are not as they were.
    pub changed: usize,
    /// The cues, by their index, of which a line became wider and is too wide now.
    pub too_wide: Vec<usize>,
}

/// Converts all Chinese of a track. A line whose language says no script is in that of the
/// characters of the whole track. A line with kana is Japanese, whatever its language is said to
/// be: の alone is not, it stands in Chinese names.
///
/// ```
/// use zimu::bilingual::{Widest, in_script};
/// use zimu::model::{CueId, CueTimes, LanguageTag, Timestamp, TrackBuilder};
/// use zimu::text::conversion::{Converter, Glossary};
/// use zimu::text::script::Script;
///
/// let mut builder = TrackBuilder::new();
/// let zh = builder.language(&LanguageTag::ZH_HANS);
/// builder.line("船上的软件", zh);
/// builder.cue(CueId::numbered(7), CueTimes::open(Timestamp::ZERO));
/// let track = builder.finish();
///
/// let mut taiwan = Converter::new(Script::HantTw, &Glossary::NONE);
/// let converted = in_script(&track, &mut taiwan, Widest::Unlimited);
/// assert_eq!((converted.lines, converted.changed), (1, 1));
/// let cue = &converted.track.cues()[0];
/// let line = converted.track.lines(cue).next().unwrap();
/// assert_eq!((line.text, line.language.as_str()), ("船上的軟體", "zh-Hant-TW"));
/// ```
#[must_use]
pub fn in_script(track: &Track, converter: &mut Converter<'_>, widest: Widest) -> InScript {
    let languages = track.languages().iter();
    let scripts: Vec<_> = languages
        .filter(|language| is_chinese(language))
        .map(|language| (language.clone(), script_of(language, track)))
        .collect();
    let mut work = Work {
        builder: TrackBuilder::with_capacity(track.text_bytes(), track.cues().len()),
        most_half_cells: most_half_cells(track, &scripts, widest),
        aside_script: scripts.first().map(|(_, script)| *script),
        scripts,
        converter,
        lines: 0,
        changed: 0,
    };
    for (start, title) in track.chapters() {
        let title = work.aside(title);
        work.builder.chapter(start, &title);
    }
    let mut too_wide = Vec::new();
    for (index, cue) in track.cues().iter().enumerate() {
        let mut is_too_wide = false;
        for line in track.lines(cue) {
            is_too_wide |= work.line(track, &line);
        }
        if is_too_wide {
            too_wide.push(index);
        }
        if let Some(speaker) = track.speaker(cue) {
            let speaker = work.aside(speaker);
            work.builder.speaker(&speaker);
        }
        if let Some(position) = track.position(cue) {
            work.builder.position(position);
        }
        let id = match cue.id {
            CueId::Named(_) => work.builder.id(&track.name(cue).to_string()),
            numbered @ CueId::Numbered { .. } => numbered,
        };
        work.builder.cue(id, CueTimes::from(cue.interval));
    }
    InScript {
        track: work.builder.finish(),
        lines: work.lines,
        changed: work.changed,
        too_wide,
    }
}

/// The script of a language, else that of the track's characters, else Simplified, in which most
/// Chinese is written.
fn script_of(language: &LanguageTag, track: &Track) -> Script {
    let by_characters = || {
        let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
        let found = detect_in(lines.map(|line| line.text));
        if found == Some(LanguageTag::ZH_HANT) {
            Script::Hant
        } else {
            Script::Hans
        }
    };
    Script::of_tag(language).unwrap_or_else(by_characters)
}

fn most_half_cells(
    track: &Track,
    scripts: &[(LanguageTag, Script)],
    widest: Widest,
) -> Option<u32> {
    match widest {
        Widest::Unlimited => None,
        Widest::HalfCells(most) => Some(most),
        Widest::AsBefore => {
            let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
            let chinese = lines.filter(|line| scripts.iter().any(|(tag, _)| tag == line.language));
            chinese.map(|line| half_cells(line.text)).max()
        }
    }
}

struct Work<'w, 'g> {
    builder: TrackBuilder,
    most_half_cells: Option<u32>,
    /// The languages that are converted.
    scripts: Vec<(LanguageTag, Script)>,
    /// What speakers and chapters are in, which have no language of their own.
    aside_script: Option<Script>,
    converter: &'w mut Converter<'g>,
    lines: usize,
    changed: usize,
}

impl Work<'_, '_> {
    /// Adds a line, and says whether it has become too wide.
    fn line(&mut self, track: &Track, line: &LineView<'_>) -> bool {
        let mut scripts = self.scripts.iter();
        let script = scripts
            .find(|(tag, _)| tag == line.language)
            .map(|(_, script)| *script);
        let Some(script) = script.filter(|_| !is_japanese(line.text)) else {
            self.keep(track, line);
            return false;
        };
        let marks = line.marks.iter();
        let mut places: Vec<Place> = marks.flat_map(|mark| ends(mark, line)).collect();
        let text = self.converter.convert(script, line.text, &mut places);
        let is_changed = text != line.text;
        let half_cells_before = half_cells(line.text);
        let half_cells = half_cells(text);
        let start = self.builder.here();
        self.builder.push_str(text);
        for (mark, moved) in line.marks.iter().zip(places.chunks(2)) {
            let kind = match mark.kind {
                MarkKind::Ruby(reading) => {
                    let reading = track.reading(reading);
                    let reading = self.converter.convert(script, reading, &mut []);
                    MarkKind::Ruby(self.builder.aside(reading))
                }
                kind @ (MarkKind::Bold | MarkKind::Italic | MarkKind::Underline) => kind,
            };
            if let [from, to] = moved {
                self.builder
                    .mark_range(start + from.at..start + to.at, kind);
            }
        }
        let language = self.converter.target().tag(line.language);
        let language = self.builder.language(&language);
        self.builder.end_line(language);
        self.lines += 1;
        self.changed += usize::from(is_changed);
        let is_wide = self.most_half_cells.is_some_and(|most| half_cells > most);
        is_wide && half_cells > half_cells_before
    }

    /// Adds a line as it is.
    fn keep(&mut self, track: &Track, line: &LineView<'_>) {
        let start = self.builder.here();
        self.builder.push_str(line.text);
        for mark in line.marks {
            let [from, to] = ends(mark, line).map(|place| start + place.at);
            let kind = match mark.kind {
                MarkKind::Ruby(reading) => {
                    MarkKind::Ruby(self.builder.aside(track.reading(reading)))
                }
                kind @ (MarkKind::Bold | MarkKind::Italic | MarkKind::Underline) => kind,
            };
            self.builder.mark_range(from..to, kind);
        }
        let language = self.builder.language(line.language);
        self.builder.end_line(language);
    }

    /// A speaker or a title in the other script, if there is Chinese at all.
    fn aside(&mut self, text: &str) -> String {
        match self.aside_script.filter(|_| !is_japanese(text)) {
            Some(script) => self.converter.convert(script, text, &mut []).to_owned(),
            None => text.to_owned(),
        }
    }
}

/// Where a mark starts and ends in its line.
fn ends(mark: &Mark, line: &LineView<'_>) -> [Place; 2] {
    let place = |at: usize, edge| Place {
        at: at - line.span.start(),
        edge,
    };
    [
        place(mark.span.start(), Edge::Start),
        place(mark.span.end(), Edge::End),
    ]
}

fn is_japanese(text: &str) -> bool {
    text.chars()
        .any(|c| Class::of(c) == Class::Kana && c != 'の')
}

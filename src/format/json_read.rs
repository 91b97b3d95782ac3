//! zimu's own neutral form in JSON in, a track out, with what was wrong with it.
//!
//! What one value is worth is decided by itself: a wrong mark costs the mark, a wrong start
//! its cue, and only what is no JSON costs what stands behind it.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::format::draft::{CONTROL, Draft};
use crate::format::json::{FORMAT, VERSION};
use crate::format::json_form::{ChapterForm, CueForm, LineForm, MarkForm, MarkName, PlainText};
use crate::format::json_value::{Part, Shape, Text};
use crate::model::{Kind, LanguageTag, MarkKind, Position, Span, Timestamp, kinds};

kinds! {
    Format;
    BAD_JSON: Fault, "bad-json",
        "expected JSON in the form of zimu-cues, version 1",
        "what stands before was read";
    BAD_CUE: Fault, "bad-cue",
        "expected a cue with start_ms, end_ms and lines",
        "the cue was dropped, the others were kept; mend its values";
    NO_TEXT: Fault, "no-text",
        "expected a string",
        "the value was dropped, the rest of the cue was kept";
    BAD_CHAPTER: Fault, "bad-chapter",
        "expected a chapter with start_ms and title",
        "the chapter was dropped";
    POSITION: Repair, "position",
        "expected a position from 1 to 9, as on a numeric keypad",
        "the cue was put where captions stand by default";
    LANGUAGE: Repair, "language-tag",
        "expected a language tag such as zh-Hans",
        "the line is in a language that is not known";
    LANGUAGES: Repair, "many-languages",
        "expected at most 256 languages",
        "the line was counted to the first of them";
    BAD_MARK: Repair, "mark",
        "expected bold, italic, underline or ruby over a part of the text",
        "the mark was dropped, its text was kept";
    LINE_END: Repair, "line-end",
        "expected text of one line",
        "the line end became a space; each line of a cue is one of its lines";
    OTHER_JSON: Fault, "other-json",
        "expected \"format\":\"zimu-cues\"",
        "is it JSON of another tool?";
    VERSIONS: Fault, "version",
        "expected version 1 of zimu-cues",
        "it was read as version 1; a newer zimu may read all of it";
}

const SHAPE: Shape = Shape {
    file: "a map with format, version and cues",
    key: "cues",
    list: "a list of cues",
};

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    draft.expect_cues_of(120);
    let text = draft.source;
    let mut reader = Reader {
        draft,
        languages: HashMap::new(),
        is_ours: Ours::Unknown,
    };
    let read = SHAPE.read(text, |part| reader.part(part));
    if let Err(error) = read {
        reader.draft.wrong(&BAD_JSON, text, &error);
    } else if reader.is_ours == Ours::Unknown {
        reader.draft.found(&OTHER_JSON, Span::default());
    }
}

struct Reader<'r, 't> {
    draft: &'r mut Draft<'t>,
    /// Languages by their tag as it is written, so that it is parsed once.
    languages: HashMap<&'t str, u8>,
    is_ours: Ours,
}

/// Whether the file says that it is of this format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ours {
    Unknown,
    Yes,
}

impl<'t> Reader<'_, 't> {
    fn part(&mut self, part: Part<'t>) {
        match part {
            Part::Entry(cue) => self.cue(cue),
            Part::Member(key, json) => match &*key {
                "format" => {
                    let format = serde_json::from_str::<Text<'_>>(json.get());
                    if format.is_ok_and(|format| format.0 == FORMAT) {
                        self.is_ours = Ours::Yes;
                    }
                }
                "version" => self.version(json),
                "chapters" => self.chapters(json),
                _ => {}
            },
        }
    }

    fn place(&self, value: &str) -> Span {
        self.draft.span_of(value)
    }

    fn value<T: Deserialize<'t>>(&mut self, json: &'t RawValue, kind: &'static Kind) -> Option<T> {
        self.draft.value(json, kind)
    }

    /// A string as it may be shown.
    fn text(&mut self, json: &'t RawValue) -> Option<PlainText<'t>> {
        let text: Text<'t> = self.value(json, &NO_TEXT)?;
        let plain = PlainText::new(text);
        let place = self.place(json.get());
        if plain.had_controls() {
            self.draft.found(&CONTROL, place);
        }
        if plain.had_line_ends() {
            self.draft.found(&LINE_END, place);
        }
        Some(plain)
    }

    fn version(&mut self, json: &'t RawValue) {
        if json.get() != VERSION.to_string() {
            let found = format!("version {}", json.get());
            let place = self.place(json.get());
            self.draft.diagnostics.push(VERSIONS.found(place, found));
        }
    }

    fn chapters(&mut self, json: &'t RawValue) {
        let chapters: Option<Vec<_>> = self.value(json, &BAD_CHAPTER);
        for chapter in chapters.into_iter().flatten() {
            self.chapter(chapter);
        }
    }

    fn chapter(&mut self, json: &'t RawValue) {
        let Some(chapter) = self.value::<ChapterForm<'_>>(json, &BAD_CHAPTER) else {
            return;
        };
        let Some(title) = self.text(chapter.title) else {
            return;
        };
        let Some(start) = self.value(chapter.start_ms, &BAD_CHAPTER) else {
            return;
        };
        let start = Timestamp::from_millis(start);
        self.draft
            .start_at(self.place(chapter.start_ms.get()), start);
        self.draft.builder.chapter(start, &title.text);
    }

    fn cue(&mut self, json: &'t RawValue) {
        let Some(cue) = self.value::<CueForm<'_>>(json, &BAD_CUE) else {
            return;
        };
        let Some(start) = self.value(cue.start_ms, &BAD_CUE) else {
            return;
        };
        let end = match cue.end_ms {
            Some(end) => self.value(end, &BAD_CUE).map(Some),
            None => Some(None),
        };
        let Some(end) = end else { return };
        let start = Timestamp::from_millis(start);
        let end = end.map(Timestamp::from_millis);
        // The opening brace: a cue may be long.
        let place = self.place(&json.get()[..1]);
        let times = self.draft.times(start, end, place);
        self.draft.start_at(self.place(cue.start_ms.get()), start);
        if let Some((json, end)) = cue.end_ms.zip(end) {
            self.draft.end_at(self.place(json.get()), end, start);
        }
        let id = cue.id.and_then(|id| self.text(id));
        let id = match id {
            Some(id) => self.draft.builder.id(&id.text),
            None => self.draft.next_id(),
        };
        if let Some(speaker) = cue.speaker.and_then(|speaker| self.text(speaker)) {
            self.draft.builder.speaker(&speaker.text);
        }
        if let Some(position) = cue.position {
            self.position(position);
        }
        for line in cue.lines {
            self.line(&line);
        }
        self.draft.cue(id, times);
    }

    fn position(&mut self, json: &'t RawValue) {
        if let Some(position) = json.get().parse().ok().and_then(Position::from_keypad) {
            self.draft.builder.position(position);
        } else {
            let place = self.place(json.get());
            self.draft.found(&POSITION, place);
        }
    }

    fn line(&mut self, line: &LineForm<'t>) {
        let Some(text) = self.text(line.text) else {
            return;
        };
        let language = self.language(line.language);
        let start = self.draft.builder.here();
        self.draft.builder.push_str(&text.text);
        if !line.marks.is_empty() {
            let places = text.places();
            for mark in &line.marks {
                self.mark(mark, &places, start);
            }
        }
        self.draft.builder.end_line(language);
    }

    /// `places` are those of the line's characters, and `start` that of the line.
    fn mark(&mut self, json: &'t RawValue, places: &[usize], start: usize) {
        let Some(mark) = self.value::<MarkForm<_>>(json, &BAD_MARK) else {
            return;
        };
        let place = |character: u32| places.get(character as usize).copied();
        let range = place(mark.start).zip(place(mark.end));
        let Some((from, to)) = range.filter(|(from, to)| from < to) else {
            let found = format!("one from {} to {}", mark.start, mark.end);
            let place = self.place(json.get());
            return self.draft.diagnostics.push(BAD_MARK.found(place, found));
        };
        let kind = match mark.kind {
            MarkName::Bold => MarkKind::Bold,
            MarkName::Italic => MarkKind::Italic,
            MarkName::Underline => MarkKind::Underline,
            MarkName::Ruby => {
                let Some(reading) = mark.reading else {
                    let place = self.place(json.get());
                    return self
                        .draft
                        .diagnostics
                        .push(BAD_MARK.found(place, "ruby without a reading"));
                };
                let Some(reading) = self.text(reading) else {
                    return;
                };
                MarkKind::Ruby(self.draft.builder.aside(&reading.text))
            }
        };
        self.draft
            .builder
            .mark_range(start + from..start + to, kind);
    }

    /// The index of a line's language. Where a tag is wrong it is reported at each of its
    /// places, and only those that are right are remembered.
    fn language(&mut self, json: Option<&'t RawValue>) -> u8 {
        let Some(json) = json else {
            return self.draft.builder.language(&LanguageTag::UND);
        };
        if let Some(&known) = self.languages.get(json.get()) {
            return known;
        }
        let tag = serde_json::from_str::<Text<'_>>(json.get()).ok();
        let Some(tag) = tag.and_then(|tag| tag.0.parse().ok()) else {
            let place = self.place(json.get());
            self.draft.found(&LANGUAGE, place);
            return self.draft.builder.language(&LanguageTag::UND);
        };
        if self.draft.builder.has_room_for(&tag) {
            let language = self.draft.builder.language(&tag);
            self.languages.insert(json.get(), language);
            return language;
        }
        let place = self.place(json.get());
        self.draft.found(&LANGUAGES, place);
        self.draft.builder.language(&tag)
    }
}

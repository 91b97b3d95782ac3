//! zimu's own neutral form in JSON in, a track out, with what was wrong with it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::format::Reading;
use crate::format::json::{FORMAT, VERSION};
use crate::format::json_form::{ChapterForm, LineForm, MarkName, Text};
use crate::model::{
    CueId, CueTimes, Diagnostic, LanguageTag, MarkKind, Position, Span, Timestamp, TrackBuilder,
    kinds,
};

kinds! {
    Format;
    BAD_JSON: Fault, "bad-json",
        "expected JSON in the form of zimu-cues, version 1",
        "what stands before was read";
    REVERSED: Fault, "end-before-start",
        "expected end_ms after start_ms",
        "the cue ends at the next start, at most 5 s later";
    OTHER_JSON: Fault, "other-json",
        "expected \"format\":\"zimu-cues\"",
        "is it JSON of another tool?";
    VERSIONS: Fault, "version",
        "expected version 1 of zimu-cues",
        "it was read as version 1; a newer zimu may read all of it";
}

/// Reads a text.
pub(super) fn read(text: &str) -> Reading {
    let mut reader = Reader {
        source: text,
        builder: TrackBuilder::with_capacity(text.len() / 2, text.len() / 120),
        diagnostics: Vec::new(),
        cue_count: 0,
        is_ours: Ours::Unknown,
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = FileSeed(&mut reader).deserialize(&mut json);
    if let Err(error) = read.and_then(|()| json.end()) {
        let place = place_of(&error, text);
        reader
            .diagnostics
            .push(BAD_JSON.found(place, without_place(&error)));
    } else if reader.is_ours == Ours::Unknown {
        reader.diagnostics.push(OTHER_JSON.at(Span::default()));
    }
    Reading {
        track: reader.builder.finish(),
        diagnostics: reader.diagnostics,
    }
}

fn place_of(error: &serde_json::Error, text: &str) -> Span {
    let before = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let at = (line_start + error.column().saturating_sub(1)).min(text.len());
    let at = text.floor_char_boundary(at);
    Span::new(at, at)
}

/// The message without ` at line 3 column 7`: the report has the place.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    message[..end].to_owned()
}

struct Reader<'t> {
    source: &'t str,
    builder: TrackBuilder,
    diagnostics: Vec<Diagnostic>,
    cue_count: u32,
    is_ours: Ours,
}

/// Whether the file says that it is of this format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ours {
    Unknown,
    Yes,
}

impl Reader<'_> {
    fn line(&mut self, line: &LineForm<'_>) {
        let tag = line.language.as_deref().and_then(|tag| tag.parse().ok());
        let language = self.builder.language(&tag.unwrap_or(LanguageTag::UND));
        let start = self.builder.here();
        self.builder.push_str(&line.text);
        let byte_of = |character: u32| {
            let mut ends = line.text.char_indices().map(|(at, _)| at);
            start + ends.nth(character as usize).unwrap_or(line.text.len())
        };
        for mark in &line.marks {
            let kind = match (mark.kind, &mark.reading) {
                (MarkName::Bold, _) => MarkKind::Bold,
                (MarkName::Italic, _) => MarkKind::Italic,
                (MarkName::Underline, _) => MarkKind::Underline,
                (MarkName::Ruby, Some(reading)) => MarkKind::Ruby(self.builder.aside(reading)),
                (MarkName::Ruby, None) => continue,
            };
            self.builder
                .mark_range(byte_of(mark.start)..byte_of(mark.end), kind);
        }
        self.builder.end_line(language);
    }

    fn cue(&mut self, cue: CueForm<'_>) {
        self.cue_count += 1;
        if cue.end_ms <= cue.start_ms {
            let found = format!("{} to {}", cue.start_ms, cue.end_ms);
            let place = cue.place.unwrap_or_default();
            self.diagnostics.push(REVERSED.found(place, found));
        }
        if let Some(speaker) = cue.speaker {
            self.builder.speaker(&speaker.0);
        }
        if let Some(position) = cue.position.and_then(Position::from_keypad) {
            self.builder.position(position);
        }
        let id = match cue.id {
            Some(id) => self.builder.id(&id.0),
            None => CueId::numbered(self.cue_count),
        };
        let at = Timestamp::from_millis;
        self.builder
            .cue(id, CueTimes::new(at(cue.start_ms), at(cue.end_ms)));
    }
}

#[derive(Default)]
struct CueForm<'j> {
    /// Of its first key.
    place: Option<Span>,
    id: Option<Text<'j>>,
    start_ms: u32,
    end_ms: u32,
    speaker: Option<Text<'j>>,
    position: Option<usize>,
}

/// A value that is read straight into the track that is being built: no cue allocates.
macro_rules! seed {
    ($(#[$doc:meta])* $name:ident, $expects:literal, $visit:ident, $access:ident, $how:ident) => {
        $(#[$doc])*
        struct $name<'r, 't>(&'r mut Reader<'t>);

        impl<'de> DeserializeSeed<'de> for $name<'_, '_> {
            type Value = ();

            fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
                json.$how(self)
            }
        }

        impl<'de> Visitor<'de> for $name<'_, '_> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($expects)
            }

            fn $visit<A: $access<'de>>(self, access: A) -> Result<(), A::Error> {
                self.fill(access)
            }
        }
    };
}

seed!(
    FileSeed,
    "a map with format, version and cues",
    visit_map,
    MapAccess,
    deserialize_map
);
seed!(
    CuesSeed,
    "a list of cues",
    visit_seq,
    SeqAccess,
    deserialize_seq
);
seed!(CueSeed, "a cue", visit_map, MapAccess, deserialize_map);
seed!(
    LinesSeed,
    "a list of lines",
    visit_seq,
    SeqAccess,
    deserialize_seq
);

impl FileSeed<'_, '_> {
    fn fill<'de, A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Text<'_>>()? {
            match &*key.0 {
                "format" => {
                    if map.next_value::<Text<'_>>()?.0 == FORMAT {
                        self.0.is_ours = Ours::Yes;
                    }
                }
                "version" => {
                    let version: u32 = map.next_value()?;
                    if version != VERSION {
                        let found = format!("version {version}");
                        self.0
                            .diagnostics
                            .push(VERSIONS.found(Span::default(), found));
                    }
                }
                "chapters" => {
                    for chapter in map.next_value::<Vec<ChapterForm<'_>>>()? {
                        let start = Timestamp::from_millis(chapter.start_ms);
                        self.0.builder.chapter(start, &chapter.title);
                    }
                }
                "cues" => map.next_value_seed(CuesSeed(&mut *self.0))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl CuesSeed<'_, '_> {
    fn fill<'de, A: SeqAccess<'de>>(self, mut cues: A) -> Result<(), A::Error> {
        while cues.next_element_seed(CueSeed(&mut *self.0))?.is_some() {}
        Ok(())
    }
}

impl CueSeed<'_, '_> {
    fn fill<'de, A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut cue = CueForm::default();
        while let Some(key) = map.next_key::<Text<'_>>()? {
            cue.place = cue.place.or_else(|| Span::within(self.0.source, &key.0));
            match &*key.0 {
                "id" => cue.id = map.next_value()?,
                "start_ms" => cue.start_ms = map.next_value()?,
                "end_ms" => cue.end_ms = map.next_value()?,
                "speaker" => cue.speaker = map.next_value()?,
                "position" => cue.position = map.next_value()?,
                "lines" => map.next_value_seed(LinesSeed(&mut *self.0))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        self.0.cue(cue);
        Ok(())
    }
}

impl LinesSeed<'_, '_> {
    fn fill<'de, A: SeqAccess<'de>>(self, mut lines: A) -> Result<(), A::Error> {
        while let Some(line) = lines.next_element::<LineForm<'_>>()? {
            self.0.line(&line);
        }
        Ok(())
    }
}

//! zimu's own neutral form: JSON in, a track out, and back. It holds all that a track does.
//!
//! ```json
//! {"format":"zimu-cues","version":1,"chapters":[{"start_ms":0,"title":"开场"}],"cues":[
//! {"id":"12.1","start_ms":0,"end_ms":1530,"speaker":null,"lines":[{"language":"zh-Hans","text":"…"}]}
//! ]}
//! ```
//!
//! `chapters`, a cue's `position` (1 to 9, as on a numeric keypad) and a line's `marks`
//! (`kind`, and `start` and `end` in characters) are left out where there are none. Times
//! are whole milliseconds. Keys that are not known are passed over, so that a newer file
//! can be read.

use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::format::Reading;
use crate::format::json_form::{ChapterForm, LineForm, MarkForm, MarkName, Text};
use crate::format::out::Out;
use crate::model::{
    CueId, CueTimes, Diagnostic, LanguageTag, LineView, MarkKind, Position, Span, Timestamp, Track,
    TrackBuilder, kinds,
};

const FORMAT: &str = "zimu-cues";
const VERSION: u32 = 1;

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

/// Whether a text is plainly of this format.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start().get(..64).unwrap_or(text);
    start.starts_with('{') && start.contains(FORMAT)
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    out.display(format_args!(
        "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},"
    ));
    for (index, (start, title)) in track.chapters().enumerate() {
        out.push_str(if index == 0 { "\"chapters\":[" } else { "," });
        out.display(format_args!("{{\"start_ms\":{},\"title\":", start.millis()));
        string(title, out);
        out.push('}');
    }
    if track.chapters().next().is_some() {
        out.push_str("],");
    }
    out.push_str("\"cues\":[");
    for (index, cue) in track.cues().iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str("{\"id\":");
        string(&track.name(cue).to_string(), out);
        out.push_str(",\"start_ms\":");
        out.number(cue.interval.start().millis(), 1);
        out.push_str(",\"end_ms\":");
        out.number(cue.interval.end().millis(), 1);
        out.push_str(",\"speaker\":");
        match track.speaker(cue) {
            Some(speaker) => string(speaker, out),
            None => out.push_str("null"),
        }
        if let Some(position) = track.position(cue) {
            out.push_str(",\"position\":");
            out.number(u32::from(position.keypad()), 1);
        }
        out.push_str(",\"lines\":[");
        for (index, line) in track.lines(cue).enumerate() {
            out.push_str(if index == 0 {
                "{\"language\":"
            } else {
                ",{\"language\":"
            });
            string(line.language.as_str(), out);
            out.push_str(",\"text\":");
            string(line.text, out);
            marks(track, &line, out);
            out.push('}');
        }
        out.push_str("]}");
        out.end_cue()?;
    }
    out.push_str("\n]}\n");
    Ok(())
}

fn marks(track: &Track, line: &LineView<'_>, out: &mut Out<'_>) {
    if line.marks.is_empty() {
        return;
    }
    let characters = |place: usize| {
        let before = line.text.get(..place - line.span.start());
        before.unwrap_or_default().chars().count() as u32
    };
    let forms: Vec<MarkForm<'_>> = line
        .marks
        .iter()
        .map(|mark| MarkForm {
            kind: MarkName::of(mark.kind),
            start: characters(mark.span.start()),
            end: characters(mark.span.end()),
            reading: match mark.kind {
                MarkKind::Ruby(reading) => Some(Cow::Borrowed(track.reading(reading))),
                MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => None,
            },
        })
        .collect();
    out.push_str(",\"marks\":");
    // Plain data with string keys: there is nothing that JSON cannot hold.
    out.push_str(&serde_json::to_string(&forms).unwrap_or_default());
}

/// Prints a string. Most need no escape, and then none is looked for character by
/// character.
fn string(text: &str, out: &mut Out<'_>) {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
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

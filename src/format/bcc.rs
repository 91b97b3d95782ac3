//! Bilibili BCC: the captions of a video on Bilibili in JSON in, a track out, and back.
//!
//! ```json
//! {"font_size":0.4,"font_color":"#FFFFFF","background_alpha":0.5,"background_color":"#9C27B0",
//! "Stroke":"none","body":[{"from":1.23,"to":4.56,"location":2,"content":"…"}]}
//! ```
//!
//! There is no specification. What is written is what Bilibili's own editor saves. What is read
//! is `body`, or its list alone; the tracks that Bilibili's recogniser makes say their `lang`.
//! Times are seconds, and are read from their digits: no float holds one.
//!
//! `location` is 2 for the middle of the bottom in every file that was seen, and what its other
//! numbers mean nobody has published: the player puts captions where its viewer wants them.

use std::borrow::Cow;
use std::io;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::format::decimal::Unit;
use crate::format::draft::{CONTROL, Draft, NEGATIVE, NOTHING};
use crate::format::json_value::{
    Number, Part, Shape, Text, has_key, number_text, print_seconds, push_escaped, start_of,
};
use crate::format::out::Out;
use crate::model::{CueTimes, Span, Timestamp, Track, kinds};
use crate::text::class::{trimmed, without_controls};
use crate::text::lines::Lines;

kinds! {
    Format;
    BAD_JSON: Fault, "bad-json",
        "expected JSON with a body of from, to and content",
        "what stands before was read";
    BAD_ENTRY: Fault, "bad-cue",
        "expected a cue with from, to and content",
        "the cue was dropped, the others were kept; mend its values";
    BAD_START: Fault, "unreadable-time",
        "expected a time in seconds for from",
        "the cue was dropped, the others were kept; give it its time";
    BAD_END: Fault, "unreadable-end",
        "expected a time in seconds for to",
        "the cue ends at the next start, at most 5 s later";
    BLANK: Repair, "blank-line",
        "expected text in each line of the content",
        "blank lines were dropped";
    LOCATION: Note, "location",
        "expected location 2, the middle of the bottom",
        "the cue was put there; what the other numbers mean is not known";
    LANGUAGE: Repair, "language-tag",
        "expected a language tag such as zh-Hans for lang",
        "the language is not known";
}

const SHAPE: Shape = Shape {
    file: "a map with a body",
    key: "body",
    list: "a list of cues",
};

/// Whether a text is plainly of this format.
pub(super) fn looks_like(text: &str) -> bool {
    let start = start_of(text);
    let has = |key: &&str| has_key(start, key);
    let has_entry = || ["from", "to", "content"].iter().all(has);
    match start.as_bytes().first() {
        Some(b'{') => {
            let has_header = || ["font_size", "background_color"].iter().all(has);
            has_key(start, "body") && (has_header() || has_entry())
        }
        Some(b'[') => has_entry(),
        _ => false,
    }
}

/// Prints a time in place of another.
pub(super) fn print_time(_: &str, at: Timestamp, out: &mut Out<'_>) {
    print_seconds(at, out);
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    out.push_str("{\"font_size\":0.4,\"font_color\":\"#FFFFFF\",\"background_alpha\":0.5,");
    out.push_str("\"background_color\":\"#9C27B0\",\"Stroke\":\"none\",\"body\":[");
    for (index, cue) in track.cues().iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str("{\"from\":");
        print_seconds(cue.interval.start(), out);
        out.push_str(",\"to\":");
        print_seconds(cue.interval.end(), out);
        out.push_str(",\"location\":2,\"content\":\"");
        for (index, line) in track.lines(cue).enumerate() {
            if index > 0 {
                out.push_str("\\n");
            }
            push_escaped(line.text, out);
        }
        out.push_str("\"}");
        out.end_cue()?;
    }
    out.push_str("\n]}\n");
    Ok(())
}

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    draft.expect_cues_of(80);
    let source = draft.source;
    let unknown = draft.unknown_language();
    let mut reader = Reader { draft, unknown };
    let read = if source.trim_start().starts_with('[') {
        SHAPE.read_list(source, |entry| reader.entry(entry))
    } else {
        SHAPE.read(source, |part| match part {
            Part::Entry(entry) => reader.entry(entry),
            Part::Member(key, lang) if key == "lang" => reader.language(lang),
            Part::Member(..) => {}
        })
    };
    if let Err(error) = read {
        draft.wrong(&BAD_JSON, source, &error);
    } else if draft.cue_count() == 0 {
        draft.found(&NOTHING, Span::default());
    }
}

/// A cue as it is written.
#[derive(Deserialize)]
#[serde(expecting = "a cue")]
struct EntryForm<'j> {
    #[serde(borrow)]
    from: &'j RawValue,
    #[serde(borrow)]
    to: Option<&'j RawValue>,
    #[serde(borrow)]
    location: Option<&'j RawValue>,
    #[serde(borrow)]
    content: &'j RawValue,
}

struct Reader<'r, 't> {
    draft: &'r mut Draft<'t>,
    /// The index of a language that is not known, or that of the file.
    unknown: u8,
}

impl<'t> Reader<'_, 't> {
    /// The language of the file. Bilibili calls that of its recogniser `ai-zh`.
    fn language(&mut self, json: &'t RawValue) {
        let tag = serde_json::from_str::<Text<'_>>(json.get()).ok();
        let tag = tag.and_then(|Text(tag)| tag.strip_prefix("ai-").unwrap_or(&tag).parse().ok());
        match tag {
            Some(tag) => self.draft.builder.name_language(&tag),
            None if json.get() == r#""""# => {}
            None => self.draft.found(&LANGUAGE, self.draft.span_of(json.get())),
        }
    }

    fn entry(&mut self, json: &'t RawValue) {
        let Some(entry) = self.draft.value::<EntryForm<'_>>(json, &BAD_ENTRY) else {
            return;
        };
        let Some(content) = self.draft.value::<Text<'_>>(entry.content, &BAD_ENTRY) else {
            return;
        };
        let (from, place) = self.place_of(entry.from);
        let Some(start) = self.time(from, place) else {
            return self.draft.found(&BAD_START, place);
        };
        // The opening brace: a cue may be long.
        let brace = self.draft.span_of(&json.get()[..1]);
        self.draft.in_order(start, brace);
        self.draft.start_at(place, start);
        let times = match entry.to {
            Some(to) => self.end(to, start, brace),
            None => self.draft.times(start, None, brace),
        };
        if let Some(location) = entry.location.filter(|location| location.get() != "2") {
            let place = self.draft.span_of(location.get());
            self.draft.found(&LOCATION, place);
        }
        self.content(&content.0, entry.content);
        let id = self.draft.next_id();
        self.draft.cue(id, times);
    }

    fn end(&mut self, json: &'t RawValue, start: Timestamp, brace: Span) -> CueTimes {
        let (to, place) = self.place_of(json);
        let Some(end) = self.time(to, place) else {
            self.draft.found(&BAD_END, place);
            return CueTimes::open(start);
        };
        self.draft.end_at(place, end, start);
        self.draft.times(start, Some(end), brace)
    }

    fn place_of(&self, json: &'t RawValue) -> (&'t str, Span) {
        let number = number_text(json);
        (number, self.draft.span_of(number))
    }

    /// A time before the start is the start.
    fn time(&mut self, number: &str, place: Span) -> Option<Timestamp> {
        match Number::read(number, Unit::SECOND)? {
            Number::Time(at) => Some(at),
            Number::Negative => {
                self.draft.found(&NEGATIVE, place);
                Some(Timestamp::ZERO)
            }
        }
    }

    /// The lines of a cue. The recogniser ends some with a line end behind which there is nothing.
    fn content(&mut self, content: &str, json: &RawValue) {
        let (mut has_blank, mut has_controls) = (false, false);
        for line in Lines::plain(content) {
            let text = without_controls(line.of(content));
            has_controls |= matches!(text, Cow::Owned(_));
            if trimmed(&text).is_empty() {
                has_blank = true;
            } else {
                self.draft.builder.line(&text, self.unknown);
            }
        }
        let place = self.draft.span_of(json.get());
        if has_blank {
            self.draft.found(&BLANK, place);
        }
        if has_controls {
            self.draft.found(&CONTROL, place);
        }
    }
}

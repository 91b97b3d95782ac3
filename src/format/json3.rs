//! YouTube json3: the captions of a video on YouTube in JSON in, a track out. It is only read.
//!
//! ```json
//! {"wireMagic":"pb3","pens":[{}],"wsWinStyles":[{}],"wpWinPositions":[{}],"events":[
//! {"tStartMs":120,"dDurationMs":3559,"segs":[{"utf8":"…"},{"utf8":"…","tOffsetMs":240}]}]}
//! ```
//!
//! An event with an `id` is a window; those without `segs` show nothing. Numbers may stand in
//! strings. What the keys mean, and how captions roll up, is in `timedtext.rs`.

use serde_json::value::RawValue;

use crate::format::decimal::Unit;
use crate::format::draft::{Draft, NOTHING};
use crate::format::json_value::{
    Part, Shape, Text, has_key, members, number_text, start_of, values,
};
use crate::format::out::Out;
use crate::format::timedtext::{
    Captions, Event, Look, Timing, WindowWriting, position, whole_number,
};
use crate::format::timedtext_text::{Pen, RubyPart, Styling};
use crate::model::{Span, Timestamp, kinds};

kinds! {
    Format;
    BAD_JSON: Fault, "bad-json",
        "expected JSON with events",
        "what stands before was read";
    BAD_EVENT: Fault, "bad-cue",
        "expected an event with tStartMs, dDurationMs and segs",
        "the cue was dropped, the others were kept; mend its values";
    BAD_SEG: Fault, "bad-text",
        "expected a piece of text with utf8",
        "the piece was dropped, the rest of the cue was kept";
    BAD_HEAD: Repair, "bad-style",
        "expected a list of styles",
        "those that could not be read were passed over";
}

const SHAPE: Shape = Shape {
    file: "a map with events",
    key: "events",
    list: "a list of events",
};

/// Whether a text is plainly of this format.
pub(super) fn looks_like(text: &str) -> bool {
    let start = start_of(text);
    let has_event = || has_key(start, "events") && has_key(start, "tStartMs");
    start.starts_with('{') && (has_key(start, "wireMagic") || has_event())
}

/// Prints a time in place of another.
pub(super) fn print_time(_: &str, at: Timestamp, out: &mut Out<'_>) {
    out.number(at.millis(), 1);
}

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    draft.expect_cues_of(100);
    let source = draft.source;
    // Programs that sort keys put the events before the styles that they refer to.
    let mut events = Vec::new();
    let mut reader = Reader {
        captions: Captions::new(draft),
    };
    let read = SHAPE.read(source, |part| match part {
        Part::Entry(event) => events.push(event),
        Part::Member(key, json) => reader.member(&key, json),
    });
    for event in events {
        reader.event(event);
    }
    reader.captions.finish();
    if let Err(error) = read {
        draft.wrong(&BAD_JSON, source, &error);
    } else if draft.cue_count() == 0 {
        draft.found(&NOTHING, Span::default());
    }
}

struct Reader<'r, 't> {
    captions: Captions<'r, 't>,
}

/// What an event says.
#[derive(Default)]
struct Said<'t> {
    start: Option<&'t str>,
    length: Option<&'t str>,
    /// It is a window.
    id: Option<u32>,
    window: Option<u32>,
    look: Look,
    appended: Option<u32>,
    segs: Option<&'t RawValue>,
}

/// What a piece of its text says.
#[derive(Default)]
struct Seg<'t> {
    text: Option<&'t RawValue>,
    offset: Option<&'t str>,
    pen: Option<u32>,
    is_recognised: bool,
}

fn number(json: &RawValue) -> Option<u32> {
    whole_number(number_text(json))
}

fn is_on(json: &RawValue) -> bool {
    number(json).is_some_and(|number| number > 0) || json.get() == "true"
}

impl<'t> Reader<'_, 't> {
    /// A member of the file beside the events. Styles have no names but their places.
    fn member(&mut self, key: &str, json: &'t RawValue) {
        let read: fn(&mut Self, u32, &'t RawValue) -> serde_json::Result<()> = match key {
            "pens" => Self::pen,
            "wsWinStyles" => Self::style,
            "wpWinPositions" => Self::position,
            _ => return,
        };
        let mut at = 0;
        let mut wrong = None;
        let list = values(json, "a list of styles", |style| {
            let read = read(self, at, style);
            wrong = wrong.take().or(read.err().map(|error| (style, error)));
            at += 1;
        });
        let wrong = wrong.or(list.err().map(|error| (json, error)));
        if let Some((json, error)) = wrong {
            self.captions.draft.wrong(&BAD_HEAD, json.get(), &error);
        }
    }

    fn pen(&mut self, at: u32, json: &'t RawValue) -> serde_json::Result<()> {
        let mut pen = Pen::default();
        let pens = &mut self.captions.head.pens;
        let read = members(json, "a pen", |key, value| match key {
            "pParentId" => {
                let parent = number(value).and_then(|parent| pens.get(&parent));
                pen = parent.copied().unwrap_or(pen);
            }
            "bAttr" => pen.emphasis[0] = is_on(value),
            "iAttr" => pen.emphasis[1] = is_on(value),
            "uAttr" => pen.emphasis[2] = is_on(value),
            "rbRuby" => pen.ruby = RubyPart::of_number(number(value).unwrap_or_default()),
            _ => pen.styling = Styling::Styled,
        });
        pens.insert(at, pen);
        read
    }

    fn style(&mut self, at: u32, json: &'t RawValue) -> serde_json::Result<()> {
        let mut window = WindowWriting::default();
        let read = members(json, "a window style", |key, value| match key {
            "mhModeHint" => window.mode = number(value),
            "juJustifCode" => window.justified = number(value),
            "pdPrintDir" | "pdPaintDir" => window.direction = number(value),
            _ => {}
        });
        self.captions.head.styles.insert(at, window.style());
        read
    }

    fn position(&mut self, at: u32, json: &'t RawValue) -> serde_json::Result<()> {
        let (mut corner, mut across, mut down) = (None, None, None);
        let read = members(json, "a window position", |key, value| match key {
            "apPoint" => corner = number(value),
            "ahHorPos" => across = number(value),
            "avVerPos" => down = number(value),
            _ => {}
        });
        if corner.or(across).or(down).is_some() {
            let position = position(corner, across, down);
            self.captions.head.positions.insert(at, position);
        }
        read
    }

    fn event(&mut self, json: &'t RawValue) {
        let mut said = Said::default();
        let read = members(json, "an event", |key, value| match key {
            "tStartMs" => said.start = Some(number_text(value)),
            "dDurationMs" => said.length = Some(number_text(value)),
            "id" => said.id = number(value),
            "wWinId" => said.window = number(value),
            "pPenId" => said.look.pen = number(value),
            "wpWinPosId" => said.look.position = number(value),
            "wsWinStyleId" => said.look.style = number(value),
            "aAppend" => said.appended = number(value),
            "segs" => said.segs = Some(value),
            _ => {}
        });
        if let Err(error) = read {
            return self.captions.draft.wrong(&BAD_EVENT, json.get(), &error);
        }
        let timing = Timing {
            start: said.start,
            length: said.length,
            unit: Unit::MILLISECOND,
        };
        self.captions.places(&timing);
        let Some(segs) = said.segs else {
            if let Some(id) = said.id {
                self.captions.head.windows.insert(id, said.look);
            }
            return;
        };
        let look = self.captions.head.look(said.look, said.window);
        let start = Captions::start_of(&timing);
        let mut is_recognised = false;
        let read = values(segs, "a list of pieces of text", |seg| {
            is_recognised |= self.seg(seg, look, start);
        });
        if let Err(error) = read {
            self.captions.draft.wrong(&BAD_EVENT, segs.get(), &error);
        }
        let event = Event {
            // The opening brace: an event may be long.
            place: self.captions.draft.span_of(&json.get()[..1]),
            window: said.window,
            look,
            is_recognised,
            is_appended: said.appended.is_some_and(|appended| appended > 0),
        };
        self.captions.event(event, &timing);
    }

    /// Reads a piece of text, and tells whether a recogniser made it.
    fn seg(&mut self, json: &'t RawValue, look: Look, start: Timestamp) -> bool {
        let mut seg = Seg::default();
        let read = members(json, "a piece of text", |key, value| match key {
            "utf8" => seg.text = Some(value),
            "tOffsetMs" => seg.offset = Some(number_text(value)),
            "pPenId" => seg.pen = number(value),
            "acAsrConf" => seg.is_recognised = true,
            _ => {}
        });
        if let Err(error) = read {
            self.captions.draft.wrong(&BAD_SEG, json.get(), &error);
        }
        if let Some(offset) = seg.offset {
            self.captions.word_at(offset, start);
        }
        let text = seg
            .text
            .and_then(|text| self.captions.draft.value::<Text<'_>>(text, &BAD_SEG));
        if let Some(Text(text)) = text {
            let pen = self.captions.head.pen(seg.pen.or(look.pen));
            self.captions.text.push(&text, pen);
        }
        seg.is_recognised
    }
}

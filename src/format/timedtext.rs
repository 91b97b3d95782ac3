//! What the forms of YouTube's timed text share, in JSON and in XML: events with times, windows
//! that they stand in, pens that they are written with; cues out.
//!
//! There is no specification. What the attributes mean is known from YouTube's own player and
//! from the people who write for it (`YTSubConverter`, `yt-dlp`).
//!
//! Captions that YouTube's recogniser made roll up: two lines stand in a window, and each event
//! says how long its line is in sight, which is until the next but one begins. Shown so by any
//! other player every line would stand twice, so that it ends where the next one starts. What
//! people wrote keeps its overlaps: it is in no window that rolls.

use std::collections::{HashMap, HashSet};

use crate::format::decimal::Unit;
use crate::format::draft::{CONTROL, Draft, NEGATIVE, TimeBase, TimePlace, TimeRole};
use crate::format::json_value::Number;
use crate::format::timedtext_text::{Pen, RunText};
use crate::model::{CueTimes, Kind, Position, Span, Timestamp, kinds};

kinds! {
    Format;
    NO_START: Fault, "no-start",
        "expected a time for the start of the caption",
        "it was taken as the start of the recording; give it its time";
    BAD_END: Fault, "unreadable-end",
        "expected a length of time for the caption",
        "the cue ends at the next start, at most 5 s later";
    OPEN: Note, "no-length",
        "expected a length of time for the caption",
        "it is shown until the next, at most 5 s";
    STYLING: Note, "styling",
        "expected bold, italic, underline, readings or a position",
        "other styling was dropped, its text was kept";
    PADDING: Note, "padding",
        "expected text without U+200B, which YouTube puts between its pieces",
        "it was dropped throughout the file";
    ROLLED: Note, "rolled-up",
        "expected captions that end where the next one starts; these roll up",
        "each ends at the next start, throughout the file";
    WORD_TIMES: Note, "word-times",
        "expected times for whole captions",
        "those of words are not kept, throughout the file";
}

/// What an event or a window says about how it is shown, by the numbers of what it refers to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub(super) pen: Option<u32>,
    pub(super) position: Option<u32>,
    pub(super) style: Option<u32>,
}

/// How the captions in a window behave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum WindowStyle {
    #[default]
    Plain,
    /// Upright, or to one side: what a track does not hold.
    Styled,
    RollsUp,
}

/// How a window style says that captions are written, by the numbers of its attributes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WindowWriting {
    /// 2: the window rolls up.
    pub(super) mode: Option<u32>,
    /// 2: in the middle.
    pub(super) justified: Option<u32>,
    /// 0: from left to right.
    pub(super) direction: Option<u32>,
}

impl WindowWriting {
    pub(super) fn style(self) -> WindowStyle {
        let is_aside = self.justified.is_some_and(|to| to != 2);
        let is_turned = self.direction.is_some_and(|to| to != 0);
        match self.mode {
            Some(2) => WindowStyle::RollsUp,
            _ if is_aside || is_turned => WindowStyle::Styled,
            _ => WindowStyle::Plain,
        }
    }
}

/// The head of a file, and the windows that are known so far.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) pens: HashMap<u32, Pen>,
    pub(super) positions: HashMap<u32, Position>,
    pub(super) styles: HashMap<u32, WindowStyle>,
    pub(super) windows: HashMap<u32, Look>,
}

impl Head {
    /// What an event in a window says, and what the window says for it.
    pub(super) fn look(&self, own: Look, window: Option<u32>) -> Look {
        let window = window.and_then(|window| self.windows.get(&window));
        let window = window.copied().unwrap_or_default();
        Look {
            pen: own.pen.or(window.pen),
            position: own.position.or(window.position),
            style: own.style.or(window.style),
        }
    }

    /// The pen of a number; text without one is plain.
    pub(super) fn pen(&self, number: Option<u32>) -> Pen {
        let pen = number.and_then(|number| self.pens.get(&number));
        pen.copied().unwrap_or_default()
    }
}

/// The position of a window: where its point stands, in thirds of the picture, or, for what is
/// not said of that, which corner of the window the point is.
pub(super) fn position(corner: Option<u32>, across: Option<u32>, down: Option<u32>) -> Position {
    let corner = corner.filter(|corner| *corner < 9).unwrap_or(7);
    let third = |percent: u32| percent.min(99) / 34;
    let column = across.map_or(corner % 3, third);
    let row = down.map_or(corner / 3, third);
    let keypad = (2 - row) * 3 + column + 1;
    Position::from_keypad(keypad as usize).unwrap_or(Position::BottomCentre)
}

/// The number that text is, as far as it is a whole one.
pub(super) fn whole_number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// When an event is shown, as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing<'t> {
    pub(super) start: Option<&'t str>,
    pub(super) length: Option<&'t str>,
    pub(super) unit: Unit,
}

/// An event with text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) place: Span,
    pub(super) window: Option<u32>,
    pub(super) look: Look,
    pub(super) is_recognised: bool,
    pub(super) is_appended: bool,
}

/// A cue whose text is in the track, and whose end hangs on the next.
struct Open {
    start: Timestamp,
    end: Option<Timestamp>,
    window: Option<u32>,
    rolls_up: bool,
    place: Span,
}

/// The cues of a file while it is read.
pub(super) struct Captions<'r, 't> {
    pub(super) draft: &'r mut Draft<'t>,
    pub(super) head: Head,
    /// The text of the event that is being read.
    pub(super) text: RunText,
    language: u8,
    open: Option<Open>,
    /// Windows that roll up, though no style says so.
    rolling: HashSet<Option<u32>>,
    /// What is said once.
    said: Vec<&'static Kind>,
}

impl<'r, 't> Captions<'r, 't> {
    pub(super) fn new(draft: &'r mut Draft<'t>) -> Self {
        let language = draft.unknown_language();
        Self {
            draft,
            head: Head::default(),
            text: RunText::default(),
            language,
            open: None,
            rolling: HashSet::new(),
            said: Vec::new(),
        }
    }

    /// Something that holds for the whole file, and is said where it is first met.
    fn once(&mut self, kind: &'static Kind, place: Span) {
        if !self.said.contains(&kind) {
            self.said.push(kind);
            self.draft.found(kind, place);
        }
    }

    /// When an event starts; what cannot be read is the start of the recording.
    pub(super) fn start_of(timing: &Timing<'_>) -> Timestamp {
        match timing
            .start
            .and_then(|text| Number::read(text, timing.unit))
        {
            Some(Number::Time(at)) => at,
            Some(Number::Negative) | None => Timestamp::ZERO,
        }
    }

    /// Notes where the times of an event stand, one with text or without.
    pub(super) fn places(&mut self, timing: &Timing<'t>) {
        if !self.draft.wants_places() {
            return;
        }
        let start = Self::start_of(timing);
        let read = |text: &&str| Number::read(text, timing.unit).is_some();
        if let Some(text) = timing.start.filter(read) {
            self.draft.start_at(self.draft.span_of(text), start);
        }
        if let Some(text) = timing.length
            && let Some(Number::Time(length)) = Number::read(text, timing.unit)
        {
            self.draft.time(TimePlace {
                span: self.draft.span_of(text),
                at: start.later(length.millis()),
                base: TimeBase::Time(start),
                cue_start: start,
                role: TimeRole::End,
            });
        }
    }

    /// A part of an event is said so much later than the event starts.
    pub(super) fn word_at(&mut self, offset: &'t str, start: Timestamp) {
        let Some(Number::Time(later)) = Number::read(offset, Unit::MILLISECOND) else {
            return;
        };
        let span = self.draft.span_of(offset);
        self.once(&WORD_TIMES, span);
        self.draft.time(TimePlace {
            span,
            at: start.later(later.millis()),
            base: TimeBase::Time(start),
            cue_start: start,
            role: TimeRole::Inside,
        });
    }

    /// An event ends. Without text it is no caption; one that adds but a line end to its window
    /// tells that the window rolls up.
    pub(super) fn event(&mut self, event: Event, timing: &Timing<'t>) {
        if self.text.is_blank() {
            if event.is_appended {
                self.rolling.insert(event.window);
                if let Some(open) = self
                    .open
                    .as_mut()
                    .filter(|open| open.window == event.window)
                {
                    open.rolls_up = true;
                }
            }
            return self.text.clear();
        }
        let start = self.start(timing, event.place);
        let style = event
            .look
            .style
            .and_then(|style| self.head.styles.get(&style));
        let style = style.copied().unwrap_or_default();
        let rolls_up = event.is_recognised
            || style == WindowStyle::RollsUp
            || self.rolling.contains(&event.window);
        let next = (event.window, start);
        self.close(rolls_up.then_some(next));
        self.draft.in_order(start, event.place);
        let end = self.end(timing, start, event.place);
        let met = self.text.build(self.language, &mut self.draft.builder);
        self.text.clear();
        if met.styling || style == WindowStyle::Styled {
            self.draft.found(&STYLING, event.place);
        }
        if met.controls {
            self.draft.found(&CONTROL, event.place);
        }
        if met.padding {
            self.once(&PADDING, event.place);
        }
        // A window that rolls up is wide and begins at the left: it is in the middle as a whole.
        let position = event.look.position.filter(|_| !rolls_up);
        if let Some(position) = position.and_then(|number| self.head.positions.get(&number)) {
            self.draft.builder.position(*position);
        }
        self.open = Some(Open {
            start,
            end,
            window: event.window,
            rolls_up,
            place: event.place,
        });
    }

    /// The file ends.
    pub(super) fn finish(&mut self) {
        self.close(None);
    }

    fn start(&mut self, timing: &Timing<'t>, place: Span) -> Timestamp {
        let number = timing
            .start
            .and_then(|text| Number::read(text, timing.unit));
        match (number, timing.start) {
            (Some(Number::Time(_)), _) => {}
            (Some(Number::Negative), _) => self.draft.found(&NEGATIVE, place),
            (None, Some(text)) => self.draft.found(&NO_START, self.draft.span_of(text)),
            (None, None) => self.draft.found(&NO_START, place),
        }
        Self::start_of(timing)
    }

    fn end(&mut self, timing: &Timing<'t>, start: Timestamp, place: Span) -> Option<Timestamp> {
        let Some(text) = timing.length else {
            self.draft.found(&OPEN, place);
            return None;
        };
        match Number::read(text, timing.unit) {
            Some(Number::Time(length)) => Some(start.later(length.millis())),
            Some(Number::Negative) => Some(start),
            None => {
                self.draft.found(&BAD_END, self.draft.span_of(text));
                None
            }
        }
    }

    /// Ends the cue that is open: where its window rolls up, when the next line comes in.
    fn close(&mut self, next: Option<(Option<u32>, Timestamp)>) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        let next =
            next.filter(|(window, at)| open.rolls_up && *window == open.window && *at > open.start);
        if let Some((_, next)) = next
            && open.end.is_some_and(|end| end > next)
        {
            open.end = Some(next);
            self.once(&ROLLED, open.place);
        }
        let times = match open.end {
            Some(end) => self.draft.times(open.start, Some(end), open.place),
            None => CueTimes::open(open.start),
        };
        let id = self.draft.next_id();
        self.draft.cue(id, times);
    }
}

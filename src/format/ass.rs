//! ASS (Advanced Sub Station Alpha) and SSA (Sub Station Alpha v4.00): text in, a track out.
//!
//! There is no specification but what players do; where they differ libass is followed. Styles
//! give their lines bold, italic, underline and a position; what else they say is how the file
//! looks and no finding. `ass_write.rs` writes.

use std::borrow::Cow;

use crate::format::ass_fields::{Columns, Event, Text, UNREADABLE, speaker, time, value};
use crate::format::ass_plain::PlainEvent;
use crate::format::ass_styles::{Section, Style, Styles, is_remark};
use crate::format::ass_text::{DRAWING, EventText};
use crate::format::draft::{CONTROL, Draft, NOTHING};
use crate::model::{CueTimes, Span, Timestamp, kinds};
use crate::text::class::{is_margin, without_controls};
use crate::text::lines::Lines;

/// How many lines are looked at for the first section, and for the first line of events.
const LOOK_LINES: usize = 50;

/// Events that are not shown as text. Their times move with the others.
const NOT_SHOWN: [&str; 5] = ["Comment", "Picture", "Sound", "Movie", "Command"];

kinds! {
    Format;
    COLUMNS: Repair, "format-line",
        "expected a Format line that names Start and Text",
        "the usual order was taken: Layer, Start, End, Style, Name, three margins, Effect, Text";
    SHORT: Fault, "missing-fields",
        "expected all fields that the Format line names",
        "the last one was taken for the text";
    NO_TEXT: Fault, "no-text",
        "expected times and text behind Dialogue:",
        "the line was dropped; mend it";
    STRAY: Fault, "stray-line",
        "expected Dialogue: or Comment: before an event",
        "the line was dropped, as players do; put \\N where a line breaks";
    SEPARATOR: Note, "empty-event",
        "expected text or a time for it, found neither",
        "the event was dropped";
    EFFECT: Note, "effect",
        "expected text that stands still",
        "it is shown without moving";
}

/// Whether a text is plainly of this format: its first section is one of the format's.
pub(super) fn looks_like(text: &str) -> bool {
    let lines = Lines::plain(text).take(LOOK_LINES);
    let lines = lines.map(|line| line.of(text).trim_matches(is_margin));
    let mut lines = lines.filter(|line| !line.is_empty() && !is_remark(line));
    let first = lines.next().unwrap_or_default();
    match Section::Other.begun_by(first) {
        Some(Section::Head | Section::Styles(_)) => true,
        // Others may call a part of a text so.
        Some(Section::Events) => lines.next().is_some_and(|line| {
            let keys = ["Format", "Dialogue"].iter().chain(&NOT_SHOWN);
            keys.into_iter().any(|key| value(line, key).is_some())
        }),
        Some(Section::Embedded | Section::Other) | None => false,
    }
}

/// Reads a text.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method itself is of one lifetime"
)]
pub(super) fn read(draft: &mut Draft<'_>) {
    read_by(draft, |reader, at| reader.plain_event(at));
}

/// Reads a text, of which `pass` may read an event that starts at a place, and say what is
/// behind it.
pub(super) fn read_by(
    draft: &mut Draft<'_>,
    pass: impl Fn(&mut Reader<'_, '_, '_>, usize) -> Option<usize>,
) {
    draft.expect_cues_of(80);
    let source = draft.source;
    let mut styles = Styles::of(source);
    styles.name_languages(&mut draft.builder);
    let mut reader = Reader::new(draft, &styles);
    let mut lines = Lines::plain(source);
    loop {
        while let Some(behind) = pass(&mut reader, lines.offset()) {
            lines.go_on_at(behind);
        }
        let Some(line) = lines.next() else { break };
        reader.line(line);
    }
    if draft.cue_count() == 0 {
        draft.found(&NOTHING, Span::default());
    }
}

pub(super) struct Reader<'r, 's, 't> {
    draft: &'r mut Draft<'t>,
    styles: &'s Styles<'t>,
    text: EventText<'s, 't>,
    section: Section,
    columns: Columns,
    has_usual_columns: bool,
    last_end: Timestamp,
    /// The style field of the last plain event, and what it stands for.
    last_style: (&'t str, Style),
}

impl<'r, 's, 't> Reader<'r, 's, 't> {
    fn new(draft: &'r mut Draft<'t>, styles: &'s Styles<'t>) -> Self {
        let language = draft.unknown_language();
        Self {
            draft,
            styles,
            text: EventText::new(styles, language),
            section: Section::Other,
            columns: Columns::STANDARD,
            has_usual_columns: true,
            last_end: Timestamp::ZERO,
            last_style: ("", styles.of_event("")),
        }
    }

    /// An event without anything to look at: gives where its line ends.
    fn plain_event(&mut self, at: usize) -> Option<usize> {
        if self.section == Section::Embedded || !self.has_usual_columns {
            return None;
        }
        let (known, _) = self.last_style;
        let event = PlainEvent::at(self.draft.source, at, known)?;
        if event.style != known {
            self.last_style = (event.style, self.styles.of_event(event.style.trim()));
        }
        let (_, style) = self.last_style;
        let source = self.draft.source;
        for &line in event.lines() {
            let builder = &mut self.draft.builder;
            self.text.plain_line(line, source, style, builder);
        }
        if let Some(position) = style.position {
            self.draft.builder.position(position);
        }
        if !event.name.is_empty()
            && let Some(speaker) = speaker(event.name)
        {
            self.draft.builder.speaker(&speaker);
        }
        if self.draft.wants_places() {
            self.draft.start_at(event.start_span, event.start);
            self.draft.end_at(event.end_span, event.end, event.start);
        }
        self.last_end = event.end;
        let id = self.draft.next_id();
        self.draft.cue(id, CueTimes::new(event.start, event.end));
        Some(event.behind)
    }

    fn line(&mut self, span: Span) {
        let line = span.of(self.draft.source).trim_start_matches(is_margin);
        if line.is_empty() {
            return;
        }
        if let Some(section) = self.section.begun_by(line) {
            self.section = section;
            return;
        }
        if self.section == Section::Embedded || is_remark(line) {
            return;
        }
        // Events are events wherever they stand: headings get lost.
        if let Some(fields) = value(line, "Dialogue") {
            self.dialogue(span, fields);
        } else if let Some(fields) = NOT_SHOWN.iter().find_map(|key| value(line, key)) {
            self.not_shown(fields);
        } else if self.section == Section::Events {
            match value(line, "Format").map(Columns::of) {
                Some(columns) => {
                    if columns.is_none() {
                        self.draft.found(&COLUMNS, span);
                    }
                    self.columns = columns.unwrap_or(Columns::STANDARD);
                    self.has_usual_columns = self.columns == Columns::STANDARD;
                }
                None if value(line, "Style").is_some() => {}
                None => self.draft.found(&STRAY, span),
            }
        }
    }

    fn dialogue(&mut self, line: Span, fields: &str) {
        let event = self.columns.split(fields);
        let text = match event.text {
            Text::Whole(text) => text,
            Text::Last(text) => {
                self.draft.found(&SHORT, line);
                text
            }
            Text::Missing => {
                self.draft.found(&NO_TEXT, line);
                return self.not_shown(fields);
            }
        };
        let shown = without_controls(text);
        if let Cow::Owned(_) = shown {
            self.draft.found(&CONTROL, line);
        }
        let style = self.styles.of_event(event.style);
        let position = self.text.read(&shown, style, &mut self.draft.builder);
        for kind in &self.text.dropped {
            self.draft.found(kind, line);
        }
        if ["banner", "scroll"].iter().any(|moves| {
            let effect = event.effect.get(..moves.len());
            effect.is_some_and(|effect| effect.eq_ignore_ascii_case(moves))
        }) {
            self.draft.found(&EFFECT, line);
        }
        let is_empty = self.draft.builder.line_count() == 0;
        if is_empty && self.text.dropped.contains(&&DRAWING) {
            return self.not_shown(fields);
        }
        if is_empty && is_never_shown(&event) {
            self.draft.found(&SEPARATOR, line);
            return self.not_shown(fields);
        }
        if let Some(position) = position {
            self.draft.builder.position(position);
        }
        if let Some(speaker) = speaker(event.name) {
            self.draft.builder.speaker(&speaker);
        }
        let times = self.times(line, &event);
        let id = self.draft.next_id();
        self.draft.cue(id, times);
    }

    /// The times of an event, whose text is shown whatever they are.
    fn times(&mut self, line: Span, event: &Event<'_>) -> CueTimes {
        let start = self.time(line, event.start);
        let end = match event.end {
            "" => None,
            end => Some(self.time(line, end)),
        };
        let at = start.unwrap_or(self.last_end);
        let times = match (start, end) {
            (Some(_), None) => self.draft.times(at, None, line),
            (Some(_), Some(Some(end))) => self.draft.times(at, Some(end), line),
            // What cannot be read has been reported.
            (None, Some(Some(end))) => CueTimes::new(at, end),
            (None, None) | (_, Some(None)) => CueTimes::open(at),
        };
        self.places(event, start, end.flatten());
        self.last_end = end.flatten().unwrap_or(at).max(at);
        times
    }

    fn time(&mut self, line: Span, field: &str) -> Option<Timestamp> {
        let found = time(field);
        let kind = found.map_or(Some(&UNREADABLE), |(_, kind)| kind);
        if let Some(kind) = kind {
            let place = self.draft.span_of(field);
            self.draft
                .found(kind, if place.is_empty() { line } else { place });
        }
        found.map(|(at, _)| at)
    }

    fn places(&mut self, event: &Event<'_>, start: Option<Timestamp>, end: Option<Timestamp>) {
        if !self.draft.wants_places() {
            return;
        }
        if let Some(start) = start {
            self.draft.start_at(self.draft.span_of(event.start), start);
        }
        if let Some(end) = end {
            let place = self.draft.span_of(event.end);
            self.draft
                .end_at(place, end, start.unwrap_or(self.last_end));
        }
    }

    /// Only where its times stand is asked for.
    fn not_shown(&mut self, fields: &str) {
        if self.draft.wants_places() {
            let event = self.columns.split(fields);
            let at = |field| time(field).map(|(at, _)| at);
            self.places(&event, at(event.start), at(event.end));
        }
    }
}

/// Whether both times of an event are there, and leave none between them.
fn is_never_shown(event: &Event<'_>) -> bool {
    let times = time(event.start).zip(time(event.end));
    times.is_some_and(|((start, _), (end, _))| end <= start)
}

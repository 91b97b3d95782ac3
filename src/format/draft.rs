//! What a reader fills while it goes through a file: the track, what was wrong, and, where
//! somebody wants to put other times into the file, where its times stand.
//!
//! What is the same in every format is said here once: an end that is missing or not after its
//! start, a start before the one before. What a format makes of a time is its reader's.

use crate::format::Reading;
use crate::model::{
    CueId, CueTimes, Diagnostic, Kind, LanguageTag, SourceText, Span, Timestamp, TrackBuilder,
    kinds,
};

kinds! {
    Format;
    pub(super) REVERSED: Fault, "end-before-start",
        "expected an end after the start",
        "the cue ends at the next start, at most 5 s later";
    pub(super) NO_END: Fault, "no-end",
        "expected an end behind the start",
        "the cue ends at the next start, at most 5 s later";
    pub(super) ORDER: Repair, "order",
        "expected a start no earlier than the one before",
        "cues were put in order";
    pub(super) CONTROL: Repair, "control-character",
        "expected text, found control characters",
        "they were dropped";
    pub(super) NEGATIVE: Fault, "negative-time",
        "expected a time after the start",
        "the time was taken as the start";
    pub(super) NOTHING: Fault, "no-cues",
        "expected at least one cue",
        "is it a caption file?";
}

/// A time in the text of a file, for putting another in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimePlace {
    /// Where it stands.
    pub span: Span,
    /// What it says, counted from the start of the recording.
    pub at: Timestamp,
    /// What the file counts it from.
    pub base: TimeBase,
    /// When the cue starts that it belongs to.
    pub cue_start: Timestamp,
    /// What it is of its cue.
    pub role: TimeRole,
}

/// Where the times of a file stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// All of them, in the order of the text.
    pub times: Vec<TimePlace>,
    /// Those of each cue, in the order of the track.
    pub cues: Vec<CuePlace>,
}

/// Where a cue says when it is shown. It may be said elsewhere, or not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CuePlace {
    /// Its start.
    pub start: Option<Span>,
    /// Its end.
    pub end: Option<Span>,
}

/// What a time in a file is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeBase {
    /// The start of the recording.
    Recording,
    /// Another time of the file, which is put elsewhere with it: the start of the cue for a
    /// duration, that of the parent where timing is nested.
    Time(Timestamp),
    /// The start of the recording, with so many milliseconds added to every time in the file.
    Offset(i32),
}

/// What a time is of its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeRole {
    /// When it is shown.
    Start,
    /// When it is gone, or how long it stays.
    End,
    /// When a part of it is said.
    Inside,
}

/// A file that is being read.
pub(super) struct Draft<'t> {
    pub(super) source: &'t str,
    pub(super) builder: TrackBuilder,
    pub(super) diagnostics: Vec<Diagnostic>,
    places: Option<Vec<TimePlace>>,
    /// Where each cue has its times, by its start.
    cue_places: Vec<(Timestamp, CuePlace)>,
    /// How many places were known when the last cue ended.
    placed: usize,
    cue_count: u32,
    last_start: Timestamp,
}

impl<'t> Draft<'t> {
    /// For the captions in a text.
    pub(super) fn of(source: &'t SourceText) -> Self {
        Self {
            source,
            builder: TrackBuilder::over(source.clone()),
            diagnostics: Vec::new(),
            places: None,
            cue_places: Vec::new(),
            placed: 0,
            cue_count: 0,
            last_start: Timestamp::ZERO,
        }
    }

    /// For the captions in a text, and the places of its times.
    pub(super) fn with_places(source: &'t SourceText) -> Self {
        Self {
            places: Some(Vec::new()),
            ..Self::of(source)
        }
    }

    /// What was read.
    pub(super) fn finish(mut self) -> (Reading, Places) {
        let reading = Reading {
            track: self.builder.finish(),
            diagnostics: self.diagnostics,
        };
        // As the builder sorts cues.
        self.cue_places.sort_by_key(|(start, _)| *start);
        let mut times = self.places.unwrap_or_default();
        times.sort_by_key(|place| place.span);
        let cues = self.cue_places.into_iter().map(|(_, place)| place);
        let cues = cues.collect();
        (reading, Places { times, cues })
    }

    /// Nothing of the file is read after all: what was found in it stays.
    pub(super) fn drop_all(&mut self) {
        self.builder = TrackBuilder::new();
        self.places = self.places.as_ref().map(|_| Vec::new());
        self.cue_places.clear();
        self.placed = 0;
    }

    /// Makes room for a file whose cues take so many bytes each.
    pub(super) fn expect_cues_of(&mut self, bytes: usize) {
        self.builder.expect_cues(self.source.len() / bytes);
    }

    /// The language of a file that does not say which it is in.
    pub(super) fn unknown_language(&mut self) -> u8 {
        self.builder.language(&LanguageTag::UND)
    }

    /// Something is wrong at a place.
    pub(super) fn found(&mut self, kind: &'static Kind, span: Span) {
        self.diagnostics.push(kind.at(span));
    }

    /// Where a slice of the source stands.
    pub(super) fn span_of(&self, part: &str) -> Span {
        Span::within(self.source, part).unwrap_or_default()
    }

    /// How many cues there are.
    pub(super) const fn cue_count(&self) -> u32 {
        self.cue_count
    }

    /// The id of the next cue, where the file gives it no name.
    pub(super) const fn next_id(&self) -> CueId {
        CueId::numbered(self.cue_count + 1)
    }

    /// When the cue before started.
    pub(super) const fn last_start(&self) -> Timestamp {
        self.last_start
    }

    /// The cue at `place` starts; in this format cues are to stand by their starts.
    pub(super) fn in_order(&mut self, start: Timestamp, place: Span) {
        if start < self.last_start {
            self.found(&ORDER, place);
        }
        self.last_start = start;
    }

    /// The times of a cue in a format that has ends. Without one, or where it is not after the
    /// start, that is a fault at `place`.
    pub(super) fn times(
        &mut self,
        start: Timestamp,
        end: Option<Timestamp>,
        place: Span,
    ) -> CueTimes {
        match end {
            None => self.found(&NO_END, place),
            Some(end) if end <= start => self.found(&REVERSED, place),
            Some(_) => {}
        }
        CueTimes::new(start, end.unwrap_or(start))
    }

    /// Ends the cue that the lines since the last one make.
    pub(super) fn cue(&mut self, id: CueId, times: CueTimes) {
        self.cue_count += 1;
        if let Some(places) = &self.places {
            let fresh = &places[self.placed..];
            self.placed = places.len();
            let last = |role, at| {
                let mut fresh = fresh.iter().rev();
                let is_it = |place: &&TimePlace| (place.role, place.at) == (role, at);
                fresh.find(is_it).map(|place| place.span)
            };
            let place = CuePlace {
                start: last(TimeRole::Start, times.start()),
                end: last(TimeRole::End, times.end()),
            };
            self.cue_places.push((times.start(), place));
        }
        self.builder.cue(id, times);
    }

    /// A time stands somewhere.
    pub(super) fn time(&mut self, place: TimePlace) {
        if let Some(places) = &mut self.places {
            places.push(place);
        }
    }

    /// Whether anybody asks where times stand.
    pub(super) const fn wants_places(&self) -> bool {
        self.places.is_some()
    }

    /// The start of a cue stands somewhere.
    pub(super) fn start_at(&mut self, span: Span, start: Timestamp) {
        self.time(TimePlace {
            span,
            at: start,
            base: TimeBase::Recording,
            cue_start: start,
            role: TimeRole::Start,
        });
    }

    /// The end of a cue that starts at `start` stands somewhere.
    pub(super) fn end_at(&mut self, span: Span, end: Timestamp, start: Timestamp) {
        self.time(TimePlace {
            span,
            at: end,
            base: TimeBase::Recording,
            cue_start: start,
            role: TimeRole::End,
        });
    }
}

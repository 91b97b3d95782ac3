//! Builds a [`Track`]: text first, then the line, then the cue that the lines make.
//!
//! Readers and passes push what they find in the order of the file; what comes out is
//! sorted, every cue has an end after its start, and no line holds a line end.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::memchr2;

use crate::model::{
    Chapter, Cue, CueId, Interval, LanguageTag, Line, Mark, MarkKind, Position, SourceText, Span,
    Timestamp, Track,
};

/// How long a cue without a usable end is shown where no other cue follows.
const OPEN_END_MS: u32 = 5000;

/// As many as a line's index of its language can tell apart.
const MAX_LANGUAGES: usize = 256;

/// When a cue starts and, if its format says so, ends.
///
/// An end that is missing, or not after the start, becomes the next start, at most 5 s
/// later. Whether that is a fault is for the reader to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueTimes {
    start: Timestamp,
    end: Timestamp,
}

impl CueTimes {
    /// From `start` to `end`.
    #[must_use]
    pub const fn new(start: Timestamp, end: Timestamp) -> Self {
        Self { start, end }
    }

    /// When it starts.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// When it ends, as it was said: maybe not after its start.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// From `start` until the next cue.
    #[must_use]
    pub const fn open(start: Timestamp) -> Self {
        Self { start, end: start }
    }
}

impl From<Interval> for CueTimes {
    fn from(interval: Interval) -> Self {
        Self::new(interval.start(), interval.end())
    }
}

/// Builds a [`Track`] without an allocation for each cue.
///
/// ```
/// use zimu::model::{CueId, CueTimes, LanguageTag, MarkKind, Timestamp, TrackBuilder};
///
/// let at = Timestamp::from_millis;
/// let mut builder = TrackBuilder::new();
/// let zh = builder.language(&LanguageTag::ZH_HANS);
/// builder.push_str("这里");
/// let from = builder.here();
/// builder.push_str("加粗");
/// builder.mark(from, MarkKind::Bold);
/// builder.end_line(zh);
/// builder.cue(CueId::numbered(2), CueTimes::open(at(3000)));
/// builder.line("先说的", zh);
/// builder.cue(CueId::numbered(1), CueTimes::new(at(1000), at(2000)));
///
/// let track = builder.finish();
/// assert_eq!(track.cues()[0].id, CueId::numbered(1));
/// assert_eq!(track.cues()[1].interval.duration_ms(), 5000);
/// ```
#[derive(Debug, Default)]
pub struct TrackBuilder {
    track: Track,
    /// Start of the line being built.
    line_start: usize,
    /// First line of the cue being built.
    cue_line: usize,
    speaker: Span,
    position: Option<Position>,
    has_open_ends: bool,
    is_unsorted: bool,
    last_start: Timestamp,
    uses_source: bool,
}

impl TrackBuilder {
    /// An empty track.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty track of what stands in `source`: lines may be ranges of it.
    #[must_use]
    pub fn over(source: SourceText) -> Self {
        let mut builder = Self::default();
        builder.track.source_bytes = source.len();
        builder.track.source = Some(source);
        builder.line_start = builder.here();
        builder
    }

    /// An empty track with room for what is expected.
    #[must_use]
    pub fn with_capacity(text_bytes: usize, cues: usize) -> Self {
        let mut builder = Self::default();
        builder.track.text.reserve(text_bytes);
        builder.expect_cues(cues);
        builder
    }

    /// Makes room for cues, a line and a bit for each.
    pub fn expect_cues(&mut self, cues: usize) {
        self.track.cues.reserve(cues);
        self.track.lines.reserve(cues + cues / 4);
    }

    /// Whether lines may be in a language: it has an index, or one can be given to it.
    #[must_use]
    pub fn has_room_for(&self, tag: &LanguageTag) -> bool {
        let known = &self.track.languages;
        known.len() < MAX_LANGUAGES || known.contains(tag)
    }

    /// The index of a language, for [`TrackBuilder::end_line`]. A track holds up to 256;
    /// any more are counted as the first. See [`TrackBuilder::has_room_for`].
    pub fn language(&mut self, tag: &LanguageTag) -> u8 {
        let known = self.track.languages.iter().position(|other| other == tag);
        let index = known.unwrap_or_else(|| {
            if self.track.languages.len() == MAX_LANGUAGES {
                return 0;
            }
            self.track.languages.push(tag.clone());
            self.track.languages.len() - 1
        });
        u8::try_from(index).unwrap_or_default()
    }

    /// Says which language the lines are in that were in none that is known: see
    /// [`Track::name_language`].
    pub fn name_language(&mut self, tag: &LanguageTag) {
        self.track.name_language(tag);
    }

    /// Adds to the line being built. A line end in `text` becomes a space.
    pub fn push_str(&mut self, text: &str) {
        push_line(text, &mut self.track.text);
    }

    /// The place that the next text goes to.
    #[must_use]
    pub fn here(&self) -> usize {
        self.track.source_bytes + self.track.text.len()
    }

    /// The line being built.
    #[must_use]
    pub fn current_line(&self) -> &str {
        &self.track.text[self.line_start - self.track.source_bytes..]
    }

    /// Markup over what was pushed since `from` was [`here`](Self::here).
    pub fn mark(&mut self, from: usize, kind: MarkKind) {
        self.mark_range(from..self.here(), kind);
    }

    /// Markup over a part of the line being built; over nothing there is none.
    pub fn mark_range(&mut self, range: Range<usize>, kind: MarkKind) {
        let start = range.start.max(self.line_start);
        let span = Span::new(start, range.end.min(self.here()));
        if !span.is_empty() {
            let line = self.track.lines.len() as u32;
            self.track.marks.push(Mark { line, span, kind });
        }
    }

    /// Keeps text that is not shown in a line: a ruby reading, a speaker, a name.
    /// Line ends in it become spaces.
    pub fn aside(&mut self, text: &str) -> Span {
        let start = self.track.asides.len();
        push_line(text, &mut self.track.asides);
        Span::new(start, self.track.asides.len())
    }

    /// Ends the line being built. A line without text is kept: a format that cannot hold
    /// one says so.
    pub fn end_line(&mut self, language: u8) {
        self.track.lines.push(Line {
            text: Span::new(self.line_start, self.here()),
            language,
            is_plain: false,
        });
        self.line_start = self.here();
    }

    /// A whole line of plain text.
    pub fn line(&mut self, text: &str, language: u8) {
        self.push_str(text);
        self.end_line(language);
    }

    /// A whole line that stands in the source as it is shown, without a line end.
    pub(crate) fn source_line(&mut self, text: Span, language: u8) {
        self.uses_source = true;
        self.track.lines.push(Line {
            text,
            language,
            is_plain: false,
        });
    }

    /// A line as [`source_line`](Self::source_line) takes it, of words alone: it begins with
    /// neither a digit nor white space, and no bracket, backslash, `&` or control character is
    /// in it. No format has to look at it again.
    pub(crate) fn plain_line(&mut self, text: Span, language: u8) {
        self.uses_source = true;
        self.track.lines.push(Line {
            text,
            language,
            is_plain: true,
        });
    }

    /// Who speaks in the cue being built.
    pub fn speaker(&mut self, name: &str) {
        self.speaker = self.aside(name);
    }

    /// Where the cue being built stands.
    pub fn position(&mut self, position: Position) {
        self.position = Some(position).filter(|&position| position != Position::BottomCentre);
    }

    /// Count of lines in the cue being built.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.track.lines.len() - self.cue_line
    }

    /// The id that a name stands for: `12` and `12.1` are numbers, all else is a name.
    ///
    /// ```
    /// use zimu::model::{CueId, TrackBuilder};
    ///
    /// let mut builder = TrackBuilder::new();
    /// assert_eq!(builder.id("12.1"), CueId::Numbered { number: 12, part: 1 });
    /// assert!(matches!(builder.id("007"), CueId::Named(_)));
    /// ```
    pub fn id(&mut self, name: &str) -> CueId {
        let (number, part) = name.split_once('.').unwrap_or((name, "0"));
        match (plain_number(number), plain_number(part)) {
            (Some(number), Some(part)) if part > 0 || !name.contains('.') => {
                CueId::Numbered { number, part }
            }
            _ => CueId::Named(self.aside(name)),
        }
    }

    /// Ends the cue that the lines since the last cue make.
    pub fn cue(&mut self, id: CueId, times: CueTimes) {
        // An end that is not usable is held as an empty interval until `finish`, where
        // the next start is known.
        let interval = Interval::new(times.start, times.end).unwrap_or(Interval {
            start: times.start,
            end: times.start,
        });
        self.has_open_ends |= interval.start == interval.end;
        self.is_unsorted |= interval.start < self.last_start;
        self.last_start = interval.start;
        self.track.cues.push(Cue {
            id,
            interval,
            first_line: self.cue_line as u32,
            end_line: self.track.lines.len() as u32,
            speaker: std::mem::take(&mut self.speaker),
            position: self.position.take(),
        });
        self.cue_line = self.track.lines.len();
    }

    /// A chapter that starts at `start`.
    pub fn chapter(&mut self, start: Timestamp, title: &str) {
        let title = self.aside(title);
        self.track.chapters.push(Chapter { start, title });
    }

    /// The track, sorted by start; cues of one start stay in the order they came in.
    #[must_use]
    pub fn finish(mut self) -> Track {
        if self.is_unsorted {
            self.track.cues.sort_by_key(|cue| cue.interval.start());
        }
        self.track.chapters.sort_by_key(|chapter| chapter.start);
        // Inner marks are closed first; outer ones are to come first. Those over one text
        // have an order too, so that a format writes what it has read.
        let outer_first = |mark: &Mark| (mark.span.start(), Reverse(mark.span.end()), mark.kind);
        self.track.marks.sort_by_key(outer_first);
        if !self.uses_source {
            self.track.source = None;
        }
        if self.has_open_ends {
            close_open_ends(&mut self.track.cues);
        }
        self.track
    }
}

/// Adds text to a line: its line ends become spaces, a run of them one.
fn push_line(text: &str, line: &mut String) {
    if memchr2(b'\n', b'\r', text.as_bytes()).is_none() {
        line.push_str(text);
        return;
    }
    for c in text.chars() {
        if !matches!(c, '\n' | '\r') {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
}

/// Gives each cue without a usable end the next start, at most [`OPEN_END_MS`] later.
fn close_open_ends(cues: &mut [Cue]) {
    let mut next_start = Timestamp::MAX;
    let mut this_start = Timestamp::MAX;
    for cue in cues.iter_mut().rev() {
        // The last instant that there is leaves no room for an end.
        let start = cue.interval.start.min(Timestamp::MAX.earlier(1));
        if start < this_start {
            next_start = this_start;
            this_start = start;
        }
        if cue.interval.start >= cue.interval.end {
            let end = next_start.min(start.later(OPEN_END_MS));
            cue.interval = Interval { start, end };
        }
    }
}

/// A number as `Display` prints it: no sign, no leading zero.
fn plain_number(digits: &str) -> Option<u32> {
    let plain = digits == "0" || !digits.starts_with(['0', '+']);
    digits.parse().ok().filter(|_| plain)
}

//! Captions: what is shown, and when.
//!
//! The only meeting point of formats: every reader gives a [`Track`] and every writer
//! takes one.

use std::fmt;
use std::ops::Range;

use crate::model::{Interval, LanguageTag, Position, SourceText, Span, Timestamp};

/// Captions in the order of their starts.
///
/// Lines hold ranges of the text that the track was read from, where they stand there as they
/// are shown, and else of a buffer of its own: a track of a hundred thousand cues is a handful
/// of allocations. What is not shown in a line (a cue's name, a speaker, a ruby reading, a
/// chapter's title) stands in another, mostly empty one: the asides. Text in a line is plain
/// and holds no line end. Bold, italic, underline, ruby and positions stand in side tables that
/// are empty for most tracks; nothing else of a format enters. Cues may overlap: real files do.
///
/// Made by a [`TrackBuilder`](crate::model::TrackBuilder).
///
/// ```
/// use zimu::model::{CueId, CueTimes, LanguageTag, Timestamp, TrackBuilder};
///
/// let mut builder = TrackBuilder::new();
/// let zh = builder.language(&LanguageTag::ZH_HANS);
/// builder.line("大家好", zh);
/// builder.cue(CueId::numbered(1), CueTimes::new(Timestamp::ZERO, Timestamp::from_millis(900)));
/// let track = builder.finish();
///
/// let cue = &track.cues()[0];
/// assert_eq!(track.lines(cue).next().unwrap().text, "大家好");
/// assert_eq!(track.name(cue).to_string(), "1");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Track {
    /// What was read, if any line is a range of it.
    pub(in crate::model) source: Option<SourceText>,
    /// Its length: ranges from there on are of `text`.
    pub(in crate::model) source_bytes: usize,
    pub(in crate::model) text: String,
    pub(in crate::model) asides: String,
    pub(in crate::model) cues: Vec<Cue>,
    pub(in crate::model) lines: Vec<Line>,
    pub(in crate::model) languages: Vec<LanguageTag>,
    /// Sorted by line.
    pub(in crate::model) marks: Vec<Mark>,
    /// Sorted by start.
    pub(in crate::model) chapters: Vec<Chapter>,
}

/// One caption: some lines shown for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its name, which retiming and converting do not change.
    pub id: CueId,
    /// When it is shown.
    pub interval: Interval,
    pub(in crate::model) first_line: u32,
    pub(in crate::model) end_line: u32,
    pub(in crate::model) speaker: Span,
    pub(in crate::model) position: Option<Position>,
}

/// What a cue is called: not where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueId {
    /// Made from the transcript's line; `part` counts from 1 where the utterance was cut,
    /// and is 0 where it was not. Printed `12` or `12.1`.
    Numbered {
        /// The line, or the cue's number in a caption file.
        number: u32,
        /// Which piece of the utterance.
        part: u32,
    },
    /// Any other name that a caption file gave, as a range of the track's asides.
    Named(Span),
}

/// One line of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text.
    pub(in crate::model) text: Span,
    /// Index of its language.
    pub(in crate::model) language: u8,
    pub(in crate::model) is_plain: bool,
}

/// A line as writers see it.
#[derive(Clone, Copy, Debug)]
pub struct LineView<'t> {
    /// Plain text without a line end.
    pub text: &'t str,
    /// Its language.
    pub language: &'t LanguageTag,
    /// Its place in the track's text.
    pub span: Span,
    /// Markup in it, by start, outer before inner.
    pub marks: &'t [Mark],
    /// Whether it is known to be words alone, without anything that a format could take for
    /// its own.
    pub is_plain: bool,
}

/// Markup over a part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index of the line.
    pub(in crate::model) line: u32,
    /// The text under it, in the track's text.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// The markup that formats share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// A reading over the text; the reading is a range of the track's asides.
    Ruby(Span),
}

/// A heading of the transcript, with the time when its part starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// When it starts.
    pub start: Timestamp,
    pub(in crate::model) title: Span,
}

/// A cue's id as text. See [`Track::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueName<'t> {
    /// Printed `12` or `12.1`.
    Numbered(u32, u32),
    /// Printed as it is.
    Named(&'t str),
}

impl Track {
    /// The cues, by start.
    #[must_use]
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// The lines of a cue, from the top.
    #[must_use]
    pub fn lines<'t>(&'t self, cue: &Cue) -> impl ExactSizeIterator<Item = LineView<'t>> + use<'t> {
        let range = cue.line_range();
        let lines = self.lines.get(range.clone()).unwrap_or_default();
        range.zip(lines).map(|(at, line)| self.view(at, line))
    }

    /// One line of a cue, from 0 at the top.
    #[must_use]
    pub fn line<'t>(&'t self, cue: &Cue, index: usize) -> Option<LineView<'t>> {
        let line = self.lines.get(cue.line_range())?.get(index)?;
        Some(self.view(cue.first_line as usize + index, line))
    }

    fn view<'t>(&'t self, at: usize, line: &Line) -> LineView<'t> {
        LineView {
            text: self.text_of(line.text),
            language: &self.languages[usize::from(line.language)],
            span: line.text,
            marks: self.marks_of(at),
            is_plain: line.is_plain,
        }
    }

    fn text_of(&self, span: Span) -> &str {
        match &self.source {
            Some(source) if span.start() < self.source_bytes => span.of(source),
            Some(_) | None => span.earlier(self.source_bytes).of(&self.text),
        }
    }

    /// Where a line stands in the text that the track was read from, if it stands there as it is
    /// shown.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// let text = "1\n00:00:01,000 --> 00:00:02,000\n靠岸了\n\n";
    /// let track = Format::named("srt").unwrap().read(text).unwrap().track;
    /// let line = track.lines(&track.cues()[0]).next().unwrap();
    /// assert_eq!(track.place(&line).unwrap().of(text), "靠岸了");
    /// ```
    #[must_use]
    pub fn place(&self, line: &LineView<'_>) -> Option<Span> {
        let is_read = self.source.is_some() && line.span.start() < self.source_bytes;
        is_read.then_some(line.span)
    }

    /// Whether every line of a cue is known to be words alone: see [`LineView::is_plain`].
    #[must_use]
    pub fn is_plain(&self, cue: &Cue) -> bool {
        let lines = self.lines.get(cue.line_range()).unwrap_or_default();
        lines.iter().all(|line| line.is_plain)
    }

    /// The cue's id as text.
    #[must_use]
    pub fn name(&self, cue: &Cue) -> CueName<'_> {
        match cue.id {
            CueId::Numbered { number, part } => CueName::Numbered(number, part),
            CueId::Named(span) => CueName::Named(span.of(&self.asides)),
        }
    }

    /// Who speaks in the cue, when that is known.
    #[must_use]
    pub fn speaker(&self, cue: &Cue) -> Option<&str> {
        (!cue.speaker.is_empty()).then(|| cue.speaker.of(&self.asides))
    }

    /// How many cues say who speaks in them.
    #[must_use]
    pub fn spoken_cues(&self) -> usize {
        if self.asides.is_empty() {
            return 0;
        }
        let cues = self.cues.iter();
        cues.filter(|cue| self.speaker(cue).is_some()).count()
    }

    /// Where the cue stands, when it is not where captions stand by default, at the bottom
    /// in the middle.
    #[must_use]
    pub const fn position(&self, cue: &Cue) -> Option<Position> {
        cue.position
    }

    /// Whether any cue has a position of its own.
    #[must_use]
    pub fn has_positions(&self) -> bool {
        self.cues.iter().any(|cue| cue.position.is_some())
    }

    /// The reading of a ruby mark.
    #[must_use]
    pub fn reading(&self, reading: Span) -> &str {
        reading.of(&self.asides)
    }

    /// The chapters, by start.
    pub fn chapters(&self) -> impl Iterator<Item = (Timestamp, &str)> {
        self.chapters
            .iter()
            .map(|chapter| (chapter.start, chapter.title.of(&self.asides)))
    }

    /// The languages that lines are in, in the order that they came up.
    #[must_use]
    pub fn languages(&self) -> &[LanguageTag] {
        &self.languages
    }

    /// Says which language the lines are in that were in none that is known.
    pub fn name_language(&mut self, tag: &LanguageTag) {
        for language in &mut self.languages {
            if *language == LanguageTag::UND {
                language.clone_from(tag);
            }
        }
    }

    /// Whether any line has markup.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    /// When the last cue to end is gone; zero for a track without cues.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        let ends = self.cues.iter().map(|cue| cue.interval.end());
        ends.max().unwrap_or(Timestamp::ZERO)
    }

    /// Gives every cue the interval that `map` makes of its own. The order of starts is to stay
    /// as it is; cues of one start stay in their order.
    pub fn map_intervals(&mut self, mut map: impl FnMut(Interval) -> Interval) {
        for cue in &mut self.cues {
            cue.interval = map(cue.interval);
        }
        self.cues.sort_by_key(|cue| cue.interval.start());
    }

    /// Gives every chapter the start that `map` makes of its own.
    pub fn map_chapters(&mut self, mut map: impl FnMut(Timestamp) -> Timestamp) {
        for chapter in &mut self.chapters {
            chapter.start = map(chapter.start);
        }
        self.chapters.sort_by_key(|chapter| chapter.start);
    }

    /// How many cues are still shown when a later one starts.
    #[must_use]
    pub fn overlaps(&self) -> usize {
        let runs = self.cues.chunk_by(starts_with);
        let nexts = self.cues.chunk_by(starts_with).skip(1);
        let overlapping = runs.zip(nexts).map(|(run, next)| {
            let next_start = next[0].interval.start();
            let goes_on = |cue: &&Cue| cue.interval.end() > next_start;
            run.iter().filter(goes_on).count()
        });
        overlapping.sum()
    }

    /// Ends every cue where a later one starts, if it is shown for so long.
    pub fn end_before_next(&mut self) {
        let mut next_start = Timestamp::MAX;
        for run in self.cues.chunk_by_mut(starts_with).rev() {
            for cue in &mut *run {
                cue.interval.end = cue.interval.end.min(next_start);
            }
            next_start = run[0].interval.start();
        }
    }

    /// Bytes of text, for sizing what is written from it.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        self.lines.iter().map(|line| line.text.len()).sum()
    }

    /// Takes all markup away that `keep` does not want.
    pub fn retain_marks(&mut self, keep: impl Fn(MarkKind) -> bool) {
        self.marks.retain(|mark| keep(mark.kind));
    }

    /// Puts every cue where captions stand by default.
    pub fn clear_positions(&mut self) {
        for cue in &mut self.cues {
            cue.position = None;
        }
    }

    /// Takes it away who speaks in each cue.
    pub fn clear_speakers(&mut self) {
        for cue in &mut self.cues {
            cue.speaker = Span::default();
        }
    }

    fn marks_of(&self, line: usize) -> &[Mark] {
        if self.marks.is_empty() {
            return &[];
        }
        let from = self
            .marks
            .partition_point(|mark| (mark.line as usize) < line);
        let count = self.marks[from..].partition_point(|mark| mark.line as usize == line);
        &self.marks[from..from + count]
    }
}

fn starts_with(one: &Cue, other: &Cue) -> bool {
    one.interval.start() == other.interval.start()
}

impl Cue {
    /// Count of lines.
    #[must_use]
    pub const fn line_count(&self) -> usize {
        (self.end_line - self.first_line) as usize
    }

    const fn line_range(&self) -> Range<usize> {
        self.first_line as usize..self.end_line as usize
    }
}

impl CueId {
    /// The id of a whole utterance, or of a numbered cue.
    #[must_use]
    pub const fn numbered(number: u32) -> Self {
        Self::Numbered { number, part: 0 }
    }
}

impl fmt::Display for CueName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered(number, 0) => write!(f, "{number}"),
            Self::Numbered(number, part) => write!(f, "{number}.{part}"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

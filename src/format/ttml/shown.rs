//! Pieces of a `p` that are shown together in, the lines of a cue out.
//!
//! Blanks collapse as XSL has it (TTML2 §8.1.3): a run of blanks and line ends is one, and none
//! at the ends of a line. Where `xml:space` is `preserve` they stay, and a line end ends the
//! line. What is blank at the ends of a `p`, but for a line that has a `span`, is no line.

use crate::format::ttml::names::is_space;
use crate::format::ttml::text::{Look, Piece, Ruby, Space, What};
use crate::model::{MarkKind, TrackBuilder};

const KINDS: [MarkKind; 3] = [MarkKind::Bold, MarkKind::Italic, MarkKind::Underline];

/// The lines of a cue while they are made.
pub(super) struct Lines<'b> {
    builder: &'b mut TrackBuilder,
    /// Of lines that have none of their own.
    language: u8,
    /// Where marks began on this line.
    open: [Option<usize>; 3],
    /// A blank that becomes one if more follows on the line.
    blank: Option<Look>,
    line: Line,
    has_any: bool,
    /// Blank lines that become lines if one with text follows.
    waiting: usize,
    bases: Vec<Base>,
    readings: Vec<Reading>,
}

/// What the line has that is being made, and in which language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Nothing,
    Span(u8),
    Text(u8),
}

/// The base of a reading, in the builder's text.
#[derive(Debug)]
struct Base {
    group: u32,
    number: u32,
    start: usize,
    end: usize,
}

#[derive(Debug)]
struct Reading {
    group: u32,
    number: u32,
    space: Space,
    text: String,
}

impl Reading {
    fn shown(&self) -> &str {
        match self.space {
            Space::Default => self.text.trim_end_matches(' '),
            Space::Preserve => &self.text,
        }
    }
}

impl<'b> Lines<'b> {
    /// For lines that are in `language` where they do not say it.
    pub(super) fn new(builder: &'b mut TrackBuilder, language: u8) -> Self {
        Self {
            builder,
            language,
            open: [None; 3],
            blank: None,
            line: Line::Nothing,
            has_any: false,
            waiting: 0,
            bases: Vec::new(),
            readings: Vec::new(),
        }
    }

    /// Adds a piece; `text` is that of its paragraph.
    pub(super) fn piece(&mut self, piece: &Piece, text: &str) {
        let look = piece.look;
        match piece.what {
            What::Break => self.end_line(),
            What::Span => self.span(look),
            What::Words(start, end) | What::Blanks(start, end) => {
                let text = text.get(start as usize..end as usize).unwrap_or_default();
                match (look.ruby, look.space) {
                    (Ruby::Reading(group, number), space) => {
                        self.reading(group, number, text, space);
                    }
                    (_, Space::Default) => self.collapsed(text, look),
                    (_, Space::Preserve) => self.preserved(text, look),
                }
            }
        }
    }

    /// The cue ends. A line that is blank at its end is none.
    pub(super) fn finish(mut self) {
        self.end_line();
    }

    fn span(&mut self, look: Look) {
        if self.line == Line::Nothing {
            self.line = Line::Span(look.language);
        }
    }

    fn collapsed(&mut self, text: &str, look: Look) {
        let mut rest = text;
        while !rest.is_empty() {
            let words = rest.trim_start_matches(is_space);
            if words.len() < rest.len() && !self.builder.current_line().is_empty() {
                self.blank.get_or_insert(look);
            }
            let end = words.find(is_space).unwrap_or(words.len());
            let (word, behind) = words.split_at(end);
            self.put(word, look);
            rest = behind;
        }
    }

    fn preserved(&mut self, text: &str, look: Look) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.put(line, look);
        }
    }

    fn reading(&mut self, group: u32, number: u32, text: &str, space: Space) {
        let is_this = |reading: &&mut Reading| (reading.group, reading.number) == (group, number);
        let known = self.readings.last_mut().filter(is_this);
        let mut read = known.map_or_else(String::new, |known| std::mem::take(&mut known.text));
        let is_new = read.is_empty();
        match space {
            Space::Preserve => read.push_str(text),
            Space::Default => {
                for (at, word) in text.split(is_space).enumerate() {
                    if at > 0 && !read.is_empty() && !read.ends_with(' ') {
                        read.push(' ');
                    }
                    read.push_str(word);
                }
            }
        }
        match self.readings.last_mut() {
            Some(last) if !is_new => last.text = read,
            _ if read.is_empty() => {}
            _ => self.readings.push(Reading {
                group,
                number,
                space,
                text: read,
            }),
        }
    }

    fn put(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        if let Some(blank) = self.blank.take() {
            self.push(" ", blank);
        }
        self.push(text, look);
    }

    fn push(&mut self, text: &str, look: Look) {
        if self.builder.current_line().is_empty() {
            self.end_waiting();
        }
        if !matches!(self.line, Line::Text(_)) {
            self.line = Line::Text(look.language);
        }
        let here = self.builder.here();
        for (at, kind) in KINDS.into_iter().enumerate() {
            match (look.marks[at], self.open[at]) {
                (true, None) => self.open[at] = Some(here),
                (false, Some(from)) => {
                    self.builder.mark(from, kind);
                    self.open[at] = None;
                }
                (true, Some(_)) | (false, None) => {}
            }
        }
        self.builder.push_str(text);
        if let Ruby::Base(group, number) = look.ruby {
            self.base(group, number, here);
        }
    }

    fn base(&mut self, group: u32, number: u32, start: usize) {
        let end = self.builder.here();
        match self.bases.last_mut() {
            Some(base) if (base.group, base.number) == (group, number) => base.end = end,
            _ => self.bases.push(Base {
                group,
                number,
                start,
                end,
            }),
        }
    }

    fn end_line(&mut self) {
        self.blank = None;
        for (open, kind) in self.open.iter_mut().zip(KINDS) {
            if let Some(from) = open.take() {
                self.builder.mark(from, kind);
            }
        }
        self.mark_readings();
        match std::mem::replace(&mut self.line, Line::Nothing) {
            Line::Nothing => self.waiting += usize::from(self.has_any),
            Line::Span(language) => {
                self.end_waiting();
                self.end_with(language);
            }
            Line::Text(language) => self.end_with(language),
        }
    }

    fn end_with(&mut self, language: u8) {
        self.builder.end_line(language);
        self.has_any = true;
    }

    fn end_waiting(&mut self) {
        for _ in 0..std::mem::take(&mut self.waiting) {
            self.builder.end_line(self.language);
        }
    }

    /// Each base has its reading; where they are not as many, those of a group are over all of
    /// its bases.
    fn mark_readings(&mut self) {
        let bases = std::mem::take(&mut self.bases);
        let readings = std::mem::take(&mut self.readings);
        let mut readings = readings.as_slice();
        for group in bases.chunk_by(|one, next| one.group == next.group) {
            let number = group[0].group;
            let before = readings.partition_point(|reading| reading.group < number);
            let count = readings[before..].partition_point(|reading| reading.group == number);
            let of_group = &readings[before..before + count];
            readings = &readings[before + count..];
            if of_group.len() == group.len() {
                for (base, reading) in group.iter().zip(of_group) {
                    self.mark_reading(base.start, base.end, reading.shown());
                }
            } else {
                let texts = of_group.iter().map(Reading::shown);
                let (start, end) = (group[0].start, group[group.len() - 1].end);
                self.mark_reading(start, end, &texts.collect::<String>());
            }
        }
    }

    fn mark_reading(&mut self, start: usize, end: usize, text: &str) {
        if !text.is_empty() {
            let reading = self.builder.aside(text);
            self.builder.mark_range(start..end, MarkKind::Ruby(reading));
        }
    }
}

//! Lines in, a transcript out: what the lines mean together.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::model::{Anchor, Diagnostic, Heading, Opening, Span, Timestamp, Transcript, Utterance};
use crate::text::class::{Class, with_spaces, without_controls};
use crate::text::lines::Lines;
use crate::transcript::grammar::{Marker, TimeForm, marker};
use crate::transcript::kinds;

/// What a bare `12:34 ` at the start of a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BareTimes {
    /// Words: "12:34 分开始".
    Words,
    /// Times: the whole transcript is written so.
    Anchors,
}

/// The transcript as far as one pass over the lines can tell.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) transcript: Transcript,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// All times, whether they rise or not.
    pub(super) anchors: Vec<Anchor>,
    /// The bare times that were taken for words.
    pub(super) bare_times: Vec<Anchor>,
}

/// Reads the lines of `source`.
pub(super) fn draft(source: &str, bare_times: BareTimes) -> Draft {
    let mut reader = Reader::new(source, bare_times);
    for (at, line) in Lines::new(source).enumerate() {
        reader.line_number = at as u32 + 1;
        reader.line(line);
    }
    reader.finish()
}

struct Reader<'s> {
    source: &'s str,
    bare_times: BareTimes,
    draft: Draft,
    line_number: u32,
    opening: Opening,
    /// A time that stood alone on its line, for the next utterance.
    waiting: Option<(Timestamp, Span)>,
    /// Whether a half-width quotation is open, in this paragraph.
    in_quotes: bool,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, bare_times: BareTimes) -> Self {
        let transcript = Transcript {
            text: String::with_capacity(source.len()),
            // A guess that holds for lines of 12 characters, and saves most of the copying.
            utterances: Vec::with_capacity(source.len() / 36),
            ..Transcript::default()
        };
        Self {
            source,
            bare_times,
            draft: Draft {
                transcript,
                diagnostics: Vec::new(),
                anchors: Vec::new(),
                bare_times: Vec::new(),
            },
            line_number: 0,
            opening: Opening::Line,
            waiting: None,
            in_quotes: false,
        }
    }

    fn line(&mut self, place: Span) {
        let cleaned = without_controls(place.of(self.source));
        if let Cow::Owned(_) = cleaned {
            let controls = self.controls(place);
            self.draft.diagnostics.push(kinds::CONTROL.at(controls));
        }
        let spaced = with_spaces(&cleaned);
        let line = trimmed(&spaced);
        if line.is_empty() {
            self.paragraph(Opening::Paragraph);
            return;
        }
        match marker(line) {
            Some(Marker::Heading { title }) => self.heading(title, place),
            Some(Marker::Time {
                form,
                at,
                marker,
                text,
            }) => {
                let place = Span::within(self.source, marker).unwrap_or(place);
                match at {
                    Some(at) => self.timed(line, place, form, at, text),
                    None => self.almost_timed(line, place),
                }
            }
            None => self.words(line, place),
        }
    }

    /// The first control characters of a line.
    fn controls(&self, line: Span) -> Span {
        let text = line.of(self.source);
        let is_control = |c: char| c.is_control() && c != '\t';
        let start = text.find(is_control).unwrap_or_default();
        let run = &text[start..];
        let length = run.find(|c| !is_control(c)).unwrap_or(run.len());
        Span::new(0, length).shifted(line.start() + start)
    }

    /// Where marks stand on their line.
    fn marks(&self, marks: &str, line: Span) -> Span {
        Span::within(self.source, marks).unwrap_or_else(|| {
            // The line was mended, and is no slice of the source any more.
            let found = line.of(self.source).find(marks);
            found.map_or(line, |at| {
                Span::new(at, at + marks.len()).shifted(line.start())
            })
        })
    }

    fn paragraph(&mut self, opening: Opening) {
        if self.opening != Opening::Heading {
            self.opening = opening;
        }
        self.in_quotes = false;
    }

    fn heading(&mut self, title: &str, place: Span) {
        if title.is_empty() {
            self.draft.diagnostics.push(kinds::EMPTY_HEADING.at(place));
            self.paragraph(Opening::Paragraph);
            return;
        }
        self.paragraph(Opening::Heading);
        let transcript = &mut self.draft.transcript;
        let start = transcript.titles.len();
        transcript.titles.push_str(title);
        transcript.headings.push(Heading {
            title: Span::new(start, transcript.titles.len()),
            before: transcript.utterances.len() as u32,
        });
    }

    fn almost_timed(&mut self, line: &str, place: Span) {
        self.draft.diagnostics.push(kinds::TIME_PARTS.at(place));
        self.words(line, place);
    }

    fn timed(&mut self, line: &str, place: Span, form: TimeForm, at: Timestamp, text: &str) {
        if (form, self.bare_times) == (TimeForm::Bare, BareTimes::Words) {
            let utterance = self.draft.transcript.utterances.len() as u32;
            let source = place;
            self.draft.bare_times.push(Anchor {
                utterance,
                at,
                source,
            });
            return self.words(line, place);
        }
        if let Some((_, alone)) = self.waiting.replace((at, place)) {
            self.draft.diagnostics.push(kinds::ANCHOR_ALONE.at(alone));
        }
        if !text.is_empty() {
            self.words(text, place);
        }
    }

    /// Words, maybe behind closing marks that belong to the utterance before.
    fn words(&mut self, text: &str, place: Span) {
        let strays = self.strays(text);
        let (marks, words) = text.split_at(strays);
        if !marks.is_empty() {
            self.give_back(marks, place);
        }
        let words = words.trim_start();
        if !words.is_empty() {
            self.utterance(words, place);
        }
    }

    /// Length of the closing marks that `text` begins with.
    fn strays(&self, text: &str) -> usize {
        let closes = |c: char| !c.is_ascii() && Class::of(c).closes();
        let closes_quotes = self.in_quotes && memchr_iter(b'"', text.as_bytes()).count() == 1;
        let stray = |c: char| closes(c) || (c == '"' && closes_quotes);
        let between = |c: char| matches!(Class::of(c), Class::Space | Class::Ignored);
        let end = text
            .find(|c| !stray(c) && !between(c))
            .unwrap_or(text.len());
        // Spaces before the first word are its line's own.
        text[..end].trim_end_matches(between).len()
    }

    fn give_back(&mut self, marks: &str, line: Span) {
        let place = self.marks(marks, line);
        let transcript = &mut self.draft.transcript;
        let Some(last) = transcript.utterances.last_mut() else {
            self.draft
                .diagnostics
                .push(kinds::NOTHING_TO_CLOSE.at(place));
            return;
        };
        // The last utterance stands at the end of the buffer, before a line end.
        transcript.text.pop();
        let is_mark = |c: &char| !matches!(Class::of(*c), Class::Space | Class::Ignored);
        transcript.text.extend(marks.chars().filter(is_mark));
        last.text = Span::new(last.text.start(), transcript.text.len());
        transcript.text.push('\n');
        self.in_quotes ^= marks.contains('"');
        self.draft.diagnostics.push(kinds::STRAY_CLOSE.at(place));
    }

    fn utterance(&mut self, words: &str, place: Span) {
        let transcript = &mut self.draft.transcript;
        let start = transcript.text.len();
        transcript.text.push_str(words);
        let text = Span::new(start, transcript.text.len());
        transcript.text.push('\n');
        if let Some((at, source)) = self.waiting.take() {
            let utterance = transcript.utterances.len() as u32;
            self.draft.anchors.push(Anchor {
                utterance,
                at,
                source,
            });
        }
        transcript.utterances.push(Utterance {
            text,
            line: self.line_number,
            offset: place.start() as u32,
            opening: std::mem::replace(&mut self.opening, Opening::Line),
        });
        self.in_quotes ^= memchr_iter(b'"', words.as_bytes()).count() % 2 == 1;
    }

    fn finish(mut self) -> Draft {
        if let Some((_, alone)) = self.waiting {
            self.draft.diagnostics.push(kinds::ANCHOR_ALONE.at(alone));
        }
        self.draft
    }
}

/// The line without spaces and byte order marks round it: files that were joined have one
/// in their middle.
fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

//! Lines in, a transcript out: what the lines mean together.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::model::{
    Anchor, Diagnostic, Heading, Opening, Pause, Span, Timestamp, Transcript, Utterance,
};
use crate::text::class::{
    Class, has_clean_lines, trimmed, with_spaces, without_controls, without_invisible_runs,
};
use crate::text::lines::Lines;
use crate::transcript::grammar::{Marker, TimeForm, begins_with_sign, marker};
use crate::transcript::habits::{Habits, LoneTimes, Numbers};
use crate::transcript::inline;
use crate::transcript::kinds;
use crate::transcript::paste::seconds_said;
use crate::transcript::places;
use crate::transcript::verbatim::{Quotes, strays, verbatim};
use crate::transcript::words::{close_sound, push_words};
use crate::transcript::{Form, emphasis};

/// The transcript as far as one pass over the lines can tell.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) transcript: Transcript,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// All times, whether they rise or not.
    pub(super) anchors: Vec<Anchor>,
    /// One for each line.
    pub(super) forms: Vec<Form>,
}

/// Reads the lines of `source`, which is written as `habits` say.
pub(super) fn draft(source: &str, habits: &Habits<'_>) -> Draft {
    let mut reader = Reader::new(source, habits);
    for (at, line) in Lines::new(source).enumerate() {
        reader.line_number = at as u32 + 1;
        reader.form = Form::Blank;
        reader.line(line);
        reader.draft.forms.push(reader.form);
    }
    reader.finish()
}

struct Reader<'s> {
    source: &'s str,
    habits: &'s Habits<'s>,
    /// Whether nothing has to be left out of any line.
    is_clean: bool,
    draft: Draft,
    line_number: u32,
    /// What the line is taken for so far.
    form: Form,
    opening: Opening,
    /// A time that stood alone on its line, for the next utterance.
    waiting: Option<(Timestamp, Span)>,
    /// A speaker for the next utterance: his name, and his label in the source.
    next_speaker: Option<(Span, Span)>,
    /// The first sign of Markdown that was left out.
    markup: Option<Span>,
    /// The first time that is only guessed.
    guess: Option<Span>,
    /// What the next line is called, where lines are numbered.
    next_number: u32,
    /// Pauses that nothing was said behind yet.
    next_pauses: Vec<Option<u32>>,
    /// Whether a half-width quotation is open, in this paragraph.
    quotes: Quotes,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, habits: &'s Habits<'s>) -> Self {
        let transcript = Transcript {
            text: String::with_capacity(source.len()),
            // A guess that holds for lines of 12 characters, and saves most of the copying.
            utterances: Vec::with_capacity(source.len() / 36),
            ..Transcript::default()
        };
        Self {
            source,
            habits,
            is_clean: has_clean_lines(source),
            draft: Draft {
                transcript,
                diagnostics: Vec::new(),
                anchors: Vec::new(),
                forms: Vec::with_capacity(source.len() / 36),
            },
            line_number: 0,
            form: Form::Blank,
            opening: Opening::Line,
            waiting: None,
            next_speaker: None,
            markup: None,
            guess: None,
            next_number: 1,
            next_pauses: Vec::new(),
            quotes: Quotes::Closed,
        }
    }

    fn line(&mut self, place: Span) {
        if self.is_clean {
            return self.clean_line(trimmed(place.of(self.source)), place);
        }
        let cleaned = without_controls(place.of(self.source));
        if let Cow::Owned(_) = cleaned {
            let controls = places::controls(self.source, place);
            self.draft.diagnostics.push(kinds::CONTROL.at(controls));
        }
        let visible = without_invisible_runs(&cleaned);
        if let Cow::Owned(_) = visible {
            let run = places::invisible(self.source, place);
            self.draft.diagnostics.push(kinds::INVISIBLE.at(run));
        }
        let spaced = with_spaces(&visible);
        self.clean_line(trimmed(&spaced), place);
    }

    /// A line, as it is read, from its first character to its last.
    fn clean_line(&mut self, line: &str, place: Span) {
        if line.is_empty() {
            self.paragraph(Opening::Paragraph);
            return;
        }
        if self.repeats_time(line) {
            self.form = Form::Time;
            return;
        }
        if line.starts_with('#')
            && let Some(Marker::Heading { title }) = marker(line)
        {
            return self.heading(title, place);
        }
        let (mut text, mut taken) = (line, Taken::default());
        while let Some(behind) = self.marker(text, place, &mut taken) {
            text = behind;
        }
        if let Some(words) = verbatim(text) {
            return self.utterance(trimmed(words), place);
        }
        let Some(plain) = emphasis::plain(text) else {
            return self.words(text, place);
        };
        let star = Span::within(self.source, text).unwrap_or(place);
        self.markup.get_or_insert(star);
        self.words(&plain, place);
    }

    /// Takes the marker that `text` begins with, and gives what stands behind it; `None` where
    /// the words begin.
    fn marker<'l>(&mut self, text: &'l str, line: Span, taken: &mut Taken) -> Option<&'l str> {
        if !self.habits.have_speakers() && !begins_with_sign(text) {
            return None;
        }
        match marker(text)? {
            Marker::Sign { sign, text: behind } if self.habits.is_sign(sign) => {
                let place = Span::within(self.source, text).map_or(line, |text| {
                    Span::new(text.start(), text.start() + sign.len_utf8())
                });
                self.markup.get_or_insert(place);
                Some(behind)
            }
            Marker::Number { number, text } if self.is_next_number(number) => {
                self.next_number += 1;
                Some(text)
            }
            Marker::Time {
                form,
                at,
                marker,
                text,
            } if !taken.time && self.habits.may_be_time(form) => {
                let place = Span::within(self.source, marker).unwrap_or(line);
                let Some(at) = at else {
                    self.draft.diagnostics.push(kinds::TIME_PARTS.at(place));
                    return None;
                };
                taken.time = true;
                match form {
                    TimeForm::Guessed => self.guess(place),
                    TimeForm::Bracketed | TimeForm::Bare | TimeForm::Alone => self.time(at, place),
                }
                Some(text)
            }
            Marker::Label(label) if !taken.label && self.habits.is_label(&label) => {
                taken.label = true;
                let place = Span::within(self.source, label.name).unwrap_or(line);
                self.speaker(label.name, place);
                Some(label.text)
            }
            Marker::Heading { .. }
            | Marker::Sign { .. }
            | Marker::Time { .. }
            | Marker::Number { .. }
            | Marker::Label(_) => None,
        }
    }

    fn is_next_number(&self, number: u32) -> bool {
        self.habits.numbers == Numbers::OfLines && number == self.next_number
    }

    /// Whether a line says nothing but the time that waits for words.
    fn repeats_time(&self, line: &str) -> bool {
        let is_said = |at: Timestamp| seconds_said(line) == Some(at.millis() / 1000);
        self.habits.lone_times == LoneTimes::Anchors
            && self.waiting.is_some_and(|(at, _)| is_said(at))
    }

    fn paragraph(&mut self, opening: Opening) {
        if self.opening != Opening::Heading {
            self.opening = opening;
        }
        self.quotes = Quotes::Closed;
    }

    fn heading(&mut self, title: &str, place: Span) {
        self.form = Form::Heading;
        if title.is_empty() {
            self.draft.diagnostics.push(kinds::EMPTY_HEADING.at(place));
            self.paragraph(Opening::Paragraph);
            return;
        }
        self.paragraph(Opening::Heading);
        // A new chapter: who speaks is not known until he is named again.
        let before = self.next_speaker.replace((Span::default(), place));
        self.note_silent(before);
        let transcript = &mut self.draft.transcript;
        let start = transcript.titles.len();
        transcript.titles.push_str(title);
        transcript.headings.push(Heading {
            title: Span::new(start, transcript.titles.len()),
            before: transcript.utterances.len() as u32,
        });
    }

    fn time(&mut self, at: Timestamp, place: Span) {
        self.form = Form::Time;
        if let Some((_, alone)) = self.waiting.replace((at, place)) {
            self.draft.diagnostics.push(kinds::ANCHOR_ALONE.at(alone));
        }
    }

    fn guess(&mut self, place: Span) {
        self.form = Form::Time;
        self.guess.get_or_insert(place);
    }

    fn speaker(&mut self, name: &str, place: Span) {
        self.form = Form::Label;
        let names = &mut self.draft.transcript.names;
        let start = names.len();
        names.push_str(name);
        let name = Span::new(start, names.len());
        let before = self.next_speaker.replace((name, place));
        self.note_silent(before);
    }

    /// Tells of a label that nothing was said behind.
    fn note_silent(&mut self, speaker: Option<(Span, Span)>) {
        if let Some((_, label)) = speaker.filter(|(name, _)| !name.is_empty()) {
            self.draft.diagnostics.push(kinds::LABEL_ALONE.at(label));
        }
    }

    /// Words, maybe behind closing marks that belong to the utterance before.
    fn words(&mut self, text: &str, place: Span) {
        let text = self.leading_pauses(trimmed(text));
        let (marks, mut words) = text.split_at(strays(text, self.quotes));
        if !marks.is_empty() {
            self.give_back(marks, place);
            words = self.leading_pauses(trimmed(words));
        }
        if !words.is_empty() {
            self.utterance(words, place);
        }
    }

    /// Takes the pauses that `words` begin with, and gives what stands behind them.
    fn leading_pauses<'w>(&mut self, mut words: &'w str) -> &'w str {
        while let Some((length, length_ms)) = inline::leading_pause(words) {
            self.next_pauses.push(length_ms);
            self.form = Form::Pause;
            words = trimmed(&words[length..]);
        }
        words
    }

    fn give_back(&mut self, marks: &str, line: Span) {
        self.form = Form::Marks;
        let place = places::marks(self.source, marks, line);
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
        let (start, end) = (last.text.start(), last.text.end());
        last.text = Span::new(start, transcript.text.len());
        close_sound(transcript, start, end);
        transcript.text.push('\n');
        if marks.contains('"') {
            self.quotes = Quotes::Closed;
        }
        self.draft.diagnostics.push(kinds::STRAY_CLOSE.at(place));
    }

    fn utterance(&mut self, words: &str, place: Span) {
        let transcript = &mut self.draft.transcript;
        let at = transcript.text.len() as u32;
        let pauses = self.next_pauses.drain(..);
        let pauses = pauses.map(|length_ms| Pause { at, length_ms });
        transcript.pauses.extend(pauses);
        let text = push_words(transcript, words);
        transcript.text.push('\n');
        if let Some((at, source)) = self.waiting.take() {
            let utterance = transcript.utterances.len() as u32;
            self.draft.anchors.push(Anchor {
                utterance,
                at,
                source,
            });
        }
        if let Some((name, _)) = self.next_speaker.take() {
            transcript.turn(name);
        }
        transcript.utterances.push(Utterance {
            text,
            line: self.line_number,
            offset: place.start() as u32,
            opening: std::mem::replace(&mut self.opening, Opening::Line),
        });
        let is_sound = transcript
            .utterances
            .last()
            .is_some_and(|last| transcript.is_sound(last));
        self.form = if is_sound { Form::Sound } else { Form::Words };
        if memchr_iter(b'"', words.as_bytes()).count() % 2 == 1 {
            self.quotes = self.quotes.other();
        }
    }

    fn finish(mut self) -> Draft {
        if let Some((_, alone)) = self.waiting {
            self.draft.diagnostics.push(kinds::ANCHOR_ALONE.at(alone));
        }
        if !self.next_pauses.is_empty() {
            let end = Span::new(self.source.len(), self.source.len());
            self.draft.diagnostics.push(kinds::PAUSE_ALONE.at(end));
        }
        if let Some(first) = self.markup {
            self.draft.diagnostics.push(kinds::MARKUP.at(first));
        }
        if let Some(first) = self.guess {
            self.draft.diagnostics.push(kinds::GUESS.at(first));
        }
        let silent = self.next_speaker.take();
        self.note_silent(silent);
        self.draft
    }
}

/// The markers that a line has had already: it has each once.
#[derive(Clone, Copy, Debug, Default)]
struct Taken {
    time: bool,
    label: bool,
}

//! All lines in, what is a marker in this transcript out.
//!
//! Some markers have the form of words. They are markers only where the whole transcript is
//! written so, and one look over its lines says that before any of them is read.

use std::collections::{HashMap, HashSet};

use crate::model::Timestamp;
use crate::text::class::trimmed;
use crate::text::lines::Lines;
use crate::transcript::Hints;
use crate::transcript::grammar::{Marker, TimeForm, marker};
use crate::transcript::label::{Label, LabelForm};

/// What a bare `12:34 ` at the start of a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BareTimes {
    /// Words: "12:34 分开始".
    Words,
    /// Times: the whole transcript is written so.
    Anchors,
}

/// What a time alone on its line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LoneTimes {
    /// Words: a score.
    Words,
    /// Times: each stands above its words, and maybe above itself read aloud.
    Anchors,
}

/// What a number at the start of a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Words: the first of three points.
    Words,
    /// The lines are numbered, from 1.
    OfLines,
}

/// What a transcript is written like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Habits<'s> {
    pub(super) bare_times: BareTimes,
    pub(super) lone_times: LoneTimes,
    pub(super) numbers: Numbers,
    /// The signs that begin two lines or more.
    signs: Vec<char>,
    /// The names that are labels.
    speakers: HashSet<&'s str>,
}

impl<'s> Habits<'s> {
    /// What the lines of `source` and what is known besides say.
    pub(super) fn of(source: &'s str, hints: Hints<'s>) -> Self {
        let mut survey = Survey::default();
        for line in Lines::new(source) {
            survey.line(trimmed(line.of(source)));
        }
        let named = hints.speakers.iter().map(String::as_str);
        Self {
            bare_times: survey.bare_times.taken_for(),
            lone_times: survey.lone_times.taken_for(survey.lines),
            numbers: survey.numbers.taken_for(survey.lines),
            signs: survey.signs.again,
            speakers: if hints.speakers.is_empty() {
                survey.labels.speakers(survey.lines)
            } else {
                named.collect()
            },
        }
    }

    /// Whether nothing but labels is a marker by habit, and these have the names of `speakers`.
    pub(super) fn are_none_but(&self, speakers: &HashSet<&str>) -> bool {
        self.bare_times == BareTimes::Words
            && self.lone_times == LoneTimes::Words
            && self.numbers == Numbers::Words
            && self.signs.is_empty()
            && self.speakers.is_subset(speakers)
    }

    /// Whether a name with a colon may be a label.
    pub(super) fn have_speakers(&self) -> bool {
        !self.speakers.is_empty()
    }

    /// Whether what has the form of a time is one.
    pub(super) fn may_be_time(&self, form: TimeForm) -> bool {
        match form {
            TimeForm::Bracketed | TimeForm::Guessed => true,
            TimeForm::Bare => self.bare_times == BareTimes::Anchors,
            TimeForm::Alone => self.lone_times == LoneTimes::Anchors,
        }
    }

    /// Whether a sign is one of Markdown, and no dash.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.signs.contains(&sign)
    }

    /// Whether what has the form of a label is one.
    pub(super) fn is_label(&self, label: &Label<'_>) -> bool {
        match label.form {
            LabelForm::Said => true,
            LabelForm::Alike => self.speakers.contains(label.name),
        }
    }
}

/// What was seen so far.
#[derive(Debug, Default)]
struct Survey<'s> {
    /// Lines that are neither blank nor headings.
    lines: u32,
    bare_times: BareTimesSeen,
    lone_times: LoneTimesSeen,
    numbers: NumbersSeen,
    signs: SignsSeen,
    labels: LabelsSeen<'s>,
    /// Whether the last line had words.
    in_paragraph: bool,
}

impl<'s> Survey<'s> {
    fn line(&mut self, line: &'s str) {
        let mut found = marker(line);
        if line.is_empty() || matches!(found, Some(Marker::Heading { .. })) {
            self.in_paragraph = false;
            return;
        }
        while let Some(Marker::Sign { sign, text }) = found {
            self.signs.see(sign);
            found = marker(text);
        }
        if let Some(Marker::Number { number, text }) = found {
            self.numbers.see(number, self.lines);
            found = marker(text);
        }
        if let Some(Marker::Time { form, at, text, .. }) = found {
            match (form, at) {
                (TimeForm::Bare, Some(at)) => self.bare_times.see(at),
                (TimeForm::Alone, Some(at)) => self.lone_times.see(at, self.lines),
                (TimeForm::Bracketed | TimeForm::Guessed, _) | (_, None) => {}
            }
            found = marker(text);
        }
        let begins = u32::from(!self.in_paragraph);
        self.labels.paragraphs += begins;
        if let Some(Marker::Label(label)) = found {
            self.labels.see(label.name, begins);
        }
        self.lines += 1;
        self.in_paragraph = true;
    }
}

/// Signs that came once, and those that came again.
#[derive(Debug, Default)]
struct SignsSeen {
    once: Vec<char>,
    again: Vec<char>,
}

impl SignsSeen {
    fn see(&mut self, sign: char) {
        if !self.once.contains(&sign) {
            self.once.push(sign);
        } else if !self.again.contains(&sign) {
            self.again.push(sign);
        }
    }
}

/// The first line is a time alone, and so is a quarter of all at least; none falls. Times that
/// somebody copied are whole seconds, and two may be the same.
#[derive(Debug, Default)]
struct LoneTimesSeen {
    count: u32,
    begins: bool,
    last: Timestamp,
    falls: bool,
}

impl LoneTimesSeen {
    /// A time, behind so many lines.
    fn see(&mut self, at: Timestamp, lines: u32) {
        self.begins |= lines == 0;
        self.falls |= self.last > at;
        self.last = at;
        self.count += 1;
    }

    fn taken_for(&self, lines: u32) -> LoneTimes {
        let plainly = self.begins && self.count >= 2 && 4 * self.count >= lines;
        if plainly && !self.falls {
            LoneTimes::Anchors
        } else {
            LoneTimes::Words
        }
    }
}

/// Three lines or more, the first of them and nine in ten, have numbers that rise by one.
#[derive(Debug, Default)]
struct NumbersSeen {
    count: u32,
    begins: bool,
}

impl NumbersSeen {
    /// A number, behind so many lines.
    fn see(&mut self, number: u32, lines: u32) {
        self.begins |= lines == 0;
        self.count += u32::from(number == self.count + 1);
    }

    fn taken_for(&self, lines: u32) -> Numbers {
        let nearly_all = u64::from(self.count) * 10 >= u64::from(lines) * 9;
        if self.begins && self.count >= 3 && nearly_all {
            Numbers::OfLines
        } else {
            Numbers::Words
        }
    }
}

/// Two lines or more begin with a bare time, and all of them rise.
#[derive(Debug, Default)]
struct BareTimesSeen {
    count: u32,
    last: Option<Timestamp>,
    falls: bool,
}

impl BareTimesSeen {
    fn see(&mut self, at: Timestamp) {
        self.falls |= self.last.is_some_and(|last| last >= at);
        self.last = Some(at);
        self.count += 1;
    }

    fn taken_for(&self) -> BareTimes {
        if self.count >= 2 && !self.falls {
            BareTimes::Anchors
        } else {
            BareTimes::Words
        }
    }
}

/// How often each name begins a line.
#[derive(Debug, Default)]
struct LabelsSeen<'s> {
    paragraphs: u32,
    names: HashMap<&'s str, Begun>,
}

/// What one name begins.
#[derive(Clone, Copy, Debug, Default)]
struct Begun {
    lines: u32,
    paragraphs: u32,
}

/// Letters that begin the answers to choose from: who has all three has a list, not speakers.
const CHOICES: [&str; 3] = ["A", "B", "C"];

impl<'s> LabelsSeen<'s> {
    fn see(&mut self, name: &'s str, paragraphs: u32) {
        let begun = self.names.entry(name).or_default();
        begun.lines += 1;
        begun.paragraphs += paragraphs;
    }

    /// The names that come again, where two of them or more begin a quarter of the lines or
    /// half of four paragraphs or more; one alone, half of all lines and three at least.
    fn speakers(mut self, all_lines: u32) -> HashSet<&'s str> {
        self.names.retain(|_, begun| begun.lines > 1);
        if CHOICES.iter().all(|name| self.names.contains_key(name)) {
            self.names.retain(|name, _| name.len() > 1);
        }
        let lines: u32 = self.names.values().map(|begun| begun.lines).sum();
        let paragraphs: u32 = self.names.values().map(|begun| begun.paragraphs).sum();
        let plainly = match self.names.len() {
            0 => false,
            1 => lines >= 3 && 2 * lines >= all_lines,
            _ => {
                let of_paragraphs = self.paragraphs >= 4 && 2 * paragraphs >= self.paragraphs;
                4 * lines >= all_lines || of_paragraphs
            }
        };
        if !plainly {
            self.names.clear();
        }
        self.names.into_keys().collect()
    }
}

//! All lines in, what is a marker in this transcript out.
//!
//! Some markers have the form of words. They are markers only where the whole transcript is
//! written so, and one look over its lines says that before any of them is read.

use std::collections::{HashMap, HashSet};

use crate::model::Timestamp;
use crate::text::lines::Lines;
use crate::transcript::Hints;
use crate::transcript::grammar::{Marker, TimeForm, marker, trimmed};
use crate::transcript::label::{Label, LabelForm};

/// What a bare `12:34 ` at the start of a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BareTimes {
    /// Words: "12:34 分开始".
    Words,
    /// Times: the whole transcript is written so.
    Anchors,
}

/// What a transcript is written like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Habits<'s> {
    pub(super) bare_times: BareTimes,
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
            speakers: if hints.speakers.is_empty() {
                survey.labels.speakers()
            } else {
                named.collect()
            },
        }
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
    bare_times: BareTimesSeen,
    labels: LabelsSeen<'s>,
    /// Whether the last line had words.
    in_paragraph: bool,
}

impl<'s> Survey<'s> {
    fn line(&mut self, line: &'s str) {
        if line.is_empty() {
            self.in_paragraph = false;
            return;
        }
        let begins = u32::from(!self.in_paragraph);
        let found = match marker(line) {
            Some(Marker::Heading { .. }) => {
                self.in_paragraph = false;
                return;
            }
            Some(Marker::Time { form, at, text, .. }) => {
                if let (TimeForm::Bare, Some(at)) = (form, at) {
                    self.bare_times.see(at);
                }
                marker(text)
            }
            found => found,
        };
        self.labels.lines += 1;
        self.labels.paragraphs += begins;
        if let Some(Marker::Label(label)) = found {
            self.labels.see(label.name, begins);
        }
        self.in_paragraph = true;
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
    lines: u32,
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
    fn speakers(mut self) -> HashSet<&'s str> {
        self.names.retain(|_, begun| begun.lines > 1);
        if CHOICES.iter().all(|name| self.names.contains_key(name)) {
            self.names.retain(|name, _| name.len() > 1);
        }
        let lines: u32 = self.names.values().map(|begun| begun.lines).sum();
        let paragraphs: u32 = self.names.values().map(|begun| begun.paragraphs).sum();
        let plainly = match self.names.len() {
            0 => false,
            1 => lines >= 3 && 2 * lines >= self.lines,
            _ => {
                let of_paragraphs = self.paragraphs >= 4 && 2 * paragraphs >= self.paragraphs;
                4 * lines >= self.lines || of_paragraphs
            }
        };
        if !plainly {
            self.names.clear();
        }
        self.names.into_keys().collect()
    }
}

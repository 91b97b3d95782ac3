//! The text of a journal in, what a run had done and begun before it was killed out; and back.
//!
//! While a run goes on, a line says what a job is about to write, and another one what it wrote.
//! Without the first, captions that have their name when a kill comes, and are not on record
//! yet, would be taken for somebody's own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalogue::{Entry, Hash, Hashes};

/// What a run had come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// What was made, by input.
    pub done: BTreeMap<String, Entry>,
    /// What else may stand in an output, by its path.
    pub begun: BTreeMap<String, BTreeSet<Hash>>,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Line {
    Done(Entry),
    Begun { begun: Hashes },
}

impl Journal {
    /// Reads a journal. A line that a kill or a full disk has torn is nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let lines = whole.lines().map(serde_json::from_str);
        let mut journal = Self::default();
        for line in lines.filter_map(Result::ok) {
            match line {
                Line::Done(entry) => drop(journal.done.insert(entry.input.clone(), entry)),
                Line::Begun { begun } => {
                    for (path, hash) in begun {
                        journal.begun.entry(path).or_default().insert(hash);
                    }
                }
            }
        }
        journal
    }

    /// The line for files that are about to be written, with what they will be.
    ///
    /// ```
    /// use zimu::catalogue::{Hash, Hashes, Journal};
    ///
    /// let hash = Hash::of(&[1; 32]);
    /// let line = Journal::begin(&Hashes::from([("talk.zh-Hans.srt".into(), hash)]));
    /// assert!(Journal::read(&line).begun["talk.zh-Hans.srt"].contains(&hash));
    /// ```
    #[must_use]
    pub fn begin(files: &Hashes) -> String {
        let begun = files.clone();
        line(&Line::Begun { begun })
    }
}

impl Entry {
    /// Its line, for a manifest or a journal.
    ///
    /// ```
    /// use zimu::catalogue::{Entry, Hash, Hashes, Journal};
    ///
    /// let entry = Entry {
    ///     input: "talk.txt".into(),
    ///     tool: "0.1.0".into(),
    ///     settings: Hash::of(&[1; 32]),
    ///     inputs: Hashes::from([("talk.txt".into(), Hash::of(&[2; 32]))]),
    ///     outputs: Hashes::from([("talk.zh-Hans.srt".into(), Hash::of(&[3; 32]))]),
    ///     dropped: Hashes::new(),
    ///     cues: 1,
    ///     end_ms: 1530,
    ///     faults: 0,
    /// };
    /// assert_eq!(Journal::read(&entry.line()).done["talk.txt"], entry);
    /// ```
    #[must_use]
    pub fn line(&self) -> String {
        line(self)
    }
}

fn line(told: &impl Serialize) -> String {
    // Text and numbers have a form in JSON.
    let mut line = serde_json::to_string(told).unwrap_or_default();
    line.push('\n');
    line
}

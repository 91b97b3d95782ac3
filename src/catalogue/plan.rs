//! A job, and what a manifest says of it, in; why it has to be done, if it has, out.

use std::collections::BTreeSet;
use std::fmt;

use crate::catalogue::{Entry, Hash, Hashes, Manifest};

/// What a job is made of now.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f> {
    /// All files that go into it.
    pub inputs: &'f Hashes,
    /// All that holds for every job.
    pub settings: Hash,
    /// The version of the tool.
    pub tool: &'f str,
}

/// Why a job has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It never was.
    New,
    /// A file that goes into it changed, came or went.
    Input(String),
    /// What holds for every job changed.
    Settings,
    /// Another version of the tool made it.
    Tool,
    /// What it made is not there.
    Missing(String),
    /// A run that was killed may have written some of it.
    Unfinished(String),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("new"),
            Self::Input(path) => write!(f, "{path} changed"),
            Self::Settings => f.write_str("the settings changed"),
            Self::Tool => f.write_str("made by another version"),
            Self::Missing(path) => write!(f, "{path} is missing"),
            Self::Unfinished(path) => write!(f, "{path} is from a run that was stopped"),
        }
    }
}

/// What became of an output since it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is not there.
    Missing,
    /// It is as it was made.
    Ours,
    /// Somebody changed it, or it never was of zimu.
    Edited,
}

impl State {
    /// By the hash that a file has, if it is there, and the one that it was made with.
    #[must_use]
    pub fn of(now: Option<Hash>, made: Option<Hash>) -> Self {
        match now {
            None => Self::Missing,
            Some(now) if Some(now) == made => Self::Ours,
            Some(_) => Self::Edited,
        }
    }
}

/// Why a job has to be done; `None` where it has not. `is_there` is asked for what it made.
pub fn cause(
    facts: Facts<'_>,
    entry: Option<&Entry>,
    mut is_there: impl FnMut(&str) -> bool,
) -> Option<Cause> {
    let Some(entry) = entry else {
        return Some(Cause::New);
    };
    if let Some(path) = differing(facts.inputs, &entry.inputs) {
        return Some(Cause::Input(path.to_owned()));
    }
    if facts.settings != entry.settings {
        return Some(Cause::Settings);
    }
    if facts.tool != entry.tool {
        return Some(Cause::Tool);
    }
    let missing = entry.outputs.keys().find(|path| !is_there(path));
    missing.map(|path| Cause::Missing(path.clone()))
}

/// A path that is in one of them only, or with another hash.
fn differing<'h>(now: &'h Hashes, made: &'h Hashes) -> Option<&'h str> {
    let changed = now
        .iter()
        .find(|(path, hash)| made.get(*path) != Some(hash));
    let gone = || made.keys().find(|path| !now.contains_key(*path));
    changed
        .map(|(path, _)| path)
        .or_else(gone)
        .map(String::as_str)
}

/// What was made of inputs that are there no more: the entries.
pub fn orphans<'m>(
    manifest: &'m Manifest,
    inputs: &BTreeSet<&str>,
) -> impl Iterator<Item = &'m Entry> {
    let entries = manifest.entries.values();
    entries.filter(|entry| !inputs.contains(&*entry.input))
}

/// What a job made before and makes no more, of its last `entry`.
#[must_use]
pub fn dropped(entry: Option<&Entry>, outputs: &Hashes) -> Hashes {
    let Some(entry) = entry else {
        return Hashes::new();
    };
    let before = entry.dropped.iter().chain(&entry.outputs);
    let gone = before.filter(|(path, _)| !outputs.contains_key(*path));
    gone.map(|(path, hash)| (path.clone(), *hash)).collect()
}

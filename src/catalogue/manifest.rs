//! The text of a manifest in, what was made of each input out; and back.
//!
//! A line a job, sorted by input: a change of one job is a change of one line, and two people
//! who each captioned something merge as they merge any text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::Hash;

/// The first line: what the file is, and of which version.
const HEAD: &str = r#"{"format":"zimu-manifest","version":1}"#;

/// Hashes of files, by path.
pub type Hashes = BTreeMap<String, Hash>;

/// What was made of all inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By input.
    pub entries: BTreeMap<String, Entry>,
}

/// What was made of an input, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The transcript, or the captions.
    pub input: String,
    /// The version of the tool.
    pub tool: String,
    /// All that holds for every job.
    pub settings: Hash,
    /// What it was made of, the input included.
    pub inputs: Hashes,
    /// What was made.
    pub outputs: Hashes,
    /// What was made once and is no more, but lies there still.
    #[serde(default, skip_serializing_if = "Hashes::is_empty")]
    pub dropped: Hashes,
    /// How many captions.
    pub cues: usize,
    /// When the last of them ends, in milliseconds.
    pub end_ms: u32,
    /// How many words or times of the input could not be used as they stood.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub faults: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// Why a text is no manifest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ManifestError {
    /// Its line, from 1.
    pub line: usize,
    /// What was expected and what was found.
    pub message: String,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] where a line is none of one: half a manifest would make somebody's
    /// own fix look like what zimu made, or the other way round.
    pub fn read(text: &str) -> Result<Self, ManifestError> {
        let mut manifest = Self::default();
        let mut lines = text.lines().zip(1..);
        let error = |line, message| ManifestError { line, message };
        match lines.next() {
            Some((HEAD, _)) => {}
            found => {
                let found = found.map_or("", |(line, _)| line);
                let message = format!("expected {HEAD}, found {found:?}");
                return Err(error(1, message));
            }
        }
        for (text, line) in lines {
            let entry = serde_json::from_str(text);
            let entry: Entry = entry.map_err(|found| {
                let message = format!("expected what was made of an input: {found}");
                error(line, message)
            })?;
            let twice = format!("expected each input once, found {:?} again", entry.input);
            if manifest
                .entries
                .insert(entry.input.clone(), entry)
                .is_some()
            {
                return Err(error(line, twice));
            }
        }
        Ok(manifest)
    }

    /// Prints it.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = String::from(HEAD);
        text.push('\n');
        for entry in self.entries.values() {
            text.push_str(&entry.line());
        }
        text
    }
}

//! The folder of outputs in, what past runs have left in it of themselves out: the manifest, and the
//! journal of a run that was killed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use zimu::catalogue::{Hash, Journal, Manifest, ManifestError};

use crate::commands::batch::ingredients::hash;
use crate::report::Failure;

/// What the manifest is called.
pub(super) const MANIFEST: &str = "zimu-manifest.jsonl";

/// Where all lies that is not done: gone when a run is.
pub(super) const WORKSHOP: &str = ".zimu-run";

pub(super) const JOURNAL: &str = "journal.jsonl";

/// What was made before, as far as anybody knows.
pub(super) struct Past {
    pub(super) manifest: Manifest,
    /// What else may stand in an output, where a run was killed.
    pub(super) begun: BTreeMap<String, BTreeSet<Hash>>,
    /// What all this was read from, to be compared with.
    pub(super) texts: Texts,
    /// Whether a run was killed.
    pub(super) is_unfinished: bool,
}

/// What past runs have left of themselves.
#[derive(PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) manifest: Option<String>,
    journal: Vec<u8>,
}

impl Texts {
    pub(super) fn read(out: &Path) -> Result<Self, Failure> {
        let (manifest, journal) = (out.join(MANIFEST), out.join(WORKSHOP).join(JOURNAL));
        let text = there(fs::read_to_string(&manifest));
        let bytes = there(fs::read(&journal)).map_err(|error| unread(&journal, &error))?;
        Ok(Self {
            manifest: text.map_err(|error| unread(&manifest, &error))?,
            journal: bytes.unwrap_or_default(),
        })
    }
}

impl Past {
    /// Reads what is in the folder of outputs.
    pub(super) fn read(out: &Path) -> Result<Self, Failure> {
        let texts = Texts::read(out)?;
        let text = texts.manifest.as_deref();
        let manifest = text.map_or(Ok(Manifest::default()), Manifest::read);
        let mut manifest = manifest.map_err(|ManifestError { line, message }| {
            let path = out.join(MANIFEST);
            let path = path.display();
            Failure::plain(format!(
                "{path}:{line}: {message} (mend the line; without the file, every output is \
                 taken for somebody's own)"
            ))
        })?;
        let Journal { done, begun } = Journal::read(&String::from_utf8_lossy(&texts.journal));
        manifest.entries.extend(done);
        Ok(Self {
            manifest,
            begun,
            texts,
            is_unfinished: out.join(WORKSHOP).exists(),
        })
    }

    /// Whether a run that was killed may have written a file as it is.
    pub(super) fn has_begun(&self, path: &str, now: Hash) -> bool {
        let begun = self.begun.get(path);
        begun.is_some_and(|hashes| hashes.contains(&now))
    }
}

/// What a file is known by, if it is there.
pub(super) fn hash_of(path: &Path) -> Result<Option<Hash>, Failure> {
    Ok(bytes_of(path)?.map(|bytes| hash(&bytes)))
}

/// What is in a file, if it is there.
pub(super) fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let failed = |error: &io::Error| unread(path, error);
    let Some(found) = there(fs::metadata(path)).map_err(|error| failed(&error))? else {
        return Ok(None);
    };
    if !found.is_file() {
        // Of a named pipe there would be no end.
        return Err(Failure::of_file(
            path,
            "expected a file, or none, found something else",
        ));
    }
    there(fs::read(path)).map_err(|error| failed(&error))
}

/// What was read, or that there is nothing.
pub(super) fn there<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    Failure::of_file(path, format!("expected a file to read, or none: {error}"))
}

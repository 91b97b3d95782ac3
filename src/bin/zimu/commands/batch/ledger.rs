//! What is written to the folder of outputs: captions, whole or not at all and never over what
//! somebody changed, and the manifest that says what was made.
//!
//! A run that is killed leaves whole files, and a journal of what it had done. The next one
//! begins with that. All that is not whole yet lies in one folder, which the next run empties.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use schemars::JsonSchema;
use serde::Serialize;
use zimu::catalogue::{Entry, Hash, Hashes, Manifest, ManifestError, State};

use crate::commands::batch::ingredients::hash;
use crate::commands::batch::maker::Output;
use crate::files::{self, Existing, folder_of};
use crate::report::Failure;

/// What the manifest is called.
const MANIFEST: &str = "zimu-manifest.jsonl";

/// Where all lies that is not done: gone when a run is.
const WORKSHOP: &str = ".zimu-run";

const JOURNAL: &str = "journal.jsonl";

/// Behind the name of an output that somebody changed: what would have been written over it.
pub(super) const NEW: &str = ".new";

/// What was made before, as far as anybody knows.
pub(super) struct Past {
    pub(super) manifest: Manifest,
    /// The text of the manifest, for the next one to be compared with.
    text: Option<String>,
    /// Whether a run was killed.
    pub(super) is_unfinished: bool,
}

impl Past {
    /// Reads what is in the folder of outputs.
    pub(super) fn read(out: &Path) -> Result<Self, Failure> {
        let path = out.join(MANIFEST);
        let text = there(fs::read_to_string(&path)).map_err(|error| unread(&path, &error))?;
        let manifest = text
            .as_deref()
            .map_or(Ok(Manifest::default()), Manifest::read);
        let mut manifest = manifest.map_err(|ManifestError { line, message }| {
            let path = path.display();
            Failure::plain(format!(
                "{path}:{line}: {message} (mend the line; without the file, every output is \
                 taken for somebody's own)"
            ))
        })?;
        let journal = out.join(WORKSHOP).join(JOURNAL);
        let journal_text = there(fs::read(&journal)).map_err(|error| unread(&journal, &error))?;
        if let Some(journal) = &journal_text {
            manifest.add_journal(&String::from_utf8_lossy(journal));
        }
        Ok(Self {
            manifest,
            text,
            is_unfinished: journal_text.is_some(),
        })
    }
}

/// The folder of outputs, while a run writes to it.
pub(super) struct Ledger<'p> {
    out: PathBuf,
    past: &'p Past,
    existing: Existing,
    /// Whoever holds it is the one run that writes.
    journal: Mutex<File>,
    drafts: AtomicUsize,
}

/// What became of an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Settled {
    /// Its path below the folder of outputs.
    pub(super) path: String,
    pub(super) what: Became,
}

/// How an output was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Became {
    /// It is new, or took the place of what was made before.
    Written,
    /// It held the same already.
    Unchanged,
    /// Somebody had changed it: it was kept, and the new captions are beside it, in `PATH.new`.
    Kept,
    /// It would be another one.
    Due,
}

impl<'p> Ledger<'p> {
    /// Begins a run.
    pub(super) fn open(out: &Path, past: &'p Past, existing: Existing) -> Result<Self, Failure> {
        let workshop = out.join(WORKSHOP);
        files::make_folder(&workshop)?;
        let path = workshop.join(JOURNAL);
        let journal = File::options().append(true).create(true).open(&path);
        let journal = journal.map_err(|error| unwritten(&path, &error))?;
        match journal.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::of_file(
                    out,
                    "expected no other run to write there, found one that does",
                ));
            }
            Err(TryLockError::Error(error)) => return Err(unwritten(&path, &error)),
        }
        let ledger = Self {
            out: out.to_owned(),
            past,
            existing,
            journal: Mutex::new(journal),
            drafts: AtomicUsize::new(0),
        };
        ledger.sweep()?;
        Ok(ledger)
    }

    /// Takes away what a run that was killed had not finished.
    fn sweep(&self) -> Result<(), Failure> {
        let workshop = self.out.join(WORKSHOP);
        let failed = |error: &io::Error| unwritten(&workshop, error);
        for entry in fs::read_dir(&workshop).map_err(|error| failed(&error))? {
            let entry = entry.map_err(|error| failed(&error))?;
            if entry.file_name() != JOURNAL {
                fs::remove_file(entry.path()).map_err(|error| failed(&error))?;
            }
        }
        Ok(())
    }

    /// Writes the files of a job, all of them or none; an entry of what it made before says
    /// which of them are still as they were made.
    pub(super) fn settle(
        &self,
        outputs: Vec<Output>,
        entry: Option<&Entry>,
    ) -> Result<(Vec<Settled>, Hashes), Failure> {
        let made = |path: &str| {
            let entry = entry?;
            entry
                .outputs
                .get(path)
                .or_else(|| entry.dropped.get(path))
                .copied()
        };
        let mut hashes = Hashes::new();
        let mut settled = Vec::with_capacity(outputs.len());
        let mut drafts = Vec::with_capacity(outputs.len());
        for Output { path, bytes, .. } in outputs {
            let new = hash(&bytes);
            let what = self.what(&path, new, made(&path))?;
            let target = match what {
                Became::Unchanged | Became::Due => None,
                Became::Written => Some(self.target(&path)),
                Became::Kept => {
                    let beside = self.out.join(format!("{path}{NEW}"));
                    let is_same = hash_of(&beside)? == Some(new);
                    (!is_same).then_some(beside)
                }
            };
            if let Some(target) = target {
                drafts.push((self.draft(&bytes, &target)?, target));
            }
            hashes.insert(path.clone(), new);
            settled.push(Settled { path, what });
        }
        for (draft, target) in drafts {
            fs::rename(&draft, &target).map_err(|error| unwritten(&target, &error))?;
        }
        Ok((settled, hashes))
    }

    fn what(&self, path: &str, new: Hash, made: Option<Hash>) -> Result<Became, Failure> {
        let now = hash_of(&self.out.join(path))?;
        Ok(match State::of(now, made) {
            _ if now == Some(new) => Became::Unchanged,
            State::Missing | State::Ours => Became::Written,
            State::Edited if self.existing == Existing::Overwrite => Became::Written,
            State::Edited => Became::Kept,
        })
    }

    /// The file that has the name of an output, behind all links.
    fn target(&self, path: &str) -> PathBuf {
        let target = self.out.join(path);
        if target.is_symlink() {
            return target.canonicalize().unwrap_or(target);
        }
        target
    }

    /// A whole file that has not its name yet.
    fn draft(&self, bytes: &[u8], target: &Path) -> Result<PathBuf, Failure> {
        files::make_folder(folder_of(target))?;
        let number = self.drafts.fetch_add(1, Ordering::Relaxed);
        let draft = self.out.join(WORKSHOP).join(format!("{number}"));
        let written = fs::write(&draft, bytes);
        written.map_err(|error| {
            // What is left of it takes room that others need.
            let _ = fs::remove_file(&draft);
            unwritten(target, &error)
        })?;
        Ok(draft)
    }

    /// Puts a job that is done on record.
    pub(super) fn record(&self, entry: &Entry) -> Result<(), Failure> {
        let mut line = String::new();
        entry.print(&mut line);
        let mut journal = match self.journal.lock() {
            Ok(journal) => journal,
            Err(poisoned) => poisoned.into_inner(),
        };
        let recorded = journal.write_all(line.as_bytes());
        recorded.map_err(|error| unwritten(&self.out.join(WORKSHOP).join(JOURNAL), &error))
    }

    /// Ends a run: the manifest says what was made of all inputs.
    pub(super) fn close(self, manifest: &Manifest) -> Result<(), Failure> {
        let text = manifest.print();
        let path = self.out.join(MANIFEST);
        if self.past.text.as_deref() != Some(&text) {
            let workshop = self.out.join(WORKSHOP);
            let draft = workshop.join("manifest");
            let written = File::create(&draft).and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            });
            let written = written.and_then(|()| fs::rename(&draft, &path));
            written.map_err(|error| unwritten(&path, &error))?;
        }
        let workshop = self.out.join(WORKSHOP);
        let cleared = fs::remove_dir_all(&workshop);
        cleared.map_err(|error| unwritten(&workshop, &error))
    }

    /// Takes away what was made and is made no more: what nobody changed. Gives what it took, and
    /// what it left.
    pub(super) fn prune(&self, stale: &Hashes) -> Result<(BTreeSet<String>, Hashes), Failure> {
        let (mut taken, mut left) = (BTreeSet::new(), Hashes::new());
        for (path, made) in stale {
            let file = self.out.join(path);
            match State::of(hash_of(&file)?, Some(*made)) {
                State::Missing => {}
                State::Ours => {
                    fs::remove_file(&file).map_err(|error| {
                        Failure::of_file(&file, format!("expected to take it away: {error}"))
                    })?;
                    taken.insert(path.clone());
                }
                State::Edited => {
                    left.insert(path.clone(), *made);
                }
            }
        }
        Ok((taken, left))
    }
}

/// What a file is known by, if it is there.
pub(super) fn hash_of(path: &Path) -> Result<Option<Hash>, Failure> {
    let bytes = there(fs::read(path)).map_err(|error| unread(path, &error))?;
    Ok(bytes.map(|bytes| hash(&bytes)))
}

/// What was read, or that there is nothing.
fn there<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    Failure::of_file(path, format!("expected a file to read, or none: {error}"))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::of_file(path, format!("expected to write it: {error}"))
}

//! What is written to the folder of outputs: captions, whole or not at all and never over what
//! somebody changed, and the manifest that says what was made.
//!
//! A run that is killed leaves whole files, and a journal of what it had done. The next one
//! begins with that. All that is not whole yet lies in one folder, which the next run empties.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use same_file::Handle;
use schemars::JsonSchema;
use serde::Serialize;
use tempfile::TempPath;
use zimu::catalogue::{Entry, Hash, Hashes, Journal, Manifest, ManifestError, State};

use crate::commands::batch::ingredients::hash;
use crate::commands::batch::maker::Output;
use crate::files::{self, Existing, folder_of, unwritten};
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
    /// What else may stand in an output, where a run was killed.
    begun: BTreeMap<String, BTreeSet<Hash>>,
    /// What all this was read from, to be compared with.
    texts: Texts,
    /// Whether a run was killed.
    pub(super) is_unfinished: bool,
}

/// What past runs have left of themselves.
#[derive(PartialEq, Eq)]
struct Texts {
    manifest: Option<String>,
    journal: Vec<u8>,
}

impl Texts {
    fn read(out: &Path) -> Result<Self, Failure> {
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

/// The folder of outputs, while a run writes to it.
pub(super) struct Ledger<'p> {
    out: PathBuf,
    past: &'p Past,
    /// Outputs, with every hash that runs have given them.
    made: HashMap<&'p str, Vec<Hash>>,
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
        let failed = |error: io::Error| unwritten(&path, &error);
        let journal = journal.map_err(failed)?;
        match journal.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::of_file(
                    out,
                    "expected no other run to write there, found one that does",
                ));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // Before the lock was taken, another run may have come to its end.
        let is_ours = Handle::from_file(journal.try_clone().map_err(failed)?).map_err(failed)?
            == Handle::from_path(&path).map_err(failed)?;
        if !is_ours || Texts::read(out)? != past.texts {
            return Err(Failure::of_file(
                out,
                "expected no other run to write there, found that one just has (run it again)",
            ));
        }
        let mut made: HashMap<&str, Vec<Hash>> = HashMap::new();
        for entry in past.manifest.entries.values() {
            for (path, hash) in entry.outputs.iter().chain(&entry.dropped) {
                made.entry(path).or_default().push(*hash);
            }
        }
        for (path, hashes) in &past.begun {
            made.entry(path).or_default().extend(hashes);
        }
        let ledger = Self {
            out: out.to_owned(),
            past,
            made,
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

    /// Writes the files of a job, all of them or none.
    pub(super) fn settle(&self, outputs: Vec<Output>) -> Result<(Vec<Settled>, Hashes), Failure> {
        let mut hashes = Hashes::new();
        let mut settled = Vec::with_capacity(outputs.len());
        let mut drafts = Vec::with_capacity(outputs.len());
        for Output { path, bytes, .. } in outputs {
            let new = hash(&bytes);
            let what = self.what(&path, new)?;
            let target = match what {
                Became::Unchanged | Became::Due => None,
                Became::Written => Some(self.target(&path)?),
                Became::Kept => self.beside(&path, new)?,
            };
            if let Some(target) = target {
                drafts.push((self.draft(&bytes, &target)?, target));
            }
            hashes.insert(path.clone(), new);
            settled.push(Settled { path, what });
        }
        if !drafts.is_empty() {
            self.write(&Journal::begin(&hashes))?;
        }
        for (draft, target) in drafts {
            let renamed = draft.persist(&target);
            renamed.map_err(|failed| unwritten(&target, &failed.error))?;
        }
        Ok((settled, hashes))
    }

    fn what(&self, path: &str, new: Hash) -> Result<Became, Failure> {
        let now = hash_of(&self.out.join(path))?;
        Ok(match self.state(path, now) {
            _ if now == Some(new) => Became::Unchanged,
            State::Missing | State::Ours => Became::Written,
            State::Edited if self.existing == Existing::Overwrite => Became::Written,
            State::Edited => Became::Kept,
        })
    }

    fn state(&self, path: &str, now: Option<Hash>) -> State {
        let made = self.made.get(path).map_or(&[][..], Vec::as_slice);
        State::of(now, now.filter(|now| made.contains(now)))
    }

    /// Where the captions go that somebody's own keep from their name; nowhere, if they are
    /// there already.
    fn beside(&self, path: &str, new: Hash) -> Result<Option<PathBuf>, Failure> {
        let beside = self.out.join(format!("{path}{NEW}"));
        let now = hash_of(&beside)?;
        // What is there was made for this path, or somebody works on it.
        if now != Some(new) && self.state(path, now) == State::Edited {
            return Err(Failure::of_file(
                &beside,
                "expected it as it was made, found that somebody changed it: it was kept (another \
                 name mends that)",
            ));
        }
        Ok((now != Some(new)).then_some(beside))
    }

    /// The file that has the name of an output, behind all links.
    fn target(&self, path: &str) -> Result<PathBuf, Failure> {
        let target = self.out.join(path);
        if target.is_symlink() {
            return target.canonicalize().map_err(|error| {
                let message = format!("expected a file, or none, found a link: {error}");
                Failure::of_file(&target, message)
            });
        }
        Ok(target)
    }

    /// A whole file that has not its name yet, and is gone where it gets none.
    fn draft(&self, bytes: &[u8], target: &Path) -> Result<TempPath, Failure> {
        files::make_folder(folder_of(target))?;
        let number = self.drafts.fetch_add(1, Ordering::Relaxed);
        let draft = self.out.join(WORKSHOP).join(format!("{number}"));
        let failed = |error: io::Error| unwritten(target, &error);
        let draft = TempPath::try_from_path(draft).map_err(failed)?;
        fs::write(&draft, bytes).map_err(failed)?;
        Ok(draft)
    }

    /// Puts a job that is done on record, for the run after a kill. Without it that one does the
    /// job once more; the manifest has it in any case.
    pub(super) fn record(&self, entry: &Entry) {
        let _ = self.write(&entry.line());
    }

    fn write(&self, line: &str) -> Result<(), Failure> {
        let mut journal = match self.journal.lock() {
            Ok(journal) => journal,
            Err(poisoned) => poisoned.into_inner(),
        };
        // The line before may be torn, where the disk was full.
        let written = journal.write_all(format!("\n{line}").as_bytes());
        written.map_err(|error| unwritten(&self.out.join(WORKSHOP).join(JOURNAL), &error))
    }

    /// Ends a run: the manifest says what was made of all inputs.
    pub(super) fn close(self, manifest: &Manifest) -> Result<(), Failure> {
        let text = manifest.print();
        let path = self.out.join(MANIFEST);
        if self.past.texts.manifest.as_deref() != Some(&text) {
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
    pub(super) fn prune(&self, stale: &Hashes) -> Result<(Vec<String>, BTreeSet<String>), Failure> {
        let (mut taken, mut left) = (Vec::new(), BTreeSet::new());
        for path in stale.keys() {
            let file = self.out.join(path);
            match self.state(path, hash_of(&file)?) {
                State::Missing => {}
                State::Ours => {
                    fs::remove_file(&file).map_err(|error| {
                        Failure::of_file(&file, format!("expected to take it away: {error}"))
                    })?;
                    taken.push(path.clone());
                }
                State::Edited => drop(left.insert(path.clone())),
            }
        }
        Ok((taken, left))
    }
}

/// What a file is known by, if it is there.
pub(super) fn hash_of(path: &Path) -> Result<Option<Hash>, Failure> {
    Ok(bytes_of(path)?.map(|bytes| hash(&bytes)))
}

/// What is in a file, if it is there.
pub(super) fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let failed = |error: &io::Error| unread(path, error);
    let found = there(fs::metadata(path)).map_err(|error| failed(&error))?;
    if found.is_some_and(|found| !found.is_file()) {
        // Of a named pipe there would be no end.
        return Err(Failure::of_file(
            path,
            "expected a file, or none, found something else",
        ));
    }
    there(fs::read(path)).map_err(|error| failed(&error))
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

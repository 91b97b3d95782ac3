//! What is written to the folder of outputs: captions, whole or not at all and never over what
//! somebody changed, and the manifest that says what was made.
//!
//! A run that is killed leaves whole files, and a journal of what it had done. The next one
//! begins with that. All that is not whole yet lies in one folder, which the next run empties.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};

use same_file::Handle;
use schemars::JsonSchema;
use serde::Serialize;
use zimu::catalogue::{Entry, Hash, Hashes, Journal, Manifest, State};

use crate::commands::batch::draft::{Draft, copy_beside};
use crate::commands::batch::durable;
use crate::commands::batch::ingredients::hash;
use crate::commands::batch::past::{JOURNAL, MANIFEST, Past, Texts, WORKSHOP, hash_of, there};
use crate::commands::batch::placing::{Before, OUT, Placed, out_of, take_away};
use crate::commands::printing::Output;
use crate::files::{self, Existing, folder_of, unwritten};
use crate::report::Failure;

/// Behind the name of an output that somebody changed: what would have been written over it.
pub(super) const NEW: &str = ".new";

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
    /// Whether some files of a job have their names, and others could not.
    is_torn: AtomicBool,
}

/// The files of a job: whole, on record, and without their names yet.
pub(super) struct Staged {
    drafts: Vec<Waiting>,
    settled: Vec<Settled>,
    pub(super) hashes: Hashes,
}

/// A draft, and where it goes.
struct Waiting {
    draft: Draft,
    /// Which of the outputs of its job it is.
    output: usize,
    target: PathBuf,
    before: Before,
}

impl Staged {
    pub(super) const fn has_drafts(&self) -> bool {
        !self.drafts.is_empty()
    }
}

/// Why new captions are not put beside somebody's own.
fn somebodys(path: &Path) -> Failure {
    Failure::of_file(
        path,
        "expected it as it was made, found that somebody changed it: it was kept (another name \
         mends that)",
    )
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
            is_torn: AtomicBool::new(false),
        };
        ledger.sweep()?;
        Ok(ledger)
    }

    /// Takes away what a run that was killed had not finished.
    fn sweep(&self) -> Result<(), Failure> {
        let workshop = self.out.join(WORKSHOP);
        let entries = fs::read_dir(&workshop).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in entries.map_err(|error| unwritten(&workshop, &error))? {
            if entry.file_name() != JOURNAL {
                self.sweep_away(&entry.path())?;
            }
        }
        for path in self.past.begun.keys() {
            for name in [path.clone(), format!("{path}{NEW}")] {
                // Where a link leads nowhere, nothing was put there.
                if let Ok(target) = self.target(&name) {
                    let copy = copy_beside(&target);
                    self.sweep_away(&out_of(&copy))?;
                    self.sweep_away(&copy)?;
                }
            }
        }
        Ok(())
    }

    fn sweep_away(&self, path: &Path) -> Result<(), Failure> {
        let is_out = path.extension().is_some_and(|ending| ending == OUT);
        if is_out && !self.has_made(path)? {
            return Err(Failure::of_file(
                path,
                "expected what was made, found what somebody may have saved when a run was killed \
                 (put it in its place, or away, and run it again)",
            ));
        }
        let swept = there(fs::remove_file(path));
        swept.map(drop).map_err(|error| unwritten(path, &error))
    }

    /// Whether what a file holds was made for any output.
    fn has_made(&self, path: &Path) -> Result<bool, Failure> {
        let now = hash_of(path)?;
        Ok(now.is_none_or(|now| self.made.values().any(|made| made.contains(&now))))
    }

    /// Writes the files of a job, all but their names.
    pub(super) fn stage(&self, outputs: Vec<Output>) -> Result<Staged, Failure> {
        let mut staged = Staged {
            drafts: Vec::with_capacity(outputs.len()),
            settled: Vec::with_capacity(outputs.len()),
            hashes: Hashes::new(),
        };
        for Output {
            name: path, bytes, ..
        } in outputs
        {
            let new = hash(&bytes);
            let (what, place) = self.decide(&path, new)?;
            if let Some((target, before)) = place {
                staged.drafts.push(Waiting {
                    draft: self.draft(&bytes, new, &target)?,
                    output: staged.settled.len(),
                    target,
                    before,
                });
            }
            staged.hashes.insert(path.clone(), new);
            staged.settled.push(Settled { path, what });
        }
        if staged.has_drafts() {
            self.write(&Journal::begin(&staged.hashes))?;
        }
        Ok(staged)
    }

    /// Has all that was staged outlast a power cut: only then files get their names.
    pub(super) fn secure(&self) -> Result<(), Failure> {
        let failed = |error: io::Error| unwritten(&self.out, &error);
        durable::one_of_many(&self.journal()).map_err(failed)?;
        durable::all_of_disk(&self.out).map_err(failed)
    }

    /// Gives the files of a job their names.
    pub(super) fn settle(&self, staged: Staged) -> Result<Vec<Settled>, Failure> {
        let mut settled = staged.settled;
        for (count, waiting) in staged.drafts.iter().enumerate() {
            if let Err(failure) = self.name(waiting, &mut settled[waiting.output]) {
                // Only the journal knows who has written the others.
                self.is_torn.fetch_or(count > 0, Ordering::Relaxed);
                return Err(failure);
            }
        }
        Ok(settled)
    }

    /// What becomes of an output, and what is to be replaced for that.
    fn decide(
        &self,
        path: &str,
        new: Hash,
    ) -> Result<(Became, Option<(PathBuf, Before)>), Failure> {
        let now = hash_of(&self.out.join(path))?;
        let is_asked = self.existing == Existing::Overwrite;
        let before = match (self.state(path, now), now) {
            (_, Some(now)) if now == new => return Ok((Became::Unchanged, None)),
            (State::Missing | State::Ours | State::Edited, _) if is_asked => Before::Anything,
            (State::Ours, Some(now)) => Before::Held(now),
            (State::Edited, _) => return Ok((Became::Kept, self.beside(path, new)?)),
            (State::Missing | State::Ours, _) => Before::Nothing,
        };
        Ok((Became::Written, Some((self.target(path)?, before))))
    }

    /// Gives a file its name. What somebody has saved there since it was decided on is kept.
    fn name(&self, waiting: &Waiting, settled: &mut Settled) -> Result<(), Failure> {
        let Waiting {
            draft,
            target,
            before,
            ..
        } = waiting;
        let place = |target: &Path, before| {
            let placed = draft.place(target, before);
            placed.map_err(|error| unwritten(target, &error))
        };
        match (place(target, *before)?, settled.what) {
            (Placed::Done, _) => return Ok(()),
            (Placed::Kept, Became::Kept) => return Err(somebodys(target)),
            (Placed::Kept, Became::Written | Became::Unchanged | Became::Due) => {}
        }
        if hash_of(target)? == Some(draft.new) {
            settled.what = Became::Unchanged;
            return Ok(());
        }
        settled.what = Became::Kept;
        match self.beside(&settled.path, draft.new)? {
            None => Ok(()),
            Some((beside, before)) => match place(&beside, before)? {
                Placed::Done => Ok(()),
                Placed::Kept => Err(somebodys(&beside)),
            },
        }
    }

    fn state(&self, path: &str, now: Option<Hash>) -> State {
        let made = self.made.get(path).map_or(&[][..], Vec::as_slice);
        State::of(now, now.filter(|now| made.contains(now)))
    }

    /// Where the captions go that somebody's own keep from their name; nowhere, if they are
    /// there already.
    fn beside(&self, path: &str, new: Hash) -> Result<Option<(PathBuf, Before)>, Failure> {
        let beside = self.out.join(format!("{path}{NEW}"));
        let now = hash_of(&beside)?;
        // What is there was made for this path, or somebody works on it.
        match (self.state(path, now), now) {
            (_, Some(now)) if now == new => Ok(None),
            (State::Ours, Some(now)) => Ok(Some((beside, Before::Held(now)))),
            (State::Edited, _) => Err(somebodys(&beside)),
            (State::Missing | State::Ours, _) => Ok(Some((beside, Before::Nothing))),
        }
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

    fn draft(&self, bytes: &[u8], new: Hash, target: &Path) -> Result<Draft, Failure> {
        files::make_folder(folder_of(target))?;
        let draft = Draft::write(self.workplace(), bytes, new);
        draft.map_err(|error| unwritten(target, &error))
    }

    /// Where nothing lies yet.
    fn workplace(&self) -> PathBuf {
        let number = self.drafts.fetch_add(1, Ordering::Relaxed);
        self.out.join(WORKSHOP).join(format!("{number}"))
    }

    /// Puts a job that is done on record, for the run after a kill. Without it that one does the
    /// job once more; the manifest has it in any case.
    pub(super) fn record(&self, entry: &Entry) {
        let _ = self.write(&entry.line());
    }

    fn journal(&self) -> MutexGuard<'_, File> {
        match self.journal.lock() {
            Ok(journal) => journal,
            Err(poisoned) => poisoned.into_inner(),
        }
    }

    fn write(&self, line: &str) -> Result<(), Failure> {
        // The line before may be torn, where the disk was full.
        let written = self.journal().write_all(format!("\n{line}").as_bytes());
        written.map_err(|error| unwritten(&self.out.join(WORKSHOP).join(JOURNAL), &error))
    }

    /// Ends a run: the manifest says what was made of all inputs, when all of that is on the disk.
    pub(super) fn close(self, manifest: &Manifest) -> Result<(), Failure> {
        let text = manifest.print();
        let path = self.out.join(MANIFEST);
        let workshop = self.out.join(WORKSHOP);
        if self.past.texts.manifest.as_deref() != Some(&text) {
            self.secure()?;
            let draft = workshop.join("manifest");
            let written = File::create(&draft).and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            });
            let written = written.and_then(|()| fs::rename(&draft, &path));
            // The journal goes when that cannot be lost.
            let written = written.and_then(|()| durable::names(&self.out));
            written.map_err(|error| unwritten(&path, &error))?;
        }
        if self.is_torn.load(Ordering::Relaxed) {
            return Ok(());
        }
        // What could not go back to its place stays where it is.
        let cleared = fs::remove_file(workshop.join(JOURNAL));
        let cleared = cleared.and_then(|()| fs::remove_dir(&workshop));
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
                    let out = out_of(&self.workplace());
                    let is_made = |found| self.state(path, Some(found)) == State::Ours;
                    let gone = take_away(&file, &out, is_made).map_err(|error| {
                        Failure::of_file(&file, format!("expected to take it away: {error}"))
                    })?;
                    match gone {
                        Placed::Done => taken.push(path.clone()),
                        Placed::Kept => drop(left.insert(path.clone())),
                    }
                }
                State::Edited => drop(left.insert(path.clone())),
            }
        }
        Ok((taken, left))
    }
}

//! A plan in, captions out: every job that has to be done, several at once.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use rayon::prelude::*;
use zimu::catalogue::{Cause, Entry, Hashes, Manifest, dropped};

use crate::account::LineCounts;
use crate::commands::batch::account::BatchAccount;
use crate::commands::batch::ledger::{Ledger, Settled, Staged};
use crate::commands::batch::maker::{Found, Made, Maker};
use crate::commands::batch::past::Past;
use crate::commands::batch::plan::{Plan, Planned, TOOL};
use crate::commands::{Outcome, progress};
use crate::files::Existing;
use crate::report::Failure;
use crate::stopped::INTERRUPTED;

/// How many jobs outlast a power cut together: few at first, so that a run which is stopped has done
/// some.
const FIRST_LOT: usize = 8;

/// For 3,000 jobs that is sixteen times, a few milliseconds each; more would be no faster, and hold
/// more captions without their names.
const LARGEST_LOT: usize = 256;

/// Whether no more jobs are begun: somebody has stopped the run, or one failed.
static IS_STOPPED: AtomicBool = AtomicBool::new(false);

/// Whether it was somebody.
static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// What became of a job.
pub(super) enum Done {
    /// There was nothing to do.
    Unchanged,
    /// Its captions were made.
    Made(Box<Work>),
    Failed(Failure),
    /// It was not begun.
    Left,
}

/// What was made in a run.
pub(super) struct Work {
    pub(super) cause: Cause,
    pub(super) entry: Entry,
    pub(super) settled: Vec<Settled>,
    pub(super) found: Found,
    /// How many lines were heard, if somebody listened.
    pub(super) lines: Option<LineCounts>,
    pub(super) took: Duration,
}

/// Does all that has to be done.
pub(super) fn run(
    plan: &Plan<'_>,
    maker: &Maker<'_>,
    past: &Past,
) -> Result<(BatchAccount, Outcome), Failure> {
    let due: Vec<_> = plan.jobs.iter().filter(|planned| is_due(planned)).collect();
    let is_pruned = maker.arguments.prune && has_stale(plan);
    if due.is_empty() && !is_pruned && !past.is_unfinished {
        let done: Vec<_> = plan.jobs.iter().map(left_alone).collect();
        let (account, outcome) = BatchAccount::of(plan, done, &[]);
        return Ok((account, outcome));
    }
    let existing = Existing::asked(maker.arguments.files.overwrite);
    listen()?;
    let ledger = Ledger::open(&maker.place.out, past, existing)?;
    let template = "{bar:30} {pos}/{len} {per_sec} {eta} {wide_msg}";
    let progress = progress(due.len(), template, &maker.arguments.files.reading);
    let run = Run {
        plan,
        maker,
        ledger: &ledger,
        progress: &progress,
    };
    let mut done = run.all(&due).into_iter();
    let done = plan.jobs.iter().map(|planned| {
        let done = is_due(planned).then(|| done.next()).flatten();
        done.unwrap_or_else(|| left_alone(planned))
    });
    let done: Vec<_> = done.collect();
    progress.finish_and_clear();
    let mut manifest = past.manifest.clone();
    for work in &done {
        if let Done::Made(work) = work {
            let entry = work.entry.clone();
            manifest.entries.insert(entry.input.clone(), entry);
        }
    }
    let is_whole = !IS_STOPPED.load(Ordering::Relaxed);
    let pruned = if maker.arguments.prune && is_whole {
        prune(plan, &ledger, &mut manifest)?
    } else {
        Vec::new()
    };
    let closed = ledger.close(&manifest);
    let (mut account, outcome) = BatchAccount::of(plan, done, &pruned);
    if let Err(failure) = closed {
        // The journal is there still, and the next run begins with it.
        account.error = Some(failure.told());
        return Ok((account, Outcome::Faulty));
    }
    if IS_INTERRUPTED.load(Ordering::Relaxed) {
        return Ok((account, Outcome::Interrupted));
    }
    Ok((account, outcome))
}

/// What there is nothing to do for, or nothing to be done about.
fn left_alone(planned: &Planned<'_>) -> Done {
    match &planned.decided {
        Ok(_) => Done::Unchanged,
        Err(failure) => Done::Failed(failure.clone()),
    }
}

fn is_due(planned: &Planned<'_>) -> bool {
    let decided = planned.decided.as_ref();
    decided.is_ok_and(|decision| decision.cause.is_some())
}

/// A run while it is under way.
struct Run<'r> {
    plan: &'r Plan<'r>,
    maker: &'r Maker<'r>,
    ledger: &'r Ledger<'r>,
    progress: &'r ProgressBar,
}

/// A job whose captions are made.
enum Begun {
    /// They have not their names yet.
    Staged(Box<Work>, Staged),
    /// There is nothing more to it.
    Ended(Done),
}

impl Run<'_> {
    /// Does jobs, some at once and one lot after another: what outlasts a power cut together
    /// gets its names while the next ones are made.
    fn all(&self, due: &[&Planned<'_>]) -> Vec<Done> {
        let mut done = Vec::with_capacity(due.len());
        let (mut due, mut lot, mut begun) = (due, FIRST_LOT, Vec::new());
        while !(due.is_empty() && begun.is_empty()) {
            let (next, later) = due.split_at(lot.min(due.len()));
            let stage = || next.par_iter().map(|planned| self.stage(planned)).collect();
            let (settled, staged) = rayon::join(|| self.settle(begun), stage);
            done.extend(settled);
            (due, lot, begun) = (later, LARGEST_LOT.min(2 * lot), staged);
        }
        done
    }

    fn stage(&self, planned: &Planned<'_>) -> Begun {
        if IS_STOPPED.load(Ordering::Relaxed) {
            return Begun::Ended(Done::Left);
        }
        self.progress.set_message(planned.job.input.clone());
        let work = self.work(planned);
        self.progress.inc(1);
        match work {
            Ok((work, staged)) => Begun::Staged(Box::new(work), staged),
            Err(failure) => Begun::Ended(self.failed(failure)),
        }
    }

    /// Makes captions, all but their names.
    fn work(&self, planned: &Planned<'_>) -> Result<(Work, Staged), Failure> {
        let begun = Instant::now();
        let job = planned.job;
        let ingredients = self.maker.ingredients(job, planned.row)?;
        let Made {
            files,
            inputs,
            cues,
            end,
            found,
            lines,
        } = self.maker.make(job, ingredients, self.progress)?;
        let before = planned.entry.as_ref();
        let staged = self.ledger.stage(files)?;
        let outputs = staged.hashes.clone();
        let entry = Entry {
            input: job.input.clone(),
            tool: TOOL.to_owned(),
            settings: self.plan.settings,
            inputs,
            dropped: dropped(before, &outputs),
            outputs,
            cues,
            end_ms: end.millis(),
            faults: found.faults,
        };
        let cause = planned.decided.as_ref().ok();
        let cause = cause.and_then(|decision| decision.cause.clone());
        let work = Work {
            cause: cause.unwrap_or(Cause::New),
            entry,
            settled: Vec::new(),
            found,
            lines,
            took: begun.elapsed(),
        };
        Ok((work, staged))
    }

    /// Gives all captions of a lot their names.
    fn settle(&self, lot: Vec<Begun>) -> Vec<Done> {
        let has_drafts = |begun: &Begun| match begun {
            Begun::Staged(_, staged) => staged.has_drafts(),
            Begun::Ended(_) => false,
        };
        let secured = if lot.iter().any(has_drafts) {
            self.ledger.secure()
        } else {
            Ok(())
        };
        let settled = lot.into_par_iter().map(|begun| match begun {
            Begun::Ended(done) => done,
            Begun::Staged(mut work, staged) => {
                let settled = secured.clone().and_then(|()| self.ledger.settle(staged));
                match settled {
                    Err(failure) => self.failed(failure),
                    Ok(settled) => {
                        self.ledger.record(&work.entry);
                        work.settled = settled;
                        Done::Made(work)
                    }
                }
            }
        });
        settled.collect()
    }

    fn failed(&self, failure: Failure) -> Done {
        if self.maker.arguments.fail_fast {
            IS_STOPPED.store(true, Ordering::Relaxed);
        }
        Done::Failed(failure)
    }
}

fn has_stale(plan: &Plan<'_>) -> bool {
    let mut entries = plan
        .jobs
        .iter()
        .filter_map(|planned| planned.entry.as_ref());
    !plan.orphans.is_empty() || entries.any(|entry| !entry.dropped.is_empty())
}

/// Takes away what is made no more, and forgets it. Gives what it took.
fn prune(
    plan: &Plan<'_>,
    ledger: &Ledger<'_>,
    manifest: &mut Manifest,
) -> Result<Vec<String>, Failure> {
    let mut stale = Hashes::new();
    for orphan in &plan.orphans {
        // What is left is somebody's own.
        manifest.entries.remove(&orphan.input);
        stale.extend(orphan.outputs.clone());
        stale.extend(orphan.dropped.clone());
    }
    for entry in manifest.entries.values() {
        stale.extend(entry.dropped.clone());
    }
    // A transcript that has another name now makes what it made before.
    for path in manifest
        .entries
        .values()
        .flat_map(|entry| entry.outputs.keys())
    {
        stale.remove(path);
    }
    let (taken, left) = ledger.prune(&stale)?;
    for entry in manifest.entries.values_mut() {
        entry.dropped.retain(|path, _| left.contains(path));
    }
    Ok(taken)
}

/// Has jobs that are under way finish, and no other begin, where somebody stops the run. Whoever does
/// so again does not wait for a long recording: it ends as by a kill, and the next run goes on.
fn listen() -> Result<(), Failure> {
    let heard = ctrlc::set_handler(|| {
        if IS_INTERRUPTED.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED.into());
        }
        IS_STOPPED.store(true, Ordering::Relaxed);
    });
    heard.map_err(|error| Failure::plain(format!("expected to hear of signals: {error}")))
}

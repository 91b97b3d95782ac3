//! A plan in, captions out: every job that has to be done, several at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use zimu::catalogue::{Cause, Entry, Hashes, Manifest, dropped};

use crate::commands::batch::account::BatchAccount;
use crate::commands::batch::ledger::{Ledger, Past, Settled};
use crate::commands::batch::lint::Lint;
use crate::commands::batch::maker::{Found, Made, Maker};
use crate::commands::batch::plan::{Plan, Planned, TOOL};
use crate::commands::{Outcome, progress};
use crate::files::Existing;
use crate::report::Failure;

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
    pub(super) lint: Option<Lint>,
    pub(super) took: Duration,
}

/// Does all that has to be done.
pub(super) fn run(
    plan: &Plan<'_>,
    maker: &Maker<'_>,
    past: &Past,
) -> Result<(BatchAccount, Outcome), Failure> {
    let is_due = |planned: &Planned<'_>| match &planned.decided {
        Ok(decision) => decision.cause.is_some(),
        Err(_) => false,
    };
    let due = plan.jobs.iter().filter(|planned| is_due(planned)).count();
    let is_pruned = maker.arguments.prune && has_stale(plan);
    if due == 0 && !is_pruned && !past.is_unfinished {
        let done: Vec<_> = plan.jobs.iter().map(left_alone).collect();
        let (account, outcome) = BatchAccount::of(plan, done, &[]);
        return Ok((account, outcome));
    }
    let existing = Existing::asked(maker.arguments.files.overwrite);
    listen()?;
    let ledger = Ledger::open(&maker.place.out, past, existing)?;
    let template = "{bar:30} {pos}/{len} {per_sec} {eta} {wide_msg}";
    let progress = progress(due, template, &maker.arguments.files.reading);
    let work = plan.jobs.par_iter().map(|planned| {
        if !is_due(planned) {
            return left_alone(planned);
        }
        if IS_STOPPED.load(Ordering::Relaxed) {
            return Done::Left;
        }
        progress.set_message(planned.job.input.clone());
        let done = done(planned, plan, maker, &ledger);
        progress.inc(1);
        done
    });
    let done: Vec<_> = work.collect();
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

fn done(planned: &Planned<'_>, plan: &Plan<'_>, maker: &Maker<'_>, ledger: &Ledger<'_>) -> Done {
    match work(planned, plan, maker, ledger) {
        Ok(work) => Done::Made(Box::new(work)),
        Err(failure) => {
            if maker.arguments.fail_fast {
                IS_STOPPED.store(true, Ordering::Relaxed);
            }
            Done::Failed(failure)
        }
    }
}

fn work(
    planned: &Planned<'_>,
    plan: &Plan<'_>,
    maker: &Maker<'_>,
    ledger: &Ledger<'_>,
) -> Result<Work, Failure> {
    let begun = Instant::now();
    let job = planned.job;
    let ingredients = maker.ingredients(job, planned.row)?;
    let Made {
        files,
        inputs,
        cues,
        end,
        found,
        lint,
    } = maker.make(job, ingredients)?;
    let before = planned.entry.as_ref();
    let (settled, outputs) = ledger.settle(files)?;
    let entry = Entry {
        input: job.input.clone(),
        tool: TOOL.to_owned(),
        settings: plan.settings,
        inputs,
        dropped: dropped(before, &outputs),
        outputs,
        cues,
        end_ms: end.millis(),
        faults: found.faults,
    };
    ledger.record(&entry);
    let cause = planned.decided.as_ref().ok();
    let cause = cause.and_then(|decision| decision.cause.clone());
    Ok(Work {
        cause: cause.unwrap_or(Cause::New),
        entry,
        settled,
        found,
        lint,
        took: begun.elapsed(),
    })
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

/// Has jobs that are under way finish, and no other begin, where somebody stops the run.
fn listen() -> Result<(), Failure> {
    let heard = ctrlc::set_handler(|| {
        IS_INTERRUPTED.store(true, Ordering::Relaxed);
        IS_STOPPED.store(true, Ordering::Relaxed);
    });
    heard.map_err(|error| Failure::plain(format!("expected to hear of signals: {error}")))
}

//! `zimu batch --check`: a plan in, what would change out, cue by cue. Nothing is written: the
//! catalogue is the snapshot.

use std::path::Path;

use indicatif::ProgressBar;
use rayon::prelude::*;
use zimu::compare::compare;
use zimu::format::Format;
use zimu::model::Track;
use zimu::text::decode::decode;

use crate::commands::batch::account::BatchAccount;
use crate::commands::batch::maker::Maker;
use crate::commands::batch::past::bytes_of;
use crate::commands::batch::plan::{Plan, Planned};
use crate::commands::diff_text::{Compared, text};
use crate::commands::printing::Output;
use crate::commands::{Outcome, print_styled};
use crate::report::Failure;

/// What would become of a job.
pub(super) enum Change {
    /// Nothing.
    None,
    /// These files would be other ones: each with what would change in it.
    Files(Vec<Changed>),
    Failed(Failure),
}

/// A file that would be another one.
pub(super) struct Changed {
    pub(super) path: String,
    /// Cue by cue.
    pub(super) told: String,
}

/// Says what a run would change.
pub(super) fn check(
    plan: &Plan<'_>,
    maker: &Maker<'_>,
) -> Result<(BatchAccount, Outcome), Failure> {
    let changes: Vec<_> = plan
        .jobs
        .par_iter()
        .map(|planned| change(planned, maker))
        .collect();
    if maker.arguments.told.report.is_none() {
        let files = changes.iter().filter_map(|change| match change {
            Change::Files(files) => Some(files),
            Change::None | Change::Failed(_) => None,
        });
        for changed in files.flatten() {
            print_styled(&changed.told)?;
        }
    }
    Ok(BatchAccount::checked(plan, changes))
}

fn change(planned: &Planned<'_>, maker: &Maker<'_>) -> Change {
    let decision = match &planned.decided {
        Ok(decision) => decision,
        Err(failure) => return Change::Failed(failure.clone()),
    };
    if decision.cause.is_none() {
        return Change::None;
    }
    let read = maker.ingredients(planned.job, planned.row);
    match read.and_then(|read| maker.make(planned.job, read, &ProgressBar::hidden())) {
        Err(failure) => Change::Failed(failure),
        Ok(made) => {
            let files = made.files.iter();
            let files = files.filter_map(|output| changed(output, maker).transpose());
            match files.collect::<Result<Vec<_>, _>>() {
                Err(failure) => Change::Failed(failure),
                Ok(files) if files.is_empty() => Change::None,
                Ok(files) => Change::Files(files),
            }
        }
    }
}

/// How a file would differ from the one that is there.
fn changed(output: &Output, maker: &Maker<'_>) -> Result<Option<Changed>, Failure> {
    let file = maker.place.output(&output.name);
    let old = bytes_of(&file)?.unwrap_or_default();
    if old == output.bytes {
        return Ok(None);
    }
    let tracks = (
        track(old, output.format),
        track(output.bytes.clone(), output.format),
    );
    let told = match &tracks {
        (Some(old), Some(new)) => text(&Compared {
            old: (&file, old),
            new: (&file, new),
            comparison: &compare(old, new, 0),
        }),
        // It is written only, or is none of captions.
        _ => format!("{}: other bytes\n", Path::display(&file)),
    };
    Ok(Some(Changed {
        path: output.name.clone(),
        told,
    }))
}

fn track(bytes: Vec<u8>, format: &Format) -> Option<Track> {
    if bytes.is_empty() {
        return Some(Track::default());
    }
    let decoded = decode(bytes, None).ok()?;
    Some(format.read(&decoded.text)?.track)
}

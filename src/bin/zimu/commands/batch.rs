//! `zimu batch`: a folder of transcripts in, captions of all that changed out.
//!
//! A run is planned before anything is written, and every job is on its own then: what goes
//! wrong with one stops no other, and what was done stays done, however the run ends.

mod account;
mod changes;
mod clashes;
mod draft;
mod durable;
mod ingredients;
mod ledger;
mod lint;
mod maker;
mod past;
mod place;
mod placing;
mod plan;
mod reported;
mod run;
mod summary;
pub(super) mod talk;

use std::time::Instant;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::args::BatchArguments;
use crate::called::OPTIONS;
use crate::commands::batch::account::BatchAccount;
use crate::commands::batch::maker::Maker;
use crate::commands::batch::past::Past;
use crate::commands::batch::place::Place;
use crate::commands::batch::plan::{Catalogue, settings_of};
use crate::commands::batch::summary::Summary;
use crate::commands::making::Recipe;
use crate::commands::scripts::Scripts;
use crate::commands::{Outcome, strictness};
use crate::inputs::Inputs;
use crate::outputs::Outputs;
use crate::recording::Speaker;
use crate::report::Failure;
use crate::settings::Project;

pub(crate) fn run(arguments: &BatchArguments) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    if arguments.told.report.is_some() {
        reported::expect_room(arguments)?;
    }
    let account = account(arguments);
    let (account, outcome) = match account {
        Ok((account, outcome)) => (account, Ok(outcome)),
        Err(failure) => (BatchAccount::failed(&failure), Err(failure)),
    };
    if let Some(form) = arguments.told.report {
        account.write(form, arguments)?;
    }
    let reading = &arguments.files.reading;
    let is_told = !arguments.told.is_on_standard();
    if outcome.is_ok() {
        let summary = Summary::of(&account, begun.elapsed());
        summary.tell_errors();
        if !reading.quiet {
            summary.tell();
        }
        if is_told && !reading.quiet {
            summary.print()?;
        }
    }
    outcome.map(|outcome| outcome.strictly(strictness(reading)))
}

/// Does what is asked for, and gives an account of it.
fn account(arguments: &BatchArguments) -> Result<(BatchAccount, Outcome), Failure> {
    let project = Project::nearest()?;
    let profile = project.profile(arguments.limits.profile.as_deref());
    let terms = project.terms(arguments.limits.terms.as_deref())?;
    let speaker = Speaker::of(&arguments.speaker, &project)?;
    let scripts = Scripts::of(&arguments.script, &arguments.also, &project, &OPTIONS)?;
    let place = Place::of(&arguments.files.inputs, arguments.files.output.as_deref())?;
    let style = project.name_style(arguments.files.layout.name_style())?;
    let inputs = Inputs::in_folder(&place.root);
    let outputs = Outputs::of(&arguments.files, &inputs, style)?;
    let maker = Maker {
        arguments,
        place: &place,
        project: &project,
        recipe: Recipe::of(profile.read()?, &terms)?,
        scripts: &scripts,
        speaker: &speaker,
        outputs: &outputs,
    };
    let settings = settings_of(&maker)?;
    let mut catalogue = Catalogue::read(&place)?;
    if speaker.is_asked {
        catalogue.drop_voices();
    }
    let past = Past::read(&place.out)?;
    let pool = pool(arguments)?;
    let plan = pool.install(|| catalogue.plan(&maker, &past, settings))?;
    let (mut account, outcome) = if arguments.trial.dry_run {
        BatchAccount::planned(&plan)
    } else if arguments.trial.check {
        pool.install(|| changes::check(&plan, &maker))?
    } else {
        pool.install(|| run::run(&plan, &maker, &past))?
    };
    if arguments.lint && outcome != Outcome::Interrupted {
        pool.install(|| lint::lint(&mut account, &plan, &maker));
    }
    Ok((account, outcome))
}

fn pool(arguments: &BatchArguments) -> Result<ThreadPool, Failure> {
    let jobs = arguments.jobs.map_or(0, usize::from);
    let pool = ThreadPoolBuilder::new().num_threads(jobs).build();
    pool.map_err(|error| Failure::plain(format!("expected to start threads: {error}")))
}

//! `zimu calibrate`: captions that are right in, the voices of who speaks in them out, for `--voice`;
//! of a folder, the voices of each channel in it, for the batch.
//!
//! What a voice was learned from, and how much that helps, stands in comments at its top.

mod channels;
mod learned;

use std::path::{Path, PathBuf};

use zimu::format::Reading;
use zimu::timing::{Channel, Material, Recorded, Voice};

use crate::args::CalibrateArguments;
use crate::commands::calibrate::learned::{helps, learned_from, voices_file};
use crate::commands::source::{Source, captions};
use crate::commands::{Outcome, each_input};
use crate::files::{self, Destination, Existing, STANDARD};
use crate::outputs::Claims;
use crate::report::{self, Failure};
use crate::settings::Project;

pub(crate) fn run(arguments: &CalibrateArguments) -> Result<Outcome, Failure> {
    let project = Project::nearest()?;
    match &arguments.inputs[..] {
        [folder] if folder.is_dir() => channels::run(folder, arguments, &project),
        _ => run_files(arguments, &project),
    }
}

/// Learns from captions, all of one channel.
fn run_files(arguments: &CalibrateArguments, project: &Project) -> Result<Outcome, Failure> {
    let save = arguments.save.as_deref().unwrap_or(Path::new(STANDARD));
    let destination = Destination::of(save);
    let inputs = arguments.inputs.iter().map(PathBuf::as_path);
    let mut claims = Claims::with(inputs.chain(project.path()))?;
    claims.claim(Path::new("the voice"), &destination)?;
    let readings = project.readings()?;
    let mut recorded = Vec::with_capacity(arguments.inputs.len());
    let mut read = Vec::with_capacity(arguments.inputs.len());
    let outcome = each_input(&arguments.inputs, &arguments.reading, |input| {
        let source = Source::decode(input, files::read(input)?, &arguments.reading)?;
        let Reading { track, diagnostics } = captions(&source, None, &arguments.reading)?;
        source.report(&diagnostics, &arguments.reading);
        recorded.push(Recorded::of(&track, &readings));
        read.push(input.display().to_string());
        Ok(Outcome::of(&diagnostics))
    })?;
    let known = Voice::default();
    let material = Material::of(recorded, &known);
    if !arguments.reading.quiet {
        tell_estimates(&material, &read);
    }
    let channel = Channel::of(&material, &known);
    let channel = channel.map_err(|error| Failure::plain(error.to_string()))?;
    let text = voices_file(&channel, &channel.voices(), &read);
    let existing = Existing::asked(arguments.overwrite);
    let staged = files::stage(&destination, existing, |sink| {
        sink.write_all(text.as_bytes())
    })?;
    let name = destination.told(staged.commit()?);
    if !arguments.reading.quiet {
        tell(&channel, &name);
    }
    Ok(outcome)
}

/// Says which files are nobody's voice; `names` are those of the material's files.
fn tell_estimates(material: &Material, names: &[String]) {
    for &at in material.estimates() {
        report::note(&format!(
            "{}: expected times that somebody has heard, found those that follow from its words: \
             it taught nothing",
            names[at]
        ));
    }
}

fn tell(channel: &Channel, name: &str) {
    let (from, helps) = (learned_from(&channel.all), helps(channel));
    anstream::eprintln!("{from} → {name}. {helps}");
    if channel.helpful(Voice::default()).is_none() {
        report::note("the default voice fits these captions as well: there is no need of this one");
    }
}

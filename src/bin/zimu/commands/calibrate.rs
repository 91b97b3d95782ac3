//! `zimu calibrate`: captions of one speaker in, his voice out, for `--voice`.
//!
//! What it was learned from, and how much that helps, stands in comments at its top.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zimu::format::Reading;
use zimu::model::Track;
use zimu::timing::{Calibration, Material, Voice, calibrate};

use crate::args::CalibrateArguments;
use crate::commands::source::{Source, captions};
use crate::commands::{Outcome, each_input};
use crate::files::{self, Destination, Existing};
use crate::outputs::Claims;
use crate::report::{self, Failure};
use crate::settings::Project;

pub(crate) fn run(arguments: &CalibrateArguments) -> Result<Outcome, Failure> {
    let destination = Destination::of(&arguments.save);
    let project = Project::nearest()?;
    let inputs = arguments.inputs.iter().map(PathBuf::as_path);
    let mut claims = Claims::with(inputs.chain(project.path()))?;
    claims.claim(Path::new("the voice"), &destination)?;
    let mut tracks = Vec::with_capacity(arguments.inputs.len());
    let mut read = Vec::with_capacity(arguments.inputs.len());
    let outcome = each_input(&arguments.inputs, &arguments.reading, |input| {
        let (track, outcome) = track(input, arguments)?;
        tracks.push(track);
        read.push(input.to_owned());
        Ok(outcome)
    })?;
    let known = Voice::default();
    let readings = project.readings()?;
    let calibration = calibrate(&Material::of(&tracks, &known, &readings), &known)
        .map_err(|error| Failure::plain(error.to_string()))?;
    let text = voice_file(&calibration, &read);
    let existing = Existing::asked(arguments.overwrite);
    let staged = files::stage(&destination, existing, |sink| {
        sink.write_all(text.as_bytes())
    })?;
    let name = destination.told(staged.commit()?);
    if !arguments.reading.quiet {
        tell(&calibration, &name);
    }
    Ok(outcome)
}

fn track(input: &Path, arguments: &CalibrateArguments) -> Result<(Track, Outcome), Failure> {
    let source = Source::decode(input, files::read(input)?, &arguments.reading)?;
    let Reading { track, diagnostics } = captions(&source, None, &arguments.reading)?;
    source.report(&diagnostics, &arguments.reading);
    Ok((track, Outcome::of(&diagnostics)))
}

/// The voice, and above it what it was made from.
fn voice_file(calibration: &Calibration, read: &[PathBuf]) -> String {
    let mut text = format!(
        "# Learned by zimu calibrate from {}.\n# {}.\n",
        learned_from(calibration),
        helps(calibration)
    );
    for path in read {
        // Quoted, so that a name of two lines is one.
        let _ = writeln!(text, "# {:?}", path.display().to_string());
    }
    text + "\n" + &calibration.voice.to_toml()
}

fn learned_from(calibration: &Calibration) -> String {
    let Calibration {
        lines,
        left_out,
        spoken,
        ..
    } = calibration;
    format!("{spoken} of speech in {lines} lines ({left_out} cues told nothing)")
}

fn helps(calibration: &Calibration) -> String {
    let percent = |thousandths: u64| format!("{}.{} %", thousandths / 10, thousandths % 10);
    format!(
        "What was held out took {} more or less than this voice says, {} than the default one",
        percent(calibration.error.learned),
        percent(calibration.error.known)
    )
}

fn tell(calibration: &Calibration, name: &str) {
    let (from, helps) = (learned_from(calibration), helps(calibration));
    anstream::eprintln!("{from} → {name}. {helps}");
    if calibration.error.learned >= calibration.error.known {
        report::note("the default voice fits these captions as well: there is no need of this one");
    }
}

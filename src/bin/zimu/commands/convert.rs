//! `zimu convert`: caption files in, the same captions in other formats out.

use std::path::{Path, PathBuf};

use zimu::format::Reading;
use zimu::model::LanguageTag;

use crate::args::ConvertArguments;
use crate::commands::{Outcome, Sink, Source, captions, claim_namesakes, each_input};
use crate::files;
use crate::outputs::{Claims, Outputs};
use crate::report::Failure;
use crate::settings::Project;

pub(crate) fn run(arguments: &ConvertArguments) -> Result<Outcome, Failure> {
    let project = Project::nearest()?;
    let read = arguments.files.inputs.iter().map(PathBuf::as_path);
    let mut claims = Claims::with(read.chain(project.path()))?;
    let outputs = Outputs::of(&arguments.files)?;
    claim_namesakes(
        &arguments.files,
        &project,
        &outputs,
        &mut claims,
        |language| tag(language.as_ref()).to_owned(),
    )?;
    each_input(&arguments.files.inputs, &arguments.files.reading, |input| {
        let mut sink = Sink {
            arguments: &arguments.files,
            outputs: &outputs,
            claims: &mut claims,
        };
        convert(input, arguments, &project, &mut sink)
    })
}

fn convert(
    input: &Path,
    arguments: &ConvertArguments,
    project: &Project,
    sink: &mut Sink<'_>,
) -> Result<Outcome, Failure> {
    let arguments = &arguments.files;
    let bytes = files::read(input)?;
    let source = Source::decode(input, &bytes, &arguments.reading)?;
    let Reading {
        mut track,
        diagnostics,
    } = captions(&source)?;
    let outcome = Outcome::of(&diagnostics);
    let language = source.language(arguments, project);
    source.report(&diagnostics, &arguments.reading);
    if track.cues().is_empty() && outcome == Outcome::Faulty {
        return Err(Failure::of_file(
            input,
            "expected captions, found none that could be read",
        ));
    }
    track.name_language(language.as_ref().unwrap_or(&LanguageTag::UND));
    let tag = tag(language.as_ref());
    let (cues, end) = (track.cues().len(), track.end());
    let names = sink.write(input, tag, track)?.join(", ");
    if !arguments.reading.quiet {
        anstream::eprintln!("{} → {names}: {cues} cues, {end}", input.display());
    }
    Ok(outcome)
}

/// The tag in the names of the outputs: none for a language that nobody knows.
fn tag(language: Option<&LanguageTag>) -> &str {
    language.map_or("", LanguageTag::as_str)
}

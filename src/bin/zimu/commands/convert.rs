//! `zimu convert`: caption files in, the same captions in other formats out.

use std::path::{Path, PathBuf};

use zimu::format::{FORMATS, Format, Reading};
use zimu::model::LanguageTag;

use crate::args::ConvertArguments;
use crate::commands::{Outcome, Sink, Source, claim_namesakes, each_input};
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
    each_input(&arguments.files, |input| {
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
    let source = Source::decode(input, &bytes, arguments)?;
    let Reading {
        mut track,
        diagnostics,
    } = read(&source)?;
    let outcome = Outcome::of(&diagnostics);
    let language = source.language(arguments, project);
    source.report(&diagnostics, arguments);
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
    if !arguments.quiet {
        anstream::eprintln!("{} → {names}: {cues} cues, {end}", input.display());
    }
    Ok(outcome)
}

/// The tag in the names of the outputs: none for a language that nobody knows.
fn tag(language: Option<&LanguageTag>) -> &str {
    language.map_or("", LanguageTag::as_str)
}

/// Reads captions as what their content says that they are; where it says nothing, as what
/// the name says.
fn read(source: &Source<'_>) -> Result<Reading, Failure> {
    let of_name = || Format::of_extension(source.path.extension()?.to_str()?);
    let format = Format::of_content(&source.text).or_else(of_name);
    format
        .and_then(|format| format.read(&source.text))
        .ok_or_else(|| {
            let readable = FORMATS.iter().filter(|format| format.can_read());
            let names: Vec<_> = readable.map(|format| format.name).collect();
            let message = format!("expected captions in one of {}", names.join(", "));
            Failure::of_file(&source.path, message)
        })
}

//! `zimu convert`: caption files in, the same captions in other formats out.

use std::path::{Path, PathBuf};

use zimu::bilingual::Widest;
use zimu::format::Reading;
use zimu::format::names::Languages;
use zimu::model::LanguageTag;

use crate::args::ConvertArguments;
use crate::commands::scripts::{Scripts, Version, Volume};
use crate::commands::source::{Source, captions};
use crate::commands::{Outcome, Sink, claim_namesakes, each_input};
use crate::files;
use crate::inputs::Inputs;
use crate::outputs::{Claims, Outputs};
use crate::report::Failure;
use crate::settings::Project;

pub(crate) fn run(arguments: &ConvertArguments) -> Result<Outcome, Failure> {
    let project = Project::nearest()?;
    let inputs = Inputs::with_folders(&arguments.files)?;
    let glossaries = project.glossary_files(&arguments.script.glossary);
    let read = inputs.files.iter().chain(&glossaries);
    let read = read.map(PathBuf::as_path);
    let mut claims = Claims::with(read.chain(project.path()))?;
    let style = project.name_style(arguments.files.name_style)?;
    let outputs = Outputs::of(&arguments.files, &inputs, style)?;
    let scripts = Scripts::of(&arguments.script, &[], &project)?;
    let named = |languages: Option<Languages>| scripts.languages(languages.as_ref());
    claim_namesakes(&arguments.files, &project, &outputs, &mut claims, named)?;
    each_input(&inputs.files, &arguments.files.reading, |input| {
        let mut sink = Sink {
            arguments: &arguments.files,
            outputs: &outputs,
            claims: &mut claims,
        };
        convert(input, arguments, &project, &scripts, &mut sink)
    })
}

fn convert(
    input: &Path,
    arguments: &ConvertArguments,
    project: &Project,
    scripts: &Scripts,
    sink: &mut Sink<'_>,
) -> Result<Outcome, Failure> {
    let from = arguments.from;
    let arguments = &arguments.files;
    let source = Source::decode(input, files::read(input)?, &arguments.reading)?;
    let Reading {
        mut track,
        diagnostics,
    } = captions(&source, from, &arguments.reading)?;
    let outcome = Outcome::of(&diagnostics);
    let languages = source.languages(arguments, project);
    source.tell_language(arguments);
    source.report(&diagnostics, &arguments.reading);
    if track.cues().is_empty() && outcome == Outcome::Faulty {
        return Err(Failure::of_file(
            input,
            "expected captions, found none that could be read",
        ));
    }
    let first = languages.as_ref().map(Languages::first);
    track.name_language(first.unwrap_or(&LanguageTag::UND));
    let (cues, end) = (track.cues().len(), track.end());
    let volume = Volume::asked(arguments.reading.quiet);
    let captions = Version { languages, track };
    let versions = scripts.versions(input, captions, Widest::AsBefore, volume)?;
    let names = sink.write(input, versions)?.join(", ");
    if !arguments.reading.quiet {
        anstream::eprintln!("{} → {names}: {cues} cues, {end}", input.display());
    }
    Ok(outcome)
}

//! `zimu convert`: caption files in, the same captions in other formats out.

use std::path::{Path, PathBuf};

use zimu::bilingual::Widest;
use zimu::format::Reading;
use zimu::format::names::Languages;
use zimu::model::LanguageTag;

use crate::args::ConvertArguments;
use crate::commands::scripts::{Scripts, Version, Volume};
use crate::commands::second::{Second, files_of, only, told_apart};
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
    only(&inputs.files, arguments)?;
    let glossaries = project.glossary_files(&arguments.script.glossary);
    let of_second: Vec<_> = files_of(arguments).collect();
    let read = inputs.files.iter().chain(&glossaries).chain(&of_second);
    let read = read.map(PathBuf::as_path);
    let mut claims = Claims::with(read.chain(project.path()))?;
    let style = project.name_style(arguments.files.name_style())?;
    let outputs = Outputs::of(&arguments.files, &inputs, style)?;
    let scripts = Scripts::of(&arguments.script, &[], &project)?;
    let named = |languages: Option<Languages>| scripts.languages(languages.as_ref());
    claim_namesakes(&arguments.files, &project, &outputs, &mut claims, named)?;
    let second = Second::read(arguments, &project)?;
    let converter = Converting {
        arguments,
        project: &project,
        second: second.as_ref(),
        scripts: &scripts,
    };
    each_input(&inputs.files, &arguments.files.reading, |input| {
        let mut sink = Sink {
            arguments: &arguments.files,
            outputs: &outputs,
            claims: &mut claims,
        };
        converter.convert(input, &mut sink)
    })
}

/// What every input is converted by.
struct Converting<'a> {
    arguments: &'a ConvertArguments,
    project: &'a Project,
    second: Option<&'a Second>,
    scripts: &'a Scripts,
}

impl Converting<'_> {
    fn convert(&self, input: &Path, sink: &mut Sink<'_>) -> Result<Outcome, Failure> {
        let arguments = self.arguments;
        let given = &arguments.files;
        let source = Source::decode(input, files::read(input)?, &given.reading)?;
        let Reading {
            mut track,
            diagnostics,
        } = captions(&source, arguments.from, &given.reading)?;
        let mut outcome = Outcome::of(&diagnostics);
        let mut languages = source.languages(given, self.project);
        source.tell_language(given);
        source.report(&diagnostics, &given.reading);
        if track.cues().is_empty() && outcome == Outcome::Faulty {
            return Err(Failure::of_file(
                input,
                "expected captions, found none that could be read",
            ));
        }
        if let Some(second) = self.second {
            let first = languages.map_or(LanguageTag::ZH_HANS, |known| known.first().clone());
            track.name_language(&first);
            let (both, names) = second.below(&track, first, input, arguments);
            (track, languages) = (both, Some(names));
            outcome = outcome.max(second.outcome);
        } else {
            languages = told_apart(
                &mut track,
                languages,
                &source,
                arguments.second_lang.as_ref(),
                &given.reading,
            );
        }
        let (cues, end) = (track.cues().len(), track.end());
        let volume = Volume::asked(given.reading.quiet);
        let captions = Version { languages, track };
        let versions = self
            .scripts
            .versions(input, captions, Widest::AsBefore, volume)?;
        let names = sink.write(input, versions)?.join(", ");
        if !given.reading.quiet {
            anstream::eprintln!("{} → {names}: {cues} cues, {end}", input.display());
        }
        Ok(outcome)
    }
}

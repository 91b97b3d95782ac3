//! `zimu convert`: caption files in, the same captions in other formats out.

use std::path::{Path, PathBuf};

use zimu::bilingual::Widest;
use zimu::format::names::Languages;
use zimu::model::{LanguageTag, Track};

use crate::args::ConvertArguments;
use crate::called::OPTIONS;
use crate::commands::layout::laid_out;
use crate::commands::scripts::{Scripts, Version, languages};
use crate::commands::second::{Second, files_of, only, told_apart};
use crate::commands::source::{Source, captions};
use crate::commands::{Outcome, Sink, claim_namesakes, each_input, tell_all};
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
    let style = project.name_style(arguments.files.layout.name_style())?;
    let outputs = Outputs::of(&arguments.files, &inputs, style)?;
    let scripts = Scripts::of(&arguments.script, &[], &project, &OPTIONS)?;
    let second = Second::read(arguments, &project)?;
    let converter = Converting {
        arguments,
        project: &project,
        second: second.as_ref(),
        scripts: &scripts,
    };
    let mut quietly = arguments.clone();
    quietly.files.reading.quiet = true;
    let quiet = Converting {
        arguments: &quietly,
        ..converter
    };
    let named = |source: &Source| quiet.names(source).unwrap_or_default();
    claim_namesakes(&arguments.files, &outputs, &mut claims, named)?;
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
#[derive(Clone, Copy)]
struct Converting<'a> {
    arguments: &'a ConvertArguments,
    project: &'a Project,
    second: Option<&'a Second>,
    scripts: &'a Scripts,
}

impl Converting<'_> {
    fn convert(&self, input: &Path, sink: &mut Sink<'_>) -> Result<Outcome, Failure> {
        let given = &self.arguments.files;
        let source = Source::decode(input, files::read(input)?, &given.reading)?;
        let read = captions(&source, self.arguments.from, &given.reading)?;
        let outcome = Outcome::of(&read.diagnostics);
        source.tell_language(given);
        source.report(&read.diagnostics, &given.reading);
        if read.track.cues().is_empty() && outcome == Outcome::Faulty {
            return Err(Failure::of_file(
                input,
                "expected captions, found none that could be read",
            ));
        }
        let mut notes = Vec::new();
        let captions = self.in_languages(&source, read.track, &mut notes);
        let (cues, end) = (captions.track.cues().len(), captions.track.end());
        let versions = self.versions(input, captions, &mut notes)?;
        tell_all(input, &notes, &given.reading);
        let names = sink.write(input, versions)?.join(", ");
        if !given.reading.quiet {
            anstream::eprintln!("{} → {names}: {cues} cues, {end}", input.display());
        }
        Ok(outcome.max(self.second.map_or(Outcome::Clean, |second| second.outcome)))
    }

    /// What the names of the files of a source will say.
    fn names(&self, source: &Source) -> Result<Vec<Option<Languages>>, Failure> {
        let given = &self.arguments.files;
        let read = captions(source, self.arguments.from, &given.reading)?;
        let mut notes = Vec::new();
        let captions = self.in_languages(source, read.track, &mut notes);
        let versions = self.versions(&source.path, captions, &mut notes)?;
        let versions = laid_out(&source.path, versions, &given.layout, &OPTIONS, &mut notes)?;
        Ok(languages(&versions))
    }

    /// The captions, with a language for each line, and the second language beside the first.
    fn in_languages(&self, source: &Source, mut track: Track, notes: &mut Vec<String>) -> Version {
        let arguments = self.arguments;
        let languages = source.languages(arguments.files.lang.as_ref(), self.project);
        if let Some(second) = self.second {
            let first = languages.map_or(LanguageTag::ZH_HANS, |known| known.first().clone());
            track.name_language(&first);
            let (track, both) = second.below(&track, first, &source.path, arguments);
            let languages = Some(both);
            return Version { languages, track };
        }
        let asked = arguments.second_lang.as_ref();
        let languages = told_apart(&mut track, languages, asked, &OPTIONS, notes);
        Version { languages, track }
    }

    fn versions(
        &self,
        input: &Path,
        captions: Version,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Version>, Failure> {
        self.scripts
            .versions(input, captions, Widest::AsBefore, notes)
    }
}

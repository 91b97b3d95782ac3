//! `zimu caption`: transcripts in, captions out.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use zimu::format::names::Languages;
use zimu::profile::Lineage;
use zimu::segment::Explained;

use crate::account::FileAccount;
use crate::args::CaptionArguments;
use crate::called::OPTIONS;
use crate::commands::explain::{Explanation, told};
use crate::commands::heard::listened;
use crate::commands::making::{Captioned, Pairs, Recipe, Spoken, Talk, Translation, first_of};
use crate::commands::scripts::{Scripts, Version};
use crate::commands::source::Source;
use crate::commands::summary::Made;
use crate::commands::{Outcome, Sink, claim_namesakes, each_input, print, reported, tell_all};
use crate::files::{self, Existing};
use crate::inputs::Inputs;
use crate::listening::Listened;
use crate::outputs::{Claims, Outputs};
use crate::recording::{Recording, Speaker};
use crate::report::{self, Failure};
use crate::settings::Project;

pub(crate) fn run(arguments: &CaptionArguments) -> Result<Outcome, Failure> {
    reported(
        &arguments.told,
        Existing::asked(arguments.files.overwrite),
        |accounts| captioned(arguments, accounts),
    )
}

/// Captions all inputs, and gives an account of each.
fn captioned(
    arguments: &CaptionArguments,
    accounts: &mut Vec<FileAccount>,
) -> Result<Outcome, Failure> {
    let project = Project::nearest()?;
    let Lineage { profile, files, .. } = project
        .profile(arguments.limits.profile.as_deref())
        .lineage()?;
    let speaker = Speaker::of(&arguments.known.speaker, &project)?;
    let read = arguments.files.inputs.iter().chain(&arguments.second);
    let read = read.chain(&arguments.limits.terms);
    let read = read.chain(&files).chain(&speaker.file);
    let read = read.chain(&arguments.known.media);
    let glossaries = project.glossary_files(&arguments.script.glossary);
    let read = read.chain(&glossaries).map(PathBuf::as_path);
    let mut claims = Claims::with(read.chain(project.path()))?;
    let style = project.name_style(arguments.files.layout.name_style())?;
    let inputs = Inputs::named(&arguments.files.inputs);
    let outputs = Outputs::of(&arguments.files, &inputs, style)?;
    let writing = Writing::of(arguments, &outputs)?;
    check_report(arguments, &outputs)?;
    let scripts = Scripts::of(&arguments.script, &arguments.also, &project, &OPTIONS)?;
    if writing == Writing::Captions {
        outputs.check_versions(scripts.count())?;
    }
    let terms = project.terms(arguments.limits.terms.as_deref())?;
    let second = arguments.second.as_deref();
    let translation = second
        .map(|path| translation(path, arguments))
        .transpose()?;
    // Inputs that share a translation are one text, and are told apart by nothing.
    if translation.is_none() && writing == Writing::Captions {
        let lang = arguments.files.lang.as_ref();
        let first = |source: &Source| first_of(source.languages(lang, &project));
        let named = |source: &Source| scripts.languages(&Languages::One(first(source)));
        claim_namesakes(&arguments.files, &outputs, &mut claims, named)?;
    }
    let pairs = if arguments.interleaved {
        Pairs::Asked
    } else {
        Pairs::FoundOut
    };
    let maker = Maker {
        arguments,
        project: &project,
        writing,
        recipe: Recipe {
            pairs,
            ..Recipe::of(profile, &terms)?
        },
        scripts: &scripts,
        speaker,
        translation,
        listened: OnceCell::new(),
    };
    each_input(&arguments.files.inputs, &arguments.files.reading, |input| {
        let mut sink = Sink {
            arguments: &arguments.files,
            outputs: &outputs,
            claims: &mut claims,
        };
        let mut account = FileAccount::of(input);
        let outcome = maker.caption(input, &mut sink, &mut account);
        if let Err(failure) = &outcome {
            account.failed(failure);
        }
        accounts.push(account);
        outcome
    })
}

/// The standard output has one thing on it.
fn check_report(arguments: &CaptionArguments, outputs: &Outputs<'_>) -> Result<(), Failure> {
    let is_asked = arguments.told.is_on_standard();
    if is_asked && (arguments.explain.is_some() || outputs.are_standard()) {
        return Err(Failure::plain(
            "expected a file for the report (--report-file), found the standard output, which has \
             something else on it",
        ));
    }
    Ok(())
}

/// Whether captions are written, or only explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Captions,
    Nothing,
}

impl Writing {
    fn of(arguments: &CaptionArguments, outputs: &Outputs<'_>) -> Result<Self, Failure> {
        match (arguments.explain, &arguments.files.output) {
            (Some(_), None) => Ok(Self::Nothing),
            (Some(_), Some(_)) if outputs.are_standard() => Err(Failure::plain(
                "expected a file or a folder to write captions to (-o), found the standard \
                 output, which has what --explain says",
            )),
            (None, _) | (Some(_), Some(_)) => Ok(Self::Captions),
        }
    }
}

/// What does without the sound of a recording.
const SAY_LENGTH: &str = " (--media-length-only does without)";

struct Maker<'a> {
    arguments: &'a CaptionArguments,
    project: &'a Project,
    writing: Writing,
    recipe: Recipe<'a>,
    scripts: &'a Scripts,
    speaker: Speaker,
    translation: Option<Translation>,
    /// What is heard in the recording, if there is one to listen to, once it was.
    listened: OnceCell<Option<Listened>>,
}

/// The translation, and what was found in it.
fn translation(path: &Path, arguments: &CaptionArguments) -> Result<Translation, Failure> {
    let reading = &arguments.files.reading;
    let source = Source::decode(path, files::read(path)?, reading)?;
    let translation = Translation::of(source, arguments.second_lang.as_ref())?;
    if let Some(note) = translation.note.as_ref().filter(|_| !reading.quiet) {
        report::note(&format!("{}: {note}", path.display()));
    }
    translation.source.report(&translation.found, reading);
    Ok(translation)
}

impl Maker<'_> {
    fn caption(
        &self,
        input: &Path,
        sink: &mut Sink<'_>,
        account: &mut FileAccount,
    ) -> Result<Outcome, Failure> {
        let arguments = &self.arguments.files;
        let source = Source::decode(input, files::read(input)?, &arguments.reading)?;
        let recording = Recording::of(&self.arguments.known, &self.speaker, &source.path);
        let Recording { known, note } = recording.or_else(|failure| self.heard_whole(failure))?;
        if let Some(note) = note.filter(|_| !arguments.reading.quiet) {
            report::note(&note);
        }
        let translation = self.translation.as_ref();
        let listened = self.listened()?;
        let absent = self.arguments.absent.into();
        let talk = Talk {
            source: &source,
            language: first_of(source.languages(arguments.lang.as_ref(), self.project)),
            known,
            speakers: &self.arguments.speakers,
            translation,
            second_lang: self.arguments.second_lang.as_ref(),
            sound: listened.as_ref().map(|listened| (&listened.heard, absent)),
        };
        let mut found = Vec::new();
        let captioned = self.recipe.caption(&talk, &mut found);
        // What was found may be why there are no captions.
        source.report(&found, &arguments.reading);
        account.found(&source.text, &found);
        let Captioned {
            spoken,
            explained,
            track,
            languages,
            of_second,
        } = captioned?;
        source.tell_language(arguments);
        let second = translation.map_or(&source, |second| &second.source);
        second.report(&of_second, &arguments.reading);
        account.found(&second.text, &of_second);
        found.extend(of_second);
        if self.writing == Writing::Captions {
            let voice = self.speaker.file.as_deref();
            let made = Made::of(&spoken, &track, voice, &found);
            let captions = Version {
                languages: Some(languages),
                track,
            };
            let mut notes = Vec::new();
            let widest = self.recipe.widest();
            let versions = self.scripts.versions(input, captions, widest, &mut notes)?;
            tell_all(input, &notes, &arguments.reading);
            let names = sink.write(input, versions)?;
            made.account(&names, account);
            if !arguments.reading.quiet {
                made.tell(input, &names);
            }
        }
        self.explain(&source, &spoken, &explained)?;
        let of_file = translation.map_or(Outcome::Clean, |second| Outcome::of(&second.found));
        let damage = listened
            .iter()
            .filter_map(|listened| listened.damage.clone());
        let damage: Vec<_> = damage.collect();
        account.found(&source.text, &damage);
        let of_sound = Outcome::of(&damage);
        Ok(Outcome::of(&found).max(of_file).max(of_sound))
    }

    /// A recording that does not say how long it lasts, and is heard to its end.
    fn heard_whole(&self, failure: Failure) -> Result<Recording<'_>, Failure> {
        let Ok(Some(listened)) = self.listened() else {
            return Err(failure);
        };
        let known = &self.arguments.known.speaker;
        let length = Some(listened.length());
        Ok(Recording::lasting(length, known, &self.speaker))
    }

    fn listened(&self) -> Result<&Option<Listened>, Failure> {
        if let Some(listened) = self.listened.get() {
            return Ok(listened);
        }
        let arguments = self.arguments;
        let media = arguments.known.media.as_ref();
        let media = media.filter(|_| !arguments.media_length_only);
        let listened = media.map(|media| listened(media, &arguments.files.reading, SAY_LENGTH));
        let listened = listened.transpose()?;
        Ok(self.listened.get_or_init(|| listened))
    }

    /// Prints what `--explain` asks for.
    fn explain(
        &self,
        source: &Source,
        spoken: &Spoken<'_>,
        explained: &Explained,
    ) -> Result<(), Failure> {
        let Some(what) = self.arguments.explain else {
            return Ok(());
        };
        let explanation = Explanation {
            input: &source.path,
            profile: &self.recipe.profile.name,
            settings: self.project.path(),
            source: &source.text,
            forms: &spoken.forms,
            transcript: &spoken.transcript,
            explained,
            clock: &spoken.clock,
            known: spoken.known,
            heard: spoken.heard.as_ref(),
        };
        print(&told(what, &explanation))
    }
}

//! A job in, its answer out: its transcript captioned, or its captions converted, in every script,
//! layout and format that is asked for.
//!
//! What all jobs have in common is read before the first, and of a job nothing is kept.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::mem;
use std::path::Path;

use zimu::bilingual::Widest;
use zimu::format::Format;
use zimu::format::names::{Languages, NameStyle};
use zimu::model::{LanguageTag, Timestamp};
use zimu::profile::Profile;
use zimu::text::decode::decode;
use zimu::text::encoding::Encoding;
use zimu::text::script::Script;
use zimu::text::terms::Terms;
use zimu::timing::Known;

use crate::account::{FindingAccount, TimingAccount};
use crate::args::PipeArguments;
use crate::called::{Called, KEYS, OPTIONS};
use crate::commands::converting::Given;
use crate::commands::layout::laid_out;
use crate::commands::making::{Captioned, Recipe, Talk, Translation, TranslationForm, first_of};
use crate::commands::pipe::written::{all_written, tags, without_repeats, written};
use crate::commands::scripts::{Scripts, Version, wanted};
use crate::commands::source::Source;
use crate::commands::summary;
use crate::files::name_of;
use crate::outputs::DEFAULT_FORMAT;
use crate::pipe::{
    Answer, Bytes, CaptionsAccount, ErrorAccount, FaultAccount, Job, JobFormat, JobProfile,
    JobVoice, Line, NoJob,
};
use crate::recording::Speaker;
use crate::report::Failure;
use crate::settings::Project;

/// What a transcript is called that has no name: as its key.
const NAME: &str = "text";

/// What a translation is called.
const SECOND_NAME: &str = "second";

/// What the settings of a translation are called.
const KEYS_OF_SECOND: Called = Called {
    format: "`second_format`",
    ..KEYS
};

/// What holds for all jobs.
pub(super) struct Maker<'a> {
    arguments: &'a PipeArguments,
    project: &'a Project,
    speaker: Speaker,
    scripts: Scripts,
    style: &'static NameStyle,
    /// In which captions are written where a job does not say.
    formats: Vec<&'static Format>,
    /// Of jobs that name no profile.
    recipe: Recipe<'a>,
    /// Of those that name a built-in one: each is built once.
    by_profile: BTreeMap<String, Recipe<'a>>,
}

/// The captions of a job, in one version.
struct Made {
    version: Version,
    timing: Option<TimingAccount>,
    /// How wide lines may be in another script.
    widest: Widest,
}

/// What is told of a job besides its captions.
#[derive(Default)]
struct Told {
    findings: Vec<FindingAccount>,
    notes: Vec<String>,
}

impl<'a> Maker<'a> {
    pub(super) fn of(
        arguments: &'a PipeArguments,
        project: &'a Project,
        terms: &'a Terms,
    ) -> Result<Self, Failure> {
        arguments.layout.check(&OPTIONS)?;
        let profile = project
            .profile(arguments.limits.profile.as_deref())
            .read()?;
        Ok(Self {
            arguments,
            project,
            speaker: Speaker::of(&arguments.speaker, project)?,
            // A job may ask for any of them, and the glossary is read now.
            scripts: Scripts::of(&arguments.script, &Script::ALL, project, &KEYS)?,
            style: project.name_style(arguments.layout.name_style())?,
            formats: formats(arguments),
            recipe: Recipe::of(profile, terms)?,
            by_profile: BTreeMap::new(),
        })
    }

    pub(super) fn answer<'j>(&mut self, line: Line<'j>) -> Answer<'j> {
        let fault = |id, message: &str, findings| {
            let error = ErrorAccount {
                message: message.to_owned(),
                line: line.number,
            };
            Answer::Fault(FaultAccount {
                id,
                error,
                findings,
            })
        };
        let job = match line.bytes {
            Bytes::Whole(bytes) => Job::of(bytes),
            Bytes::Beginning(bytes) => Err(NoJob::too_long(bytes)),
        };
        let job = match job {
            Ok(job) => job,
            Err(NoJob { id, message }) => return fault(id, &message, Vec::new()),
        };
        let id = job.id;
        let mut told = Told::default();
        let prepared = self.prepare(&job);
        match prepared.and_then(|()| self.make(job, &mut told)) {
            Ok(captions) => Answer::Captions(CaptionsAccount {
                findings: told.findings,
                notes: told.notes,
                ..captions
            }),
            Err(failure) => fault(id, failure.message(), told.findings),
        }
    }

    /// Builds the built-in profile of a job, if none before it had the same.
    fn prepare(&mut self, job: &Job<'_>) -> Result<(), Failure> {
        if let Some(JobProfile::Named(name)) = &job.profile
            && !self.by_profile.contains_key(name)
        {
            let recipe = self.recipe_of(Profile::named(name).map_err(of_profile)?)?;
            self.by_profile.insert(name.clone(), recipe);
        }
        Ok(())
    }

    fn recipe_of(&self, profile: Profile) -> Result<Recipe<'a>, Failure> {
        Recipe::of(profile, self.recipe.terms)
    }

    /// Makes the captions of a job. What was found may be why there are none.
    fn make<'j>(&self, mut job: Job<'j>, told: &mut Told) -> Result<CaptionsAccount<'j>, Failure> {
        let arguments = self.arguments;
        let layout = arguments
            .layout
            .or_of_job(job.layout.take(), job.top.take());
        layout.check(&KEYS)?;
        let name = job.name.as_deref().unwrap_or(NAME);
        let source = source_of(name, mem::take(&mut job.text))?;
        let asked = job.language.as_ref().or(arguments.lang.as_ref());
        let in_languages = source.languages(asked, self.project);
        let is_language_told = asked.is_some();
        let Made {
            version,
            timing,
            widest,
        } = match job.format {
            Some(format) => self.converted(&job, format, &source, in_languages, told)?,
            None => self.captioned(&mut job, &source, in_languages, told)?,
        };
        let note = source.language_note(&KEYS);
        told.notes.extend(note.filter(|_| !is_language_told));
        let (cues, end) = (version.track.cues().len(), version.track.end());
        let notes = &mut told.notes;
        let also = job.also.as_deref().unwrap_or(&arguments.also);
        let wanted = wanted(job.script.or(arguments.script.script), also);
        let versions = self
            .scripts
            .versions_in(&wanted, &source.path, version, widest, notes)?;
        let first = &versions[0];
        let formats = &without_repeats(job.to.as_deref().unwrap_or(&self.formats));
        let languages = tags(first.languages.as_ref());
        let (mut captions, mut outputs) = (None, None);
        if wanted.len() > 1 || !layout.layouts().is_empty() {
            let versions = laid_out(&source.path, versions, &layout, &KEYS, notes)?;
            let name = name_of(&source.path);
            outputs = Some(all_written(&versions, &name, self.style, formats, notes)?);
        } else {
            captions = Some(written(&first.track, formats, notes)?);
        }
        Ok(CaptionsAccount {
            id: job.id,
            captions,
            outputs,
            languages,
            cues,
            end_ms: end.millis(),
            timing,
            findings: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn captioned(
        &self,
        job: &mut Job<'_>,
        source: &Source,
        in_languages: Option<Languages>,
        told: &mut Told,
    ) -> Result<Made, Failure> {
        let second_lang = job.second_language.as_ref();
        let second_lang = second_lang.or(self.arguments.second_lang.as_ref());
        let translation = match job.second.take() {
            Some(text) => Some(translation(text, job.second_format, second_lang)?),
            None => None,
        };
        let own = match &job.profile {
            Some(JobProfile::Own(toml)) => Some(self.recipe_of(own_profile(toml)?)?),
            Some(JobProfile::Named(_)) | None => None,
        };
        let named = || match &job.profile {
            Some(JobProfile::Named(name)) => self.by_profile.get(name),
            Some(JobProfile::Own(_)) | None => None,
        };
        let recipe = own.as_ref().or_else(named).unwrap_or(&self.recipe);
        let talk = Talk {
            source,
            language: first_of(in_languages),
            known: self.known(job)?,
            speakers: job.speakers.as_deref().unwrap_or(&self.arguments.speakers),
            translation: translation.as_ref(),
            second_lang,
            sound: None,
        };
        let mut found = Vec::new();
        let captioned = recipe.caption(&talk, &mut found);
        let findings = &mut told.findings;
        findings.extend(FindingAccount::all(&source.text, &found));
        let Captioned {
            spoken,
            track,
            languages,
            of_second,
            ..
        } = captioned.map_err(|failure| with_way_out(failure, &talk, job))?;
        let second = translation.as_ref();
        if let Some(second) = second {
            findings.extend(FindingAccount::all(&second.source.text, &second.found));
            told.notes.extend(second.note.clone());
        }
        let text = second.map_or(source, |second| &second.source);
        findings.extend(FindingAccount::all(&text.text, &of_second));
        let made = summary::Made::of(&spoken, &track, self.voice_name(job), &found);
        Ok(Made {
            version: Version {
                languages: Some(languages),
                track,
            },
            timing: Some(made.sure),
            widest: recipe.widest(),
        })
    }

    fn converted(
        &self,
        job: &Job<'_>,
        format: JobFormat,
        source: &Source,
        in_languages: Option<Languages>,
        told: &mut Told,
    ) -> Result<Made, Failure> {
        let second_lang = job.second_language.as_ref();
        let given = Given {
            source,
            format: format.named(),
            languages: in_languages,
            second_lang: second_lang.or(self.arguments.second_lang.as_ref()),
            called: &KEYS,
        };
        let mut found = Vec::new();
        let version = given.read(&mut found, &mut told.notes);
        let findings = FindingAccount::all(&source.text, &found);
        told.findings.extend(findings);
        Ok(Made {
            version: version?,
            timing: None,
            widest: Widest::AsBefore,
        })
    }

    /// What is known of its times.
    fn known<'j>(&'j self, job: &'j Job<'_>) -> Result<Known<'j>, Failure> {
        let all = &self.arguments.speaker;
        let lead_out = job.lead_out.unwrap_or(all.lead_out);
        if job.duration.is_none() && lead_out > Timestamp::ZERO {
            return Err(Failure::plain(
                "expected a duration_ms that the lead-out is a part of, found none",
            ));
        }
        let voices = match &job.voice {
            Some(JobVoice::Learned(voices) | JobVoice::Paced(voices)) => voices,
            None => &self.speaker.voices,
        };
        Ok(Known {
            duration: job.duration,
            lead_in: job.lead_in.unwrap_or(all.lead_in),
            lead_out,
            voices,
            readings: &self.speaker.readings,
        })
    }

    /// What the voice that speaks is called, if it was learned: its file, or the key of the job.
    fn voice_name(&self, job: &Job<'_>) -> Option<&Path> {
        match job.voice {
            Some(JobVoice::Learned(_)) => Some(Path::new("voice")),
            Some(JobVoice::Paced(_)) => None,
            None => self.speaker.file.as_deref(),
        }
    }
}

/// A text as if a file of that name held it.
fn source_of(name: &str, text: String) -> Result<Source, Failure> {
    let decoded = decode(text.into_bytes(), Some(Encoding::UTF_8));
    let decoded = decoded.map_err(|error| Failure::plain(error.to_string()))?;
    Ok(Source::of(Path::new(name), decoded))
}

/// What captions are written in where a job does not say.
fn formats(arguments: &PipeArguments) -> Vec<&'static Format> {
    let of_target = || arguments.layout.target.map(|target| target.formats);
    match &arguments.to[..] {
        [] => {
            let ids = of_target().unwrap_or(&[DEFAULT_FORMAT]).iter();
            ids.filter_map(|id| Format::named(id)).collect()
        }
        asked => asked.to_vec(),
    }
}

fn of_profile(error: impl Display) -> Failure {
    Failure::plain(format!("profile: {error}"))
}

/// A profile of a job's own, which builds on built-in ones alone: no file is read for a job.
fn own_profile(toml: &str) -> Result<Profile, Failure> {
    let profile = Profile::from_toml("profile", toml).map_err(of_profile)?;
    match profile.second.as_deref().and_then(Profile::file) {
        Some(path) => Err(of_profile(format!(
            "expected the name of a profile for `second`, found a path: {}",
            path.display()
        ))),
        None => Ok(profile),
    }
}

/// A translation that does not fit may be captions, and nobody has said so.
fn with_way_out(failure: Failure, talk: &Talk<'_>, job: &Job<'_>) -> Failure {
    // What is wrong with a transcript alone is told of its name.
    let Failure::Plain {
        path: None,
        message,
    } = &failure
    else {
        return failure;
    };
    let second = talk.translation.filter(|_| job.second_format.is_none());
    let format = second.and_then(|second| Format::of_content(&second.source.text));
    let Some(format) = format.filter(|format| format.can_read()) else {
        return failure;
    };
    let id = format.id;
    Failure::plain(format!(
        "{message} (`second_format` {id} says that they are captions)"
    ))
}

fn translation(
    text: String,
    format: Option<JobFormat>,
    asked: Option<&LanguageTag>,
) -> Result<Translation, Failure> {
    let form = match format {
        Some(format) => TranslationForm::Captions(format.named()),
        None => TranslationForm::Lines,
    };
    let source = source_of(SECOND_NAME, text)?;
    let translation = Translation::in_form(source, form, asked, &KEYS_OF_SECOND);
    translation.map_err(|failure| Failure::plain(format!("second: {}", failure.message())))
}

//! `zimu pipe`: jobs in, a line each; their answers out, a line each, in the same order.
//!
//! One job is held at a time, and what they have in common is read before the first. Each answer
//! is written before the next job is waited for, so that a program may write a job and wait for
//! what it came to.

use std::collections::BTreeMap;
use std::io;
use std::mem;
use std::path::Path;

use zimu::format::Format;
use zimu::format::names::Languages;
use zimu::model::{LanguageTag, Timestamp, Track};
use zimu::profile::Profile;
use zimu::text::decode::decode;
use zimu::text::encoding::Encoding;
use zimu::text::script::Script;
use zimu::text::terms::Terms;
use zimu::timing::Known;

use crate::account::FindingAccount;
use crate::args::PipeArguments;
use crate::commands::making::{Captioned, Recipe, Talk, Translation, first_of};
use crate::commands::scripts::{Scripts, Version};
use crate::commands::source::Source;
use crate::commands::summary::Made;
use crate::commands::{Outcome, print_schema, printed};
use crate::files::{self, Written};
use crate::pipe::{
    Answer, CaptionsAccount, ErrorAccount, FaultAccount, Job, JobVoice, LINE_LIMIT_BYTES, Line,
    Lines, NoJob, schema,
};
use crate::recording::Speaker;
use crate::report::{self, Failure};
use crate::settings::Project;

/// What a transcript is called that has no name.
const NAME: &str = "text";

/// What a translation is called: one of this ending is never taken for captions.
const SECOND_NAME: &str = "second.txt";

pub(crate) fn run(arguments: &PipeArguments) -> Result<Outcome, Failure> {
    if arguments.schema {
        print_schema(&schema())?;
        return Ok(Outcome::Clean);
    }
    let project = Project::nearest()?;
    let terms = project.terms(arguments.limits.terms.as_deref())?;
    let mut captioner = Captioner::of(arguments, &project, &terms)?;
    let mut answers = Answers::default();
    let ended = answers.write(&mut captioner, Lines::of(io::stdin().lock()));
    if answers.faults > 0 && !arguments.quiet {
        let Answers { all, faults } = answers;
        report::note(&format!(
            "{faults} of {all} jobs could not be captioned: their answers say why"
        ));
    }
    match ended {
        Ok(()) => Ok(Outcome::Clean),
        Err(failure) if answers.all == 0 => Err(failure),
        Err(failure) => {
            report::failure(&failure);
            Ok(Outcome::Faulty)
        }
    }
}

/// How many answers were written.
#[derive(Default)]
struct Answers {
    all: u64,
    faults: u64,
}

impl Answers {
    /// Answers each line; where nobody reads the answers any more, no further one.
    fn write(
        &mut self,
        captioner: &mut Captioner<'_>,
        mut lines: Lines<impl io::BufRead>,
    ) -> Result<(), Failure> {
        let unread = |error| {
            Failure::of_file(
                Path::new("standard input"),
                format!("expected to read it to its end: {error}"),
            )
        };
        while let Some(line) = lines.next().map_err(unread)? {
            let answer = captioner.answer(line);
            let written = files::print_standard(|sink| {
                // In one piece, and not byte by byte as the writer of JSON has it.
                let mut line = serde_json::to_vec(&answer)?;
                line.push(b'\n');
                sink.write_all(&line)
            });
            if written? == Written::PipeClosed {
                break;
            }
            self.all += 1;
            self.faults += u64::from(matches!(answer, Answer::Fault(_)));
        }
        Ok(())
    }
}

/// What holds for all jobs.
struct Captioner<'a> {
    arguments: &'a PipeArguments,
    project: &'a Project,
    speaker: Speaker,
    scripts: Scripts,
    /// Of jobs that name no profile.
    recipe: Recipe<'a>,
    /// Of those that do: each profile is built once.
    by_profile: BTreeMap<String, Recipe<'a>>,
}

impl<'a> Captioner<'a> {
    fn of(
        arguments: &'a PipeArguments,
        project: &'a Project,
        terms: &'a Terms,
    ) -> Result<Self, Failure> {
        let profile = project
            .profile(arguments.limits.profile.as_deref())
            .read()?;
        Ok(Self {
            arguments,
            project,
            speaker: Speaker::of(&arguments.speaker, project)?,
            // A job may ask for any of them, and the glossary is read now.
            scripts: Scripts::of(&arguments.script, &Script::ALL, project)?,
            recipe: Recipe::of(profile, terms)?,
            by_profile: BTreeMap::new(),
        })
    }

    fn answer<'j>(&mut self, line: Line<'j>) -> Answer<'j> {
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
        let Some(bytes) = line.bytes else {
            let mib = LINE_LIMIT_BYTES >> 20;
            let message = format!("expected a line of at most {mib} MiB, found a longer one");
            return fault(None, &message, Vec::new());
        };
        let job = match Job::of(bytes) {
            Ok(job) => job,
            Err(NoJob { id, message }) => return fault(id, &message, Vec::new()),
        };
        let id = job.id;
        let mut findings = Vec::new();
        let prepared = self.prepare(&job);
        match prepared.and_then(|()| self.caption(job, &mut findings)) {
            Ok(captions) => Answer::Captions(CaptionsAccount {
                findings,
                ..captions
            }),
            Err(failure) => fault(id, failure.message(), findings),
        }
    }

    /// Builds the profile of a job, if none before it had the same.
    fn prepare(&mut self, job: &Job<'_>) -> Result<(), Failure> {
        let is_new = |name: &&String| !self.by_profile.contains_key(*name);
        if let Some(name) = job.profile.as_ref().filter(is_new) {
            let profile = Profile::named(name)
                .map_err(|error| Failure::plain(format!("profile: {error}")))?;
            let recipe = Recipe::of(profile, self.recipe.terms)?;
            self.by_profile.insert(name.clone(), recipe);
        }
        Ok(())
    }

    /// Captions a transcript. What was found may be why there are no captions.
    fn caption<'j>(
        &self,
        mut job: Job<'j>,
        findings: &mut Vec<FindingAccount>,
    ) -> Result<CaptionsAccount<'j>, Failure> {
        let arguments = self.arguments;
        let name = job.name.as_deref().unwrap_or(NAME);
        let source = source_of(name, mem::take(&mut job.text))?;
        let second_lang = job.second_language.as_ref();
        let second_lang = second_lang.or(arguments.second_lang.as_ref());
        let translation = match job.second.take() {
            Some(text) => Some(Translation::of(source_of(SECOND_NAME, text)?, second_lang)?),
            None => None,
        };
        let asked = job.language.as_ref().or(arguments.lang.as_ref());
        let talk = Talk {
            source: &source,
            language: first_of(source.languages(asked, self.project)),
            known: self.known(&job)?,
            speakers: job.speakers.as_deref().unwrap_or(&arguments.speakers),
            translation: translation.as_ref(),
            second_lang,
        };
        let own = job
            .profile
            .as_ref()
            .and_then(|name| self.by_profile.get(name));
        let recipe = own.unwrap_or(&self.recipe);
        let mut found = Vec::new();
        let captioned = recipe.caption(&talk, &mut found);
        findings.extend(FindingAccount::all(&source.text, &found));
        let Captioned {
            spoken,
            track,
            languages,
            of_second,
            ..
        } = captioned?;
        let text = translation
            .as_ref()
            .map_or(&source, |second| &second.source);
        findings.extend(FindingAccount::all(&text.text, &of_second));
        let made = Made::of(&spoken, &track, self.voice_name(&job), &found);
        let mut notes = Vec::from_iter(source.language_note().filter(|_| asked.is_none()));
        let mut version = Version {
            languages: Some(languages),
            track,
        };
        if let Some(script) = job.script.or(arguments.script.script) {
            let (path, widest) = (&source.path, recipe.widest());
            version = self
                .scripts
                .converted(path, &version, script, widest, &mut notes)?;
        }
        let formats = job.to.as_deref().unwrap_or(&arguments.to);
        Ok(CaptionsAccount {
            id: job.id,
            captions: written(&version.track, formats, &mut notes)?,
            languages: version.languages.map(tags).unwrap_or_default(),
            cues: made.cues,
            end_ms: made.end.millis(),
            timing: made.sure,
            findings: Vec::new(),
            notes,
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

/// The captions in each format. What these have no room for is noted once.
fn written(
    track: &Track,
    formats: &[&'static Format],
    notes: &mut Vec<String>,
) -> Result<BTreeMap<&'static str, String>, Failure> {
    let mut written = BTreeMap::new();
    for format in formats {
        let unwritten = |error: String| Failure::plain(format!("{}: {error}", format.id));
        let text = printed(track, format, notes).map_err(|error| unwritten(error.to_string()))?;
        let text = String::from_utf8(text).map_err(|error| unwritten(error.to_string()))?;
        written.insert(format.id, text);
    }
    Ok(written)
}

fn tags(languages: Languages) -> Vec<String> {
    let tag = |tag: LanguageTag| tag.as_str().to_owned();
    match languages {
        Languages::One(first) => vec![tag(first)],
        Languages::Two(first, second) => vec![tag(first), tag(second)],
    }
}

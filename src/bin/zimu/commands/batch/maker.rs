//! The ingredients of a job in, its captions out, as the bytes of all files that are asked for.
//!
//! Many jobs are made at once: nothing is told here and nothing is written.

use std::ffi::OsStr;
use std::path::Path;

use indicatif::ProgressBar;
use zimu::align::Absent;
use zimu::bilingual::Widest;
use zimu::catalogue::{Hashes, Job, Kind};
use zimu::format::Format;
use zimu::format::names::Languages;
use zimu::model::{Diagnostic, Severity, Timestamp};
use zimu::profile::AbsentOverride;
use zimu::text::decode::decode;
use zimu::timing::{Known, Voices};

use crate::account::{FindingAccount, LineCounts};
use crate::args::BatchArguments;
use crate::called::OPTIONS;
use crate::commands::batch::ingredients::{Ingredients, Listening};
use crate::commands::batch::place::Place;
use crate::commands::batch::talk::{SAYS_LENGTH, Talk};
use crate::commands::converting::Given;
use crate::commands::layout::laid_out;
use crate::commands::making::{self, Captioned, Recipe, Translation, first_of};
use crate::commands::printing::{Names, Output, outputs};
use crate::commands::scripts::{Scripts, Version, languages};
use crate::commands::source::Source;
use crate::files::Destination;
use crate::listening::{Listened, Progress};
use crate::outputs::Outputs;
use crate::recording::{Speaker, duration_in, duration_of};
use crate::report::Failure;
use crate::settings::{Project, read_voices};

/// What all jobs are made by, where nothing else holds for one.
pub(super) struct Maker<'a> {
    pub(super) arguments: &'a BatchArguments,
    pub(super) place: &'a Place,
    pub(super) project: &'a Project,
    pub(super) recipe: Recipe<'a>,
    pub(super) scripts: &'a Scripts,
    pub(super) speaker: &'a Speaker,
    pub(super) outputs: &'a Outputs<'a>,
}

/// What was made of an input.
pub(super) struct Made {
    /// Their names are paths below the folder of outputs.
    pub(super) files: Vec<Output>,
    /// What it was made of.
    pub(super) inputs: Hashes,
    pub(super) cues: usize,
    pub(super) end: Timestamp,
    /// What was found in its input.
    pub(super) found: Found,
    /// How many of its lines were heard, if somebody listened.
    pub(super) lines: Option<LineCounts>,
}

/// What was found in the texts of a job.
#[derive(Default)]
pub(super) struct Found {
    pub(super) faults: usize,
    pub(super) repairs: usize,
    /// What is told of all of them.
    pub(super) findings: Vec<FindingAccount>,
    pub(super) notes: Vec<String>,
}

impl Found {
    fn add(&mut self, text: &str, diagnostics: &[Diagnostic]) {
        let of = |severity| {
            let severities = diagnostics.iter().map(Diagnostic::severity);
            severities.filter(|found| *found == severity).count()
        };
        self.faults += of(Severity::Fault);
        self.repairs += of(Severity::Repair);
        self.findings.extend(FindingAccount::all(text, diagnostics));
    }
}

impl<'a> Maker<'a> {
    /// Reads what a job is made of; `row` is what a table says of the talk.
    pub(super) fn ingredients(
        &self,
        job: &Job,
        row: Option<&Talk>,
    ) -> Result<Ingredients<'a>, Failure> {
        let listening = if self.arguments.sound.media_length_only {
            Listening::ToNone
        } else {
            Listening::ToAll
        };
        Ingredients::read(job, row, self.place, self.recipe.terms, listening)
    }

    /// Makes the captions of a job; `bar` tells how far a recording is listened to.
    pub(super) fn make(
        &self,
        job: &Job,
        ingredients: Ingredients<'_>,
        bar: &ProgressBar,
    ) -> Result<Made, Failure> {
        let mut found = Found::default();
        let Begun {
            version,
            recipe,
            inputs,
            lines,
        } = self.begin(job, ingredients, bar, &mut found)?;
        let recipe = recipe.as_ref().unwrap_or(&self.recipe);
        let (cues, end) = (version.track.cues().len(), version.track.end());
        let versions = self.versions(job, version, recipe, &mut found.notes)?;
        Ok(Made {
            files: outputs(
                &versions,
                self.files(job, &versions),
                |path| self.place.output(path),
                &mut found.notes,
            )?,
            inputs,
            cues,
            end,
            found,
            lines,
        })
    }

    /// The names that the outputs of a job would have: it is asked of those that only a language
    /// could tell apart.
    pub(super) fn names(
        &self,
        job: &Job,
        mut ingredients: Ingredients<'_>,
    ) -> Result<Vec<String>, Failure> {
        let mut found = Found::default();
        // When a line is spoken does not change its language.
        ingredients.listens = false;
        let bar = ProgressBar::hidden();
        let Begun {
            version, recipe, ..
        } = self.begin(job, ingredients, &bar, &mut found)?;
        let recipe = recipe.as_ref().unwrap_or(&self.recipe);
        let versions = self.versions(job, version, recipe, &mut found.notes)?;
        let files = self.files(job, &versions).into_iter().flatten();
        Ok(files.map(|(_, path)| path).collect())
    }

    /// Makes the captions of a job in the script and layout that they are made in.
    fn begin<'i>(
        &self,
        job: &Job,
        ingredients: Ingredients<'i>,
        bar: &ProgressBar,
        found: &mut Found,
    ) -> Result<Begun<'i>, Failure> {
        let Ingredients {
            source,
            second,
            info,
            listens,
            talk,
            recipe,
            hashes,
        } = ingredients;
        let source = self.decoded(&self.place.input(&job.input), source, found)?;
        let (version, lines) = match job.kind {
            Kind::Captions => (self.converted(&source, &talk, found)?, None),
            Kind::Transcript => {
                let recording = job.media.as_deref();
                let spoken = Spoken {
                    recording,
                    listening: recording.filter(|_| listens).zip(Some(bar)),
                    info: info.as_deref(),
                    second,
                };
                let recipe = recipe.as_ref().unwrap_or(&self.recipe);
                self.captioned(&source, &talk, spoken, recipe, found)?
            }
        };
        Ok(Begun {
            version,
            recipe,
            inputs: hashes,
            lines,
        })
    }

    /// The same in every script and layout that is asked for.
    fn versions(
        &self,
        job: &Job,
        version: Version,
        recipe: &Recipe<'_>,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Version>, Failure> {
        let path = self.place.input(&job.input);
        let widest = match job.kind {
            Kind::Transcript => recipe.widest(),
            Kind::Captions => Widest::AsBefore,
        };
        let versions = self.scripts.versions(&path, version, widest, notes)?;
        laid_out(
            &path,
            versions,
            &self.arguments.files.layout,
            &OPTIONS,
            notes,
        )
    }

    /// The files of each version, by their paths below the folder of outputs.
    fn files(&self, job: &Job, versions: &[Version]) -> Vec<Names> {
        let input = self.place.input(&job.input);
        let below = |(format, destination): (&'static Format, Destination)| {
            let file = destination.file().unwrap_or(Path::new(""));
            let below = file.strip_prefix(&self.place.out).unwrap_or(file);
            let parts: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
            (format, parts.join("/"))
        };
        let files = self.outputs.files(&input, &languages(versions)).into_iter();
        files
            .map(|files| files.into_iter().map(below).collect())
            .collect()
    }

    fn decoded(&self, path: &Path, bytes: Vec<u8>, found: &mut Found) -> Result<Source, Failure> {
        let asked = self.arguments.files.reading.encoding;
        let decoded = decode(bytes, asked);
        let decoded = decoded.map_err(|error| Failure::of_file(path, error.to_string()))?;
        let source = Source::of(path, decoded);
        found.notes.extend(source.encoding_note(asked));
        Ok(source)
    }

    fn own_voices(&self, talk: &Talk) -> Result<Option<Voices>, Failure> {
        let path = talk.voice.as_ref().map(|path| self.place.input(path));
        path.map(read_voices).transpose()
    }

    /// What somebody says, else the name or the characters.
    fn languages(&self, source: &Source, talk: &Talk) -> Option<Languages> {
        let asked = talk.lang.as_ref().or(self.arguments.files.lang.as_ref());
        source.languages(asked, self.project)
    }

    fn converted(
        &self,
        source: &Source,
        talk: &Talk,
        found: &mut Found,
    ) -> Result<Version, Failure> {
        let given = Given {
            source,
            format: None,
            languages: self.languages(source, talk),
            second_lang: talk.second_lang.as_ref(),
            called: &OPTIONS,
        };
        let mut diagnostics = Vec::new();
        let version = given.read(&mut diagnostics, &mut found.notes);
        found.add(&source.text, &diagnostics);
        version
    }

    fn captioned(
        &self,
        source: &Source,
        talk: &Talk,
        spoken: Spoken<'_>,
        recipe: &Recipe<'_>,
        found: &mut Found,
    ) -> Result<(Version, Option<LineCounts>), Failure> {
        let translation = match spoken.second {
            Some((path, bytes)) => {
                let second = self.decoded(&self.place.input(&path), bytes, found)?;
                Some(Translation::of(second, talk.second_lang.as_ref())?)
            }
            None => None,
        };
        if let Some(second) = &translation {
            found.notes.extend(second.note.clone());
            found.add(&second.source.text, &second.found);
        }
        let lead = &self.arguments.speaker;
        let own_voices = self.own_voices(talk)?;
        let listened = spoken.listening;
        let listened = listened.and_then(|(path, bar)| self.listened(path, bar, found));
        let duration = self.duration(talk, spoken.info, spoken.recording, found);
        let duration = duration.or_else(|failure| match &listened {
            Some(listened) => Ok(Some(listened.length())),
            None => Err(failure),
        })?;
        let known = Known {
            duration,
            lead_in: talk.lead_in.unwrap_or(lead.lead_in),
            lead_out: talk.lead_out.unwrap_or(lead.lead_out),
            voices: own_voices.as_ref().unwrap_or(&self.speaker.voices),
            readings: &self.speaker.readings,
        };
        let absent = match talk.absent {
            None => self.arguments.sound.absent.into(),
            Some(AbsentOverride::Drop) => Absent::Drop,
            Some(AbsentOverride::Estimate) => Absent::Estimate,
        };
        let talk = making::Talk {
            source,
            language: first_of(self.languages(source, talk)),
            known,
            speakers: &talk.speakers,
            translation: translation.as_ref(),
            second_lang: talk.second_lang.as_ref(),
            sound: listened.as_ref().map(|listened| (&listened.heard, absent)),
        };
        let mut diagnostics = Vec::new();
        let captioned = recipe.caption(&talk, &mut diagnostics);
        found.add(&source.text, &diagnostics);
        let Captioned {
            spoken,
            track,
            languages,
            of_second,
            ..
        } = captioned?;
        let second = translation.as_ref().map_or(source, |second| &second.source);
        found.add(&second.text, &of_second);
        let version = Version {
            languages: Some(languages),
            track,
        };
        let heard = spoken.heard.as_ref();
        Ok((version, heard.map(|heard| LineCounts::of(&heard.lines))))
    }

    /// What is heard in a recording. One that cannot be decoded is a fault, and its length counts.
    fn listened(&self, path: &str, bar: &ProgressBar, found: &mut Found) -> Option<Listened> {
        let listened = Listened::to(&self.place.input(path), |Progress { heard_ms, length }| {
            let percent = length.map_or(0, |all| 100 * heard_ms / u64::from(all.millis()).max(1));
            bar.set_message(format!("{path} {percent} %"));
        });
        let (listened, fault) = match listened {
            Ok(listened) => {
                let damage = listened.damage.clone();
                (Some(listened), damage)
            }
            Err(error) => (None, Some(error.finding())),
        };
        found.add("", fault.as_slice());
        listened
    }

    /// How long the recording is: as somebody says, as yt-dlp does, as it does itself.
    fn duration(
        &self,
        talk: &Talk,
        info: Option<&[u8]>,
        recording: Option<&str>,
        found: &mut Found,
    ) -> Result<Option<Timestamp>, Failure> {
        if talk.duration.is_some() {
            return Ok(talk.duration);
        }
        if let Some(info) = info {
            let duration = duration_in(info);
            if duration.is_none() {
                found.notes.push(
                    "expected yt-dlp's info with a duration beside it, found none: it was not used"
                        .to_owned(),
                );
            }
            return Ok(duration);
        }
        recording
            .map(|path| duration_of(&self.place.input(path), SAYS_LENGTH))
            .transpose()
    }
}

/// Captions as they are made.
struct Begun<'i> {
    version: Version,
    /// What holds for them alone.
    recipe: Option<Recipe<'i>>,
    /// What they are made of.
    inputs: Hashes,
    lines: Option<LineCounts>,
}

/// What says when a transcript is spoken, and in which other words.
struct Spoken<'i> {
    recording: Option<&'i str>,
    /// The recording that is listened to, and what tells how far.
    listening: Option<(&'i str, &'i ProgressBar)>,
    info: Option<&'i [u8]>,
    second: Option<(String, Vec<u8>)>,
}

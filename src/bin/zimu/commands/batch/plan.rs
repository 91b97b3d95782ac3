//! A catalogue and what was made of it before in, what is to be done out.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use rayon::prelude::*;
use zimu::catalogue::{Aside, Cause, Entry, Facts, Hash, Hashes, Job, State, cause, jobs, orphans};

use crate::commands::batch::clashes::{bar, refuse};
use crate::commands::batch::ingredients::hash;
use crate::commands::batch::maker::Maker;
use crate::commands::batch::past::{Past, hash_of};
use crate::commands::batch::place::Place;
use crate::commands::batch::talk::{Talk, rows};
use crate::commands::listing::Listing;
use crate::files;
use crate::report::Failure;

/// The version that makes captions.
pub(super) const TOOL: &str = env!("CARGO_PKG_VERSION");

/// The talks of a catalogue.
pub(super) struct Catalogue {
    jobs: Vec<Job>,
    /// What a table says of them.
    rows: HashMap<String, Talk>,
    asides: Vec<Aside>,
    refused: Vec<Failure>,
    links: Vec<String>,
}

/// What is to be done.
pub(super) struct Plan<'c> {
    pub(super) jobs: Vec<Planned<'c>>,
    pub(super) asides: &'c [Aside],
    /// What is no talk, and why.
    pub(super) refused: &'c [Failure],
    /// Links to folders, which are not followed.
    pub(super) links: &'c [String],
    /// What was made of inputs that are there no more.
    pub(super) orphans: Vec<Entry>,
    pub(super) settings: Hash,
}

/// A job, and whether it has to be done.
pub(super) struct Planned<'c> {
    pub(super) job: &'c Job,
    pub(super) row: Option<&'c Talk>,
    /// What was made of it last.
    pub(super) entry: Option<Entry>,
    pub(super) decided: Result<Decision, Failure>,
}

/// Whether a job has to be done.
pub(super) struct Decision {
    /// Why it has; none where all is as it was.
    pub(super) cause: Option<Cause>,
    /// Outputs that somebody changed since they were made.
    pub(super) edited: Vec<String>,
}

impl Plan<'_> {
    /// What was made once and lies there still, besides what is made now.
    pub(super) fn stale(&self, made: &BTreeSet<&str>) -> Vec<String> {
        let entries = self.jobs.iter().filter_map(|job| job.entry.as_ref());
        let dropped = entries.flat_map(|entry| entry.dropped.keys());
        let orphans = self.orphans.iter();
        let orphans = orphans.flat_map(|entry| entry.outputs.keys().chain(entry.dropped.keys()));
        let stale = orphans
            .chain(dropped)
            .filter(|path| !made.contains(path.as_str()));
        stale.cloned().collect()
    }
}

impl Catalogue {
    /// Lists what there is to do, by the names of files.
    pub(super) fn read(place: &Place) -> Result<Self, Failure> {
        let listing = Listing::below(&place.root, Some(&place.out));
        let found = jobs(listing.paths.iter().map(String::as_str));
        let mut catalogue = Self {
            jobs: found.jobs,
            rows: HashMap::new(),
            asides: found.asides,
            refused: listing.refused,
            links: listing.links,
        };
        if let Some(table) = &place.table {
            let rows = rows(table, &files::read(table)?)?;
            catalogue.choose(rows, place);
        }
        Ok(catalogue)
    }

    /// Leaves the voices of channels out: somebody has said who speaks.
    pub(super) fn drop_voices(&mut self) {
        for job in &mut self.jobs {
            job.voices = None;
        }
    }

    /// Only the talks of a table.
    fn choose(&mut self, rows: Vec<(String, Talk)>, place: &Place) {
        let inputs: BTreeSet<_> = self.jobs.iter().map(|job| job.input.clone()).collect();
        for (path, talk) in rows {
            let aside = self.asides.iter().find(|aside| aside.path == path);
            let message = match aside {
                _ if inputs.contains(&path) => None,
                Some(aside) => Some(format!(
                    "expected a transcript without captions beside it, found {}",
                    aside.captions
                )),
                None => Some("expected a transcript or captions of that name, found none".into()),
            };
            let is_twice = self.rows.contains_key(&path);
            let twice = || "expected each talk once in the table, found it again".to_owned();
            match message.or_else(|| is_twice.then(twice)) {
                None => drop(self.rows.insert(path, talk)),
                Some(message) => {
                    let failure = Failure::of_file(&place.input(&path), message);
                    self.refused.push(failure);
                }
            }
        }
        self.jobs.retain(|job| self.rows.contains_key(&job.input));
        self.asides.clear();
    }

    /// Decides what has to be done. Several jobs are looked at at once.
    ///
    /// # Errors
    /// Where two jobs would get into each other's way.
    pub(super) fn plan<'c>(
        &'c self,
        maker: &Maker<'_>,
        past: &Past,
        settings: Hash,
    ) -> Result<Plan<'c>, Failure> {
        let planned = self.jobs.par_iter().map(|job| {
            let row = self.rows.get(&job.input);
            let entry = past.manifest.entries.get(&job.input);
            let read = maker.ingredients(job, row);
            let decided =
                read.and_then(|read| decide(&read.hashes, entry, settings, maker.place, past));
            Planned {
                job,
                row,
                entry: entry.cloned(),
                decided,
            }
        });
        let mut jobs: Vec<_> = planned.collect();
        refuse(&jobs, maker)?;
        bar(&mut jobs, maker);
        let inputs = self.jobs.iter().map(|job| &*job.input).collect();
        let orphans = match maker.place.table {
            // Whatever is in no row may be in another table's.
            Some(_) => Vec::new(),
            None => orphans(&past.manifest, &inputs).cloned().collect(),
        };
        Ok(Plan {
            jobs,
            asides: &self.asides,
            refused: &self.refused,
            links: &self.links,
            orphans,
            settings,
        })
    }
}

fn decide(
    inputs: &Hashes,
    entry: Option<&Entry>,
    settings: Hash,
    place: &Place,
    past: &Past,
) -> Result<Decision, Failure> {
    let facts = Facts {
        inputs,
        settings,
        tool: TOOL,
    };
    let (mut missing, mut edited, mut unfinished) = (BTreeSet::new(), Vec::new(), None);
    for (path, made) in entry.iter().flat_map(|entry| &entry.outputs) {
        let now = hash_of(&place.output(path))?;
        match State::of(now, Some(*made)) {
            State::Ours => {}
            State::Missing => drop(missing.insert(path.as_str())),
            State::Edited if now.is_some_and(|now| past.has_begun(path, now)) => {
                unfinished = Some(Cause::Unfinished(path.clone()));
            }
            State::Edited => edited.push(path.clone()),
        }
    }
    let cause = cause(facts, entry, |path| !missing.contains(path)).or(unfinished);
    Ok(Decision { cause, edited })
}

/// What all that holds for every job is known by: the words of the command line, what the profiles
/// come to, and the other files that they and the project's settings name.
pub(super) fn settings_of(maker: &Maker<'_>) -> Result<Hash, Failure> {
    let Maker {
        arguments,
        project,
        speaker,
        outputs,
        recipe,
        ..
    } = maker;
    let files = &arguments.files;
    let layout = (files.layout.layouts(), &files.layout.top);
    let voice = &arguments.speaker;
    let mut said = format!(
        "{:?} {:?} {layout:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        outputs.asked(),
        files.lang,
        files.reading.encoding,
        (voice.pace, voice.rate, voice.lead_in, voice.lead_out),
        (arguments.sound.absent, arguments.sound.media_length_only),
        arguments.script.script,
        arguments.also,
        recipe.limits(),
        speaker.file,
        arguments.limits.terms,
    );
    let named = project
        .glossary_files(&arguments.script.glossary)
        .into_iter();
    let named = named.chain(speaker.file.clone());
    let named = named.chain(arguments.limits.terms.clone());
    for path in named.chain(project.path().map(ToOwned::to_owned)) {
        let of_file = hash(&files::read(&path)?);
        // A string takes what is written to it.
        let _ = write!(said, " {of_file}");
    }
    Ok(hash(said.as_bytes()))
}

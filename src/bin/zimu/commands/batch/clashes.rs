//! The jobs of a plan in; out which of them would get into each other's way, and which find something
//! else in theirs.
//!
//! Most names of outputs hang on the language of what is in a file, and are known only when
//! captions are made. So names are asked of those jobs only that may clash by their stems.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use zimu::catalogue::{Collision, blocked, collisions, folded, folders};

use crate::commands::batch::maker::Maker;
use crate::commands::batch::plan::Planned;
use crate::files::name_of;
use crate::report::Failure;

/// Fails where two jobs would write one file, or one a file where another has a folder.
pub(super) fn refuse(jobs: &[Planned<'_>], maker: &Maker<'_>) -> Result<(), Failure> {
    let folders = folders(jobs.iter().map(|planned| planned.job.input.as_str()));
    let mut groups: BTreeMap<String, Vec<&Planned<'_>>> = BTreeMap::new();
    for planned in jobs {
        groups
            .entry(folded(&stem(planned)))
            .or_default()
            .push(planned);
    }
    let is_folder = |stem: &str| {
        let from = folders.range(stem.to_owned()..);
        is_longer(from.map(|(folder, _)| folder.as_str()), stem)
    };
    let groups = groups.into_iter();
    let groups = groups.filter(|(stem, group)| group.len() > 1 || is_folder(stem));
    let groups: Vec<_> = groups.map(|(_, group)| group).collect();
    let outputs = groups.par_iter().flatten_iter();
    let outputs = outputs.flat_map_iter(|planned| written(planned, maker));
    let outputs: Vec<(&str, String)> = outputs.collect();
    let outputs = || {
        outputs
            .iter()
            .map(|(input, output)| (*input, output.as_str()))
    };
    let found = collisions(outputs());
    first(&found, maker, |one, other| {
        format!("expected one input for each output, found {one} and {other}")
    })?;
    let found = blocked(outputs(), &folders);
    first(&found, maker, |one, other| {
        format!(
            "expected a file or a folder of that name, found {one} for the one and {other} for \
             the other"
        )
    })
}

/// Fails with the first of what was found.
fn first(
    found: &[Collision],
    maker: &Maker<'_>,
    told: impl Fn(&str, &str) -> String,
) -> Result<(), Failure> {
    let [Collision { output, inputs }, more @ ..] = found else {
        return Ok(());
    };
    let inputs = inputs
        .each_ref()
        .map(|input| maker.place.input(input).display().to_string());
    let [one, other] = inputs.each_ref().map(String::as_str);
    let mut message = told(one, other);
    if !more.is_empty() {
        say!(message, ", and {} more", more.len());
    }
    Err(Failure::of_file(&maker.place.output(output), message))
}

/// Lets jobs fail that would write where something else lies: a folder where their file is to be,
/// or a file where their folder is to be.
pub(super) fn bar(jobs: &mut [Planned<'_>], maker: &Maker<'_>) {
    let mut known: BTreeMap<String, Lies> = BTreeMap::new();
    for planned in jobs {
        let decided = planned.decided.as_ref();
        if !decided.is_ok_and(|decision| decision.cause.is_some()) {
            continue;
        }
        let folder = planned.job.input.rsplit_once('/');
        let folder = folder.map_or("", |(folder, _)| folder);
        let lies = known
            .entry(folder.to_owned())
            .or_insert_with(|| Lies::of(&maker.place.out, folder));
        let told = |path: &Path, expected| {
            let input = maker.place.input(&planned.job.input);
            let input = input.display();
            let message = format!("{expected} where {input} has its captions");
            Failure::of_file(path, message)
        };
        let failure = match lies {
            Lies::File(file) => Some(told(file, "expected a folder, or none, found a file")),
            Lies::Folders(names) => written_in(planned, names, maker).map(|output| {
                let path = maker.place.output(&output);
                told(&path, "expected a file, or none, found a folder")
            }),
        };
        if let Some(failure) = failure {
            planned.decided = Err(failure);
        }
    }
}

/// The output of a job that has one of some names.
fn written_in(
    planned: &Planned<'_>,
    names: &BTreeSet<String>,
    maker: &Maker<'_>,
) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let name = last(&stem(planned));
    if !is_longer(names.range(name.clone()..).map(String::as_str), &name) {
        return None;
    }
    let mut outputs = written(planned, maker).into_iter();
    let found = outputs.find(|(_, output)| names.contains(&last(output)));
    found.map(|(_, output)| output)
}

/// What lies where a folder of captions is to be.
enum Lies {
    /// A file, there or further up.
    File(PathBuf),
    /// The folder, or nothing: the names of folders in it.
    Folders(BTreeSet<String>),
}

impl Lies {
    fn of(out: &Path, folder: &str) -> Self {
        let path = out.join(folder);
        let up = path.ancestors().take_while(|path| path.starts_with(out));
        let mut files = up.filter(|path| path.is_file());
        if let Some(file) = files.next() {
            return Self::File(file.to_owned());
        }
        // What cannot be listed is told by the job.
        let entries = fs::read_dir(&path).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| {
            let kind = entry.file_type();
            kind.is_ok_and(|kind| kind.is_dir() || kind.is_symlink() && entry.path().is_dir())
        });
        let names = folders.filter_map(|folder| folder.file_name().into_string().ok());
        Self::Folders(names.collect())
    }
}

/// Whether one of some names, which are sorted, is a stem with more behind it, in the same folder.
fn is_longer<'n>(names: impl Iterator<Item = &'n str>, stem: &str) -> bool {
    let mut more = names.map_while(|name| name.strip_prefix(stem));
    more.any(|more| !more.is_empty() && !more.starts_with('/'))
}

/// The folder of a job and its stem, with which all names of its outputs begin.
fn stem(planned: &Planned<'_>) -> String {
    let path = planned.job.input.as_str();
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/{}", name_of(name.as_ref()).stem),
        None => name_of(path.as_ref()).stem,
    }
}

/// The input of a job, and each output that it has or would have. What was made of one folder and
/// one stem is what it was, where nothing changed; else it is made once more, for its names.
fn written<'c>(planned: &Planned<'c>, maker: &Maker<'_>) -> Vec<(&'c str, String)> {
    let job = planned.job;
    let decided = planned.decided.as_ref();
    let is_done = decided.is_ok_and(|decision| decision.cause.is_none());
    let outputs = if let Some(entry) = planned.entry.as_ref().filter(|_| is_done) {
        entry.outputs.keys().cloned().collect()
    } else {
        let read = maker.ingredients(job, planned.row);
        // What cannot be made is told when its turn comes.
        read.and_then(|read| maker.names(job, read))
            .unwrap_or_default()
    };
    let outputs = outputs.into_iter();
    outputs.map(|output| (job.input.as_str(), output)).collect()
}

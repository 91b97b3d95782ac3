//! The file of a baseline: what is known of each input out, and what has changed back in.
//!
//! It is read before the first input and written when all are checked, whole or not at all.

use std::fs;
use std::path::Path;

use zimu::check::{Baseline, Finding, Fingerprint, Rule, Stale, Standing};
use zimu::profile::TomlError;

use crate::args::CheckArguments;
use crate::files::{self, Destination, Existing, STANDARD, folder_of};
use crate::folder::Folder;
use crate::report::{self, Failure, Place};
use crate::settings::{Project, TomlFile};

/// How many stale entries are shown.
const SHOWN: usize = 3;

/// The way out where the file is none.
const WAY_OUT: &str = "mend it, or take the file away: --update-baseline writes it anew";

/// A baseline and the file that it is in.
pub(super) struct BaselineFile {
    file: TomlFile,
    folder: Folder,
    baseline: Baseline,
    task: Task,
}

/// What is done with it besides comparing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    Compare,
    Update,
    Prune,
}

impl BaselineFile {
    /// That of the command line, else that of the settings, if there is one.
    pub(super) fn read(
        project: &Project,
        arguments: &CheckArguments,
    ) -> Result<Option<Self>, Failure> {
        let task = match (arguments.update_baseline, arguments.prune_baseline) {
            (true, _) => Task::Update,
            (false, true) => Task::Prune,
            (false, false) => Task::Compare,
        };
        let Some(path) = project.baseline_file(arguments.baseline.as_deref()) else {
            return match task {
                Task::Compare => Ok(None),
                Task::Update | Task::Prune => Err(Failure::plain(
                    "expected the file of the baseline: --baseline FILE, or `baseline` below \
                     [check] in zimu.toml",
                )),
            };
        };
        let folder = Folder::of(folder_of(&path));
        let (file, baseline) = match (fs::exists(&path), task) {
            (Ok(false), Task::Update) => (TomlFile::empty(path), Baseline::default()),
            (Ok(false), Task::Compare | Task::Prune) => {
                return Err(missing(project, arguments, &path));
            }
            (Ok(true) | Err(_), _) => {
                let file = TomlFile::read(path)?;
                let baseline = Baseline::from_toml(&file.text);
                let baseline = baseline
                    .map_err(|TomlError { message, span }| file.failure(message, span, WAY_OUT))?;
                (file, baseline)
            }
        };
        Ok(Some(Self {
            file,
            folder,
            baseline,
            task,
        }))
    }

    /// Which findings of an input are known. What is about to be, is.
    pub(super) fn compare(
        &mut self,
        input: &Path,
        rules: &[&'static Rule],
        findings: &[Finding],
        prints: &[Fingerprint],
    ) -> Vec<Standing> {
        let name = self.folder.name_of(input);
        let standings = self.baseline.compare(&name, rules, findings, prints);
        match self.task {
            Task::Compare | Task::Prune => standings,
            Task::Update => vec![Standing::Known; findings.len()],
        }
    }

    /// Writes what has changed, or tells people what is stale. Gives how much that is.
    pub(super) fn finish(mut self, arguments: &CheckArguments) -> Result<usize, Failure> {
        let names: Vec<_> = self.baseline.unchecked().map(str::to_owned).collect();
        for name in names {
            if name != STANDARD && !self.folder.has(&name) {
                self.baseline.gone(&name);
            }
        }
        let gone = |stale: Stale<'_>| (stale.known - stale.found) as usize;
        let stale = self.baseline.stale().map(gone).sum();
        let is_told = stale > 0 && !arguments.reading.quiet;
        match self.task {
            Task::Compare if is_told => self.tell_stale(),
            Task::Compare => {}
            Task::Update => self.baseline.update(),
            Task::Prune => self.baseline.prune(),
        }
        if self.task != Task::Compare {
            self.write()?;
            if is_told {
                self.tell_taken_out(stale);
            }
        }
        Ok(stale)
    }

    fn tell_stale(&self) {
        let place = Place {
            path: self.file.path(),
            text: &self.file.text,
        };
        for stale in self.baseline.stale().take(SHOWN) {
            let Stale {
                file,
                rule,
                known,
                found,
                ..
            } = stale;
            let message = format!("{file}: expected {known} of {rule}, found {found}");
            place.note(
                &message,
                stale.place,
                "--prune-baseline takes out what is gone",
            );
        }
        let more = self.baseline.stale().skip(SHOWN).count();
        if more > 0 {
            let path = self.file.path().display();
            report::note(&format!("{path}: {more} more of what is gone"));
        }
    }

    /// Says how much has gone, which nobody sees in what is found.
    fn tell_taken_out(&self, stale: usize) {
        let path = self.file.path().display();
        let findings = if stale == 1 { "finding" } else { "findings" };
        report::note(&format!(
            "{path}: {stale} {findings} taken out that are gone"
        ));
    }

    fn write(&self) -> Result<(), Failure> {
        let toml = self.baseline.to_toml();
        let destination = Destination::File(self.file.path().to_owned());
        let print = |sink: &mut dyn std::io::Write| sink.write_all(toml.as_bytes());
        files::stage(&destination, Existing::Overwrite, print)?
            .commit()
            .map(drop)
    }
}

/// Said at its place where the settings name it.
fn missing(project: &Project, arguments: &CheckArguments, path: &Path) -> Failure {
    let says =
        |at: &str| format!("expected a baseline, found none{at} (--update-baseline writes one)");
    match (&arguments.baseline, &project.settings.check.baseline) {
        (None, Some(set)) => project.fault(set, says(&format!(" at {}", path.display()))),
        (Some(_), _) | (None, None) => Failure::of_file(path, says("")),
    }
}

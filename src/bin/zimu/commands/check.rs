//! `zimu check`: caption files in, what breaks the rules of a profile out, on the standard output.
//!
//! What was wrong with a file itself is told on the standard error, as by every command, and
//! counts for the exit code as there.

use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use zimu::check::{Checking, Finding, Standing, check, fingerprints, speeds};
use zimu::format::names::Languages;
use zimu::model::{LanguageTag, Track};

use crate::args::{CheckArguments, CheckReport, ReadingArguments, Tolerance};
use crate::called::OPTIONS;
use crate::checked::{CheckAccount, CheckedFile, Totals};
use crate::commands::check_baseline::BaselineFile;
use crate::commands::check_fix::{Captions, MendCounts, Mends};
use crate::commands::check_page::{Picture, page};
use crate::commands::check_place::CheckedText;
use crate::commands::check_standards::Standards;
use crate::commands::second::told_apart;
use crate::commands::source::{Source, format_of};
use crate::commands::{Outcome, each_input, print, print_line, tell_all};
use crate::files;
use crate::inputs::Inputs;
use crate::report::{Failure, counted};
use crate::sarif;
use crate::settings::Project;

pub(crate) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let mut run = Run {
        files: Vec::new(),
        pictures: Vec::new(),
        totals: Totals::default(),
        mended: MendCounts::default(),
    };
    let outcome = run.check_all(arguments);
    let failure = outcome.as_ref().err().filter(|_| run.files.is_empty());
    let account = |run: Run| match failure {
        Some(failure) => CheckAccount::failed(failure),
        None => CheckAccount::of(run.files, run.totals),
    };
    match arguments.report {
        Some(CheckReport::Json) => print_json(&account(run))?,
        Some(CheckReport::Sarif) => print_json(&sarif::log(&account(run)))?,
        Some(CheckReport::Html) => {
            print(&page(&run.files, &run.pictures, run.totals, failure)?)?;
        }
        None if outcome.is_ok() && arguments.mend.fix => {
            let (mended, left) = (run.mended.told(arguments), run.total());
            tell(arguments, &format!("{mended}\nleft: {left}\n"))?;
        }
        None if outcome.is_ok() => print_line(&run.total())?,
        None => {}
    }
    outcome
}

/// Tells people something where nothing else is printed.
fn tell(arguments: &CheckArguments, what: &str) -> Result<(), Failure> {
    if arguments.prints_captions() {
        anstream::eprint!("{what}");
        return Ok(());
    }
    print(what)
}

/// Prints as it goes: of a catalogue it is long.
fn print_json(report: &impl Serialize) -> Result<(), Failure> {
    let print = |sink: &mut dyn Write| {
        let mut sink = BufWriter::new(sink);
        serde_json::to_writer_pretty(&mut sink, report)?;
        writeln!(sink)?;
        sink.flush()
    };
    files::print_standard(print).map(drop)
}

/// What all inputs come to.
struct Run {
    files: Vec<CheckedFile>,
    /// Of each, where a page is asked for and it could be checked.
    pictures: Vec<Option<Picture>>,
    totals: Totals,
    mended: MendCounts,
}

/// What every input is checked by.
pub(super) struct Checker<'a> {
    pub(super) arguments: &'a CheckArguments,
    project: &'a Project,
    standards: Standards,
    baseline: Option<BaselineFile>,
}

impl Run {
    fn check_all(&mut self, arguments: &CheckArguments) -> Result<Outcome, Failure> {
        if arguments.prints_captions() && !arguments.mend.dry_run && arguments.report.is_some() {
            return Err(Failure::plain(
                "expected a file for --fix with --report, found \"-\": both are for the standard output",
            ));
        }
        let project = Project::nearest()?;
        let asked = arguments.profile.as_deref();
        let mut checker = Checker {
            arguments,
            project: &project,
            standards: Standards::read(&project, asked)?.asked(arguments),
            baseline: BaselineFile::read(&project, arguments)?,
        };
        let inputs = Inputs::below_folders(&arguments.inputs, &arguments.reading)?;
        let outcome = each_input(&inputs.files, &arguments.reading, |input| {
            let mut account = CheckedFile::of(input);
            let mut picture = None;
            let outcome = checker.check(input, &mut account, &mut picture, self);
            if let Err(failure) = &outcome {
                account.failed(failure);
            }
            self.files.push(account);
            self.pictures.push(picture);
            outcome
        })?;
        if let Some(baseline) = checker.baseline {
            self.totals.stale = baseline.finish(arguments)?;
        }
        Ok(outcome)
    }

    fn total(&self) -> String {
        let Totals {
            errors,
            warnings,
            notes,
            known,
            stale: _,
        } = self.totals;
        let files = counted(self.files.len(), "file");
        let known = match known {
            0 => String::new(),
            known => format!(", {known} known"),
        };
        if errors + warnings + notes == 0 {
            return format!("nothing found in {files}{known}");
        }
        let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
        let notes = counted(notes, "note");
        format!("{errors}, {warnings} and {notes} in {files}{known}")
    }
}

impl Checker<'_> {
    fn check(
        &mut self,
        input: &Path,
        account: &mut CheckedFile,
        picture: &mut Option<Picture>,
        run: &mut Run,
    ) -> Result<Outcome, Failure> {
        let reading_arguments = &self.arguments.reading;
        let bytes = files::read(input)?;
        let original = self.arguments.mend.fix.then(|| bytes.clone());
        let source = Source::decode(input, bytes, reading_arguments)?;
        let format = format_of(&source, None, reading_arguments)?;
        let (mut reading, places) = format
            .read_with_places(&source.text)
            .ok_or_else(|| Failure::of_file(input, "expected captions in a format that is read"))?;
        source.report(&reading.diagnostics, reading_arguments);
        account.reading(&source.text, &reading.diagnostics);
        let outcome = Outcome::of(&reading.diagnostics);
        if reading.track.cues().is_empty() && outcome == Outcome::Faulty {
            return Err(Failure::of_file(
                input,
                "expected captions, found none that could be read",
            ));
        }
        self.name_languages(&mut reading.track, &source, reading_arguments);
        let standard = self.standards.of(input);
        let checking = Checking {
            profile: standard.profile,
            second: standard.second,
            rate: standard.rate,
            step_ms: format.step_ms,
            rules: standard.rules,
        };
        let mut captions = Captions {
            source,
            format,
            track: reading.track,
            places,
            outcome,
        };
        let mended = original.map(|bytes| {
            let counts = &mut run.mended;
            self.fix(&mut captions, &bytes, &checking, account, counts)
        });
        let mended = mended.transpose()?;
        let track = &captions.track;
        let findings = match &mended {
            Some(mended) => mended.findings.clone(),
            None => check(track, &checking),
        };
        account.checked(&checking.profile.name, &checking.rules, track.cues().len());
        let prints = fingerprints(track, &findings);
        let standings = match &mut self.baseline {
            Some(baseline) => baseline.compare(input, &checking.rules, &findings, &prints),
            None => vec![Standing::New; findings.len()],
        };
        let found: Vec<_> = findings.iter().zip(standings).collect();
        let path = input.display().to_string();
        let text = CheckedText::of(path, &captions.source.text, track, &captions.places.times);
        for &(finding, standing) in &found {
            run.totals.count(finding, standing);
        }
        let would_change = |mended: &Mends| self.arguments.mend.dry_run && mended.is_changed;
        let outcome = match &mended {
            Some(mended) if would_change(mended) => captions.outcome.max(Outcome::Different),
            Some(_) | None => captions.outcome,
        };
        let outcome = outcome.max(outcome_of(&found, standard.tolerance));
        let why = |finding| mended.as_ref().and_then(|mended| mended.why(finding));
        let new = || {
            let new = found
                .iter()
                .filter(|(_, standing)| *standing == Standing::New);
            new.map(|&(finding, _)| finding)
        };
        match self.arguments.report {
            Some(CheckReport::Json | CheckReport::Sarif) => {
                for (&(finding, standing), fingerprint) in found.iter().zip(prints) {
                    let place = text.place(finding);
                    let found = (place, fingerprint, standing);
                    account.found(track, finding, found, why(finding));
                }
            }
            Some(CheckReport::Html) => {
                let place = |found| text.place(found).map(|place| (place.line, place.column));
                let places = new().map(place).collect();
                let findings = new().copied().collect();
                let max_cps = [Some(checking.profile), checking.second];
                *picture = Some(Picture {
                    places,
                    speeds: speeds(track, &checking).collect(),
                    max_cps: max_cps.map(|profile| profile.and_then(|profile| profile.max_cps)),
                    track: std::mem::take(&mut captions.track),
                    findings,
                });
            }
            None if self.arguments.mend.dry_run => {}
            None => {
                for finding in new() {
                    let told = text.told(finding, why(finding));
                    tell(self.arguments, &format!("{told}\n\n"))?;
                }
            }
        }
        Ok(outcome)
    }

    /// Which language each line is in.
    pub(super) fn name_languages(
        &self,
        track: &mut Track,
        source: &Source,
        reading: &ReadingArguments,
    ) {
        let named = source.languages(self.arguments.lang.as_ref(), self.project);
        let mut notes = Vec::new();
        let languages = told_apart(track, named, None, &OPTIONS, &mut notes);
        tell_all(&source.path, &notes, reading);
        let first = languages.as_ref().map(Languages::first);
        track.name_language(first.unwrap_or(&LanguageTag::UND));
    }
}

/// That of the worst finding that is not known.
fn outcome_of(found: &[(&Finding, Standing)], tolerance: Tolerance) -> Outcome {
    let new = found
        .iter()
        .filter(|(_, standing)| *standing == Standing::New);
    let worst = new.map(|(finding, _)| finding.rule.severity).max();
    if tolerance.lets_pass(worst) {
        Outcome::Clean
    } else {
        Outcome::Faulty
    }
}

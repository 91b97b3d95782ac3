//! What each command does, and what they have in common: several inputs, one exit code.

/// Adds to what is said. A string takes all that is written to it.
macro_rules! say {
    ($said:expr, $($words:tt)*) => {{
        let _ = $said.write_fmt(format_args!($($words)*));
    }};
}

mod anchors;
mod batch;
mod calibrate;
mod caption;
mod check;
mod check_baseline;
mod check_fix;
mod check_page;
mod check_place;
mod check_standards;
mod convert;
mod converting;
mod diff;
mod diff_account;
mod diff_page;
mod diff_text;
mod explain;
mod explain_timing;
mod formats;
mod heard;
mod layout;
mod listing;
mod making;
mod patched;
mod pipe;
mod printing;
mod profiles;
mod retime;
mod retime_moves;
mod retime_voice;
mod rules;
mod scripts;
mod second;
mod settings;
mod sheet;
mod sheet_apply;
mod sheet_past;
mod source;
mod summary;
mod unified;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};
use zimu::format::names::Languages;
use zimu::format::{Feature, Format, lower};
use zimu::model::{Diagnostic, Severity, Track};
use zimu::text::decode::decode;

use crate::account::{Account, FileAccount};
use crate::args::{Arguments, Command, FileArguments, ReadingArguments, Report, ReportArguments};
use crate::called::OPTIONS;
use crate::commands::layout::laid_out;
use crate::commands::scripts::{Version, languages};
use crate::commands::source::Source;
use crate::files::{self, Destination, Existing};
use crate::outputs::{Claims, Files, Outputs};
use crate::report::{self, Failure, Strictness};
use crate::stopped::{INTERRUPTED, whole};

/// How a command that could run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Clean,
    /// Nothing was faulty, but something was mended.
    Repaired,
    /// Two that were to be the same are not.
    Different,
    Faulty,
    /// Somebody stopped it: what was done is whole, and the rest is still to be done.
    Interrupted,
}

impl Outcome {
    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Self::Clean | Self::Repaired => ExitCode::SUCCESS,
            Self::Different | Self::Faulty => ExitCode::from(1),
            Self::Interrupted => ExitCode::from(INTERRUPTED),
        }
    }

    fn of(diagnostics: &[Diagnostic]) -> Self {
        match diagnostics.iter().map(Diagnostic::severity).max() {
            Some(Severity::Fault) => Self::Faulty,
            Some(Severity::Repair) => Self::Repaired,
            Some(Severity::Note) | None => Self::Clean,
        }
    }

    const fn strictly(self, strictness: Strictness) -> Self {
        match (self, strictness) {
            (Self::Repaired, Strictness::FaultsAndRepairs) => Self::Faulty,
            (outcome, _) => outcome,
        }
    }
}

/// Runs a command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Caption(arguments) => caption::run(arguments),
        Command::Batch(arguments) => batch::run(arguments),
        Command::Convert(arguments) => convert::run(arguments),
        Command::Retime(arguments) => retime::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Sheet(arguments) => sheet::run(arguments),
        Command::Anchors(arguments) => anchors::run(arguments),
        Command::Calibrate(arguments) => calibrate::run(arguments),
        Command::Pipe(arguments) => pipe::run(arguments),
        Command::Formats => formats::run(),
        Command::Profiles(arguments) => profiles::run(arguments),
        Command::Rules(arguments) => rules::run(arguments),
        Command::Settings(arguments) => settings::run(arguments),
    }
}

/// Does `work`, and writes an account of it where one is asked for.
fn reported(
    told: &ReportArguments<Report>,
    existing: Existing,
    work: impl FnOnce(&mut Vec<FileAccount>) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let mut files = Vec::new();
    let outcome = work(&mut files);
    let Some(Report::Json) = told.report else {
        return outcome;
    };
    let account = match &outcome {
        Err(failure) if files.is_empty() => Account::failed(failure),
        _ => Account::of(files),
    };
    let _whole = whole();
    if let Err(unwritten) = account.write(&Destination::of(&told.report_file), existing) {
        // What was written is written all the same.
        report::failure(&unwritten);
        return outcome.map(|_| Outcome::Faulty);
    }
    outcome
}

/// Does `work` for each input. One input that cannot be run is a failure; of several the
/// others go on, and it is a failure only where none could.
fn each_input(
    inputs: &[PathBuf],
    arguments: &ReadingArguments,
    mut work: impl FnMut(&Path) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    if let [input] = inputs {
        return work(input).map(|outcome| outcome.strictly(strictness(arguments)));
    }
    let progress = progress(
        inputs.len(),
        "{bar:30} {pos}/{len} {eta} {wide_msg}",
        arguments,
    );
    let mut worst = Outcome::Clean;
    let mut failures = Vec::new();
    for input in inputs {
        progress.set_message(input.display().to_string());
        match progress.suspend(|| work(input)) {
            Ok(outcome) => worst = worst.max(outcome),
            Err(failure) => failures.push(failure),
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    let all_failed = failures.len() == inputs.len();
    let last = failures.pop();
    for failure in &failures {
        report::failure(failure);
    }
    match last {
        Some(last) if all_failed => Err(last),
        Some(last) => {
            report::failure(&last);
            Ok(Outcome::Faulty)
        }
        None => Ok(worst.strictly(strictness(arguments))),
    }
}

/// Claims the outputs of inputs that might have one between them, so that it is refused
/// before anything is written. `named` is what their names will say. Only these are read twice,
/// and what cannot be read is told when its turn comes.
fn claim_namesakes(
    arguments: &FileArguments,
    outputs: &Outputs<'_>,
    claims: &mut Claims,
    named: impl Fn(&Source) -> Vec<Option<Languages>>,
) -> Result<(), Failure> {
    for input in claims.namesakes(outputs) {
        // A pipe can be read once only.
        let bytes = input.is_file().then(|| files::read(input).ok()).flatten();
        let Some(bytes) = bytes else { continue };
        let Ok(decoded) = decode(bytes, arguments.reading.encoding) else {
            continue;
        };
        let source = Source::of(input, decoded);
        for (_, destination) in outputs.files(input, &named(&source)).iter().flatten() {
            claims.claim(input, destination)?;
        }
    }
    Ok(())
}

const fn strictness(arguments: &ReadingArguments) -> Strictness {
    if arguments.strict {
        Strictness::FaultsAndRepairs
    } else {
        Strictness::Faults
    }
}

/// A bar on a terminal; nothing in a pipe, or where nothing is to be said.
fn progress(inputs: usize, template: &str, arguments: &ReadingArguments) -> ProgressBar {
    if arguments.quiet || inputs == 0 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::new(inputs as u64);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Where the captions of one input go, in how many forms.
struct Sink<'a> {
    arguments: &'a FileArguments,
    outputs: &'a Outputs<'a>,
    claims: &'a mut Claims,
}

impl Sink<'_> {
    /// Writes each version in every layout and format that was asked for, or nothing at all: all
    /// files are whole before the first has its name. Gives the names, for the summary.
    fn write(&mut self, input: &Path, versions: Vec<Version>) -> Result<Vec<String>, Failure> {
        let mut notes = Vec::new();
        let versions = laid_out(
            input,
            versions,
            &self.arguments.layout,
            &OPTIONS,
            &mut notes,
        )?;
        tell_all(input, &notes, &self.arguments.reading);
        let files = self.outputs.files(input, &languages(&versions));
        self.claim(input, &files)?;
        let _whole = whole();
        let mut staged = Vec::with_capacity(files.len());
        let mut losses = Vec::new();
        for (Version { mut track, .. }, files) in versions.into_iter().zip(&files) {
            for (left, (format, destination)) in (0..files.len()).rev().zip(files) {
                // The last form may have the track itself.
                let mut lowered = if left == 0 {
                    std::mem::take(&mut track)
                } else {
                    track.clone()
                };
                let told = losses.len();
                note_losses(&mut lowered, format, &mut losses);
                tell_all(input, &losses[told..], &self.arguments.reading);
                let existing = Existing::asked(self.arguments.overwrite);
                let written =
                    files::stage(destination, existing, |sink| format.write(&lowered, sink))?;
                staged.push((written, destination));
            }
        }
        let committed = staged.into_iter().map(|(staged, destination)| {
            let written = staged.commit()?;
            Ok(destination.told(written))
        });
        committed.collect()
    }

    /// Claims the files of all versions, and makes their folders.
    fn claim(&mut self, input: &Path, files: &[Files]) -> Result<(), Failure> {
        self.outputs.check_files_of_one(files.len())?;
        let mut seen = HashSet::new();
        for (_, destination) in files.iter().flatten() {
            self.claims.claim(input, destination)?;
            if let Some(path) = destination.file().filter(|path| !seen.insert(*path)) {
                return Err(Failure::of_file(
                    path,
                    "expected a name for each language and script, found this one for two (of an \
                     --also that the captions are in already, or of a --name-style that does not \
                     tell them apart)",
                ));
            }
        }
        for (_, destination) in files.iter().flatten() {
            self.outputs.make_folder(destination)?;
        }
        Ok(())
    }
}

/// Makes the track fit the format, and says what it lost.
fn fitted(input: &Path, track: &mut Track, format: &'static Format, arguments: &ReadingArguments) {
    let mut losses = Vec::new();
    note_losses(track, format, &mut losses);
    tell_all(input, &losses, arguments);
}

fn tell_all(input: &Path, notes: &[String], arguments: &ReadingArguments) {
    for note in notes {
        tell(input, note, arguments);
    }
}

fn tell(input: &Path, note: &str, arguments: &ReadingArguments) {
    if !arguments.quiet {
        report::note(&format!("{}: {note}", input.display()));
    }
}

/// Makes the track fit the format, and notes what it lost: one version of captions loses what the
/// other does, and it is noted once. The names of cues are not missed by anybody who did not give
/// them.
fn note_losses(track: &mut Track, format: &'static Format, notes: &mut Vec<String>) {
    let losses = lower(track, format).into_iter();
    for loss in losses.filter(|loss| loss.feature != Feature::Ids) {
        let note = loss.to_string();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

/// A track as a file of the format has it, all in memory.
fn printed(
    track: &Track,
    format: &'static Format,
    notes: &mut Vec<String>,
) -> std::io::Result<Vec<u8>> {
    let mut lowered = track.clone();
    note_losses(&mut lowered, format, notes);
    let mut bytes = Vec::with_capacity(lowered.text_bytes() + 64 * lowered.cues().len());
    format.write(&lowered, &mut bytes)?;
    Ok(bytes)
}

/// Prints the JSON schema of a file.
fn print_schema(schema: &schemars::Schema) -> Result<(), Failure> {
    let schema = serde_json::to_string_pretty(schema);
    print_line(&schema.map_err(|error| Failure::plain(error.to_string()))?)
}

/// Prints a text to the standard output.
fn print(text: &str) -> Result<(), Failure> {
    files::print_standard(|sink| sink.write_all(text.as_bytes())).map(drop)
}

/// Prints a text with colours where somebody sees them.
fn print_styled(text: &str) -> Result<(), Failure> {
    match AutoStream::choice(&std::io::stdout()) {
        ColorChoice::Never => print(&strip_str(text).to_string()),
        ColorChoice::Auto | ColorChoice::AlwaysAnsi | ColorChoice::Always => print(text),
    }
}

/// Prints a line to the standard output.
fn print_line(line: &str) -> Result<(), Failure> {
    files::print_standard(|sink| writeln!(sink, "{line}")).map(drop)
}

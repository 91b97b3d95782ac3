//! What a batch came to, in; the JSON document or the table of it, where it was asked for.
//!
//! A report of the last run gives way to that of this one: nobody mends a report by hand, and
//! `--overwrite` would let go of captions that somebody did mend.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use serde::Serialize;

use crate::args::{BatchArguments, BatchReport};
use crate::commands::batch::account::{Action, BatchAccount, TalkAccount};
use crate::files::{self, Destination, Existing};
use crate::report::Failure;

/// How every report begins, in each form.
const HEADS: [&[u8]; 2] = [
    b"{\n  \"format\": \"zimu-batch\",",
    b"input,action,cause,error,outputs,",
];

/// Fails where the report could not be written, before anything is done.
pub(super) fn expect_room(arguments: &BatchArguments) -> Result<(), Failure> {
    match Destination::of(&arguments.told.report_file).file() {
        Some(path) if path.is_file() && existing(path, arguments) == Existing::Keep => {
            Err(Failure::of_file(
                path,
                "expected no file, or a report of a batch; it holds something else and was kept \
                 (--report-file names another)",
            ))
        }
        _ => Ok(()),
    }
}

fn existing(path: &Path, arguments: &BatchArguments) -> Existing {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    let is_report = read.is_ok() && HEADS.iter().any(|known| head.starts_with(known));
    Existing::asked(arguments.files.overwrite || is_report)
}

impl BatchAccount {
    /// Writes it where it was asked for.
    pub(super) fn write(
        &self,
        form: BatchReport,
        arguments: &BatchArguments,
    ) -> Result<(), Failure> {
        let destination = Destination::of(&arguments.told.report_file);
        let existing = match destination.file() {
            Some(path) if path.is_file() => existing(path, arguments),
            _ => Existing::Keep,
        };
        let staged = files::stage(&destination, existing, |sink| {
            // Each word of it would be a write of its own.
            let mut sink = BufWriter::new(sink);
            match form {
                BatchReport::Json => {
                    serde_json::to_writer_pretty(&mut sink, self)?;
                    writeln!(sink)?;
                }
                BatchReport::Csv => self.write_rows(&mut sink)?,
            }
            sink.flush()
        });
        staged?.commit().map(drop)
    }

    fn write_rows(&self, sink: &mut dyn Write) -> io::Result<()> {
        let mut rows = csv::Writer::from_writer(sink);
        for talk in &self.talks {
            rows.serialize(Row::of(talk)).map_err(io::Error::other)?;
        }
        rows.flush()
    }
}

/// A talk in a table.
#[derive(Serialize)]
struct Row<'t> {
    input: &'t str,
    action: Action,
    cause: Option<&'t str>,
    error: Option<&'t str>,
    outputs: String,
    edited: String,
    cues: Option<usize>,
    end_ms: Option<u32>,
    faults: usize,
    repairs: usize,
    lines_placed: Option<usize>,
    lines_not_heard: Option<usize>,
    lines_doubtful: Option<usize>,
    lint_errors: Option<usize>,
    lint_warnings: Option<usize>,
    lint_notes: Option<usize>,
    took_us: Option<u64>,
}

impl<'t> Row<'t> {
    fn of(talk: &'t TalkAccount) -> Self {
        let outputs: Vec<_> = talk.outputs.iter().map(|output| &*output.path).collect();
        Self {
            input: &talk.input,
            action: talk.action,
            cause: talk.cause.as_deref(),
            error: talk.error.as_deref(),
            outputs: outputs.join(";"),
            edited: talk.edited.join(";"),
            cues: talk.cues,
            end_ms: talk.end_ms,
            faults: talk.faults,
            repairs: talk.repairs,
            lines_placed: talk.lines.map(|lines| lines.placed),
            lines_not_heard: talk.lines.map(|lines| lines.not_heard),
            lines_doubtful: talk.lines.map(|lines| lines.doubtful),
            lint_errors: talk.lint.map(|lint| lint.errors),
            lint_warnings: talk.lint.map(|lint| lint.warnings),
            lint_notes: talk.lint.map(|lint| lint.notes),
            took_us: talk.took_us,
        }
    }
}

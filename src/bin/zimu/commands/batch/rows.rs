//! What became of each talk in, a table for a spreadsheet out: a row a talk, with its heads.

use std::io;

use serde::Serialize;

use crate::commands::batch::account::{Action, TalkAccount};

/// Prints the table.
pub(super) fn write_rows(talks: &[TalkAccount], sink: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(sink);
    for talk in talks {
        rows.serialize(Row::of(talk)).map_err(io::Error::other)?;
    }
    rows.flush()
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
            lint_errors: talk.lint.map(|lint| lint.errors),
            lint_warnings: talk.lint.map(|lint| lint.warnings),
            lint_notes: talk.lint.map(|lint| lint.notes),
            took_us: talk.took_us,
        }
    }
}

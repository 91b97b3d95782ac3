//! What a run came to, for programs: one JSON document, of one schema, whether it went well or not.
//!
//! The schema is published as `docs/report.schema.json`; a test holds it to be this one.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use zimu::model::{Diagnostic, Severity, Timestamp};
use zimu::text::lines::Lines;

use crate::files::{self, Destination, Existing};
use crate::report::{Failure, column};

/// What a run came to.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Account {
    /// Always `zimu-report`.
    format: &'static str,
    /// 1. It rises when a field changes its meaning or goes.
    version: u32,
    /// Why nothing could be run, if nothing could.
    error: Option<String>,
    /// Each input, in the order that they were given in.
    files: Vec<FileAccount>,
}

/// What an input came to.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FileAccount {
    /// Its path as it was given; `-` is the standard input.
    input: String,
    /// Why it could not be run, if it could not.
    error: Option<String>,
    /// What was written.
    outputs: Vec<String>,
    /// How many captions were made.
    cues: Option<usize>,
    /// When the last of them ends, in milliseconds.
    end_ms: Option<u32>,
    /// How sure their times are.
    pub(crate) timing: Option<TimingAccount>,
    /// What was found in the input, by place.
    findings: Vec<FindingAccount>,
}

/// How sure times are.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TimingAccount {
    /// What they rest on besides the text.
    pub(crate) known: Vec<Ground>,
    /// The file of the voice that speaks, if it was learned.
    pub(crate) voice: Option<String>,
    /// Where each line was heard, in the order of the transcript, where somebody listened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lines: Option<Vec<LineAccount>>,
    /// How far off the whole may be, in percent, where neither its length nor any time is known.
    pub(crate) error_percent: Option<u32>,
    /// How far off half of the starts are at most, in milliseconds, where two times are known.
    pub(crate) error_ms: Option<u32>,
    /// Where one more known time would help most, in milliseconds.
    pub(crate) would_help_ms: Option<u32>,
}

impl TimingAccount {
    /// Of what was heard and nothing else.
    pub(crate) fn heard(lines: Vec<LineAccount>) -> Self {
        Self {
            known: vec![Ground::Sound],
            voice: None,
            lines: Some(lines),
            error_percent: None,
            error_ms: None,
            would_help_ms: None,
        }
    }
}

/// Where a line was heard.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct LineAccount {
    /// Its line in the transcript, from 1; of captions the place of the cue among them.
    pub(crate) line: u32,
    /// When its first syllable begins, in milliseconds; none where it has no time.
    pub(crate) start_ms: Option<u32>,
    /// When its last one ends.
    pub(crate) end_ms: Option<u32>,
    /// What says so; none where nothing does.
    pub(crate) method: Option<Method>,
    /// Of so many in a thousand of such lines the start is right within 0.5 s; none where it was not
    /// heard.
    pub(crate) confidence_permille: Option<u16>,
    /// Whether that are few.
    pub(crate) is_doubtful: bool,
}

/// What says when a line is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Method {
    /// It was heard there.
    Voice,
    /// The transcript gives its start.
    Anchor,
    /// It was not heard, and has a share of the time between its neighbours.
    Estimate,
}

impl LineAccount {
    /// Without a time.
    pub(crate) const fn of(line: u32) -> Self {
        Self {
            line,
            start_ms: None,
            end_ms: None,
            method: None,
            confidence_permille: None,
            is_doubtful: false,
        }
    }

    /// Whether it is known where it is.
    pub(crate) const fn is_placed(&self) -> bool {
        matches!(self.method, Some(Method::Voice | Method::Anchor))
    }
}

/// How many lines were found in a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct LineCounts {
    /// Those that were.
    pub(crate) placed: usize,
    /// Those that were not.
    pub(crate) not_heard: usize,
    /// Those placed that may be elsewhere.
    pub(crate) doubtful: usize,
}

impl LineCounts {
    pub(crate) fn of(lines: &[LineAccount]) -> Self {
        let placed = lines.iter().filter(|line| line.is_placed()).count();
        Self {
            placed,
            not_heard: lines.len() - placed,
            doubtful: lines.iter().filter(|line| line.is_doubtful).count(),
        }
    }

    /// Both together.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self {
            placed: self.placed + other.placed,
            not_heard: self.not_heard + other.not_heard,
            doubtful: self.doubtful + other.doubtful,
        }
    }
}

impl fmt::Display for LineCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            placed,
            not_heard,
            doubtful,
        } = self;
        write!(
            f,
            "{placed} lines placed, {not_heard} not heard, {doubtful} doubtful"
        )
    }
}

/// Something known of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ground {
    /// How long the recording is.
    Duration,
    /// Times in the transcript.
    Anchors,
    /// The sound of the recording.
    Sound,
}

/// Something that was found.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FindingAccount {
    /// Its kind: `anchor-falls`.
    pub(crate) id: &'static str,
    /// `note`, `repair` or `fault`.
    pub(crate) severity: &'static str,
    /// Its line, from 1; none where it is about the whole.
    pub(crate) line: Option<usize>,
    /// Its column in characters, from 1.
    column: Option<usize>,
    /// What was expected and what was found.
    pub(crate) message: String,
    /// The way out, or what was done about it.
    help: &'static str,
}

impl Account {
    pub(crate) const fn of(files: Vec<FileAccount>) -> Self {
        Self {
            format: "zimu-report",
            version: 1,
            error: None,
            files,
        }
    }

    /// Of a run that ended before its first input.
    pub(crate) fn failed(failure: &Failure) -> Self {
        Self {
            error: Some(failure.message().to_owned()),
            ..Self::of(Vec::new())
        }
    }

    /// Writes it. It replaces no file but an older report: not one that was read, and no captions.
    pub(crate) fn write(
        &self,
        destination: &Destination,
        existing: Existing,
    ) -> Result<(), Failure> {
        if let Some(path) = destination.file().filter(|path| holds_something_else(path)) {
            return Err(Failure::of_file(
                path,
                "expected no file for the report, or an older report; it holds something else \
                 and was kept (name another one)",
            ));
        }
        let staged = files::stage(destination, existing, |sink| {
            serde_json::to_writer_pretty(&mut *sink, self)?;
            writeln!(sink)
        });
        staged?.commit().map(drop)
    }
}

/// How the text of a report begins.
const BEGINNING: &str = "{\n  \"format\": \"zimu-report\"";

/// Whether there is a file that is no report. What cannot be read is told where it is written.
fn holds_something_else(path: &Path) -> bool {
    let mut beginning = Vec::with_capacity(BEGINNING.len());
    let read = File::open(path).and_then(|file| {
        file.take(BEGINNING.len() as u64)
            .read_to_end(&mut beginning)
    });
    path.is_file() && read.is_ok() && beginning != BEGINNING.as_bytes()
}

impl FileAccount {
    pub(crate) fn of(input: &Path) -> Self {
        Self {
            input: input.display().to_string(),
            ..Self::default()
        }
    }

    pub(crate) fn failed(&mut self, failure: &Failure) {
        self.error = Some(failure.message().to_owned());
    }

    pub(crate) fn written(&mut self, outputs: &[String], cues: usize, end: Timestamp) {
        self.outputs = outputs.to_vec();
        self.cues = Some(cues);
        self.end_ms = Some(end.millis());
    }

    /// Adds what was found in `text`.
    pub(crate) fn found(&mut self, text: &str, diagnostics: &[Diagnostic]) {
        self.findings.extend(FindingAccount::all(text, diagnostics));
    }
}

impl FindingAccount {
    pub(crate) fn is_fault(&self) -> bool {
        self.severity == "fault"
    }

    /// Its line and column.
    pub(crate) fn place(&self) -> Option<(usize, usize)> {
        self.line.zip(self.column)
    }

    /// What was found in `text`.
    pub(crate) fn all<'d>(
        text: &'d str,
        diagnostics: &'d [Diagnostic],
    ) -> impl Iterator<Item = Self> + 'd {
        // Most files have nothing wrong in them.
        let lines: Vec<_> = match diagnostics {
            [] => Vec::new(),
            [..] => Lines::new(text).collect(),
        };
        diagnostics.iter().map(move |diagnostic| {
            let place = diagnostic.place().map(|span| {
                let behind = lines.partition_point(|line| line.start() <= span.start());
                let at = behind.saturating_sub(1);
                let line = lines.get(at).copied().unwrap_or_default();
                (at + 1, column(text, line, span))
            });
            FindingAccount {
                id: diagnostic.kind.id,
                severity: match diagnostic.severity() {
                    Severity::Note => "note",
                    Severity::Repair => "repair",
                    Severity::Fault => "fault",
                },
                line: place.map(|(line, _)| line),
                column: place.map(|(_, column)| column),
                message: diagnostic.to_string(),
                help: diagnostic.kind.way_out,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_this_one() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Account));
        let published = include_str!("../../../docs/report.schema.json");
        assert_eq!(schema.expect("JSON") + "\n", published);
    }
}

//! What a check came to, for programs: one JSON document, of one schema.
//!
//! The schema is published as `docs/check.schema.json`; a test holds it to be this one.

use std::ops::AddAssign;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use zimu::check::{Finding, Measured, Severity};
use zimu::model::{Diagnostic, Track};

use crate::account::FindingAccount;
use crate::report::Failure;

/// What a check came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Check")]
pub(crate) struct CheckAccount {
    /// Always `zimu-check`.
    format: &'static str,
    /// 1. It rises when a field changes its meaning or goes.
    version: u32,
    /// Why nothing could be checked, if nothing could.
    error: Option<String>,
    /// Each input, in the order that they were given in.
    files: Vec<CheckedFile>,
    /// How many findings there are in all files.
    totals: Totals,
}

/// Findings by how bad they are.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Totals {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, more: Self) {
        self.errors += more.errors;
        self.warnings += more.warnings;
        self.notes += more.notes;
    }
}

impl Totals {
    pub(crate) fn count(&mut self, findings: &[Finding]) {
        for finding in findings {
            let count = match finding.rule.severity {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Note => &mut self.notes,
            };
            *count += 1;
        }
    }
}

/// What an input came to.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CheckedFile {
    /// Its path as it was given; `-` is the standard input.
    input: String,
    /// Why it could not be checked, if it could not.
    error: Option<String>,
    /// The profile that it was checked by.
    profile: Option<String>,
    /// How many captions it has.
    cues: Option<usize>,
    /// What was wrong with the file itself, by place.
    reading: Vec<FindingAccount>,
    /// What rules have found, by cue.
    findings: Vec<RuleFinding>,
}

/// What a rule has found.
#[derive(Debug, Serialize, JsonSchema)]
struct RuleFinding {
    /// The rule's id: `reading-speed`.
    rule: &'static str,
    /// `note`, `warning` or `error`.
    severity: &'static str,
    /// Which cue, from 1, in the order of their starts.
    cue: usize,
    /// What the cue is called.
    id: String,
    /// When it is shown, in milliseconds.
    start_ms: u32,
    /// When it is gone, in milliseconds.
    end_ms: u32,
    /// Which line of the cue, from 1; none where it is about the cue.
    cue_line: Option<usize>,
    /// The text of that line, or of the cue, its lines parted by line ends.
    text: String,
    /// What of the line, where it is about a part of it.
    part: Option<String>,
    /// Its line in the file, from 1; none where the format tells no place.
    line: Option<usize>,
    /// Its column in the file, in characters, from 1.
    column: Option<usize>,
    /// What was measured.
    found: Option<u32>,
    /// The most or the least that is allowed, in the same unit.
    limit: Option<u32>,
    /// What both are counted in: `ms`, `frames`, `half-cells`, `lines` or
    /// `thousandths-of-characters-per-second`.
    unit: Option<&'static str>,
    /// What was expected and what was found.
    message: String,
    /// How to mend it.
    help: &'static str,
}

impl CheckAccount {
    pub(crate) const fn of(files: Vec<CheckedFile>, totals: Totals) -> Self {
        Self {
            format: "zimu-check",
            version: 1,
            error: None,
            files,
            totals,
        }
    }

    /// Of a run that ended before its first input.
    pub(crate) fn failed(failure: &Failure) -> Self {
        Self {
            error: Some(failure.message().to_owned()),
            ..Self::of(Vec::new(), Totals::default())
        }
    }
}

impl CheckedFile {
    pub(crate) fn of(input: &Path) -> Self {
        Self {
            input: input.display().to_string(),
            ..Self::default()
        }
    }

    pub(crate) fn failed(&mut self, failure: &Failure) {
        self.error = Some(failure.message().to_owned());
    }

    /// Adds what was found in `text` when it was read.
    pub(crate) fn reading(&mut self, text: &str, diagnostics: &[Diagnostic]) {
        self.reading.extend(FindingAccount::all(text, diagnostics));
    }

    /// By which profile so many cues were checked.
    pub(crate) fn checked(&mut self, profile: &str, cues: usize) {
        self.profile = Some(profile.to_owned());
        self.cues = Some(cues);
    }

    /// Adds a finding; its `place` in the file is a line and a column.
    pub(crate) fn found(
        &mut self,
        track: &Track,
        finding: &Finding,
        place: Option<(usize, usize)>,
    ) {
        let cue = &track.cues()[finding.cue];
        let lines: Vec<_> = track.lines(cue).map(|line| line.text).collect();
        let line = finding.line.and_then(|line| lines.get(line).copied());
        let measured = finding.measured;
        self.findings.push(RuleFinding {
            rule: finding.rule.id,
            severity: finding.rule.severity.id(),
            cue: finding.cue + 1,
            id: track.name(cue).to_string(),
            start_ms: cue.interval.start().millis(),
            end_ms: cue.interval.end().millis(),
            cue_line: finding.line.map(|line| line + 1),
            text: line.map_or_else(|| lines.join("\n"), str::to_owned),
            part: finding.quoted(track).map(str::to_owned),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            found: measured.map(|Measured { found, .. }| found),
            limit: measured.map(|Measured { limit, .. }| limit),
            unit: measured.map(|Measured { unit, .. }| unit.id()),
            message: finding.message(track),
            help: finding.rule.mend,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_this_one() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(CheckAccount));
        let published = include_str!("../../../docs/check.schema.json");
        assert_eq!(schema.expect("JSON") + "\n", published);
    }
}

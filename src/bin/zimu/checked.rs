//! What a check came to, for programs: one JSON document, of one schema.
//!
//! The schema is published as `docs/check.schema.json`; a test holds it to be this one.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use zimu::check::{Finding, Fingerprint, Measured, Rule, Severity, Standing, Why, fingerprints};
use zimu::model::{Cue, Diagnostic, Track};

use crate::account::FindingAccount;
use crate::report::Failure;
use crate::sarif::{self, TextPlace};

/// How much of a text is told for each finding in it: a broken file may be one long line.
const LONGEST: usize = 1000;

/// What a check came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Check")]
pub(crate) struct CheckAccount {
    /// Always `zimu-check`.
    format: &'static str,
    /// 1. It rises when a field changes its meaning or goes.
    version: u32,
    /// Why nothing could be checked, if nothing could.
    pub(crate) error: Option<String>,
    /// Each input, in the order that they were given in.
    pub(crate) files: Vec<CheckedFile>,
    /// How many findings there are in all files.
    totals: Totals,
}

/// Findings by how bad they are, and those that are known.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Totals {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    /// Findings that the baseline has, and that are none of the others.
    pub(crate) known: usize,
    /// Findings that the baseline has, and that are gone.
    pub(crate) stale: usize,
}

impl Totals {
    pub(crate) fn count(&mut self, finding: &Finding, standing: Standing) {
        let count = match (standing, finding.rule.severity) {
            (Standing::Known, _) => &mut self.known,
            (Standing::New, Severity::Error) => &mut self.errors,
            (Standing::New, Severity::Warning) => &mut self.warnings,
            (Standing::New, Severity::Note) => &mut self.notes,
        };
        *count += 1;
    }
}

/// What an input came to.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CheckedFile {
    /// Its path as it was given; `-` is the standard input.
    pub(crate) input: String,
    /// The same as a URI.
    #[serde(skip)]
    pub(crate) uri: String,
    /// Why it could not be checked, if it could not.
    pub(crate) error: Option<String>,
    /// The profile that it was checked by.
    pub(crate) profile: Option<String>,
    /// How many captions it has.
    pub(crate) cues: Option<usize>,
    /// The rules that it was checked by.
    #[serde(skip)]
    pub(crate) rules: Vec<&'static Rule>,
    /// What was wrong with the file itself, by place.
    pub(crate) reading: Vec<FindingAccount>,
    /// What rules have found, by cue; with `--fix` what is left.
    pub(crate) findings: Vec<RuleFinding>,
    /// With `--fix` what was mended, by cue, as it was before; with `--dry-run` what would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    mended: Option<Vec<RuleFinding>>,
}

/// What a rule has found.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RuleFinding {
    /// The rule's id: `reading-speed`.
    pub(crate) rule: &'static str,
    /// `note`, `warning` or `error`.
    pub(crate) severity: &'static str,
    /// Which cue, from 1, in the order of their starts.
    cue: usize,
    /// What the cue is called.
    pub(crate) id: String,
    /// When it is shown, in milliseconds.
    start_ms: u32,
    /// When it is gone, in milliseconds.
    end_ms: u32,
    /// Which line of the cue, from 1; none where it is about the cue.
    cue_line: Option<usize>,
    /// The text of that line, or of the cue, its lines parted by line ends; of more than 1000
    /// characters the first.
    text: String,
    /// What of the line, where it is about a part of it.
    part: Option<String>,
    /// Its line in the file, from 1; none where the format tells no place.
    line: Option<usize>,
    /// Its column in the file, in characters, from 1.
    column: Option<usize>,
    /// The same with its end.
    #[serde(skip)]
    pub(crate) place: Option<TextPlace>,
    /// What was measured.
    found: Option<u32>,
    /// The most or the least that is allowed, in the same unit.
    limit: Option<u32>,
    /// What both are counted in: `ms`, `frames`, `half-cells`, `lines`, `characters`, `cues`, `percent`
    /// or `thousandths-of-characters-per-second`.
    unit: Option<&'static str>,
    /// What was expected and what was found.
    pub(crate) message: String,
    /// How to mend it.
    help: &'static str,
    /// The words that it is about: by these it is known again, whatever its time and place. Several
    /// of a rule may have the same.
    #[schemars(with = "String")]
    pub(crate) fingerprint: Fingerprint,
    /// Whether the baseline has it: it then counts for nothing but `known`.
    pub(crate) known: bool,
    /// With `--fix` why it was not mended, where its rule can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_mended: Option<String>,
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
            uri: sarif::uri_of(input),
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

    /// By which profile and rules so many cues were checked.
    pub(crate) fn checked(&mut self, profile: &str, rules: &[&'static Rule], cues: usize) {
        self.profile = Some(profile.to_owned());
        self.rules = rules.to_vec();
        self.cues = Some(cues);
    }

    /// Adds a finding, with why it was not mended where it could be.
    pub(crate) fn found(
        &mut self,
        track: &Track,
        finding: &Finding,
        found: (Option<TextPlace>, Fingerprint, Standing),
        not_mended: Option<Why>,
    ) {
        let found = RuleFinding::of(track, finding, found);
        self.findings.push(RuleFinding {
            not_mended: not_mended.map(|why| why.to_string()),
            ..found
        });
    }

    /// Says what was mended in a track, each with its `place` in the file as it was.
    pub(crate) fn mended(
        &mut self,
        track: &Track,
        findings: &[Finding],
        place: impl Fn(&Finding) -> Option<TextPlace>,
    ) {
        let prints = fingerprints(track, findings);
        let mended = findings.iter().zip(prints).map(|(finding, print)| {
            RuleFinding::of(track, finding, (place(finding), print, Standing::New))
        });
        self.mended = Some(mended.collect());
    }
}

impl RuleFinding {
    fn of(
        track: &Track,
        finding: &Finding,
        (place, fingerprint, standing): (Option<TextPlace>, Fingerprint, Standing),
    ) -> Self {
        let cue = &track.cues()[finding.cue];
        let line = finding.line.and_then(|line| track.line(cue, line));
        let line = line.map(|line| line.text.chars().take(LONGEST).collect());
        let measured = finding.measured;
        Self {
            rule: finding.rule.id,
            severity: finding.rule.severity.id(),
            cue: finding.cue + 1,
            id: track.name(cue).to_string(),
            start_ms: cue.interval.start().millis(),
            end_ms: cue.interval.end().millis(),
            cue_line: finding.line.map(|line| line + 1),
            text: line.unwrap_or_else(|| text_of(track, cue)),
            part: finding.quoted(track).map(str::to_owned),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            place,
            found: measured.map(|Measured { found, .. }| found),
            limit: measured.map(|Measured { limit, .. }| limit),
            unit: measured.map(|Measured { unit, .. }| unit.id()),
            message: finding.message(track),
            help: finding.rule.mend,
            fingerprint,
            known: standing == Standing::Known,
            not_mended: None,
        }
    }
}

fn text_of(track: &Track, cue: &Cue) -> String {
    let lines = track.lines(cue).enumerate().flat_map(|(at, line)| {
        let end = (at > 0).then_some('\n');
        end.into_iter().chain(line.text.chars())
    });
    lines.take(LONGEST).collect()
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

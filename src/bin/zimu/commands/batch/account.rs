//! What a batch came to, for programs: a JSON document of one schema, or a table of one row a
//! talk.
//!
//! The schema is published as `docs/batch.schema.json`; a test holds it to be this one. But for
//! what a talk took, the same catalogue gives the same account, however many jobs run at once.

use schemars::JsonSchema;
use serde::Serialize;
use zimu::catalogue::{Aside, Entry};

use crate::account::{FindingAccount, LineCounts};
use crate::commands::Outcome;
use crate::commands::batch::changes::{Change, Changed};
use crate::commands::batch::ledger::{Became, Settled};
use crate::commands::batch::lint::Lint;
use crate::commands::batch::plan::{Plan, Planned};
use crate::commands::batch::run::{Done, Work};
use crate::report::Failure;

/// What a batch came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Batch")]
pub(super) struct BatchAccount {
    /// Always `zimu-batch`.
    format: &'static str,
    /// 1. It rises when a field changes its meaning or goes.
    version: u32,
    /// Why nothing could be run, if nothing could.
    pub(super) error: Option<String>,
    /// Each talk, by its path.
    pub(super) talks: Vec<TalkAccount>,
    /// Transcripts that have captions beside them, which are what is converted.
    pub(super) asides: Vec<AsideAccount>,
    /// What is no talk, and why.
    pub(super) refused: Vec<String>,
    /// Links to folders, which are not followed.
    pub(super) links: Vec<String>,
    /// What was made once and is made no more, and lies there still.
    pub(super) orphans: Vec<String>,
    /// What of that was taken away.
    pub(super) pruned: Vec<String>,
    pub(super) totals: BatchTotals,
}

/// All talks together.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub(super) struct BatchTotals {
    /// How many there are.
    pub(super) talks: usize,
    /// Of how many captions were made, or would be.
    pub(super) made: usize,
    /// Of how many nothing had changed.
    pub(super) unchanged: usize,
    /// How many could not be done.
    pub(super) failed: usize,
    /// How many were not begun, since the run was stopped.
    pub(super) left: usize,
    /// How many captions all have that were ever made.
    pub(super) cues: usize,
    /// How long these are, in milliseconds.
    pub(super) captioned_ms: u64,
    /// Words or times that could not be used as they stood.
    pub(super) faults: usize,
    /// How many lines were found in recordings, where captions were made by those.
    pub(super) lines: Option<LineCounts>,
    /// What rules have found, where that was asked for.
    pub(super) lint: Option<Lint>,
}

/// What became of a talk.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TalkAccount {
    /// The transcript, or the captions, as a path below the catalogue's folder.
    pub(super) input: String,
    pub(super) action: Action,
    /// Why captions were made, or would be.
    pub(super) cause: Option<String>,
    /// Why they could not be.
    pub(super) error: Option<String>,
    /// What was written, below the folder of outputs.
    pub(super) outputs: Vec<Settled>,
    /// Outputs that somebody changed since they were made.
    pub(super) edited: Vec<String>,
    /// How many captions there are.
    pub(super) cues: Option<usize>,
    /// When the last of them ends, in milliseconds.
    pub(super) end_ms: Option<u32>,
    /// Words or times of the input that could not be used as they stood.
    pub(super) faults: usize,
    /// What was mended in it.
    pub(super) repairs: usize,
    /// All of it, by place.
    pub(super) findings: Vec<FindingAccount>,
    /// What else is worth knowing.
    pub(super) notes: Vec<String>,
    /// How many of its lines were found in its recording, where captions were made by that.
    pub(super) lines: Option<LineCounts>,
    /// What rules have found in its captions as they stand, where that was asked for.
    pub(super) lint: Option<Lint>,
    /// How long it took, in microseconds.
    pub(super) took_us: Option<u64>,
}

/// What was done about a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Action {
    /// Nothing: all is as it was.
    Unchanged,
    /// Captions were made.
    Made,
    /// They would be.
    Due,
    /// It could not be done.
    Failed,
    /// It was not begun.
    Left,
}

/// A transcript that has captions beside it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AsideAccount {
    /// The transcript.
    pub(super) path: String,
    /// The captions.
    pub(super) captions: String,
}

impl BatchAccount {
    /// Of a run that ended before its first talk.
    pub(super) fn failed(failure: &Failure) -> Self {
        Self {
            format: "zimu-batch",
            version: 1,
            error: Some(failure.message().to_owned()),
            talks: Vec::new(),
            asides: Vec::new(),
            refused: Vec::new(),
            links: Vec::new(),
            orphans: Vec::new(),
            pruned: Vec::new(),
            totals: BatchTotals::default(),
        }
    }

    /// Of a plan that is not carried out.
    pub(super) fn planned(plan: &Plan<'_>) -> (Self, Outcome) {
        let talks = plan.jobs.iter().map(|planned| match &planned.decided {
            Err(failure) => TalkAccount::of(planned).failing(failure),
            Ok(decision) if decision.cause.is_some() => TalkAccount {
                action: Action::Due,
                ..TalkAccount::of(planned)
            },
            Ok(_) => TalkAccount::of(planned),
        });
        let account = Self::with(plan, talks.collect(), &[]);
        let outcome = match account.totals.failed {
            0 => account.refusal(),
            _ => Outcome::Faulty,
        };
        (account, outcome)
    }

    /// Of what would change.
    pub(super) fn checked(plan: &Plan<'_>, changes: Vec<Change>) -> (Self, Outcome) {
        let talks = plan.jobs.iter().zip(changes);
        let talks = talks.map(|(planned, change)| match change {
            Change::None => TalkAccount::of(planned),
            Change::Failed(failure) => TalkAccount::of(planned).failing(&failure),
            Change::Files(files) => TalkAccount {
                action: Action::Due,
                outputs: files.into_iter().map(due).collect(),
                ..TalkAccount::of(planned)
            },
        });
        let account = Self::with(plan, talks.collect(), &[]);
        let outcome = match account.totals {
            BatchTotals { failed: 1.., .. } => Outcome::Faulty,
            BatchTotals { made: 1.., .. } => Outcome::Different,
            _ => account.refusal(),
        };
        (account, outcome)
    }

    /// Of what was done.
    pub(super) fn of(plan: &Plan<'_>, done: Vec<Done>, pruned: &[String]) -> (Self, Outcome) {
        let talks = plan.jobs.iter().zip(done);
        let talks = talks.map(|(planned, done)| match done {
            Done::Unchanged => TalkAccount::of(planned),
            Done::Failed(failure) => TalkAccount::of(planned).failing(&failure),
            Done::Left => TalkAccount {
                action: Action::Left,
                ..TalkAccount::of(planned)
            },
            Done::Made(work) => TalkAccount::of(planned).made(*work),
        });
        let account = Self::with(plan, talks.collect(), pruned);
        let has_faults = account
            .talks
            .iter()
            .any(|talk| talk.action == Action::Made && talk.faults > 0);
        let outcome = if account.totals.failed > 0 || has_faults {
            Outcome::Faulty
        } else if account.talks.iter().any(|talk| talk.repairs > 0) {
            Outcome::Repaired.max(account.refusal())
        } else {
            account.refusal()
        };
        (account, outcome)
    }

    /// What was left out is told as what failed.
    fn refusal(&self) -> Outcome {
        if self.refused.is_empty() {
            Outcome::Clean
        } else {
            Outcome::Faulty
        }
    }

    fn with(plan: &Plan<'_>, talks: Vec<TalkAccount>, pruned: &[String]) -> Self {
        let asides = plan
            .asides
            .iter()
            .map(|Aside { path, captions, .. }| AsideAccount {
                path: path.clone(),
                captions: captions.clone(),
            });
        let kept = plan
            .jobs
            .iter()
            .filter_map(|planned| planned.entry.as_ref());
        let kept = kept.flat_map(|entry| entry.outputs.keys().map(String::as_str));
        let outputs = talks.iter().flat_map(|talk| &talk.outputs);
        let made = outputs.map(|output| output.path.as_str()).chain(kept);
        let mut orphans = plan.stale(&made.collect());
        orphans.retain(|path| !pruned.contains(path));
        let mut totals = BatchTotals::default();
        for talk in &talks {
            totals.add(talk);
        }
        Self {
            format: "zimu-batch",
            version: 1,
            error: None,
            talks,
            asides: asides.collect(),
            refused: plan.refused.iter().map(Failure::told).collect(),
            links: plan.links.to_vec(),
            orphans,
            pruned: pruned.to_vec(),
            totals,
        }
    }
}

/// An output that would be another one.
fn due(changed: Changed) -> Settled {
    Settled {
        path: changed.path,
        what: Became::Due,
    }
}

impl TalkAccount {
    /// As it was before.
    fn of(planned: &Planned<'_>) -> Self {
        let entry = planned.entry.as_ref();
        let decision = planned.decided.as_ref().ok();
        let cause = decision.and_then(|decision| decision.cause.as_ref());
        Self {
            input: planned.job.input.clone(),
            action: Action::Unchanged,
            cause: cause.map(ToString::to_string),
            error: None,
            outputs: Vec::new(),
            edited: decision.map_or_else(Vec::new, |decision| decision.edited.clone()),
            cues: entry.map(|entry| entry.cues),
            end_ms: entry.map(|entry| entry.end_ms),
            faults: entry.map_or(0, |entry| entry.faults),
            repairs: 0,
            findings: Vec::new(),
            notes: Vec::new(),
            lines: None,
            lint: None,
            took_us: None,
        }
    }

    fn failing(self, failure: &Failure) -> Self {
        Self {
            action: Action::Failed,
            error: Some(failure.told()),
            ..self
        }
    }

    fn made(self, work: Work) -> Self {
        let Entry { cues, end_ms, .. } = work.entry;
        Self {
            action: Action::Made,
            cause: Some(work.cause.to_string()),
            outputs: work.settled,
            cues: Some(cues),
            end_ms: Some(end_ms),
            faults: work.found.faults,
            repairs: work.found.repairs,
            findings: work.found.findings,
            notes: work.found.notes,
            lines: work.lines,
            took_us: u64::try_from(work.took.as_micros()).ok(),
            ..self
        }
    }
}

impl BatchTotals {
    fn add(&mut self, talk: &TalkAccount) {
        self.talks += 1;
        let count = match talk.action {
            Action::Unchanged => &mut self.unchanged,
            Action::Made | Action::Due => &mut self.made,
            Action::Failed => &mut self.failed,
            Action::Left => &mut self.left,
        };
        *count += 1;
        self.cues += talk.cues.unwrap_or_default();
        self.captioned_ms += u64::from(talk.end_ms.unwrap_or_default());
        self.faults += talk.faults;
        if let Some(lines) = talk.lines {
            self.lines = Some(self.lines.unwrap_or_default().and(lines));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_this_one() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(BatchAccount));
        let published = include_str!("../../../../../docs/batch.schema.json");
        assert_eq!(schema.expect("JSON") + "\n", published);
    }
}

//! What a batch came to, for people: what went wrong and what was kept on the standard error, a
//! table and totals on the standard output.

use std::fmt::Write as _;
use std::time::Duration;

use crate::account::FindingAccount;
use crate::commands::batch::account::{Action, BatchAccount, BatchTotals, TalkAccount};
use crate::commands::batch::ledger::{Became, NEW};
use crate::commands::batch::lint::Lint;
use crate::commands::print;
use crate::report::{self, Failure};
use crate::tables::{push, table};

/// How many talks the tables have.
const LISTED: usize = 5;

/// How many findings of a talk are told.
const TOLD_OF_A_TALK: usize = 3;

pub(super) struct Summary<'a> {
    account: &'a BatchAccount,
    took: Duration,
}

impl<'a> Summary<'a> {
    pub(super) const fn of(account: &'a BatchAccount, took: Duration) -> Self {
        Self { account, took }
    }

    /// Which talks stand out, and how many there are.
    pub(super) fn print(&self) -> Result<(), Failure> {
        let mut text = String::new();
        self.tables(&mut text);
        let _ = writeln!(text, "{}", self.total());
        print(&text)
    }

    /// What went wrong, talk by talk.
    pub(super) fn tell_errors(&self) {
        for error in self.account.refused.iter().chain(&self.account.error) {
            report::error(error);
        }
        for talk in &self.account.talks {
            if let Some(error) = &talk.error {
                report::error(error);
            }
            let faults = talk.findings.iter().filter(|finding| finding.is_fault());
            for finding in faults.take(TOLD_OF_A_TALK) {
                report::error(&told(&talk.input, finding));
            }
        }
    }

    /// What else somebody has to know.
    pub(super) fn tell(&self) {
        for talk in &self.account.talks {
            tell_kept(talk);
        }
        if let Some(aside) = self.account.asides.first() {
            let count = self.account.asides.len();
            report::note(&format!(
                "{}: has captions beside it, {}, which were converted (1 of {count} such transcripts; \
                 --report json has all of them)",
                aside.path, aside.captions
            ));
        }
        for link in &self.account.links {
            report::note(&format!(
                "{link}: a link to a folder, which is not followed (a batch of its own makes what is \
                 in there, and a line in .zimuignore says that it is none of the catalogue)"
            ));
        }
        if !self.account.orphans.is_empty() {
            let (count, first) = (self.account.orphans.len(), &self.account.orphans[0]);
            report::note(&format!(
                "files that are made no more: {count}, {first} first (--prune takes them away)"
            ));
        }
        let noted = || {
            let talks = self.account.talks.iter();
            talks.flat_map(|talk| talk.notes.iter().map(|note| (&talk.input, note)))
        };
        if let Some((input, note)) = noted().next() {
            let count = noted().count();
            report::note(&format!(
                "{input}: {note} (1 of {count} notes; --report json has all of them)"
            ));
        }
        for pruned in &self.account.pruned {
            report::note(&format!("{pruned}: taken away"));
        }
    }

    /// Which talks took longest, and in which most was found.
    fn tables(&self, text: &mut String) {
        let talks = || self.account.talks.iter();
        let mut due = table(["talk", "why"]);
        let planned = talks().filter(|talk| talk.action == Action::Due);
        for talk in planned {
            due.add_row([&talk.input, talk.cause.as_ref().unwrap_or(&talk.input)]);
        }
        push(text, &due);
        let mut worst: Vec<_> = talks().filter(|talk| badness(talk) > (0, 0, 0)).collect();
        worst.sort_by_key(|talk| std::cmp::Reverse(badness(talk)));
        let mut most_found = table(["most found in", "faults", "repairs", "errors", "warnings"]);
        for talk in worst.into_iter().take(LISTED) {
            let lint = talk.lint.unwrap_or_default();
            most_found.add_row([
                talk.input.clone(),
                talk.faults.to_string(),
                talk.repairs.to_string(),
                lint.errors.to_string(),
                lint.warnings.to_string(),
            ]);
        }
        push(text, &most_found);
        let mut slowest: Vec<_> = talks()
            .filter_map(|talk| Some((talk.took_us?, talk)))
            .collect();
        if slowest.len() <= LISTED {
            return;
        }
        slowest.sort_by_key(|(took_us, _)| std::cmp::Reverse(*took_us));
        let mut longest = table(["took longest", "ms", "cues"]);
        for (took_us, talk) in slowest.into_iter().take(LISTED) {
            longest.add_row([
                talk.input.clone(),
                took_us.div_ceil(1000).to_string(),
                talk.cues.unwrap_or_default().to_string(),
            ]);
        }
        push(text, &longest);
    }

    fn total(&self) -> String {
        let BatchTotals {
            talks,
            made,
            unchanged,
            failed,
            left,
            cues,
            captioned_ms,
            ..
        } = self.account.totals;
        let is_due = self
            .account
            .talks
            .iter()
            .any(|talk| talk.action == Action::Due);
        let made_or_due = if is_due { "to be made" } else { "made" };
        let mut said = format!("{talks} talks: {made} {made_or_due}, {unchanged} unchanged");
        for (count, what) in [(failed, "failed"), (left, "left for the next run")] {
            if count > 0 {
                say!(said, ", {count} {what}");
            }
        }
        let (hours, minutes) = (captioned_ms / 3_600_000, captioned_ms / 60_000 % 60);
        say!(said, "; {cues} cues, {hours} h {minutes:02} min captioned");
        if let Some(lines) = self.account.totals.lines {
            say!(said, "; {lines}");
        }
        if let Some(Lint {
            errors,
            warnings,
            notes,
        }) = self.account.totals.lint
        {
            say!(
                said,
                "; {errors} errors, {warnings} warnings and {notes} notes"
            );
        }
        let (seconds, tenths) = (self.took.as_secs(), self.took.subsec_millis() / 100);
        say!(said, " ({seconds}.{tenths} s)");
        said
    }
}

/// What of a talk is somebody's own.
fn tell_kept(talk: &TalkAccount) {
    for output in &talk.outputs {
        if output.what == Became::Kept {
            let path = &output.path;
            report::note(&format!(
                "{path}: somebody changed it, and it was kept: what is made now is in {path}{NEW} \
                 (--overwrite replaces it)"
            ));
        }
    }
    for path in talk
        .edited
        .iter()
        .filter(|_| talk.action == Action::Unchanged)
    {
        report::note(&format!("{path}: somebody changed it, and it was kept"));
    }
}

fn told(input: &str, finding: &FindingAccount) -> String {
    match finding.place() {
        Some((line, column)) => format!("{input}:{line}:{column}: {}", finding.message),
        None => format!("{input}: {}", finding.message),
    }
}

fn badness(talk: &TalkAccount) -> (usize, usize, usize) {
    let lint = talk.lint.unwrap_or_default();
    (talk.faults + lint.errors, lint.warnings, talk.repairs)
}

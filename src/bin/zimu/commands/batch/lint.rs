//! A batch that has come to its end in, what rules have found in the captions of every talk out.
//!
//! Each file is checked as it stands, whether this run made it, one before or somebody by hand: a
//! number that hung on who wrote a file last would compare nothing. What is there in several
//! formats is checked in one of them.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use zimu::check::{Checking, Severity, check};
use zimu::format::names::Languages;
use zimu::format::{FORMATS, Format};
use zimu::model::{self, Diagnostic, LanguageTag};
use zimu::text::decode::decode;

use crate::called::OPTIONS;
use crate::commands::batch::account::{Action, BatchAccount, TalkAccount};
use crate::commands::batch::ledger::Became;
use crate::commands::batch::maker::Maker;
use crate::commands::batch::past::bytes_of;
use crate::commands::batch::plan::{Plan, Planned};
use crate::commands::converting::Given;
use crate::commands::making::Recipe;
use crate::commands::source::{Source, found_format};
use crate::report::Failure;

/// Findings by how bad they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Lint {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
}

/// Checks the captions of every talk.
pub(super) fn lint(account: &mut BatchAccount, plan: &Plan<'_>, maker: &Maker<'_>) {
    let talks = account.talks.par_iter().zip(&plan.jobs);
    let linted = talks.map(|(talk, planned)| of_talk(talk, planned, maker));
    let linted: Vec<_> = linted.collect();
    for (talk, linted) in account.talks.iter_mut().zip(linted) {
        match linted {
            Ok(lint) => talk.lint = lint,
            Err(failure) => talk.notes.push(format!("not checked: {}", failure.told())),
        }
        if let Some(lint) = talk.lint {
            *account.totals.lint.get_or_insert_default() += lint;
        }
    }
}

/// What rules find in a talk; nothing where it has no captions that could be read.
fn of_talk(
    talk: &TalkAccount,
    planned: &Planned<'_>,
    maker: &Maker<'_>,
) -> Result<Option<Lint>, Failure> {
    if planned.decided.is_err() {
        return Ok(None);
    }
    let before = planned.entry.iter().flat_map(|entry| entry.outputs.keys());
    let now = talk.outputs.iter().map(|output| &output.path);
    let outputs: Vec<_> = match talk.action {
        Action::Made => now.collect(),
        Action::Unchanged | Action::Due | Action::Failed | Action::Left => before.collect(),
    };
    let own = maker.ingredients(planned.job, planned.row)?.recipe;
    let recipe = own.as_ref().unwrap_or(&maker.recipe);
    let mut lint = None;
    for path in one_of_each_version(talk, &outputs) {
        if let Some(bytes) = bytes_of(&maker.place.output(path))? {
            *lint.get_or_insert_default() += of_file(path, bytes, recipe, maker)?;
        }
    }
    Ok(lint)
}

/// Of every language, script and layout the file that somebody changed, else that of the format
/// which `zimu formats` lists first.
fn one_of_each_version<'o>(talk: &TalkAccount, outputs: &[&'o String]) -> Vec<&'o str> {
    let is_kept = |path: &str| {
        let mut settled = talk.outputs.iter();
        let is_kept = settled.any(|output| output.path == path && output.what == Became::Kept);
        is_kept || talk.edited.iter().any(|edited| edited == path)
    };
    let mut versions = BTreeMap::new();
    for path in outputs {
        let Some((version, ending)) = path.rsplit_once('.') else {
            continue;
        };
        let of_ending = |format: &Format| format.can_read() && format.has_extension(ending);
        if let Some(rank) = FORMATS.iter().position(of_ending) {
            let rank = (!is_kept(path), rank, path.as_str());
            let best = versions.entry(version).or_insert(rank);
            *best = rank.min(*best);
        }
    }
    versions.into_values().map(|(_, _, path)| path).collect()
}

/// What rules find in a file, by the limits that its talk is made for. What of it could not be read
/// is an error.
fn of_file(
    path: &str,
    bytes: Vec<u8>,
    recipe: &Recipe<'_>,
    maker: &Maker<'_>,
) -> Result<Lint, Failure> {
    let file = maker.place.output(path);
    let decoded = decode(bytes, None);
    let decoded = decoded.map_err(|error| Failure::of_file(&file, error.to_string()))?;
    let source = Source::of(&file, decoded);
    let (format, _) = found_format(&source, None, &OPTIONS)?;
    let given = Given {
        source: &source,
        format: Some(format),
        languages: source.languages(None, maker.project),
        second_lang: None,
        called: &OPTIONS,
    };
    let mut found = Vec::new();
    let version = given.read(&mut found, &mut Vec::new())?;
    let (languages, mut track) = (version.languages, version.track);
    let severities = found.iter().map(Diagnostic::severity);
    let faults = severities.filter(|severity| *severity == model::Severity::Fault);
    let faults = faults.count();
    let first = languages.as_ref().map(Languages::first);
    track.name_language(first.unwrap_or(&LanguageTag::ZH_HANS));
    let second = recipe.profile.second.as_ref();
    let checking = Checking {
        second: second.map(|_| &recipe.second_profile),
        step_ms: format.step_ms,
        ..Checking::of(&recipe.profile)
    };
    let mut lint = Lint {
        errors: faults,
        ..Lint::default()
    };
    for finding in check(&track, &checking) {
        *match finding.rule.severity {
            Severity::Error => &mut lint.errors,
            Severity::Warning => &mut lint.warnings,
            Severity::Note => &mut lint.notes,
        } += 1;
    }
    Ok(lint)
}

impl AddAssign for Lint {
    fn add_assign(&mut self, more: Self) {
        self.errors += more.errors;
        self.warnings += more.warnings;
        self.notes += more.notes;
    }
}

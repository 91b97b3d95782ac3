//! Captions that were made in, how many findings of each severity rules have in them out.

use std::ops::AddAssign;

use schemars::JsonSchema;
use serde::Serialize;
use zimu::check::{Checking, Severity, check};
use zimu::model::{LanguageTag, Track};

use crate::commands::making::Recipe;

/// Findings by how bad they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Lint {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
}

impl Lint {
    /// What rules find in captions, by the limits that they were made for.
    pub(super) fn of(track: &Track, recipe: &Recipe<'_>) -> Self {
        let mut track = track.clone();
        track.name_language(&LanguageTag::ZH_HANS);
        let second = recipe.profile.second.as_ref();
        let checking = Checking {
            second: second.map(|_| &recipe.second_profile),
            ..Checking::of(&recipe.profile)
        };
        let mut lint = Self::default();
        for finding in check(&track, &checking) {
            *match finding.rule.severity {
                Severity::Error => &mut lint.errors,
                Severity::Warning => &mut lint.warnings,
                Severity::Note => &mut lint.notes,
            } += 1;
        }
        lint
    }
}

impl AddAssign for Lint {
    fn add_assign(&mut self, more: Self) {
        self.errors += more.errors;
        self.warnings += more.warnings;
        self.notes += more.notes;
    }
}

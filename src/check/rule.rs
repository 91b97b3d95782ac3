//! What is known of a rule, besides what it finds.

use std::fmt;

use crate::check::RULES;
use crate::check::site::{Notes, Site};
use crate::profile::Basis;

/// One thing that captions are checked for.
#[derive(Clone, Copy)]
pub struct Rule {
    /// What it is called: `reading-speed`.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong where it finds something.
    pub wrong: &'static str,
    /// What it expects, for messages: the limit, if it has one, follows.
    pub expects: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// How it is known that they do.
    pub basis: Basis,
    /// What mending takes.
    pub mending: Mending,
    pub(super) find: fn(&Site<'_, '_>, &mut Notes<'_>),
}

/// How bad a finding is. The order is the order of badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It could be better.
    Note,
    /// It breaks a limit of the profile, or a rule of the script.
    Warning,
    /// Something is not seen as it was meant to be.
    Error,
}

impl Severity {
    /// All of them, the least bad first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// `note`, `warning` or `error`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What mending takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mending {
    /// There is one way to mend it, and no word or start changes by it.
    Mechanical,
    /// Somebody has to decide.
    Judgement,
}

impl Mending {
    /// For people: `mechanical`, `by judgement`.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Mechanical => "mechanical",
            Self::Judgement => "by judgement",
        }
    }
}

impl Rule {
    /// The rule of that id.
    ///
    /// ```
    /// use zimu::check::Rule;
    ///
    /// assert!(Rule::named("gap").is_some());
    /// assert!(Rule::named("grammar").is_none());
    /// ```
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.id == id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

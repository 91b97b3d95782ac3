//! What is known of a rule, besides what it finds.

use std::fmt;

use crate::check::RULES;
use crate::check::fix::{Pass, TimesFix, WordsFix};
use crate::check::site::{MarkForm, Notes, Site};
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
    pub(super) fix: Fix,
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
    /// The same where there is free time for it, and else somebody has to decide.
    FreeTime,
    /// Somebody has to decide.
    Judgement,
}

/// How [`fix`](crate::check::fix()) mends what breaks a rule.
#[derive(Clone, Copy)]
pub(super) enum Fix {
    /// Not at all.
    ByHand,
    /// The cue goes.
    Removal,
    /// Cues are numbered as they start.
    Numbering,
    /// By the profile's marks for those of a form.
    Marks(MarkForm),
    /// By marks that stand in other lines of the cue.
    Words(WordsFix),
    /// By times that are those of frames.
    Grid,
    /// By another end of the cue.
    Times(TimesFix),
    /// By another end of the cue that is still shown when this one starts.
    Before(TimesFix),
    /// By a later end of it, where time is free.
    Stay(TimesFix),
}

impl Fix {
    /// When it is done.
    pub(super) const fn pass(self) -> Option<Pass> {
        match self {
            Self::ByHand => None,
            Self::Removal | Self::Numbering => Some(Pass::Cues),
            Self::Marks(_) | Self::Words(_) => Some(Pass::Words),
            Self::Grid | Self::Times(_) | Self::Before(_) | Self::Stay(_) => Some(Pass::Times),
        }
    }

    /// What is done to the end of a cue.
    pub(super) const fn times(self) -> Option<TimesFix> {
        if let Self::Times(mend) | Self::Before(mend) | Self::Stay(mend) = self {
            Some(mend)
        } else {
            None
        }
    }
}

impl Mending {
    /// For people: `mechanical`, `mechanical where time is free`, `by judgement`.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Mechanical => "mechanical",
            Self::FreeTime => "mechanical where time is free",
            Self::Judgement => "by judgement",
        }
    }
}

impl Rule {
    /// What mending takes.
    #[must_use]
    pub const fn mending(&self) -> Mending {
        match self.fix {
            Fix::ByHand => Mending::Judgement,
            Fix::Stay(_) => Mending::FreeTime,
            Fix::Removal
            | Fix::Numbering
            | Fix::Marks(_)
            | Fix::Words(_)
            | Fix::Grid
            | Fix::Times(_)
            | Fix::Before(_) => Mending::Mechanical,
        }
    }

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

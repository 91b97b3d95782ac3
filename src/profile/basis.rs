//! A comment in, who says so and how that is known out: what stands behind a number or a rule.

/// How it is known that a number, or a rule, is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Read in the source itself.
    Verified,
    /// Read in a dated quotation of it.
    Quoted,
    /// Common practice, written down nowhere that was read.
    Practice,
    /// Our own advice.
    Ours,
}

impl Basis {
    /// All of them, the surest first.
    pub const ALL: [Self; 4] = [Self::Verified, Self::Quoted, Self::Practice, Self::Ours];

    /// What it is called: `verified`, `quoted`, `common practice`, `our advice`.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Quoted => "quoted",
            Self::Practice => "common practice",
            Self::Ours => "our advice",
        }
    }

    /// The basis that a comment is or begins with (`quoted: adult programmes`), and what else it
    /// says.
    pub(super) fn of_comment(comment: &str) -> (Option<Self>, &str) {
        let begun = Self::ALL.into_iter().find_map(|basis| {
            let rest = comment.strip_prefix(basis.says())?;
            let note = rest.strip_prefix(':').or(rest.is_empty().then_some(""))?;
            Some((Some(basis), note.trim()))
        });
        begun.unwrap_or((None, comment))
    }
}

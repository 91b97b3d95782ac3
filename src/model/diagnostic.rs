//! What a room found wrong with its input, and where.
//!
//! A room never prints and never stops at the first fault: it gives what it could make
//! of the input, and a list of these. Each kind is declared once, as a constant [`Kind`]
//! beside the code that finds it; a diagnostic is a kind and a place. Only the caller
//! decides what is fatal.

use std::borrow::Cow;
use std::fmt;

use crate::model::Span;

/// The room that found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Room {
    /// Bytes and characters.
    Text,
    /// The transcript grammar.
    Transcript,
    /// The clock.
    Timing,
    /// Recordings.
    Media,
    /// Where lines are in a recording.
    Align,
    /// Two languages.
    Bilingual,
    /// Caption formats.
    Format,
}

/// How bad it is. The order is the order of badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing was wrong with the input, but something is worth knowing: styling
    /// dropped, an estimate used.
    Note,
    /// Mended, and no word or time is in doubt: a missing index, `.` for `,`.
    Repair,
    /// A word or a time could not be used as it stood: reversed, negative, unreadable.
    Fault,
}

/// A kind of finding, declared once by the room that finds it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    /// A stable name for reports, in kebab case: `anchor-falls`.
    pub id: &'static str,
    /// Who finds it.
    pub room: Room,
    /// How bad it is.
    pub severity: Severity,
    /// One line in lower case, what was expected first.
    pub says: &'static str,
    /// The way out, or what was done about it.
    pub way_out: &'static str,
}

/// Declares the [`Kind`]s of a room, a row each:
/// `NAME: Severity, "id", "what was expected", "the way out";`.
macro_rules! kinds {
    ($room:ident; $($vis:vis $name:ident: $severity:ident, $id:literal, $says:literal, $way_out:literal;)*) => {
        $($vis const $name: $crate::model::Kind = $crate::model::Kind {
            id: $id,
            room: $crate::model::Room::$room,
            severity: $crate::model::Severity::$severity,
            says: $says,
            way_out: $way_out,
        };)*
    };
}
pub(crate) use kinds;

/// Something found at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub kind: &'static Kind,
    /// Where, in the decoded text of the input; empty before its first byte where it is
    /// about the input as a whole (see [`Diagnostic::place`]).
    pub span: Span,
    /// What was found there, when the quoted place does not say it already.
    pub found: Option<Cow<'static, str>>,
}

impl Kind {
    /// This kind at a place; the quoted place says the rest.
    #[must_use]
    pub const fn at(&'static self, span: Span) -> Diagnostic {
        Diagnostic {
            kind: self,
            span,
            found: None,
        }
    }

    /// This kind at a place, with what was found there in words.
    #[must_use]
    pub fn found(&'static self, span: Span, found: impl Into<Cow<'static, str>>) -> Diagnostic {
        Diagnostic {
            kind: self,
            span,
            found: Some(found.into()),
        }
    }

    /// This kind at no place: what is wrong is not in the text, but in what came with it.
    #[must_use]
    pub fn overall(&'static self, found: impl Into<Cow<'static, str>>) -> Diagnostic {
        self.found(Span::default(), found)
    }
}

impl Diagnostic {
    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.kind.severity
    }

    /// Where it can be shown; `None` where it is about the input as a whole, and a mark under
    /// the first character would mislead.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        (self.span != Span::default()).then_some(self.span)
    }
}

/// One line without the place: `expected …, found …`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.says)?;
        match &self.found {
            Some(found) => write!(f, ", found {found}"),
            None => Ok(()),
        }
    }
}

//! What a rule has found: which cue and line it is about, and what was measured there.

use std::fmt;

use crate::check::Rule;
use crate::model::{Span, Track};

/// Something in a track that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// The cue: an index of [`Track::cues`].
    pub cue: usize,
    /// Which line of the cue, from 0, where it is about one.
    pub line: Option<usize>,
    /// What of the line; empty where it is about all of it.
    pub part: Span,
    /// What was measured, where the rule measures.
    pub measured: Option<Measured>,
}

/// A quantity that is out of its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What was found.
    pub found: u32,
    /// The most or the least that is allowed.
    pub limit: u32,
    /// What both are counted in.
    pub unit: Unit,
}

/// What is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Frames of the rate that is checked for.
    Frames,
    /// Halves of a full-width cell.
    HalfCells,
    /// Thousandths of a character a second.
    MilliCharacters,
    /// Lines of one language.
    Lines,
    /// Visible characters.
    Characters,
    /// Cues of the file.
    Cues,
    /// Percent.
    Percent,
}

impl Unit {
    /// What it is called by programs.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Frames => "frames",
            Self::HalfCells => "half-cells",
            Self::MilliCharacters => "thousandths-of-characters-per-second",
            Self::Lines => "lines",
            Self::Characters => "characters",
            Self::Cues => "cues",
            Self::Percent => "percent",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Frames => "frames",
            Self::HalfCells => "cells",
            Self::MilliCharacters => "characters a second",
            Self::Lines => "lines",
            Self::Characters => "characters",
            Self::Cues => "cues",
            Self::Percent => "%",
        }
    }

    /// A quantity without its unit.
    const fn quantity(self, value: u32) -> Quantity {
        let per = match self {
            Self::Milliseconds
            | Self::Frames
            | Self::Lines
            | Self::Characters
            | Self::Cues
            | Self::Percent => 1,
            Self::HalfCells => 2,
            Self::MilliCharacters => 1000,
        };
        Quantity { value, per }
    }
}

/// A number with up to three decimals: `16.5`.
#[derive(Clone, Copy)]
struct Quantity {
    value: u32,
    per: u32,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.value / self.per, self.value % self.per);
        write!(f, "{whole}")?;
        if rest == 0 {
            return Ok(());
        }
        let thousandths = u64::from(rest) * 1000 / u64::from(self.per);
        let digits = format!("{thousandths:03}");
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

impl Finding {
    /// What was expected and what was found: `expected a gap of at least 83 ms, found 40`.
    #[must_use]
    pub fn message(&self, track: &Track) -> String {
        let expects = self.rule.expects;
        if let Some(Measured { found, limit, unit }) = self.measured {
            let (found, limit) = (unit.quantity(found), unit.quantity(limit));
            return format!("expected {expects} {limit} {}, found {found}", unit.name());
        }
        match self.quoted(track) {
            Some(part) => format!("expected {expects}, found {part:?}"),
            None => format!("expected {expects}"),
        }
    }

    /// The part of the line that it is about.
    #[must_use]
    pub fn quoted<'t>(&self, track: &'t Track) -> Option<&'t str> {
        let cue = track.cues().get(self.cue)?;
        let line = track.line(cue, self.line?)?;
        let part = line.text.get(self.part.start()..self.part.end());
        part.filter(|part| !part.is_empty())
    }
}

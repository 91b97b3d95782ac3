//! Why something was not mended, and what is asked of those who know files.

use std::fmt;

use crate::check::Rule;

/// Something that would be changed. Cues count as they do in the track that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'t> {
    /// A cue is taken away.
    Removal {
        /// Which.
        cue: usize,
    },
    /// The cues of the file are put in the order of their starts.
    Order,
    /// A line has another text.
    Line {
        /// Which cue's.
        cue: usize,
        /// Which of its lines, from 0.
        line: usize,
        /// The new text.
        text: &'t str,
    },
    /// A cue has other times.
    Times {
        /// Which.
        cue: usize,
    },
}

/// Why something was not mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Another rule would be broken then.
    Breaks(&'static Rule),
    /// The next cue comes too soon.
    NoTime,
    /// The next cue starts at no frame, and the last before it is too early.
    NoFrame,
    /// Two cues start together: ending one earlier is not enough.
    Together,
    /// It would be gone too soon.
    TooShort,
    /// It would stay too long.
    TooLong,
    /// It would be too fast to read.
    TooFast,
    /// The profile lets a cue stay no longer than so many milliseconds past what is said.
    PastSpeech(u32),
    /// Before the first line, or behind the last, there is none for the mark.
    NoLine,
    /// The line would have nothing in it.
    OnlyMark,
    /// No cue would be left.
    OnlyCue,
    /// What is mended by one rule is undone by another.
    Endless,
    /// A word would change.
    Words,
    /// It cannot be written, for this reason.
    Unwritten(&'static str),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Breaks(rule) => write!(f, "{} would be found then", rule.id),
            Self::NoTime => f.write_str("the next cue leaves no time"),
            Self::NoFrame => f.write_str("the next cue starts at no frame"),
            Self::Together => f.write_str("both cues start at one time"),
            Self::TooShort => f.write_str("the cue would be gone too soon"),
            Self::TooLong => f.write_str("the cue would stay too long"),
            Self::TooFast => f.write_str("the cue would be too fast to read"),
            Self::PastSpeech(ms) => {
                write!(f, "the profile lets a cue stay {ms} ms longer and no more")
            }
            Self::NoLine => f.write_str("the cue has no line of that language for the mark"),
            Self::OnlyMark => f.write_str("nothing else is in the line"),
            Self::OnlyCue => f.write_str("no other cue is in the file"),
            Self::Endless => f.write_str("one rule would undo what another mends"),
            Self::Words => f.write_str("a word would change"),
            Self::Unwritten(why) => f.write_str(why),
        }
    }
}

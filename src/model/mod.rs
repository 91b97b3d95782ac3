//! Floor 0: the values that every other room speaks in.
//!
//! Nothing comes in and nothing goes out: a room above takes some of these types and
//! gives others, and that is all that rooms know of each other. Each type keeps its own
//! invariant, so that no room has to check another's work: an [`Interval`] has a
//! positive length, a [`Track`] is sorted, a [`Clock`] never runs backwards.
//!
//! Text is held once. A [`Transcript`] owns one buffer, a [`Track`] one besides the text that
//! it was read from, and all that refers to text is a [`Span`] of it: no cue allocates, and
//! no value has a lifetime.
//! Times are whole milliseconds ([`Timestamp`]); sums run in microseconds and are
//! rounded once.

mod builder;
mod clock;
mod diagnostic;
mod edit;
mod language;
mod limits;
mod line_languages;
mod position;
mod same;
mod segment;
mod source;
mod span;
mod time;
mod track;
mod transcript;

pub use builder::{CueTimes, TrackBuilder};
pub use clock::{Basis, Beat, Clock, ClockBuilder};
pub(crate) use diagnostic::kinds;
pub use diagnostic::{Diagnostic, Kind, Room, Severity};
pub use language::{LanguageTag, UnknownLanguage};
pub use limits::{BreakLevel, Counting};
pub use position::Position;
pub use segment::{Segment, Segments, ShownLine};
pub use source::SourceText;
pub use span::Span;
pub use time::{Interval, ParseTimeError, Timestamp};
pub use track::{Chapter, Cue, CueId, CueName, Line, LineView, Mark, MarkKind, Track};
pub use transcript::{Anchor, Heading, Opening, Pause, Transcript, Translation, Turn, Utterance};

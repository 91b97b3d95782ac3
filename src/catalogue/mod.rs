//! Floor 4: what lies in a folder, and what was made of it before, in; what is to be done out.
//!
//! A back catalogue is captioned again and again, and between two runs people mend by hand what
//! was made. So a run first finds its [`jobs`](fn@jobs), then decides by the [`Manifest`] of the
//! one before which of them have anything to do, and whose outputs are somebody's own by now.
//!
//! Nothing is read or written here, and no clock is asked: listings and hashes come in,
//! decisions go out. Paths are relative, in UTF-8, with `/` between their parts, on every
//! system: a manifest made on one is that of another.

mod collide;
mod hash;
mod jobs;
mod journal;
mod manifest;
mod plan;
#[cfg(test)]
mod tests;

pub use collide::{Collision, blocked, collisions, folded, folders};
pub use hash::{Hash, NoHash};
pub use jobs::{Aside, ENDINGS, Ending, Found, Job, Kind, Role, VOICES_FILE, is_of_a_talk, jobs};
pub use journal::Journal;
pub use manifest::{Entry, Hashes, Manifest, ManifestError};
pub use plan::{Cause, Facts, State, cause, dropped, orphans};

//! What the pairing of two tracks had to do in, a few notes out: one a kind, with how often it
//! was and when first. A film has hundreds, and each is as it should be.

use crate::bilingual::kinds;
use crate::model::{Diagnostic, Kind, Timestamp};

/// How often something was done, and when first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    times: usize,
    first: Option<Timestamp>,
}

impl Count {
    pub(super) fn add(&mut self, start: Timestamp) {
        self.times += 1;
        self.first = Some(self.first.map_or(start, |first| first.min(start)));
    }

    fn note(self, kind: &'static Kind) -> Option<Diagnostic> {
        let first = self.first?;
        let found = match self.times {
            1 => format!("one at {first}"),
            times => format!("{times}, the first at {first}"),
        };
        Some(kind.overall(found))
    }
}

/// What was done, by the starts of the cues that it was done to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    /// A cue of the first has nothing beside it.
    pub(super) first_alone: Count,
    /// A cue of the second is a cue of its own.
    pub(super) second_alone: Count,
    /// Several cues of the second stand in one place.
    pub(super) joined: Count,
    /// Words of the second are shared out over several cues of the first.
    pub(super) shared: Count,
    /// A translation has more lines than its profile.
    pub(super) too_long: Count,
    /// A line was joined with another, and its markup left out.
    pub(super) without_markup: Count,
    /// A cue of the second that has a place of its own stands in one that has another.
    pub(super) moved: Count,
}

impl Told {
    pub(super) fn diagnostics(self) -> Vec<Diagnostic> {
        let notes = [
            self.first_alone.note(&kinds::FIRST_ALONE),
            self.second_alone.note(&kinds::SECOND_ALONE),
            self.joined.note(&kinds::JOINED),
            self.shared.note(&kinds::SHARED),
            self.too_long.note(&kinds::LONG_CUES),
            self.without_markup.note(&kinds::MARKUP),
            self.moved.note(&kinds::PLACE),
        ];
        notes.into_iter().flatten().collect()
    }
}

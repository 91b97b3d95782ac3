//! What became of each cue in, one JSON document for programs out, of one schema whether it
//! went well or not.
//!
//! The schema is published as `docs/diff.schema.json`; a test holds it to be this one.

use schemars::JsonSchema;
use serde::Serialize;
use zimu::compare::{Kind, Pairing, Shift, Summary};
use zimu::model::{Cue, Track};

use crate::args::DiffArguments;
use crate::commands::diff_text::Compared;
use crate::commands::print_line;
use crate::report::Failure;

/// How two caption files differ.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DiffAccount {
    /// Always `zimu-diff`.
    format: &'static str,
    /// 1. It rises when a field changes its meaning or goes.
    version: u32,
    /// Why they could not be compared, if they could not.
    error: Option<String>,
    /// The old file, as it was given; `-` is the standard input.
    old: String,
    /// The new file, as it was given.
    new: String,
    /// How many cues differ, and how; none where they could not be compared.
    summary: Option<SummaryAccount>,
    /// Runs of cues that are later, or earlier, by the same.
    shifts: Vec<ShiftAccount>,
    /// Each change, in the order of the new file. Cues that are only part of a shift are here too.
    changes: Vec<ChangeAccount>,
}

/// How many cues differ, and how. Cues that belong together count once, for each kind.
#[derive(Debug, Serialize, JsonSchema)]
struct SummaryAccount {
    /// Cues of the old file.
    old_cues: usize,
    /// Cues of the new file.
    new_cues: usize,
    /// Cues that are the same in both.
    unchanged: usize,
    /// Those that come before what they came after.
    moved: usize,
    /// Those that are shown at another time.
    retimed: usize,
    /// Those that say something else.
    reworded: usize,
    /// Those that say the same on other lines.
    rewrapped: usize,
    /// Those with another speaker, position, emphasis or reading.
    restyled: usize,
    /// Cues that became several.
    split: usize,
    /// Several that became one.
    merged: usize,
    /// Several that became several that are cut otherwise.
    recut: usize,
    /// Those of the new file alone.
    added: usize,
    /// Those of the old file alone.
    removed: usize,
    /// How far starts went; none where no cue is in both files and in the same order.
    starts: Option<StartsAccount>,
}

/// How far starts went, in milliseconds; less than 0 is earlier.
#[derive(Debug, Serialize, JsonSchema)]
struct StartsAccount {
    /// Of how many.
    count: usize,
    /// The furthest back.
    min_ms: i64,
    /// A quarter is at most this.
    lower_quartile_ms: i64,
    /// Half is at most this.
    median_ms: i64,
    /// Three quarters are at most this.
    upper_quartile_ms: i64,
    /// The furthest forward.
    max_ms: i64,
    /// Nine of ten went no further than this, back or forward.
    nine_tenths_ms: u64,
    /// How many went no further than 100 ms.
    within_100_ms: usize,
    /// How many went no further than 200 ms.
    within_200_ms: usize,
    /// How many went no further than 500 ms.
    within_500_ms: usize,
    /// How many went no further than 1000 ms.
    within_1000_ms: usize,
}

/// Cues that are later by the same.
#[derive(Debug, Serialize, JsonSchema)]
struct ShiftAccount {
    /// By how much, in milliseconds; less than 0 is earlier.
    shift_ms: i64,
    /// How many.
    count: usize,
    /// The first of them, as the old file has it.
    first: Option<CueAccount>,
    /// The last of them, as the old file has it.
    last: Option<CueAccount>,
}

/// What a change is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum KindAccount {
    Moved,
    Retimed,
    Reworded,
    Rewrapped,
    Restyled,
    Split,
    Merged,
    Recut,
    Added,
    Removed,
}

/// Cues that belong together and differ.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeAccount {
    /// How they differ: one way at least.
    kinds: Vec<KindAccount>,
    /// In the old file; none where they were added.
    old: Vec<CueAccount>,
    /// In the new file; none where they were removed.
    new: Vec<CueAccount>,
    /// How much later the first starts, in milliseconds; none of what was added or removed.
    start_shift_ms: Option<i64>,
    /// How much later the last ends, in milliseconds; none of what was added or removed.
    end_shift_ms: Option<i64>,
    /// How alike the words are, from 0 to 1000; none of what was added or removed.
    likeness_permille: Option<u16>,
}

/// A cue.
#[derive(Debug, Serialize, JsonSchema)]
struct CueAccount {
    /// What it is called in its file.
    id: String,
    /// When it starts, in milliseconds.
    start_ms: u32,
    /// When it ends, in milliseconds.
    end_ms: u32,
    /// Who speaks, where the file says it.
    speaker: Option<String>,
    /// Its lines, from the top.
    lines: Vec<LineAccount>,
}

/// A line of a cue.
#[derive(Debug, Serialize, JsonSchema)]
struct LineAccount {
    /// Its language, as a BCP 47 tag: what the file says, else what its characters say, else `und`.
    language: String,
    /// Its text, without markup.
    text: String,
}

impl DiffAccount {
    pub(super) fn of(compared: &Compared<'_>) -> Self {
        let comparison = compared.comparison;
        let (old, new) = (compared.old.1, compared.new.1);
        let summary = SummaryAccount::of(old, new, &comparison.summary());
        Self {
            format: "zimu-diff",
            version: 1,
            error: None,
            old: compared.old.0.display().to_string(),
            new: compared.new.0.display().to_string(),
            summary: Some(summary),
            shifts: comparison
                .shifts()
                .iter()
                .map(|shift| compared.shift(shift))
                .collect(),
            changes: comparison
                .changes()
                .map(|change| compared.change(change))
                .collect(),
        }
    }

    pub(super) fn failed(arguments: &DiffArguments, failure: &Failure) -> Self {
        Self {
            format: "zimu-diff",
            version: 1,
            error: Some(failure.message().to_owned()),
            old: arguments.old.display().to_string(),
            new: arguments.new.display().to_string(),
            summary: None,
            shifts: Vec::new(),
            changes: Vec::new(),
        }
    }

    pub(super) fn print(&self) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self);
        print_line(&text.map_err(|error| Failure::plain(error.to_string()))?)
    }
}

impl SummaryAccount {
    fn of(old: &Track, new: &Track, summary: &Summary) -> Self {
        let count = |kind| {
            let found = summary.counts.iter().find(|(counted, _)| *counted == kind);
            found.map_or(0, |(_, count)| *count)
        };
        Self {
            old_cues: old.cues().len(),
            new_cues: new.cues().len(),
            unchanged: summary.unchanged,
            moved: count(Kind::Moved),
            retimed: count(Kind::Retimed),
            reworded: count(Kind::Reworded),
            rewrapped: count(Kind::Rewrapped),
            restyled: count(Kind::Restyled),
            split: count(Kind::Split),
            merged: count(Kind::Merged),
            recut: count(Kind::Recut),
            added: count(Kind::Added),
            removed: count(Kind::Removed),
            starts: summary.starts.map(|starts| {
                let [tenth, fifth, half, whole] = starts.within;
                StartsAccount {
                    count: starts.count,
                    min_ms: starts.min_ms,
                    lower_quartile_ms: starts.lower_quartile_ms,
                    median_ms: starts.median_ms,
                    upper_quartile_ms: starts.upper_quartile_ms,
                    max_ms: starts.max_ms,
                    nine_tenths_ms: starts.nine_tenths_ms,
                    within_100_ms: tenth,
                    within_200_ms: fifth,
                    within_500_ms: half,
                    within_1000_ms: whole,
                }
            }),
        }
    }
}

impl Compared<'_> {
    fn shift(&self, shift: &Shift) -> ShiftAccount {
        let run = self
            .comparison
            .pairings()
            .get(shift.pairings.clone())
            .unwrap_or_default();
        let old = |pairing: &Pairing| self.comparison.old_cues(pairing, self.old.1);
        let first = run.first().and_then(|pairing| old(pairing).next());
        let last = run.last().and_then(|pairing| old(pairing).last());
        ShiftAccount {
            shift_ms: shift.shift_ms,
            count: shift.count,
            first: first.map(|found| cue(self.old.1, found)),
            last: last.map(|found| cue(self.old.1, found)),
        }
    }

    fn change(&self, pairing: &Pairing) -> ChangeAccount {
        let old = self.comparison.old_cues(pairing, self.old.1);
        let new = self.comparison.new_cues(pairing, self.new.1);
        let old: Vec<_> = old.map(|found| cue(self.old.1, found)).collect();
        let new: Vec<_> = new.map(|found| cue(self.new.1, found)).collect();
        let has_both = !old.is_empty() && !new.is_empty();
        ChangeAccount {
            kinds: pairing.kinds.iter().map(KindAccount::of).collect(),
            old,
            new,
            start_shift_ms: has_both.then_some(pairing.start_shift_ms),
            end_shift_ms: has_both.then_some(pairing.end_shift_ms),
            likeness_permille: has_both.then_some(pairing.likeness_permille),
        }
    }
}

impl KindAccount {
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Moved => Self::Moved,
            Kind::Retimed => Self::Retimed,
            Kind::Reworded => Self::Reworded,
            Kind::Rewrapped => Self::Rewrapped,
            Kind::Restyled => Self::Restyled,
            Kind::Split => Self::Split,
            Kind::Merged => Self::Merged,
            Kind::Recut => Self::Recut,
            Kind::Added => Self::Added,
            Kind::Removed => Self::Removed,
        }
    }
}

fn cue(track: &Track, cue: &Cue) -> CueAccount {
    let lines = track.lines(cue).map(|line| LineAccount {
        language: line.language.to_string(),
        text: line.text.to_owned(),
    });
    CueAccount {
        id: track.name(cue).to_string(),
        start_ms: cue.interval.start().millis(),
        end_ms: cue.interval.end().millis(),
        speaker: track.speaker(cue).map(str::to_owned),
        lines: lines.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_this_one() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(DiffAccount));
        let published = include_str!("../../../../docs/diff.schema.json");
        assert_eq!(schema.expect("JSON") + "\n", published);
    }
}

//! What became of each cue in, one page out: both files side by side, and how far starts went.

use anstream::adapter::strip_str;
use askama::Template;
use serde::Serialize;
use zimu::compare::{Kind, Pairing, Summary, WITHIN_MS};
use zimu::model::Span;

use crate::args::DiffArguments;
use crate::commands::diff_text::{Compared, differing, signed, text};
use crate::page::{Cues, Frame, document};
use crate::report::Failure;

const SCRIPT: &str = concat!(
    include_str!("../page/page.js"),
    include_str!("../page/list.js"),
    include_str!("../page/picture.js"),
    include_str!("../page/bars.js"),
    include_str!("../page/diff_picture.js"),
    include_str!("../page/diff.js"),
);

/// Lines of the text that are written out for browsers that run no script: nobody reads more so.
const WRITTEN_OUT: usize = 3000;

#[derive(Template)]
#[template(path = "diff.html")]
struct DiffPage<'a> {
    frame: Frame,
    old: String,
    new: String,
    error: Option<&'a str>,
    found: Option<Found<'a>>,
}

/// What there is to show where both files could be read.
struct Found<'a> {
    cues: (usize, usize),
    summary: Summary,
    account: Account<'a>,
    /// What people read on a terminal.
    text: String,
    is_cut: bool,
}

/// For the script.
#[derive(Serialize)]
struct Account<'a> {
    old: Cues<'a>,
    new: Cues<'a>,
    /// What the bits of a pairing are called, from the lowest.
    kinds: [&'static str; Kind::ALL.len()],
    pairings: Vec<PairingAccount<'a>>,
    /// The first pairing, one past the last, how many are later, by how many milliseconds.
    shifts: Vec<(usize, usize, usize, i64)>,
}

/// The places of the old cues and of the new, how they differ, how much later the first starts
/// and the last ends, how alike the words are; and what cannot be seen in the cues.
#[derive(Serialize)]
struct PairingAccount<'a>(
    &'a [u32],
    &'a [u32],
    u16,
    i64,
    i64,
    u16,
    Option<Differences>,
);

/// Of all lines of each side, joined by line ends, from which byte to which they are on that side
/// alone; and what is styled otherwise.
#[derive(Serialize)]
struct Differences(Vec<(usize, usize)>, Vec<(usize, usize)>, Option<String>);

impl Found<'_> {
    fn about(&self) -> String {
        let (old, new) = self.cues;
        let counts = self.summary.counts.iter().filter(|(_, count)| *count > 0);
        let counts = counts.map(|(kind, count)| format!(", {count} {}", kind.name()));
        let unchanged = self.summary.unchanged;
        format!(
            "{old} → {new} cues: {unchanged} the same{}",
            counts.collect::<String>()
        )
    }

    /// How many starts went no further than each of some distances.
    fn within(&self) -> impl Iterator<Item = (u32, usize)> {
        let counts = self
            .summary
            .starts
            .map_or([0; WITHIN_MS.len()], |starts| starts.within);
        WITHIN_MS.into_iter().zip(counts)
    }
}

/// With the sign that type has for it: `−0.120 s`.
fn shift(ms: i64) -> String {
    signed(ms).replace('-', "−")
}

fn distance(ms: u64) -> String {
    format!("{}.{:03} s", ms / 1000, ms % 1000)
}

/// The page of a comparison.
pub(super) fn page(compared: &Compared<'_>) -> Result<String, Failure> {
    let comparison = compared.comparison;
    let shifts = comparison.shifts().iter();
    let pairings = comparison.pairings().iter();
    let text = strip_str(&text(compared)).to_string();
    let end = text.match_indices('\n').nth(WRITTEN_OUT);
    let end = end.map_or(text.len(), |(at, _)| at);
    let found = Found {
        cues: (compared.old.1.cues().len(), compared.new.1.cues().len()),
        summary: comparison.summary(),
        account: Account {
            old: Cues(compared.old.1),
            new: Cues(compared.new.1),
            kinds: Kind::ALL.map(Kind::name),
            pairings: pairings.map(|pairing| compared.account(pairing)).collect(),
            shifts: shifts
                .map(|shift| {
                    let (first, end) = (shift.pairings.start, shift.pairings.end);
                    (first, end, shift.count, shift.shift_ms)
                })
                .collect(),
        },
        text: text[..end].to_owned(),
        is_cut: end < text.len(),
    };
    let (old, new) = (compared.old.0.display(), compared.new.0.display());
    document(&DiffPage {
        frame: Frame::of(format_args!("{old} → {new} · zimu diff"), SCRIPT),
        old: old.to_string(),
        new: new.to_string(),
        error: None,
        found: Some(found),
    })
}

/// The page of files that could not be compared.
pub(super) fn failed(arguments: &DiffArguments, failure: &Failure) -> Result<String, Failure> {
    document(&DiffPage {
        frame: Frame::of("zimu diff", SCRIPT),
        old: arguments.old.display().to_string(),
        new: arguments.new.display().to_string(),
        error: Some(failure.message()),
        found: None,
    })
}

impl<'a> Compared<'a> {
    fn account(&self, pairing: &Pairing) -> PairingAccount<'a> {
        let kinds = pairing.kinds.iter().map(|kind| 1 << kind as u16);
        PairingAccount(
            self.comparison.old_places(pairing),
            self.comparison.new_places(pairing),
            kinds.sum(),
            pairing.start_shift_ms,
            pairing.end_shift_ms,
            pairing.likeness_permille,
            self.differences(pairing),
        )
    }

    fn differences(&self, pairing: &Pairing) -> Option<Differences> {
        let (has_words, has_style) = (
            pairing.kinds.contain(Kind::Reworded),
            pairing.kinds.contain(Kind::Restyled),
        );
        if !has_words && !has_style {
            return None;
        }
        let old: Vec<_> = self.comparison.old_cues(pairing, self.old.1).collect();
        let new: Vec<_> = self.comparison.new_cues(pairing, self.new.1).collect();
        let marked = has_words.then(|| differing(pairing, (self.old.1, &old), (self.new.1, &new)));
        let marked = marked.flatten().unwrap_or_default();
        let bytes = |span: &Span| (span.start(), span.end());
        let styles = has_style.then(|| self.styles(&old, &new).join(", "));
        Some(Differences(
            marked.old.iter().map(bytes).collect(),
            marked.new.iter().map(bytes).collect(),
            styles,
        ))
    }
}

//! `zimu check --fix`: captions that were read in, the same captions mended in their file out, or a
//! diff of what would be.
//!
//! Only bytes that are mended change. What is written is read again first: a cue that is not as it
//! was meant to be then is left as it was, and what is told afterwards is what is in the file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;

use zimu::check::{Change, Checking, Finding, Fixed, Left, Why, check, fix, mended};
use zimu::format::{Amending, Format, Places, Reading};
use zimu::model::{SourceText, Track};
use zimu::text::encode::encode;
use zimu::text::encoding::Encoding;

use crate::args::{CheckArguments, ReadingArguments};
use crate::checked::CheckedFile;
use crate::commands::check::Checker;
use crate::commands::check_place::CheckedText;
use crate::commands::patched::Original;
use crate::commands::source::{Source, format_of};
use crate::commands::unified::unified;
use crate::commands::{Outcome, print};
use crate::files::{Destination, Existing};
use crate::report::Failure;

/// Captions and the file that they stand in.
pub(super) struct Captions {
    pub(super) source: Source,
    pub(super) format: &'static Format,
    pub(super) track: Track,
    pub(super) places: Places,
    /// What was wrong with the file itself.
    pub(super) outcome: Outcome,
}

/// What became of the findings of a file.
#[derive(Debug, Default)]
pub(super) struct Mends {
    /// Whether the file was changed, or would be.
    pub(super) is_changed: bool,
    /// What is found now.
    pub(super) findings: Vec<Finding>,
    /// Why what is still found was not mended: by cue and rule.
    whys: HashMap<(usize, &'static str), Why>,
}

impl Mends {
    /// Why a finding was not mended, if its rule can be.
    pub(super) fn why(&self, finding: &Finding) -> Option<Why> {
        self.whys.get(&(finding.cue, finding.rule.id)).copied()
    }
}

/// How many findings of each rule were mended.
#[derive(Debug, Default)]
pub(super) struct MendCounts(BTreeMap<&'static str, usize>);

impl MendCounts {
    fn count(&mut self, mended: &[Finding]) {
        for finding in mended {
            *self.0.entry(finding.rule.id).or_default() += 1;
        }
    }

    /// `mended 3: 2 gap, 1 empty`.
    pub(super) fn told(&self, arguments: &CheckArguments) -> String {
        let mended = if arguments.mend.dry_run {
            "would mend"
        } else {
            "mended"
        };
        let mut rules: Vec<_> = self.0.iter().map(|(id, count)| (*count, *id)).collect();
        rules.sort_by_key(|&(count, id)| (std::cmp::Reverse(count), id));
        let rules: Vec<_> = rules
            .iter()
            .map(|(count, id)| format!("{count} {id}"))
            .collect();
        match self.0.values().sum() {
            0_usize => format!("{mended} nothing"),
            sum => format!("{mended} {sum}: {}", rules.join(", ")),
        }
    }
}

/// Where something is not to be changed after all: the file was not read then as it was meant.
#[derive(Debug, Default)]
struct Refused {
    cues: HashSet<usize>,
    kinds: HashSet<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// Which cues there are, and in which order.
    Cues,
    Lines,
    Times,
}

/// In this order nothing of a kind is changed any more where nobody knows which cue is at fault.
const KINDS: [Kind; 3] = [Kind::Cues, Kind::Lines, Kind::Times];

/// Cues at fault are looked for so many times before all of a kind is left.
const MOST_LOOKS: usize = 4;

impl Checker<'_> {
    /// Mends captions, in their file too unless that is not to be written.
    pub(super) fn fix(
        &self,
        captions: &mut Captions,
        bytes: &[u8],
        checking: &Checking<'_>,
        account: &mut CheckedFile,
        counts: &mut MendCounts,
    ) -> Result<Mends, Failure> {
        let (fixed, now) = self.mended(captions, checking);
        let is_changed = *now.source.text != *captions.source.text;
        self.write(captions, bytes, &now.source.text, is_changed)?;
        let Fixed {
            mended: gone,
            left,
            kept,
            ..
        } = &fixed;
        let (findings, gone) = if has_names(&fixed, &now.track) {
            (left.iter().map(|left| left.finding).collect(), gone.clone())
        } else {
            let findings = check(&now.track, checking);
            let before = check(&captions.track, checking);
            let gone = mended(&before, &findings, kept);
            (findings, gone)
        };
        if self.arguments.report.is_some() {
            let (text, track) = (&captions.source.text, &captions.track);
            let path = captions.source.path.display().to_string();
            let before = CheckedText::of(path, text, track, &captions.places.times);
            account.mended(track, &gone, |finding| before.place(finding));
        }
        counts.count(&gone);
        let of_rule = |Left { finding, why }| why.map(|why| ((finding.cue, finding.rule.id), why));
        let mends = Mends {
            is_changed,
            findings,
            whys: fixed.left.into_iter().filter_map(of_rule).collect(),
        };
        *captions = now;
        Ok(mends)
    }

    /// Writes a text in the place of that which was read, or what differs in it for people.
    fn write(
        &self,
        captions: &Captions,
        bytes: &[u8],
        text: &str,
        is_changed: bool,
    ) -> Result<(), Failure> {
        let source = &captions.source;
        let destination = Destination::of(&source.path);
        if self.arguments.mend.dry_run {
            if is_changed && self.arguments.report.is_none() {
                print(&unified(
                    &source.path.display().to_string(),
                    &source.text,
                    text,
                ))?;
            }
        } else if is_changed || destination.file().is_none() {
            let original = Original { source, bytes };
            let (reading, existing) = (&self.arguments.reading, Existing::Overwrite);
            let print = |sink: &mut dyn io::Write| sink.write_all(text.as_bytes());
            original
                .stage(reading, &destination, existing, print)?
                .commit()?;
        }
        Ok(())
    }

    /// The captions as they are read once they are mended.
    fn mended(&self, captions: &Captions, checking: &Checking<'_>) -> (Fixed, Captions) {
        let Captions {
            source,
            format,
            track,
            places,
            ..
        } = captions;
        let amending = Amending::of(format, &source.text, track, places);
        let mut refused = Refused::default();
        let mut looks = 0..MOST_LOOKS;
        loop {
            let fixed = fix(track, checking, &|change| {
                refused.lets(change)?;
                can(&amending, source.encoding, change)
            });
            let now = self.read_again(captions, amending.print(&fixed.track, &fixed.kept));
            let wrong = wrong(&fixed, &now.track).filter(|_| now.format.id == format.id);
            if wrong.as_ref().is_some_and(Vec::is_empty) || refused.kinds.len() == KINDS.len() {
                return (fixed, now);
            }
            let is_known = wrong.is_some_and(|wrong| refused.has_more(&wrong));
            if !is_known || looks.next().is_none() {
                let mut kinds = KINDS.into_iter();
                refused
                    .kinds
                    .extend(kinds.find(|kind| !refused.kinds.contains(kind)));
            }
        }
    }

    fn read_again(&self, captions: &Captions, text: String) -> Captions {
        let quiet = ReadingArguments {
            quiet: true,
            ..self.arguments.reading.clone()
        };
        let source = Source {
            path: captions.source.path.clone(),
            text: SourceText::from(text),
            ..captions.source
        };
        let format = format_of(&source, None, &quiet).unwrap_or(captions.format);
        let read = format.read_with_places(&source.text);
        let (
            Reading {
                mut track,
                diagnostics,
            },
            places,
        ) = read.unwrap_or_default();
        self.name_languages(&mut track, &source, &quiet);
        Captions {
            source,
            format,
            track,
            places,
            outcome: Outcome::of(&diagnostics),
        }
    }
}

/// Whether a change can be written, and why not.
fn can(
    amending: &Amending<'_>,
    encoding: Encoding,
    change: Change<'_>,
) -> Result<(), &'static str> {
    let (can, why_not) = match change {
        Change::Removal { .. } => (
            amending.can_remove(),
            "cues are not taken out of files of this format",
        ),
        Change::Order => (
            amending.can_order(),
            "cues are not moved in this file; `zimu convert` writes them in order",
        ),
        Change::Times { cue } => (
            amending.can_retime(cue),
            "the file does not say when it ends, or says it for several cues at once",
        ),
        Change::Line { cue, line, .. } if amending.line(cue, line).is_none() => {
            (false, "the line does not stand in the file as it is shown")
        }
        Change::Line { text, .. } => (
            encode(text, encoding).is_some(),
            "the encoding of the file lacks one of its marks",
        ),
    };
    can.then_some(()).ok_or(why_not)
}

/// The cues, as they were, that are not read as they are meant; `None` where there are others.
fn wrong(fixed: &Fixed, now: &Track) -> Option<Vec<usize>> {
    let (meant, read) = (fixed.track.cues(), now.cues());
    let pairs = meant.iter().zip(read).zip(&fixed.kept);
    let wrong = pairs.filter(|((meant, read), _)| !fixed.track.shows_as(meant, now, read));
    (meant.len() == read.len()).then(|| wrong.map(|(_, &was)| was).collect())
}

/// Whether cues have the names in the file that they were meant to have: one that counts its cues
/// gives them others where one is gone.
fn has_names(fixed: &Fixed, now: &Track) -> bool {
    let mut cues = fixed.track.cues().iter().zip(now.cues());
    cues.all(|(meant, read)| fixed.track.name(meant) == now.name(read))
}

impl Refused {
    fn lets(&self, change: Change<'_>) -> Result<(), &'static str> {
        let (kind, cue) = match change {
            Change::Removal { cue } => (Kind::Cues, Some(cue)),
            Change::Order => (Kind::Cues, None),
            Change::Line { cue, .. } => (Kind::Lines, Some(cue)),
            Change::Times { cue } => (Kind::Times, Some(cue)),
        };
        let is_refused = cue.is_some_and(|cue| self.cues.contains(&cue));
        let lets = !is_refused && !self.kinds.contains(&kind);
        lets.then_some(()).ok_or("the file would not be read so")
    }

    /// Refuses cues; whether any was not yet refused.
    fn has_more(&mut self, cues: &[usize]) -> bool {
        let count = self.cues.len();
        self.cues.extend(cues);
        self.cues.len() > count
    }
}

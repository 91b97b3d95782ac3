//! Floor 3: a track and a profile in, what in the one is not as the other has it out.
//!
//! The rules are one table, [`RULES`]; each is a function of a cue, its neighbours and the
//! profile, and says where it found something and what it measured. What there is one way to mend
//! [`fix`](fix()) mends. Nothing is known of files: whoever has read the track knows where its cues
//! stand in one.
//!
//! Times and lines of Chinese are judged by the profile, lines of another language by the one that
//! it names as its `second`. Whole numbers only: widths are half cells, speeds thousandths.

mod baseline;
mod fingerprint;
mod fix;
mod found;
mod house;
mod house_rules;
mod languages;
mod lines;
mod marks;
mod measures;
mod quotes;
mod rule;
mod rules;
mod site;
mod speed;
#[cfg(test)]
mod tests;
mod times;
mod words;

pub use baseline::{Baseline, Stale, Standing};
pub use fingerprint::{Fingerprint, fingerprints};
pub use fix::{Can, Change, Fixed, Left, Why, fix, mended};
pub use found::{Finding, Measured, Unit};
pub use rule::{Mending, Rule, Severity};
pub use rules::RULES;
pub use speed::{Speeds, speeds};

use crate::model::{Cue, Position, Track};
pub use crate::profile::Basis;
use crate::profile::Profile;
use crate::spotting::FrameRate;
use site::{Notes, Shown, Site};

/// What a track is checked against.
#[derive(Clone, Debug)]
pub struct Checking<'p> {
    /// The limits of times and of lines of Chinese, and of all lines where `second` is none.
    pub profile: &'p Profile,
    /// The limits of lines in another language.
    pub second: Option<&'p Profile>,
    /// The frames of the film, where times are to be whole frames.
    pub rate: Option<FrameRate>,
    /// What the times of the file are whole multiples of, in milliseconds, at least 1.
    pub step_ms: u32,
    /// The rules that hold.
    pub rules: Vec<&'static Rule>,
}

impl<'p> Checking<'p> {
    /// Against a profile, by all rules; without frames, to the millisecond.
    #[must_use]
    pub fn of(profile: &'p Profile) -> Self {
        Self {
            profile,
            second: None,
            rate: None,
            step_ms: 1,
            rules: RULES.iter().collect(),
        }
    }
}

/// All that is found in a track, by cue; in a cue in the order of [`RULES`].
///
/// ```
/// use zimu::check::{Checking, check};
/// use zimu::format::Format;
/// use zimu::profile::Profile;
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:02,000\n渡船每天早上六点从码头出发\n";
/// let track = srt.read(text).unwrap().track;
/// let profile = Profile::named("netflix-zh-hans")?;
/// let findings = check(&track, &Checking::of(&profile));
/// assert_eq!(findings[0].rule.id, "reading-speed");
/// assert_eq!(
///     findings[0].message(&track),
///     "expected a reading speed of at most 9 characters a second, found 13"
/// );
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn check(track: &Track, checking: &Checking<'_>) -> Vec<Finding> {
    let mut notes = Notes::of(checking);
    let mut lines = Vec::new();
    let mut lines_before = Vec::new();
    let mut shown_last = None;
    let mut shown_last_at = [None; PLACES];
    let is_bilingual = is_bilingual(track, checking);
    let cues = track.cues();
    for (at, cue) in cues.iter().enumerate() {
        std::mem::swap(&mut lines, &mut lines_before);
        lines.clear();
        lines.extend(track.lines(cue).map(|line| Shown::of(line, checking)));
        let shown_last_here = &mut shown_last_at[place_of(track, cue)];
        notes.begin(at, &lines);
        let site = Site {
            track,
            checking,
            cue,
            before: at.checked_sub(1).map(|before| &cues[before]),
            next: cues.get(at + 1),
            shown_last,
            shown_last_here: *shown_last_here,
            lines: &lines,
            lines_before: &lines_before,
            is_bilingual,
        };
        for rule in &checking.rules {
            notes.rule = rule;
            (rule.find)(&site, &mut notes);
        }
        ends_later(&mut shown_last, cue);
        ends_later(shown_last_here, cue);
    }
    notes.finish()
}

/// The positions, and where captions stand by default.
const PLACES: usize = Position::ALL.len() + 1;

/// The index of where a cue stands.
fn place_of(track: &Track, cue: &Cue) -> usize {
    let position = track.position(cue);
    position.map_or(0, |position| usize::from(position.keypad()))
}

fn ends_later<'t>(last: &mut Option<&'t Cue>, cue: &'t Cue) {
    if last.is_none_or(|last| last.interval.end() <= cue.interval.end()) {
        *last = Some(cue);
    }
}

/// Whether at least half of the cues that say something do so in two languages.
fn is_bilingual(track: &Track, checking: &Checking<'_>) -> bool {
    let (mut one, mut both) = (0, 0);
    for cue in track.cues() {
        let lines = track.lines(cue).map(|line| Shown::of(line, checking));
        let mut has = [false; 2];
        for line in lines.filter(Shown::has_words) {
            has[line.side as usize] = true;
        }
        match has {
            [true, true] => both += 1,
            [false, false] => {}
            _ => one += 1,
        }
    }
    both > 0 && both >= one
}

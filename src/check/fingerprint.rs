//! What a finding is about, out of its track: by that it is known again another day.
//!
//! Whoever keeps findings (a [`Baseline`](crate::check::Baseline), a service that shows them) has to
//! know one again when its cue was retimed or renumbered, its lines broken elsewhere, or the file
//! edited above it. So it goes by the words alone: no time, no number, no place, no measure. Marks
//! are none of the words, so that mending one finding of a line does not make its others new.

use std::fmt;
use std::hash::Hasher;

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::check::Finding;
use crate::model::Track;

/// Most characters that are kept as they are; of more the first, and the hash of all.
const LONGEST: usize = 40;

/// How many the first are.
const KEPT: usize = 24;

/// The words that a finding is at, without spaces and marks, and behind a space the part of them
/// that it is about, if it is about a part: `早班渡船已经靠岸 。`.
///
/// The form is stable: it is what baselines hold. Several findings of a rule may have the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

/// The fingerprint of each finding, in their order.
///
/// ```
/// use zimu::check::{Checking, check, fingerprints};
/// use zimu::format::Format;
/// use zimu::profile::Profile;
///
/// let profile = Profile::named("netflix-zh-hans")?;
/// let prints = |text| {
///     let track = Format::named("srt").unwrap().read(text).unwrap().track;
///     fingerprints(&track, &check(&track, &Checking::of(&profile)))
/// };
/// let was = prints("1\n00:00:01,000 --> 00:00:02,000\n渡船每天早上，六点出发\n");
/// let is = prints("7\n00:03:00,000 --> 00:03:00,900\n渡船每天早上\n六点出发\n");
/// assert_eq!(was[0], is[0]);
/// assert_eq!(was[0].to_string(), "渡船每天早上六点出发");
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn fingerprints(track: &Track, findings: &[Finding]) -> Vec<Fingerprint> {
    // A line may be long and have many findings: its words are gone through once for a rule.
    let mut last = None;
    let mut last_words = String::new();
    let prints = findings.iter().map(|finding| {
        let at = (finding.cue, finding.line);
        if last.replace(at) != Some(at) {
            last_words = shortened(words(&text_at(track, finding)));
        }
        match finding.quoted(track) {
            Some(part) => Fingerprint(format!("{last_words} {}", shortened(part.to_owned()))),
            None => Fingerprint(last_words.clone()),
        }
    });
    prints.collect()
}

/// The line that a finding is about, or all of its cue.
fn text_at(track: &Track, finding: &Finding) -> String {
    let Some(cue) = track.cues().get(finding.cue) else {
        return String::new();
    };
    match finding.line {
        Some(line) => track
            .line(cue, line)
            .map(|line| line.text.to_owned())
            .unwrap_or_default(),
        None => track.lines(cue).map(|line| line.text).collect(),
    }
}

impl Fingerprint {
    /// The same in 64 bits, by SipHash-1-3 with the key 0, for who cannot hold a text.
    #[must_use]
    pub fn hash(&self) -> u64 {
        hash(&self.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Letters, digits and Han characters; where there are none, all that is seen.
fn words(text: &str) -> String {
    let words: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    if words.is_empty() {
        text.split_whitespace().collect()
    } else {
        words
    }
}

fn shortened(text: String) -> String {
    if text.chars().nth(LONGEST).is_none() {
        return text;
    }
    let kept: String = text.chars().take(KEPT).collect();
    format!("{kept}…{:016x}", hash(&text))
}

fn hash(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

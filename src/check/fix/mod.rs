//! A track and what it is checked against in; out comes the track with what is safe to mend mended,
//! what that was, and why the rest was not.
//!
//! How a rule is mended is said in its row of [`RULES`]. Mends go in passes: cues, then words, then
//! times. After each the track is checked again, by all rules: a cue in which anything else would
//! be wrong then is left as it was. Passes go on until nothing changes, so that mending twice is
//! mending once. No letter, digit or Han character changes, and no start but to its frame.
//!
//! Nothing is known of files here: whoever knows whether a change can be written is asked.

mod broken;
#[cfg(test)]
mod cases;
mod cues;
pub(super) mod ends;
mod grid;
pub(super) mod moved;
#[cfg(test)]
mod tests;
mod times;
mod why;
mod words;

use std::collections::HashMap;

use crate::check::rule::Fix;
use crate::check::{Checking, Finding, RULES, Rule, check};
use crate::model::Track;
use broken::{broken, refused_near};

pub use broken::mended;
pub(super) use ends::TimesFix;
pub(super) use times::Moment;
pub use why::{Change, Why};
pub(super) use words::{Words, WordsFix};

/// A track that was mended.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The track as it is now.
    pub track: Track,
    /// Which cue of the track that was given each of its cues is.
    pub kept: Vec<usize>,
    /// What was found in the track that was given and is found no more.
    pub mended: Vec<Finding>,
    /// What is found in it now.
    pub left: Vec<Left>,
}

/// Something that is still found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// What and where, in the track as it is now.
    pub finding: Finding,
    /// Why it was not mended, where its rule can be.
    pub why: Option<Why>,
}

/// Mends what is safe of what the rules of `checking` find. `can` says of a change whether it can
/// be written, and if not, why.
///
/// ```
/// use zimu::check::{Checking, fix};
/// use zimu::format::Format;
/// use zimu::profile::Profile;
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:03,000\n渡船靠岸了。\n";
/// let track = srt.read(text).unwrap().track;
/// let profile = Profile::named("netflix-zh-hans")?;
/// let fixed = fix(&track, &Checking::of(&profile), &|_| Ok(()));
/// let line = fixed.track.lines(&fixed.track.cues()[0]).next().unwrap();
/// assert_eq!(line.text, "渡船靠岸了");
/// assert_eq!(fixed.mended[0].rule.id, "trailing-punctuation");
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn fix(track: &Track, checking: &Checking<'_>, can: &Can<'_>) -> Fixed {
    let all = Checking {
        rules: RULES.iter().collect(),
        ..checking.clone()
    };
    let mut run = Run {
        asked: checking,
        can,
        track: track.clone(),
        kept: (0..track.cues().len()).collect(),
        findings: check(track, &all),
        all,
        refused: HashMap::new(),
        whys: HashMap::new(),
    };
    let before = run.asked_findings();
    // What was refused for what stood round it may be mended now that this has changed.
    for _ in 0..MOST_RUNS {
        run.refused.clear();
        if !run.passes() || run.refused.is_empty() {
            break;
        }
    }
    run.finish(&before)
}

/// Whether a change can be written, and if not, why.
pub type Can<'c> = dyn Fn(Change<'_>) -> Result<(), &'static str> + 'c;

/// How often a track is gone over at most, so that it comes to an end whatever it is: no file that
/// was seen takes more than three times.
const MOST_RUNS: usize = 8;

/// How far round what would be wrong then cues are left as they were, one after the other: itself,
/// its neighbours (a gap, a line that is said twice), the cues of a quotation, all.
const RADII: [usize; 5] = [0, 1, 8, 512, usize::MAX];

/// What is mended together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Pass {
    /// Which cues there are, and their numbers.
    Cues,
    Words,
    Times,
}

/// A track on its way, and what was found in it.
struct Run<'c, 'p> {
    asked: &'c Checking<'p>,
    all: Checking<'p>,
    can: &'c Can<'c>,
    track: Track,
    /// Which cue of the track that was given each of its cues is.
    kept: Vec<usize>,
    /// By all rules.
    findings: Vec<Finding>,
    /// The cues, as they were given, that a pass leaves as they are.
    refused: HashMap<(usize, Pass), Why>,
    /// Why a rule could not be mended in a cue.
    whys: HashMap<(usize, &'static str), Why>,
}

/// A track as it would be.
struct Proposal {
    track: Track,
    /// Which cue of the track before each of its cues is.
    kept: Vec<usize>,
    /// The cues of the track before that are other ones, in order.
    touched: Vec<usize>,
}

impl Run<'_, '_> {
    /// Whether any of the passes changed something.
    fn passes(&mut self) -> bool {
        let mut has_changed = false;
        for _ in 0..MOST_RUNS {
            let changes = [Pass::Cues, Pass::Words, Pass::Times].map(|pass| self.settles(pass));
            if !changes.contains(&true) {
                break;
            }
            has_changed = true;
        }
        has_changed
    }

    /// Whether a pass changed something. Where anything would be wrong then, it is gone through
    /// again without the cues near to that.
    fn settles(&mut self, pass: Pass) -> bool {
        let mut radii = RADII.into_iter();
        loop {
            let proposed = match pass {
                Pass::Cues => cues::propose(self),
                Pass::Words => words::propose(self),
                Pass::Times => times::propose(self),
            };
            let Some(proposal) = proposed else {
                return false;
            };
            let findings = check(&proposal.track, &self.all);
            let broken = broken(&self.findings, &findings, &proposal.kept);
            if broken.is_empty() {
                let was = |&at: &usize| self.kept[at];
                self.kept = proposal.kept.iter().map(was).collect();
                (self.track, self.findings) = (proposal.track, findings);
                return true;
            }
            let is_refused = |radius| {
                let near = refused_near(&broken, &proposal.touched, radius);
                let near = near.map(|(at, rule)| ((self.kept[at], pass), Why::Breaks(rule)));
                let count = self.refused.len();
                self.refused.extend(near);
                self.refused.len() > count
            };
            if !radii.any(is_refused) {
                return false;
            }
        }
    }

    /// What is found by rules that are asked for.
    fn asked_findings(&self) -> Vec<Finding> {
        let asked = |finding: &&Finding| self.asked.rules.contains(&finding.rule);
        self.findings.iter().filter(asked).copied().collect()
    }

    /// The cues, as they are numbered now, in which a rule is broken that is mended so; each once.
    fn found(&self, is_such: impl Fn(Fix) -> bool) -> Vec<usize> {
        let findings = self.findings.iter();
        let such = findings.filter(|finding| {
            is_such(finding.rule.fix) && self.asked.rules.contains(&finding.rule)
        });
        let mut cues: Vec<_> = such.map(|finding| finding.cue).collect();
        cues.dedup();
        cues
    }

    /// The rules that are asked for and mended so.
    fn rules<F>(&self, such: impl Fn(Fix) -> Option<F>) -> Vec<(&'static Rule, F)> {
        let rules = self.asked.rules.iter();
        let such = rules.filter_map(|rule| such(rule.fix).map(|fix| (*rule, fix)));
        such.collect()
    }

    fn refuse(&mut self, at: usize, pass: Pass, why: Why) {
        self.refused.insert((self.kept[at], pass), why);
    }

    fn is_refused(&self, at: usize, pass: Pass) -> bool {
        self.refusal(at, pass).is_some()
    }

    fn refusal(&self, at: usize, pass: Pass) -> Option<Why> {
        if self.refused.is_empty() {
            return None;
        }
        self.refused.get(&(self.kept[at], pass)).copied()
    }

    /// Notes why a rule is not mended in a cue.
    fn note(&mut self, at: usize, rule: &'static Rule, why: Why) {
        self.whys.insert((self.kept[at], rule.id), why);
    }

    fn finish(self, before: &[Finding]) -> Fixed {
        let after = self.asked_findings();
        let overlapped = ends::overlapped(&self.track, &after);
        let left = after.iter().map(|&finding| Left {
            finding,
            why: self.why(finding, &overlapped),
        });
        Fixed {
            left: left.collect(),
            mended: mended(before, &after, &self.kept),
            kept: self.kept,
            track: self.track,
        }
    }

    /// Why something was not mended; `overlapped` are the cues that are still shown when others
    /// start, by these.
    fn why(&self, finding: Finding, overlapped: &HashMap<usize, usize>) -> Option<Why> {
        let rule = finding.rule;
        let pass = rule.fix.pass()?;
        let mut at = finding.cue;
        if let Fix::Before(_) = rule.fix {
            at = *overlapped.get(&at)?;
            let [one, other] = [at, finding.cue].map(|at| self.track.cues()[at].interval.start());
            if one == other {
                return Some(Why::Together);
            }
        }
        let why = self.whys.get(&(self.kept[at], rule.id));
        self.refusal(at, pass).or_else(|| why.copied())
    }
}

//! What was found before and what is found now in, what is found no more and what is new out.
//!
//! Findings are the same where they are of one rule and one cue; of several of these so many are.

use std::collections::HashMap;

use crate::check::{Finding, Rule, Severity};

/// What makes a finding one that was there before.
type Sign = (usize, &'static str);

/// What is found no more of `before`; `kept` says which cue each of those now was before. Of
/// several those are gone in whose lines there is none left.
#[must_use]
pub fn mended(before: &[Finding], after: &[Finding], kept: &[usize]) -> Vec<Finding> {
    let sign = |finding: &Finding, cue| ((cue, finding.rule.id), finding.line);
    let after = after.iter().map(|finding| sign(finding, kept[finding.cue]));
    let mut after: Vec<_> = after.collect();
    after.sort_unstable();
    let has_left = |finding: &Finding| after.binary_search(&sign(finding, finding.cue)).is_ok();
    let mut order: Vec<_> = before.iter().enumerate().collect();
    order.sort_by_key(|(_, finding)| (finding.cue, finding.rule.id, has_left(finding)));
    let mut gone: Vec<_> = order
        .chunk_by(|(_, one), (_, other)| (one.cue, one.rule) == (other.cue, other.rule))
        .flat_map(|same| {
            let (this, _) = sign(same[0].1, same[0].1.cue);
            let from = after.partition_point(|(that, _)| *that < this);
            let left = after[from..].partition_point(|(that, _)| *that == this);
            &same[..same.len().saturating_sub(left)]
        })
        .collect();
    gone.sort_by_key(|(at, _)| *at);
    gone.into_iter().map(|(_, finding)| **finding).collect()
}

/// The cues, as they were before, in which a rule is newly broken, a note aside; in order.
pub(super) fn broken(
    before: &[Finding],
    after: &[Finding],
    kept: &[usize],
) -> Vec<(usize, &'static Rule)> {
    let mut known: HashMap<Sign, usize> = HashMap::new();
    for finding in before {
        *known.entry((finding.cue, finding.rule.id)).or_default() += 1;
    }
    let mut is_new = |&(cue, rule): &(usize, &'static Rule)| match known.get_mut(&(cue, rule.id)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        Some(_) | None => rule.severity > Severity::Note,
    };
    let after = after
        .iter()
        .map(|finding| (kept[finding.cue], finding.rule));
    after.filter(|found| is_new(found)).collect()
}

/// The cues that were changed within so many of one that is broken, with the rule that is. Both
/// are in order.
pub(super) fn refused_near(
    broken: &[(usize, &'static Rule)],
    touched: &[usize],
    radius: usize,
) -> impl Iterator<Item = (usize, &'static Rule)> {
    let mut rest = touched;
    broken.iter().flat_map(move |&(cue, rule)| {
        let behind = rest.partition_point(|&at| at < cue.saturating_sub(radius));
        let end = rest.partition_point(|&at| at <= cue.saturating_add(radius));
        let near = &rest[behind..end.max(behind)];
        rest = &rest[end.max(behind)..];
        near.iter().map(move |&at| (at, rule))
    })
}

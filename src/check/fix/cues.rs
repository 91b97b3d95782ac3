//! The pass of cues: those that show nothing go, and numbers rise with the starts.

use crate::check::fix::{Change, Pass, Proposal, Run, Why};
use crate::check::rule::Fix;

/// The track without the cues that show nothing, and in order.
pub(super) fn propose(run: &mut Run<'_, '_>) -> Option<Proposal> {
    let goes = removed(run);
    let is_ordered = is_ordered(run);
    if goes.is_empty() && !is_ordered {
        return None;
    }
    let mut track = run.track.clone();
    let stays = |at: &usize| goes.binary_search(at).is_err();
    let kept: Vec<_> = (0..track.cues().len()).filter(stays).collect();
    track.retain_cues(|at| stays(&at));
    if is_ordered {
        track.number_in_order();
    }
    Some(Proposal {
        track,
        kept,
        touched: goes,
    })
}

/// The cues that go.
fn removed(run: &mut Run<'_, '_>) -> Vec<usize> {
    let mut goes = run.found(|fix| matches!(fix, Fix::Removal));
    goes.retain(|&at| {
        if run.is_refused(at, Pass::Cues) {
            return false;
        }
        let can = (run.can)(Change::Removal { cue: run.kept[at] });
        can.map_err(|why| run.refuse(at, Pass::Cues, Why::Unwritten(why)))
            .is_ok()
    });
    if goes.len() == run.track.cues().len() && !goes.is_empty() {
        run.refuse(goes.remove(0), Pass::Cues, Why::OnlyCue);
    }
    goes
}

/// Whether cues are out of order and can be put in order.
fn is_ordered(run: &mut Run<'_, '_>) -> bool {
    let found = run.found(|fix| matches!(fix, Fix::Numbering));
    if found.is_empty() {
        return false;
    }
    match (run.can)(Change::Order) {
        Ok(()) => true,
        Err(why) => {
            let rules = run.rules(|fix| matches!(fix, Fix::Numbering).then_some(()));
            for (rule, ()) in rules {
                let why = Why::Unwritten(why);
                for &at in &found {
                    run.note(at, rule, why);
                }
            }
            false
        }
    }
}

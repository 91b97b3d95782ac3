//! The times of two tracks in, which cues belong together out.
//!
//! 1. A cue of the second belongs to the cue of the first with which it shares most time, of two
//!    to the earlier. They are close where they share half of the shorter one's time or more; a
//!    close one goes before one that is not.
//! 2. A cue of the second that is close to none is alone where more than half of its time
//!    is free of the first: it is shown then.
//! 3. A cue of the first to which none belongs by that has a part in what belongs to another,
//!    where it is close to a cue of the second: that one is said over both. Not so one that is
//!    close to that other too: a sign beside what is said has no part in its words.
//!
//! So each cue of the second is in one group, which has one cue of the first at its centre:
//! a slight overlap at an edge joins nothing, and groups never grow into chains.

use crate::model::{Interval, Timestamp};

/// How many cues of one language that are shown at one time are looked at: the work stays
/// linear where a file has all its cues at once.
const MOST_AT_ONCE: usize = 64;

/// Where a cue of the second belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// To a cue of the first, by its index.
    Beside(usize),
    /// To none: it is shown alone, while no cue of the first is there.
    Alone(Interval),
}

/// Which cues belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Belongings {
    /// For each cue of the second.
    pub(super) homes: Vec<Home>,
    /// For each cue of the first, the index of the one at the centre of its group.
    pub(super) centres: Vec<usize>,
}

/// What a cue shares with one of the other language. The greater is the stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bond {
    is_close: bool,
    shared_ms: u32,
}

/// The strongest bond of a cue so far, and with which cue it is.
type Best = Option<(Bond, usize)>;

/// Finds which cues belong together. Both tracks are in the order of their starts.
pub(super) fn belongings(first: &[Interval], second: &[Interval]) -> Belongings {
    let (of_first, of_second) = bonds(first, second);
    let homes = homes(first, second, &of_second);
    let mut centres: Vec<usize> = (0..first.len()).collect();
    let mut has_own = vec![false; first.len()];
    for home in &homes {
        if let Home::Beside(index) = *home {
            has_own[index] = true;
        }
    }
    for (index, best) in of_first.iter().enumerate() {
        let close = best.filter(|(bond, _)| bond.is_close && !has_own[index]);
        if let Some(Home::Beside(centre)) = close.map(|(_, other)| homes[other])
            && !Bond::of(first[index], first[centre]).is_close
        {
            centres[index] = centre;
        }
    }
    Belongings { homes, centres }
}

/// The best bond of each cue of both, found in one sweep over all starts: each pair that shares
/// time meets where the later of the two starts.
fn bonds(first: &[Interval], second: &[Interval]) -> (Vec<Best>, Vec<Best>) {
    let (mut of_first, mut of_second) = (vec![None; first.len()], vec![None; second.len()]);
    let (mut open_first, mut open_second) = (Vec::new(), Vec::new());
    let (mut at_first, mut at_second) = (0, 0);
    loop {
        let is_first = match (first.get(at_first), second.get(at_second)) {
            (Some(one), Some(other)) => one.start() <= other.start(),
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return (of_first, of_second),
        };
        if is_first {
            open(&mut open_first, first, at_first);
            close_before(&mut open_second, second, first[at_first].start());
            for &other in &open_second {
                let bond = Bond::of(first[at_first], second[other]);
                strengthen(&mut of_first[at_first], bond, other);
                strengthen(&mut of_second[other], bond, at_first);
            }
            at_first += 1;
        } else {
            open(&mut open_second, second, at_second);
            close_before(&mut open_first, first, second[at_second].start());
            for &other in &open_first {
                let bond = Bond::of(first[other], second[at_second]);
                strengthen(&mut of_first[other], bond, at_second);
                strengthen(&mut of_second[at_second], bond, other);
            }
            at_second += 1;
        }
    }
}

/// A cue starts beside those of its language that are still shown.
fn open(open: &mut Vec<usize>, cues: &[Interval], index: usize) {
    close_before(open, cues, cues[index].start());
    if open.len() < MOST_AT_ONCE {
        open.push(index);
    }
}

fn close_before(open: &mut Vec<usize>, cues: &[Interval], time: Timestamp) {
    open.retain(|&index| cues[index].end() > time);
}

impl Bond {
    fn of(one: Interval, other: Interval) -> Self {
        let start = one.start().max(other.start());
        let end = one.end().min(other.end());
        let shared_ms = end.millis().saturating_sub(start.millis());
        let shorter_ms = one.duration_ms().min(other.duration_ms());
        Self {
            is_close: shared_ms >= shorter_ms.div_ceil(2),
            shared_ms,
        }
    }
}

/// The earlier of two that are as strong stays.
fn strengthen(best: &mut Best, bond: Bond, with: usize) {
    let is_stronger =
        best.is_none_or(|(before, index)| bond > before || (bond == before && with < index));
    if bond.shared_ms > 0 && is_stronger {
        *best = Some((bond, with));
    }
}

fn homes(first: &[Interval], second: &[Interval], best: &[Best]) -> Vec<Home> {
    let mut begun = first.iter().enumerate().peekable();
    // Of those that have begun, the one that ends last.
    let mut lasting: Option<(Timestamp, usize)> = None;
    let home = |(cue, best): (&Interval, &Best)| {
        while let Some((index, one)) = begun.next_if(|(_, one)| one.start() <= cue.start()) {
            if lasting.is_none_or(|(end, _)| one.end() > end) {
                lasting = Some((one.end(), index));
            }
        }
        if let Some((bond, index)) = *best
            && bond.is_close
        {
            return Home::Beside(index);
        }
        let next = begun.peek().map(|(_, one)| one.start());
        let start = lasting.map_or(cue.start(), |(end, _)| end.max(cue.start()));
        let end = next.map_or(cue.end(), |next| next.min(cue.end()));
        let free = Interval::new(start, end);
        let free =
            free.filter(|free| u64::from(free.duration_ms()) * 2 > u64::from(cue.duration_ms()));
        let beside = best
            .map(|(_, index)| index)
            .or(lasting.map(|(_, index)| index));
        match (free, beside) {
            (Some(free), _) => Home::Alone(free),
            (None, Some(index)) => Home::Beside(index),
            (None, None) => Home::Alone(*cue),
        }
    };
    second.iter().zip(best).map(home).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn intervals(times: &[(u32, u32)]) -> Vec<Interval> {
        let at = Timestamp::from_millis;
        let intervals = times
            .iter()
            .map(|&(start, end)| Interval::new(at(start), at(end)));
        intervals.map(Option::unwrap).collect()
    }

    /// The groups: for each cue of the first its centre, for each of the second its home, and
    /// the times of those that are alone.
    fn found(first: &[(u32, u32)], second: &[(u32, u32)]) -> (Vec<usize>, Vec<Home>) {
        let Belongings { homes, centres } = belongings(&intervals(first), &intervals(second));
        (centres, homes)
    }

    fn alone(start: u32, end: u32) -> Home {
        Home::Alone(intervals(&[(start, end)])[0])
    }

    use Home::Beside;

    #[test]
    fn cues_of_about_one_time_belong_together() {
        assert_eq!(
            found(&[(0, 1000), (1000, 3000)], &[(100, 1300), (1300, 2900)]),
            (vec![0, 1], vec![Beside(0), Beside(1)])
        );
    }

    #[test]
    fn one_may_belong_to_several_and_several_to_one() {
        assert_eq!(
            found(
                &[(0, 2000), (2000, 4000), (4000, 9000)],
                &[(0, 4000), (4000, 6000), (6000, 9000)]
            ),
            (vec![0, 0, 2], vec![Beside(0), Beside(2), Beside(2)])
        );
    }

    #[test]
    fn a_slight_overlap_joins_nothing() {
        assert_eq!(
            found(&[(0, 2000), (6000, 8000)], &[(1800, 5000)]),
            (vec![0, 1], vec![alone(2000, 5000)])
        );
        // The middle one has nothing, though both its neighbours' translations touch it.
        assert_eq!(
            found(
                &[(0, 2000), (2000, 4000), (4000, 6000)],
                &[(0, 2300), (3700, 6000)]
            ),
            (vec![0, 1, 2], vec![Beside(0), Beside(2)])
        );
    }

    #[test]
    fn cues_that_lag_by_half_make_no_chain() {
        let first: Vec<_> = (0..9).map(|at| (at * 4000, at * 4000 + 4000)).collect();
        let second: Vec<_> = first
            .iter()
            .map(|(start, end)| (start + 2000, end + 2000))
            .collect();
        let (centres, homes) = found(&first, &second);
        assert_eq!(centres, (0..9).collect::<Vec<_>>());
        assert_eq!(homes, (0..9).map(Beside).collect::<Vec<_>>());
    }

    #[test]
    fn a_long_cue_takes_no_words_from_those_that_have_their_own() {
        let (centres, homes) = found(
            &[(0, 2000), (2000, 4000)],
            &[(0, 60_000), (0, 2000), (2000, 4000)],
        );
        assert_eq!(centres, [0, 1]);
        assert_eq!(homes, [Beside(0), Beside(0), Beside(1)]);
    }

    #[test]
    fn a_sign_takes_no_words_from_what_is_said_meanwhile() {
        let (centres, homes) = found(&[(0, 3000), (0, 3000), (1000, 1040)], &[(0, 3000)]);
        assert_eq!(centres, [0, 1, 2]);
        assert_eq!(homes, [Beside(0)]);
    }

    fn times() -> impl Strategy<Value = Vec<(u32, u32)>> {
        prop::collection::vec((0..20_000_u32, 1..6000_u32), 0..30).prop_map(|mut times| {
            times.sort_unstable();
            let ended = times
                .into_iter()
                .map(|(start, length)| (start, start + length));
            ended.collect()
        })
    }

    proptest! {
        /// Each cue has one place; who is alone is so at its own time, and beside no other.
        #[test]
        fn every_cue_has_a_place(first in times(), second in times()) {
            let (centres, homes) = found(&first, &second);
            prop_assert_eq!(homes.len(), second.len());
            for &centre in &centres {
                prop_assert_eq!(centres[centre], centre);
            }
            for (home, &(start, end)) in homes.iter().zip(&second) {
                match *home {
                    Beside(index) => prop_assert_eq!(centres[index], index),
                    Home::Alone(free) => {
                        let (from, to) = (free.start().millis(), free.end().millis());
                        prop_assert!(start <= from && to <= end);
                        prop_assert!(first.iter().all(|&(start, end)| end <= from || to <= start));
                    }
                }
            }
        }
    }
}

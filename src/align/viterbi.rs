//! A chain of states and the scores of each frame in; the way through the states that is likeliest out.
//!
//! At each frame only states in a band are looked at. A way back for each of them would be
//! 1.3 GB for two hours: so the first way through keeps what it came to at every thousandth frame
//! alone, and from there each thousand is gone through once more, the last first.

use std::ops::Range;

use crate::align::chain::{Chain, LEFT_OUT, NEVER};
use crate::align::likely::{Scorer, Scores};

/// Frames between two of those that are kept.
const KEPT_EVERY: usize = 1024;

/// Where a state was entered from.
const STAYED: u8 = 0;
const FROM_LAST: u8 = 1;
const OVER_LAST: u8 = 2;
const OVER_LINE: u8 = 3;

/// The state of each frame on the likeliest way through so many; `band` says which states are looked at in a frame, by the state
/// that was likeliest in the one before. Neither end of it goes back.
pub(super) fn way(
    chain: &Chain,
    scorer: &Scorer<'_>,
    frames: usize,
    mut band: impl FnMut(usize, usize) -> Range<usize>,
) -> Vec<u32> {
    let Some(last) = frames.checked_sub(1) else {
        return Vec::new();
    };
    let mut bands = vec![band(0, 0)];
    let mut front = Front::at_first(chain, &scorer.scores(0), bands[0].clone());
    let mut kept = vec![front.kept()];
    for frame in 1..=last {
        bands.push(band(frame, front.likeliest));
        front.step(&scorer.scores(frame), bands[frame].clone(), |_, _| {});
        if frame % KEPT_EVERY == 0 && frame < last {
            kept.push(front.kept());
        }
    }
    let mut state = front.end();
    let mut states = vec![0; last + 1];
    let mut ways = vec![Vec::new(); KEPT_EVERY];
    for (at, kept) in kept.into_iter().enumerate().rev() {
        let first = at * KEPT_EVERY;
        let end = (first + KEPT_EVERY).min(last);
        let mut front = Front::resumed(chain, kept);
        for frame in first + 1..=end {
            let ways: &mut Vec<u8> = &mut ways[frame - first - 1];
            ways.clear();
            ways.resize(bands[frame].len(), STAYED);
            let start = bands[frame].start;
            front.step(&scorer.scores(frame), bands[frame].clone(), |state, way| {
                ways[state - start] = way;
            });
        }
        for frame in (first + 1..=end).rev() {
            states[frame] = state as u32;
            let way = ways[frame - first - 1][state - bands[frame].start];
            state = match way {
                STAYED => state,
                FROM_LAST => state - 1,
                OVER_LAST => state - 2,
                _ => chain.joint_before(state),
            };
        }
    }
    states[0] = state as u32;
    states
}

/// How likely each state of a band is at one frame, by the best way to it.
struct Front<'c> {
    chain: &'c Chain,
    band: Range<usize>,
    now: Vec<f32>,
    /// The same of the frame before; what lies below its band was never looked at.
    before: Vec<f32>,
    before_start: usize,
    likeliest: usize,
}

/// What is kept of a front.
struct Kept {
    band: Range<usize>,
    now: Vec<f32>,
}

impl<'c> Front<'c> {
    /// A recording begins in the first joint, or with the first phone.
    fn at_first(chain: &'c Chain, scores: &Scores, band: Range<usize>) -> Self {
        let mut now = vec![NEVER; chain.len()];
        for (state, now) in now.iter_mut().enumerate().take(2) {
            *now = scores[usize::from(chain.class[state])];
        }
        Self {
            chain,
            before_start: band.start,
            band,
            before: vec![NEVER; now.len()],
            now,
            likeliest: 0,
        }
    }

    fn kept(&self) -> Kept {
        Kept {
            band: self.band.clone(),
            now: self.now[self.band.clone()].to_vec(),
        }
    }

    fn resumed(chain: &'c Chain, kept: Kept) -> Self {
        let mut now = vec![NEVER; chain.len()];
        now[kept.band.clone()].copy_from_slice(&kept.now);
        Self {
            chain,
            before_start: kept.band.start,
            band: kept.band,
            before: vec![NEVER; now.len()],
            now,
            likeliest: 0,
        }
    }

    /// Goes on to the next frame; `entered` is told by which way each state was.
    fn step(&mut self, scores: &Scores, band: Range<usize>, mut entered: impl FnMut(usize, u8)) {
        std::mem::swap(&mut self.now, &mut self.before);
        // What the frame before the last one left there.
        self.now[self.before_start..band.start.max(self.before_start)].fill(NEVER);
        self.before_start = self.band.start;
        let (chain, before) = (self.chain, &self.before);
        let mut likeliest = (NEVER, band.start);
        for state in band.clone() {
            let mut best = before[state] + chain.stay[state];
            let mut way = STAYED;
            if state > 0 {
                let next = before[state - 1] + chain.next[state];
                if next > best {
                    (best, way) = (next, FROM_LAST);
                }
            }
            if state > 1 {
                let over = before[state - 2] + chain.over[state];
                if over > best {
                    (best, way) = (over, OVER_LAST);
                }
            }
            let score = best + scores[usize::from(chain.class[state])];
            self.now[state] = score;
            if score > likeliest.0 {
                likeliest = (score, state);
            }
            entered(state, way);
        }
        let joints = &chain.joints;
        let first = joints.partition_point(|joint| (*joint as usize) < band.start);
        for pair in joints[first.max(1) - 1..].windows(2) {
            let [from, to] = [pair[0] as usize, pair[1] as usize];
            if to >= band.end {
                break;
            }
            let over = before[from] + LEFT_OUT + scores[usize::from(chain.class[to])];
            if to >= band.start && over > self.now[to] {
                self.now[to] = over;
                entered(to, OVER_LINE);
            }
        }
        self.band = band;
        self.likeliest = likeliest.1;
    }

    /// A recording ends in the last joint, or with the last phone; where the text is so much longer that
    /// neither is in the band, it ends wherever it is.
    fn end(&self) -> usize {
        let last = self.chain.len() - 1;
        if !self.band.contains(&last) {
            return self.likeliest;
        }
        if last > 0 && self.now[last - 1] > self.now[last] {
            last - 1
        } else {
            last
        }
    }
}

//! A chain of states and the scores of each frame in; the way through the states that is likeliest out.
//!
//! At each frame only states in a band are looked at. What all of them came to would be 8 GB for two
//! hours: so the first way through keeps it of every thousandth frame alone, and from there each thousand
//! is gone through once more, the last first, and its way found back.

use std::ops::Range;

use crate::align::chain::{Chain, LEFT_OUT, NEVER};
use crate::align::likely::{BLOCK, Scorer, Scores};

/// States that never are, before the first one.
const EDGE: usize = 2;

/// The state of each frame on the likeliest way through so many; `band` says which states are looked at in a
/// frame, by what the one before has come to. Neither end of it goes back.
pub(super) fn way(
    chain: &Chain,
    scorer: &Scorer<'_>,
    frames: usize,
    mut band: impl FnMut(usize, &Front<'_>) -> Range<usize>,
) -> Vec<u32> {
    let Some(last) = frames.checked_sub(1) else {
        return Vec::new();
    };
    let blocks = (0..last).step_by(BLOCK);
    let blocks = blocks.map(|first| first + 1..(first + BLOCK).min(last) + 1);
    let mut front = Front::nowhere(chain);
    let first_band = band(0, &front);
    front.begin(&scorer.scores(0), first_band);
    let mut kept = Vec::with_capacity(blocks.len());
    let mut bands = Vec::with_capacity(last);
    scorer.ahead(blocks.clone(), |block, scores| {
        kept.push(front.kept());
        for (frame, scores) in block.zip(scores) {
            let band = band(frame, &front);
            bands.push(band.clone());
            front.step(scores, band);
        }
    });
    let mut state = front.end();
    let mut states = vec![0; frames];
    let mut rows = Rows::default();
    scorer.ahead(blocks.rev(), |block, scores| {
        front.resume(kept.pop().unwrap_or_default());
        rows.clear();
        for (scores, band) in scores.iter().zip(&bands[block.start - 1..]) {
            rows.push(&front);
            front.step(scores, band.clone());
        }
        for (row, frame) in block.enumerate().rev() {
            states[frame] = state as u32;
            state = rows.entered_from(row, chain, state, &scores[row]);
        }
    });
    states[0] = state as u32;
    states
}

/// How likely each state of a band is at one frame, by the best way to it.
pub(super) struct Front<'c> {
    chain: &'c Chain,
    band: Range<usize>,
    /// Behind [`EDGE`] states that never are.
    now: Vec<f32>,
    /// The same of the frame before; what lies below its band was never looked at.
    before: Vec<f32>,
    before_start: usize,
}

/// What is kept of a front.
#[derive(Default)]
struct Kept {
    band: Range<usize>,
    now: Vec<f32>,
}

impl<'c> Front<'c> {
    fn nowhere(chain: &'c Chain) -> Self {
        Self {
            chain,
            band: 0..0,
            now: vec![NEVER; EDGE + chain.len()],
            before: vec![NEVER; EDGE + chain.len()],
            before_start: 0,
        }
    }

    /// A recording begins in the first joint or with the first phone, or else where it is known to.
    fn begin(&mut self, scores: &Scores, band: Range<usize>) {
        for state in band.start..band.end.min(2).max(band.start + 1) {
            self.now[EDGE + state] = scores[usize::from(self.chain.class[state])];
        }
        self.before_start = band.start;
        self.band = band;
    }

    fn kept(&self) -> Kept {
        Kept {
            band: self.band.clone(),
            now: self.reached().to_vec(),
        }
    }

    fn resume(&mut self, kept: Kept) {
        self.now.fill(NEVER);
        self.before.fill(NEVER);
        self.now[EDGE..][kept.band.clone()].copy_from_slice(&kept.now);
        self.before_start = kept.band.start;
        self.band = kept.band;
    }

    /// What the states of the band have come to.
    fn reached(&self) -> &[f32] {
        &self.now[EDGE..][self.band.clone()]
    }

    /// The state that is likeliest.
    pub(super) fn likeliest(&self) -> usize {
        let reached = self.reached();
        let most = reached.iter().copied().fold(NEVER, larger);
        let at = reached.iter().position(|now| *now >= most);
        self.band.start + at.unwrap_or_default()
    }

    /// Goes on to the next frame.
    fn step(&mut self, scores: &Scores, band: Range<usize>) {
        std::mem::swap(&mut self.now, &mut self.before);
        // What the frame before the last one left there.
        let left = self.before_start..band.start.max(self.before_start);
        self.now[EDGE..][left].fill(NEVER);
        self.before_start = self.band.start;
        self.band = band;
        self.enter();
        let chain = self.chain;
        let classes = &chain.class[self.band.clone()];
        let reached = &mut self.now[EDGE..][self.band.clone()];
        for (now, class) in reached.iter_mut().zip(classes) {
            *now += scores[usize::from(*class)];
        }
        for [from, to] in chain.lines_to(&self.band) {
            let now = &mut self.now[EDGE + to];
            *now = larger(
                left_out(self.before[EDGE + from], scores, chain.class[to]),
                *now,
            );
        }
    }

    /// Comes to each state from itself, the one before, or the one before that: in one loop without branches, so
    /// that a processor does several at once.
    fn enter(&mut self) {
        let (chain, band) = (self.chain, self.band.clone());
        let len = band.len();
        let costs = [&chain.stay, &chain.next, &chain.over].map(|costs| &costs[band.clone()]);
        let before = &self.before[band.start..band.end + EDGE];
        let now = &mut self.now[EDGE..][band];
        let [earlier, last, itself] = [0, 1, EDGE].map(|at| &before[at..at + len]);
        for (at, now) in now.iter_mut().enumerate() {
            let ways = [itself[at], last[at], earlier[at]];
            *now = entered(ways, [costs[0][at], costs[1][at], costs[2][at]]).0;
        }
    }

    /// A recording ends in the last joint, or with the last phone; where the text is so much longer that
    /// neither is in the band, it ends wherever it is.
    fn end(&self) -> usize {
        let last = self.chain.len() - 1;
        if !self.band.contains(&last) {
            return self.likeliest();
        }
        let now = &self.now[EDGE..];
        if last > 0 && now[last - 1] > now[last] {
            last - 1
        } else {
            last
        }
    }
}

/// What a state comes to from itself, the one before and the one before that, and how many states back the best
/// of these is. Of two that are as good it is the nearer one.
fn entered(before: [f32; 3], costs: [f32; 3]) -> (f32, usize) {
    let [stayed, next, over] = [0, 1, 2].map(|back| before[back] + costs[back]);
    let (best, back) = if next > stayed {
        (next, 1)
    } else {
        (stayed, 0)
    };
    if over > best { (over, 2) } else { (best, back) }
}

/// What a joint comes to from the one before, the line between them being left out.
fn left_out(before: f32, scores: &Scores, class: u8) -> f32 {
    before + LEFT_OUT + scores[usize::from(class)]
}

/// Unlike [`f32::max`] one instruction.
fn larger(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// What the states of several frames in a row have come to.
#[derive(Default)]
struct Rows {
    now: Vec<f32>,
    /// The band of each row, and where it begins in these.
    rows: Vec<(Range<usize>, usize)>,
}

impl Rows {
    fn clear(&mut self) {
        self.now.clear();
        self.rows.clear();
    }

    fn push(&mut self, front: &Front<'_>) {
        self.rows.push((front.band.clone(), self.now.len()));
        self.now.extend_from_slice(front.reached());
    }

    /// What a state had come to.
    fn at(&self, row: usize, state: usize) -> f32 {
        let (band, first) = &self.rows[row];
        if band.contains(&state) {
            self.now[first + state - band.start]
        } else {
            NEVER
        }
    }

    /// The state of a row that the likeliest way to one of the next row comes from.
    fn entered_from(&self, row: usize, chain: &Chain, state: usize, scores: &Scores) -> usize {
        let before = [0, 1, 2].map(|back| match state.checked_sub(back) {
            Some(state) => self.at(row, state),
            None => NEVER,
        });
        let costs = [chain.stay[state], chain.next[state], chain.over[state]];
        let (best, back) = entered(before, costs);
        let class = chain.class[state];
        match chain.joint_before(state) {
            Some(joint)
                if left_out(self.at(row, joint), scores, class)
                    > best + scores[usize::from(class)] =>
            {
                joint
            }
            _ => state - back,
        }
    }
}

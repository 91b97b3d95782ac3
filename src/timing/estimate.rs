//! Lines and their times in; out, whether anybody spoke them.
//!
//! Captions that were timed by their words alone lie beside transcripts too, those of this very
//! tool among them. A voice that learned from them would learn what it was. They are told
//! apart by what speech does and no estimate: a line that somebody said is off by 12 to 30 % of
//! its time (the median of each of 31 videos) from what the video's own lines teach. Of the same
//! videos' estimates it is 0 to 1.3 %; of texts with many marks, whose rests are shared out
//! otherwise than they are counted here, under 4 %.

use crate::profile::Voice;
use crate::timing::learn::{SPREAD_MS, ridge};
use crate::timing::recorded::TimedLine;
use crate::timing::squares::{Squares, float, whole};
use crate::timing::voice::FEATURES;

/// Below so many thousandths of their time, lines follow from their words: half of what the
/// steadiest voice has.
const LEAST_SCATTER: u64 = 60;

/// Fewer lines than that may be as near by chance.
const LEAST_LINES: usize = 20;

/// What a line has, and its rests.
const WITH_RESTS: usize = FEATURES + 1;

/// Where the rests stand: before what every line has once.
const RESTS: usize = FEATURES - 1;

/// How much longer or shorter than the default a voice may rest, in milliseconds for each second.
const RESTS_SPREAD_MS: f64 = 500.0;

/// Whether the times of a file's lines follow from the words.
pub(super) fn is_estimate(lines: &[TimedLine], known: &Voice) -> bool {
    if lines.len() < LEAST_LINES {
        return false;
    }
    let mut squares = Squares::default();
    for line in lines {
        squares.add(&features(line), line.interval_us);
    }
    let known = with_rests(known.interval.values().map(float), 1e6);
    let pace = squares.pace(&known);
    let spreads = with_rests(SPREAD_MS, RESTS_SPREAD_MS);
    for (at, (us, spread_ms)) in known.into_iter().zip(spreads).enumerate() {
        squares.draw(at, us * pace, ridge(spread_ms));
    }
    let weights = squares.solved();
    let mut off: Vec<u64> = lines.iter().map(|line| off(line, &weights)).collect();
    let middle = off.len() / 2;
    *off.select_nth_unstable(middle).1 < LEAST_SCATTER
}

/// How far off its time a line is, in thousandths of it.
fn off(line: &TimedLine, weights: &[f64; WITH_RESTS]) -> u64 {
    let pairs = features(line).into_iter().zip(weights);
    let us: f64 = pairs.map(|(count, us)| count * us).sum();
    1000 * whole(us).abs_diff(line.interval_us) / line.interval_us
}

/// What a line has; its rests in seconds.
fn features(line: &TimedLine) -> [f64; WITH_RESTS] {
    let rests = float(line.rests_us.cast_signed()) / 1e6;
    with_rests(line.line.features().map(f64::from), rests)
}

fn with_rests(values: [f64; FEATURES], rests: f64) -> [f64; WITH_RESTS] {
    std::array::from_fn(|at| match at {
        RESTS => rests,
        _ => values[at - usize::from(at > RESTS)],
    })
}

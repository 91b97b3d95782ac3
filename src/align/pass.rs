//! About when each line is spoken in, the same as its sounds say it out.
//!
//! What phones sound like and when they are spoken are taken from each other, a few times over: from
//! where lines are placed already, or from a prior.

use crate::align::Placed;
use crate::align::bands::{Bands, Pin};
use crate::align::chain::{Chain, JOINT};
use crate::align::likely::Scorer;
use crate::align::mixture::{Mixtures, NO_PHONE};
use crate::align::phones::Phone;
use crate::align::viterbi::way;
use crate::speech::Heard;

/// How a recording is gone through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pass<'p> {
    /// How often.
    pub(super) rounds: usize,
    /// How far a line may be from where it was placed; after two rounds half of it.
    pub(super) margin: Margin,
    /// Gaussians of each phone.
    pub(super) each: usize,
    /// What phones sound like, where that is known before.
    pub(super) prior: Option<&'p Mixtures>,
}

/// How far a line may be from where it was placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Margin {
    pub(super) frames: usize,
}

/// A margin is no less than 2.5 s.
const LEAST_MARGIN: usize = 250;

/// Rounds with the whole margin; and, without a prior, with a Gaussian a phone.
const WIDE_ROUNDS: usize = 2;

/// What came of it.
pub(super) struct Passed {
    /// Lines that were found.
    pub(super) placed: Vec<Option<Placed>>,
    /// The state of each frame.
    pub(super) states: Vec<u32>,
    /// What phones sound like in the recording.
    pub(super) mixtures: Mixtures,
}

impl Pass<'_> {
    /// Goes through a recording in which lines are placed already, or none is; `mixtures` are what
    /// phones sound like to begin with.
    pub(super) fn run(
        &self,
        chain: &Chain,
        heard: &Heard,
        placed: Vec<Option<Placed>>,
        mixtures: Mixtures,
        pins: &[Pin],
    ) -> Passed {
        let frames = heard.features.frames();
        let mut passed = Passed {
            placed,
            states: Vec::new(),
            mixtures,
        };
        for round in 0..self.rounds {
            let is_wide = round < WIDE_ROUNDS;
            let margin = if is_wide {
                self.margin.frames
            } else {
                LEAST_MARGIN.max(self.margin.frames / 2)
            };
            let scorer = Scorer::new(&passed.mixtures, heard);
            let mut bands = Bands::new(chain, &passed.placed, frames.len(), margin, pins);
            passed.states = way(chain, &scorer, frames.len(), |frame, front| {
                bands.at(frame, || front.likeliest())
            });
            passed.placed = placed_by(chain, &passed.states);
            if round + 1 < self.rounds {
                let labels = labels(chain, &scorer, &passed.states);
                let each = if is_wide && self.prior.is_none() {
                    1
                } else {
                    self.each
                };
                let last = Some(&passed.mixtures);
                passed.mixtures = Mixtures::learned(frames, &labels, each, last, self.prior);
            }
        }
        passed
    }
}

/// What phones sound like where lines are placed and nothing else is known: the phones of a line share
/// its speech.
pub(super) fn even(chain: &Chain, heard: &Heard, placed: &[Option<Placed>]) -> Mixtures {
    let labels = even_labels(chain, heard, placed);
    Mixtures::learned(heard.features.frames(), &labels, 1, None, None)
}

/// The lines that a way goes through.
fn placed_by(chain: &Chain, states: &[u32]) -> Vec<Option<Placed>> {
    let mut placed = vec![None; chain.joints.len() - 1];
    let mut line = 0;
    for (frame, &state) in states.iter().enumerate() {
        line += chain.joints[line..]
            .partition_point(|joint| *joint <= state)
            .saturating_sub(1);
        if chain.joints[line] == state {
            continue;
        }
        let first = placed[line].map_or(frame, |placed: Placed| placed.first);
        placed[line] = Some(Placed::at(first, frame + 1));
    }
    placed
}

/// The phone of each frame, by the way that was found.
fn labels(chain: &Chain, scorer: &Scorer<'_>, states: &[u32]) -> Vec<u8> {
    let label = |(frame, &state): (usize, &u32)| {
        let class = chain.class[state as usize];
        if usize::from(class) < JOINT {
            class
        } else if Scorer::is_anything(&scorer.scores(frame)) {
            NO_PHONE
        } else {
            Phone::SILENCE.class()
        }
    };
    states.iter().enumerate().map(label).collect()
}

/// The same where lines are placed and nothing is known: the phones of a line share its speech.
fn even_labels(chain: &Chain, heard: &Heard, placed: &[Option<Placed>]) -> Vec<u8> {
    let mut labels = vec![Phone::SILENCE.class(); heard.features.len()];
    let is_speech = heard.presence.is_speech();
    for (line, placed) in placed.iter().enumerate() {
        let Some(Placed { first, end }) = *placed else {
            continue;
        };
        let classes: Vec<u8> = chain
            .states(line)
            .filter(|state| !chain.is_silent(*state))
            .map(|state| chain.class[state])
            .collect();
        let frames: Vec<usize> = (first..end.min(labels.len()))
            .filter(|at| is_speech[*at])
            .collect();
        for (at, frame) in frames.iter().enumerate() {
            labels[*frame] = classes[at * classes.len() / frames.len()];
        }
    }
    labels
}

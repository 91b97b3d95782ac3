//! The power spectrum of a frame in, its mel-frequency cepstrum out: 13 numbers of what it sounds
//! like, whatever the pitch.
//!
//! 26 triangular filters from 60 to 7600 Hz, evenly apart on the mel scale (2595 · lg(1 + f/700));
//! the logarithms of their powers; and the first 13 terms of their orthonormal cosine transform.
//! `fixtures/speech/` holds it to the numbers of an independent implementation.

use crate::speech::spectrum::{BINS, Power, bin_of};

/// Terms of a cepstrum.
pub(super) const TERMS: usize = 13;

/// The cepstrum of a frame.
pub(super) type Frame = [f32; TERMS];

const FILTERS: usize = 26;
const LOWEST_HERTZ: f64 = 60.0;
const HIGHEST_HERTZ: f64 = 7600.0;

/// Keeps the logarithm of no power at all from being endless.
const LEAST_POWER: f32 = 1e-6;

#[derive(Debug)]
pub(super) struct Cepstra {
    filters: Vec<Filter>,
    cosines: [[f32; FILTERS]; TERMS],
}

/// A triangle: from where it rises, with what weight at each bin.
#[derive(Debug)]
struct Filter {
    first: usize,
    weights: Vec<f32>,
}

impl Cepstra {
    pub(super) fn new() -> Self {
        Self {
            filters: filters(),
            cosines: cosines(),
        }
    }

    pub(super) fn of(&self, power: &Power) -> Frame {
        let mut logs = [0.0; FILTERS];
        for (log, filter) in logs.iter_mut().zip(&self.filters) {
            let bins = power[filter.first..].iter().zip(&filter.weights);
            let sum: f32 = bins.map(|(power, weight)| power * weight).sum();
            *log = libm::logf(sum + LEAST_POWER);
        }
        self.cosines.map(|row| {
            row.iter()
                .zip(&logs)
                .map(|(cosine, log)| cosine * log)
                .sum()
        })
    }
}

fn filters() -> Vec<Filter> {
    let mel = |hertz: f64| 2595.0 * libm::log10(1.0 + hertz / 700.0);
    let hertz = |mel: f64| 700.0 * (libm::pow(10.0, mel / 2595.0) - 1.0);
    let (low, high) = (mel(LOWEST_HERTZ), mel(HIGHEST_HERTZ));
    let step = (high - low) / (FILTERS + 1) as f64;
    let edges: Vec<usize> = (0..FILTERS + 2)
        .map(|edge| bin_of(hertz(low + step * edge as f64)).min(BINS))
        .collect();
    edges
        .windows(3)
        .map(|edges| {
            let (first, top, end) = (edges[0], edges[1], edges[2]);
            let part = |over: usize, of: usize| over as f32 / of.max(1) as f32;
            let rising = (first..top).map(|bin| part(bin - first, top - first));
            let falling = (top..end).map(|bin| part(end - bin, end - top));
            Filter {
                first,
                weights: rising.chain(falling).collect(),
            }
        })
        .collect()
}

fn cosines() -> [[f32; FILTERS]; TERMS] {
    let scale = libm::sqrt(2.0 / FILTERS as f64);
    std::array::from_fn(|term| {
        std::array::from_fn(|filter| {
            let turn = std::f64::consts::PI * term as f64 * (filter as f64 + 0.5);
            (scale * libm::cos(turn / FILTERS as f64)) as f32
        })
    })
}

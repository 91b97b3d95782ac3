//! Samples at any rate in, samples at 16 kHz out.
//!
//! A windowed sinc in as many phases as there are places of an outgoing sample between two incoming
//! ones. It is our own because the same sound has to give the same bytes on every machine:
//! libraries choose vectors when they run, and sums in another order differ. Here the order of a
//! sum is fixed, and the one function of the filter that is not arithmetic is from `libm`.

#![expect(clippy::cast_precision_loss, reason = "rates and filters are small")]

use std::f64::consts::PI;

/// Zero crossings of the sinc on each side: with [`BETA`], 70 dB down from 8.4 kHz on and flat to
/// 7.1 kHz where the sound has more.
const CROSSINGS: u64 = 32;
/// The shape of the Kaiser window for 70 dB (Oppenheim and Schafer, Discrete-Time Signal
/// Processing, 7.6: 0.1102 (A - 8.7)).
const BETA: f64 = 6.755;
/// Where the filter is at half, of the lower of both rates. What folds back lies above 7.6 kHz,
/// where no feature of speech looks.
const CUTOFF: f64 = 0.4813;
/// Rates that are in use need at most 640. For others the nearest phase is taken, which is less
/// than half a thousandth of a sample away.
const MAX_PHASES: u64 = 1024;
/// Sums that run side by side, and are added up at the end.
const LANES: usize = 8;

/// Changes the rate of samples that come in pieces. Sample 0 stays at time 0.
pub(super) struct Resampler {
    from_hz: u64,
    to_hz: u64,
    phases: u64,
    taps: usize,
    filter: Vec<f32>,
    /// What may still be needed of what came in.
    held: Vec<f32>,
    /// Which sample, counted from the first, stands first in `held`; a half of the filter of
    /// silence stands before the first.
    held_from: u64,
    came: u64,
    went: u64,
}

impl Resampler {
    pub(super) fn new(from_hz: u32, to_hz: u32) -> Self {
        let (from_hz, to_hz) = (u64::from(from_hz), u64::from(to_hz));
        let phases = (to_hz / gcd(from_hz, to_hz)).min(MAX_PHASES);
        let wide = (2 * CROSSINGS * from_hz).div_ceil(from_hz.min(to_hz));
        let taps = (wide as usize).next_multiple_of(LANES);
        Self {
            from_hz,
            to_hz,
            phases,
            taps,
            filter: filter(from_hz, to_hz, phases, taps),
            held: vec![0.0; taps / 2],
            held_from: 0,
            came: 0,
            went: 0,
        }
    }

    /// Takes `samples` and adds to `out` what can be said now.
    pub(super) fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        if self.from_hz == self.to_hz {
            out.extend_from_slice(samples);
            return;
        }
        self.held.extend_from_slice(samples);
        self.came += samples.len() as u64;
        while let Some(sample) = self.next() {
            out.push(sample);
        }
        let (first, _) = self.place();
        let spent = ((first - self.held_from) as usize).min(self.held.len());
        self.held.drain(..spent);
        self.held_from += spent as u64;
    }

    /// Adds to `out` what was held back for what might have followed.
    pub(super) fn finish(&mut self, out: &mut Vec<f32>) {
        if self.from_hz == self.to_hz {
            return;
        }
        let goes = (self.came * self.to_hz).div_ceil(self.from_hz);
        self.held.resize(self.held.len() + self.taps, 0.0);
        while self.went < goes
            && let Some(sample) = self.next()
        {
            out.push(sample);
        }
    }

    /// The first sample under the filter, and its phase, for the sample that goes next.
    fn place(&self) -> (u64, usize) {
        let at = u128::from(self.went) * u128::from(self.from_hz);
        let to = u128::from(self.to_hz);
        let phases = u128::from(self.phases);
        let phase = (at % to * phases + to / 2) / to;
        ((at / to + phase / phases) as u64, (phase % phases) as usize)
    }

    fn next(&mut self) -> Option<f32> {
        let (first, phase) = self.place();
        let start = (first - self.held_from) as usize;
        let under = self.held.get(start..start + self.taps)?;
        self.went += 1;
        let weights = &self.filter[phase * self.taps..][..self.taps];
        Some(product(under, weights))
    }
}

/// In a fixed order, which compilers keep: sums of floats are not rearranged.
fn product(samples: &[f32], weights: &[f32]) -> f32 {
    let mut sums = [0.0; LANES];
    for (samples, weights) in samples.chunks_exact(LANES).zip(weights.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += samples[lane] * weights[lane];
        }
    }
    sums.iter().sum()
}

/// One row of weights for each phase, each row with a sum of 1. The first sample of a row is half a
/// filter before the place of what goes out.
fn filter(from_hz: u64, to_hz: u64, phases: u64, taps: usize) -> Vec<f32> {
    let cutoff = 2.0 * CUTOFF * from_hz.min(to_hz) as f64 / from_hz as f64;
    let half = taps as f64 / 2.0;
    let mut filter = Vec::with_capacity(taps * phases as usize);
    for phase in 0..phases {
        let place = half + phase as f64 / phases as f64;
        let weights = (0..taps).map(|tap| {
            let away = tap as f64 - place;
            sinc(cutoff * away) * kaiser(away / half)
        });
        let weights: Vec<f64> = weights.collect();
        let sum: f64 = weights.iter().sum();
        filter.extend(weights.iter().map(|weight| (weight / sum) as f32));
    }
    filter
}

fn sinc(x: f64) -> f64 {
    if x.abs() < 1e-9 {
        1.0
    } else {
        libm::sin(PI * x) / (PI * x)
    }
}

fn kaiser(x: f64) -> f64 {
    let inside = (1.0 - x * x).max(0.0);
    bessel(BETA * libm::sqrt(inside)) / bessel(BETA)
}

/// The modified Bessel function of the first kind and order 0, by its series.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..32 {
        let half = x / (2.0 * f64::from(n));
        term *= half * half;
        sum += term;
    }
    sum
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f64, rate: u32, count: usize) -> Vec<f32> {
        let step = 2.0 * PI * hertz / f64::from(rate);
        (0..count)
            .map(|n| (0.5 * libm::sin(step * n as f64)) as f32)
            .collect()
    }

    fn at_16_khz(samples: &[f32], rate: u32, piece: usize) -> Vec<f32> {
        let mut resampler = Resampler::new(rate, 16_000);
        let mut out = Vec::new();
        for piece in samples.chunks(piece) {
            resampler.push(piece, &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    #[test]
    fn a_tone_stays_where_it_is() {
        for rate in [
            8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000,
            44_099,
        ] {
            let out = at_16_khz(&tone(1_000.0, rate, rate as usize / 2), rate, 1_000);
            assert_eq!(out.len(), 8_000, "{rate}");
            let wanted = tone(1_000.0, 16_000, 8_000);
            let off = (100..7_900).map(|n| (out[n] - wanted[n]).abs());
            assert!(off.fold(0.0, f32::max) < 1e-3, "{rate}");
        }
    }

    #[test]
    fn what_is_too_high_is_gone() {
        for rate in [22_050, 44_100, 48_000, 96_000] {
            let out = at_16_khz(&tone(9_000.0, rate, rate as usize / 2), rate, 1_000);
            let loudest = out[100..7_900].iter().fold(0.0f32, |a, b| a.max(b.abs()));
            assert!(loudest < 5e-4, "{rate}: {loudest}");
        }
    }

    #[test]
    fn pieces_of_any_size_give_the_same() {
        let samples = tone(700.0, 44_100, 9_999);
        let whole = at_16_khz(&samples, 44_100, samples.len());
        for piece in [1, 7, 441, 1_024] {
            assert_eq!(at_16_khz(&samples, 44_100, piece), whole);
        }
    }
}

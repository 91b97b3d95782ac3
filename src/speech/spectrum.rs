//! Samples in, the power spectrum of each frame out.
//!
//! A frame is 10 ms, and is looked at through a Hamming window of 25 ms around it. What is high
//! is raised (pre-emphasis), as is usual for speech, whose power falls with the frequency.

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

/// Samples a second.
pub const HERTZ: u32 = 16_000;

/// Milliseconds of a frame.
pub const FRAME_MS: u32 = 10;

/// Samples of a frame.
const HOP: usize = (HERTZ * FRAME_MS / 1000) as usize;

/// Samples that it is looked at through: 25 ms.
pub(super) const WINDOW: usize = 400;

/// Samples of the window before the frame: it stands in the middle.
const BEFORE: usize = (WINDOW - HOP) / 2;

/// Points of the transform.
const POINTS: usize = 512;

/// Frequencies that come out, from 0 to half of [`HERTZ`], 31.25 Hz apart.
pub(super) const BINS: usize = POINTS / 2 + 1;

/// How much of the sample before is taken from each.
pub(super) const EMPHASIS: f32 = 0.97;

/// The power at each frequency.
pub(super) type Power = [f32; BINS];

/// Cuts sound into frames.
pub(super) struct Spectra {
    transform: Arc<dyn RealToComplex<f32>>,
    window: [f32; WINDOW],
    /// What the next frames are made of, raised already.
    waiting: Vec<f32>,
    /// The last sample that was heard.
    last: Option<f32>,
    samples: usize,
    frames: usize,
    points: Vec<f32>,
    scratch: Vec<Complex<f32>>,
    spectrum: Vec<Complex<f32>>,
}

impl std::fmt::Debug for Spectra {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spectra")
            .field("frames", &self.frames)
            .finish_non_exhaustive()
    }
}

impl Spectra {
    pub(super) fn new() -> Self {
        let transform = RealFftPlanner::<f32>::new().plan_fft_forward(POINTS);
        Self {
            window: window(),
            waiting: vec![0.0; BEFORE],
            last: None,
            samples: 0,
            frames: 0,
            points: transform.make_input_vec(),
            scratch: transform.make_scratch_vec(),
            spectrum: transform.make_output_vec(),
            transform,
        }
    }

    /// Hands each frame that is whole to `each`.
    pub(super) fn add(&mut self, samples: &[f32], mut each: impl FnMut(&Power)) {
        self.samples += samples.len();
        for &sample in samples {
            let before = self.last.replace(sample);
            let raised = before.map_or(0.0, |before| sample - EMPHASIS * before);
            self.waiting.push(raised);
        }
        let mut at = 0;
        while at + WINDOW <= self.waiting.len() {
            each(&self.power(at));
            self.frames += 1;
            at += HOP;
        }
        self.waiting.drain(..at);
    }

    /// The frames that end with the sound: behind it is silence.
    pub(super) fn end(&mut self, mut each: impl FnMut(&Power)) {
        self.waiting.resize(self.waiting.len() + WINDOW, 0.0);
        let left = (self.samples / HOP).saturating_sub(self.frames);
        for at in (0..left).map(|frame| frame * HOP) {
            each(&self.power(at));
        }
    }

    fn power(&mut self, at: usize) -> Power {
        let shown = self.waiting[at..at + WINDOW].iter().zip(&self.window);
        for (point, (sample, weight)) in self.points.iter_mut().zip(shown) {
            *point = sample * weight;
        }
        self.points[WINDOW..].fill(0.0);
        let transformed = self.transform.process_with_scratch(
            &mut self.points,
            &mut self.spectrum,
            &mut self.scratch,
        );
        debug_assert!(transformed.is_ok(), "the buffers are the transform's own");
        let mut power = [0.0; BINS];
        for (power, bin) in power.iter_mut().zip(&self.spectrum) {
            *power = bin.re * bin.re + bin.im * bin.im;
        }
        power
    }
}

/// Hamming's.
fn window() -> [f32; WINDOW] {
    std::array::from_fn(|at| {
        let turn = std::f64::consts::TAU * at as f64 / (WINDOW - 1) as f64;
        (0.54 - 0.46 * libm::cos(turn)) as f32
    })
}

/// The power of the window: what a full-scale square wave has through it.
pub(super) fn window_power() -> f32 {
    window().iter().map(|weight| weight * weight).sum()
}

/// The frequency of a bin in hertz.
pub(super) fn hertz(bin: usize) -> f64 {
    bin as f64 * f64::from(HERTZ) / POINTS as f64
}

/// What a bin's power is by which [`EMPHASIS`] has raised it.
pub(super) fn raised(bin: usize) -> f64 {
    let turn = std::f64::consts::TAU * bin as f64 / POINTS as f64;
    let emphasis = f64::from(EMPHASIS);
    1.0 + emphasis * emphasis - 2.0 * emphasis * libm::cos(turn)
}

/// The first bin from a frequency on, counted as mel filters are laid out.
pub(super) fn bin_of(hertz: f64) -> usize {
    ((POINTS + 1) as f64 * hertz / f64::from(HERTZ)) as usize
}

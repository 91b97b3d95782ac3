//! The power spectrum of a frame in, how loud it is where voices are out.

use std::sync::LazyLock;

use crate::speech::spectrum::{BINS, Power, hertz, raised, window_power};

/// Where voices have most of their power: without hum and hiss, as a telephone has it.
const VOICE_HERTZ: std::ops::RangeInclusive<f64> = 150.0..=3800.0;

/// Keeps the level of no power at all from being endless: -120 dB.
const LEAST: f32 = 1e-12;

/// How much of each bin's power counts: what the emphasis raised is lowered again, and a sound at
/// full scale comes to 1.
static WEIGHTS: LazyLock<[f32; BINS]> = LazyLock::new(|| {
    let full = f64::from(window_power()) * (BINS - 1) as f64;
    std::array::from_fn(|bin| {
        let is_voice = VOICE_HERTZ.contains(&hertz(bin));
        if is_voice {
            (1.0 / raised(bin) / full) as f32
        } else {
            0.0
        }
    })
});

/// Decibels below full scale.
pub(super) fn level_db(power: &Power) -> f32 {
    let bins = power.iter().zip(WEIGHTS.iter());
    let sum: f32 = bins.map(|(power, weight)| power * weight).sum();
    10.0 * libm::log10f(sum + LEAST)
}

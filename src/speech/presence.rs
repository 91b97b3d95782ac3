//! How loud each frame is in; how likely somebody speaks in it, and from when to when, out.
//!
//! Loud is what stands out of its surroundings: the level of silence and of speech are taken
//! from the ten seconds on both sides, so that a quiet speaker in a quiet room and a loud
//! one over music are both heard.

/// Frames before and behind one that its levels are taken from: 10 s.
const AROUND: usize = 1000;

/// Frames that share them.
const SHARED: usize = 200;

/// The shares of frames that are quieter than silence and than speech, in percent.
const SILENCE_PERCENT: usize = 8;
const SPEECH_PERCENT: usize = 92;

/// Frames over which the levels of silence and speech are evened out.
const EVENED: usize = 401;

/// Frames over which a level is.
const SMOOTHED: usize = 5;

/// Speech is so much louder than silence at least, in decibels, and by that part of what lies
/// between both.
const LEAST_OVER_DB: f32 = 6.0;
const OVER: f32 = 0.38;

/// Where levels lie no further apart all is speech, or nothing is: whether it is louder than that.
const FLAT_DB: f32 = 9.0;
const AUDIBLE_DB: f32 = -45.0;

/// How many decibels change the odds by a factor of e.
const SOFT_DB: f32 = 2.0;

/// Silences of fewer frames are within speech, and sounds of fewer frames none of it.
const LEAST_SILENCE: usize = 5;
const LEAST_SPEECH: usize = 6;

/// Who speaks when.
#[derive(Clone, Debug)]
pub struct Presence {
    /// How likely somebody speaks in each frame, from 0 to 1.
    likely: Vec<f32>,
    is_speech: Vec<bool>,
}

/// Frames in which somebody speaks, or in which nobody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first of them.
    pub first: usize,
    /// The one behind the last.
    pub end: usize,
    /// Whether somebody speaks.
    pub is_speech: bool,
}

impl Presence {
    pub(super) fn of(levels_db: &[f32]) -> Self {
        let levels_db = evened(levels_db, SMOOTHED);
        let (silence, speech) = around(&levels_db);
        let likely: Vec<f32> = levels_db
            .iter()
            .zip(silence.iter().zip(&speech))
            .map(|(&level, (&silence, &speech))| likely(level, silence, speech))
            .collect();
        let mut is_speech: Vec<bool> = likely.iter().map(|likely| *likely > 0.5).collect();
        let end = is_speech.len();
        for run in runs(&is_speech) {
            let is_inside = run.first > 0 && run.end < end;
            if !run.is_speech && is_inside && run.end - run.first < LEAST_SILENCE {
                is_speech[run.first..run.end].fill(true);
            }
        }
        for run in runs(&is_speech) {
            if run.is_speech && run.end - run.first < LEAST_SPEECH {
                is_speech[run.first..run.end].fill(false);
            }
        }
        Self { likely, is_speech }
    }

    /// Frames in which somebody speaks, or does not.
    #[cfg(test)]
    pub(crate) fn made_up(is_speech: Vec<bool>) -> Self {
        let likely = is_speech.iter().map(|is| if *is { 0.98 } else { 0.02 });
        Self {
            likely: likely.collect(),
            is_speech,
        }
    }

    /// This, and behind it that of another recording.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.likely.extend_from_slice(&other.likely);
        self.is_speech.extend_from_slice(&other.is_speech);
        self
    }

    /// How likely somebody speaks in each frame, from 0 to 1.
    #[must_use]
    pub fn likely(&self) -> &[f32] {
        &self.likely
    }

    /// Whether somebody does.
    #[must_use]
    pub fn is_speech(&self) -> &[bool] {
        &self.is_speech
    }

    /// From when to when.
    #[must_use]
    pub fn runs(&self) -> Vec<Run> {
        runs(&self.is_speech)
    }
}

fn runs(is_speech: &[bool]) -> Vec<Run> {
    let mut first = 0;
    let runs = is_speech.chunk_by(|one, next| one == next).map(|run| {
        let end = first + run.len();
        let run = Run {
            first,
            end,
            is_speech: run[0],
        };
        first = end;
        run
    });
    runs.collect()
}

fn likely(level: f32, silence: f32, speech: f32) -> f32 {
    if speech - silence < FLAT_DB {
        return if speech > AUDIBLE_DB { 1.0 } else { 0.0 };
    }
    let least = silence + f32::max(LEAST_OVER_DB, OVER * (speech - silence));
    1.0 / (1.0 + libm::expf((least - level) / SOFT_DB))
}

/// The levels of silence and of speech around each frame.
fn around(levels_db: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let mut silence = Vec::with_capacity(levels_db.len());
    let mut speech = Vec::with_capacity(levels_db.len());
    for first in (0..levels_db.len()).step_by(SHARED) {
        let end = (first + AROUND).min(levels_db.len());
        let mut near = levels_db[first.saturating_sub(AROUND)..end].to_vec();
        let mut level = |percent| {
            let at = (near.len() - 1) * percent / 100;
            *near.select_nth_unstable_by(at, f32::total_cmp).1
        };
        let shared = SHARED.min(levels_db.len() - first);
        silence.extend(std::iter::repeat_n(level(SILENCE_PERCENT), shared));
        speech.extend(std::iter::repeat_n(level(SPEECH_PERCENT), shared));
    }
    (evened(&silence, EVENED), evened(&speech, EVENED))
}

/// Each value as the mean of `width` around it; the first and the last go on for ever.
fn evened(values: &[f32], width: usize) -> Vec<f32> {
    let (Some(&first), Some(&last)) = (values.first(), values.last()) else {
        return Vec::new();
    };
    let half = width / 2;
    let at = |place: usize| {
        let place = place.checked_sub(half);
        f64::from(place.map_or(first, |place| values.get(place).copied().unwrap_or(last)))
    };
    let mut sum: f64 = (0..width).map(at).sum();
    let mut evened = Vec::with_capacity(values.len());
    for place in 0..values.len() {
        evened.push((sum / width as f64) as f32);
        sum += at(place + width) - at(place);
    }
    evened
}

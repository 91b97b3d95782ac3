//! Beats at the voice's own pace in, beats at the true times out.
//!
//! Between two known times the beats are stretched so that both are met exactly. Where that
//! would be slower than anybody speaks, the words go at the fitted pace and a silence
//! follows them. Outside of the known times the fitted pace, that of the stretches between
//! them, goes on; before the first it is squeezed where it would begin before the recording.

use crate::model::Anchor;
use crate::timing::law::{Law, Rested};
use crate::timing::pace::Pace;
use crate::timing::voice;

/// A place whose time is known: `model_us` at the voice's own pace is `true_us`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Knot {
    pub(super) model_us: u64,
    /// What of `model_us` is not speech.
    pub(super) rested: Rested,
    pub(super) true_us: u64,
    /// Index of the utterance that starts there; the count of them for the end.
    pub(super) utterance: usize,
    /// The anchor that says so; none for the recording's start and end.
    pub(super) anchor: Option<Anchor>,
}

impl Knot {
    /// The start of the recording.
    pub(super) const START: Self = Self {
        model_us: 0,
        rested: Rested::NONE,
        true_us: 0,
        utterance: 0,
        anchor: None,
    };
}

/// The way from the voice's own pace to the true times.
#[derive(Debug)]
pub(super) struct Fit {
    /// Rising in both times; at least two, so that every place lies between two or
    /// outside of all.
    knots: Vec<Knot>,
    /// One for each stretch between them.
    laws: Vec<Law>,
}

impl Fit {
    /// Through `known` times, which rise, and the start and end of the speech.
    ///
    /// `end` is where the speech ends at the voice's own pace; its true time when known is
    /// among `known`.
    pub(super) fn through(known: &[Knot], end: Knot) -> Self {
        let pace = fitted_pace(known);
        let mut knots = Vec::with_capacity(2 * known.len() + 2);
        let first = known.first().copied();
        let starts_known = first.is_some_and(|first| first.utterance == 0);
        if !starts_known {
            knots.push(start_before(known, pace));
        }
        for &knot in known {
            let silent = knots
                .last()
                .and_then(|&last| silence_before(knot, last, pace));
            knots.extend(silent);
            knots.push(knot);
        }
        if known
            .last()
            .is_none_or(|last| last.utterance < end.utterance)
        {
            knots.push(end_behind(known, end, pace));
        }
        let laws = knots.windows(2).map(|pair| law(pair[0], pair[1]));
        Self {
            laws: laws.collect(),
            knots,
        }
    }

    /// The stretches between knots, in order.
    pub(super) fn stretches(&self) -> impl Iterator<Item = (Knot, Knot)> {
        self.knots.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// The true time of a place where something starts or ends, `rested` being what is not speech
    /// before it; `hint` is the index of the stretch that the last place was in, as places come in
    /// order.
    pub(super) fn true_us(
        &self,
        model_us: u64,
        rested: Rested,
        side: Side,
        hint: &mut usize,
    ) -> u64 {
        let is_past = |knot: &Knot| match side {
            Side::Start => knot.model_us <= model_us,
            Side::End => knot.model_us < model_us,
        };
        while *hint + 2 < self.knots.len() && is_past(&self.knots[*hint + 1]) {
            *hint += 1;
        }
        let (from, to) = (self.knots[*hint], self.knots[*hint + 1]);
        let done_us = model_us.clamp(from.model_us, to.model_us) - from.model_us;
        from.true_us + self.laws[*hint].true_us(done_us, rested.behind(from.rested))
    }
}

fn law(from: Knot, to: Knot) -> Law {
    let pace = Pace {
        true_us: to.true_us - from.true_us,
        model_us: to.model_us - from.model_us,
    };
    Law::of(pace, to.rested.behind(from.rested))
}

/// Which side of a silence a place is on, where it is on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Something starts there: behind the silence.
    Start,
    /// Something ends there: before the silence.
    End,
}

/// Where the words before an anchor end, when they would be too slow if they filled the time.
fn silence_before(knot: Knot, last: Knot, pace: Pace) -> Option<Knot> {
    knot.anchor?;
    let model_us = knot.model_us - last.model_us;
    let words_us = pace.of(model_us);
    let is_silent = is_too_slow(last, knot) && last.true_us + words_us < knot.true_us;
    is_silent.then_some(Knot {
        true_us: last.true_us + words_us,
        ..knot
    })
}

/// Whether nobody speaks so slowly.
pub(super) const fn is_too_slow(from: Knot, to: Knot) -> bool {
    let model_us = to.model_us - from.model_us;
    to.true_us - from.true_us > model_us.saturating_mul(voice::SLOWEST_STRETCH)
}

/// Where the speech starts: with the recording, as it does where nothing is known; but before a
/// first known time that is too late for that, at the fitted pace.
fn start_before(known: &[Knot], pace: Pace) -> Knot {
    let true_us = match known {
        [] => 0,
        // Only the end is known: the speech fills the recording.
        [only] if only.anchor.is_none() => 0,
        [first, ..] => {
            let spoken_us = pace.of(first.model_us);
            let is_too_late = first.true_us > voice::SLOWEST_START.of(spoken_us);
            if is_too_late {
                first.true_us.saturating_sub(spoken_us)
            } else {
                0
            }
        }
    };
    Knot {
        true_us,
        ..Knot::START
    }
}

/// Where the speech ends when that is not known: behind the last known time at the fitted
/// pace.
fn end_behind(known: &[Knot], end: Knot, pace: Pace) -> Knot {
    let last = known
        .last()
        .map_or((0, 0), |last| (last.model_us, last.true_us));
    let rest_us = pace.of(end.model_us.saturating_sub(last.0));
    Knot {
        true_us: last.1 + rest_us,
        ..end
    }
}

/// The pace of the stretches between known times that have no silence, as far as anybody
/// can go on so: two times that nearly meet do not hurry all the rest.
fn fitted_pace(known: &[Knot]) -> Pace {
    let spoken = known
        .windows(2)
        .filter(|pair| !is_too_slow(pair[0], pair[1]));
    let (by, of) = spoken.fold((0, 0), |(by, of), pair| {
        let true_us = pair[1].true_us - pair[0].true_us;
        (by + true_us, of + pair[1].model_us - pair[0].model_us)
    });
    let pace = Pace {
        true_us: by,
        model_us: of,
    };
    pace.max(voice::FASTEST)
}

/// Anchors as knots.
pub(super) fn anchor_knots(
    anchors: &[Anchor],
    start: impl Fn(usize) -> (u64, Rested),
) -> Vec<Knot> {
    let knot = |anchor: &Anchor| {
        let utterance = anchor.utterance as usize;
        let (model_us, rested) = start(utterance);
        Knot {
            model_us,
            rested,
            true_us: anchor.at.micros(),
            utterance,
            anchor: Some(*anchor),
        }
    };
    anchors.iter().map(knot).collect()
}

//! Floor 2: a transcript and what is known of its times in, a clock out.
//!
//! The clock says when every place in the transcript is spoken. It rests on the text
//! alone (syllables at an average pace and rests at marks), on the length of the
//! recording, on the times that the transcript gives, or on all of them. It knows nothing
//! of profiles: an utterance starts at the same millisecond under every one of them.

mod calibrate;
mod channel;
mod doubt;
mod estimate;
mod fit;
mod helpful;
mod law;
mod lay;
mod learn;
mod material;
mod pace;
mod rate;
mod recorded;
mod squares;
mod voice;

use crate::model::{Basis, Beat, Clock, ClockBuilder, Diagnostic, Timestamp, Transcript, kinds};
use crate::text::spoken::Readings;
pub use calibrate::{Calibration, Held, LEAST_SPEECH_US, TooLittle, calibrate};
pub use channel::{Channel, Speaker};
pub use doubt::{Doubt, doubt, met};
use fit::{Fit, Knot, Side};
pub use helpful::helpful;
use lay::Layout;
pub use material::Material;
pub use recorded::Recorded;

pub use crate::profile::{Rests, Voice, Voices, Weights};
pub use rate::{NAMED_RATES, NamedRate, NoRate, Rate};

/// What is known of the times besides the transcript's own anchors.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'r> {
    /// The length of the recording: the last syllable ends there, but for the lead-out.
    pub duration: Option<Timestamp>,
    /// What stands before the first word: an intro.
    pub lead_in: Timestamp,
    /// What stands behind the last syllable in a recording whose length is known: an outro.
    pub lead_out: Timestamp,
    /// Who speaks.
    pub voices: &'r Voices,
    /// How words are read that are not read as they are written.
    pub readings: &'r Readings,
}

impl Known<'_> {
    /// When the last syllable ends, where the length of the recording says it.
    fn speech_end(self) -> Option<Timestamp> {
        let end_ms = |duration: Timestamp| duration.millis().saturating_sub(self.lead_out.millis());
        self.duration.map(end_ms).map(Timestamp::from_millis)
    }
}

/// A clock, and what was doubtful about the times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// When every place is spoken.
    pub clock: Clock,
    /// Faults at times that could not be used as they stood.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why there is no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimingError {
    /// Past [`Timestamp::MAX`].
    #[error("expected a transcript of at most 1193 hours of speech, found more")]
    TooLong,
    /// Not even a millisecond for each byte in the whole recording.
    #[error(
        "expected at least a millisecond for each byte of text, found {words_bytes} bytes between {from} and {to}"
    )]
    NoRoom {
        /// Bytes of text.
        words_bytes: u64,
        /// Where they begin.
        from: Timestamp,
        /// Where they end.
        to: Timestamp,
    },
}

kinds! {
    Timing;
    PAST_THE_END: Fault, "anchor-past-the-end",
        "expected a time before the end of the recording",
        "the time was not used; mend it, or give the right duration";
    BEFORE_THE_WORDS: Fault, "anchor-in-the-lead-in",
        "expected a time after the lead-in",
        "the time was not used; mend it, or give a shorter lead-in";
    TOO_FAST: Fault, "too-fast",
        "expected at least 90 ms for each syllable",
        "the words were squeezed; mend the times or the duration";
    HURRIED: Note, "hurried",
        "expected at most seven syllables a second",
        "hardly anybody speaks so fast; are the times, or the duration, those of this text?";
    TOO_SLOW: Note, "too-slow",
        "expected words for most of the recording",
        "they were spread over it; the time of a line near its end would help";
    NO_ROOM: Fault, "anchor-without-room",
        "expected at least a millisecond for each byte of text between two times",
        "the time was not used; mend it, or the one beside it";
    SILENCE: Note, "long-silence",
        "expected words for most of the time before an anchor",
        "they go at their own pace, with a silence behind them";
}

/// When every place of `transcript` is spoken.
///
/// # Errors
/// [`TimingError`] where the times cannot be held, or leave no room for the text.
///
/// ```
/// use zimu::model::Timestamp;
/// use zimu::timing::{Known, clock};
///
/// let transcript = zimu::transcript::parse("大家好\n[0:05] 今天讲字幕\n").transcript;
/// let duration = Some(Timestamp::from_millis(8000));
/// let known = Known { duration, ..Known::default() };
/// let timed = clock(&transcript, known)?;
/// assert_eq!(timed.clock.start_us(1), 5_000_000);
/// assert_eq!(timed.clock.speech_end_us(), 8_000_000);
/// # Ok::<(), zimu::timing::TimingError>(())
/// ```
pub fn clock(transcript: &Transcript, known: Known<'_>) -> Result<Timed, TimingError> {
    if let Some(end) = known
        .speech_end()
        .filter(|_| !transcript.utterances.is_empty())
    {
        check_order(transcript, known.lead_in, end)?;
    }
    let layout = lay::lay(transcript, known.voices, known.readings);
    let mut diagnostics = Vec::new();
    let knots = knots(transcript, known, &layout, &mut diagnostics);
    let knots = with_room(transcript, knots, &mut diagnostics);
    let basis = basis(&knots, known);
    let fit = Fit::through(&knots, layout.end(transcript));
    for (from, to) in fit.stretches() {
        check_room(transcript, from, to)?;
        diagnostics.extend(pace_finding(&layout, from, to));
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let clock = fitted(transcript, &layout, &fit, basis, known);
    Timestamp::from_micros(clock.speech_end_us()).ok_or(TimingError::TooLong)?;
    Ok(Timed { clock, diagnostics })
}

/// The known times as knots, without those past the recording's end.
fn knots(
    transcript: &Transcript,
    known: Known<'_>,
    layout: &Layout,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Knot> {
    let utterances = &transcript.utterances;
    let start = |utterance: usize| {
        let first = layout.firsts[utterance] as usize;
        (
            layout.beats[first].start_us,
            layout.rested_before[utterance],
        )
    };
    let mut knots = fit::anchor_knots(&transcript.anchors, start);
    if known.lead_in > Timestamp::ZERO && !utterances.is_empty() {
        knots.retain(|knot| is_behind_lead_in(*knot, known, diagnostics));
        let true_us = known.lead_in.micros();
        knots.insert(
            0,
            Knot {
                true_us,
                ..Knot::START
            },
        );
    }
    if let Some(end) = known.speech_end().filter(|_| !utterances.is_empty()) {
        let true_us = end.micros();
        knots.retain(|knot| {
            let inside = knot.true_us < true_us;
            if let (false, Some(anchor)) = (inside, knot.anchor) {
                let found = format!("{} in {end}", anchor.at);
                diagnostics.push(PAST_THE_END.found(anchor.source, found));
            }
            inside || knot.anchor.is_none()
        });
        knots.push(Knot {
            true_us,
            ..layout.end(transcript)
        });
    }
    knots
}

fn is_behind_lead_in(knot: Knot, known: Known<'_>, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let lead_in_us = known.lead_in.micros();
    let is_start = knot.utterance == 0 && knot.true_us == lead_in_us;
    let is_behind = knot.true_us > lead_in_us || is_start;
    if let (false, Some(anchor)) = (is_behind, knot.anchor) {
        let found = format!("{} in a lead-in of {}", anchor.at, known.lead_in);
        diagnostics.push(BEFORE_THE_WORDS.found(anchor.source, found));
    }
    is_behind
}

fn basis(knots: &[Knot], known: Known<'_>) -> Basis {
    let anchored = knots.iter().any(|knot| knot.anchor.is_some());
    match (anchored, known.duration) {
        (false, None) => Basis::Text,
        (false, Some(_)) => Basis::Duration,
        (true, None) => Basis::Anchors,
        (true, Some(_)) => Basis::AnchorsAndDuration,
    }
}

/// The knots that leave room for the words between them. Of two times that leave none the
/// later is not used, but for the recording's end: the times before it give way.
fn with_room(
    transcript: &Transcript,
    found: Vec<Knot>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Knot> {
    let mut kept: Vec<Knot> = Vec::with_capacity(found.len());
    let mut refuse = |knot: Knot| {
        diagnostics.extend(knot.anchor.map(|anchor| NO_ROOM.at(anchor.source)));
    };
    for knot in found {
        if knot.anchor.is_none() {
            let gives_way =
                |last: &mut Knot| last.anchor.is_some() && !has_room(transcript, *last, knot);
            while let Some(last) = kept.pop_if(gives_way) {
                refuse(last);
            }
        } else if !has_room(
            transcript,
            kept.last().copied().unwrap_or(Knot::START),
            knot,
        ) {
            refuse(knot);
            continue;
        }
        kept.push(knot);
    }
    kept
}

/// Cues need a millisecond each, and none is shorter than a byte.
fn has_room(transcript: &Transcript, from: Knot, to: Knot) -> bool {
    to.true_us.saturating_sub(from.true_us) / 1000 >= words_bytes(transcript, from, to)
}

fn words_bytes(transcript: &Transcript, from: Knot, to: Knot) -> u64 {
    let before = |knot: Knot| match transcript.utterances.get(knot.utterance) {
        Some(utterance) => utterance.text.start(),
        None => transcript.text.len(),
    };
    (before(to) - before(from)) as u64
}

/// The end of the speech is behind its start.
fn check_order(transcript: &Transcript, from: Timestamp, to: Timestamp) -> Result<(), TimingError> {
    if from < to {
        return Ok(());
    }
    Err(TimingError::NoRoom {
        words_bytes: transcript.text.len() as u64,
        from,
        to,
    })
}

fn check_room(transcript: &Transcript, from: Knot, to: Knot) -> Result<(), TimingError> {
    if has_room(transcript, from, to) {
        return Ok(());
    }
    let at = |us| Timestamp::from_micros(us).ok_or(TimingError::TooLong);
    Err(TimingError::NoRoom {
        words_bytes: words_bytes(transcript, from, to),
        from: at(from.true_us)?,
        to: at(to.true_us)?,
    })
}

/// Shortest silence that is worth a word.
const SILENCE_US: u64 = 10_000_000;

/// Shortest stretch that a hurry is told of: a few words between two times may well be quick.
const HURRY_US: u64 = 10_000_000;

/// A fault where nobody speaks so fast, a note where hardly anybody does and
/// where nobody speaks so slowly.
fn pace_finding(layout: &Layout, from: Knot, to: Knot) -> Option<Diagnostic> {
    let before = &layout.syllables_before;
    let syllables = before[to.utterance] - before[from.utterance];
    let room_us = to.true_us - from.true_us;
    let kind = if room_us < syllables * voice::FASTEST_SYLLABLE_US {
        &TOO_FAST
    } else if room_us >= HURRY_US && room_us * voice::MOST_SYLLABLES < syllables * 1_000_000 {
        &HURRIED
    } else if room_us < SILENCE_US || !fit::is_too_slow(from, to) {
        return None;
    } else if to.anchor.is_some() {
        &SILENCE
    } else {
        &TOO_SLOW
    };
    let at = |us| Timestamp::from_micros(us).unwrap_or(Timestamp::MAX);
    let stretch = format!("from {} to {}", at(from.true_us), at(to.true_us));
    let found = match syllables {
        0 => format!("none {stretch}"),
        some => {
            let tenths = some * 10_000_000 / room_us.max(1);
            let rate = format!("{}.{} a second", tenths / 10, tenths % 10);
            format!("{some} syllables {stretch}: {rate}")
        }
    };
    // Without a time in the text, it is the duration that leaves too little room or too much.
    Some(match to.anchor.or(from.anchor) {
        Some(anchor) => kind.found(anchor.source, found),
        None => kind.overall(found),
    })
}

fn fitted(
    transcript: &Transcript,
    layout: &Layout,
    fit: &Fit,
    basis: Basis,
    known: Known<'_>,
) -> Clock {
    let utterances = &transcript.utterances;
    let mut builder = ClockBuilder::with_capacity(utterances.len(), layout.beats.len());
    let mut hint = 0;
    let mut rested = layout.rested_before.first().copied().unwrap_or_default();
    for (index, utterance) in utterances.iter().enumerate() {
        let range = layout.firsts[index] as usize..layout.firsts[index + 1] as usize;
        for (beat, behind) in layout.beats[range.clone()]
            .iter()
            .zip(&layout.behind[range])
        {
            builder.beat(Beat {
                text: beat.text,
                start_us: fit.true_us(beat.start_us, rested, Side::Start, &mut hint),
                end_us: fit.true_us(beat.end_us, rested, Side::End, &mut hint),
            });
            rested = rested.and(*behind);
        }
        builder.end_utterance(utterance.text);
    }
    builder.finish(basis, known.duration.map(Timestamp::micros))
}

impl Layout {
    /// Where the speech ends at the voice's own pace.
    fn end(&self, transcript: &Transcript) -> Knot {
        let model_us = self.beats.last().map_or(0, |beat| beat.end_us);
        // Nothing is said behind the last beat, so that no rest is.
        let rested = self.rested_before.last().copied().unwrap_or_default();
        let behind = self.behind.last().copied().unwrap_or_default();
        Knot {
            model_us,
            rested: rested.behind(behind),
            true_us: model_us,
            utterance: transcript.utterances.len(),
            anchor: None,
        }
    }
}

#[cfg(test)]
mod tests;

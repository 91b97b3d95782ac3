//! A transcript and what was heard of its recording in; where each line is, and how that is known,
//! out: what captioning and retiming have in common.

use std::path::Path;

use zimu::align::{self, Aligned, Fate, NotAligned, Placement, Prior, align};
use zimu::model::{Clock, Timestamp, Transcript};
use zimu::speech::Heard;
use zimu::timing::Known;

use crate::account::{LineAccount, Method};
use crate::args::ReadingArguments;
use crate::commands::progress;
use crate::listening::{Listened, Progress};
use crate::report::{self, Failure};
use crate::stopped::heed;

/// What is heard in a recording, with a bar while it is listened to; what is wrong with it is told.
/// `way_out` is what does without it.
pub(super) fn listened(
    media: &Path,
    reading: &ReadingArguments,
    way_out: &str,
) -> Result<Listened, Failure> {
    heed()?;
    let bar = progress(1, "{bar:30} {percent} % {eta} {msg}", reading);
    bar.set_message(format!("listening to {}", media.display()));
    let listened = Listened::to(media, |Progress { heard_ms, length }| {
        bar.set_length(length.map_or(heard_ms, |length| length.millis().into()));
        bar.set_position(heard_ms);
    });
    bar.finish_and_clear();
    let listened =
        listened.map_err(|error| Failure::of_file(media, format!("{error}{way_out}")))?;
    if let Some(damage) = &listened.damage {
        report::error(&format!("{}: {damage}", media.display()));
    }
    Ok(listened)
}

/// Where a transcript is heard.
pub(super) fn aligned(
    transcript: &Transcript,
    heard: &Heard,
    known: &Known<'_>,
) -> Result<Aligned, NotAligned> {
    let known = align::Known {
        lead_in: known.lead_in,
        readings: known.readings,
    };
    align(transcript, heard, known, <&Prior>::default())
}

/// Where each line is that has something to say, for programs; `placement` says what is captioned of
/// those that were not heard.
pub(super) fn lines_of(
    aligned: &Aligned,
    transcript: &Transcript,
    placement: Option<&Placement>,
) -> Vec<LineAccount> {
    let dropped = placement.map_or(&[][..], |placement| &placement.dropped);
    let mut dropped = dropped.iter().peekable();
    let anchors = transcript.anchors.iter();
    let mut anchors = anchors.filter(|anchor| aligned.is_known(anchor)).peekable();
    let mut captioned = 0..;
    let mut lines = Vec::with_capacity(aligned.fates.len());
    for ((index, utterance), fate) in (0..).zip(&transcript.utterances).zip(&aligned.fates) {
        let is_known = anchors
            .next_if(|anchor| anchor.utterance == index)
            .is_some();
        let is_dropped = dropped.next_if(|line| **line == utterance.line).is_some();
        let at = if is_dropped { None } else { captioned.next() };
        let line = LineAccount::of(utterance.line);
        lines.extend(match fate {
            Fate::Unsaid => None,
            Fate::Placed(spoken) if is_known => Some(line.placed(spoken, Method::Anchor)),
            Fate::Placed(spoken) => Some(line.placed(spoken, Method::Voice)),
            Fate::Absent => Some(match placement.zip(at) {
                Some((placement, at)) => line.estimated(&placement.clock, at),
                None => line,
            }),
        });
    }
    lines
}

impl LineAccount {
    fn placed(self, spoken: &align::Spoken, method: Method) -> Self {
        Self {
            start_ms: Some(spoken.start.millis()),
            end_ms: Some(spoken.end.millis()),
            method: Some(method),
            confidence_permille: Some(spoken.confidence_permille),
            is_doubtful: spoken.is_doubtful(),
            ..self
        }
    }

    fn estimated(self, clock: &Clock, utterance: usize) -> Self {
        let millis = |us| Timestamp::from_micros(us).map(Timestamp::millis);
        Self {
            start_ms: millis(clock.start_us(utterance)),
            end_ms: millis(clock.end_us(utterance)),
            method: Some(Method::Estimate),
            ..self
        }
    }
}

//! A transcript and what was heard of its recording in; where each line is, and how that is known,
//! out: what captioning and retiming have in common.

use zimu::align::{self, Aligned, Fate, NotAligned, Placement, Prior, align};
use zimu::model::{Clock, Timestamp, Transcript};
use zimu::speech::Heard;
use zimu::timing::Known;

use crate::account::{LineAccount, Method};

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

/// Where each line is that has something to say, for programs.
pub(super) fn lines_of(
    aligned: &Aligned,
    transcript: &Transcript,
    placement: &Placement,
) -> Vec<LineAccount> {
    let mut dropped = placement.dropped.iter().peekable();
    let mut anchors = transcript.anchors.iter().peekable();
    let mut captioned = 0..;
    let mut lines = Vec::with_capacity(aligned.fates.len());
    for ((index, utterance), fate) in (0..).zip(&transcript.utterances).zip(&aligned.fates) {
        let is_known = anchors.next_if(|anchor| anchor.utterance == index).is_some();
        let is_dropped = dropped.next_if(|line| **line == utterance.line).is_some();
        let at = if is_dropped { None } else { captioned.next() };
        let line = LineAccount::of(utterance.line);
        lines.extend(match fate {
            Fate::Unsaid => None,
            Fate::Placed(spoken) if is_known => Some(line.placed(spoken, Method::Anchor)),
            Fate::Placed(spoken) => Some(line.placed(spoken, Method::Voice)),
            Fate::Absent => Some(match at {
                Some(at) => line.estimated(&placement.clock, at),
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

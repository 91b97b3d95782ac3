//! A clock in, out the utterances whose true times would mend it most.
//!
//! The error of a start grows with the distance from the nearest known time: 7 s where only the
//! length of 20 minutes is known, 1.5 s with a time every two minutes. So the first utterance is
//! asked for (nobody knows how long the intro is), the last where the length is not known, and
//! between two that are known one at each such distance: where a chapter or a paragraph begins,
//! if one does nearby, as it is easily found by ear.

use std::cmp::Reverse;

use crate::model::{Clock, Opening, Timestamp, Transcript};

/// A place whose time is known, or asked for.
#[derive(Clone, Copy)]
struct Place {
    utterance: usize,
    at_us: u64,
}

/// The utterances to find the times of, rising, so that a time is known at about each `apart`.
///
/// ```
/// use zimu::model::Timestamp;
/// use zimu::timing::{Known, clock, helpful};
///
/// let talk = "今天我们讲字幕\n".repeat(100);
/// let transcript = zimu::transcript::parse(&talk).transcript;
/// let clock = clock(&transcript, Known::default())?.clock;
/// // Of 161 seconds.
/// assert_eq!(helpful(&transcript, &clock, Timestamp::from_millis(60_000)), [0, 37, 74, 99]);
/// # Ok::<(), zimu::timing::TimingError>(())
/// ```
#[must_use]
pub fn helpful(transcript: &Transcript, clock: &Clock, apart: Timestamp) -> Vec<usize> {
    let place = |utterance| Place {
        utterance,
        at_us: clock.start_us(utterance),
    };
    let anchored = transcript.anchors.iter();
    let mut known: Vec<Place> = anchored.map(|a| place(a.utterance as usize)).collect();
    let mut asked = Vec::new();
    let Some(last) = clock.len().checked_sub(1) else {
        return asked;
    };
    if known.first().is_none_or(|first| first.utterance > 0) {
        asked.push(0);
        known.insert(0, place(0));
    }
    if clock.media_end_us().is_some() {
        let at_us = clock.speech_end_us();
        known.push(Place {
            utterance: last + 1,
            at_us,
        });
    } else if known.last().is_some_and(|known| known.utterance < last) {
        asked.push(last);
        known.push(place(last));
    }
    for pair in known.windows(2) {
        let mut from = pair[0];
        while let Some(next) = next(transcript, clock, [from, pair[1]], apart.micros()) {
            asked.push(next);
            from = place(next);
        }
    }
    asked.sort_unstable();
    asked
}

/// The utterance to ask for between two places, about `apart_us` behind the first; `None` where
/// the second is near enough.
fn next(
    transcript: &Transcript,
    clock: &Clock,
    [from, to]: [Place; 2],
    apart_us: u64,
) -> Option<usize> {
    let target_us = from.at_us + apart_us;
    if target_us + apart_us / 2 > to.at_us {
        return None;
    }
    let behind = |at_us| first_from(clock, [from.utterance + 1, to.utterance], at_us);
    let near = behind(target_us - apart_us / 4)..behind(target_us + apart_us / 4);
    let rank = |&utterance: &usize| {
        let opening = match transcript.utterances[utterance].opening {
            Opening::Line => 0,
            Opening::Paragraph => 1,
            Opening::Heading => 2,
        };
        (
            opening,
            Reverse(clock.start_us(utterance).abs_diff(target_us)),
        )
    };
    let far = near.end;
    near.max_by_key(rank)
        .or_else(|| (far < to.utterance).then_some(far))
}

/// The first of some utterances that starts at a time or later; the end of them where none does.
fn first_from(clock: &Clock, [first, end]: [usize; 2], at_us: u64) -> usize {
    let (mut low, mut high) = (first, end);
    while low < high {
        let middle = low.midpoint(high);
        if clock.start_us(middle) < at_us {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timing::tests::{STEADY_VOICES, transcript};
    use crate::timing::{Known, clock};
    use proptest::prelude::*;

    /// Of a talk whose lines take 1.404 s each.
    fn asked(source: &str, duration_ms: Option<u32>, apart_ms: u32) -> Vec<usize> {
        let transcript = transcript(source);
        let known = Known {
            duration: duration_ms.map(Timestamp::from_millis),
            voices: &STEADY_VOICES,
            ..Known::default()
        };
        let clock = clock(&transcript, known).unwrap().clock;
        helpful(&transcript, &clock, Timestamp::from_millis(apart_ms))
    }

    #[test]
    fn a_paragraph_nearby_goes_before_a_line_at_the_very_place() {
        let line = "今天天气很好\n";
        let plain = line.repeat(20);
        assert_eq!(asked(&plain, None, 14_040), [0, 10, 19]);
        let two = format!("{}\n{}", line.repeat(8), line.repeat(12));
        assert_eq!(asked(&two, None, 14_040), [0, 8, 19]);
        // With the end known, 8 s before it are near enough.
        assert_eq!(asked(&plain, Some(28_080), 20_000), [0]);
        assert_eq!(asked(&plain, Some(28_080), 9000), [0, 6, 12]);
    }

    #[test]
    fn a_talk_of_nothing_needs_no_time() {
        assert_eq!(asked("", None, 1000), [0; 0]);
        assert_eq!(asked("好", None, 1000), [0]);
    }

    proptest! {
        #[test]
        fn each_is_asked_for_once(
            lines in prop::collection::vec("[一-龥]{0,20}", 0..60),
            apart_ms in 1..60_000_u32,
            duration in prop::option::of(100_000..10_000_000_u32),
        ) {
            let asked = asked(&lines.join("\n"), duration, apart_ms);
            prop_assert!(asked.is_sorted_by(|one, next| one < next), "{:?}", asked);
        }
    }
}

//! What callers may rely on of a clock.

mod voices;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{Opening, Span, Utterance};

/// A voice that takes the same time for each syllable, and does not rest at the end of a line.
pub(super) const STEADY: Voice = {
    let weights = Weights {
        syllable_us: 234_000,
        function_us: 0,
        number_us: 0,
        word_us: 0,
        letter_us: 0,
        filler_us: 0,
        answer_us: 0,
        two_us: 0,
        three_us: 0,
        line_us: 0,
    };
    Voice {
        interval: weights,
        spoken: weights,
        rests: Rests {
            inside: 1000,
            between: 1000,
        },
    }
};

/// The same for everyone.
pub(super) static STEADY_VOICES: Voices = Voices {
    common: STEADY,
    speakers: BTreeMap::new(),
};

fn known(duration: Option<Timestamp>) -> Known<'static> {
    Known {
        duration,
        voices: &STEADY_VOICES,
        ..Known::default()
    }
}

/// A transcript of plain lines. (The grammar is another room on this floor.)
pub(super) fn transcript(source: &str) -> Transcript {
    let mut transcript = Transcript {
        text: source.to_owned(),
        ..Transcript::default()
    };
    let mut opening = Opening::Line;
    let mut start = 0;
    for (number, line) in source.split('\n').enumerate() {
        if line.is_empty() {
            opening = Opening::Paragraph;
        } else {
            transcript.utterances.push(Utterance {
                text: Span::new(start, start + line.len()),
                line: number as u32 + 1,
                offset: start as u32,
                opening: std::mem::replace(&mut opening, Opening::Line),
            });
        }
        start += line.len() + 1;
    }
    transcript
}

fn anchored(source: &str, anchors: &[(u32, u32)]) -> Transcript {
    let mut made = transcript(source);
    made.anchors = anchors
        .iter()
        .map(|&(utterance, ms)| crate::model::Anchor {
            utterance,
            at: Timestamp::from_millis(ms),
            source: Span::new(0, 1),
        })
        .collect();
    made
}

fn starts_ms(timed: &Timed) -> Vec<u64> {
    let clock = &timed.clock;
    (0..clock.len())
        .map(|index| clock.start_us(index) / 1000)
        .collect()
}

const THREE: &str = "今天天气很好\n我们出去走走\n明天再说下雨\n";

#[test]
fn text_alone_goes_at_the_measured_pace_from_zero() {
    let timed = clock(&transcript(THREE), known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [0, 1404, 2808]);
    assert_eq!(timed.clock.basis(), Basis::Text);
}

#[test]
fn a_duration_is_filled_exactly() {
    let duration = Some(Timestamp::from_millis(9000));
    let timed = clock(&transcript(THREE), known(duration)).unwrap();
    assert_eq!(starts_ms(&timed), [0, 3000, 6000]);
    assert_eq!(timed.clock.speech_end_us(), 9_000_000);
}

#[test]
fn before_one_anchor_the_voice_goes_backwards_at_its_pace() {
    let timed = clock(&anchored(THREE, &[(1, 60_000)]), known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [58_596, 60_000, 61_404]);
}

#[test]
fn between_and_outside_of_anchors_the_fitted_pace_goes_on() {
    let four = format!("{THREE}大家再见朋友\n");
    let timed = clock(&anchored(&four, &[(1, 10_000), (2, 12_000)]), known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [8000, 10_000, 12_000, 14_000]);
}

#[test]
fn where_the_words_are_too_few_a_silence_follows_them() {
    let timed = clock(&anchored(THREE, &[(0, 0), (2, 60_000)]), known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [0, 1404, 60_000]);
    assert_eq!(timed.clock.end_us(1), 2_808_000);
    assert_eq!(timed.diagnostics[0].kind.id, "long-silence");
}

#[test]
fn speech_is_squeezed_rather_than_begun_before_the_recording() {
    let timed = clock(&anchored(THREE, &[(2, 2000)]), known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [0, 1000, 2000]);
}

#[test]
fn an_anchor_past_the_end_is_a_fault_and_not_used() {
    let duration = Some(Timestamp::from_millis(9000));
    let timed = clock(&anchored(THREE, &[(1, 10_000)]), known(duration)).unwrap();
    assert_eq!(timed.diagnostics[0].kind.id, "anchor-past-the-end");
    assert_eq!(starts_ms(&timed), [0, 3000, 6000]);
}

#[test]
fn what_nobody_can_say_is_a_fault_that_names_the_pace() {
    let duration = Some(Timestamp::from_millis(900));
    let timed = clock(&transcript(THREE), known(duration)).unwrap();
    assert_eq!(
        timed.diagnostics[0].to_string(),
        "expected at least 90 ms for each syllable, found 18 syllables from 0:00:00.000 to \
         0:00:00.900: 20.0 a second"
    );
}

#[test]
fn no_room_at_all_is_an_error() {
    let duration = Some(Timestamp::from_millis(20));
    let error = clock(&transcript(THREE), known(duration)).unwrap_err();
    assert!(
        matches!(
            error,
            TimingError::NoRoom {
                words_bytes: 57,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_time_that_leaves_no_room_is_a_fault_and_not_used() {
    let anchors = [(0, 1000), (1, 1010), (2, 4000)];
    let timed = clock(&anchored(THREE, &anchors), known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [1000, 2500, 4000]);
    assert_eq!(timed.diagnostics[0].kind.id, "anchor-without-room");

    let duration = Some(Timestamp::from_millis(9000));
    let timed = clock(&anchored(THREE, &[(1, 4000), (2, 8999)]), known(duration)).unwrap();
    assert_eq!(starts_ms(&timed), [1500, 4000, 6500]);
    assert_eq!(timed.diagnostics[0].kind.id, "anchor-without-room");
}

#[test]
fn two_times_that_nearly_meet_do_not_hurry_the_rest() {
    let timed = clock(&anchored(THREE, &[(0, 0), (1, 20)]), known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [0, 20, 20 + 6 * 90]);
}

#[test]
fn an_empty_transcript_has_an_empty_clock() {
    let duration = Some(Timestamp::from_millis(20));
    assert!(
        clock(&transcript(""), known(duration))
            .unwrap()
            .clock
            .is_empty()
    );
}

proptest! {
    #[test]
    fn anchors_and_the_end_are_met_exactly(
        lines in prop::collection::vec("[一-龥a-zA-Z0-9，。 ]{1,30}", 1..30),
        gaps in prop::collection::vec(10_000..900_000_u32, 1..30),
    ) {
        let count = lines.len().min(gaps.len());
        let mut at = 0;
        let anchors: Vec<_> = gaps.iter().take(count).enumerate().map(|(index, gap)| {
            at += gap;
            (index as u32, at)
        }).collect();
        let made = anchored(&lines.join("\n"), &anchors);
        let duration = Timestamp::from_millis(at + 600_000);
        let timed = clock(&made, known(Some(duration))).unwrap();
        for (utterance, ms) in anchors {
            prop_assert_eq!(timed.clock.start_us(utterance as usize), u64::from(ms) * 1000);
        }
        prop_assert_eq!(timed.clock.speech_end_us(), duration.micros());
    }

    #[test]
    fn starts_rise_behind_the_lead_in(
        source: String,
        anchors in prop::collection::vec((0..12_u32, 1..200_000_u32), 0..6),
        duration in prop::option::of(1..100_000_000_u32),
        lead_in in 0..100_000_u32,
        lead_out in 0..100_000_u32,
        rate in 1000..11_000_u32,
    ) {
        let known = Known {
            duration: duration.map(Timestamp::from_millis),
            lead_in: Timestamp::from_millis(lead_in),
            lead_out: Timestamp::from_millis(lead_out),
            voices: &Voice::at(Rate::from_thousandths(rate).expect("in range")).into(),
            readings: <&Readings>::default(),
        };
        let mut made = transcript(&source);
        let (mut utterances, mut times): (Vec<_>, Vec<_>) = anchors.into_iter().unzip();
        utterances.sort_unstable();
        utterances.dedup();
        times.sort_unstable();
        times.dedup();
        let anchors: Vec<_> = utterances.into_iter().zip(times).collect();
        made.anchors = anchored("", &anchors).anchors;
        made.anchors.retain(|anchor| (anchor.utterance as usize) < made.utterances.len());
        if let Ok(timed) = clock(&made, known) {
            let end = duration.map_or(u64::MAX, |ms| u64::from(ms.saturating_sub(lead_out)) * 1000);
            prop_assert!(timed.clock.speech_end_us() <= end);
            let starts: Vec<_> = (0..timed.clock.len()).map(|index| timed.clock.start_us(index)).collect();
            prop_assert!(starts.is_sorted_by(|earlier, later| earlier < later), "{:?}", starts);
            prop_assert!(starts.first().is_none_or(|start| *start >= u64::from(lead_in) * 1000), "{:?}", starts);
        }
    }
}

#[test]
fn the_words_stand_between_the_lead_in_and_the_lead_out() {
    let leads = Known {
        lead_in: Timestamp::from_millis(2000),
        lead_out: Timestamp::from_millis(1000),
        ..known(None)
    };
    let text_alone = clock(&transcript(THREE), leads).unwrap();
    assert_eq!(starts_ms(&text_alone), [2000, 3404, 4808]);
    let duration = Some(Timestamp::from_millis(12_000));
    let timed = clock(&transcript(THREE), Known { duration, ..leads }).unwrap();
    assert_eq!(starts_ms(&timed), [2000, 5000, 8000]);
    assert_eq!(timed.clock.speech_end_us(), 11_000_000);
}

#[test]
fn a_time_in_the_lead_in_is_a_fault_and_that_of_the_first_line_goes_before_it() {
    let leads = Known {
        lead_in: Timestamp::from_millis(2000),
        ..known(None)
    };
    let early = clock(&anchored(THREE, &[(1, 1500)]), leads).unwrap();
    assert_eq!(early.diagnostics[0].kind.id, "anchor-in-the-lead-in");
    assert_eq!(starts_ms(&early), [2000, 3404, 4808]);
    let nothing_stands_before = clock(&anchored(THREE, &[(1, 0)]), known(None)).unwrap();
    let kind = nothing_stands_before.diagnostics[0].kind;
    assert_eq!(kind.id, "anchor-without-room");
    let later = clock(&anchored(THREE, &[(0, 2500)]), leads).unwrap();
    assert_eq!(starts_ms(&later), [2500, 3904, 5308]);
    assert_eq!(later.diagnostics, []);
}

/// The plain lines of [`THREE`], with a pause before some place of them.
fn with_pause(at: u32, length_ms: Option<u32>) -> Vec<u64> {
    let mut made = transcript(THREE);
    made.pauses.push(crate::model::Pause { at, length_ms });
    starts_ms(&clock(&made, known(None)).unwrap())
}

#[test]
fn a_pause_is_a_rest_of_its_length() {
    let second = THREE.find('我').unwrap() as u32;
    assert_eq!(with_pause(0, Some(500)), [500, 1904, 3308]);
    assert_eq!(with_pause(second, Some(500)), [0, 1904, 3308]);
    assert_eq!(with_pause(second + 6, None), [0, 1404, 4808]);
}

#[test]
fn a_sound_alone_on_its_line_is_no_part_of_the_pace() {
    let mut made = transcript("今天天气很好\n（掌声）\n明天再说下雨\n");
    let applause = made.utterances[1].text;
    made.sounds.push(applause);
    let timed = clock(&made, known(None)).unwrap();
    assert_eq!(starts_ms(&timed), [0, 1404, 3404]);
}

/// Two sentences of five syllables, in twice the time that they take.
fn slowly(source: &str) -> Timed {
    let own = clock(&transcript(source), known(None)).unwrap();
    let duration = Timestamp::from_micros(2 * own.clock.speech_end_us());
    clock(&transcript(source), known(duration)).unwrap()
}

#[test]
fn who_is_twice_as_slow_does_not_rest_twice_as_long_between_sentences() {
    let timed = slowly("今天天气好。\n我们出去走。\n");
    let rest_us = timed.clock.start_us(1) - timed.clock.end_us(0);
    // The fourth root of 2.
    assert_eq!(rest_us, 667_000 * 1189 / 1000);
    let inside = slowly("今天天气好，我们出去走\n");
    let [first, second] = inside.clock.beats(0) else {
        panic!("{inside:?}")
    };
    let rest_us = second.start_us - first.end_us;
    // As often again, and longer by the root.
    assert_eq!(rest_us, 323_000 * 2828 / 1000);
}

#[test]
fn a_pause_that_was_asked_for_is_as_long_as_was_said() {
    let mut made = transcript(THREE);
    let second = THREE.find('我').unwrap() as u32;
    made.pauses.push(crate::model::Pause {
        at: second,
        length_ms: Some(500),
    });
    let duration = Some(Timestamp::from_millis(500 + 9000));
    let timed = clock(&made, known(duration)).unwrap();
    assert_eq!(starts_ms(&timed), [0, 3500, 6500]);
    // Pauses that would leave no time for the words are as long as there is room.
    made.pauses[0].length_ms = Some(9000);
    let duration = Some(Timestamp::from_millis(9000));
    let timed = clock(&made, known(duration)).unwrap();
    assert!(timed.clock.end_us(0) > 500_000, "{timed:?}");
}

#[test]
fn a_hurry_that_hardly_anybody_keeps_up_is_told() {
    let source = "今天天气很好啊\n".repeat(20);
    let hurried = |ms: u32| {
        let duration = Some(Timestamp::from_millis(ms));
        let timed = clock(&transcript(&source), known(duration)).unwrap();
        timed.diagnostics.first().map(|found| found.kind.id)
    };
    assert_eq!(hurried(12_000), Some("too-fast"));
    assert_eq!(hurried(19_900), Some("hurried"));
    assert_eq!(hurried(20_000), None);
}

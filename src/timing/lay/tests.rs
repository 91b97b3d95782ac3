//! What a transcript comes to at a voice's own pace.

use super::*;
use crate::timing::tests::{STEADY_VOICES, transcript};

fn total_us(source: &str) -> u64 {
    let layout = lay(&transcript(source), &STEADY_VOICES, &Readings::NONE);
    layout.beats.last().unwrap().end_us
}

#[test]
fn unmarked_text_goes_at_the_measured_pace() {
    assert_eq!(total_us("今天天气很好\n我们出去走走\n"), 12 * 234_000);
}

#[test]
fn a_mark_takes_its_rest_from_between_the_syllables() {
    // The comma is at the end of the line, so that both sides of it have a line.
    let marked = total_us("今天天气很好真的很好啊，\n我们出去走走好不好\n");
    let unmarked = total_us("今天天气很好真的很好啊\n我们出去走走好不好\n");
    assert!(marked.abs_diff(unmarked) < 20, "{marked} {unmarked}");
}

#[test]
fn a_text_of_marks_is_not_spoken_faster_than_a_voice_can() {
    let layout = lay(
        &transcript("好。对。是。\n嗯。\n"),
        &STEADY_VOICES,
        &Readings::NONE,
    );
    let first = layout.beats[0];
    assert_eq!(
        first.end_us - first.start_us,
        voice::LEAST_SPEECH.of(234_000)
    );
    assert_eq!(layout.beats[1].start_us - first.end_us, 667_000);
}

#[test]
fn a_paragraph_is_a_longer_rest_than_the_mark_before_it() {
    let layout = lay(&transcript("好。\n\n对\n"), &STEADY_VOICES, &Readings::NONE);
    assert_eq!(layout.beats[1].start_us - layout.beats[0].end_us, 1_133_000);
}

#[test]
fn what_is_not_said_still_has_a_time() {
    let layout = lay(&transcript("😀\n好\n"), &STEADY_VOICES, &Readings::NONE);
    assert_eq!(layout.beats[0].end_us, voice::SHORTEST_UTTERANCE_US);
    assert_eq!(layout.beats[1].start_us, voice::SHORTEST_UTTERANCE_US);
}

//! Whatever a voice's file may hold, times rise.

use proptest::prelude::*;

use super::super::*;
use super::transcript;

fn weights() -> impl Strategy<Value = Weights> {
    let more = prop::array::uniform9(-5_000_000..=5_000_000_i64);
    (90_000..=1_000_000_i64, more).prop_map(|(syllable_us, more)| {
        let mut values = [syllable_us; voice::FEATURES];
        values[1..].copy_from_slice(&more);
        Weights::of(values)
    })
}

fn any_voices() -> impl Strategy<Value = Voices> {
    let rests = (0..=10_000_u32, 0..=10_000_u32);
    (weights(), weights(), rests).prop_map(|(interval, spoken, (inside, between))| {
        let rests = Rests { inside, between };
        Voice {
            interval,
            spoken,
            rests,
        }
        .into()
    })
}

proptest! {
    #[test]
    fn whatever_a_voice_file_may_hold_starts_rise_and_the_end_is_met(
        source: String,
        voices in any_voices(),
        duration in 100_000..100_000_000_u32,
    ) {
        let duration = Some(Timestamp::from_millis(duration));
        let made = transcript(&source);
        if let Ok(timed) = clock(&made, Known { duration, voices: &voices, ..Known::default() })
            && !made.utterances.is_empty()
        {
            let starts: Vec<_> = (0..timed.clock.len()).map(|index| timed.clock.start_us(index)).collect();
            prop_assert!(starts.is_sorted_by(|earlier, later| earlier < later), "{:?}", starts);
            for utterance in 0..timed.clock.len() {
                let beats = timed.clock.beats(utterance);
                prop_assert!(beats.iter().all(|beat| beat.start_us <= beat.end_us));
                prop_assert!(beats.windows(2).all(|pair| pair[0].end_us <= pair[1].start_us));
            }
            prop_assert_eq!(Some(timed.clock.speech_end_us()), duration.map(Timestamp::micros));
        }
    }
}

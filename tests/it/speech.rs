//! What is heard of sounds that are made here: their features, by the numbers of another
//! implementation, and whether somebody speaks.

use zimu::speech::{Heard, Listener};

const HERTZ: u32 = 16_000;

/// Half a second of silence and a second of three tones that rise, with a hiss over all, as
/// `speech/features.py` makes it.
fn sound() -> Vec<f32> {
    let tones = (0..HERTZ).map(|at| {
        let at = f64::from(at) / f64::from(HERTZ);
        let tone = |low: f64| {
            let turn = std::f64::consts::TAU * (low * at + 150.0 * at * at);
            0.2 * turn.sin()
        };
        [150.0, 700.0, 2400.0].map(tone).iter().sum::<f64>() as f32
    });
    let mut state: u32 = 1;
    let hiss = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
        (f64::from(state) / f64::from(1 << 30) - 1.0) as f32
    });
    let silence = std::iter::repeat_n(0.0, HERTZ as usize / 2);
    let mut sound: Vec<f32> = silence
        .chain(tones)
        .zip(hiss)
        .map(|(tone, hiss)| tone + 0.01 * hiss)
        .collect();
    // Nothing is raised where it begins and ends.
    let last = sound.len() - 1;
    (sound[0], sound[last]) = (0.0, 0.0);
    sound
}

fn heard(sound: &[f32], block: usize) -> Heard {
    let mut listener = Listener::new();
    for block in sound.chunks(block) {
        listener.hear(block);
    }
    listener.heard()
}

#[test]
fn features_are_those_of_another_implementation() {
    let heard = heard(&sound(), 1000);
    let frames = heard.features.frames();
    assert_eq!(frames.len(), 150);
    for row in include_str!("speech/features.txt").lines() {
        let mut cells = row.split(' ');
        let frame: usize = cells
            .next()
            .and_then(|cell| cell.parse().ok())
            .expect("a frame");
        for (place, (cell, value)) in cells.zip(frames[frame]).enumerate() {
            let expected: f32 = cell.parse().expect("a number");
            assert!(
                (value - expected).abs() < 0.05,
                "frame {frame}, feature {place}: {value}, {expected}"
            );
        }
    }
}

#[test]
fn blocks_of_any_size_are_heard_the_same() {
    let sound = sound();
    let whole = heard(&sound, sound.len());
    for block in [1, 159, 160, 401, 7000] {
        let parts = heard(&sound, block);
        assert_eq!(parts.features.frames(), whole.features.frames(), "{block}");
        assert_eq!(parts.presence.likely(), whole.presence.likely(), "{block}");
    }
}

#[test]
fn what_is_louder_than_its_surroundings_is_speech() {
    let sound = sound();
    let runs = heard(&sound, 4096).presence.runs();
    let spoken: Vec<_> = runs.iter().filter(|run| run.is_speech).collect();
    let [run] = spoken[..] else {
        panic!("{runs:?}")
    };
    assert!(run.first.abs_diff(50) <= 3 && run.end == 150, "{run:?}");
}

#[test]
fn silence_and_nothing_at_all_are_no_speech() {
    for samples in [0, 100, 16_000] {
        let heard = heard(&vec![0.0; samples], 1000);
        assert!(!heard.presence.is_speech().contains(&true));
        assert!(
            heard
                .features
                .frames()
                .iter()
                .flatten()
                .all(|value| value.is_finite())
        );
    }
}

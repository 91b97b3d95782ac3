//! The sound of recordings: a click at 0.4 s and a tone of 1 kHz from 0.5 s on, in each container and codec.
//!
//! `fixtures/sound` was made by `FFmpeg` of one such sound, and each is heard where `FFmpeg` plays
//! it. That is later by the priming of the encoder where the container does not tell it (an MP3
//! without a header, AAC, MP3 and Vorbis in Matroska, MP4 in fragments without an edit list), and
//! 0.8 ms sooner where a late start was rounded. Damaged in any way, they say what is wrong.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use insta::{assert_snapshot, glob};
use proptest::prelude::*;
use zimu::media::{NoSound, Sound, Unopened};

use crate::road;

const CLICK_MS: f64 = 400.0;

fn heard(bytes: Vec<u8>) -> (Vec<f32>, Result<(), NoSound>) {
    let mut samples = Vec::new();
    let mut sound = match Sound::open(Cursor::new(bytes)) {
        Ok(sound) => sound,
        Err(error) => return (samples, Err(error)),
    };
    loop {
        match sound.next() {
            Ok(Some(block)) => samples.extend_from_slice(block),
            Ok(None) => return (samples, Ok(())),
            Err(error) => return (samples, Err(error)),
        }
    }
}

/// The centre of the energy within 5 ms of the loudest sample, in milliseconds.
#[expect(clippy::cast_precision_loss, reason = "a few thousand samples")]
fn click_ms(samples: &[f32]) -> f64 {
    let energy = |n: usize| f64::from(samples[n]).powi(2);
    let loudest = (80..samples.len() - 80).max_by(|&a, &b| energy(a).total_cmp(&energy(b)));
    let around = loudest.expect("samples") - 80..loudest.expect("samples") + 80;
    let sum: f64 = around.clone().map(energy).sum();
    around.map(|n| n as f64 / 16.0 * energy(n)).sum::<f64>() / sum
}

/// Twice a period the sign changes. To ten, in a fifth of a second.
fn tone_hz(samples: &[f32]) -> usize {
    let tone = &samples[8_800..12_000];
    let changes = tone
        .windows(2)
        .filter(|pair| (pair[0] < 0.0) != (pair[1] < 0.0));
    (changes.count() + 2) / 4 * 10
}

fn said(path: &Path) -> String {
    let (samples, end) = heard(fs::read(path).expect("a fixture"));
    let click = click_ms(&samples);
    let hz = tone_hz(&samples);
    let ms = samples.len() / 16;
    format!("click at {click:.1} ms\ntone of {hz} Hz\n{ms} ms\nend {end:?}\n")
}

#[test]
fn each_container_and_codec_is_heard_at_its_time() {
    glob!("../../fixtures/sound", "*.*", |path| {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots/sound");
        settings.set_prepend_module_to_snapshot(false);
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.set_omit_expression(true);
        let case = path.file_stem().expect("a name").to_string_lossy();
        settings.bind(|| assert_snapshot!(&*case, said(path)));
    });
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(road::root().join("fixtures/sound").join(name)).expect("a fixture")
}

/// The first two thirds of each, with what the container says at its start.
#[test]
fn what_breaks_off_is_given_until_there() {
    for name in [
        "wav-s16le.wav",
        "mp3.mp3",
        "mp4-faststart.mp4",
        "mkv-pcm.mkv",
    ] {
        let mut bytes = fixture(name);
        bytes.truncate(bytes.len() * 2 / 3);
        let (samples, end) = heard(bytes);
        assert!(samples.len() > 4_000, "{name}: {} {end:?}", samples.len());
    }
}

#[test]
fn what_is_far_shorter_than_it_says_is_told() {
    let mut bytes = fixture("wav-s16le.wav");
    let data = bytes.windows(4).position(|four| four == b"data");
    let size = data.expect("samples") + 4;
    // Two and a half seconds are said to follow.
    bytes[size..size + 4].copy_from_slice(&40_000_u32.to_le_bytes());
    bytes[4..8].copy_from_slice(&40_100_u32.to_le_bytes());
    let (samples, end) = heard(bytes);
    assert!(samples.len() > 14_000);
    let end = end.expect_err("an end too soon").to_string();
    assert_eq!(
        end,
        "expected sound until 0:00:02.500, found that the recording breaks off at 0:00:00.900"
    );
}

#[test]
fn what_has_no_sound_or_an_unknown_codec_is_refused() {
    let media = |name: &str| {
        let path = road::root().join("fixtures/media").join(name);
        heard(fs::read(path).expect("a fixture")).1
    };
    assert!(matches!(media("pictures.mp4"), Err(NoSound::NoTrack)));
    let unknown = media("ac3.mkv").expect_err("no decoder").to_string();
    assert!(unknown.contains("found AC-3;"), "{unknown}");
}

#[test]
fn what_is_damaged_in_the_middle_is_silence_and_told() {
    let mut bytes = fixture("mkv-flac.mkv");
    let frames = (0..bytes.len() - 1).filter(|&at| bytes[at..at + 2] == [0xff, 0xf8]);
    let third = frames.take(3).last().expect("frames of FLAC");
    bytes[third..third + 6].fill(0);
    let mut sound = Sound::open(Cursor::new(bytes)).expect("a recording");
    let mut samples = Vec::new();
    while let Some(block) = sound.next().expect("sound to its end") {
        samples.extend_from_slice(block);
    }
    let damage = sound.damage().expect("what is told");
    assert_eq!((damage.first.millis(), damage.packets), (144, 1));
    assert_eq!(samples.len(), 14_400);
    assert!((click_ms(&samples) - CLICK_MS).abs() < 0.1);
}

#[test]
fn what_is_no_recording_is_refused() {
    // Packets of 188 bytes, in which there might be an MP3.
    let mut packets = fixture("mp3.mp3");
    packets.chunks_mut(188).for_each(|packet| packet[0] = 0x47);
    for (bytes, kind) in [
        (b"zero one two".repeat(99), "it is something else"),
        (packets, "it is an MPEG transport stream"),
    ] {
        let (_, end) = heard(bytes);
        assert!(
            matches!(&end, Err(NoSound::Unopened(Unopened::NoRecording(why))) if why == kind),
            "{end:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn no_sound_makes_it_panic(
        which in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        length in any::<prop::sample::Index>(),
    ) {
        let folder = fs::read_dir(road::root().join("fixtures/sound")).expect("a folder");
        let mut paths: Vec<_> = folder.map(|entry| entry.expect("a file").path()).collect();
        paths.sort();
        let mut bytes = fs::read(which.get(&paths)).expect("a fixture");
        for (at, byte) in flips {
            *at.get_mut(&mut bytes) = byte;
        }
        bytes.truncate(length.index(2 * bytes.len() + 1));
        let Ok(mut sound) = Sound::open(Cursor::new(bytes)) else {
            return Ok(());
        };
        for _ in 0..200 {
            match sound.next() {
                Ok(Some(block)) => prop_assert!(block.iter().all(|x| (-1.0..=1.0).contains(x))),
                Ok(None) | Err(_) => break,
            }
        }
    }
}

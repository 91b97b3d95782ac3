//! What captions of a speaker, or of all of a channel, have to learn from in; the voice out, and how
//! much it helps.
//!
//! Each weight is drawn towards the default voice's, the harder the less there is to learn from
//! (`learn.rs`). What captions cannot tell stays the default's: without gaps between cues
//! nobody knows when a line was spoken to its end, and without marks none knows of rests at them.
//! How much it helps is measured on lines that were held out: those of one file after the other, by
//! the voice that all others teach. What a file taught is taken out of what all did, so that ten thousand
//! files take no longer than their lines.

use crate::model::Timestamp;
use crate::profile::Voice;
use crate::timing::learn::Learner;
use crate::timing::material::Material;

/// Least speech to learn from: 5 minutes, which know the pace of a voice to about 3 % (the tempo of
/// a minute scatters by 8 %).
pub const LEAST_SPEECH_US: u64 = 5 * 60_000_000;

/// Of one file so many parts are held out, one after the other.
const PARTS_OF_ONE_FILE: usize = 5;

/// A voice that was learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// The voice.
    pub voice: Voice,
    /// How many lines it was learned from.
    pub lines: usize,
    /// How many cues told nothing.
    pub left_out: usize,
    /// How long those lines are spoken.
    pub spoken: Timestamp,
    /// How far off the time of held out parts is, on average, in thousandths of it.
    pub error: Held,
}

/// The same, by two voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// By a voice that the rest of the material teaches.
    pub learned: u64,
    /// By the voice that was known before.
    pub known: u64,
}

/// Captions that are too few to learn a voice from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected at least 5 minutes of speech to learn a voice from, found {found} in {lines} lines"
)]
pub struct TooLittle {
    /// How much there is.
    pub found: Timestamp,
    /// In so many lines.
    pub lines: usize,
}

impl Held {
    /// Whether what was held out is nearer to what the rest teaches than to what was known.
    #[must_use]
    pub const fn helps(self) -> bool {
        self.learned < self.known
    }
}

/// Learns the voice of a speaker; what captions do not tell is that of `known`.
///
/// # Errors
/// [`TooLittle`], below [`LEAST_SPEECH_US`].
pub fn calibrate(material: &Material, known: &Voice) -> Result<Calibration, TooLittle> {
    let lines = material.files.iter().map(Vec::len).sum();
    let spoken = Timestamp::from_micros(material.total_us()).unwrap_or(Timestamp::MAX);
    if material.total_us() < LEAST_SPEECH_US {
        let found = spoken;
        return Err(TooLittle { found, lines });
    }
    let parts = parts(material);
    let all = parts.iter().fold(Learner::default(), Learner::and);
    Ok(Calibration {
        voice: all.voice(known),
        lines,
        left_out: material.left_out,
        spoken,
        error: held_out(&parts, &all, known),
    })
}

impl Voice {
    /// What several speakers have in common, with the rests of this voice; this voice itself where
    /// nobody speaks. Each speaker counts the same, however much there is of him.
    #[must_use]
    pub fn common(self, speakers: &[Material]) -> Self {
        let learners: Vec<Learner> = speakers
            .iter()
            .map(|speaker| Learner::of(speaker.files.iter().flatten()))
            .collect();
        let common = Learner::common(&learners);
        common.map_or(self, |common| Self {
            interval: common.interval,
            spoken: common.spoken.unwrap_or(self.spoken),
            ..self
        })
    }
}

/// What is held out in turn: files, or parts of the only one.
fn parts(material: &Material) -> Vec<Learner> {
    let files = || material.files.iter().filter(|file| !file.is_empty());
    match (files().next(), files().nth(1)) {
        (Some(only), None) => only
            .chunks(only.len().div_ceil(PARTS_OF_ONE_FILE))
            .map(Learner::of)
            .collect(),
        _ => files().map(Learner::of).collect(),
    }
}

/// The mean error of the time of each part.
fn held_out(parts: &[Learner], all: &Learner, known: &Voice) -> Held {
    let (mut by_learned, mut by_known) = (0, 0);
    for part in parts {
        let voice = all.clone().without(part).voice(known);
        let true_us = part.true_us();
        let off = |voice: &Voice| 1000 * part.model_us(&voice.interval).abs_diff(true_us) / true_us;
        by_learned += off(&voice);
        by_known += off(known);
    }
    let count = parts.len().max(1) as u64;
    Held {
        learned: by_learned / count,
        known: by_known / count,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{CueId, CueTimes, LanguageTag, TrackBuilder};
    use crate::profile::{Rests, Voices};
    use crate::text::spoken::Readings;
    use crate::timing::recorded::{Recorded, TimedLine};
    use crate::timing::voice::Line;

    /// Lines of a voice at a pace in percent, with gaps as long as it rests.
    fn spoken(count: usize, pace_percent: u64) -> Vec<TimedLine> {
        let words = [
            "今天我们讲一讲字幕",
            "从头到尾讲一遍。",
            "用 Python 写的",
            "好的",
        ];
        let voice = Voice::default();
        let line = |words: &&str| {
            let line = Line::of_words(words, &Readings::NONE);
            let interval_us = voice.interval.time_us(line) * pace_percent / 100;
            let ends_sentence = words.ends_with('。');
            let rest_us = if ends_sentence { 400_000 } else { 0 };
            TimedLine {
                line,
                interval_us: interval_us + rest_us,
                spoken_us: interval_us - 100_000,
                is_usual: true,
                ends_sentence,
                ..TimedLine::default()
            }
        };
        words.iter().cycle().take(count).map(line).collect()
    }

    fn calibrated(files: Vec<Vec<TimedLine>>) -> Result<Calibration, TooLittle> {
        let material = Material {
            files,
            ..Material::default()
        };
        calibrate(&material, &Voice::default())
    }

    #[test]
    fn a_slow_voice_is_learned_from_two_files() {
        let found = calibrated(vec![spoken(200, 130), spoken(120, 130)]).expect("enough");
        assert!(found.error.learned < 10, "{found:?}");
        assert!(found.error.known > 200, "{found:?}");
        assert!(found.voice.interval.syllable_us > 300_000, "{found:?}");
        assert!((600..900).contains(&found.voice.rests.between), "{found:?}");
        assert_eq!(found.voice.rests.inside, 1000);
    }

    #[test]
    fn a_file_alone_is_its_own_judge() {
        let found = calibrated(vec![spoken(300, 80)]).expect("enough");
        assert!(
            found.error.learned < 10 && found.error.known > 100,
            "{found:?}"
        );
    }

    #[test]
    fn too_little_is_refused() {
        let error = calibrated(vec![spoken(20, 100)]).unwrap_err();
        assert_eq!(error.lines, 20);
        assert!(
            error
                .to_string()
                .starts_with("expected at least 5 minutes of speech")
        );
    }

    #[test]
    fn captions_without_gaps_do_not_say_when_speech_ends() {
        let mut lines = spoken(300, 130);
        for line in &mut lines {
            line.spoken_us = line.interval_us;
        }
        let voice = calibrated(vec![lines]).expect("enough").voice;
        assert!(voice.spoken.syllable_us < voice.interval.syllable_us);
        assert_eq!(voice.rests, Rests::default());
    }

    proptest! {
        #[test]
        fn what_is_learned_is_a_voice_that_a_file_may_hold(
            cues in prop::collection::vec(("[一-龥a-zA-Z0-9，。 ]{0,30}", 0..30_000_u32, 0..30_000_u32), 0..400),
        ) {
            let mut builder = TrackBuilder::new();
            let language = builder.language(&LanguageTag::UND);
            let mut start = 0;
            for (number, (words, interval, spoken)) in (1..).zip(cues) {
                builder.line(&words, language);
                let times = [start, start + spoken].map(Timestamp::from_millis);
                builder.cue(CueId::numbered(number), CueTimes::new(times[0], times[1]));
                start += interval;
            }
            let known = Voice::default();
            let material = Material::of([Recorded::of(&builder.finish(), &Readings::NONE)], &known);
            if let Ok(Calibration { voice, .. }) = calibrate(&material, &known) {
                let voices = Voices::from(voice);
                prop_assert_eq!(Voices::from_toml(&voices.to_toml()), Ok(voices));
            }
        }
    }
}

//! Captions of one speaker that are right in, his voice out, and how much it helps.
//!
//! Each weight is drawn towards the default voice's, the harder the less there is to learn from
//! (`learn.rs`). What captions cannot tell stays the default's: without gaps between cues
//! nobody knows when a line was spoken to its end, and without marks none knows of rests at them.
//! How much it helps is measured on lines that were held out: those of one file after the other, by
//! the voice that all others teach.

use crate::model::Timestamp;
use crate::profile::{Rests, Voice, Weights};
use crate::text::spoken::Rest;
use crate::timing::learn::{Learned, Learner};
use crate::timing::material::{Material, TimedLine};
use crate::timing::pace::Pace;

/// Least speech to learn from: 5 minutes, which know the pace of a voice to about 3 % (the tempo of
/// a minute scatters by 8 %).
pub const LEAST_SPEECH_US: u64 = 5 * 60_000_000;

/// Of one file so many parts are held out, one after the other.
const PARTS_OF_ONE_FILE: usize = 5;

/// Longest rest between sentences, in thousandths of the default voice's: 2 s.
const MOST_REST: u64 = 3000;

/// How many rests the default voice's count for.
const KNOWN_RESTS: u64 = 50;

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
    Ok(Calibration {
        voice: learned(material.files.iter().flatten(), known),
        lines,
        left_out: material.left_out,
        spoken,
        error: held_out(&parts(material), known),
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

fn learned<'l>(lines: impl Iterator<Item = &'l TimedLine> + Clone, known: &Voice) -> Voice {
    let Learned { interval, spoken } = Learner::of(lines.clone()).drawn_to(known);
    let Some(spoken) = spoken else {
        let pace = Pace {
            true_us: total_us(lines.clone(), &interval),
            model_us: total_us(lines, &known.interval),
        };
        return Voice {
            interval,
            spoken: known.spoken.paced(pace),
            rests: known.rests,
        };
    };
    Voice {
        interval,
        spoken,
        rests: rests(&lines, known.rests),
    }
}

fn total_us<'l>(lines: impl Iterator<Item = &'l TimedLine>, weights: &Weights) -> u64 {
    lines.map(|line| weights.time_us(line.line)).sum()
}

/// How much longer the gaps are behind the end of a sentence than behind other lines, by the
/// default voice's rests there: what stands behind a paragraph or heading goes with it.
fn rests<'l>(lines: &(impl Iterator<Item = &'l TimedLine> + Clone), known: Rests) -> Rests {
    let gaps = |at_end: bool| {
        let gaps = lines
            .clone()
            .filter(|line| line.ends_sentence == at_end)
            .map(TimedLine::gap_us);
        gaps.fold((0, 0), |(sum, count), gap| (sum + gap, count + 1))
    };
    let ((ends_us, ends), (others_us, others)) = (gaps(true), gaps(false));
    // As many as there are to compare with.
    let count = u64::min(ends, others);
    let mean_us = |sum: u64, count: u64| sum.checked_div(count).unwrap_or_default();
    let excess_us = mean_us(ends_us, ends).saturating_sub(mean_us(others_us, others));
    let known_us = known.mark_us(Rest::Sentence);
    let rest_us = (count * excess_us + KNOWN_RESTS * known_us) / (count + KNOWN_RESTS);
    let thousandths = 1000 * rest_us / Rests::default().mark_us(Rest::Sentence);
    Rests {
        between: thousandths.min(MOST_REST) as u32,
        ..known
    }
}

/// What is held out in turn: files, or parts of the only one.
fn parts(material: &Material) -> Vec<&[TimedLine]> {
    let mut files = material.files.iter().filter(|file| !file.is_empty());
    match (files.next(), files.next()) {
        (Some(only), None) => only
            .chunks(only.len().div_ceil(PARTS_OF_ONE_FILE))
            .collect(),
        _ => material.files.iter().map(Vec::as_slice).collect(),
    }
}

/// The mean error of the time of each part.
fn held_out(parts: &[&[TimedLine]], known: &Voice) -> Held {
    let mut error = Held {
        learned: 0,
        known: 0,
    };
    let mut count = 0;
    for (held, part) in parts
        .iter()
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
    {
        let others = parts.iter().enumerate().filter(|(at, _)| *at != held);
        let voice = learned(others.flat_map(|(_, part)| *part), known);
        let true_us: u64 = part.iter().map(|line| line.interval_us).sum();
        let off = |voice: &Voice| {
            1000 * total_us(part.iter(), &voice.interval).abs_diff(true_us) / true_us
        };
        error.learned += off(&voice);
        error.known += off(known);
        count += 1;
    }
    Held {
        learned: error.learned / count.max(1),
        known: error.known / count.max(1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{CueId, CueTimes, LanguageTag, TrackBuilder};
    use crate::text::spoken::Readings;
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
            }
        };
        words.iter().cycle().take(count).map(line).collect()
    }

    fn calibrated(files: Vec<Vec<TimedLine>>) -> Result<Calibration, TooLittle> {
        let left_out = 0;
        calibrate(&Material { files, left_out }, &Voice::default())
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
            let material = Material::of([&builder.finish()], &known, <&Readings>::default());
            if let Ok(Calibration { voice, .. }) = calibrate(&material, &known) {
                prop_assert_eq!(Voice::from_toml(&voice.to_toml()), Ok(voice));
            }
        }
    }
}

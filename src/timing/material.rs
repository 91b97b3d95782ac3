//! The captions of a channel in, the lines of them that tell how it speaks out.
//!
//! What is left out besides what no captions tell (`recorded.rs`): lines that take far
//! more or less than the channel's others, which are two lines in one, or a line and a silence; and
//! files whose times somebody worked out (`estimate.rs`).

use crate::profile::Voice;
use crate::timing::estimate::is_estimate;
use crate::timing::recorded::{Recorded, TimedLine};

/// How many times more or less than the speaker's median a line may take for its words, in tenths:
/// five standard deviations of what a single line scatters (0.32 of the logarithm).
const MOST_OFF_TENTHS: u64 = 50;

/// The same, three of them, for a line that teaches many speakers' weights: past that it is of a
/// speaker's habits, not of his words. (What a speaker's own lines teach is better with all.)
const USUALLY_OFF_TENTHS: u64 = 26;

/// What the captions of a channel, or of one speaker, have to learn from.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// The lines of each file that tell something.
    pub(super) files: Vec<Vec<TimedLine>>,
    /// How many do not.
    pub(super) left_out: usize,
    /// Who speaks; a line has the place of its speaker here.
    pub(super) speakers: Vec<String>,
    pub(super) estimates: Vec<usize>,
}

impl Material {
    /// That of a channel's files, `known` being a voice that is somehow like its own.
    #[must_use]
    pub fn of(recorded: impl IntoIterator<Item = Recorded>, known: &Voice) -> Self {
        let mut material = Self::default();
        let mut cues = 0;
        for file in recorded {
            cues += file.cues;
            material.add(file);
        }
        let pace = median_pace(material.files.iter().flatten(), known);
        for (at, file) in material.files.iter_mut().enumerate() {
            file.retain_mut(|line| {
                let own = thousandths(line, known);
                let is_within = |tenths| own * tenths >= 10 * pace && 10 * own <= pace * tenths;
                line.is_usual = is_within(USUALLY_OFF_TENTHS);
                is_within(MOST_OFF_TENTHS)
            });
            if is_estimate(file, known) {
                file.clear();
                material.estimates.push(at);
            }
        }
        let told: usize = material.files.iter().map(Vec::len).sum();
        material.left_out = cues - told;
        material
    }

    /// The files, by their order, whose times are not the voice's: they follow from the words.
    #[must_use]
    pub fn estimates(&self) -> &[usize] {
        &self.estimates
    }

    /// Names are the same whatever file they stand in.
    fn add(&mut self, file: Recorded) {
        let places = file.speakers.into_iter().map(|name| {
            let known = self.speakers.iter().position(|known| *known == name);
            known.unwrap_or_else(|| {
                self.speakers.push(name);
                self.speakers.len() - 1
            }) as u32
        });
        let places: Vec<u32> = places.collect();
        let mut lines = file.lines;
        for line in &mut lines {
            line.speaker = line.speaker.map(|speaker| places[speaker as usize]);
        }
        self.files.push(lines);
    }

    /// What one speaker says.
    pub(super) fn said_by(&self, speaker: u32) -> Self {
        let said = |file: &Vec<TimedLine>| {
            let lines = file.iter().copied();
            lines.filter(|line| line.speaker == Some(speaker)).collect()
        };
        Self {
            files: self.files.iter().map(said).collect(),
            ..Self::default()
        }
    }

    /// How long it is spoken, rests included.
    pub(super) fn total_us(&self) -> u64 {
        self.files
            .iter()
            .flatten()
            .map(|line| line.interval_us)
            .sum()
    }
}

/// What a line took over what `known` says, in thousandths.
fn thousandths(line: &TimedLine, known: &Voice) -> u64 {
    1000 * line.interval_us / known.interval.time_us(line.line).max(1)
}

fn median_pace<'l>(lines: impl Iterator<Item = &'l TimedLine>, known: &Voice) -> u64 {
    let mut paces: Vec<u64> = lines.map(|line| thousandths(line, known)).collect();
    if paces.is_empty() {
        return 1000;
    }
    let middle = paces.len() / 2;
    *paces.select_nth_unstable(middle).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CueId, CueTimes, LanguageTag, Timestamp, Track, TrackBuilder};
    use crate::text::spoken::Readings;

    fn track(cues: &[(u32, u32, &str)]) -> Track {
        let mut builder = TrackBuilder::new();
        let language = builder.language(&LanguageTag::UND);
        for (number, &(start, end, text)) in (1..).zip(cues) {
            for line in text.split('\n') {
                builder.line(line, language);
            }
            let [start, end] = [start, end].map(Timestamp::from_millis);
            builder.cue(CueId::numbered(number), CueTimes::new(start, end));
        }
        builder.finish()
    }

    fn material(cues: &[(u32, u32, &str)]) -> Material {
        Material::of(
            [Recorded::of(&track(cues), &Readings::NONE)],
            &Voice::default(),
        )
    }

    #[test]
    fn a_line_takes_until_the_next_and_is_spoken_until_its_end() {
        let Material {
            files, left_out, ..
        } = material(&[(0, 1000, "今天讲字幕。"), (1500, 2400, "从头讲起")]);
        assert_eq!(left_out, 1, "the last line has no next");
        let [line] = *files[0] else {
            panic!("{files:?}")
        };
        assert_eq!((line.interval_us, line.spoken_us), (1_500_000, 1_000_000));
        assert!(line.ends_sentence && line.line.said.syllables() == 5);
    }

    #[test]
    fn what_is_not_said_tells_nothing() {
        for words in ["[音乐]", "（笑声）", "♪ 啦啦啦 ♪", "😀", ""] {
            assert_eq!(
                material(&[(0, 900, words), (1000, 2000, "好")]).files,
                [[]],
                "{words}"
            );
        }
    }

    #[test]
    fn a_second_language_is_not_spoken() {
        let found = material(&[
            (0, 1000, "今天讲字幕\nToday: subtitles"),
            (1500, 2000, "好"),
        ]);
        assert_eq!(found.files[0][0].line.said.word, 0);
        let only = material(&[(0, 1000, "Philosophy"), (1500, 2000, "好")]);
        assert_eq!(only.files[0][0].line.said.word, 4);
    }

    #[test]
    fn a_line_with_a_silence_and_two_in_one_are_left_out() {
        let mut cues: Vec<_> = (0..20)
            .map(|at| (1200 * at + at * 137 % 400, 1200 * at + 1000, "今天讲字幕"))
            .collect();
        cues.push((24_000, 25_000, "说到这里"));
        cues.push((34_000, 35_000, "我们接着说"));
        cues.push((34_100, 36_000, "刚才的那一个例子"));
        assert_eq!(material(&cues).files[0].len(), 20);
    }

    #[test]
    fn a_run_of_equal_intervals_is_no_truth() {
        let equal: Vec<_> = (0..11)
            .map(|at| (2000 * at, 2000 * at + 900, "今天讲字幕"))
            .collect();
        assert_eq!(material(&equal).files, [[]]);
        assert_eq!(material(&equal[1..]).files[0].len(), 9);
    }
}

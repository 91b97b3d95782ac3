//! Captions of one speaker in, the lines of them that tell how he speaks out.
//!
//! A line's time is from its start to the start of the next. What is left out: sounds and music,
//! lines that a recogniser wrote at one interval after it had lost the thread, and those that take
//! far more or less than the speaker's others, which are two lines in one, or a line and a silence.

use crate::model::{Cue, Track};
use crate::profile::Voice;
use crate::text::class::{Class, trimmed};
use crate::text::spoken::Readings;
use crate::timing::voice::Line;

/// A run of so many lines at equal intervals has no true times. Measured: 98 % of the lines of one
/// video of 31 are exactly 2 s apart, whatever is said.
const EQUAL_RUN: usize = 10;

/// How many times more or less than the speaker's median a line may take for its words, in tenths:
/// five standard deviations of what a single line scatters (0.32 of the logarithm).
const MOST_OFF_TENTHS: u64 = 50;

/// The same, three of them, for a line that teaches many speakers' weights: past that it is of a
/// speaker's habits, not of his words. (What a speaker's own lines teach is better with all.)
const USUALLY_OFF_TENTHS: u64 = 26;

/// What is sung, and what is heard beside words.
const MUSIC: [char; 6] = ['♪', '♫', '♬', '♩', '🎵', '🎶'];

/// A line whose times are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimedLine {
    /// What it has.
    pub(super) line: Line,
    /// From its start to that of the next.
    pub(super) interval_us: u64,
    /// From its start to its end; no more than the interval.
    pub(super) spoken_us: u64,
    /// Whether it takes about as long for its words as the speaker's others.
    pub(super) is_usual: bool,
    /// Whether a sentence ends with it.
    pub(super) ends_sentence: bool,
}

impl TimedLine {
    /// The silence behind it.
    pub(super) const fn gap_us(&self) -> u64 {
        self.interval_us - self.spoken_us
    }
}

/// What a speaker's captions have to learn from.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// The lines of each file that tell something.
    pub(super) files: Vec<Vec<TimedLine>>,
    /// How many do not.
    pub(super) left_out: usize,
}

impl Material {
    /// That of a speaker's files, `known` being a voice that is somehow like his, and `readings`
    /// how his words are read that are not read as they are written.
    #[must_use]
    pub fn of<'t>(
        tracks: impl IntoIterator<Item = &'t Track>,
        known: &Voice,
        readings: &Readings,
    ) -> Self {
        let mut cues = 0;
        let all = tracks.into_iter().map(|track| {
            cues += track.cues().len();
            lines(track, readings)
        });
        let mut files: Vec<Vec<TimedLine>> = all.collect();
        let pace = median_pace(files.iter().flatten(), known);
        for file in &mut files {
            file.retain_mut(|line| {
                let own = thousandths(line, known);
                let is_within = |tenths| own * tenths >= 10 * pace && 10 * own <= pace * tenths;
                line.is_usual = is_within(USUALLY_OFF_TENTHS);
                is_within(MOST_OFF_TENTHS)
            });
        }
        let told: usize = files.iter().map(Vec::len).sum();
        Self {
            left_out: cues - told,
            files,
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

/// The lines of captions that have times of their own.
fn lines(track: &Track, readings: &Readings) -> Vec<TimedLine> {
    let pairs = || track.cues().windows(2);
    let interval_ms = |pair: &[Cue]| {
        let [this, next] = [&pair[0], &pair[1]].map(|cue| cue.interval.start().millis());
        next - this
    };
    let runs: Vec<u32> = pairs().map(interval_ms).collect();
    let in_runs = runs
        .chunk_by(|this, next| this == next)
        .flat_map(|run| run.iter().map(|_| run.len() >= EQUAL_RUN));
    let mut words = String::new();
    pairs()
        .zip(in_runs)
        .filter(|(_, in_run)| !in_run)
        .filter_map(|(pair, _)| {
            words_of(track, &pair[0], &mut words);
            let words = trimmed(&words);
            let line = Line::of_words(words, readings);
            timed(words, line, &pair[0], interval_ms(pair))
        })
        .collect()
}

/// The words of a cue: those of its lines that have Chinese in them, if any has. A second language
/// is not spoken.
fn words_of(track: &Track, cue: &Cue, words: &mut String) {
    let is_chinese = |text: &str| text.chars().any(|c| Class::of(c) == Class::Han);
    let any_is = track.lines(cue).any(|line| is_chinese(line.text));
    words.clear();
    for line in track.lines(cue) {
        if !any_is || is_chinese(line.text) {
            words.push_str(line.text);
            words.push(' ');
        }
    }
}

fn timed(words: &str, line: Line, cue: &Cue, interval_ms: u32) -> Option<TimedLine> {
    if line.said.syllables() == 0 || interval_ms == 0 || is_sound(words) {
        return None;
    }
    let last = words.trim_end_matches(|c| Class::of(c) == Class::Close);
    let ends_sentence = last.ends_with(|c| Class::of(c) == Class::Sentence);
    Some(TimedLine {
        line,
        interval_us: 1000 * u64::from(interval_ms),
        spoken_us: 1000 * u64::from(cue.interval.duration_ms().min(interval_ms)),
        is_usual: true,
        ends_sentence,
    })
}

/// Music, and what stands in brackets as a whole.
fn is_sound(words: &str) -> bool {
    let class = |c: Option<char>| c.map(Class::of);
    let in_brackets = class(words.chars().next()) == Some(Class::Open)
        && class(words.chars().next_back()) == Some(Class::Close);
    in_brackets || words.contains(MUSIC)
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
    use crate::model::{CueId, CueTimes, LanguageTag, Timestamp, TrackBuilder};

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
        Material::of([&track(cues)], &Voice::default(), &Readings::NONE)
    }

    #[test]
    fn a_line_takes_until_the_next_and_is_spoken_until_its_end() {
        let Material { files, left_out } =
            material(&[(0, 1000, "今天讲字幕。"), (1500, 2400, "从头讲起")]);
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
            .map(|at| (1200 * at + at % 7, 1200 * at + 1000, "今天讲字幕"))
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

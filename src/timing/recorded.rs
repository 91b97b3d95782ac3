//! Captions, and the transcript that they are of, in; their lines, and who says each, out.
//!
//! A line's time is from its start to the start of the next. What is left out: sounds and music, and
//! lines that a recogniser wrote at one interval after it had lost the thread.
//!
//! Who says a line, its transcript knows, or captions that name their speakers. A transcript has
//! the same words, cut otherwise and with other marks, and perhaps edited since: so
//! both are compared by their letters ([`align`]), and what lies in no match, or in one of
//! several speakers, is said by nobody in particular.

use std::ops::Range;

use crate::model::{Cue, Track, Transcript};
use crate::profile::Rests;
use crate::text::align::align;
use crate::text::class::{Class, trimmed};
use crate::text::spoken::{PieceKind, Readings, Spoken};
use crate::timing::voice::Line;

/// A run of so many lines at equal intervals has no true times. Measured: 98 % of the lines of one
/// video of 31 are exactly 2 s apart, whatever is said.
const EQUAL_RUN: usize = 10;

/// What is sung, and what is heard beside words.
const MUSIC: [char; 6] = ['♪', '♫', '♬', '♩', '🎵', '🎶'];

/// A line whose times are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TimedLine {
    /// What it has.
    pub(super) line: Line,
    /// From its start to that of the next.
    pub(super) interval_us: u64,
    /// From its start to its end; no more than the interval.
    pub(super) spoken_us: u64,
    /// How long the default voice rests at its marks.
    pub(super) rests_us: u64,
    /// Whether it takes about as long for its words as the speaker's others.
    pub(super) is_usual: bool,
    /// Whether a sentence ends with it.
    pub(super) ends_sentence: bool,
    /// Who says it, by the names of the captions.
    pub(super) speaker: Option<u32>,
}

impl TimedLine {
    /// The silence behind it.
    pub(super) const fn gap_us(&self) -> u64 {
        self.interval_us - self.spoken_us
    }
}

/// The lines of captions that have times of their own.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    pub(super) lines: Vec<TimedLine>,
    pub(super) speakers: Vec<String>,
    pub(super) cues: usize,
    in_transcript: usize,
}

impl Recorded {
    /// Of captions alone, said by whom they name; `readings` is how words are read that are not
    /// read as they are written.
    #[must_use]
    pub fn of(track: &Track, readings: &Readings) -> Self {
        let mut names = Names::default();
        let cues = track.cues().iter();
        let speakers: Vec<_> = cues.map(|cue| names.place(track.speaker(cue))).collect();
        Self {
            lines: lines(track, &speakers, readings),
            speakers: names.all,
            cues: track.cues().len(),
            in_transcript: 0,
        }
    }

    /// Of captions of a transcript, said by whom it names.
    ///
    /// ```
    /// use zimu::format::Format;
    /// use zimu::text::spoken::Readings;
    /// use zimu::timing::Recorded;
    ///
    /// let transcript = zimu::transcript::parse("甲：今天讲字幕\n乙：好，开始吧\n甲：好\n乙：好\n").transcript;
    /// let srt = "1\n00:00:01,000 --> 00:00:02,000\n今天讲字幕\n\n\
    ///            2\n00:00:02,500 --> 00:00:03,000\n开始吧\n\n";
    /// let srt = Format::of_extension("srt").and_then(|format| format.read(srt)).unwrap();
    /// let recorded = Recorded::beside(&srt.track, &transcript, <&Readings>::default());
    /// assert!(recorded.is_of_its_transcript());
    /// assert_eq!(recorded.speakers(), ["甲", "乙"]);
    /// ```
    #[must_use]
    pub fn beside(track: &Track, transcript: &Transcript, readings: &Readings) -> Self {
        let mut names = Names::default();
        let mut speakers = vec![None; track.cues().len()];
        let mut in_transcript = 0;
        for (utterances, cues) in matches(track, transcript) {
            in_transcript += cues.len();
            let first = transcript.speaker(utterances.start);
            let is_one = utterances
                .into_iter()
                .all(|at| transcript.speaker(at) == first);
            if is_one {
                speakers[cues].fill(names.place(first));
            }
        }
        Self {
            lines: lines(track, &speakers, readings),
            speakers: names.all,
            cues: track.cues().len(),
            in_transcript,
        }
    }

    /// Whether most of the captions are in the transcript beside them.
    #[must_use]
    pub const fn is_of_its_transcript(&self) -> bool {
        2 * self.in_transcript >= self.cues
    }

    /// Who is named, in the order of the captions.
    #[must_use]
    pub fn speakers(&self) -> &[String] {
        &self.speakers
    }
}

/// Names, each once.
#[derive(Default)]
struct Names {
    all: Vec<String>,
}

impl Names {
    fn place(&mut self, name: Option<&str>) -> Option<u32> {
        let name = name?;
        let known = self.all.iter().position(|known| known == name);
        let at = known.unwrap_or_else(|| {
            self.all.push(name.to_owned());
            self.all.len() - 1
        });
        Some(at as u32)
    }
}

/// Which utterances which cues are of.
fn matches(track: &Track, transcript: &Transcript) -> Vec<(Range<usize>, Range<usize>)> {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let utterances = transcript.utterances.iter();
    let said: Vec<_> = utterances
        .map(|one| letters(transcript.words(one)))
        .collect();
    let mut words = String::new();
    let shown: Vec<_> = track
        .cues()
        .iter()
        .map(|cue| {
            words_of(track, cue, &mut words);
            letters(&words)
        })
        .collect();
    let [said, shown] =
        [&said, &shown].map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
    let matches = align(&said, &shown).into_iter();
    matches.map(|found| (found.old, found.new)).collect()
}

/// The lines of captions that have times of their own.
fn lines(track: &Track, speakers: &[Option<u32>], readings: &Readings) -> Vec<TimedLine> {
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
        .zip(speakers)
        .filter(|((_, in_run), _)| !in_run)
        .filter_map(|((pair, _), &speaker)| {
            words_of(track, &pair[0], &mut words);
            let words = trimmed(&words);
            let line = timed(words, &pair[0], interval_ms(pair), readings)?;
            Some(TimedLine { speaker, ..line })
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

fn timed(words: &str, cue: &Cue, interval_ms: u32, readings: &Readings) -> Option<TimedLine> {
    let line = Line::of_words(words, readings);
    if line.said.syllables() == 0 || interval_ms == 0 || is_sound(words) {
        return None;
    }
    let last = words.trim_end_matches(|c| Class::of(c) == Class::Close);
    let ends_sentence = last.ends_with(|c| Class::of(c) == Class::Sentence);
    Some(TimedLine {
        line,
        interval_us: 1000 * u64::from(interval_ms),
        spoken_us: 1000 * u64::from(cue.interval.duration_ms().min(interval_ms)),
        rests_us: rests_us(words, readings),
        is_usual: true,
        ends_sentence,
        speaker: None,
    })
}

/// Music, and what stands in brackets as a whole.
fn is_sound(words: &str) -> bool {
    let class = |c: Option<char>| c.map(Class::of);
    let in_brackets = class(words.chars().next()) == Some(Class::Open)
        && class(words.chars().next_back()) == Some(Class::Close);
    in_brackets || words.contains(MUSIC)
}

/// How long the default voice rests at the marks of a line: of several in a row the longest counts.
fn rests_us(words: &str, readings: &Readings) -> u64 {
    let (mut all_us, mut here_us) = (0, 0);
    for piece in Spoken::with(words, readings) {
        match piece.kind {
            PieceKind::Said(_) => all_us += std::mem::take(&mut here_us),
            PieceKind::Rest(rest) => here_us = here_us.max(Rests::default().mark_us(rest)),
        }
    }
    all_us + here_us
}

//! What callers may rely on of lines that are placed in a recording: one that is made up of what the
//! prior says that phones sound like, and so knows where each line is.

use super::*;
use crate::align::mixture::Gaussian;
use crate::align::phones::Phone;
use crate::model::{Anchor, Opening, Utterance};
use crate::speech::{FEATURES, Features, Presence};
use crate::text::aloud::syllables;

/// Frames of a phone.
const PHONE: usize = 7;

/// A recording that is made phone by phone.
#[derive(Default)]
struct Made {
    frames: Vec<[f32; FEATURES]>,
    is_speech: Vec<bool>,
    scatter: u64,
}

impl Made {
    fn phone(&mut self, phone: Phone, frames: usize) {
        let gaussian = <&Prior>::default().mixtures().all[2 * phone.number()];
        for _ in 0..frames {
            let frame = self.near(&gaussian);
            self.frames.push(frame);
            self.is_speech.push(phone != Phone::SILENCE);
        }
    }

    /// As frames of a Gaussian scatter, by half of how far they do.
    fn near(&mut self, gaussian: &Gaussian) -> [f32; FEATURES] {
        std::array::from_fn(|at| {
            self.scatter = self
                .scatter
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let side = (self.scatter >> 40) as f32 / (1 << 23) as f32 - 1.0;
            gaussian.mean[at] + 0.5 * side * libm::sqrtf(gaussian.variance[at])
        })
    }

    /// Says words, and gives the frame in which they begin.
    fn say(&mut self, words: &str) -> usize {
        let first = self.frames.len();
        for syllable in &syllables(words, &Readings::NONE) {
            phones::of(syllable).for_each(|phone| self.phone(phone, PHONE));
        }
        first
    }

    fn rest(&mut self, frames: usize) {
        self.phone(Phone::SILENCE, frames);
    }

    fn heard(self) -> Heard {
        Heard {
            features: Features::made_up(self.frames),
            presence: Presence::made_up(self.is_speech),
        }
    }
}

const LINES: [&str; 8] = [
    "渡船每天早上六点从码头出发",
    "我们先去看看那座老桥",
    "桥下的水比去年高了很多",
    "听说明年要修一条新路",
    "大家都在等这条路",
    "可是谁也不知道什么时候动工",
    "一共有25个人",
    "那就再等一等",
];

fn transcript(lines: &[&str]) -> Transcript {
    let mut transcript = Transcript::default();
    for (number, line) in (1..).zip(lines) {
        let start = transcript.text.len();
        transcript.text.push_str(line);
        transcript.utterances.push(Utterance {
            text: Span::new(start, start + line.len()),
            line: number,
            offset: 0,
            opening: Opening::Line,
        });
        transcript.text.push('\n');
    }
    transcript
}

fn aligned(transcript: &Transcript, made: Made) -> Result<Aligned, NotAligned> {
    align(
        transcript,
        &made.heard(),
        Known::default(),
        <&Prior>::default(),
    )
}

/// How far off lines are, in frames, of those that were said at some.
fn off(aligned: &Aligned, said: &[usize]) -> Vec<u32> {
    let starts = aligned.fates.iter().filter_map(|fate| match fate {
        Fate::Placed(spoken) => Some(spoken.start.millis() / FRAME_MS),
        Fate::Absent | Fate::Unsaid => None,
    });
    starts
        .zip(said)
        .map(|(start, said)| start.abs_diff(*said as u32))
        .collect()
}

#[test]
fn lines_are_placed_where_they_are_said() {
    let mut made = Made::default();
    made.rest(120);
    let said: Vec<usize> = LINES
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let first = made.say(line);
            // Every other line runs into the next.
            made.rest(40 * (at % 2));
            first
        })
        .collect();
    made.rest(100);
    let transcript = transcript(&LINES);
    let aligned = aligned(&transcript, made).expect("it is its text");
    assert!(
        off(&aligned, &said).iter().all(|off| *off <= 3),
        "{aligned:?}"
    );
    let Placement { clock, dropped, .. } = aligned.placement(&transcript, Absent::Drop);
    assert!(dropped.is_empty());
    // A number is one run of text; each character else has a time of its own.
    assert_eq!(clock.beats(6).len(), 6);
    let beats = clock.beats(0);
    assert_eq!(beats.len(), 13);
    assert!(
        beats
            .windows(2)
            .all(|pair| pair[0].end_us <= pair[1].start_us)
    );
}

#[test]
fn a_line_that_nobody_says_has_no_time_but_is_told() {
    let mut made = Made::default();
    let mut said = Vec::new();
    for (at, line) in LINES.iter().enumerate() {
        made.rest(30);
        if at != 3 {
            said.push(made.say(line));
        }
    }
    let transcript = transcript(&LINES);
    let aligned = aligned(&transcript, made).expect("it is its text");
    assert_eq!(aligned.fates[3], Fate::Absent);
    assert!(
        off(&aligned, &said).iter().all(|off| *off <= 3),
        "{aligned:?}"
    );
    let told: Vec<_> = aligned
        .findings(&transcript, Subject::Transcript(Absent::Drop))
        .map(|found| found.kind.id)
        .collect();
    assert_eq!(told, ["not-heard"]);
    let placement = aligned.placement(&transcript, Absent::Drop);
    assert_eq!((placement.dropped, placement.clock.len()), (vec![4], 7));
    assert_eq!(placement.transcript.utterances[3].line, 5);
}

/// All lines, each behind a rest, and when they are said.
fn all_lines() -> (Made, Vec<usize>) {
    let mut made = Made::default();
    let said = LINES.iter().map(|line| {
        made.rest(30);
        made.say(line)
    });
    let said = said.collect();
    (made, said)
}

/// All lines, of one of which it is known when it is said.
fn anchored(utterance: u32, at: Timestamp) -> Transcript {
    let mut transcript = transcript(&LINES);
    let source = Span::new(0, 0);
    transcript.anchors.push(Anchor {
        utterance,
        at,
        source,
    });
    transcript
}

#[test]
fn a_time_that_is_known_is_kept_to() {
    // A little later than it is said, and where something else is.
    for later_ms in [103, 3_003] {
        let (made, said) = all_lines();
        let at = Timestamp::from_millis(said[2] as u32 * FRAME_MS + later_ms);
        let transcript = anchored(2, at);
        let aligned = aligned(&transcript, made).expect("it is its text");
        let clock = aligned.placement(&transcript, Absent::Estimate).clock;
        assert_eq!(clock.start_us(2), at.micros());
        assert!(matches!(&aligned.fates[2], Fate::Placed(spoken) if !spoken.is_doubtful()));
        assert!(clock.start_us(7).abs_diff(said[7] as u64 * 10_000) <= 30_000);
    }
}

#[test]
fn a_text_whose_first_time_is_0_is_placed() {
    let ((made, said), transcript) = (all_lines(), anchored(0, Timestamp::ZERO));
    let aligned = aligned(&transcript, made).expect("it is its text");
    let off = off(&aligned, &said);
    assert_eq!(off[0], 30);
    assert!(off[1..].iter().all(|off| *off <= 3), "{off:?}");
}

#[test]
fn a_time_past_the_end_is_told_and_not_used() {
    let ((made, said), transcript) = (all_lines(), anchored(7, Timestamp::MAX));
    let aligned = aligned(&transcript, made).expect("it is its text");
    assert!(off(&aligned, &said).iter().all(|off| *off <= 3));
    let mut told = aligned.findings(&transcript, Subject::Transcript(Absent::Drop));
    assert_eq!(
        told.next().expect("a finding").kind.id,
        "time-past-the-sound"
    );
}

#[test]
fn a_text_that_there_is_no_time_for_is_not_looked_for() {
    let mut made = Made::default();
    made.say(LINES[0]);
    let lines = LINES.repeat(100);
    let error = aligned(&transcript(&lines), made).unwrap_err();
    assert!(
        matches!(
            error,
            NotAligned::TooLong {
                fit: 1..20,
                lines: 800
            }
        ),
        "{error}"
    );
}

#[test]
fn another_text_and_silence_are_told() {
    let (made, _) = all_lines();
    let other = [
        "今年的苹果特别甜",
        "果园里没有别人",
        "猫睡着了",
        "外面下起了大雨",
    ];
    let error = aligned(&transcript(&other), made).unwrap_err();
    assert!(
        matches!(error, NotAligned::AnotherText { lines: 4, .. }),
        "{error}"
    );
    let mut silence = Made::default();
    silence.rest(500);
    assert_eq!(
        aligned(&transcript(&other), silence),
        Err(NotAligned::Silence)
    );
}

#[test]
fn the_prior_is_read_back() {
    let prior: &Prior = <&Prior>::default();
    assert_eq!(Prior::from_bytes(&prior.to_bytes()).as_ref(), Ok(prior));
    assert!(
        prior
            .mixtures()
            .all
            .iter()
            .all(|gaussian| gaussian.weight > 0.0)
    );
    assert!(Prior::from_bytes(&[0; 12]).is_err());
}

#[test]
fn nothing_but_what_is_not_said_has_a_clock() {
    let mut made = Made::default();
    made.say(LINES[0]);
    let transcript = transcript(&["😀", LINES[0]]);
    let aligned = aligned(&transcript, made).expect("it is its text");
    assert_eq!(aligned.fates[0], Fate::Unsaid);
    assert_eq!(aligned.placement(&transcript, Absent::Drop).clock.len(), 2);
}

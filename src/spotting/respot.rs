//! Captions, and where the words of some of them are spoken, in; when each is shown out.
//!
//! A cue that was heard is spotted as one that is made: it starts with its first syllable, and its
//! end is the profile's. One that was not keeps its distance to what is around it. No cue starts
//! before the one that it stood behind.

use crate::model::{Interval, Timestamp, Track, Transcript};
use crate::profile::Profile;
use crate::spotting::{Shown, Times};
use crate::text::width::half_characters;

/// Cues that start and end together, to a frame of film (41.7 ms), in the centiseconds of ASS, are
/// one moment in two languages.
const FRAME_MS: u32 = 50;

/// When the cues of a track were shown, and when they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respotted {
    was: Vec<Interval>,
    is: Vec<Interval>,
}

/// A cue that was heard.
#[derive(Clone, Copy, Debug)]
struct Heard {
    cue: usize,
    spoken: Interval,
    /// What there is to read in it, in half characters.
    count: u32,
}

/// Shows the cues of `track` where they are `spoken`: a time for each utterance of `said`, whose line
/// is the place of its cue from 1, or none where it was not heard. Times that fall are put right
/// behind those before them. `end` is that of the recording.
///
/// ```
/// use zimu::bilingual::said;
/// use zimu::format::Format;
/// use zimu::model::{Interval, Timestamp};
/// use zimu::profile::Profile;
/// use zimu::spotting::respot;
///
/// let srt = "1\n00:00:01,000 --> 00:00:02,000\n开船\n\n2\n00:00:02,000 --> 00:00:03,000\n靠岸\n\n";
/// let track = Format::named("srt").unwrap().read(srt).unwrap().track;
/// let at = Timestamp::from_millis;
/// let first = Interval::new(at(5_000), at(5_600));
/// let profile = Profile::named("youtube")?;
/// let respotted = respot(&track, &said(&track), &[first, None], at(60_000), &profile);
/// assert_eq!(respotted.interval(1).start(), at(6_000));
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn respot(
    track: &Track,
    said: &Transcript,
    spoken: &[Option<Interval>],
    end: Timestamp,
    profile: &Profile,
) -> Respotted {
    let was: Vec<_> = track.cues().iter().map(|cue| cue.interval).collect();
    let heard = said.utterances.iter().zip(spoken);
    let heard = heard.filter_map(|(utterance, spoken)| {
        let count = half_characters(said.words(utterance), profile.count);
        Some(Heard {
            cue: (utterance.line as usize).checked_sub(1)?,
            spoken: (*spoken)?,
            count,
        })
    });
    let heard: Vec<_> = heard.filter(|heard| heard.cue < was.len()).collect();
    let mut is = was.clone();
    if heard.is_empty() {
        return Respotted { was, is };
    }
    let gaps = Gaps {
        was: &was,
        heard: &heard,
        end,
    };
    gaps.fill(&mut is);
    settle(&was, &heard, &mut is);
    let starts: Vec<_> = is.iter().map(|interval| interval.start()).collect();
    let behind = |cue: usize| was.partition_point(|other| other.start() < was[cue].end());
    let next_heard = heard[1..].iter().map(Some).chain([None]);
    for (heard, next) in heard.iter().zip(next_heard) {
        let start = starts[heard.cue];
        let next = next.filter(|next| !is_one_moment(was[heard.cue], was[next.cue]));
        let next = next.map(|next| starts[next.cue]);
        let later = starts.get(behind(heard.cue)).copied();
        let shown = Shown {
            times: Times {
                start,
                end: heard.spoken.end().max(start.later(1)),
            },
            count: heard.count,
            next_start: next
                .into_iter()
                .chain(later)
                .filter(|next| *next > start)
                .min(),
            media_end: Some(end),
        };
        is[heard.cue] = shown.interval(profile);
    }
    gaps.end(behind, &mut is);
    Respotted { was, is }
}

/// The cues that were not heard, between those that were.
struct Gaps<'g> {
    was: &'g [Interval],
    heard: &'g [Heard],
    end: Timestamp,
}

/// Where times between two that are known go: evenly, and beyond them as far as they were.
#[derive(Clone, Copy, Debug)]
struct Line {
    from: [i64; 2],
    to: [i64; 2],
}

impl Line {
    fn at(self, was: Timestamp) -> Timestamp {
        let was = i64::from(was.millis());
        let ([from, from_is], [to, to_is]) = (self.from, self.to);
        let is = if was <= from || to <= from {
            from_is + (was - from)
        } else if was >= to {
            to_is + (was - to)
        } else {
            from_is + (to_is - from_is) * (was - from) / (to - from)
        };
        Timestamp::from_millis(u32::try_from(is.max(0)).unwrap_or(u32::MAX))
    }
}

impl Gaps<'_> {
    /// Gives all cues their starts, and those that were not heard their ends too.
    fn fill(&self, is: &mut [Interval]) {
        for heard in self.heard {
            is[heard.cue] = heard.spoken;
        }
        for (cues, line, starts) in self.gaps() {
            for cue in cues {
                let was = self.was[cue];
                let start = line.at(was.start()).clamp(starts.start(), starts.end());
                is[cue] = Interval::at_least_1_ms(start, line.at(was.end()));
            }
        }
    }

    /// Ends cues that were not heard with those that they are one moment with, and before those that
    /// they stood before; `behind` says which is the first of these.
    fn end(&self, behind: impl Fn(usize) -> usize, is: &mut [Interval]) {
        let before = [None].into_iter().chain(self.heard.iter().map(Some));
        let next = self.heard.iter().map(Some).chain([None]);
        for ((before, next), (cues, ..)) in before.zip(next).zip(self.gaps()) {
            for cue in cues {
                let around = [before, next].into_iter().flatten();
                let mut around =
                    around.filter(|heard| is_one_moment(self.was[cue], self.was[heard.cue]));
                let start = is[cue].start();
                if let Some(heard) = around.next() {
                    is[cue] = Interval::at_least_1_ms(start, is[heard.cue].end());
                    continue;
                }
                let later = is.get(behind(cue)).map_or(self.end, |later| later.start());
                is[cue] = Interval::at_least_1_ms(start, is[cue].end().min(later.max(start)));
            }
        }
    }

    /// The cues before the first that was heard, those between two, and those behind the last; how their
    /// times go, and between which they start.
    fn gaps(&self) -> impl Iterator<Item = (std::ops::Range<usize>, Line, Interval)> {
        let count = self.heard.len();
        (0..=count).map(move |gap| {
            let before = gap.checked_sub(1).map(|at| self.heard[at]);
            let next = self.heard.get(gap).copied();
            let cues = before.map_or(0, |before| before.cue + 1)
                ..next.map_or(self.was.len(), |next| next.cue);
            let ms = |at: Timestamp| i64::from(at.millis());
            let from = before.map(|before| {
                let was = self.was[before.cue];
                let shown = before.spoken.start().later(was.duration_ms());
                let latest = next.map_or(self.end, |next| next.spoken.start());
                [
                    ms(was.end()),
                    ms(shown.max(before.spoken.end()).min(latest)),
                ]
            });
            let to = next.map(|next| [ms(self.was[next.cue].start()), ms(next.spoken.start())]);
            let (from, to) = match (from, to) {
                (Some(from), Some(to)) => (from, to),
                (None, Some(to)) => (self.first(to), to),
                (Some(from), None) => (from, self.last(from)),
                (None, None) => ([0, 0], [0, 0]),
            };
            let starts = Interval::at_least_1_ms(
                before.map_or(Timestamp::ZERO, |before| before.spoken.start()),
                next.map_or(self.end, |next| next.spoken.start()),
            );
            (cues, Line { from, to }, starts)
        })
    }

    /// Where times begin that go to `to`: as far before it as they were, if there is room.
    fn first(&self, to: [i64; 2]) -> [i64; 2] {
        let was = self.was.first().map_or(0, |first| first.start().millis());
        let is = to[1] - (to[0] - i64::from(was));
        if is < 0 { [0, 0] } else { [was.into(), is] }
    }

    /// The same of their end.
    fn last(&self, from: [i64; 2]) -> [i64; 2] {
        let ends = self.was.iter().map(|was| was.end().millis());
        let was = ends.max().map_or(from[0], i64::from).max(from[0]);
        let is = from[1] + (was - from[0]);
        [was, is.min(i64::from(self.end.millis()).max(from[1]))]
    }
}

/// Has each cue start behind the one that it stood behind, and those of one moment together.
fn settle(was: &[Interval], heard: &[Heard], is: &mut [Interval]) {
    let mut heard = heard.iter().map(|heard| heard.cue).peekable();
    let mut was_heard = false;
    for cue in 0..was.len() {
        let is_heard = heard.next_if_eq(&cue).is_some();
        if let Some(before) = cue.checked_sub(1) {
            let is_both = is_heard && was_heard;
            let is_later = was[before].start() < was[cue].start();
            let is_behind = is_later && !is_one_moment(was[before], was[cue]);
            let least = is[before].start().later(u32::from(is_both || is_behind));
            let start = is[cue].start().max(least);
            is[cue] = Interval::at_least_1_ms(start, is[cue].end());
        }
        was_heard = is_heard;
    }
}

fn is_one_moment(one: Interval, other: Interval) -> bool {
    let is_near =
        |one: Timestamp, other: Timestamp| one.millis().abs_diff(other.millis()) <= FRAME_MS;
    is_near(one.start(), other.start()) && is_near(one.end(), other.end())
}

impl Respotted {
    /// When a cue is shown.
    #[must_use]
    pub fn interval(&self, cue: usize) -> Interval {
        self.is[cue]
    }

    /// Where a time of a cue goes: its start and end to those that it has now, and what is between in
    /// proportion.
    #[must_use]
    pub fn time(&self, cue: usize, at: Timestamp) -> Timestamp {
        let (was, is) = (self.was[cue], self.is[cue]);
        let ms = |at: Timestamp| i64::from(at.millis());
        let line = Line {
            from: [ms(was.start()), ms(is.start())],
            to: [ms(was.end()), ms(is.end())],
        };
        line.at(at)
    }

    /// The first cue that starts then or later, or else the last: the times of all that is in no cue
    /// go with it.
    #[must_use]
    pub fn cue_at(&self, at: Timestamp) -> Option<usize> {
        let cue = self.was.partition_point(|was| was.start() < at);
        Some(cue.min(self.was.len().checked_sub(1)?))
    }

    /// Puts the cues of the track, and its chapters, where they go.
    pub fn track(&self, track: &mut Track) {
        let mut is = self.is.iter();
        track.map_intervals(|interval| is.next().copied().unwrap_or(interval));
        track.map_chapters(|at| self.cue_at(at).map_or(at, |cue| self.time(cue, at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CueId, CueTimes, LanguageTag, Opening, Span, TrackBuilder, Utterance};
    use proptest::prelude::*;

    fn at(ms: u32) -> Timestamp {
        Timestamp::from_millis(ms)
    }

    fn interval((start, length): (u32, u32)) -> Interval {
        Interval::at_least_1_ms(at(start), at(start + length))
    }

    /// Captions shown from and for so long, and what is said in them.
    fn captions(shown: &[(u32, u32)]) -> (Track, Transcript) {
        let (mut builder, mut said) = (TrackBuilder::new(), Transcript::default());
        let language = builder.language(&LanguageTag::ZH_HANS);
        for (number, shown) in (1..).zip(shown) {
            builder.line("渡船", language);
            builder.cue(CueId::numbered(number), CueTimes::from(interval(*shown)));
            let start = said.text.len();
            said.text.push_str("渡船\n");
            said.utterances.push(Utterance {
                text: Span::new(start, start + 6),
                line: number,
                offset: 0,
                opening: Opening::Line,
            });
        }
        (builder.finish(), said)
    }

    fn respotted(shown: &[(u32, u32)], spoken: &[Option<(u32, u32)>], end: u32) -> Vec<[u32; 2]> {
        let (track, said) = captions(shown);
        let spoken: Vec<_> = spoken.iter().map(|one| one.map(interval)).collect();
        let profile = Profile::named("youtube").expect("a profile");
        let respotted = respot(&track, &said, &spoken, at(end), &profile);
        let cue = |cue| {
            let interval = respotted.interval(cue);
            [interval.start(), interval.end()].map(Timestamp::millis)
        };
        (0..shown.len()).map(cue).collect()
    }

    const SHOWN: [(u32, u32); 3] = [(1000, 900), (2000, 900), (4000, 900)];

    #[test]
    fn what_is_not_heard_keeps_its_distance() {
        let heard = |start| Some((start, 800));
        let starts = |spoken: [Option<(u32, u32)>; 3]| {
            respotted(&SHOWN, &spoken, 60_000)
                .iter()
                .map(|cue| cue[0])
                .collect::<Vec<_>>()
        };
        assert_eq!(starts([None, heard(7000), None]), [6000, 7000, 9000]);
        assert_eq!(starts([heard(6000), None, heard(9000)]), [6000, 7000, 9000]);
        // There is half of the room before it.
        assert_eq!(starts([None, None, heard(2000)]), [500, 1000, 2000]);
        assert_eq!(starts([None; 3]), [1000, 2000, 4000]);
    }

    #[test]
    fn cues_of_one_moment_stay_together() {
        let twice = [(1000, 900), (1000, 900), (2000, 900), (2010, 890)];
        let spoken = [None, Some((5000, 800)), Some((6000, 800)), None];
        let cues = respotted(&twice, &spoken, 60_000);
        assert_eq!(cues[0], cues[1]);
        assert_eq!([cues[2][0] + 10, cues[2][1]], cues[3]);
        assert!(cues[0][1] <= cues[2][0]);
    }

    #[test]
    fn a_sign_over_speech_ends_no_cue() {
        let sign = [(1000, 2000), (1500, 4000), (3500, 900)];
        let spoken = [Some((5000, 2000)), None, Some((7500, 800))];
        let cues = respotted(&sign, &spoken, 60_000);
        assert_eq!(cues[1][0], 5500);
        assert!(cues[0][1] >= 7000, "{cues:?}");
    }

    proptest! {
        /// No cue begins before the one that it stood behind, nor overlaps one that it did not.
        #[test]
        fn order_is_kept(
            cues in prop::collection::vec((0_u32..3000, 1_u32..3000, any::<bool>(), 0_u32..2000, 1_u32..2000), 1..20),
            end in 0_u32..40_000,
        ) {
            let (mut start, mut voice) = (0, 0);
            let (mut shown, mut spoken) = (Vec::new(), Vec::new());
            for (gap, length, is_heard, pause, voiced) in cues {
                start += gap;
                shown.push((start, length));
                let here = voice + pause;
                spoken.push(is_heard.then_some((here, voiced)));
                voice = if is_heard { here + voiced } else { voice };
            }
            let cues = respotted(&shown, &spoken, end.max(voice));
            for (before, cue) in (0..cues.len()).zip(1..cues.len()) {
                prop_assert!(cues[before][0] <= cues[cue][0], "{cues:?}");
                let stood_behind = shown[before].0 + shown[before].1 <= shown[cue].0;
                prop_assert!(!stood_behind || cues[before][1] <= cues[cue][0], "{cues:?} {shown:?}");
            }
        }
    }
}

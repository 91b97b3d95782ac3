//! Floor 2: segments, a clock and a profile in, a track out: when each cue is shown.
//!
//! A cue starts when its first syllable does, always. When it goes is decided here, in
//! steps that each only move its end, and never past the next cue's start: it lingers after
//! its last syllable, stays longer where it is too short or too fast to read and there is
//! free time, is cut at the longest time that the profile allows, and is joined to the next
//! where the gap would be a flicker.
//!
//! The other doors are for captions that are there already: [`Retiming`] says where their times go,
//! and [`respot()`] puts those of which somebody knows where they are spoken there.

mod respot;
mod retime;

pub use respot::{Respotted, respot};
pub use retime::{FrameRate, KnownPoint, NoFrameRate, NoStretch, Retiming};

use crate::model::{
    Clock, Counting, CueId, CueTimes, Interval, LanguageTag, Segment, Segments, Timestamp, Track,
    TrackBuilder, Transcript,
};
use crate::profile::Profile;
use crate::text::width::half_characters;

/// Milliseconds that a half character is shown for, at one character a second.
const HALF_CHARACTER_MS: u64 = 500;

/// The track of `segments`, which `clock` and `profile` were made with.
///
/// ```
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::segment::{Layout, segment};
/// use zimu::timing::{Known, clock};
///
/// let transcript = zimu::transcript::parse("大家好\n欢迎收看本期节目\n").transcript;
/// let timed = clock(&transcript, Known::default())?;
/// let profile = Profile::named("youtube")?;
/// let language = LanguageTag::ZH_HANS;
/// let segments = segment(&transcript, &timed.clock, Layout::new(&profile, &language));
/// let track = zimu::spotting::spot(&transcript, &segments, &timed.clock, &profile, &language);
/// assert_eq!(track.cues()[1].interval.start().millis(), 1232);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn spot(
    transcript: &Transcript,
    segments: &Segments,
    clock: &Clock,
    profile: &Profile,
    language: &LanguageTag,
) -> Track {
    let mut builder = TrackBuilder::with_capacity(transcript.text.len(), segments.segments.len());
    let language = builder.language(language);
    let mut spoken = SpokenTimes::new(segments, clock);
    let mut this = spoken.next();
    for segment in &segments.segments {
        let next = spoken.next();
        let Some(times) = this else { break };
        let mut bytes = 0;
        for line in segments.lines(segment, transcript) {
            builder.line(line, language);
            bytes += line.len() as u32;
        }
        let mut shown = Shown {
            times,
            count: most_half_characters(bytes, profile.count),
            next_start: next.map(|next| next.start),
            media_end: media_end(clock),
        };
        // Most cues are read before they have been said even if each byte counts.
        if shown.readable_end(profile) > shown.least_end(profile) {
            let lines = segments.lines(segment, transcript);
            shown.count = lines.map(|line| half_characters(line, profile.count)).sum();
        }
        let utterance = segment.utterance as usize;
        if let Some(name) = transcript.speaker(utterance) {
            builder.speaker(name);
        }
        let line = transcript.utterances[utterance].line;
        let id = CueId::Numbered {
            number: line,
            part: segment.part,
        };
        builder.cue(id, CueTimes::from(shown.interval(profile)));
        this = next;
    }
    for heading in &transcript.headings {
        let before = heading.before as usize;
        let start_us = if before < clock.len() {
            clock.start_us(before)
        } else {
            clock.speech_end_us()
        };
        builder.chapter(rounded(start_us), transcript.title(heading));
    }
    builder.finish()
}

/// How many milliseconds it takes to read so many half characters at `max_cps` characters a second,
/// which are at least one.
///
/// ```
/// assert_eq!(zimu::spotting::reading_ms(19, 9), 1056);
/// ```
#[must_use]
pub fn reading_ms(half_characters: u32, max_cps: u32) -> u32 {
    let sum_ms = u64::from(half_characters) * HALF_CHARACTER_MS;
    u32::try_from(sum_ms.div_ceil(u64::from(max_cps))).unwrap_or(u32::MAX)
}

/// No text of so many bytes has more: no character has more half cells than bytes.
const fn most_half_characters(bytes: u32, counting: Counting) -> u32 {
    match counting {
        Counting::Cjk => bytes,
        Counting::All => bytes.saturating_mul(2),
    }
}

fn media_end(clock: &Clock) -> Option<Timestamp> {
    clock.media_end_us().map(rounded)
}

/// A clock's time is held to fit: see [`timing`](crate::timing).
fn rounded(us: u64) -> Timestamp {
    Timestamp::from_micros(us).unwrap_or(Timestamp::MAX)
}

/// When a cue is spoken: `start < end` but for the very last millisecond that there is.
#[derive(Clone, Copy, Debug)]
struct Times {
    start: Timestamp,
    end: Timestamp,
}

/// The spoken times of all segments. Their starts rise by a millisecond at least: the
/// pieces of an utterance that are not said make room before its end, so that they move no
/// utterance behind them.
struct SpokenTimes<'s> {
    segments: &'s [Segment],
    clock: &'s Clock,
    earliest: Timestamp,
    /// Pieces of the utterance at hand that are still to come.
    pieces_left: u32,
}

impl<'s> SpokenTimes<'s> {
    fn new(segments: &'s Segments, clock: &'s Clock) -> Self {
        Self {
            segments: &segments.segments,
            clock,
            earliest: Timestamp::ZERO,
            pieces_left: 0,
        }
    }
}

impl Iterator for SpokenTimes<'_> {
    type Item = Times;

    fn next(&mut self) -> Option<Times> {
        let (segment, rest) = self.segments.split_first()?;
        let utterance = segment.utterance as usize;
        let (start_us, end_us) = if segment.part == 0 {
            (self.clock.start_us(utterance), self.clock.end_us(utterance))
        } else {
            let (_, start_us) = self.clock.around_us(utterance, segment.said.start());
            let (end_us, _) = self.clock.around_us(utterance, segment.said.end());
            (start_us, end_us)
        };
        if self.pieces_left == 0 {
            let others = rest
                .iter()
                .take_while(|other| other.utterance == segment.utterance);
            self.pieces_left = 1 + others.count() as u32;
        }
        let latest = rounded(self.clock.end_us(utterance)).earlier(self.pieces_left);
        let start = rounded(start_us).min(latest).max(self.earliest);
        let end = rounded(end_us).max(start.later(1));
        self.pieces_left -= 1;
        self.segments = rest;
        self.earliest = start.later(1);
        Some(Times { start, end })
    }
}

/// A cue whose end is being decided.
#[derive(Clone, Copy, Debug)]
struct Shown {
    times: Times,
    /// What there is to read, in half characters.
    count: u32,
    next_start: Option<Timestamp>,
    media_end: Option<Timestamp>,
}

impl Shown {
    fn interval(&self, profile: &Profile) -> Interval {
        let end = self.least_end(profile).max(self.readable_end(profile));
        let end = end.min(self.latest_end(profile));
        let end = self.chained(end, profile);
        let end = match profile.max_duration_ms {
            Some(longest_ms) => end.min(self.times.start.later(longest_ms)),
            None => end,
        };
        Interval::at_least_1_ms(self.times.start, end)
    }

    /// When it has lingered, and been there for as long as any cue.
    fn least_end(&self, profile: &Profile) -> Timestamp {
        let lingered = self.times.end.later(profile.linger_ms);
        lingered.max(self.times.start.later(profile.min_duration_ms))
    }

    /// When the text has been read at the profile's fastest speed, at most so far past the
    /// last syllable as the profile allows.
    fn readable_end(&self, profile: &Profile) -> Timestamp {
        let Some(max_cps) = profile.max_cps else {
            return self.times.end;
        };
        let end = self.times.start.later(reading_ms(self.count, max_cps));
        match profile.out_time_extend_ms {
            Some(extend_ms) => end.min(self.times.end.later(extend_ms)),
            None => end,
        }
    }

    /// The latest end that the next cue and the recording leave. Where there is no time for
    /// the gap, the gap gives way, not the cue.
    fn latest_end(&self, profile: &Profile) -> Timestamp {
        let before_next = self.next_start.map(|next| {
            let with_gap = next.earlier(profile.min_gap_ms);
            if with_gap > self.times.start {
                with_gap
            } else {
                next
            }
        });
        let limits = [before_next, self.media_end];
        limits.into_iter().flatten().min().unwrap_or(Timestamp::MAX)
    }

    /// The end, moved to the next cue where the gap would be shorter than the profile's
    /// chain limit.
    fn chained(&self, end: Timestamp, profile: &Profile) -> Timestamp {
        let Some(next) = self.next_start else {
            return end;
        };
        let gap_ms = next.millis().saturating_sub(end.millis());
        if gap_ms < profile.chain_below_ms {
            end.max(self.latest_end(profile))
        } else {
            end
        }
    }
}

#[cfg(test)]
mod tests;

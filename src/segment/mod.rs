//! Floor 2: a transcript, a profile and a clock in, segments out: where to cut and wrap.
//!
//! An utterance is one cue where it fits the profile in width and in time, and one line
//! where it fits that. One that does not is cut into cues, and a cue wrapped into lines,
//! at the cheapest places by one table of costs: `cost.rs`. What can be a place is said by
//! [`text::breaks`](crate::text::breaks), which knows the words of a dictionary. How
//! punctuation is shown is in `shown.rs`.
//!
//! A phrase that is wider than a line is broken between its words, and a run without any
//! (an address, a very long word) at the eighths of a line: a line is never wider than the
//! profile, and nothing is lost.

mod cost;
mod cut;
mod places;
mod shown;
mod sounds;

use std::borrow::Cow;

use crate::model::{BreakLevel, Clock, LanguageTag, Segments, Span, Transcript};
use crate::profile::Profile;
use crate::text::width::{HALF_CELLS_PER_CELL, half_cells};
use cost::LineCosts;
use cut::{Cutter, Limits};
use places::{Passage, PlaceFinder};
use shown::Punctuation;
use sounds::Sounds;

/// Cuts a transcript for a profile. `clock` must be the transcript's own.
///
/// ```
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::timing::{Known, clock};
///
/// let transcript = zimu::transcript::parse("今天我们来聊一聊，字幕应该怎么断行才好读\n").transcript;
/// let timed = clock(&transcript, Known::default())?;
/// let profile = Profile::named("netflix-zh-hans")?;
/// let segments = zimu::segment::segment(&transcript, &profile, &timed.clock, &LanguageTag::ZH_HANS);
/// let lines: Vec<_> = segments.lines(&segments.segments[0], &transcript).collect();
/// assert_eq!(lines, ["今天我们来聊一聊", "字幕应该怎么断行才好读"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn segment(
    transcript: &Transcript,
    profile: &Profile,
    clock: &Clock,
    language: &LanguageTag,
) -> Segments {
    let mut segmenter = Segmenter {
        show: Show {
            punctuation: Punctuation::of(profile),
            sounds: Sounds::of(transcript, profile),
        },
        level: profile.break_level(language),
        limits: Limits::of(profile),
        finder: PlaceFinder::default(),
        cutter: Cutter::default(),
        segments: Segments::with_capacity(transcript.utterances.len()),
    };
    for (index, utterance) in transcript.utterances.iter().enumerate() {
        if segmenter.show.sounds.hide(utterance) {
            continue;
        }
        segmenter.utterance(Passage {
            words: transcript.words(utterance),
            span: utterance.text,
            index,
            clock,
        });
    }
    segmenter.segments
}

/// Wraps a text that has no times, such as a translation: the lines of the best way to show
/// it within the width of `profile`, with the marks that it shows. Of a text that is too long for
/// one cue there are more lines than the profile has: nothing is lost.
///
/// ```
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::segment::wrap;
///
/// let text = "We will talk about how captions should be broken, line by line";
/// let profile = Profile::named("netflix-en")?;
/// assert_eq!(wrap(text, &profile, &LanguageTag::EN), ["We will talk about how captions", "should be broken, line by line"]);
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn wrap<'t>(text: &'t str, profile: &Profile, language: &LanguageTag) -> Vec<Cow<'t, str>> {
    let limits = Limits::of(profile);
    let punctuation = Punctuation::of(profile);
    let shown = punctuation.show(text);
    if half_cells(&shown) <= limits.max_half_cells {
        return vec![shown];
    }
    let clock = Clock::default();
    let passage = Passage {
        words: text,
        span: Span::new(0, text.len()),
        index: 0,
        clock: &clock,
    };
    let mut finder = PlaceFinder::default();
    let level = profile.break_level(language);
    let places = finder.find(passage, level, punctuation, limits.max_half_cells);
    let mut cutter = Cutter::default();
    let lines = cutter.cut(places, &limits).iter();
    lines
        .map(|line| punctuation.show(&text[places[line.start].offset..places[line.end].offset]))
        .collect()
}

impl Limits {
    fn of(profile: &Profile) -> Self {
        let max_half_cells = profile
            .max_cells_per_line
            .map_or(u32::MAX, |cells| cells * HALF_CELLS_PER_CELL);
        Self {
            max_half_cells,
            line_costs: LineCosts::of((max_half_cells < u32::MAX).then_some(max_half_cells)),
            max_lines: profile.max_lines as usize,
            max_us: profile
                .max_duration_ms
                .map_or(u64::MAX, |ms| u64::from(ms) * 1000),
            min_us: u64::from(profile.min_duration_ms) * 1000,
        }
    }
}

struct Segmenter<'p> {
    show: Show<'p>,
    level: BreakLevel,
    limits: Limits,
    finder: PlaceFinder,
    cutter: Cutter,
    segments: Segments,
}

/// How what is written is shown.
#[derive(Clone, Copy, Debug)]
struct Show<'p> {
    punctuation: Punctuation<'p>,
    sounds: Sounds<'p>,
}

impl Show<'_> {
    /// The words of `piece` as they are shown: nothing where they are sounds and none is.
    fn piece(self, words: &str, piece: Span) -> Cow<'_, str> {
        match self.sounds.without(piece) {
            None => self.punctuation.show(words),
            Some(kept) if kept.is_empty() => Cow::Borrowed(""),
            Some(kept) => Cow::Owned(self.punctuation.show(&kept).into_owned()),
        }
    }
}

impl Segmenter<'_> {
    fn utterance(&mut self, passage: Passage<'_>) {
        let clock = passage.clock;
        let spoken_us = clock.end_us(passage.index) - clock.start_us(passage.index);
        let shown = self.show.piece(passage.words, passage.span);
        let fits_line = self.limits.max_half_cells == u32::MAX
            || half_cells(&shown) <= self.limits.max_half_cells;
        if fits_line && spoken_us <= self.limits.max_us {
            self.segments.push_line(passage.span, shown);
            self.segments.push_segment(passage.index, 0, passage.span);
        } else {
            self.cut(passage);
        }
    }

    /// An utterance that is not one line.
    fn cut(&mut self, passage: Passage<'_>) {
        let max = self.limits.max_half_cells;
        let places = self
            .finder
            .find(passage, self.level, self.show.punctuation, max);
        let lines = self.cutter.cut(places, &self.limits);
        let is_cut = lines.last().is_some_and(|line| line.cue > 0);
        for cue in lines.chunk_by(|line, next| line.cue == next.cue) {
            let lines_before = self.segments.lines.len();
            for line in cue {
                let piece = Span::new(places[line.start].offset, places[line.end].offset);
                let written = piece.shifted(passage.span.start());
                let shown = self.show.piece(piece.of(passage.words), written);
                if !shown.is_empty() {
                    self.segments.push_line(written, shown);
                }
            }
            if self.segments.lines.len() == lines_before {
                continue;
            }
            if let (Some(first), Some(last)) = (cue.first(), cue.last()) {
                let part = if is_cut { first.cue as u32 + 1 } else { 0 };
                let said = Span::new(places[first.start].offset, places[last.end].offset);
                let said = said.shifted(passage.span.start());
                self.segments.push_segment(passage.index, part, said);
            }
        }
    }
}

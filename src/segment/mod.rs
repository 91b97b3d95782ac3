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

use std::borrow::Cow;

use crate::model::{Clock, LanguageTag, Segments, Span, Transcript};
use crate::profile::Profile;
use crate::text::terms::Terms;
use crate::text::width::{HALF_CELLS_PER_CELL, half_cells};
use cost::LineCosts;
use cut::{Cutter, Limits};
use places::{Measure, Passage, PlaceFinder};
use shown::Punctuation;

/// What text is cut and wrapped for.
///
/// ```
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::segment::{Layout, wrap};
/// use zimu::text::terms::Terms;
///
/// let (profile, language) = (Profile::named("netflix-zh-hans")?, LanguageTag::ZH_HANS);
/// let plain = Layout::new(&profile, &language);
/// let text = "我们今天下午去参观墨禾科技新开的园区";
/// assert_eq!(wrap(text, plain), ["我们今天下午去参观", "墨禾科技新开的园区"]);
///
/// let terms = Terms::new(["参观墨禾科技"])?;
/// let layout = Layout { terms: &terms, ..plain };
/// assert_eq!(wrap(text, layout), ["我们今天下午去", "参观墨禾科技新开的园区"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Layout<'l> {
    /// The limits of lines and cues, and which marks are shown.
    pub profile: &'l Profile,
    /// The language of the text, which says what a line may start and end with.
    pub language: &'l LanguageTag,
    /// What no line or cue breaks, unless it is wider than a line.
    pub terms: &'l Terms,
}

/// Cuts a transcript. `clock` must be its own.
///
/// ```
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::segment::{Layout, segment};
/// use zimu::timing::{Known, clock};
///
/// let transcript = zimu::transcript::parse("今天我们来聊一聊，字幕应该怎么断行才好读\n").transcript;
/// let timed = clock(&transcript, Known::default())?;
/// let profile = Profile::named("netflix-zh-hans")?;
/// let layout = Layout::new(&profile, &LanguageTag::ZH_HANS);
/// let segments = segment(&transcript, &timed.clock, layout);
/// let lines: Vec<_> = segments.lines(&segments.segments[0], &transcript).collect();
/// assert_eq!(lines, ["今天我们来聊一聊", "字幕应该怎么断行才好读"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn segment(transcript: &Transcript, clock: &Clock, layout: Layout<'_>) -> Segments {
    let limits = Limits::of(layout.profile);
    let mut segmenter = Segmenter {
        measure: layout.measure(&limits),
        limits,
        finder: PlaceFinder::default(),
        cutter: Cutter::default(),
        segments: Segments::with_capacity(transcript.utterances.len()),
    };
    for (index, utterance) in transcript.utterances.iter().enumerate() {
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
/// it within the width of the profile, with the marks that it shows. Of a text that is too long for
/// one cue there are more lines than the profile has: nothing is lost.
///
/// ```
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::segment::{Layout, wrap};
///
/// let text = "We will talk about how captions should be broken, line by line";
/// let profile = Profile::named("netflix-en")?;
/// let lines = wrap(text, Layout::new(&profile, &LanguageTag::EN));
/// assert_eq!(lines, ["We will talk about how captions", "should be broken, line by line"]);
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn wrap<'t>(text: &'t str, layout: Layout<'_>) -> Vec<Cow<'t, str>> {
    let limits = Limits::of(layout.profile);
    let measure = layout.measure(&limits);
    let punctuation = measure.punctuation;
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
    let places = finder.find(passage, measure);
    let mut cutter = Cutter::default();
    let lines = cutter.cut(places, &limits).iter();
    lines
        .map(|line| punctuation.show(&text[places[line.start].offset..places[line.end].offset]))
        .collect()
}

impl<'l> Layout<'l> {
    /// Without terms.
    #[must_use]
    pub const fn new(profile: &'l Profile, language: &'l LanguageTag) -> Self {
        Self {
            profile,
            language,
            terms: &Terms::NONE,
        }
    }

    fn measure(self, limits: &Limits) -> Measure<'l> {
        Measure {
            level: self.profile.break_level(self.language),
            terms: self.terms,
            punctuation: Punctuation::of(self.profile),
            max_half_cells: limits.max_half_cells,
        }
    }
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
    measure: Measure<'p>,
    limits: Limits,
    finder: PlaceFinder,
    cutter: Cutter,
    segments: Segments,
}

impl Segmenter<'_> {
    fn utterance(&mut self, passage: Passage<'_>) {
        let clock = passage.clock;
        let spoken_us = clock.end_us(passage.index) - clock.start_us(passage.index);
        let shown = self.measure.punctuation.show(passage.words);
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
        let places = self.finder.find(passage, self.measure);
        let lines = self.cutter.cut(places, &self.limits);
        let is_cut = lines.last().is_some_and(|line| line.cue > 0);
        for cue in lines.chunk_by(|line, next| line.cue == next.cue) {
            for line in cue {
                let piece = Span::new(places[line.start].offset, places[line.end].offset);
                let shown = self.measure.punctuation.show(piece.of(passage.words));
                self.segments
                    .push_line(piece.shifted(passage.span.start()), shown);
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

//! Floor 2: a transcript, a profile and a clock in, segments out: where to cut and wrap.
//!
//! An utterance is one cue where it fits the profile in width and in time, and one line
//! where it fits that. One that does not is cut into cues, and a cue wrapped into lines,
//! at the cheapest places by one table of costs: `cost.rs`. What can be a place is said by
//! [`text::breaks`](crate::text::breaks), which knows the words of a dictionary.
//!
//! Which marks are shown is the profile's: what does not hang on line ends is changed before
//! anything is measured (`rewriter.rs`, `quotes.rs`), the rest line by line (`shown.rs`).
//!
//! A phrase that is wider than a line is broken between its words, and a run without any
//! (an address, a very long word) at the eighths of a line: a line is never wider than the
//! profile, and nothing is lost.

mod cost;
mod cut;
mod explained;
mod extent;
mod limits;
mod marks;
mod places;
mod quotes;
mod rewriter;
mod rules;
mod segmenter;
mod shown;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::model::{Clock, LanguageTag, Segments, ShownLine, Span, Transcript};
use crate::profile::{Profile, SoundCues};
use crate::text::terms::Terms;
pub use explained::{Change, Explained, changes};
pub use marks::{Marks, Rewrite};
use places::Passage;
use rewriter::Rewriter;
use segmenter::Segmenter;

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
/// assert_eq!(wrap(text, plain), ["我们今天下午", "去参观墨禾科技新开的园区"]);
///
/// let terms = Terms::new(["下午去参观"])?;
/// let layout = Layout { terms: &terms, ..plain };
/// assert_eq!(wrap(text, layout), ["我们今天下午去参观", "墨禾科技新开的园区"]);
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
    explain(transcript, clock, layout).segments
}

/// The same as [`segment`], with the kind of each place that was cut at.
#[must_use]
pub fn explain(transcript: &Transcript, clock: &Clock, layout: Layout<'_>) -> Explained {
    let mut rewriter = Rewriter::of(layout.profile);
    let mut segmenter = Segmenter::of(layout, transcript.utterances.len());
    for (index, utterance) in transcript.utterances.iter().enumerate() {
        let hidden = match layout.profile.sound_cues {
            SoundCues::Show => &[],
            SoundCues::Drop if transcript.is_sound(utterance) => continue,
            SoundCues::Drop => transcript.sounds_in(utterance.text),
        };
        segmenter.utterance(Passage {
            words: rewriter.rewrite_without(
                transcript.words(utterance),
                hidden,
                utterance.text.start(),
            ),
            span: utterance.text,
            index,
            clock,
        });
    }
    segmenter.finish()
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
    if layout.profile.max_chars_per_cue.is_some() {
        // What has no times is one cue, however long it is.
        let profile = &Profile {
            max_chars_per_cue: None,
            ..layout.profile.clone()
        };
        return wrap(text, Layout { profile, ..layout });
    }
    let max_lines = layout.profile.max_lines;
    let lines = wrapped(text, layout);
    let is_too_long = |lines: &[Cow<'_, str>], max: u32| lines.len() > max as usize;
    // Of twice the lines that are looked for below there is nothing to be saved.
    let most_lines = 2 * (max_lines + LINES_TOO_MANY);
    if !is_too_long(&lines, max_lines) || is_too_long(&lines, most_lines) {
        return lines;
    }
    // Cut into cues it may have a line more than it needs, which are all in one.
    for max_lines in max_lines + 1..=max_lines + LINES_TOO_MANY {
        let profile = Profile {
            max_lines,
            ..layout.profile.clone()
        };
        let profile = &profile;
        let fewer = wrapped(text, Layout { profile, ..layout });
        if !is_too_long(&fewer, max_lines) {
            return fewer;
        }
    }
    lines
}

/// So many lines more than a profile has are looked for in a text that is too long for it.
const LINES_TOO_MANY: u32 = 2;

fn wrapped<'t>(text: &'t str, layout: Layout<'_>) -> Vec<Cow<'t, str>> {
    let clock = Clock::default();
    let mut rewriter = Rewriter::of(layout.profile);
    let words = rewriter.rewrite(text);
    let mut segmenter = Segmenter::of(layout, 1);
    segmenter.words(Passage {
        words,
        span: Span::new(0, text.len()),
        index: 0,
        clock: &clock,
    });
    let Segments {
        lines, rewritten, ..
    } = segmenter.finish().segments;
    let shown = |line: &ShownLine| match *line {
        ShownLine::Written(span) => Cow::Borrowed(span.of(text)),
        ShownLine::Rewritten(span) => Cow::Owned(span.of(&rewritten).to_owned()),
    };
    lines.iter().map(shown).collect()
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
}

//! How fast a voice speaks and how long it rests: the coefficients, in one table.
//!
//! The pace is measured over 34,518 lines of 31 videos of ten channels: 234 ms from one
//! syllable to the next over the whole time, rests included, and channels differ by 15 %
//! (one standard deviation). 79.4 % of the time is speech in 150 readings of ten speakers
//! (Coupé et al. 2019), so that a syllable itself takes 186 ms.
//!
//! The measured lines have almost no marks in them. Where a transcript has marks, the
//! rests at them are taken out of the time between syllables, so that the total for each
//! syllable stays what was measured (see [`lay`](super::lay)).

use crate::model::Opening;
use crate::text::spoken::Rest;

/// From one syllable to the next, rests included, where no mark says where they are.
pub(super) const SYLLABLE_US: u64 = 234_000;

/// A syllable itself: what is left where the marks account for all of the rests.
pub(super) const SPOKEN_SYLLABLE_US: u64 = 186_000;

/// The shortest utterance: a voice does not say anything faster than this.
pub(super) const SHORTEST_UTTERANCE_US: u64 = 150_000;

/// Fastest plausible speech. What asks for more is reported.
pub(super) const FASTEST_SYLLABLE_US: u64 = 90_000;

/// Slowest plausible speech, as a multiple of the voice's own pace: a syllable in 0.7 s.
/// What is slower is speech and a silence.
pub(super) const SLOWEST_STRETCH: u64 = 3;

/// Mean rest at a mark: how often a voice rests there × the median rest in Mandarin read
/// aloud × 1.133, the mean over the median of rests that spread log-normally (σ 0.5).
pub(super) const fn rest_us(rest: Rest) -> u64 {
    match rest {
        Rest::Enumeration => 87_000, // 0.35 × 0.22 s
        Rest::Comma => 323_000,      // 0.75 × 0.38 s
        Rest::Colon => 381_000,      // 0.8 × 0.42 s
        Rest::Semicolon => 433_000,  // 0.85 × 0.45 s
        Rest::Dash => 453_000,       // 0.8 × 0.5 s
        Rest::Sentence => 667_000,   // 0.95 × 0.62 s
    }
}

/// Mean rest before an utterance, by what stands before it. At a line end without a mark
/// there is none: a rest there fits each line better and drifts more (9.6 s against 8.6 s
/// of mean error over 20 minutes).
pub(super) const fn opening_us(opening: Opening) -> u64 {
    match opening {
        Opening::Line => 0,
        Opening::Paragraph => 1_133_000, // 1.0 s, always
        Opening::Heading => 1_813_000,   // 1.6 s, always
    }
}

/// How long a sound lasts that stands alone on its line, at least: it is read in less, as its
/// few characters are at any profile's speed, and it is more than twice the shortest cue of the
/// guides (5/6 s). Nobody says how long the laughter was: a time before the next line does.
pub(super) const SOUND_US: u64 = 2_000_000;

/// A pause that a transcript asks for without saying how long: longer than any rest that its
/// marks make, or nobody would have written it down.
pub(super) const PAUSE_US: u64 = 2_000_000;

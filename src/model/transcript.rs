//! What somebody says, in order, as a transcript tells it.

use crate::model::{Span, Timestamp};

/// The utterances of a transcript, and what is known of their order and times.
///
/// It owns one text buffer: the utterances as they are spoken, a newline between two.
/// Markers, headings' signs and line ends of the source are not in it, and closing marks
/// that had strayed to the next line are back where they belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// The buffer that every span of an utterance is a part of.
    pub text: String,
    /// The buffer of the headings' titles.
    pub titles: String,
    /// In the order spoken. Spans rise and do not overlap.
    pub utterances: Vec<Utterance>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Times that the transcript gives, strictly rising in place and in time.
    pub anchors: Vec<Anchor>,
    /// Translations of utterances, rising, where lines of two languages stand by turns.
    pub translations: Vec<Translation>,
}

/// One utterance: what is said in one go, and what becomes one cue where it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Its words in [`Transcript::text`]; never empty.
    pub text: Span,
    /// The line of the source that it begins on, from 1. It names the cue.
    pub line: u32,
    /// Where that line begins in the source, in bytes, for messages.
    pub offset: u32,
    /// What stands before it.
    pub opening: Opening,
}

/// What stands before an utterance, and so how long the voice rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The line before, or nothing.
    Line,
    /// A blank line.
    Paragraph,
    /// A heading.
    Heading,
}

/// A heading: a chapter of the track, not a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its words in [`Transcript::titles`].
    pub title: Span,
    /// Index of the utterance that it stands before; the count of utterances at the end.
    pub before: u32,
}

/// A time that the transcript itself gives: this utterance starts then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Index of the utterance.
    pub utterance: u32,
    /// When it starts.
    pub at: Timestamp,
    /// The marker in the source, for messages.
    pub source: Span,
}

/// What an utterance is in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Index of the utterance.
    pub utterance: u32,
    /// Its words in [`Transcript::text`].
    pub text: Span,
    /// Where its line begins in the source, in bytes, for messages.
    pub offset: u32,
}

impl Utterance {
    /// Whether nothing stands between it and the line before it.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.opening == Opening::Line
    }
}

impl Transcript {
    /// The words of an utterance.
    ///
    /// ```
    /// let read = zimu::transcript::parse("# 开场\n大家好\n");
    /// let transcript = read.transcript;
    /// assert_eq!(transcript.words(&transcript.utterances[0]), "大家好");
    /// ```
    #[must_use]
    pub fn words(&self, utterance: &Utterance) -> &str {
        utterance.text.of(&self.text)
    }

    /// The title of a heading.
    #[must_use]
    pub fn title(&self, heading: &Heading) -> &str {
        heading.title.of(&self.titles)
    }
}

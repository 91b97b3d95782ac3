//! Floor 3: a track and a second language in, a track in two languages out; and a track that
//! is in two languages already, with a language for each of its lines.
//!
//! Captions of a second language are put beside those of the first by their times
//! ([`pair_tracks`]); captions that have both are told apart by script ([`by_script`]).
//! A text in the second language is a text line for line: the line beside an utterance is its
//! translation, `-` or nothing where there is none. The cues and their times stay as they
//! are; each shows its Chinese on top and its translation below. Where an utterance was
//! cut into several cues, its translation is cut too, in proportion to what each cue says.
//!
//! Or a track in one script of Chinese in, the same in another out ([`in_script()`]); or a track in
//! several languages in, the same laid out for who is to see it out ([`stacked`], [`separate`]); or
//! captions in, what is said in them out ([`said()`]).

mod belongs;
mod copied;
mod in_script;
mod kinds;
mod layout;
mod lines;
mod overlap;
mod recognised;
mod said;
mod share;
pub mod sheet;
mod side;
mod split;
#[cfg(test)]
mod tests;
mod told;

use crate::model::{
    Cue, CueId, CueTimes, Diagnostic, LanguageTag, Track, TrackBuilder, Transcript, Utterance,
};
use crate::profile::Profile;
use crate::segment::{Layout, wrap};
use crate::text::terms::Terms;
pub use in_script::{InScript, Widest, in_script};
pub use layout::{separate, stacked};
use lines::{Translations, Words, in_order, interleaved, translations};
pub use overlap::pair_tracks;
pub use recognised::{ScriptOrder, TwoLanguages, two_languages};
pub use said::said;
use share::{Shared, said_half_cells, shares};
pub use split::{ScriptLanguages, by_script};

/// A second language, for [`pair`].
#[derive(Clone, Copy, Debug)]
pub struct Second<'s> {
    /// The translation.
    pub text: SecondText<'s>,
    /// Its language.
    pub language: &'s LanguageTag,
    /// The limits of its lines.
    pub profile: &'s Profile,
    /// What is not broken in it.
    pub terms: &'s Terms,
}

/// Where a translation stands.
#[derive(Clone, Copy, Debug)]
pub enum SecondText<'s> {
    /// In a text of its own, line for line.
    Lines(&'s str),
    /// In the transcript, each line below the one that it translates (see
    /// [`pair_up`](crate::transcript::pair_up)).
    Interleaved,
    /// In captions, as many as there are utterances, in their order. Their times do not count:
    /// those of a transcript are another's, or estimated.
    Captions(&'s Track),
}

/// A track in two languages, and what was doubtful about it or had to be done for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// The cues of the first language, with a translation below.
    pub track: Track,
    /// Notes and repairs, with places in the second text.
    pub diagnostics: Vec<Diagnostic>,
}

/// The two texts are not line for line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// There are words beside no utterance, or the other way round.
    #[error(
        "expected a translation line for line, found {first} utterances and {second} lines: \
         they part at line {line}"
    )]
    Count {
        /// Utterances of the first text.
        first: usize,
        /// Of the second.
        second: usize,
        /// The line at which they part, from 1.
        line: u32,
    },
    /// There are more captions than utterances, or fewer.
    #[error(
        "expected a caption of the translation for each utterance, found {first} utterances and \
         {second} captions: captions that are cut otherwise pair by their times, with \
         captions (`zimu convert`)"
    )]
    Captions {
        /// Utterances of the transcript.
        first: usize,
        /// Captions of the translation.
        second: usize,
    },
}

/// Pairs `track`, which was made from `first`, with its translation.
///
/// Lines pair by their number where all words of the second text stand beside an utterance,
/// and by their order where there are as many lines of words as utterances. What the second
/// text has from the first that is not words (times of anchored lines, headings) is not shown.
///
/// # Errors
/// [`PairError`] where neither holds.
///
/// ```
/// use zimu::bilingual::{Second, SecondText, pair};
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::text::terms::Terms;
/// use zimu::{segment, spotting, timing, transcript};
///
/// let first = transcript::parse("大家好\n欢迎收看\n").transcript;
/// let (language, profile) = (LanguageTag::ZH_HANS, Profile::named("youtube")?);
/// let clock = timing::clock(&first, timing::Known::default())?.clock;
/// let segments = segment::segment(&first, &clock, segment::Layout::new(&profile, &language));
/// let track = spotting::spot(&first, &segments, &clock, &profile, &language);
///
/// let english = Profile::named("netflix-en")?;
/// let second = Second {
///     text: SecondText::Lines("Hello\n-\n"),
///     language: &LanguageTag::EN,
///     profile: &english,
///     terms: &Terms::NONE,
/// };
/// let track = pair(&track, &first, second)?.track;
/// let lines = |cue: usize| track.lines(&track.cues()[cue]).map(|line| line.text).collect::<Vec<_>>();
/// assert_eq!(lines(0), ["大家好", "Hello"]);
/// assert_eq!(lines(1), ["欢迎收看"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pair(track: &Track, first: &Transcript, second: Second<'_>) -> Result<Paired, PairError> {
    let Translations {
        text,
        beside,
        diagnostics,
    } = match second.text {
        SecondText::Lines(text) => translations(first, text)?,
        SecondText::Interleaved => interleaved(first),
        SecondText::Captions(captions) => in_order(first, captions)?,
    };
    let mut pairing = Pairing {
        second,
        text: &text,
        builder: TrackBuilder::with_capacity(track.text_bytes() + text.len(), track.cues().len()),
        diagnostics,
    };
    for (start, title) in track.chapters() {
        pairing.builder.chapter(start, title);
    }
    let mut utterances = first.utterances.iter().zip(beside).peekable();
    for cues in track
        .cues()
        .chunk_by(|cue, next| line_of(cue.id) == line_of(next.id))
    {
        let line = cues.first().and_then(|cue| line_of(cue.id));
        while let Some(passed) = utterances.next_if(|(utterance, _)| Some(utterance.line) < line) {
            pairing.left_out(first, passed);
        }
        let here = utterances
            .peek()
            .filter(|(utterance, _)| Some(utterance.line) == line);
        let translation = here.and_then(|&(_, translation)| translation);
        pairing.utterance(track, cues, translation);
        utterances.next_if(|(utterance, _)| Some(utterance.line) == line);
    }
    for left in utterances {
        pairing.left_out(first, left);
    }
    Ok(Paired {
        track: pairing.builder.finish(),
        diagnostics: pairing.diagnostics,
    })
}

const fn line_of(id: CueId) -> Option<u32> {
    match id {
        CueId::Numbered { number, .. } => Some(number),
        CueId::Named(_) => None,
    }
}

struct Pairing<'s> {
    second: Second<'s>,
    /// What its words are spans of.
    text: &'s str,
    builder: TrackBuilder,
    diagnostics: Vec<Diagnostic>,
}

impl Pairing<'_> {
    /// Says that an utterance has a translation and no cue, but for sounds: whether these are shown
    /// is the profile's.
    fn left_out(&mut self, first: &Transcript, (utterance, words): (&Utterance, Option<Words>)) {
        if let Some(words) = words.filter(|_| !first.is_sound(utterance)) {
            let text = words.text.of(self.text).to_owned();
            self.diagnostics
                .push(kinds::LEFT_OUT.found(words.line, text));
        }
    }

    /// The cues of one utterance, with their shares of its translation.
    fn utterance(&mut self, track: &Track, cues: &[Cue], translation: Option<Words>) {
        let words = translation.map_or("", |words| words.text.of(self.text));
        let lengths: Vec<u32> = cues.iter().map(|cue| said_half_cells(track, cue)).collect();
        let shared = Shared {
            words,
            seams: &[],
            terms: self.second.terms,
        };
        let parts = shares(shared, &lengths);
        let first_language = track
            .languages()
            .first()
            .cloned()
            .unwrap_or(LanguageTag::UND);
        for (index, cue) in cues.iter().enumerate() {
            let language = self.builder.language(&first_language);
            for line in track.lines(cue) {
                self.builder.line(line.text, language);
            }
            let part = parts.get(index).copied().unwrap_or_default();
            self.translation(part.of(words), translation);
            if let Some(name) = track.speaker(cue) {
                self.builder.speaker(name);
            }
            self.builder.cue(cue.id, CueTimes::from(cue.interval));
        }
    }

    fn translation(&mut self, words: &str, whole: Option<Words>) {
        if words.is_empty() {
            return;
        }
        let Second {
            profile,
            language,
            terms,
            ..
        } = self.second;
        let layout = Layout {
            profile,
            language,
            terms,
        };
        let lines = wrap(words, layout);
        if let Some(whole) = whole.filter(|_| lines.len() > profile.max_lines as usize) {
            let found = format!("{} lines", lines.len());
            self.diagnostics
                .push(kinds::TOO_LONG.found(whole.line, found));
        }
        let index = self.builder.language(language);
        for line in lines {
            self.builder.line(&line, index);
        }
    }
}

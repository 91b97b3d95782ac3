//! Two tracks in; which language of one is which of the other, and the words of each cue, out.
//!
//! A file may not say which language it is in, or say it less exactly than the other: what one
//! calls `und` the other calls `zh-Hans`. Words are compared as they are without white space: one
//! that stands where a line or a cue ends now was lost there.

use crate::model::{Cue, LanguageTag, Track};

/// Languages of both tracks that are compared with each other.
pub(super) struct Tongues<'t> {
    pairs: Vec<Tongue<'t>>,
}

/// A language as the old track calls it, and as the new one does.
#[derive(Clone, Copy)]
pub(super) struct Tongue<'t> {
    pub(super) old: Option<&'t LanguageTag>,
    pub(super) new: Option<&'t LanguageTag>,
}

/// How near two tags are: the nearest find each other first.
const NEARNESS: [fn(&LanguageTag, &LanguageTag) -> bool; 3] = [
    |one, other| one == other,
    |one, other| one.primary() == other.primary(),
    // What is in no language that is known may be in any.
    |one, other| *one == LanguageTag::UND || *other == LanguageTag::UND,
];

impl<'t> Tongues<'t> {
    pub(super) fn of(old: &'t Track, new: &'t Track) -> Self {
        let (mut old, mut new) = (old.line_languages(), new.line_languages());
        // Of two files in one language each nobody needs to say that it is the same.
        if let ([one], [other]) = (&old[..], &new[..]) {
            let (old, new) = (Some(*one), Some(*other));
            return Self {
                pairs: vec![Tongue { old, new }],
            };
        }
        let first = old.first().copied();
        let mut pairs = Vec::new();
        for is_near in NEARNESS {
            old.retain(|ours| {
                let Some(at) = new.iter().position(|theirs| is_near(ours, theirs)) else {
                    return true;
                };
                let (old, new) = (Some(*ours), Some(new.remove(at)));
                pairs.push(Tongue { old, new });
                false
            });
        }
        pairs.sort_by_key(|pair| pair.old != first);
        pairs.extend(old.into_iter().map(|old| Tongue {
            old: Some(old),
            new: None,
        }));
        pairs.extend(new.into_iter().map(|new| Tongue {
            old: None,
            new: Some(new),
        }));
        Self { pairs }
    }

    pub(super) fn pairs(&self) -> &[Tongue<'t>] {
        &self.pairs
    }

    /// Where a language of the old track stands among the pairs.
    pub(super) fn of_old(&self, language: &LanguageTag) -> Option<usize> {
        self.pairs
            .iter()
            .position(|pair| pair.old == Some(language))
    }

    /// Where a language of the new track stands among the pairs.
    pub(super) fn of_new(&self, language: &LanguageTag) -> Option<usize> {
        self.pairs
            .iter()
            .position(|pair| pair.new == Some(language))
    }

    fn first(&self) -> Tongue<'t> {
        let none = Tongue {
            old: None,
            new: None,
        };
        self.pairs.first().copied().unwrap_or(none)
    }
}

/// What each cue of a track is known by: its words in the language that is compared first, or
/// all of them where it has none in that.
pub(super) struct Keys {
    text: String,
    ends: Vec<usize>,
}

impl Keys {
    pub(super) fn old(track: &Track, tongues: &Tongues<'_>) -> Self {
        Self::of(track, tongues.first().old)
    }

    pub(super) fn new(track: &Track, tongues: &Tongues<'_>) -> Self {
        Self::of(track, tongues.first().new)
    }

    fn of(track: &Track, language: Option<&LanguageTag>) -> Self {
        let mut text = String::with_capacity(track.text_bytes());
        let mut ends = Vec::with_capacity(track.cues().len());
        for cue in track.cues() {
            let before = text.len();
            push_words(&mut text, track, cue, language);
            if text.len() == before {
                push_words(&mut text, track, cue, None);
            }
            ends.push(text.len());
        }
        Self { text, ends }
    }

    pub(super) fn of_cue(&self, cue: usize) -> &str {
        let start = cue.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[cue]]
    }
}

/// Adds the words of a cue, of one language or of all.
pub(super) fn push_words(
    text: &mut String,
    track: &Track,
    cue: &Cue,
    language: Option<&LanguageTag>,
) {
    for line in track.lines(cue) {
        if language.is_none_or(|language| line.language == language) {
            text.extend(line.text.chars().filter(|c| !c.is_whitespace()));
        }
    }
}

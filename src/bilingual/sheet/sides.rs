//! A cue's lines in, which of them are in the second language out.
//!
//! Lines are taken at the word of their language: those of formats that have no room for it are
//! given theirs before ([`by_script`](crate::bilingual::by_script)).

use crate::bilingual::sheet::texts::join;
use crate::model::{Cue, LanguageTag, LineView, Track};

/// Which lines of a track are in the second language.
#[derive(Debug)]
pub(super) struct Sides<'t> {
    track: &'t Track,
    told: Told<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told<'t> {
    /// Every line is in the first language.
    OneLanguage,
    /// Those in another language than this are in the second.
    ByLanguage(&'t LanguageTag),
}

impl<'t> Sides<'t> {
    pub(super) fn of(track: &'t Track) -> Self {
        let languages = track.languages();
        let is_chinese = |tag: &&LanguageTag| tag.primary() == "zh";
        let first = languages.iter().find(is_chinese).or(languages.first());
        let told = match first {
            Some(first) if languages.iter().any(|tag| tag.primary() != first.primary()) => {
                Told::ByLanguage(first)
            }
            Some(_) | None => Told::OneLanguage,
        };
        Self { track, told }
    }

    /// The lines of a cue, and whether each is in the second language.
    pub(super) fn lines(&self, cue: &Cue) -> impl Iterator<Item = (LineView<'t>, bool)> + use<'t> {
        let told = self.told;
        self.track.lines(cue).map(move |line| {
            let is_second = match told {
                Told::OneLanguage => false,
                Told::ByLanguage(first) => line.language.primary() != first.primary(),
            };
            (line, is_second)
        })
    }

    /// Puts the words of a cue, and their translation, on a line each.
    pub(super) fn words(&self, cue: &Cue, first: &mut String, second: &mut String) {
        first.clear();
        second.clear();
        for (line, is_second) in self.lines(cue) {
            join(
                line.text,
                0,
                if is_second { &mut *second } else { &mut *first },
            );
        }
    }
}

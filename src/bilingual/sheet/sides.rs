//! A cue's lines in, which of them are in the second language out.
//!
//! Lines that say their language are taken at their word. Those of formats that have no room for
//! it are told apart by their script, in a file that is plainly in two: see
//! [`lines_by_script`].

use crate::bilingual::sheet::texts::join;
use crate::model::{Cue, LanguageTag, LineView, Track};
use crate::text::class::Class;

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
    /// Those without a Chinese character are, below one that has some.
    ByScript,
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
            Some(_) if lines_by_script(track) => Told::ByScript,
            Some(_) | None => Told::OneLanguage,
        };
        Self { track, told }
    }

    /// The lines of a cue, and whether each is in the second language.
    pub(super) fn lines(&self, cue: &Cue) -> impl Iterator<Item = (LineView<'t>, bool)> + use<'t> {
        let told = self.told;
        let mut has_first = false;
        self.track.lines(cue).map(move |line| {
            let is_second = match told {
                Told::OneLanguage => false,
                Told::ByLanguage(first) => line.language.primary() != first.primary(),
                Told::ByScript => has_first && !has_han(line.text),
            };
            has_first |= !is_second;
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

/// Whether a track without languages has two: in at least half of its cues, Chinese above
/// words without any.
fn lines_by_script(track: &Track) -> bool {
    let is_stacked = |cue: &&Cue| {
        let mut lines = track.lines(cue).skip_while(|line| !has_han(line.text));
        lines.next().is_some() && lines.last().is_some_and(|line| is_latin(line.text))
    };
    let stacked = track.cues().iter().filter(is_stacked).count();
    stacked > 0 && 2 * stacked >= track.cues().len()
}

fn has_han(text: &str) -> bool {
    text.chars().any(|c| Class::of(c) == Class::Han)
}

fn is_latin(text: &str) -> bool {
    !has_han(text) && text.chars().any(|c| Class::of(c) == Class::Letter)
}

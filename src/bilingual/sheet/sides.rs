//! A cue's lines in, which of them are in the second language out.
//!
//! Lines are taken at the word of their language: those of formats that have no room for it are
//! given theirs before ([`by_script`](crate::bilingual::by_script)), where most cues are in two. A
//! few translated ones are no proof; there the rows of a sheet say what the words of a cue are.

use std::collections::HashSet;

use crate::bilingual::sheet::one_script::OneScript;
use crate::bilingual::sheet::texts::{Texts, join, join_translation, push_key};
use crate::bilingual::side::{Side as Script, Written};
use crate::model::{Cue, LanguageTag, LineView, Track};

/// What a line is for a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    First,
    /// Their translation.
    Second,
    /// One into a language that the sheet is not of.
    Other,
}

/// Which lines of a track are in the second language.
#[derive(Debug)]
pub(super) struct Sides<'t> {
    track: &'t Track,
    second: &'t LanguageTag,
    told: Told<'t>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Told<'t> {
    /// Every line is in the first language.
    OneLanguage,
    /// Those in another language than this are in the second, or in some other.
    ByLanguage(&'t LanguageTag),
    /// So many lines of each cue are in the first.
    ByRows(Vec<usize>),
}

impl<'t> Sides<'t> {
    pub(super) fn of(track: &'t Track, second: &'t LanguageTag) -> Self {
        let languages = track.languages();
        let is_chinese = |tag: &&LanguageTag| tag.primary() == "zh";
        let first = languages.iter().find(is_chinese).or(languages.first());
        let told = match first {
            Some(first) if languages.iter().any(|tag| tag.primary() != first.primary()) => {
                Told::ByLanguage(first)
            }
            Some(_) | None => Told::OneLanguage,
        };
        Self {
            track,
            second,
            told,
        }
    }

    /// The same by the rows of a sheet, where all lines are said to be in one language: if what some cues say
    /// above lines of another script is what rows say, these are translations, and so are all
    /// such lines of cues that no row has as they are.
    pub(super) fn told_by(mut self, rows: &Texts, script: &mut OneScript) -> Self {
        if self.told != Told::OneLanguage {
            return self;
        }
        let keys: HashSet<&str> = rows.keys().into_iter().collect();
        let (mut words, mut key) = (String::new(), String::new());
        let mut is_row = |lines: &[LineView<'_>]| {
            words.clear();
            key.clear();
            for line in lines {
                join(line.text, 0, &mut words);
            }
            push_key(script.words(&words), &mut key);
            keys.contains(&*key)
        };
        let mut is_proved = false;
        let mut counts = Vec::with_capacity(self.track.cues().len());
        let mut lines = Vec::new();
        for cue in self.track.cues() {
            lines.clear();
            lines.extend(self.track.lines(cue));
            let is_chinese = |line: &LineView<'_>| Written::of(line.text).side() == Script::Chinese;
            let above = lines
                .iter()
                .rposition(is_chinese)
                .map_or(0, |last| last + 1);
            let is_split = above > 0 && above < lines.len() && !is_row(&lines);
            is_proved |= is_split && is_row(&lines[..above]);
            counts.push(if is_split { above } else { lines.len() });
        }
        if is_proved {
            self.told = Told::ByRows(counts);
        }
        self
    }

    /// The lines of the cue at an index, and what each is.
    pub(super) fn lines(&self, at: usize) -> impl Iterator<Item = (LineView<'t>, Side)> {
        let cue: Option<&Cue> = self.track.cues().get(at);
        let lines = cue.into_iter().flat_map(|cue| self.track.lines(cue));
        lines.enumerate().map(move |(number, line)| {
            let side = match &self.told {
                Told::ByRows(counts) if counts.get(at).is_some_and(|&count| number >= count) => {
                    Side::Second
                }
                Told::OneLanguage | Told::ByRows(_) => Side::First,
                Told::ByLanguage(first) => self.side(line.language, first),
            };
            (line, side)
        })
    }

    fn side(&self, language: &LanguageTag, first: &LanguageTag) -> Side {
        if language.primary() == first.primary() {
            Side::First
        } else if *language == LanguageTag::UND || language.primary() == self.second.primary() {
            Side::Second
        } else {
            Side::Other
        }
    }

    /// Puts the words of a cue on one line, and their translation on one for each who speaks.
    pub(super) fn words(&self, at: usize, first: &mut String, second: &mut String) {
        first.clear();
        second.clear();
        for (line, side) in self.lines(at) {
            match side {
                Side::First => join(line.text, 0, first),
                Side::Second => join_translation(line.text, second),
                Side::Other => {}
            }
        }
    }
}

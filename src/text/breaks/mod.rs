//! Text in, every place where a line may be broken out, with what kind of place it is.
//!
//! Three sets of rules meet here: the prohibitions of W3C clreq, by level (`marks.rs`); what
//! stays together in Chinese text (`binds.rs`): a number and its unit, a date, a title, a
//! name; and the words of a dictionary ([`text::words`](crate::text::words)), some of which
//! have a part to play (`words.rs`). How much better one place is than another is not said
//! here: that is the segmenter's table of costs.
//!
//! A place that is not allowed is given too, from [`BreakKind::InPhrase`] on: a line that is
//! wider than the screen must be broken somewhere, and only the segmenter knows widths.

mod binds;
mod context;
mod latin;
mod marks;
mod stretches;
mod word;
mod words;

use crate::model::{BreakLevel, Span};
use crate::text::class::{Class, is_everyday_han};
use crate::text::clusters::Clusters;
use crate::text::words::WordFinder;
use context::{Ahead, Context, Glyph};
use stretches::Stretches;
use word::Word;

/// What kind of place a boundary between two characters is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreakKind {
    /// Behind the mark that ends a sentence, and the quotation mark that closes on it.
    Sentence,
    /// Behind the mark that ends a clause.
    Clause,
    /// Behind `、` or an ellipsis or dash.
    Enumeration,
    /// Behind a space between two Chinese characters: a space used as a mark.
    Space,
    /// Before a conjunction: 但是, 所以, 如果.
    BeforeConjunction,
    /// Behind a word that ends a clause: 以后, 时候, 的话.
    AfterClause,
    /// Before a word that opens a phrase or a predicate: 把, 在, 是, 已经.
    BeforePhrase,
    /// Between two other words.
    Between,
    /// Behind 的: a phrase is torn from what it is about.
    AfterDe,
    /// Behind a word that leads to the next one: a preposition, a conjunction, 不, 很, 这.
    AfterLead,
    /// Between two words of one character: perhaps inside a name that no dictionary has.
    BetweenSingles,
    /// Between two words that stay together: a number and its unit, a title, a name, a verb
    /// and 了. Only where the whole is wider than a line.
    InPhrase,
    /// Inside a word: only where the word is wider than a line.
    InWord,
    /// Where a line would start or end with a mark that may not: the last resort but one.
    AtMark,
    /// Inside a term of the project: only where terms that overlap are wider than a line.
    InTerm,
}

impl BreakKind {
    /// Where that is, for people: `after a clause`.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Sentence => "after a sentence",
            Self::Clause => "after a clause",
            Self::Enumeration => "after an item, an ellipsis or a dash",
            Self::Space => "at a space that stands for a mark",
            Self::BeforeConjunction => "before a conjunction",
            Self::AfterClause => "after a word that ends a clause",
            Self::BeforePhrase => "before a word that opens a phrase",
            Self::Between => "between two words",
            Self::AfterDe => "after 的",
            Self::AfterLead => "after a word that leads on",
            Self::BetweenSingles => "between two words of one character",
            Self::InPhrase => "inside a phrase that is wider than a line",
            Self::InWord => "inside a word that is wider than a line",
            Self::AtMark => "at a mark, in a row of them that is wider than a line",
            Self::InTerm => "inside terms that are wider than a line together",
        }
    }
}

/// A boundary between two grapheme clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Byte offset: what stands here would start the next line.
    pub offset: usize,
    /// What kind of place it is.
    pub kind: BreakKind,
}

/// Whether a line may start with this character, by itself.
///
/// ```
/// use zimu::model::BreakLevel;
/// use zimu::text::breaks::may_start_line;
///
/// assert!(!may_start_line('，', BreakLevel::Basic));
/// assert!(may_start_line('“', BreakLevel::Strict));
/// ```
#[must_use]
pub fn may_start_line(c: char, level: BreakLevel) -> bool {
    let class = Class::of(c);
    marks::starts_line(Glyph { c, class }, level)
}

/// Whether a line may end with this character, by itself.
///
/// ```
/// use zimu::model::BreakLevel;
/// use zimu::text::breaks::may_end_line;
///
/// assert!(!may_end_line('《', BreakLevel::Basic));
/// assert!(may_end_line('《', BreakLevel::None));
/// ```
#[must_use]
pub fn may_end_line(c: char, level: BreakLevel) -> bool {
    let class = Class::of(c);
    marks::ends_line(Glyph { c, class }, level)
}

/// Finds boundaries, with buffers that are used again for the next text.
#[derive(Debug, Default)]
pub struct BoundaryFinder {
    words: WordFinder,
}

impl BoundaryFinder {
    /// The boundaries inside a text, in order: neither its start nor its end is one.
    ///
    /// ```
    /// use zimu::model::BreakLevel;
    /// use zimu::text::breaks::{BoundaryFinder, BreakKind};
    ///
    /// let text = "好的，用 GPT-4 处理";
    /// let mut finder = BoundaryFinder::default();
    /// let allowed: Vec<_> = finder
    ///     .find(text, BreakLevel::Gb)
    ///     .filter(|boundary| boundary.kind < BreakKind::InPhrase)
    ///     .map(|boundary| (&text[boundary.offset..], boundary.kind))
    ///     .collect();
    /// assert_eq!(
    ///     allowed,
    ///     [
    ///         ("用 GPT-4 处理", BreakKind::Clause),
    ///         ("GPT-4 处理", BreakKind::AfterLead),
    ///         ("处理", BreakKind::Between),
    ///     ]
    /// );
    /// ```
    pub fn find<'t>(&'t mut self, text: &'t str, level: BreakLevel) -> Boundaries<'t> {
        self.find_around(text, level, &[])
    }

    /// The same; each boundary inside one of `terms` is [`BreakKind::InTerm`] at best. They
    /// rise and stand apart, as [`Terms::cover`](crate::text::terms::Terms::cover) finds them.
    pub fn find_around<'t>(
        &'t mut self,
        text: &'t str,
        level: BreakLevel,
        terms: &'t [Span],
    ) -> Boundaries<'t> {
        let word_starts = self.words.starts(text);
        Boundaries {
            text,
            clusters: Clusters::of(text),
            word_starts,
            level,
            before: Context::default(),
            quote_open: false,
            single_quote_open: false,
            names: Stretches::of(binds::names(text, word_starts)),
            terms: Stretches::of(terms),
            inside: InWords::Given,
        }
    }
}

/// What becomes of the boundaries inside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InWords {
    Given,
    PassedBy,
}

/// See [`BoundaryFinder::find`].
#[derive(Clone, Debug)]
pub struct Boundaries<'t> {
    text: &'t str,
    clusters: Clusters<'t>,
    /// Of the words that begin further on.
    word_starts: &'t [u32],
    level: BreakLevel,
    before: Context<'t>,
    quote_open: bool,
    single_quote_open: bool,
    /// Names with `·`.
    names: Stretches<'t>,
    terms: Stretches<'t>,
    inside: InWords,
}

impl Iterator for Boundaries<'_> {
    type Item = Boundary;

    fn next(&mut self) -> Option<Boundary> {
        loop {
            let (offset, cluster) = self.clusters.next()?;
            let glyph = self.glyph(offset, cluster);
            let word = self.word_at(offset);
            let next = Ahead {
                glyph,
                word,
                whole: self.text,
                offset,
            };
            let kind = self.before.go_on(&next, self.level);
            self.pass_by(&next);
            if let Some(mut kind) = kind {
                if self.names.go_over(offset) {
                    kind = kind.max(BreakKind::InPhrase);
                }
                if self.terms.go_over(offset) {
                    kind = kind.max(BreakKind::InTerm);
                }
                return Some(Boundary { offset, kind });
            }
        }
    }
}

impl<'t> Boundaries<'t> {
    /// The same, but for some of those inside words, of which none is better than
    /// [`BreakKind::InWord`]: most of them are not even looked at.
    pub(crate) fn but_in_words(self) -> Self {
        Self {
            inside: InWords::PassedBy,
            ..self
        }
    }

    /// Goes on to the last character of a word that has just begun, where only Chinese ones stand in it.
    fn pass_by(&mut self, at: &Ahead<'t>) {
        if let (InWords::PassedBy, Some(word)) = (self.inside, at.word)
            && word.single.is_none()
            && let Some(last) = self.before.last_in(word)
            && self.clusters.go_on_at(at.offset + word.text.len())
        {
            self.before.go_on_to(last);
        }
    }

    /// The word that begins at `offset`, if one does.
    fn word_at(&mut self, offset: usize) -> Option<Word<'t>> {
        while let [first, rest @ ..] = self.word_starts
            && (*first as usize) < offset
        {
            self.word_starts = rest;
        }
        let [first, rest @ ..] = self.word_starts else {
            return None;
        };
        let end = rest.first().map_or(self.text.len(), |&next| next as usize);
        (*first as usize == offset).then(|| Word::of(&self.text[offset..end]))
    }

    /// The character at `offset`; what it is may hang on its neighbours.
    fn glyph(&mut self, offset: usize, cluster: &str) -> Glyph {
        let c = cluster.chars().next().unwrap_or_default();
        if is_everyday_han(c) {
            let class = Class::Han;
            return Glyph { c, class };
        }
        let ahead = || {
            self.text[offset + cluster.len()..]
                .chars()
                .next()
                .map(Class::of)
        };
        let behind = self.before.last.map(|last| last.class);
        let class = match Class::of(c) {
            // One dash connects; two make a Chinese dash.
            Class::Dash
                if c != '⸺' && behind != Some(Class::Dash) && ahead() != Some(Class::Dash) =>
            {
                Class::Connector
            }
            // Behind a letter it is an apostrophe, unless a quotation is open.
            Class::Sign if c == '\'' => {
                let is_word = |class| matches!(class, Some(Class::Letter | Class::Digit));
                match (self.single_quote_open, is_word(behind)) {
                    (true, true) if is_word(ahead()) => Class::Sign,
                    (false, true) => Class::Sign,
                    (open, _) => {
                        self.single_quote_open = !open;
                        if open { Class::Close } else { Class::Open }
                    }
                }
            }
            Class::Quote => {
                self.quote_open = !self.quote_open;
                if self.quote_open {
                    Class::Open
                } else {
                    Class::Close
                }
            }
            class => class,
        };
        Glyph { c, class }
    }
}

#[cfg(test)]
mod tests;

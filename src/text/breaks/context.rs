//! What stands before a boundary, and so what kind of place it is.

mod han;
mod quantity;

use crate::model::BreakLevel;
use crate::text::breaks::word::Word;
use crate::text::breaks::words::Leads;
use crate::text::breaks::{BreakKind, binds, latin, marks, words};
use crate::text::class::Class;
use quantity::Quantity;

/// Most words of a Latin phrase that stay together: `Satya Nadella`, `DALL-E 3`.
const PHRASE_WORDS: u32 = 3;

/// One character, by the first code point of its cluster.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) class: Class,
}

/// The boundary at hand, and what stands behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ahead<'t> {
    pub(super) glyph: Glyph,
    /// The word that begins there, if one does.
    pub(super) word: Option<Word<'t>>,
    /// All the text that it stands in, and where.
    pub(super) whole: &'t str,
    pub(super) offset: usize,
}

impl<'t> Ahead<'t> {
    /// All the text from there on.
    fn text(&self) -> &'t str {
        &self.whole[self.offset..]
    }

    /// All the text before it.
    fn before(&self) -> &'t str {
        &self.whole[..self.offset]
    }
}

/// What stands before the boundary at hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context<'t> {
    /// The cluster right before it.
    pub(super) last: Option<Glyph>,
    /// The last one that is no space.
    visible: Option<Glyph>,
    /// The last two words that began, the nearer one first.
    words: [Option<Word<'t>>; 2],
    /// The kind of break that a mark before calls for, while only closing marks follow.
    mark: Option<BreakKind>,
    quantity: Quantity,
    /// A mark right behind a digit, which joins it to a digit behind.
    joins_digits: bool,
    /// How many titles are open.
    in_title: bool,
    /// The dashes or ellipses in a row so far.
    pair: u32,
    /// The capitalised or numbered words in a row so far, with spaces between.
    phrase: u32,
}

impl<'t> Context<'t> {
    /// Goes on over `next`, with the kind of the boundary before it; there is none at the start.
    pub(super) fn go_on(&mut self, next: &Ahead<'t>, level: BreakLevel) -> Option<BreakKind> {
        self.go_on_in_han(next).or_else(|| {
            let kind = self.last.map(|last| self.kind_before(last, next, level));
            self.go_over(next);
            kind
        })
    }

    /// Goes on over `next`.
    fn go_over(&mut self, next: &Ahead<'t>) {
        let glyph = next.glyph;
        self.quantity = self.quantity_with(next);
        self.phrase = self.phrase_with(glyph);
        let is_class = |class| self.last.is_some_and(|last| last.class == class);
        self.joins_digits = binds::joins_digits(glyph.c) && is_class(Class::Digit);
        self.pair = if is_class(glyph.class) {
            self.pair + 1
        } else {
            1
        };
        match marks::kind_behind(glyph.class) {
            Some(kind) => self.mark = Some(kind),
            None if matches!(glyph.class, Class::Close | Class::Space) => {}
            None => self.mark = None,
        }
        match glyph.c {
            '《' | '〈' => self.in_title = true,
            '》' | '〉' => self.in_title = false,
            _ => {}
        }
        self.last = Some(glyph);
        if glyph.class == Class::Space {
            return;
        }
        self.visible = Some(glyph);
        if let Some(word) = next.word {
            self.words = [Some(word), self.words[0]];
        }
    }

    /// The words of the Latin phrase so far, with `next`.
    fn phrase_with(&self, next: Glyph) -> u32 {
        let begins_word = self.last.is_none_or(|last| !is_latin(last));
        match (is_latin(next), begins_word) {
            (true, true) if begins_phrase_word(next) => self.phrase + 1,
            (true, false) => self.phrase,
            (false, _) if next.class == Class::Space => self.phrase,
            (true, true) | (false, _) => 0,
        }
    }

    /// The kind of the boundary between `last` and `next`; the first rule that fits.
    fn kind_before(&self, last: Glyph, next: &Ahead<'_>, level: BreakLevel) -> BreakKind {
        if self.mark == Some(BreakKind::Sentence)
            && last.class == Class::Space
            && next.glyph.class == Class::Letter
            && latin::is_abbreviated(next.before(), next.text())
        {
            return Self {
                mark: None,
                ..*self
            }
            .kind_before(last, next, level);
        }
        let marks_forbid = self.splits_pair(last, next.glyph)
            || !marks::starts_line(next.glyph, level)
            || !marks::ends_line(last, level);
        // Spaces end the line that they stand on; none starts one.
        if marks_forbid || next.glyph.class == Class::Space {
            return BreakKind::AtMark;
        }
        if is_latin(last) && is_latin(next.glyph) {
            return if binds::ends_part(last.c) && !self.joins_digits {
                BreakKind::InPhrase
            } else {
                BreakKind::InWord
            };
        }
        if last.class == Class::Ignored || next.glyph.class == Class::Ignored {
            return BreakKind::InWord;
        }
        if is_han_like(last.class) && is_han_like(next.glyph.class) && next.word.is_none() {
            return BreakKind::InWord;
        }
        if self.in_title || self.binds(last, next) {
            return BreakKind::InPhrase;
        }
        self.mark.unwrap_or_else(|| self.kind_between(last, next))
    }

    /// The kind of a boundary between two words that may part.
    fn kind_between(&self, last: Glyph, next: &Ahead<'_>) -> BreakKind {
        let before = self.visible.map_or(Class::Space, |glyph| glyph.class);
        if last.class == Class::Space && is_han_like(before) && is_han_like(next.glyph.class) {
            return BreakKind::Space;
        }
        let are_words = before == Class::Letter && next.glyph.class == Class::Letter;
        if last.class == Class::Space && are_words {
            return latin::kind_between(next.before(), next.text());
        }
        let [behind, further] = if is_han_like(before) {
            self.words
        } else {
            [None, None]
        };
        if behind.is_some_and(|word| word.text.ends_with('的') || word.single == Some('嘅')) {
            return BreakKind::AfterDe;
        }
        let opens = next.word.and_then(|word| word.role.opens);
        let leads = |word: Word<'_>| word.role.leads > Leads::No;
        // 这家|公司, 一百页|书: a measure leads on to what is measured.
        let counts = |word: Word<'_>| leads(word) || word.is_number;
        let measures = |word: Word<'_>| {
            words::is_measured(word.text) || (word.is_unit() && further.is_some_and(counts))
        };
        if behind.is_some_and(|word| leads(word) || (opens.is_none() && measures(word))) {
            return BreakKind::AfterLead;
        }
        let may_end_one = behind
            .is_some_and(|word| word.single.is_some() && (word.role.closes || !word.role.follows));
        let may_go_on = next.word.is_some_and(|word| {
            word.single.is_some_and(|c| {
                words::is_verb_tail(c) || (opens.is_none() && word.role.leads < Leads::Always)
            })
        });
        if last.class == Class::Han && may_end_one && may_go_on {
            return BreakKind::BetweenSingles;
        }
        if behind.is_some_and(|word| word.role.closes) {
            return BreakKind::AfterClause;
        }
        // 住在, 写给: of a verb of one character what follows is a part.
        opens.unwrap_or(BreakKind::Between)
    }

    /// Inside `——` or `……`; a break between two such pairs is allowed.
    fn splits_pair(&self, last: Glyph, next: Glyph) -> bool {
        let pairs = matches!(last.class, Class::Dash | Class::Ellipsis);
        pairs && last.class == next.class && self.pair % 2 == 1
    }

    /// Whether the words on both sides stay together.
    fn binds(&self, last: Glyph, next: &Ahead<'_>) -> bool {
        self.is_followed(last, next)
            || self.is_led(next)
            || self.is_said_twice(last, next)
            || self.is_quantity(last, next)
            || (last.class == Class::Space
                && self.mark.is_none()
                && self.goes_on_with_phrase(next.glyph))
            || last.class == Class::Interpunct
            || binds::is_annotation_sign(next.glyph.c)
            || (next.glyph.class == Class::Open
                && last.class != Class::Space
                && self.mark.is_none()
                && binds::annotates(next.text()))
    }

    /// Before a word that follows what it belongs to.
    fn is_followed(&self, last: Glyph, next: &Ahead<'_>) -> bool {
        // A space between two Chinese characters is a mark; one behind Latin is not.
        let is_mark =
            last.class == Class::Space && self.visible.is_none_or(|glyph| is_han_like(glyph.class));
        let follows = next
            .word
            .is_some_and(|word| word.role.follows && !words::leads_instead(word.text, next.text()));
        follows && !is_mark && self.mark.is_none()
    }

    /// Behind a word that never ends a line: 这问题, 很难.
    fn is_led(&self, next: &Ahead<'_>) -> bool {
        let before = self.words[0].filter(|word| word.role.leads == Leads::Always);
        let joins =
            next.word.and_then(|word| word.role.opens) == Some(BreakKind::BeforeConjunction);
        before.is_some() && self.mark.is_none() && !joins && next.glyph.class != Class::Open
    }

    /// Inside 看看, 看一看, 看了看.
    fn is_said_twice(&self, last: Glyph, next: &Ahead<'_>) -> bool {
        let (Some(behind), [Some(before), further]) = (next.word, self.words) else {
            return false;
        };
        if !is_han_like(last.class) || !is_han_like(next.glyph.class) {
            return false;
        }
        let twice_with_link = before.links() && further == Some(behind);
        let link_ahead = behind.links()
            && next.text()[behind.text.len()..].starts_with(before.text)
            && before.text.len() <= '字'.len_utf8();
        behind == before || twice_with_link || link_ahead
    }

    /// A short Latin phrase: up to three capitalised or numbered words.
    fn goes_on_with_phrase(&self, next: Glyph) -> bool {
        (1..PHRASE_WORDS).contains(&self.phrase) && begins_phrase_word(next)
    }
}

fn begins_phrase_word(glyph: Glyph) -> bool {
    glyph.c.is_uppercase() || glyph.class == Class::Digit
}

/// Part of a run that is written without spaces: letters, digits and the half-width signs
/// between them (`GPT-4`, `3.5`, `https://…`).
fn is_latin(glyph: Glyph) -> bool {
    match glyph.class {
        Class::Letter | Class::Digit => true,
        Class::Open => glyph.c == '(',
        Class::Close => glyph.c == '\'',
        _ => glyph.c.is_ascii_graphic(),
    }
}

const fn is_han_like(class: Class) -> bool {
    matches!(class, Class::Han | Class::Kana)
}

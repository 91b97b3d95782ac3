//! Which marks may not start or end a line: W3C clreq, "Prohibition Rules for Line Start and
//! Line End", by level.

use crate::model::BreakLevel;
use crate::text::breaks::BreakKind;
use crate::text::breaks::context::Glyph;
use crate::text::class::Class;

/// The kind of break behind a mark of this class.
pub(super) const fn kind_behind(class: Class) -> Option<BreakKind> {
    match class {
        Class::Sentence => Some(BreakKind::Sentence),
        Class::Clause => Some(BreakKind::Clause),
        Class::Enumeration | Class::Ellipsis | Class::Dash => Some(BreakKind::Enumeration),
        Class::Han
        | Class::Kana
        | Class::Letter
        | Class::Digit
        | Class::Space
        | Class::Open
        | Class::Close
        | Class::Quote
        | Class::Connector
        | Class::Interpunct
        | Class::Solidus
        | Class::Ignored
        | Class::Sign => None,
    }
}

/// Whether a line may start with this character.
pub(super) fn starts_line(next: Glyph, level: BreakLevel) -> bool {
    let closes = next.class.closes()
        || matches!(
            next.class,
            Class::Connector | Class::Interpunct | Class::Solidus
        )
        || matches!(next.c, '々' | 'ー');
    let pair = matches!(next.class, Class::Dash | Class::Ellipsis);
    match level {
        BreakLevel::None => true,
        BreakLevel::Basic | BreakLevel::Gb => !closes,
        BreakLevel::Strict => !closes && !pair,
    }
}

/// Whether a line may end with this character.
pub(super) fn ends_line(last: Glyph, level: BreakLevel) -> bool {
    match level {
        BreakLevel::None => true,
        BreakLevel::Basic => last.class != Class::Open,
        BreakLevel::Gb | BreakLevel::Strict => !matches!(last.class, Class::Open | Class::Solidus),
    }
}

//! Text in, every place where a line may be broken out, with what kind of place it is.
//!
//! Two sets of rules meet here: the prohibitions of W3C clreq (no closing mark starts a
//! line, no opening mark ends one), by level; and what stays together in Chinese text: a
//! Latin word, a number, a number and its unit, a date, a pair of dashes. How much better
//! one place is than another is not said here: that is the segmenter's table of costs.
//!
//! A place that is not allowed is given too, as [`BreakKind::InWord`] or
//! [`BreakKind::AtMark`]: a line that is wider than the screen must be broken somewhere,
//! and only the segmenter knows widths.

use crate::model::BreakLevel;
use crate::text::class::Class;
use crate::text::clusters::Clusters;

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
    /// Between two words, or two Chinese characters.
    Between,
    /// Inside what should stay together: only where nothing else is left.
    InWord,
    /// Where a line would start or end with a mark that may not: the last resort.
    AtMark,
}

/// A boundary between two grapheme clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Byte offset: what stands here would start the next line.
    pub offset: usize,
    /// What kind of place it is.
    pub kind: BreakKind,
}

/// Units and measures that stay with the number before them. One character each: of a
/// longer unit the first is enough, as the rest is a word.
const UNITS: &str = "小天人种種句段步遍回字口星寸年月日号號时時点點分秒周岁歲个個万萬亿億千百十元块塊角名位只隻条條张張本册冊台臺辆輛架件项項次届屆期集章节節版楼樓层層级級倍成度米厘毫公克斤吨噸升瓦伏赫美英欧歐日港台度枚颗顆粒篇份套组組部座间間家所场場轮輪季代后後多余餘";

/// Signs before a number that stay with it.
const PREFIXES: &str = "第¥￥$＄€£№#";

/// Signs behind a number that stay with it.
const fn is_suffix(c: char) -> bool {
    matches!(c, '%' | '％' | '‰' | '℃' | '°')
}

/// The boundaries inside a text, in order: neither its start nor its end is one.
///
/// ```
/// use zimu::model::BreakLevel;
/// use zimu::text::breaks::{BreakKind, boundaries};
///
/// let text = "好的，用 GPT-4";
/// let allowed: Vec<_> = boundaries(text, BreakLevel::Gb)
///     .filter(|boundary| boundary.kind < BreakKind::InWord)
///     .map(|boundary| (&text[boundary.offset..], boundary.kind))
///     .collect();
/// assert_eq!(
///     allowed,
///     [
///         ("的，用 GPT-4", BreakKind::Between),
///         ("用 GPT-4", BreakKind::Clause),
///         ("GPT-4", BreakKind::Between),
///     ]
/// );
/// ```
#[must_use]
pub fn boundaries(text: &str, level: BreakLevel) -> Boundaries<'_> {
    Boundaries {
        clusters: Clusters::of(text),
        level,
        before: Context::default(),
        quote_open: false,
    }
}

/// See [`boundaries`].
#[derive(Clone, Debug)]
pub struct Boundaries<'t> {
    clusters: Clusters<'t>,
    level: BreakLevel,
    before: Context,
    quote_open: bool,
}

/// What stands before the boundary at hand.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    /// The cluster right before it.
    last: Option<Glyph>,
    /// The last one that is no space.
    last_visible: Option<Glyph>,
    /// The kind of break that a mark before calls for, while only closing marks follow.
    mark: Option<BreakKind>,
    /// A number stands before, with at most its units behind it.
    in_date: bool,
    /// The dashes or ellipses in a row so far.
    pair: u32,
}

#[derive(Clone, Copy, Debug)]
struct Glyph {
    c: char,
    class: Class,
}

impl Iterator for Boundaries<'_> {
    type Item = Boundary;

    fn next(&mut self) -> Option<Boundary> {
        loop {
            let (offset, cluster) = self.clusters.next()?;
            let next = self.glyph(cluster);
            let before = self.before;
            self.before = before.followed_by(next);
            if let Some(last) = before.last {
                let kind = before.kind_before(last, next, self.level);
                return Some(Boundary { offset, kind });
            }
        }
    }
}

impl Boundaries<'_> {
    fn glyph(&mut self, cluster: &str) -> Glyph {
        let c = cluster.chars().next().unwrap_or_default();
        let class = match Class::of(c) {
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

impl Context {
    fn followed_by(self, next: Glyph) -> Self {
        let visible = next.class != Class::Space;
        let paired = self.last.is_some_and(|last| last.class == next.class);
        Self {
            last: Some(next),
            last_visible: if visible {
                Some(next)
            } else {
                self.last_visible
            },
            mark: match mark_kind(next.class) {
                Some(kind) => Some(kind),
                None if matches!(next.class, Class::Close | Class::Space) => self.mark,
                None => None,
            },
            in_date: next.class == Class::Digit
                || (self.in_date && matches!(next.c, '年' | '月'))
                || (self.in_date && !visible),
            pair: if paired { self.pair + 1 } else { 1 },
        }
    }

    /// The kind of the boundary between `last` and `next`; first rule that fits.
    fn kind_before(self, last: Glyph, next: Glyph, level: BreakLevel) -> BreakKind {
        if self.splits_pair(last, next) || !starts_line(next, level) || !ends_line(last, level) {
            return BreakKind::AtMark;
        }
        if next.class == Class::Space {
            // Spaces end the line that they stand on; none starts one.
            return BreakKind::AtMark;
        }
        if self.binds(last, next) {
            return BreakKind::InWord;
        }
        if let Some(kind) = self.mark {
            return kind;
        }
        let visible = self.last_visible.map_or(Class::Space, |glyph| glyph.class);
        if last.class == Class::Space && is_han_like(visible) && is_han_like(next.class) {
            return BreakKind::Space;
        }
        BreakKind::Between
    }

    /// Inside `——` or `……`; a break between two such pairs is allowed.
    fn splits_pair(self, last: Glyph, next: Glyph) -> bool {
        let pairs = matches!(last.class, Class::Dash | Class::Ellipsis);
        pairs && last.class == next.class && self.pair % 2 == 1
    }

    /// Whether `last` and `next` stay together.
    fn binds(self, last: Glyph, next: Glyph) -> bool {
        let visible = self.last_visible.unwrap_or(last);
        let number_before = visible.class == Class::Digit || is_suffix(visible.c);
        if last.class == Class::Space {
            // 10 万, 30 km: a number keeps its unit; DALL-E 3: a name keeps its number.
            return (visible.class == Class::Digit && UNITS.contains(next.c))
                || (visible.class == Class::Letter && next.class == Class::Digit)
                || (visible.class == Class::Digit && next.class == Class::Letter);
        }
        (is_word(last) && is_word(next))
            || (is_word(last) && next.c == '(')
            || (next.class == Class::Digit && PREFIXES.contains(last.c))
            || (number_before && (UNITS.contains(next.c) || is_suffix(next.c)))
            || (self.in_date && next.class == Class::Digit)
            || (last.class == Class::Interpunct || next.class == Class::Interpunct)
            || (last.class == Class::Ignored || next.class == Class::Ignored)
    }
}

/// The kind of break behind a mark of this class.
fn mark_kind(class: Class) -> Option<BreakKind> {
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

/// Whether a line may start with this character (clreq, "Prohibition Rules for Line
/// Start").
fn starts_line(next: Glyph, level: BreakLevel) -> bool {
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
fn ends_line(last: Glyph, level: BreakLevel) -> bool {
    match level {
        BreakLevel::None => true,
        BreakLevel::Basic => last.class != Class::Open,
        BreakLevel::Gb | BreakLevel::Strict => !matches!(last.class, Class::Open | Class::Solidus),
    }
}

/// Part of a run that is written without spaces: letters, digits and the half-width signs
/// between them (`GPT-4`, `3.5`, `https://…`).
fn is_word(glyph: Glyph) -> bool {
    match glyph.class {
        Class::Letter | Class::Digit => true,
        Class::Open | Class::Close => false,
        _ => glyph.c.is_ascii_graphic(),
    }
}

const fn is_han_like(class: Class) -> bool {
    matches!(class, Class::Han | Class::Kana)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text with `|` at each allowed place.
    fn broken(text: &str, level: BreakLevel) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for boundary in boundaries(text, level) {
            if boundary.kind < BreakKind::InWord {
                shown.push_str(&text[from..boundary.offset]);
                shown.push('|');
                from = boundary.offset;
            }
        }
        shown + &text[from..]
    }

    #[test]
    fn what_stays_together() {
        for expected in [
            "在|2023年11月21日|这|天",
            "涨|了|95%|左|右",
            "第3季|度",
            "有|10 万|用|户",
            "用|DALL-E 3|画",
            "在|https://a.b/c-d?e=f|看",
            "他|说：|“好。”|然|后",
            "等|等|……|然|后|——|走",
            "《三|体》|里",
            "乔|治·奥|威|尔",
            "花|20 美|元",
            "和|（甲）|乙",
            "苹|果、|梨",
            "用|\"低|调\"|的|词",
        ] {
            let text = expected.replace('|', "");
            assert_eq!(broken(&text, BreakLevel::Gb), expected);
        }
    }

    #[test]
    fn levels_differ_in_what_they_forbid() {
        use BreakLevel::{Basic, Gb, None, Strict};
        for (level, expected) in [
            (None, "“|甲|”|／|乙|——|丙"),
            (Basic, "“甲”／|乙|——|丙"),
            (Gb, "“甲”／乙|——|丙"),
            (Strict, "“甲”／乙——|丙"),
        ] {
            assert_eq!(broken(&expected.replace('|', ""), level), expected);
        }
    }

    #[test]
    fn the_kind_tells_the_mark_before() {
        use BreakKind::{AtMark, Clause, Sentence, Space};
        let kinds: Vec<_> = boundaries("好。”是，一 二", BreakLevel::Gb)
            .map(|boundary| boundary.kind)
            .collect();
        assert_eq!(
            kinds,
            [AtMark, AtMark, Sentence, AtMark, Clause, AtMark, Space]
        );
    }

    proptest! {
        #[test]
        fn boundaries_rise_and_stand_on_characters(text: String) {
            let mut last = 0;
            for boundary in boundaries(&text, BreakLevel::Strict) {
                prop_assert!(boundary.offset > last && text.is_char_boundary(boundary.offset));
                last = boundary.offset;
            }
            prop_assert!(text.is_empty() || last < text.len());
        }
    }
}

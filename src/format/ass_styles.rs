//! The head of an ASS or SSA file in, what it says of the events out: its styles, and whether
//! `\n` breaks a line.
//!
//! It is read before the events, because nothing keeps a file from having its styles behind
//! them.

use std::collections::HashMap;

use memchr::memchr_iter;

use crate::format::ass_fields::{column, value};
use crate::format::ass_languages::LANGUAGE_OF;
use crate::model::{LanguageTag, MarkKind, Position, TrackBuilder};
use crate::text::class::is_margin;
use crate::text::lines::Lines;

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// `[Script Info]`.
    Head,
    /// `[V4 Styles]`, `[V4+ Styles]`.
    Styles(Numbering),
    /// `[Events]`.
    Events,
    /// `[Fonts]`, `[Graphics]`: files written in printable characters.
    Embedded,
    /// What programs keep for themselves.
    Other,
}

/// How styles number the nine positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// As on a keypad: ASS.
    Keypad,
    /// 1 to 3 at the bottom, 4 more at the top, 8 more in the middle: SSA, and the override `\a`.
    Legacy,
}

/// Sections by their name in lower case.
const SECTIONS: [(&str, Section); 7] = [
    ("[script info]", Section::Head),
    ("[v4 styles]", Section::Styles(Numbering::Legacy)),
    ("[v4+ styles]", Section::Styles(Numbering::Keypad)),
    ("[v4++ styles]", Section::Styles(Numbering::Keypad)),
    ("[events]", Section::Events),
    ("[fonts]", Section::Embedded),
    ("[graphics]", Section::Embedded),
];

impl Section {
    /// The section that a line behind `self` begins, if it begins one.
    pub(super) fn begun_by(self, line: &str) -> Option<Self> {
        if !line.starts_with('[') {
            return None;
        }
        let name = line.trim_end_matches(is_margin);
        let mut known = SECTIONS.iter();
        match known.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some(&(_, section)) => Some(section),
            // A line of an embedded file may have brackets round it by chance.
            None if self == Self::Embedded => None,
            None => name.ends_with(']').then_some(Self::Other),
        }
    }
}

/// Where the next line begins, from the one at `at` on, that may begin a section, or the end of the
/// text. It is found by its bracket: what lies between is not gone through line by line.
fn next_heading(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let mut brackets = memchr_iter(b'[', rest.as_bytes());
    let heading = brackets.find_map(|bracket| {
        let is_indent = |c| is_margin(c) && !matches!(c, '\n' | '\r');
        let before = rest[..bracket].trim_end_matches(is_indent);
        (before.is_empty() || before.ends_with(['\n', '\r'])).then_some(before.len())
    });
    at + heading.unwrap_or(rest.len())
}

/// The style that a line of the head names the language of, and that.
fn language_of(line: &str) -> Option<(&str, LanguageTag)> {
    let (name, tag) = line.strip_prefix(LANGUAGE_OF)?.split_once(':')?;
    Some((name.trim(), tag.trim().parse().ok()?))
}

/// Whether a line is a remark of whoever wrote the file.
pub(super) fn is_remark(line: &str) -> bool {
    line.starts_with(';') || line.starts_with("!:")
}

/// Bold, italic and underline, each on or off.
pub(super) type Emphasis = [bool; 3];

/// The marks that an [`Emphasis`] is of.
pub(super) const EMPHASIS: [MarkKind; 3] = [MarkKind::Bold, MarkKind::Italic, MarkKind::Underline];

/// What the model has room for of a style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    pub(super) emphasis: Emphasis,
    pub(super) position: Option<Position>,
    /// The index of its language, where the head says one.
    pub(super) language: Option<u8>,
}

/// What the head of a file says of its events.
#[derive(Debug, Default)]
pub(super) struct Styles<'t> {
    by_name: HashMap<&'t str, Style>,
    /// Styles by name, and the languages that they are for.
    languages: Vec<(&'t str, LanguageTag)>,
    pub(super) soft_break: SoftBreak,
}

/// What `\n` is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SoftBreak {
    #[default]
    Space,
    /// In SSA, which has no other; in ASS where lines are only broken where the text says so:
    /// `WrapStyle: 2`.
    Line,
}

impl SoftBreak {
    /// Under a `WrapStyle`.
    pub(super) const fn under(wrap_style: i32) -> Self {
        match wrap_style {
            2 => Self::Line,
            _ => Self::Space,
        }
    }
}

impl<'t> Styles<'t> {
    /// Of a whole file.
    pub(super) fn of(source: &'t str) -> Self {
        let mut styles = Self::default();
        let mut section = Section::Other;
        let mut columns = None;
        let (mut wrap_style, mut is_ssa) = (None, false);
        let mut lines = Lines::plain(source);
        while let Some(line) = lines.next() {
            let line = line.of(source).trim_start_matches(is_margin);
            if let Some(begun) = section.begun_by(line) {
                section = begun;
                if let Section::Styles(numbering) = section {
                    columns = Some(StyleColumns::standard(numbering));
                }
            } else {
                match section {
                    Section::Embedded | Section::Events => {}
                    Section::Styles(numbering) => {
                        if let Some(format) = value(line, "Format") {
                            columns = Some(StyleColumns::of(format, numbering));
                        } else if let Some((fields, columns)) = value(line, "Style").zip(columns) {
                            styles.add(fields, columns);
                        }
                    }
                    Section::Head | Section::Other => {
                        if let Some(number) = value(line, "WrapStyle") {
                            wrap_style = number.trim().parse().ok();
                        } else if let Some(version) = value(line, "ScriptType") {
                            is_ssa = version.trim().eq_ignore_ascii_case("v4.00");
                        } else {
                            styles.languages.extend(language_of(line));
                        }
                    }
                }
            }
            if section == Section::Events {
                lines.go_on_at(next_heading(source, lines.offset()));
            }
        }
        styles.soft_break = match (wrap_style, is_ssa) {
            (Some(wrap_style), _) => SoftBreak::under(wrap_style),
            (None, true) => SoftBreak::Line,
            (None, false) => SoftBreak::Space,
        };
        styles
    }

    /// Gives the styles the languages that the head says, of which a track has room for so many.
    pub(super) fn name_languages(&mut self, builder: &mut TrackBuilder) {
        for (name, language) in self.languages.drain(..) {
            if let Some(style) = self.by_name.get_mut(name)
                && builder.has_room_for(&language)
            {
                style.language = Some(builder.language(&language));
            }
        }
    }

    fn add(&mut self, fields: &'t str, columns: StyleColumns) {
        let mut name = "";
        let mut style = Style::default();
        for (at, field) in fields.split(',').enumerate() {
            let field = field.trim();
            let number = || field.parse().ok();
            if at == columns.name {
                name = field.trim_start_matches('*');
            } else if Some(at) == columns.alignment {
                style.position = number().and_then(|number| columns.numbering.position(number));
            } else if let Some(kind) = columns.emphasis.iter().position(|&of| of == Some(at)) {
                style.emphasis[kind] = number().is_some_and(|number| is_on(kind, number));
            }
        }
        // Of two styles of one name libass takes the later.
        self.by_name.insert(name, style);
    }

    /// The style of a name, if there is one.
    pub(super) fn named(&self, name: &str) -> Option<Style> {
        self.by_name.get(name.trim_start_matches('*')).copied()
    }

    /// The style of an event: one that is not there is the default one, as in players.
    pub(super) fn of_event(&self, name: &str) -> Style {
        let style = self.named(name).or_else(|| self.named("Default"));
        style.unwrap_or_default()
    }
}

/// Whether a style's number switches on what it is for: -1 and 1 do, and for bold a weight.
fn is_on(kind: usize, number: i32) -> bool {
    match number {
        -1 | 1 => true,
        weight => EMPHASIS[kind] == MarkKind::Bold && weight >= BOLD_WEIGHT,
    }
}

/// The weight from which letters are bold: CSS Fonts 4 §2.2 has 600 for semi-bold.
pub(super) const BOLD_WEIGHT: i32 = 600;

impl Numbering {
    /// The position of a number; `None` for one that is none.
    pub(super) fn position(self, number: i32) -> Option<Position> {
        let number = usize::try_from(number).ok()?;
        Position::from_keypad(match (self, number) {
            (Self::Keypad, number) | (Self::Legacy, number @ 1..=3) => number,
            (Self::Legacy, 5..=7) => number + 2,
            (Self::Legacy, 9..=11) => number - 5,
            (Self::Legacy, _) => return None,
        })
    }
}

/// Where the fields of a style stand.
#[derive(Clone, Copy, Debug)]
struct StyleColumns {
    name: usize,
    emphasis: [Option<usize>; 3],
    alignment: Option<usize>,
    numbering: Numbering,
}

impl StyleColumns {
    fn of(format: &str, numbering: Numbering) -> Self {
        Self {
            name: column(format, "Name").unwrap_or_default(),
            emphasis: ["Bold", "Italic", "Underline"].map(|name| column(format, name)),
            alignment: column(format, "Alignment"),
            numbering,
        }
    }

    /// Where there is no `Format:` line: the 23 fields of ASS, the 18 of SSA.
    const fn standard(numbering: Numbering) -> Self {
        let (underline, alignment) = match numbering {
            Numbering::Keypad => (Some(9), Some(18)),
            Numbering::Legacy => (None, Some(12)),
        };
        Self {
            name: 0,
            emphasis: [Some(7), Some(8), underline],
            alignment,
            numbering,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_passed_by_to_the_next_heading() {
        for line_end in ["\n", "\r", "\r\n"] {
            let source = [
                "[Script Info]",
                "ScriptType: v4.00",
                "[Events]",
                "WrapStyle: 0",
                "船[上",
                "[下",
                " \u{feff}[V4 Styles]",
                "Style: 船,,,,,,,-1,0,,,,10",
                "[Events]",
                "岸",
            ]
            .join(line_end);
            let styles = Styles::of(&source);
            assert_eq!(styles.soft_break, SoftBreak::Line);
            let style = styles.named("船").expect(&source);
            assert_eq!(style.emphasis, [true, false, false]);
            assert_eq!(style.position, Some(Position::MiddleCentre));
        }
    }

    /// Gone back to its start for each bracket, one of these lines takes minutes.
    #[test]
    fn a_line_of_brackets_is_read_in_one_go() {
        for piece in ["[", "[ ", "[\n", " [\r", "  "] {
            let source = "[Events]\n甲".to_owned() + &piece.repeat(1 << 18);
            assert!(Styles::of(&source).named("甲").is_none(), "{piece}");
        }
    }
}

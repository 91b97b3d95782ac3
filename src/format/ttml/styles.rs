//! Styling in, what the model holds of it out: bold, italic, underline, ruby, what is not shown,
//! and what a position is made of. The rest is dropped, and said to be.

use std::collections::HashMap;

use crate::format::draft::Draft;
use crate::format::ttml::names::{Attribute, Tag, is_space};
use crate::format::ttml::place::{Align, Measure, Pair, Writing};
use crate::model::{Span, kinds};

kinds! {
    Format;
    STYLING: Note, "styling",
        "expected bold, italic, underline, ruby or a position for styling",
        "other styling was dropped, its text was kept";
    CYCLE: Repair, "style-cycle",
        "expected styles that do not refer to themselves",
        "the reference was left out";
    pub(super) REFERENCE: Repair, "unknown-reference",
        "expected the id of a style, a region or an agent of the file",
        "the reference was left out";
}

/// What a `span` is of a ruby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RubyPart {
    None,
    Container,
    Base,
    BaseContainer,
    Text,
    TextContainer,
    /// Brackets for those who know no ruby.
    Delimiter,
}

/// Styling, as far as somebody says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underline: Option<bool>,
    /// By `tts:visibility`: what is in it may be visible again.
    pub(super) hidden: Option<bool>,
    /// By `tts:display`: nothing in it is shown.
    pub(super) absent: Option<bool>,
    pub(super) text_align: Option<Align>,
    pub(super) display_align: Option<Align>,
    pub(super) origin: Option<Pair>,
    pub(super) extent: Option<Pair>,
    pub(super) writing: Option<Writing>,
    pub(super) ruby: Option<RubyPart>,
}

/// What there is besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    None,
    Some,
}

impl Style {
    /// Nothing.
    pub(super) const NONE: Self = Self {
        bold: None,
        italic: None,
        underline: None,
        hidden: None,
        absent: None,
        text_align: None,
        display_align: None,
        origin: None,
        extent: None,
        writing: None,
        ruby: None,
    };

    /// What a tag says itself.
    pub(super) fn of(tag: &Tag<'_>, measure: &Measure) -> (Self, Others) {
        let mut others = if tag.has_other_styling {
            Others::Some
        } else {
            Others::None
        };
        let mut style = Self::NONE;
        let mut read = |attribute, known: &mut dyn FnMut(&str) -> bool| {
            if let Some(value) = tag.get(attribute)
                && !known(value)
            {
                others = Others::Some;
            }
        };
        read(Attribute::FontWeight, &mut |value| {
            style.bold = one_of(value, &[("bold", true), ("normal", false)]);
            style.bold.is_some()
        });
        read(Attribute::FontStyle, &mut |value| {
            let known = [("italic", true), ("oblique", true), ("normal", false)];
            style.italic = one_of(value, &known);
            style.italic.is_some()
        });
        read(Attribute::Decoration, &mut |value| {
            let known = [("underline", true), ("noUnderline", false), ("none", false)];
            let mut words = value.split(is_space);
            words.all(|word| {
                let underline = one_of(word, &known);
                style.underline = underline.or(style.underline);
                underline.is_some()
            })
        });
        read(Attribute::Visibility, &mut |value| {
            style.hidden = one_of(value, &[("hidden", true), ("visible", false)]);
            style.hidden.is_some()
        });
        read(Attribute::Display, &mut |value| {
            style.absent = Some(value == "none");
            true
        });
        read(Attribute::TextAlign, &mut |value| {
            style.text_align = one_of(value, &TEXT_ALIGNS);
            style.text_align.is_some()
        });
        read(Attribute::DisplayAlign, &mut |value| {
            style.display_align = one_of(value, &DISPLAY_ALIGNS);
            style.display_align.is_some()
        });
        read(Attribute::Origin, &mut |value| {
            style.origin = measure.pair(value);
            style.origin.is_some() || value == "auto"
        });
        read(Attribute::Extent, &mut |value| {
            style.extent = measure.pair(value);
            style.extent.is_some() || value == "auto"
        });
        read(Attribute::WritingMode, &mut |value| {
            style.writing = one_of(value, &WRITING_MODES);
            style.writing.is_some()
        });
        read(Attribute::Ruby, &mut |value| {
            style.ruby = one_of(value, &RUBY_PARTS);
            style.ruby.is_some()
        });
        (style, others)
    }

    /// This one, and where it says nothing, another.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            underline: self.underline.or(below.underline),
            hidden: self.hidden.or(below.hidden),
            absent: self.absent.or(below.absent),
            text_align: self.text_align.or(below.text_align),
            display_align: self.display_align.or(below.display_align),
            origin: self.origin.or(below.origin),
            extent: self.extent.or(below.extent),
            writing: self.writing.or(below.writing),
            ruby: self.ruby.or(below.ruby),
        }
    }

    /// What the elements inside get of it.
    pub(super) const fn inherited(self) -> Self {
        Self {
            absent: None,
            display_align: None,
            origin: None,
            extent: None,
            writing: None,
            ruby: None,
            ..self
        }
    }

    /// Bold, italic, underlined.
    pub(super) fn marks(self) -> [bool; 3] {
        [self.bold, self.italic, self.underline].map(Option::unwrap_or_default)
    }
}

const TEXT_ALIGNS: [(&str, Align); 6] = [
    ("left", Align::Before),
    ("start", Align::Before),
    ("center", Align::Centre),
    ("right", Align::After),
    ("end", Align::After),
    ("justify", Align::Before),
];

const DISPLAY_ALIGNS: [(&str, Align); 4] = [
    ("before", Align::Before),
    ("center", Align::Centre),
    ("after", Align::After),
    ("justify", Align::Before),
];

const WRITING_MODES: [(&str, Writing); 7] = [
    ("lrtb", Writing::Lines),
    ("lr", Writing::Lines),
    ("rltb", Writing::Lines),
    ("rl", Writing::Lines),
    ("tbrl", Writing::ColumnsFromRight),
    ("tb", Writing::ColumnsFromRight),
    ("tblr", Writing::ColumnsFromLeft),
];

const RUBY_PARTS: [(&str, RubyPart); 7] = [
    ("none", RubyPart::None),
    ("container", RubyPart::Container),
    ("base", RubyPart::Base),
    ("baseContainer", RubyPart::BaseContainer),
    ("text", RubyPart::Text),
    ("textContainer", RubyPart::TextContainer),
    ("delimiter", RubyPart::Delimiter),
];

fn one_of<T: Copy>(value: &str, known: &[(&str, T)]) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == value);
    found.map(|(_, meaning)| *meaning)
}

/// Styles that have names, and refer to each other by them.
#[derive(Debug, Default)]
pub(super) struct Styles<'t> {
    styles: Vec<Named<'t>>,
    ids: HashMap<&'t str, usize>,
}

#[derive(Debug)]
struct Named<'t> {
    style: Style,
    refers_to: &'t str,
    state: State,
}

/// How far a style is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Raw,
    Waiting,
    Resolved,
}

impl<'t> Styles<'t> {
    /// A style of the file, with what it says itself.
    pub(super) fn add(&mut self, tag: &Tag<'t>, style: Style) {
        if let Some(id) = tag.get(Attribute::Id) {
            self.ids.entry(id).or_insert(self.styles.len());
            self.styles.push(Named {
                style,
                refers_to: tag.get(Attribute::Style).unwrap_or_default(),
                state: State::Raw,
            });
        }
    }

    /// Gives every style what those say that it refers to (chained styling, TTML2 §10.4.1.3).
    /// Files chain thousands of them, or in circles: nothing recurs here.
    pub(super) fn resolve(&mut self, draft: &mut Draft<'_>) {
        let mut open = Vec::new();
        for first in 0..self.styles.len() {
            open.push(first);
            while let Some(&at) = open.last() {
                let Named {
                    style,
                    refers_to,
                    state,
                } = self.styles[at];
                match state {
                    State::Resolved => {
                        open.pop();
                    }
                    State::Waiting => {
                        let below = self.referred(refers_to, draft);
                        self.styles[at].style = style.over(below);
                        self.styles[at].state = State::Resolved;
                        open.pop();
                    }
                    State::Raw => {
                        self.styles[at].state = State::Waiting;
                        for name in refers_to.split_ascii_whitespace() {
                            let next = self.ids.get(name).copied();
                            match next.map(|next| (next, self.styles[next].state)) {
                                Some((next, State::Raw)) => open.push(next),
                                Some((_, State::Waiting)) => {
                                    draft.found(&CYCLE, draft.span_of(name));
                                }
                                Some((_, State::Resolved)) | None => {}
                            }
                        }
                    }
                }
            }
        }
    }

    /// What the styles say together that some names refer to: the last one first.
    pub(super) fn referred(&self, names: &str, draft: &mut Draft<'_>) -> Style {
        let mut all = Style::NONE;
        for name in names.split_ascii_whitespace() {
            match self.ids.get(name) {
                Some(&at) if self.styles[at].state == State::Resolved => {
                    all = self.styles[at].style.over(all);
                }
                Some(_) => {}
                None => draft.found(&REFERENCE, draft.span_of(name)),
            }
        }
        all
    }

    /// What a tag says, and the styles that it refers to.
    pub(super) fn specified(
        &self,
        tag: &Tag<'_>,
        measure: &Measure,
        draft: &mut Draft<'_>,
    ) -> (Style, Others) {
        let (style, others) = Style::of(tag, measure);
        let names = tag.get(Attribute::Style).unwrap_or_default();
        (style.over(self.referred(names, draft)), others)
    }
}

/// The note that styling was dropped.
pub(super) fn note(others: Others, place: Span, draft: &mut Draft<'_>) {
    match others {
        Others::Some => draft.found(&STYLING, place),
        Others::None => {}
    }
}

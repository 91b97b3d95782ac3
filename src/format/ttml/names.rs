//! The tags of a TTML file in, the elements and attributes that are known out: by namespace, not
//! by prefix.
//!
//! One set of names for TTML 1 and 2, IMSC, EBU-TT-D, the drafts of 2006 that are called DFXP,
//! and files that name no namespace at all.

use std::borrow::Cow;

use quick_xml::events::attributes::Attributes;

use crate::model::{Kind, kinds};

kinds! {
    Format;
    pub(super) ATTRIBUTE: Fault, "broken-attribute",
        "expected attributes such as begin=\"00:00:01.000\"",
        "what could not be read of the tag was left out; mend it";
    TWICE: Fault, "attribute-twice",
        "expected each attribute once in a tag",
        "the first was used";
}

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    /// TTML itself; that of attributes without a prefix, too.
    Text,
    Styling,
    Parameter,
    Metadata,
    Xml,
    Other,
}

/// Where TTML has its names: the recommendation, and the drafts that DFXP files name.
const HOMES: [&str; 4] = [
    "http://www.w3.org/ns/ttml",
    "http://www.w3.org/2006/10/ttaf1",
    "http://www.w3.org/2006/04/ttaf1",
    "http://www.w3.org/2006/02/ttaf1",
];

impl Namespace {
    fn of_uri(uri: &str) -> Self {
        let uri = uri.trim();
        let (home, part) = uri.split_once('#').unwrap_or((uri, ""));
        if !HOMES.contains(&home) {
            return match uri {
                "" => Self::Text,
                _ => Self::Other,
            };
        }
        match part {
            "" => Self::Text,
            // `#style` in the drafts.
            "styling" | "style" => Self::Styling,
            "parameter" => Self::Parameter,
            "metadata" => Self::Metadata,
            _ => Self::Other,
        }
    }

    /// Of a prefix that the file does not declare: what everybody means by it.
    fn of_custom(prefix: &str) -> Self {
        match prefix {
            "" | "tt" => Self::Text,
            "tts" => Self::Styling,
            "ttp" => Self::Parameter,
            "ttm" => Self::Metadata,
            "xml" => Self::Xml,
            _ => Self::Other,
        }
    }
}

/// Most declarations that are followed. A file has five.
const MOST_DECLARED: usize = 256;

/// The prefixes that are declared where the reader is.
#[derive(Debug, Default)]
pub(super) struct Scope<'t> {
    declared: Vec<(&'t str, Namespace)>,
}

impl<'t> Scope<'t> {
    /// How many there are, for [`Scope::close_to`].
    pub(super) const fn depth(&self) -> usize {
        self.declared.len()
    }

    /// An element ends that found so many.
    pub(super) fn close_to(&mut self, depth: usize) {
        self.declared.truncate(depth);
    }

    fn declare(&mut self, prefix: &'t str, uri: &str) {
        if self.declared.len() < MOST_DECLARED {
            self.declared.push((prefix, Namespace::of_uri(uri)));
        }
    }

    fn of_prefix(&self, prefix: &str) -> Namespace {
        let mut declared = self.declared.iter().rev();
        let found = declared.find(|(known, _)| *known == prefix);
        found.map_or_else(|| Namespace::of_custom(prefix), |(_, namespace)| *namespace)
    }
}

/// An element that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Tt,
    Head,
    Styling,
    Style,
    Initial,
    Layout,
    Region,
    Metadata,
    Agent,
    Name,
    Body,
    Div,
    P,
    Span,
    Br,
    /// One that is no text: what is in it is not shown.
    Other,
    /// One that TTML does not have.
    Unknown,
}

const ELEMENTS: [(Namespace, &str, Element); 20] = [
    (Namespace::Text, "p", Element::P),
    (Namespace::Text, "span", Element::Span),
    (Namespace::Text, "br", Element::Br),
    (Namespace::Text, "div", Element::Div),
    (Namespace::Text, "body", Element::Body),
    (Namespace::Text, "tt", Element::Tt),
    (Namespace::Text, "head", Element::Head),
    (Namespace::Text, "styling", Element::Styling),
    (Namespace::Text, "style", Element::Style),
    (Namespace::Text, "initial", Element::Initial),
    (Namespace::Text, "layout", Element::Layout),
    (Namespace::Text, "region", Element::Region),
    (Namespace::Text, "metadata", Element::Metadata),
    (Namespace::Text, "set", Element::Other),
    (Namespace::Text, "animate", Element::Other),
    (Namespace::Text, "image", Element::Other),
    (Namespace::Text, "audio", Element::Other),
    (Namespace::Text, "data", Element::Other),
    (Namespace::Metadata, "agent", Element::Agent),
    (Namespace::Metadata, "name", Element::Name),
];

/// An attribute that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Begin,
    End,
    Dur,
    TimeContainer,
    Region,
    Style,
    Agent,
    Id,
    Lang,
    Space,
    FrameRate,
    Multiplier,
    SubFrameRate,
    TickRate,
    TimeBase,
    Cells,
    FontWeight,
    FontStyle,
    Decoration,
    TextAlign,
    DisplayAlign,
    Origin,
    Extent,
    WritingMode,
    Ruby,
    Display,
    Visibility,
    /// Known, and of no matter to the model: nobody misses it.
    Overflow,
}

const ATTRIBUTE_COUNT: usize = 28;

const ATTRIBUTES: [(Namespace, &str, Attribute); ATTRIBUTE_COUNT] = [
    (Namespace::Text, "begin", Attribute::Begin),
    (Namespace::Text, "end", Attribute::End),
    (Namespace::Text, "dur", Attribute::Dur),
    (Namespace::Text, "timeContainer", Attribute::TimeContainer),
    (Namespace::Text, "region", Attribute::Region),
    (Namespace::Text, "style", Attribute::Style),
    (Namespace::Metadata, "agent", Attribute::Agent),
    (Namespace::Xml, "id", Attribute::Id),
    (Namespace::Xml, "lang", Attribute::Lang),
    (Namespace::Xml, "space", Attribute::Space),
    (Namespace::Parameter, "frameRate", Attribute::FrameRate),
    (
        Namespace::Parameter,
        "frameRateMultiplier",
        Attribute::Multiplier,
    ),
    (
        Namespace::Parameter,
        "subFrameRate",
        Attribute::SubFrameRate,
    ),
    (Namespace::Parameter, "tickRate", Attribute::TickRate),
    (Namespace::Parameter, "timeBase", Attribute::TimeBase),
    (Namespace::Parameter, "cellResolution", Attribute::Cells),
    (Namespace::Styling, "fontWeight", Attribute::FontWeight),
    (Namespace::Styling, "fontStyle", Attribute::FontStyle),
    (Namespace::Styling, "textDecoration", Attribute::Decoration),
    (Namespace::Styling, "textAlign", Attribute::TextAlign),
    (Namespace::Styling, "displayAlign", Attribute::DisplayAlign),
    (Namespace::Styling, "origin", Attribute::Origin),
    (Namespace::Styling, "extent", Attribute::Extent),
    (Namespace::Styling, "writingMode", Attribute::WritingMode),
    (Namespace::Styling, "ruby", Attribute::Ruby),
    (Namespace::Styling, "display", Attribute::Display),
    (Namespace::Styling, "visibility", Attribute::Visibility),
    (Namespace::Styling, "overflow", Attribute::Overflow),
];

/// A start tag.
#[derive(Clone, Debug)]
pub(super) struct Tag<'t> {
    /// As it stands, from `<` to `>`.
    pub(super) raw: &'t str,
    /// Its name with its prefix.
    pub(super) name: &'t str,
    pub(super) element: Element,
    /// Whether it has styling that is not known.
    pub(super) has_other_styling: bool,
    values: [Option<&'t str>; ATTRIBUTE_COUNT],
    /// What is wrong with it.
    pub(super) wrong: Option<&'static Kind>,
}

impl<'t> Tag<'t> {
    /// Reads a tag from its `<` to its `>`, and declares what it declares.
    pub(super) fn of(raw: &'t str, scope: &mut Scope<'t>) -> Self {
        let content = raw.strip_prefix('<').unwrap_or(raw);
        let content = content.strip_suffix('>').unwrap_or(content);
        let content = content.strip_suffix('/').unwrap_or(content);
        let name_end = content.find(is_space).unwrap_or(content.len());
        let name = &content[..name_end];
        if content.contains("xmlns") {
            for (key, uri) in attributes(content, name_end).flatten() {
                match key.split_once(':') {
                    Some(("xmlns", prefix)) => scope.declare(prefix, uri),
                    None if key == "xmlns" => scope.declare("", uri),
                    Some(_) | None => {}
                }
            }
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let namespace = scope.of_prefix(prefix);
        let mut known = ELEMENTS.iter();
        let known = known.find(|(of, name, _)| *of == namespace && *name == local);
        let other = match namespace {
            Namespace::Text => Element::Unknown,
            _ => Element::Other,
        };
        let mut tag = Self {
            raw,
            name,
            element: known.map_or(other, |(_, _, element)| *element),
            has_other_styling: false,
            values: [None; ATTRIBUTE_COUNT],
            wrong: None,
        };
        for attribute in attributes(content, name_end) {
            match attribute {
                Some((key, value)) => tag.add(key, value, scope),
                None => tag.wrong = Some(&ATTRIBUTE),
            }
        }
        tag
    }

    fn add(&mut self, key: &str, value: &'t str, scope: &Scope<'t>) {
        let (namespace, local) = match key.split_once(':') {
            Some(("xmlns", _)) => return,
            Some((prefix, local)) => (scope.of_prefix(prefix), local),
            None => (Namespace::Text, key),
        };
        if namespace == Namespace::Other {
            return;
        }
        let mut known = ATTRIBUTES.iter();
        match known.find(|(of, name, _)| *of == namespace && *name == local) {
            Some((_, _, attribute)) => {
                let place = &mut self.values[*attribute as usize];
                if place.is_some() {
                    self.wrong = Some(&TWICE);
                } else {
                    *place = Some(value);
                }
            }
            None => self.has_other_styling |= namespace == Namespace::Styling,
        }
    }

    /// The value of an attribute as it stands in the file, without the blanks at its ends.
    pub(super) fn get(&self, attribute: Attribute) -> Option<&'t str> {
        self.values[attribute as usize].map(|value| value.trim_matches(is_space))
    }

    /// The value of an attribute with its references read; one that is not known stays.
    pub(super) fn text(&self, attribute: Attribute) -> Option<Cow<'t, str>> {
        let value = self.values[attribute as usize]?;
        let read = quick_xml::escape::unescape(value);
        Some(read.unwrap_or(Cow::Borrowed(value)))
    }
}

/// The attributes of a tag; `None` for what is none.
fn attributes(content: &str, name_end: usize) -> impl Iterator<Item = Option<(&str, &str)>> {
    let mut attributes = Attributes::new(content, name_end);
    // That no attribute is there twice is checked among those that are known: among all it
    // takes as long as there are pairs.
    attributes.with_checks(false);
    attributes.map(|attribute| match attribute {
        Ok(attribute) => match attribute.value {
            Cow::Borrowed(value) => Some((attribute.key.into_inner(), value)),
            Cow::Owned(_) => None,
        },
        Err(_) => None,
    })
}

/// White space of XML.
pub(super) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attribute_is_in_its_row() {
        for (at, (_, name, attribute)) in ATTRIBUTES.iter().enumerate() {
            assert_eq!(*attribute as usize, at, "{name}");
        }
    }
}

//! The elements of a TTML file that are open: what may be in what, and what each says to those
//! inside of it.

use crate::format::ttml::names::Element;
use crate::format::ttml::styles::Style;
use crate::format::ttml::text::{Ruby, Space};
use crate::format::ttml::timing::Timed;
use crate::model::{Kind, kinds};

kinds! {
    Format;
    pub(super) OUTSIDE: Fault, "text-outside-p",
        "expected text in a p",
        "it was dropped, as players do; put it in a p";
    pub(super) AFTER: Fault, "text-after-end",
        "expected nothing behind </tt>",
        "it was dropped";
    DROPPED: Note, "element-dropped",
        "expected elements of text",
        "others are not kept, nor what is in them";
    UNKNOWN: Fault, "unknown-element",
        "expected p, span and br for text",
        "the element was left out with its text, as players do; write it as a span";
}

/// What may be in what, of that which is read. `None` is the file.
const INSIDE: [(Option<Element>, &[Element]); 13] = [
    (None, &[Element::Tt]),
    (Some(Element::Tt), &[Element::Head, Element::Body]),
    (
        Some(Element::Head),
        &[
            Element::Styling,
            Element::Layout,
            Element::Metadata,
            Element::Agent,
        ],
    ),
    (Some(Element::Styling), &[Element::Style, Element::Initial]),
    (Some(Element::Layout), &[Element::Region]),
    (Some(Element::Region), &[Element::Style]),
    (
        Some(Element::Metadata),
        &[Element::Metadata, Element::Agent],
    ),
    (Some(Element::Agent), &[Element::Name]),
    (Some(Element::Body), &[Element::Div, Element::P]),
    (Some(Element::Div), &[Element::Div, Element::P]),
    (Some(Element::P), &[Element::Span, Element::Br]),
    (Some(Element::Span), &[Element::Span, Element::Br]),
    // It should be empty: files have `<br>` alone.
    (Some(Element::Br), &[Element::Span, Element::Br]),
];

/// Whether an element is read where it is.
pub(super) fn may_be_in(element: Element, around: Option<Element>) -> bool {
    let mut rows = INSIDE.iter();
    let row = rows.find(|(parent, _)| *parent == around);
    row.is_some_and(|(_, elements)| elements.contains(&element))
}

/// What there is to say of an element that is not read where it is.
pub(super) fn misplaced(element: Element, around: Option<Element>) -> Option<&'static Kind> {
    let Some(around) = around else {
        return Some(&AFTER);
    };
    let is_among_text = matches!(
        around,
        Element::Body | Element::Div | Element::P | Element::Span | Element::Br
    );
    match element {
        // What is in one that is not read was told with it.
        _ if matches!(around, Element::Other | Element::Unknown) => None,
        Element::Metadata => None,
        Element::P | Element::Span | Element::Div | Element::Body => Some(&OUTSIDE),
        Element::Unknown if is_among_text => Some(&UNKNOWN),
        _ if is_among_text => Some(&DROPPED),
        _ => None,
    }
}

/// An element that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level<'t> {
    pub(super) name: &'t str,
    pub(super) element: Element,
    /// Declarations around it.
    pub(super) scope: usize,
    pub(super) timed: Timed,
    pub(super) style: Style,
    pub(super) region: Option<usize>,
    pub(super) language: Option<u8>,
    pub(super) space: Space,
    pub(super) agent: Option<&'t str>,
    pub(super) ruby: Ruby,
}

impl Level<'_> {
    /// What holds outside of all elements.
    pub(super) const OUTERMOST: Self = Self {
        name: "",
        element: Element::Other,
        scope: 0,
        timed: Timed::ALWAYS,
        style: Style::NONE,
        region: None,
        language: None,
        space: Space::Default,
        agent: None,
        ruby: Ruby::None,
    };
}

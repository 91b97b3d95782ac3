//! The head of a TTML file, and what its root says: rates, styles, regions, speakers.

use std::collections::HashMap;

use crate::format::draft::Draft;
use crate::format::ttml::names::{Attribute, Element, Tag};
use crate::format::ttml::place::Measure;
use crate::format::ttml::styles::{REFERENCE, Style, Styles, note};
use crate::format::ttml::text::Shown;
use crate::format::ttml::times::Rates;
use crate::format::ttml::timing::{Held, Timed};

/// What the body of a file refers to.
#[derive(Debug)]
pub(super) struct Head<'t> {
    pub(super) rates: Rates,
    pub(super) measure: Measure,
    pub(super) styles: Styles<'t>,
    /// What holds where nothing else says anything.
    pub(super) initial: Style,
    regions: Vec<Region<'t>>,
    region_ids: HashMap<&'t str, usize>,
    agents: HashMap<&'t str, String>,
    /// The agent whose name is being read.
    agent: Option<&'t str>,
}

/// A part of the picture.
#[derive(Debug)]
pub(super) struct Region<'t> {
    pub(super) style: Style,
    /// When it is there.
    pub(super) shown: Shown,
    /// What `style` elements inside of it say.
    nested: Style,
    refers_to: &'t str,
}

impl<'t> Head<'t> {
    /// That of a file whose root is `tag`.
    pub(super) fn of(tag: &Tag<'t>, draft: &mut Draft<'t>) -> Self {
        Self {
            rates: Rates::of(tag, draft),
            measure: Measure::of(tag),
            styles: Styles::default(),
            initial: Style::NONE,
            regions: Vec::new(),
            region_ids: HashMap::new(),
            agents: HashMap::new(),
            agent: None,
        }
    }

    /// An element of the head begins, inside of `parent`.
    pub(super) fn start(
        &mut self,
        tag: &Tag<'t>,
        parent: Option<Element>,
        draft: &mut Draft<'t>,
        held: &mut Vec<Held>,
    ) {
        match tag.element {
            Element::Style if parent == Some(Element::Region) => {
                let (style, others) = self.styles.specified(tag, &self.measure, draft);
                note(others, draft.span_of(tag.raw), draft);
                if let Some(region) = self.regions.last_mut() {
                    region.nested = style.over(region.nested);
                }
            }
            Element::Style | Element::Initial => {
                let (style, others) = Style::of(tag, &self.measure);
                note(others, draft.span_of(tag.raw), draft);
                match tag.element {
                    Element::Initial => self.initial = style.over(self.initial),
                    _ => self.styles.add(tag, style),
                }
            }
            Element::Region => self.region(tag, draft, held),
            Element::Agent => self.agent = tag.get(Attribute::Id),
            Element::Tt
            | Element::Head
            | Element::Styling
            | Element::Layout
            | Element::Metadata
            | Element::Name
            | Element::Body
            | Element::Div
            | Element::P
            | Element::Span
            | Element::Br
            | Element::Other
            | Element::Unknown => {}
        }
    }

    fn region(&mut self, tag: &Tag<'t>, draft: &mut Draft<'t>, held: &mut Vec<Held>) {
        let (style, others) = Style::of(tag, &self.measure);
        note(others, draft.span_of(tag.raw), draft);
        // One that is never there shows nothing.
        let Some(timed) = Timed::ALWAYS.child(tag, &self.rates, draft, held) else {
            return;
        };
        if let Some(id) = tag.get(Attribute::Id) {
            self.region_ids.entry(id).or_insert(self.regions.len());
        }
        self.regions.push(Region {
            style,
            shown: timed.shown(),
            nested: Style::NONE,
            refers_to: tag.get(Attribute::Style).unwrap_or_default(),
        });
    }

    /// Text of the name of an agent. The first name is taken.
    pub(super) fn name(&mut self, text: &str) {
        if let Some(id) = self.agent {
            self.agents.entry(id).or_default().push_str(text);
        }
    }

    /// The name of an agent is over.
    pub(super) fn end_name(&mut self) {
        if let Some(id) = self.agent
            && self
                .agents
                .get(id)
                .is_some_and(|name| !name.trim().is_empty())
        {
            self.agent = None;
        }
    }

    /// All of the head was read.
    pub(super) fn end(&mut self, draft: &mut Draft<'t>) {
        self.styles.resolve(draft);
        for region in &mut self.regions {
            let referred = self.styles.referred(region.refers_to, draft);
            region.style = region.style.over(region.nested).over(referred);
        }
    }

    /// The index of a region that an element names.
    pub(super) fn region_of(&self, tag: &Tag<'t>, draft: &mut Draft<'t>) -> Option<usize> {
        let id = tag.get(Attribute::Region)?;
        let known = self.region_ids.get(id).copied();
        if known.is_none() {
            draft.found(&REFERENCE, draft.span_of(id));
        }
        known
    }

    /// The region of an index.
    pub(super) fn region_at(&self, index: Option<usize>) -> Option<&Region<'t>> {
        self.regions.get(index?)
    }

    /// The name of an agent.
    pub(super) fn agent_name(&self, id: &str) -> Option<&str> {
        let name = self.agents.get(id)?.trim();
        (!name.is_empty()).then_some(name)
    }
}

//! A start tag in, what the element says to those inside of it out.

use crate::format::ttml::cue::{DOUBLE_READING, VOICE};
use crate::format::ttml::head::Head;
use crate::format::ttml::level::{AFTER, Level, may_be_in, misplaced};
use crate::format::ttml::names::{Attribute, Element, Tag};
use crate::format::ttml::reader::Reader;
use crate::format::ttml::styles::{RubyPart, note};
use crate::format::ttml::text::{Ruby, Space, What};
use crate::format::ttml::timing::Timed;
use crate::model::{LanguageTag, kinds};

kinds! {
    Format;
    LANGUAGE: Repair, "language",
        "expected a language such as zh-Hans",
        "the language was taken as unknown";
}

impl<'t> Reader<'_, 't> {
    /// An element begins; `scope` is how many prefixes were declared before it.
    pub(super) fn open(&mut self, tag: &Tag<'t>, scope: usize) {
        let parent = self.levels.last().copied();
        let around = parent.map(|parent| parent.element);
        let fits = may_be_in(tag.element, around);
        let mut level = Level {
            name: tag.name,
            element: Element::Other,
            scope,
            ..parent.unwrap_or(Level::OUTERMOST)
        };
        if !fits {
            let kind = misplaced(tag.element, around);
            // A file with another root is told as a whole.
            if let Some(kind) = kind.filter(|_| self.head.is_some()) {
                self.found(kind, tag.raw);
            }
        } else if tag.element == Element::Tt && self.head.is_some() {
            self.found(&AFTER, tag.raw);
        } else {
            level.element = tag.element;
            if let Some(kind) = tag.wrong {
                self.found(kind, tag.raw);
            }
            self.attributes(tag, &mut level);
            if !self.known(tag, around, &mut level) {
                level.element = Element::Other;
            }
        }
        self.levels.push(level);
    }

    /// What every element may say to those inside of it.
    fn attributes(&mut self, tag: &Tag<'t>, level: &mut Level<'t>) {
        if let Some(written) = tag.get(Attribute::Lang) {
            level.language = Some(self.language(written));
        }
        match tag.get(Attribute::Space) {
            Some("preserve") => level.space = Space::Preserve,
            Some(_) => level.space = Space::Default,
            None => {}
        }
        if let Some(agent) = tag.get(Attribute::Agent) {
            let mut agents = agent.split_ascii_whitespace();
            level.agent = agents.next().or(level.agent);
            if agents.next().is_some() {
                self.found(&VOICE, agent);
            }
        }
    }

    fn language(&mut self, written: &str) -> u8 {
        let tag = match written {
            "" => LanguageTag::UND,
            written => written.parse().unwrap_or_else(|_| {
                self.found(&LANGUAGE, written);
                LanguageTag::UND
            }),
        };
        if !self.draft.builder.has_room_for(&tag) {
            self.found(&LANGUAGE, written);
            return self.draft.unknown_language();
        }
        self.draft.builder.language(&tag)
    }

    /// An element begins that is where it may be. Whether anything in it is read.
    fn known(&mut self, tag: &Tag<'t>, around: Option<Element>, level: &mut Level<'t>) -> bool {
        match (tag.element, &mut self.head) {
            (Element::Tt, _) => {
                self.head = Some(Head::of(tag, self.draft));
                true
            }
            (_, None) => false,
            (Element::Body | Element::Div | Element::P | Element::Span, Some(_)) => {
                self.content(tag, level)
            }
            (Element::Br, Some(_)) => {
                self.cues
                    .mark(What::Break, level, self.head.as_ref(), self.draft);
                if let Some(parent) = self.levels.last_mut() {
                    parent.timed.has_text();
                }
                true
            }
            (_, Some(head)) => {
                head.start(tag, around, self.draft, &mut self.held);
                self.release();
                true
            }
        }
    }

    fn content(&mut self, tag: &Tag<'t>, level: &mut Level<'t>) -> bool {
        let Some(head) = &mut self.head else {
            return false;
        };
        if tag.element == Element::Body {
            head.end(self.draft);
        }
        let around = self
            .levels
            .last()
            .map_or(Timed::ALWAYS, |around| around.timed);
        let timed = around.child(tag, &head.rates, self.draft, &mut self.held);
        let (style, others) = head.styles.specified(tag, &head.measure, self.draft);
        if tag.element != Element::Span || self.cues.is_first_note(others) {
            note(others, self.draft.span_of(tag.raw), self.draft);
        }
        level.region = head.region_of(tag, self.draft).or(level.region);
        level.style = style.over(level.style.inherited());
        let Some(timed) = timed else {
            self.held.clear();
            return false;
        };
        level.timed = timed;
        if tag.element == Element::Span && timed.is_reversed {
            level.timed.end = around.end;
        }
        if level.style.absent == Some(true) {
            self.held.clear();
            self.cues.is_hidden(self.draft.span_of(tag.raw), self.draft);
            return false;
        }
        match tag.element {
            Element::P => {
                self.cues
                    .begin(tag, level, self.levels.len(), &mut self.held, others);
            }
            Element::Span => {
                let before = level.ruby;
                level.ruby = self.cues.ruby(style.ruby, before);
                if style.ruby == Some(RubyPart::TextContainer)
                    && level.ruby == Ruby::Dropped
                    && before != Ruby::Dropped
                {
                    self.found(&DOUBLE_READING, tag.raw);
                }
                self.cues.hold(&mut self.held);
                self.cues
                    .agent(level.agent, self.draft.span_of(tag.raw), self.draft);
                self.cues
                    .mark(What::Span, level, self.head.as_ref(), self.draft);
            }
            _ => self.release(),
        }
        true
    }

    /// Times of elements around those that make cues stand where they do.
    fn release(&mut self) {
        for held in self.held.drain(..) {
            self.draft.time(held.place);
        }
    }
}

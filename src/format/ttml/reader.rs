//! The pieces of a TTML file in, cues out: which elements are open, and what they say to what is
//! in them.

use std::borrow::Cow;

use quick_xml::events::BytesRef;

use crate::format::draft::{CONTROL, Draft};
use crate::format::ttml::cue::Cues;
use crate::format::ttml::head::Head;
use crate::format::ttml::level::{AFTER, Level, OUTSIDE};
use crate::format::ttml::names::{Element, Scope, Tag, is_space};
use crate::format::ttml::timing::Held;
use crate::format::ttml::xml::{Piece, Pieces};
use crate::model::{Kind, Span, kinds};

/// Deepest nesting of elements that is followed; players stop much earlier.
const DEEPEST: usize = 256;

kinds! {
    Format;
    NOT_TTML: Fault, "not-ttml",
        "expected a root element of tt",
        "nothing was read; is it a TTML file?";
    UNCLOSED: Fault, "unclosed-element",
        "expected an end tag for each start tag",
        "a file that is no XML is read by no player, and was not read here; mend the tags";
    STRAY_END: Fault, "stray-end-tag",
        "expected a start tag before its end tag",
        "a file that is no XML is read by no player, and was not read here; mend the tags";
    CUT_OFF: Fault, "cut-off",
        "expected the end of the file behind </tt>",
        "a part of a file is no XML, and was not read; is the file whole?";
    BROKEN: Fault, "broken-tag",
        "expected a > before the next <",
        "a file that is no XML is read by no player, and was not read here; mend the tag";
    BARE: Fault, "bare-markup",
        "expected &lt; or &amp; in text, found < or &",
        "it was read as text; write &lt; or &amp;";
    ENTITY: Fault, "unknown-entity",
        "expected amp, lt, gt, quot, apos or a character's number behind a &",
        "it was kept as it stands; write the character itself";
    DOCTYPE: Repair, "document-type",
        "expected no document type",
        "it was left out";
    DECLARED: Fault, "declared-entities",
        "expected no declarations of entities",
        "IMSC has none, and a few of them can fill a disk: the file was not read";
    TOO_DEEP: Fault, "too-deep",
        "expected no more than 256 elements in each other",
        "those inside were left out, their text was kept";
}

/// What makes a file none that is read: where it is no XML, as XML 1.0 has it ("once a fatal error
/// is detected, the processor must not continue normal processing"), and where it declares what
/// IMSC forbids. A bare `&` or `<` in text is read as what it plainly is.
const FATAL: [&Kind; 5] = [&UNCLOSED, &STRAY_END, &CUT_OFF, &BROKEN, &DECLARED];

/// A TTML file while it is read.
pub(super) struct Reader<'r, 't> {
    pub(super) draft: &'r mut Draft<'t>,
    pub(super) scope: Scope<'t>,
    pub(super) levels: Vec<Level<'t>>,
    /// Elements that are open beyond the deepest.
    too_deep: usize,
    pub(super) head: Option<Head<'t>>,
    pub(super) held: Vec<Held>,
    pub(super) cues: Cues<'t>,
}

/// Whether a tag is its own end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IsEmpty {
    No,
    Yes,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(draft: &'r mut Draft<'t>) -> Self {
        draft.expect_cues_of(100);
        Self {
            draft,
            scope: Scope::default(),
            levels: Vec::new(),
            too_deep: 0,
            head: None,
            held: Vec::new(),
            cues: Cues::default(),
        }
    }

    pub(super) fn file(mut self) {
        let source = self.draft.source;
        let mut is_whole = true;
        for piece in Pieces::of(source) {
            match piece {
                Piece::Start(raw) => self.start(raw, IsEmpty::No),
                Piece::Empty(raw) => self.start(raw, IsEmpty::Yes),
                Piece::End(raw) => self.end(raw),
                Piece::Text(text) | Piece::Plain(text) => self.text(text, text),
                Piece::Reference(raw) => self.reference(raw),
                Piece::Doctype(raw) => {
                    let is_declaring = raw.contains("<!ENTITY");
                    let kind = if is_declaring { &DECLARED } else { &DOCTYPE };
                    self.found(kind, raw);
                }
                Piece::Bare(raw) => {
                    self.found(&BARE, raw);
                    self.text(raw, raw);
                }
                Piece::Broken(raw) => self.broken(raw),
                Piece::Rest(raw) => {
                    self.found(&CUT_OFF, raw);
                    is_whole = false;
                }
            }
            if self.head.is_none() && !self.levels.is_empty() {
                break;
            }
        }
        if self.head.is_some() && is_whole && !self.levels.is_empty() {
            let end = source.trim_end().len();
            self.draft.found(&CUT_OFF, Span::new(end, end));
        }
        self.close_to(0);
        if self.head.is_none() {
            self.draft.found(&NOT_TTML, Span::default());
        }
        let mut found = self.draft.diagnostics.iter();
        if found.any(|found| FATAL.contains(&found.kind)) {
            self.draft.drop_all();
        }
    }

    /// Something is wrong with a part of the file.
    pub(super) fn found(&mut self, kind: &'static Kind, part: &str) {
        let place = self.draft.span_of(part);
        self.draft.found(kind, place);
    }

    /// A tag that another begins in. What only looks like the start of one is text.
    fn broken(&mut self, raw: &'t str) {
        let scope = self.scope.depth();
        let element = Tag::of(raw, &mut self.scope).element;
        self.scope.close_to(scope);
        if raw.starts_with("</") {
            self.found(&BROKEN, raw);
            self.end(raw);
        } else if matches!(element, Element::Other | Element::Unknown) && !raw.ends_with('>') {
            self.found(&BARE, raw);
            self.text(raw, raw);
        } else {
            self.found(&BROKEN, raw);
            self.start(raw, IsEmpty::No);
        }
    }

    fn start(&mut self, raw: &'t str, is_empty: IsEmpty) {
        let scope = self.scope.depth();
        let tag = Tag::of(raw, &mut self.scope);
        // One that is in itself was not ended.
        if tag.element == Element::P
            && let Some(open) = self.cues.open_level()
        {
            self.found(&UNCLOSED, raw);
            self.close_to(open);
        }
        if self.levels.len() >= DEEPEST {
            if self.too_deep == 0 {
                self.found(&TOO_DEEP, raw);
            }
            self.too_deep += 1;
        } else {
            self.open(&tag, scope);
        }
        match (is_empty, self.too_deep) {
            (IsEmpty::No, _) => {}
            (IsEmpty::Yes, 0) => self.close_to(self.levels.len() - 1),
            (IsEmpty::Yes, _) => self.too_deep -= 1,
        }
    }

    fn end(&mut self, raw: &'t str) {
        let name = raw.strip_prefix("</").unwrap_or(raw);
        let name = name
            .strip_suffix('>')
            .unwrap_or(name)
            .trim_end_matches(is_space);
        let is_paragraph = |level: usize| self.levels[level].name == name;
        if self.too_deep > 0 && !self.cues.open_level().is_some_and(is_paragraph) {
            self.too_deep -= 1;
            return;
        }
        match self.levels.iter().rposition(|level| level.name == name) {
            None => self.found(&STRAY_END, raw),
            Some(at) => {
                if at + 1 < self.levels.len() {
                    self.found(&UNCLOSED, raw);
                }
                self.close_to(at);
            }
        }
    }

    /// Ends the elements that are open, but so many.
    fn close_to(&mut self, count: usize) {
        self.too_deep = 0;
        while self.levels.len() > count
            && let Some(level) = self.levels.pop()
        {
            self.scope.close_to(level.scope);
            match level.element {
                Element::P => {
                    if let Some(head) = &self.head {
                        self.cues.end(&level, head, self.draft);
                    }
                }
                Element::Name => {
                    if let Some(head) = &mut self.head {
                        head.end_name();
                    }
                }
                _ => {}
            }
            let is_timed = matches!(
                level.element,
                Element::Body | Element::Div | Element::P | Element::Span
            );
            if let Some(parent) = self.levels.last_mut()
                && is_timed
            {
                parent.timed.ended(&level.timed);
            }
        }
    }

    fn reference(&mut self, raw: &'t str) {
        let name = raw.trim_start_matches('&').trim_end_matches(';');
        let shown = match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => match character(name) {
                Some(c) => return self.text(c.encode_utf8(&mut [0; 4]), raw),
                None if name.contains(is_space) => {
                    self.found(&BARE, raw);
                    raw
                }
                None => {
                    self.found(&ENTITY, raw);
                    raw
                }
            },
        };
        self.text(shown, raw);
    }

    /// Text; `raw` is where it stands.
    fn text(&mut self, text: &str, raw: &str) {
        let Some(level) = self.levels.last_mut() else {
            if self.head.is_some() && !text.chars().all(is_space) {
                self.found(&AFTER, raw);
            }
            return;
        };
        match level.element {
            Element::P | Element::Span | Element::Br => {
                level.timed.has_text();
                let level = *level;
                let plain = without_controls(text);
                if let Cow::Owned(_) = plain {
                    self.found(&CONTROL, raw);
                }
                let place = self.draft.span_of(raw);
                self.cues
                    .text(&plain, place, &level, self.head.as_ref(), self.draft);
            }
            Element::Name => {
                if let Some(head) = &mut self.head {
                    head.name(&without_controls(text));
                }
            }
            Element::Body | Element::Div if !text.chars().all(is_space) => {
                self.found(&OUTSIDE, raw);
            }
            _ => {}
        }
    }
}

/// The character of a numeric reference, without its `&` and `;`.
fn character(name: &str) -> Option<char> {
    BytesRef::new(name).resolve_char_ref().ok().flatten()
}

/// What is shown of a text. Line ends are blanks of it, or line ends.
fn without_controls(text: &str) -> Cow<'_, str> {
    let is_dropped = |c: char| c.is_control() && !is_space(c);
    if !text.contains(is_dropped) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_dropped(*c)).collect())
}

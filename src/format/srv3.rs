//! YouTube srv3, also called YTT, and srv2: the captions of a video on YouTube in XML in, a track
//! out. They are only read, as their elder srv1 is.
//!
//! ```xml
//! <timedtext format="3"><head><pen id="1" b="1"/></head>
//! <body><p t="120" d="3559"><s>…</s><s t="240" p="1">…</s></p></body></timedtext>
//! ```
//!
//! srv2 has `<text t="120" d="3559">` right inside `<timedtext>`. What the
//! attributes mean, and how captions roll up, is in `timedtext.rs`. Entities that a file declares
//! are never expanded.

use quick_xml::Reader as Xml;
use quick_xml::events::{BytesRef, BytesStart, Event as XmlEvent};

use crate::format::decimal::Unit;
use crate::format::draft::{Draft, NOTHING};
use crate::format::json_value::start_of;
use crate::format::out::Out;
use crate::format::srv1::push_html;
use crate::format::timedtext::{
    Captions, Event, Look, Timing, WindowWriting, position, whole_number,
};
use crate::format::timedtext_text::{Pen, RubyPart, Styling};
use crate::model::{Span, Timestamp, kinds};

kinds! {
    Format;
    BAD_XML: Fault, "bad-xml",
        "expected XML with its tags closed in order",
        "what stands before was read";
    CUT_OFF: Fault, "cut-off",
        "expected the end of the last element, found that of the file",
        "what stands before was read";
    ENTITY: Fault, "unknown-entity",
        "expected &amp; &lt; &gt; &quot; &apos; or the number of a character",
        "it was kept as it is written";
    AMPERSAND: Repair, "ampersand",
        "expected &amp; for &",
        "it was read as text";
    STRAY: Fault, "text-without-times",
        "expected text inside of a caption",
        "the text was dropped; give it its times";
}

/// Whether a text is plainly of srv3 or srv2.
pub(super) fn looks_like(text: &str) -> bool {
    root(text) == Some("timedtext")
}

/// The name of the first element, if the start of the text has it.
pub(super) fn root(text: &str) -> Option<&str> {
    let mut rest = start_of(text.trim_start_matches('\u{feff}'));
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if let Some(declared) = rest.strip_prefix("<!") {
            let has_list = declared
                .split('>')
                .next()
                .is_some_and(|start| start.contains('['));
            if has_list { "]>" } else { ">" }
        } else {
            let name = rest.strip_prefix('<')?;
            let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
            return name.get(..end);
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
}

/// Prints a time of srv3 or srv2 in place of another.
pub(super) fn print_time(_: &str, at: Timestamp, out: &mut Out<'_>) {
    out.number(at.millis(), 1);
}

/// Reads a text of srv3 or srv2.
pub(super) fn read(draft: &mut Draft<'_>) {
    read_form(draft, &NEWER);
}

/// What a form calls things.
pub(super) struct Form {
    pub(super) start: &'static str,
    pub(super) length: &'static str,
    pub(super) unit: Unit,
    pub(super) text: Escaped,
}

/// How often the text is escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escaped {
    Once,
    /// It is HTML.
    Twice,
}

const NEWER: Form = Form {
    start: "t",
    length: "d",
    unit: Unit::MILLISECOND,
    text: Escaped::Once,
};

/// Reads a text of one of the forms.
pub(super) fn read_form(draft: &mut Draft<'_>, form: &'static Form) {
    draft.expect_cues_of(100);
    // The parser passes over a byte order mark, and counts from behind it.
    let source = draft.source;
    let text = source.trim_start_matches('\u{feff}');
    let mut xml = Xml::from_str(text);
    xml.config_mut().allow_dangling_amp = true;
    let mut reader = Reader {
        form,
        captions: Captions::new(draft),
        current: None,
        run: Pen::default(),
        pen: Pen::default(),
        html: String::new(),
        depth: 0,
    };
    let wrong = reader.file(&mut xml);
    // Of a caption that was cut off the words that are there are kept.
    reader.end_caption();
    reader.captions.finish();
    if let Some(error) = wrong {
        let at = usize::try_from(xml.error_position()).unwrap_or_default();
        let at = source.floor_char_boundary(source.len() - text.len() + at);
        let found = BAD_XML.found(Span::new(at, at), error.to_string());
        draft.diagnostics.push(found);
    } else if draft.cue_count() == 0 {
        draft.found(&NOTHING, Span::default());
    }
}

struct Reader<'r, 't> {
    form: &'static Form,
    captions: Captions<'r, 't>,
    /// The caption that is being read.
    current: Option<(Event, Timing<'t>)>,
    /// That of the piece that is being read.
    run: Pen,
    /// That of the text that comes next.
    pen: Pen,
    /// Text that is escaped once more, as far as it was read.
    html: String,
    depth: usize,
}

/// What an element says. Those of the head mean other things by the same names.
#[derive(Default)]
struct Said<'t> {
    id: Option<u32>,
    window: Option<u32>,
    look: Look,
    start: Option<&'t str>,
    length: Option<&'t str>,
    is_appended: bool,
    is_recognised: bool,
}

impl<'t> Reader<'_, 't> {
    fn file(&mut self, xml: &mut Xml<&'t [u8]>) -> Option<quick_xml::Error> {
        loop {
            let event = match xml.read_event() {
                Ok(event) => event,
                Err(error) => return Some(error),
            };
            match event {
                XmlEvent::Start(element) => {
                    self.depth += 1;
                    self.start(&element);
                }
                XmlEvent::Empty(element) => {
                    self.start(&element);
                    self.end(element.name().as_ref());
                }
                XmlEvent::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.end(element.name().as_ref());
                }
                XmlEvent::Text(text) => {
                    if text.contains('&') {
                        let place = self.captions.draft.span_of(&text);
                        self.captions.draft.found(&AMPERSAND, place);
                    }
                    self.text(&text, Some(&text));
                }
                XmlEvent::CData(text) => self.text(&text, Some(&text)),
                XmlEvent::GeneralRef(reference) => self.reference(&reference),
                XmlEvent::Eof => break,
                XmlEvent::Comment(_)
                | XmlEvent::Decl(_)
                | XmlEvent::PI(_)
                | XmlEvent::DocType(_) => {}
            }
        }
        if self.depth > 0 {
            let end = self.captions.draft.source.len();
            self.captions.draft.found(&CUT_OFF, Span::new(end, end));
        }
        None
    }

    /// Text; `part` is where it stands, if it does.
    fn text(&mut self, text: &str, part: Option<&str>) {
        if self.current.is_none() {
            if !text.trim().is_empty() {
                let place = part.map(|part| self.captions.draft.span_of(part.trim()));
                self.captions.draft.found(&STRAY, place.unwrap_or_default());
            }
            return;
        }
        match self.form.text {
            Escaped::Once => self.captions.text.push(text, self.pen),
            Escaped::Twice => self.html.push_str(text),
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        let name: &str = reference;
        let named = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        if let Some(character) = named {
            let mut bytes = [0; 4];
            return self.text(character.encode_utf8(&mut bytes), Some(name));
        }
        let place = self.captions.draft.span_of(name);
        let place = Span::new(place.start().saturating_sub(1), place.end() + 1);
        self.captions.draft.found(&ENTITY, place);
        let written = place.of(self.captions.draft.source);
        self.text(written, Some(written));
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        match (element.name().as_ref(), &self.current) {
            ("pen", None) => self.pen_form(element),
            ("ws", None) => self.style_form(element),
            ("wp", None) => self.position_form(element),
            ("w" | "window", None) => {
                let said = self.said(element);
                self.captions.places(&self.timing(&said));
                if let Some(id) = said.id {
                    self.captions.head.windows.insert(id, said.look);
                }
            }
            ("p" | "text", None) => self.caption(element),
            ("s", Some((event, timing))) => {
                let (look, start) = (event.look, Captions::start_of(timing));
                self.run(element, look, start);
            }
            ("br", Some(_)) => self.text("\n", None),
            (_, Some(_)) => self.pen.styling = Styling::Styled,
            (_, None) => {}
        }
    }

    fn end(&mut self, name: &str) {
        match (name, &self.current) {
            ("p" | "text", Some(_)) => self.end_caption(),
            ("s", Some((event, _))) => self.run = self.captions.head.pen(event.look.pen),
            (_, Some(_) | None) => {}
        }
        self.pen = self.run;
    }

    /// Hands out the attributes of an element.
    fn attributes(&self, element: &BytesStart<'_>, mut each: impl FnMut(&str, &'t str)) {
        let draft = &*self.captions.draft;
        for attribute in element.html_attributes().with_checks(false).flatten() {
            let value = draft.span_of(&attribute.value).of(draft.source);
            each(attribute.key.as_ref(), value.trim());
        }
    }

    fn said(&self, element: &BytesStart<'_>) -> Said<'t> {
        let mut said = Said::default();
        self.attributes(element, |key, value| match key {
            key if key == self.form.start => said.start = Some(value),
            key if key == self.form.length => said.length = Some(value),
            "id" => said.id = whole_number(value),
            "w" => said.window = whole_number(value),
            "p" => said.look.pen = whole_number(value),
            "wp" => said.look.position = whole_number(value),
            "ws" => said.look.style = whole_number(value),
            "a" | "append" => said.is_appended = is_on(value),
            "ac" => said.is_recognised = true,
            _ => {}
        });
        said
    }

    const fn timing(&self, said: &Said<'t>) -> Timing<'t> {
        Timing {
            start: said.start,
            length: said.length,
            unit: self.form.unit,
        }
    }

    fn caption(&mut self, element: &BytesStart<'_>) {
        let said = self.said(element);
        let timing = self.timing(&said);
        self.captions.places(&timing);
        let look = self.captions.head.look(said.look, said.window);
        self.run = self.captions.head.pen(look.pen);
        self.pen = self.run;
        let event = Event {
            place: self.captions.draft.span_of(element),
            window: said.window,
            look,
            is_recognised: said.is_recognised,
            is_appended: said.is_appended,
        };
        self.current = Some((event, timing));
    }

    /// A piece of a caption, which may have a pen and a time of its own.
    fn run(&mut self, element: &BytesStart<'_>, look: Look, start: Timestamp) {
        let said = self.said(element);
        self.run = self.captions.head.pen(said.look.pen.or(look.pen));
        self.pen = self.run;
        if let Some(offset) = said.start {
            self.captions.word_at(offset, start);
        }
        if let Some((event, _)) = &mut self.current {
            event.is_recognised |= said.is_recognised;
        }
    }

    fn end_caption(&mut self) {
        let Some((event, timing)) = self.current.take() else {
            return;
        };
        if self.form.text == Escaped::Twice {
            push_html(&self.html, &mut self.captions.text);
            self.html.clear();
        }
        self.captions.event(event, &timing);
    }

    fn pen_form(&mut self, element: &BytesStart<'_>) {
        let (mut id, mut pen) = (None, Pen::default());
        self.attributes(element, |key, value| match key {
            "id" => id = whole_number(value),
            "b" => pen.emphasis[0] = is_on(value),
            "i" => pen.emphasis[1] = is_on(value),
            "u" => pen.emphasis[2] = is_on(value),
            "rb" => pen.ruby = RubyPart::of_number(whole_number(value).unwrap_or_default()),
            _ => pen.styling = Styling::Styled,
        });
        if let Some(id) = id {
            self.captions.head.pens.insert(id, pen);
        }
    }

    fn style_form(&mut self, element: &BytesStart<'_>) {
        let (mut id, mut writing) = (None, WindowWriting::default());
        self.attributes(element, |key, value| match key {
            "id" => id = whole_number(value),
            "mh" => writing.mode = whole_number(value),
            "ju" => writing.justified = whole_number(value),
            "pd" => writing.direction = whole_number(value),
            _ => {}
        });
        if let Some(id) = id {
            self.captions.head.styles.insert(id, writing.style());
        }
    }

    fn position_form(&mut self, element: &BytesStart<'_>) {
        let (mut id, mut corner, mut across, mut down) = (None, None, None, None);
        self.attributes(element, |key, value| match key {
            "id" => id = whole_number(value),
            "ap" => corner = whole_number(value),
            "ah" => across = whole_number(value),
            "av" => down = whole_number(value),
            _ => {}
        });
        if let Some(id) = id.filter(|_| corner.or(across).or(down).is_some()) {
            let position = position(corner, across, down);
            self.captions.head.positions.insert(id, position);
        }
    }
}

fn is_on(value: &str) -> bool {
    value == "true" || whole_number(value).is_some_and(|number| number > 0)
}

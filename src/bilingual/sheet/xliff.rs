//! XLIFF in, a sheet out: 2.0 as it is written here, and 1.2 as other tools write it.
//!
//! What is no XML is no sheet: a part of a file is not applied as if it were all of it.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::bilingual::sheet::texts::cleaned;
use crate::bilingual::sheet::xliff_write::{ALIKE, CONTEXT, LIKE, LIMIT, TIMES, TO};
use crate::bilingual::sheet::{Entry, Sheet, SheetError, SheetReading, State, kinds};
use crate::model::{Diagnostic, LanguageTag, Span, Timestamp};
use crate::text::class::is_spaced;

/// A unit that holds the header of a PO file, as translate-toolkit makes it.
const PO_HEADER: &str = "x-gettext-domain-header";

/// Elements with suggestions and earlier states, which have sources and targets too.
const BESIDE: [&str; 3] = ["alt-trans", "matches", "changeTrack"];

const WAY_OUT: &str = "zimu sheet FILE -o talk.xlf makes a sheet";

pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<') && start.contains("<xliff")
}

pub(super) fn read(text: &str) -> Result<SheetReading, SheetError> {
    let from = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(&text[from..]);
    let place = |at: u64| {
        from + usize::try_from(at)
            .unwrap_or(text.len())
            .min(text.len() - from)
    };
    let mut units = Units {
        sheet: Sheet::new(LanguageTag::UND, LanguageTag::UND),
        diagnostics: Vec::new(),
        unit: Unit::default(),
        into: None,
        beside: 0,
        is_xliff: false,
    };
    let mut depth = 0_usize;
    loop {
        let start = place(reader.buffer_position());
        let event = reader.read_event();
        let here = Span::new(start, place(reader.buffer_position()));
        let not_xml = |found: String| SheetError {
            message: format!("expected XML, found {found}"),
            place: here,
            way_out: WAY_OUT,
        };
        match event {
            Ok(Event::Start(tag)) => {
                units.open(&tag, here);
                depth += 1;
            }
            Ok(Event::Empty(tag)) => {
                units.open(&tag, here);
                units.close(tag.local_name().as_ref().as_ref());
            }
            Ok(Event::End(tag)) => {
                units.close(tag.local_name().as_ref().as_ref());
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Text(_)) => units.text(here.of(text)),
            Ok(Event::CData(data)) => units.text(&data.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let name: &str = &reference;
                let character = reference.resolve_char_ref().ok().flatten();
                match (character, resolve_predefined_entity(name)) {
                    (Some(c), _) => units.text(c.encode_utf8(&mut [0; 4])),
                    (None, Some(known)) => units.text(known),
                    (None, None) => return Err(not_xml(format!("an entity that is none: {name}"))),
                }
            }
            Ok(Event::Eof) if depth > 0 => {
                return Err(not_xml(
                    "the end of the file inside of an element".to_owned(),
                ));
            }
            Ok(Event::Eof) => break,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => return Err(not_xml(error.to_string())),
        }
    }
    if !units.is_xliff {
        return Err(SheetError {
            message: "expected a root element of xliff, found none".to_owned(),
            place: Span::new(0, text.find(['\r', '\n']).unwrap_or(text.len())),
            way_out: WAY_OUT,
        });
    }
    Ok(SheetReading {
        sheet: units.sheet,
        diagnostics: units.diagnostics,
    })
}

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Into {
    Source,
    Target,
    Note,
}

/// A unit while it is read; its segments are one row.
#[derive(Debug, Default)]
struct Unit {
    id: String,
    source: String,
    target: String,
    context: String,
    like: String,
    note: String,
    category: String,
    times: Option<(Timestamp, Timestamp)>,
    limit: Option<u32>,
    permille: Option<u16>,
    is_unconfirmed: bool,
    is_header: bool,
    place: Span,
}

struct Units {
    sheet: Sheet,
    diagnostics: Vec<Diagnostic>,
    unit: Unit,
    into: Option<Into>,
    /// How many elements are open that have texts of other units.
    beside: usize,
    is_xliff: bool,
}

/// The value of an attribute, by its name without a prefix.
fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    let mut all = tag.attributes().filter_map(Result::ok);
    let found = all.find(|one| {
        let local: &str = one.key.local_name().into_inner();
        local == name
    })?;
    let raw: Cow<'t, str> = found.value;
    match quick_xml::escape::unescape(&raw) {
        Ok(read) => Some(Cow::Owned(read.into_owned())),
        Err(_) => Some(raw),
    }
}

impl Units {
    fn open(&mut self, tag: &BytesStart<'_>, here: Span) {
        let language = |name| attribute(tag, name).and_then(|value| value.parse().ok());
        let local = tag.local_name();
        let name: &str = local.as_ref();
        self.beside += usize::from(BESIDE.contains(&name));
        if self.beside > 0 {
            return;
        }
        match name {
            "xliff" | "file" => {
                self.is_xliff |= name == "xliff";
                let source = language("srcLang").or_else(|| language("source-language"));
                let target = language("trgLang").or_else(|| language("target-language"));
                if let Some(tag) = source {
                    self.sheet.source_language = tag;
                }
                if let Some(tag) = target {
                    self.sheet.target_language = tag;
                }
            }
            "unit" | "trans-unit" => {
                let kind = attribute(tag, "restype");
                let named = attribute(tag, "name").or_else(|| attribute(tag, "resname"));
                let id = named.or_else(|| attribute(tag, "id")).unwrap_or_default();
                self.unit = Unit {
                    id: id.into_owned(),
                    place: here,
                    is_header: kind.as_deref() == Some(PO_HEADER),
                    ..Unit::default()
                };
            }
            "segment" => self.state(attribute(tag, "state").as_deref()),
            "source" if self.unit.source.is_empty() => {
                self.into = Some(Into::Source);
                self.unit.place = here;
            }
            "source" => self.into = Some(Into::Source),
            "target" => {
                self.state(attribute(tag, "state").as_deref());
                // What stands between two segments is not in all files.
                let last = self.unit.target.chars().next_back();
                if is_spaced(last) && last != Some(' ') {
                    self.unit.target.push(' ');
                }
                self.into = Some(Into::Target);
            }
            "note" => {
                let category = attribute(tag, "category").or_else(|| attribute(tag, "from"));
                self.unit.category = category.unwrap_or_default().into_owned();
                self.unit.note.clear();
                self.into = Some(Into::Note);
            }
            _ => {}
        }
    }

    /// 2.0: `initial` is not confirmed. 1.2: nor is what is `new` or needs something.
    fn state(&mut self, state: Option<&str>) {
        let is_unconfirmed =
            |state: &str| matches!(state, "initial" | "new") || state.starts_with("needs-");
        self.unit.is_unconfirmed |= state.is_some_and(is_unconfirmed);
    }

    fn close(&mut self, name: &str) {
        if self.beside > 0 {
            self.beside -= usize::from(BESIDE.contains(&name));
            return;
        }
        match name {
            "source" | "target" => self.into = None,
            "note" => {
                self.into = None;
                self.note();
            }
            "unit" | "trans-unit" => self.end(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(into) = self.into else { return };
        let unit = &mut self.unit;
        let buffer = match into {
            Into::Source => &mut unit.source,
            Into::Target => &mut unit.target,
            Into::Note => &mut unit.note,
        };
        buffer.push_str(text);
    }

    fn note(&mut self) {
        let unit = &mut self.unit;
        let said = unit.note.trim();
        match &*unit.category {
            TIMES => {
                unit.times = said
                    .split_once(TO)
                    .and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
            }
            LIMIT => unit.limit = said.parse().ok(),
            ALIKE => {
                let percent = said
                    .strip_suffix('%')
                    .and_then(|percent| percent.parse().ok());
                unit.permille = percent
                    .filter(|percent: &u16| *percent <= 100)
                    .map(|percent| percent * 10);
            }
            LIKE => said.clone_into(&mut unit.like),
            CONTEXT | "" => {
                let end = if unit.context.is_empty() { "" } else { "\n" };
                unit.context += end;
                unit.context += said;
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let unit = std::mem::take(&mut self.unit);
        let (source, target) = (unit.source.trim(), unit.target.trim());
        if unit.is_header || source.is_empty() && target.is_empty() {
            return;
        }
        let state = if unit.is_unconfirmed {
            State::Fuzzy {
                permille: unit.permille,
            }
        } else {
            State::Done
        };
        // References to characters may name any.
        let (target, is_dropped) = cleaned(target);
        if is_dropped {
            self.diagnostics.push(kinds::CONTROL.at(unit.place));
        }
        self.sheet.push(Entry {
            id: &unit.id,
            times: unit.times,
            source,
            target: &target,
            context: &unit.context,
            like: &unit.like,
            limit: unit.limit,
            state,
            place: unit.place,
        });
    }
}

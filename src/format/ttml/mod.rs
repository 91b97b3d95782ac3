//! TTML: text in, a track out, and back.
//!
//! One reader for TTML 1 and 2, the profiles of IMSC, EBU-TT-D and DFXP: what a player would show
//! is what is read. A file that is no XML is refused as a whole, as players do, with all that is
//! wrong with it; a `&` or `<` that stands for itself is read. No entity is ever expanded, so that
//! no file grows while it is read. What is written is IMSC 1.1 Text (`write.rs`).

mod cue;
mod elements;
mod head;
mod ids;
mod level;
mod names;
mod place;
mod reader;
mod regions;
mod shown;
mod styles;
mod text;
mod times;
mod timing;
mod write;
mod xml;

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

use crate::format::draft::Draft;
use crate::format::ttml::names::{Element, Scope, Tag};
use crate::format::ttml::reader::Reader;

pub(super) use times::print_time;
pub(super) use write::write;

/// How far the root of a file is looked for.
const LOOK_BYTES: usize = 8192;

/// Whether a text is plainly of this format: its root is `tt`.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}');
    let start = &start[..start.floor_char_boundary(LOOK_BYTES)];
    let mut reader = XmlReader::from_str(start);
    loop {
        let from = reader.buffer_position();
        let event = reader.read_event();
        let to = reader.buffer_position();
        return match event {
            Ok(Event::Start(_) | Event::Empty(_)) => {
                let raw = usize::try_from(from).ok().zip(usize::try_from(to).ok());
                let raw = raw.and_then(|(from, to)| start.get(from..to));
                let tag = raw.map(|raw| Tag::of(raw, &mut Scope::default()));
                tag.is_some_and(|tag| tag.element == Element::Tt)
            }
            Ok(Event::Text(text)) if text.trim().is_empty() => continue,
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => continue,
            Ok(_) | Err(_) => false,
        };
    }
}

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    Reader::new(draft).file();
}

//! Names of cues in, `xml:id`s out, and back: every name has one, and reads back as it was.
//!
//! An `xml:id` is a name of XML without a colon: it starts with a letter, has no blank, and there
//! is no other like it in the file. Numbers are written with a `c` before them: `c12.1`. What XML
//! does not take is written as ISO/IEC 9075-14 (SQL/XML) has it, `_x0020_` for a blank; what
//! stands behind `_x_` only makes the id another one, and is no part of the name.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::format::out::Out;
use crate::model::CueName;

/// What begins the id of a number.
const NUMBER: &str = "c";

/// What begins the id of a speaker; cues have none such.
pub(super) const SPEAKER: &str = "speaker";

/// Ids of regions; cues have none such.
pub(super) const REGIONS: [&str; 3] = ["top", "middle", "bottom"];

/// Ids of the regions of two languages; cues have none such either.
pub(super) const LANGUAGE_REGIONS: [&str; 2] = ["upper", "lower"];

/// Ids that were printed, and how often.
#[derive(Debug, Default)]
pub(super) struct Ids<'t> {
    printed: HashMap<Result<(u32, u32), &'t str>, u32>,
}

impl<'t> Ids<'t> {
    /// Prints the id of a cue.
    pub(super) fn print(&mut self, name: CueName<'t>, out: &mut Out<'_>) {
        let key = match name {
            CueName::Numbered(number, part) => {
                out.push_str(NUMBER);
                Ok((number, part))
            }
            CueName::Named(name) => Err(name),
        };
        match name {
            CueName::Numbered(..) => out.display(name),
            CueName::Named(name) => print_name(name, out),
        }
        let times = self.printed.entry(key).or_default();
        *times += 1;
        if *times > 1 {
            out.push_str("_x_");
            out.number(*times, 1);
        }
    }
}

fn print_name(name: &str, out: &mut Out<'_>) {
    if name.is_empty() {
        out.push_str("_x_");
    }
    let mut is_taken = is_taken(name);
    for (at, c) in name.char_indices() {
        let fits = match at {
            0 => is_start(c) && !is_taken,
            _ => is_part(c),
        };
        is_taken = false;
        if fits && !(c == '_' && name[at + 1..].starts_with('x')) {
            out.push(c);
        } else {
            out.display(format_args!("_x{:04X}_", u32::from(c)));
        }
    }
}

/// Whether an id means something else than the name that it is.
fn is_taken(name: &str) -> bool {
    let is_number = |digits: &str| digits.starts_with(|c: char| c.is_ascii_digit());
    REGIONS.contains(&name)
        || LANGUAGE_REGIONS.contains(&name)
        || name.strip_prefix(SPEAKER).is_some_and(is_number)
        || name.strip_prefix(NUMBER).is_some_and(is_number)
}

/// What an `xml:id` says that a cue is called.
pub(super) fn name_of(id: &str) -> Cow<'_, str> {
    let name = decoded(id);
    if let Cow::Borrowed(plain) = name
        && let Some(number) = plain.strip_prefix(NUMBER)
        && is_plain(number)
    {
        return Cow::Borrowed(number);
    }
    name
}

/// Whether the builder takes it for a number: `12`, `12.1`, and no other way to write them.
fn is_plain(name: &str) -> bool {
    let plain = |digits: &str| {
        let number = digits.parse::<u32>();
        number.is_ok_and(|number| number.to_string() == digits)
    };
    match name.split_once('.') {
        Some((number, part)) => plain(number) && plain(part) && part != "0",
        None => plain(name),
    }
}

/// The name behind an id; borrowed where nothing of it is written in another way.
fn decoded(id: &str) -> Cow<'_, str> {
    let mut read = String::new();
    let mut rest = id;
    let mut from = 0;
    while let Some(at) = rest[from..].find("_x").map(|at| at + from) {
        let behind = &rest[at + 2..];
        let digits = behind.bytes().take(7).take_while(u8::is_ascii_hexdigit);
        let (hex, closing) = behind.split_at(digits.count());
        let Some(closing) = closing.strip_prefix('_') else {
            from = at + 2;
            continue;
        };
        if hex.is_empty() {
            rest = &rest[..at];
            break;
        }
        match u32::from_str_radix(hex, 16).ok().and_then(char::from_u32) {
            Some(c) => {
                read.push_str(&rest[..at]);
                read.push(c);
                rest = closing;
                from = 0;
            }
            None => from = at + 2,
        }
    }
    if read.is_empty() {
        return Cow::Borrowed(rest);
    }
    read.push_str(rest);
    Cow::Owned(read)
}

/// `NameStartChar` of XML 1.0, fifth edition, without the colon.
pub(super) const fn is_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// `NameChar`, without the colon.
const fn is_part(c: char) -> bool {
    is_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}'
            | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CueTimes, Timestamp, TrackBuilder};

    #[test]
    fn names_read_back_and_are_names_of_xml() {
        for (name, id) in [
            ("12", "c12"),
            ("12.1", "c12.1"),
            ("007", "_x0030_07"),
            ("序", "序"),
            ("a b", "a_x0020_b"),
            ("00:00:01", "_x0030_0_x003A_00_x003A_01"),
            ("c12", "_x0063_12"),
            ("c007", "_x0063_007"),
            ("cue", "cue"),
            ("top", "_x0074_op"),
            ("lower", "_x006C_ower"),
            ("speaker1", "_x0073_peaker1"),
            ("speakers", "speakers"),
            ("a_x0020_b", "a_x005F_x0020_b"),
            ("_x_", "_x005F_x_"),
            ("a_x__x_", "a_x005F_x__x005F_x_"),
            ("1.0", "_x0031_.0"),
            ("", "_x_"),
        ] {
            let mut builder = TrackBuilder::new();
            let cue_id = builder.id(name);
            builder.cue(cue_id, CueTimes::open(Timestamp::ZERO));
            let track = builder.finish();
            let mut bytes = Vec::new();
            let mut out = Out::new(&mut bytes);
            let mut ids = Ids::default();
            for _ in 0..2 {
                ids.print(track.name(&track.cues()[0]), &mut out);
                out.push(' ');
            }
            out.flush().expect("a vector takes all");
            let printed = String::from_utf8(bytes).expect("text");
            assert_eq!(printed, format!("{id} {id}_x_2 "));
            for written in printed.split_whitespace() {
                let mut builder = TrackBuilder::new();
                let cue_id = builder.id(&name_of(written));
                builder.cue(cue_id, CueTimes::open(Timestamp::ZERO));
                let track = builder.finish();
                assert_eq!(track.name(&track.cues()[0]).to_string(), name);
            }
        }
    }
}

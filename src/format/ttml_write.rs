//! A track in, a file of IMSC 1.1 Text out.
//!
//! As plain as can be: absolute times on `p` alone, no more than three regions, which never
//! overlap (IMSC 1.1 §8.4), styling where it is. In which region a cue stands is its row of the
//! picture; `tts:textAlign` is its column. The language of the file is that of its first line;
//! other lines say theirs.

use std::collections::HashMap;
use std::io;

use crate::format::marks::{MarkWriter, reading_of};
use crate::format::out::Out;
use crate::format::ttml_ids::{Ids, REGIONS, SPEAKER};
use crate::format::ttml_names::is_space;
use crate::model::{Cue, LanguageTag, LineView, MarkKind, Position, Track};

const ROOT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <tt xmlns=\"http://www.w3.org/ns/ttml\" \
    xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\" \
    xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" \
    xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" \
    ttp:contentProfiles=\"http://www.w3.org/ns/ttml/profile/imsc1.1/text\" \
    xml:lang=\"";

/// Top, middle and bottom, as in [`REGIONS`]: apart from each other, and within what every screen
/// shows. A row of 30 % has room for three lines, and more may go over its edge.
const PLACES: [&str; 3] = [
    "tts:origin=\"5% 5%\" tts:extent=\"90% 30%\" tts:displayAlign=\"before\"",
    "tts:origin=\"5% 35%\" tts:extent=\"90% 30%\" tts:displayAlign=\"center\"",
    "tts:origin=\"5% 65%\" tts:extent=\"90% 30%\" tts:displayAlign=\"after\"",
];

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    let first = track.languages().first().unwrap_or(&LanguageTag::UND);
    let speakers = Speakers::of(track);
    out.push_str(ROOT);
    out.display(first);
    out.push_str("\">\n  <head>\n");
    speakers.print(out);
    regions(track, out);
    out.push_str("  </head>\n  <body>\n    <div>\n");
    let mut ids = Ids::default();
    for cue in track.cues() {
        out.push_str("      <p xml:id=\"");
        ids.print(track.name(cue), out);
        out.push_str("\" begin=\"");
        out.clock(cue.interval.start(), b'.');
        out.push_str("\" end=\"");
        out.clock(cue.interval.end(), b'.');
        let position = track.position(cue).unwrap_or(Position::BottomCentre);
        out.push_str("\" region=\"");
        out.push_str(REGIONS[row(position)]);
        out.push('"');
        // In its region text is in the middle.
        match position.keypad() % 3 {
            1 => out.push_str(" tts:textAlign=\"left\""),
            0 => out.push_str(" tts:textAlign=\"right\""),
            _ => {}
        }
        if let Some(number) = track.speaker(cue).and_then(|name| speakers.number(name)) {
            out.push_str(" ttm:agent=\"");
            out.push_str(SPEAKER);
            out.number(number, 1);
            out.push('"');
        }
        content(track, cue, first, out);
        out.push_str("</p>\n");
        out.end_cue()?;
    }
    out.push_str("    </div>\n  </body>\n</tt>\n");
    Ok(())
}

/// The regions that cues stand in.
fn regions(track: &Track, out: &mut Out<'_>) {
    let mut is_used = [false; 3];
    for cue in track.cues() {
        is_used[row(track.position(cue).unwrap_or(Position::BottomCentre))] = true;
    }
    out.push_str("    <layout>\n");
    let regions = REGIONS.iter().zip(PLACES).zip(is_used);
    for ((id, place), _) in regions.filter(|(_, is_used)| *is_used) {
        out.push_str("      <region xml:id=\"");
        out.push_str(id);
        out.push_str("\" ");
        out.push_str(place);
        out.push_str(" tts:textAlign=\"center\" tts:overflow=\"visible\"/>\n");
    }
    out.push_str("    </layout>\n");
}

/// The row of a position, from the top.
const fn row(position: Position) -> usize {
    2 - (position.keypad() as usize - 1) / 3
}

/// Who speaks in a track, numbered from 1 as they come up.
struct Speakers<'t> {
    names: Vec<&'t str>,
    numbers: HashMap<&'t str, u32>,
}

impl<'t> Speakers<'t> {
    fn of(track: &'t Track) -> Self {
        let mut speakers = Self {
            names: Vec::new(),
            numbers: HashMap::new(),
        };
        for name in track.cues().iter().filter_map(|cue| track.speaker(cue)) {
            let next = speakers.names.len() as u32 + 1;
            if *speakers.numbers.entry(name).or_insert(next) == next {
                speakers.names.push(name);
            }
        }
        speakers
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    fn print(&self, out: &mut Out<'_>) {
        if self.names.is_empty() {
            return;
        }
        out.push_str("    <metadata>\n");
        for (name, number) in self.names.iter().zip(1..) {
            out.push_str("      <ttm:agent xml:id=\"");
            out.push_str(SPEAKER);
            out.number(number, 1);
            out.push_str("\" type=\"person\"><ttm:name type=\"full\">");
            escape(name, out);
            out.push_str("</ttm:name></ttm:agent>\n");
        }
        out.push_str("    </metadata>\n");
    }
}

/// The rest of the start tag of a `p`, and what is in it.
fn content(track: &Track, cue: &Cue, file_language: &LanguageTag, out: &mut Out<'_>) {
    let language = track.lines(cue).next().map(|line| line.language);
    let language = language.unwrap_or(file_language);
    if language != file_language {
        print_language(language, out);
    }
    if track.lines(cue).any(|line| has_own_blanks(track, &line)) {
        out.push_str(" xml:space=\"preserve\"");
    }
    out.push('>');
    for (at, line) in track.lines(cue).enumerate() {
        if at > 0 {
            out.push_str("<br/>");
        }
        // A line that is blank is known by its span.
        let has_span = line.language != language || line.text.is_empty();
        if has_span {
            out.push_str("<span");
            if line.language != language {
                print_language(line.language, out);
            }
            out.push('>');
        }
        MARKS.line(&line, |mark| reading_of(track, mark), out);
        if has_span {
            out.push_str("</span>");
        }
    }
}

fn print_language(language: &LanguageTag, out: &mut Out<'_>) {
    out.push_str(" xml:lang=\"");
    out.display(language);
    out.push('"');
}

/// Whether a line has blanks that would collapse.
fn has_own_blanks(track: &Track, line: &LineView<'_>) -> bool {
    let readings = line.marks.iter().map(|mark| reading_of(track, mark));
    let mut texts = std::iter::once(line.text).chain(readings);
    texts.any(|text| {
        text.starts_with(is_space)
            || text.ends_with(is_space)
            || text.contains("  ")
            || text.contains('\t')
    })
}

const MARKS: MarkWriter = MarkWriter {
    open: |mark, out| {
        out.push_str(match mark.kind {
            MarkKind::Bold => "<span tts:fontWeight=\"bold\">",
            MarkKind::Italic => "<span tts:fontStyle=\"italic\">",
            MarkKind::Underline => "<span tts:textDecoration=\"underline\">",
            MarkKind::Ruby(_) => "<span tts:ruby=\"container\"><span tts:ruby=\"base\">",
        });
    },
    close: |mark, reading, out| match mark.kind {
        MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => out.push_str("</span>"),
        MarkKind::Ruby(_) => {
            out.push_str("</span><span tts:ruby=\"text\">");
            escape(reading, out);
            out.push_str("</span></span>");
        }
    },
    text: escape,
};

/// Text as XML may hold it. What it cannot hold in any form (XML 1.0 §2.2) is U+FFFD.
fn escape(text: &str, out: &mut Out<'_>) {
    let is_special = |c: char| {
        matches!(c, '&' | '<' | '>' | '\u{fffe}' | '\u{ffff}') || (c.is_control() && c != '\t')
    };
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        let (before, special) = rest.split_at(at);
        out.push_str(before);
        let mut characters = special.chars();
        out.push_str(match characters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "\u{fffd}",
        });
        rest = characters.as_str();
    }
    out.push_str(rest);
}

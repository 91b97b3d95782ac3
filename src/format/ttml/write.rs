//! A track in, a file of IMSC 1.1 Text out.
//!
//! As plain as can be: absolute times on `p` alone, few regions (`regions.rs`), styling where
//! it is. In which region a cue stands is its row of the picture, or at the bottom that of its
//! language; `tts:textAlign` is its column. The language of the file is that of its first line;
//! other lines say theirs.

use std::collections::HashMap;
use std::io;

use crate::format::marks::{MarkWriter, reading_of};
use crate::format::out::Out;
use crate::format::ttml::ids::{Ids, SPEAKER};
use crate::format::ttml::names::is_space;
use crate::format::ttml::regions::{Regions, of_position, print_language};
use crate::model::{Cue, LanguageTag, LineView, MarkKind, Position, Track};

const ROOT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <tt xmlns=\"http://www.w3.org/ns/ttml\" \
    xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\" \
    xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" \
    xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" \
    ttp:contentProfiles=\"http://www.w3.org/ns/ttml/profile/imsc1.1/text\" \
    xml:lang=\"";

/// Prints a track.
pub(in crate::format) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    let languages = track.line_languages();
    let first = languages.first().copied();
    // That of a file without a line is known all the same.
    let first = first.or_else(|| track.languages().first());
    let first = first.unwrap_or(&LanguageTag::UND);
    let regions = Regions::of(track);
    let speakers = Speakers::of(track);
    out.push_str(ROOT);
    out.display(first);
    out.push_str("\">\n  <head>\n");
    speakers.print(out);
    regions.print(out);
    out.push_str("  </head>\n  <body>\n    <div>\n");
    let mut ids = Ids::default();
    for cue in track.cues() {
        out.push_str("      <p xml:id=\"");
        ids.print(track.name(cue), out);
        out.push_str("\" begin=\"");
        out.clock(cue.interval.start(), b'.');
        out.push_str("\" end=\"");
        out.clock(cue.interval.end(), b'.');
        if !regions.are_by_language(track, cue) {
            out.push_str("\" region=\"");
            out.push_str(of_position(track.position(cue)));
        }
        out.push('"');
        // In its region text is in the middle.
        let position = track.position(cue).unwrap_or(Position::BottomCentre);
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
        content(track, cue, first, &regions, out);
        out.push_str("</p>\n");
        out.end_cue()?;
    }
    out.push_str("    </div>\n  </body>\n</tt>\n");
    Ok(())
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
fn content(
    track: &Track,
    cue: &Cue,
    file_language: &LanguageTag,
    regions: &Regions<'_>,
    out: &mut Out<'_>,
) {
    let language = track.lines(cue).next().map(|line| line.language);
    let language = language.unwrap_or(file_language);
    if language != file_language {
        print_language(language, out);
    }
    if track.lines(cue).any(|line| has_own_blanks(track, &line)) {
        out.push_str(" xml:space=\"preserve\"");
    }
    out.push('>');
    let mut region = None;
    for (at, line) in track.lines(cue).enumerate() {
        let own = regions
            .are_by_language(track, cue)
            .then(|| regions.of_language(line.language));
        // Lines of one region are in one `span`, and the breaks between them too.
        if at > 0 && own != region {
            out.push_str("</span>");
        }
        if at > 0 {
            out.push_str("<br/>");
        }
        if let Some(own) = own.filter(|_| own != region) {
            out.push_str("<span region=\"");
            out.push_str(own);
            out.push('"');
            if line.language != language {
                print_language(line.language, out);
            }
            out.push('>');
        }
        region = own;
        // A line that is blank is known by its span.
        let says_language = own.is_none() && line.language != language;
        let has_span = says_language || line.text.is_empty();
        if has_span {
            out.push_str("<span");
            if says_language {
                print_language(line.language, out);
            }
            out.push('>');
        }
        MARKS.line(&line, |mark| reading_of(track, mark), out);
        if has_span {
            out.push_str("</span>");
        }
    }
    if region.is_some() {
        out.push_str("</span>");
    }
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

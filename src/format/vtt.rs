//! WebVTT: text in, a track out, and back.
//!
//! Read by the parser algorithm of the specification (W3C WebVTT 1, "WebVTT parser
//! algorithm"), so that what a browser shows is what is read. What a browser drops in
//! silence is reported. Written for its strictest reader: hours always, `&`, `<` and `>`
//! escaped, no blank line in a cue.

use std::borrow::Cow;
use std::io;
use std::iter::Peekable;

use crate::format::Reading;
use crate::format::marks::MarkWriter;
use crate::format::out::Out;
use crate::format::vtt_text::{CONTROL, CueText};
use crate::format::vtt_times::{Others, settings_of, stands, times_of};
use crate::model::{
    CueId, CueName, CueTimes, Diagnostic, LanguageTag, Mark, MarkKind, Span, Timestamp, Track,
    TrackBuilder, kinds,
};
use crate::text::class::without_controls;
use crate::text::lines::Lines;

/// What a file begins with.
const SIGNATURE: &str = "WEBVTT";

kinds! {
    Format;
    NOT_VTT: Fault, "not-webvtt",
        "expected a first line of WEBVTT",
        "nothing was read; is it a WebVTT file?";
    TIMES: Fault, "unreadable-times",
        "expected times such as 00:00:01.000 --> 00:00:02.500",
        "the cue was dropped, as players do; mend its times";
    REVERSED: Fault, "end-before-start",
        "expected an end after the start",
        "the cue ends at the next start, at most 5 s later";
    ORDER: Repair, "order",
        "expected a start no earlier than the one before",
        "cues were put in order";
    SETTINGS: Note, "cue-settings",
        "expected settings that are one of nine positions",
        "the others were dropped";
    BLOCK: Note, "block-dropped",
        "expected cues",
        "styles and regions are not kept";
    STRAY: Fault, "text-without-times",
        "expected times, or NOTE before a comment",
        "the text was dropped, as players do; give it its times";
    NUL: Repair, "nul",
        "expected text, found U+0000",
        "it was read as U+FFFD, as the specification has it";
}

/// Whether a text is plainly of this format.
pub(super) fn looks_like(text: &str) -> bool {
    let behind = text.trim_start_matches('\u{feff}').strip_prefix(SIGNATURE);
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '\t', '\n', '\r']))
}

/// Reads a text.
pub(super) fn read(text: &str) -> Reading {
    if let Some(first) = memchr::memchr(0, text.as_bytes()) {
        let nuls = memchr::memchr_iter(0, text.as_bytes());
        // Each U+0000, one byte, becomes a U+FFFD, three bytes; those before it did too.
        let mended: Vec<usize> = nuls
            .enumerate()
            .map(|(index, nul)| nul + 2 * index)
            .collect();
        let mut reading = read(&text.replace('\0', "\u{fffd}"));
        for found in &mut reading.diagnostics {
            let before = |place| place - 2 * mended.partition_point(|&nul| nul < place);
            found.span = Span::new(before(found.span.start()), before(found.span.end()));
        }
        reading
            .diagnostics
            .push(NUL.at(Span::new(first, first + 1)));
        reading.diagnostics.sort_by_key(|found| found.span);
        return reading;
    }
    let mut reader = Reader::new(text);
    if looks_like(text) {
        reader.file();
    } else {
        reader.diagnostics.push(NOT_VTT.at(Span::default()));
    }
    Reading {
        track: reader.builder.finish(),
        diagnostics: reader.diagnostics,
    }
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    out.push_str(SIGNATURE);
    out.push_str("\n\n");
    for cue in track.cues() {
        match track.name(cue) {
            CueName::Numbered(number, part) => {
                out.number(number, 1);
                if part > 0 {
                    out.push('.');
                    out.number(part, 1);
                }
            }
            // A name with an arrow in it would be read as times.
            CueName::Named(name) => out.push_str(&without_arrow(name)),
        }
        out.push('\n');
        out.clock(cue.interval.start(), '.');
        out.push_str(" --> ");
        out.clock(cue.interval.end(), '.');
        if let Some(position) = track.position(cue) {
            out.push_str(settings_of(position));
        }
        out.push('\n');
        if let Some(speaker) = track.speaker(cue) {
            out.push_str("<v ");
            escape(speaker, out);
            out.push('>');
            if cue.line_count() == 0 {
                out.push('\n');
            }
        }
        for line in track.lines(cue) {
            MARKS.line(&line, |mark| reading_of(track, mark), out);
            out.push('\n');
        }
        out.push('\n');
        out.end_cue()?;
    }
    Ok(())
}

const MARKS: MarkWriter = MarkWriter {
    open: |mark, out| {
        out.push_str(match mark.kind {
            MarkKind::Bold => "<b>",
            MarkKind::Italic => "<i>",
            MarkKind::Underline => "<u>",
            MarkKind::Ruby(_) => "<ruby>",
        });
    },
    close: |mark, reading, out| match mark.kind {
        MarkKind::Bold => out.push_str("</b>"),
        MarkKind::Italic => out.push_str("</i>"),
        MarkKind::Underline => out.push_str("</u>"),
        MarkKind::Ruby(_) => {
            out.push_str("<rt>");
            escape(reading, out);
            out.push_str("</rt></ruby>");
        }
    },
    text: escape,
};

fn reading_of<'t>(track: &'t Track, mark: &Mark) -> &'t str {
    match mark.kind {
        MarkKind::Ruby(reading) => track.reading(reading),
        MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => "",
    }
}

/// A name that is not read as times.
fn without_arrow(name: &str) -> Cow<'_, str> {
    if has_arrow(name) {
        Cow::Owned(name.replace('>', ""))
    } else {
        Cow::Borrowed(name)
    }
}

/// Text as a cue may hold it. `>` alone is legal, but escaped it cannot make an arrow.
fn escape(text: &str, out: &mut Out<'_>) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

struct Reader<'t> {
    source: &'t str,
    lines: Peekable<Lines<'t>>,
    builder: TrackBuilder,
    language: u8,
    diagnostics: Vec<Diagnostic>,
    last_start: Timestamp,
    cue_count: u32,
}

impl<'t> Reader<'t> {
    fn new(source: &'t str) -> Self {
        let mut builder = TrackBuilder::with_capacity(source.len() / 2, source.len() / 60);
        let language = builder.language(&LanguageTag::UND);
        Self {
            source,
            lines: Lines::plain(source).peekable(),
            builder,
            language,
            diagnostics: Vec::new(),
            last_start: Timestamp::ZERO,
            cue_count: 0,
        }
    }

    /// The whole file: the header, then block after block.
    fn file(&mut self) {
        self.lines.next();
        // The header goes to the first blank line, or to an arrow, which begins a cue.
        while let Some(line) = self.lines.next_if(|line| !has_arrow(line.of(self.source))) {
            if line.is_empty() {
                break;
            }
        }
        while self.lines.peek().is_some() {
            self.block();
        }
    }

    /// One block: a cue, or something that is none.
    fn block(&mut self) {
        let Some(first) = self.lines.next() else {
            return;
        };
        if first.is_empty() {
            return;
        }
        let text = first.of(self.source);
        if has_arrow(text) {
            return self.cue(None, first);
        }
        let second = self.lines.next_if(|line| has_arrow(line.of(self.source)));
        if let Some(times) = second {
            return self.cue(Some(first), times);
        }
        self.skip_block();
        let name = text.trim_end();
        if self.cue_count == 0 && matches!(name, "STYLE" | "REGION") {
            self.diagnostics.push(BLOCK.at(first));
        } else if !(name == "NOTE" || text.starts_with("NOTE ") || text.starts_with("NOTE\t")) {
            self.diagnostics.push(STRAY.at(first));
        }
    }

    /// To the next blank line, or to an arrow, which begins the next block.
    fn skip_block(&mut self) {
        let source = self.source;
        while let Some(line) = self.lines.next_if(|line| !has_arrow(line.of(source))) {
            if line.is_empty() {
                break;
            }
        }
    }

    fn cue(&mut self, id: Option<Span>, times: Span) {
        let Some((start, end, settings)) = times_of(times.of(self.source)) else {
            self.diagnostics.push(TIMES.at(times));
            return self.skip_block();
        };
        if end <= start {
            self.diagnostics.push(REVERSED.at(times));
        }
        if start < self.last_start {
            self.diagnostics.push(ORDER.at(times));
        }
        self.last_start = start;
        self.cue_count += 1;
        let stands = stands(settings);
        if let Some(position) = stands.position {
            self.builder.position(position);
        }
        if stands.others == Others::Some {
            self.diagnostics.push(SETTINGS.at(times));
        }
        let id = match id {
            Some(name) => self.id(name),
            None => CueId::numbered(self.cue_count),
        };
        self.payload();
        self.builder.cue(id, CueTimes::new(start, end));
    }

    fn id(&mut self, name: Span) -> CueId {
        let plain = without_controls(name.of(self.source));
        if let Cow::Owned(_) = plain {
            self.diagnostics.push(CONTROL.at(name));
        }
        self.builder.id(&plain)
    }

    fn payload(&mut self) {
        let source = self.source;
        let mut text = CueText::default();
        let mut last = Span::default();
        while let Some(line) = self.lines.next_if(|line| !has_arrow(line.of(source))) {
            if line.is_empty() {
                break;
            }
            last = line;
            let found = text.line(line.of(source), self.language, &mut self.builder);
            self.diagnostics.extend(found.map(|kind| kind.at(line)));
        }
        let found = text.end(self.language, &mut self.builder);
        self.diagnostics.extend(found.map(|kind| kind.at(last)));
    }
}

fn has_arrow(line: &str) -> bool {
    memchr::memmem::find(line.as_bytes(), b"-->").is_some()
}

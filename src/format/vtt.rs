//! WebVTT: text in, a track out, and back.
//!
//! Read by the parser algorithm of the specification (W3C WebVTT 1, "WebVTT parser
//! algorithm"), so that what a browser shows is what is read. What a browser drops in
//! silence is reported. Written for its strictest reader: hours always, `&`, `<` and `>`
//! escaped, no blank line in a cue.

use std::borrow::Cow;
use std::io;

use crate::format::draft::{CONTROL, Draft, TimeBase, TimePlace, TimeRole};
use crate::format::marks::{MarkWriter, reading_of};
use crate::format::out::Out;
use crate::format::plain::{END_AT, Head, PlainCue};
use crate::format::vtt_text::CueText;
use crate::format::vtt_times::{Others, Written, settings_of, stands, times_of, timestamp};
use crate::model::{
    CueId, CueName, CueTimes, LanguageTag, MarkKind, Span, Timestamp, Track, kinds,
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
pub(super) fn read(draft: &mut Draft<'_>) {
    if !looks_like(draft.source) {
        return draft.found(&NOT_VTT, Span::default());
    }
    if let Some(first) = memchr::memchr(0, draft.source.as_bytes()) {
        draft.found(&NUL, Span::new(first, first + 1));
    }
    Reader::new(draft).file();
}

/// Prints a time in place of another: without hours where there were none.
pub(super) fn print_time(written: &str, at: Timestamp, out: &mut Out<'_>) {
    let (hours, minutes, seconds, ms) = at.clock();
    if hours > 0 || written.matches(':').count() == 2 {
        return out.clock(at, b'.');
    }
    out.number(minutes, 2);
    out.push(':');
    out.number(seconds, 2);
    out.push('.');
    out.number(ms, 3);
}

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    out.push_str(SIGNATURE);
    out.push_str("\n\n");
    // Players know the language of a file in one: it is chosen by that.
    let tells_languages = track.line_languages().len() > 1;
    for cue in track.cues() {
        match track.name(cue) {
            CueName::Numbered(number, 0) => out.numbered_times(number, cue.interval, b'.'),
            name => {
                match name {
                    CueName::Numbered(..) => out.display(name),
                    // A name with an arrow in it would be read as times.
                    CueName::Named(name) => out.push_str(&without_arrow(name)),
                }
                out.push('\n');
                out.times(cue.interval, b'.');
            }
        }
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
            let tells_language = tells_languages && *line.language != LanguageTag::UND;
            if tells_language {
                open_language(line.language, out);
            }
            MARKS.line(&line, |mark| reading_of(track, mark), out);
            if tells_language {
                out.push_str("</lang>");
            }
            out.push('\n');
        }
        out.push('\n');
        out.end_cue()?;
    }
    Ok(())
}

/// Opens what is in a language. Of a page's styles `::cue(.en)` is for it: the class is what players
/// go by, of which few know `:lang()`.
fn open_language(language: &LanguageTag, out: &mut Out<'_>) {
    out.push_str("<lang.");
    out.push_str(language.primary());
    out.push(' ');
    out.display(language);
    out.push('>');
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

struct Reader<'r, 't> {
    source: &'t str,
    draft: &'r mut Draft<'t>,
    lines: Lines<'t>,
    language: u8,
}

impl<'r, 't> Reader<'r, 't> {
    fn new(draft: &'r mut Draft<'t>) -> Self {
        draft.expect_cues_of(60);
        let language = draft.unknown_language();
        Self {
            source: draft.source,
            lines: Lines::plain(draft.source),
            draft,
            language,
        }
    }

    fn next_if(&mut self, wanted: impl Fn(&Span) -> bool) -> Option<Span> {
        let mut ahead = self.lines.clone();
        let line = ahead.next().filter(wanted)?;
        self.lines = ahead;
        Some(line)
    }

    /// The whole file: the header, then block after block.
    fn file(&mut self) {
        self.lines.next();
        // The header goes to the first blank line, or to an arrow, which begins a cue.
        while let Some(line) = self.next_if(|line| !has_arrow(line.of(self.source))) {
            if line.is_empty() {
                break;
            }
        }
        loop {
            while self.plain_cue() {}
            if self.lines.is_done() {
                return;
            }
            self.block();
        }
    }

    /// A cue without anything to look at, if one stands here.
    fn plain_cue(&mut self) -> bool {
        let Some(cue) = PlainCue::at(self.source, self.lines.offset(), b'.') else {
            return false;
        };
        if cue.start < self.draft.last_start() {
            return false;
        }
        self.draft.in_order(cue.start, Span::default());
        if self.draft.wants_places() {
            let end_at = cue.times_at + END_AT;
            self.draft
                .start_at(Span::new(cue.times_at, cue.times_at + 12), cue.start);
            self.draft
                .end_at(Span::new(end_at, end_at + 12), cue.end, cue.start);
        }
        let id = match cue.head {
            Head::None => self.draft.next_id(),
            Head::Number(number) => CueId::numbered(number),
            Head::Name(name) => self.draft.builder.id(name),
        };
        cue.push_lines(self.source, self.language, &mut self.draft.builder);
        self.draft.cue(id, CueTimes::new(cue.start, cue.end));
        self.lines.go_on_at(cue.behind);
        true
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
        let second = self.next_if(|line| has_arrow(line.of(self.source)));
        if let Some(times) = second {
            return self.cue(Some(first), times);
        }
        self.skip_block();
        let name = text.trim_end();
        if self.draft.cue_count() == 0 && matches!(name, "STYLE" | "REGION") {
            self.draft.found(&BLOCK, first);
        } else if !(name == "NOTE" || text.starts_with("NOTE ") || text.starts_with("NOTE\t")) {
            self.draft.found(&STRAY, first);
        }
    }

    /// To the next blank line, or to an arrow, which begins the next block.
    fn skip_block(&mut self) {
        let source = self.source;
        while let Some(line) = self.next_if(|line| !has_arrow(line.of(source))) {
            if line.is_empty() {
                break;
            }
        }
    }

    fn cue(&mut self, id: Option<Span>, times: Span) {
        let Some(written) = times_of(times.of(self.source)) else {
            self.draft.found(&TIMES, times);
            return self.skip_block();
        };
        let Written {
            start,
            end,
            settings,
        } = written;
        let ends = self.draft.times(start.at, Some(end.at), times);
        self.draft.in_order(start.at, times);
        if self.draft.wants_places() {
            let (start_span, end_span) =
                (self.draft.span_of(start.text), self.draft.span_of(end.text));
            self.draft.start_at(start_span, start.at);
            self.draft.end_at(end_span, end.at, start.at);
        }
        let stands = stands(settings);
        if let Some(position) = stands.position {
            self.draft.builder.position(position);
        }
        if stands.others == Others::Some {
            self.draft.found(&SETTINGS, times);
        }
        let id = match id {
            Some(name) => self.id(name),
            None => self.draft.next_id(),
        };
        self.payload(start.at);
        self.draft.cue(id, ends);
    }

    fn id(&mut self, name: Span) -> CueId {
        let name_text = with_replacements(name.of(self.source));
        let plain = without_controls(&name_text);
        if let Cow::Owned(_) = plain {
            self.draft.found(&CONTROL, name);
        }
        if plain.is_empty() {
            return self.draft.next_id();
        }
        self.draft.builder.id(&plain)
    }

    fn payload(&mut self, start: Timestamp) {
        let source = self.source;
        let mut text = CueText::default();
        let mut last = Span::default();
        while let Some(line) = self.next_if(|line| !has_arrow(line.of(source))) {
            if line.is_empty() {
                break;
            }
            last = line;
            if self.draft.wants_places() {
                self.inner_times(line, start);
            }
            let shown = with_replacements(line.of(source));
            let found = text.line(&shown, self.language, &mut self.draft.builder);
            for kind in found {
                self.draft.diagnostics.push(kind.at(line));
            }
        }
        if let Some(kind) = text.end(self.language, &mut self.draft.builder) {
            self.draft.found(kind, last);
        }
    }

    /// The times in a line of text at which a part of it is said: `<00:00:01.500>`.
    fn inner_times(&mut self, line: Span, start: Timestamp) {
        let mut rest = line.of(self.source);
        while let Some((_, behind)) = rest.split_once('<') {
            rest = behind;
            let Some((tag, _)) = behind.split_once('>') else {
                return;
            };
            if let Some((at, "")) = timestamp(tag) {
                self.draft.time(TimePlace {
                    span: self.draft.span_of(tag),
                    at,
                    base: TimeBase::Recording,
                    cue_start: start,
                    role: TimeRole::Inside,
                });
            }
        }
    }
}

fn has_arrow(line: &str) -> bool {
    memchr::memmem::find(line.as_bytes(), b"-->").is_some()
}

/// "Replace all U+0000 NULL characters by U+FFFD": the first step of the parser.
fn with_replacements(line: &str) -> Cow<'_, str> {
    if memchr::memchr(0, line.as_bytes()).is_none() {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.replace('\0', "\u{fffd}"))
}

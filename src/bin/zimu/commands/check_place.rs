//! Where a finding stands in the file: cues and times in, lines to show out.
//!
//! A line that is shown as it stands in the file is pointed at itself; a cue at its start, with
//! its words below. A format that tells neither gives the cue's name and times.

use std::cell::Cell;
use std::io::IsTerminal;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use zimu::check::{Finding, Severity, Why};
use zimu::format::{TimePlace, TimeRole};
use zimu::model::{Cue, Span, Timestamp, Track};
use zimu::text::lines::Lines;

use crate::sarif::TextPlace;

/// Most bytes of a file that are shown for one finding.
const SHOWN_BYTES: usize = 480;

/// A file whose captions are checked.
pub(super) struct CheckedText<'a> {
    path: String,
    text: &'a str,
    track: &'a Track,
    /// Where its lines stand.
    lines: Vec<Span>,
    /// Where cues start, by time.
    starts: Vec<(Timestamp, Span)>,
    /// The last place that was counted to: the next one in its line is not far.
    counted: Cell<Counted>,
}

/// A place in a line, and what stands before it there.
#[derive(Clone, Copy, Default)]
struct Counted {
    at: usize,
    /// The index of the line.
    line: usize,
    characters: usize,
    /// Of UTF-16.
    units: usize,
}

/// A place, and the lines round it.
struct Shown {
    /// What is pointed at.
    at: Span,
    /// What is to be seen with it.
    with: Option<Span>,
}

impl<'a> CheckedText<'a> {
    pub(super) fn of(path: String, text: &'a str, track: &'a Track, places: &[TimePlace]) -> Self {
        let is_start = |place: &&TimePlace| place.role == TimeRole::Start;
        let starts = places.iter().filter(is_start);
        let mut starts: Vec<_> = starts.map(|place| (place.cue_start, place.span)).collect();
        starts.sort_by_key(|&(at, _)| at);
        Self {
            path,
            text,
            track,
            lines: Lines::new(text).collect(),
            starts,
            counted: Cell::default(),
        }
    }

    /// Where it stands.
    pub(super) fn place(&self, finding: &Finding) -> Option<TextPlace> {
        let at = self.shown(finding)?.at;
        let (start, end) = (self.count(at.start())?, self.count(at.end())?);
        Some(TextPlace {
            line: start.line + 1,
            column: start.characters + 1,
            start_unit: start.units + 1,
            end_line: end.line + 1,
            end_unit: end.units + 1,
        })
    }

    fn count(&self, at: usize) -> Option<Counted> {
        let line = self.line_of(at);
        let mut counted = self.counted.get();
        if counted.line != line || counted.at > at {
            let at = self.lines.get(line)?.start();
            counted = Counted {
                at,
                line,
                ..Counted::default()
            };
        }
        for c in self.text.get(counted.at..at)?.chars() {
            counted.characters += 1;
            counted.units += c.len_utf16();
        }
        self.counted.set(Counted { at, ..counted });
        Some(self.counted.get())
    }

    /// The index of the line that a place is in.
    fn line_of(&self, at: usize) -> usize {
        let behind = self.lines.partition_point(|line| line.start() <= at);
        behind.saturating_sub(1)
    }

    fn shown(&self, finding: &Finding) -> Option<Shown> {
        let cue = &self.track.cues()[finding.cue];
        let start = self.start_of(cue);
        let index = finding.line.unwrap_or_default();
        let line = self.track.line(cue, index);
        let line = line.and_then(|line| self.track.place(&line));
        match (finding.line.and(line), start) {
            (Some(line), start) => {
                let part = finding.part.shifted(line.start());
                let at = if part.is_empty() { line } else { part };
                Some(Shown { at, with: start })
            }
            (None, Some(at)) => Some(Shown { at, with: line }),
            (None, None) => None,
        }
    }

    /// Where its start is written; of several at one time the first.
    fn start_of(&self, cue: &Cue) -> Option<Span> {
        let start = cue.interval.start();
        let first = self.starts.partition_point(|&(at, _)| at < start);
        let found = self.starts.get(first).filter(|&&(at, _)| at == start);
        found.map(|&(_, span)| span)
    }

    /// The finding for people, with colours on a terminal, and why it was not mended, if that was
    /// asked for.
    pub(super) fn told(&self, finding: &Finding, not_mended: Option<Why>) -> String {
        let level = match finding.rule.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(finding.message(self.track));
        let title = title.id(finding.rule.id);
        let group = if let Some(shown) = self.shown(finding) {
            self.snippet(Group::with_title(title), finding, &shown)
        } else {
            let cue = &self.track.cues()[finding.cue];
            let (start, end) = (cue.interval.start(), cue.interval.end());
            let name = self.track.name(cue);
            let place = format!("{}: cue {name}, {start} to {end}", self.path);
            let words = Level::NOTE.message(self.words(cue));
            Group::with_title(title)
                .element(Origin::path(place))
                .element(words)
        };
        let group = group.element(Level::HELP.message(finding.rule.mend));
        let group = match not_mended {
            Some(why) => group.element(Level::NOTE.message(format!("not mended: {why}"))),
            None => group,
        };
        renderer().render(&[group])
    }

    fn snippet<'s>(&'s self, group: Group<'s>, finding: &Finding, shown: &Shown) -> Group<'s> {
        let cue = &self.track.cues()[finding.cue];
        let is_near = |with: &Span| {
            let all = with.start().min(shown.at.start())..with.end().max(shown.at.end());
            all.len() <= SHOWN_BYTES
        };
        let with = shown.with.filter(is_near);
        let start = with.map_or(shown.at.start(), |with| with.start().min(shown.at.start()));
        let end = with.map_or(shown.at.end(), |with| with.end().max(shown.at.end()));
        let (first, last) = (self.line_of(start), self.line_of(end));
        let whole = self.lines[first].start()..self.lines[last].end().max(end);
        let window = self.window(whole.clone(), shown.at);
        let inside = |span: Span| {
            let start = span.start().clamp(window.start, window.end);
            start - window.start..span.end().clamp(start, window.end) - window.start
        };
        let mut caret = AnnotationKind::Primary.span(inside(shown.at));
        if let Some(words) = self.unseen(cue, finding, with) {
            caret = caret.label(words);
        }
        let mut snippet = Snippet::source(&self.text[window.clone()])
            .line_start(self.line_of(window.start) + 1)
            .annotation(caret);
        if let Some(with) = with {
            snippet = snippet.annotation(AnnotationKind::Visible.span(inside(with)));
        }
        if window == whole {
            return group.element(snippet.path(&*self.path));
        }
        let origin = Origin::path(&*self.path);
        let origin = match self.place(finding) {
            Some(place) => origin.line(place.line).char_column(place.column),
            None => origin,
        };
        group.element(origin).element(snippet)
    }

    /// What is shown of lines: all, or what stands round the place.
    fn window(&self, whole: Range<usize>, at: Span) -> Range<usize> {
        if whole.len() <= SHOWN_BYTES {
            return whole;
        }
        let start = at.start().saturating_sub(SHOWN_BYTES / 2).max(whole.start);
        let end = (start + SHOWN_BYTES).min(whole.end);
        self.text.floor_char_boundary(start)..self.text.floor_char_boundary(end)
    }

    /// The words that it is about, where they are not among the lines that are shown.
    fn unseen(&self, cue: &Cue, finding: &Finding, with: Option<Span>) -> Option<String> {
        let Some(index) = finding.line else {
            return with.is_none().then(|| self.words(cue));
        };
        let line = self.track.line(cue, index)?;
        let is_seen = self.track.place(&line).is_some();
        (!is_seen).then(|| line.text.to_owned())
    }

    fn words(&self, cue: &Cue) -> String {
        let lines: Vec<_> = self.track.lines(cue).map(|line| line.text).collect();
        lines.join(" ⏎ ")
    }
}

/// With colours where somebody sees them.
fn renderer() -> Renderer {
    let stdout = std::io::stdout();
    let is_coloured = match anstream::AutoStream::choice(&stdout) {
        anstream::ColorChoice::Never => false,
        anstream::ColorChoice::Auto => stdout.is_terminal(),
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => true,
    };
    if is_coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
}

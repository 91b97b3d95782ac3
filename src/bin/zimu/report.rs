//! What people are told, on the standard error.
//!
//! Findings are shown with their place, the line they are on and a caret under it, which
//! stands right under wide characters too. Of many findings of one kind the first are
//! shown and the rest counted.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use zimu::model::{Diagnostic, Severity, Span};
use zimu::text::lines::line_at;

/// How many findings of one kind are shown.
const SHOWN_OF_A_KIND: usize = 3;

/// Longest piece of a line that is shown, in bytes round the place.
const SHOWN_LINE_BYTES: usize = 240;

/// `3 files`, `1 file`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

/// Why a command, or one of its files, could not be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// With the file that it is about, if there is one.
    Plain {
        path: Option<PathBuf>,
        message: String,
    },
    /// At a place in a text.
    InText {
        path: PathBuf,
        text: String,
        span: Span,
        message: String,
        way_out: String,
    },
}

impl Failure {
    pub(crate) fn plain(message: impl Into<String>) -> Self {
        Self::Plain {
            path: None,
            message: message.into(),
        }
    }

    /// What it says, without where.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Plain { message, .. } | Self::InText { message, .. } => message,
        }
    }

    /// What it says, and where, on one line.
    pub(crate) fn told(&self) -> String {
        match self {
            Self::Plain { path, message } => match path {
                Some(path) => format!("{}: {message}", path.display()),
                None => message.clone(),
            },
            Self::InText {
                path,
                text,
                span,
                message,
                ..
            } => {
                let (line, whole) = line_at(text, span.start());
                let column = column(text, whole, *span);
                format!("{}:{line}:{column}: {message}", path.display())
            }
        }
    }

    pub(crate) fn of_file(path: &Path, message: impl Into<String>) -> Self {
        Self::Plain {
            path: Some(path.to_owned()),
            message: message.into(),
        }
    }
}

/// Tells why it could not be run.
pub(crate) fn failure(failure: &Failure) {
    match failure {
        Failure::Plain {
            path: None,
            message,
        } => error(message),
        Failure::Plain {
            path: Some(path),
            message,
        } => error(&format!("{}: {message}", path.display())),
        Failure::InText {
            path,
            text,
            span,
            message,
            way_out,
        } => {
            let at = Place { path, text };
            at.show_at(&Level::ERROR, message, *span, way_out);
        }
    }
}

/// A text and the file that it came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'t> {
    pub(crate) path: &'t Path,
    pub(crate) text: &'t str,
}

/// Which findings are told. Errors always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Volume {
    All,
    ErrorsOnly,
}

/// What counts as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    Faults,
    FaultsAndRepairs,
}

impl Place<'_> {
    /// Tells what was found in the text.
    pub(crate) fn findings(
        self,
        diagnostics: &[Diagnostic],
        volume: Volume,
        strictness: Strictness,
    ) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for diagnostic in diagnostics {
            let level = match diagnostic.severity() {
                Severity::Fault => Level::ERROR,
                Severity::Repair if strictness == Strictness::FaultsAndRepairs => Level::ERROR,
                _ if volume == Volume::ErrorsOnly => continue,
                Severity::Repair => Level::WARNING,
                Severity::Note => Level::NOTE,
            };
            let count = seen.entry(diagnostic.kind.id).or_default();
            *count += 1;
            if *count <= SHOWN_OF_A_KIND {
                self.show(
                    &level,
                    &diagnostic.to_string(),
                    diagnostic.place(),
                    diagnostic.kind.way_out,
                );
            }
        }
        let mut more: Vec<_> = seen
            .into_iter()
            .filter(|(_, count)| *count > SHOWN_OF_A_KIND)
            .collect();
        more.sort_unstable();
        for (id, count) in more {
            let path = self.path.display();
            note(&format!("{path}: {} more of {id}", count - SHOWN_OF_A_KIND));
        }
    }

    /// Something worth knowing of a place in the text.
    pub(crate) fn note(self, message: &str, span: Span, way_out: &str) {
        self.show_at(&Level::NOTE, message, span, way_out);
    }

    fn show(self, level: &Level<'_>, message: &str, place: Option<Span>, way_out: &str) {
        if let Some(span) = place {
            return self.show_at(level, message, span, way_out);
        }
        let message = format!("{}: {message}", self.path.display());
        let title = level.clone().primary_title(message);
        print(title.element(Level::HELP.message(way_out)));
    }

    fn show_at(self, level: &Level<'_>, message: &str, span: Span, way_out: &str) {
        let (number, line) = line_at(self.text, span.start());
        let start = span.start().min(line.end());
        let column = column(self.text, line, span);
        let shown = window(self.text, line, start);
        let end = span.end().clamp(start, shown.end());
        let caret = AnnotationKind::Primary.span(start - shown.start()..end - shown.start());
        let path = self.path.display().to_string();
        let snippet = Snippet::source(shown.of(self.text))
            .line_start(number)
            .annotation(caret);
        let title = level.clone().primary_title(message);
        // Of a piece of a line the column is not what the snippet takes it for.
        let group = if shown == line {
            title.element(snippet.path(path))
        } else {
            let origin = Origin::path(path).line(number).char_column(column);
            title.element(origin).element(snippet)
        };
        let group = group.element(Level::HELP.message(way_out));
        print(group);
    }
}

/// In which column of its line a place is, in characters, from 1.
pub(crate) fn column(text: &str, line: Span, place: Span) -> usize {
    let start = place.start().min(line.end());
    1 + text[line.start()..start].chars().count()
}

/// The piece of a line that is shown: all of it, or what stands round the place.
fn window(text: &str, line: Span, at: usize) -> Span {
    if line.len() <= SHOWN_LINE_BYTES {
        return line;
    }
    let start = at.saturating_sub(SHOWN_LINE_BYTES / 2).max(line.start());
    let end = (start + SHOWN_LINE_BYTES).min(line.end());
    Span::new(
        text.floor_char_boundary(start),
        text.floor_char_boundary(end),
    )
}

/// Something worth knowing.
pub(crate) fn note(message: &str) {
    print(Group::with_title(Level::NOTE.primary_title(message)));
}

/// Something that went wrong.
pub(crate) fn error(message: &str) {
    print(Group::with_title(Level::ERROR.primary_title(message)));
}

fn print(group: Group<'_>) {
    anstream::eprintln!("{}", Renderer::styled().render(&[group]));
}

//! Rules of punctuation marks: where they stand, and in which form.

use crate::check::site::{MarkForm, Notes, Shown, Site};
use crate::model::{BreakLevel, Span};
use crate::text::breaks::{may_end_line, may_start_line};
use crate::text::class::Class;

fn level(site: &Site<'_, '_>, line: &Shown<'_>) -> BreakLevel {
    site.limits_of(line.side).break_level(line.language)
}

pub(super) fn line_start_mark(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        if let Some(mark) = wrong_start(line.text, level(site, line)) {
            notes.part(at, mark);
        }
    }
}

/// The mark that a line starts with, if none is to start with it.
pub(super) fn wrong_start(line: &str, level: BreakLevel) -> Option<Span> {
    let words = line.trim_start();
    let first = words.chars().next()?;
    let start = line.len() - words.len();
    let is_wrong = !may_start_line(first, level) && !opens_a_word(words, first);
    is_wrong.then(|| Span::new(start, start + first.len_utf8()))
}

/// A mark that begins something: `.NET`, `...and`, `’cause`, `–Who?`.
fn opens_a_word(words: &str, first: char) -> bool {
    let next = words[first.len_utf8()..].chars().next();
    let is_letter = next.is_some_and(char::is_alphanumeric);
    match first {
        '.' => is_letter || next == Some('.'),
        '’' => next.is_some_and(|c| Class::of(c) == Class::Letter),
        '–' => true,
        _ => false,
    }
}

pub(super) fn line_end_mark(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        if let Some(mark) = wrong_end(line.text, level(site, line)) {
            notes.part(at, mark);
        }
    }
}

/// The mark that a line ends with, if none is to end with it.
pub(super) fn wrong_end(line: &str, level: BreakLevel) -> Option<Span> {
    let words = line.trim_end();
    let last = words.chars().next_back()?;
    let is_wrong = !may_end_line(last, level);
    is_wrong.then(|| Span::new(words.len() - last.len_utf8(), words.len()))
}

pub(super) fn half_width(_: &Site<'_, '_>, notes: &mut Notes<'_>) {
    wrong_marks(notes, MarkForm::HalfWidth);
}

pub(super) fn ellipsis_form(_: &Site<'_, '_>, notes: &mut Notes<'_>) {
    wrong_marks(notes, MarkForm::Ellipsis);
}

pub(super) fn quote_form(_: &Site<'_, '_>, notes: &mut Notes<'_>) {
    wrong_marks(notes, MarkForm::Quote);
}

pub(super) fn repeated_mark(_: &Site<'_, '_>, notes: &mut Notes<'_>) {
    wrong_marks(notes, MarkForm::Repeated);
}

pub(super) fn name_dot(_: &Site<'_, '_>, notes: &mut Notes<'_>) {
    wrong_marks(notes, MarkForm::NameDot);
}

pub(super) fn trailing_punctuation(_: &Site<'_, '_>, notes: &mut Notes<'_>) {
    wrong_marks(notes, MarkForm::Trailing);
}

pub(super) fn inline_punctuation(_: &Site<'_, '_>, notes: &mut Notes<'_>) {
    wrong_marks(notes, MarkForm::Inside);
}

/// What the rewriter would show otherwise is what is wrong.
fn wrong_marks(notes: &mut Notes<'_>, form: MarkForm) {
    for index in 0..notes.wrong_marks.len() {
        let mark = notes.wrong_marks[index];
        if mark.form == form {
            notes.part(mark.line, mark.part);
        }
    }
}

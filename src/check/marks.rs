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
        let words = line.text.trim_start();
        let Some(first) = words.chars().next() else {
            continue;
        };
        if !may_start_line(first, level(site, line)) && !opens_a_word(words, first) {
            let start = line.text.len() - words.len();
            notes.part(at, Span::new(start, start + first.len_utf8()));
        }
    }
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
        let words = line.text.trim_end();
        let last = words.chars().next_back();
        if let Some(last) = last.filter(|&last| !may_end_line(last, level(site, line))) {
            notes.part(at, Span::new(words.len() - last.len_utf8(), words.len()));
        }
    }
}

pub(super) fn trailing_punctuation(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        let limits = site.limits_of(line.side);
        let words = line.text.trim_end();
        let Some(last) = words.chars().next_back() else {
            continue;
        };
        let is_dropped =
            limits.line_end_forbidden.contains(last) || limits.inline_replace.contains_key(&last);
        // A line of marks alone shows one of them.
        if is_dropped && line.has_words() {
            notes.part(at, Span::new(words.len() - last.len_utf8(), words.len()));
        }
    }
}

pub(super) fn inline_punctuation(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        let limits = site.limits_of(line.side);
        let words = line.text.trim_end();
        let Some(last) = words.char_indices().next_back().map(|(at, _)| at) else {
            continue;
        };
        let inside = &words[..last];
        let is_replaced = |c| limits.inline_replace.contains_key(&c);
        if limits.inline_replace.is_empty() {
            continue;
        }
        for (start, mark) in inside.match_indices(is_replaced) {
            notes.part(at, Span::new(start, start + mark.len()));
        }
    }
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

/// What the rewriter would show otherwise is what is wrong.
fn wrong_marks(notes: &mut Notes<'_>, form: MarkForm) {
    for index in 0..notes.wrong_marks.len() {
        let mark = notes.wrong_marks[index];
        if mark.form == form {
            notes.part(mark.line, mark.part);
        }
    }
}

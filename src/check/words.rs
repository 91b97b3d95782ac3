//! Rules of words: what a line break splits, and what a file or a player takes for its own.

use memchr::memchr2;

use crate::check::site::{Notes, Site};
use crate::model::Span;
use crate::text::breaks::BreakKind;
use crate::text::class::is_spaced;

pub(super) fn word_split(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, pair) in site.lines.windows(2).enumerate() {
        let [above, below] = pair else { continue };
        if above.side != below.side || begins_speech(below.text) {
            continue;
        }
        let level = site.limits_of(above.side).break_level(above.language);
        let (head, tail) = (above.text.trim_end(), below.text.trim_start());
        notes.joined.clear();
        notes.joined.push_str(head);
        if is_spaced(head.chars().next_back()) && is_spaced(tail.chars().next()) {
            notes.joined.push(' ');
        }
        let edge = notes.joined.len();
        notes.joined.push_str(tail);
        let mut boundaries = notes.finder.find(&notes.joined, level);
        let kind = boundaries
            .find(|boundary| boundary.offset >= edge)
            .map(|boundary| boundary.kind);
        let drops_marks = !site.limits_of(above.side).line_end_forbidden.is_empty();
        // Where the mark between two clauses is not shown, what stands round it is no phrase.
        let is_split = (kind == Some(BreakKind::InPhrase) && !drops_marks)
            || (kind == Some(BreakKind::InWord) && is_one_word(notes, head, tail));
        if is_split {
            let last = head.char_indices().next_back().map_or(0, |(at, _)| at);
            notes.part(at, Span::new(last, head.len()));
        }
    }
}

/// Whether the last word of one line and the first of the next, as each line has it by itself,
/// are one in the joined text: 拿出来 and 看一看 have a 来看 between them that is none. Two words of
/// several characters may be one to the dictionary, and still part well: 发现 and 自己.
fn is_one_word(notes: &mut Notes<'_>, head: &str, tail: &str) -> bool {
    let edge = notes.joined.len() - tail.len();
    let last = notes.words.starts(head).last().map(|&start| start as usize);
    let first_end = second_word(notes.words.starts(tail)).unwrap_or(tail.len());
    let is_single = |word: &str| word.chars().nth(1).is_none();
    if !is_single(&head[last.unwrap_or_default()..]) && !is_single(&tail[..first_end]) {
        return false;
    }
    let starts = notes.words.starts(&notes.joined);
    let behind = starts.partition_point(|&start| (start as usize) < edge);
    let end = starts
        .get(behind)
        .map_or(notes.joined.len(), |&end| end as usize);
    behind > 0 && Some(starts[behind - 1] as usize) == last && end == edge + first_end
}

fn second_word(starts: &[u32]) -> Option<usize> {
    starts.get(1).map(|&start| start as usize)
}

/// Whether a line is another speaker's.
fn begins_speech(line: &str) -> bool {
    line.trim_start().starts_with(['-', '–', '—', '>'])
}

pub(super) fn numeric_last_line(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    let Some((last, line)) = site.lines.iter().enumerate().next_back() else {
        return;
    };
    let text = line.text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        notes.part(last, Span::new(0, line.text.len()));
    }
}

/// Markup that a reader has not taken for its own is text by now, and a player may not show it.
pub(super) fn markup_eaten(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        let mut from = 0;
        while let Some(found) = memchr2(b'<', b'{', &line.text.as_bytes()[from..]) {
            let start = from + found;
            let length = markup(&line.text[start..]);
            if let Some(length) = length {
                notes.part(at, Span::new(start, start + length));
            }
            from = start + length.unwrap_or(1);
        }
    }
}

/// The length of the `<i>`, `</i>`, `{\an8}` or `{b}` that a text begins with.
fn markup(text: &str) -> Option<usize> {
    let mut bytes = text.bytes();
    let (open, next) = (bytes.next()?, bytes.next()?);
    let (close, begins) = match open {
        b'<' => ('>', next == b'/' || next.is_ascii_alphabetic()),
        _ => ('}', next == b'\\' || next.is_ascii_alphabetic()),
    };
    let end = text.find(close).filter(|_| begins)?;
    Some(end + close.len_utf8())
}

//! Rules of words: what a line break splits, and what a file or a player takes for its own.

use memchr::memchr2;

use crate::check::site::{Notes, Shown, Site};
use crate::model::{BreakLevel, Span};
use crate::text::breaks::BreakKind;
use crate::text::class::{Class, is_spaced};

pub(super) fn word_split(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, pair) in site.lines.windows(2).enumerate() {
        let [above, below] = pair else { continue };
        if parts_speech(above, below) {
            continue;
        }
        let (head, tail) = (above.text.trim_end(), below.text.trim_start());
        let edges = head.chars().next_back().zip(tail.chars().next());
        let Some((last, first)) = edges.filter(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric())
        else {
            continue;
        };
        // A phrase may be broken where a line has no better place: only words are told.
        let is_split = if [last, first].map(Class::of) == [Class::Han; 2] {
            is_one_word(notes, head, tail)
        } else {
            let level = site.limits_of(above.side).break_level(above.language);
            kind_between(notes, [head, tail], level) == Some(BreakKind::InWord)
        };
        if is_split {
            notes.part(at, Span::new(head.len() - last.len_utf8(), head.len()));
        }
    }
}

/// What kind of place the end of a line is, in the text that it and the next are.
fn kind_between(
    notes: &mut Notes<'_>,
    [head, tail]: [&str; 2],
    level: BreakLevel,
) -> Option<BreakKind> {
    notes.joined.clear();
    notes.joined.push_str(head);
    if is_spaced(head.chars().next_back()) && is_spaced(tail.chars().next()) {
        notes.joined.push(' ');
    }
    let edge = notes.joined.len();
    notes.joined.push_str(tail);
    let mut boundaries = notes.finder.find(&notes.joined, level);
    let found = boundaries.find(|boundary| boundary.offset >= edge);
    found.map(|boundary| boundary.kind)
}

/// How many characters on each side of a line's end are looked at for a word: few words of the
/// dictionary have more than four.
const WORD_CHARACTERS: [usize; 2] = [7, 5];

/// Whether the last word of one line and the first of the next, as each line has it by itself,
/// are one in the joined text: 拿出来 and 看一看 have a 来看 between them that is none. Two words of
/// several characters may be one to the dictionary, and still part well: 发现 and 自己.
fn is_one_word(notes: &mut Notes<'_>, head: &str, tail: &str) -> bool {
    let [before, behind] = WORD_CHARACTERS;
    let start = head.char_indices().rev().nth(before - 1);
    let head = &head[start.map_or(0, |(at, _)| at)..];
    let end = tail.char_indices().nth(behind);
    let tail = &tail[..end.map_or(tail.len(), |(at, _)| at)];
    notes.joined.clear();
    notes.joined.push_str(head);
    notes.joined.push_str(tail);
    let edge = head.len();
    let starts = notes.words.starts(&notes.joined);
    let behind = starts.partition_point(|&start| (start as usize) < edge);
    let end = starts
        .get(behind)
        .map_or(notes.joined.len(), |&end| end as usize);
    let Some(start) = behind.checked_sub(1).map(|last| starts[last] as usize) else {
        return false;
    };
    if end == edge {
        return false;
    }
    let first_end = second_word(notes.words.starts(tail)).unwrap_or(tail.len());
    let last = notes.words.starts(head).last().map(|&last| last as usize);
    let is_single = |word: &str| word.chars().nth(1).is_none();
    let has_single = is_single(&head[start..]) || is_single(&tail[..first_end]);
    last == Some(start)
        && end == edge + first_end
        && has_single
        && notes.words.is_common(&notes.joined[start..end])
}

fn second_word(starts: &[u32]) -> Option<usize> {
    starts.get(1).map(|&start| start as usize)
}

/// Whether a line is in another language than the one above it, or another speaker's.
pub(super) fn parts_speech(above: &Shown<'_>, below: &Shown<'_>) -> bool {
    above.side != below.side || below.text.trim_start().starts_with(['-', '–', '—', '>'])
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

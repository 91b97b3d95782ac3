//! A caption file whose cues stand one below the other in, where each of them begins and ends out:
//! for taking cues away and for putting them in another order.
//!
//! What stands between cues (comments, blank lines) stays where it is. A number that a cue has only
//! by its place stays there too.

use memchr::memrchr2;

use crate::format::clock::is_index;
use crate::format::{CuePlace, Out};
use crate::model::Span;
use crate::text::lines::Lines;

/// What the times of a cue have between them.
const ARROW: &str = "-->";

/// How the cues of a format stand in its files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks {
    /// What the line before the times of a cue is.
    pub(super) head: Head,
    /// What ends a cue.
    pub(super) end: End,
}

/// What the line before the times of a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing of the cue.
    None,
    /// Its number in the file.
    Number,
    /// Its name, if nothing stands before it.
    Name,
}

/// What ends a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The next cue.
    Next,
    /// A blank line.
    Blank,
}

/// Where a cue stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Which cue of the track it is.
    pub(super) cue: usize,
    /// Its number, with the line end.
    number: Span,
    /// All else of it.
    pub(super) body: Span,
    /// The line ends behind it, and blank lines.
    tail: Span,
}

impl Blocks {
    /// The cues in the order of the file; `None` where one of them does not say when it starts.
    pub(super) fn of(self, text: &str, cues: &[CuePlace]) -> Option<Vec<Block>> {
        let starts = cues.iter().map(|place| place.start);
        let starts = starts.collect::<Option<Vec<_>>>()?;
        let mut order: Vec<_> = (0..cues.len()).collect();
        order.sort_by_key(|&cue| starts[cue]);
        let heads: Vec<_> = order
            .iter()
            .map(|&cue| self.head_before(text, line_start(text, starts[cue].start())))
            .collect();
        if heads.windows(2).any(|pair| pair[1].start() < pair[0].end()) {
            return None;
        }
        let ends = heads.iter().skip(1).map(|head| head.start());
        let ends = ends.chain([text.len()]);
        let blocks = order.iter().zip(heads.iter().zip(ends));
        let blocks = blocks.map(|(&cue, (&head, end))| self.block(text, cue, head, end));
        Some(blocks.collect())
    }

    /// The line before the times of a cue, as far as it belongs to that; where they start.
    fn head_before(self, text: &str, times: usize) -> Span {
        let none = Span::new(times, times);
        let Some(line) = line_before(text, times) else {
            return none;
        };
        let is_first = || line_before(text, line.start()).is_some_and(Span::is_empty);
        let is_head = match self.head {
            Head::None => false,
            Head::Number => is_index(line.of(text)),
            Head::Name => !line.is_empty() && !line.of(text).contains(ARROW) && is_first(),
        };
        if is_head {
            Span::new(line.start(), times)
        } else {
            none
        }
    }

    fn block(self, text: &str, cue: usize, head: Span, end: usize) -> Block {
        let (number, start) = match self.head {
            Head::Number => (head, head.end()),
            Head::None | Head::Name => (Span::new(head.start(), head.start()), head.start()),
        };
        let whole = &text[start..end];
        let whole = match self.end {
            End::Next => whole,
            End::Blank => &whole[..behind_blank(whole, head.end() - start)],
        };
        let words = whole.trim_end().len();
        let line = whole[words..].find(['\n', '\r']);
        let body = line.map_or(whole.len(), |line| words + line);
        Block {
            cue,
            number,
            body: Span::new(start, start + body),
            tail: Span::new(start + body, start + whole.len()),
        }
    }
}

/// Past the first blank line behind the times of a cue, which stand at `times`, or before the
/// times of what is none.
fn behind_blank(whole: &str, times: usize) -> usize {
    let text = &whole[times..];
    let mut lines = Lines::plain(text);
    lines.next();
    let mut end = lines.offset();
    while let Some(line) = lines.next() {
        if line.of(text).contains(ARROW) {
            break;
        }
        end = lines.offset();
        if line.is_empty() {
            break;
        }
    }
    times + end
}

/// Whether anything but blank lines stands between cues.
pub(super) fn have_others_between(text: &str, blocks: &[Block]) -> bool {
    let pairs = blocks.windows(2);
    let mut between = pairs.map(|pair| pair[0].tail.end()..pair[1].number.start());
    between.any(|between| !text[between].trim().is_empty())
}

/// Prints a file with those cues only of which `stays` says so, in the order of `cues`. `print`
/// prints what of the file is to stand in the place of a part of it.
pub(super) fn arranged(
    text: &str,
    blocks: &[Block],
    cues: &[Block],
    stays: impl Fn(usize) -> bool,
    out: &mut Out<'_>,
    mut print: impl FnMut(Span, &mut Out<'_>),
) {
    let mut copied = 0;
    let mut slots = blocks.iter().zip(cues);
    for block in blocks {
        out.push_str(&text[copied..block.number.start()]);
        copied = block.tail.end();
        if !stays(block.cue) {
            continue;
        }
        let Some((slot, cue)) = slots.next() else {
            continue;
        };
        // Numbers count what is there, whatever was.
        let is_numbered = !block.number.is_empty() && !slot.number.is_empty();
        let number = if is_numbered {
            slot.number
        } else {
            block.number
        };
        out.push_str(number.of(text));
        print(cue.body, out);
        out.push_str(block.tail.of(text));
    }
    out.push_str(&text[copied..]);
}

fn line_start(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[..at];
    memrchr2(b'\n', b'\r', bytes).map_or(0, |end| end + 1)
}

/// The line that ends where another starts.
fn line_before(text: &str, start: usize) -> Option<Span> {
    let before = text.get(..start)?;
    let line = before
        .strip_suffix("\r\n")
        .or_else(|| before.strip_suffix(['\n', '\r']))?;
    Some(Span::new(line_start(text, line.len()), line.len()))
}

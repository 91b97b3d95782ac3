//! The text of a file and a place in it in, the cue that stands there out, if it is written as
//! nearly all cues of SubRip and WebVTT are: a line that names it, a line of times, some lines
//! without anything to look at, a blank line.
//!
//! Readers go line by line and ask of each what it may be; this is how they pass the plain cues
//! by at the speed of memory. Whatever is not plainly plain is left to them, so that there is one
//! place where files are judged. What it gives is what they would have made of it: each reader
//! has a test that says so.

use crate::format::clock::may_be_times;
use crate::model::{Span, Timestamp, TrackBuilder};

/// A cue as it stands in the file.
pub(super) struct PlainCue<'t> {
    /// The line before the times.
    pub(super) head: Head<'t>,
    /// The end is later than the start.
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    lines: [Span; MOST_LINES],
    line_count: usize,
    /// Where the times stand.
    pub(super) times_at: usize,
    /// Where the blank line behind the cue ends.
    pub(super) behind: usize,
}

/// The line before the times of a cue.
pub(super) enum Head<'t> {
    /// There is none.
    None,
    /// A number without a leading zero.
    Number(u32),
    /// Something else.
    Name(&'t str),
}

/// Cues of more lines are rare.
const MOST_LINES: usize = 4;

/// Bytes of `00:00:00,000 --> 00:00:00,000`.
const TIMES_BYTES: usize = 29;

const ARROW: &[u8; 5] = b" --> ";

/// Where the end stands in it.
pub(super) const END_AT: usize = 17;

impl<'t> PlainCue<'t> {
    /// The cue at `at`, with `point` before its milliseconds.
    #[inline]
    pub(super) fn at(source: &'t str, at: usize, point: u8) -> Option<Self> {
        let (head, times_at) = head(source, at)?;
        let times = source.as_bytes().get(times_at..)?;
        let times = times.first_chunk::<TIMES_BYTES>()?;
        let mut behind = line_end(source, times_at + TIMES_BYTES)?;
        if &times[12..END_AT] != ARROW {
            return None;
        }
        let start = strict_time(times.first_chunk()?, point)?;
        let end = strict_time(times.last_chunk()?, point).filter(|end| *end > start)?;
        let mut lines = [Span::default(); MOST_LINES];
        let mut line_count = 0;
        let behind = loop {
            if let Some(behind) = line_end(source, behind) {
                break behind;
            }
            let line;
            (line, behind) = plain_line(source, behind)?;
            *lines.get_mut(line_count)? = line;
            line_count += 1;
        };
        (line_count > 0).then_some(Self {
            head,
            start,
            end,
            lines,
            line_count,
            times_at,
            behind,
        })
    }

    /// Where its lines stand.
    pub(super) fn lines(&self) -> &[Span] {
        &self.lines[..self.line_count]
    }

    /// Its lines go into a track as they stand.
    pub(super) fn push_lines(&self, source: &str, language: u8, builder: &mut TrackBuilder) {
        for &line in self.lines() {
            push_line(line, source, language, builder);
        }
    }
}

/// A line without a special byte goes into a track as it stands.
#[inline]
pub(super) fn push_line(line: Span, source: &str, language: u8, builder: &mut TrackBuilder) {
    if begins_with_words(line.of(source)) {
        builder.plain_line(line, language);
    } else {
        builder.source_line(line, language);
    }
}

/// The line before the times, which is a number in most files, and where the times start.
#[inline]
fn head(source: &str, at: usize) -> Option<(Head<'_>, usize)> {
    const MOST_DIGITS: usize = 9;
    let rest = source.as_bytes().get(at..)?;
    if rest.get(12..END_AT) == Some(ARROW) {
        return Some((Head::None, at));
    }
    let mut number = 0;
    let mut digits = 0;
    while let Some(digit @ b'0'..=b'9') = rest.get(digits).filter(|_| digits < MOST_DIGITS) {
        number = number * 10 + u32::from(digit - b'0');
        digits += 1;
    }
    let is_number = digits > 0 && (digits == 1 || rest[0] != b'0');
    match line_end(source, at + digits).filter(|_| is_number) {
        Some(behind) => Some((Head::Number(number), behind)),
        None => plain_line(source, at).map(|(line, behind)| (Head::Name(line.of(source)), behind)),
    }
}

/// The line at `at`, and where the next one starts; `None` where there is anything in it that a
/// reader has to look at, and where the file ends before the line does.
///
/// A line end is as special as anything else: one look finds the first of them.
#[inline]
fn plain_line(source: &str, at: usize) -> Option<(Span, usize)> {
    let rest = source.as_bytes().get(at..)?;
    let length = first_special(rest)?;
    let behind = line_end(source, at + length)?;
    Some((Span::new(at, at + length), behind))
}

/// Past the line end that stands there.
fn line_end(source: &str, at: usize) -> Option<usize> {
    match source.as_bytes().get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}

/// `dd:dd:dd,ddd`, with `point` for the comma. Every cue has two: the bytes are looked at
/// together, as two numbers.
#[inline]
pub(super) fn strict_time(bytes: &[u8; 12], point: u8) -> Option<Timestamp> {
    const COLONS: u64 = u64::from_le_bytes(*b"\0\0\xff\0\0\xff\0\0");
    const ZEROS: u64 = u64::from_le_bytes(*b"00:00:00");
    // What is left of a digit is its value, of a colon and a point nothing.
    let clock = u64::from_le_bytes(*bytes.first_chunk()?) ^ ZEROS;
    let fraction = u32::from_le_bytes(*bytes.last_chunk()?);
    let fraction = fraction ^ u32::from_le_bytes([point, b'0', b'0', b'0']);
    // Six more than a digit still fits into four bits.
    let above = (clock | clock.wrapping_add(0x0606_0606_0606_0606)) & 0xf0f0_f0f0_f0f0_f0f0;
    let above_ms = (fraction | fraction.wrapping_add(0x0606_0600)) & 0xf0f0_f0ff;
    if clock & COLONS != 0 || above != 0 || above_ms != 0 {
        return None;
    }
    // Each byte is ten times itself and the next one: no sum of two digits is over a byte.
    let [hours, _, _, minutes, _, _, seconds, _] = (clock * 10 + (clock >> 8)).to_le_bytes();
    let [_, f1, f2, f3] = fraction.to_le_bytes().map(u32::from);
    let seconds_in_all = (u32::from(hours) * 60 + u32::from(minutes)) * 60 + u32::from(seconds);
    let ms = f1 * 100 + f2 * 10 + f3;
    (minutes < 60 && seconds < 60).then(|| Timestamp::from_millis(seconds_in_all * 1000 + ms))
}

/// Whether there is anything in a text that some format takes for its own.
pub(super) fn has_special(text: &str) -> bool {
    first_special(text.as_bytes()).is_some()
}

/// Whether a line of text begins with what begins words: neither a number nor white space, which
/// some format takes for its own.
pub(super) fn begins_with_words(line: &str) -> bool {
    !line.is_empty() && !may_be_times(line)
}

/// How many bytes are looked at as a whole, without a branch for each, which the processor does
/// in one go.
const WINDOW: usize = 16;

/// Where the first byte stands that some format takes for its own.
#[inline]
pub(super) fn first_special(text: &[u8]) -> Option<usize> {
    let (windows, rest) = text.as_chunks::<WINDOW>();
    for (index, window) in windows.iter().enumerate() {
        // Not by `map`, which is not made into one look at all of them.
        let mut signs = [0; WINDOW];
        for (sign, &byte) in signs.iter_mut().zip(window) {
            *sign = special(byte);
        }
        let signs = u128::from_le_bytes(signs);
        if signs != 0 {
            return Some(index * WINDOW + signs.trailing_zeros() as usize / 8);
        }
    }
    let in_rest = rest.iter().position(|&byte| special(byte) != 0);
    in_rest.map(|at| windows.len() * WINDOW + at)
}

/// 0xff for what begins markup, an escape, a reference or a control character, or ends an arrow.
/// C2 begins U+0080 to U+00BF, of which some are control characters.
#[inline]
fn special(byte: u8) -> u8 {
    let is = |found: bool| 0_u8.wrapping_sub(u8::from(found));
    is(byte < b' ')
        | is(byte == 0x7f)
        | is(byte == 0xc2)
        | is(byte == b'&')
        // `<` and `>`.
        | is(byte & !2 == b'<')
        // `[`, `\\` and `]`, and with the next bit `{`, `|` and `}`.
        | is((byte & !0x20).wrapping_sub(b'[') < 3)
}

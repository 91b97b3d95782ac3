//! The text of a file and a place in it in, the cue that stands there out, if it is written as
//! nearly all cues of SubRip and WebVTT are: a line that names it, a line of times, some lines
//! without anything to look at, a blank line.
//!
//! Readers go line by line and ask of each what it may be; this is how they pass the plain cues
//! by at the speed of memory. Whatever is not plainly plain is left to them, so that there is one
//! place where files are judged. What it gives is what they would have made of it: each reader
//! has a test that says so.

use memchr::memchr;

use crate::format::clock::may_be_times;
use crate::model::Timestamp;

/// A cue as it stands in the file.
pub(super) struct PlainCue<'t> {
    /// The line before the times; empty where there is none.
    pub(super) head: &'t str,
    pub(super) start: Timestamp,
    /// Later than the start.
    pub(super) end: Timestamp,
    lines: [&'t str; MOST_LINES],
    line_count: usize,
    /// Where the times stand.
    pub(super) times_at: usize,
    /// Where the blank line behind the cue ends.
    pub(super) behind: usize,
}

/// Cues of more lines are rare.
const MOST_LINES: usize = 4;

/// Bytes of `00:00:00,000 --> 00:00:00,000`.
const TIMES_BYTES: usize = 29;

const ARROW: &[u8] = b" --> ";

/// Where the end stands in it.
pub(super) const END_AT: usize = 17;

impl<'t> PlainCue<'t> {
    /// The cue at `at`, with `point` before its milliseconds.
    pub(super) fn at(source: &'t str, at: usize, point: u8) -> Option<Self> {
        let (head, times_at) = head(source, at)?;
        let times = source.as_bytes().get(times_at..times_at + TIMES_BYTES)?;
        let behind_times = line_end(source, times_at + TIMES_BYTES)?;
        if &times[12..END_AT] != ARROW {
            return None;
        }
        let start = strict_time(&times[..12], point)?;
        let end = strict_time(&times[END_AT..], point).filter(|end| *end > start)?;
        let mut cue = Self {
            head,
            start,
            end,
            lines: [""; MOST_LINES],
            line_count: 0,
            times_at,
            behind: behind_times,
        };
        loop {
            if let Some(behind) = line_end(source, cue.behind) {
                cue.behind = behind;
                return (cue.line_count > 0).then_some(cue);
            }
            let (line, behind) = plain_line(source, cue.behind)?;
            cue.behind = behind;
            *cue.lines.get_mut(cue.line_count)? = line;
            cue.line_count += 1;
        }
    }

    pub(super) fn lines(&self) -> &[&'t str] {
        &self.lines[..self.line_count]
    }
}

/// The line before the times, which is a number in most files, and where the times start.
fn head(source: &str, at: usize) -> Option<(&str, usize)> {
    let rest = source.as_bytes().get(at..)?;
    if rest.get(12..END_AT) == Some(ARROW) {
        return Some(("", at));
    }
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match line_end(source, at + digits) {
        Some(behind) => Some((source.get(at..at + digits)?, behind)),
        None => plain_line(source, at),
    }
}

/// The line at `at`, and where the next one starts; `None` where there is anything in it that a
/// reader has to look at, and where the file ends before the line does.
fn plain_line(source: &str, at: usize) -> Option<(&str, usize)> {
    let rest = source.as_bytes().get(at..)?;
    let length = memchr(b'\n', rest)?;
    let line = &rest[..length];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let text = source.get(at..at + line.len())?;
    (!has_any(line, is_special)).then_some((text, at + length + 1))
}

/// Past the line end that stands there.
fn line_end(source: &str, at: usize) -> Option<usize> {
    match source.as_bytes().get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}

/// `dd:dd:dd,ddd`, with `point` for the comma. Every cue has two: the clock is taken as one
/// number, whose bytes are looked at together.
#[inline]
pub(super) fn strict_time(bytes: &[u8], point: u8) -> Option<Timestamp> {
    const COLONS: u64 = u64::from_le_bytes(*b"\0\0\xff\0\0\xff\0\0");
    const ZEROS: u64 = u64::from_le_bytes(*b"00:00:00");
    let bytes: &[u8; 12] = bytes.try_into().ok()?;
    let (clock, fraction) = bytes.split_first_chunk::<8>()?;
    // What is left of a digit is its value, of a colon nothing.
    let clock = u64::from_le_bytes(*clock) ^ ZEROS;
    let &[found, f1, f2, f3] = fraction.first_chunk::<4>()?;
    let fraction = [f1, f2, f3].map(|byte| byte.wrapping_sub(b'0'));
    // Six more than a digit still fits into four bits.
    let beyond = (clock | clock.wrapping_add(0x0606_0606_0606_0606)) & 0xf0f0_f0f0_f0f0_f0f0;
    let is_clock = clock & COLONS == 0 && beyond == 0;
    if !is_clock || found != point || fraction.iter().any(|&digit| digit > 9) {
        return None;
    }
    let digit = |at: usize| (clock >> (8 * at)) as u32 & 0xf;
    let two = |at: usize| digit(at) * 10 + digit(at + 1);
    let (minutes, seconds) = (two(3), two(6));
    let [f1, f2, f3] = fraction.map(u32::from);
    let ms = f1 * 100 + f2 * 10 + f3;
    (minutes < 60 && seconds < 60)
        .then(|| Timestamp::from_millis((two(0) * 60 + minutes) * 60_000 + seconds * 1000 + ms))
}

/// Whether there is a bracket or a backslash in a text, which some format takes for its own.
pub(super) fn has_markup(text: &str) -> bool {
    has_any(text.as_bytes(), is_of_markup)
}

/// Whether a line of text begins with what begins words: neither a number nor white space, which
/// some format takes for its own.
pub(super) fn begins_with_words(line: &str) -> bool {
    !line.is_empty() && !may_be_times(line)
}

const WINDOW: usize = 16;

/// Whether any byte of a line is so. A window is looked at as a whole, without a branch for each
/// byte, which the processor does in one go.
fn has_any(line: &[u8], is_so: impl Fn(u8) -> bool) -> bool {
    let Some(last) = line.last_chunk::<WINDOW>() else {
        return line.iter().any(|&byte| is_so(byte));
    };
    let in_window = |window: &[u8; WINDOW]| any_in(window, &is_so);
    // The last window goes over a part of the one before it.
    let (windows, _) = line.as_chunks::<WINDOW>();
    windows.iter().any(in_window) || in_window(last)
}

/// Without a branch for each byte, so that all are looked at in one go.
fn any_in(window: &[u8; WINDOW], is_so: impl Fn(u8) -> bool) -> bool {
    window.iter().fold(false, |any, &byte| any | is_so(byte))
}

#[expect(clippy::needless_bitwise_bool, reason = "see any_in")]
const fn is_of_markup(byte: u8) -> bool {
    (byte == b'<')
        | (byte == b'>')
        | (byte == b'{')
        | (byte == b'}')
        | (byte == b'[')
        | (byte == b'\\')
}

/// What begins markup, an escape, a reference or a control character, or ends an arrow. C2 begins U+0080 to
/// U+00BF, of which some are control characters.
#[expect(clippy::needless_bitwise_bool, reason = "see any_in")]
const fn is_special(byte: u8) -> bool {
    (byte < b' ')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'&')
        | (byte == b'{')
        | (byte == b'\\')
        | (byte == 0x7f)
        | (byte == 0xc2)
}

//! What an LRC file says of itself in: which lines are no text, and how far the times are off.
//!
//! `[ti:…]`, `[ar:…]` and the like, several in a line, keys that nobody knows; `[offset:+500]`
//! is the one that counts.

use crate::format::draft::Draft;
use crate::model::kinds;
use crate::text::class::trimmed;
use crate::text::lines::Lines;

/// Tags that programs know, by which a file is known.
const TAGS: [&str; 9] = ["ti", "ar", "al", "au", "by", "re", "ve", "length", "offset"];

kinds! {
    Format;
    OFFSET: Note, "offset",
        "found an offset for all lines",
        "their times were moved by it: + is earlier, but never before the start";
    BAD_OFFSET: Fault, "unreadable-offset",
        "expected an offset in milliseconds such as [offset:+500]",
        "it was passed over";
}

/// Whether programs know a tag.
pub(super) fn is_known(tag: (&str, &str)) -> bool {
    TAGS.iter().any(|known| known.eq_ignore_ascii_case(tag.0))
}

/// The key of a tag, behind its bracket, and what stands behind its colon.
fn key(key: &str) -> Option<(&str, &str)> {
    const LONGEST_KEY: usize = 20;
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'#');
    let length = key.bytes().take(LONGEST_KEY).take_while(is_key).count();
    let (key, value) = key.split_at(length);
    let is_name = !key.starts_with(|c: char| c.is_ascii_digit());
    Some((key, value.strip_prefix(':')?)).filter(|_| is_name)
}

/// The first tag of a line that has tags and nothing else, and its value.
pub(super) fn tag(line: &str) -> Option<(&str, &str)> {
    let first = key(line.strip_prefix('[')?)?;
    let (mut rest, mut value) = (line, None);
    while !rest.is_empty() {
        let (_, behind) = key(rest.strip_prefix('[')?)?;
        let mut open = 1;
        let end = behind.bytes().position(|byte| {
            open += i32::from(byte == b'[') - i32::from(byte == b']');
            open == 0
        });
        // A bracket that nothing closes is a part of the value.
        let end = end.or_else(|| behind.strip_suffix(']').map(str::len))?;
        value = value.or(Some(&behind[..end]));
        rest = behind[end + 1..].trim_start();
    }
    Some((first.0, value?))
}

/// `NetEase` puts who wrote a song into lines of JSON.
pub(super) fn is_credit(line: &str) -> bool {
    line.starts_with("{\"t\":")
}

/// How many milliseconds the lines of a file are to come earlier. It may stand anywhere.
pub(super) fn offset(draft: &mut Draft<'_>) -> i32 {
    let source = draft.source;
    let lines = Lines::plain(source).map(|line| trimmed(line.of(source)));
    let tags = lines.filter(|line| line.starts_with('[')).filter_map(tag);
    let mut offsets = tags.filter(|(key, _)| key.eq_ignore_ascii_case("offset"));
    let Some((_, value)) = offsets.next() else {
        return 0;
    };
    let ms = value.trim();
    let place = draft.span_of(value);
    match ms.strip_suffix("ms").unwrap_or(ms).trim_end().parse() {
        Ok(0) => 0,
        Err(_) if ms.is_empty() => 0,
        Ok(ms) => {
            draft.found(&OFFSET, place);
            ms
        }
        Err(_) => {
            draft.found(&BAD_OFFSET, place);
            0
        }
    }
}

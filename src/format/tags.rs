//! The markup that SubRip files carry: HTML-like tags and ASS overrides.
//!
//! There is no specification: these are the tags that players know. What they know and the
//! model does not (fonts, colours) is dropped with a note; what nobody knows is text, so
//! that `a < b` and `<某某>` are not lost.

use memchr::{memchr, memchr2_iter, memchr3};

use crate::format::clock::is_time_line;
use crate::format::marks::OpenMarks;
use crate::format::rebuilt::GUARD;
use crate::model::{MarkKind, Position, TrackBuilder};

/// What one tag or override asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Open(MarkKind),
    Close(MarkKind),
    Stand(Position),
    BreakLine,
    /// What ASS writes for something else, which players show as that.
    Escaped(Escape),
    /// Known to players, not to the model.
    Drop,
}

/// What ASS has for a line end and a space that does not break. FFmpeg, and by it mpv, and VLC
/// take them for that in `SubRip` too. Of `\n` they disagree, so it is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escape {
    LineEnd,
    Space,
}

/// Tags by their name in lower case.
const TAGS: [(&str, Option<MarkKind>); 13] = [
    ("b", Some(MarkKind::Bold)),
    ("strong", Some(MarkKind::Bold)),
    ("i", Some(MarkKind::Italic)),
    ("em", Some(MarkKind::Italic)),
    ("u", Some(MarkKind::Underline)),
    ("font", None),
    ("s", None),
    ("strike", None),
    ("span", None),
    ("c", None),
    ("p", None),
    ("div", None),
    ("br", None),
];

/// Bytes of the longest of their names.
const LONGEST_NAME: usize = 6;

/// The text of one cue while it is read.
#[derive(Debug, Default)]
pub(super) struct TaggedText {
    marks: OpenMarks,
    has_position: bool,
}

impl TaggedText {
    /// Reads one line, and tells what is to be said of it.
    pub(super) fn line(&mut self, line: &str, language: u8, builder: &mut TrackBuilder) -> Seen {
        let mut seen_markup = Seen::default();
        let mut closers = Closers::default();
        // Up to where text has been pushed, and up to where markup has been looked for.
        let (mut pushed, mut seen) = (0, 0);
        while let Some(ahead) = memchr3(b'<', b'{', b'\\', &line.as_bytes()[seen..]) {
            let at = seen + ahead;
            let Some((wishes, end)) = markup(line, at, &mut closers) else {
                seen = at + 1;
                let behind = line[seen..].strip_prefix(GUARD);
                if behind.is_some_and(|behind| may_be_guarded(&line[at..=at], behind)) {
                    push(&line[pushed..], seen - pushed, builder);
                    seen += GUARD.len_utf8();
                    pushed = seen;
                }
                continue;
            };
            push(&line[pushed..], at - pushed, builder);
            (pushed, seen) = (end, end);
            for wish in wishes {
                match wish {
                    Wish::Open(kind) => self.marks.open(kind, builder),
                    Wish::Close(kind) => self.marks.close(kind, builder),
                    Wish::BreakLine => self.marks.end_line(language, builder),
                    Wish::Stand(position) if !self.has_position => {
                        self.has_position = true;
                        builder.position(position);
                    }
                    Wish::Escaped(escape) => {
                        seen_markup.escapes = true;
                        match escape {
                            Escape::LineEnd => self.marks.end_line(language, builder),
                            Escape::Space => builder.push_str("\u{a0}"),
                        }
                    }
                    // Of several positions players take the first.
                    Wish::Stand(_) | Wish::Drop => seen_markup.dropped_styling = true,
                }
            }
        }
        push(&line[pushed..], line.len() - pushed, builder);
        self.marks.end_line(language, builder);
        seen_markup
    }

    /// The cue ends.
    pub(super) fn end_cue(&mut self) {
        self.marks.end_cue();
        self.has_position = false;
    }
}

/// Places behind each bracket of a line of text that a player may take for the start of markup,
/// and not show, and behind each backslash: where players make ASS of `SubRip`, what follows it
/// could be an escape. Braces are met by others that stand in for them.
pub(super) fn guards(line: &str, places: &mut Vec<usize>) {
    for at in memchr2_iter(b'<', b'\\', line.as_bytes()) {
        let (sign, behind) = line[at..].split_at(1);
        if sign == "\\" || may_be_tag(behind) {
            places.push(at + 1);
        }
    }
}

/// Whether a guard between them is one of ours. The writer looks further ahead than here, where
/// its own tags may stand in between.
fn may_be_guarded(sign: &str, behind: &str) -> bool {
    let may_follow = |c: char| c.is_ascii_alphanumeric() || "_/ <>".contains(c);
    sign == "\\" || (sign == "<" && behind.starts_with(may_follow))
}

/// What FFmpeg does not show: what looks like a tag, known or not. A letter behind the bracket is
/// enough, or a slash; `<3 …>`, `<_>`, `< b …>` and `<>` go too, be the `>` in a later line.
fn may_be_tag(behind: &str) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = behind.trim_start_matches(' ').trim_start_matches(in_name);
    behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        || name.starts_with([' ', '>'])
}

/// Adds the first `length` bytes of `rest`, the rest of a line, without the guard that kept the
/// line from being read as times.
fn push(rest: &str, length: usize, builder: &mut TrackBuilder) {
    let guarded = rest.strip_prefix(GUARD);
    let is_guard =
        guarded.is_some_and(|text| builder.current_line().is_empty() && is_time_line(text));
    let from = if is_guard { GUARD.len_utf8() } else { 0 };
    builder.push_str(rest.get(from..length).unwrap_or_default());
}

/// What was seen in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Markup that players know and that is not kept.
    pub(super) dropped_styling: bool,
    /// What ASS writes for a line end or a space.
    pub(super) escapes: bool,
}

/// Where a line's next `>` and `}` are, so that a line of brackets that nothing closes is
/// not searched to its end for each of them.
#[derive(Debug, Default)]
struct Closers {
    tag: usize,
    override_block: usize,
}

/// The place of the next `closer` from `at` on; `known` is that of an earlier search. The
/// line's end stands for none.
fn closer(closer: u8, line: &str, at: usize, known: &mut usize) -> Option<usize> {
    if *known <= at {
        let ahead = memchr(closer, &line.as_bytes()[at..]);
        *known = ahead.map_or(line.len(), |ahead| at + ahead);
    }
    (*known < line.len()).then_some(*known)
}

/// The markup at a `<`, `{` or `\`, and where it ends; `None` where there is none.
fn markup(line: &str, at: usize, closers: &mut Closers) -> Option<(Vec<Wish>, usize)> {
    match line.as_bytes()[at] {
        b'<' => {
            let end = closer(b'>', line, at, &mut closers.tag)?;
            Some((vec![tag(&line[at + 1..end])?], end + 1))
        }
        b'{' => {
            let body = line[at + 1..].strip_prefix('\\')?;
            let end = closer(b'}', line, at, &mut closers.override_block)?;
            let body = &body[..end - at - 2];
            Some((body.split('\\').map(override_tag).collect(), end + 1))
        }
        _ => {
            let escape = match line.as_bytes().get(at + 1)? {
                b'N' => Escape::LineEnd,
                b'h' => Escape::Space,
                _ => return None,
            };
            Some((vec![Wish::Escaped(escape)], at + 2))
        }
    }
}

/// `b`, `/b`, `font color="…"`.
fn tag(body: &str) -> Option<Wish> {
    let (closes, body) = match body.strip_prefix('/') {
        Some(body) => (true, body),
        None => (false, body),
    };
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'/' | b'.');
    // What is longer than any name is none, however long: its end is not looked for.
    let mut start = body.bytes().take(LONGEST_NAME + 1);
    let length = start.position(|byte| ends(&byte));
    let name = body.get(..length.unwrap_or(body.len()))?;
    let &(name, kind) = TAGS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(match kind {
        Some(kind) if closes => Wish::Close(kind),
        Some(kind) => Wish::Open(kind),
        None if name == "br" => Wish::BreakLine,
        None => Wish::Drop,
    })
}

/// `an8`, `i1`, `b0`, or any other override.
fn override_tag(body: &str) -> Wish {
    let body = body.trim();
    let keypad = body
        .strip_prefix("an")
        .and_then(|digits| digits.parse().ok());
    if let Some(position) = keypad.and_then(Position::from_keypad) {
        return Wish::Stand(position);
    }
    match body {
        "b1" => Wish::Open(MarkKind::Bold),
        "b0" => Wish::Close(MarkKind::Bold),
        "i1" => Wish::Open(MarkKind::Italic),
        "i0" => Wish::Close(MarkKind::Italic),
        "u1" => Wish::Open(MarkKind::Underline),
        "u0" => Wish::Close(MarkKind::Underline),
        _ => Wish::Drop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CueId, CueTimes, LanguageTag};

    fn shown(line: &str) -> String {
        let mut builder = TrackBuilder::new();
        let language = builder.language(&LanguageTag::UND);
        TaggedText::default().line(line, language, &mut builder);
        builder.cue(
            CueId::numbered(1),
            CueTimes::open(crate::model::Timestamp::ZERO),
        );
        let track = builder.finish();
        track
            .lines(&track.cues()[0])
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn the_longest_name_is_known() {
        let longest = TAGS.iter().map(|(name, _)| name.len()).max();
        assert_eq!(longest, Some(LONGEST_NAME));
    }

    #[test]
    fn a_bracket_without_its_closer_is_text() {
        assert_eq!(shown("{<{\\i1}甲<b>乙{\\"), "{<甲乙{\\");
        assert_eq!(shown("<{\\i1>甲}乙"), "<乙");
        assert_eq!(
            shown("<<b>甲</B ><strong.x>乙<stronger>"),
            "<甲乙<stronger>"
        );
        assert_eq!(shown("{\\}甲{}<>"), "甲{}<>");
    }

    #[test]
    fn what_players_do_not_show_is_guarded() {
        for (line, guarded) in [
            ("<b>", 1),
            ("</", 1),
            ("爱心 <3 和笑脸 >_<", 1),
            ("<><_>< b c", 3),
            ("a < b，就有 b > a", 0),
            ("a < b", 0),
            ("<某某> <-b>", 0),
            ("\\N甲\\n乙\\h丙", 3),
            ("D:\\甲", 1),
        ] {
            let mut places = Vec::new();
            guards(line, &mut places);
            assert_eq!(places.len(), guarded, "{line}");
            let mut written = line.to_owned();
            for at in places.into_iter().rev() {
                written.insert(at, GUARD);
            }
            assert_eq!(shown(&written), line);
        }
    }

    /// Searched to its end for each bracket, one of these lines takes minutes.
    #[test]
    fn a_line_of_brackets_is_read_in_one_go() {
        for piece in ["<", "{", "\\", "<a", "{\\", "<{\\", "<b ", "<甲"] {
            for end in ["", ">", "}"] {
                let line = piece.repeat(1 << 20) + end;
                assert!(shown(&line).len() <= line.len(), "{piece}{end}");
            }
        }
    }
}

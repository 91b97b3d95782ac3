//! The text of an ASS event in, its lines out: breaks, overrides, remarks in braces.
//!
//! What is text and what is not is decided as libass does. A brace that nothing closes is text;
//! all between braces that follows no backslash is a remark.

use memchr::{memchr, memchr2};

use crate::format::ass_styles::{
    BOLD_WEIGHT, EMPHASIS, Emphasis, Numbering, SoftBreak, Style, Styles,
};
use crate::format::marks::OpenMarks;
use crate::format::plain::push_line;
use crate::format::rebuilt::GUARD;
use crate::model::{Kind, MarkKind, Position, Span, TrackBuilder, kinds};

kinds! {
    Format;
    STYLING: Note, "styling",
        "expected bold, italic, underline or a position for an override",
        "other styling was dropped, its text was kept";
    KARAOKE: Note, "karaoke",
        "expected text that is shown at once",
        "when its syllables are sung was dropped";
    pub(super) DRAWING: Note, "drawing",
        "expected text, found a drawing",
        "it was dropped";
    REMARK: Note, "remark-in-braces",
        "expected overrides between braces, found a remark",
        "it was dropped, as players do not show it";
}

/// The text of one event while it is read.
pub(super) struct EventText<'s, 't> {
    styles: &'s Styles<'t>,
    language: u8,
    marks: OpenMarks,
    /// The event's own style.
    style: Style,
    /// The language of the style that holds.
    style_language: u8,
    /// That of the first text of the line, if there is any yet.
    line_language: Option<u8>,
    emphasis: Emphasis,
    soft_break: SoftBreak,
    /// Whether what follows draws a shape.
    draws: bool,
    /// Whether there is a line, be it a blank one.
    has_line: bool,
    position: Option<Placed>,
    /// What was dropped, each kind once.
    pub(super) dropped: Vec<&'static Kind>,
}

/// What the first of an event's positions says; players take no other.
#[derive(Clone, Copy, Debug)]
enum Placed {
    At(Position),
    AsStyled,
}

impl<'s, 't> EventText<'s, 't> {
    pub(super) fn new(styles: &'s Styles<'t>, language: u8) -> Self {
        Self {
            styles,
            language,
            marks: OpenMarks::default(),
            style: Style::default(),
            style_language: language,
            line_language: None,
            emphasis: Emphasis::default(),
            soft_break: SoftBreak::default(),
            draws: false,
            has_line: false,
            position: None,
            dropped: Vec::new(),
        }
    }

    /// Reads the text of an event of a style, and gives its position.
    pub(super) fn read(
        &mut self,
        text: &str,
        style: Style,
        builder: &mut TrackBuilder,
    ) -> Option<Position> {
        self.begin(style, builder);
        let mut rest = text;
        let mut has_closer = true;
        while let Some(at) = memchr2(b'{', b'\\', rest.as_bytes()) {
            self.push(&rest[..at], builder);
            rest = &rest[at..];
            if rest.starts_with('\\') {
                rest = self.escape(rest, builder);
                continue;
            }
            // Where one brace is not closed no later one is.
            let end = has_closer.then(|| memchr(b'}', rest.as_bytes())).flatten();
            has_closer = end.is_some();
            match end {
                Some(end) => self.block(&rest[1..end], builder),
                None => self.push("{", builder),
            }
            rest = &rest[end.map_or(1, |end| end + 1)..];
        }
        self.push(rest, builder);
        if self.has_line {
            self.end_line(builder);
        }
        self.marks.end_cue();
        match self.position {
            Some(Placed::At(position)) => Some(position),
            Some(Placed::AsStyled) | None => style.position,
        }
    }

    /// A line of a style that is known to have nothing in it but its text.
    pub(super) fn plain_line(
        &self,
        line: Span,
        source: &str,
        style: Style,
        builder: &mut TrackBuilder,
    ) {
        let language = self.language_of(style);
        if style.emphasis == Emphasis::default() {
            return push_line(line, source, language, builder);
        }
        let from = builder.here();
        builder.push_str(line.of(source));
        for (kind, _) in EMPHASIS
            .into_iter()
            .zip(style.emphasis)
            .filter(|(_, is)| *is)
        {
            builder.mark(from, kind);
        }
        builder.end_line(language);
    }

    fn begin(&mut self, style: Style, builder: &mut TrackBuilder) {
        self.style = style;
        self.style_language = self.language_of(style);
        self.line_language = None;
        self.emphasis = Emphasis::default();
        self.soft_break = self.styles.soft_break;
        self.draws = false;
        self.has_line = false;
        self.position = None;
        self.dropped.clear();
        self.emphasize(style.emphasis, builder);
    }

    fn push(&mut self, text: &str, builder: &mut TrackBuilder) {
        if text.is_empty() {
            return;
        }
        if self.draws {
            return self.drop(&DRAWING);
        }
        self.has_line = true;
        self.line_language.get_or_insert(self.style_language);
        builder.push_str(text);
    }

    fn drop(&mut self, kind: &'static Kind) {
        if !self.dropped.contains(&kind) {
            self.dropped.push(kind);
        }
    }

    fn break_line(&mut self, builder: &mut TrackBuilder) {
        if !self.draws {
            self.has_line = true;
            self.end_line(builder);
        }
    }

    /// A line is in the language of the style of its first text.
    fn end_line(&mut self, builder: &mut TrackBuilder) {
        let language = self.line_language.take().unwrap_or(self.style_language);
        self.marks.end_line(language, builder);
    }

    fn language_of(&self, style: Style) -> u8 {
        style.language.unwrap_or(self.language)
    }

    /// What begins with a backslash; gives what is behind it.
    fn escape<'l>(&mut self, rest: &'l str, builder: &mut TrackBuilder) -> &'l str {
        let behind = &rest[1..];
        let Some(escaped) = behind.chars().next() else {
            self.push("\\", builder);
            return behind;
        };
        match escaped {
            'N' => self.break_line(builder),
            'n' => match self.soft_break {
                SoftBreak::Line => self.break_line(builder),
                SoftBreak::Space => self.push(" ", builder),
            },
            'h' => self.push("\u{a0}", builder),
            '{' | '}' => self.push(&behind[..1], builder),
            GUARD => self.push("\\", builder),
            _ => {
                self.push("\\", builder);
                return behind;
            }
        }
        &behind[escaped.len_utf8()..]
    }

    /// What stands between braces.
    fn block(&mut self, body: &str, builder: &mut TrackBuilder) {
        // A blank line alone, which nothing would not tell from no line at all.
        if body.is_empty() {
            self.has_line = true;
            return;
        }
        let first = memchr(b'\\', body.as_bytes());
        if !body[..first.unwrap_or(body.len())].trim().is_empty() {
            self.drop(&REMARK);
        }
        let mut tags = first.map(|at| &body[at + 1..]);
        while let Some(rest) = tags {
            let end = tag_end(rest);
            self.tag(rest[..end].trim(), builder);
            tags = rest.get(end + 1..);
        }
    }

    fn tag(&mut self, tag: &str, builder: &mut TrackBuilder) {
        if let Some(number) = argument(tag, "an") {
            self.place(number, Numbering::Keypad);
        } else if let Some(number) = argument(tag, "a") {
            self.place(number, Numbering::Legacy);
        } else if let Some(number) = argument(tag, "b") {
            self.switch(0, number, builder);
        } else if let Some(number) = argument(tag, "i") {
            self.switch(1, number, builder);
        } else if let Some(number) = argument(tag, "u") {
            self.switch(2, number, builder);
        } else if let Some(number) = argument(tag, "p") {
            self.draws = number.is_some_and(|scale| scale > 0);
        } else if let Some(name) = tag.strip_prefix('r') {
            let style = self.styles.named(name.trim()).unwrap_or(self.style);
            self.style_language = self.language_of(style);
            self.emphasize(style.emphasis, builder);
        } else if tag.starts_with(['k', 'K']) {
            self.drop(&KARAOKE);
        } else if !tag.is_empty() {
            if let Some(number) = argument(tag, "q") {
                self.soft_break = number.map_or(self.styles.soft_break, SoftBreak::under);
            }
            self.drop(&STYLING);
        }
    }

    fn place(&mut self, number: Option<i32>, numbering: Numbering) {
        if self.position.is_none() {
            let position = number.and_then(|number| numbering.position(number));
            self.position = Some(position.map_or(Placed::AsStyled, Placed::At));
        }
    }

    /// 1 is on, 0 is off; for bold a weight is either, and all else is as the style has it.
    fn switch(&mut self, kind: usize, number: Option<i32>, builder: &mut TrackBuilder) {
        let mut emphasis = self.emphasis;
        emphasis[kind] = match number {
            Some(0) => false,
            Some(1) => true,
            Some(weight) if weight >= 100 && EMPHASIS[kind] == MarkKind::Bold => {
                weight >= BOLD_WEIGHT
            }
            Some(_) | None => self.style.emphasis[kind],
        };
        self.emphasize(emphasis, builder);
    }

    fn emphasize(&mut self, emphasis: Emphasis, builder: &mut TrackBuilder) {
        let before = self.emphasis;
        for ((kind, was), is) in EMPHASIS.into_iter().zip(before).zip(emphasis) {
            match (was, is) {
                (false, true) => self.marks.open(kind, builder),
                (true, false) => self.marks.close(kind, builder),
                (true, true) | (false, false) => {}
            }
        }
        self.emphasis = emphasis;
    }
}

/// Where an override ends: at the next backslash that is not in its brackets. Those of `\t` hold
/// overrides that come about slowly, which no mark can say.
fn tag_end(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut bytes = rest.bytes();
    let end = bytes.position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b'\\' && depth == 0
    });
    end.unwrap_or(rest.len())
}

/// The number behind an override's name, if it is that override: `b` and `b1`, not `bord1`.
#[expect(
    clippy::option_option,
    reason = "an override that is there may lack its number"
)]
fn argument(tag: &str, name: &str) -> Option<Option<i32>> {
    let number = tag.strip_prefix(name)?.trim_start_matches(['(', ' ']);
    if number.is_empty() {
        return Some(None);
    }
    let sign = usize::from(number.starts_with(['-', '+']));
    let digits = number[sign..].bytes().take_while(u8::is_ascii_digit);
    let length = sign + digits.count();
    (length > sign).then(|| number[..length].parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CueId, CueTimes, LanguageTag, Timestamp};

    fn shown(text: &str) -> String {
        let mut builder = TrackBuilder::new();
        let language = builder.language(&LanguageTag::UND);
        let styles = Styles::default();
        let mut event = EventText::new(&styles, language);
        event.read(text, Style::default(), &mut builder);
        builder.cue(CueId::numbered(1), CueTimes::open(Timestamp::ZERO));
        let track = builder.finish();
        let lines = track.lines(&track.cues()[0]);
        lines.map(|line| line.text).collect()
    }

    #[test]
    fn braces_and_brackets_that_nothing_closes_are_read() {
        assert_eq!(shown("{\\t(\\b1}甲{\\pos(1}乙{"), "甲乙{");
        assert_eq!(shown("{{\\b1}}甲"), "}甲");
        assert_eq!(shown("{\\}甲\\"), "甲\\");
        assert_eq!(shown("{\\b99999999999\\p}甲"), "甲");
    }

    /// Searched to its end for each brace, one of these lines takes minutes.
    #[test]
    fn a_line_of_braces_is_read_in_one_go() {
        for piece in ["{", "{\\", "\\", "{}", "{\\b1}", "\\(", "{\\t(", "\\N", "}"] {
            for end in ["", "}"] {
                let line = piece.repeat(1 << 18) + end;
                assert!(shown(&line).len() <= line.len(), "{piece}{end}");
            }
        }
    }
}

//! The text of an ASS file and a place in it in, the event that stands there out, if it is written
//! as nearly all events are: a `Dialogue:` line with the usual columns, times in their strict form,
//! no effect, and text with nothing in it but breaks.
//!
//! It is to ASS what `plain.rs` is to SubRip: whatever is not plainly plain is left to the reader,
//! so that there is one place where files are judged. What it gives is what the reader would have
//! made of it: a test says so.

use memchr::memchr;

use crate::format::ass_fields::strict_time;
use crate::format::plain::first_special;
use crate::model::{Span, Timestamp};

/// An event as it stands in the file.
pub(super) struct PlainEvent<'t> {
    pub(super) start: Timestamp,
    /// Later than the start.
    pub(super) end: Timestamp,
    /// Where the times stand.
    pub(super) start_span: Span,
    pub(super) end_span: Span,
    /// The fields as they stand, without a control character.
    pub(super) style: &'t str,
    pub(super) name: &'t str,
    lines: [Span; MOST_LINES],
    line_count: usize,
    /// Where the next line of the file starts.
    pub(super) behind: usize,
}

/// Events of more lines are rare.
const MOST_LINES: usize = 4;

impl<'t> PlainEvent<'t> {
    /// The event at `at`, where a line starts. Most events have the style of the one before, whose
    /// field is `last_style`.
    pub(super) fn at(source: &'t str, at: usize, last_style: &'t str) -> Option<Self> {
        let rest = source.as_bytes().get(at..)?;
        let mut fields = Fields { source, rest };
        if fields.skip(b"Dialogue: 0,").is_none() {
            fields.skip(b"Dialogue:")?;
            let _ = fields.skip(b" ");
            // As Sub Station Alpha has it.
            let _ = fields.skip(b"Marked=");
            fields.number()?;
        }
        let start_at = fields.at();
        let start = fields.time()?;
        let end_at = fields.at();
        let end = fields.time().filter(|end| *end > start)?;
        let behind_end = fields.at();
        let style = fields.known(last_style).or_else(|| fields.words())?;
        // No name, no margins, no effect.
        let name = match fields.skip(b",0,0,0,,") {
            Some(()) => "",
            None => fields.name_before_margins()?,
        };
        let mut event = Self {
            start,
            end,
            // A comma stands behind each.
            start_span: Span::new(start_at, end_at - 1),
            end_span: Span::new(end_at, behind_end - 1),
            style,
            name,
            lines: [Span::default(); MOST_LINES],
            line_count: 0,
            behind: fields.at(),
        };
        event.read_text(source)?;
        Some(event)
    }

    /// Finds the lines of its text, which is all to the end of the line; `None` where there is
    /// anything in it that a reader has to look at, and where there is none.
    fn read_text(&mut self, source: &str) -> Option<()> {
        let text_at = self.behind;
        loop {
            let line_at = self.behind;
            let rest = source.as_bytes().get(line_at..)?;
            let length = first_special(rest)?;
            let (end_length, is_last) = match rest[length..] {
                [b'\\', b'N', ..] => (2, false),
                [b'\n', ..] => (1, true),
                [b'\r', b'\n', ..] => (2, true),
                _ => return None,
            };
            let end = line_at + length;
            *self.lines.get_mut(self.line_count)? = Span::new(line_at, end);
            self.line_count += 1;
            self.behind = end + end_length;
            if is_last {
                return (end > text_at).then_some(());
            }
        }
    }

    /// Where its lines stand.
    pub(super) fn lines(&self) -> &[Span] {
        &self.lines[..self.line_count]
    }
}

/// The fields of a line, each of which ends with a comma.
struct Fields<'t> {
    source: &'t str,
    /// What has not been read of it, from the next field on.
    rest: &'t [u8],
}

impl<'t> Fields<'t> {
    /// Where the next one stands.
    const fn at(&self) -> usize {
        self.source.len() - self.rest.len()
    }

    #[inline]
    fn skip(&mut self, prefix: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(prefix)?;
        Some(())
    }

    /// Past a field of digits.
    fn number(&mut self) -> Option<()> {
        while let [b'0'..=b'9', behind @ ..] = self.rest {
            self.rest = behind;
        }
        self.skip(b",")
    }

    /// `0:00:00.00`, and with ten hours and more.
    #[inline]
    fn time(&mut self) -> Option<Timestamp> {
        if let Some((field, behind)) = self.rest.split_first_chunk::<10>()
            && let [b',', behind @ ..] = behind
        {
            self.rest = behind;
            return strict_time(field);
        }
        let (field, behind) = self.rest.split_first_chunk::<11>()?;
        self.rest = behind.strip_prefix(b",")?;
        strict_time(field)
    }

    /// The field, if it is one that is known.
    fn known(&mut self, field: &'t str) -> Option<&'t str> {
        let behind = self.rest.strip_prefix(field.as_bytes())?;
        self.rest = behind.strip_prefix(b",")?;
        Some(field)
    }

    /// A field of words.
    fn words(&mut self) -> Option<&'t str> {
        let at = self.at();
        let (field, behind) = self.rest.split_at(memchr(b',', self.rest)?);
        self.rest = &behind[1..];
        let is_plain = !field.iter().any(|&byte| byte < b' ');
        is_plain.then(|| self.source.get(at..at + field.len()))?
    }

    /// A name, and three margins and no effect behind it.
    fn name_before_margins(&mut self) -> Option<&'t str> {
        let name = self.words()?;
        for _margin in 0..3 {
            self.number()?;
        }
        self.skip(b",").map(|()| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::ass::{read, read_by};
    use crate::format::draft::Draft;
    use crate::model::SourceText;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// Behind the last event something is to stand.
    const BEHIND: &str = "\nDialogue: ";

    fn at_start<'t>(line: &'t str, last_style: &'t str) -> Option<PlainEvent<'t>> {
        PlainEvent::at(line, 0, last_style)
    }

    #[test]
    fn plain_events_are_found() {
        let times = "0:00:01.00,10:00:02.50";
        for (line, style, name, lines) in [
            ("Dialogue: 0,{},船,,0,0,0,,甲", "船", "", &["甲"][..]),
            (
                "Dialogue:12,{},船大,乙,0010,0,0000,,甲, 丁\\N丙",
                "船大",
                "乙",
                &["甲, 丁", "丙"],
            ),
            (
                "Dialogue: Marked=0,{},, 乙,0,0,0,, \\N\\N",
                "",
                " 乙",
                &[" ", "", ""],
            ),
        ] {
            for line_end in ["\n", "\r\n"] {
                let line = line.replace("{}", times) + line_end;
                let file = line.clone() + BEHIND;
                let event = at_start(&file, "船").expect(&line);
                assert_eq!((event.style, event.name), (style, name), "{line}");
                let found: Vec<_> = event.lines().iter().map(|line| line.of(&file)).collect();
                assert_eq!(found, lines, "{line}");
                assert_eq!(event.behind, line.len(), "{line}");
                let spans = [event.start_span, event.end_span].map(|span| span.of(&file));
                assert_eq!(spans.join(","), times, "{line}");
                assert_eq!(event.start.millis(), 1000, "{line}");
                assert_eq!(event.end.millis(), 36_002_500, "{line}");
            }
        }
    }

    #[test]
    fn all_else_is_left_to_the_reader() {
        let before = "Dialogue: 0,0:00:01.00,0:00:02.00,船,,0,0,0,,";
        assert!(at_start(&format!("{before}甲{BEHIND}"), "").is_some());
        let texts = "|甲{\\b1}乙|甲{|甲\\n乙|甲\\h乙|甲\\|甲\tb|甲\r乙|甲\u{7f}|甲\u{85}|甲·";
        for text in texts.split('|').chain(["1\\N2\\N3\\N4\\N5"]) {
            let found = at_start(&format!("{before}{text}{BEHIND}"), "").is_some();
            assert!(!found, "{text:?}");
        }
        for (part, other) in [
            ("Dialogue", "Comment"),
            ("Dialogue", "dialogue"),
            ("0,0:", "零,0:"),
            (":01.00", ":01.0"),
            (":01.00", ":61.00"),
            (":02.00", ":01.00"),
            ("船", "船\r"),
            (",,0,0", ",\n,0,0"),
            ("0,0,0,,", "0,0,左,,"),
            ("0,0,0,,", "0,0,0,Banner;1,"),
        ] {
            let file = format!("{before}甲{BEHIND}").replacen(part, other, 1);
            assert!(at_start(&file, "").is_none(), "{file}");
        }
        assert!(at_start(&format!("{before}甲"), "").is_none());
    }

    const HEAD: &str = "[V4+ Styles]\nFormat: Name, Bold, Underline, Alignment\n\
        Style: Default,0,0,2\nStyle: 船,-1,1,8\n[Events]\n";

    /// One of those between bars, and more often than not the first.
    fn mostly(of: &'static str) -> impl Strategy<Value = &'static str> {
        let all: Vec<_> = of.split('|').collect();
        prop_oneof![8 => Just(all[0]), 1 => select(all)]
    }

    fn text() -> impl Strategy<Value = String> {
        let plain = "字|上船, 下船|\\N|\\N| |a||「".split('|');
        let other = "\\n|\\h|\\|{\\i1}|{|\t|\u{85}|·|\u{7f}|\u{2060}".split('|');
        let any: Vec<_> = plain.clone().chain(other).collect();
        let plain = vec(select(plain.collect::<Vec<_>>()), 1..6);
        prop_oneof![3 => plain, 1 => vec(select(any), 0..6)].prop_map(|pieces| pieces.concat())
    }

    fn event() -> impl Strategy<Value = String> {
        let before_name = (
            mostly("Dialogue: |Dialogue:|Dialogue: Marked=| Dialogue: |Comment: "),
            mostly("0|12||零|0\r"),
            mostly("0:00:01.00|0:59:59.99|01:00:00.00|0:00:61.00|0:0:01.00| "),
            mostly("2:00:00.00|12:34:56.78|100:00:00.00|0:00:00.5|"),
            mostly("Default|船|Def|*Default| 船 ||Default\t|岸"),
        );
        let from_name = (
            mostly("|老船长| 甲 |NTP|甲;\u{2060}乙|\u{1}|甲\n"),
            mostly("0,0,0|0000,0020,0000|0,,0|甲,0,0|0,0"),
            mostly("| |Banner;5|fx"),
            text(),
            mostly("\n|\r\n|\r|\n\n|"),
        );
        (before_name, from_name).prop_map(|(before_name, from_name)| {
            let (key, layer, start, end, style) = before_name;
            let (name, margins, effect, text, line_end) = from_name;
            format!("{key}{layer},{start},{end},{style},{name},{margins},{effect},{text}{line_end}")
        })
    }

    fn file() -> impl Strategy<Value = String> {
        let other = "[Fonts]|[Events]|[V4+ Styles]\nStyle: Default,1,0,5|船|Format: Text|\
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text|\
            Format: Start, Layer, End, Style, Effect, MarginL, MarginR, MarginV, Name, Text";
        let other = select(other.split('|').collect::<Vec<_>>());
        let piece = prop_oneof![8 => event(), 1 => other.prop_map(|line| format!("{line}\n"))];
        vec(piece, 0..12).prop_map(|pieces| HEAD.to_owned() + &pieces.concat())
    }

    proptest! {
        #[test]
        fn events_that_are_passed_by_are_read_as_all_others(file in file()) {
            let file = SourceText::from(file);
            let mut passed = Draft::with_places(&file);
            read(&mut passed);
            let mut judged = Draft::with_places(&file);
            read_by(&mut judged, |_, _| None);
            prop_assert_eq!(passed.finish(), judged.finish());
        }
    }
}

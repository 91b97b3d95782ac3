//! The text of a caption of YouTube as it is written, run by run with the pen of each, in; lines
//! and marks out.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::{MarkKind, TrackBuilder};
use crate::text::class::{trimmed, without_controls};
use crate::text::lines::Lines;

/// How a run of text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    /// Which of [`EMPHASIS`] it has.
    pub(super) emphasis: [bool; 3],
    pub(super) ruby: RubyPart,
    pub(super) styling: Styling,
}

const EMPHASIS: [MarkKind; 3] = [MarkKind::Bold, MarkKind::Italic, MarkKind::Underline];

/// What a run is of a ruby: a base, brackets for players that know none, and a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RubyPart {
    #[default]
    None,
    Base,
    Bracket,
    Reading,
}

/// Whether something is styled in ways that a track does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Styling {
    #[default]
    Plain,
    Styled,
}

impl RubyPart {
    /// The part that `rb` says. The bits of the number above 7 are dots over the text; readings
    /// are told apart by the side that they stand on.
    pub(super) const fn of_number(number: u32) -> Self {
        match number % 8 {
            0 => Self::None,
            1 => Self::Base,
            2 => Self::Bracket,
            _ => Self::Reading,
        }
    }
}

/// YouTube parts its runs by it, so that none is empty and none is merged with the next.
const PADDING: char = '\u{200b}';

/// The text of one caption. Its buffers are used again for the next.
#[derive(Debug, Default)]
pub(super) struct RunText {
    text: String,
    /// Where each run ends, and its pen.
    runs: Vec<(usize, Pen)>,
}

/// What was met in a text, and is told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    pub(super) controls: bool,
    pub(super) padding: bool,
    pub(super) styling: bool,
}

impl RunText {
    /// More text.
    pub(super) fn push(&mut self, text: &str, pen: Pen) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some((last, same)) if *same == pen => *last = end,
            _ => self.runs.push((end, pen)),
        }
    }

    /// Whether there is nothing to show.
    pub(super) fn is_blank(&self) -> bool {
        let is_hidden = |c: char| c == PADDING || c.is_control();
        trimmed(&self.text)
            .chars()
            .all(|c| is_hidden(c) || c.is_whitespace())
    }

    /// Forgets the text.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
    }

    /// Puts the lines into a track, without blank ones and the spaces round them.
    pub(super) fn build(&self, language: u8, builder: &mut TrackBuilder) -> Met {
        let mut met = Met {
            styling: self
                .runs
                .iter()
                .any(|(_, pen)| pen.styling == Styling::Styled),
            ..Met::default()
        };
        let mut run = 0;
        for line in Lines::plain(&self.text) {
            let text = line.of(&self.text);
            met.padding |= text.contains(PADDING);
            met.controls |= matches!(without_controls(text), Cow::Owned(_));
            let start = line.start() + (text.len() - text.trim_start_matches(is_edge).len());
            let end = line.start() + text.trim_end_matches(is_edge).len();
            if start >= end {
                continue;
            }
            let mut ruby = Ruby::None;
            let mut at = start;
            while at < end {
                while self
                    .runs
                    .get(run)
                    .is_some_and(|(run_end, _)| *run_end <= at)
                {
                    run += 1;
                }
                let (run_end, pen) = self.runs.get(run).copied().unwrap_or((end, Pen::default()));
                let to = run_end.min(end);
                let piece = shown(&self.text[at..to]);
                ruby = ruby.run(&piece, pen, builder);
                at = to;
            }
            builder.end_line(language);
        }
        met
    }
}

/// Spaces, and what is not shown, at either end of a line.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, PADDING | '\u{feff}')
}

fn shown(text: &str) -> Cow<'_, str> {
    let plain = without_controls(text);
    if plain.contains(PADDING) {
        return Cow::Owned(plain.replace(PADDING, ""));
    }
    plain
}

/// The ruby that a run may belong to.
enum Ruby {
    None,
    /// A base that stands there.
    Base(Range<usize>),
    /// It has its reading; a bracket may follow.
    Read,
}

impl Ruby {
    /// Puts a run of a line into a track. A part without its others is text.
    fn run(self, text: &str, pen: Pen, builder: &mut TrackBuilder) -> Self {
        match (pen.ruby, self) {
            (RubyPart::Bracket, ruby @ (Self::Base(_) | Self::Read)) => ruby,
            (RubyPart::Reading, Self::Base(base)) => {
                let reading = builder.aside(text);
                builder.mark_range(base, MarkKind::Ruby(reading));
                Self::Read
            }
            (part, _) => {
                let from = builder.here();
                builder.push_str(text);
                for (kind, is_on) in EMPHASIS.into_iter().zip(pen.emphasis) {
                    if is_on {
                        builder.mark(from, kind);
                    }
                }
                match part {
                    RubyPart::Base => Self::Base(from..builder.here()),
                    RubyPart::None | RubyPart::Bracket | RubyPart::Reading => Self::None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::format::Format;

    fn as_vtt(text: &str) -> String {
        let format = Format::of_content(text).expect("a known form");
        let reading = format.read(text).expect("a form that is read");
        let mut printed = Vec::new();
        let vtt = Format::named("vtt").expect("a row of the table");
        vtt.write(&reading.track, &mut printed)
            .expect("a vector takes all");
        String::from_utf8(printed).expect("text")
    }

    const VTT: &str = "WEBVTT

1
00:00:01.000 --> 00:00:02.000 line:0
<b>粗</b>平<i>斜</i>
<i>还斜</i>

2
00:00:02.000 --> 00:00:03.000
<u><ruby>汉<rt>hàn</rt></ruby></u>口

";

    #[test]
    fn pens_readings_and_positions_come_out_in_json() {
        let text = r#"{"wireMagic":"pb3","pens":[{},{"bAttr":1},{"iAttr":1},{"rbRuby":1,"uAttr":1},
            {"rbRuby":2},{"rbRuby":4}],"wpWinPositions":[{"ahHorPos":40,"avVerPos":10}],"events":[
            {"tStartMs":1000,"dDurationMs":1000,"wpWinPosId":0,"pPenId":2,"segs":[
            {"utf8":"粗","pPenId":1},{"utf8":"平","pPenId":0},{"utf8":"斜\n还斜"}]},
            {"tStartMs":2000,"dDurationMs":1000,"segs":[{"utf8":"汉","pPenId":3},
            {"utf8":"(","pPenId":4},{"utf8":"hàn","pPenId":5},{"utf8":")","pPenId":4},
            {"utf8":"口"}]}]}"#;
        assert_eq!(as_vtt(text), VTT);
    }

    #[test]
    fn pens_readings_and_positions_come_out_in_xml() {
        let text = r#"<timedtext format="3"><head><pen id="1" b="1"/><pen id="2" i="1"/>
            <pen id="3" rb="1" u="1"/><pen id="4" rb="2"/><pen id="5" rb="4"/>
            <wp id="7" ap="1" ah="50"/></head><body><p t="1000" d="1000" p="2" wp="7"><s
            p="1">粗</s><s p="0">平</s><s>斜<br/>还斜</s></p><p t="2000" d="1000"><s
            p="3">汉</s><s p="4">(</s><s p="5">hàn</s><s p="4">)</s>口</p></body></timedtext>"#;
        assert_eq!(as_vtt(text), VTT);
    }

    #[test]
    fn a_caption_in_html_has_its_emphasis() {
        let text = r#"<transcript><text start="1" dur="1">&lt;b&gt;粗&lt;/b&gt;&amp;lt;b&gt; 1 &lt; 2</text></transcript>"#;
        let vtt = as_vtt(text);
        assert!(vtt.contains("\n<b>粗</b>&lt;b&gt; 1 &lt; 2\n"), "{vtt}");
    }
}

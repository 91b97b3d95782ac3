//! The room of transcripts.
#![doc = include_str!("../../docs/transcript.md")]

mod anchors;
mod emphasis;
mod grammar;
mod habits;
mod inline;
mod kinds;
mod label;
mod pairs;
mod paste;
mod places;
mod print;
mod read;
mod verbatim;
mod words;

use crate::model::{Diagnostic, Span, Transcript};
use grammar::{Marker, TimeForm, marker};
use habits::Habits;
pub use pairs::{is_interleaved, pair_up};
pub use print::print;
use read::{Draft, draft};

/// A transcript, and all that was found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What could be read: all of the words.
    pub transcript: Transcript,
    /// What each line of the source was taken for.
    pub forms: Vec<Form>,
    /// Notes, repairs and faults, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a line was taken for. One that has words is of words, whatever stands before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It ends a paragraph.
    Blank,
    /// An utterance.
    Words,
    /// An utterance that is nothing but sounds.
    Sound,
    /// Closing marks of the utterance before.
    Marks,
    /// A heading.
    Heading,
    /// The time of the next utterance.
    Time,
    /// The speaker of the next utterance.
    Label,
    /// A pause before the next utterance.
    Pause,
}

/// What is known of how a transcript is written, besides its own lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints<'h> {
    /// The names that are labels where they begin a line (`张三：`, `【张三】`), and no others
    /// are. Where none are given, those are that plainly are.
    pub speakers: &'h [String],
}

/// Reads a transcript. There is no text that it does not read.
///
/// ```
/// use zimu::model::Timestamp;
///
/// let reading = zimu::transcript::parse("# 开场\n[0:05] 大家好\n他说“你好\n”\n");
/// let transcript = reading.transcript;
/// let words: Vec<_> = transcript.utterances.iter().map(|u| transcript.words(u)).collect();
/// assert_eq!(words, ["大家好", "他说“你好”"]);
/// assert_eq!(transcript.anchors[0].at, Timestamp::from_millis(5000));
/// assert_eq!(reading.diagnostics[0].kind.id, "stray-closing-mark");
/// ```
#[must_use]
pub fn parse(source: &str) -> Reading {
    parse_with(source, Hints::default())
}

/// Reads a transcript of which something is known.
///
/// ```
/// use zimu::transcript::{Hints, parse_with};
///
/// let speakers = ["客人".to_owned()];
/// let hints = Hints { speakers: &speakers };
/// let transcript = parse_with("客人：一壶茶\n", hints).transcript;
/// assert_eq!(transcript.words(&transcript.utterances[0]), "一壶茶");
/// assert_eq!(transcript.speaker(0), Some("客人"));
/// ```
#[must_use]
pub fn parse_with(source: &str, hints: Hints<'_>) -> Reading {
    let Draft {
        mut transcript,
        mut diagnostics,
        anchors,
        forms,
    } = draft(source, &Habits::of(source, hints));
    transcript.anchors = anchors::rising(&anchors, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    Reading {
        transcript,
        forms,
        diagnostics,
    }
}

/// The words behind the time that a line begins with, in brackets or bare; `None` where it
/// begins with none.
///
/// ```
/// use zimu::transcript::behind_time;
///
/// assert_eq!(behind_time("[0:05] Hello"), Some("Hello"));
/// assert_eq!(behind_time("Hello"), None);
/// ```
#[must_use]
pub fn behind_time(line: &str) -> Option<&str> {
    match marker(line)? {
        Marker::Time { form, at, text, .. } if form != TimeForm::Alone => at.map(|_| text),
        Marker::Heading { .. }
        | Marker::Time { .. }
        | Marker::Sign { .. }
        | Marker::Number { .. }
        | Marker::Label(_) => None,
    }
}

/// The places of what is heard and not said among words: `（笑声）`.
///
/// ```
/// let words = "谢谢（掌声）大家";
/// let sounds: Vec<_> = zimu::transcript::sounds(words).map(|sound| sound.of(words)).collect();
/// assert_eq!(sounds, ["（掌声）"]);
/// ```
pub fn sounds(words: &str) -> impl Iterator<Item = Span> {
    let marks = inline::formed(words);
    marks.filter_map(|(place, mark)| (mark == inline::Mark::Sound).then_some(place))
}

/// Whether a line is a heading.
///
/// ```
/// use zimu::transcript::is_heading;
///
/// assert!(is_heading("# Opening") && !is_heading("#1 of all"));
/// ```
#[must_use]
pub fn is_heading(line: &str) -> bool {
    matches!(marker(line), Some(Marker::Heading { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_line_is_told() {
        use Form::{Blank, Heading, Label, Marks, Pause, Sound, Time, Words};
        let source =
            "# 题\n\n[0:05]\n[说话人：甲]\n[停顿]\n好\n”\n（笑声）\n[0:09] [说话人：乙] 走";
        let forms = [
            Heading, Blank, Time, Label, Pause, Words, Marks, Sound, Words,
        ];
        assert_eq!(parse(source).forms, forms);
    }

    fn words(source: &str) -> Vec<String> {
        let transcript = parse(source).transcript;
        let all = transcript.utterances.iter();
        all.map(|utterance| transcript.words(utterance).to_owned())
            .collect()
    }

    #[test]
    fn bare_times_are_times_only_where_two_or_more_rise() {
        assert_eq!(words("0:05 你好\n0:09 再见\n"), ["你好", "再见"]);
        assert_eq!(words("12:30 分开始\n"), ["12:30 分开始"]);
        assert_eq!(words("0:09 你好\n0:05 再见\n"), ["0:09 你好", "0:05 再见"]);
    }

    #[test]
    fn ascii_points_that_begin_a_line_are_words() {
        assert_eq!(words("平台\n.NET 很好\n"), ["平台", ".NET 很好"]);
    }

    #[test]
    fn half_width_quotes_close_where_they_were_opened() {
        assert_eq!(
            words("他说\"你好\n\"\n\"再见\"是词\n"),
            ["他说\"你好\"", "\"再见\"是词"]
        );
    }

    /// Letters, digits and Han characters: what no reading may lose.
    fn spoken(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    proptest! {
        #[test]
        fn no_word_is_lost(source in "(\\PC|[\n\r\0\u{2028}”，。\"]){0,200}") {
            // Markers are not words; a source with none keeps all that it has.
            let source = source.replace(['#', ':', '：'], "");
            prop_assert_eq!(spoken(&words(&source).concat()), spoken(&source));
        }

        #[test]
        fn utterances_are_trimmed_and_rise(source: String) {
            let transcript = parse(&source).transcript;
            let mut end = 0;
            for utterance in &transcript.utterances {
                let words = transcript.words(utterance);
                prop_assert!(!words.is_empty() && words.trim_start() == words);
                prop_assert!(utterance.text.start() >= end);
                end = utterance.text.end();
            }
        }
    }
}

//! A transcript in, its text out, which is read as the same transcript again.
//!
//! Everything has one form here, the plainest that the grammar has: times and labels in brackets
//! before their words, pauses before an utterance on lines of their own. Words that could be
//! read as something else have a backslash: only where they would be, if no other line is
//! written so; else wherever they could be.

use std::collections::HashSet;
use std::fmt::Write;
use std::iter::Peekable;
use std::slice;

use crate::model::{Anchor, Heading, Opening, Pause, Span, Transcript, Translation};
use crate::transcript::grammar::{Marker, TimeForm, marker};
use crate::transcript::habits::Habits;
use crate::transcript::inline;
use crate::transcript::label::LabelForm;
use crate::transcript::verbatim::{ESCAPE, begins_stray, is_doubtful};
use crate::transcript::{Hints, emphasis};

/// Prints a transcript. [`parse`](super::parse) reads the same utterances, headings, speakers,
/// times, sounds and pauses from it; translations stand below their lines.
///
/// ```
/// use zimu::transcript::{parse, print};
///
/// let transcript = parse("甲： 你来了\n乙： 来了\n\n0:05 甲：  坐（停顿 2 秒）喝茶\n0:09 乙：好").transcript;
/// let printed = "\
/// [说话人：甲] 你来了
/// [说话人：乙] 来了
///
/// [0:00:05.000] [说话人：甲] 坐[停顿 2s]喝茶
/// [0:00:09.000] [说话人：乙] 好
/// ";
/// assert_eq!(print(&transcript), printed);
/// ```
#[must_use]
pub fn print(transcript: &Transcript) -> String {
    let names = transcript.turns.iter();
    let names: HashSet<&str> = names.map(|turn| turn.name.of(&transcript.names)).collect();
    let printed = Printer::new(transcript, Guard::AgainstMarkers(&names)).print();
    if Habits::of(&printed, Hints::default()).are_none_but(&names) {
        printed
    } else {
        Printer::new(transcript, Guard::AgainstAll).print()
    }
}

/// Which words have a backslash.
#[derive(Clone, Copy, Debug)]
enum Guard<'n> {
    /// Those that are read as something else in every transcript, and in one with these
    /// speakers.
    AgainstMarkers(&'n HashSet<&'n str>),
    /// Those that are read as something else in any transcript.
    AgainstAll,
}

impl Guard<'_> {
    fn is_needed(self, line: &str) -> bool {
        let Self::AgainstMarkers(names) = self else {
            return is_doubtful(line);
        };
        let is_marker = match marker(line) {
            Some(Marker::Heading { .. }) => true,
            Some(Marker::Time { form, .. }) => {
                matches!(form, TimeForm::Bracketed | TimeForm::Guessed)
            }
            Some(Marker::Label(label)) => {
                label.form == LabelForm::Said || names.contains(label.name)
            }
            Some(Marker::Sign { .. } | Marker::Number { .. }) => false,
            None => line.starts_with(ESCAPE) && is_doubtful(line),
        };
        is_marker || begins_stray(line) || emphasis::plain(line).is_some()
    }
}

struct Printer<'t> {
    transcript: &'t Transcript,
    guard: Guard<'t>,
    headings: Peekable<slice::Iter<'t, Heading>>,
    anchors: Peekable<slice::Iter<'t, Anchor>>,
    translations: Peekable<slice::Iter<'t, Translation>>,
    /// Who speaks, as far as it is printed.
    speaker: &'t str,
    printed: String,
    /// The line that is made.
    line: String,
}

impl<'t> Printer<'t> {
    fn new(transcript: &'t Transcript, guard: Guard<'t>) -> Self {
        Self {
            transcript,
            guard,
            headings: transcript.headings.iter().peekable(),
            anchors: transcript.anchors.iter().peekable(),
            translations: transcript.translations.iter().peekable(),
            speaker: "",
            printed: String::with_capacity(transcript.text.len()),
            line: String::new(),
        }
    }

    fn print(mut self) -> String {
        for (index, utterance) in self.transcript.utterances.iter().enumerate() {
            let index = index as u32;
            self.headings_before(index);
            if utterance.opening == Opening::Paragraph {
                self.printed.push('\n');
            }
            self.pauses_before(utterance.text);
            self.time_of(index);
            self.speaker_of(index);
            self.words(utterance.text);
            let is_its = |translation: &&Translation| translation.utterance == index;
            if let Some(translation) = self.translations.next_if(is_its) {
                self.pauses_before(translation.text);
                self.words(translation.text);
            }
        }
        self.headings_before(u32::MAX);
        self.printed
    }

    fn headings_before(&mut self, utterance: u32) {
        while let Some(heading) = self.headings.next_if(|next| next.before <= utterance) {
            if !self.printed.is_empty() {
                self.printed.push('\n');
            }
            self.printed.push_str("# ");
            self.printed.push_str(self.transcript.title(heading));
            self.printed.push('\n');
            self.speaker = "";
        }
    }

    fn pauses_before(&mut self, words: Span) {
        let transcript = self.transcript;
        let before = transcript.pauses_in(Span::new(words.start(), words.start()));
        for pause in before {
            push_pause(&mut self.printed, pause);
            self.printed.push('\n');
        }
    }

    fn time_of(&mut self, utterance: u32) {
        let is_its = |anchor: &&Anchor| anchor.utterance == utterance;
        if let Some(anchor) = self.anchors.next_if(is_its) {
            push(&mut self.printed, format_args!("[{}] ", anchor.at));
        }
    }

    fn speaker_of(&mut self, utterance: u32) {
        let speaker = self.transcript.speaker(utterance as usize);
        let speaker = speaker.unwrap_or_default();
        if self.speaker == speaker {
            return;
        }
        self.speaker = speaker;
        // No name that was read has both, and one of a caption file that has is kept readable.
        match (speaker.contains(']'), speaker.contains('】')) {
            (false, _) => push(&mut self.printed, format_args!("[说话人：{speaker}] ")),
            (true, false) => push(&mut self.printed, format_args!("【说话人：{speaker}】 ")),
            (true, true) => {
                let speaker = speaker.replace(']', "］");
                push(&mut self.printed, format_args!("[说话人：{speaker}] "));
            }
        }
    }

    /// A line of words, with the pauses among them.
    fn words(&mut self, words: Span) {
        self.line.clear();
        let mut from = words.start();
        for pause in self.transcript.pauses_in(words) {
            let at = pause.at as usize;
            if at == words.start() {
                continue;
            }
            self.piece(Span::new(from, at));
            self.double_backslashes();
            push_pause(&mut self.line, pause);
            from = at;
        }
        self.piece(Span::new(from, words.end()));
        if self.guard.is_needed(&self.line) {
            self.printed.push(ESCAPE);
        }
        self.printed.push_str(&self.line);
        self.printed.push('\n');
    }

    /// Words without pauses, with the sounds among them.
    fn piece(&mut self, piece: Span) {
        let mut from = piece.start();
        for sound in self.transcript.sounds_in(piece) {
            self.plain(Span::new(from, sound.start()));
            self.double_backslashes();
            self.line.push_str(sound.of(&self.transcript.text));
            from = sound.end();
        }
        self.plain(Span::new(from, piece.end()));
    }

    /// Words among which nothing is a mark, whatever its form.
    fn plain(&mut self, words: Span) {
        let words = words.of(&self.transcript.text);
        let mut from = 0;
        for (place, _) in inline::formed(words) {
            self.line.push_str(&words[from..place.start()]);
            self.double_backslashes();
            self.line.push(ESCAPE);
            self.line.push_str(place.of(words));
            from = place.end();
        }
        self.line.push_str(&words[from..]);
    }

    /// Before a mark, each backslash that is a word is two.
    fn double_backslashes(&mut self) {
        let count = self.line.len() - self.line.trim_end_matches(ESCAPE).len();
        self.line.extend(std::iter::repeat_n(ESCAPE, count));
    }
}

fn push_pause(line: &mut String, pause: &Pause) {
    match pause.length_ms {
        None => line.push_str("[停顿]"),
        Some(ms) => {
            let thousandths = format!("{:03}", ms % 1000);
            let part = thousandths.trim_end_matches('0');
            let point = if part.is_empty() { "" } else { "." };
            push(line, format_args!("[停顿 {}{point}{part}s]", ms / 1000));
        }
    }
}

fn push(line: &mut String, value: std::fmt::Arguments<'_>) {
    // A `String` takes all that is written to it.
    let _ = line.write_fmt(value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::parse;
    use proptest::prelude::*;

    /// All that a transcript says, without the places in its source.
    fn said(transcript: &Transcript) -> impl PartialEq + std::fmt::Debug {
        let utterances = transcript.utterances.iter().enumerate();
        let utterances: Vec<_> = utterances
            .map(|(index, utterance)| {
                let speaker = transcript.speaker(index).map(str::to_owned);
                (utterance.text, utterance.opening, speaker)
            })
            .collect();
        let headings = transcript.headings.iter();
        let headings: Vec<_> = headings
            .map(|heading| (transcript.title(heading).to_owned(), heading.before))
            .collect();
        let anchors = transcript.anchors.iter();
        let anchors: Vec<_> = anchors.map(|a| (a.utterance, a.at)).collect();
        let (sounds, pauses) = (transcript.sounds.clone(), transcript.pauses.clone());
        (
            transcript.text.clone(),
            utterances,
            headings,
            anchors,
            sounds,
            pauses,
        )
    }

    fn reprinted(words: &str) -> String {
        print(&parse(words).transcript)
    }

    #[test]
    fn words_that_would_be_read_as_a_marker_have_a_backslash() {
        for line in [
            r"\# 号键",
            r"\[0:05] 是时间",
            r"\[说话人：甲] 是标签",
            r"\”是右引号",
            r"\**不是** 重点",
            r"\[停顿] 两个字",
            r"他写 \（笑声） 两个字",
            r"\\# 前面有反斜线",
            r"路径 \\\（笑声）",
            r"路径 \\（笑声）",
        ] {
            let printed = format!("{line}\n");
            assert_eq!(reprinted(&printed), printed, "{line}");
        }
    }

    #[test]
    fn other_words_have_none() {
        for line in [
            r"\frac{a}{b}",
            "12:30 分开始",
            "1. 第一点",
            "- 破折",
            "例如：这样",
            "张三：你好",
            "评分 ****",
            "（笑声）好",
        ] {
            let printed = format!("{line}\n");
            assert_eq!(reprinted(&printed), printed, "{line}");
        }
    }

    #[test]
    fn words_are_guarded_where_all_of_them_together_would_be_markers() {
        let printed = "\\0:05 你好\n\\0:09 再见\n";
        assert_eq!(reprinted(printed), printed);
    }

    /// Pieces that mean something, in any order.
    fn pieces() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "\\",
            "\\\\",
            "# ",
            "#",
            "\n",
            "\n\n",
            "[0:05]",
            "[0:09] ",
            "0:12 ",
            "0:20",
            "（1:00）",
            "[0:75]",
            "甲：",
            "乙：",
            "[说话人：甲]",
            "【说话人：a]】",
            "[说话人：]",
            "【旁白】",
            "- ",
            "> ",
            "1. ",
            "2. ",
            "3、",
            "（4）",
            "**",
            "*",
            "”",
            "。",
            "\"",
            "“",
            "[停顿]",
            "[停顿 2s]",
            "（暂停 0.25）",
            "[停顿",
            "]",
            "（笑声）",
            "[音乐]",
            "♪",
            "（",
            "）",
            " ",
            "\u{3000}",
            "\t",
            "\u{feff}",
            "\u{200b}",
            "好",
            "再见",
            "a",
            "Hi there",
            "5秒",
            "1分钟",
            "\u{2028}",
            "\0",
        ];
        prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|all| all.concat())
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_as_it_was(source in prop_oneof![4 => pieces(), 1 => any::<String>()]) {
            let transcript = parse(&source).transcript;
            let printed = print(&transcript);
            let again = parse(&printed).transcript;
            prop_assert_eq!(said(&again), said(&transcript), "{:?}", &printed);
            prop_assert_eq!(print(&again), printed);
        }
    }
}

//! A second text in, the words beside each utterance out.
//!
//! A text of its own is read line for line and not by the transcript grammar: what a translator wrote is
//! words. Only what was carried over from the first text is taken away, and only where the
//! first has it too: the time before an anchored line, a heading, a mark alone on its line.

use crate::bilingual::{PairError, kinds};
use crate::model::{Diagnostic, Span, Track, Transcript};
use crate::text::class::{Class, is_margin, with_spaces, without_controls};
use crate::text::lines::Lines;
use crate::transcript::{behind_time, is_heading};

/// What stands for "no translation".
const NONE: &str = "-";

/// The translation of one utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// In [`Translations::text`].
    pub(super) text: Span,
    /// The line, in the source.
    pub(super) line: Span,
}

/// The second text, as far as it is shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Translations {
    pub(super) text: String,
    /// One for each utterance of the first text.
    pub(super) beside: Vec<Option<Words>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a line is by its form. Beside an utterance only [`Form::Nothing`] is not words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Words,
    Nothing,
    Heading,
    Time,
    Marks,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line {
    number: u32,
    place: Span,
    form: Form,
    /// The index of the utterance that it translates.
    utterance: Option<usize>,
}

/// Pairs the lines of `source` with the utterances of `first`: by their numbers where all
/// words stand beside an utterance and none is missing at the end, else by their order.
pub(super) fn translations(first: &Transcript, source: &str) -> Result<Translations, PairError> {
    let (mut lines, count) = lines(source);
    let ends_together = first
        .utterances
        .last()
        .is_none_or(|last| last.line <= count);
    if !(ends_together && pair_by_number(first, &mut lines)) {
        pair_by_order(first, &mut lines)?;
    }
    let mut taken = Translations {
        text: String::with_capacity(source.len()),
        beside: vec![None; first.utterances.len()],
        diagnostics: Vec::new(),
    };
    for line in lines {
        taken.line(first, source, line);
    }
    if taken.beside.last() == Some(&None) && !source.trim_end().ends_with(NONE) {
        taken.diagnostics.push(kinds::ENDS_EARLY.overall("none"));
    }
    Ok(taken)
}

/// The translations that the transcript itself has.
pub(super) fn interleaved(transcript: &Transcript) -> Translations {
    let mut beside = vec![None; transcript.utterances.len()];
    for translation in &transcript.translations {
        let offset = translation.offset as usize;
        beside[translation.utterance as usize] = Some(Words {
            text: translation.text,
            line: Span::new(offset, offset),
        });
    }
    Translations {
        text: transcript.text.clone(),
        beside,
        diagnostics: Vec::new(),
    }
}

/// The words of `captions`, one caption an utterance.
pub(super) fn in_order(first: &Transcript, captions: &Track) -> Result<Translations, PairError> {
    if captions.cues().len() != first.utterances.len() {
        return Err(PairError::Captions {
            first: first.utterances.len(),
            second: captions.cues().len(),
        });
    }
    let mut taken = Translations::default();
    for cue in captions.cues() {
        let start = taken.text.len();
        for line in captions.lines(cue) {
            let words = line.text.trim();
            if !words.is_empty() && taken.text.len() > start {
                taken.text.push(' ');
            }
            taken.text.push_str(words);
        }
        let text = Span::new(start, taken.text.len());
        let words = Words {
            text,
            line: Span::default(),
        };
        taken.beside.push((!text.is_empty()).then_some(words));
    }
    Ok(taken)
}

/// The lines that are not blank, and the count of all.
fn lines(source: &str) -> (Vec<Line>, u32) {
    let mut count = 0;
    let mut lines = Vec::new();
    for place in Lines::new(source) {
        count += 1;
        let text = place.of(source).trim_matches(is_dropped);
        if !text.is_empty() {
            lines.push(Line {
                number: count,
                place,
                form: Form::of(text),
                utterance: None,
            });
        }
    }
    (lines, count)
}

fn is_dropped(c: char) -> bool {
    is_margin(c) || c.is_control()
}

impl Form {
    fn of(text: &str) -> Self {
        let closes = |c| Class::of(c).closes() || Class::of(c) == Class::Quote;
        match text {
            NONE => Self::Nothing,
            _ if is_heading(text) => Self::Heading,
            _ if behind_time(text) == Some("") => Self::Time,
            _ if text.chars().all(closes) => Self::Marks,
            _ => Self::Words,
        }
    }
}

/// Whether all words stand beside an utterance.
fn pair_by_number(first: &Transcript, lines: &mut [Line]) -> bool {
    let mut utterances = first.utterances.iter().enumerate().peekable();
    for line in lines {
        while utterances
            .next_if(|(_, one)| one.line < line.number)
            .is_some()
        {}
        let beside = utterances.next_if(|(_, one)| one.line == line.number);
        line.utterance = beside.map(|(index, _)| index);
        if beside.is_none() && line.form == Form::Words {
            return false;
        }
    }
    true
}

/// The words and the `-`, in order, where there are as many as utterances.
fn pair_by_order(first: &Transcript, lines: &mut [Line]) -> Result<(), PairError> {
    let mut count = 0;
    for line in lines.iter_mut() {
        let stands_for_one = matches!(line.form, Form::Words | Form::Nothing);
        line.utterance = stands_for_one.then_some(count);
        count += usize::from(stands_for_one);
    }
    if count == first.utterances.len() {
        return Ok(());
    }
    let ours = first.utterances.iter().map(|utterance| utterance.line);
    let theirs = lines.iter().filter(|line| line.utterance.is_some());
    let mut theirs = theirs.map(|line| line.number);
    let mut part = None;
    for ours in ours {
        let theirs = theirs.next();
        if theirs != Some(ours) {
            part = Some(theirs.map_or(ours, |theirs| theirs.min(ours)));
            break;
        }
    }
    Err(PairError::Count {
        first: first.utterances.len(),
        second: count,
        line: part.or_else(|| theirs.next()).unwrap_or(1),
    })
}

impl Translations {
    fn line(&mut self, first: &Transcript, source: &str, line: Line) {
        let written = line.place.of(source);
        let cleaned = without_controls(written);
        if cleaned.len() < written.len() {
            self.diagnostics.push(kinds::CONTROL.at(line.place));
        }
        let spaced = with_spaces(&cleaned);
        let words = spaced.trim_matches(is_dropped);
        match (line.utterance, line.form) {
            (_, Form::Nothing) | (None, Form::Time | Form::Words) => {}
            (Some(utterance), _) => {
                let is_anchored = first
                    .anchors
                    .binary_search_by_key(&utterance, |anchor| anchor.utterance as usize)
                    .is_ok();
                let behind = behind_time(words).filter(|_| is_anchored);
                self.beside[utterance] = Some(Words {
                    text: self.push(behind.unwrap_or(words)),
                    line: line.place,
                });
            }
            (None, Form::Heading) => self.diagnostics.push(kinds::TITLE.at(line.place)),
            (None, Form::Marks) => self.give_back(words, line.place),
        }
    }

    fn push(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// Marks alone on their line, to the words before them: those end the text so far.
    fn give_back(&mut self, marks: &str, line: Span) {
        let end = self.text.len();
        let mut before = self.beside.iter_mut().rev().flatten();
        let Some(last) = before.find(|words| words.text.end() == end) else {
            return self.diagnostics.push(kinds::NOTHING_TO_CLOSE.at(line));
        };
        self.text.push_str(marks);
        last.text = Span::new(last.text.start(), self.text.len());
        self.diagnostics.push(kinds::STRAY_CLOSE.at(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::parse;
    use proptest::prelude::*;

    fn read(first: &str, second: &str) -> Result<Translations, PairError> {
        translations(&parse(first).transcript, second)
    }

    fn beside(first: &str, second: &str) -> Vec<String> {
        let read = read(first, second).unwrap();
        let words = read.beside.iter();
        words
            .map(|words| {
                words
                    .map_or("∅", |words| words.text.of(&read.text))
                    .to_owned()
            })
            .collect()
    }

    fn kinds_of(first: &str, second: &str) -> Vec<&'static str> {
        let found = read(first, second).unwrap().diagnostics;
        found.iter().map(|found| found.kind.id).collect()
    }

    #[test]
    fn what_a_translator_wrote_is_words() {
        for words in ["# of users: 3", "[12:34] he said", "A: options", "(laughs)"] {
            assert_eq!(beside("甲\n", words), [words]);
        }
    }

    #[test]
    fn lines_pair_by_number_and_nothing_is_none() {
        assert_eq!(beside("甲\n\n乙\n丙\n", "a\n\n-\nc\n"), ["a", "∅", "c"]);
        assert_eq!(beside("甲\n乙\n丙\n", "a\n\nc\n"), ["a", "∅", "c"]);
        assert_eq!(beside("甲\n”\n乙\n", "a\n-\nb\n"), ["a", "b"]);
    }

    #[test]
    fn a_blank_last_line_is_none_and_is_told() {
        assert_eq!(beside("甲\n乙\n", "a\n\n"), ["a", "∅"]);
        assert_eq!(kinds_of("甲\n乙\n", "a\n\n"), ["second-ends-early"]);
        assert!(kinds_of("甲\n乙\n", "a\n-\n").is_empty());
    }

    #[test]
    fn what_the_first_text_has_too_is_taken_away() {
        let (first, second) = (
            "# 标题\n[0:05] 甲\n[0:09]\n乙\n",
            "# Title\n[0:05] a\n[0:09]\nb\n",
        );
        assert_eq!(beside(first, second), ["a", "b"]);
        assert_eq!(kinds_of(first, second), ["second-title"]);
        assert_eq!(
            beside("他说“甲\n”\n乙\n", "He said “a\n”\nb"),
            ["He said “a”", "b"]
        );
    }

    #[test]
    fn without_the_blank_lines_they_pair_by_order() {
        assert_eq!(beside("甲\n\n乙\n", "a\nb\n"), ["a", "b"]);
    }

    #[test]
    fn texts_that_part_say_where() {
        for (first, second, line) in [
            ("甲\n乙\n丙\n", "a\nb\n", 3),
            ("甲\n乙\n", "a\nb\nc\n", 3),
            ("甲\n\n乙\n", "a\nx\nb\n", 2),
            ("甲\n", "", 1),
        ] {
            let error = read(first, second).unwrap_err();
            assert!(
                matches!(error, PairError::Count { line: found, .. } if found == line),
                "{second:?}: {error:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_second_text_pairs_or_says_where(first: String, second: String) {
            let transcript = parse(&first).transcript;
            if let Ok(read) = translations(&transcript, &second) {
                prop_assert_eq!(read.beside.len(), transcript.utterances.len());
            }
        }
    }
}

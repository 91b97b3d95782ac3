//! A transcript whose lines are of two languages by turns in, one of the first language out,
//! each utterance with its translation.
//!
//! The first line of a pair has Chinese characters, the second has letters and none. Only who
//! reads a transcript for captions asks for this: to read it is to keep its lines as they are.

use crate::model::{Transcript, Translation, Utterance};
use crate::text::class::Class;

/// Of ten lines of either language so many stand in pairs where a transcript is plainly of
/// two: a title or a name may be without its translation.
const PAIRED_OF_TEN: usize = 9;

/// Fewest pairs that are no accident.
const FEWEST_PAIRS: usize = 3;

/// Whether the lines of `transcript` are plainly pairs: a line of Chinese, then its translation.
///
/// A talk with some lines of English in it is none.
///
/// ```
/// use zimu::transcript::{is_interleaved, parse};
///
/// let pairs = "大家好\nHello\n今天讲字幕\nOn captions today\n再见\nGoodbye\n";
/// assert!(is_interleaved(&parse(pairs).transcript));
/// assert!(!is_interleaved(&parse("大家好\nHello\n今天讲字幕\n再见\n").transcript));
/// ```
#[must_use]
pub fn is_interleaved(transcript: &Transcript) -> bool {
    let pairs = pairs(transcript).count();
    let lines = transcript.utterances.len();
    pairs >= FEWEST_PAIRS && 2 * pairs * 10 >= PAIRED_OF_TEN * lines
}

/// Takes the second line of each pair for the translation of the first. A line that stands in
/// no pair stays as it is.
///
/// ```
/// use zimu::transcript::{pair_up, parse};
///
/// let mut transcript = parse("大家好\nHello\n再见\n").transcript;
/// pair_up(&mut transcript);
/// let words: Vec<_> = transcript.utterances.iter().map(|u| transcript.words(u)).collect();
/// assert_eq!(words, ["大家好", "再见"]);
/// assert_eq!(transcript.translations[0].text.of(&transcript.text), "Hello");
/// ```
pub fn pair_up(transcript: &mut Transcript) {
    let seconds: Vec<usize> = pairs(transcript).collect();
    let before = |index: u32| seconds.partition_point(|&second| second < index as usize) as u32;
    transcript.translations = seconds
        .iter()
        .map(|&second| {
            let utterance = transcript.utterances[second];
            Translation {
                utterance: second as u32 - 1 - before(second as u32),
                text: utterance.text,
                offset: utterance.offset,
            }
        })
        .collect();
    for anchor in &mut transcript.anchors {
        anchor.utterance -= before(anchor.utterance);
    }
    for heading in &mut transcript.headings {
        heading.before -= before(heading.before);
    }
    let mut index = 0;
    transcript.utterances.retain(|_| {
        index += 1;
        seconds.binary_search(&(index - 1)).is_err()
    });
}

/// The indices of the second lines of pairs, rising.
fn pairs(transcript: &Transcript) -> impl Iterator<Item = usize> {
    let mut anchored = transcript
        .anchors
        .iter()
        .map(|anchor| anchor.utterance as usize)
        .peekable();
    let mut last = None;
    let languages = transcript
        .utterances
        .iter()
        .map(|utterance| Language::of(transcript.words(utterance)));
    let together = transcript.utterances.iter().map(Utterance::goes_on);
    languages
        .zip(together)
        .enumerate()
        .filter_map(move |(index, (language, goes_on))| {
            while anchored.next_if(|&anchored| anchored < index).is_some() {}
            let is_second = last == Some(Language::Chinese)
                && language == Language::Latin
                && goes_on
                && anchored.peek() != Some(&index);
            last = Some(language);
            is_second.then_some(index)
        })
}

/// What a line is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    /// With Chinese characters.
    Chinese,
    /// With letters, and no Chinese characters.
    Latin,
    /// With neither.
    Neither,
}

impl Language {
    fn of(words: &str) -> Self {
        let mut language = Self::Neither;
        for c in words.chars() {
            match Class::of(c) {
                Class::Han => return Self::Chinese,
                Class::Letter => language = Self::Latin,
                _ => {}
            }
        }
        language
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::parse;
    use proptest::prelude::*;

    #[test]
    fn a_talk_with_english_in_it_is_no_pairs() {
        for talk in [
            "大家好\nHello\n再见\nBye\n",
            "他说\nLet it be\n然后呢\n又说\nYes\n好的\n行\n",
            "甲\n\nA\n\n乙\n\nB\n\n丙\n\nC\n",
        ] {
            assert!(!is_interleaved(&parse(talk).transcript), "{talk}");
        }
    }

    #[test]
    fn headings_and_times_stay_where_they_stood() {
        let source = "# 开场\n[0:01] 甲\nA\n乙\nB\n\n# 正文\n[0:09] 丙\nC\n丁\n";
        let mut transcript = parse(source).transcript;
        assert!(!is_interleaved(&transcript) || transcript.utterances.len() == 7);
        pair_up(&mut transcript);
        let anchored: Vec<_> = transcript
            .anchors
            .iter()
            .map(|anchor| anchor.utterance)
            .collect();
        let before: Vec<_> = transcript
            .headings
            .iter()
            .map(|heading| heading.before)
            .collect();
        let translated: Vec<_> = transcript
            .translations
            .iter()
            .map(|one| one.utterance)
            .collect();
        assert_eq!(
            (anchored, before, translated),
            (vec![0, 2], vec![0, 2], vec![0, 1, 2])
        );
    }

    proptest! {
        #[test]
        fn no_line_is_lost(source in "([甲乙A1]\n|\n|# x\n|\\[0:0[1-9]\\] ){0,40}") {
            let mut transcript = parse(&source).transcript;
            let lines = transcript.utterances.len();
            pair_up(&mut transcript);
            prop_assert_eq!(transcript.utterances.len() + transcript.translations.len(), lines);
            let count = transcript.utterances.len() as u32;
            prop_assert!(transcript.translations.iter().all(|one| one.utterance < count));
            prop_assert!(transcript.anchors.iter().all(|one| one.utterance < count));
            prop_assert!(transcript.headings.iter().all(|one| one.before <= count));
        }
    }
}

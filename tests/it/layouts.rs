//! Tracks that were made up in, laid out: nothing of what is said, nor when, is other than it was.

use proptest::prelude::*;
use zimu::bilingual::{separate, stacked};
use zimu::model::{Cue, LanguageTag, LineView, Track};

use crate::made_up::track_for;
use crate::road::format;

/// A line with what its marks do, wherever its text is held.
fn line_of(line: &LineView<'_>) -> (String, String, Vec<(usize, usize)>) {
    let start = line.span.start();
    let marks = line.marks.iter();
    let marks = marks.map(|mark| (mark.span.start() - start, mark.span.len()));
    (
        line.language.to_string(),
        line.text.to_owned(),
        marks.collect(),
    )
}

/// All of a cue but its lines.
fn frame(track: &Track, cue: &Cue) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        track.name(cue).to_string(),
        cue.interval,
        track.position(cue),
        track.speaker(cue).map(str::to_owned),
    )
}

fn is_in(track: &Track, cue: &Cue, language: &LanguageTag) -> bool {
    track.lines(cue).any(|line| line.language == language)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Put together again by their ids, the parts are the whole.
    #[test]
    fn what_is_parted_pairs_again(track in track_for(format("json"))) {
        let parts = separate(&track);
        let languages: Vec<_> = parts.iter().map(|(language, _)| language).collect();
        prop_assert_eq!(languages, track.line_languages());
        let first = parts.first().map(|(language, _)| language.clone());
        for (language, part) in &parts {
            let mut cues = part.cues().iter();
            for cue in track.cues() {
                let has_first = cue.line_count() == 0 && first.as_ref() == Some(language);
                if !(has_first || is_in(&track, cue, language)) {
                    continue;
                }
                let own = cues.next().expect("a cue for each that has the language");
                prop_assert_eq!(frame(part, own), frame(&track, cue));
                let lines = track.lines(cue).filter(|line| line.language == language);
                let lines: Vec<_> = lines.map(|line| line_of(&line)).collect();
                let own_lines: Vec<_> = part.lines(own).map(|line| line_of(&line)).collect();
                prop_assert_eq!(own_lines, lines);
            }
            prop_assert_eq!(cues.next(), None);
            prop_assert!(part.chapters().eq(track.chapters()));
        }
    }

    #[test]
    fn lines_are_stacked_by_language_and_in_order(track in track_for(format("json"))) {
        let is_top = |language: &LanguageTag| *language == LanguageTag::EN;
        let laid_out = stacked(&track, is_top);
        prop_assert_eq!(laid_out.cues().len(), track.cues().len());
        prop_assert!(laid_out.chapters().eq(track.chapters()));
        for (cue, own) in track.cues().iter().zip(laid_out.cues()) {
            prop_assert_eq!(frame(&laid_out, own), frame(&track, cue));
            let lines: Vec<_> = laid_out.lines(own).map(|line| line_of(&line)).collect();
            for language in track.line_languages() {
                let of_language = |line: &LineView<'_>| line.language == language;
                let before: Vec<_> = track.lines(cue).filter(of_language).map(|line| line_of(&line)).collect();
                let places: Vec<_> = lines.iter().enumerate()
                    .filter(|(_, (tag, ..))| *tag == language.to_string()).map(|(at, _)| at).collect();
                prop_assert_eq!(places.len(), before.len());
                if let (Some(first), Some(last)) = (places.first(), places.last()) {
                    prop_assert_eq!(&lines[*first..=*last], &before[..]);
                    prop_assert!(!is_top(language) || *first == 0);
                }
            }
        }
        prop_assert_eq!(&stacked(&laid_out, is_top), &laid_out);
    }
}

//! What must hold of every track that is written in another script.

use proptest::prelude::*;
use proptest::sample::select;
use zimu::bilingual::{InScript, Widest, in_script};
use zimu::model::{LanguageTag, LineView, MarkKind, Track};
use zimu::text::conversion::{Converter, Glossary};
use zimu::text::script::{Script, is_chinese};

use crate::made_up::track_for;
use crate::road::format;

fn converted(track: &Track, target: Script, glossary: &str) -> InScript {
    let entries = Glossary::read(glossary).expect("a glossary");
    let glossary = Glossary::new(entries).expect("a few terms");
    in_script(
        track,
        &mut Converter::new(target, &glossary),
        Widest::AsBefore,
    )
}

fn target() -> impl Strategy<Value = Script> {
    select(&Script::ALL[..])
}

/// All that is seen of a line: its text, and each mark with what it is over and its reading.
fn seen(track: &Track, line: &LineView<'_>) -> (String, Vec<(String, String)>) {
    let over = |at: usize, to: usize| {
        let start = line.span.start();
        line.text[at - start..to - start].to_owned()
    };
    let marks = line.marks.iter().map(|mark| {
        let kind = match mark.kind {
            MarkKind::Ruby(reading) => track.reading(reading).to_owned(),
            MarkKind::Bold => "bold".to_owned(),
            MarkKind::Italic => "italic".to_owned(),
            MarkKind::Underline => "underline".to_owned(),
        };
        (over(mark.span.start(), mark.span.end()), kind)
    });
    (line.text.to_owned(), marks.collect())
}

proptest! {
    /// The json form has room for all that a track can have.
    #[test]
    fn cues_stay_and_only_chinese_changes(track in track_for(format("json")), target in target()) {
        let InScript { track: other, lines, changed, .. } = converted(&track, target, "");
        prop_assert_eq!(track.cues().len(), other.cues().len());
        prop_assert_eq!(track.chapters().count(), other.chapters().count());
        let (mut chinese, mut differ) = (0, 0);
        for (cue, same) in track.cues().iter().zip(other.cues()) {
            prop_assert_eq!(track.name(cue).to_string(), other.name(same).to_string());
            prop_assert_eq!(cue.interval, same.interval);
            prop_assert_eq!(track.position(cue), other.position(same));
            prop_assert_eq!(track.speaker(cue).is_some(), other.speaker(same).is_some());
            prop_assert_eq!(cue.line_count(), same.line_count());
            for (line, now) in track.lines(cue).zip(other.lines(same)) {
                let (before, after) = (seen(&track, &line), seen(&other, &now));
                if !is_chinese(line.language) {
                    prop_assert_eq!(line.language, now.language);
                    prop_assert_eq!(&before, &after);
                    continue;
                }
                chinese += 1;
                differ += usize::from(line.text != now.text);
                prop_assert_eq!(&target.tag(line.language), now.language);
                prop_assert_eq!(line.marks.len(), now.marks.len());
                let holds = |(over, _): &(String, String)| after.0.contains(over.as_str());
                prop_assert!(after.1.iter().all(holds));
            }
        }
        prop_assert_eq!((lines, changed), (chinese, differ));
    }

    /// In its own script a text is as it was.
    #[test]
    fn a_script_is_written_as_itself(track in track_for(format("srt"))) {
        let mut track = track;
        track.name_language(&LanguageTag::ZH_HANS);
        let hans = converted(&track, Script::Hans, "").track;
        let again = converted(&hans, Script::Hans, "");
        prop_assert_eq!(again.changed, 0);
        prop_assert_eq!(&again.track, &hans);
    }

    /// A mark over a whole term of the glossary is over all that it becomes.
    #[test]
    fn marks_cover_what_a_term_becomes(before in "[茶船 a]{0,5}", behind in "[茶船 a]{0,5}") {
        let mut builder = zimu::model::TrackBuilder::new();
        let language = builder.language(&LanguageTag::ZH_HANS);
        builder.push_str(&before);
        let from = builder.here();
        builder.push_str("渡轮");
        builder.mark(from, MarkKind::Bold);
        builder.push_str(&behind);
        builder.end_line(language);
        let id = zimu::model::CueId::numbered(1);
        builder.cue(id, zimu::model::CueTimes::open(zimu::model::Timestamp::ZERO));
        let other = converted(&builder.finish(), Script::HantHk, "渡轮\t天星小輪\n").track;
        let line = other.lines(&other.cues()[0]).next().expect("a line");
        let (text, marks) = seen(&other, &line);
        prop_assert_eq!(text, format!("{before}天星小輪{behind}"));
        prop_assert_eq!(marks, [("天星小輪".to_owned(), "bold".to_owned())]);
    }
}

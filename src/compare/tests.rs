//! What holds for any two tracks.

use proptest::prelude::*;

use super::*;
use crate::model::{CueId, CueTimes, LanguageTag, Timestamp, TrackBuilder};

/// Texts, starts, lengths and ids: few of each, so that some meet by chance.
fn cues() -> impl Strategy<Value = Vec<(String, u32, u32, u32)>> {
    prop::collection::vec(
        (
            "[船票江上开 ]{0,6}|[ab ]{0,9}",
            0..20_000_u32,
            1..3000_u32,
            1..30_u32,
        ),
        0..25,
    )
}

fn track(cues: &[(String, u32, u32, u32)], later_ms: u32) -> Track {
    let mut cues = cues.to_vec();
    cues.sort_by_key(|(_, start, ..)| *start);
    let mut builder = TrackBuilder::new();
    let language = builder.language(&LanguageTag::ZH_HANS);
    for (text, start, length, id) in &cues {
        builder.line(text, language);
        let start = Timestamp::from_millis(start + later_ms);
        builder.cue(
            CueId::numbered(*id),
            CueTimes::new(start, start.later(*length)),
        );
    }
    builder.finish()
}

fn places(mut all: Vec<u32>) -> Vec<u32> {
    all.sort_unstable();
    all
}

proptest! {
    #[test]
    fn a_track_is_the_same_as_itself(cues in cues()) {
        let track = track(&cues, 0);
        let comparison = compare(&track, &track, 0);
        prop_assert_eq!(comparison.changes().next(), None);
        prop_assert_eq!(comparison.pairings().len(), track.cues().len());
    }

    #[test]
    fn each_cue_is_in_one_pairing(old in cues(), new in cues(), same in cues()) {
        let old = track(&[&old[..], &same[..]].concat(), 0);
        let new = track(&[&same[..], &new[..]].concat(), 300);
        let comparison = compare(&old, &new, 0);
        prop_assert!(places(comparison.old.clone()).into_iter().eq(0..old.cues().len() as u32));
        prop_assert!(places(comparison.new.clone()).into_iter().eq(0..new.cues().len() as u32));
        let mut behind = (0, 0);
        for pairing in comparison.pairings() {
            prop_assert_eq!((pairing.old.start, pairing.new.start), behind);
            behind = (pairing.old.end, pairing.new.end);
            prop_assert!(!pairing.old.is_empty() || !pairing.new.is_empty());
        }
        prop_assert_eq!(behind, (old.cues().len() as u32, new.cues().len() as u32));
    }

    #[test]
    fn what_is_put_later_is_one_shift(cues in cues(), later_ms in 1..100_000_u32) {
        let (old, new) = (track(&cues, 0), track(&cues, later_ms));
        let comparison = compare(&old, &new, 0);
        let count = cues.len();
        let shift_ms = i64::from(later_ms);
        let expected = Shift { pairings: 0..count, count, shift_ms };
        prop_assert_eq!(comparison.shifts(), if count == 0 { &[][..] } else { std::slice::from_ref(&expected) });
        prop_assert!(comparison.changes().all(|pairing| pairing.kinds.are_only(Kind::Retimed)));
        prop_assert!(compare(&old, &new, later_ms).changes().next().is_none());
    }

    #[test]
    fn what_is_not_marked_is_in_both(old in "[船票江a b]{0,30}", new in "[船票江a b]{0,30}") {
        let found = marked(&old, &new);
        let rest = |text: &str, marked: &[crate::model::Span]| {
            let characters = text.char_indices();
            let kept = characters.filter(|(at, c)| {
                !c.is_whitespace() && !marked.iter().any(|span| (span.start()..span.end()).contains(at))
            });
            kept.map(|(_, c)| c).collect::<String>()
        };
        prop_assert_eq!(rest(&old, &found.old), rest(&new, &found.new));
    }
}

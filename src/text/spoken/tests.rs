//! What is said of a text, by its pieces.

use super::*;
use proptest::prelude::*;

fn syllables(text: &str) -> u32 {
    Spoken::new(text)
        .map(|piece| match piece.kind {
            PieceKind::Said(said) => said.syllables(),
            PieceKind::Rest(_) => 0,
        })
        .sum()
}

#[test]
fn what_is_written_is_counted_as_it_is_said() {
    for (text, expected) in [
        ("大家好", 3),
        ("2023年11月21日", 4 + 1 + 2 + 1 + 3 + 1),
        ("95%", 6),
        ("1,234.5", 4 + 3 + 1 + 1),  // 一千二百三十四点五
        ("98．14分", 3 + 1 + 2 + 1), // 九十八点一四分
        ("GPT-4", 4),
        ("10 万", 2),
        ("在 OpenAI 内部", 1 + 4 + 2),
        ("10:30", 1 + 1 + 2 + 1),
        ("“”《》😀", 0),
        ("𠮷野家", 3),
        ("٣", 1),
    ] {
        assert_eq!(syllables(text), expected, "{text}");
    }
}

#[test]
fn marks_between_digits_and_letters_are_no_rest() {
    let rests = |text: &'static str| {
        Spoken::new(text)
            .filter(|piece| matches!(piece.kind, PieceKind::Rest(_)))
            .count()
    };
    assert_eq!(rests("3.5,a.b 10:30"), 0);
    assert_eq!(rests("好。对，是、嗯：啊；哦！——……"), 6 + 2 + 2);
}

proptest! {
    #[test]
    fn pieces_rise_and_stand_on_characters(text: String) {
        let mut end = 0;
        for piece in Spoken::new(&text) {
            prop_assert!(piece.span.start() >= end && !piece.span.is_empty());
            prop_assert!(!piece.span.of(&text).is_empty());
            end = piece.span.end();
        }
    }
}

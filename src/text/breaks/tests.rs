//! What callers may rely on of the places to break at.

use proptest::prelude::*;

use super::*;

/// The text with `|` at each allowed place.
fn broken(text: &str, level: BreakLevel) -> String {
    let mut shown = String::new();
    let mut from = 0;
    for boundary in BoundaryFinder::default().find(text, level) {
        if boundary.kind < BreakKind::InPhrase {
            shown.push_str(&text[from..boundary.offset]);
            shown.push('|');
            from = boundary.offset;
        }
    }
    shown + &text[from..]
}

#[test]
fn what_stays_together() {
    for expected in [
        "在|2023年11月21日|这天",
        "涨了|95%左右",
        "第3季度",
        "有|10 万|用户",
        "用|DALL-E 3|画",
        "和|Greg Brockman|聊",
        "在|https://a.b/c-d?e=f|看",
        "他|说：|“好。”|然后",
        "等等|……|然后|——|走",
        "读|《三体的故事》里",
        "作家|乔治·奥威尔|写道",
        "花|20 美元",
        "和|（甲）|乙",
        "他|说，|上车",
        "苹果、|梨",
        "用|\"低调\"的|词",
        "看了看|天",
        "一百二十三个人",
        "到|11 月 30 日为止",
        "在|Slack 上|发现",
        "人工智能的|研究",
    ] {
        let text = expected.replace('|', "");
        assert_eq!(broken(&text, BreakLevel::Gb), expected);
    }
}

#[test]
fn levels_differ_in_what_they_forbid() {
    use BreakLevel::{Basic, Gb, Strict};
    for (level, expected) in [
        (Basic, "“甲”／|乙|——|丙"),
        (Gb, "“甲”／乙|——|丙"),
        (Strict, "“甲”／乙——|丙"),
    ] {
        assert_eq!(broken(&expected.replace('|', ""), level), expected);
    }
}

#[test]
fn the_kind_tells_the_mark_before() {
    use BreakKind::{AtMark, Clause, Sentence, Space};
    let mut finder = BoundaryFinder::default();
    let kinds: Vec<_> = finder
        .find("好。”是，一 二", BreakLevel::Gb)
        .map(|boundary| boundary.kind)
        .collect();
    assert_eq!(
        kinds,
        [AtMark, AtMark, Sentence, AtMark, Clause, AtMark, Space]
    );
}

#[test]
fn the_kind_tells_the_word_behind() {
    use BreakKind::{AfterDe, BeforeConjunction, BeforePhrase, Between, BetweenSingles};
    let kinds = |text: &str| -> Vec<BreakKind> {
        let mut finder = BoundaryFinder::default();
        let found = finder.find(text, BreakLevel::Gb);
        let allowed = found.filter(|boundary| boundary.kind < BreakKind::InPhrase);
        allowed.map(|boundary| boundary.kind).collect()
    };
    assert_eq!(
        kinds("我们出发但是他们"),
        [Between, BeforeConjunction, BreakKind::AfterLead]
    );
    assert_eq!(kinds("书房在街上"), [BeforePhrase, BreakKind::AfterLead]);
    assert_eq!(kinds("我们的书房"), [AfterDe]);
    assert_eq!(kinds("吴恩达"), [BetweenSingles, BetweenSingles]);
}

proptest! {
    #[test]
    fn boundaries_rise_and_stand_on_characters(text: String) {
        let mut last = 0;
        for boundary in BoundaryFinder::default().find(&text, BreakLevel::Strict) {
            prop_assert!(boundary.offset > last && text.is_char_boundary(boundary.offset));
            last = boundary.offset;
        }
        prop_assert!(text.is_empty() || last < text.len());
    }

    #[test]
    fn what_is_passed_by_is_inside_words(text in TEXTS) {
        let mut finder = BoundaryFinder::default();
        let few: Vec<_> = finder.find(&text, BreakLevel::Gb).but_in_words().collect();
        let is_left_out = |boundary: &Boundary| !few.contains(boundary);
        let (left_out, given): (Vec<_>, Vec<_>) =
            BoundaryFinder::default().find(&text, BreakLevel::Gb).partition(is_left_out);
        prop_assert_eq!(&few, &given);
        prop_assert!(left_out.iter().all(|boundary| boundary.kind == BreakKind::InWord));
    }
}

/// Words that have a say beside others, quantities, marks, and anything.
const TEXTS: &str = "(人工智能|看了看|一|三百|百分之|第|个|的|在|很|但是|等|以后|人们|々|·|《|》|“|\"|，|。| |3|GPT-4|\u{e0100}|[一-龥]|\\PC){0,24}";

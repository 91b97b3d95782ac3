//! Terms of a project: no line and no cue breaks one, whatever stands round it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use zimu::bilingual::{Second, SecondText, pair};
use zimu::model::{LanguageTag, Track};
use zimu::segment::{Layout, segment, wrap};
use zimu::spotting::spot;
use zimu::text::terms::Terms;
use zimu::timing::Known;

use crate::road::{PROFILES, Spoken, profile};

/// Names that no dictionary has; some are a part of others, and one overlaps another.
const TERMS: [&str; 8] = [
    "墨禾科技",
    "科技",
    "科技园区",
    "Claude Code",
    "GPT-4",
    "阿依夏木·买买提",
    "第3季",
    "于是的",
];

/// What stands between them.
const OTHERS: [&str; 10] = [
    "我们昨天下午",
    "，",
    "。",
    "（",
    "”",
    "然后就去了",
    "一",
    " ",
    "https://example.com/a-very-long-address/without-any-space",
    "的",
];

fn track(spoken: &Spoken, name: &str, terms: &Terms) -> Track {
    let (profile, language) = (profile(name), &spoken.language);
    let layout = Layout {
        terms,
        ..Layout::new(&profile, language)
    };
    let segments = segment(&spoken.transcript, &spoken.clock, layout);
    spot(
        &spoken.transcript,
        &segments,
        &spoken.clock,
        &profile,
        language,
    )
}

fn lines(track: &Track) -> Vec<String> {
    let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
    lines.map(|line| line.text.to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_term_stands_on_one_line(
        parts in vec(prop_oneof![select(&TERMS[..]), select(&OTHERS[..])], 1..24)
    ) {
        let text = parts.concat();
        let Ok(spoken) = Spoken::of(&text, Known::default()) else { return Ok(()) };
        // Those that are found: a Latin one may have run into a word.
        let mut found = Vec::new();
        for term in TERMS {
            let terms = Terms::new([term]).expect("few terms");
            for name in PROFILES {
                let track = track(&spoken, name, &terms);
                terms.cover(&spoken.transcript.text, 32, &mut found);
                let mut shown = Vec::new();
                let on_lines: usize = lines(&track)
                    .iter()
                    .map(|line| {
                        terms.cover(line, 32, &mut shown);
                        shown.len()
                    })
                    .sum();
                prop_assert_eq!(on_lines, found.len(), "{} {}: {:?}", name, term, lines(&track));
            }
        }
    }
}

#[test]
fn a_term_wider_than_a_line_is_broken_between_its_words() {
    let term = "国际可持续农业与粮食安全研究发展合作联合基金会";
    let terms = Terms::new([term]).expect("few terms");
    let (profile, language) = (profile("netflix-zh-hans"), LanguageTag::ZH_HANS);
    let plain = Layout::new(&profile, &language);
    let layout = Layout {
        terms: &terms,
        ..plain
    };
    assert_eq!(wrap(term, layout), wrap(term, plain));
    assert_eq!(wrap(term, layout).concat(), term);
}

/// Whatever its marks are shown as.
#[test]
fn a_term_is_found_as_it_is_written() {
    let terms = Terms::new(["致,云上的灯塔", "“云上”号"]).expect("few terms");
    let (profile, language) = (profile("netflix-zh-hant"), LanguageTag::ZH_HANT);
    let layout = Layout {
        terms: &terms,
        ..Layout::new(&profile, &language)
    };
    for (text, term) in [
        ("他昨天晚上写完了致,云上的灯塔这封信", "致 云上的灯塔"),
        ("我们在“甲”和“乙”之后坐上了“云上”号", "「云上」号"),
    ] {
        let lines = wrap(text, layout);
        assert!(
            lines.len() > 1 && lines.iter().any(|line| line.contains(term)),
            "{lines:?}"
        );
    }
}

/// Nor is one in the translation, which is cut and wrapped as well.
#[test]
fn a_translation_keeps_its_terms() {
    let text = "我们今天请来了墨禾科技的创始人，谈谈他怎么用这些工具\n";
    let english =
        "Today the founder of Mohe Technologies is here to tell us how he uses Claude Code";
    let terms = Terms::new(["Mohe Technologies", "uses Claude Code"]).expect("few terms");
    let spoken = Spoken::of(text, Known::default()).expect("a text without times");
    let limits = profile("netflix-en");
    let second = Second {
        text: SecondText::Lines(english),
        language: &LanguageTag::EN,
        profile: &limits,
        terms: &terms,
    };
    for name in ["bilibili", "netflix-zh-hans"] {
        let track = track(&spoken, name, &terms);
        let paired = pair(&track, &spoken.transcript, second).expect("one line for one");
        let shown = lines(&paired.track).join("\n");
        for term in ["Mohe Technologies", "uses Claude Code"] {
            assert!(shown.contains(term), "{shown}");
        }
    }
}

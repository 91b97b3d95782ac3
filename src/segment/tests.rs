//! What must hold of any words under any profile: what is measured is what is shown, and only
//! marks ever change.

use proptest::prelude::*;
use proptest::sample::select;

use crate::model::{BreakLevel, Clock, Counting, LanguageTag, Span};
use crate::profile::Profile;
use crate::segment::extent::Extent;
use crate::segment::places::{Measure, Passage, PlaceFinder};
use crate::segment::rewriter::Rewriter;
use crate::segment::shown::Punctuation;
use crate::segment::{Layout, wrap};
use crate::text::terms::Terms;
use crate::text::width::{half_cells, half_characters};

/// Every key that changes marks, in odd values.
const ODD: &str = "ellipsis = '...'
quotes = ['《', '》', '(', ')']
forbid_sequences = ['？？', '！？', '!!']
punctuation = 'full'
name_dot = '-'
line_end_forbidden = '。，'
inline_replace = { '，' = '', '。' = '——', '：' = '  ', '-' = ' ', '\"' = '·' }
max_cells_per_line = 4
";

/// Marks in every form beside words, and any text at all.
fn words() -> impl Strategy<Value = String> {
    let marks = "[，。、；：？！,.;:?!…⋯·“”‘’「」『』《》（）()\"'＂ 　—～-]";
    let part = prop_oneof![
        4 => marks,
        3 => "[一-龥]{1,3}",
        2 => "[a-zA-Z0-9]{1,3}",
        1 => "\\PC",
        1 => select(vec!["...", "。。。", "？！", "e\u{301}", "\u{200b}", "🇨🇳", "。\u{301}", "\u{600}，"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..20).prop_map(|parts| parts.concat())
}

fn profiles() -> impl Strategy<Value = Profile> {
    let names = Profile::names().unwrap();
    let mut all: Vec<_> = names
        .iter()
        .map(|name| Profile::named(name).unwrap())
        .collect();
    all.push(Profile::from_toml("odd", ODD).unwrap());
    select(all)
}

/// How many more quotations a text opens than it closes.
fn left_open(text: &str) -> i32 {
    let side = |c| match c {
        '“' | '‘' | '「' | '『' | '〝' => 1,
        '”' | '’' | '」' | '』' | '〞' => -1,
        _ => 0,
    };
    text.chars().map(side).sum()
}

proptest! {
    // An input that fails is not kept in a file of its own: it becomes a test.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_is_measured_as_it_is_shown(words in words(), profile in profiles()) {
        let words = words.trim();
        let mut rewriter = Rewriter::of(&profile);
        let rewritten = rewriter.rewrite(words);
        let clock = Clock::default();
        let passage = Passage { words: rewritten, span: Span::new(0, words.len()), index: 0, clock: &clock };
        let punctuation = Punctuation::of(&profile);
        let measure = Measure {
            level: BreakLevel::Gb,
            terms: &Terms::NONE,
            punctuation,
            // So narrow that every boundary is a place.
            max_half_cells: 1,
        };
        let mut finder = PlaceFinder::default();
        let places = finder.find(passage, measure);
        let mut buffer = String::new();
        for (at, start) in places.iter().enumerate() {
            for end in &places[at + 1..] {
                let line = &rewritten.text[start.offset..end.offset];
                let shown = punctuation.show(line, &mut buffer).of(line, &buffer);
                let Extent { half_cells: width, characters } = start.extent_to(end);
                prop_assert_eq!(width, half_cells(shown), "{:?}: {:?}", line, shown);
                prop_assert_eq!(2 * characters, half_characters(shown, Counting::All), "{:?}: {:?}", line, shown);
            }
        }
    }

    #[test]
    fn letters_digits_and_han_characters_stay(words in words(), profile in profiles()) {
        let kept = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let mut rewriter = Rewriter::of(&profile);
        let rewritten = rewriter.rewrite(&words);
        prop_assert_eq!(kept(rewritten.text), kept(&words));
        let mut buffer = String::new();
        let shown = Punctuation::of(&profile).show(rewritten.text, &mut buffer);
        prop_assert_eq!(kept(shown.of(rewritten.text, &buffer)), kept(&words));
    }

    #[test]
    fn quotations_stay_as_balanced_as_they_were(words in words(), profile in profiles()) {
        let mut rewriter = Rewriter::of(&profile);
        let rewritten = rewriter.rewrite(&words);
        if profile.name != "odd" {
            prop_assert_eq!(left_open(rewritten.text), left_open(&words), "{}", rewritten.text);
        }
    }

    #[test]
    fn places_are_known_in_the_words_as_written(words in words(), profile in profiles()) {
        let mut rewriter = Rewriter::of(&profile);
        let rewritten = rewriter.rewrite(&words);
        let word = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let mut last = 0;
        for (at, _) in rewritten.text.char_indices().chain([(rewritten.text.len(), ' ')]) {
            let written = rewritten.written(at);
            prop_assert!(written >= last && words.is_char_boundary(written));
            prop_assert_eq!(word(&words[..written]), word(&rewritten.text[..at]));
            prop_assert!(rewritten.text.is_char_boundary(rewritten.shown(written)));
            prop_assert_eq!(rewritten.written(rewritten.shown(written)), written);
            last = written;
        }
        prop_assert_eq!(last, words.len());
    }
}

/// Words of English, small and others.
fn english() -> impl Strategy<Value = Vec<&'static str>> {
    let words = vec![
        "the", "a", "of", "and", "to", "in", "is", "we", "boat", "river", "lamp", "carried",
        "slowly", "kettle", "harbour", "old", "poured", "tea",
    ];
    prop::collection::vec(select(words), 9..16)
}

/// The small ones of [`english`].
const SMALL: [&str; 8] = ["the", "a", "of", "and", "to", "in", "is", "we"];

/// How far apart the widths of two lines may be that are still about even.
const EVEN_WITHIN: usize = 12;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Of English that goes on two lines the upper one ends in no small word where another place
    /// makes lines that are about as long.
    #[test]
    fn a_line_of_english_ends_in_no_small_word(words in english()) {
        let text = words.join(" ");
        let profile = Profile::named("netflix-en").unwrap();
        let lines = wrap(&text, Layout::new(&profile, &LanguageTag::EN));
        let [upper, _] = &lines[..] else { return Ok(()) };
        let is_small = |line: &str| line.rsplit(' ').next().is_some_and(|word| SMALL.contains(&word));
        let is_good = |at: usize| {
            let (upper, lower) = (&text[..at], &text[at + 1..]);
            let is_even = upper.len().abs_diff(lower.len()) <= EVEN_WITHIN;
            is_even && upper.len().max(lower.len()) <= 42 && !is_small(upper)
        };
        if text.match_indices(' ').any(|(at, _)| is_good(at)) {
            prop_assert!(!is_small(upper), "{:?}", lines);
        }
    }
}

//! A Latin word in, its parts with the syllables that a Mandarin speaker gives them out.
//!
//! Capitals are spelled (`API`), mixed case is taken apart (`OpenAI`, `ChatGPT`), and other
//! words are counted by their groups of vowels: right for 94 % of the 5,742 commonest English
//! words that are in `CMUdict`. Of the rest those that are said in a talk are in a table.

use std::sync::LazyLock;

use crate::text::short_words::ShortWords;
use crate::text::spoken::Said;
use crate::text::spoken::aloud::Aloud;

/// Words in capitals up to this long are spelled, longer ones are read.
const LONGEST_SPELLED: usize = 5;

/// Words that are not said as their vowels tell, or that are read though they are written in
/// capitals or with capitals inside; in small letters, by their syllables (`CMUdict`; names of
/// products as they are said in Chinese talks).
const WORDS: [(u32, &str); 5] = [
    (
        1,
        "hmm mm shh psst gif ram rom sim pin dall york league vlog",
    ),
    (
        2,
        "nasa json jpeg yaml cuda bert covid aids sars lora latex github gitlab youtube wifi \
         iphone ipad imac macbook vscode tiktok wechat paypal linux demo something someone \
         business maybe sometimes union movement safety statement opinion awesome senior \
         marriage facebook therefore evening fashion billion million unique framework baseball \
         lifetime timeline homework wireless science giant quiet client diet poem ruin layer \
         chaos player players buying paying saying playing flying lying being create react",
    ),
    (
        3,
        "everything everyone idea ideas area areas entire opera desire realize reaction creating \
         created creative creator gemini unesco javascript linkedin video audio radio studio \
         audience museum employees scientist recipe ratio",
    ),
    (
        4,
        "nvidia bilibili kubernetes mysql experience society everybody variety european",
    ),
    (5, "university wikipedia"),
];

/// All rows as one table.
static KNOWN: LazyLock<ShortWords<u32>> = LazyLock::new(|| ShortWords::of(WORDS));

/// The names of the letters as Chinese speakers say them, by their syllables: pinyin, with the
/// consonant that closes one behind it (F is 爱, closed by an f).
const NAMES: [&[&str]; 26] = [
    &["ei"],
    &["bi"],
    &["xi"],
    &["di"],
    &["yi"],
    &["ai f"],
    &["ji"],
    &["ei ch"],
    &["ai"],
    &["zhei"],
    &["kai"],
    &["ai l"],
    &["ai m"],
    &["en"],
    &["ou"],
    &["pi"],
    &["kiu"],
    &["a r"],
    &["ai s"],
    &["ti"],
    &["you"],
    &["wei"],
    &["da", "bu", "liu"],
    &["ai s"],
    &["wai"],
    &["zei"],
];

/// What an ASCII letter is called, whatever its case; nothing where it is none.
pub(in crate::text) fn name_of(letter: u8) -> &'static [&'static str] {
    let place = letter.to_ascii_lowercase().wrapping_sub(b'a');
    NAMES.get(usize::from(place)).copied().unwrap_or_default()
}

/// Reads a run of letters.
pub(super) fn say_letters(run: &str, out: &mut impl Aloud) -> Said {
    let mut said = Said::default();
    if let Some(known) = known_syllables(run) {
        out.word(run, known);
        said.word = known;
        return said;
    }
    let before = out.syllables();
    let mut rest = run;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(piece_end(rest));
        if is_spelled(piece) {
            piece.bytes().for_each(|letter| out.letter(letter));
        } else {
            let syllables = known_syllables(piece).unwrap_or_else(|| word_syllables(piece));
            out.word(piece, syllables);
            said.word += syllables;
        }
        rest = behind;
    }
    said.letter = out.syllables() - before - said.word;
    said
}

/// The syllables of a word of the table, whatever its case.
fn known_syllables(word: &str) -> Option<u32> {
    KNOWN.get_in_any_case(word)
}

/// Where the first piece of a word in mixed case ends: `Open|AI`, `Chat|GPT`, `GPT|s`.
fn piece_end(word: &str) -> usize {
    let mut chars = word.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        if let Some(&(at, next)) = chars.peek()
            && c.is_lowercase()
            && next.is_uppercase()
        {
            return at;
        }
    }
    word.len()
}

/// Capitals, and small letters without a vowel: `API`, `html`.
fn is_spelled(piece: &str) -> bool {
    let vowels = || piece.chars().any(is_vowel);
    piece.len() <= LONGEST_SPELLED
        && piece.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (piece.bytes().all(|byte| byte.is_ascii_uppercase()) || !vowels())
        && known_syllables(piece).is_none()
}

/// Groups of vowels, with two of them where they are said apart (`area`, but `nation`) and less
/// those that are silent (`like`, `moved`, `safely`); at least one.
fn word_syllables(word: &str) -> u32 {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let mut groups = 0;
    let mut in_group = false;
    let mut apart = 0;
    for (at, c) in word.char_indices() {
        // The y of you, not of my.
        let vowel = is_vowel(c) && !(at == 0 && matches!(c, 'y' | 'Y'));
        groups += u32::from(vowel && !in_group);
        in_group = vowel;
        apart += u32::from(vowel && is_said_apart(word.as_bytes(), at));
    }
    (groups + apart)
        .saturating_sub(silent(word.as_bytes()))
        .max(1)
}

/// Whether the vowel at `at` and the next one are two syllables.
fn is_said_apart(word: &[u8], at: usize) -> bool {
    let letter = |at: usize| word.get(at).map_or(0, u8::to_ascii_lowercase);
    let before = letter(at.wrapping_sub(1));
    match (letter(at), letter(at + 1)) {
        // radio, but nation, million.
        (b'i', b'o') => !matches!(before, b't' | b's' | b'c' | b'g' | b'x' | b'l' | b'n'),
        // media, but special.
        (b'i', b'a') => !matches!(
            (before, letter(at + 2)),
            (b't' | b'c' | b's' | b'g', b'l' | b'n')
        ),
        (b'e', b'o') => !matches!((letter(at + 2), letter(at + 3)), (b'p', b'l') | (b'u', _)),
        (b'u', b'a' | b'o') => !matches!(before, b'g' | b'q'),
        (b'i', b'u') => true,
        _ => false,
    }
}

/// The groups of vowels at the end that are not said.
fn silent(word: &[u8]) -> u32 {
    let vowel = |byte: &u8| is_vowel(char::from(*byte));
    let lower = |byte: u8| byte.to_ascii_lowercase();
    let is_silent = match word {
        // line, but apple.
        [.., before, last, b'e' | b'E'] => !vowel(last) && (lower(*last) != b'l' || vowel(before)),
        // moved, but wanted.
        [_, .., last, b'e', b'd'] => !vowel(last) && !matches!(last, b't' | b'd'),
        // names, but boxes.
        [.., before, last, b'e', b's'] => {
            !vowel(last)
                && !matches!(
                    (before, last),
                    (_, b's' | b'x' | b'z' | b'c' | b'g') | (b'c' | b's', b'h')
                )
        }
        // safely, movement, useful.
        [.., last, b'e', b'l', b'y']
        | [.., last, b'e', b'm', b'e', b'n', b't']
        | [.., last, b'e', b'f', b'u', b'l'] => !vowel(last),
        _ => false,
    };
    u32::from(is_silent)
}

/// Whether a letter is a vowel. A letter of another alphabet, which has vowels that are
/// not known here, counts as every other one.
pub(in crate::text) fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
        || matches!(c, 'à'..='å' | 'è'..='ï' | 'ò'..='ö' | 'ù'..='ý' | 'ā' | 'ē' | 'ī' | 'ō' | 'ū' | 'ǎ' | 'ě' | 'ǐ' | 'ǒ' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spoken::aloud::Count;

    fn latin_syllables(run: &str) -> Said {
        say_letters(run, &mut Count::default())
    }

    #[test]
    fn words_are_counted_by_their_vowels() {
        for (word, syllables) in [
            ("python", 2),
            ("google", 2),
            ("online", 2),
            ("model", 2),
            ("rust", 1),
            ("cafe", 1),
            ("hmm", 1),
            ("nation", 2),
            ("radio", 3),
            ("moved", 1),
            ("wanted", 2),
            ("safely", 2),
            ("people's", 2),
            ("you", 1),
        ] {
            let said = latin_syllables(word);
            assert_eq!((said.word, said.letter), (syllables, 0), "{word}");
        }
    }

    #[test]
    fn words_of_the_table_are_read_in_any_case() {
        for (word, syllables) in [("NASA", 2), ("GitHub", 2), ("nvidia", 4), ("JavaScript", 3)] {
            let said = latin_syllables(word);
            assert_eq!((said.word, said.letter), (syllables, 0), "{word}");
        }
    }

    #[test]
    fn capitals_are_spelled() {
        for (word, letters, words) in [
            ("API", 3, 0),
            ("APP", 3, 0),
            ("WWW", 9, 0),
            ("OpenAI", 2, 2),
            ("ChatGPT", 3, 1),
            ("iOS", 2, 1),
        ] {
            let said = latin_syllables(word);
            assert_eq!((said.letter, said.word), (letters, words), "{word}");
        }
    }

    #[test]
    fn every_word_of_the_table_is_found() {
        for (syllables, words) in WORDS {
            for word in words.split_whitespace() {
                assert_eq!(known_syllables(word), Some(syllables), "{word}");
            }
        }
    }
}

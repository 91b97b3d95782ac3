//! A Latin word in, how many syllables a Mandarin speaker gives it out.
//!
//! Capitals are spelled (`API`), mixed case is taken apart (`OpenAI`, `ChatGPT`), and
//! other words are counted by their groups of vowels.

/// Words in capitals up to this long are spelled, longer ones are read.
const LONGEST_SPELLED: usize = 5;

/// Words in capitals that are read as words all the same.
const READ_AS_WORDS: [&str; 12] = [
    "NASA", "JSON", "JPEG", "GIF", "RAM", "ROM", "SIM", "PIN", "DALL", "CUDA", "BERT", "YAML",
];

/// How a piece of a word is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LatinSyllables {
    /// Syllables of spelled letters.
    pub(super) letters: u32,
    /// Syllables of words.
    pub(super) words: u32,
}

/// The syllables of a run of letters.
pub(super) fn latin_syllables(run: &str) -> LatinSyllables {
    let mut said = LatinSyllables {
        letters: 0,
        words: 0,
    };
    let mut rest = run;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(piece_end(rest));
        if is_spelled(piece) {
            said.letters += piece.bytes().map(letter_syllables).sum::<u32>();
        } else {
            said.words += word_syllables(piece);
        }
        rest = behind;
    }
    said
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

fn is_spelled(piece: &str) -> bool {
    piece.len() <= LONGEST_SPELLED
        && piece.bytes().all(|byte| byte.is_ascii_uppercase())
        && !READ_AS_WORDS.contains(&piece)
}

/// One, but `W` is double-u.
const fn letter_syllables(letter: u8) -> u32 {
    if letter == b'W' { 3 } else { 1 }
}

/// Groups of vowels, less a silent final e, and at least one.
fn word_syllables(word: &str) -> u32 {
    let mut groups = 0;
    let mut in_group = false;
    for c in word.chars() {
        let vowel = is_vowel(c);
        groups += u32::from(vowel && !in_group);
        in_group = vowel;
    }
    let lower = word.as_bytes();
    let silent_e = match lower {
        [.., before, last, b'e' | b'E'] => {
            // goo-gle, but li-ne
            !is_vowel(char::from(*last))
                && (!last.eq_ignore_ascii_case(&b'l') || is_vowel(char::from(*before)))
        }
        _ => false,
    };
    (groups - u32::from(silent_e && groups > 1)).max(1)
}

/// Whether a letter is a vowel. A letter of another alphabet, which has vowels that are
/// not known here, counts as every other one: see [`latin_syllables`]'s callers.
fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
        || matches!(c, 'à'..='å' | 'è'..='ï' | 'ò'..='ö' | 'ù'..='ý' | 'ā' | 'ē' | 'ī' | 'ō' | 'ū' | 'ǎ' | 'ě' | 'ǐ' | 'ǒ' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ')
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("NASA", 2),
        ] {
            let said = latin_syllables(word);
            assert_eq!((said.words, said.letters), (syllables, 0), "{word}");
        }
    }

    #[test]
    fn capitals_are_spelled() {
        for (word, letters, words) in [
            ("API", 3, 0),
            ("WWW", 9, 0),
            ("OpenAI", 2, 2),
            ("ChatGPT", 3, 1),
        ] {
            let said = latin_syllables(word);
            assert_eq!((said.letters, said.words), (letters, words), "{word}");
        }
    }
}

//! A Latin word and how many syllables it has in, about how they sound out.
//!
//! A Mandarin speaker says an English word in the sounds of Mandarin, or near them: a rough rule from
//! letters is near enough to follow a voice by. The word is cut at its groups of vowels, of which as
//! many are dropped (the e of `line`) or parted (`media`) as the count asks for; a vowel sounds by its
//! letters, a silent e behind it and what closes it.

use unicode_normalization::UnicodeNormalization;

use crate::text::aloud::sound::{Final, Initial, Sound};
use crate::text::spoken::latin::{is_vowel, name_of};

/// Groups of vowels and the finals that are nearest to them, the longer before those that they begin
/// with.
const VOWELS: [(&str, Final); 29] = [
    ("eau", Final::Ou),
    ("ai", Final::Ei),
    ("ay", Final::Ei),
    ("au", Final::Ao),
    ("ea", Final::I),
    ("ee", Final::I),
    ("ei", Final::Ei),
    ("eu", Final::Iu),
    ("ey", Final::I),
    ("ia", Final::Ia),
    ("ie", Final::I),
    ("io", Final::E),
    ("iu", Final::Iu),
    ("oa", Final::Ou),
    ("oe", Final::Ou),
    ("oi", Final::Ui),
    ("oo", Final::U),
    ("ou", Final::Ao),
    ("oy", Final::Ui),
    ("ua", Final::Ua),
    ("ue", Final::U),
    ("ui", Final::U),
    ("uo", Final::Uo),
    ("a", Final::A),
    ("e", Final::Ei),
    ("i", Final::I),
    ("o", Final::Ou),
    ("u", Final::U),
    ("y", Final::I),
];

/// A vowel with a silent e behind its consonant: make, line, home.
const LONG: [(&str, Final); 4] = [
    ("a", Final::Ei),
    ("i", Final::Ai),
    ("o", Final::Ou),
    ("y", Final::Ai),
];

/// Finals that take an n, an m or an ng into them.
const NASAL: [(Final, Final); 6] = [
    (Final::A, Final::An),
    (Final::Ei, Final::En),
    (Final::E, Final::En),
    (Final::I, Final::In),
    (Final::Ou, Final::Ong),
    (Final::U, Final::Un),
];

/// Consonants by the initials that are nearest to them, the longer before those that they begin with.
const CONSONANTS: [(&str, Initial); 27] = [
    ("tch", Initial::Ch),
    ("sh", Initial::Sh),
    ("ch", Initial::Ch),
    ("th", Initial::S),
    ("ph", Initial::F),
    ("ck", Initial::K),
    ("gh", Initial::G),
    ("kn", Initial::N),
    ("b", Initial::B),
    ("c", Initial::K),
    ("d", Initial::D),
    ("f", Initial::F),
    ("g", Initial::G),
    ("h", Initial::H),
    ("j", Initial::Zh),
    ("k", Initial::K),
    ("l", Initial::L),
    ("m", Initial::M),
    ("n", Initial::N),
    ("p", Initial::P),
    ("q", Initial::K),
    ("r", Initial::R),
    ("s", Initial::S),
    ("t", Initial::T),
    ("v", Initial::F),
    ("x", Initial::S),
    ("z", Initial::Z),
];

/// A group of vowels, where it is: what stands between two groups is shared by them.
#[derive(Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
}

/// Tells `say` the sounds of a word, `count` of them. They are free where it has no letter of ASCII.
pub(super) fn sounds(word: &str, count: u32, mut say: impl FnMut(Sound)) {
    let letters: String = word
        .nfd()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let count = count as usize;
    // The i of iOS.
    if letters.len() == 1 && count == 1 {
        return spelled(&letters).into_iter().for_each(say);
    }
    let mut groups = groups(&letters);
    let is_silent = groups.len() > count;
    groups.truncate(count);
    part(&mut groups, count);
    let spare = count - groups.len();
    let first = groups.first().map_or(0, |group| group.start);
    let last = groups.last().map_or(0, |group| group.end);
    // nvidia, mysql: what has no vowel is spelled.
    let behind = spelled(&letters[last.max(letters.len().saturating_sub(spare))..]);
    let before = spelled(&letters[..first.min(spare - behind.len())]);
    let free = spare - behind.len() - before.len();
    for sound in &before {
        say(*sound);
    }
    let end = if behind.is_empty() {
        letters.len()
    } else {
        last
    };
    for (index, group) in groups.iter().enumerate() {
        let onset_start = match index.checked_sub(1).map(|before| groups[before]) {
            Some(other) => other.end + coda_length(&letters[other.end..group.start]),
            None => before.len(),
        };
        let coda_end = match groups.get(index + 1) {
            Some(next) => group.end + coda_length(&letters[group.end..next.start]),
            None => end,
        };
        let is_long = is_silent && index + 1 == groups.len();
        say(sound(
            &letters[onset_start..group.start],
            &letters[group.start..group.end],
            &letters[group.end..coda_end],
            is_long,
        ));
    }
    let free = std::iter::repeat_n(Sound::Free, free);
    behind.into_iter().chain(free).for_each(say);
}

/// The groups of vowels; a y before one is none.
fn groups(letters: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, letter) in letters.char_indices() {
        if !is_vowel(letter) || (at == 0 && letter == 'y' && letters.len() > 1) {
            continue;
        }
        match groups.last_mut() {
            Some(group) if group.end == at => group.end = at + 1,
            _ => groups.push(Group {
                start: at,
                end: at + 1,
            }),
        }
    }
    groups
}

/// Parts groups of several vowels until there are `count`, if there can be so many.
fn part(groups: &mut Vec<Group>, count: usize) {
    let mut at = groups.len();
    while groups.len() < count && at > 0 {
        at -= 1;
        let Group { start, end } = groups[at];
        if end - start > 1 {
            groups[at].end = end - 1;
            groups.insert(
                at + 1,
                Group {
                    start: end - 1,
                    end,
                },
            );
            at += 1;
        }
    }
}

/// The names of letters, a syllable each.
fn spelled(letters: &str) -> Vec<Sound> {
    let syllable = |letter| name_of(letter).first().copied();
    let names = letters.bytes().filter_map(syllable);
    names.map(Sound::spelled).collect()
}

/// How many of the letters between two vowels close the first one: of several the first, if it does
/// not begin a pair with the next (`chatbot`, but `machine`, `apply`).
fn coda_length(between: &str) -> usize {
    let is_pair = CONSONANTS
        .iter()
        .any(|(pair, _)| pair.len() > 1 && between == *pair);
    let is_onset = between.len() == 2
        && between.ends_with(['l', 'r'])
        && !between.starts_with(['l', 'r', 'n', 'm']);
    usize::from(between.len() > 1 && !is_pair && !is_onset)
}

fn consonant(letters: &str) -> Option<Initial> {
    let known = CONSONANTS
        .iter()
        .find(|(written, _)| letters.starts_with(written));
    known.map(|(_, initial)| *initial)
}

/// One syllable: what stands before its vowels, these, and what closes it.
fn sound(onset: &str, vowels: &str, coda: &str, is_long: bool) -> Sound {
    let long = LONG.iter().find(|(letter, _)| is_long && *letter == vowels);
    let known = VOWELS
        .iter()
        .find(|(written, _)| vowels.starts_with(written));
    let mut rime = long.or(known).map_or(Final::E, |(_, rime)| *rime);
    let mut close = consonant(coda);
    match (vowels, coda.as_bytes()) {
        // table, google.
        ("e", []) if onset.len() > 1 && onset.ends_with('l') => rime = Final::Ou,
        ("e" | "i" | "u" | "o", [b'r', ..]) if rime != Final::Ou || coda.len() > 1 => {
            (rime, close) = (Final::Er, consonant(&coda[1..]));
        }
        // run, hub.
        ("u", [_, ..]) if !is_long => rime = Final::A,
        _ => {}
    }
    if let [b'n' | b'm', ..] = coda.as_bytes()
        && let Some((_, nasal)) = NASAL.iter().find(|(open, _)| *open == rime)
    {
        let behind = coda[1..].strip_prefix('g').unwrap_or(&coda[1..]);
        (rime, close) = (*nasal, consonant(behind));
    }
    // city, but cat.
    let is_soft = vowels.starts_with(['e', 'i', 'y']);
    let initial = match onset {
        "c" if is_soft => Some(Initial::S),
        "g" if is_soft => Some(Initial::Zh),
        // state, string: the s is short beside what follows.
        _ => consonant(
            onset
                .strip_prefix('s')
                .filter(|rest| rest.starts_with(['t', 'p', 'k', 'c']))
                .unwrap_or(onset),
        ),
    };
    Sound::Spelled {
        initial,
        rime: if onset == "w" { rounded(rime) } else { rime },
        close,
    }
}

/// A final behind a w, which is no initial of its own.
const fn rounded(rime: Final) -> Final {
    match rime {
        Final::A => Final::Ua,
        Final::Ai => Final::Uai,
        Final::An => Final::Uan,
        Final::Ei | Final::I => Final::Ui,
        Final::En | Final::In => Final::Un,
        Final::Ou => Final::Uo,
        rime => rime,
    }
}

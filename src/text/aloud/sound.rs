//! A syllable spelled in pinyin in, its initial and its final out.
//!
//! The inventory is that of Mandarin (Scheme for the Chinese Phonetic Alphabet, 1958, sections 2 and
//! 3), without tones. Latin words and letters have syllables that it lacks (F, rust): a consonant may
//! close them, and any initial may go with any final.

use std::fmt;

/// How a syllable sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sound {
    /// As it is spelled.
    Spelled {
        /// What it begins with, if not with its final.
        initial: Option<Initial>,
        /// The rest of it.
        rime: Final,
        /// The consonant that closes it, which no syllable of Mandarin has.
        close: Option<Initial>,
    },
    /// Nobody knows: of a character that has no reading, or in a script that is not read here.
    Free,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $table:ident, $($variant:ident $first:literal $(| $other:literal)*),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $first, "`")] $variant,)+
        }

        /// Each with the ways in which it is spelled.
        const $table: &[($name, &[&str])] = &[$(($name::$variant, &[$first $(, $other)*])),+];

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $first,)+
                })
            }
        }
    };
}

named!(
    /// The consonant that a syllable begins with.
    Initial, INITIALS,
    // The longer before those that they begin with.
    Zh "zh", Ch "ch", Sh "sh", B "b", P "p", M "m", F "f", D "d", T "t", N "n", L "l", G "g", K "k",
    H "h", J "j", Q "q", X "x", R "r", Z "z", C "c", S "s",
);

named!(
    /// The rest of a syllable.
    Final, FINALS,
    A "a", O "o", E "e" | "ê", I "i", Ih "ih", U "u", V "v", Er "er" | "r",
    Ai "ai", Ei "ei", Ao "ao", Ou "ou", An "an", En "en", Ang "ang", Eng "eng", Ong "ong",
    Ia "ia", Ie "ie", Iao "iao", Iu "iu" | "iou", Ian "ian", In "in", Iang "iang", Ing "ing",
    Iong "iong", Io "io", Iai "iai",
    Ua "ua", Uo "uo", Uai "uai", Ui "ui" | "uei", Uan "uan", Un "un" | "uen", Uang "uang",
    Ueng "ueng",
    Ve "ve", Van "van", Vn "vn",
);

/// Initials behind which `i` is a buzz: 知, 资.
const BUZZING: [Initial; 7] = [
    Initial::Zh,
    Initial::Ch,
    Initial::Sh,
    Initial::R,
    Initial::Z,
    Initial::C,
    Initial::S,
];

/// Initials behind which `u` is ü: 居.
const PALATAL: [Initial; 3] = [Initial::J, Initial::Q, Initial::X];

/// Interjections that are all nasal: 嗯, 呣.
const NASALS: [&str; 5] = ["n", "ng", "m", "hm", "hng"];

impl Sound {
    /// The sound of a syllable in pinyin without its tone, ü written `v`, and perhaps a space and the
    /// initial that closes it (`ai f`).
    ///
    /// ```
    /// use zimu::text::aloud::{Final, Initial, Sound};
    ///
    /// let zhi = Sound::Spelled { initial: Some(Initial::Zh), rime: Final::Ih, close: None };
    /// assert_eq!(Sound::spelled("zhi"), zhi);
    /// assert_eq!(Sound::spelled("yuan"), Sound::spelled("van"));
    /// assert_eq!(Sound::spelled("q"), Sound::Free);
    /// ```
    #[must_use]
    pub fn spelled(pinyin: &str) -> Self {
        let (syllable, close) = match pinyin.split_once(' ') {
            Some((syllable, close)) => (syllable, initial_of(close).map(|(initial, _)| initial)),
            None => (pinyin, None),
        };
        let (initial, rest) = match initial_of(syllable) {
            _ if NASALS.contains(&syllable) => (None, "en"),
            Some((initial, rest)) => (Some(initial), rest),
            None => (None, syllable),
        };
        final_of(initial, rest).map_or(Self::Free, |rime| Self::Spelled {
            initial,
            rime,
            close,
        })
    }
}

/// As initial and final are called (`zhih`), `?` where it is free.
impl fmt::Display for Sound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Spelled {
            initial,
            rime,
            close,
        } = self
        else {
            return f.write_str("?");
        };
        if let Some(initial) = initial {
            initial.fmt(f)?;
        }
        rime.fmt(f)?;
        close.map_or(Ok(()), |close| write!(f, "-{close}"))
    }
}

fn initial_of(syllable: &str) -> Option<(Initial, &str)> {
    let begun = |(initial, spelled): &(Initial, &[&str])| {
        let rest = spelled
            .iter()
            .find_map(|name| syllable.strip_prefix(name))?;
        Some((*initial, rest))
    };
    INITIALS.iter().find_map(begun)
}

/// The final that is written so behind an initial. Without one `i`, `u` and `v` are `y`, `w` and `yu`.
fn final_of(initial: Option<Initial>, written: &str) -> Option<Final> {
    let is_one_of = |initials: &[Initial]| initial.is_some_and(|c| initials.contains(&c));
    let (start, rest) = match written.as_bytes() {
        b"i" if is_one_of(&BUZZING) => ("ih", ""),
        [b'u', ..] if is_one_of(&PALATAL) => ("v", &written[1..]),
        [b'y', b'u', ..] => ("v", &written[2..]),
        [b'y', b'i', ..] => ("i", &written[2..]),
        [b'y', ..] => ("i", &written[1..]),
        [b'w', b'u', ..] => ("u", &written[2..]),
        [b'w', ..] => ("u", &written[1..]),
        _ => ("", written),
    };
    let is_written = |name: &&str| name.strip_prefix(start) == Some(rest);
    let mut known = FINALS.iter();
    known.find_map(|(rime, names)| names.iter().any(is_written).then_some(*rime))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syllable_of_the_tables_has_a_sound() {
        for syllable in crate::text::aloud::han::SYLLABLES.lines() {
            assert_ne!(Sound::spelled(syllable), Sound::Free, "{syllable}");
        }
    }

    #[test]
    fn spellings_are_those_of_the_scheme() {
        for (written, initial, rime) in [
            ("si", Some(Initial::S), Final::Ih),
            ("xi", Some(Initial::X), Final::I),
            ("ju", Some(Initial::J), Final::V),
            ("lu", Some(Initial::L), Final::U),
            ("lv", Some(Initial::L), Final::V),
            ("xuan", Some(Initial::X), Final::Van),
            ("yi", None, Final::I),
            ("you", None, Final::Iu),
            ("ying", None, Final::Ing),
            ("yong", None, Final::Iong),
            ("yu", None, Final::V),
            ("yun", None, Final::Vn),
            ("wu", None, Final::U),
            ("wei", None, Final::Ui),
            ("weng", None, Final::Ueng),
            ("er", None, Final::Er),
            ("ng", None, Final::En),
        ] {
            let close = None;
            let sound = Sound::Spelled {
                initial,
                rime,
                close,
            };
            assert_eq!(Sound::spelled(written), sound, "{written}");
        }
    }
}

//! A syllable in, the phones that are heard one after another in it out.
//!
//! A [`Phone`] is a class of sounds that one model stands for. There are few, so that a short recording
//! has each of them often: an initial is one phone, or two where it changes on the way (a stop and its
//! breath, a stop and its hiss), and finals share their vowels and codas. The classes are those of the
//! prototype that was measured: 47, silence among them, about 4.5 in a syllable.

use crate::text::aloud::{Final, Initial, Sound, Syllable};

/// A class of sounds.
///
/// ```
/// use zimu::align::phones::{Phone, of};
/// use zimu::text::aloud::syllables;
/// use zimu::text::spoken::Readings;
///
/// let names = |text| -> Vec<&str> {
///     let syllables = syllables(text, &Readings::NONE);
///     syllables.iter().flat_map(of).map(Phone::name).collect()
/// };
/// assert_eq!(names("中国"), ["zh1", "zh2", "o", "G", "g1", "u", "o"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(u8);

/// Their names, by their numbers: an initial's phones have its name and count from 1, `N` and `G` are
/// the codas of `an` and `ang`, `rr` that of `er`, `ih` the vowel of `zhi` and `v` is ü.
const NAMES: [&str; Phone::COUNT] = [
    "sil", "b1", "m1", "d1", "n1", "l1", "g1", "r1", "p1", "p2", "t1", "t2", "k1", "k2", "f1",
    "f2", "h1", "h2", "zh1", "zh2", "ch1", "ch2", "sh1", "sh2", "z1", "z2", "c1", "c2", "s1", "s2",
    "j1", "j2", "q1", "q2", "x1", "x2", "a", "o", "e", "ei", "i", "ih", "u", "v", "rr", "N", "G",
];

impl Phone {
    /// How many there are.
    pub const COUNT: usize = 47;

    /// Nobody speaks.
    pub const SILENCE: Self = Self(0);

    /// Its number, below [`COUNT`](Self::COUNT).
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }

    /// Its number in a byte.
    pub(in crate::align) const fn class(self) -> u8 {
        self.0
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        NAMES[self.number()]
    }

    const fn named(name: &str) -> Self {
        let mut number = 0;
        while number < NAMES.len() {
            if is_same(NAMES[number].as_bytes(), name.as_bytes()) {
                return Self(number as u8);
            }
            number += 1;
        }
        panic!("expected the name of a phone")
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// Phones by their names, found when the program is built.
macro_rules! phones {
    ($($name:literal)+) => {
        const { &[$(Phone::named($name)),+] }
    };
}

/// The phones of a syllable, in order. One that is free is heard as the vowel in the middle of the
/// mouth, which is least far from all others.
pub fn of(syllable: &Syllable) -> impl Iterator<Item = Phone> + use<> {
    let (initial, rime, close) = match syllable.sound {
        Sound::Spelled {
            initial,
            rime,
            close,
        } => (initial, rime, close),
        Sound::Free => (None, Final::E, None),
    };
    let parts = [
        initial.map_or(&[][..], of_initial),
        of_final(rime),
        close.map_or(&[][..], of_initial),
    ];
    parts.into_iter().flatten().copied()
}

/// Two where it changes on the way.
const fn of_initial(initial: Initial) -> &'static [Phone] {
    match initial {
        Initial::B => phones!("b1"),
        Initial::M => phones!("m1"),
        Initial::D => phones!("d1"),
        Initial::N => phones!("n1"),
        Initial::L => phones!("l1"),
        Initial::G => phones!("g1"),
        Initial::R => phones!("r1"),
        Initial::P => phones!("p1" "p2"),
        Initial::T => phones!("t1" "t2"),
        Initial::K => phones!("k1" "k2"),
        Initial::F => phones!("f1" "f2"),
        Initial::H => phones!("h1" "h2"),
        Initial::Zh => phones!("zh1" "zh2"),
        Initial::Ch => phones!("ch1" "ch2"),
        Initial::Sh => phones!("sh1" "sh2"),
        Initial::Z => phones!("z1" "z2"),
        Initial::C => phones!("c1" "c2"),
        Initial::S => phones!("s1" "s2"),
        Initial::J => phones!("j1" "j2"),
        Initial::Q => phones!("q1" "q2"),
        Initial::X => phones!("x1" "x2"),
    }
}

/// Glide, vowel and coda.
const fn of_final(rime: Final) -> &'static [Phone] {
    match rime {
        Final::A => phones!("a" "a"),
        Final::O => phones!("o" "o"),
        Final::E => phones!("e" "e"),
        Final::I => phones!("i" "i"),
        Final::Ih => phones!("ih" "ih"),
        Final::U => phones!("u" "u"),
        Final::V => phones!("v" "v"),
        Final::Er => phones!("e" "rr"),
        Final::Ai => phones!("a" "i"),
        Final::Ei => phones!("ei" "i"),
        Final::Ao => phones!("a" "o"),
        Final::Ou => phones!("o" "u"),
        Final::An => phones!("a" "N"),
        Final::En => phones!("e" "N"),
        Final::Ang => phones!("a" "G"),
        Final::Eng => phones!("e" "G"),
        Final::Ong => phones!("o" "G"),
        Final::Ia => phones!("i" "a"),
        Final::Ie => phones!("i" "ei"),
        Final::Iao => phones!("i" "a" "o"),
        Final::Iu => phones!("i" "o" "u"),
        Final::Ian => phones!("i" "ei" "N"),
        Final::In => phones!("i" "N"),
        Final::Iang => phones!("i" "a" "G"),
        Final::Ing => phones!("i" "G"),
        Final::Iong => phones!("v" "o" "G"),
        Final::Io => phones!("i" "o"),
        Final::Iai => phones!("i" "a" "i"),
        Final::Ua => phones!("u" "a"),
        Final::Uo => phones!("u" "o"),
        Final::Uai => phones!("u" "a" "i"),
        Final::Ui => phones!("u" "ei" "i"),
        Final::Uan => phones!("u" "a" "N"),
        Final::Un => phones!("u" "e" "N"),
        Final::Uang => phones!("u" "a" "G"),
        Final::Ueng => phones!("u" "e" "G"),
        Final::Ve => phones!("v" "ei"),
        Final::Van => phones!("v" "ei" "N"),
        Final::Vn => phones!("v" "N"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::aloud::syllables;
    use crate::text::spoken::Readings;

    fn names(text: &str) -> String {
        let syllables = syllables(text, &Readings::NONE);
        let names: Vec<_> = syllables.iter().flat_map(of).map(Phone::name).collect();
        names.join(" ")
    }

    #[test]
    fn syllables_are_heard_in_their_phones() {
        for (text, expected) in [
            ("知", "zh1 zh2 ih ih"),
            ("路", "l1 u u"),
            ("女", "n1 v v"),
            ("全", "q1 q2 v ei N"),
            ("儿", "e rr"),
            ("光", "g1 u a G"),
            ("F", "a i f1 f2"),
            ("𠮷", "e e"),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn every_phone_is_heard_but_silence() {
        let all = ('\u{4e00}'..='\u{9fff}').collect::<String>();
        let heard: BTreeSet<_> = syllables(&all, &Readings::NONE)
            .iter()
            .flat_map(of)
            .collect();
        let expected: BTreeSet<_> = (1..Phone::COUNT as u8).map(Phone).collect();
        assert_eq!(heard, expected);
    }

    #[test]
    fn no_two_phones_have_one_name() {
        assert_eq!(BTreeSet::from(NAMES).len(), Phone::COUNT);
        assert_eq!(Phone::SILENCE.name(), "sil");
    }
}

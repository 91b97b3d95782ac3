//! A list of Chinese characters in, whether a character is one of them out.
//!
//! A list has a bit for each character from U+3000 to U+9FFF, which is set where zimu is compiled:
//! to ask costs the same however long the list is.

/// First and last of the characters that a list may have, three bytes each in UTF-8.
const FIRST: u32 = 0x3000;
const LAST: u32 = 0x9fff;

const BITS: usize = u64::BITS as usize;

/// A list of Chinese characters.
#[derive(Debug)]
pub(super) struct HanSet([u64; (LAST - FIRST + 1) as usize / BITS]);

impl HanSet {
    /// The characters of a text, which has spaces besides. Any other one is an error of the
    /// compiler: there is no bit for it.
    pub(super) const fn of(characters: &str) -> Self {
        let mut set = Self([0; (LAST - FIRST + 1) as usize / BITS]);
        let bytes = characters.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b' ' {
                at += 1;
                continue;
            }
            let index = (code([bytes[at], bytes[at + 1], bytes[at + 2]]) - FIRST) as usize;
            set.0[index / BITS] |= 1 << (index % BITS);
            at += 3;
        }
        set
    }

    /// The characters of both.
    pub(super) const fn and(&self, other: &Self) -> Self {
        let mut both = self.0;
        let mut at = 0;
        while at < both.len() {
            both[at] |= other.0[at];
            at += 1;
        }
        Self(both)
    }

    /// Whether it has a character.
    pub(super) const fn holds(&self, c: char) -> bool {
        self.holds_code(c as u32)
    }

    /// The same by its code point.
    pub(super) const fn holds_code(&self, code: u32) -> bool {
        let index = code.wrapping_sub(FIRST) as usize;
        index / BITS < self.0.len() && (self.0[index / BITS] >> (index % BITS)) & 1 == 1
    }
}

/// The code point of a character of three bytes.
pub(super) const fn code(bytes: [u8; 3]) -> u32 {
    let [first, second, third] = bytes;
    ((first as u32 & 0x0f) << 12) | ((second as u32 & 0x3f) << 6) | (third as u32 & 0x3f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        const LIST: &str = "〇 一龥鿿";
        let set = HanSet::of(LIST);
        for c in '\0'..=char::MAX {
            assert_eq!(set.holds(c), c != ' ' && LIST.contains(c), "{c:?}");
        }
    }
}

//! UTF-32 in, text out, and back: four bytes are one character, in either order.
//!
//! `encoding_rs` has no UTF-32, since browsers read none. Files of it are rare, but editors
//! offer to save as it.

/// In which order the bytes of a character come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteOrder {
    LowFirst,
    HighFirst,
}

impl ByteOrder {
    /// How U+FEFF at the start of a text is written.
    pub(super) const fn mark(self) -> [u8; 4] {
        match self {
            Self::LowFirst => 0xfeff_u32.to_le_bytes(),
            Self::HighFirst => 0xfeff_u32.to_be_bytes(),
        }
    }

    /// A surrogate and what is above U+10FFFF are no characters.
    fn character(self, bytes: [u8; 4]) -> Option<char> {
        char::from_u32(match self {
            Self::LowFirst => u32::from_le_bytes(bytes),
            Self::HighFirst => u32::from_be_bytes(bytes),
        })
    }
}

/// All of `bytes` as text; `None` where any of it is no character, or less than one.
pub(super) fn decode(bytes: &[u8], order: ByteOrder) -> Option<String> {
    let (characters, rest) = bytes.as_chunks();
    let mut text = String::with_capacity(characters.len());
    for &character in characters {
        text.push(order.character(character)?);
    }
    rest.is_empty().then_some(text)
}

/// Offset of the first four bytes that are no character, or of the rest that is less than
/// four; the length where there is neither.
pub(super) fn valid_up_to(bytes: &[u8], order: ByteOrder) -> usize {
    let (characters, _) = bytes.as_chunks();
    let is_wrong = |&character: &[u8; 4]| order.character(character).is_none();
    let wrong = characters.iter().position(is_wrong);
    4 * wrong.unwrap_or(characters.len())
}

/// Text without a byte order mark.
pub(super) fn encode(text: &str, order: ByteOrder) -> Vec<u8> {
    let characters = text.chars().map(u32::from);
    match order {
        ByteOrder::LowFirst => characters.flat_map(u32::to_le_bytes).collect(),
        ByteOrder::HighFirst => characters.flat_map(u32::to_be_bytes).collect(),
    }
}

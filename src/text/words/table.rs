//! Characters in, the words of the list that they begin with out.
//!
//! The tables are made by the build script (`build/words.rs` says how they lie) and are a part of the
//! program. Where no word goes on is told by a look or two at the table of pairs.

use crate::text::words::bits::{
    CODE_BITS, COST_BITS, FACTOR, HOME_BITS, LONGER_PLACE_BITS, MIXED_BITS, NO_CODE, NO_COST,
    PAIR_PLACE_BITS,
};

/// The codes of characters: of those of ASCII, and of Han from [`FIRST_HAN`] on.
static CODES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/codes.bin"));

static ONES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ones.bin"));
static PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pairs.bin"));
static LONGER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/longer.bin"));

/// What a character costs that is in no word of the table.
pub(super) const UNKNOWN_COST: u64 = include!(concat!(env!("OUT_DIR"), "/unknown_cost.in"));

const FIRST_HAN: u32 = 0x4e00;
const ASCII: u32 = 0x80;

/// A character by the number that the tables have for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code(u16);

impl Code {
    /// That of a character, and that of its Simplified form.
    #[inline]
    pub(super) fn both(c: char) -> [Self; 2] {
        let at = match u32::from(c) {
            ascii @ ..ASCII => ascii,
            other => other.wrapping_sub(FIRST_HAN).saturating_add(ASCII),
        };
        let Some(&[a, b, c, d]) = CODES.as_chunks::<4>().0.get(at as usize) else {
            return [Self(NO_CODE); 2];
        };
        [
            Self(u16::from_le_bytes([a, b])),
            Self(u16::from_le_bytes([c, d])),
        ]
    }
}

/// Tells `found` of the words that a text begins with: how many characters each has, and its cost.
#[inline]
pub(super) fn words_at(codes: &[Code], mut found: impl FnMut(usize, u64)) {
    let mut word = |length, cost| {
        if cost != NO_COST {
            found(length, cost);
        }
    };
    let [first, behind @ ..] = codes else { return };
    let Some(&one) = ONES.as_chunks::<2>().0.get(usize::from(first.0)) else {
        return;
    };
    word(1, u16::from_le_bytes(one).into());
    let [second, behind @ ..] = behind else {
        return;
    };
    let Some(pair) = pair(*first, *second) else {
        return;
    };
    word(2, low(pair >> PAIR_PLACE_BITS, COST_BITS));
    let mut place = low(pair, PAIR_PLACE_BITS) as usize;
    for (code, length) in behind.iter().zip(3..) {
        if place == 0 {
            return;
        }
        let Some((at, longer)) = longer(place, *code) else {
            return;
        };
        word(length, low(longer >> LONGER_PLACE_BITS, COST_BITS));
        let ahead = low(longer, LONGER_PLACE_BITS) as usize;
        place = if ahead == 0 { 0 } else { at + ahead };
    }
}

/// The pair of two characters.
#[inline]
fn pair(first: Code, second: Code) -> Option<u64> {
    let both = u32::from(first.0) << CODE_BITS | u32::from(second.0);
    let mixed = both.wrapping_mul(FACTOR) & ((1 << MIXED_BITS) - 1);
    let home = (mixed >> (MIXED_BITS - HOME_BITS)) as usize;
    let pairs = PAIRS.as_chunks::<8>().0.get(home..)?;
    let mut pairs = pairs.iter().map(|pair| u64::from_le_bytes(*pair));
    let mixed_of = |pair: &u64| (pair >> (u64::BITS - MIXED_BITS)) as u32;
    let found = pairs.find(|pair| mixed_of(pair) >= mixed)?;
    (mixed_of(&found) == mixed).then_some(found)
}

/// The one of those that begin at a place which has a character, and where it lies.
#[inline]
fn longer(place: usize, code: Code) -> Option<(usize, u64)> {
    let all = LONGER.as_chunks::<6>().0;
    for (at, &[a, b, c, d, e, f]) in all.iter().enumerate().skip(place) {
        let longer = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        let high = longer >> (COST_BITS + LONGER_PLACE_BITS);
        if high >> 1 == u64::from(code.0) {
            return Some((at, longer));
        }
        if high >> 1 > u64::from(code.0) || high & 1 == 1 {
            return None;
        }
    }
    None
}

const fn low(number: u64, bits: u32) -> u64 {
    number & ((1 << bits) - 1)
}

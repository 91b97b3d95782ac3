//! How the tables of words are laid out, which `build/words.rs` writes and `table.rs` searches: the sizes of
//! what is in them, in bits, and what stands for nothing.

pub(super) const CODE_BITS: u32 = 14;
pub(super) const COST_BITS: u32 = 15;
pub(super) const NO_CODE: u16 = (1 << CODE_BITS) - 1;
pub(super) const NO_COST: u64 = (1 << COST_BITS) - 1;

/// Two codes are mixed by a factor that is odd, so that no two pairs become one.
pub(super) const MIXED_BITS: u32 = 2 * CODE_BITS;
pub(super) const HOME_BITS: u32 = 18;
pub(super) const FACTOR: u32 = 0x9e3_779b;

/// Where something lies in `longer.bin`, as a pair says it, and how much further on.
pub(super) const PAIR_PLACE_BITS: u32 = u64::BITS - MIXED_BITS - COST_BITS;
pub(super) const LONGER_PLACE_BITS: u32 = 48 - CODE_BITS - 1 - COST_BITS;

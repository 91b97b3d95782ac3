//! Floor 1: bytes and characters, measured.
//!
//! Bytes come in and become text; text comes in and gives measures: how wide it is
//! ([`width`]), where a line may be broken ([`breaks`]), what is said when it is read
//! aloud ([`spoken`]) and how it sounds ([`aloud`]), which script it is in ([`script`]), how it is written in another
//! ([`conversion`]), where the terms of a project stand in it ([`terms`]), which text of a
//! list became which of another ([`align`](mod@align)). The room knows nothing of
//! utterances, cues or profiles.

pub mod align;
pub mod aloud;
pub mod breaks;
pub mod class;
pub mod clusters;
pub mod conversion;
pub mod decode;
pub mod encode;
pub mod encoding;
mod han_set;
pub mod lines;
mod pieces;
pub mod script;
mod short_words;
pub mod spoken;
pub(crate) mod table;
pub mod terms;
mod utf32;
pub mod width;
pub mod words;

//! The library of zimu: Chinese transcripts into captions.
#![doc = include_str!("../README.md")]

#[cfg(feature = "align")]
#[expect(clippy::cast_precision_loss, reason = "likelihoods are floats")]
pub mod align;
pub mod bilingual;
pub mod catalogue;
pub mod check;
pub mod compare;
pub mod format;
#[cfg(feature = "media")]
pub mod media;
pub mod model;
pub mod profile;
pub mod segment;
#[cfg(feature = "align")]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "samples are floats"
)]
pub mod speech;
pub mod spotting;
pub mod text;
pub mod timing;
pub mod transcript;

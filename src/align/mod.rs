//! Floor 2: a transcript and the sound that it is spoken in, aligned.
//!
//! A [`Transcript`](crate::model::Transcript) and sound come in, a clock goes out that says when each
//! line is spoken. What is said is followed by its [`phones`].

pub mod phones;

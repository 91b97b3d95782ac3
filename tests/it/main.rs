//! The integration tests: one binary, a module a subject.

mod cli;
mod properties;
mod road;
mod roundtrip;
mod snapshots;
mod tidy;

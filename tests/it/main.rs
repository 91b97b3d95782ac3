//! The integration tests: one binary, a module a subject.

mod cli;
mod consumers;
mod inputs;
mod lacks;
mod layouts;
mod made_up;
mod netflix;
mod properties;
mod reading;
mod recordings;
mod road;
mod roundtrip;
mod scripts;
mod sheets;
mod snapshots;
mod sound;
mod sounds;
mod speech;
mod terms;
mod tidy;

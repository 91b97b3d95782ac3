//! What a job came to in, the line that says it out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::account::{FindingAccount, TimingAccount};

/// The answer to a job. There is one to each line that is not blank, in their order.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Answer<'j> {
    /// To a transcript that was captioned.
    Captions(CaptionsAccount<'j>),
    /// To a line that was not.
    Fault(FaultAccount<'j>),
}

/// The captions of a transcript.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CaptionsAccount<'j> {
    /// That of the job, as it was written; null where it has none.
    #[schemars(with = "Option<Id>")]
    pub(crate) id: Option<&'j RawValue>,
    /// The text of a file in each format that was asked for, by the id of the format.
    #[schemars(with = "BTreeMap<String, String>")]
    pub(crate) captions: BTreeMap<&'static str, String>,
    /// The language of the captions, and that of the lines below, if there are any.
    pub(crate) languages: Vec<String>,
    /// How many captions were made.
    pub(crate) cues: usize,
    /// When the last of them ends, in milliseconds.
    pub(crate) end_ms: u32,
    /// How sure their times are.
    pub(crate) timing: TimingAccount,
    /// What was found in the transcript, by place, and then in the translation.
    pub(crate) findings: Vec<FindingAccount>,
    /// What else there is to know: what a format has no room for, which language counts.
    pub(crate) notes: Vec<String>,
}

/// Why a line was not captioned.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FaultAccount<'j> {
    /// That of the job, as it was written; null where it could not be read.
    #[schemars(with = "Option<Id>")]
    pub(crate) id: Option<&'j RawValue>,
    /// Why.
    pub(crate) error: ErrorAccount,
    /// What was found in the transcript, which may be why.
    pub(crate) findings: Vec<FindingAccount>,
}

/// What is wrong with a line.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ErrorAccount {
    /// What was expected and what was found.
    pub(crate) message: String,
    /// The line of the stream, from 1, blank lines counted.
    pub(crate) line: u64,
}

/// What jobs are told apart by.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(
    dead_code,
    reason = "it is there for its schema: ids are passed on as they are written"
)]
pub(super) enum Id {
    Text(String),
    Number(f64),
}

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
    /// To a transcript that was captioned, or captions that were converted.
    Captions(CaptionsAccount<'j>),
    /// To a line that was not.
    Fault(FaultAccount<'j>),
}

/// The captions of a transcript, or those that were converted.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CaptionsAccount<'j> {
    /// That of the job, as it was written; null where it has none.
    #[schemars(with = "Option<Id>")]
    pub(crate) id: Option<&'j RawValue>,
    /// The text of a file in each format that was asked for, by the id of the format. Where
    /// `also`, `layout` or `top` was asked for, `outputs` has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    pub(crate) captions: Option<BTreeMap<&'static str, String>>,
    /// The captions in each script and layout, and each format, in this order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outputs: Option<Vec<OutputAccount>>,
    /// The language of the captions, and that of the lines below, if there are any.
    pub(crate) languages: Vec<String>,
    /// How many captions there are.
    pub(crate) cues: usize,
    /// When the last of them ends, in milliseconds.
    pub(crate) end_ms: u32,
    /// How sure their times are; null where they were not made.
    pub(crate) timing: Option<TimingAccount>,
    /// What was found in the transcript, by place, and then in the translation.
    pub(crate) findings: Vec<FindingAccount>,
    /// What else there is to know: what a format has no room for, which language counts.
    pub(crate) notes: Vec<String>,
}

/// The captions in a script, layout and format.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OutputAccount {
    /// What `zimu batch` calls the file of a talk with the job's `name`, or else with the name
    /// `text`: `talk.zh-Hans.srt`.
    pub(crate) name: String,
    /// The language of these, and that of the lines below, if there are any.
    pub(crate) languages: Vec<String>,
    /// The id of the format.
    pub(crate) format: &'static str,
    /// The text of the file.
    pub(crate) captions: String,
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

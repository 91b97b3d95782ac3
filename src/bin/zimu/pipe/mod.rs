//! Lines in, jobs out; what they came to in, lines out: the form of `zimu pipe`, of one published
//! schema. How a job is captioned is `commands/pipe.rs`.

mod answer;
mod job;
mod lines;
mod no_job;
mod value;

use schemars::{JsonSchema, Schema, schema_for};

pub(crate) use answer::{Answer, CaptionsAccount, ErrorAccount, FaultAccount, OutputAccount};
pub(crate) use job::{Job, JobFormat, JobProfile, JobVoice};
pub(crate) use lines::{Bytes, Line, Lines};
pub(crate) use no_job::NoJob;

/// A line of `zimu pipe`: a job that goes in, or an answer that comes out.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(title = "zimu-pipe")]
#[expect(dead_code, reason = "it is there for its schema")]
enum Exchange<'j> {
    Job(job::JobForm<'j>),
    Answer(Answer<'j>),
}

/// The JSON schema of both, each by its name among the definitions.
pub(crate) fn schema() -> Schema {
    schema_for!(Exchange<'_>)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_this_one() {
        let schema = serde_json::to_string_pretty(&schema());
        let published = include_str!("../../../../docs/pipe.schema.json");
        assert_eq!(schema.expect("JSON") + "\n", published);
    }
}

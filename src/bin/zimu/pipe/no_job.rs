//! A line that is no job in, why it is none out, with its id as far as there is one.

use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

use crate::pipe::lines::LINE_LIMIT_BYTES;
use crate::pipe::value::shown;

/// A line that is no job.
#[derive(Debug)]
pub(crate) struct NoJob<'j> {
    /// As far as it could be read.
    pub(crate) id: Option<&'j RawValue>,
    /// What was expected and what was found.
    pub(crate) message: String,
}

impl<'j> NoJob<'j> {
    /// Of a line that has its id somewhere.
    pub(super) fn in_line(line: &'j [u8], message: String) -> Self {
        Self {
            id: id_in(line),
            message,
        }
    }

    /// Of a line that is too long: its id may stand in the beginning.
    pub(crate) fn too_long(beginning: &'j [u8]) -> Self {
        let mib = LINE_LIMIT_BYTES >> 20;
        let message = format!("expected a line of at most {mib} MiB, found a longer one");
        Self::in_line(beginning, message)
    }
}

/// The id of a line that is no job: what stands behind its first key `id`. Where the line breaks
/// off, or has no characters in its text, it may be read all the same.
fn id_in(line: &[u8]) -> Option<&RawValue> {
    let mut id = None;
    let _ = Deserializer::from_slice(line).deserialize_map(FirstId(&mut id));
    id.filter(|id: &&RawValue| is_id(id))
}

struct FirstId<'f, 'j>(&'f mut Option<&'j RawValue>);

impl<'j> Visitor<'j> for FirstId<'_, 'j> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a job")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" && self.0.is_none() {
                *self.0 = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

pub(super) fn is_id(json: &RawValue) -> bool {
    json.get()
        .starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit())
}

/// What the reader of JSON says, in our words.
pub(super) fn said(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let message = &said[..said.rfind(" at line ").unwrap_or(said.len())];
    if let Some((found, keys)) = message
        .strip_prefix("unknown field ")
        .and_then(|said| said.split_once(", expected one of "))
    {
        return format!("expected one of the keys {keys}, found {}", shown(found));
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("expected the key {key}, found none");
    }
    if let Some(key) = message.strip_prefix("duplicate field ") {
        return format!("expected the key {key} once, found it again");
    }
    format!(
        "expected JSON, found it broken at byte {}: {message}",
        error.column()
    )
}

//! One value of a job as it is written in, what it stands for out, or what was expected of it
//! and what was found.

use std::fmt::Display;
use std::str::FromStr;

use serde_json::Value;
use serde_json::value::RawValue;
use zimu::format::Format;
use zimu::model::Timestamp;
use zimu::text::script::Script;
use zimu::timing::{Rate, Voices};

use crate::args::{self, Layout};
use crate::pipe::job::{JobFormat, JobProfile};

/// What a format is called that is found out.
const FOUND_OUT: &str = "captions";

/// Longest value that is shown whole in a message, in characters.
const SHOWN_CHARACTERS: usize = 40;

/// What is wrong with a value.
type Wrong = String;

/// A value as messages show it.
pub(super) fn shown(json: &str) -> String {
    match json.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json.to_owned(),
    }
}

fn found<T>(expected: &str, json: &RawValue) -> Result<T, Wrong> {
    Err(format!("{expected}, found {}", shown(json.get())))
}

pub(super) fn text(json: &RawValue) -> Result<String, Wrong> {
    if !json.get().starts_with('"') {
        return found("expected text in quotes", json);
    }
    // Its form is right by now: what is left is half of a pair of surrogates.
    serde_json::from_str(json.get()).or_else(|_| found("expected Unicode text", json))
}

/// A text that is more than nothing.
pub(super) fn name(json: &RawValue) -> Result<String, Wrong> {
    let name = text(json)?;
    if name.trim().is_empty() {
        return found("expected a name", json);
    }
    Ok(name)
}

/// A text that says what was expected where it is none.
pub(super) fn parsed<T: FromStr<Err: Display>>(json: &RawValue) -> Result<T, Wrong> {
    text(json)?
        .parse()
        .map_err(|error: T::Err| error.to_string())
}

pub(super) fn list<'j, T>(
    json: &'j RawValue,
    read: impl FnMut(&'j RawValue) -> Result<T, Wrong>,
) -> Result<Vec<T>, Wrong> {
    match serde_json::from_str::<Vec<&RawValue>>(json.get()) {
        Ok(entries) => entries.into_iter().map(read).collect(),
        Err(_) => found("expected a list", json),
    }
}

/// A list with something in it.
pub(super) fn some<'j, T>(
    one: &str,
    json: &'j RawValue,
    read: impl FnMut(&'j RawValue) -> Result<T, Wrong>,
) -> Result<Vec<T>, Wrong> {
    let list = list(json, read)?;
    if list.is_empty() {
        return Err(format!("expected {one}, found none"));
    }
    Ok(list)
}

/// Columns of tables are of floats where a value is missing, so that `61000.0` and `3.6E7` are
/// whole too; printed they have no exponent.
pub(super) fn milliseconds(json: &RawValue) -> Result<Timestamp, Wrong> {
    let number = json.get().parse::<f64>().ok();
    match number.and_then(|number| number.to_string().parse().ok()) {
        Some(ms) => Ok(Timestamp::from_millis(ms)),
        None => found(
            &format!("expected whole milliseconds from 0 to {}", u32::MAX),
            json,
        ),
    }
}

pub(super) fn rate(json: &RawValue) -> Result<Rate, Wrong> {
    let rate = json.get().parse::<Rate>();
    rate.or_else(|error| found(&error.to_string(), json))
}

pub(super) fn pace(json: &RawValue) -> Result<Rate, Wrong> {
    args::pace(&text(json)?).or_else(|expected| found(&expected, json))
}

pub(super) fn script(json: &RawValue) -> Result<Script, Wrong> {
    args::script(&text(json)?).or_else(|expected| found(&expected, json))
}

pub(super) fn format(json: &RawValue) -> Result<&'static Format, Wrong> {
    args::writable(&text(json)?).or_else(|expected| found(&expected, json))
}

/// The format of captions that a job brings.
pub(super) fn given_format(json: &RawValue) -> Result<JobFormat, Wrong> {
    let id = text(json)?;
    if id == FOUND_OUT {
        return Ok(JobFormat::FoundOut);
    }
    let named = args::readable(&id).map(JobFormat::Named);
    named.or_else(|expected| found(&format!("{expected}, or {FOUND_OUT}"), json))
}

pub(super) fn layout(json: &RawValue) -> Result<Layout, Wrong> {
    args::layout(&text(json)?).or_else(|expected| found(&expected, json))
}

pub(super) fn profile(json: &RawValue) -> Result<JobProfile, Wrong> {
    if json.get().starts_with('{') {
        return tables("a profile", json).map(JobProfile::Own);
    }
    text(json).map(JobProfile::Named)
}

pub(super) fn voice(json: &RawValue) -> Result<Voices, Wrong> {
    let toml = if json.get().starts_with('{') {
        tables("a voice", json)
    } else if json.get().starts_with('"') {
        text(json)
    } else {
        return found("expected a voice's tables, or the text of its file", json);
    };
    Voices::from_toml(&toml?).map_err(|error| error.to_string())
}

/// Tables are written as TOML first, so that there is one reader of each kind of file.
fn tables(what: &str, json: &RawValue) -> Result<String, Wrong> {
    let tables = serde_json::from_str::<Value>(json.get()).map_err(|error| error.to_string());
    let toml =
        tables.and_then(|tables| toml::to_string(&tables).map_err(|error| error.to_string()));
    toml.or_else(|error| found(&format!("expected the tables of {what} ({error})"), json))
}

//! The captions of a job in, the texts of their files out, as an answer has them.

use std::collections::BTreeMap;
use std::fmt::Display;

use zimu::format::Format;
use zimu::format::names::{Languages, Name, NameStyle};
use zimu::model::Track;

use crate::commands::printed;
use crate::commands::printing::{self, Output};
use crate::commands::scripts::{Version, languages};
use crate::outputs::file_name;
use crate::pipe::OutputAccount;
use crate::report::Failure;

/// Each format once.
pub(super) fn without_repeats(formats: &[&'static Format]) -> Vec<&'static Format> {
    let mut each = Vec::new();
    for &format in formats {
        if each.iter().all(|other: &&Format| other.id != format.id) {
            each.push(format);
        }
    }
    each
}

/// The captions in each format. What these have no room for is noted once.
pub(super) fn written(
    track: &Track,
    formats: &[&'static Format],
    notes: &mut Vec<String>,
) -> Result<BTreeMap<&'static str, String>, Failure> {
    let mut written = BTreeMap::new();
    for format in formats {
        let bytes = printed(track, format, notes).map_err(|error| unwritten(format, &error))?;
        written.insert(format.id, text_of(bytes, format)?);
    }
    Ok(written)
}

/// All versions in each format, named as the files of a talk are.
pub(super) fn all_written(
    versions: &[Version],
    name: &Name,
    style: &NameStyle,
    formats: &[&'static Format],
    notes: &mut Vec<String>,
) -> Result<Vec<OutputAccount>, Failure> {
    let files = |name: &String| {
        let files = formats.iter().copied();
        let files = files.map(|format| (format, file_name(name, format)));
        files.collect()
    };
    let names = name.spelled_each(&languages(versions), style);
    let names = names.iter().map(files).collect();
    let outputs = printing::outputs(versions, names, |name| name.into(), notes);
    let outputs = outputs.map_err(|failure| Failure::plain(failure.told()))?;
    outputs.into_iter().map(account).collect()
}

fn account(output: Output) -> Result<OutputAccount, Failure> {
    Ok(OutputAccount {
        captions: text_of(output.bytes, output.format)?,
        name: output.name,
        languages: tags(output.languages.as_ref()),
        format: output.format.id,
    })
}

fn text_of(bytes: Vec<u8>, format: &Format) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| unwritten(format, &error))
}

fn unwritten(format: &Format, error: &dyn Display) -> Failure {
    Failure::plain(format!("{}: {error}", format.id))
}

pub(super) fn tags(languages: Option<&Languages>) -> Vec<String> {
    let Some(languages) = languages else {
        return Vec::new();
    };
    let tags = [languages.first()].into_iter().chain(languages.second());
    tags.map(ToString::to_string).collect()
}

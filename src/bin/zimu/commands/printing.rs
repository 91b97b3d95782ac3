//! All versions of the captions of an input in, the files that they are in every format out, each
//! with a name of its own. Nothing is written here.

use std::path::PathBuf;

use zimu::format::Format;
use zimu::format::names::Languages;

use crate::commands::printed;
use crate::commands::scripts::Version;
use crate::files::unwritten;
use crate::report::Failure;

/// A file that is to be written.
pub(super) struct Output {
    pub(super) name: String,
    pub(super) format: &'static Format,
    pub(super) languages: Option<Languages>,
    pub(super) bytes: Vec<u8>,
}

/// The formats of a version, and what its file is called in each.
pub(super) type Names = Vec<(&'static Format, String)>;

/// Each version in its formats. What goes wrong is told of the file `at` a name.
pub(super) fn outputs(
    versions: &[Version],
    names: Vec<Names>,
    at: impl Fn(&str) -> PathBuf,
    notes: &mut Vec<String>,
) -> Result<Vec<Output>, Failure> {
    let mut outputs: Vec<Output> = Vec::with_capacity(names.iter().map(Vec::len).sum());
    for (Version { languages, track }, names) in versions.iter().zip(names) {
        for (format, name) in names {
            if outputs.iter().any(|other| other.name == name) {
                return Err(Failure::of_file(
                    &at(&name),
                    "expected a name for each language and script, found this one for two",
                ));
            }
            let bytes = printed(track, format, notes);
            outputs.push(Output {
                bytes: bytes.map_err(|error| unwritten(&at(&name), &error))?,
                languages: languages.clone(),
                name,
                format,
            });
        }
    }
    Ok(outputs)
}

//! Which files are written, in which formats: decided, and refused, before any work.

use std::collections::HashMap;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use zimu::format::{FORMATS, Format};

use crate::args::FileArguments;
use crate::files::{Destination, is_same_file, is_standard};
use crate::language::tagged_stem;
use crate::report::Failure;

/// The format that is written when none is named.
const DEFAULT_FORMAT: &str = "srt";

/// What `-o` and `--to` ask for together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outputs {
    place: Place,
    formats: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    BesideInput,
    Folder(PathBuf),
    File(PathBuf),
    Standard,
}

impl Outputs {
    /// Reads `-o` and `--to`.
    pub(crate) fn of(arguments: &FileArguments) -> Result<Self, Failure> {
        let place = place(arguments);
        let mut formats: Vec<&str> = Vec::with_capacity(arguments.to.len());
        for format in &arguments.to {
            if !formats.contains(&format.id) {
                formats.push(format.id);
            }
        }
        if let Place::File(path) = &place {
            check_ending(path, &formats)?;
        }
        if formats.is_empty() {
            let of_ending = match &place {
                Place::File(path) => format_of(path),
                Place::BesideInput | Place::Folder(_) | Place::Standard => None,
            };
            formats.push(of_ending.map_or(DEFAULT_FORMAT, |format| format.id));
        }
        if matches!(place, Place::File(_) | Place::Standard) {
            let (inputs, outputs) = (arguments.inputs.len(), formats.len());
            if inputs > 1 || outputs > 1 {
                return Err(Failure::plain(format!(
                    "expected a folder (-o DIR/) for {inputs} inputs in {outputs} formats, found one file"
                )));
            }
        }
        Ok(Self { place, formats })
    }

    /// The folder that was asked for, which is made where there is none.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            Place::BesideInput | Place::File(_) | Place::Standard => None,
        }
    }

    /// What is written for an input in a language, and where.
    pub(crate) fn files(&self, input: &Path, tag: &str) -> Vec<(&'static Format, Destination)> {
        let formats = self.formats.iter().filter_map(|id| Format::named(id));
        formats
            .map(|format| (format, self.destination(input, tag, format)))
            .collect()
    }

    fn destination(&self, input: &Path, tag: &str, format: &Format) -> Destination {
        let stem = if is_standard(input) {
            "stdin".to_owned()
        } else {
            tagged_stem(input).stem
        };
        let extension = format.extensions[0];
        let name = match tag {
            "" => format!("{stem}.{extension}"),
            tag => format!("{stem}.{tag}.{extension}"),
        };
        match &self.place {
            Place::BesideInput => Destination::File(input.with_file_name(name)),
            Place::Folder(folder) => Destination::File(folder.join(name)),
            Place::File(path) => Destination::File(path.clone()),
            Place::Standard => Destination::Standard,
        }
    }
}

/// Refuses to write over an input, and to write two inputs to one file.
#[derive(Debug)]
pub(crate) struct Claims {
    inputs: Vec<PathBuf>,
    by_path: HashMap<PathBuf, PathBuf>,
}

impl Claims {
    /// Nothing is claimed yet; `inputs` are all files that are read.
    pub(crate) fn with(inputs: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            inputs: inputs.into_iter().collect(),
            by_path: HashMap::new(),
        }
    }

    pub(crate) fn claim(&mut self, input: &Path, destination: &Destination) -> Result<(), Failure> {
        let Destination::File(path) = destination else {
            return Ok(());
        };
        if self.inputs.iter().any(|input| is_same_file(input, path)) {
            return Err(Failure::of_file(
                path,
                "expected an output that is not the input",
            ));
        }
        match self.by_path.insert(path.clone(), input.to_owned()) {
            Some(other) if other != input => Err(Failure::of_file(
                path,
                format!(
                    "expected one input for each output, found {} and {}",
                    other.display(),
                    input.display()
                ),
            )),
            _ => Ok(()),
        }
    }
}

/// The ids of the formats that can be written.
pub(crate) fn writable_ids() -> String {
    let ids = FORMATS
        .iter()
        .filter(|format| format.can_write())
        .map(|format| format.id);
    ids.collect::<Vec<_>>().join(", ")
}

fn place(arguments: &FileArguments) -> Place {
    match &arguments.output {
        None if arguments.inputs.iter().all(|input| is_standard(input)) => Place::Standard,
        None => Place::BesideInput,
        Some(path) if is_standard(path) => Place::Standard,
        Some(path) if ends_as_folder(path) || path.is_dir() => Place::Folder(path.clone()),
        Some(path) => Place::File(path.clone()),
    }
}

fn ends_as_folder(path: &Path) -> bool {
    path.as_os_str()
        .as_encoded_bytes()
        .ends_with(&[MAIN_SEPARATOR as u8])
}

fn format_of(path: &Path) -> Option<&'static Format> {
    Format::of_extension(path.extension()?.to_str()?).filter(|format| format.can_write())
}

/// `-o talk.vtt --to srt` is a mistake, whichever of the two was meant.
fn check_ending(path: &Path, formats: &[&str]) -> Result<(), Failure> {
    match (format_of(path), formats) {
        (Some(ending), [asked, ..]) if ending.id != *asked => Err(Failure::of_file(
            path,
            format!(
                "expected an ending of the format {asked}, found that of {}",
                ending.id
            ),
        )),
        (None, []) => Err(Failure::of_file(
            path,
            format!(
                "expected an ending of, or --to with, one of {}",
                writable_ids()
            ),
        )),
        _ => Ok(()),
    }
}

//! Which files are written, in which formats.
//!
//! What the names say is refused before anything is written: two inputs for one output, an
//! output that is read. That a file is there and holds other captions shows only when those
//! for it are made, and stops the one input that they are of.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use zimu::format::names::{Languages, Name, NameStyle};
use zimu::format::{FORMATS, Format};

use crate::args::FileArguments;
use crate::called::OPTIONS;
use crate::files::{
    self, Destination, ends_as_folder, folder_of, is_same_file, is_standard, name_of,
};
use crate::inputs::Inputs;
use crate::report::Failure;

/// The format that is written when none is named.
pub(crate) const DEFAULT_FORMAT: &str = "srt";

/// What `-o` and `--to` ask for together.
#[derive(Clone, Debug)]
pub(crate) struct Outputs<'i> {
    place: Place,
    formats: Vec<&'static str>,
    style: &'static NameStyle,
    inputs: &'i Inputs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    BesideInput,
    Folder(PathBuf),
    File(PathBuf),
    Standard,
}

impl<'i> Outputs<'i> {
    /// Reads `-o` and `--to`, for inputs whose outputs are named in a style.
    pub(crate) fn of(
        arguments: &FileArguments,
        inputs: &'i Inputs,
        style: &'static NameStyle,
    ) -> Result<Self, Failure> {
        arguments.layout.check(&OPTIONS)?;
        let place = place(arguments, inputs);
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
            match (of_ending, arguments.layout.target) {
                (Some(format), _) => formats.push(format.id),
                (None, Some(target)) => formats.extend(target.formats),
                (None, None) => formats.push(DEFAULT_FORMAT),
            }
        }
        if matches!(place, Place::File(_) | Place::Standard) {
            let (count, outputs) = (inputs.files.len(), formats.len());
            if count > 1 || outputs > 1 {
                return Err(Failure::plain(format!(
                    "expected a folder (-o DIR/) for {count} inputs in {outputs} formats, found one file"
                )));
            }
        }
        Ok(Self {
            place,
            formats,
            style,
            inputs,
        })
    }

    /// All that decides what is written where, but for the inputs.
    pub(crate) fn asked(&self) -> impl std::fmt::Debug {
        (&self.formats, self.style.id)
    }

    /// Refuses several versions of an input in one file.
    pub(crate) fn check_versions(&self, versions: usize) -> Result<(), Failure> {
        if versions > 1 && matches!(self.place, Place::File(_) | Place::Standard) {
            return Err(Failure::plain(format!(
                "expected a folder (-o DIR/) for captions in {versions} scripts, found one file"
            )));
        }
        Ok(())
    }

    /// Whether captions go to the standard output.
    pub(crate) fn are_standard(&self) -> bool {
        self.place == Place::Standard
    }

    /// Refuses several files of an input in the place of one.
    pub(crate) fn check_files_of_one(&self, versions: usize) -> Result<(), Failure> {
        if versions > 1 && matches!(self.place, Place::File(_) | Place::Standard) {
            return Err(Failure::plain(format!(
                "expected a folder (-o DIR/) for captions in {versions} files, one for each \
                 language, found one file (--layout stacked has both in one)"
            )));
        }
        Ok(())
    }

    /// Makes the folder that was asked for, and that of a file below it, where there is none.
    pub(crate) fn make_folder(&self, destination: &Destination) -> Result<(), Failure> {
        match (&self.place, destination.file()) {
            // What goes wrong is told of the folder as it was asked for.
            (Place::Folder(folder), Some(path)) => {
                files::make_folder(folder).and_then(|()| files::make_folder(folder_of(path)))
            }
            (Place::Folder(_) | Place::BesideInput | Place::File(_) | Place::Standard, _) => Ok(()),
        }
    }

    /// What is written for each version of an input, and where.
    pub(crate) fn files(&self, input: &Path, versions: &[Option<Languages>]) -> Vec<Files> {
        let name = if is_standard(input) {
            Name::of("stdin")
        } else {
            name_of(input)
        };
        let names = name.spelled_each(versions, self.style).into_iter();
        let files = |name: String| {
            let formats = self.formats.iter().filter_map(|id| Format::named(id));
            let files = formats.map(|format| (format, self.destination(input, &name, format)));
            files.collect()
        };
        names.map(files).collect()
    }

    fn destination(&self, input: &Path, name: &str, format: &Format) -> Destination {
        let name = file_name(name, format);
        match &self.place {
            Place::BesideInput => Destination::File(input.with_file_name(name)),
            Place::Folder(folder) => {
                Destination::File(folder.join(self.inputs.below(input)).join(name))
            }
            Place::File(path) => Destination::File(path.clone()),
            Place::Standard => Destination::Standard,
        }
    }
}

/// The files of one version.
pub(crate) type Files = Vec<(&'static Format, Destination)>;

/// The name of a file of a format.
pub(crate) fn file_name(name: &str, format: &Format) -> String {
    format!("{name}.{}", format.extensions[0])
}

/// Refuses to write over a file that is read, and to write two inputs to one file.
#[derive(Debug)]
pub(crate) struct Claims {
    /// The files that are read, by the names that they have behind all links.
    read: HashSet<PathBuf>,
    /// Folders as they are spelled, and as they are behind all links. One that is made on the
    /// way keeps the name that it had before.
    folders: HashMap<PathBuf, PathBuf>,
    /// Which input an output is of.
    by_path: HashMap<PathBuf, PathBuf>,
}

impl Claims {
    /// Nothing is claimed yet; `read` are all files that are read.
    pub(crate) fn with<'p>(read: impl IntoIterator<Item = &'p Path>) -> Result<Self, Failure> {
        let mut claims = Self {
            read: HashSet::new(),
            folders: HashMap::new(),
            by_path: HashMap::new(),
        };
        let mut standard_inputs = 0;
        for path in read {
            if is_standard(path) {
                standard_inputs += 1;
            } else {
                claims.read.extend(path.canonicalize());
            }
        }
        if standard_inputs > 1 {
            return Err(Failure::plain(format!(
                "expected the standard input once, found \"-\" {standard_inputs} times: what is \
                 read from it is gone"
            )));
        }
        Ok(claims)
    }

    /// The inputs that only a language in the names of their outputs could tell apart.
    pub(crate) fn namesakes<'p>(&mut self, outputs: &Outputs<'p>) -> Vec<&'p Path> {
        let inputs = &outputs.inputs.files;
        let nameless = |input: &PathBuf| {
            let files = outputs.files(input, &[None]);
            let (_, destination) = files.first()?.first()?;
            destination.file().map(|path| self.behind_links(path))
        };
        let names: Vec<_> = inputs.iter().map(nameless).collect();
        let mut counts: HashMap<_, usize> = HashMap::new();
        for name in names.iter().flatten() {
            *counts.entry(name).or_default() += 1;
        }
        let is_shared = |name: &Option<PathBuf>| name.as_ref().is_some_and(|name| counts[name] > 1);
        let inputs = inputs.iter().zip(&names);
        let shared = inputs.filter(|(_, name)| is_shared(name));
        shared.map(|(input, _)| input.as_path()).collect()
    }

    pub(crate) fn claim(&mut self, input: &Path, destination: &Destination) -> Result<(), Failure> {
        let Destination::File(path) = destination else {
            return Ok(());
        };
        if path
            .canonicalize()
            .is_ok_and(|path| self.read.contains(&path))
        {
            return Err(Failure::of_file(
                path,
                "expected an output that is not the input, nor anything else that is read",
            ));
        }
        let real = self.behind_links(path);
        match self.by_path.insert(real, input.to_owned()) {
            Some(other) if other != input && !is_same_file(&other, input) => Err(Failure::of_file(
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

    /// The path in the folder that it is really in.
    fn behind_links(&mut self, path: &Path) -> PathBuf {
        let spelled = folder_of(path);
        let resolve = || {
            spelled
                .canonicalize()
                .unwrap_or_else(|_| spelled.to_owned())
        };
        let folder = match self.folders.get(spelled) {
            Some(folder) => folder,
            None => self
                .folders
                .entry(spelled.to_owned())
                .or_insert_with(resolve),
        };
        folder.join(path.file_name().unwrap_or_default())
    }
}

/// The ids of the formats that can be written.
pub(crate) fn writable_ids() -> String {
    ids(Format::can_write)
}

/// The ids of the formats that can be read.
pub(crate) fn readable_ids() -> String {
    ids(Format::can_read)
}

fn ids(can: fn(&Format) -> bool) -> String {
    let formats = FORMATS.iter().filter(|format| can(format));
    formats
        .map(|format| format.id)
        .collect::<Vec<_>>()
        .join(", ")
}

fn place(arguments: &FileArguments, inputs: &Inputs) -> Place {
    match &arguments.output {
        None if inputs.files.iter().all(|input| is_standard(input)) => Place::Standard,
        None => Place::BesideInput,
        Some(path) if is_standard(path) => Place::Standard,
        Some(path) if ends_as_folder(path) || path.is_dir() || inputs.have_folders() => {
            Place::Folder(path.clone())
        }
        Some(path) => Place::File(path.clone()),
    }
}

fn format_of(path: &Path) -> Option<&'static Format> {
    Format::of_extension(path.extension()?.to_str()?).filter(|format| format.can_write())
}

fn is_ending_of(path: &Path, id: &str) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    Format::named(id).is_some_and(|format| format.has_extension(extension))
}

/// `-o talk.vtt --to srt` is a mistake, whichever of the two was meant.
fn check_ending(path: &Path, formats: &[&str]) -> Result<(), Failure> {
    match (format_of(path), formats) {
        (Some(ending), [asked, ..]) if !is_ending_of(path, asked) => Err(Failure::of_file(
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

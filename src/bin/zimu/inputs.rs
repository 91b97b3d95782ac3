//! Which files are read: those that are named, and those below a folder that is named.
//!
//! A folder stands for all caption files below it, in the order of their names. Hidden files are
//! none of them, nor is what was made of them before: what is below the folder that is written
//! to, and beside their inputs the files of the formats that are written.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};
use zimu::format::{FORMATS, Format, is_shared_extension};
use zimu::text::decode::decode;
use zimu::text::encoding::Encoding;

use crate::args::{FileArguments, ReadingArguments};
use crate::files::{self, is_same_file};
use crate::outputs::DEFAULT_FORMAT;
use crate::report::Failure;

/// Files to read, each once below a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs {
    pub(crate) files: Vec<PathBuf>,
    /// The folders that some of them were found in.
    folders: Vec<PathBuf>,
}

impl Inputs {
    /// The files that are named.
    pub(crate) fn named(paths: &[PathBuf]) -> Self {
        Self {
            files: paths.to_vec(),
            folders: Vec::new(),
        }
    }

    /// Whatever is below a folder.
    pub(crate) fn in_folder(path: &Path) -> Self {
        Self {
            files: Vec::new(),
            folders: vec![path.to_owned()],
        }
    }

    /// The same, with the caption files below a folder in its place.
    pub(crate) fn with_folders(arguments: &FileArguments) -> Result<Self, Failure> {
        let mut inputs = Self::default();
        let mut seen: HashSet<PathBuf> = HashSet::new();
        let named = arguments.inputs.iter().filter(|path| !path.is_dir());
        seen.extend(named.filter_map(|path| path.canonicalize().ok()));
        for path in &arguments.inputs {
            if !path.is_dir() {
                inputs.files.push(path.clone());
                continue;
            }
            let found = Walk::of(path, arguments).captions()?;
            let is_new = |file: &PathBuf| file.canonicalize().is_ok_and(|file| seen.insert(file));
            inputs.files.extend(found.into_iter().filter(is_new));
            inputs.folders.push(path.clone());
        }
        Ok(inputs)
    }

    /// The files that are named, and the caption files below folders, which are only read.
    pub(crate) fn below_folders(
        paths: &[PathBuf],
        reading: &ReadingArguments,
    ) -> Result<Self, Failure> {
        let mut inputs = Self::default();
        for path in paths {
            if path.is_dir() {
                let walk = Walk {
                    folder: path,
                    encoding: reading.encoding,
                    written: None,
                    made: Vec::new(),
                };
                inputs.files.extend(walk.captions()?);
                inputs.folders.push(path.clone());
            } else {
                inputs.files.push(path.clone());
            }
        }
        Ok(inputs)
    }

    /// Whether a folder was among what is named.
    pub(crate) fn have_folders(&self) -> bool {
        !self.folders.is_empty()
    }

    /// Where a file stands below the folder that it was found in.
    pub(crate) fn below<'p>(&self, file: &'p Path) -> &'p Path {
        let mut folders = self.folders.iter();
        let below = folders.find_map(|folder| file.strip_prefix(folder).ok()?.parent());
        below.unwrap_or(Path::new(""))
    }
}

/// The way through one folder.
struct Walk<'a> {
    folder: &'a Path,
    encoding: Option<Encoding>,
    /// Where outputs go, if that is no place of its own.
    written: Option<&'a Path>,
    /// The endings of what is written beside the inputs.
    made: Vec<&'static str>,
}

impl<'a> Walk<'a> {
    fn of(folder: &'a Path, arguments: &'a FileArguments) -> Self {
        let written = arguments.output.as_deref();
        Self {
            folder,
            encoding: arguments.reading.encoding,
            written,
            made: made_extensions(folder, written, &arguments.to),
        }
    }

    fn captions(&self) -> Result<Vec<PathBuf>, Failure> {
        let (mut captions, mut made_before) = (Vec::new(), 0);
        let walk = WalkDir::new(self.folder).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| self.is_wanted(entry)) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(self.folder);
                Failure::of_file(path, format!("expected to read the folder: {error}"))
            })?;
            let path = entry.into_path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            let extension = extension.unwrap_or_default().to_ascii_lowercase();
            if !path.is_file() || !self.is_captions(&path, &extension) {
                continue;
            }
            if self.made.contains(&&*extension) {
                made_before += 1;
            } else {
                captions.push(path);
            }
        }
        if captions.is_empty() {
            return Err(Failure::of_file(self.folder, nothing_found(made_before)));
        }
        Ok(captions)
    }

    /// Neither hidden nor what is written to.
    fn is_wanted(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let is_folder = entry.file_type().is_dir();
        let is_written = |to| is_folder && is_same_file(entry.path(), to);
        !is_hidden && !self.written.is_some_and(is_written)
    }

    /// By its ending; by its content where the ending says nothing. What cannot be opened is told
    /// when its turn comes.
    fn is_captions(&self, path: &Path, extension: &str) -> bool {
        if !is_shared_extension(extension) {
            let mut readable = FORMATS.iter().filter(|format| format.can_read());
            return readable.any(|format| format.has_extension(extension));
        }
        let Ok(bytes) = files::read(path) else {
            return true;
        };
        decode(bytes, self.encoding)
            .is_ok_and(|decoded| Format::of_content(&decoded.text).is_some_and(Format::can_read))
    }
}

/// The endings of the formats that are written, where they stand beside the inputs.
fn made_extensions(
    folder: &Path,
    written: Option<&Path>,
    to: &[&'static Format],
) -> Vec<&'static str> {
    let is_beside = written.is_none_or(|to| is_same_file(folder, to));
    if !is_beside {
        return Vec::new();
    }
    let asked = to.iter().copied();
    let formats = asked.chain(Format::named(DEFAULT_FORMAT).filter(|_| to.is_empty()));
    formats.map(|format| format.extensions[0]).collect()
}

fn nothing_found(made_before: usize) -> String {
    let message = "expected a folder with captions in it, or below it, found none";
    match made_before {
        0 => message.to_owned(),
        count => format!(
            "{message} but {count} in what is written (-o DIR/ names another folder for that)"
        ),
    }
}

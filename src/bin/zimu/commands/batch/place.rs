//! Where a catalogue is and where its captions go: two folders in, the files of the first out.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use zimu::catalogue::is_of_a_talk;

use crate::files::{self, is_same_file, is_standard};
use crate::report::Failure;

/// What says which files are none of the catalogue, as `.gitignore` does for git.
const IGNORE_FILE: &str = ".zimuignore";

/// The folder of a catalogue, and the one that its captions go to.
pub(super) struct Place {
    pub(super) root: PathBuf,
    pub(super) out: PathBuf,
    /// The table that names the files, where it is one and not the folder.
    pub(super) table: Option<PathBuf>,
}

/// The files below a folder.
#[derive(Default)]
pub(in crate::commands) struct Listing {
    /// Their paths from there, by name.
    pub(in crate::commands) paths: Vec<String>,
    /// What has no such path, and why.
    pub(in crate::commands) refused: Vec<Failure>,
}

impl Place {
    pub(super) fn of(inputs: &[PathBuf], output: Option<&Path>) -> Result<Self, Failure> {
        let [input] = inputs else {
            return Err(Failure::plain(format!(
                "expected one folder, or one catalogue.csv, .tsv or .json, found {} inputs",
                inputs.len()
            )));
        };
        let Some(out) = output.filter(|out| !is_standard(out)) else {
            return Err(Failure::plain(
                "expected a folder for the captions (-o DIR), found none",
            ));
        };
        let found = fs::metadata(input);
        let found = found.map_err(|error| {
            let message = format!("expected a folder, or a table of files: {error}");
            Failure::of_file(input, message)
        })?;
        let (root, table) = if found.is_dir() {
            (input.clone(), None)
        } else {
            (files::folder_of(input).to_owned(), Some(input.clone()))
        };
        if out.exists() && !out.is_dir() {
            return Err(Failure::of_file(
                out,
                "expected a folder for the captions, found a file",
            ));
        }
        let place = Self {
            root,
            out: out.to_owned(),
            table,
        };
        if is_same_file(&place.root, &place.out) {
            return Err(Failure::of_file(
                out,
                "expected another folder for the captions than that of the transcripts: what is \
                 made would be taken for what it is made of",
            ));
        }
        Ok(place)
    }

    /// A file of the catalogue.
    pub(super) fn input(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A file that is made.
    pub(super) fn output(&self, path: &str) -> PathBuf {
        self.out.join(path)
    }
}

impl Listing {
    /// The files below a folder: none that are hidden or ignored, and none of those in `out`,
    /// which were made. Links to files are files; links to folders are not followed.
    pub(in crate::commands) fn below(root: &Path, out: Option<&Path>) -> Self {
        let out = out.and_then(|out| out.canonicalize().ok());
        // It may have another name behind a link.
        let name = out.as_deref().and_then(Path::file_name);
        let name = name.map(ToOwned::to_owned);
        let is_made = move |path: &Path| {
            let out = out.as_deref();
            out.is_some_and(|out| path.canonicalize().is_ok_and(|path| path == out))
        };
        let walk = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .add_custom_ignore_filename(IGNORE_FILE)
            .sort_by_file_name(Ord::cmp)
            .filter_entry(move |entry| {
                let may_be_made = name.as_deref() == Some(entry.file_name());
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                !(is_folder && entry.depth() > 0 && may_be_made && is_made(entry.path()))
            })
            .build();
        let mut listing = Self::default();
        for entry in walk {
            match entry {
                Ok(entry) => {
                    let kind = entry.file_type();
                    let kind = if kind.is_some_and(|kind| kind.is_symlink()) {
                        fs::metadata(entry.path())
                            .ok()
                            .map(|found| found.file_type())
                    } else {
                        kind
                    };
                    if kind.is_some_and(|kind| kind.is_file()) {
                        listing.add(entry.path(), root);
                    } else if !kind.is_some_and(|kind| kind.is_dir())
                        && is_of_a_talk(&entry.file_name().to_string_lossy())
                    {
                        listing.refused.push(Failure::of_file(
                            entry.path(),
                            "expected a file, found a link to nothing or what has no end: it was \
                             left out",
                        ));
                    }
                }
                Err(error) => listing.refused.push(Failure::plain(format!(
                    "expected to list what is below {}: {error}",
                    root.display()
                ))),
            }
        }
        listing
    }

    fn add(&mut self, path: &Path, root: &Path) {
        let below = path.strip_prefix(root).unwrap_or(path);
        let parts = below.components().map(|part| part.as_os_str().to_str());
        match parts.collect::<Option<Vec<_>>>() {
            Some(parts) => self.paths.push(parts.join("/")),
            None => self.refused.push(Failure::of_file(
                path,
                "expected a name in UTF-8, found other bytes: it was left out (another name \
                 mends that)",
            )),
        }
    }
}

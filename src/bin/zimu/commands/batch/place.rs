//! Where a catalogue is and where its captions go.

use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{self, is_same_file, is_standard};
use crate::report::Failure;

/// The folder of a catalogue, and the one that its captions go to.
pub(super) struct Place {
    pub(super) root: PathBuf,
    pub(super) out: PathBuf,
    /// The table that names the files, where it is one and not the folder.
    pub(super) table: Option<PathBuf>,
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

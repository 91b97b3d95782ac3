//! A folder in, the files of talks below it out.

use std::fs;
use std::path::Path;

use ignore::WalkBuilder;
use zimu::catalogue::is_of_a_talk;

use crate::report::Failure;

/// What says which files are none of the catalogue, as `.gitignore` does for git.
const IGNORE_FILE: &str = ".zimuignore";

/// The files below a folder.
#[derive(Default)]
pub(super) struct Listing {
    /// Their paths from there, by name.
    pub(super) paths: Vec<String>,
    /// What has no such path, and why.
    pub(super) refused: Vec<Failure>,
    /// Links to folders, which are not followed: there may be no end to them.
    pub(super) links: Vec<String>,
}

impl Listing {
    /// The files below `root`: none that are hidden or ignored, and none of those in `out`,
    /// which were made. Links to files are files; links to folders are not followed.
    pub(super) fn below(root: &Path, out: Option<&Path>) -> Self {
        let out = out.and_then(|out| out.canonicalize().ok());
        // It may have another name behind a link.
        let name = out.as_deref().and_then(Path::file_name);
        let name = name.map(ToOwned::to_owned);
        let is_made = move |path: &Path| {
            let out = out.as_deref();
            out.is_some_and(|out| path.canonicalize().is_ok_and(|path| path == out))
        };
        let is_link_to_made = is_made.clone();
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
                    let is_link = kind.is_some_and(|kind| kind.is_symlink());
                    let kind = if is_link {
                        fs::metadata(entry.path())
                            .ok()
                            .map(|found| found.file_type())
                    } else {
                        kind
                    };
                    let is_folder = kind.is_some_and(|kind| kind.is_dir());
                    if is_link && is_folder && !is_link_to_made(entry.path()) {
                        listing.links.push(entry.path().display().to_string());
                    }
                    if kind.is_some_and(|kind| kind.is_file()) {
                        listing.add(entry.path(), root);
                    } else if !is_folder && is_of_a_talk(&entry.file_name().to_string_lossy()) {
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

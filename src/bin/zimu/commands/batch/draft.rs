//! The bytes of an output in, a whole file that has not its name yet out; and then its name.
//!
//! All drafts lie in one folder, which the next run empties after a kill. A folder of outputs may
//! reach over several disks, by a mount or a link; a file cannot go from one to another in one
//! step, and so its copy, beside its target, takes the name.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use zimu::catalogue::Hash;

use crate::commands::batch::durable;
use crate::commands::batch::ingredients::hash;
use crate::commands::batch::past::WORKSHOP;
use crate::commands::batch::placing::{Before, Placed, place};
use crate::files::folder_of;

/// A whole file that has not its name yet, and is gone where it gets none.
pub(super) struct Draft {
    file: TempPath,
    /// What it is known by.
    pub(super) new: Hash,
}

impl Draft {
    pub(super) fn write(path: PathBuf, bytes: &[u8], new: Hash) -> io::Result<Self> {
        let file = TempPath::try_from_path(path)?;
        let mut written = File::create(&file)?;
        written.write_all(bytes)?;
        durable::one_of_many(&written)?;
        Ok(Self { file, new })
    }

    /// Gives it its name, where there is what may be replaced.
    pub(super) fn place(&self, target: &Path, before: Before) -> io::Result<Placed> {
        match place(&self.file, target, before, self.new) {
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                self.place_copy(target, before)
            }
            placed => placed,
        }
    }

    /// On another disk.
    fn place_copy(&self, target: &Path, before: Before) -> io::Result<Placed> {
        let copy = TempPath::try_from_path(copy_beside(target))?;
        fs::copy(&self.file, &copy)?;
        File::open(&copy)?.sync_all()?;
        let placed = place(&copy, target, before, self.new)?;
        durable::names(folder_of(target))?;
        Ok(placed)
    }
}

/// Where the copy is that takes the name of a target on another disk.
pub(super) fn copy_beside(target: &Path) -> PathBuf {
    // As long for every name.
    let name = target.file_name().unwrap_or(OsStr::new(""));
    let name = hash(name.as_encoded_bytes());
    target.with_file_name(format!("{WORKSHOP}.{name}"))
}

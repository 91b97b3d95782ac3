//! What was written in; back when no power cut can take it away any more.
//!
//! A file that has its name may be empty after a power cut, and one that the manifest calls done must
//! not be. Linux puts all that was written on the disk in one call: for 3,000 files of captions
//! 0.1 s in all, or 0.6 s where others write a lot too; a call a file took 3 to 13 s. Elsewhere each file is put there by itself.

use std::fs::File;
use std::io;
use std::path::Path;

/// All that was written on the disk of `folder`.
#[cfg(target_os = "linux")]
pub(super) fn all_of_disk(folder: &Path) -> io::Result<()> {
    use rustix::io::Errno;
    match rustix::fs::syncfs(File::open(folder)?) {
        // Where programs are kept apart from the system, it may not be known.
        Err(Errno::NOSYS) => rustix::fs::sync(),
        synced => synced?,
    }
    Ok(())
}

/// Each file of which is there already.
#[cfg(not(target_os = "linux"))]
pub(super) fn all_of_disk(folder: &Path) -> io::Result<()> {
    names(folder)
}

/// A file of many.
pub(super) fn one_of_many(file: &File) -> io::Result<()> {
    if cfg!(target_os = "linux") {
        return Ok(());
    }
    file.sync_data()
}

/// The names in a folder.
pub(super) fn names(folder: &Path) -> io::Result<()> {
    // Only of these a folder is a file, too.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

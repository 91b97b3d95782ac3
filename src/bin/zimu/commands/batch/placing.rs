//! A whole file without its name, and what stood under that name when somebody looked, in; the file
//! under its name out, unless something else was saved there since.
//!
//! Whoever mends captions may save them in the instant between the look and the rename. So the two
//! files change places, which is one step for everybody, and what came out is looked at then: where
//! it is not what was seen, it goes back. Where a system or a disk cannot do that, the look is
//! right before the rename, and a very short instant is left.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use zimu::catalogue::Hash;

use crate::commands::batch::past::hash_of;

/// The ending of a file that changes places. What came out has that ending until it was looked
/// at: a run that is killed in between leaves it, and nobody takes it away unseen.
pub(super) const OUT: &str = "out";

/// What may be replaced.
#[derive(Clone, Copy, Debug)]
pub(super) enum Before {
    Nothing,
    /// What has this hash.
    Held(Hash),
    Anything,
}

/// What has the name now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// The file.
    Done,
    /// Something else that was saved there: it was kept, and the file has its old name still.
    Kept,
}

/// Gives a file its name; `new` is what it is known by.
pub(super) fn place(draft: &Path, target: &Path, before: Before, new: Hash) -> io::Result<Placed> {
    match before {
        Before::Anything => fs::rename(draft, target).map(|()| Placed::Done),
        Before::Nothing => where_nothing_is(draft, target),
        Before::Held(seen) => where_it_is_as_seen(draft, target, seen, new),
    }
}

fn where_nothing_is(draft: &Path, target: &Path) -> io::Result<Placed> {
    let Err(failed) = TempPath::try_from_path(draft)?.persist_noclobber(target) else {
        return Ok(Placed::Done);
    };
    failed.path.keep()?;
    match failed.error.kind() {
        ErrorKind::AlreadyExists => Ok(Placed::Kept),
        // Some disks neither rename so nor have a second name for a file.
        kind if is_unknown(kind) || kind == ErrorKind::PermissionDenied => {
            if target.symlink_metadata().is_ok() {
                return Ok(Placed::Kept);
            }
            fs::rename(draft, target).map(|()| Placed::Done)
        }
        _ => Err(failed.error),
    }
}

fn where_it_is_as_seen(draft: &Path, target: &Path, seen: Hash, new: Hash) -> io::Result<Placed> {
    let out = out_of(draft);
    if where_nothing_is(draft, &out)? == Placed::Kept {
        return Err(ErrorKind::AlreadyExists.into());
    }
    if let Err(error) = exchange(&out, target) {
        fs::rename(&out, draft)?;
        return match error.kind() {
            ErrorKind::NotFound => where_nothing_is(draft, target),
            kind if is_unknown(kind) => right_after_a_look(draft, target, seen),
            _ => Err(error),
        };
    }
    let (mut within, mut expected) = (Some(new), Some(seen));
    loop {
        let found = known_by(&out);
        if found == expected {
            break;
        }
        // Saved in that instant, it goes back; and so does what was saved over ours meanwhile.
        exchange(&out, target)?;
        (within, expected) = (found, within);
    }
    if within == Some(new) {
        return fs::remove_file(&out).map(|()| Placed::Done);
    }
    // What was saved twice has taken the place of the file for good: the next run makes it again.
    fs::rename(&out, draft)?;
    if expected == Some(new) {
        Ok(Placed::Kept)
    } else {
        Err(io::Error::other("somebody else wrote it at the same time"))
    }
}

/// Takes away a file, where it is as it was made; `out` is where it is looked at. Gives whether it
/// was kept.
pub(super) fn take_away(
    target: &Path,
    out: &Path,
    is_made: impl Fn(Hash) -> bool,
) -> io::Result<Placed> {
    let look = || {
        if known_by(target).is_some_and(&is_made) {
            fs::remove_file(target).map(|()| Placed::Done)
        } else {
            Ok(Placed::Kept)
        }
    };
    if target.is_symlink() {
        // From another place it may lead elsewhere.
        return look();
    }
    match fs::rename(target, out) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::CrossesDevices => return look(),
        Err(error) => return Err(error),
    }
    let placed = if known_by(out).is_some_and(is_made) {
        Placed::Done
    } else if where_nothing_is(out, target)? == Placed::Done {
        return Ok(Placed::Kept);
    } else {
        // What was saved there meanwhile has taken its place for good.
        Placed::Kept
    };
    fs::remove_file(out).map(|()| placed)
}

/// Where what comes out of its place is looked at.
pub(super) fn out_of(draft: &Path) -> PathBuf {
    PathBuf::from(format!("{}.{OUT}", draft.display()))
}

/// As good as it gets without an exchange.
fn right_after_a_look(draft: &Path, target: &Path, seen: Hash) -> io::Result<Placed> {
    if known_by(target) == Some(seen) {
        fs::rename(draft, target).map(|()| Placed::Done)
    } else {
        Ok(Placed::Kept)
    }
}

/// What a file is known by; what is none has no hash.
fn known_by(path: &Path) -> Option<Hash> {
    hash_of(path).ok().flatten()
}

/// Whether a system or a disk does not know what was asked of it.
const fn is_unknown(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Unsupported | ErrorKind::InvalidInput)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::commands::batch::ingredients::hash;

    const SEEN: &str = "made\n";
    const NEW: &str = "made anew\n";

    /// A folder with a file that is to get its name, and what stands there by then.
    fn desk(stands: Option<&str>) -> (TempDir, PathBuf, PathBuf) {
        let desk = tempfile::tempdir().expect("a folder");
        let (draft, target) = (desk.path().join("7"), desk.path().join("talk.srt"));
        fs::write(&draft, NEW).expect("a file");
        if let Some(stands) = stands {
            fs::write(&target, stands).expect("a file");
        }
        (desk, draft, target)
    }

    fn read(path: &Path) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    #[test]
    fn what_was_saved_since_somebody_looked_is_kept() {
        let (seen, new) = (hash(SEEN.as_bytes()), hash(NEW.as_bytes()));
        for (before, stands, expected) in [
            (Before::Nothing, None, Placed::Done),
            (Before::Nothing, Some("mine\n"), Placed::Kept),
            (Before::Held(seen), Some(SEEN), Placed::Done),
            (Before::Held(seen), Some("mine\n"), Placed::Kept),
            (Before::Held(seen), Some(""), Placed::Kept),
            (Before::Held(seen), None, Placed::Done),
            (Before::Anything, Some("mine\n"), Placed::Done),
        ] {
            let (desk, draft, target) = desk(stands);
            let placed = place(&draft, &target, before, new).expect("a name");
            assert_eq!(placed, expected, "{before:?} {stands:?}");
            let is_done = placed == Placed::Done;
            let standing = if is_done { Some(NEW) } else { stands };
            assert_eq!(read(&target).as_deref(), standing, "{before:?} {stands:?}");
            assert_eq!(read(&draft).as_deref(), (!is_done).then_some(NEW));
            let names = fs::read_dir(desk.path()).expect("a folder").count();
            assert_eq!(names, if is_done { 1 } else { 2 }, "{before:?} {stands:?}");
        }
    }

    #[test]
    fn so_it_is_without_an_exchange() {
        for (stands, expected) in [(SEEN, Placed::Done), ("mine\n", Placed::Kept)] {
            let (_desk, draft, target) = desk(Some(stands));
            let placed = right_after_a_look(&draft, &target, hash(SEEN.as_bytes()));
            assert_eq!(placed.expect("a name"), expected);
            let standing = if expected == Placed::Done {
                NEW
            } else {
                stands
            };
            assert_eq!(read(&target).as_deref(), Some(standing));
        }
    }

    #[test]
    fn what_was_saved_is_not_taken_away() {
        let seen = hash(SEEN.as_bytes());
        for (stands, expected) in [(SEEN, Placed::Done), ("mine\n", Placed::Kept)] {
            let (desk, _, target) = desk(Some(stands));
            let out = desk.path().join("8.out");
            let taken = take_away(&target, &out, |found| found == seen).expect("an end");
            assert_eq!(taken, expected);
            let standing = (taken == Placed::Kept).then_some(stands);
            assert_eq!(read(&target).as_deref(), standing);
            assert!(!out.exists());
        }
    }

    #[test]
    fn a_folder_that_came_there_is_kept() {
        let (_desk, draft, target) = desk(None);
        fs::create_dir(&target).expect("a folder");
        for before in [Before::Nothing, Before::Held(hash(SEEN.as_bytes()))] {
            let placed = place(&draft, &target, before, hash(NEW.as_bytes()));
            assert_eq!(placed.expect("a name"), Placed::Kept);
            assert!(target.is_dir() && draft.is_file());
        }
    }
}

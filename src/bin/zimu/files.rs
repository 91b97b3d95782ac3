//! Reading from and writing to the disk and the standard streams.
//!
//! A file is written whole or not at all: to a temporary file beside it, which takes its
//! name when it is complete. A file that is there already and holds something else is kept
//! unless the user says otherwise: it may be somebody's hand-made fix.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use crate::report::Failure;

/// What stands for the standard input or output.
pub(crate) const STANDARD: &str = "-";

/// Where captions go.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Destination {
    Standard,
    File(PathBuf),
}

/// What to do with a file that holds something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    Keep,
    Overwrite,
}

/// What a write came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Done,
    /// The file held the same already.
    Unchanged,
    /// Nobody reads the pipe any more.
    PipeClosed,
}

/// All bytes of a file or of the standard input.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = if is_standard(path) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    bytes.map_err(|error| Failure::of_file(path, format!("expected a file to read: {error}")))
}

pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// Writes what `print` prints.
pub(crate) fn write(
    destination: &Destination,
    existing: Existing,
    print: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<Written, Failure> {
    match destination {
        Destination::Standard => {
            let mut stdout = io::stdout().lock();
            match print(&mut stdout).and_then(|()| stdout.flush()) {
                Ok(()) => Ok(Written::Done),
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Written::PipeClosed),
                Err(error) => Err(Failure::plain(format!(
                    "expected to write to the standard output: {error}"
                ))),
            }
        }
        Destination::File(path) => write_file(path, existing, print).map_err(|error| match error {
            WriteError::Io(error) => {
                Failure::of_file(path, format!("expected to write it: {error}"))
            }
            WriteError::Holds => Failure::of_file(
                path,
                "expected no file, or one with the same captions; it holds others and was kept \
                 (--overwrite replaces it)",
            ),
        }),
    }
}

enum WriteError {
    Io(io::Error),
    Holds,
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn write_file(
    path: &Path,
    existing: Existing,
    print: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<Written, WriteError> {
    let found = fs::metadata(path);
    if found
        .as_ref()
        .is_ok_and(|found| !found.is_file() && !found.is_dir())
    {
        // A device or a named pipe has no content to keep and no name to take.
        print(&mut File::options().write(true).open(path)?)?;
        return Ok(Written::Done);
    }
    // A link is followed, so that it is still one afterwards.
    let path = if found.is_ok() {
        path.canonicalize()?
    } else {
        path.to_owned()
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut temporary = temporary_file(folder.unwrap_or(Path::new(".")))?;
    print(temporary.as_file_mut())?;
    if found.is_ok() {
        if same_content(temporary.path(), &path)? {
            return Ok(Written::Unchanged);
        }
        if existing == Existing::Keep {
            return Err(WriteError::Holds);
        }
        temporary.persist(&path).map_err(|error| error.error)?;
    } else {
        temporary
            .persist_noclobber(&path)
            .map_err(|error| error.error)?;
    }
    Ok(Written::Done)
}

#[cfg(unix)]
fn temporary_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // As any new file has: the umask takes away from it.
    let permissions = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new()
        .prefix(".zimu-")
        .permissions(permissions)
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn temporary_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".zimu-")
        .tempfile_in(folder)
}

fn same_content(one: &Path, other: &Path) -> io::Result<bool> {
    if fs::metadata(one)?.len() != fs::metadata(other)?.len() {
        return Ok(false);
    }
    let (mut one, mut other) = (
        BufReader::new(File::open(one)?),
        BufReader::new(File::open(other)?),
    );
    let (mut ours, mut theirs) = ([0; 8192], [0; 8192]);
    loop {
        let read = one.read(&mut ours)?;
        if read == 0 {
            return Ok(true);
        }
        match other.read_exact(&mut theirs[..read]) {
            Ok(()) if ours[..read] == theirs[..read] => {}
            Ok(()) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
}

/// Whether two paths name one file that is there.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

//! Reading from and writing to the disk and the standard streams.
//!
//! A file is written whole or not at all: to a temporary file beside it, which takes its
//! name when it is complete. A file that is there already and holds something else is kept
//! unless the user says otherwise: it may be somebody's hand-made fix.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use tempfile::NamedTempFile;
use zimu::format::names::Name;

use crate::report::Failure;

/// What stands for the standard input or output.
pub(crate) const STANDARD: &str = "-";

/// Where captions go.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Destination {
    Standard,
    File(PathBuf),
}

impl Destination {
    /// What a path on the command line stands for.
    pub(crate) fn of(path: &Path) -> Self {
        if is_standard(path) {
            Self::Standard
        } else {
            Self::File(path.to_owned())
        }
    }

    /// What people are told of what was written there.
    pub(crate) fn told(&self, written: Written) -> String {
        let name = self.file().map_or_else(
            || "standard output".to_owned(),
            |path| path.display().to_string(),
        );
        match written {
            Written::Unchanged => format!("{name} (unchanged)"),
            Written::Done | Written::PipeClosed => name,
        }
    }

    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::Standard => None,
            Self::File(path) => Some(path),
        }
    }
}

/// What to do with a file that holds something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    Keep,
    Overwrite,
}

impl Existing {
    /// As `--overwrite` says.
    pub(crate) const fn asked(overwrite: bool) -> Self {
        if overwrite {
            Self::Overwrite
        } else {
            Self::Keep
        }
    }
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

/// The name of a file, taken apart.
pub(crate) fn name_of(path: &Path) -> Name {
    Name::of(&path.file_stem().unwrap_or_default().to_string_lossy())
}

pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// Whether a path is spelled as that of a folder.
pub(crate) fn ends_as_folder(path: &Path) -> bool {
    path.as_os_str()
        .as_encoded_bytes()
        .ends_with(&[MAIN_SEPARATOR as u8])
}

/// A file that is whole but does not have its name yet.
#[derive(Debug)]
pub(crate) enum Staged {
    /// Written already: the standard output, a device.
    Gone(Written),
    /// The file is there, and holds the same.
    Unchanged,
    New(NamedTempFile, PathBuf),
    Replacement(NamedTempFile, PathBuf),
}

impl Staged {
    /// Gives the file its name.
    pub(crate) fn commit(self) -> Result<Written, Failure> {
        let (renamed, path) = match self {
            Self::Gone(written) => return Ok(written),
            Self::Unchanged => return Ok(Written::Unchanged),
            Self::New(temporary, path) => (temporary.persist_noclobber(&path), path),
            Self::Replacement(temporary, path) => (temporary.persist(&path), path),
        };
        match renamed {
            Ok(_) => Ok(Written::Done),
            Err(error) => Err(unwritten(&path, &error.error)),
        }
    }
}

/// Makes the folder that outputs go to, with those that it is in.
pub(crate) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| {
        Failure::of_file(path, format!("expected a folder, or to make one: {error}"))
    })
}

/// Writes what `print` prints, all but the name.
pub(crate) fn stage(
    destination: &Destination,
    existing: Existing,
    print: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<Staged, Failure> {
    match destination {
        Destination::Standard => print_standard(print).map(Staged::Gone),
        Destination::File(path) => stage_file(path, existing, print),
    }
}

/// Prints to the standard output. A reader that has gone away is no failure.
pub(crate) fn print_standard(
    print: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<Written, Failure> {
    let mut stdout = io::stdout().lock();
    match print(&mut stdout).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Written::Done),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Written::PipeClosed),
        Err(error) => Err(unwritten(Path::new("standard output"), &error)),
    }
}

/// Why a file is not written.
pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::of_file(path, format!("expected to write it: {error}"))
}

/// What has the name that is to be written.
#[derive(Debug)]
enum Found {
    Nothing,
    /// A file, by the name that it has behind all links: a link is still one afterwards.
    File(PathBuf),
    /// A device or a named pipe, which has no content to keep and no name to take.
    Device,
}

impl Found {
    fn at(path: &Path) -> Result<Self, Failure> {
        match fs::metadata(path) {
            Ok(found) if found.is_file() => path
                .canonicalize()
                .map(Self::File)
                .map_err(|error| unwritten(path, &error)),
            Ok(found) if found.is_dir() => Err(Failure::of_file(
                path,
                "expected a file, or none, found a folder of that name (-o names another)",
            )),
            Ok(_) => Ok(Self::Device),
            Err(_) if path.is_symlink() => Err(Failure::of_file(
                path,
                "expected a file, or none, found a link to what is not there (take the link \
                 away, or make what it leads to)",
            )),
            Err(_) => Ok(Self::Nothing),
        }
    }
}

fn stage_file(
    path: &Path,
    existing: Existing,
    print: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<Staged, Failure> {
    let failed = |error| unwritten(path, &error);
    let file = match Found::at(path)? {
        Found::Nothing => {
            let mut temporary = temporary_file(path)?;
            print(temporary.as_file_mut()).map_err(failed)?;
            return Ok(Staged::New(temporary, path.to_owned()));
        }
        Found::Device => {
            let device = File::options().write(true).open(path);
            device
                .and_then(|mut device| print(&mut device))
                .map_err(failed)?;
            return Ok(Staged::Gone(Written::Done));
        }
        Found::File(file) => file,
    };
    let mut temporary = temporary_file(&file)?;
    print(temporary.as_file_mut()).map_err(failed)?;
    if same_content(temporary.path(), &file).map_err(failed)? {
        return Ok(Staged::Unchanged);
    }
    let permissions = fs::metadata(&file).map_err(failed)?.permissions();
    match existing {
        Existing::Overwrite if permissions.readonly() => Err(Failure::of_file(
            path,
            "expected a file that may be written, found a read-only one, which was kept",
        )),
        Existing::Overwrite => {
            temporary
                .as_file()
                .set_permissions(permissions)
                .map_err(failed)?;
            Ok(Staged::Replacement(temporary, file))
        }
        Existing::Keep => Err(Failure::of_file(
            path,
            "expected no file, or one that holds the same; it holds something else and was kept \
             (--overwrite replaces it)",
        )),
    }
}

/// A file without a name in the folder where `path` is to be.
fn temporary_file(path: &Path) -> Result<NamedTempFile, Failure> {
    let folder = folder_of(path);
    // The error itself names the temporary file, which nobody has asked for.
    unnamed_file(folder).map_err(|error| {
        let folder = folder.display();
        let message = match error.kind() {
            io::ErrorKind::NotFound => format!(
                "expected a folder {folder} to write in, found none (make it first; an -o \
                 that ends in / is made)"
            ),
            kind => format!("expected to write in the folder {folder}: {kind}"),
        };
        Failure::of_file(path, message)
    })
}

/// The folder that a path is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn unnamed_file(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // As any new file has: the umask takes away from it.
    let permissions = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new()
        .prefix(".zimu-")
        .permissions(permissions)
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn unnamed_file(folder: &Path) -> io::Result<NamedTempFile> {
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

//! Files as they are seen from a folder: by that a baseline and the patterns of `zimu.toml` know
//! them, wherever the command is run.

use std::path::{Component, Path, PathBuf};

use crate::files::{STANDARD, folder_of, is_standard};

/// A folder that files are seen from.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn of(path: &Path) -> Self {
        Self(real(path))
    }

    /// The path of a file from here, with `/` between names: `old/ep01.srt`, `../talk.srt`.
    ///
    /// Links are followed but for the last: a file that is one goes by its own name.
    pub(crate) fn name_of(&self, file: &Path) -> String {
        if is_standard(file) {
            return STANDARD.to_owned();
        }
        let file = real(folder_of(file)).join(file.file_name().unwrap_or_default());
        let pairs = self.0.components().zip(file.components());
        let shared = pairs.take_while(|(one, other)| one == other).count();
        let above = self.0.components().skip(shared).map(|_| "..".into());
        let below = file.components().skip(shared);
        let below = below.map(|part| match part {
            Component::RootDir => String::new(),
            part => part.as_os_str().to_string_lossy().into_owned(),
        });
        above.chain(below).collect::<Vec<_>>().join("/")
    }

    /// Whether there is a file of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }
}

/// By its name behind all links, if it is there.
fn real(folder: &Path) -> PathBuf {
    let real = folder.canonicalize();
    real.unwrap_or_else(|_| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_seen_from_a_folder() {
        let place = tempfile::tempdir().expect("a folder");
        let path = |name: &str| place.path().join(name);
        for folder in ["here/old", "there"] {
            std::fs::create_dir_all(path(folder)).expect("a folder");
        }
        let here = Folder::of(&path("here"));
        for (file, name) in [
            ("here/talk.srt", "talk.srt"),
            ("here/./old/../old/字 幕.srt", "old/字 幕.srt"),
            ("there/talk.srt", "../there/talk.srt"),
            ("here/gone/talk.srt", "gone/talk.srt"),
        ] {
            assert_eq!(here.name_of(&path(file)), name);
        }
        assert_eq!(here.name_of(Path::new("-")), "-");
        assert!(here.has("old") && !here.has("new"));
    }
}

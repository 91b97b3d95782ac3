//! A profile with all that it builds on in, every key as it holds out, with who says it.
//!
//! Inheritance is a matter of what is written: the key of the nearest profile that has it holds. So
//! the text that [`Lineage::to_toml`] gives is the one that the profile is built from. Files are read
//! by whoever calls: here they are texts with paths.

use std::path::{Component, Path, PathBuf};

use crate::model::Span;
use crate::profile::build::{Misfit, built};
use crate::profile::form::ProfileForm;
use crate::profile::page::{Generation, Key, Page, pages};
use crate::profile::{Placed, Profile, ProfileError, TABLE, TomlError};

/// How many profiles may build on one another.
const MOST_GENERATIONS: usize = 8;

/// Keys that are one limit in two units: who gives either wants nothing of the other.
const ONE_LIMIT: [&str; 2] = ["min_gap_ms", "min_gap_frames"];

/// A profile, and where each of its keys is from.
///
/// ```
/// use zimu::profile::{Basis, Lineage, Profile};
///
/// let traditional = Lineage::named("netflix-zh-hant")?;
/// let names: Vec<_> = traditional.generations.iter().map(|one| &*one.name).collect();
/// assert_eq!(names[..2], ["netflix-zh-hant", "netflix-zh-hans"]);
/// let marks = &traditional.generations[0].keys[0];
/// assert_eq!((&*marks.name, marks.basis), ("quotes", Some(Basis::Quoted)));
///
/// let again = Profile::from_toml("netflix-zh-hant", &traditional.to_toml())?;
/// assert_eq!(again, traditional.profile);
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// What it comes to.
    pub profile: Profile,
    /// The profile itself, those that it builds on, and the defaults, each with the keys that
    /// none before it has.
    pub generations: Vec<Generation>,
    /// The files that it was read from, its own first.
    pub files: Vec<PathBuf>,
}

/// The text of a profile's own file, and where that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFile {
    /// Its path. Paths that stand in it start at its folder.
    pub path: PathBuf,
    /// What is in it.
    pub toml: String,
}

/// What is wrong with a profile's file, or with one that it builds on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {error}", file.path.display())]
pub struct ProfileFault {
    /// The file that it is wrong in.
    pub file: ProfileFile,
    /// What was expected and what was found, and where.
    pub error: TomlError,
}

impl ProfileFile {
    /// A path that stands in it.
    pub(super) fn beside(&self, path: &Path) -> PathBuf {
        self.path.with_file_name("").join(path)
    }

    fn fault(&self, error: TomlError) -> ProfileFault {
        ProfileFault {
            file: self.clone(),
            error,
        }
    }
}

impl Lineage {
    /// That of a profile of the table.
    ///
    /// # Errors
    /// [`ProfileError::Unknown`] where there is none of that name.
    pub fn named(name: &str) -> Result<Self, ProfileError> {
        let lineage = Self::of(name, pages(Some(name))?, Vec::new());
        Ok(lineage.map_err(|misfit| misfit.error(TABLE))?)
    }

    /// That of a user's own profile. `read` gives the text of a file that it builds on, or says
    /// what was expected there and what was found.
    ///
    /// # Errors
    /// [`ProfileFault`], with the file and the place in it of a key or value that is not one, that
    /// excludes another, or that nothing can be built on.
    ///
    /// ```
    /// use zimu::profile::{Lineage, ProfileFile};
    ///
    /// let mine = ProfileFile {
    ///     path: "talks/mine.toml".into(),
    ///     toml: "inherit = '../house.toml'\nmax_cps = 8\n".to_owned(),
    /// };
    /// let house = |path: &std::path::Path| {
    ///     assert_eq!(path, std::path::Path::new("talks/../house.toml"));
    ///     Ok("inherit = 'ted'\nmax_lines = 1\n".to_owned())
    /// };
    /// let profile = Lineage::from_file(&mine, house)?.profile;
    /// assert_eq!((&*profile.name, profile.max_cps, profile.max_lines), ("mine", Some(8), 1));
    /// # Ok::<(), zimu::profile::ProfileFault>(())
    /// ```
    pub fn from_file(
        file: &ProfileFile,
        mut read: impl FnMut(&Path) -> Result<String, String>,
    ) -> Result<Self, ProfileFault> {
        let (mut pages, mut files) = (Vec::new(), Vec::new());
        climb(file, &mut read, &mut pages, &mut files)?;
        let name = file.path.file_stem().unwrap_or_default().to_string_lossy();
        Self::of(&name, pages, files).map_err(|misfit| file.fault(misfit.error(&file.toml)))
    }

    /// Of pages, the nearest first.
    fn of(name: &str, pages: Vec<Page>, files: Vec<PathBuf>) -> Result<Self, Misfit> {
        let mut generations: Vec<Generation> = Vec::with_capacity(pages.len());
        for Page { mut generation, .. } in pages {
            let nearer = || generations.iter().flat_map(|nearer| &nearer.keys);
            generation
                .keys
                .retain(|key| !nearer().any(|nearer| hides(nearer, key)));
            generations.push(generation);
        }
        Ok(Self {
            profile: built(name, &written(&generations))?,
            generations,
            files,
        })
    }

    /// All of its keys as TOML, with who says each: the text of a profile's file that builds on
    /// nothing and is this profile.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let keys = || {
            self.generations
                .iter()
                .flat_map(|generation| &generation.keys)
        };
        let mut unset = ProfileForm::keys();
        unset.retain(|name| keys().all(|key| key.name != *name));
        let unset = unset.join(", ");
        format!("{}\n# not set: {unset}\n", written(&self.generations))
    }
}

/// The keys that hold, each page under a heading.
fn written(generations: &[Generation]) -> String {
    let mut pages = Vec::new();
    for generation in generations {
        let from = if pages.is_empty() { "# " } else { "# from " };
        if pages.is_empty() || !generation.keys.is_empty() {
            pages.push(format!("{from}{generation}"));
        }
    }
    pages.join("\n")
}

/// Whether a key of a nearer profile leaves nothing of one.
fn hides(nearer: &Key, key: &Key) -> bool {
    let is_of_limit = |key: &Key| ONE_LIMIT.contains(&&*key.name);
    nearer.name == key.name || (is_of_limit(nearer) && is_of_limit(key))
}

/// Adds the page of a file, and those of all that it builds on.
fn climb(
    file: &ProfileFile,
    read: &mut impl FnMut(&Path) -> Result<String, String>,
    above: &mut Vec<Page>,
    files: &mut Vec<PathBuf>,
) -> Result<(), ProfileFault> {
    let page = Page::of_file(file).map_err(|error| file.fault(error))?;
    let parent = page.inherit.clone();
    above.push(page);
    files.push(file.path.clone());
    let (name, span) = match &parent {
        Some(Placed { value, span }) => (Some(&**value), *span),
        None => (None, Span::default()),
    };
    let fault = |message: String| file.fault(TomlError { message, span });
    let Some(path) = name.and_then(Profile::file).map(|path| file.beside(path)) else {
        above.extend(pages(name).map_err(|error| fault(error.to_string()))?);
        return Ok(());
    };
    let shown = path.display();
    if files.iter().any(|below| is_one_file(below, &path)) {
        let expected = "expected profiles that build on one another in no circle";
        return Err(fault(format!("{expected}, found {shown} again")));
    }
    if files.len() == MOST_GENERATIONS {
        let expected =
            format!("expected at most {MOST_GENERATIONS} files that build on one another");
        return Err(fault(format!("{expected}, found one more: {shown}")));
    }
    let toml = read(&path).map_err(fault)?;
    climb(&ProfileFile { path, toml }, read, above, files)
}

/// Whether two paths are spelled alike but for `.` and `..`.
fn is_one_file(one: &Path, other: &Path) -> bool {
    let plain = |path: &Path| {
        let mut plain = PathBuf::new();
        for part in path.components() {
            if part != Component::ParentDir || plain.file_name().is_none() {
                plain.push(part);
            } else {
                plain.pop();
            }
        }
        plain
    };
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests;

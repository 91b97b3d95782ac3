//! A profile as it is written down in, its keys with what is said of each out, in their order.
//!
//! Nothing is known here of what it builds on. What is said of a key is the comment behind it.

use std::collections::BTreeMap;
use std::fmt;

use toml::{Spanned, Value};

use crate::profile::form::ProfileForm;
use crate::profile::{
    Basis, DEFAULTS, Placed, Profile, ProfileError, ProfileFile, TABLE, TomlError, words,
};

/// The key that names what a profile builds on.
pub(super) const INHERIT: &str = "inherit";

/// The key that names the profile of a second language.
const SECOND: &str = "second";

/// Where the comment of a key stands in what is printed, in characters.
const COMMENT_COLUMN: usize = 35;

/// A profile by itself.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) generation: Generation,
    /// What it builds on: the name of a built-in profile, or a path as it is written.
    pub(super) inherit: Option<Placed>,
}

/// One of the profiles that a profile is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its name, or the path of its file.
    pub name: String,
    /// What is said of it as a whole.
    pub title: String,
    /// Its keys, in the order that they are written in.
    pub keys: Vec<Key>,
}

/// A key of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it is called: `max_cps`.
    pub name: String,
    /// Its value, in TOML.
    pub value: String,
    /// Who says so, where its comment begins with it.
    pub basis: Option<Basis>,
    /// What else is said of it.
    pub note: String,
}

type Values = BTreeMap<String, Spanned<Value>>;

/// The profiles of the table, by name.
pub(super) fn table() -> Result<BTreeMap<String, Page>, ProfileError> {
    let table: BTreeMap<Spanned<String>, Values> =
        toml::from_str(TABLE).map_err(|error| words::toml_error(&error))?;
    let pages = table.into_iter().map(|(name, values)| {
        let title = comment_behind(TABLE, name.span().end).to_owned();
        let name = name.into_inner();
        (name.clone(), Page::of(name, title, TABLE, values))
    });
    Ok(pages.collect())
}

/// The profile of that name in the table, those that it builds on, and the defaults; of no name
/// the defaults alone.
pub(super) fn pages(name: Option<&str>) -> Result<Vec<Page>, ProfileError> {
    let mut table = table()?;
    let defaults = table.remove(DEFAULTS);
    let mut pages = Vec::new();
    let mut next = name.map(str::to_owned);
    while let Some(name) = next {
        let Some(page) = table.remove(&name) else {
            let known = table.into_keys().collect::<Vec<_>>().join(", ");
            return Err(ProfileError::Unknown { name, known });
        };
        next = page.inherit.as_ref().map(|parent| parent.value.clone());
        pages.push(page);
    }
    pages.extend(defaults);
    Ok(pages)
}

impl Page {
    /// That of a user's own file.
    pub(super) fn of_file(file: &ProfileFile) -> Result<Self, TomlError> {
        let read_as = |error: toml::de::Error| words::toml_error(&error);
        // Keys and ranges are checked here, where the file says their places.
        let ProfileForm { second, .. } = toml::from_str(&file.toml).map_err(read_as)?;
        let values: Values = toml::from_str(&file.toml).map_err(read_as)?;
        // It becomes a comment: no line end may be in it.
        let name = file
            .path
            .display()
            .to_string()
            .replace(char::is_control, " ");
        let mut page = Self::of(name, String::new(), &file.toml, values);
        let Some(second) = second else {
            return Ok(page);
        };
        let Some(path) = Profile::file(&second) else {
            let known = pages(Some(&second)).map(|_| page);
            return known.map_err(|error| TomlError {
                message: error.to_string(),
                span: words::value_of(&file.toml, &[SECOND]),
            });
        };
        let path = file.beside(path).display().to_string();
        let seconds = page.generation.keys.iter_mut();
        for key in seconds.filter(|key| key.name == SECOND) {
            key.value = Value::from(&*path).to_string();
        }
        Ok(page)
    }

    fn of(name: String, title: String, toml: &str, mut values: Values) -> Self {
        let inherit = values.remove(INHERIT).and_then(|inherit| {
            let span = inherit.span().into();
            let value = inherit.into_inner().as_str()?.to_owned();
            Some(Placed { value, span })
        });
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_by_key(|(_, value)| value.span().start);
        let keys = values.into_iter().map(|(name, value)| {
            let (basis, note) = Basis::of_comment(comment_behind(toml, value.span().end));
            Key {
                name,
                value: value.get_ref().to_string(),
                basis,
                note: note.to_owned(),
            }
        });
        let keys = keys.collect();
        Self {
            generation: Generation { name, title, keys },
            inherit,
        }
    }
}

/// The comment behind a value, or behind the name of a table, on its line.
fn comment_behind(toml: &str, end: usize) -> &str {
    let line = toml[end..].lines().next().unwrap_or_default();
    let comment = line.trim_start_matches([']', ' ', '\t']).strip_prefix('#');
    comment.unwrap_or_default().trim()
}

/// What it is called, which a comment begins with, and its keys.
impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if !self.title.is_empty() {
            write!(f, ": {}", self.title)?;
        }
        writeln!(f)?;
        self.keys.iter().try_for_each(|key| writeln!(f, "{key}"))
    }
}

/// A line of TOML.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = format!("{} = {}", self.name, self.value);
        match (self.basis.map(Basis::says), &*self.note) {
            (None, "") => f.write_str(&set),
            (None, said) | (Some(said), "") => write!(f, "{set:<COMMENT_COLUMN$} # {said}"),
            (Some(basis), note) => write!(f, "{set:<COMMENT_COLUMN$} # {basis}: {note}"),
        }
    }
}

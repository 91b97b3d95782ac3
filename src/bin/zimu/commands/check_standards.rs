//! What each file is checked by: `zimu.toml` with its overrides and the command line in, the
//! limits and rules of a file out.
//!
//! What is said later holds: first the table `[check]`, then each override that the file is one
//! of, then the command line. All of it is read before the first file, so that a fault in the
//! settings is told whatever is checked.

use std::iter;
use std::path::Path;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use zimu::check::{RULES, Rule};
use zimu::profile::{CheckOverride, Placed, Profile};
use zimu::spotting::{FrameRate, NoFrameRate};

use crate::args::{CheckArguments, Tolerance, rule, tolerance};
use crate::folder::Folder;
use crate::report::Failure;
use crate::settings::{ProfileChoice, Project};

/// What files are held to.
pub(super) struct Standards {
    profiles: Profiles,
    table: Said,
    overrides: Vec<(GlobSet, Said)>,
    /// Where the patterns of the overrides start.
    folder: Folder,
    asked: Said,
}

/// What one file is held to.
pub(super) struct Standard<'s> {
    pub(super) profile: &'s Profile,
    /// The limits of a second language.
    pub(super) second: Option<&'s Profile>,
    pub(super) rate: Option<FrameRate>,
    pub(super) rules: Vec<&'static Rule>,
    pub(super) tolerance: Tolerance,
}

/// What one table says, or the command line.
#[derive(Default)]
struct Said {
    /// Which of the profiles.
    profile: Option<usize>,
    only: Vec<&'static Rule>,
    ignore: Vec<&'static Rule>,
    tolerance: Option<Tolerance>,
    rate: Option<FrameRate>,
}

/// Profiles that were read, each with that of a second language; the first is the one of files
/// that nothing else is said of.
struct Profiles(Vec<(Profile, Option<Profile>)>);

impl Profiles {
    /// Reads one, and gives its index.
    fn add(&mut self, choice: ProfileChoice<'_>) -> Result<usize, Failure> {
        let profile = choice.read()?;
        let second = profile.second.as_deref();
        let second = second.map(|name| ProfileChoice::asked(name).read());
        self.0.push((profile, second.transpose()?));
        Ok(self.0.len() - 1)
    }
}

impl Standards {
    /// As the settings have them, with the profile that the command line asks for.
    pub(super) fn read(project: &Project, asked: Option<&str>) -> Result<Self, Failure> {
        let mut profiles = Profiles(Vec::new());
        let first = profiles.add(project.profile(asked))?;
        let set = &project.settings.check;
        let table = Said {
            profile: Some(first),
            only: rules(project, &set.only)?,
            ignore: rules(project, &set.ignore)?,
            tolerance: one(project, set.max_severity.as_ref(), tolerance)?,
            rate: one(project, set.fps.as_ref(), rate)?,
        };
        let mut overrides = Vec::with_capacity(set.overrides.len());
        for set in &set.overrides {
            let profile = set.profile.as_ref();
            let profile = profile.map(|set| profiles.add(project.profile_set(set)));
            let said = Said {
                profile: profile.transpose()?,
                only: rules(project, &set.only)?,
                ignore: rules(project, &set.ignore)?,
                tolerance: one(project, set.max_severity.as_ref(), tolerance)?,
                rate: one(project, set.fps.as_ref(), rate)?,
            };
            overrides.push((patterns(project, set)?, said));
        }
        Ok(Self {
            profiles,
            table,
            overrides,
            folder: Folder::of(project.folder()),
            asked: Said {
                profile: asked.map(|_| first),
                ..Said::default()
            },
        })
    }

    /// With all else that the command line asks for.
    pub(super) fn asked(mut self, arguments: &CheckArguments) -> Self {
        self.asked = Said {
            profile: self.asked.profile,
            only: arguments.only.clone(),
            ignore: arguments.ignore.clone(),
            tolerance: arguments.max_severity,
            rate: arguments.fps,
        };
        self
    }

    /// What a file is held to.
    pub(super) fn of(&self, file: &Path) -> Standard<'_> {
        let name = self.folder.name_of(file);
        let overrides = self.overrides.iter();
        let overrides = overrides.filter(|(files, _)| files.is_match(&name));
        let said = iter::once(&self.table)
            .chain(overrides.map(|(_, said)| said))
            .chain(iter::once(&self.asked));
        let (mut profile, mut rate, mut tolerance) = (0, None, Tolerance::default());
        let mut rules: Vec<_> = RULES.iter().collect();
        for said in said {
            profile = said.profile.unwrap_or(profile);
            rate = said.rate.or(rate);
            tolerance = said.tolerance.unwrap_or(tolerance);
            if !said.only.is_empty() {
                let only = RULES.iter().filter(|rule| said.only.contains(rule));
                rules = only.collect();
            }
            rules.retain(|rule| !said.ignore.contains(rule));
        }
        let (profile, second) = &self.profiles.0[profile];
        Standard {
            profile,
            second: second.as_ref(),
            rate,
            rules,
            tolerance,
        }
    }
}

/// The files that an override is of.
fn patterns(project: &Project, set: &CheckOverride) -> Result<GlobSet, Failure> {
    let mut patterns = GlobSetBuilder::new();
    for set in &set.files {
        patterns.add(value(project, set, pattern)?);
    }
    let patterns = patterns.build();
    patterns.map_err(|error| Failure::plain(error.to_string()))
}

/// A pattern without a slash is one of names in any folder, as in `.gitignore`.
fn pattern(pattern: &str) -> Result<Glob, String> {
    let anywhere = if pattern.contains('/') { "" } else { "**/" };
    let below = if pattern.ends_with('/') { "**" } else { "" };
    let glob = format!("{anywhere}{pattern}{below}");
    let glob = GlobBuilder::new(&glob).literal_separator(true).build();
    glob.map_err(|error| format!("expected a pattern of paths ({})", error.kind()))
}

fn rate(text: &str) -> Result<FrameRate, String> {
    text.parse().map_err(|error: NoFrameRate| error.to_string())
}

fn rules(project: &Project, set: &[Placed]) -> Result<Vec<&'static Rule>, Failure> {
    set.iter().map(|set| value(project, set, rule)).collect()
}

/// A value of the settings, if it is set.
fn one<T>(
    project: &Project,
    set: Option<&Placed>,
    parse: fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Failure> {
    set.map(|set| value(project, set, parse)).transpose()
}

/// A value of the settings; what is none is told at its place.
fn value<T>(
    project: &Project,
    set: &Placed,
    parse: fn(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    parse(&set.value).map_err(|expected| {
        let message = format!("{expected}, found {:?}", set.value);
        project.fault(set, message)
    })
}

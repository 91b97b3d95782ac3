//! The table `[check]` of a `zimu.toml`: what captions are checked by.
//!
//! Which rules, severities and rates there are is not known on this floor: they stay texts with
//! their places, and whoever checks by them says what is none.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::profile::Placed;

/// What captions are checked by.
///
/// The tables hold one after another, and the command line last: this one, then each of
/// `overrides` that the file is one of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct CheckSettings {
    /// Rules to check by, and no others: `["gap", "overlap"]`. `zimu rules` lists them.
    #[schemars(with = "Vec<String>")]
    pub only: Vec<Placed>,
    /// Rules not to check by.
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Placed>,
    /// The worst that is let pass: `none`, `note`, `warning` or `error`.
    #[schemars(with = "Option<String>")]
    pub max_severity: Option<Placed>,
    /// Frames a second of the films, such as `"25"` or `"24000/1001"`: times are to be whole frames.
    #[schemars(with = "Option<String>")]
    pub fps: Option<Placed>,
    /// Findings that are known: the path of the file that `zimu check --update-baseline` writes.
    #[schemars(with = "Option<String>")]
    pub baseline: Option<Placed>,
    /// What holds for some files.
    pub overrides: Vec<CheckOverride>,
}

/// What holds for some files, over what is said before.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct CheckOverride {
    /// Which files, by their paths from the folder of `zimu.toml`: `old/**` is all below a folder,
    /// `old/*.srt` what is in it, and `*.en.srt`, without a slash, a name in any folder.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub files: Vec<Placed>,
    /// Limits to check by: the name of a built-in profile, or the path of a profile's own file.
    #[schemars(with = "Option<String>")]
    pub profile: Option<Placed>,
    /// Rules to check by, and no others.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub only: Vec<Placed>,
    /// Rules not to check by, besides those that are ignored already.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Placed>,
    /// The worst that is let pass: `none`, `note`, `warning` or `error`.
    #[schemars(with = "Option<String>")]
    pub max_severity: Option<Placed>,
    /// Frames a second of the film.
    #[schemars(with = "Option<String>")]
    pub fps: Option<Placed>,
}

/// An override of no files holds nowhere, and nobody would hear of it.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Placed>, D::Error> {
    let patterns = Vec::deserialize(deserializer)?;
    if patterns.is_empty() {
        return Err(D::Error::custom("expected a pattern of files, found none"));
    }
    Ok(patterns)
}

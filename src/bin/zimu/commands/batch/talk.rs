//! What holds for one talk alone: its own file, or its row of a table, in; who speaks, how long
//! it is, what it is captioned for, out.

use std::path::Path;

use serde::Deserialize;
use zimu::model::{LanguageTag, ParseTimeError, Timestamp};
use zimu::profile::{AbsentOverride, Overrides, Placed, Profile, TomlError};

use crate::report::Failure;

/// What does without the length that a recording says.
pub(super) const SAYS_LENGTH: &str = "`duration` in a .zimu.toml of that name says it";

/// What is said of one talk. Paths start at the catalogue's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::commands) struct Talk {
    /// A built-in profile.
    pub(in crate::commands) profile: Option<String>,
    /// A profile's own file.
    pub(in crate::commands) profile_file: Option<String>,
    pub(in crate::commands) lang: Option<LanguageTag>,
    pub(in crate::commands) voice: Option<String>,
    pub(in crate::commands) duration: Option<Timestamp>,
    pub(in crate::commands) lead_in: Option<Timestamp>,
    pub(in crate::commands) lead_out: Option<Timestamp>,
    /// Whether its recording is listened to.
    pub(in crate::commands) listen: Option<bool>,
    pub(in crate::commands) absent: Option<AbsentOverride>,
    pub(in crate::commands) speakers: Vec<String>,
    /// The translation; empty where it is said that there is none.
    pub(in crate::commands) second: Option<String>,
    pub(in crate::commands) second_lang: Option<LanguageTag>,
}

impl Talk {
    /// Of the text of its own file.
    pub(in crate::commands) fn of_file(
        path: &Path,
        below: &str,
        bytes: Vec<u8>,
    ) -> Result<Self, Failure> {
        let text = String::from_utf8(bytes)
            .map_err(|error| Failure::of_file(path, format!("expected TOML in UTF-8: {error}")))?;
        let read = Overrides::from_toml(&text);
        let overrides = read.map_err(|TomlError { message, span }| Failure::InText {
            path: path.to_owned(),
            text,
            span,
            message,
            way_out: "the keys and what they mean: zimu settings --talk-schema".to_owned(),
        })?;
        let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = |placed: Placed| beside(folder, &placed.value);
        let (profile, profile_file) = profile(folder, overrides.profile.map(|name| name.value));
        Ok(Self {
            profile,
            profile_file,
            lang: overrides.lang,
            voice: overrides.voice.map(beside),
            duration: overrides.duration,
            lead_in: overrides.lead_in,
            lead_out: overrides.lead_out,
            listen: overrides.listen,
            absent: overrides.absent,
            speakers: overrides.speakers,
            second: overrides.second.map(beside),
            second_lang: overrides.second_lang,
        })
    }

    /// The same, where a row of the table does not say otherwise.
    pub(in crate::commands) fn or(self, other: Self) -> Self {
        let has_profile = self.profile.is_some() || self.profile_file.is_some();
        let of_profile = if has_profile { &self } else { &other };
        Self {
            profile: of_profile.profile.clone(),
            profile_file: of_profile.profile_file.clone(),
            lang: self.lang.or(other.lang),
            voice: self.voice.or(other.voice),
            duration: self.duration.or(other.duration),
            lead_in: self.lead_in.or(other.lead_in),
            lead_out: self.lead_out.or(other.lead_out),
            listen: self.listen.or(other.listen),
            absent: self.absent.or(other.absent),
            speakers: if self.speakers.is_empty() {
                other.speakers
            } else {
                self.speakers
            },
            second: self.second.or(other.second),
            second_lang: self.second_lang.or(other.second_lang),
        }
    }
}

/// The name of a built-in profile, or the path of a file.
fn profile(folder: &str, name: Option<String>) -> (Option<String>, Option<String>) {
    match name {
        Some(name) if Profile::file(&name).is_some() => (None, Some(beside(folder, &name))),
        name => (name, None),
    }
}

/// A path that starts at a folder, where it is one.
fn beside(folder: &str, path: &str) -> String {
    if folder.is_empty() || path.is_empty() || Path::new(path).is_absolute() {
        return path.to_owned();
    }
    format!("{folder}/{path}")
}

/// A row of a table of talks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    path: String,
    #[serde(default)]
    duration: Option<Cell>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    profile: Option<String>,
    #[serde(default)]
    voice: Option<String>,
}

/// A time, as text or in seconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Cell {
    Text(String),
    Number(serde_json::Number),
}

/// The talks of a table, in its order, each with what its row says.
pub(in crate::commands) fn rows(
    table: &Path,
    bytes: &[u8],
) -> Result<Vec<(String, Talk)>, Failure> {
    let failed = |message: String| Failure::of_file(table, message);
    let ending = table.extension().and_then(|ending| ending.to_str());
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    let rows: Vec<Row> = match &*ending {
        "json" => serde_json::from_slice(bytes)
            .map_err(|error| failed(format!("expected a list of talks: {error}")))?,
        "csv" | "tsv" => {
            let delimiter = if ending == "csv" { b',' } else { b'\t' };
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.delimiter(delimiter).from_reader(bytes);
            let heads = reader.headers();
            if !heads.is_ok_and(|heads| heads.iter().any(|head| head == "path")) {
                // Of a table without rows nobody would hear of it.
                let message = "expected a first row in UTF-8 with a column `path`, found none";
                return Err(failed(message.to_owned()));
            }
            let rows: Result<Vec<Row>, _> = reader.deserialize().collect();
            rows.map_err(|error| failed(format!("expected a row for each talk: {error}")))?
        }
        _ => {
            return Err(failed(
                "expected a folder, or a table of files in .csv, .tsv or .json".to_owned(),
            ));
        }
    };
    let talk = |row: Row| {
        let path = row.path.replace('\\', "/");
        let path = path.trim_start_matches("./").to_owned();
        let talk = row
            .talk()
            .map_err(|message| failed(format!("{path}: {message}")))?;
        Ok((path, talk))
    };
    rows.into_iter().map(talk).collect()
}

impl Row {
    fn talk(self) -> Result<Talk, String> {
        let duration = match self.duration {
            Some(Cell::Text(text)) => given(Some(text)),
            Some(Cell::Number(seconds)) => Some(seconds.to_string()),
            None => None,
        };
        let duration = duration.map(|text| text.parse()).transpose();
        let lang = given(self.language).map(|tag| tag.parse::<LanguageTag>());
        let (profile, profile_file) = profile("", given(self.profile));
        Ok(Talk {
            profile,
            profile_file,
            duration: duration.map_err(|error: ParseTimeError| error.to_string())?,
            lang: lang.transpose().map_err(|error| error.to_string())?,
            voice: given(self.voice),
            ..Talk::default()
        })
    }
}

/// A cell with something in it.
fn given(cell: Option<String>) -> Option<String> {
    cell.filter(|cell| !cell.trim().is_empty())
}

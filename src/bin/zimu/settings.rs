//! The nearest `zimu.toml`: the working directory in, what holds for all captions made there
//! out, and which profile that comes to.
//!
//! It is looked for from the working directory upward, as most tools look for theirs, and not
//! from each input: one run has one of them, wherever its inputs are, and the standard input
//! is in no folder. What a run is told on the command line or by `ZIMU_*` goes before it.

use std::env;
use std::path::{Path, PathBuf};

use zimu::format::names::{NAME_STYLES, NameStyle};
use zimu::model::{LanguageTag, Span};
use zimu::profile::{
    Lineage, Placed, Profile, ProfileFault, ProfileFile, Reading, Settings, TomlError,
};
use zimu::text::conversion::{Glossary, GlossaryError};
use zimu::text::decode::decode;
use zimu::text::lines::Lines;
use zimu::text::spoken::{self, Readings};
use zimu::text::terms::Terms;
use zimu::timing::Voices;

use crate::files::{self, folder_of};
use crate::report::Failure;

/// What the file is called.
const NAME: &str = "zimu.toml";

/// The profile of whoever names none.
const DEFAULT_PROFILE: &str = "youtube";

/// The profile for the lines of a second language, where the first's profile names none.
pub(crate) const SECOND_PROFILE: &str = "netflix-en";

/// How a line of a file of terms begins that holds none.
const COMMENT: char = '#';

/// The option that names the profile.
const PROFILE_OPTION: &str = "--profile";

/// Where the keys of a profile's own file are told.
const PROFILE_KEYS: &str = "the keys and their ranges: zimu profiles --schema";

/// Where those of a voice's file are told.
const VOICE_KEYS: &str =
    "the keys: a table `interval`, `spoken` or `rests` as `zimu calibrate` prints them";

/// How the lines of a glossary are.
const GLOSSARY_LINES: &str = "a line is a term, a tab and what it becomes, or a term alone";

/// Where those of the settings are.
const SETTINGS_KEYS: &str = "the keys and what they mean: zimu settings --schema";

/// A file of TOML that was read.
#[derive(Debug)]
pub(crate) struct TomlFile {
    path: PathBuf,
    pub(crate) text: String,
}

impl TomlFile {
    /// One that is not there yet.
    pub(crate) const fn empty(path: PathBuf) -> Self {
        Self {
            path,
            text: String::new(),
        }
    }

    pub(crate) fn read(path: PathBuf) -> Result<Self, Failure> {
        let bytes = files::read(&path)?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { path, text }),
            Err(error) => Err(Failure::of_file(
                &path,
                format!("expected TOML in UTF-8: {error}"),
            )),
        }
    }

    /// A path that stands in it: it starts at the file's folder.
    fn beside(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path.with_file_name("").join(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn failure(&self, message: impl Into<String>, span: Span, way_out: &str) -> Failure {
        Failure::InText {
            path: self.path.clone(),
            text: self.text.clone(),
            span,
            message: message.into(),
            way_out: way_out.to_owned(),
        }
    }
}

/// The `zimu.toml` that holds, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Project {
    file: Option<TomlFile>,
    pub(crate) settings: Settings,
}

impl Project {
    /// That of the working directory, or of the nearest folder above it that has one.
    pub(crate) fn nearest() -> Result<Self, Failure> {
        match nearest_file() {
            Some(path) => Self::read(TomlFile::read(path)?),
            None => Ok(Self::default()),
        }
    }

    fn read(file: TomlFile) -> Result<Self, Failure> {
        match Settings::from_toml(&file.text) {
            Ok(settings) => Ok(Self {
                file: Some(file),
                settings,
            }),
            Err(TomlError { message, span }) => Err(file.failure(message, span, SETTINGS_KEYS)),
        }
    }

    /// The file that the settings are from.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// The folder that it is in; without one the working directory.
    pub(crate) fn folder(&self) -> &Path {
        self.path().map_or(Path::new("."), folder_of)
    }

    /// What is wrong with a value of the settings, at its place.
    pub(crate) fn fault(&self, set: &Placed, message: String) -> Failure {
        match &self.file {
            Some(file) => file.failure(message, set.span, SETTINGS_KEYS),
            None => Failure::plain(message),
        }
    }

    /// The file of the baseline: the one that was asked for, else that of the settings.
    pub(crate) fn baseline_file(&self, asked: Option<&Path>) -> Option<PathBuf> {
        let set = || {
            let (file, baseline) = self
                .file
                .as_ref()
                .zip(self.settings.check.baseline.as_ref())?;
            Some(file.beside(&baseline.value))
        };
        asked.map(Path::to_owned).or_else(set)
    }

    pub(crate) fn language(&self) -> Option<&LanguageTag> {
        self.settings.lang.as_ref()
    }

    /// The style of names that was asked for, else that of the settings, else the default.
    pub(crate) fn name_style(
        &self,
        asked: Option<&'static NameStyle>,
    ) -> Result<&'static NameStyle, Failure> {
        let (None, Some(set)) = (asked, self.settings.name_style.as_ref()) else {
            return Ok(asked.unwrap_or(NameStyle::DEFAULT));
        };
        NameStyle::named(&set.value).ok_or_else(|| {
            let ids = NAME_STYLES.map(|style| style.id).join(", ");
            self.fault(set, format!("expected one of {ids}, found {:?}", set.value))
        })
    }

    /// The terms of the settings and of a file of one term a line.
    pub(crate) fn terms(&self, file: Option<&Path>) -> Result<Terms, Failure> {
        let bytes = file.map_or(Ok(Vec::new()), files::read)?;
        let decoded = decode(bytes, None);
        let at_file = |message| Failure::of_file(file.unwrap_or(Path::new(NAME)), message);
        let text = decoded.map_err(|error| at_file(error.to_string()))?.text;
        let lines = Lines::new(&text).map(|line| line.of(&text).trim());
        let of_file = lines.filter(|line| !line.starts_with(COMMENT));
        let of_settings = self
            .settings
            .terms
            .never_split
            .iter()
            .map(|term| &*term.value);
        Terms::new(of_settings.chain(of_file)).map_err(|error| at_file(error.to_string()))
    }

    /// How the settings say that words are read.
    pub(crate) fn readings(&self) -> Result<Readings, Failure> {
        let readings = self.settings.readings.iter().map(|(word, reading)| {
            let reading = match reading {
                Reading::Syllables(count) => spoken::Reading::Syllables(*count),
                Reading::As(text) => spoken::Reading::As(text.clone()),
            };
            (word, reading)
        });
        Readings::new(readings)
            .map_err(|error| Failure::of_file(Path::new(NAME), error.to_string()))
    }

    /// The file of the voice that speaks: the one that was asked for, else that of the settings.
    pub(crate) fn voice_file(&self, asked: Option<&Path>) -> Option<PathBuf> {
        let set = || {
            let (file, voice) = self.file.as_ref().zip(self.settings.voice.as_ref())?;
            Some(file.beside(&voice.value))
        };
        asked.map(Path::to_owned).or_else(set)
    }

    /// Who speaks by it, if there is one.
    pub(crate) fn voices(&self, asked: Option<&Path>) -> Result<Option<Voices>, Failure> {
        let Some(path) = self.voice_file(asked) else {
            return Ok(None);
        };
        if asked.is_none() {
            self.check_there(&path, self.settings.voice.as_ref(), "a voice's file")?;
        }
        read_voices(path).map(Some)
    }

    /// That a file which the settings name is there: else it is told at its place in them.
    fn check_there(&self, path: &Path, set: Option<&Placed>, what: &str) -> Result<(), Failure> {
        let set = self.file.as_ref().zip(set);
        match set.filter(|_| !path.is_file()) {
            Some((settings, set)) => {
                let message = format!("expected {what}, found none at {}", path.display());
                Err(settings.failure(message, set.span, SETTINGS_KEYS))
            }
            None => Ok(()),
        }
    }

    /// The glossaries: those that were asked for, and behind them that of the settings.
    pub(crate) fn glossary_files(&self, asked: &[PathBuf]) -> Vec<PathBuf> {
        let set = self.file.as_ref().zip(self.settings.glossary.as_ref());
        let set = set.map(|(file, glossary)| file.beside(&glossary.value));
        asked.iter().cloned().chain(set).collect()
    }

    /// All of them in one. Of two forms of a term that of the first file counts.
    pub(crate) fn glossary(&self, asked: &[PathBuf]) -> Result<Glossary, Failure> {
        let files = self.glossary_files(asked);
        if let [.., set] = &files[asked.len()..] {
            self.check_there(set, self.settings.glossary.as_ref(), "a glossary")?;
        }
        let mut texts = Vec::with_capacity(files.len());
        for path in files {
            let bytes = files::read(&path)?;
            let decoded = decode(bytes, None);
            let decoded = decoded.map_err(|error| Failure::of_file(&path, error.to_string()))?;
            texts.push((decoded.text, path));
        }
        let mut entries = Vec::new();
        for (text, path) in &texts {
            let read = Glossary::read(text);
            entries.extend(
                read.map_err(|GlossaryError { message, span }| Failure::InText {
                    path: path.clone(),
                    text: text.to_string(),
                    span,
                    message,
                    way_out: GLOSSARY_LINES.to_owned(),
                })?,
            );
        }
        Glossary::new(entries).map_err(|error| Failure::plain(error.to_string()))
    }

    /// A profile that the settings name for some files.
    pub(crate) fn profile_set<'p>(&'p self, set: &'p Placed) -> ProfileChoice<'p> {
        ProfileChoice {
            name: &set.value,
            option: PROFILE_OPTION,
            set: self.file.as_ref().map(|file| (file, set.span)),
        }
    }

    /// The profile that was asked for by name, else that of the settings, else the default.
    pub(crate) fn profile<'p>(&'p self, asked: Option<&'p str>) -> ProfileChoice<'p> {
        let set = self.file.as_ref().zip(self.settings.profile.as_ref());
        match (asked, set) {
            (Some(name), _) => ProfileChoice::asked(name),
            (None, Some((file, profile))) => ProfileChoice {
                name: &profile.value,
                option: PROFILE_OPTION,
                set: Some((file, profile.span)),
            },
            (None, None) => ProfileChoice::asked(DEFAULT_PROFILE),
        }
    }
}

/// The voices of a file.
pub(crate) fn read_voices(path: PathBuf) -> Result<Voices, Failure> {
    let file = TomlFile::read(path)?;
    let voices = Voices::from_toml(&file.text);
    voices.map_err(|TomlError { message, span }| file.failure(message, span, VOICE_KEYS))
}

/// The nearest file of that name: by the short name where it is in the working directory.
fn nearest_file() -> Option<PathBuf> {
    let here = PathBuf::from(NAME);
    if here.is_file() {
        return Some(here);
    }
    let folder = env::current_dir().ok()?;
    let above = folder.ancestors().skip(1).map(|folder| folder.join(NAME));
    above.into_iter().find(|path| path.is_file())
}

/// The name or path of a profile, and who named it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProfileChoice<'p> {
    name: &'p str,
    /// The option that names it.
    option: &'static str,
    /// The settings that name it, and where.
    set: Option<(&'p TomlFile, Span)>,
}

impl<'p> ProfileChoice<'p> {
    /// One that no settings have named.
    pub(crate) const fn asked(name: &'p str) -> Self {
        Self::asked_by(PROFILE_OPTION, name)
    }

    /// The same, by an option.
    pub(crate) const fn asked_by(option: &'static str, name: &'p str) -> Self {
        Self {
            name,
            option,
            set: None,
        }
    }

    /// The file that it is in, where its name is a path. In settings a path starts at their
    /// folder.
    pub(crate) fn file(self) -> Option<PathBuf> {
        let path = Profile::file(self.name)?;
        Some(match self.set {
            Some((settings, _)) => settings.beside(path),
            None => path.to_owned(),
        })
    }

    /// Reads it.
    pub(crate) fn read(self) -> Result<Profile, Failure> {
        Ok(self.lineage()?.profile)
    }

    /// Reads it, with all that it builds on.
    pub(crate) fn lineage(self) -> Result<Lineage, Failure> {
        let Some(path) = self.file() else {
            return Lineage::named(self.name).map_err(|error| self.unknown(&error.to_string()));
        };
        if self.set.is_some() && !path.is_file() {
            return Err(self.unknown(&no_profile_at(&path)));
        }
        let TomlFile { path, text: toml } = TomlFile::read(path)?;
        let read = |path: &Path| match TomlFile::read(path.to_owned()) {
            Ok(file) => Ok(file.text),
            Err(_) if !path.is_file() => Err(no_profile_at(path)),
            Err(failure) => Err(format!("{}: {}", path.display(), failure.message())),
        };
        Lineage::from_file(&ProfileFile { path, toml }, read).map_err(
            |ProfileFault { file, error }| {
                let ProfileFile { path, toml: text } = file;
                TomlFile { path, text }.failure(error.message, error.span, PROFILE_KEYS)
            },
        )
    }

    /// At its place in the settings, or of the option that names it.
    fn unknown(self, message: &str) -> Failure {
        match self.set {
            Some((settings, span)) => settings.failure(message, span, SETTINGS_KEYS),
            None => Failure::plain(format!("{}: {message}", self.option)),
        }
    }
}

fn no_profile_at(path: &Path) -> String {
    format!(
        "expected a profile's file, found none at {}",
        path.display()
    )
}

//! A job in; the bytes of all files that go into it, and what they are known by, out.
//!
//! A plan asks for the hashes, and whoever makes captions for the bytes. Both ask here, and the
//! hashes are always those of the very bytes that are used: a file that changes between the
//! two, or while it is read, is told by the next run.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use zimu::catalogue::{Hash, Hashes, Job, Kind};
use zimu::text::terms::Terms;

use crate::commands::batch::place::Place;
use crate::commands::batch::talk::Talk;
use crate::commands::making::Recipe;
use crate::files;
use crate::report::Failure;
use crate::settings::ProfileChoice;

/// Whether recordings are listened to, where a talk does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listening {
    ToAll,
    ToNone,
}

/// What a job is made of.
pub(super) struct Ingredients<'t> {
    pub(super) source: Vec<u8>,
    /// The translation: its path, and what is in it.
    pub(super) second: Option<(String, Vec<u8>)>,
    /// What yt-dlp says of the recording.
    pub(super) info: Option<Vec<u8>>,
    /// Whether its recording, if there is one, is listened to.
    pub(super) listens: bool,
    /// What holds for this talk alone.
    pub(super) talk: Talk,
    /// By the profile that does, if there is one.
    pub(super) recipe: Option<Recipe<'t>>,
    pub(super) hashes: Hashes,
}

impl<'t> Ingredients<'t> {
    /// Reads them; `row` is what a table says of the talk.
    pub(super) fn read(
        job: &Job,
        row: Option<&Talk>,
        place: &Place,
        terms: &'t Terms,
        listening: Listening,
    ) -> Result<Self, Failure> {
        let mut reader = Reader {
            place,
            hashes: Hashes::new(),
        };
        let source = reader.read(&job.input)?;
        let mut talk = row.cloned().unwrap_or_default();
        if let Some(row) = row {
            let said = format!("{row:?}");
            let name = place.table.as_deref().and_then(Path::file_name);
            let name = name.unwrap_or_default().to_string_lossy().into_owned();
            reader.hashes.insert(name, hash(said.as_bytes()));
        }
        if let Some(path) = &job.overrides {
            let bytes = reader.read(path)?;
            talk = talk.or(Talk::of_file(&place.input(path), path, bytes)?);
        }
        let recipe = own_recipe(&talk, place, terms)?;
        if let (Some(path), Some(recipe)) = (&talk.profile_file, &recipe) {
            // It may build on other files: what it comes to counts.
            reader
                .hashes
                .insert(path.clone(), hash(recipe.limits().as_bytes()));
        }
        talk.voice = talk.voice.or_else(|| job.voices.clone());
        if let Some(path) = &talk.voice {
            reader.read(path)?;
        }
        let (mut second, mut info, mut listens) = (None, None, false);
        if job.kind == Kind::Transcript {
            second = match second_of(job, &talk, place)? {
                Some(path) => {
                    let bytes = reader.read(path)?;
                    Some((path.to_owned(), bytes))
                }
                None => None,
            };
            if talk.duration.is_none() {
                let path = job.info.as_ref();
                info = path.map(|path| reader.read(path)).transpose()?;
            }
            listens = talk.listen.unwrap_or(listening == Listening::ToAll);
            let is_length_said = talk.duration.is_some() || info.is_some();
            if let Some(path) = job.media.as_ref().filter(|_| listens || !is_length_said) {
                reader.look_at(path)?;
            }
        }
        Ok(Self {
            source,
            second,
            info,
            listens,
            talk,
            recipe,
            hashes: reader.hashes,
        })
    }
}

/// What a talk is captioned by that has a profile of its own.
fn own_recipe<'t>(
    talk: &Talk,
    place: &Place,
    terms: &'t Terms,
) -> Result<Option<Recipe<'t>>, Failure> {
    let file = talk.profile_file.as_ref();
    let file = file.map(|path| place.input(path).display().to_string());
    let name = file.as_ref().or(talk.profile.as_ref());
    let recipe = name.map(|name| Recipe::of(ProfileChoice::asked(name).read()?, terms));
    recipe.transpose()
}

struct Reader<'p> {
    place: &'p Place,
    hashes: Hashes,
}

impl Reader<'_> {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, Failure> {
        let file = self.place.input(path);
        if fs::metadata(&file).is_ok_and(|found| !found.is_file()) {
            // Of a named pipe there would be no end.
            return Err(Failure::of_file(
                &file,
                "expected a file to read, found something else",
            ));
        }
        let bytes = files::read(&file)?;
        self.hashes.insert(path.to_owned(), hash(&bytes));
        Ok(bytes)
    }

    /// Recordings are large: one is another where its size is, or the time when it was written.
    fn look_at(&mut self, path: &str) -> Result<(), Failure> {
        let recording = self.place.input(path);
        let found = fs::metadata(&recording);
        let found = found.map_err(|error| {
            Failure::of_file(&recording, format!("expected a file to read: {error}"))
        })?;
        let written = found.modified().ok();
        let written = written.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let look = format!("{} {written:?}", found.len());
        self.hashes.insert(path.to_owned(), hash(look.as_bytes()));
        Ok(())
    }
}

/// What bytes are known by.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    Hash::of(blake3::hash(bytes).as_bytes())
}

/// The translation of a transcript: the one that somebody names, else the only one.
fn second_of<'j>(job: &'j Job, talk: &'j Talk, place: &Place) -> Result<Option<&'j str>, Failure> {
    match (talk.second.as_deref(), &job.seconds[..]) {
        (Some(""), _) | (None, []) => Ok(None),
        (Some(path), _) => Ok(Some(path)),
        (None, [only]) => Ok(Some(only)),
        (None, several) => Err(Failure::of_file(
            &place.input(&job.input),
            format!(
                "expected one translation, found {} (`second` in a .zimu.toml of that name says \
                 which, or \"\" that there is none)",
                several.join(" and ")
            ),
        )),
    }
}

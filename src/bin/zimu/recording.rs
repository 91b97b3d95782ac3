//! What is known of a recording: what the command line says, what the recording itself says, and
//! what lies beside a transcript.
//!
//! yt-dlp (`--write-info-json`) leaves a `talk.info.json` beside `talk.mp4`, which says how long
//! it is. It is used where nobody says otherwise, and it is said that it was.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use zimu::media::{NoDuration, Unopened, duration};
use zimu::model::Timestamp;
use zimu::text::spoken::Readings;
use zimu::timing::{Known, Voice, Voices};

use crate::args::{KnownArguments, SpeakerArguments};
use crate::files::{is_standard, name_of};
use crate::report::Failure;
use crate::settings::Project;

/// Who speaks, and how sure that is.
#[derive(Clone, Debug)]
pub(crate) struct Speaker {
    pub(crate) voices: Voices,
    /// How the project says that its words are read.
    pub(crate) readings: Readings,
    /// The file that the voice is from, if it was learned.
    pub(crate) file: Option<PathBuf>,
    /// Whether the command line says who it is.
    pub(crate) is_asked: bool,
}

impl Speaker {
    /// Who the command line says, else who the settings say, else nobody in particular.
    pub(crate) fn of(arguments: &SpeakerArguments, project: &Project) -> Result<Self, Failure> {
        let readings = project.readings()?;
        let rate = arguments.pace.or(arguments.rate);
        let (voices, file) = if let Some(rate) = rate {
            (Voice::at(rate).into(), None)
        } else {
            let asked = arguments.voice.as_deref();
            let voices = project.voices(asked)?.unwrap_or_default();
            (voices, project.voice_file(asked))
        };
        Ok(Self {
            voices,
            readings,
            file,
            is_asked: rate.is_some() || arguments.voice.is_some(),
        })
    }
}

/// What is known, and what is to be said of where it is from.
pub(crate) struct Recording<'s> {
    pub(crate) known: Known<'s>,
    pub(crate) note: Option<String>,
}

impl<'s> Recording<'s> {
    /// Of the transcript `input`.
    pub(crate) fn of(
        arguments: &KnownArguments,
        speaker: &'s Speaker,
        input: &Path,
    ) -> Result<Self, Failure> {
        let (duration, note) = match (&arguments.media, arguments.duration) {
            (Some(media), _) => {
                let duration = duration_of(media, "--duration says it")?;
                (Some(duration), Some(lasts(media, duration)))
            }
            (None, Some(duration)) => (Some(duration), None),
            (None, None) => beside(input),
        };
        if duration.is_none() && arguments.speaker.lead_out > Timestamp::ZERO {
            return Err(Failure::of_file(
                input,
                "expected a --duration or --media that the --lead-out is a part of, found none",
            ));
        }
        Ok(Self {
            note,
            ..Self::lasting(duration, &arguments.speaker, speaker)
        })
    }

    /// One that lasts so long.
    pub(crate) fn lasting(
        duration: Option<Timestamp>,
        arguments: &SpeakerArguments,
        speaker: &'s Speaker,
    ) -> Self {
        let known = Known {
            duration,
            lead_in: arguments.lead_in,
            lead_out: arguments.lead_out,
            voices: &speaker.voices,
            readings: &speaker.readings,
        };
        Self { known, note: None }
    }
}

/// How long the recording `media` lasts; `way_out` is who says it where it does not.
pub(crate) fn duration_of(media: &Path, way_out: &str) -> Result<Timestamp, Failure> {
    let failed = |error: NoDuration| Failure::of_file(media, format!("{error} ({way_out})"));
    let file = opened(media).map_err(|error| failed(error.into()))?;
    duration(file).map_err(failed)
}

/// The file of a recording. In a pipe nobody can go back, and to open one waits for who writes to it.
pub(crate) fn opened(media: &Path) -> Result<File, Unopened> {
    if !fs::metadata(media)?.is_file() {
        return Err(io::Error::other("it is not a file").into());
    }
    Ok(File::open(media)?)
}

/// What lies beside a transcript, and what is to be said of it.
fn beside(input: &Path) -> (Option<Timestamp>, Option<String>) {
    let Some(path) = info_path(input) else {
        return (None, None);
    };
    let duration = fs::read(&path).ok().and_then(|info| duration_in(&info));
    let note = duration.map_or_else(
        || {
            let path = path.display();
            format!("{path}: expected yt-dlp's info with a duration, found none: it was not used")
        },
        |duration| lasts(&path, duration),
    );
    (duration, Some(note))
}

fn lasts(path: &Path, duration: Timestamp) -> String {
    format!(
        "{}: the recording lasts {duration}, as it says",
        path.display()
    )
}

/// The `talk.info.json` of `talk.txt`, and of `talk.zh-Hans.txt`, where there is one.
fn info_path(input: &Path) -> Option<PathBuf> {
    let path = input.with_file_name(format!("{}.info.json", name_of(input).stem));
    (!is_standard(input) && path.is_file()).then_some(path)
}

/// The one thing of it that is used.
#[derive(Deserialize)]
struct Info {
    /// Seconds.
    duration: serde_json::Number,
}

/// `None` where it says no duration, or says it in no way that yt-dlp does.
pub(crate) fn duration_in(info: &[u8]) -> Option<Timestamp> {
    let Info { duration } = serde_json::from_slice(info).ok()?;
    let seconds = duration.to_string();
    let (whole, part) = seconds.split_once('.').unwrap_or((&seconds, "0"));
    let thousandths = part.get(..3).unwrap_or(part);
    let duration = format!("{whole}.{thousandths}").parse().ok()?;
    (duration > Timestamp::ZERO).then_some(duration)
}

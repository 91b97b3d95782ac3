//! The words for what is known of a recording and of who speaks in it.

use std::path::PathBuf;

use clap::Args;
use zimu::model::{ParseTimeError, Timestamp};
use zimu::timing::{NAMED_RATES, Rate};

/// What is known of when the words are spoken, besides the transcript's own times.
#[derive(Debug, Args)]
pub(crate) struct KnownArguments {
    /// Length of the recording: seconds, m:ss or h:mm:ss; the last word ends there [default: that
    /// of yt-dlp's STEM.info.json beside the input, if there is one]
    #[arg(long, value_name = "TIME", value_parser = duration, allow_hyphen_values = true)]
    pub(crate) duration: Option<Timestamp>,

    /// The recording: mp4, m4a, mp3, wav, flac, ogg, mkv or webm. `zimu caption` listens to it, and
    /// places each line where it is spoken; else the last word ends where it does
    #[arg(long, value_name = "FILE", conflicts_with = "duration")]
    pub(crate) media: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) speaker: SpeakerArguments,
}

/// What is known of who speaks, and of what is around it.
#[derive(Debug, Args)]
pub(crate) struct SpeakerArguments {
    /// How fast the voice is, where no known time says it: slow, audiobook, podcast, lecture, news
    /// or fast, from 3.6 to 5.8 syllables a second [default: 4.3, the mean of what was measured]
    #[arg(long, value_name = "NAME", value_parser = pace, conflicts_with = "rate")]
    pub(crate) pace: Option<Rate>,

    /// The same in syllables a second, with the usual rests between them: 1 to 11
    #[arg(long, value_name = "NUMBER")]
    pub(crate) rate: Option<Rate>,

    /// The voice that speaks: a file that `zimu calibrate` has made [default: that of zimu.toml]
    #[arg(long, value_name = "FILE", env = "ZIMU_VOICE", conflicts_with_all = ["pace", "rate"])]
    pub(crate) voice: Option<PathBuf>,

    /// What stands before the first word, such as an intro: 3s, 0:03, 3.250
    #[arg(long, value_name = "TIME", value_parser = length, allow_hyphen_values = true, default_value = "0", hide_default_value = true)]
    pub(crate) lead_in: Timestamp,

    /// What stands behind the last word, where it is known how long all is
    #[arg(long, value_name = "TIME", value_parser = length, allow_hyphen_values = true, default_value = "0", hide_default_value = true)]
    pub(crate) lead_out: Timestamp,
}

pub(crate) fn pace(name: &str) -> Result<Rate, String> {
    let names = || NAMED_RATES.map(|named| named.name).join(", ");
    Rate::named(name).ok_or_else(|| format!("expected one of {}", names()))
}

/// A time that may be called seconds: `3s`.
pub(super) fn length(text: &str) -> Result<Timestamp, String> {
    let seconds = text.strip_suffix('s').filter(|text| !text.contains(':'));
    let parsed = seconds.unwrap_or(text).parse();
    parsed.map_err(|error: ParseTimeError| error.to_string())
}

pub(super) fn duration(text: &str) -> Result<Timestamp, String> {
    let parsed = length(text)?;
    if parsed == Timestamp::ZERO {
        return Err("expected more than no time at all".to_owned());
    }
    Ok(parsed)
}

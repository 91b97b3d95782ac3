//! The words of `zimu retime`, and what they ask for together.

use std::path::PathBuf;

use clap::Args;
use zimu::model::Timestamp;
use zimu::spotting::{FrameRate, KnownPoint, NoFrameRate, Retiming};

use crate::args::{AbsentLines, ReadingArguments, Report, ReportArguments, length};

#[derive(Debug, Args)]
pub(crate) struct RetimeArguments {
    /// Caption files to read; `-` is the standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Where to write: a file, a folder (with `/` at its end), or `-` for the standard output. A
    /// file whose ending is that of another format is converted
    #[arg(
        short,
        long,
        value_name = "FILE|DIR/|-",
        conflicts_with = "in_place",
        allow_hyphen_values = true
    )]
    pub(crate) output: Option<PathBuf>,

    /// Replace what is read
    #[arg(long)]
    pub(crate) in_place: bool,

    /// Later by so much, or earlier with a minus: 1.5, -0:02, 250ms
    #[arg(long, value_name = "TIME", value_parser = shift, allow_hyphen_values = true)]
    shift: Option<i64>,

    /// Two times as the captions say them and as they really are; all others go in proportion:
    /// 0:10=0:12,58:00=59:30
    #[arg(long, value_name = "SAID=REAL,SAID=REAL", value_parser = stretch)]
    stretch: Option<[KnownPoint; 2]>,

    /// Frames a second that the captions were made for, and of the film that they are shown with:
    /// 25:23.976
    #[arg(long, value_name = "MADE:SHOWN", value_parser = frame_rates)]
    fps: Option<(FrameRate, FrameRate)>,

    /// Put every time on the nearest frame of a film of so many a second
    #[arg(long, value_name = "FPS")]
    snap: Option<FrameRate>,

    /// Only cues that start then or later, as the file says it
    #[arg(long, value_name = "TIME", value_parser = length, default_value = "0", hide_default_value = true)]
    from: Timestamp,

    /// Only cues that start before then
    #[arg(long, value_name = "TIME", value_parser = length)]
    to: Option<Timestamp>,

    /// The recording: mp4, m4a, mp3, wav, flac, ogg, mkv or webm. Each cue is placed where it is
    /// spoken
    #[arg(long, value_name = "FILE", conflicts_with_all = ["shift", "stretch", "fps", "from", "to"])]
    pub(crate) media: Option<PathBuf>,

    /// What becomes of cues that are not heard in --media: none is left, or each is as far from its
    /// neighbours as it was [default: estimate]
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        requires = "media",
        default_value = "estimate",
        hide_default_value = true
    )]
    pub(crate) absent: AbsentLines,

    /// Limits that say how long cues stay that are heard in --media: a profile's name (see `zimu
    /// profiles`) or a TOML file [default: that of zimu.toml, else youtube]
    #[arg(long, value_name = "NAME|FILE", env = "ZIMU_PROFILE")]
    pub(crate) profile: Option<String>,

    #[command(flatten)]
    pub(crate) told: ReportArguments<Report>,

    /// Replace files that hold something else
    #[arg(long)]
    pub(crate) overwrite: bool,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

impl RetimeArguments {
    /// All that is asked for together; an error says what of it is impossible.
    pub(crate) fn retiming(&self) -> Result<Retiming, String> {
        let mut retiming = Retiming::none();
        if let Some((made, shown)) = self.fps {
            retiming = retiming.at_frame_rate(made, shown);
        }
        if let Some(points) = self.stretch {
            retiming = retiming
                .stretched(points)
                .map_err(|error| format!("--stretch: {error}"))?;
        }
        if let Some(ms) = self.shift {
            retiming = retiming.shifted(ms);
        }
        if let Some(rate) = self.snap {
            retiming = retiming.snapped(rate);
        }
        if retiming == Retiming::none() {
            return Ok(retiming);
        }
        let to = self.to.unwrap_or(Timestamp::MAX);
        if to <= self.from {
            return Err(format!(
                "expected --to after --from, found {to} and {}",
                self.from
            ));
        }
        Ok(retiming.between(self.from, to))
    }
}

/// A length of time with a sign, in milliseconds.
fn shift(text: &str) -> Result<i64, String> {
    let (sign, size) = match text.split_at_checked(1) {
        Some(("-" | "−", size)) => (-1, size),
        Some(("+", size)) => (1, size),
        _ => (1, text),
    };
    let ms = match size.strip_suffix("ms") {
        Some(ms) => ms.parse::<u32>().map_err(|error| error.to_string())?,
        None => length(size)?.millis(),
    };
    Ok(sign * i64::from(ms))
}

fn stretch(text: &str) -> Result<[KnownPoint; 2], String> {
    let form = || "expected two pairs of times, such as 0:10=0:12,58:00=59:30".to_owned();
    let point = |pair: &str| {
        let (said, real) = pair.split_once('=').ok_or_else(form)?;
        let (said, real) = (length(said.trim())?, length(real.trim())?);
        Ok::<_, String>(KnownPoint { said, real })
    };
    let (first, second) = text.split_once(',').ok_or_else(form)?;
    Ok([point(first)?, point(second)?])
}

fn frame_rates(text: &str) -> Result<(FrameRate, FrameRate), String> {
    let (made, shown) = text
        .split_once(':')
        .ok_or("expected two rates of frames, such as 25:23.976")?;
    let rate = |text: &str| text.parse().map_err(|error: NoFrameRate| error.to_string());
    Ok((rate(made)?, rate(shown)?))
}

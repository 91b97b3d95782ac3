//! `zimu retime`: caption files in, the same files with other times out.
//!
//! In its own format a file stays as it is but for its times: styles, comments, line ends and the
//! encoding too. In another it is converted.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zimu::format::{Format, Reading, TimePlace, TimeRole};
use zimu::model::{Interval, Timestamp, Track};
use zimu::spotting::Retiming;

use crate::args::RetimeArguments;
use crate::commands::patched::Original;
use crate::commands::source::{Source, format_of};
use crate::commands::{Outcome, each_input, fitted};
use crate::files::{self, Destination, Existing, ends_as_folder, is_standard};
use crate::outputs::Claims;
use crate::report::{self, Failure};

pub(crate) fn run(arguments: &RetimeArguments) -> Result<Outcome, Failure> {
    let retiming = arguments.retiming().map_err(Failure::plain)?;
    if retiming == Retiming::none() {
        return Err(Failure::plain(
            "expected --shift, --stretch, --fps or --snap: what is to become of the times",
        ));
    }
    let target = Target::of(arguments)?;
    let read = arguments.inputs.iter().map(PathBuf::as_path);
    let mut claims = Claims::with(match target {
        Target::Input => Vec::new(),
        Target::Folder(_) | Target::File(_) | Target::Standard => read.collect(),
    })?;
    for input in &arguments.inputs {
        claims.claim(input, &target.destination(input))?;
    }
    each_input(&arguments.inputs, &arguments.reading, |input| {
        retime(input, arguments, &retiming, &target)
    })
}

/// Where the files with other times go.
enum Target<'a> {
    /// In the place of what was read.
    Input,
    Folder(&'a Path),
    File(&'a Path),
    Standard,
}

impl<'a> Target<'a> {
    fn of(arguments: &'a RetimeArguments) -> Result<Self, Failure> {
        let target = match arguments.output.as_deref() {
            None if arguments.in_place => Self::Input,
            None => {
                return Err(Failure::plain(
                    "expected -o FILE, -o DIR/ or -o - for what is made, or --in-place to replace \
                     what is read",
                ));
            }
            Some(path) if is_standard(path) => Self::Standard,
            Some(path) if ends_as_folder(path) || path.is_dir() => Self::Folder(path),
            Some(path) => Self::File(path),
        };
        let is_one = matches!(target, Self::File(_) | Self::Standard);
        if is_one && arguments.inputs.len() > 1 {
            return Err(Failure::plain(format!(
                "expected a folder (-o DIR/) for {} inputs, found one file",
                arguments.inputs.len()
            )));
        }
        if matches!(target, Self::Input) && arguments.inputs.iter().any(|input| is_standard(input))
        {
            return Err(Failure::plain(
                "expected a file for --in-place, found \"-\"",
            ));
        }
        Ok(target)
    }

    fn destination(&self, input: &Path) -> Destination {
        match self {
            Self::Input => Destination::File(input.to_owned()),
            Self::Folder(folder) => {
                Destination::File(folder.join(input.file_name().unwrap_or_default()))
            }
            Self::File(path) => Destination::File((*path).to_owned()),
            Self::Standard => Destination::Standard,
        }
    }

    /// The format that is written: that of the ending of a file that is named.
    fn format(&self, read: &'static Format) -> &'static Format {
        let Self::File(path) = self else { return read };
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending {
            Some(ending) if !read.has_extension(ending) => Format::of_extension(ending)
                .filter(|format| format.can_write())
                .unwrap_or(read),
            Some(_) | None => read,
        }
    }
}

fn retime(
    input: &Path,
    arguments: &RetimeArguments,
    retiming: &Retiming,
    target: &Target<'_>,
) -> Result<Outcome, Failure> {
    let reading_arguments = &arguments.reading;
    let bytes = files::read(input)?;
    let source = Source::decode(input, bytes.clone(), reading_arguments)?;
    let format = format_of(&source, None, reading_arguments)?;
    let (reading, places) = format
        .read_with_times(&source.text)
        .ok_or_else(|| Failure::of_file(input, "expected captions in a format that is read"))?;
    source.report(&reading.diagnostics, reading_arguments);
    let mut outcome = Outcome::of(&reading.diagnostics);
    if reading.track.cues().is_empty() && outcome == Outcome::Faulty {
        return Err(Failure::of_file(
            input,
            "expected captions, found none that could be read",
        ));
    }
    let clamped = clamped(&reading.track, retiming);
    let told = summary(&reading.track, retiming);
    let destination = target.destination(input);
    if let Target::Folder(folder) = target {
        files::make_folder(folder)?;
    }
    let existing = match target {
        Target::Input => Existing::Overwrite,
        Target::Folder(_) | Target::File(_) | Target::Standard => {
            Existing::asked(arguments.overwrite)
        }
    };
    let written_format = target.format(format);
    let staged = if written_format.id == format.id {
        let patch = Patch {
            text: &source.text,
            format,
            places: &places,
            retiming,
        };
        let (source, bytes) = (&source, &*bytes);
        let original = Original { source, bytes };
        original.stage(reading_arguments, &destination, existing, |sink| {
            patch.print(sink)
        })?
    } else {
        let Reading { mut track, .. } = reading;
        retiming.track(&mut track);
        fitted(input, &mut track, written_format, reading_arguments);
        files::stage(&destination, existing, |sink| {
            written_format.write(&track, sink)
        })?
    };
    let name = destination.told(staged.commit()?);
    if clamped > 0 {
        outcome = outcome.max(Outcome::Repaired);
        if !reading_arguments.quiet {
            report::note(&format!(
                "{}: {clamped} cues would be before the recording or past its last possible \
                 time, and were put where it begins or ends",
                input.display()
            ));
        }
    }
    if !reading_arguments.quiet {
        anstream::eprintln!("{} → {name}: {told}", input.display());
    }
    Ok(outcome)
}

/// How many cues have an end that is not where it would have gone to.
fn clamped(track: &Track, retiming: &Retiming) -> usize {
    let cues = track.cues().iter().map(|cue| cue.interval);
    let is_clamped = |interval: &Interval| {
        let start = interval.start();
        [start, interval.end()]
            .iter()
            .any(|&at| retiming.is_clamped(start, at))
    };
    cues.filter(is_clamped).count()
}

/// How many cues are elsewhere, and where the first and the last of them went.
fn summary(track: &Track, retiming: &Retiming) -> String {
    let covered = track
        .cues()
        .iter()
        .map(|cue| cue.interval)
        .filter(|interval| retiming.covers(interval.start()));
    let moved = covered.filter(|interval| retiming.interval(*interval) != *interval);
    let starts: Vec<_> = moved.map(Interval::start).collect();
    let of = track.cues().len();
    let Some((first, last)) = starts.first().zip(starts.last()) else {
        return format!("none of {of} cues changed");
    };
    let went = |at: &Timestamp| format!("{at} to {}", retiming.time(*at, *at));
    format!(
        "{} of {of} cues changed, from {} up to {}",
        starts.len(),
        went(first),
        went(last)
    )
}

/// A file that stays as it is but for its times.
struct Patch<'a> {
    text: &'a str,
    format: &'static Format,
    places: &'a [TimePlace],
    retiming: &'a Retiming,
}

impl Patch<'_> {
    fn print(&self, sink: &mut dyn Write) -> io::Result<()> {
        let moved = |place: &TimePlace, at: Timestamp| self.moved(place, at);
        self.format
            .write_with_times(self.text, self.places, moved, sink)
    }

    /// Where a time goes. A cue that ends after its start still does.
    fn moved(&self, place: &TimePlace, at: Timestamp) -> Timestamp {
        let start = place.cue_start;
        let moved = self.retiming.time(start, at);
        let is_end = place.role == TimeRole::End && at == place.at && at > start;
        if is_end && self.retiming.covers(start) {
            let least = self.retiming.time(start, start).later(self.format.step_ms);
            return moved.max(least);
        }
        moved
    }
}

//! `zimu retime`: caption files in, the same files with other times out: as somebody asks, or where
//! they are heard in their recording (`retime_voice.rs`).
//!
//! In its own format a file stays as it is but for its times: styles, comments, line ends and the
//! encoding too. In another it is converted.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use zimu::format::{Format, Places, Reading};
use zimu::model::SourceText;
use zimu::spotting::Retiming;

use crate::account::{FileAccount, LineCounts, TimingAccount};
use crate::args::RetimeArguments;
use crate::commands::patched::Original;
use crate::commands::retime_moves::{Moves, Patch};
use crate::commands::retime_voice::{Voice, without};
use crate::commands::source::{Source, format_of};
use crate::commands::{Outcome, each_input, fitted, reported};
use crate::files::{self, Destination, Existing, ends_as_folder, is_standard};
use crate::outputs::Claims;
use crate::report::{self, Failure};
use crate::stopped::whole;

pub(crate) fn run(arguments: &RetimeArguments) -> Result<Outcome, Failure> {
    reported(
        &arguments.told,
        Existing::asked(arguments.overwrite),
        |accounts| retimed(arguments, accounts),
    )
}

/// Retimes all inputs, and gives an account of each.
fn retimed(
    arguments: &RetimeArguments,
    accounts: &mut Vec<FileAccount>,
) -> Result<Outcome, Failure> {
    let retiming = arguments.retiming().map_err(Failure::plain)?;
    if retiming == Retiming::none() && arguments.media.is_none() {
        return Err(Failure::plain(
            "expected --shift, --stretch, --fps, --snap or --media: what is to become of the times",
        ));
    }
    let target = Target::of(arguments)?;
    if matches!(target, Target::Standard) && arguments.told.is_on_standard() {
        return Err(Failure::plain(
            "expected a file for the report (--report-file), found the standard output, which has \
             captions on it",
        ));
    }
    let read = arguments.inputs.iter().map(PathBuf::as_path);
    let media = arguments.media.as_deref();
    let mut claims = Claims::with(match target {
        Target::Input => media.into_iter().collect::<Vec<_>>(),
        Target::Folder(_) | Target::File(_) | Target::Standard => read.chain(media).collect(),
    })?;
    for input in &arguments.inputs {
        claims.claim(input, &target.destination(input))?;
    }
    let work = Work {
        arguments,
        retiming,
        target,
        voice: OnceCell::new(),
    };
    each_input(&arguments.inputs, &arguments.reading, |input| {
        let mut account = FileAccount::of(input);
        let outcome = work.retime(input, &mut account);
        if let Err(failure) = &outcome {
            account.failed(failure);
        }
        accounts.push(account);
        outcome
    })
}

/// What is done to each input.
struct Work<'a> {
    arguments: &'a RetimeArguments,
    retiming: Retiming,
    target: Target<'a>,
    /// What is heard in the recording, if there is one, once it was.
    voice: OnceCell<Option<Voice>>,
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

impl Work<'_> {
    fn voice(&self) -> Result<Option<&Voice>, Failure> {
        if let Some(voice) = self.voice.get() {
            return Ok(voice.as_ref());
        }
        let voice = Voice::of(self.arguments)?;
        Ok(self.voice.get_or_init(|| voice).as_ref())
    }

    fn retime(&self, input: &Path, account: &mut FileAccount) -> Result<Outcome, Failure> {
        let reading_arguments = &self.arguments.reading;
        let bytes = files::read(input)?;
        let source = Source::decode(input, bytes.clone(), reading_arguments)?;
        let format = format_of(&source, None, reading_arguments)?;
        let written_format = self.target.format(format);
        let mut captions = Captions::read(source.text.clone(), format, input)?;
        let mut found = std::mem::take(&mut captions.reading.diagnostics);
        source.report(&found, reading_arguments);
        let mut outcome = Outcome::of(&found);
        if captions.reading.track.cues().is_empty() && outcome == Outcome::Faulty {
            account.found(&source.text, &found);
            return Err(Failure::of_file(
                input,
                "expected captions, found none that could be read",
            ));
        }
        let mut placed = None;
        if let Some(voice) = self.voice()? {
            let mut heard = voice.place(&captions.reading.track, &captions.places);
            source.report(&heard.found, reading_arguments);
            found.append(&mut heard.found);
            found.extend(voice.damage().cloned());
            outcome = Outcome::of(&found);
            if !heard.taken.is_empty() {
                captions = captions.without(&heard.taken, &source, written_format)?;
            }
            placed = Some(heard);
        }
        account.found(&source.text, &found);
        let track = &captions.reading.track;
        let respotted = placed.as_ref().and_then(|placed| placed.respotted.as_ref());
        let moves = match respotted {
            Some(respotted) => Moves::Heard(respotted, &self.retiming),
            None => Moves::Asked(&self.retiming),
        };
        let (clamped, mut told) = (moves.clamped(track), moves.told(track));
        if let Some(placed) = placed.as_ref().filter(|_| respotted.is_some()) {
            told = format!("{told}, by the sound ({})", LineCounts::of(&placed.lines));
        }
        let destination = self.target.destination(input);
        if let Target::Folder(folder) = self.target {
            files::make_folder(folder)?;
        }
        let existing = match self.target {
            Target::Input => Existing::Overwrite,
            Target::Folder(_) | Target::File(_) | Target::Standard => {
                Existing::asked(self.arguments.overwrite)
            }
        };
        let mut retimed = track.clone();
        moves.track(&mut retimed);
        let (cues, end) = (retimed.cues().len(), retimed.end());
        let _whole = whole();
        let staged = if written_format.id == format.id {
            let patch = Patch::of(&captions.text, format, &captions.places, &moves);
            if !patch.is_faithful(&retimed) {
                return Err(Failure::of_file(
                    input,
                    "expected times that stand by themselves, found some that hang on others: `zimu \
                     convert` writes them out",
                ));
            }
            let (source, bytes) = (&source, &*bytes);
            let original = Original { source, bytes };
            original.stage(reading_arguments, &destination, existing, |sink| {
                patch.print(sink)
            })?
        } else {
            fitted(input, &mut retimed, written_format, reading_arguments);
            files::stage(&destination, existing, |sink| {
                written_format.write(&retimed, sink)
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
        account.written(&[name], cues, end);
        account.timing = placed.map(|placed| TimingAccount::heard(placed.lines));
        Ok(outcome)
    }
}

/// A caption file, and where its times stand.
struct Captions {
    text: SourceText,
    format: &'static Format,
    reading: Reading,
    places: Places,
}

impl Captions {
    fn read(text: SourceText, format: &'static Format, input: &Path) -> Result<Self, Failure> {
        let read = format.read_with_places(text.clone());
        let (reading, places) = read
            .ok_or_else(|| Failure::of_file(input, "expected captions in a format that is read"))?;
        Ok(Self {
            text,
            format,
            reading,
            places,
        })
    }

    /// Without some of its cues, to be written in `format`.
    fn without(
        mut self,
        taken: &[usize],
        source: &Source,
        format: &Format,
    ) -> Result<Self, Failure> {
        if format.id == self.format.id {
            let text = without(taken, source, self.format, &self.reading, &self.places)?;
            return Self::read(text.into(), self.format, &source.path);
        }
        let is_kept = |cue: usize| taken.binary_search(&cue).is_err();
        self.reading.track.retain_cues(is_kept);
        Ok(self)
    }
}

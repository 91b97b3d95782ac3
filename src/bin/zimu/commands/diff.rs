//! `zimu diff`: two caption files in, what became of each cue out.
//!
//! Each is compared as the format of the other could hold it, so that nobody is told what no
//! conversion could have kept: the speakers of a SubRip file, the milliseconds of an ASS file.

use std::path::{Path, PathBuf};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use zimu::bilingual::{ScriptLanguages, by_script, two_languages};
use zimu::compare::compare;
use zimu::format::{Feature, Format, Reading};
use zimu::model::{LanguageTag, Track};

use crate::args::DiffArguments;
use crate::commands::diff_account::DiffAccount;
use crate::commands::diff_text::{Compared, text};
use crate::commands::source::{Source, format_of};
use crate::commands::{Outcome, losses, print, strictness, tell};
use crate::files;
use crate::outputs::Claims;
use crate::report::Failure;

pub(crate) fn run(arguments: &DiffArguments) -> Result<Outcome, Failure> {
    let told = told(arguments);
    if let (Err(failure), Some(_)) = (&told, arguments.report) {
        DiffAccount::failed(arguments, failure).print()?;
    }
    told
}

fn told(arguments: &DiffArguments) -> Result<Outcome, Failure> {
    Claims::with([&arguments.old, &arguments.new].map(PathBuf::as_path))?;
    let mut old = Side::read(&arguments.old, arguments)?;
    let mut new = Side::read(&arguments.new, arguments)?;
    let within_ms = within_ms(old.format, new.format, arguments.times_within);
    if old.format.id != new.format.id {
        old.fit(new.format, arguments);
        new.fit(old.format, arguments);
    }
    let compared = Compared {
        old: (old.path, &old.track),
        new: (new.path, &new.track),
        comparison: &compare(&old.track, &new.track, within_ms),
    };
    if arguments.report.is_some() {
        DiffAccount::of(&compared).print()?;
    } else {
        let text = text(&compared);
        match AutoStream::choice(&std::io::stdout()) {
            ColorChoice::Never => print(&strip_str(&text).to_string())?,
            ColorChoice::Auto | ColorChoice::AlwaysAnsi | ColorChoice::Always => print(&text)?,
        }
    }
    let differ = match compared.comparison.changes().next() {
        Some(_) => Outcome::Different,
        None => Outcome::Clean,
    };
    let read = old.outcome.max(new.outcome);
    Ok(read.strictly(strictness(&arguments.reading)).max(differ))
}

/// One of both files.
struct Side<'a> {
    path: &'a Path,
    format: &'static Format,
    track: Track,
    outcome: Outcome,
}

impl<'a> Side<'a> {
    fn read(path: &'a Path, arguments: &DiffArguments) -> Result<Self, Failure> {
        let reading = &arguments.reading;
        let source = Source::decode(path, files::read(path)?, reading)?;
        let format = format_of(&source, None, reading)?;
        let expected =
            || Failure::of_file(path, "expected captions, found none that could be read");
        let Reading { track, diagnostics } = format.read(&source.text).ok_or_else(expected)?;
        source.report(&diagnostics, reading);
        let outcome = Outcome::of(&diagnostics);
        if track.cues().is_empty() && outcome == Outcome::Faulty {
            return Err(expected());
        }
        let track = told_apart(track);
        Ok(Self {
            path,
            format,
            track,
            outcome,
        })
    }

    /// Takes away what `format` has no room for, and says so.
    fn fit(&mut self, format: &'static Format, arguments: &DiffArguments) {
        let losses = losses(&mut self.track, format);
        if !format.holds(Feature::Speaker) {
            self.track.clear_speakers();
        }
        for loss in losses {
            tell(
                self.path,
                &format!("not compared: {loss}"),
                &arguments.reading,
            );
        }
    }
}

/// Gives each line its language where a track is plainly in two, and its format says of none
/// which it is in. What they are called is not compared.
fn told_apart(track: Track) -> Track {
    let is_unsaid = track.languages().contains(&LanguageTag::UND);
    let Some(found) = two_languages(&track).filter(|_| is_unsaid) else {
        return track;
    };
    let languages = ScriptLanguages {
        chinese: &LanguageTag::ZH_HANS,
        other: &found.other,
    };
    by_script(&track, &found, languages)
}

/// What is asked for, else 0. Times that were rounded to a coarser step, be it down or up, are
/// less than that step away.
fn within_ms(old: &Format, new: &Format, asked: Option<u32>) -> u32 {
    let by_step = match old.step_ms.max(new.step_ms) {
        _ if old.step_ms == new.step_ms => 0,
        coarser => coarser,
    };
    asked.unwrap_or(by_step)
}

//! `zimu diff`: two caption files in, what became of each cue out.
//!
//! Each is compared as the format of the other could hold it, so that nobody is told what no
//! conversion could have kept: the speakers of a SubRip file, the milliseconds of an ASS file.

use std::path::{Path, PathBuf};

use zimu::bilingual::{ScriptLanguages, by_script, two_languages};
use zimu::compare::compare;
use zimu::format::{Feature, Format, Reading, lower};
use zimu::model::{LanguageTag, Track};
use zimu::text::script;

use crate::args::{DiffArguments, DiffReport};
use crate::commands::diff_account::DiffAccount;
use crate::commands::diff_page;
use crate::commands::diff_text::{Compared, text};
use crate::commands::source::{Source, format_of};
use crate::commands::{Outcome, print, print_styled, strictness, tell};
use crate::files;
use crate::outputs::Claims;
use crate::report::Failure;

pub(crate) fn run(arguments: &DiffArguments) -> Result<Outcome, Failure> {
    let told = told(arguments);
    if let Err(failure) = &told {
        match arguments.report {
            Some(DiffReport::Json) => DiffAccount::failed(arguments, failure).print()?,
            Some(DiffReport::Html) => print(&diff_page::failed(arguments, failure)?)?,
            None => {}
        }
    }
    told
}

fn told(arguments: &DiffArguments) -> Result<Outcome, Failure> {
    Claims::with([&arguments.old, &arguments.new].map(PathBuf::as_path))?;
    let mut old = Side::read(&arguments.old, arguments)?;
    let mut new = Side::read(&arguments.new, arguments)?;
    let mut by_step_ms = 0;
    if let (Some(ours), Some(theirs)) = (old.format, new.format)
        && ours.id != theirs.id
    {
        by_step_ms = coarser_step_ms(ours, theirs);
        old.fit(theirs, arguments);
        new.fit(ours, arguments);
    }
    let within_ms = arguments.times_within.unwrap_or(by_step_ms);
    let compared = Compared {
        old: (old.path, &old.track),
        new: (new.path, &new.track),
        comparison: &compare(&old.track, &new.track, within_ms),
    };
    match arguments.report {
        Some(DiffReport::Json) => DiffAccount::of(&compared).print()?,
        Some(DiffReport::Html) => print(&diff_page::page(&compared)?)?,
        None => print_styled(&text(&compared))?,
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
    /// None of an empty file: there were no captions yet, as in what git gives for a new file.
    format: Option<&'static Format>,
    track: Track,
    outcome: Outcome,
}

impl<'a> Side<'a> {
    fn read(path: &'a Path, arguments: &DiffArguments) -> Result<Self, Failure> {
        let reading = &arguments.reading;
        let source = Source::decode(path, files::read(path)?, reading)?;
        if source.text.is_empty() {
            return Ok(Self {
                path,
                format: None,
                track: Track::default(),
                outcome: Outcome::Clean,
            });
        }
        let format = format_of(&source, None, reading)?;
        let expected =
            || Failure::of_file(path, "expected captions, found none that could be read");
        let Reading { track, diagnostics } = format.read(&source.text).ok_or_else(expected)?;
        source.report(&diagnostics, reading);
        let outcome = Outcome::of(&diagnostics);
        if track.cues().is_empty() && outcome == Outcome::Faulty {
            return Err(expected());
        }
        let track = told_apart(track, &source);
        Ok(Self {
            path,
            format: Some(format),
            track,
            outcome,
        })
    }

    /// Takes away what `format` has no room for, and says so.
    fn fit(&mut self, format: &'static Format, arguments: &DiffArguments) {
        for loss in lower(&mut self.track, format) {
            if !NOT_MISSED.contains(&loss.feature) {
                let note = format!("not compared: {loss}");
                tell(self.path, &note, &arguments.reading);
            }
        }
        if !format.holds(Feature::Speaker) {
            self.track.clear_speakers();
        }
    }
}

/// Ids and languages are what cues are known again by, in whatever format; chapters are compared
/// in none.
const NOT_MISSED: [Feature; 4] = [
    Feature::Ids,
    Feature::Language,
    Feature::Chapters,
    Feature::AnyChapters,
];

/// Says of a track which language it is in, or which two, where its format does not and its
/// characters do: so much is needed to know which language of the other file is the same.
fn told_apart(mut track: Track, source: &Source) -> Track {
    if !track.languages().contains(&LanguageTag::UND) {
        return track;
    }
    let Some(found) = two_languages(&track) else {
        let found = script::detect(&source.text);
        track.name_language(&found.unwrap_or(LanguageTag::UND));
        return track;
    };
    let languages = ScriptLanguages {
        chinese: &LanguageTag::ZH_HANS,
        other: &found.other,
    };
    by_script(&track, &found, languages)
}

/// Times that were rounded to the coarser step of two, be it down or up, are less than that
/// step away.
fn coarser_step_ms(old: &Format, new: &Format) -> u32 {
    match old.step_ms.max(new.step_ms) {
        _ if old.step_ms == new.step_ms => 0,
        coarser => coarser,
    }
}

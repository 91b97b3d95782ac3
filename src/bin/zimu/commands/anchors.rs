//! `zimu anchors`: a transcript in, the same out with room for the times that would help most.
//!
//! Each is asked for on a line of its own, as a guess (`[?0:04:10]`) that says where to listen.
//! Who knows better writes the true time over it; what stays a guess is not used.

use std::path::Path;

use zimu::model::Timestamp;
use zimu::timing::{clock, helpful};
use zimu::transcript::{Reading, parse};

use crate::args::AnchorsArguments;
use crate::commands::{Outcome, Source, print, strictness};
use crate::files;
use crate::recording::{Recording, Speaker};
use crate::report::{self, Failure};
use crate::settings::Project;

pub(crate) fn run(arguments: &AnchorsArguments) -> Result<Outcome, Failure> {
    let input: &Path = &arguments.input;
    let source = Source::decode(input, files::read(input)?, &arguments.reading)?;
    let Reading {
        transcript,
        mut diagnostics,
        ..
    } = parse(&source.text);
    let speaker = Speaker::of(&arguments.known.speaker, &Project::nearest()?)?;
    let recording = Recording::of(&arguments.known, &speaker, input)?;
    if let Some(note) = recording.note.filter(|_| !arguments.reading.quiet) {
        report::note(&note);
    }
    let timed = clock(&transcript, recording.known)
        .map_err(|error| Failure::of_file(input, error.to_string()))?;
    diagnostics.extend(timed.diagnostics);
    diagnostics.sort_by_key(|found| found.span);
    source.report(&diagnostics, &arguments.reading);
    let asked = helpful(&transcript, &timed.clock, arguments.every);
    let mut form = String::with_capacity(source.text.len() + 16 * asked.len());
    let mut done = 0;
    for utterance in asked {
        let line_start = transcript.utterances[utterance].offset as usize;
        form.push_str(&source.text[done..line_start]);
        form.push_str(&guess(timed.clock.start_us(utterance)));
        done = line_start;
    }
    form.push_str(&source.text[done..]);
    print(&form)?;
    Ok(Outcome::of(&diagnostics).strictly(strictness(&arguments.reading)))
}

/// A line with a time to the second: nobody is to take it for a measured one.
fn guess(at_us: u64) -> String {
    let at = Timestamp::from_micros(at_us).unwrap_or(Timestamp::MAX);
    let (hours, minutes, seconds, _) = at.clock();
    format!("[?{hours}:{minutes:02}:{seconds:02}]\n")
}

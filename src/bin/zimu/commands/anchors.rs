//! `zimu anchors`: a transcript in, the same out with room for the times that would help most.
//!
//! Each is asked for on a line of its own, as a guess (`[?0:04:10]`) that says where to listen.
//! Who knows better writes the true time over it; what stays a guess is not used.

use std::path::Path;

use zimu::model::Timestamp;
use zimu::text::decode::decode;
use zimu::timing::{clock, helpful};
use zimu::transcript::parse;

use crate::args::AnchorsArguments;
use crate::commands::{Outcome, print};
use crate::files;
use crate::recording::Recording;
use crate::report::{self, Failure};

pub(crate) fn run(arguments: &AnchorsArguments) -> Result<Outcome, Failure> {
    let input: &Path = &arguments.input;
    let failed = |message: String| Failure::of_file(input, message);
    let bytes = files::read(input)?;
    let decoded = decode(&bytes, arguments.encoding).map_err(|error| failed(error.to_string()))?;
    let transcript = parse(&decoded.text).transcript;
    let recording = Recording::of(&arguments.known, input)?;
    if let Some(note) = &recording.note {
        report::note(note);
    }
    let timed = clock(&transcript, recording.known);
    let clock = timed.map_err(|error| failed(error.to_string()))?.clock;
    let asked = helpful(&transcript, &clock, arguments.every);
    let mut form = String::with_capacity(decoded.text.len() + 16 * asked.len());
    let mut done = 0;
    for utterance in asked {
        let line_start = transcript.utterances[utterance].offset as usize;
        form.push_str(&decoded.text[done..line_start]);
        form.push_str(&guess(clock.start_us(utterance)));
        done = line_start;
    }
    form.push_str(&decoded.text[done..]);
    print(&form)?;
    Ok(Outcome::Clean)
}

/// A line with a time to the second: nobody is to take it for a measured one.
fn guess(at_us: u64) -> String {
    let at = Timestamp::from_micros(at_us).unwrap_or(Timestamp::MAX);
    let (hours, minutes, seconds, _) = at.clock();
    format!("[?{hours}:{minutes:02}:{seconds:02}]\n")
}

//! A catalogue in, the voices of each channel in it out.
//!
//! It teaches what lies there in pairs: a transcript, and captions of it beside it. Each folder right
//! below the catalogue's is a channel, and so is what stands in the catalogue's own. A voice goes
//! where a batch finds it, if it helps.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use zimu::catalogue::{Aside, VOICES_FILE, jobs};
use zimu::text::decode::decode;
use zimu::text::spoken::Readings;
use zimu::timing::{Calibration, Channel, Material, Recorded, TooLittle, Voice};
use zimu::transcript::{Hints, is_interleaved, pair_up, parse_with};

use crate::args::{CalibrateArguments, ReadingArguments};
use crate::called::OPTIONS;
use crate::commands::batch::talk::Talk;
use crate::commands::calibrate::learned::{percent, voices_file};
use crate::commands::listing::Listing;
use crate::commands::source::{Source, found_format, not_read};
use crate::commands::{Outcome, print, progress, strictness};
use crate::files::{self, Destination, Existing, Staged};
use crate::report::{self, Failure};
use crate::settings::Project;
use crate::tables::{push, table};

/// What was learned of a channel.
struct Found {
    /// Its folder, below the catalogue's.
    folder: String,
    files: usize,
    channel: Result<Channel, TooLittle>,
    /// Where its voices are, if any helps.
    saved: Option<String>,
}

/// A pair, read.
struct Pair<'a> {
    aside: &'a Aside,
    recorded: Recorded,
}

pub(super) fn run(
    root: &Path,
    arguments: &CalibrateArguments,
    project: &Project,
) -> Result<Outcome, Failure> {
    let reading = &arguments.reading;
    let listing = Listing::below(root, None);
    for failure in &listing.refused {
        report::failure(failure);
    }
    for link in listing.links.iter().filter(|_| !reading.quiet) {
        report::note(&format!(
            "{link}: a link to a folder, which was not followed"
        ));
    }
    let mut asides = jobs(listing.paths.iter().map(String::as_str)).asides;
    // Of two transcripts of the same captions one is enough.
    let mut taken = HashSet::new();
    asides.retain(|aside| taken.insert(aside.captions.clone()));
    if asides.is_empty() {
        let message = "expected transcripts in Chinese with captions beside them (talk.txt and \
                       talk.srt), found none";
        return Err(Failure::of_file(root, message));
    }
    let readings = project.readings()?;
    let bar = progress(asides.len(), "{bar:30} {pos}/{len} {msg} {eta}", reading);
    let pairs: Vec<_> = asides
        .par_iter()
        .map(|aside| {
            let pair = Pair::read(aside, root, &readings, reading);
            bar.inc(1);
            pair
        })
        .collect();
    bar.finish_and_clear();
    let mut channels: BTreeMap<&str, Vec<Pair<'_>>> = BTreeMap::new();
    let mut outcome = Outcome::Clean;
    for pair in pairs {
        match pair {
            Ok(pair) => channels
                .entry(pair.channel(arguments))
                .or_default()
                .push(pair),
            Err(failure) => {
                report::failure(&failure);
                outcome = Outcome::Faulty;
            }
        }
    }
    let mut found = Vec::with_capacity(channels.len());
    let mut staged = Vec::with_capacity(channels.len());
    for (folder, pairs) in channels {
        let (learned, file) = learn(folder, pairs, root, arguments)?;
        found.push(learned);
        staged.extend(file);
    }
    for file in staged {
        file.commit()?;
    }
    if !reading.quiet {
        print(&told(&found))?;
    }
    match found.iter().find_map(|one| one.channel.as_ref().err()) {
        Some(error) if found.iter().all(|one| one.channel.is_err()) => {
            Err(Failure::of_file(root, error.to_string()))
        }
        _ => Ok(outcome.strictly(strictness(reading))),
    }
}

impl<'a> Pair<'a> {
    fn read(
        aside: &'a Aside,
        root: &Path,
        readings: &Readings,
        arguments: &ReadingArguments,
    ) -> Result<Self, Failure> {
        let source = |path: &str| {
            let path = root.join(path);
            let decoded = decode(files::read(&path)?, arguments.encoding);
            let decoded = decoded.map_err(|error| Failure::of_file(&path, error.to_string()))?;
            Ok(Source::of(&path, decoded))
        };
        let overrides = aside.overrides.as_ref().map(|below| {
            let path = root.join(below);
            Talk::of_file(&path, below, files::read(&path)?)
        });
        let speakers = overrides.transpose()?.unwrap_or_default().speakers;
        let hints = Hints {
            speakers: &speakers,
        };
        let mut transcript = parse_with(&source(&aside.path)?.text, hints).transcript;
        if is_interleaved(&transcript) {
            pair_up(&mut transcript);
        }
        let captions = source(&aside.captions)?;
        let (format, _) = found_format(&captions, None, &OPTIONS)?;
        let read = format.read(&captions.text);
        let track = read.ok_or_else(|| not_read(&captions))?.track;
        if track.cues().is_empty() {
            let message = "expected captions, found none that could be read";
            return Err(Failure::of_file(&captions.path, message));
        }
        Ok(Self {
            aside,
            recorded: Recorded::beside(&track, &transcript, readings),
        })
    }

    /// The folder of its channel; of one voice for all, that of the catalogue.
    fn channel(&self, arguments: &CalibrateArguments) -> &'a str {
        let folder = self
            .aside
            .path
            .split_once('/')
            .filter(|_| arguments.save.is_none());
        folder.map_or("", |(folder, _)| folder)
    }
}

/// Learns the voices of a channel, and stages their file.
fn learn(
    folder: &str,
    mut pairs: Vec<Pair<'_>>,
    root: &Path,
    arguments: &CalibrateArguments,
) -> Result<(Found, Option<Staged>), Failure> {
    let is_told = !arguments.reading.quiet;
    pairs.retain(|pair| {
        let is_its_own = pair.recorded.is_of_its_transcript();
        if !is_its_own && is_told {
            report::note(&format!(
                "{}: expected the words of {}, found others: it taught nothing",
                pair.aside.captions, pair.aside.path
            ));
        }
        is_its_own
    });
    let names: Vec<_> = pairs
        .iter()
        .map(|pair| pair.aside.captions.clone())
        .collect();
    let known = Voice::default();
    let material = Material::of(pairs.into_iter().map(|pair| pair.recorded), &known);
    if is_told {
        super::tell_estimates(&material, &names);
    }
    let channel = Channel::of(&material, &known);
    let voices = channel
        .as_ref()
        .ok()
        .and_then(|channel| channel.helpful(known));
    let mut found = Found {
        folder: folder.to_owned(),
        files: names.len() - material.estimates().len(),
        channel,
        saved: None,
    };
    let (Some(voices), Ok(channel)) = (voices, &found.channel) else {
        return Ok((found, None));
    };
    let text = voices_file(channel, &voices, &names);
    let file = destination(folder, root, arguments);
    let existing = Existing::asked(arguments.overwrite);
    let staged = files::stage(&file, existing, |sink| sink.write_all(text.as_bytes()))?;
    found.saved = file.file().map(|path| path.display().to_string());
    Ok((found, Some(staged)))
}

fn destination(folder: &str, root: &Path, arguments: &CalibrateArguments) -> Destination {
    let saved = arguments.save.clone();
    let beside = || -> PathBuf { root.join(folder).join(VOICES_FILE) };
    Destination::of(&saved.unwrap_or_else(beside))
}

/// A table of who speaks, how much of it there was, and how much it helps; and where the voices are.
fn told(found: &[Found]) -> String {
    let heads = [
        "channel",
        "speaker",
        "files",
        "lines",
        "speech",
        "off before",
        "off now",
        "voice",
    ];
    let mut rows = table(heads);
    for one in found {
        let folder = match &*one.folder {
            "" => "./".to_owned(),
            folder => format!("{folder}/"),
        };
        let all = one.channel.as_ref().map(|channel| &channel.all);
        let [lines, speech, before, now, voice] = cells(all, "the default one");
        let files = one.files.to_string();
        rows.add_row([&folder, "", &files, &lines, &speech, &before, &now, &voice]);
        for speaker in one.channel.iter().flat_map(|channel| &channel.speakers) {
            let [lines, speech, before, now, voice] =
                cells(speaker.learned.as_ref(), "the channel's");
            let label = &*speaker.label;
            rows.add_row(["", label, "", &lines, &speech, &before, &now, &voice]);
        }
    }
    let mut text = String::new();
    push(&mut text, &rows);
    for saved in found.iter().filter_map(|one| one.saved.as_ref()) {
        text.push_str("→ ");
        text.push_str(saved);
        text.push('\n');
    }
    text
}

/// What is told of somebody; `other` is the voice that is used where his own does not help.
fn cells(learned: Result<&Calibration, &TooLittle>, other: &str) -> [String; 5] {
    let (calibration, voice) = match learned {
        Ok(calibration) if calibration.error.helps() => (calibration, "its own"),
        Ok(calibration) => (calibration, other),
        Err(TooLittle { found, lines }) => {
            let voice = format!("{other} (too little to learn from)");
            return [
                lines.to_string(),
                found.to_string(),
                String::new(),
                String::new(),
                voice,
            ];
        }
    };
    [
        calibration.lines.to_string(),
        calibration.spoken.to_string(),
        percent(calibration.error.known),
        percent(calibration.error.learned),
        voice.to_owned(),
    ]
}

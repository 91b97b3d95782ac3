//! `cargo xtask train-prior` and `score-align`: recordings whose true times are known.
//!
//! A folder of `NAME.opus`, `NAME.txt` (a line each) and `NAME.truth.tsv` (`start_ms`, `end_ms` and the
//! words of the line, `-` where nobody says it) comes in. What their phones sound like goes out, or how
//! far off the lines of each are that a prior places which never heard it. Both are for a release
//! build: `cargo run --release --package xtask -- score-align`.

use std::error::Error;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use zimu::align::{Aligned, Fate, Known, NotAligned, Prior, Taught, align};
use zimu::media::Sound;
use zimu::model::{Timestamp, Transcript};
use zimu::speech::{Heard, Listener};

use crate::{Outcome, root};

/// The recordings that the prior is taught from: eight speakers.
const TAUGHT: [&str; 4] = ["talk", "tight", "turns", "fast"];

/// Those that are scored. The speaker of `plain` is that of `bed`, and all others speak once.
const SCORED: [&str; 8] = [
    "talk", "tight", "plain", "turns", "fast", "short", "bed", "wild",
];

/// A line is off that begins so much earlier or later.
const OFF_MS: u32 = 500;

/// Where the prior stands.
const PRIOR: &str = "src/align/prior.bin";

/// Teaches the prior from a folder.
pub(crate) fn train(words: &[String]) -> Outcome {
    let [folder] = words else {
        return Err("expected FOLDER, of recordings with their times".into());
    };
    let prior = taught(Path::new(folder), |_| true)?;
    fs::write(root().join(PRIOR), prior.to_bytes())?;
    Ok(())
}

/// Scores each recording by a prior that did not hear it.
pub(crate) fn score() -> Outcome {
    let shared = root().join("../shared");
    let folder = shared.join("corpus/audio");
    let out = root().join("target/score-align");
    fs::create_dir_all(&out)?;
    for name in SCORED {
        let prior = taught(&folder, |other| other != name)?;
        let recording = Recording::of(&folder, name)?;
        let aligned = recording.aligned(&prior)?;
        let predicted = out.join(format!("{name}.tsv"));
        fs::write(&predicted, recording.placed(&aligned))?;
        let ran = Command::new("python3")
            .arg(shared.join("tools/align/evalign.py"))
            .arg(folder.join(format!("{name}.truth.tsv")))
            .arg(&predicted)
            .status()?;
        if !ran.success() {
            return Err(format!("expected evalign.py to score {name}, found {ran}").into());
        }
        println!("{}", recording.doubts(&aligned)?);
    }
    Ok(())
}

/// What is taught by the recordings that are chosen.
fn taught(folder: &Path, is_chosen: impl Fn(&str) -> bool) -> Result<Prior, Box<dyn Error>> {
    let mut all = Vec::new();
    for name in TAUGHT.into_iter().filter(|name| is_chosen(name)) {
        let recording = Recording::of(folder, name)?;
        all.push(Taught {
            times: recording.times()?,
            transcript: recording.transcript,
            heard: recording.heard,
        });
    }
    Prior::taught(all).ok_or_else(|| "expected a recording to learn from, found none".into())
}

struct Recording {
    transcript: Transcript,
    heard: Heard,
    truth: PathBuf,
}

impl Recording {
    fn of(folder: &Path, name: &str) -> Result<Self, Box<dyn Error>> {
        let file = |ending: &str| folder.join(format!("{name}.{ending}"));
        let text = fs::read_to_string(file("txt"))?;
        Ok(Self {
            transcript: zimu::transcript::parse(&text).transcript,
            heard: heard(&file("opus"))?,
            truth: file("truth.tsv"),
        })
    }

    /// From when to when each line is spoken.
    fn times(&self) -> Result<Vec<Option<[Timestamp; 2]>>, io::Error> {
        let text = fs::read_to_string(&self.truth)?;
        let rows = text.lines().skip(1).filter(|row| !row.is_empty());
        let time = |cell: Option<&str>| cell?.parse().ok().map(Timestamp::from_millis);
        let times = rows.map(|row| {
            let mut cells = row.split('\t');
            let [start, end] = [time(cells.next()), time(cells.next())];
            Some([start?, end?])
        });
        Ok(times.collect())
    }

    fn aligned(&self, prior: &Prior) -> Result<Aligned, NotAligned> {
        align(&self.transcript, &self.heard, Known::default(), prior)
    }

    /// How many of its lines are doubtful, and how many of those that are off by more than 0.5 s.
    fn doubts(&self, aligned: &Aligned) -> Result<String, io::Error> {
        let (mut doubtful, mut off, mut told) = (0, 0, 0);
        for (fate, times) in aligned.fates.iter().zip(self.times()?) {
            let Fate::Placed(spoken) = fate else { continue };
            let error_ms = times.map(|[start, _]| start.millis().abs_diff(spoken.start.millis()));
            let is_off = error_ms.is_none_or(|error_ms| error_ms > OFF_MS);
            doubtful += usize::from(spoken.is_doubtful());
            off += usize::from(is_off);
            told += usize::from(is_off && spoken.is_doubtful());
        }
        let lines = aligned.fates.len();
        Ok(format!(
            "{doubtful} of {lines} lines are doubtful, {told} of the {off} that are off by more than {OFF_MS} ms"
        ))
    }

    /// Its lines as they are placed, in the form of the truth.
    fn placed(&self, aligned: &Aligned) -> String {
        let lines = self.transcript.utterances.iter().zip(&aligned.fates);
        let rows = lines.map(|(utterance, fate)| {
            let words = self.transcript.words(utterance);
            match fate {
                Fate::Placed(spoken) => {
                    let [start, end] = [spoken.start, spoken.end].map(Timestamp::millis);
                    format!("{start}\t{end}\t{words}\n")
                }
                Fate::Absent | Fate::Unsaid => format!("-\t-\t{words}\n"),
            }
        });
        rows.collect()
    }
}

fn heard(path: &Path) -> Result<Heard, Box<dyn Error>> {
    let mut sound = Sound::open(File::open(path)?)?;
    let mut listener = Listener::new();
    while let Some(block) = sound.next()? {
        listener.hear(block);
    }
    Ok(listener.heard())
}

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

use zimu::align::{Fate, Known, Prior, Taught, align};
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
        let predicted = out.join(format!("{name}.tsv"));
        fs::write(&predicted, recording.placed(&prior)?)?;
        let ran = Command::new("python3")
            .arg(shared.join("tools/align/evalign.py"))
            .arg(folder.join(format!("{name}.truth.tsv")))
            .arg(&predicted)
            .status()?;
        if !ran.success() {
            return Err(format!("expected evalign.py to score {name}, found {ran}").into());
        }
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

    /// Its lines as they are placed, in the form of the truth.
    fn placed(&self, prior: &Prior) -> Result<String, Box<dyn Error>> {
        let aligned = align(&self.transcript, &self.heard, Known::default(), prior)?;
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
        Ok(rows.collect())
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

//! `cargo xtask fit FOLDER [--without NAME]`: the weights of the shipped voice.
//!
//! A folder of videos with their true times comes in: `NAME.tsv`, `start_ms`, `end_ms` and the
//! words of a line, a tab between, below a line that names them. The file of the voice that they
//! are spoken in goes out. `--without` leaves out the files of one outlet, whose names begin so, to be
//! scored on them.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use zimu::timing::{Learner, Voice};

use crate::Outcome;

/// A run of so many lines at equal intervals has no true times.
const EQUAL_RUN: usize = 10;

/// A file of which a part larger than this, in percent, is in such runs is left out.
const MOST_EQUAL_PERCENT: usize = 20;

/// How many syllables the voice before counts for: next to nothing beside ten channels.
const RIDGE: u32 = 0;

pub(crate) fn run(words: &[String]) -> Outcome {
    let (folder, without) = match words {
        [folder] => (folder, None),
        [folder, option, name] if option == "--without" => (folder, Some(name.as_str())),
        _ => return Err("expected FOLDER [--without NAME]".into()),
    };
    let mut learner = Learner::default();
    for path in videos(Path::new(folder))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let rows = rows(&fs::read_to_string(&path)?)?;
        if without.is_some_and(|without| name.starts_with(without)) {
            continue;
        }
        if is_equal(&rows) {
            eprintln!("{name}: left out, its times are runs of equal intervals");
            continue;
        }
        for pair in rows.windows(2) {
            let interval_us = 1000 * pair[1].start_ms.saturating_sub(pair[0].start_ms);
            let spoken_us = 1000 * pair[0].end_ms.saturating_sub(pair[0].start_ms);
            learner.line(&pair[0].words, interval_us, spoken_us);
        }
    }
    print!("{}", learner.voice(&Voice::default(), RIDGE).to_toml());
    Ok(())
}

struct Row {
    start_ms: u64,
    end_ms: u64,
    words: String,
}

fn videos(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, Box<dyn Error>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    paths.sort();
    Ok(paths)
}

fn rows(text: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let row = |line: &str| {
        let mut columns = line.splitn(3, '\t');
        let mut next = || {
            columns
                .next()
                .ok_or_else(|| format!("expected three columns, found {line:?}"))
        };
        let (start_ms, end_ms, words) = (next()?, next()?, next()?.to_owned());
        Ok(Row {
            start_ms: start_ms.parse()?,
            end_ms: end_ms.parse()?,
            words,
        })
    };
    text.lines().skip(1).map(row).collect()
}

/// Whether a recogniser lost the thread: it writes the same interval over and over.
fn is_equal(rows: &[Row]) -> bool {
    let intervals: Vec<u64> = rows
        .windows(2)
        .map(|pair| pair[1].start_ms.saturating_sub(pair[0].start_ms))
        .collect();
    let runs = intervals.chunk_by(|this, next| this == next);
    let equal: usize = runs
        .map(<[u64]>::len)
        .filter(|&length| length >= EQUAL_RUN)
        .sum();
    100 * equal > MOST_EQUAL_PERCENT * intervals.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_intervals(intervals_ms: &[u64]) -> Vec<Row> {
        let mut start_ms = 0;
        let row = |interval: &u64| {
            start_ms += interval;
            Row {
                start_ms,
                end_ms: start_ms + 1,
                words: String::new(),
            }
        };
        intervals_ms.iter().map(row).collect()
    }

    #[test]
    fn runs_of_equal_intervals_are_no_truth() {
        assert!(is_equal(&at_intervals(&[2000; 30])));
        let varied: Vec<u64> = (0..30).map(|at| 1000 + at).collect();
        assert!(!is_equal(&at_intervals(&varied)));
    }

    #[test]
    fn a_row_without_its_columns_is_an_error() {
        assert!(rows("start_ms\tend_ms\ttext\n0\t900").is_err());
        assert_eq!(
            rows("start_ms\tend_ms\ttext\n0\t900\t好\n").expect("a row")[0].words,
            "好"
        );
    }
}

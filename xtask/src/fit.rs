//! `cargo xtask fit FOLDER [--without NAME]`: the weights of the shipped voice.
//!
//! A folder of videos with their true times comes in: `CHANNEL-NN.tsv`, `start_ms`, `end_ms` and the
//! words of a line, a tab between, below a line that names them. What the voices of the channels have
//! in common goes out. `--without` leaves out the files of one outlet, whose names begin so, to be
//! scored on them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use zimu::model::{CueId, CueTimes, LanguageTag, Timestamp, Track, TrackBuilder};
use zimu::text::spoken::Readings;
use zimu::timing::{Material, Recorded, Voice, Voices};

use crate::Outcome;

pub(crate) fn run(words: &[String]) -> Outcome {
    let (folder, without) = match words {
        [folder] => (folder, None),
        [folder, option, name] if option == "--without" => (folder, Some(name.as_str())),
        _ => return Err("expected FOLDER [--without NAME]".into()),
    };
    let mut channels: BTreeMap<String, Vec<Track>> = BTreeMap::new();
    for path in videos(Path::new(folder))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if without.is_some_and(|without| name.starts_with(without)) {
            continue;
        }
        let track = track(&rows(&fs::read_to_string(&path)?)?);
        let of_channel = channels.entry(channel(&name).to_owned()).or_default();
        of_channel.push(track);
    }
    print!("{}", Voices::from(common(&channels)).to_toml());
    Ok(())
}

/// Which lines tell something hangs on the voice that is known, a little: so often it is the one
/// that they told.
const ROUNDS: usize = 5;

fn common(channels: &BTreeMap<String, Vec<Track>>) -> Voice {
    (0..ROUNDS).fold(Voice::default(), |known, _| {
        let materials: Vec<_> = channels
            .values()
            .map(|tracks| {
                let recorded = tracks
                    .iter()
                    .map(|track| Recorded::of(track, &Readings::NONE));
                Material::of(recorded, &known)
            })
            .collect();
        known.common(&materials)
    })
}

/// `pie` of `pie-01`.
fn channel(name: &str) -> &str {
    let number = name
        .rsplit_once('-')
        .filter(|(_, number)| number.parse::<u32>().is_ok());
    number.map_or(name, |(channel, _)| channel)
}

fn track(rows: &[Row]) -> Track {
    let mut builder = TrackBuilder::with_capacity(0, rows.len());
    let language = builder.language(&LanguageTag::UND);
    for (number, row) in (1..).zip(rows) {
        builder.line(&row.words, language);
        let [start, end] = [row.start_ms, row.end_ms].map(Timestamp::from_millis);
        builder.cue(CueId::numbered(number), CueTimes::new(start, end));
    }
    builder.finish()
}

struct Row {
    start_ms: u32,
    end_ms: u32,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_channel_are_numbered() {
        assert_eq!(channel("keto-guo-01"), "keto-guo");
        assert_eq!(channel("talk"), "talk");
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

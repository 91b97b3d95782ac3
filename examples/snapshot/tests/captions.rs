//! The captions of this project, as zimu makes and reads them, held still in two ways.
//!
//! `captions/NAME.txt` is captioned and compared with a snapshot of insta's (`cargo insta review`
//! takes a new one). `captions/NAME.srt` is read and compared with `snapshots/NAME.txt`, a plain
//! file, which `UPDATE=1 cargo test` writes anew.

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::{env, fs};

use zimu::format::{Format, review};
use zimu::model::{LanguageTag, Track};
use zimu::profile::Profile;
use zimu::{segment, spotting, timing, transcript};

/// Captions of a transcript, as this project publishes them.
fn captioned(text: &str) -> Result<Track, Box<dyn Error>> {
    let transcript = transcript::parse(text).transcript;
    let clock = timing::clock(&transcript, timing::Known::default())?.clock;
    let (profile, language) = (Profile::named("bilibili")?, LanguageTag::ZH_HANS);
    let layout = segment::Layout::new(&profile, &language);
    let segments = segment::segment(&transcript, &clock, layout);
    Ok(spotting::spot(
        &transcript,
        &segments,
        &clock,
        &profile,
        &language,
    ))
}

/// By insta: adding a transcript adds a test.
#[test]
fn transcripts_are_captioned_as_before() {
    insta::glob!("../captions", "*.txt", |path| {
        let text = fs::read_to_string(path).expect("a transcript");
        let track = captioned(&text).expect("captions");
        insta::assert_snapshot!(review(&track));
    });
}

/// By plain files: no more than the standard library.
#[test]
fn captions_say_what_they_said() -> Result<(), Box<dyn Error>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let srt = Format::named("srt").ok_or("SubRip is a format")?;
    for entry in fs::read_dir(project.join("captions"))? {
        let path = entry?.path();
        if path.extension() != Some(OsStr::new("srt")) {
            continue;
        }
        let reading = srt
            .read(fs::read_to_string(&path)?)
            .ok_or("SubRip is read")?;
        assert_eq!(reading.diagnostics, [], "{}", path.display());
        let name = Path::new(path.file_name().ok_or("a name")?).with_extension("txt");
        let snapshot = project.join("snapshots").join(name);
        let shown = review(&reading.track);
        if env::var_os("UPDATE").is_some() {
            fs::write(&snapshot, &shown)?;
        }
        assert_eq!(
            fs::read_to_string(&snapshot)?,
            shown,
            "{}",
            snapshot.display()
        );
    }
    Ok(())
}

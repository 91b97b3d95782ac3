//! Fixtures in, what is made of them compared: `fixtures/<suite>/<case>` with
//! `snapshots/<suite>/<case>.snap`. A file that is added is a test that is added.
//!
//! A snapshot says all that was found in the file, and then what came of it in the review form.
//! What a suite says of one file is a function below.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use insta::{Settings, assert_snapshot, glob};
use zimu::bilingual::{Widest, in_script};
use zimu::format::{FORMATS, Format};
use zimu::media::duration;
use zimu::model::{BreakLevel, Diagnostic, LanguageTag, Severity, Track};
use zimu::segment::{Layout, wrap};
use zimu::text::breaks::{BoundaryFinder, BreakKind};
use zimu::text::conversion::{Converter, Glossary};
use zimu::text::decode::decode;
use zimu::text::encoding::Encoding;
use zimu::text::lines::line_at;
use zimu::text::script::Script;
use zimu::timing::Known;

use crate::road::{self, PROFILES, Spoken, format, profile, text_of, written};
use crate::sheets;

/// The suites that are compared here, besides those of the formats.
const SUITES: [&str; 14] = [
    "aloud",
    "caption",
    "profiles",
    "breaks",
    "bilingual",
    "pairs",
    "apart",
    "latin",
    "layouts",
    "timing",
    "media",
    "script",
    "sheets",
    "check",
];

/// insta counts the failures of a `glob!` in one place for all threads: one suite at a time.
pub(crate) static ONE_SUITE: Mutex<()> = Mutex::new(());

/// Compares what `said` says of each file that `files` finds in a suite.
macro_rules! compare {
    ($suite:literal, $files:literal, $said:expr) => {
        let _alone = ONE_SUITE.lock().unwrap_or_else(PoisonError::into_inner);
        glob!(concat!("../../fixtures/", $suite), $files, |path| {
            settings($suite).bind(|| assert_snapshot!(&*case(path), $said(path)));
        });
    };
}

/// Adds to what is said of a file. A string takes all that is written to it.
macro_rules! say {
    ($said:ident, $($words:tt)*) => {
        $said.write_fmt(format_args!($($words)*)).expect("a string takes all")
    };
}

mod aloud;
mod checked;
mod languages;
mod mended;
mod voices;

use languages::{apart, in_each_layout, paired, paired_by_times, wrapped};

/// A snapshot's file is named like its fixture and holds nothing of this file but its name.
fn settings(suite: &str) -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(format!("../../snapshots/{suite}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.remove_input_file();
    settings.set_omit_expression(true);
    settings
}

/// `talk` of `talk.srt`, and of `talk.en.txt`, which is the translation of `talk.txt`.
fn case(path: &Path) -> String {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    name.split('.').next().unwrap_or_default().to_owned()
}

#[test]
fn transcripts_are_captioned() {
    compare!("caption", "*.txt", captioned);
}

#[test]
fn each_profile_shows_a_transcript_its_own_way() {
    compare!("profiles", "*.txt", under_each_profile);
}

#[test]
fn lines_are_broken_where_a_reader_would() {
    compare!("breaks", "*.txt", broken);
}

#[test]
fn what_is_written_is_counted_as_it_is_said() {
    compare!("reading", "*.tsv", aloud::counted);
}

#[test]
fn what_is_said_sounds_as_it_should() {
    compare!("aloud", "*.tsv", aloud::sounding);
}

#[test]
fn translations_are_paired() {
    compare!("bilingual", "*.en.txt", paired);
}

/// Captions and captions, each with cuts of its own.
#[test]
fn captions_are_paired_by_their_times() {
    compare!("pairs", "*.en.srt", paired_by_times);
}

#[test]
fn captions_in_two_languages_come_apart() {
    compare!("apart", "*.*", apart);
}

#[test]
fn english_is_wrapped() {
    compare!("latin", "*.txt", wrapped);
}

#[test]
fn captions_in_two_languages_are_laid_out() {
    compare!("layouts", "*.vtt", in_each_layout);
}

/// A format's files are in the folder of its name.
#[test]
fn caption_files_are_read_and_written_again() {
    let _alone = ONE_SUITE.lock().unwrap_or_else(PoisonError::into_inner);
    glob!("../../fixtures", "*/*", |path| {
        let folder = path.parent().and_then(Path::file_name);
        let suite = folder.and_then(OsStr::to_str).unwrap_or_default();
        if let Some(format) = Format::named(suite) {
            settings(suite).bind(|| assert_snapshot!(&*case(path), converted(path, format)));
        }
    });
}

#[test]
fn a_voice_is_learned_from_captions() {
    compare!("timing", "*.srt", voices::learned);
}

#[test]
fn sheets_are_made_and_applied() {
    compare!("sheets", "*.*", sheets::told);
}

/// A file is named for the rule that it trips, or is just inside of.
#[test]
fn captions_are_checked() {
    compare!("check", "*.*", checked::told);
}

#[test]
fn recordings_say_how_long_they_last() {
    compare!("media", "*.*", lasting);
}

#[test]
fn words_are_written_in_each_script() {
    compare!("script", "*.txt", in_each_script);
}

#[test]
fn a_glossary_goes_before_the_tables() {
    compare!("script", "*.tsv", by_glossary);
}

#[test]
fn captions_are_written_in_another_script() {
    compare!("script", "*.ttml", in_taiwan);
}

#[test]
fn every_snapshot_has_its_fixture() {
    let readable = FORMATS.iter().filter(|format| format.can_read());
    let suites = SUITES.into_iter().chain(readable.map(|format| format.id));
    let suites = suites.map(|suite| (suite, suite, ""));
    for (suite, of, ending) in suites.chain([("mended", "check", "-trips")]) {
        let fixtures = road::fixtures(of);
        let cases = fixtures.iter().map(|path| case(path));
        let fixtures: BTreeSet<String> = cases.filter(|case| case.ends_with(ending)).collect();
        let folder = road::root().join("snapshots").join(suite);
        let entries = fs::read_dir(folder).expect("a folder of snapshots");
        let paths = entries.map(|entry| entry.expect("a file").path());
        let accepted = paths.filter(|path| path.extension() == Some(OsStr::new("snap")));
        let snapshots: BTreeSet<String> = accepted.map(|path| case(&path)).collect();
        assert_eq!(snapshots, fixtures, "{suite}");
    }
}

/// How long a recording lasts, or why nobody knows.
fn lasting(path: &Path) -> String {
    match duration(fs::File::open(path).expect("a fixture")) {
        Ok(lasts) => lasts.to_string(),
        Err(error) => error.to_string(),
    }
}

/// Decoding included: a file that is no text says so.
fn captioned(path: &Path) -> String {
    let bytes = fs::read(path).expect("a fixture");
    let decoded = match decode(bytes, None) {
        Ok(decoded) => decoded,
        Err(error) => return format!("not read: {error}\n"),
    };
    let spoken = match Spoken::of_pairs(&decoded.text, Known::default()) {
        Ok(spoken) => spoken,
        Err(error) => return format!("not timed: {error}\n"),
    };
    let mut said = String::new();
    if decoded.encoding != Encoding::UTF_8 {
        say!(said, "read as {}\n", decoded.encoding);
    }
    say!(said, "language {}\n\n", spoken.language);
    said + &findings(&decoded.text, &spoken.findings)
        + "\n"
        + &review(&spoken.track(&profile("youtube")))
}

fn under_each_profile(path: &Path) -> String {
    let text = text_of(path);
    let spoken = Spoken::of(&text, Known::default()).expect("a fixture that has its times");
    let mut said = findings(&text, &spoken.findings);
    for name in PROFILES {
        say!(said, "\n=== {name}\n");
        said += &review(&spoken.track(&profile(name)));
    }
    said
}

/// Each sentence with `|` where it may be broken; with `⏎` where it is, if its labels (see
/// `cargo xtask score-breaks`) ask for that.
fn broken(path: &Path) -> String {
    let profile = profile("netflix-zh-hans");
    let mut finder = BoundaryFinder::default();
    let mut said = String::new();
    for line in text_of(path).lines() {
        let sentence = line.replace(['|', '~', '⏎'], "");
        if line.contains('⏎') {
            let lines = wrap(&sentence, Layout::new(&profile, &LanguageTag::ZH_HANS));
            say!(said, "{}\n", lines.join(" ⏎ "));
            continue;
        }
        let mut from = 0;
        for boundary in finder.find(&sentence, BreakLevel::Gb) {
            if boundary.kind < BreakKind::InPhrase {
                say!(said, "{}|", &sentence[from..boundary.offset]);
                from = boundary.offset;
            }
        }
        say!(said, "{}\n", &sentence[from..]);
    }
    said
}

/// The first line of the file is `# tag`, the script that its lines are in.
fn in_each_script(path: &Path) -> String {
    let text = text_of(path);
    let (first, lines) = text.split_once('\n').expect("a tag and lines");
    let from = Script::named(&first[2..]).expect("a tag of Chinese");
    let mut said = String::new();
    for target in Script::ALL {
        let mut converter = Converter::new(target, &Glossary::NONE);
        say!(said, "=== {}\n", target.subtags());
        said += converter.convert(from, lines, &mut []);
    }
    said
}

/// The Simplified words in Taiwan's, by a glossary.
fn by_glossary(path: &Path) -> String {
    let text = text_of(path);
    let entries = Glossary::read(&text).expect("a glossary");
    let glossary = Glossary::new(entries).expect("a few terms");
    let words = text_of(&path.with_file_name("simplified.txt"));
    let mut taiwan = Converter::new(Script::HantTw, &glossary);
    taiwan.convert(Script::Hans, &words, &mut []).to_owned()
}

fn in_taiwan(path: &Path) -> String {
    let track = road::read(&text_of(path), format("ttml")).track;
    let mut taiwan = Converter::new(Script::HantTw, &Glossary::NONE);
    let converted = in_script(&track, &mut taiwan, Widest::AsBefore);
    let mut said = written(&converted.track, format("ttml")).0;
    let (changed, lines) = (converted.changed, converted.lines);
    say!(
        said,
        "\n{changed} of {lines} lines changed; too wide: {:?}\n",
        converted.too_wide
    );
    said
}

/// `path` is the translation of the file beside it that is named without `.en`.
fn converted(path: &Path, format: &'static Format) -> String {
    let text = text_of(path);
    let reading = road::read(&text, format);
    let looks = Format::of_content(&text).map_or("nothing", |format| format.id);
    let mut said = format!("looks like {looks}\n\n");
    said += &findings(&text, &reading.diagnostics);
    said += "\n=== captions\n";
    said += &review(&reading.track);
    if !format.can_write() {
        return said;
    }
    let (again, losses) = written(&reading.track, format);
    say!(said, "\n=== as {} again\n", format.id);
    for loss in losses {
        say!(said, "({loss})\n");
    }
    said + &again
}

fn review(track: &Track) -> String {
    written(track, format("review")).0
}

/// One line each: how bad, which kind, where, and what stands there.
pub(crate) fn findings(text: &str, found: &[Diagnostic]) -> String {
    let mut said = String::new();
    for finding in found {
        let severity = match finding.severity() {
            Severity::Note => "note",
            Severity::Repair => "repair",
            Severity::Fault => "fault",
        };
        let (number, line) = line_at(text, finding.span.start());
        let before = text.get(line.start()..finding.span.start());
        let column = 1 + before.unwrap_or_default().chars().count();
        let quoted = finding.span.of(text);
        let kind = finding.kind.id;
        say!(said, "{severity:<6} {kind} {number}:{column} {quoted:?}");
        if let Some(found) = &finding.found {
            say!(said, ", found {found}");
        }
        said.push('\n');
    }
    if said.is_empty() {
        "nothing found\n".to_owned()
    } else {
        said
    }
}

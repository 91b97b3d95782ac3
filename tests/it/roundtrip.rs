//! What is written reads back equal: tracks that were made up, the captions of every transcript,
//! and every caption file, through one format and through all of them.
//!
//! A format keeps what it says that it holds. What it does not hold is left out of the comparison
//! where [`lower`](zimu::format::lower) takes it away, and out of the made-up tracks where it
//! would change the text.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use zimu::format::{FORMATS, Feature, Format, TimePlace};
use zimu::model::{Cue, Diagnostic, LineView, MarkKind, Position, Severity, Timestamp, Track};
use zimu::text::decode::decode;
use zimu::timing::Known;
use zimu::transcript;

use crate::inputs::{caption_file, mutated};
use crate::made_up::{self, track_for};
use crate::road::{Spoken, fixtures, format, profile, read, text_of, written};

/// Formats that say in which language a file is where it is in one. The others tell languages apart.
const TELL_ONE_LANGUAGE: [&str; 2] = ["json", "ttml"];

/// A cue as far as a format holds it.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    start: Timestamp,
    end: Option<Timestamp>,
    name: Option<String>,
    speaker: Option<String>,
    position: Option<Position>,
    lines: Vec<KeptLine>,
}

/// A line. Marks are compared by what they do to each character: tags must nest, marks need not.
#[derive(Debug, PartialEq, Eq)]
struct KeptLine {
    text: String,
    language: Option<String>,
    emphasis: Vec<[bool; 3]>,
    readings: Vec<(String, String)>,
}

fn kept(track: &Track, format: &Format) -> Vec<Kept> {
    let in_steps = |at: Timestamp| {
        let steps = (at.millis() + format.step_ms / 2) / format.step_ms;
        Timestamp::from_millis(steps * format.step_ms)
    };
    let cue = |cue: &Cue| Kept {
        start: in_steps(cue.interval.start()),
        end: format
            .holds(Feature::Ends)
            .then(|| in_steps(cue.interval.end())),
        name: format
            .holds(Feature::Ids)
            .then(|| track.name(cue).to_string()),
        speaker: track
            .speaker(cue)
            .filter(|_| format.holds(Feature::Speaker))
            .map(str::to_owned),
        position: track
            .position(cue)
            .filter(|_| format.holds(Feature::Positions)),
        lines: track
            .lines(cue)
            .map(|line| kept_line(track, &line, format))
            .collect(),
    };
    track.cues().iter().map(cue).collect()
}

fn kept_line(track: &Track, line: &LineView<'_>, format: &Format) -> KeptLine {
    let has_several = || track.line_languages().len() > 1;
    let tells_language = format.holds(Feature::Language)
        && (TELL_ONE_LANGUAGE.contains(&format.id) || has_several());
    let offset = line.span.start();
    let has = |at: usize, kind: MarkKind| {
        let covers = |start: usize, end: usize| (start..end).contains(&(offset + at));
        let mut marks = line.marks.iter().filter(|mark| mark.kind == kind);
        format.holds(Feature::Emphasis)
            && marks.any(|mark| covers(mark.span.start(), mark.span.end()))
    };
    let styles =
        |(at, _)| [MarkKind::Bold, MarkKind::Italic, MarkKind::Underline].map(|kind| has(at, kind));
    let readings = line.marks.iter().filter_map(|mark| match mark.kind {
        MarkKind::Ruby(reading) => {
            let base = &line.text[mark.span.start() - offset..mark.span.end() - offset];
            Some((base.to_owned(), track.reading(reading).to_owned()))
        }
        MarkKind::Bold | MarkKind::Italic | MarkKind::Underline => None,
    });
    KeptLine {
        text: if format.holds(Feature::AllCharacters) {
            line.text.to_owned()
        } else {
            line.text.chars().map(half_width).collect()
        },
        language: tells_language.then(|| line.language.to_string()),
        emphasis: line.text.char_indices().map(styles).collect(),
        readings: readings.collect(),
    }
}

/// What stands in for a character that a format has its own use for is the same in full width.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}

fn chapters(track: &Track) -> Vec<(Timestamp, &str)> {
    track.chapters().collect()
}

/// What is written reads back equal, and needs no mending.
fn reads_back(track: &Track, format: &'static Format) -> Result<(), TestCaseError> {
    let (text, _) = written(track, format);
    let reading = read(&text, format);
    prop_assert_eq!(
        kept(&reading.track, format),
        kept(track, format),
        "{}",
        text
    );
    prop_assert_eq!(&reading.diagnostics, &[], "{}", text);
    if format.holds(Feature::Chapters) {
        prop_assert_eq!(chapters(&reading.track), chapters(track));
    }
    Ok(())
}

/// What is written is read without a finding, and written again as it was: a format that joins
/// lines cannot give back what there was before.
fn reads_back_as_written(track: &Track, format: &'static Format) -> Result<(), TestCaseError> {
    let (text, _) = written(track, format);
    let reading = read(&text, format);
    prop_assert_eq!(&reading.diagnostics, &[], "{}", text);
    prop_assert_eq!(written(&reading.track, format).0, text);
    Ok(())
}

/// The text of a file in another format.
fn converted(text: &str, from: &'static Format, to: &'static Format) -> String {
    written(&read(text, from).track, to).0
}

/// A transcript of captions is read without a finding, has each of their words and begins when
/// they do.
fn is_said_again(track: &Track) -> Result<(), TestCaseError> {
    let (text, _) = written(track, format("timed-transcript"));
    let reading = transcript::parse(&text);
    prop_assert_eq!(&reading.diagnostics, &[], "{}", text);
    let transcript = reading.transcript;
    let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
    let shown: String = lines.map(|line| line.text).collect();
    prop_assert_eq!(letters(&transcript.text), letters(&shown), "{}", text);
    let starts = track.cues().iter().map(|cue| cue.interval.start());
    let times = transcript.anchors.iter().map(|anchor| anchor.at);
    prop_assert_eq!(times.min(), starts.min());
    Ok(())
}

/// Letters and digits, in no order: lines of two languages in one cue are told apart.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Written twice is written once.
fn settles(text: &str, format: &'static Format) -> Result<(), TestCaseError> {
    let once = converted(text, format, format);
    prop_assert_eq!(converted(&once, format, format), once);
    Ok(())
}

fn readable() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.can_read())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_up_tracks_in_every_format((format, track) in made_up::track_for_any()) {
        reads_back(&track, format)?;
    }

    /// Cues without anything to look at are read in one go; with empty tags in them they are not.
    #[test]
    fn plain_cues_are_read_as_others_are(
        (format, track) in select(&["srt", "vtt"][..])
            .prop_map(format)
            .prop_flat_map(|format| track_for(format).prop_map(move |track| (format, track)))
    ) {
        let (plain, _) = written(&track, format);
        let is_words = |line: &str| line.starts_with(|c| matches!(c, '一'..='龥' | 'a'..='z'));
        let mut is_name = true;
        let mut tagged = String::new();
        for line in plain.split_inclusive('\n') {
            tagged.push_str(if is_words(line) && !is_name { "<i></i>" } else { "" });
            tagged.push_str(line);
            is_name = line == "\n";
        }
        let reading = read(&plain, format);
        prop_assert_eq!(kept(&reading.track, format), kept(&read(&tagged, format).track, format));
        prop_assert_eq!(read(&plain.replace('\n', "\r\n"), format).track, reading.track);
    }

    #[test]
    fn json_holds_all_that_a_track_does(track in track_for(format("json"))) {
        let (text, losses) = written(&track, format("json"));
        prop_assert_eq!(losses, vec![]);
        prop_assert_eq!(written(&read(&text, format("json")).track, format("json")).0, text);
    }

    #[test]
    fn made_up_tracks_as_transcripts(track in track_for(format("timed-transcript"))) {
        is_said_again(&track)?;
    }

    #[test]
    fn any_text_settles(text in caption_file()) {
        readable().try_for_each(|format| settles(&text, format))?;
    }

    #[test]
    fn a_damaged_file_settles((format, bytes) in mutated()) {
        settles(&String::from_utf8_lossy(&bytes), format)?;
    }
}

/// A generator that makes nothing would make every property above hold.
#[test]
fn made_up_tracks_have_all_that_a_track_can_have() {
    for format in readable() {
        made_up::has_all_that_is_held(format);
    }
}

#[test]
fn captions_of_every_transcript_read_back() -> Result<(), TestCaseError> {
    for path in fixtures("caption") {
        let bytes = std::fs::read(&path).expect("a fixture");
        // One fixture is no text at all.
        let Ok(decoded) = decode(bytes, None) else {
            continue;
        };
        let spoken =
            Spoken::of(&decoded.text, Known::default()).expect("a fixture that has its times");
        for name in ["youtube", "netflix-zh-hant", "asis"] {
            let track = spoken.track(&profile(name));
            for format in readable().filter(|format| format.can_write()) {
                if format.holds(Feature::Lines) {
                    reads_back(&track, format)?;
                } else {
                    reads_back_as_written(&track, format)?;
                }
            }
        }
    }
    Ok(())
}

/// What was behind the text is behind it no more once the tags are gone.
#[test]
fn text_that_ends_with_a_tag_settles() -> Result<(), TestCaseError> {
    for text in [
        "甲 <i></i>",
        " <b>甲</b> ",
        "甲{\\an8} ",
        "</u>\u{feff}",
        "<u>\u{feff}</u>",
    ] {
        let file = format!("1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n");
        settles(&file, format("srt"))?;
    }
    Ok(())
}

#[test]
fn every_caption_file_settles() -> Result<(), TestCaseError> {
    for format in readable() {
        for path in fixtures(format.id) {
            settles(&text_of(&path), format)?;
        }
    }
    Ok(())
}

/// Other times are put where the reader found them, and nothing else is touched.
#[test]
fn a_file_with_other_times_is_the_same_file_at_other_times() -> Result<(), TestCaseError> {
    const LATER_MS: u32 = 3_000;
    for format in readable() {
        for path in fixtures(format.id) {
            let text = text_of(&path);
            let retimed = |text: &str, later_ms| {
                let (reading, places) = format.read_with_times(text).expect("it is read");
                let mut bytes = Vec::new();
                let moved = |_: &TimePlace, at: Timestamp| at.later(later_ms);
                format
                    .write_with_times(text, &places, moved, &mut bytes)
                    .expect("a vector takes all");
                (reading, String::from_utf8(bytes).expect("text"))
            };
            prop_assert_eq!(retimed(&text, 0).1, text.clone(), "{}", path.display());
            let is_clean = |found: &Diagnostic| found.severity() != Severity::Fault;
            let (reading, later) = retimed(&text, LATER_MS);
            if !reading.diagnostics.iter().all(is_clean) {
                continue;
            }
            let starts = |track: &Track, later_ms| {
                // What ends where times end cannot be later.
                let cues = track.cues().iter();
                let movable = cues.filter(|cue| cue.interval.start().clock().0 < 1000);
                let times = movable.map(|cue| {
                    let (start, end) = (cue.interval.start(), cue.interval.end());
                    (start.later(later_ms), end.later(later_ms))
                });
                times.collect::<Vec<_>>()
            };
            prop_assert_eq!(
                starts(&read(&later, format).track, 0),
                starts(&reading.track, LATER_MS),
                "{}",
                later
            );
        }
    }
    Ok(())
}

#[test]
fn subrip_is_the_same_by_way_of_all_formats() {
    let [srt, vtt, json] = ["srt", "vtt", "json"].map(format);
    for path in fixtures("srt") {
        let convert = |text: &str, from, to| written(&read(text, from).track, to).0;
        let text = text_of(&path);
        let by_vtt = convert(&text, srt, vtt);
        let by_json = convert(&by_vtt, vtt, json);
        let round = convert(&by_json, json, srt);
        assert_eq!(round, convert(&text, srt, srt), "{}", path.display());
    }
}

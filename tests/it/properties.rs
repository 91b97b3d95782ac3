//! What must hold for every input, whatever it is: transcripts on the whole road, bytes before
//! it, caption files in the readers. `PROPTEST_CASES` says how many inputs are tried.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use zimu::format::{FORMATS, Reading};
use zimu::model::{Cue, CueId, Diagnostic, Timestamp, Track, Transcript};
use zimu::profile::Profile;
use zimu::text::decode::{DecodeError, decode};
use zimu::text::encoding::Encoding;
use zimu::text::width::{HALF_CELLS_PER_CELL, half_cells};
use zimu::timing::Known;
use zimu::transcript::parse;

use crate::inputs::{bytes, caption_file, mutated, transcript};
use crate::road::{self, PROFILES, Spoken, written};

type Checked = Result<(), TestCaseError>;

/// What starts no line of Chinese, in full width.
const CLOSING: &str = "，。！？；：、”’」』）】》〉";

/// What stands with them in a run that no line may be broken in.
const OTHER_MARKS: &str = "“‘「『（【《〈…—·～/";

/// Building one reads the whole table.
static ALL_PROFILES: LazyLock<Vec<Profile>> =
    LazyLock::new(|| PROFILES.iter().map(|name| road::profile(name)).collect());

fn known(duration_ms: Option<u32>) -> Known<'static> {
    Known {
        duration: duration_ms.map(Timestamp::from_millis),
        ..Known::default()
    }
}

/// A length of the recording, in one of two cases.
fn duration_ms() -> impl Strategy<Value = Option<u32>> {
    option::of(1..7_200_000_u32)
}

/// Checks the track that a text becomes under each profile. That there is no room for the words
/// between known times is the one reason to refuse a text.
fn under_each_profile(
    text: &str,
    known: Known<'_>,
    mut check: impl FnMut(&Spoken, &Profile, &Track) -> Checked,
) -> Checked {
    match Spoken::of(text, known) {
        Ok(spoken) => ALL_PROFILES
            .iter()
            .try_for_each(|profile| check(&spoken, profile, &spoken.track(profile))),
        Err(error) => {
            let times = known.duration.is_some() || text.contains([':', '：']);
            prop_assert!(times, "{error}");
            Ok(())
        }
    }
}

/// Half cells that a line may have.
fn widest(profile: &Profile) -> u32 {
    let cells = profile.max_cells_per_line;
    cells.map_or(u32::MAX, |cells| cells * HALF_CELLS_PER_CELL)
}

/// The line of the utterance that a cue is made of.
fn line_of(cue: &Cue) -> u32 {
    match cue.id {
        CueId::Numbered { number, .. } => number,
        CueId::Named(_) => 0,
    }
}

fn no_word_is_lost(transcript: &Transcript, track: &Track) -> Checked {
    let kept = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let utterances = transcript.utterances.iter();
    let said: String = utterances.map(|one| kept(transcript.words(one))).collect();
    let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
    prop_assert_eq!(lines.map(|line| kept(line.text)).collect::<String>(), said);
    Ok(())
}

fn lines_fit(profile: &Profile, track: &Track) -> Checked {
    for cue in track.cues() {
        let count = track.lines(cue).len();
        prop_assert!(
            count >= 1 && count <= profile.max_lines as usize,
            "{count} lines"
        );
        for line in track.lines(cue) {
            let width = half_cells(line.text);
            prop_assert!(
                width <= widest(profile),
                "{width} half cells: {:?}",
                line.text
            );
            prop_assert!(!line.text.trim().is_empty(), "an empty line");
        }
    }
    Ok(())
}

/// But where the utterance starts with a closing mark itself, and where so many marks stand in
/// a row that no line holds them with a character before and behind.
fn no_line_starts_with_a_closing_mark(
    transcript: &Transcript,
    profile: &Profile,
    track: &Track,
) -> Checked {
    let closes = |c: char| CLOSING.contains(c);
    let is_mark = |c: char| {
        let invisible = half_cells(c.encode_utf8(&mut [0; 4])) == 0;
        closes(c)
            || OTHER_MARKS.contains(c)
            || c.is_whitespace()
            || c.is_ascii_punctuation()
            || invisible
    };
    // Half-width marks may be shown full-width.
    let is_wide =
        |run: &str| run.chars().count() as u32 * HALF_CELLS_PER_CELL + 4 > widest(profile);
    let mut cues = track.cues().iter().peekable();
    for utterance in &transcript.utterances {
        let words = transcript.words(utterance);
        let mut runs = words.split(|c| !is_mark(c));
        // `!！` is shown as ！ where the two may not stand in a row.
        let starts_with_one = words.starts_with(|c| closes(c) || matches!(c, '?' | '!'));
        let excused = starts_with_one || runs.any(is_wide);
        while let Some(cue) = cues.next_if(|cue| line_of(cue) == utterance.line) {
            for line in track.lines(cue) {
                let wrong = line.text.starts_with(closes) && !excused;
                prop_assert!(!wrong, "{:?} of {words:?}", line.text);
            }
        }
    }
    prop_assert!(cues.next().is_none(), "a cue of no utterance");
    Ok(())
}

fn cues_follow_each_other(profile: &Profile, track: &Track) -> Checked {
    for pair in track.cues().windows(2) {
        let (this, next) = (pair[0].interval, pair[1].interval);
        prop_assert!(this.start() < next.start(), "{this:?} {next:?}");
        prop_assert!(this.end() <= next.start(), "{this:?} {next:?}");
    }
    for cue in track.cues() {
        let shown_ms = cue.interval.duration_ms();
        let longest_ms = profile.max_duration_ms.unwrap_or(u32::MAX);
        prop_assert!(shown_ms <= longest_ms, "{shown_ms} ms");
    }
    Ok(())
}

/// When each utterance starts, by its line.
fn starts(track: &Track) -> BTreeMap<u32, Timestamp> {
    let cues = track.cues().iter().rev();
    cues.map(|cue| (line_of(cue), cue.interval.start()))
        .collect()
}

fn known_times_are_met(
    spoken: &Spoken,
    known: Known<'_>,
    profile: &Profile,
    track: &Track,
) -> Checked {
    let starts = starts(track);
    let end = known.duration.unwrap_or(Timestamp::MAX);
    for anchor in &spoken.transcript.anchors {
        let utterance = &spoken.transcript.utterances[anchor.utterance as usize];
        // One that leaves no room for the words is told, and not used.
        let mut findings = spoken.findings.iter();
        let is_refused = findings.any(|finding| {
            finding.span == anchor.source && finding.kind.id == "anchor-without-room"
        });
        if anchor.at < end && !is_refused {
            prop_assert_eq!(starts.get(&utterance.line), Some(&anchor.at));
        }
    }
    if let (Some(duration), Some(last)) = (known.duration, track.cues().last()) {
        let longest_ms = profile.max_duration_ms.unwrap_or(u32::MAX);
        let latest = last.interval.start().later(longest_ms);
        prop_assert_eq!(track.end(), duration.min(latest));
    }
    Ok(())
}

fn asis_changes_nothing(transcript: &Transcript, track: &Track) -> Checked {
    let text = |cue| track.lines(cue).map(|line| line.text).collect::<Vec<_>>();
    let shown: Vec<_> = track.cues().iter().map(text).collect();
    let utterances = transcript.utterances.iter();
    let said: Vec<_> = utterances.map(|one| vec![transcript.words(one)]).collect();
    prop_assert_eq!(shown, said);
    Ok(())
}

/// A place that is not in the text, or not between two characters, cannot be shown.
fn places_are_in_the_text(text: &str, found: &[Diagnostic]) -> Checked {
    for finding in found {
        let (start, end) = (finding.span.start(), finding.span.end());
        prop_assert!(text.get(start..end).is_some(), "{finding:?}");
    }
    Ok(())
}

/// And what is written is read as no more than it was.
fn is_written_in_every_format(track: &Track) -> Checked {
    for format in FORMATS.iter().filter(|format| format.can_write()) {
        let (text, _) = written(track, format);
        if let Some(reading) = format.read(&text) {
            let (ours, theirs) = (track.cues().len(), reading.track.cues().len());
            prop_assert!(
                theirs <= ours,
                "{}: {theirs} cues of {ours} in {text:?}",
                format.id
            );
        }
    }
    Ok(())
}

fn is_read_in_order(text: &str, reading: &Reading) -> Checked {
    let cues = reading.track.cues();
    prop_assert!(cues.is_sorted_by_key(|cue| cue.interval.start()));
    prop_assert!(
        cues.iter()
            .all(|cue| cue.interval.start() < cue.interval.end())
    );
    places_are_in_the_text(text, &reading.diagnostics)
}

proptest! {
    // An input that fails is not kept in a file of its own: it becomes a fixture.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_transcript_is_captioned_without_a_word_lost(text in transcript(), duration_ms in duration_ms()) {
        under_each_profile(&text, known(duration_ms), |spoken, profile, track| {
            no_word_is_lost(&spoken.transcript, track)?;
            lines_fit(profile, track)?;
            cues_follow_each_other(profile, track)
        })?;
    }

    #[test]
    fn lines_start_with_words(text in transcript()) {
        under_each_profile(&text, Known::default(), |spoken, profile, track| {
            no_line_starts_with_a_closing_mark(&spoken.transcript, profile, track)
        })?;
    }

    #[test]
    fn an_utterance_starts_at_one_time_under_every_profile(text in transcript(), duration_ms in duration_ms()) {
        let mut under_the_first = None;
        under_each_profile(&text, known(duration_ms), |_, profile, track| {
            let starts = starts(track);
            let first = under_the_first.get_or_insert_with(|| starts.clone());
            prop_assert_eq!(first, &starts, "{}", profile.name);
            Ok(())
        })?;
    }

    #[test]
    fn what_is_known_of_the_times_is_met(text in transcript(), duration_ms in duration_ms()) {
        let known = known(duration_ms);
        under_each_profile(&text, known, |spoken, profile, track| {
            known_times_are_met(spoken, known, profile, track)
        })?;
    }

    #[test]
    fn asis_shows_each_utterance_as_it_is(text in transcript()) {
        let Ok(spoken) = Spoken::of(&text, Known::default()) else { return Ok(()) };
        asis_changes_nothing(&spoken.transcript, &spoken.track(&road::profile("asis")))?;
    }

    #[test]
    fn captions_are_written_in_every_format(text in transcript()) {
        under_each_profile(&text, Known::default(), |_, _, track| is_written_in_every_format(track))?;
    }

    #[test]
    fn findings_come_by_place(text in transcript()) {
        let reading = parse(&text);
        prop_assert!(reading.diagnostics.is_sorted_by_key(|finding| finding.span));
        places_are_in_the_text(&text, &reading.diagnostics)?;
    }

    #[test]
    fn bytes_are_text_or_an_error(bytes in bytes(), forced in option::of(select(&Encoding::ALL[..]))) {
        let decoded = match decode(bytes.clone(), forced) {
            Ok(decoded) => decoded,
            Err(DecodeError::Malformed { offset, .. }) => {
                prop_assert!(offset < bytes.len() as u64);
                return Ok(());
            }
            Err(DecodeError::Unknown { utf8, gb18030, big5 }) => {
                prop_assert!(utf8.max(gb18030).max(big5) < bytes.len() as u64);
                return Ok(());
            }
            Err(DecodeError::OtherMark { forced: asked, marked }) => {
                prop_assert!(Some(asked) == forced && asked != marked);
                return Ok(());
            }
            Err(error @ DecodeError::TooLarge(_)) => return Err(TestCaseError::fail(error.to_string())),
        };
        if let Some(text) = str::from_utf8(&bytes).ok().filter(|_| decoded.encoding == Encoding::UTF_8) {
            prop_assert_eq!(&*decoded.text, text.strip_prefix('\u{feff}').unwrap_or(text));
        }
        if let Ok(spoken) = Spoken::of(&decoded.text, Known::default()) {
            for profile in ALL_PROFILES.iter() {
                no_word_is_lost(&spoken.transcript, &spoken.track(profile))?;
            }
        }
    }

    #[test]
    fn any_text_is_read_as_any_format(text in caption_file()) {
        for format in FORMATS {
            if let Some(reading) = format.read(&text) {
                is_read_in_order(&text, &reading)?;
                is_written_in_every_format(&reading.track)?;
            }
        }
    }

    #[test]
    fn a_damaged_file_is_read_as_far_as_it_goes((format, bytes) in mutated()) {
        let text = String::from_utf8_lossy(&bytes);
        let reading = road::read(&text, format);
        is_read_in_order(&text, &reading)?;
        is_written_in_every_format(&reading.track)?;
    }
}

/// What holds for any text holds for those that are more like what people have.
#[test]
fn the_fixtures_hold_to_all_of_it() -> Checked {
    for path in road::fixtures("caption") {
        let bytes = fs::read(&path).expect("a fixture");
        // One fixture is no text at all.
        let Ok(decoded) = decode(bytes, None) else {
            continue;
        };
        let mut under_the_first = None;
        under_each_profile(&decoded.text, Known::default(), |spoken, profile, track| {
            no_word_is_lost(&spoken.transcript, track)?;
            lines_fit(profile, track)?;
            cues_follow_each_other(profile, track)?;
            no_line_starts_with_a_closing_mark(&spoken.transcript, profile, track)?;
            known_times_are_met(spoken, Known::default(), profile, track)?;
            let starts = starts(track);
            prop_assert_eq!(
                under_the_first.get_or_insert_with(|| starts.clone()),
                &starts
            );
            Ok(())
        })?;
        let text = &decoded.text;
        prop_assert!(under_the_first.is_some(), "{}: {text}", path.display());
    }
    Ok(())
}

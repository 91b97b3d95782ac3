//! A track in, a transcript out: what is said, one utterance a line, as
//! [`parse`](crate::transcript::parse) reads it. Written only.
//!
//! The cues of an utterance that was cut are one line again, chapters are headings, speakers
//! labels, and a second language stands below each line. Where each cue starts is kept by the
//! timed form alone.

use std::io;

use crate::format::out::Out;
use crate::model::{
    Anchor, Cue, CueId, Heading, Opening, Span, Timestamp, Track, Transcript, Translation,
    Utterance,
};
use crate::text::class::{is_spaced, trimmed};
use crate::transcript::{print, sounds};

/// Prints what is said.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    out.push_str(&print(&transcript(track)));
    out.end_cue()
}

/// Prints what is said, and when each line starts. One that starts with the line before it, or
/// after 1000 hours, has no time: a transcript's times rise, and have three digits of hours.
pub(super) fn write_timed(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    let mut transcript = transcript(track);
    transcript.anchors = starts(track);
    out.push_str(&print(&transcript));
    out.end_cue()
}

/// Hours that a transcript's times have no digits for.
const TOO_MANY_HOURS: u32 = 1000;

fn starts(track: &Track) -> Vec<Anchor> {
    let mut last = None;
    let starts = utterances(track).enumerate().filter_map(|(index, cues)| {
        let at = cues[0].interval.start();
        let (hours, ..) = at.clock();
        let rises = last.is_none_or(|last| last < at) && hours < TOO_MANY_HOURS;
        rises.then(|| {
            last = Some(at);
            Anchor {
                utterance: index as u32,
                at,
                source: Span::default(),
            }
        })
    });
    starts.collect()
}

/// The cues of each utterance.
fn utterances(track: &Track) -> impl Iterator<Item = &[Cue]> {
    track.cues().chunk_by(|one, next| match (one.id, next.id) {
        (
            CueId::Numbered { number, part },
            CueId::Numbered {
                number: next_number,
                part: next_part,
            },
        ) => number == next_number && part > 0 && part + 1 == next_part,
        _ => false,
    })
}

fn transcript(track: &Track) -> Transcript {
    let mut transcript = Transcript {
        text: String::with_capacity(track.text_bytes()),
        ..Transcript::default()
    };
    let mut chapters = track.chapters().peekable();
    for (index, cues) in utterances(track).enumerate() {
        let begun = |chapter: &(Timestamp, &str)| chapter.0 <= cues[0].interval.start();
        let mut opening = Opening::Line;
        while let Some((_, title)) = chapters.next_if(begun) {
            heading(&mut transcript, title);
            opening = Opening::Heading;
        }
        turn(&mut transcript, track.speaker(&cues[0]).unwrap_or_default());
        let mut text = words(&mut transcript, track, cues, Side::First);
        let mut second = words(&mut transcript, track, cues, Side::Second);
        if text.is_empty() {
            // A caption in the second language alone is no translation.
            std::mem::swap(&mut text, &mut second);
        }
        let index = index as u32;
        transcript.utterances.push(Utterance {
            text,
            line: index + 1,
            offset: 0,
            opening,
        });
        if !second.is_empty() {
            transcript.translations.push(Translation {
                utterance: index,
                text: second,
                offset: 0,
            });
        }
    }
    for (_, title) in chapters {
        heading(&mut transcript, title);
    }
    transcript
}

fn heading(transcript: &mut Transcript, title: &str) {
    let start = transcript.titles.len();
    push_on_one_line(&mut transcript.titles, trimmed(title));
    let title = Span::new(start, transcript.titles.len());
    // Who speaks is not known behind a heading.
    turn(transcript, "");
    if !title.is_empty() {
        transcript.headings.push(Heading {
            title,
            before: transcript.utterances.len() as u32,
        });
    }
}

fn turn(transcript: &mut Transcript, name: &str) {
    let start = transcript.names.len();
    push_on_one_line(&mut transcript.names, trimmed(name));
    let name = Span::new(start, transcript.names.len());
    transcript.turn(name);
}

/// Which of the languages of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The one that came up first.
    First,
    /// Any other.
    Second,
}

/// Adds the words of one language in some cues.
fn words(transcript: &mut Transcript, track: &Track, cues: &[Cue], side: Side) -> Span {
    let text = &mut transcript.text;
    let start = text.len();
    for line in cues.iter().flat_map(|cue| track.lines(cue)) {
        let is_first = track.languages().first() == Some(line.language);
        if (side == Side::First) == is_first {
            join(text, start, line.text);
        }
    }
    let words = Span::new(start, text.len());
    text.push('\n');
    let sounds = sounds(words.of(text)).map(|sound| sound.shifted(start));
    transcript.sounds.extend(sounds);
    words
}

/// Adds a line to the words from `start`. What was broken between two Chinese characters or
/// marks goes together; between others there was a space.
fn join(text: &mut String, start: usize, line: &str) {
    let line = trimmed(line);
    let (before, after) = (text[start..].chars().next_back(), line.chars().next());
    if before.is_some() && (is_spaced(before) || is_spaced(after)) {
        text.push(' ');
    }
    push_on_one_line(text, line);
}

/// A caption, a name and a title may have in them what ends a line of a transcript.
fn push_on_one_line(text: &mut String, words: &str) {
    text.extend(words.chars().map(|c| match c {
        '\u{2028}' | '\u{2029}' | '\t' => ' ',
        c => c,
    }));
}

#[cfg(test)]
mod tests {
    use crate::format::Format;
    use crate::transcript::parse;

    /// What ends a line of a transcript ends none of a caption file.
    #[test]
    fn names_and_titles_stay_on_one_line() {
        let cues = r#"{"format":"zimu-cues","version":1,"chapters":[{"start_ms":0,"title":"一\u2028二"}],"cues":[
{"id":"1","start_ms":0,"end_ms":900,"speaker":"甲\u2029乙","lines":[{"language":"zh-Hans","text":"好\u2028的"}]}]}"#;
        let read = Format::named("json").and_then(|json| json.read(cues));
        let track = read.expect("zimu's own").track;
        let mut printed = Vec::new();
        let format = Format::named("transcript").expect("a row");
        format
            .write(&track, &mut printed)
            .expect("a vector takes all");
        let printed = String::from_utf8(printed).expect("text");
        assert_eq!(printed, "# 一 二\n[说话人：甲 乙] 好 的\n");
        assert_eq!(parse(&printed).diagnostics, []);
    }
}

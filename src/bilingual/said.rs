//! Captions in, what is said in each of them out, as a transcript: whoever looks for them in their
//! recording reads that aloud.

use crate::bilingual::recognised::{Shape, TwoLanguages, two_languages};
use crate::bilingual::side::{Side, Written};
use crate::bilingual::split::{ScriptLanguages, by_script};
use crate::model::{LanguageTag, LineView, Track, Transcript};
use crate::transcript::parse;

/// The words of each cue as a line of a transcript: labels are not said, and neither are sounds. The
/// line of an utterance is the place of its cue among all, from 1. Of captions in two languages (see
/// [`two_languages`]) it is the Chinese; times in words are none. Where lines stand in the text that
/// was read, utterances do.
///
/// ```
/// use zimu::bilingual::said;
/// use zimu::format::Format;
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:02,000\n水开了\nThe water boils\n\n\
///             2\n00:00:02,000 --> 00:00:03,000\n泡茶吧\nLet's make tea\n";
/// let said = said(&srt.read(text).unwrap().track);
/// assert_eq!(said.words(&said.utterances[1]), "泡茶吧");
/// ```
#[must_use]
pub fn said(track: &Track) -> Transcript {
    let found = two_languages(track);
    let in_one = found.as_ref().filter(|found| found.shape != Shape::Cues);
    let told_apart = in_one.and_then(|found| told_apart(track, found));
    let shown = told_apart.as_ref().unwrap_or(track);
    let is_chinese = |line: &LineView<'_>| match &found {
        None => true,
        // The other language has cues of its own.
        Some(found) if found.shape == Shape::Cues => Written::of(line.text).side() != Side::Other,
        Some(_) => *line.language == LanguageTag::ZH_HANS,
    };
    let is_apart = found
        .as_ref()
        .is_some_and(|found| found.shape == Shape::Cues);
    let mut source = String::with_capacity(track.text_bytes() + track.cues().len());
    let mut places = Vec::with_capacity(track.cues().len());
    for (cue, original) in shown.cues().iter().zip(track.cues()) {
        let is_other = !shown.lines(cue).any(|line| is_chinese(&line));
        for line in shown.lines(cue) {
            if is_chinese(&line) || is_other && !is_apart {
                source.push_str(line.text);
                source.push(' ');
            }
        }
        source.push('\n');
        let place = track.line(original, 0).and_then(|line| track.place(&line));
        places.push(place.map_or(0, |place| place.start() as u32));
    }
    let mut said = parse(&source).transcript;
    said.anchors.clear();
    said.headings.clear();
    said.pauses.clear();
    for utterance in &mut said.utterances {
        let place = places.get(utterance.line as usize - 1);
        utterance.offset = place.copied().unwrap_or_default();
    }
    said
}

/// The same cues with a language for each line, where both are in one cue.
fn told_apart(track: &Track, found: &TwoLanguages) -> Option<Track> {
    let languages = ScriptLanguages {
        chinese: &LanguageTag::ZH_HANS,
        other: &found.other,
    };
    let told_apart = by_script(track, found, languages);
    (told_apart.cues().len() == track.cues().len()).then_some(told_apart)
}

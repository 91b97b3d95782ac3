//! The words of a line in, an utterance's text out, with the sounds and pauses in it.

use crate::model::{Pause, Span, Transcript};
use crate::transcript::grammar::trimmed;
use crate::transcript::inline::{self, Mark};

/// Adds words as they are spoken: with the sounds among them, without the pauses.
pub(super) fn push_words(transcript: &mut Transcript, words: &str) -> Span {
    let start = transcript.text.len();
    let mut from = 0;
    for (place, mark) in inline::marks(words) {
        match mark {
            Mark::Sound => {
                push_between(&mut transcript.text, start, &words[from..place.start()]);
                let sound_start = transcript.text.len();
                transcript.text.push_str(place.of(words));
                let sound = Span::new(sound_start, transcript.text.len());
                transcript.sounds.push(sound);
            }
            Mark::Pause(length_ms) => {
                push_between(&mut transcript.text, start, &words[from..place.start()]);
                let at = transcript.text.len() as u32;
                transcript.pauses.push(Pause { at, length_ms });
            }
        }
        from = place.end();
    }
    push_between(&mut transcript.text, start, &words[from..]);
    transcript
        .text
        .truncate(start + trimmed(&transcript.text[start..]).len());
    let end = transcript.text.len();
    let behind = transcript.pauses.iter_mut().rev();
    for pause in behind.take_while(|pause| pause.at as usize > end) {
        pause.at = end as u32;
    }
    Span::new(start, end)
}

/// Adds the words between two marks: where a pause stood between spaces, one of them.
fn push_between(text: &mut String, start: usize, words: &str) {
    let said = &text[start..];
    text.push_str(if said.is_empty() || said.ends_with(' ') {
        words.trim_start()
    } else {
        words
    });
}

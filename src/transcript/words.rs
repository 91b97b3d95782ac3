//! The words of a line in, an utterance's text out, with the sounds and pauses in it.

use crate::model::{Pause, Span, Transcript};
use crate::text::class::{is_margin, trimmed};
use crate::transcript::inline::{self, Mark};

/// Adds words, which have no spaces round them, as they are spoken: with the sounds among them,
/// without the pauses.
pub(super) fn push_words(transcript: &mut Transcript, words: &str) -> Span {
    let start = transcript.text.len();
    let mut marks = inline::marks(words).peekable();
    if marks.peek().is_none() {
        transcript.text.push_str(words);
        return Span::new(start, transcript.text.len());
    }
    let mut from = 0;
    for (place, mark) in marks {
        push_between(&mut transcript.text, start, &words[from..place.start()]);
        match mark {
            Mark::Sound => {
                let sound_start = transcript.text.len();
                transcript.text.push_str(place.of(words));
                let sound = Span::new(sound_start, transcript.text.len());
                transcript.sounds.push(sound);
            }
            Mark::Words => transcript.text.push_str(inline::words_of(place.of(words))),
            Mark::Pause(length_ms) => {
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

/// Takes what the marks behind `end` have closed for a sound where it has the form of one:
/// `（笑声` on a line, `）` on the next. The utterance from `start` is the last.
pub(super) fn close_sound(transcript: &mut Transcript, start: usize, end: usize) {
    // However many marks are given back to one utterance, it is not looked through for each.
    if !inline::may_be_open(&transcript.text[start..]) {
        return;
    }
    let marks = inline::formed(&transcript.text[start..]);
    let marks = marks.map(|(place, mark)| (place.shifted(start), mark));
    let Some((place, mark)) = marks.last().filter(|(place, _)| place.end() > end) else {
        return;
    };
    let inside = |pause: &Pause| place.start() < pause.at as usize;
    if transcript.pauses_in(place).iter().any(inside) {
        return;
    }
    let before = |sound: &Span| sound.start() < place.start();
    let kept = transcript.sounds.partition_point(before);
    transcript.sounds.truncate(kept);
    if mark == Mark::Sound {
        transcript.sounds.push(place);
    }
}

/// Adds the words between two marks: where a pause stood between spaces, one of them.
fn push_between(text: &mut String, start: usize, words: &str) {
    let said = &text[start..];
    text.push_str(if said.is_empty() || said.ends_with(' ') {
        words.trim_start_matches(is_margin)
    } else {
        words
    });
}

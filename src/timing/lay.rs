//! A transcript in, its beats at the voice's own pace out.
//!
//! Two passes. The first reads the text aloud and finds what is said and where the voice
//! rests. The second lays it out in time, with the time that the marks claim taken from
//! between the syllables.

use crate::model::{Beat, Pause, Span, Transcript, Utterance};
use crate::profile::{Voice, Voices, Weights};
use crate::text::spoken::{PieceKind, Readings, Rest, Said, Spoken};
use crate::timing::law::Rested;
use crate::timing::pace::Pace;
use crate::timing::voice::{self, Line};

/// An utterance's share in the text, and the beats that it is spoken in.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// In order, at the voice's own pace from 0.
    pub(super) beats: Vec<Beat>,
    /// Where each utterance's beats begin in `beats`; one more than there are utterances.
    pub(super) firsts: Vec<u32>,
    /// Syllables before each utterance; one more than there are utterances.
    pub(super) syllables_before: Vec<u64>,
    /// Rests before each utterance; one more than there are utterances.
    pub(super) rested_before: Vec<Rested>,
    /// The rest behind each beat.
    pub(super) behind: Vec<Rested>,
}

/// A run that is said, and the rest behind it.
struct Run {
    text: Span,
    said: Said,
    /// How long it lasts besides its syllables: a sound, which has none.
    held_us: u64,
    rest_us: u64,
    /// Which law the rest goes by.
    place: RestPlace,
    /// What the transcript asks for behind it, in place of the rest.
    pause_us: u64,
}

/// Where a voice rests of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RestPlace {
    Inside,
    Between,
}

impl Run {
    /// What is not speech behind it.
    fn rested(&self) -> Rested {
        let rest_us = |place| if self.place == place { self.rest_us } else { 0 };
        Rested {
            inside_us: rest_us(RestPlace::Inside),
            between_us: rest_us(RestPlace::Between),
            pause_us: self.pause_us,
        }
    }
}

/// The runs of all utterances.
struct Runs<'v> {
    /// Who says the utterance that is read.
    voice: &'v Voice,
    voices: &'v Voices,
    readings: &'v Readings,
    all: Vec<Run>,
    firsts: Vec<u32>,
    /// What is said of each utterance.
    lines: Vec<Line>,
    /// What all lines take by the weights, rests included.
    lines_us: u64,
    /// What the marks claim of it. Pauses that are asked for are no part of it: the measured
    /// pace has none.
    rests_us: u64,
    /// Pauses before the first run.
    lead_us: u64,
}

/// Lays a transcript out at the voice's own pace.
pub(super) fn lay(transcript: &Transcript, voices: &Voices, readings: &Readings) -> Layout {
    let read = Runs::of(transcript, voices, readings);
    let mut laying = Laying {
        speech: read.speech(),
        now_us: read.lead_us,
        layout: Layout {
            beats: Vec::with_capacity(read.all.len()),
            firsts: Vec::new(),
            syllables_before: Vec::with_capacity(transcript.utterances.len() + 1),
            rested_before: Vec::with_capacity(transcript.utterances.len() + 1),
            behind: Vec::with_capacity(read.all.len()),
        },
    };
    let mut syllables = 0;
    let mut rested = Rested {
        pause_us: read.lead_us,
        ..Rested::default()
    };
    for (index, utterance) in transcript.utterances.iter().enumerate() {
        laying.layout.syllables_before.push(syllables);
        laying.layout.rested_before.push(rested);
        let runs = &read.all[read.firsts[index] as usize..read.firsts[index + 1] as usize];
        laying.utterance(
            utterance,
            runs,
            read.lines[index],
            voice_of(transcript, index, voices),
        );
        syllables += u64::from(read.lines[index].said.syllables());
        rested = runs.iter().map(Run::rested).fold(rested, Rested::and);
    }
    laying.layout.syllables_before.push(syllables);
    laying.layout.rested_before.push(rested);
    laying.layout.firsts = read.firsts;
    laying.layout
}

struct Laying {
    /// How much of a line's time is left to it: the marks have the rest.
    speech: Pace,
    now_us: u64,
    layout: Layout,
}

impl Laying {
    /// The beats of one utterance: its runs share the time that it is spoken in, with their rests
    /// between them.
    fn utterance(&mut self, utterance: &Utterance, runs: &[Run], line: Line, voice: &Voice) {
        let start_us = self.now_us;
        let Voice {
            interval, spoken, ..
        } = voice;
        let interval_us = self.speech.of(interval.time_us(line));
        let spoken_us = self.speech.of(spoken.time_us(line)).min(interval_us);
        let mut shares = Shares::of(spoken, runs, spoken_us);
        // What is silent (a line of emoji) is shown all the same, before any rest.
        let shortest_end_us = start_us + shortest_us(utterance);
        for (left, run) in (0..runs.len()).rev().zip(runs) {
            let end_us = self.now_us + shares.next_us(run) + run.held_us;
            let end_us = if left == 0 {
                end_us.max(shortest_end_us)
            } else {
                end_us
            };
            self.layout.beats.push(Beat {
                text: run.text,
                start_us: self.now_us,
                end_us,
            });
            let rested = run.rested();
            self.layout.behind.push(rested);
            self.now_us = end_us + rested.all_us();
        }
        self.now_us += interval_us - spoken_us;
    }
}

/// The time that an utterance is spoken in, by its runs: their sum is exact.
struct Shares<'v> {
    weights: &'v Weights,
    spoken_us: u64,
    all_parts_us: u64,
    parts_us: u64,
    given_us: u64,
}

impl<'v> Shares<'v> {
    fn of(weights: &'v Weights, runs: &[Run], spoken_us: u64) -> Self {
        Self {
            weights,
            spoken_us,
            all_parts_us: runs.iter().map(|run| weights.part_us(run.said)).sum(),
            parts_us: 0,
            given_us: 0,
        }
    }

    fn next_us(&mut self, run: &Run) -> u64 {
        if self.all_parts_us == 0 {
            return 0;
        }
        self.parts_us += self.weights.part_us(run.said);
        let part = Pace {
            true_us: self.parts_us,
            model_us: self.all_parts_us,
        };
        let given_us = part.of(self.spoken_us);
        given_us - std::mem::replace(&mut self.given_us, given_us)
    }
}

/// Who says an utterance; where one voice says all of them nobody is looked for.
fn voice_of<'v>(transcript: &Transcript, utterance: usize, voices: &'v Voices) -> &'v Voice {
    if voices.speakers.is_empty() {
        return &voices.common;
    }
    voices.of(transcript.speaker(utterance))
}

/// The shortest time for an utterance. Three milliseconds a byte is a third of the fastest
/// speech and binds only where nothing is said: a line of a thousand marks still has a
/// time for each of its cues.
fn shortest_us(utterance: &Utterance) -> u64 {
    voice::SHORTEST_UTTERANCE_US.max(3000 * utterance.text.len() as u64)
}

impl<'v> Runs<'v> {
    /// Reads a transcript aloud.
    fn of(transcript: &Transcript, voices: &'v Voices, readings: &'v Readings) -> Self {
        let utterances = &transcript.utterances;
        let mut read = Self {
            voice: &voices.common,
            voices,
            readings,
            // Most lines are one run; Latin and marks make more.
            all: Vec::with_capacity(utterances.len() * 2),
            firsts: Vec::with_capacity(utterances.len() + 1),
            lines: Vec::with_capacity(utterances.len()),
            lines_us: 0,
            rests_us: 0,
            lead_us: 0,
        };
        read.firsts.push(0);
        for (index, utterance) in utterances.iter().enumerate() {
            read.voice = voice_of(transcript, index, read.voices);
            read.utterance(transcript, utterance);
            if let Some(next) = utterances.get(index + 1) {
                read.rest(
                    read.voice.rests.opening_us(next.opening),
                    RestPlace::Between,
                );
            }
        }
        read
    }

    /// What the marks leave of the lines' time, so that the total is what was measured; never
    /// less than a voice speaks.
    fn speech(&self) -> Pace {
        let left = Pace {
            true_us: self.lines_us.saturating_sub(self.rests_us),
            model_us: self.lines_us,
        };
        left.max(voice::LEAST_SPEECH)
    }

    /// How long a sound lasts: what is sung (`♪ … ♪`), as long as it takes to say, at least.
    fn sound_us(&self, words: &str) -> u64 {
        voice::SOUND_US.max(
            self.voice
                .spoken
                .part_us(Spoken::with(words, self.readings).said()),
        )
    }

    fn utterance(&mut self, transcript: &Transcript, utterance: &Utterance) {
        let first = self.all.len();
        let text = utterance.text;
        self.lines.push(Line::of(transcript.words(utterance)));
        let pauses = transcript.pauses_in(text);
        let is_before = |pause: &&Pause| pause.at as usize == text.start();
        let before = pauses.iter().take_while(is_before).count();
        let (before, inside) = pauses.split_at(before);
        self.pauses(before);
        if transcript.is_sound(utterance) {
            self.hold(text, self.sound_us(transcript.words(utterance)));
            self.pauses(inside);
        } else {
            self.spoken(transcript, text, inside);
        }
        if self.all.len() == first {
            self.hold(text, 0);
        }
        let line = self.lines.last().copied().unwrap_or_default();
        self.lines_us += self.voice.interval.time_us(line);
        self.firsts.push(self.all.len() as u32);
    }

    /// What is said of an utterance: the words between the sounds and the pauses.
    fn spoken(&mut self, transcript: &Transcript, text: Span, pauses: &[Pause]) {
        let first = self.all.len();
        let mut sounds = transcript.sounds_in(text).iter().peekable();
        let mut at = text.start();
        for pause in pauses {
            let until = pause.at as usize;
            while let Some(sound) = sounds.next_if(|sound| sound.start() < until) {
                self.words(transcript, Span::new(at, sound.start()), first);
                at = sound.end();
            }
            self.words(transcript, Span::new(at, until), first);
            at = at.max(until);
            self.pauses(&[*pause]);
        }
        for sound in sounds {
            self.words(transcript, Span::new(at, sound.start()), first);
            at = sound.end();
        }
        self.words(transcript, Span::new(at, text.end()), first);
    }

    /// Words of the utterance whose runs begin at `first`.
    fn words(&mut self, transcript: &Transcript, text: Span, first: usize) {
        for piece in Spoken::with(text.of(&transcript.text), self.readings) {
            match piece.kind {
                PieceKind::Said(said) => {
                    if let Some(line) = self.lines.last_mut() {
                        line.said += said;
                    }
                    self.all.push(Run {
                        text: piece.span.shifted(text.start()),
                        said,
                        held_us: 0,
                        rest_us: 0,
                        place: RestPlace::Inside,
                        pause_us: 0,
                    });
                }
                PieceKind::Rest(rest) if self.all.len() > first => {
                    let place = match rest {
                        Rest::Sentence => RestPlace::Between,
                        _ => RestPlace::Inside,
                    };
                    self.rest(self.voice.rests.mark_us(rest), place);
                }
                // A rest before the first word is not heard as one.
                PieceKind::Rest(_) => {}
            }
        }
    }

    /// What is not said, and lasts.
    fn hold(&mut self, text: Span, held_us: u64) {
        self.all.push(Run {
            text,
            said: Said::default(),
            held_us,
            rest_us: 0,
            place: RestPlace::Inside,
            pause_us: 0,
        });
    }

    /// A rest behind the last run: of several marks in a row the longest counts.
    fn rest(&mut self, rest_us: u64, place: RestPlace) {
        let last = self.all.last_mut().filter(|last| last.pause_us == 0);
        if let Some(last) = last.filter(|last| last.rest_us < rest_us) {
            self.rests_us += rest_us - last.rest_us;
            (last.rest_us, last.place) = (rest_us, place);
        }
    }

    /// Pauses behind the last run, in place of what the marks there claim.
    fn pauses(&mut self, pauses: &[Pause]) {
        for pause in pauses {
            let asked_us = pause.length_ms.map(|ms| u64::from(ms) * 1000);
            let pause_us = asked_us.unwrap_or(voice::PAUSE_US);
            if let Some(last) = self.all.last_mut() {
                last.pause_us += pause_us;
                self.rests_us -= std::mem::take(&mut last.rest_us);
            } else {
                self.lead_us += pause_us;
            }
        }
    }
}

#[cfg(test)]
mod tests;

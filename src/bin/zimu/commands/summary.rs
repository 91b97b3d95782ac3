//! What is said of a run that made captions: how much, how long, and how sure its times are.

use std::path::Path;

use zimu::model::{Anchor, Basis, Diagnostic, Severity, Timestamp, Track};
use zimu::timing::{Doubt, doubt};

use crate::commands::caption::Spoken;

/// What was made of an input.
pub(super) struct Made {
    cues: usize,
    end: Timestamp,
    /// What its times rest on, how sure that is, and what would help.
    rests_on: String,
    /// Of what: `12 utterances, 1 headings`.
    read: String,
}

impl Made {
    /// `track`, of what is spoken by the voice of a file, if there is one.
    pub(super) fn of(
        spoken: &Spoken<'_>,
        track: &Track,
        voice: Option<&Path>,
        found: &[Diagnostic],
    ) -> Self {
        Self {
            cues: track.cues().len(),
            end: track.end(),
            rests_on: rests_on(spoken, voice),
            read: counted(spoken, found),
        }
    }

    /// One line: what was made, how long it is, and what its times rest on.
    pub(super) fn tell(&self, input: &Path, names: &[String]) {
        let Self {
            cues,
            end,
            rests_on,
            read,
        } = self;
        let (input, names) = (input.display(), names.join(", "));
        anstream::eprintln!(
            "{input} → {names}: {cues} cues of {read}, {end}, timed from {rests_on}"
        );
    }
}

/// How many there were of each thing, but for those that there were none of.
fn counted(spoken: &Spoken<'_>, found: &[Diagnostic]) -> String {
    let Spoken {
        transcript, clock, ..
    } = spoken;
    // One that could not be used is told as a fault.
    let is_met = |anchor: &&Anchor| clock.start_us(anchor.utterance as usize) == anchor.at.micros();
    let labels = transcript.turns.iter().filter(|turn| !turn.name.is_empty());
    let is_repair = |finding: &&Diagnostic| finding.severity() == Severity::Repair;
    let counts = [
        (transcript.utterances.len(), "utterances"),
        (transcript.translations.len(), "translations"),
        (transcript.anchors.iter().filter(is_met).count(), "times"),
        (transcript.headings.len(), "headings"),
        (labels.count(), "speaker turns"),
        (found.iter().filter(is_repair).count(), "repairs"),
    ];
    let there = counts.iter().filter(|(count, _)| *count > 0);
    let there: Vec<_> = there
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    there.join(", ")
}

/// What the times rest on, how far off they are likely to be, and what would help most.
fn rests_on(spoken: &Spoken<'_>, voice: Option<&Path>) -> String {
    let (transcript, clock) = (&spoken.transcript, &spoken.clock);
    let mut grounds = Vec::new();
    grounds.extend(voice.map(|voice| format!("the voice of {}", voice.display())));
    if matches!(clock.basis(), Basis::Anchors | Basis::AnchorsAndDuration) {
        grounds.push("its own times".to_owned());
    }
    if matches!(clock.basis(), Basis::Duration | Basis::AnchorsAndDuration) {
        grounds.push("the duration".to_owned());
    }
    let grounds = match grounds.pop() {
        None => "the text alone".to_owned(),
        Some(last) => [&["the text".to_owned()], &*grounds].concat().join(", ") + " and " + &last,
    };
    if clock.basis() == Basis::Text {
        let percent = if voice.is_some() {
            OFF_BY_VOICE
        } else {
            OFF_BY_TEXT
        };
        return format!("{grounds} (±{percent} %: a --duration or a [m:ss] before a line helps)");
    }
    let doubt = doubt(transcript, clock).filter(|doubt| doubt.error >= WORTH_A_WORD);
    let Some(Doubt { error, middle }) = doubt else {
        return grounds;
    };
    let (seconds, tenths) = (error.millis() / 1000, error.millis() % 1000 / 100);
    let (hours, minutes, second, _) = middle.clock();
    let near = format!("{hours}:{minutes:02}:{second:02}");
    format!("{grounds} (half of the lines within {seconds}.{tenths} s: a [m:ss] near {near} helps)")
}

/// How far off all may be where nothing but the text is known, in percent: twice what channels
/// differ by (one standard deviation, measured).
const OFF_BY_TEXT: u32 = 30;

/// The same where the voice was learned: twice what the videos of one channel differ by.
const OFF_BY_VOICE: u32 = 12;

/// What is off by less is not worth asking for another time.
const WORTH_A_WORD: Timestamp = Timestamp::from_millis(1500);

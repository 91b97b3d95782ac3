//! What is said of a run that made captions: how much, how long, and how sure its times are.

use std::path::Path;

use zimu::model::{Basis, Diagnostic, Severity, Timestamp, Track};
use zimu::timing::{doubt, met};

use crate::account::{FileAccount, Ground, LineCounts, TimingAccount};
use crate::commands::making::Spoken;

/// What was made of an input.
pub(super) struct Made {
    pub(super) cues: usize,
    pub(super) end: Timestamp,
    pub(super) sure: TimingAccount,
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
            sure: sure(spoken, voice),
            read: counted(spoken, found),
        }
    }

    /// One line: what was made, how long it is, and what its times rest on.
    pub(super) fn tell(&self, input: &Path, names: &[String]) {
        let Self {
            cues,
            end,
            sure,
            read,
        } = self;
        let (input, names, rests_on) = (input.display(), names.join(", "), rests_on(sure));
        anstream::eprintln!(
            "{input} → {names}: {cues} cues of {read}, {end}, timed from {rests_on}"
        );
    }

    /// The same for programs.
    pub(super) fn account(&self, names: &[String], account: &mut FileAccount) {
        account.written(names, self.cues, self.end);
        account.timing = Some(self.sure.clone());
    }
}

/// How many there were of each thing, but for those that there were none of.
fn counted(spoken: &Spoken<'_>, found: &[Diagnostic]) -> String {
    let Spoken {
        transcript, clock, ..
    } = spoken;
    let labels = transcript.turns.iter().filter(|turn| !turn.name.is_empty());
    let is_repair = |finding: &&Diagnostic| finding.severity() == Severity::Repair;
    let counts = [
        (transcript.utterances.len(), "utterances"),
        (transcript.translations.len(), "translations"),
        (met(transcript, clock).count(), "times"),
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
fn sure(spoken: &Spoken<'_>, voice: Option<&Path>) -> TimingAccount {
    let known = match spoken.clock.basis() {
        Basis::Text => vec![],
        Basis::Duration => vec![Ground::Duration],
        Basis::Anchors => vec![Ground::Anchors],
        Basis::AnchorsAndDuration => vec![Ground::Anchors, Ground::Duration],
        Basis::Sound => vec![Ground::Sound],
    };
    let percent = if voice.is_some() {
        OFF_BY_VOICE
    } else {
        OFF_BY_TEXT
    };
    let doubt = doubt(&spoken.transcript, &spoken.clock).filter(|_| spoken.heard.is_none());
    TimingAccount {
        error_percent: known.is_empty().then_some(percent),
        known,
        lines: spoken.heard.as_ref().map(|heard| heard.lines.clone()),
        voice: voice.map(|voice| voice.display().to_string()),
        error_ms: doubt.map(|doubt| doubt.error.millis()),
        would_help_ms: doubt.map(|doubt| doubt.middle.millis()),
    }
}

/// The same in words.
fn rests_on(sure: &TimingAccount) -> String {
    let mut grounds = Vec::new();
    grounds.extend(
        sure.voice
            .iter()
            .map(|voice| format!("the voice of {voice}")),
    );
    grounds.extend(sure.known.iter().map(|ground| match ground {
        Ground::Anchors => "its own times".to_owned(),
        Ground::Duration => "the duration".to_owned(),
        Ground::Sound => {
            let counts = LineCounts::of(sure.lines.as_deref().unwrap_or_default());
            format!("its sound ({counts})")
        }
    }));
    let grounds = match grounds.pop() {
        None => "the text alone".to_owned(),
        Some(last) => [&["the text".to_owned()], &*grounds].concat().join(", ") + " and " + &last,
    };
    if let Some(percent) = sure.error_percent {
        return format!("{grounds} (±{percent} %: a --duration or a [m:ss] before a line helps)");
    }
    let error_ms = sure.error_ms.filter(|ms| *ms >= WORTH_A_WORD_MS);
    let Some((error_ms, middle_ms)) = error_ms.zip(sure.would_help_ms) else {
        return grounds;
    };
    let (seconds, tenths) = (error_ms / 1000, error_ms % 1000 / 100);
    let (hours, minutes, second, _) = Timestamp::from_millis(middle_ms).clock();
    let near = format!("{hours}:{minutes:02}:{second:02}");
    format!("{grounds} (half of the lines within {seconds}.{tenths} s: a [m:ss] near {near} helps)")
}

/// How far off all may be where nothing but the text is known, in percent: twice what channels
/// differ by (one standard deviation, measured).
const OFF_BY_TEXT: u32 = 30;

/// The same where the voice was learned: twice what the videos of one channel differ by.
const OFF_BY_VOICE: u32 = 12;

/// What is off by less is not worth asking for another time.
const WORTH_A_WORD_MS: u32 = 1500;

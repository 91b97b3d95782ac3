//! `zimu caption --explain timing`: why each utterance is spoken when it is.

use std::fmt::Write as _;

use zimu::model::{Clock, Span, Timestamp, Transcript, Utterance};
use zimu::text::spoken::{Readings, Said, Spoken};

use crate::account::{LineAccount, Method};
use crate::commands::making::HeardLines;

/// When a transcript is spoken, and when it would be if nothing were known but the voice.
#[derive(Clone, Copy)]
pub(super) struct Clocks<'c> {
    pub(super) fitted: &'c Clock,
    pub(super) own: &'c Clock,
}

/// What the columns are, and where somebody listened, what says when a line starts.
const HEAD: &str = "  line start            speech     rest stretch syllables\n";
const HEARD_HEAD: &str = "  line start         by           speech     rest stretch syllables\n";

/// Each utterance: its line, when it starts, how long the voice speaks and then rests until the
/// next (rests at its own marks counted in), how much slower that is than the voice's own pace,
/// and its syllables by kind. Where somebody listened, what says so; lines that have no time too.
pub(super) fn timing(
    transcript: &Transcript,
    clocks: Clocks<'_>,
    readings: &Readings,
    heard: Option<&HeardLines>,
) -> String {
    let mut said = String::with_capacity(HEAD.len() + 3 * transcript.text.len());
    said.push_str(heard.map_or(HEAD, |_| HEARD_HEAD));
    let all = heard.map_or(transcript, |heard| &heard.all);
    let mut captioned = transcript.utterances.iter().enumerate().peekable();
    let mut lines = heard.map(|heard| heard.lines.iter().peekable());
    for utterance in &all.utterances {
        let line = utterance.line;
        let of_line = lines.as_mut();
        let of_line = of_line.map(|lines| lines.next_if(|account| account.line == line));
        let by = of_line.map(|account| format!(" {:<8}", account.map_or("", by)));
        let by = by.unwrap_or_default();
        let words = all.words(utterance);
        let Some((index, _)) = captioned.next_if(|(_, one)| one.line == line) else {
            say!(said, "{line:>6} {:<13}{by}{:>28}{words}\n", "", "");
            continue;
        };
        let fitted = taken(clocks.fitted, index);
        let own_us = taken(clocks.own, index).all_us;
        let start = Timestamp::from_micros(clocks.fitted.start_us(index));
        let start = start.unwrap_or(Timestamp::MAX).to_string();
        let speech = seconds(fitted.speech_us);
        let rest = seconds(fitted.all_us - fitted.speech_us);
        let stretch = hundredths(fitted.all_us, own_us);
        let syllables = syllables(transcript, utterance, readings);
        say!(
            said,
            "{line:>6} {start:<13}{by} {speech:>9} {rest:>8} {stretch:>7} {syllables}  {words}\n"
        );
    }
    said
}

/// What says when a line starts.
const fn by(line: &LineAccount) -> &'static str {
    match line.method {
        Some(Method::Voice) if line.is_doubtful => "doubtful",
        Some(Method::Voice) => "voice",
        Some(Method::Anchor) => "anchor",
        Some(Method::Estimate) => "estimate",
        None => "unheard",
    }
}

/// What an utterance takes of the time until the next starts; the last, until it ends.
struct Taken {
    speech_us: u64,
    all_us: u64,
}

fn taken(clock: &Clock, utterance: usize) -> Taken {
    let beats = clock.beats(utterance).iter();
    let speech_us = beats.map(|beat| beat.end_us - beat.start_us).sum();
    let next_us = if utterance + 1 < clock.len() {
        clock.start_us(utterance + 1)
    } else {
        clock.end_us(utterance)
    };
    let all_us = next_us - clock.start_us(utterance);
    Taken { speech_us, all_us }
}

/// `14: han 10 (function 3), number 4`.
fn syllables(transcript: &Transcript, utterance: &Utterance, readings: &Readings) -> String {
    if transcript.is_sound(utterance) {
        return "0: a sound".to_owned();
    }
    let mut said = Said::default();
    let mut read = |words: Span| {
        said += Spoken::with(words.of(&transcript.text), readings).said();
    };
    // Each stretch of words as a whole: how a figure is read hangs on what stands beside it.
    let mut at = utterance.text.start();
    for sound in transcript.sounds_in(utterance.text) {
        read(Span::new(at, sound.start()));
        at = sound.end();
    }
    read(Span::new(at, utterance.text.end()));
    let some = |kinds: &[(&str, u32)]| {
        let some = kinds.iter().filter(|(_, count)| *count > 0);
        let some: Vec<_> = some
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        some.join(", ")
    };
    let light = some(&[("function", said.function), ("filler", said.filler)]);
    let light = if light.is_empty() {
        light
    } else {
        format!(" ({light})")
    };
    let han = format!("han {}{light}", said.han);
    let others = some(&[
        ("number", said.number),
        ("word", said.word),
        ("letter", said.letter),
    ]);
    let kinds = match (said.han, others.is_empty()) {
        (0, _) => others,
        (_, true) => han,
        (_, false) => format!("{han}, {others}"),
    };
    format!("{}: {kinds}", said.syllables())
}

/// `1.204s`.
fn seconds(us: u64) -> String {
    let ms = us / 1000;
    format!("{}.{:03}s", ms / 1000, ms % 1000)
}

/// `×1.04`; nothing over nothing is 1.
fn hundredths(us: u64, of_us: u64) -> String {
    let hundredths = (100 * us + of_us / 2).checked_div(of_us).unwrap_or(100);
    format!("×{}.{:02}", hundredths / 100, hundredths % 100)
}

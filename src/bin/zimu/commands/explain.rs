//! `zimu caption --explain`: why the captions are as they are, line by line.

use std::fmt::Write;
use std::path::Path;

use zimu::model::{Clock, Segment, Transcript};
use zimu::segment::{Explained, changes};
use zimu::text::lines::Lines;
use zimu::timing::{Known, clock};
use zimu::transcript::Form;

use crate::args::Explain;
use crate::commands::explain_timing::{Clocks, timing};
use crate::commands::making::HeardLines;

/// A transcript and what was made of it.
pub(crate) struct Explanation<'m> {
    pub(crate) input: &'m Path,
    pub(crate) profile: &'m str,
    /// The file of the settings that hold.
    pub(crate) settings: Option<&'m Path>,
    pub(crate) source: &'m str,
    /// What each line of the source was taken for.
    pub(crate) forms: &'m [Form],
    pub(crate) transcript: &'m Transcript,
    pub(crate) explained: &'m Explained,
    pub(crate) clock: &'m Clock,
    /// What is known of when it is spoken, besides its own times.
    pub(crate) known: Known<'m>,
    /// If somebody listened.
    pub(crate) heard: Option<&'m HeardLines>,
}

/// All that is said of it.
pub(crate) fn told(what: Explain, made: &Explanation<'_>) -> String {
    match what {
        Explain::Reading => reading(made),
        Explain::Breaks => breaks(made),
        Explain::Timing => timed(made),
    }
}

/// Each utterance with its times, beside those of the voice alone.
fn timed(made: &Explanation<'_>) -> String {
    let mut unanchored = made.transcript.clone();
    unanchored.anchors.clear();
    let voice_alone = Known {
        voices: made.known.voices,
        readings: made.known.readings,
        ..Known::default()
    };
    // What has a clock has one without its times, unless that is past 1193 hours.
    let own = clock(&unanchored, voice_alone);
    let own = own.as_ref().map_or(made.clock, |timed| &timed.clock);
    let fitted = made.clock;
    let clocks = Clocks { fitted, own };
    timing(made.transcript, clocks, made.known.readings, made.heard)
}

/// Each line of the source: its number, what it was taken for, when and by whom it is spoken
/// where the transcript says so, and its words.
fn reading(made: &Explanation<'_>) -> String {
    let transcript = made.transcript;
    let mut said = String::with_capacity(2 * made.source.len());
    let mut utterances = transcript.utterances.iter().enumerate().peekable();
    let mut translations = transcript.translations.iter().peekable();
    for ((index, place), form) in Lines::new(made.source).enumerate().zip(made.forms) {
        let number = index + 1;
        let here = utterances.next_if(|(_, one)| one.line as usize == number);
        let is_second = translations.next_if(|one| one.offset as usize == place.start());
        let name = is_second.map_or(form_name(*form), |_| "translation");
        say!(said, "{number:>5} {name:<11} ");
        match here {
            Some((utterance, _)) => spoken(utterance, transcript, &mut said),
            None => said.push_str(place.of(made.source).trim()),
        }
        said.truncate(said.trim_end().len());
        said.push('\n');
    }
    said
}

/// `[0:00:05.000] <张三> 你好`.
fn spoken(utterance: usize, transcript: &Transcript, said: &mut String) {
    let anchors = &transcript.anchors;
    let anchor = anchors.binary_search_by_key(&utterance, |anchor| anchor.utterance as usize);
    if let Ok(anchor) = anchor {
        say!(said, "[{}] ", anchors[anchor].at);
    }
    if let Some(name) = transcript.speaker(utterance) {
        say!(said, "<{name}> ");
    }
    said.push_str(transcript.words(&transcript.utterances[utterance]));
}

/// What a line is called.
const fn form_name(form: Form) -> &'static str {
    match form {
        Form::Blank => "blank",
        Form::Words => "words",
        Form::Sound => "sound",
        Form::Marks => "marks",
        Form::Heading => "heading",
        Form::Time => "time",
        Form::Label => "label",
        Form::Pause => "pause",
    }
}

/// Each utterance that was cut or whose marks were changed: its lines, why each ends where it
/// does, and which marks are shown in another way.
fn breaks(made: &Explanation<'_>) -> String {
    let input = made.input.display();
    let mut said = format!("{input}, for the profile {}", made.profile);
    if let Some(settings) = made.settings {
        say!(said, ", settings of {}", settings.display());
    }
    said.push('\n');
    let before = said.len();
    let segments = &made.explained.segments.segments;
    for cues in segments.chunk_by(|cue, next| cue.utterance == next.utterance) {
        let (Some(first), Some(last)) = (cues.first(), cues.last()) else {
            continue;
        };
        let utterance = &made.transcript.utterances[first.utterance as usize];
        let mut told = Told {
            made,
            line: utterance.line,
            end_line: last.end_line,
            lines: String::new(),
            has_changes: false,
        };
        for cue in cues {
            told.cue(cue);
        }
        if told.has_changes || first.first_line + 1 < last.end_line {
            let words = made.transcript.words(utterance);
            say!(said, "\n{input}:{}: {words}\n{}", told.line, told.lines);
        }
    }
    if said.len() == before {
        said += "nothing was cut, and every mark is shown as it was written\n";
    }
    said
}

/// What is said of an utterance.
struct Told<'m> {
    made: &'m Explanation<'m>,
    /// Its line in the source.
    line: u32,
    /// One past its last line in the captions.
    end_line: u32,
    lines: String,
    has_changes: bool,
}

impl Told<'_> {
    /// Adds a cue: its lines, then the marks that changed in it.
    fn cue(&mut self, cue: &Segment) {
        let Explanation {
            transcript,
            explained,
            ..
        } = self.made;
        let shown: Vec<&str> = explained.segments.lines(cue, transcript).collect();
        let mut name = match cue.part {
            0 => self.line.to_string(),
            part => format!("{}.{part}", self.line),
        };
        for (at, line) in (cue.first_line..cue.end_line).zip(&shown) {
            let why = self.why(at, cue.end_line);
            say!(self.lines, "  {name:<7}{line}{why}\n");
            name.clear();
        }
        let changed = changes(cue.said.of(&transcript.text), &shown);
        if !changed.is_empty() {
            let changed: Vec<String> = changed.iter().map(ToString::to_string).collect();
            say!(self.lines, "  {name:<7}marks: {}\n", changed.join("; "));
            self.has_changes = true;
        }
    }

    /// Why the line at `at` ends where it does; nothing where the utterance does.
    fn why(&self, at: u32, cue_end: u32) -> String {
        let kind = self.made.explained.ends[at as usize].says();
        match at + 1 {
            next if next == self.end_line => String::new(),
            next if next == cue_end => format!("  ‖ new cue {kind}"),
            _ => format!("  ⏎ new line {kind}"),
        }
    }
}

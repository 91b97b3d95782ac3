//! Where utterances are spoken in, what is to be told of that out: which were not heard, which may be
//! elsewhere, and why none was placed.

use crate::align::{Absent, Aligned, Fate, NotAligned, Spoken};
use crate::model::{Anchor, Diagnostic, Kind, Span, Transcript, kinds};

/// What was aligned, and so what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A transcript that is captioned.
    Transcript(Absent),
    /// The words of captions that have times already.
    Captions(Absent),
}

kinds! {
    Align;
    DROPPED: Note, "not-heard",
        "expected to hear this line in the recording",
        "--absent estimate gives it a time all the same";
    ESTIMATED: Note, "not-heard",
        "expected to hear this line in the recording",
        "it has a share of the time between its neighbours, if there is any";
    TAKEN_AWAY: Note, "not-heard",
        "expected to hear this cue in the recording",
        "it is taken away";
    KEPT: Note, "not-heard",
        "expected to hear this cue in the recording",
        "it is as far from its neighbours as it was (--absent drop takes it away)";
    DOUBTFUL: Note, "doubtful-time",
        "expected to be sure where this line is",
        "a [m:ss] before the line says it";
    DOUBTFUL_CUE: Note, "doubtful-time",
        "expected to be sure where this cue is",
        "listen to it there";
    PAST_THE_END: Fault, "time-past-the-sound",
        "expected a time before the end of the recording",
        "the line was looked for as if it had none; mend the time";
    SILENT: Fault, "silent-recording",
        "expected somebody to speak in the recording",
        "the length alone was used; is it the right one?";
    SILENT_FOR_CUES: Fault, "silent-recording",
        "expected somebody to speak in the recording",
        "times are as they were; is it the right one?";
    OTHER_TEXT: Fault, "another-text",
        "expected to hear most lines in the recording",
        "its length alone was used; is it that of this text? (--media-length-only says that it is)";
    OTHER_CUES: Fault, "another-text",
        "expected to hear most cues in the recording",
        "times are as they were; is it that of these captions?";
}

impl Subject {
    const fn absent(self) -> &'static Kind {
        match self {
            Self::Transcript(Absent::Drop) => &DROPPED,
            Self::Transcript(Absent::Estimate) => &ESTIMATED,
            Self::Captions(Absent::Drop) => &TAKEN_AWAY,
            Self::Captions(Absent::Estimate) => &KEPT,
        }
    }

    /// What is said of something doubtful, of silence, and of another text.
    const fn others(self) -> [&'static Kind; 3] {
        match self {
            Self::Transcript(_) => [&DOUBTFUL, &SILENT, &OTHER_TEXT],
            Self::Captions(_) => [&DOUBTFUL_CUE, &SILENT_FOR_CUES, &OTHER_CUES],
        }
    }
}

impl NotAligned {
    /// The same of a text as a whole.
    #[must_use]
    pub fn finding(self, subject: Subject) -> Diagnostic {
        let [_, silent, other_text] = subject.others();
        match self {
            Self::Silence => silent.overall("silence"),
            Self::AnotherText { found, lines } => other_text.overall(format!("{found} of {lines}")),
            Self::TooLong { fit, lines } => {
                other_text.overall(format!("time for {fit} of {lines}"))
            }
        }
    }
}

impl Aligned {
    /// Whether a time of the transcript was kept to: not where it is past the end.
    #[must_use]
    pub fn is_known(&self, anchor: &Anchor) -> bool {
        anchor.at < self.end
    }

    /// Times that were not used, lines that were not heard, and those that may be elsewhere.
    pub fn findings<'a>(
        &'a self,
        transcript: &'a Transcript,
        subject: Subject,
    ) -> impl Iterator<Item = Diagnostic> + 'a {
        let [doubtful, ..] = subject.others();
        let anchors = transcript.anchors.iter();
        let late = anchors.filter(|anchor| !self.is_known(anchor));
        let late = late.map(|anchor| {
            PAST_THE_END.found(anchor.source, format!("{} in {}", anchor.at, self.end))
        });
        let lines = transcript.utterances.iter().zip(&self.fates);
        late.chain(lines.filter_map(move |(utterance, fate)| {
            let at = utterance.offset as usize;
            let span = Span::new(at, at);
            match fate {
                Fate::Absent => {
                    let words = transcript.words(utterance).to_owned();
                    Some(subject.absent().found(span, words))
                }
                Fate::Placed(spoken) if spoken.is_doubtful() => {
                    Some(doubtful.found(span, format!("{}: {}", spoken.start, says(spoken))))
                }
                Fate::Placed(_) | Fate::Unsaid => None,
            }
        }))
    }
}

/// Why it may be elsewhere.
fn says(spoken: &Spoken) -> String {
    let doubts: Vec<_> = spoken.doubts.iter().map(|doubt| doubt.says()).collect();
    doubts.join(", and ")
}

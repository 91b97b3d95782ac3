//! What somebody says, in order, as a transcript tells it.

use crate::model::{Span, Timestamp};

/// The utterances of a transcript, and what is known of their order and times.
///
/// It owns one text buffer: the utterances as they are spoken, a newline between two.
/// Markers, headings' signs and line ends of the source are not in it, and closing marks
/// that had strayed to the next line are back where they belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// The buffer that every span of an utterance is a part of.
    pub text: String,
    /// The buffer of the headings' titles.
    pub titles: String,
    /// The buffer of the speakers' names.
    pub names: String,
    /// In the order spoken. Spans rise and do not overlap.
    pub utterances: Vec<Utterance>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Times that the transcript gives, strictly rising in place and in time.
    pub anchors: Vec<Anchor>,
    /// Translations of utterances, rising, where lines of two languages stand by turns.
    pub translations: Vec<Translation>,
    /// What is heard and not said, in [`Transcript::text`]: `（笑声）`. Spans rise, and each is
    /// inside of one utterance.
    pub sounds: Vec<Span>,
    /// Rests that the transcript asks for, by place.
    pub pauses: Vec<Pause>,
    /// Who speaks, strictly rising in place; each holds until the next.
    pub turns: Vec<Turn>,
}

/// One utterance: what is said in one go, and what becomes one cue where it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Its words in [`Transcript::text`]; never empty.
    pub text: Span,
    /// The line of the source that it begins on, from 1. It names the cue.
    pub line: u32,
    /// Where that line begins in the source, in bytes, for messages.
    pub offset: u32,
    /// What stands before it.
    pub opening: Opening,
}

/// What stands before an utterance, and so how long the voice rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The line before, or nothing.
    Line,
    /// A blank line.
    Paragraph,
    /// A heading.
    Heading,
}

/// A heading: a chapter of the track, not a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its words in [`Transcript::titles`].
    pub title: Span,
    /// Index of the utterance that it stands before; the count of utterances at the end.
    pub before: u32,
}

/// A time that the transcript itself gives: this utterance starts then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Index of the utterance.
    pub utterance: u32,
    /// When it starts.
    pub at: Timestamp,
    /// The marker in the source, for messages.
    pub source: Span,
}

/// What an utterance is in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Index of the utterance.
    pub utterance: u32,
    /// Its words in [`Transcript::text`].
    pub text: Span,
    /// Where its line begins in the source, in bytes, for messages.
    pub offset: u32,
}

impl Utterance {
    /// Whether nothing stands between it and the line before it.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.opening == Opening::Line
    }
}

/// A rest that the transcript asks for: `[pause 2s]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The place in [`Transcript::text`] that it stands before; at the start of an utterance
    /// it is a rest before that, at its end behind it. Of several at one place all count.
    pub at: u32,
    /// Its length; `None` for a rest as long as they are.
    pub length_ms: Option<u32>,
}

/// Somebody begins to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Index of the first utterance.
    pub utterance: u32,
    /// The name in [`Transcript::names`]; empty where it is not known any more.
    pub name: Span,
}

impl Transcript {
    /// The words of an utterance.
    ///
    /// ```
    /// let read = zimu::transcript::parse("# 开场\n大家好\n");
    /// let transcript = read.transcript;
    /// assert_eq!(transcript.words(&transcript.utterances[0]), "大家好");
    /// ```
    #[must_use]
    pub fn words(&self, utterance: &Utterance) -> &str {
        utterance.text.of(&self.text)
    }

    /// The title of a heading.
    #[must_use]
    pub fn title(&self, heading: &Heading) -> &str {
        heading.title.of(&self.titles)
    }

    /// The sounds in a part of the text.
    #[must_use]
    pub fn sounds_in(&self, part: Span) -> &[Span] {
        let before = |sound: &Span| sound.end() <= part.start();
        let first = self.sounds.partition_point(before);
        let inside = |sound: &Span| sound.start() < part.end();
        let count = self.sounds[first..].partition_point(inside);
        &self.sounds[first..first + count]
    }

    /// The pauses in a part of the text, at its start and end too.
    #[must_use]
    pub fn pauses_in(&self, part: Span) -> &[Pause] {
        let before = |pause: &Pause| (pause.at as usize) < part.start();
        let first = self.pauses.partition_point(before);
        let inside = |pause: &Pause| pause.at as usize <= part.end();
        let count = self.pauses[first..].partition_point(inside);
        &self.pauses[first..first + count]
    }

    /// Whether an utterance is nothing but sounds, and the marks between them.
    ///
    /// ```
    /// let transcript = zimu::transcript::parse("（掌声）\n谢谢（笑声）\n").transcript;
    /// let [applause, thanks] = &transcript.utterances[..] else { panic!() };
    /// assert!(transcript.is_sound(applause) && !transcript.is_sound(thanks));
    /// ```
    #[must_use]
    pub fn is_sound(&self, utterance: &Utterance) -> bool {
        let sounds = self.sounds_in(utterance.text);
        let mut at = utterance.text.start();
        let mut is_silent = |until: usize, next: usize| {
            let between = Span::new(at, until).of(&self.text);
            at = next;
            !between.contains(char::is_alphanumeric)
        };
        !sounds.is_empty()
            && sounds
                .iter()
                .all(|sound| is_silent(sound.start(), sound.end()))
            && is_silent(utterance.text.end(), utterance.text.end())
    }

    /// Begins a turn with the utterance that is pushed next, where somebody else spoke before.
    /// `name` is in [`Transcript::names`].
    pub fn turn(&mut self, name: Span) {
        let utterance = self.utterances.len() as u32;
        if self
            .turns
            .last()
            .is_some_and(|turn| turn.utterance == utterance)
        {
            self.turns.pop();
        }
        let before = self
            .turns
            .last()
            .map_or("", |turn| turn.name.of(&self.names));
        if before != name.of(&self.names) {
            self.turns.push(Turn { utterance, name });
        }
    }

    /// The same without the utterances, by their indices, that are not `kept`.
    ///
    /// ```
    /// let transcript = zimu::transcript::parse("[0:01] 甲\n乙\n[0:09] 丙\n").transcript;
    /// let some = transcript.only(|utterance| utterance != 1);
    /// let words: Vec<_> = some.utterances.iter().map(|one| some.words(one)).collect();
    /// assert_eq!(words, ["甲", "丙"]);
    /// assert_eq!(some.anchors[1].utterance, 1);
    /// ```
    #[must_use]
    pub fn only(&self, kept: impl Fn(usize) -> bool) -> Self {
        // How many are kept before each; the last place is for headings at the end.
        let mut before = Vec::with_capacity(self.utterances.len() + 1);
        before.push(0);
        for utterance in 0..self.utterances.len() {
            before.push(before[utterance] + u32::from(kept(utterance)));
        }
        let place = |utterance: u32| before[(utterance as usize).min(before.len() - 1)];
        let is_kept = |utterance: u32| kept(utterance as usize);
        let mut only = self.clone();
        let mut index = 0..;
        only.utterances.retain(|_| index.next().is_some_and(&kept));
        only.anchors.retain(|anchor| is_kept(anchor.utterance));
        for anchor in &mut only.anchors {
            anchor.utterance = place(anchor.utterance);
        }
        only.translations
            .retain(|translation| is_kept(translation.utterance));
        for translation in &mut only.translations {
            translation.utterance = place(translation.utterance);
        }
        for heading in &mut only.headings {
            heading.before = place(heading.before);
        }
        for turn in &mut only.turns {
            turn.utterance = place(turn.utterance);
        }
        // Of those who said nothing that is kept the last one speaks on.
        only.turns.reverse();
        only.turns.dedup_by_key(|turn| turn.utterance);
        only.turns.reverse();
        only
    }

    /// Who speaks an utterance, by its index; `None` where nobody is named.
    ///
    /// ```
    /// let talk = "甲：你来了\n乙：来了\n坐哪\n甲：这边\n乙：好\n";
    /// let transcript = zimu::transcript::parse(talk).transcript;
    /// assert_eq!(transcript.speaker(2), Some("乙"));
    /// ```
    #[must_use]
    pub fn speaker(&self, utterance: usize) -> Option<&str> {
        let begun = |turn: &Turn| turn.utterance as usize <= utterance;
        let turn = self.turns.partition_point(begun).checked_sub(1)?;
        let name = self.turns[turn].name;
        (!name.is_empty()).then(|| name.of(&self.names))
    }
}

//! A track in, its cues as the script of a page reads them out: a column for each thing that is
//! known of every cue, so that a hundred thousand of them take little more than their words.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use zimu::model::{CueId, Track};

/// The cues of a track.
pub(crate) struct Cues<'t>(pub(crate) &'t Track);

/// A list that is made as it is written.
struct Column<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for Column<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for Cues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(track) = self;
        let cues = || track.cues().iter();
        let starts = || cues().map(|cue| cue.interval.start().millis());
        let lengths = || cues().map(|cue| cue.interval.duration_ms());
        let texts = || cues().map(|cue| Column(|| track.lines(cue).map(|line| line.text)));
        let languages = || track.languages().iter().map(ToString::to_string);
        let place = |language| track.languages().iter().position(|tag| tag == language);
        let lines = || cues().flat_map(|cue| track.lines(cue));
        let is_counted = cues()
            .zip(1..)
            .all(|(cue, number)| cue.id == CueId::numbered(number));
        let named = || cues().filter(|_| !is_counted);
        let mut columns = serializer.serialize_struct("Cues", 6)?;
        columns.serialize_field("starts", &Column(starts))?;
        columns.serialize_field("lengths", &Column(lengths))?;
        columns.serialize_field("texts", &Column(texts))?;
        columns.serialize_field("languages", &Column(languages))?;
        // Of each line of each cue, where its language stands among them.
        columns.serialize_field(
            "tongues",
            &Column(|| lines().map(|line| place(line.language))),
        )?;
        // None where they count from 1.
        columns.serialize_field(
            "names",
            &Column(|| named().map(|cue| track.name(cue).to_string())),
        )?;
        columns.end()
    }
}

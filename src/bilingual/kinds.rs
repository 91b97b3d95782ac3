//! What can be doubtful about a second text: one constant a kind.

use crate::model::kinds;

kinds! {
    Bilingual;
    pub(super) TOO_LONG: Note, "second-too-long",
        "expected a translation that fits the lines of its cue",
        "it is shown on more lines";
    pub(super) ENDS_EARLY: Note, "second-ends-early",
        "expected a translation of the last utterance",
        "put `-` there to say that it has none";
    pub(super) LEFT_OUT: Note, "second-left-out",
        "expected a caption of the line that this translates",
        "it is left out with it";
    pub(super) TITLE: Note, "second-title",
        "expected a heading in the first text alone",
        "it is not shown: chapters have the titles of the first text";
    pub(super) FIRST_ALONE: Note, "first-alone",
        "expected a translation at the time of each cue",
        "none is shown there";
    pub(super) SECOND_ALONE: Note, "second-alone",
        "expected a cue at the time of each translation",
        "the translation is a cue of its own";
    pub(super) JOINED: Note, "second-joined",
        "expected one translation for each cue",
        "they are shown together";
    pub(super) SHARED: Note, "second-shared-out",
        "expected one cue for a translation",
        "each shows its part of it";
    pub(super) LONG_CUES: Note, "second-too-long",
        "expected translations that fit the lines of their cues",
        "they are shown on more lines";
    pub(super) MARKUP: Note, "second-markup",
        "expected words alone where translations are joined or wrapped anew",
        "markup is left out there";
    pub(super) PLACE: Note, "second-place",
        "expected translations at the place of their cues",
        "they are shown where these are";
    pub(super) CONTROL: Repair, "control-character",
        "expected text, found control characters",
        "they were dropped";
    pub(super) STRAY_CLOSE: Repair, "stray-closing-mark",
        "expected words on each line, found a closing mark",
        "it was given back to the line before";
    pub(super) NOTHING_TO_CLOSE: Repair, "nothing-to-close",
        "expected words before a closing mark, found none",
        "the mark was dropped";
}

//! What can be wrong with a transcript: one constant a kind.

use crate::model::kinds;

kinds! {
    Transcript;
    pub(super) STRAY_CLOSE: Repair, "stray-closing-mark",
        "expected a line to begin with a word, found a closing mark",
        "it was given back to the utterance before";
    pub(super) NOTHING_TO_CLOSE: Repair, "nothing-to-close",
        "expected words before a closing mark, found none",
        "the mark was dropped";
    pub(super) CONTROL: Repair, "control-character",
        "expected text, found control characters",
        "they were dropped";
    pub(super) INVISIBLE: Repair, "invisible-run",
        "expected words, found zero-width characters in a row",
        "they were dropped; the words that stood there may be missing";
    pub(super) EMPTY_HEADING: Repair, "empty-heading",
        "expected a title behind the heading's sign",
        "the heading was dropped; the paragraph ends all the same";
    pub(super) TIME_PARTS: Note, "not-a-time",
        "expected minutes and seconds up to 59 for a time",
        "the line was read as text";
    pub(super) ANCHOR_FALLS: Fault, "anchor-falls",
        "expected a time later than those before it and earlier than those behind it",
        "the time was not used; mend it, or take it away";
    pub(super) ANCHOR_REPEATS: Repair, "anchor-repeats",
        "expected a time later than the one before it, found the same",
        "the line follows the one before at the pace of its words";
    pub(super) ANCHOR_ALONE: Fault, "anchor-alone",
        "expected an utterance behind a time",
        "the time was not used; put it before the words that are said then";
    pub(super) GUESS: Note, "guessed-time",
        "expected a time, found one that is guessed",
        "it was not used, nor others like it; write the true time over it, without the `?`";
    pub(super) LABEL_ALONE: Fault, "label-alone",
        "expected words behind a speaker's label",
        "the speaker is not named; put the label before what he says";
    pub(super) PAUSE_ALONE: Note, "pause-alone",
        "expected words behind a pause",
        "the pause was not used; the duration says when the recording ends";
    pub(super) MARKUP: Note, "markup",
        "expected plain text, found Markdown",
        "its signs are not shown, here and further on";
}

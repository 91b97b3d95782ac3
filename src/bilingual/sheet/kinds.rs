//! What can be wrong with a sheet: one constant a kind.
//!
//! A row whose words are no cue's, or not quite, is a fault: words of the translator could not
//! be used as they stood, or are in doubt. A cue without a translation is a note: a sheet
//! that is not finished is no wrong sheet.

use crate::model::kinds;

kinds! {
    Bilingual;
    pub(super) STALE: Fault, "sheet-stale",
        "expected the words of a cue",
        "its translation was used all the same: see whether it still says that";
    pub(super) SURPLUS: Fault, "sheet-surplus",
        "expected the words of a cue, found those of none",
        "its translation was kept in the file of those that are left over";
    pub(super) MISSING: Note, "sheet-missing",
        "expected a translation",
        "the cue has none; put `-` there to say that it is to have none";
    pub(super) NO_ROW: Note, "sheet-no-row",
        "expected a row for each cue",
        "make the sheet again from these captions and the ones that have the translations";
    pub(super) UNCONFIRMED: Note, "sheet-unconfirmed",
        "expected a translation that somebody has confirmed, found one that is fuzzy",
        "it was not used: take the mark away, or use all of them with --fuzzy";
    pub(super) REPLACED: Note, "sheet-replaced",
        "expected a cue without another translation",
        "the one of the sheet is shown in its place";
    pub(super) RECUT: Note, "sheet-recut",
        "expected words that are cut into cues as they were",
        "the translation was shared out among the cues that say them now";
    pub(super) TOO_LONG: Note, "sheet-too-long",
        "expected a translation that fits the lines of its cue",
        "it is shown on more lines";
    pub(super) TOO_FAST: Note, "sheet-too-fast",
        "expected a translation that can be read while its cue is shown",
        "shorten it, or show the cue longer";
    pub(super) CONTROL: Repair, "control-character",
        "expected text, found control characters",
        "they were dropped";
    pub(super) CELL_ERROR: Fault, "sheet-cell-error",
        "expected a translation, found the error of a spreadsheet",
        "the words are gone: a cell that begins with =, + or - was taken for a formula";
    pub(super) PO_SYNTAX: Fault, "po-syntax",
        "expected msgctxt, msgid, msgstr, a text in quotation marks or a comment",
        "the line was left out";
    pub(super) PO_QUOTES: Fault, "po-quotes",
        "expected a text in quotation marks",
        "it was read as far as it goes";
}

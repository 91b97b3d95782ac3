//! The rules of single guides, as the second part of the one table: a profile that says nothing of what
//! they are about is held to none of them.

use crate::check::rule::Fix;
use crate::check::site::MarkForm;
use crate::check::{Basis, Rule, Severity};
use crate::check::{house, lines, marks};

/// Rules that few guides have.
pub(super) const HOUSE: &[Rule] = &[
    Rule {
        id: "line-balance",
        severity: Severity::Note,
        wrong: "of two lines one is much shorter",
        expects: "the shorter line to have, of the width of the longer, at least",
        mend: "break where the lines are more even",
        source: "TED's guidelines: no line is shorter than half of the other",
        basis: Basis::Verified,
        fix: Fix::ByHand,
        find: lines::line_balance,
    },
    Rule {
        id: "cue-length",
        severity: Severity::Warning,
        wrong: "a cue has too many characters",
        expects: "a cue of at most",
        mend: "cut the cue in two",
        source: "TED's guidelines: 84 in Latin script; one uploading tool for Bilibili: 80",
        basis: Basis::Practice,
        fix: Fix::ByHand,
        find: lines::cue_length,
    },
    Rule {
        id: "cue-count",
        severity: Severity::Warning,
        wrong: "a file has more cues than the platform takes",
        expects: "a file of at most",
        mend: "join short cues, or cut the file in two",
        source: "one uploading tool for Bilibili: 1000",
        basis: Basis::Practice,
        fix: Fix::ByHand,
        find: lines::cue_count,
    },
    Rule {
        id: "digit-form",
        severity: Severity::Note,
        wrong: "digits are full-width",
        expects: "half-width digits",
        mend: "write them half-width",
        source: "Netflix, Chinese (Simplified) Timed Text Style Guide",
        basis: Basis::Quoted,
        fix: Fix::ByHand,
        find: house::digit_form,
    },
    Rule {
        id: "number-words",
        severity: Severity::Note,
        wrong: "a small number before a counter is in digits",
        expects: "a number that counts so few to be in characters",
        mend: "write it out: 三个, not 3个",
        source: "Netflix, Chinese (Simplified) Timed Text Style Guide: 1 to 10",
        basis: Basis::Quoted,
        fix: Fix::ByHand,
        find: house::number_words,
    },
    Rule {
        id: "name-dot",
        severity: Severity::Note,
        wrong: "the dot of a name is none of the profile's",
        expects: "the dot of the profile between the parts of a name",
        mend: "write that of the profile, its `name_dot`",
        source: "Netflix, Chinese (Simplified) Timed Text Style Guide: U+00B7; GB/T 15834-2011",
        basis: Basis::Verified,
        fix: Fix::Marks(MarkForm::NameDot),
        find: marks::name_dot,
    },
    Rule {
        id: "dialogue-dash",
        severity: Severity::Note,
        wrong: "two speak in a cue, and their dashes are none of the profile's",
        expects: "each line of two speakers to begin with the dash of the profile",
        mend: "begin both lines with that of the profile, its `dialogue_dash`",
        source: "Netflix, Timed Text Style Guides: a hyphen without a space, on both lines",
        basis: Basis::Verified,
        fix: Fix::ByHand,
        find: house::dialogue_dash,
    },
    Rule {
        id: "styles",
        severity: Severity::Note,
        wrong: "text has markup that is not used or not shown",
        expects: "text without markup that the profile has none of",
        mend: "take the markup away",
        source: "Netflix, Chinese (Simplified): no italics; YouTube: SubRip and SBV have no styles",
        basis: Basis::Verified,
        fix: Fix::ByHand,
        find: house::styles,
    },
];

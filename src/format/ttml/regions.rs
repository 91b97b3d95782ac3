//! A track in, the regions that its cues stand in out.
//!
//! No more than four at a time (IMSC 1.1 §8.4), none of which overlap: a row of the picture each,
//! and at the bottom one for each language where there are two. Those meet in a line, so that each
//! language has its place whether the other says something or not. The lines of a cue are then in
//! `span`s of their regions, and its `p` is in none: TTML2 §11.3.1.3 takes from it what belongs to
//! a region, and a player that knows regions of a `p` alone shows them below each other.

use crate::format::out::Out;
use crate::format::ttml::ids::{LANGUAGE_REGIONS, REGIONS};
use crate::model::{Cue, LanguageTag, Position, Track};

/// Top, middle and bottom, as in [`REGIONS`]: apart from each other, and within what every screen
/// shows. A row of 30 % has room for three lines, and more may go over its edge.
const PLACES: [&str; 3] = [
    "tts:origin=\"5% 5%\" tts:extent=\"90% 30%\" tts:displayAlign=\"before\"",
    "tts:origin=\"5% 35%\" tts:extent=\"90% 30%\" tts:displayAlign=\"center\"",
    "tts:origin=\"5% 65%\" tts:extent=\"90% 30%\" tts:displayAlign=\"after\"",
];

/// The halves of the last, as in [`LANGUAGE_REGIONS`].
const LANGUAGE_PLACES: [&str; 2] = [
    "tts:origin=\"5% 65%\" tts:extent=\"90% 15%\" tts:displayAlign=\"after\"",
    "tts:origin=\"5% 80%\" tts:extent=\"90% 15%\" tts:displayAlign=\"before\"",
];

/// The regions of a file.
pub(super) struct Regions<'t> {
    /// The language above and the one below, where each has a region.
    languages: Option<[&'t LanguageTag; 2]>,
    is_used: [bool; 3],
}

impl<'t> Regions<'t> {
    pub(super) fn of(track: &'t Track) -> Self {
        let mut regions = Self {
            languages: languages(track),
            is_used: [false; 3],
        };
        for cue in track.cues() {
            if !regions.are_by_language(track, cue) {
                regions.is_used[row(track.position(cue))] = true;
            }
        }
        regions
    }

    pub(super) fn print(&self, out: &mut Out<'_>) {
        out.push_str("    <layout>\n");
        let rows = REGIONS.iter().zip(PLACES).zip(self.is_used);
        for ((id, place), _) in rows.filter(|(_, is_used)| *is_used) {
            print_region(id, place, None, out);
        }
        if let Some(languages) = self.languages {
            let regions = LANGUAGE_REGIONS.iter().zip(LANGUAGE_PLACES).zip(languages);
            for ((id, place), language) in regions {
                print_region(id, place, Some(language), out);
            }
        }
        out.push_str("    </layout>\n");
    }

    /// Whether the lines of a cue stand in the regions of their languages.
    pub(super) fn are_by_language(&self, track: &Track, cue: &Cue) -> bool {
        self.languages.is_some() && track.position(cue).is_none() && cue.line_count() > 0
    }

    /// The id of a language's region.
    pub(super) fn of_language(&self, language: &LanguageTag) -> &'static str {
        let is_above = self.languages.is_some_and(|[above, _]| above == language);
        LANGUAGE_REGIONS[usize::from(!is_above)]
    }
}

/// The id of the region of a position.
pub(super) const fn of_position(position: Option<Position>) -> &'static str {
    REGIONS[row(position)]
}

/// The two languages of a track, in the order that they have in the first cue with both. Where
/// cues stand elsewhere at the bottom there are none: their region would overlap.
fn languages(track: &Track) -> Option<[&LanguageTag; 2]> {
    let [first, second] = track.line_languages()[..] else {
        return None;
    };
    let at_bottom = |cue: &Cue| track.position(cue).is_some_and(|at| row(Some(at)) == 2);
    if track.cues().iter().any(at_bottom) {
        return None;
    }
    let top_of_both = track.cues().iter().find_map(|cue| {
        let mut lines = track.lines(cue).map(|line| line.language);
        let top = lines.next()?;
        lines.any(|language| language != top).then_some(top)
    });
    match top_of_both {
        Some(top) if top == second => Some([second, first]),
        Some(_) | None => Some([first, second]),
    }
}

fn print_region(id: &str, place: &str, language: Option<&LanguageTag>, out: &mut Out<'_>) {
    out.push_str("      <region xml:id=\"");
    out.push_str(id);
    out.push('"');
    if let Some(language) = language {
        print_language(language, out);
    }
    out.push(' ');
    out.push_str(place);
    out.push_str(" tts:textAlign=\"center\" tts:overflow=\"visible\"/>\n");
}

pub(super) fn print_language(language: &LanguageTag, out: &mut Out<'_>) {
    out.push_str(" xml:lang=\"");
    out.display(language);
    out.push('"');
}

/// The row of a position, from the top.
const fn row(position: Option<Position>) -> usize {
    match position {
        Some(position) => 2 - (position.keypad() as usize - 1) / 3,
        None => 2,
    }
}

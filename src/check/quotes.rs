//! Quotation marks in pairs, over as many cues as a quotation runs.
//!
//! “ ” 「 」 『 』 each say which side they close. A `"` does not (it may be an inch), nor does ’
//! where no ‘ is open (an apostrophe): those are not judged.

use crate::check::site::{Notes, Site};
use crate::model::Span;

/// What opens, and what closes it.
const PAIRS: [[char; 2]; 4] = [['“', '”'], ['「', '」'], ['『', '』'], ['‘', '’']];

/// The apostrophe.
const APOSTROPHE: char = '’';

/// Where a mark stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    cue: usize,
    line: usize,
    part: Span,
}

/// The quotations that are open, by kind of mark.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Open([Option<Place>; PAIRS.len()]);

pub(super) fn quote_balance(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (line, shown) in site.lines.iter().enumerate() {
        let whose = shown.side as usize;
        for (start, c) in shown.text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let Some((kind, pair)) = (0..).zip(PAIRS).find(|(_, pair)| pair.contains(&c)) else {
                continue;
            };
            let part = Span::new(start, start + c.len_utf8());
            let before = notes.open[whose].0[kind].take();
            if c == pair[0] {
                let cue = notes.at;
                notes.open[whose].0[kind] = Some(Place { cue, line, part });
                unclosed(before, notes);
            } else if before.is_none() && c != APOSTROPHE {
                notes.part(line, part);
            }
        }
    }
    if site.next.is_none() {
        for open in std::mem::take(&mut notes.open) {
            open.0.into_iter().for_each(|place| unclosed(place, notes));
        }
    }
}

fn unclosed(place: Option<Place>, notes: &mut Notes<'_>) {
    if let Some(Place { cue, line, part }) = place {
        notes.part_of(cue, line, part);
    }
}

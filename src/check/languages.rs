//! Rules of two languages, and of the two scripts of one.

use crate::check::site::{Notes, Shown, Side, Site};
use crate::model::Span;
use crate::text::class::Class;
use crate::text::script::{Script, is_of_the_other};

pub(super) fn lost_translation(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    if !site.is_bilingual {
        return;
    }
    let is_spoken = |line: &&Shown<'_>| line.has_words() && !is_sound(line.text);
    let has = |whose| site.side(whose).any(Shown::has_words);
    let spoken = site.lines.iter().find(is_spoken);
    if spoken.is_some() && !(has(Side::First) && has(Side::Second)) {
        notes.cue();
    }
}

/// `（笑声）`, `[music]`, `♪`: the same in every language, or of nobody's words.
fn is_sound(line: &str) -> bool {
    line.trim_start()
        .starts_with(['（', '(', '[', '【', '♪', '♫'])
}

pub(super) fn mixed_script(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        let Some(script) = Script::of_tag(line.language) else {
            continue;
        };
        let is_other =
            |&(_, c): &(usize, char)| Class::of(c) == Class::Han && is_of_the_other(c, script);
        // One of a line tells of all.
        if let Some((start, c)) = line.text.char_indices().find(is_other) {
            notes.part(at, Span::new(start, start + c.len_utf8()));
        }
    }
}

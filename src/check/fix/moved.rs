//! How rules about where marks stand are mended: a function for each, that their rows name.

use crate::check::fix::words::Written;
use crate::check::fix::{Why, Words};
use crate::check::marks::{wrong_end, wrong_start};
use crate::text::clusters::Clusters;

/// Marks that a line is not to start with go to the line before.
pub(in crate::check) fn line_start_mark(words: &mut Words<'_, '_>) -> Result<(), Why> {
    let mut outcome = Ok(());
    for below in 0..words.lines.len() {
        let Written { text, level, .. } = &words.lines[below];
        let is_wrong = |at: usize| wrong_start(&text[at..], *level).is_some();
        let solid = Clusters::of(text).filter(|(_, cluster)| !cluster.trim().is_empty());
        let first = solid.clone().find(|&(at, _)| !is_wrong(at));
        let end = first.map_or(text.len(), |(at, _)| at);
        let marks = solid.take_while(|&(at, _)| at < end);
        let marks: String = marks.map(|(_, mark)| mark).collect();
        if marks.is_empty() {
            continue;
        }
        let above = below.checked_sub(1);
        match above.filter(|&above| words.may_move(below, above)) {
            None => outcome = Err(Why::NoLine),
            Some(_) if first.is_none() => outcome = Err(Why::OnlyMark),
            Some(above) => {
                words.lines[below].text.drain(..end);
                let above = &mut words.lines[above].text;
                above.truncate(above.trim_end().len());
                above.push_str(&marks);
                words.is_changed = true;
            }
        }
    }
    outcome
}

/// Marks that a line is not to end with go to the line behind.
pub(in crate::check) fn line_end_mark(words: &mut Words<'_, '_>) -> Result<(), Why> {
    let mut outcome = Ok(());
    for above in 0..words.lines.len() {
        let Written { text, level, .. } = &words.lines[above];
        let is_wrong = |end: usize| wrong_end(&text[..end], *level).is_some();
        let solid = Clusters::of(text).filter(|(_, cluster)| !cluster.trim().is_empty());
        let last = solid
            .clone()
            .map(|(at, cluster)| at + cluster.len())
            .filter(|&end| !is_wrong(end))
            .last();
        let start = last.unwrap_or_default();
        let marks = solid.skip_while(|&(at, _)| at < start);
        let marks: String = marks.map(|(_, mark)| mark).collect();
        if marks.is_empty() {
            continue;
        }
        let below = above + 1;
        if !words.may_move(above, below) {
            outcome = Err(Why::NoLine);
        } else if last.is_none() {
            outcome = Err(Why::OnlyMark);
        } else {
            words.lines[above].text.truncate(start);
            let below = &mut words.lines[below].text;
            let margin = below.len() - below.trim_start().len();
            below.replace_range(..margin, &marks);
            words.is_changed = true;
        }
    }
    outcome
}

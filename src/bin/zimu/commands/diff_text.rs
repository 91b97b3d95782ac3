//! What became of each cue in, what people read of it out: one block a change, as in a unified
//! diff, and how much it is in all.

use std::fmt::Write as _;
use std::path::Path;

use clap::builder::styling::{AnsiColor, Style};
use zimu::compare::{Comparison, Kind, Marked, Pairing, Shift, Summary, WITHIN_MS, marked};
use zimu::model::{Cue, Position, Span, Track};

/// A comparison, and what it is of.
pub(super) struct Compared<'a> {
    pub(super) old: (&'a Path, &'a Track),
    pub(super) new: (&'a Path, &'a Track),
    pub(super) comparison: &'a Comparison,
}

/// So many cues that are later by the same are told in one line.
const TOLD_TOGETHER: usize = 3;

/// Of words that are less alike, marks would be most of what is shown.
const LEAST_MARKED_PERMILLE: u16 = 400;

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();
const HEAD: Style = AnsiColor::Cyan.on_default();

/// One side of a change.
struct Side<'t> {
    sign: char,
    style: Style,
    track: &'t Track,
    /// What stands round a part that is on this side alone.
    marks: (&'static str, &'static str),
}

/// All of it, with colours.
pub(super) fn text(compared: &Compared<'_>) -> String {
    let comparison = compared.comparison;
    let mut text = String::new();
    if comparison.changes().next().is_some() {
        let (old, new) = (compared.old.0.display(), compared.new.0.display());
        say!(
            text,
            "{REMOVED}--- {old}{REMOVED:#}\n{ADDED}+++ {new}{ADDED:#}\n\n"
        );
    }
    let shifts = comparison.shifts().iter();
    let mut shifts = shifts
        .filter(|shift| shift.count >= TOLD_TOGETHER)
        .peekable();
    let mut told_until = 0;
    for (at, pairing) in comparison.pairings().iter().enumerate() {
        if let Some(shift) = shifts.next_if(|shift| shift.pairings.start == at) {
            compared.push_shift(&mut text, shift);
            told_until = shift.pairings.end;
        }
        let is_told =
            pairing.kinds.are_only(Kind::Retimed) && pairing.keeps_length && at < told_until;
        if !pairing.kinds.are_none() && !is_told {
            compared.push_change(&mut text, pairing);
        }
    }
    push_summary(&mut text, compared, &comparison.summary());
    text
}

impl Compared<'_> {
    fn push_shift(&self, text: &mut String, shift: &Shift) {
        let run = self
            .comparison
            .pairings()
            .get(shift.pairings.clone())
            .unwrap_or_default();
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return;
        };
        let first = names(self.old.1, self.comparison.old_cues(first, self.old.1));
        let last = names(self.old.1, self.comparison.old_cues(last, self.old.1));
        let later = if shift.shift_ms < 0 {
            "earlier"
        } else {
            "later"
        };
        let (seconds, ms) = parts(shift.shift_ms);
        let (count, total) = (shift.count, self.old.1.cues().len());
        let what = if count == total {
            format!("all {count} cues")
        } else {
            format!("{first} to {last}: {count} cues")
        };
        say!(
            text,
            "{HEAD}{what} {later} by {seconds}.{ms:03} s{HEAD:#}\n\n"
        );
    }

    fn push_change(&self, text: &mut String, pairing: &Pairing) {
        let old: Vec<_> = self.comparison.old_cues(pairing, self.old.1).collect();
        let new: Vec<_> = self.comparison.new_cues(pairing, self.new.1).collect();
        let before = names(self.old.1, old.iter().copied());
        let after = names(self.new.1, new.iter().copied());
        let name = match (&*before, &*after) {
            ("", name) | (name, "") => name.to_owned(),
            (old, new) if old == new => old.to_owned(),
            (old, new) => format!("{old} → {new}"),
        };
        let kinds = pairing
            .kinds
            .iter()
            .map(|kind| self.told(kind, pairing, &old, &new));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        say!(text, "{HEAD}{name}: {kinds}{HEAD:#}\n");
        let sides = [
            Side {
                sign: '-',
                style: REMOVED,
                track: self.old.1,
                marks: ("[-", "-]"),
            },
            Side {
                sign: '+',
                style: ADDED,
                track: self.new.1,
                marks: ("{+", "+}"),
            },
        ];
        let [ours, theirs] = &sides;
        let says_the_same = OTHER_WORDS.iter().all(|kind| !pairing.kinds.contain(*kind));
        if let ([one], [other], true) = (&old[..], &new[..], says_the_same) {
            ours.push_times(text, one);
            *text += "\n";
            theirs.push_times(text, other);
            *text += "\n";
            for line in self.new.1.lines(other) {
                say!(text, "    {}\n", shown(line.text));
            }
        } else {
            let found = differing(pairing, (ours.track, &old), (theirs.track, &new));
            ours.push(text, &old, found.as_ref().map(|found| &*found.old));
            theirs.push(text, &new, found.as_ref().map(|found| &*found.new));
        }
        *text += "\n";
    }

    /// What is said of a kind: its name, and how much it is.
    fn told(&self, kind: Kind, pairing: &Pairing, old: &[&Cue], new: &[&Cue]) -> String {
        let name = kind.name();
        let (start, end) = (pairing.start_shift_ms, pairing.end_shift_ms);
        let permille = pairing.likeness_permille;
        match kind {
            Kind::Retimed if start == end => format!("{name} {}", signed(start)),
            Kind::Retimed => format!("{name} (start {}, end {})", signed(start), signed(end)),
            Kind::Reworded if permille == 1000 => name.to_owned(),
            Kind::Reworded => format!("{name} ({}.{} % alike)", permille / 10, permille % 10),
            Kind::Restyled => format!("{name} ({})", self.styles(old, new).join(", ")),
            Kind::Split | Kind::Merged | Kind::Recut => {
                format!("{name} ({} → {})", old.len(), new.len())
            }
            Kind::Moved | Kind::Rewrapped | Kind::Added | Kind::Removed => name.to_owned(),
        }
    }

    pub(super) fn styles(&self, old: &[&Cue], new: &[&Cue]) -> Vec<String> {
        let mut styles = Vec::new();
        for (old, new) in old.iter().zip(new) {
            let speaker = |track: &Track, cue| shown(track.speaker(cue).unwrap_or("nobody"));
            let speakers = (speaker(self.old.1, old), speaker(self.new.1, new));
            if speakers.0 != speakers.1 {
                styles.push(format!("speaker {} → {}", speakers.0, speakers.1));
            }
            let position = |track: &Track, cue| track.position(cue).map_or(2, Position::keypad);
            let positions = (position(self.old.1, old), position(self.new.1, new));
            if positions.0 != positions.1 {
                styles.push(format!("position {} → {}", positions.0, positions.1));
            }
        }
        if styles.is_empty() {
            styles.push("emphasis or readings".to_owned());
        }
        styles
    }
}

/// With any of these, words or where they stand differ.
const OTHER_WORDS: [Kind; 7] = [
    Kind::Reworded,
    Kind::Rewrapped,
    Kind::Split,
    Kind::Merged,
    Kind::Recut,
    Kind::Added,
    Kind::Removed,
];

impl Side<'_> {
    fn push_times(&self, text: &mut String, cue: &Cue) -> usize {
        let (sign, style, interval) = (self.sign, self.style, cue.interval);
        let times = format!("{} → {}", interval.start(), interval.end());
        say!(text, "  {style}{sign}{style:#} {times}");
        4 + times.chars().count()
    }

    /// Pushes all cues; `differing` are the parts of their joined lines that are on this side
    /// alone, and without them all of it is.
    fn push(&self, text: &mut String, cues: &[&Cue], differing: Option<&[Span]>) {
        let mut at = 0;
        for cue in cues {
            let indent = self.push_times(text, cue);
            for (number, line) in self.track.lines(cue).enumerate() {
                let indent = if number == 0 { 0 } else { indent };
                say!(text, "{:indent$}  ", "");
                let whole = Span::new(at, at + line.text.len());
                self.push_line(text, line.text, whole, differing);
                *text += "\n";
                at = whole.end() + 1;
            }
            if self.track.lines(cue).len() == 0 {
                *text += "\n";
            }
        }
    }

    fn push_line(&self, text: &mut String, line: &str, whole: Span, differing: Option<&[Span]>) {
        let style = self.style;
        let Some(differing) = differing else {
            say!(text, "{style}{}{style:#}", shown(line));
            return;
        };
        let mut rest = whole.start();
        for span in differing {
            let (start, end) = (span.start().max(rest), span.end().min(whole.end()));
            if start >= end {
                continue;
            }
            let of_line = |start, end| Span::new(start, end).earlier(whole.start()).of(line);
            let (opening, closing) = self.marks;
            *text += &shown(of_line(rest, start));
            let part = shown(of_line(start, end));
            say!(text, "{style}{opening}{part}{closing}{style:#}");
            rest = end;
        }
        *text += &shown(Span::new(rest, whole.end()).earlier(whole.start()).of(line));
    }
}

/// The parts of both sides that differ, where so much is alike that it helps to see them.
pub(super) fn differing(
    pairing: &Pairing,
    old: (&Track, &[&Cue]),
    new: (&Track, &[&Cue]),
) -> Option<Marked> {
    let joined = |(track, cues): (&Track, &[&Cue])| {
        let lines = cues.iter().flat_map(|cue| track.lines(cue));
        lines.map(|line| line.text).collect::<Vec<_>>().join("\n")
    };
    let helps = pairing.likeness_permille >= LEAST_MARKED_PERMILLE;
    helps.then(|| marked(&joined(old), &joined(new)))
}

fn names<'t>(track: &Track, cues: impl Iterator<Item = &'t Cue>) -> String {
    let names = cues.map(|cue| shown(&track.name(cue).to_string()));
    names.collect::<Vec<_>>().join(", ")
}

/// What a terminal would take for its own is not sent to it.
fn shown(text: &str) -> String {
    let visible = |c: char| {
        if c.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    text.chars().map(visible).collect()
}

pub(super) fn signed(ms: i64) -> String {
    let sign = if ms < 0 { '-' } else { '+' };
    let (seconds, ms) = parts(ms);
    format!("{sign}{seconds}.{ms:03} s")
}

const fn parts(ms: i64) -> (u64, u64) {
    (ms.unsigned_abs() / 1000, ms.unsigned_abs() % 1000)
}

fn push_summary(text: &mut String, compared: &Compared<'_>, summary: &Summary) {
    let cues = (compared.old.1.cues().len(), compared.new.1.cues().len());
    if compared.comparison.changes().next().is_none() {
        say!(text, "the same: {} cues\n", cues.0);
        return;
    }
    let counts = summary.counts.iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(kind, count)| format!("{count} {}", kind.name()));
    let counts = counts.collect::<Vec<_>>().join(", ");
    say!(
        text,
        "{} → {} cues: {} the same, {counts}\n",
        cues.0,
        cues.1,
        summary.unchanged
    );
    let Some(starts) = summary
        .starts
        .filter(|starts| (starts.min_ms, starts.max_ms) != (0, 0))
    else {
        return;
    };
    if starts.min_ms == starts.max_ms {
        let (count, shift) = (starts.count, signed(starts.min_ms));
        say!(text, "starts: {shift} for all of {count}\n");
        return;
    }
    let shifts = [
        starts.min_ms,
        starts.lower_quartile_ms,
        starts.median_ms,
        starts.upper_quartile_ms,
        starts.max_ms,
    ];
    let shifts = shifts.map(signed).join(", ");
    say!(text, "starts: {shifts} (least, quartiles, most)\n");
    let (count, (seconds, ms)) = (starts.count, parts(starts.nine_tenths_ms.cast_signed()));
    say!(
        text,
        "        of {count}, nine tenths no further than {seconds}.{ms:03} s\n"
    );
    let within = WITHIN_MS.iter().zip(starts.within);
    let within = within.map(|(ms, count)| format!("{count} within {ms} ms"));
    say!(text, "        {}\n", within.collect::<Vec<_>>().join(", "));
}

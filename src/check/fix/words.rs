//! The pass of words: the marks of the lines of a cue, by all rules about them until nothing
//! changes.
//!
//! A cue is changed as a whole or not at all: half of a pair of quotation marks helps nobody.

use crate::check::fix::{Change, Pass, Proposal, Run, Why};
use crate::check::rule::Fix;
use crate::check::site::{MarkForm, Shown, Side};
use crate::check::{Checking, Rule};
use crate::model::{BreakLevel, LanguageTag, Track};
use crate::segment::{Marks, Rewrite};

/// Marks that are still mended after so many rounds are mended into each other: no profile of the
/// table takes more than three.
const MOST_ROUNDS: usize = 8;

/// The lines of a cue, and the marks that the profiles want in them.
#[derive(Debug)]
pub(in crate::check) struct Words<'w, 'p> {
    pub(super) lines: Vec<Written<'w>>,
    marks: [Marks<'p>; 2],
    spare: String,
    /// Whether any line was changed since somebody looked.
    pub(super) is_changed: bool,
}

/// A line whose marks are being mended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written<'w> {
    pub(super) text: String,
    pub(super) side: Side,
    pub(super) language: &'w LanguageTag,
    pub(super) level: BreakLevel,
}

/// How a rule about where marks stand is mended.
pub(in crate::check) type WordsFix = fn(&mut Words<'_, '_>) -> Result<(), Why>;

/// The track with the marks of its profiles.
pub(super) fn propose(run: &mut Run<'_, '_>) -> Option<Proposal> {
    let is_of_words = |fix: Fix| fix.pass() == Some(Pass::Words);
    let cues = run.found(is_of_words);
    if cues.is_empty() {
        return None;
    }
    let rules = run.rules(|fix| is_of_words(fix).then_some(fix));
    let given = run.track.clone();
    let mut track = None;
    let mut touched = Vec::new();
    let mut words = Words::of(&run.all);
    for at in cues {
        if run.is_refused(at, Pass::Words) {
            continue;
        }
        words.take(&given, at, &run.all);
        let mended = match mended(&mut words, &rules, |rule, why| run.note(at, rule, why)) {
            Ok(mended) => mended,
            Err(why) => {
                run.refuse(at, Pass::Words, why);
                continue;
            }
        };
        let changes = || given.lines(&given.cues()[at]).zip(&mended).enumerate();
        let changes = changes().filter(|(_, (line, mended))| line.text != mended.text);
        let changes: Vec<_> = changes.collect();
        let is_refused = changes.iter().find_map(|&(line, (view, mended))| {
            if !view.has_one_style() {
                return Some(Why::Unwritten("markup stands inside of the line"));
            }
            let (cue, text) = (run.kept[at], &*mended.text);
            let can = (run.can)(Change::Line { cue, line, text });
            can.err().map(Why::Unwritten)
        });
        if let Some(why) = is_refused {
            run.refuse(at, Pass::Words, why);
        } else if !changes.is_empty() {
            let track = track.get_or_insert_with(|| given.clone());
            for (line, (_, mended)) in changes {
                track.rewrite_line(at, line, &mended.text);
            }
            touched.push(at);
        }
    }
    track.map(|track| Proposal {
        kept: (0..track.cues().len()).collect(),
        track,
        touched,
    })
}

/// The lines as all rules together have them. `note` is told what a rule could not mend.
fn mended<'w>(
    words: &mut Words<'w, '_>,
    rules: &[(&'static Rule, Fix)],
    mut note: impl FnMut(&'static Rule, Why),
) -> Result<Vec<Written<'w>>, Why> {
    let given = words.lines.clone();
    let mut before = Vec::new();
    for _ in 0..MOST_ROUNDS {
        before.clone_from(&words.lines);
        words.is_changed = false;
        for &(rule, fix) in rules {
            if let Fix::Marks(form) = fix {
                words.show(form);
            } else if let Fix::Words(mend) = fix {
                mend(words).unwrap_or_else(|why| note(rule, why));
            }
        }
        if words.is_changed && before == words.lines {
            break;
        }
        if !words.is_changed {
            let mut pairs = given.iter().zip(&before);
            let has_words = pairs.all(|(given, mended)| given.letters().eq(mended.letters()));
            return if has_words {
                Ok(before)
            } else {
                Err(Why::Words)
            };
        }
    }
    Err(Why::Endless)
}

impl<'w, 'p> Words<'w, 'p> {
    fn of(checking: &Checking<'p>) -> Self {
        Self {
            lines: Vec::new(),
            marks: [Side::First, Side::Second].map(|side| Marks::of(checking.limits_of(side))),
            spare: String::new(),
            is_changed: false,
        }
    }

    /// Goes on to a cue.
    fn take(&mut self, track: &'w Track, at: usize, checking: &Checking<'p>) {
        self.lines.clear();
        let lines = track.lines(&track.cues()[at]);
        self.lines.extend(lines.map(|line| {
            let Shown { side, language, .. } = Shown::of(line, checking);
            Written {
                text: line.text.to_owned(),
                side,
                language,
                level: checking.limits_of(side).break_level(language),
            }
        }));
    }

    /// Whether a mark of a line may go to another: that has words, in the same language.
    pub(super) fn may_move(&self, from: usize, to: usize) -> bool {
        let (from, to) = (&self.lines[from], self.lines.get(to));
        to.is_some_and(|to| {
            (from.side, from.language) == (to.side, to.language) && to.letters().next().is_some()
        })
    }

    /// Shows the marks of a form as the profile has them.
    fn show(&mut self, form: MarkForm) {
        match form {
            MarkForm::Trailing => self.cut_ends(),
            MarkForm::Inside => self.replace_inside(),
            MarkForm::HalfWidth
            | MarkForm::Ellipsis
            | MarkForm::Quote
            | MarkForm::Repeated
            | MarkForm::NameDot => self.rewrite(form),
        }
    }

    fn rewrite(&mut self, form: MarkForm) {
        let Self { lines, marks, .. } = self;
        for line in lines {
            let found = marks[line.side as usize].find(&line.text);
            let of_form = found.filter(|mark| MarkForm::of(mark.written.of(&line.text)) == form);
            if put(of_form, &line.text, &mut self.spare) {
                std::mem::swap(&mut line.text, &mut self.spare);
                self.is_changed = true;
            }
        }
    }

    /// Shows something else for marks inside of a line.
    fn replace_inside(&mut self) {
        for line in &mut self.lines {
            let inside = self.marks[line.side as usize].inside(&line.text);
            if put(inside, &line.text, &mut self.spare) {
                std::mem::swap(&mut line.text, &mut self.spare);
                self.is_changed = true;
            }
        }
    }

    /// Ends each line that has words where it ends as it is shown.
    fn cut_ends(&mut self) {
        for line in &mut self.lines {
            let end = self.marks[line.side as usize].shown_end(&line.text);
            let has_words = line.letters().next().is_some();
            if has_words && end < line.text.trim_end().len() {
                line.text.truncate(end);
                self.is_changed = true;
            }
        }
    }
}

/// A line with its rewrites in it, if there are any.
fn put<'l>(rewrites: impl Iterator<Item = Rewrite<'l>>, line: &str, put: &mut String) -> bool {
    put.clear();
    let mut copied = 0;
    for Rewrite { written, shown } in rewrites {
        put.push_str(&line[copied..written.start()]);
        put.push_str(shown);
        copied = written.end();
    }
    put.push_str(&line[copied..]);
    copied > 0
}

impl Written<'_> {
    /// What no mend may change.
    fn letters(&self) -> impl Iterator<Item = char> {
        self.text.chars().filter(|c| c.is_alphanumeric())
    }
}

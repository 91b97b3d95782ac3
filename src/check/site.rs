//! What a rule looks at: a cue among its neighbours; and where it puts what it finds.

use crate::check::quotes::Open;
use crate::check::{Checking, Finding, Measured, RULES, Rule};
use crate::model::{Cue, LanguageTag, LineView, Mark, Span, Track};
use crate::profile::Profile;
use crate::segment::Marks;
use crate::text::breaks::BoundaryFinder;
use crate::text::class::Class;
use crate::text::script::is_chinese;
use crate::text::words::WordFinder;

/// Which limits hold for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Those of the profile: Chinese, and all lines where it names no second.
    First,
    /// Those of the second.
    Second,
}

/// A line of the cue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'t> {
    pub(super) text: &'t str,
    pub(super) language: &'t LanguageTag,
    pub(super) side: Side,
    /// Markup in it, and where its text begins in the track's.
    pub(super) marks: &'t [Mark],
    pub(super) start: usize,
}

impl<'t> Shown<'t> {
    pub(super) fn of(line: LineView<'t>, checking: &Checking<'_>) -> Self {
        let is_second = checking.second.is_some()
            && if *line.language == LanguageTag::UND {
                is_of_letters(line.text)
            } else {
                !is_chinese(line.language)
            };
        Self {
            text: line.text,
            language: line.language,
            side: if is_second { Side::Second } else { Side::First },
            marks: line.marks,
            start: line.span.start(),
        }
    }

    /// Whether there is something to read in it.
    pub(super) fn has_words(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }
}

/// Whether a line of which nobody says the language is in letters and not in Chinese.
fn is_of_letters(text: &str) -> bool {
    let has = |class| text.chars().any(|c| Class::of(c) == class);
    has(Class::Letter) && !has(Class::Han)
}

/// A cue among its neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'s, 't> {
    pub(super) track: &'t Track,
    pub(super) checking: &'s Checking<'s>,
    pub(super) cue: &'t Cue,
    pub(super) before: Option<&'t Cue>,
    pub(super) next: Option<&'t Cue>,
    /// Of all cues before, the one that ends last.
    pub(super) shown_last: Option<&'t Cue>,
    /// The same of those at its place.
    pub(super) shown_last_here: Option<&'t Cue>,
    pub(super) lines: &'s [Shown<'t>],
    pub(super) lines_before: &'s [Shown<'t>],
    /// Whether the track is in two languages.
    pub(super) is_bilingual: bool,
}

impl<'s, 't> Site<'s, 't> {
    /// The limits of times: they are the platform's, whatever language is shown.
    pub(super) const fn limits(&self) -> &'s Profile {
        self.checking.profile
    }

    /// The limits of the lines of a side.
    pub(super) fn limits_of(&self, side: Side) -> &'s Profile {
        self.checking.limits_of(side)
    }

    /// What there is to read of a side, in half characters.
    pub(super) fn count(&self, side: Side) -> u32 {
        let counts = self.side(side).map(|line| self.checking.count(line));
        counts.fold(0, u32::saturating_add)
    }

    /// The lines of a side.
    pub(super) fn side(&self, side: Side) -> impl Iterator<Item = &'s Shown<'t>> {
        self.lines.iter().filter(move |line| line.side == side)
    }

    /// Milliseconds from when nothing is shown any more until the next cue; none where that is
    /// shown before, or another cue stays longer than this one.
    pub(super) fn gap_ms(&self) -> Option<u32> {
        let end = self.cue.interval.end();
        let is_last = self
            .shown_last
            .is_none_or(|last| last.interval.end() <= end);
        let next = self.next.filter(|_| is_last)?;
        next.interval.start().millis().checked_sub(end.millis())
    }
}

/// A mark that the profile shows otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrongMark {
    pub(super) line: usize,
    pub(super) part: Span,
    pub(super) form: MarkForm,
}

/// What is wrong with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkForm {
    HalfWidth,
    Ellipsis,
    Quote,
    Repeated,
    NameDot,
    /// It ends a line that is not to end with it.
    Trailing,
    /// Something else is shown for it inside of a line.
    Inside,
}

/// What was found, and what rules need on their way.
#[derive(Debug)]
pub(super) struct Notes<'p> {
    findings: Vec<Finding>,
    /// The rule at work.
    pub(super) rule: &'static Rule,
    /// The cue at hand.
    pub(super) at: usize,
    /// The marks of the cue that the profile shows otherwise.
    pub(super) wrong_marks: Vec<WrongMark>,
    pub(super) finder: BoundaryFinder,
    pub(super) words: WordFinder,
    /// Two lines as one text.
    pub(super) joined: String,
    /// Quotations that are open, of each side.
    pub(super) open: [Open; 2],
    marks: [Marks<'p>; 2],
}

impl<'p> Notes<'p> {
    pub(super) fn of(checking: &Checking<'p>) -> Self {
        let second = checking.second.unwrap_or(checking.profile);
        Self {
            findings: Vec::new(),
            rule: &RULES[0],
            at: 0,
            wrong_marks: Vec::new(),
            finder: BoundaryFinder::default(),
            words: WordFinder::default(),
            joined: String::new(),
            open: [Open::default(), Open::default()],
            marks: [Marks::of(checking.profile), Marks::of(second)],
        }
    }

    /// Goes on to a cue.
    pub(super) fn begin(&mut self, at: usize, lines: &[Shown<'_>]) {
        self.at = at;
        self.wrong_marks.clear();
        for (line, shown) in lines.iter().enumerate() {
            let marks = &mut self.marks[shown.side as usize];
            self.wrong_marks
                .extend(marks.find(shown.text).map(|mark| WrongMark {
                    line,
                    part: mark.written,
                    form: MarkForm::of(mark.written.of(shown.text)),
                }));
            let whole = shown.text.trim_end().len();
            let end = marks.shown_end(shown.text);
            if end < whole && shown.has_words() {
                self.wrong_marks.push(WrongMark {
                    line,
                    part: Span::new(end, whole),
                    form: MarkForm::Trailing,
                });
            }
            self.wrong_marks
                .extend(marks.inside(shown.text).map(|mark| WrongMark {
                    line,
                    part: mark.written,
                    form: MarkForm::Inside,
                }));
        }
    }

    /// Something about the cue.
    pub(super) fn cue(&mut self) {
        self.add(self.at, None, Span::default(), None);
    }

    /// A quantity of the cue, where there is one.
    pub(super) fn measured(&mut self, measured: impl Into<Option<Measured>>) {
        if let measured @ Some(_) = measured.into() {
            self.add(self.at, None, Span::default(), measured);
        }
    }

    /// A quantity of a line.
    pub(super) fn measured_line(&mut self, line: usize, measured: Measured) {
        self.add(self.at, Some(line), Span::default(), Some(measured));
    }

    /// Something about a part of a line.
    pub(super) fn part(&mut self, line: usize, part: Span) {
        self.add(self.at, Some(line), part, None);
    }

    /// The same of a cue before.
    pub(super) fn part_of(&mut self, cue: usize, line: usize, part: Span) {
        self.add(cue, Some(line), part, None);
    }

    fn add(&mut self, cue: usize, line: Option<usize>, part: Span, measured: Option<Measured>) {
        self.findings.push(Finding {
            rule: self.rule,
            cue,
            line,
            part,
            measured,
        });
    }

    /// All of it, by cue.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| finding.cue);
        self.findings
    }
}

impl MarkForm {
    pub(super) fn of(written: &str) -> Self {
        let mark = written.trim_end();
        let first = mark.chars().next().unwrap_or_default();
        let is_run = mark.chars().nth(1).is_some();
        let class = Class::of(first);
        let is_dots = |c| matches!(c, '.' | '。' | '．');
        if matches!(class, Class::Open | Class::Close | Class::Quote) || mark == "'" {
            Self::Quote
        } else if class == Class::Interpunct && !is_run {
            Self::NameDot
        } else if matches!(class, Class::Ellipsis | Class::Interpunct)
            || (is_run && mark.chars().all(is_dots))
        {
            Self::Ellipsis
        } else if is_run {
            Self::Repeated
        } else {
            Self::HalfWidth
        }
    }
}

//! `cargo xtask score-breaks`: how many line breaks are where a reader of Chinese wants them.
//!
//! The labelled sentences of `fixtures/breaks/` come in, a table of rules and scores goes out,
//! with each decision that went wrong. In a sentence `|` stands where a line may be broken, `~`
//! where it may not, and `⏎` where a sentence that is too wide for one line is best broken (at any
//! one of them). What is not marked is not judged: there readers differ.

use std::fs;
use std::path::PathBuf;

use zimu::model::{BreakLevel, LanguageTag};
use zimu::profile::Profile;
use zimu::segment::{Layout, wrap};
use zimu::text::breaks::{BoundaryFinder, BreakKind};

use crate::{Outcome, outcome, root};

/// The profile whose lines of 16 cells the sentences with `⏎` are written for.
const PROFILE: &str = "netflix-zh-hans";

/// The file of the rules that have no exception: one break at a `~` of it is a fault.
const NEVER: &str = "never";

/// Least share of decisions that are right, in percent.
const LEAST_RIGHT_PERCENT: usize = 98;

/// What a reader says of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// `|`
    May,
    /// `~`
    Never,
    /// `⏎`
    Here,
}

const LABELS: [(char, Label); 3] = [('|', Label::May), ('~', Label::Never), ('⏎', Label::Here)];

/// A sentence without its marks, and its labels by byte offset, rising.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sentence {
    text: String,
    labels: Vec<(usize, Label)>,
}

/// How a rule fared.
#[derive(Debug, Default)]
struct Score {
    file: String,
    rule: String,
    decisions: usize,
    /// The sentences, with a mark where they went wrong.
    wrong: Vec<String>,
}

pub(crate) fn run() -> Outcome {
    let scores = scores()?;
    let (mut decisions, mut wrong) = (0, 0);
    for score in &scores {
        let Score { file, rule, .. } = score;
        let right = score.decisions - score.wrong.len();
        println!("{right:>4} of {:>4}  {file}: {rule}", score.decisions);
        for sentence in &score.wrong {
            println!("{:>16}{sentence}", "");
        }
        decisions += score.decisions;
        wrong += score.wrong.len();
    }
    let right = decisions - wrong;
    let permille = 1000 * right / decisions.max(1);
    println!(
        "{right:>4} of {decisions:>4}  {}.{} %",
        permille / 10,
        permille % 10
    );
    outcome(faults(&scores))
}

/// What the scores fall short of.
fn faults(scores: &[Score]) -> Vec<String> {
    let mut faults = Vec::new();
    let decisions: usize = scores.iter().map(|score| score.decisions).sum();
    let wrong: usize = scores.iter().map(|score| score.wrong.len()).sum();
    if 100 * (decisions - wrong) < LEAST_RIGHT_PERCENT * decisions {
        faults.push(format!(
            "expected {LEAST_RIGHT_PERCENT} % right, found {wrong} of {decisions} wrong"
        ));
    }
    for score in scores.iter().filter(|score| score.file == NEVER) {
        let broken = score.wrong.iter().filter(|sentence| sentence.contains('✗'));
        faults.extend(
            broken.map(|sentence| {
                format!("expected no break against \"{}\": {sentence}", score.rule)
            }),
        );
    }
    faults
}

fn scores() -> Result<Vec<Score>, Box<dyn std::error::Error>> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("fixtures/breaks"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let profile = Profile::named(PROFILE)?;
    let mut scores = Vec::new();
    for path in files {
        let file = path.file_stem().unwrap_or_default().to_string_lossy();
        for line in fs::read_to_string(&path)?.lines() {
            if let Some(rule) = line.strip_prefix("# ") {
                scores.push(Score {
                    file: file.to_string(),
                    rule: rule.to_owned(),
                    ..Score::default()
                });
            } else if let Some(score) = scores.last_mut() {
                score.judge(&Sentence::of(line), &profile);
            }
        }
    }
    Ok(scores)
}

impl Sentence {
    /// A place before spaces is the one behind them: a line ends with its spaces.
    fn of(line: &str) -> Self {
        let mut sentence = Self::default();
        let mut waiting = None;
        for c in line.chars() {
            if let Some((_, label)) = LABELS.iter().find(|(mark, _)| *mark == c) {
                waiting = Some(*label);
                continue;
            }
            if c != ' ' {
                let at = sentence.text.len();
                sentence
                    .labels
                    .extend(waiting.take().map(|label| (at, label)));
            }
            sentence.text.push(c);
        }
        sentence
    }

    /// The sentence with a mark at one place.
    fn with(&self, mark: char, at: usize) -> String {
        format!("{}{mark}{}", &self.text[..at], &self.text[at..])
    }
}

impl Score {
    fn judge(&mut self, sentence: &Sentence, profile: &Profile) {
        if sentence
            .labels
            .iter()
            .any(|(_, label)| *label == Label::Here)
        {
            self.judge_wrap(sentence, profile);
        } else {
            self.judge_places(sentence);
        }
    }

    fn judge_places(&mut self, sentence: &Sentence) {
        let mut finder = BoundaryFinder::default();
        let boundaries: Vec<_> = finder.find(&sentence.text, BreakLevel::Gb).collect();
        self.decisions += sentence.labels.len();
        for &(at, label) in &sentence.labels {
            let found = boundaries.iter().find(|boundary| boundary.offset == at);
            let is_allowed = found.is_some_and(|found| found.kind < BreakKind::InPhrase);
            match (label, is_allowed) {
                (Label::May | Label::Here, false) => self.wrong.push(sentence.with('○', at)),
                (Label::Never, true) => self.wrong.push(sentence.with('✗', at)),
                (Label::May | Label::Here, true) | (Label::Never, false) => {}
            }
        }
    }

    fn judge_wrap(&mut self, sentence: &Sentence, profile: &Profile) {
        let lines = wrap(&sentence.text, Layout::new(profile, &LanguageTag::ZH_HANS));
        let mut end = 0;
        let mut ends = lines.iter().map(|line| {
            end += line.len();
            end
        });
        self.decisions += 1;
        // The end of the last line is no break.
        let is_at = |end| sentence.labels.iter().any(|&(at, _)| at == end);
        if !ends.any(is_at) {
            self.wrong.push(lines.join("✗"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_behind_spaces() {
        let sentence = Sentence::of("用| Rust~ ~2|写");
        assert_eq!(sentence.text, "用 Rust 2写");
        let labels = [(4, Label::May), (9, Label::Never), (10, Label::May)];
        assert_eq!(sentence.labels, labels);
    }

    #[test]
    fn a_break_that_no_reader_wants_is_a_fault() {
        let score = Score {
            file: NEVER.to_owned(),
            rule: "words".to_owned(),
            decisions: 100,
            wrong: vec!["人工✗智能".to_owned()],
        };
        assert_eq!(faults(&[score]).len(), 1);
    }

    #[test]
    fn lines_are_broken_where_readers_want_them() {
        let scores = scores().expect("the labelled sentences");
        assert!(scores.iter().map(|score| score.decisions).sum::<usize>() >= 400);
        assert_eq!(faults(&scores), Vec::<String>::new());
    }
}

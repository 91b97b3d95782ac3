//! A glossary in, what its terms become and where they stand in a text out.
//!
//! Terms are found as those of `terms.rs` are, all in one pass; but of two that overlap one is
//! taken, the one that begins first, and of those the longest.

use std::cmp::Reverse;
use std::collections::hash_map;
use std::collections::{HashMap, HashSet};

use aho_corasick::AhoCorasick;

use crate::model::Span;
use crate::text::class::splits_word;
use crate::text::lines::Lines;

/// How a line begins that holds no term.
const COMMENT: char = '#';

/// A term, and what it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// As it is written in the text that is converted.
    pub term: &'t str,
    /// What it becomes: itself, where it is never converted.
    pub form: &'t str,
}

/// The terms of a project that go before the tables. Made once a run.
#[derive(Clone, Debug)]
pub struct Glossary {
    search: Option<Search>,
}

#[derive(Clone, Debug)]
struct Search {
    automaton: AhoCorasick,
    /// What each term becomes.
    forms: Vec<String>,
}

/// What is wrong with a glossary, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct GlossaryError {
    /// What was expected and what was found.
    pub message: String,
    /// Where, in the text of the glossary.
    pub span: Span,
}

/// There are more terms than can be looked for at once: gigabytes of them.
#[derive(Clone, Debug, thiserror::Error)]
#[error("expected fewer terms: {0}")]
pub struct TooManyEntries(#[from] aho_corasick::BuildError);

impl Glossary {
    /// No terms at all.
    pub const NONE: Self = Self { search: None };

    /// Reads a glossary: a line each, the term and behind a tab what it becomes, or a term
    /// alone that is never converted. Blank lines, and those that begin with `#`, hold none;
    /// space round a term is none of it.
    ///
    /// # Errors
    /// [`GlossaryError`] where a line has a tab and nothing on one of its sides, or more than one
    /// tab, and where a term has two forms.
    ///
    /// ```
    /// use zimu::text::conversion::Glossary;
    ///
    /// let entries = Glossary::read("# ours\n软件\t軟體\n墨禾科技\n")?;
    /// assert_eq!((entries[0].term, entries[0].form), ("软件", "軟體"));
    /// assert_eq!((entries[1].term, entries[1].form), ("墨禾科技", "墨禾科技"));
    ///
    /// let error = Glossary::read("软件\t軟體\n软件\t軟件\n").unwrap_err();
    /// assert_eq!(error.to_string(), "expected one form of 软件, found 軟件 behind 軟體");
    /// # Ok::<(), zimu::text::conversion::GlossaryError>(())
    /// ```
    pub fn read(text: &str) -> Result<Vec<Entry<'_>>, GlossaryError> {
        let mut entries = Vec::new();
        let mut forms = HashMap::new();
        for line in Lines::new(text) {
            let words = line.of(text);
            if words.trim().is_empty() || words.starts_with(COMMENT) {
                continue;
            }
            let entry = entry(words).map_err(|message| GlossaryError {
                message,
                span: line,
            })?;
            match forms.entry(entry.term) {
                hash_map::Entry::Vacant(vacant) => {
                    vacant.insert(entry.form);
                    entries.push(entry);
                }
                hash_map::Entry::Occupied(before) if *before.get() != entry.form => {
                    let Entry { term, form } = entry;
                    let before = before.get();
                    let message =
                        format!("expected one form of {term}, found {form} behind {before}");
                    let span = line;
                    return Err(GlossaryError { message, span });
                }
                hash_map::Entry::Occupied(_) => {}
            }
        }
        Ok(entries)
    }

    /// Makes terms ready. Of two entries for a term the first counts; an empty term is none.
    ///
    /// # Errors
    /// [`TooManyEntries`] where the terms have more than some two thousand million bytes.
    pub fn new<'t>(entries: impl IntoIterator<Item = Entry<'t>>) -> Result<Self, TooManyEntries> {
        let mut seen = HashSet::new();
        let (mut terms, mut forms) = (Vec::new(), Vec::new());
        for Entry { term, form } in entries {
            if !term.is_empty() && seen.insert(term) {
                terms.push(term);
                forms.push(form.to_owned());
            }
        }
        if terms.is_empty() {
            return Ok(Self::NONE);
        }
        let automaton = AhoCorasick::new(terms)?;
        let search = Some(Search { automaton, forms });
        Ok(Self { search })
    }

    /// Puts into `found` the terms of `text`, rising and apart, each with the number of its form.
    pub(super) fn find(&self, text: &str, found: &mut Vec<(Span, usize)>) {
        found.clear();
        let Some(search) = &self.search else { return };
        let all = search.automaton.find_overlapping_iter(text);
        found.extend(
            all.filter(|term| !splits_word(text, term.start()) && !splits_word(text, term.end()))
                .map(|term| (Span::from(term.range()), term.pattern().as_usize())),
        );
        found.sort_unstable_by_key(|(span, _)| (span.start(), Reverse(span.end())));
        let mut done = 0;
        found.retain(|(span, _)| {
            let is_apart = span.start() >= done;
            if is_apart {
                done = span.end();
            }
            is_apart
        });
    }

    /// The form of that number.
    pub(super) fn form(&self, number: usize) -> &str {
        let forms = self.search.as_ref().map(|search| &search.forms[..]);
        forms
            .unwrap_or_default()
            .get(number)
            .map_or("", |form| form)
    }
}

/// The entry of a line that has one.
fn entry(line: &str) -> Result<Entry<'_>, String> {
    let mut columns = line.split('\t').map(str::trim);
    let term = columns.next().unwrap_or_default();
    let form = columns.next();
    if columns.next().is_some() {
        return Err(format!(
            "expected a term, a tab and what it becomes, found {} tabs",
            line.matches('\t').count()
        ));
    }
    match (term, form) {
        ("", _) => Err("expected a term before the tab, found none".to_owned()),
        (_, Some("")) => Err(format!(
            "expected behind the tab what {term} becomes, found nothing"
        )),
        (term, form) => Ok(Entry {
            term,
            form: form.unwrap_or(term),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, terms: &str) -> Vec<(String, String)> {
        let glossary = Glossary::new(Glossary::read(terms).unwrap()).unwrap();
        let mut found = Vec::new();
        glossary.find(text, &mut found);
        let told = |&(span, form): &(Span, usize)| {
            (span.of(text).to_owned(), glossary.form(form).to_owned())
        };
        found.iter().map(told).collect()
    }

    #[test]
    fn the_longest_term_of_those_that_begin_first_is_taken() {
        let terms = "渡轮\t甲\n渡轮码头\t乙\n码头茶楼\t丙\n";
        let pair = |term: &str, form: &str| (term.to_owned(), form.to_owned());
        assert_eq!(
            found("渡轮码头茶楼渡轮", terms),
            [pair("渡轮码头", "乙"), pair("渡轮", "甲")]
        );
    }

    #[test]
    fn a_latin_term_is_a_whole_word_and_gives_way_to_one_that_is() {
        let terms = "AI 2.0\nAI\n";
        assert_eq!(found("AIR", terms), []);
        assert_eq!(
            found("AI 2.01", terms),
            [("AI".to_owned(), "AI".to_owned())]
        );
    }

    #[test]
    fn lines_that_are_no_entries_are_told_with_their_place() {
        for (text, message, at) in [
            (
                "甲\t乙\n丙\t\n",
                "expected behind the tab what 丙 becomes, found nothing",
                "丙\t",
            ),
            (
                "\t乙\n",
                "expected a term before the tab, found none",
                "\t乙",
            ),
            (
                "甲\t乙\t丙\n",
                "expected a term, a tab and what it becomes, found 2 tabs",
                "甲\t乙\t丙",
            ),
        ] {
            let error = Glossary::read(text).unwrap_err();
            assert_eq!((&*error.message, error.span.of(text)), (message, at));
        }
        let read = Glossary::read("# 注\r\n \r\n 甲 \t 乙 \r\n甲\t乙\r\n");
        assert_eq!(read.map(|entries| entries.len()), Ok(1));
    }
}

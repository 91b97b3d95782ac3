//! Findings that are known: a TOML text and what is found in, which of it is new out.
//!
//! An old catalogue has findings that nobody mends at once. Those that it has on the day when it is
//! first checked are written down, by file, rule and [`Fingerprint`], with how many there are; from
//! then on only what is above that is new. What files are called, and where they are, is for whoever
//! reads them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::check::{Finding, Fingerprint, Rule};
use crate::model::Span;
use crate::profile::{TomlError, toml_error};

/// The version of the form.
const VERSION: u32 = 1;

/// What the text begins with, for whoever opens it.
const HEADING: &str =
    "# Findings that are known: `zimu check --update-baseline` writes this file.\n";

/// Findings that are known.
///
/// ```
/// use zimu::check::{Baseline, Checking, Standing, check, fingerprints};
/// use zimu::format::Format;
/// use zimu::profile::Profile;
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:02,000\n渡船每天早上六点从码头出发\n";
/// let track = srt.read(text).unwrap().track;
/// let profile = Profile::named("netflix-zh-hans")?;
/// let checking = Checking::of(&profile);
/// let findings = check(&track, &checking);
/// let prints = fingerprints(&track, &findings);
///
/// let mut baseline = Baseline::default();
/// let standings = baseline.compare("talk.srt", &checking.rules, &findings, &prints);
/// assert_eq!(standings, [Standing::New]);
/// baseline.update();
/// let mut read = Baseline::from_toml(&baseline.to_toml())?;
/// let standings = read.compare("talk.srt", &checking.rules, &findings, &prints);
/// assert_eq!(standings, [Standing::Known]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    files: BTreeMap<String, File>,
}

/// What is known of a file.
#[derive(Clone, Debug, Default)]
struct File {
    /// By the rule's id.
    rules: BTreeMap<String, BTreeMap<Fingerprint, Count>>,
    /// The rules that it was checked by, if it was.
    checked: Option<Vec<&'static Rule>>,
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    known: u32,
    found: u32,
    /// Where the baseline says it.
    place: Span,
}

/// Whether a finding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The baseline does not have it.
    New,
    /// The baseline has it.
    Known,
}

/// An entry of the baseline that has more than there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale<'b> {
    /// The file.
    pub file: &'b str,
    /// The id of the rule.
    pub rule: &'b str,
    /// How many findings are known.
    pub known: u32,
    /// How many of them were found.
    pub found: u32,
    /// Where the text of the baseline says how many.
    pub place: Span,
}

/// The form that is read and written.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Form<C> {
    version: C,
    #[serde(default = "BTreeMap::new", skip_serializing_if = "BTreeMap::is_empty")]
    files: BTreeMap<String, BTreeMap<String, BTreeMap<Fingerprint, C>>>,
}

impl Baseline {
    /// Reads one.
    ///
    /// # Errors
    /// [`TomlError`], with the place in `toml` of what is not as [`to_toml`](Self::to_toml) writes it.
    pub fn from_toml(toml: &str) -> Result<Self, TomlError> {
        let form: Form<Spanned<u32>> = toml::from_str(toml).map_err(|error| toml_error(&error))?;
        let version = form.version;
        if *version.get_ref() != VERSION {
            return Err(TomlError {
                message: format!("expected version {VERSION}, found {}", version.get_ref()),
                span: version.span().into(),
            });
        }
        let count = |known: Spanned<u32>| Count {
            place: known.span().into(),
            known: known.into_inner(),
            found: 0,
        };
        let counts = |prints: BTreeMap<Fingerprint, _>| {
            let counts = prints
                .into_iter()
                .map(|(print, known)| (print, count(known)));
            counts.collect()
        };
        let file = |rules: BTreeMap<String, _>| File {
            rules: rules
                .into_iter()
                .map(|(rule, prints)| (rule, counts(prints)))
                .collect(),
            checked: None,
        };
        let files = form.files.into_iter();
        Ok(Self {
            files: files.map(|(name, rules)| (name, file(rules))).collect(),
        })
    }

    /// What [`from_toml`](Self::from_toml) reads: a line for each entry, in order.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let known = |counts: &BTreeMap<Fingerprint, Count>| {
            let known = counts.iter().filter(|(_, count)| count.known > 0);
            let known = known.map(|(print, count)| (print.clone(), count.known));
            known.collect::<BTreeMap<_, _>>()
        };
        let rules = |file: &File| {
            let rules = file.rules.iter();
            let rules = rules.map(|(rule, counts)| (rule.clone(), known(counts)));
            let rules = rules.filter(|(_, known)| !known.is_empty());
            rules.collect::<BTreeMap<_, _>>()
        };
        let files = self.files.iter();
        let files = files.map(|(name, file)| (name.clone(), rules(file)));
        let form = Form {
            version: VERSION,
            files: files.filter(|(_, rules)| !rules.is_empty()).collect(),
        };
        // Whole numbers under texts are TOML, whatever the texts are.
        HEADING.to_owned() + &toml::to_string(&form).unwrap_or_default()
    }

    /// Which of the findings of a file, by these rules and with these fingerprints, are known: of
    /// several of a rule that have the same the first.
    pub fn compare(
        &mut self,
        file: &str,
        rules: &[&'static Rule],
        findings: &[Finding],
        prints: &[Fingerprint],
    ) -> Vec<Standing> {
        let file = self.files.entry(file.to_owned()).or_default();
        file.checked = Some(rules.to_vec());
        let counts = file.rules.values_mut().flat_map(BTreeMap::values_mut);
        counts.for_each(|count| count.found = 0);
        let standings = findings.iter().zip(prints).map(|(finding, print)| {
            let counts = file.rules.entry(finding.rule.id.to_owned()).or_default();
            let count = counts.entry(print.clone()).or_default();
            count.found += 1;
            if count.found <= count.known {
                Standing::Known
            } else {
                Standing::New
            }
        });
        standings.collect()
    }

    /// The files that were not compared.
    pub fn unchecked(&self) -> impl Iterator<Item = &str> {
        let files = self.files.iter();
        let files = files.filter(|(_, file)| file.checked.is_none());
        files.map(|(name, _)| name.as_str())
    }

    /// Says that there is no such file any more: nothing is found in it by any rule.
    pub fn gone(&mut self, file: &str) {
        if let Some(file) = self.files.get_mut(file) {
            file.checked = Some(file.rules.keys().filter_map(|id| Rule::named(id)).collect());
        }
    }

    /// Entries with more than there is, of files and rules that were checked.
    pub fn stale(&self) -> impl Iterator<Item = Stale<'_>> {
        self.files.iter().flat_map(|(name, file)| {
            let rules = file.rules.iter().filter(|(rule, _)| file.is_checked(rule));
            let counts = rules.flat_map(|(rule, counts)| counts.values().map(move |n| (rule, n)));
            let stale = counts.filter(|(_, count)| count.found < count.known);
            stale.map(|(rule, count)| Stale {
                file: name,
                rule,
                known: count.known,
                found: count.found,
                place: count.place,
            })
        })
    }

    /// Takes what was found as known, in place of what was.
    pub fn update(&mut self) {
        self.recount(|count| count.found);
    }

    /// Takes out what is stale.
    pub fn prune(&mut self) {
        self.recount(|count| count.known.min(count.found));
    }

    /// Makes what is known anew, of files and rules that were checked.
    fn recount(&mut self, known: fn(Count) -> u32) {
        for File { rules, checked } in self.files.values_mut() {
            let checked = checked.as_deref();
            let rules = rules
                .iter_mut()
                .filter(|(rule, _)| is_checked(checked, rule));
            for count in rules.flat_map(|(_, counts)| counts.values_mut()) {
                count.known = known(*count);
            }
        }
    }
}

impl File {
    fn is_checked(&self, rule: &str) -> bool {
        is_checked(self.checked.as_deref(), rule)
    }
}

/// Whether a rule was among those that a file was checked by. One that there is no more finds
/// nothing.
fn is_checked(by: Option<&[&'static Rule]>, rule: &str) -> bool {
    by.is_some_and(|by| by.iter().any(|held| held.id == rule) || Rule::named(rule).is_none())
}

//! What a check came to in, the same in SARIF 2.1.0 (OASIS Standard, 27 March 2020) out: for
//! services that show the findings of any tool, such as GitHub code scanning, and for editors.
//!
//! What GitHub asks for besides is in its "SARIF support for code scanning": a description and help
//! of each rule, a region of each result.

mod form;

use std::collections::HashMap;
use std::path::{Component, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use zimu::check::{RULES, Rule, Severity};

use crate::account::FindingAccount;
use crate::checked::{CheckAccount, CheckedFile, RuleFinding};
pub(crate) use form::Log;
use form::{
    ArtifactLocation, Columns, Configuration, Descriptor, Driver, Finding, Fingerprints, Help,
    Invocation, Location, LogicalLocation, Notification, PhysicalLocation, Properties, Reference,
    Region, Run, Suppression, Tool,
};

/// All but what stands in a URI as it is (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The start of a file, where its format tells no place: GitHub takes no result without one.
const START: TextPlace = TextPlace {
    line: 1,
    column: 1,
    start_unit: 1,
    end_line: 1,
    end_unit: 1,
};

/// Where a finding stands in its file, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextPlace {
    pub(crate) line: usize,
    /// In characters.
    pub(crate) column: usize,
    /// The same in UTF-16 code units.
    pub(crate) start_unit: usize,
    pub(crate) end_line: usize,
    /// The UTF-16 code unit behind it, in that line.
    pub(crate) end_unit: usize,
}

/// The URI of a file: relative where its path is.
pub(crate) fn uri_of(path: &Path) -> String {
    let names = path.components().filter_map(|part| match part {
        Component::Prefix(drive) => Some(drive.as_os_str().to_string_lossy().into_owned()),
        Component::RootDir | Component::CurDir => None,
        Component::ParentDir => Some("..".to_owned()),
        Component::Normal(name) => {
            Some(percent_encode(name.as_encoded_bytes(), ENCODED).to_string())
        }
    });
    let names = names.collect::<Vec<_>>().join("/");
    if path.is_absolute() {
        format!("file:///{names}")
    } else {
        names
    }
}

/// The whole of it.
pub(crate) fn log(account: &CheckAccount) -> Log<'_> {
    let files = &account.files;
    let failure = account.error.as_deref();
    let is_held = |rule: &&Rule| files.iter().any(|file| file.rules.contains(rule));
    let rules: Vec<_> = RULES.iter().filter(is_held).collect();
    let driver = Driver {
        name: "zimu",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rules.iter().map(|rule| descriptor(rule)).collect(),
    };
    let invocation = Invocation {
        execution_successful: failure.is_none() && files.iter().all(|file| file.error.is_none()),
        tool_configuration_notifications: failure
            .map(|error| failed(error, None))
            .into_iter()
            .collect(),
        tool_execution_notifications: files.iter().flat_map(notifications).collect(),
    };
    let run = Run {
        tool: Tool { driver },
        invocations: [invocation],
        column_kind: "utf16CodeUnits",
        // As `zimu::text::lines::Lines` has them.
        newline_sequences: ["\r\n", "\n", "\r", "\u{2028}", "\u{2029}"],
        results: all_results(files, &rules),
    };
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    }
}

fn descriptor(rule: &Rule) -> Descriptor {
    let Rule {
        wrong,
        mend,
        source,
        ..
    } = *rule;
    let basis = rule.basis.says();
    Descriptor {
        id: rule.id,
        short_description: wrong.into(),
        full_description: format!("{wrong}; {mend}").into(),
        help: Help {
            text: format!("{mend}\nsource: {source} ({basis})"),
            markdown: format!("{mend}\n\n**Source**: {source} ({basis})"),
        },
        default_configuration: Configuration {
            level: rule.severity.id(),
        },
        properties: Properties {
            source,
            basis,
            mending: rule.mending().says(),
            tags: ["captions"],
            problem_severity: match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            },
        },
    }
}

/// Why a file could not be checked, and what was wrong with it.
fn notifications(file: &CheckedFile) -> impl Iterator<Item = Notification<'_>> {
    let failure = file.error.as_deref();
    let failure = failure.map(|error| failed(error, Some(location(file, None))));
    let reading = file.reading.iter().map(|found| read(file, found));
    failure.into_iter().chain(reading)
}

fn failed<'a>(error: &'a str, at: Option<Location<'a>>) -> Notification<'a> {
    Notification {
        level: "error",
        message: error.into(),
        descriptor: None,
        locations: at.into_iter().collect(),
    }
}

fn read<'a>(file: &'a CheckedFile, found: &'a FindingAccount) -> Notification<'a> {
    let region = |start_line| Region {
        start_line,
        columns: None,
    };
    Notification {
        level: match found.severity {
            "fault" => "error",
            "repair" => "warning",
            _ => "note",
        },
        message: found.message.as_str().into(),
        descriptor: Some(Reference { id: found.id }),
        locations: vec![location(file, found.line.map(region))],
    }
}

fn location(file: &CheckedFile, region: Option<Region>) -> Location<'_> {
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: &file.uri },
            region,
        },
        logical_locations: None,
    }
}

fn all_results<'a>(files: &'a [CheckedFile], rules: &[&'static Rule]) -> Vec<Finding<'a>> {
    let mut all = Vec::new();
    for file in files {
        all.extend(results(file, rules));
    }
    // Of all results or of none: section 3.27.23.
    let is_known = |file: &CheckedFile| file.findings.iter().any(|found| found.known);
    if !files.iter().any(is_known) {
        for result in &mut all {
            result.suppressions = None;
        }
    }
    all
}

/// What rules have found in a file.
fn results<'a>(
    file: &'a CheckedFile,
    rules: &[&'static Rule],
) -> impl Iterator<Item = Finding<'a>> {
    let mut seen: HashMap<_, u32> = HashMap::new();
    file.findings.iter().map(move |found| {
        let hash = found.fingerprint.hash();
        let which = seen.entry((found.rule, hash)).or_default();
        *which += 1;
        let known = found.known.then_some(Suppression {
            kind: "external",
            justification: "known: the baseline has it",
        });
        Finding {
            rule_id: found.rule,
            rule_index: rules
                .iter()
                .take_while(|rule| rule.id != found.rule)
                .count(),
            level: found.severity,
            message: found.message.as_str().into(),
            locations: [Location {
                logical_locations: Some([LogicalLocation {
                    name: &found.id,
                    kind: "cue",
                }]),
                ..location(file, Some(region(found)))
            }],
            // In the form of CodeQL: a hash, and which result it is of those with the same.
            partial_fingerprints: Fingerprints {
                primary_location_line_hash: format!("{hash:016x}:{which}"),
            },
            suppressions: Some(known.into_iter().collect()),
        }
    })
}

fn region(found: &RuleFinding) -> Region {
    let place = found.place.unwrap_or(START);
    Region {
        start_line: place.line,
        columns: Some(Columns {
            start_column: place.start_unit,
            end_line: place.end_line,
            end_column: place.end_unit,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        for (path, uri) in [
            ("./old/ep 01.srt", "old/ep%2001.srt"),
            ("../字幕#1?.srt", "../%E5%AD%97%E5%B9%95%231%3F.srt"),
            ("a:b%20.srt", "a%3Ab%2520.srt"),
            ("-", "-"),
        ] {
            assert_eq!(uri_of(Path::new(path)), uri);
        }
        let absolute = std::path::absolute("talk.srt").expect("a path");
        let uri = uri_of(&absolute);
        assert!(
            uri.starts_with("file:///") && uri.ends_with("/talk.srt"),
            "{uri}"
        );
    }
}

//! Checked files in, one page out: when each cue is shown, how fast it is to be read, what was found.

use askama::Template;
use serde::Serialize;
use zimu::check::{Finding, RULES, Rule, Speeds};
use zimu::model::{Timestamp, Track};

use crate::account::FindingAccount;
use crate::checked::{CheckedFile, Totals};
use crate::page::{Cues, Frame, document};
use crate::report::{Failure, counted};

const SCRIPT: &str = concat!(
    include_str!("../page/page.js"),
    include_str!("../page/list.js"),
    include_str!("../page/picture.js"),
    include_str!("../page/bars.js"),
    include_str!("../page/check_picture.js"),
    include_str!("../page/check.js"),
);

/// Findings that are written out for browsers that run no script: nobody reads more of them so.
const WRITTEN_OUT: usize = 1000;

/// Characters of a cue that are written out with each of its findings.
const WRITTEN_WORDS: usize = 160;

/// A file as it is drawn.
pub(super) struct Picture {
    pub(super) track: Track,
    pub(super) findings: Vec<Finding>,
    /// Lines and columns in the file, one for each finding.
    pub(super) places: Vec<Option<(usize, usize)>>,
    pub(super) speeds: Vec<Speeds>,
    /// Characters a second of both languages.
    pub(super) max_cps: [Option<u32>; 2],
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage<'a> {
    frame: Frame,
    heading: String,
    /// How much was checked, and by what.
    about: String,
    error: Option<&'a str>,
    totals: Totals,
    account: Account<'a>,
    /// How many findings only the script shows.
    unwritten: usize,
}

/// For the script.
#[derive(Serialize)]
struct Account<'a> {
    rules: Vec<RuleAccount>,
    files: Vec<FileAccount<'a>>,
}

/// A file, for the script and for those who run none.
#[derive(Serialize)]
struct FileAccount<'a> {
    input: &'a str,
    error: Option<&'a str>,
    profile: Option<&'a str>,
    reading: &'a [FindingAccount],
    max_cps: [Option<u32>; 2],
    cues: Option<Cues<'a>>,
    /// Thousandths of a character a second, of both languages.
    speeds: [Vec<Option<u32>>; 2],
    findings: Vec<Found>,
    #[serde(skip)]
    written: Vec<Written>,
}

/// A finding: its cue, its rule, what was expected and found, the line and column in the file; the
/// line of the cue, and of that from which byte to which.
#[derive(Serialize)]
struct Found(
    usize,
    usize,
    String,
    Option<(usize, usize)>,
    Option<(usize, usize, usize)>,
);

/// A finding in words.
struct Written {
    at: Timestamp,
    rule: &'static Rule,
    message: String,
    words: String,
}

/// A rule that has found something.
#[derive(Serialize)]
struct RuleAccount {
    id: &'static str,
    severity: &'static str,
    mend: &'static str,
    count: usize,
    #[serde(skip)]
    rule: &'static Rule,
}

/// The page of a run.
pub(super) fn page(
    files: &[CheckedFile],
    pictures: &[Option<Picture>],
    totals: Totals,
    failure: Option<&Failure>,
) -> Result<String, Failure> {
    let rules = rules(pictures);
    let found: usize = rules.iter().map(|rule| rule.count).sum();
    let mut left = WRITTEN_OUT;
    let all = files.iter().zip(pictures);
    let accounts =
        all.map(|(file, picture)| FileAccount::of(file, picture.as_ref(), &rules, &mut left));
    let heading = match files {
        [] => "nothing".to_owned(),
        [file] => file.input.clone(),
        files => counted(files.len(), "file"),
    };
    document(&CheckPage {
        frame: Frame::of(format_args!("{heading} · zimu check"), SCRIPT),
        heading,
        about: about(files, found),
        error: failure.map(Failure::message),
        totals,
        account: Account {
            files: accounts.collect(),
            rules,
        },
        unwritten: found.saturating_sub(WRITTEN_OUT),
    })
}

fn about(files: &[CheckedFile], found: usize) -> String {
    let cues: usize = files.iter().filter_map(|file| file.cues).sum();
    let mut profiles: Vec<_> = files
        .iter()
        .filter_map(|file| file.profile.as_deref())
        .collect();
    profiles.sort_unstable();
    profiles.dedup();
    let cues = counted(cues, "cue");
    match &profiles[..] {
        [] => cues,
        profiles if found == 0 => format!("nothing found in {cues} by {}", profiles.join(", ")),
        profiles => format!("{cues} by {}", profiles.join(", ")),
    }
}

/// What has found something, the worst first.
fn rules(pictures: &[Option<Picture>]) -> Vec<RuleAccount> {
    let pictures = pictures.iter().flatten();
    let mut counts = vec![0; RULES.len()];
    for finding in pictures.flat_map(|picture| &picture.findings) {
        if let Some(at) = RULES.iter().position(|rule| rule == finding.rule) {
            counts[at] += 1;
        }
    }
    let found = RULES.iter().zip(counts).filter(|(_, count)| *count > 0);
    let mut rules: Vec<_> = found
        .map(|(rule, count)| RuleAccount {
            id: rule.id,
            severity: rule.severity.id(),
            mend: rule.mend,
            count,
            rule,
        })
        .collect();
    rules.sort_by_key(|found| std::cmp::Reverse(found.rule.severity));
    rules
}

impl<'a> FileAccount<'a> {
    fn reading_written(&self) -> &[FindingAccount] {
        &self.reading[..self.reading.len().min(WRITTEN_OUT)]
    }

    fn of(
        file: &'a CheckedFile,
        picture: Option<&'a Picture>,
        rules: &[RuleAccount],
        left: &mut usize,
    ) -> Self {
        let findings = picture.map_or(&[][..], |picture| &picture.findings);
        let written = findings.iter().take(*left);
        let written = written.filter_map(|finding| Some(Written::of(&picture?.track, finding)));
        let written: Vec<_> = written.collect();
        *left -= written.len();
        let speeds = |of: fn(&Speeds) -> Option<u32>| {
            let speeds = picture.map_or(&[][..], |picture| &picture.speeds);
            let speeds: Vec<_> = speeds.iter().map(of).collect();
            if speeds.iter().any(Option::is_some) {
                speeds
            } else {
                Vec::new()
            }
        };
        Self {
            input: &file.input,
            error: file.error.as_deref(),
            profile: file.profile.as_deref(),
            reading: &file.reading,
            max_cps: picture.map_or([None; 2], |picture| picture.max_cps),
            cues: picture.map(|picture| Cues(&picture.track)),
            speeds: [
                speeds(|speeds| speeds.first),
                speeds(|speeds| speeds.second),
            ],
            findings: picture.map_or_else(Vec::new, |picture| picture.found(rules)),
            written,
        }
    }
}

impl Picture {
    fn found(&self, rules: &[RuleAccount]) -> Vec<Found> {
        let found = self.findings.iter().zip(&self.places);
        let found = found.filter_map(|(finding, place)| {
            let rule = rules.iter().position(|found| found.rule == finding.rule)?;
            let (start, end) = (finding.part.start(), finding.part.end());
            let part = finding.line.map(|line| (line, start, end));
            let message = finding.message(&self.track);
            Some(Found(finding.cue, rule, message, *place, part))
        });
        found.collect()
    }
}

impl Written {
    fn of(track: &Track, finding: &Finding) -> Self {
        let cue = &track.cues()[finding.cue];
        let lines: Vec<_> = track.lines(cue).map(|line| line.text).collect();
        let mut words = lines.join(" ⏎ ");
        if let Some((end, _)) = words.char_indices().nth(WRITTEN_WORDS) {
            words.truncate(end);
            words.push('…');
        }
        Self {
            at: cue.interval.start(),
            rule: finding.rule,
            message: finding.message(track),
            words,
        }
    }
}

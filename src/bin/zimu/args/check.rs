//! The words of `zimu check` and `zimu rules`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use zimu::check::{RULES, Rule, Severity};
use zimu::model::LanguageTag;
use zimu::spotting::FrameRate;

use crate::args::ReadingArguments;
use crate::files::is_standard;

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Caption files to read, and folders of them; `-` is the standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Limits to check by: a profile's name (see `zimu profiles`) or a TOML file [default: that of
    /// zimu.toml, else youtube]
    #[arg(long, value_name = "NAME|FILE", env = "ZIMU_PROFILE")]
    pub(crate) profile: Option<String>,

    /// Language of the captions [default: the tag in the input's name, else that of zimu.toml,
    /// else Simplified or Traditional by its characters]
    #[arg(long, value_name = "TAG", env = "ZIMU_LANG")]
    pub(crate) lang: Option<LanguageTag>,

    /// Frames a second of the film: times are to be whole frames, and limits in frames are compared
    /// in frames [default: those of zimu.toml, else none]
    #[arg(long, value_name = "FPS")]
    pub(crate) fps: Option<FrameRate>,

    /// Check by these rules alone, with commas between (see `zimu rules`)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule, conflicts_with = "ignore")]
    pub(crate) only: Vec<&'static Rule>,

    /// Check by all rules but these, and those that zimu.toml ignores
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub(crate) ignore: Vec<&'static Rule>,

    /// End with 0 where nothing is worse than this: none, note, warning or error [default: that of
    /// zimu.toml, else none]
    #[arg(long, value_name = "SEVERITY", value_parser = tolerance)]
    pub(crate) max_severity: Option<Tolerance>,

    /// Findings that are known, which are counted but not told: the file that --update-baseline
    /// writes [default: that of zimu.toml, else none]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write the baseline: what is found is known from now on, and what is not is taken out
    #[arg(long)]
    pub(crate) update_baseline: bool,

    /// Take out of the baseline what is not found any more, and add nothing
    #[arg(long, conflicts_with = "update_baseline")]
    pub(crate) prune_baseline: bool,

    #[command(flatten)]
    pub(crate) mend: MendArguments,

    /// Tell programs what was found, in place of people; or show it, as a page for a browser
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) report: Option<CheckReport>,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// What is asked of mending.
#[derive(Debug, Args)]
pub(crate) struct MendArguments {
    /// Mend what is safe to mend, in the file itself (what comes from the standard input goes to the
    /// standard output), and tell what is left
    #[arg(long)]
    pub(crate) fix: bool,

    /// With --fix: print what would change as a diff, and write nothing
    #[arg(long, requires = "fix", conflicts_with_all = ["update_baseline", "prune_baseline"])]
    pub(crate) dry_run: bool,
}

impl CheckArguments {
    /// Whether the standard output is for something else than what is found.
    pub(crate) fn prints_captions(&self) -> bool {
        self.mend.fix && (self.mend.dry_run || self.inputs.iter().any(|input| is_standard(input)))
    }
}

/// What a check is reported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckReport {
    Json,
    Html,
    Sarif,
}

/// How bad a finding may be that does not count for the exit code, if any may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tolerance(Option<Severity>);

impl Tolerance {
    /// Whether the worst of some findings is let pass.
    pub(crate) fn lets_pass(self, worst: Option<Severity>) -> bool {
        worst <= self.0
    }
}

#[derive(Debug, Args)]
pub(crate) struct RulesArguments {
    #[command(subcommand)]
    pub(crate) command: Option<RulesCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Say all of one rule: what is wrong, how to mend it, who says so
    Show {
        /// Its id
        #[arg(value_name = "RULE", value_parser = rule)]
        rule: &'static Rule,
    },
}

/// The rule of an id; else what was expected.
pub(crate) fn rule(id: &str) -> Result<&'static Rule, String> {
    Rule::named(id).ok_or_else(|| {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        format!("expected one of {}", ids.join(", "))
    })
}

/// What a severity lets pass, or `none`; else what was expected.
pub(crate) fn tolerance(id: &str) -> Result<Tolerance, String> {
    let mut severities = Severity::ALL.into_iter();
    let severity = severities.find(|severity| severity.id() == id);
    if severity.is_none() && id != "none" {
        let ids = Severity::ALL.map(Severity::id).join(", ");
        return Err(format!("expected one of none, {ids}"));
    }
    Ok(Tolerance(severity))
}

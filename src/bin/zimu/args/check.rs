//! The words of `zimu check` and `zimu rules`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use zimu::check::{RULES, Rule, Severity};
use zimu::model::LanguageTag;
use zimu::spotting::FrameRate;

use crate::args::{ReadingArguments, Report};

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
    /// in frames
    #[arg(long, value_name = "FPS")]
    pub(crate) fps: Option<FrameRate>,

    /// Check by these rules alone, with commas between (see `zimu rules`)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule, conflicts_with = "ignore")]
    only: Vec<&'static Rule>,

    /// Check by all rules but these
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    ignore: Vec<&'static Rule>,

    /// End with 0 where nothing is worse than this: note, warning or error [default: where nothing
    /// is found]
    #[arg(long, value_name = "SEVERITY", value_parser = severities(), hide_possible_values = true)]
    pub(crate) max_severity: Option<Severity>,

    /// Tell programs what was found, in place of people
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) report: Option<Report>,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

impl CheckArguments {
    /// The rules that are asked for, in their order.
    pub(crate) fn rules(&self) -> Vec<&'static Rule> {
        let rules = RULES.iter().filter(|rule| {
            !self.ignore.contains(rule) && (self.only.is_empty() || self.only.contains(rule))
        });
        rules.collect()
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

fn rule(id: &str) -> Result<&'static Rule, String> {
    Rule::named(id).ok_or_else(|| {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        format!("expected one of {}", ids.join(", "))
    })
}

fn severities() -> impl TypedValueParser<Value = Severity> {
    let named = |id: String| {
        Severity::ALL
            .into_iter()
            .find(|severity| severity.id() == id)
    };
    PossibleValuesParser::new(Severity::ALL.map(Severity::id))
        .map(move |id| named(id).unwrap_or(Severity::Note))
}

//! The words of `zimu pipe`: what holds for all jobs that say nothing else.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use zimu::format::Format;
use zimu::model::LanguageTag;
use zimu::text::script::Script;

use crate::args::{
    LayoutArguments, LimitArguments, ScriptArguments, SpeakerArguments, script, writable,
};

#[derive(Debug, Args)]
pub(crate) struct PipeArguments {
    #[command(flatten)]
    pub(crate) limits: LimitArguments,

    #[command(flatten)]
    pub(crate) speaker: SpeakerArguments,

    /// Who speaks, with commas between: names that are labels where they begin a line, and no
    /// others are [default: found out]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(crate) speakers: Vec<String>,

    /// Formats to write, with commas between [default: srt]
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = writable)]
    pub(crate) to: Vec<&'static Format>,

    /// Language of the captions [default: the tag in the job's name, else that of zimu.toml, else
    /// Simplified or Traditional by its characters]
    #[arg(long, value_name = "TAG", env = "ZIMU_LANG")]
    pub(crate) lang: Option<LanguageTag>,

    /// Language of the translations that jobs bring [default: en]
    #[arg(long, value_name = "TAG")]
    pub(crate) second_lang: Option<LanguageTag>,

    #[command(flatten)]
    pub(crate) script: ScriptArguments,

    /// The same captions in other scripts too, with commas between: zh-Hans, zh-Hant, zh-Hant-TW,
    /// zh-Hant-HK
    #[arg(long, value_name = "TAG", value_delimiter = ',', value_parser = script)]
    pub(crate) also: Vec<Script>,

    #[command(flatten)]
    pub(crate) layout: LayoutArguments,

    /// Print the JSON schema of jobs and of answers
    #[arg(long)]
    pub(crate) schema: bool,

    /// Say nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

//! The words of `zimu batch`.

use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};
use zimu::text::script::Script;

use crate::args::{
    AbsentLines, FileArguments, LimitArguments, ReportArguments, ScriptArguments, SpeakerArguments,
    script,
};

#[derive(Debug, Args)]
#[command(mut_arg("inputs", |arg| arg
    .value_name("DIR|TABLE")
    .help("Folder of transcripts and captions, or a .csv, .tsv or .json that names them")
))]
#[command(mut_arg("output", |arg| arg
    .value_name("DIR")
    .help("Folder to write to; what is there and is not zimu's own is kept")
))]
pub(crate) struct BatchArguments {
    #[command(flatten)]
    pub(crate) files: FileArguments,

    #[command(flatten)]
    pub(crate) limits: LimitArguments,

    #[command(flatten)]
    pub(crate) speaker: SpeakerArguments,

    #[command(flatten)]
    pub(crate) sound: SoundArguments,

    #[command(flatten)]
    pub(crate) script: ScriptArguments,

    /// The same captions in other scripts too, with commas between: zh-Hans, zh-Hant, zh-Hant-TW,
    /// zh-Hant-HK
    #[arg(long, value_name = "TAG", value_delimiter = ',', value_parser = script)]
    pub(crate) also: Vec<Script>,

    #[command(flatten)]
    pub(crate) trial: TrialArguments,

    /// Take away what was made of inputs that are there no more, and formats that are no longer
    /// asked for; never what somebody changed
    #[arg(long)]
    pub(crate) prune: bool,

    /// Begin no other job where one has failed
    #[arg(long)]
    pub(crate) fail_fast: bool,

    /// Check the captions of every talk too, by the rules of its profile, and sum up what is found
    #[arg(long)]
    pub(crate) lint: bool,

    /// How many jobs run at once [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) told: ReportArguments<BatchReport>,
}

/// What is asked of recordings beside transcripts.
#[derive(Debug, Args)]
pub(crate) struct SoundArguments {
    /// What becomes of lines that are not heard in the recording beside a transcript: none has a
    /// caption, or each has an estimated time, where there is any between its neighbours
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        default_value = "drop",
        hide_default_value = true
    )]
    pub(crate) absent: AbsentLines,

    /// Take the length of recordings alone, and do not listen to them
    #[arg(long, conflicts_with = "absent")]
    pub(crate) media_length_only: bool,
}

/// What is asked of a run that writes nothing.
#[derive(Debug, Args)]
pub(crate) struct TrialArguments {
    /// Say what would be done, and do none of it
    #[arg(long, conflicts_with_all = ["check", "prune"])]
    pub(crate) dry_run: bool,

    /// Say cue by cue what would change, and write nothing; exit 1 where anything would
    #[arg(long, conflicts_with = "prune")]
    pub(crate) check: bool,
}

/// What a report of a batch is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchReport {
    Json,
    Csv,
}

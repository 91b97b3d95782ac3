//! What `zimu diff` is asked.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::args::ReadingArguments;

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// Captions as they were; `-` is the standard input
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,

    /// Captions as they are now, in any format
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,

    /// Starts and ends that went no further than so many milliseconds are no difference [default:
    /// 0; of formats with times of different steps the coarser step]
    #[arg(long, value_name = "MS")]
    pub(crate) times_within: Option<u32>,

    /// Tell programs what differs, on the standard output; or show it, as a page for a browser
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) report: Option<DiffReport>,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// What a comparison is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffReport {
    Json,
    Html,
}

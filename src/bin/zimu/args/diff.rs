//! What `zimu diff` is asked.

use std::path::PathBuf;

use clap::Args;

use crate::args::{ReadingArguments, Report};

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

    /// Tell programs what differs, on the standard output
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) report: Option<Report>,

    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

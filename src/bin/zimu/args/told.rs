//! What programs are told of a run, and where.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::files::is_standard;

/// A report in one of the forms `F`, if any.
#[derive(Debug, Args)]
pub(crate) struct ReportArguments<F: ValueEnum + Send + Sync + 'static> {
    /// Tell programs what the run came to, on the standard output or in --report-file
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) report: Option<F>,

    /// Where the report goes
    #[arg(
        long,
        value_name = "FILE",
        requires = "report",
        default_value = "-",
        hide_default_value = true
    )]
    pub(crate) report_file: PathBuf,
}

impl<F: ValueEnum + Send + Sync + 'static> ReportArguments<F> {
    /// Whether a report goes to the standard output.
    pub(crate) fn is_on_standard(&self) -> bool {
        self.report.is_some() && is_standard(&self.report_file)
    }
}

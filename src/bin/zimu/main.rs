//! The command `zimu`: arguments in, an exit code out.
//!
//! This floor is the only one that knows the disk, the terminal and the words of the
//! command line. What it does is to read bytes, hand them from room to room, and write
//! bytes; what it thinks of is where files are and what to tell people.
//!
//! Exit codes: 0 done, notes and repairs included; 1 done, but there were faults (with
//! `--strict` repairs count), or one file of several failed; 2 could not run, and nothing
//! was written; 130 stopped by a signal, what was done is whole.

mod account;
mod args;
mod called;
mod checked;
mod commands;
mod files;
mod folder;
mod inputs;
mod listening;
mod outputs;
mod page;
mod pipe;
mod recording;
mod report;
mod sarif;
mod settings;
mod stopped;
mod tables;
mod targets;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    match commands::run(&arguments) {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            report::failure(&failure);
            ExitCode::from(2)
        }
    }
}

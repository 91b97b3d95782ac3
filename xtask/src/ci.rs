//! `cargo xtask ci`: every check of the house except its tests, one after the other.
//!
//! Nothing comes in; one line a step goes out, with the step's name and how long it took. The
//! first step that fails ends the run. It knows how to call cargo and the tasks beside it, not
//! what they check.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::{Command, ExitStatus};
use std::time::Instant;

use crate::{Outcome, floors, licences, root};

/// One line of the report.
struct Step {
    name: &'static str,
    work: Work,
}

enum Work {
    /// Arguments of one call of cargo.
    Cargo(&'static str),
    /// A task of this crate.
    Task(fn() -> Outcome),
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        work: Work::Cargo("fmt --all --check"),
    },
    Step {
        name: "clippy",
        work: Work::Cargo("clippy --quiet --workspace --all-targets -- -D warnings"),
    },
    // The library has users who take it without the command: it must stand alone.
    Step {
        name: "clippy, library alone",
        work: Work::Cargo(
            "clippy --quiet --package zimu --no-default-features --lib -- -D warnings",
        ),
    },
    // As a user has it: with a manifest and a lock of its own.
    Step {
        name: "example",
        work: Work::Cargo(
            "test --quiet --manifest-path examples/snapshot/Cargo.toml --target-dir target/example",
        ),
    },
    Step {
        name: "docs",
        work: Work::Cargo("doc --quiet --no-deps --workspace --document-private-items"),
    },
    Step {
        name: "floors",
        work: Work::Task(floors::run),
    },
    Step {
        name: "licences",
        work: Work::Task(licences::run),
    },
];

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("expected `cargo {args}` to succeed, found {status}")]
    Cargo {
        args: &'static str,
        status: ExitStatus,
    },
    #[error("expected cargo to start, found: {0}")]
    Start(#[from] io::Error),
    #[error("{fault}\nci ends at the step `{step}`")]
    Step { step: &'static str, fault: String },
}

pub(crate) fn run() -> Outcome {
    run_all(STEPS)
}

fn run_all(steps: &[Step]) -> Outcome {
    for step in steps {
        let start = Instant::now();
        let outcome = step.work.run();
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("{word:<8}{:<24}{:>8.1?}", step.name, start.elapsed());
        outcome.map_err(|fault| Failure::Step {
            step: step.name,
            fault: fault.to_string(),
        })?;
    }
    Ok(())
}

impl Work {
    fn run(&self) -> Outcome {
        match self {
            Self::Cargo(args) => succeed(&mut cargo(args), args).map_err(Into::into),
            Self::Task(task) => task(),
        }
    }
}

/// The cargo that runs this task, at the root of the repository.
fn cargo(args: &str) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(args.split(' ')).current_dir(root());
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}

/// What `command` has to say, it has said on stderr by then.
fn succeed(command: &mut Command, args: &'static str) -> Result<(), Failure> {
    let status = command.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Cargo { args, status })
    }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    const PASSES: Step = Step {
        name: "passes",
        work: Work::Task(|| Ok(())),
    };
    const FAILS: Step = Step {
        name: "fails",
        work: Work::Task(|| Err("expected bread".into())),
    };
    const LATER: Step = Step {
        name: "later",
        work: Work::Task(|| Err("expected wine".into())),
    };

    #[test]
    fn the_first_failing_step_ends_the_run_and_is_named() {
        let fault = run_all(&[PASSES, FAILS, LATER]).map_err(|fault| fault.to_string());
        assert_eq!(
            fault,
            Err("expected bread\nci ends at the step `fails`".to_owned())
        );
    }

    #[test]
    fn a_run_without_a_fault_passes() {
        assert!(run_all(&[PASSES, PASSES]).is_ok());
    }

    #[test]
    fn a_call_of_cargo_that_fails_is_a_failure() {
        let args = "no-such-command";
        let fault = succeed(cargo(args).stderr(Stdio::null()), args);
        let words = "expected `cargo no-such-command` to succeed, found exit status: 101";
        assert_eq!(
            fault.map_err(|fault| fault.to_string()),
            Err(words.to_owned())
        );
    }
}

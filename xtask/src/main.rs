//! The chores of zimu, each behind `cargo xtask NAME`.
//!
//! A task's name comes in; what is wrong goes out on stderr, with exit status 0 (all is well),
//! 1 (the task found a fault) or 2 (no such task). A chore is a row of [`TASKS`] and a function,
//! so that nothing has to be installed and no shell script has to be kept.

mod breaks;
mod ci;
mod fit;
mod floors;
mod hearing;
mod licences;
mod timing;

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// The repository, whatever folder the task is called from. Cargo names it at run time too, and
/// that wins: in a target folder that two checkouts share, the name built in may be the other's.
fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(package).join("..")
}

/// What a task ends with: nothing, or all that it found wrong.
type Outcome = Result<(), Box<dyn Error>>;

/// All that a task found wrong, a line each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
struct Faults(Vec<String>);

fn outcome(faults: Vec<String>) -> Outcome {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Faults(faults).into())
    }
}

/// One chore, as the command line names it and the list explains it.
struct Task {
    name: &'static str,
    does: &'static str,
    /// Gets the words behind its name.
    run: fn(&[String]) -> Outcome,
}

const TASKS: &[Task] = &[
    Task {
        name: "ci",
        does: "every check but the tests: format, clippy, docs, floors, licences",
        run: |words| alone(words, ci::run),
    },
    Task {
        name: "floors",
        does: "rooms of src/ import only from lower floors, by their full path",
        run: |words| alone(words, floors::run),
    },
    Task {
        name: "licences",
        does: "every package that comes in has a licence we may pass on",
        run: |words| alone(words, licences::run),
    },
    Task {
        name: "fit",
        does: "the weights of a voice, from FOLDER of videos with their times [--without NAME]",
        run: fit::run,
    },
    Task {
        name: "train-prior",
        does: "what phones sound like, from FOLDER of recordings with their times",
        run: hearing::train,
    },
    Task {
        name: "score-align",
        does: "how far off lines are that are placed in the recordings beside the repository",
        run: |words| alone(words, hearing::score),
    },
    Task {
        name: "score-breaks",
        does: "how many line breaks of fixtures/breaks/ are where a reader wants them",
        run: |words| alone(words, breaks::run),
    },
    Task {
        name: "score-timing",
        does: "how far estimated times are off on the videos beside the repository",
        run: |words| alone(words, timing::run),
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let Some((task, words)) = chosen(&words) else {
        eprintln!("{}", list());
        return ExitCode::from(2);
    };
    match (task.run)(words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// The task that is named first, and the words behind its name.
fn chosen(words: &[String]) -> Option<(&'static Task, &[String])> {
    let (name, words) = words.split_first()?;
    Some((TASKS.iter().find(|task| task.name == name)?, words))
}

/// Runs a task that takes no words.
fn alone(words: &[String], run: fn() -> Outcome) -> Outcome {
    match words {
        [] => run(),
        [word, ..] => Err(format!("expected no words behind the task's name, found {word}").into()),
    }
}

fn list() -> String {
    let rows = TASKS
        .iter()
        .map(|task| format!("\n  {:<14}{}", task.name, task.does));
    format!(
        "expected `cargo xtask NAME` with one of these names:\n{}",
        rows.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_chosen(words: &[&str]) -> Option<&'static str> {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        chosen(&words).map(|(task, _)| task.name)
    }

    #[test]
    fn the_first_word_chooses_a_task() {
        assert_eq!(name_chosen(&["floors"]), Some("floors"));
        assert_eq!(name_chosen(&[]), None);
        assert_eq!(name_chosen(&["loft"]), None);
        let words = ["licences".to_owned()];
        assert!(alone(&words, || Ok(())).is_err());
    }

    #[test]
    fn the_list_names_every_task_on_its_own_line() {
        let list = list();
        let names = list
            .lines()
            .skip(2)
            .filter_map(|row| row.split_whitespace().next());
        assert!(names.eq(TASKS.iter().map(|task| task.name)), "{list}");
    }
}

//! `zimu pipe`: jobs in, a line each; their answers out, a line each, in the same order.
//!
//! One job is held at a time, and what they have in common is read before the first. Each answer
//! is written before the next job is waited for, so that a program may write a job and wait for
//! what it came to.

mod maker;
mod written;

use std::io;
use std::path::Path;

use crate::args::PipeArguments;
use crate::commands::pipe::maker::Maker;
use crate::commands::{Outcome, print_schema};
use crate::files::{self, Written};
use crate::pipe::{Answer, Lines, schema};
use crate::report::{self, Failure};
use crate::settings::Project;

pub(crate) fn run(arguments: &PipeArguments) -> Result<Outcome, Failure> {
    if arguments.schema {
        print_schema(&schema())?;
        return Ok(Outcome::Clean);
    }
    let project = Project::nearest()?;
    let terms = project.terms(arguments.limits.terms.as_deref())?;
    let mut maker = Maker::of(arguments, &project, &terms)?;
    let mut answers = Answers::default();
    let ended = answers.write(&mut maker, Lines::of(io::stdin().lock()));
    if answers.faults > 0 && !arguments.quiet {
        let Answers { all, faults } = answers;
        report::note(&format!(
            "{faults} of {all} jobs could not be captioned: their answers say why"
        ));
    }
    match ended {
        Ok(()) => Ok(Outcome::Clean),
        Err(failure) if answers.all == 0 => Err(failure),
        Err(failure) => {
            report::failure(&failure);
            Ok(Outcome::Faulty)
        }
    }
}

/// How many answers were written.
#[derive(Default)]
struct Answers {
    all: u64,
    faults: u64,
}

impl Answers {
    /// Answers each line; where nobody reads the answers any more, no further one.
    fn write(
        &mut self,
        maker: &mut Maker<'_>,
        mut lines: Lines<impl io::BufRead>,
    ) -> Result<(), Failure> {
        let unread = |error| {
            Failure::of_file(
                Path::new("standard input"),
                format!("expected to read it to its end: {error}"),
            )
        };
        while let Some(line) = lines.next().map_err(unread)? {
            let answer = maker.answer(line);
            let written = files::print_standard(|sink| {
                // In one piece, and not byte by byte as the writer of JSON has it.
                let mut line = serde_json::to_vec(&answer)?;
                line.push(b'\n');
                sink.write_all(&line)
            });
            if written? == Written::PipeClosed {
                break;
            }
            self.all += 1;
            self.faults += u64::from(matches!(answer, Answer::Fault(_)));
        }
        Ok(())
    }
}

//! `zimu rules`: the table of rules, and all that is known of one.

use zimu::check::{RULES, Rule};

use crate::args::{RulesArguments, RulesCommand};
use crate::commands::formats::{table, trimmed};
use crate::commands::{Outcome, print_line};
use crate::report::Failure;

pub(crate) fn run(arguments: &RulesArguments) -> Result<Outcome, Failure> {
    match &arguments.command {
        None => print_line(&listing())?,
        Some(RulesCommand::Show { rule }) => print_line(&shown(rule))?,
    }
    Ok(Outcome::Clean)
}

fn listing() -> String {
    let mut rules = table(["rule", "severity", "what is wrong"]);
    for rule in RULES {
        rules.add_row([rule.id, rule.severity.id(), rule.wrong]);
    }
    trimmed(&rules)
}

fn shown(rule: &Rule) -> String {
    let (severity, basis) = (rule.severity.id(), rule.basis.says());
    format!(
        "{}: {severity}\n  wrong   {}\n  mend    {} ({})\n  source  {} ({basis})",
        rule.id,
        rule.wrong,
        rule.mend,
        rule.mending().says(),
        rule.source,
    )
}

//! One file a command.

mod analyze;
mod bench;
mod completions;
mod eval;
mod explain;
mod extract;
mod kwic;
mod rules;
mod segment;

use crate::{
    Outcome,
    args::{Cli, Command, RulesCommand},
};

/// Runs a command; answers its exit status.
pub(crate) fn run(cli: &Cli) -> Outcome {
    match &cli.command {
        Command::Analyze(args) => analyze::run(args),
        Command::Extract(args) => extract::run(args),
        Command::Segment(args) => segment::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Kwic(args) => kwic::run(args),
        Command::Rules(rules) => match &rules.command {
            RulesCommand::Check(args) => rules::check(args),
        },
        Command::Eval(args) => eval::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Completions(args) => completions::run(args),
    }
}

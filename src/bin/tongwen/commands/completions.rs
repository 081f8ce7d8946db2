//! `completions`: what a shell needs to complete commands and options.

use std::io::{self, Write};

use crate::{
    Outcome,
    args::{self, Completions},
};

pub(super) fn run(args: &Completions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(), "tongwen", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(0)
}

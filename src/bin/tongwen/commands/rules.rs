//! `rules check`: the cases of the rules, for those who write them.

use std::io::{self, BufWriter, Write};

use tongwen::{
    Error,
    check::{Wrong, check as run_cases},
    engine::Engine,
    segment::UnknownWords,
};

use crate::{
    Outcome,
    args::RulesCheck,
    terminal::{self, Paint, plain},
};

pub(super) fn check(args: &RulesCheck) -> Outcome {
    let engine = Engine::load(args.folder.as_deref(), UnknownWords::Split)?;
    let checked = run_cases(&engine);
    let paint = Paint(terminal::stdout_has_color());
    let mut out = BufWriter::new(io::stdout().lock());
    for wrong in &checked.wrong {
        writeln!(out, "{}: {}: {}", place(wrong), paint.bold(&wrong.rule), plain(&wrong.message))?;
        writeln!(out, "  {} {}", paint.cyan("hint:"), wrong.hint)?;
    }
    writeln!(out, "{} rules, {} cases, {} wrong", checked.rules, checked.cases, checked.wrong.len())?;
    out.flush()?;
    // The same status as of every other mistake in a rule.
    let mistake = Error::Usage { message: String::new(), hint: None };
    Ok(if checked.wrong.is_empty() { 0 } else { mistake.exit_status() })
}

/// `rules/zh/date.toml:17:9`; a built-in file by the name it has in the sources.
fn place(wrong: &Wrong) -> String {
    let path = wrong.path.to_string_lossy();
    let path = path.strip_prefix("built-in:").map_or_else(|| path.to_string(), |name| format!("rules/{name}"));
    match wrong.column {
        0 => format!("{}:{}", plain(&path), wrong.line),
        column => format!("{}:{}:{column}", plain(&path), wrong.line),
    }
}

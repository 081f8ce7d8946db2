//! `analyze`: options to settings, the outcome to a summary and an exit status.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::{self, Write},
};

use serde_json::{Value, json};
use tongwen::{
    count::{Limits, Questions},
    pipeline::{self, Outcome as Read, Settings, Watch},
    read::{FileCounts, FileRecord, Metadata},
    report::{Foreign, Format, Formats},
    store::Store,
};

use crate::{
    Outcome,
    args::Analyze,
    diagnostics::warn,
    input,
    progress::Onlooker,
    summary,
    terminal::{Paint, plain, stderr_has_color},
};

/// So many files that could not be read are named; `run.json` has all.
const NAMED: usize = 20;

pub(super) fn run(args: &Analyze) -> Outcome {
    let formats = args.written.formats()?;
    let onlooker = Onlooker::new(args.quiet)?;
    let metadata = args.meta.as_deref().map_or_else(|| Ok(Metadata::none()), Metadata::load)?;
    onlooker.stage("loading rules");
    let engine = input::folding_engine(&args.ruling, &args.folds.choice(args.shortest.min_length))?;
    let settings = Settings {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        metadata,
        walk: input::walk_options(&args.walk),
        limits: input::limits_until(&args.walk, onlooker.stop_sign()),
        foreign: if args.force { Foreign::Replace } else { Foreign::Keep },
        formats,
        sheet_rows: args.written.sheet_rows,
        counts: counts(args),
        questions: Questions { group_by: args.group_by.clone().unwrap_or_default(), period: args.period },
        keep: args.keeping.keep(),
        threads: args.jobs.unwrap_or(0),
        parameters: parameters(args, formats),
    };
    if args.keeping.resume && !Store::is_in(&args.out) {
        warn(&format!("{} holds nothing of an earlier run; this one begins at the beginning", args.out.display()));
    }
    let read = pipeline::analyze(engine, &settings, &onlooker);
    onlooker.end();
    let read = read?;
    read.warnings.iter().for_each(|warning| warn(warning));
    // A broken standard error must not turn a finished report into a failure.
    let _ = tell(args, &read, &onlooker);
    Ok(u8::from(read.counts.error > 0 || (args.strict && read.counts.partial > 0)))
}

fn counts(args: &Analyze) -> Limits {
    let mut units = args.unit.clone();
    let mut known = Vec::new();
    units.retain(|unit| {
        !known.contains(unit) && {
            known.push(*unit);
            true
        }
    });
    Limits {
        units,
        matrix_items: args.matrix,
        network_nodes: args.network_nodes,
        network_edges: args.network_edges,
        keyness_rows: args.keyness_rows,
        ..Limits::default()
    }
}

/// The options as `run.json` shows them: all that can change a result.
fn parameters(args: &Analyze, formats: Formats) -> BTreeMap<String, Value> {
    let path = |path: &std::path::Path| Value::from(path.to_string_lossy());
    let inputs: Vec<Value> = args.inputs.iter().map(|input| path(input)).collect();
    let mut all = BTreeMap::from([
        ("command".to_owned(), Value::from(command(std::env::args_os()))),
        ("inputs".to_owned(), Value::from(inputs)),
        ("guess_words".to_owned(), args.ruling.guess_words.into()),
        ("hidden".to_owned(), args.walk.hidden.into()),
        ("follow_links".to_owned(), args.walk.follow_links.into()),
        ("max_file_size".to_owned(), args.walk.max_file_size.into()),
        ("format".to_owned(), formats.names().into()),
    ]);
    all.insert("rules".to_owned(), args.ruling.rules.as_deref().map_or(Value::Null, path));
    all.insert("meta".to_owned(), args.meta.as_deref().map_or(Value::Null, path));
    all.insert("group_by".to_owned(), args.group_by.as_ref().map_or(Value::Null, |by| by.to_string().into()));
    all.insert("sheet_rows".to_owned(), args.written.sheet_rows.into());
    let [zh, en] = args.shortest.min_length;
    all.insert("min_length".to_owned(), json!({ "zh": zh, "en": en }));
    all.insert("fold".to_owned(), args.folds.fold.clone().map_or(Value::Null, Value::from));
    all.insert("stem".to_owned(), args.folds.stem.clone().map_or(Value::Null, Value::from));
    all.insert("period".to_owned(), args.period.name().into());
    all
}

/// The command as it was typed, without what changes no result, for those who want to repeat the run.
fn command(typed: impl Iterator<Item = OsString>) -> String {
    let mut words = vec!["tongwen".to_owned()];
    let mut typed = typed.skip(1).map(|word| word.to_string_lossy().into_owned());
    while let Some(word) = typed.next() {
        match word.as_str() {
            "-q" | "--quiet" | "--strict" | "--force" | "--resume" | "--fresh" | "--no-store" | "--no-mtime" => {}
            "--out" | "--jobs" | "-j" => drop(typed.next()),
            word if ["--out=", "--jobs=", "-j"].iter().any(|option| word.starts_with(option)) => {}
            word => words.push(quoted(word)),
        }
    }
    words.join(" ") + " --out DIR"
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn tell(args: &Analyze, read: &Read, onlooker: &Onlooker) -> io::Result<()> {
    let mut out = io::stderr().lock();
    if !args.quiet {
        let (seconds, pace) = onlooker.pace();
        let FileCounts { found, ok, partial, error, skip } = read.counts;
        let files = if found == 1 { "file" } else { "files" };
        writeln!(out, "{found} {files}: {ok} ok, {partial} partial, {error} error, {skip} skipped")?;
        match (read.unchanged, read.reused) {
            (true, _) => writeln!(out, "nothing has changed since the last run; the report stays as it is")?,
            (false, 0) => writeln!(out, "{seconds:.1} s, {pace:.1} MB/s")?,
            (false, reused) => writeln!(out, "{seconds:.1} s; {reused} documents had been read by an earlier run")?,
        }
        summary::write(&mut out, &read.highlights, Paint(stderr_has_color()))?;
        writeln!(out, "report: {}", where_to_look(args))?;
    }
    for record in read.failures.iter().take(NAMED) {
        writeln!(out, "  {}", failure(record))?;
    }
    if read.failures.len() > NAMED {
        writeln!(
            out,
            "  … and {} more in {}",
            read.failures.len() - NAMED,
            plain(&args.out.join("run.json").to_string_lossy())
        )?;
    }
    Ok(())
}

/// The page; without one the folder.
fn where_to_look(args: &Analyze) -> String {
    let page = args.written.formats().is_ok_and(|formats| formats.contains(Format::Html));
    let place = if page { args.out.join("report.html") } else { args.out.clone() };
    plain(&place.to_string_lossy())
}

fn failure(record: &FileRecord) -> String {
    let reason = record.reason.map_or("unknown", |reason| reason.code());
    let detail = record.detail.as_deref().unwrap_or_default();
    format!("{}: {}: {reason}: {}", record.status.code(), plain(&record.path), plain(detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_repeats_the_run() {
        let typed = "/usr/bin/tongwen|analyze|my papers|--out|there|-j|2|--quiet|--resume|--group-by=year|it's";
        let told = command(typed.split('|').map(OsString::from));
        assert_eq!(told, r"tongwen analyze 'my papers' --group-by=year 'it'\''s' --out DIR");
    }
}

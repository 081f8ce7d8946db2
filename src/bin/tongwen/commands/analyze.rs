//! `analyze`: options to settings, the outcome to a summary and an exit status.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde_json::Value;
use tongwen::{
    count::{Limits, Questions},
    pipeline::{self, Outcome as Read, Settings, Watch},
    read::{FileRecord, Metadata},
    report::Format,
    text::GroupBy,
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
    let onlooker = Onlooker::new(args.quiet)?;
    let metadata = args.meta.as_deref().map_or_else(|| Ok(Metadata::none()), Metadata::load)?;
    onlooker.stage("loading rules");
    let engine = input::engine(&args.ruling)?;
    let settings = Settings {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        metadata,
        walk: input::walk_options(&args.walk),
        limits: input::limits(&args.walk),
        formats: args.written.formats(),
        counts: counts(args),
        questions: Questions {
            group_by: args.group_by.as_deref().map(GroupBy::named).unwrap_or_default(),
            period: args.period,
        },
        threads: args.jobs.unwrap_or(0),
        parameters: parameters(args),
    };
    let read = pipeline::analyze(engine, &settings, &onlooker);
    onlooker.end();
    let read = read?;
    for warning in &read.warnings {
        warn(&format!("the table of metadata names {warning}, which is not among the inputs"));
    }
    // A broken standard error must not turn a finished report into a failure.
    let _ = tell(args, &read, &onlooker);
    Ok(u8::from(read.error > 0 || (args.strict && read.partial > 0)))
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
fn parameters(args: &Analyze) -> BTreeMap<String, Value> {
    let path = |path: &std::path::Path| Value::from(path.to_string_lossy());
    let inputs: Vec<Value> = args.inputs.iter().map(|input| path(input)).collect();
    let mut all = BTreeMap::from([
        ("command".to_owned(), Value::from("analyze")),
        ("inputs".to_owned(), Value::from(inputs)),
        ("guess_words".to_owned(), args.ruling.guess_words.into()),
        ("hidden".to_owned(), args.walk.hidden.into()),
        ("follow_links".to_owned(), args.walk.follow_links.into()),
        ("max_file_size".to_owned(), args.walk.max_file_size.into()),
        ("format".to_owned(), args.written.formats().names().into()),
    ]);
    all.insert("rules".to_owned(), args.ruling.rules.as_deref().map_or(Value::Null, path));
    all.insert("meta".to_owned(), args.meta.as_deref().map_or(Value::Null, path));
    all.insert("group_by".to_owned(), args.group_by.clone().map_or(Value::Null, Value::from));
    all.insert("period".to_owned(), args.period.name().into());
    all
}

fn tell(args: &Analyze, read: &Read, onlooker: &Onlooker) -> io::Result<()> {
    let mut out = io::stderr().lock();
    if !args.quiet {
        let (seconds, pace) = onlooker.pace();
        let files = if read.found == 1 { "file" } else { "files" };
        writeln!(
            out,
            "{} {files}: {} ok, {} partial, {} error, {} skipped",
            read.found, read.ok, read.partial, read.error, read.skip
        )?;
        writeln!(out, "{seconds:.1} s, {pace:.1} MB/s")?;
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
    let page = args.written.formats().contains(Format::Html);
    let place = if page { args.out.join("report.html") } else { args.out.clone() };
    plain(&place.to_string_lossy())
}

fn failure(record: &FileRecord) -> String {
    let reason = record.reason.map_or("unknown", |reason| reason.code());
    let detail = record.detail.as_deref().unwrap_or_default();
    format!("{}: {}: {reason}: {}", record.status.code(), plain(&record.path), plain(detail))
}

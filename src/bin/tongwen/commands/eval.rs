//! `eval`: how good the results are, against annotated documents.

use std::{
    fs,
    io::{self, BufWriter, Write},
};

use serde_json::{Map, Value, json};
use tongwen::{
    Error,
    error::JsonFault,
    eval::{Evaluation, GoldDocument, Scores, evaluate},
};

use crate::{Outcome, args::Eval, input, terminal::plain};

pub(super) fn run(args: &Eval) -> Outcome {
    let gold = load(args)?;
    let engine = input::engine(&args.ruling)?;
    let evaluation = evaluate(engine, &gold);
    let mut out = BufWriter::new(io::stdout().lock());
    match args.json.as_deref() {
        Some(path) if path.as_os_str() == "-" => writeln!(out, "{}", json_of(&evaluation))?,
        path => {
            if let Some(path) = path {
                let text = format!("{}\n", json_of(&evaluation));
                fs::write(path, text).map_err(|cause| Error::Write { path: path.to_owned(), cause })?;
            }
            table(&mut out, &evaluation)?;
        }
    }
    for d in evaluation.differences.iter().take(args.errors) {
        let value = |value: &Option<String>| value.as_deref().map_or_else(|| "-".to_owned(), plain);
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            plain(&d.id),
            d.what,
            d.kind,
            plain(&d.gold),
            value(&d.gold_value),
            plain(&d.found),
            value(&d.found_value)
        )?;
    }
    out.flush()?;
    Ok(0)
}

fn load(args: &Eval) -> Result<Vec<GoldDocument>, Error> {
    let text = fs::read_to_string(&args.gold).map_err(|cause| Error::Read { path: args.gold.clone(), cause })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let gold = lines.map(|(index, line)| {
        serde_json::from_str(line).map_err(|fault| {
            let JsonFault { column, message, .. } = JsonFault::of(&fault, line.as_bytes());
            Error::Data { path: args.gold.clone(), line: index + 1, column, message, hint: Some(LINE.to_owned()) }
        })
    });
    let gold: Vec<GoldDocument> = gold.collect::<Result<_, _>>()?;
    if gold.is_empty() {
        return Err(Error::usage(format!("no annotated document in {}", args.gold.display()), LINE));
    }
    Ok(gold)
}

const LINE: &str = "a line is {\"id\", \"lang\", \"text\", \"mentions\": [{\"kind\", \"start\", \"end\", ...}]}";

fn table(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    writeln!(out, "lang kind          gold  pred  spanP  spanR spanF1 overF1    val strict  more")?;
    for ((language, kind), s) in &evaluation.scores {
        let number = |n: Option<f64>| n.map_or_else(|| "     -".to_owned(), |n| format!("{n:6.3}"));
        let named = |name: &str, n: Option<f64>| n.map_or_else(String::new, |n| format!(" {name} {n:.3}"));
        let Scores { gold, pred, span_p, span_r, span_f1, over_f1, strict_f1, .. } = s;
        let more = format!("{}{}", named("law", s.law_acc), named("unit", s.unit_acc));
        writeln!(
            out,
            "{language:4} {kind:12} {gold:5} {pred:5} {span_p:6.3} {span_r:6.3} {span_f1:6.3} {over_f1:6.3} {} {strict_f1:6.3} {more}",
            number(s.value_acc)
        )?;
    }
    Ok(())
}

fn json_of(evaluation: &Evaluation) -> Value {
    let rows = evaluation.scores.iter().map(|((language, kind), scores)| (format!("{language}/{kind}"), json!(scores)));
    Value::Object(rows.collect::<Map<_, _>>())
}

//! The configuration of a run: a TOML file in which every long option can stand.
//!
//! Its entries become words of the command line, before those that the user typed; of two equal options the later
//! one wins. So an option means the same in both places, and a new one needs nothing here.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgAction, Command};
use toml::de::{DeTable, DeValue};
use tongwen::Error;

/// The positional inputs of `analyze`, which may stand there too.
const INPUTS: &str = "inputs";

/// The words of a command line with those of the configuration that it names.
///
/// # Errors
/// Where the file cannot be read, holds an unknown key, or a value that the option does not take.
pub(crate) fn extend(command: &Command, words: Vec<OsString>) -> Result<Vec<OsString>, Error> {
    // What is wrong with the typed words is said when all of them are there.
    let Ok(matches) = command.clone().ignore_errors(true).try_get_matches_from(&words) else { return Ok(words) };
    let Some((name, matches)) = matches.subcommand() else { return Ok(words) };
    let Ok(Some(path)) = matches.try_get_one::<PathBuf>("config") else { return Ok(words) };
    let Some(command) = command.find_subcommand(name) else { return Ok(words) };
    let has_inputs = matches.try_contains_id(INPUTS).unwrap_or(false) && matches.get_raw(INPUTS).is_some();
    let Some(at) = words.iter().position(|word| word == name) else { return Ok(words) };
    let (options, inputs) = read(path, command)?;
    let mut all = words;
    all.splice(at + 1..=at, options);
    if !has_inputs {
        all.extend(inputs);
    }
    Ok(all)
}

/// The options and the inputs of a configuration, as words.
fn read(path: &Path, command: &Command) -> Result<(Vec<OsString>, Vec<OsString>), Error> {
    let text = fs::read_to_string(path).map_err(|cause| Error::Read { path: path.to_owned(), cause })?;
    let wrong = |at: usize, message: String, hint: Option<String>| {
        let (line, column) = place(&text, at);
        Error::Data { path: path.to_owned(), line, column, message, hint }
    };
    let table = DeTable::parse(&text).map_err(|fault| {
        wrong(fault.span().map_or(0, |span| span.start), format!("not TOML: {}", fault.message()), None)
    })?;
    let known: Vec<&Arg> =
        command.get_arguments().filter(|arg| !matches!(arg.get_id().as_str(), "config" | "help" | "version")).collect();
    let (mut options, mut inputs) = (Vec::new(), Vec::new());
    for (key, value) in table.get_ref() {
        let name = key.get_ref().replace('_', "-");
        if name == INPUTS {
            inputs = list(value.get_ref()).ok_or_else(|| {
                wrong(value.span().start, "inputs is a list of paths".into(), Some("inputs = [\"policies\"]".into()))
            })?;
            continue;
        }
        let Some(arg) = known.iter().find(|arg| arg.get_long() == Some(&name)) else {
            let names: Vec<&str> = known.iter().filter_map(|arg| arg.get_long()).chain([INPUTS]).collect();
            return Err(wrong(
                key.span().start,
                format!("unknown key {}", key.get_ref()),
                Some(suggestion(&name, &names)),
            ));
        };
        let flag = matches!(arg.get_action(), ArgAction::SetTrue);
        let word = match (value.get_ref(), flag) {
            (DeValue::Boolean(true), true) => format!("--{name}"),
            (DeValue::Boolean(false), true) => continue,
            (_, true) => return Err(wrong(value.span().start, format!("{} is true or false", key.get_ref()), None)),
            (value_of, false) => match scalar(value_of).or_else(|| several(value_of, arg)) {
                Some(text) => format!("--{name}={text}"),
                None => {
                    let kind = value_of.type_str();
                    return Err(wrong(
                        value.span().start,
                        format!("{} takes one value, not this {kind}", key.get_ref()),
                        None,
                    ));
                }
            },
        };
        let alone = Command::new("value").arg((*arg).clone().required(false)).no_binary_name(true);
        if let Err(fault) = alone.try_get_matches_from([&word]) {
            let told = fault.to_string();
            let told = told.lines().next().unwrap_or_default().trim_start_matches("error: ");
            return Err(wrong(value.span().start, told.to_owned(), None));
        }
        options.push(OsString::from(word));
    }
    Ok((options, inputs))
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// The values of an option that takes several, as the command line joins them.
fn several(value: &DeValue<'_>, arg: &Arg) -> Option<String> {
    let (DeValue::Array(many), Some(delimiter)) = (value, arg.get_value_delimiter()) else { return None };
    let values = many.iter().map(|item| scalar(item.get_ref())).collect::<Option<Vec<String>>>()?;
    Some(values.join(&delimiter.to_string()))
}

fn list(value: &DeValue<'_>) -> Option<Vec<OsString>> {
    match value {
        DeValue::String(one) => Some(vec![OsString::from(one.as_ref())]),
        DeValue::Array(many) => many.iter().map(|item| scalar(item.get_ref()).map(OsString::from)).collect(),
        _ => None,
    }
}

fn suggestion(name: &str, known: &[&str]) -> String {
    let near = known.iter().map(|k| (strsim::jaro(name, k), k)).filter(|(likeness, _)| *likeness > 0.75);
    match near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, near)) => format!("did you mean {near}?"),
        None => format!("keys are {}", known.join(", ")),
    }
}

/// Line and column (both from 1, in characters) of a byte.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1)
}

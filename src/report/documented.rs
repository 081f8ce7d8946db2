//! The columns as `docs/SCHEMA.md` describes them, for the tests that hold lists against it.

use super::{Column, Type};

const SCHEMA: &str = include_str!("../../docs/SCHEMA.md");

/// Fails where the lines below the heading of a file differ from the columns in name, order, type or unit.
pub(crate) fn hold(file: &str, columns: &[Column]) {
    let written = columns.iter().map(|column| (column.name.to_owned(), type_name(column.ty), column.unit.to_owned()));
    let written: Vec<(String, &str, String)> = written.collect();
    let documented = documented(file);
    let pairs: Vec<(String, &str, String)> =
        documented.iter().map(|(name, ty, unit)| (name.clone(), ty.as_str(), unit.clone())).collect();
    let lines: Vec<String> =
        written.iter().map(|(name, ty, unit)| format!("| `{name}` | {ty} | {unit} | … |")).collect();
    assert!(
        written == pairs,
        "docs/SCHEMA.md, section `{file}`: say of these columns, in this order, what they mean:\n{}\nthere it says:\n{}",
        lines.join("\n"),
        pairs.iter().map(|(name, ty, unit)| format!("| `{name}` | {ty} | {unit} |")).collect::<Vec<_>>().join("\n"),
    );
}

/// Name, type and unit of each column in the first table below the heading.
fn documented(file: &str) -> Vec<(String, String, String)> {
    let heading = format!("### `{file}`");
    let mut lines =
        SCHEMA.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with('#'));
    lines.by_ref().find(|line| line.starts_with("| column | type | unit |"));
    let mut columns = Vec::new();
    for line in lines.skip(1).take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split(" |").map(str::trim).collect();
        let [names, ty, unit, ..] = cells[..] else { continue };
        let names = names.split('`').skip(1).step_by(2);
        columns.extend(names.map(|name| (name.to_owned(), ty.to_owned(), unit.to_owned())));
    }
    columns
}

const fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::Text => "text",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Decimal => "decimal",
        Type::Date => "date",
        Type::Flag => "flag",
    }
}

//! Errors as help: what, where, what to try.

use std::{
    any::Any,
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::Path,
};

use tongwen::Error;

use crate::terminal::{self, Paint, columns, plain};

/// A longer line of a file is shown only up to here.
const LONGEST_LINE: usize = 160;

/// Tells an error on standard error. A broken standard error is nobody's business.
pub(crate) fn tell(error: &Error) {
    let paint = Paint(terminal::stderr_has_color());
    let _ = io::stderr().lock().write_all(text(error, paint).as_bytes());
}

/// Tells of a mistake in the program that nothing contained.
pub(crate) fn tell_panic(panic: &(dyn Any + Send)) {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let _ = writeln!(
        io::stderr(),
        "error: a mistake in the program: {}\nhint: please report it, with the command; RUST_BACKTRACE=1 shows where it happened",
        what.unwrap_or("no message")
    );
}

/// A line on standard error.
pub(crate) fn warn(message: &str) {
    let _ = writeln!(io::stderr(), "warning: {}", plain(message));
}

/// What is wrong with one line of many; the others go on.
pub(crate) fn tell_line(number: u64, message: &str) {
    let _ = writeln!(io::stderr(), "error: line {number}: {}", plain(message));
}

/// What to try, on standard error.
pub(crate) fn hint(message: &str) {
    let _ = writeln!(io::stderr(), "hint: {}", plain(message));
}

fn text(error: &Error, paint: Paint) -> String {
    let mut out = format!("{} {}\n", paint.red("error:"), paint.bold(&escaped(&error.to_string())));
    if let Error::Data { path, line, column, .. } = error {
        let mut place = path.display().to_string();
        if *line > 0 {
            place.push_str(&format!(":{line}"));
            if *column > 0 {
                place.push_str(&format!(":{column}"));
            }
        }
        out.push_str(&format!("  {} {}\n", paint.cyan("-->"), plain(&place)));
        if let Some(source) = source_line(path, *line) {
            out.push_str(&arrows(&source, *column, paint));
        }
    }
    if let Some(hint) = error.hint() {
        out.push_str(&format!("{} {}\n", paint.cyan("hint:"), escaped(hint)));
    }
    out
}

/// Messages may have several lines, but nothing that acts on a terminal.
fn escaped(message: &str) -> String {
    message.lines().map(plain).collect::<Vec<_>>().join("\n  ")
}

fn source_line(path: &Path, line: usize) -> Option<String> {
    let at = line.checked_sub(1)?;
    let file = BufReader::new(File::open(path).ok()?);
    let mut bytes = Vec::new();
    let mut lines = file.split(b'\n');
    for _ in 0..at {
        lines.next()?.ok()?;
    }
    bytes.extend(lines.next()?.ok()?);
    Some(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

fn arrows(source: &str, column: usize, paint: Paint) -> String {
    let shown = plain(terminal::head(source, LONGEST_LINE));
    let mut out = format!("   {} {shown}\n", paint.cyan("|"));
    let Some(before) = column.checked_sub(1) else { return out };
    let Some((at, _)) = shown.char_indices().nth(before) else { return out };
    let indent = " ".repeat(columns(&shown[..at]));
    out.push_str(&format!("   {} {indent}{}\n", paint.cyan("|"), paint.red(&"^".repeat(width_of_word(&shown[at..])))));
    out
}

/// How wide the thing is that begins here: a quoted string, a {part}, a word.
fn width_of_word(rest: &str) -> usize {
    let closing = match rest.chars().next() {
        Some('"') => Some('"'),
        Some('{') => Some('}'),
        Some('[') => Some(']'),
        _ => None,
    };
    let end = match closing {
        Some(close) => rest.char_indices().skip(1).find(|(_, c)| *c == close).map(|(at, c)| at + c.len_utf8()),
        None => rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')),
    };
    columns(&rest[..end.unwrap_or(rest.len())]).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_stand_under_the_mistake() {
        assert_eq!(arrows("年 = {yaer}月", 5, Paint(false)), "   | 年 = {yaer}月\n   |      ^^^^^^\n");
    }
}

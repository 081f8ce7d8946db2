//! What a run says at its end: what is named most, and where the rest stands.
//!
//! Names stand in columns, so their width is that of the terminal: a Han character takes two.

use std::io::{self, Write};

use tongwen::pipeline::{Highlights, NamedLaw, NamedTerm};

use crate::terminal::{Paint, columns, head, plain};

/// Widest line.
const WIDTH: usize = 100;
/// Columns of a title in Chinese.
const TITLE: usize = 38;
/// Columns of a term.
const TERM: usize = 26;

/// Writes the laws and terms named most.
pub(crate) fn write(out: &mut impl Write, highlights: &Highlights, paint: Paint) -> io::Result<()> {
    if !highlights.laws.is_empty() {
        writeln!(out, "\n{}", paint.bold("mentions  documents  law"))?;
        highlights.laws.iter().try_for_each(|law| writeln!(out, "{}", law_line(law)))?;
    }
    let [zh, en] = &highlights.terms;
    if !zh.is_empty() || !en.is_empty() {
        let head = if zh.is_empty() || en.is_empty() {
            "   count  documents  term".to_owned()
        } else {
            format!("   count  documents  {}   count  documents  term", padded("term", TERM))
        };
        writeln!(out, "\n{}", paint.bold(&head))?;
        for at in 0..zh.len().max(en.len()) {
            writeln!(out, "{}", term_line(zh.get(at), en.get(at), zh.is_empty() || en.is_empty()))?;
        }
    }
    writeln!(out)
}

fn law_line(law: &NamedLaw) -> String {
    let zh = plain(law.title_zh.as_deref().unwrap_or_default());
    let en = plain(law.title_en.as_deref().unwrap_or_default());
    let counts = format!("{:>8}  {:>9}  ", law.mentions, law.documents);
    let names = match (zh.is_empty(), en.is_empty()) {
        (true, true) => plain(&law.id),
        (false, true) => zh,
        (true, false) => en,
        (false, false) => format!("{}  {en}", padded(&zh, TITLE)),
    };
    shortened(&(counts + &names), WIDTH)
}

/// A term of each language side by side; only one column where only one language has any.
fn term_line(left: Option<&NamedTerm>, right: Option<&NamedTerm>, single: bool) -> String {
    let cell = |term: &NamedTerm| format!("{:>8}  {:>9}  {}", term.count, term.documents, plain(&term.term));
    let line = match (left, right) {
        (Some(left), Some(right)) => format!("{}{}", padded(&cell(left), 21 + TERM), cell(right)),
        (None, Some(right)) if !single => format!("{}{}", padded("", 21 + TERM), cell(right)),
        (Some(term), None) | (None, Some(term)) => cell(term),
        (None, None) => String::new(),
    };
    shortened(&line, WIDTH)
}

/// The text in so many columns: with blanks behind it, or cut.
fn padded(text: &str, width: usize) -> String {
    let text = shortened(text, width);
    let blanks = width.saturating_sub(columns(&text));
    text + &" ".repeat(blanks)
}

/// The text up to so many columns, with `…` where something is left out.
fn shortened(text: &str, width: usize) -> String {
    if columns(text) <= width {
        text.to_owned()
    } else {
        format!("{}…", head(text, width.saturating_sub(1)).trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(zh: &str, en: &str) -> NamedLaw {
        let title = |title: &str| (!title.is_empty()).then(|| title.to_owned());
        NamedLaw { id: "x-1".into(), title_zh: title(zh), title_en: title(en), mentions: 12, documents: 3 }
    }

    fn term(word: &str) -> NamedTerm {
        NamedTerm { term: word.into(), count: 7, documents: 2 }
    }

    #[test]
    fn columns_stand_under_each_other_whatever_the_script() {
        let lines = [
            law_line(&law("网络安全法", "Cybersecurity Law")),
            law_line(&law("中华人民共和国数据安全法（修订草案征求意见稿第二次）", "Data Security Law")),
        ];
        for (line, name) in lines.iter().zip(["Cybersecurity", "Data"]) {
            assert_eq!(columns(&line[..line.find(name).unwrap()]), 21 + TITLE + 2, "{line}");
        }
        let line = term_line(Some(&term("数据")), Some(&term("data")), false);
        assert_eq!(columns(&line[..line.find("data").unwrap()]), 21 + TERM + 21);
        assert!(term_line(None, Some(&term("data")), true).starts_with("       7          2  data"));
    }

    #[test]
    fn nothing_is_wider_than_a_line_and_nothing_acts() {
        let line = law_line(&law(&"长".repeat(90), &"\u{1b}[2J long".repeat(30)));
        assert!(columns(&line) <= WIDTH && !line.contains('\u{1b}') && line.ends_with('…'));
        let mut out = Vec::new();
        let highlights = Highlights { laws: vec![law("", "")], terms: [vec![], vec![]] };
        write(&mut out, &highlights, Paint(false)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\nmentions  documents  law\n      12          3  x-1\n\n");
    }
}

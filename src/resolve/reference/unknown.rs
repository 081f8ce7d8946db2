//! Whose a division is where what stands beside it is no law that is known: "Article 5 TEU", "A/79/439/Add.4, para. 11".
//!
//! "Articles 91(1) and 100(2) TFEU, Article 5 XYZ" gives no article of the TFEU twice, and a document that has nothing but its symbol
//! is called by it.
//!
//! Always true: an abbreviation that is a mention of its own is none of these.

use super::{
    super::{EntityIx, Resolved, division::is_of},
    near::joins,
};
use crate::{extract::Value, text::Span, value::Kind};

/// States, bodies and words in capitals that stand beside a division and name no law.
const NO_LAWS: [&str; 44] = [
    "US", "EU", "UK", "UN", "USA", "USTR", "EPA", "FDA", "SEC", "FTC", "FCC", "FERC", "DOD", "DOJ", "DHS", "HHS",
    "CMS", "IRS", "BIS", "OFAC", "NMFS", "USDA", "WTO", "IMF", "CAC", "SAMR", "MOFCOM", "NDRC", "MIIT", "PBOC", "CSRC",
    "NMPA", "MOF", "PRC", "HK", "II", "III", "IV", "VI", "VII", "AND", "OR", "THE", "OF",
];

/// Whether an abbreviation of which nothing is known stands right beside a division: behind it, behind "of" and "of the", or before
/// "Art." and "Section".
pub(super) fn beside(text: &str, span: Span, left: &[Resolved], right: &[Resolved]) -> bool {
    let words = &text[span.range()];
    if !words.contains(|c: char| c.is_ascii_lowercase()) && words.contains(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let after = &text[span.end()..];
    let of = [" of the ", " of ", " under the ", " under "].iter().find(|of| after.starts_with(**of));
    let lead = of.map_or_else(|| usize::from(after.starts_with(' ')), |of| of.len());
    let start = span.end() + lead;
    let behind = lead > 0 && {
        let word = abbreviation(&text[start..]);
        let known = right.iter().take(3).any(|r| r.mention.span.start() <= start && start < r.mention.span.end());
        // "Section 8 of the WIIN Act", whether or not its title was found
        let named = text[start + word.len()..]
            .strip_prefix(' ')
            .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_uppercase()));
        is_unknown(word) && !known && (of.is_some() || !named)
    };
    let capital = words.starts_with(['A', 'S', '§']);
    let gap = text[..span.start()].trim_end_matches([' ', '|']);
    let close = text[gap.len()..span.start()].starts_with(' ') || span.start() == gap.len();
    let word = gap.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '&').next().unwrap_or_default();
    let from = gap.len() - word.len();
    let taken = |r: &Resolved| r.mention.span.start() < gap.len() && from < r.mention.span.end();
    let before =
        capital && close && word.len() < gap.len() && is_unknown(word) && !left.iter().rev().take(4).any(taken);
    behind || before
}

/// The law named before whose first letters are the abbreviation behind a division: "section 706 of the FRAA", "section 5502 of the
/// NDAA FY 2022".
pub(super) fn spelled(text: &str, span: Span, left: &[Resolved]) -> Option<EntityIx> {
    const NAMES: usize = 200;
    let after = &text[span.end()..];
    let after = [" of the ", " of "].iter().find_map(|of| after.strip_prefix(of))?;
    let word = abbreviation(after);
    let year = after[word.len()..].strip_prefix(" FY ").or_else(|| after[word.len()..].strip_prefix(" for FY "));
    let year = year.and_then(|year| year.get(..4)).unwrap_or_default();
    let called = |r: &&Resolved| match &r.mention.value {
        Value::Law(name) if r.mention.kind == Kind::Law && r.entity.is_some() => {
            let first = |part: &str| part.chars().next().filter(char::is_ascii_uppercase);
            let letters: String = name.title.split([' ', '-', '\n']).filter_map(first).collect();
            letters.contains(word) && name.title.contains(year)
        }
        _ => false,
    };
    left.iter().rev().take(NAMES).find(called).filter(|_| word.len() > 2 && is_unknown(word)).and_then(|r| r.entity)
}

/// The letters at the beginning that may be an abbreviation.
fn abbreviation(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '&').unwrap_or(text.len());
    &text[..end]
}

fn is_unknown(word: &str) -> bool {
    (2..=7).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'&')
        && !word.bytes().all(|b| b"IVXL".contains(&b))
        && !NO_LAWS.contains(&word)
}

/// The document that is called by its number beside a division: "paragraph 12 of WT/TPR/M/402", "(A/79/439/Add.4, para. 11)", "the
/// report (A/79/249), in particular paragraphs 44 to 51 thereof".
pub(super) fn numbered<'r>(text: &str, span: Span, left: &'r [Resolved], right: &'r [Resolved]) -> Option<&'r str> {
    let nameless = |r: &'r Resolved| match &r.mention.value {
        Value::Norm(norm) if r.mention.kind == Kind::DocNumber && r.entity.is_none() => {
            (!norm.contains(',')).then_some(&**norm)
        }
        _ => None,
    };
    let gap = |r: &Resolved| text.get(span.end()..r.mention.span.start());
    let behind = right.first().filter(|r| gap(r).is_some_and(|gap| is_of(gap, r.mention.kind)));
    if let Some(norm) = behind.and_then(nameless) {
        return Some(norm);
    }
    let last = left.iter().rev().take(4).find(|r| r.mention.span.end() <= span.start())?;
    // "the Boat Act (P.L. 104-303, § 215)" is of the act.
    let before = text[..last.mention.span.start()].trim_end_matches([' ', '(']).len();
    let of_law = left.iter().rev().take(6).any(|r| r.mention.kind == Kind::Law && r.mention.span.end() == before);
    let between = text.get(last.mention.span.end()..span.start())?;
    let thereof = ["thereof", ", thereof"].iter().any(|word| text[span.end()..].trim_start().starts_with(word))
        && between.len() < 40
        && !between.contains(['.', ';', '\n']);
    let joined = between.trim() == "," && joins(between, Kind::DocNumber);
    (!of_law && (joined || thereof)).then(|| nameless(last))?
}

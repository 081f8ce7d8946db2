//! Gives a title the number that stands in brackets right behind it: (Promulgated by Order No. 208 of the State Council).
//!
//! "Regulations on the Administration of Blood Products" is a translation of one's own; the number of its order says which
//! instrument of the registry it is.
//!
//! Always true: only numbers with a Chinese form, and only words of issuing between the bracket and the number.

use crate::{
    extract::{Mention, mention::Value},
    value::Kind,
};

/// So many bytes may stand between a title and its number.
const NEAR: usize = 80;
/// What may stand in the bracket before the number.
const ISSUED: [&str; 16] = [
    "promulgated",
    "issued",
    "adopted",
    "published",
    "released",
    "announced",
    "by",
    "as",
    "under",
    "through",
    "in",
    "with",
    "the",
    "decree",
    "no",
    "and",
];

/// Gives titles their numbers; the laws are sorted by start, the longest first.
pub(super) fn number(text: &str, laws: &mut [Mention], others: &[Mention]) {
    let mut numbers: Vec<(usize, &str)> = others
        .iter()
        .filter_map(|m| match &m.value {
            Value::Norm(norm)
                if m.kind == Kind::DocNumber && !norm.is_ascii()
                    || m.kind == Kind::Standard && norm.starts_with("GB") =>
            {
                Some((m.span.start(), norm.as_str()))
            }
            _ => None,
        })
        .collect();
    if numbers.is_empty() {
        return;
    }
    numbers.sort_unstable();
    let mut outer = 0;
    for law in laws {
        let (end, inside) = (law.span.end(), law.span.end() <= outer);
        outer = outer.max(end);
        let Value::Law(name) = &mut law.value else { continue };
        let next = numbers.partition_point(|(start, _)| *start < end);
        let Some(&(start, norm)) = numbers.get(next).filter(|(start, _)| !inside && start - end < NEAR) else {
            continue;
        };
        let gap = text.get(end..start).unwrap_or_default().trim_start_matches(['”', '"', '’', '*', ' ', '\n']);
        let Some(before) = gap.strip_prefix(['(', '（']) else { continue };
        let told = before
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| ISSUED.iter().any(|known| known.eq_ignore_ascii_case(word)));
        // "General Code for Accessibility (GB 55019-2021)" is a standard, "the Work Safety Law (GB 6441)" none.
        if norm.is_ascii() && (!before.is_empty() || !is_standard(&name.title) || name.row.is_some()) {
            continue;
        }
        let changes = ["mending ", "evising ", "epeal", "bolish"].iter().any(|deed| name.title.contains(deed));
        if told && !before.contains([')', '）', ';', '.']) && !changes && name.number.is_none() {
            name.number = Some(norm.to_owned());
        }
    }
}

/// Whether a title may be that of a standard.
fn is_standard(title: &str) -> bool {
    ["Code", "Standard", "Specification", "Requirements", "Limits", "Rules", "Guidelines", "Classification"]
        .iter()
        .any(|head| title.contains(head))
        && !["Law", "Act", "Regulations", "Measures"].iter().any(|head| title.contains(head))
}

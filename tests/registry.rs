//! Does the registry keep its hard rules? Ids are unique and well formed, levels and statuses are known, dates
//! exist and are in order, and every name that fits two instruments is listed as ambiguous.
//!
//! A short form that silently means one of two laws puts a wrong line into a report, and nobody sees it; so a
//! row that brings such a name fails here until the name is listed.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

const LEVELS: &str = "constitution law decision administrative_regulation departmental_rule normative_document \
    judicial_interpretation local_regulation party_regulation party_decision plan opinion draft standard treaty \
    declaration recommendation initiative white_paper act ordinance regulation_eu directive_eu executive_order \
    federal_regulation";
const STATUSES: &str = "in_force amended repealed superseded draft signed negotiated unverified";

type Row = HashMap<String, String>;

fn laws() -> Vec<Row> {
    [rows("laws.tsv"), rows("added.tsv")].concat()
}

fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/registry").join(name);
    let text = fs::read_to_string(&path).expect("the registry is part of the package");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let row = |(number, line): (usize, &str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(
            cells.len(),
            header.len(),
            "{name}:{}: {} cells under {} columns",
            number + 2,
            cells.len(),
            header.len()
        );
        header.iter().zip(cells).map(|(column, cell)| ((*column).to_owned(), cell.to_owned())).collect()
    };
    lines.enumerate().map(row).collect()
}

/// A name as it is compared: blanks as one, case put aside.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[track_caller]
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ids_are_unique_and_well_formed() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for law in laws() {
        let id = &law["id"];
        let formed = id.split_once('-').is_some_and(|(place, slug)| {
            let slug_bytes = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            matches!(place.len(), 2 | 3)
                && place.bytes().all(|b| b.is_ascii_lowercase())
                && !slug.is_empty()
                && slug.bytes().all(slug_bytes)
        });
        if !formed {
            wrong.push(format!("{id}: not of the form jurisdiction-slug"));
        }
        if !seen.insert(id.clone()) {
            wrong.push(format!("{id}: twice"));
        }
    }
    let issuers = rows("issuers.tsv");
    if issuers.iter().map(|issuer| &issuer["id"]).collect::<BTreeSet<_>>().len() != issuers.len() {
        wrong.push("issuers.tsv: an id stands twice".to_owned());
    }
    none(&wrong);
}

#[test]
fn every_instrument_has_a_title_a_level_and_a_status() {
    let mut wrong = Vec::new();
    for law in laws() {
        let id = &law["id"];
        // Instruments of other states mostly have no Chinese title.
        let chinese = matches!(law["jurisdiction"].as_str(), "CN" | "HK" | "MO" | "TW");
        if law["title_zh"].is_empty() && (chinese || law["title_en"].is_empty()) {
            wrong.push(format!("{id}: no title"));
        }
        for (column, known) in [("level", LEVELS), ("status", STATUSES)] {
            if !known.split_whitespace().any(|name| name == law[column]) {
                wrong.push(format!("{id}: {column} {:?}", law[column]));
            }
        }
        for column in ["aliases_zh", "aliases_en"] {
            if law[column].split('|').any(|alias| alias != alias.trim()) {
                wrong.push(format!("{id}: {column}: a blank at the edge"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn dates_exist_and_are_in_order() {
    let mut wrong = Vec::new();
    for law in laws() {
        let id = &law["id"];
        let date = |column: &str| (!law[column].is_empty()).then(|| law[column].parse::<jiff::civil::Date>());
        for column in ["promulgated", "effective", "last_amended", "repealed"] {
            if matches!(date(column), Some(Err(_))) || !matches!(law[column].len(), 0 | 10) {
                wrong.push(format!("{id}: {column} {:?}", law[column]));
            }
        }
        let Some(Ok(promulgated)) = date("promulgated") else { continue };
        for column in ["effective", "last_amended"] {
            if matches!(date(column), Some(Ok(later)) if later < promulgated) {
                wrong.push(format!("{id}: {column} {} before promulgated {promulgated}", law[column]));
            }
        }
    }
    none(&wrong);
}

#[test]
fn a_name_of_two_instruments_is_listed_as_ambiguous() {
    let laws = laws();
    let mut bearers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for law in &laws {
        let titles = [&law["title_zh"], &law["title_en"]].into_iter().map(String::as_str);
        for name in
            titles.chain(law["aliases_zh"].split('|')).chain(law["aliases_en"].split('|')).filter(|n| !n.is_empty())
        {
            bearers.entry(key(name)).or_default().insert(&law["id"]);
        }
    }
    let ambiguous = rows("ambiguous_aliases.tsv");
    let listed: BTreeMap<String, BTreeSet<&str>> =
        ambiguous.iter().map(|row| (key(&row["alias"]), row["ids"].split('|').collect())).collect();
    let mut wrong = Vec::new();
    for (name, ids) in bearers.iter().filter(|(_, ids)| ids.len() > 1) {
        if listed.get(name) != Some(ids) {
            wrong.push(format!("{name}: fits {ids:?}, listed {:?}", listed.get(name)));
        }
    }
    let known: BTreeSet<&str> = laws.iter().map(|law| law["id"].as_str()).collect();
    for (name, ids) in &listed {
        for id in ids.difference(&known) {
            wrong.push(format!("{name}: listed with the unknown id {id}"));
        }
    }
    none(&wrong);
}

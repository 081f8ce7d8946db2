//! `report.html`: one file for people. It opens offline, fetches nothing, and is complete without its script.
//!
//! Each section is built by one file in `html/` from the tables of `view/`; the template only places them.
//! Whatever the template prints goes through one formatter that escapes markup and shows control characters,
//! so a title such as `<script>` is a title. Lists are cut so that 4,000 documents still make a page that can
//! be sent by mail, and say how much was left out and where the rest is.

mod columns;
mod dates;
mod documents;
mod figures;
mod findings;
mod labels;
mod languages;
mod laws;
mod method;
mod overview;
mod pairs;
mod quote;
mod statistics;
mod terms;
mod words;

use std::io;

use minijinja::{Environment, UndefinedBehavior, Value, escape_formatter, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use self::{labels::Labels, quote::Sources};
use super::{
    super::{Report, table::grouped, visible::visible},
    Out,
};

const TEMPLATE: &str = include_str!("report.html");
const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// A page larger than this is made again with shorter lists.
const MOST_BYTES: usize = 1_450_000;

/// How much of each list the page shows.
#[derive(Clone, Copy)]
struct Caps {
    laws: usize,
    /// Sentences of one of the first forty instruments; the others show two.
    law_quotes: usize,
    dates: usize,
    /// Rows of each group of figures.
    figures: usize,
    /// Terms of each language.
    terms: usize,
    pairs: usize,
    /// Documents, and files with a problem.
    documents: usize,
}

const CAPS: [Caps; 3] = [
    Caps { laws: 120, law_quotes: 6, dates: 100, figures: 16, terms: 60, pairs: 80, documents: 200 },
    Caps { laws: 80, law_quotes: 4, dates: 60, figures: 12, terms: 60, pairs: 50, documents: 100 },
    Caps { laws: 40, law_quotes: 2, dates: 30, figures: 8, terms: 40, pairs: 30, documents: 40 },
];

#[derive(Serialize)]
struct Page {
    style: &'static str,
    script: &'static str,
    script_digest: String,
    overview: overview::Section,
    findings: Vec<findings::Finding>,
    laws: laws::Section,
    dates: dates::Section,
    figures: figures::Section,
    terms: terms::Section,
    statistics: statistics::Section,
    pairs: pairs::Section,
    languages: languages::Section,
    documents: documents::Section,
    method: method::Section,
}

/// What the sections share.
struct Context<'a> {
    report: &'a Report<'a>,
    caps: Caps,
    sources: Sources<'a>,
    labels: Labels<'a>,
}

/// Says what a list leaves out: "120 of 4,312; all in laws.csv".
#[derive(Debug, Serialize)]
struct Cut {
    shown: String,
    total: String,
    whole: bool,
    file: &'static str,
}

impl Cut {
    fn new(shown: usize, total: usize, file: &'static str) -> Self {
        Self { shown: grouped(&shown.to_string()), total: grouped(&total.to_string()), whole: shown == total, file }
    }
}

/// Writes the page.
pub(super) fn write(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let mut page = String::new();
    for caps in CAPS {
        page = render(report, caps).map_err(io::Error::other)?;
        if page.len() <= MOST_BYTES {
            break;
        }
    }
    out.write_all(page.as_bytes())
}

fn render(report: &Report<'_>, caps: Caps) -> Result<String, minijinja::Error> {
    let context = Context { report, caps, sources: Sources::of(report), labels: Labels::of(report.summary) };
    let page = Page {
        style: STYLE,
        script: SCRIPT,
        script_digest: base64(&Sha256::digest(SCRIPT)),
        overview: overview::section(&context),
        findings: findings::findings(&context),
        laws: laws::section(&context),
        dates: dates::section(&context),
        figures: figures::section(&context),
        terms: terms::section(&context),
        statistics: statistics::section(&context),
        pairs: pairs::section(&context),
        languages: languages::section(&context),
        documents: documents::section(&context),
        method: method::section(&context),
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(visible(text).as_ref())),
        _ => escape_formatter(out, state, value),
    });
    environment.add_template("report.html", TEMPLATE)?;
    environment.get_template("report.html")?.render(Serde(&page))
}

/// Percent of `most`, for the width of a bar.
fn share(part: u64, most: u64) -> String {
    format!("{:.1}", part as f64 / most.max(1) as f64 * 100.0)
}

/// Base64 of RFC 4648, as the content security policy names its digests.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]);
            out.push(if place <= three.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{super::super::fixture, *};

    fn page(case: &fixture::Case) -> String {
        let mut out = Vec::new();
        write(&case.report(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn hostile_names_are_only_names() {
        let mut case = fixture::case();
        let hostile = "<script>alert('x')</script>\"'\u{1b}[31m\u{202e}&{{ 7*7 }}";
        case.summary.documents[0].title = Some(hostile.into());
        case.summary.laws[0].title_zh = Some(hostile.into());
        case.summary.laws[0].id = hostile.into();
        case.summary.laws[0].surfaces[0].0 = hostile.into();
        case.summary.laws[0].quotes[0].sentence = hostile.into();
        case.summary.terms[0].term = hostile.into();
        case.summary.pairs[0].a = hostile.into();
        case.summary.figures[0].unit = hostile.into();
        case.summary.dates[0].value = hostile.into();
        case.files[3].path = hostile.into();
        case.run.parameters.insert(hostile.into(), hostile.into());
        let page = page(&case);
        assert_eq!(page.matches("<script").count(), 1, "only our own script");
        assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
        assert!(page.contains("\\u{1b}[31m\\u{202e}") && page.contains("&lt;script&gt;"));
        assert!(!page.contains("&amp;lt;"), "escaped once");
        assert!(page.contains("7*7") && !page.contains("&amp;49"));
    }

    #[test]
    fn the_page_fetches_nothing() {
        let page = page(&fixture::case());
        assert!(page.contains("default-src &#x27;none&#x27;") || page.contains("default-src 'none'"));
        for outside in ["http://", "https://", "@import", "url(", "src="] {
            assert!(!page.contains(outside), "{outside}");
        }
    }

    #[test]
    fn an_empty_run_is_still_a_page() {
        let summary = crate::count::Summary::default();
        let run = super::super::super::RunInfo::default();
        let mut out = Vec::new();
        write(&Report { summary: &summary, files: &[], run: &run }, &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().trim_end().ends_with("</html>"));
    }

    #[test]
    fn four_thousand_documents_still_fit_in_a_mail() {
        let page = page(&fixture::large());
        assert!(page.len() < 1_500_000, "{} bytes", page.len());
        assert!(page.contains("laws.csv"));
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    #[ignore = "writes a page to look at, below the folder for temporary files"]
    fn a_page_to_look_at() {
        let folder = std::env::temp_dir().join("tongwen-report");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("report.html"), page(&fixture::case())).unwrap();
        std::fs::write(folder.join("large.html"), page(&fixture::large())).unwrap();
    }
}

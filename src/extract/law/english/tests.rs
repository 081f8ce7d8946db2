use super::*;
use crate::ruleset::load;

#[test]
fn the_cases_of_the_rule_file_hold() {
    let rules = load(None).expect("built-in rules load");
    let grammar = EnglishGrammar::new(&rules);
    let mut wrong = Vec::new();
    for rule in rules.rules.iter().filter(|r| r.name.starts_with("en.law.")) {
        let id = rules.expect_id(&rule.name);
        let find = |text: &str| {
            let mut out = Vec::new();
            grammar.find(text, &[], &mut out);
            out.into_iter()
                .filter(|m| m.rule == id)
                .map(|m| (text[m.span.range()].to_owned(), m.value))
                .collect::<Vec<_>>()
        };
        for case in &rule.entry.case {
            let found = find(&case.text);
            let fits = found.iter().any(|(text, value)| {
                *text == case.finds
                    && case.value.as_ref().is_none_or(|v| match value {
                        Value::Norm(norm) => norm == v,
                        Value::Article(article) => article.reference == *v,
                        _ => true,
                    })
            });
            if !fits {
                wrong.push(format!("{}: {:?} should find {:?}, found {found:?}", rule.name, case.text, case.finds));
            }
        }
        for text in &rule.entry.not {
            let found = find(text);
            if !found.is_empty() {
                wrong.push(format!("{}: {text:?} should find nothing, found {found:?}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_text_is_read_without_a_panic() {
    let rules = load(None).expect("built-in rules load");
    let grammar = EnglishGrammar::new(&rules);
    let parts = [
        "Act",
        "the ",
        "Law of ",
        "(",
        ")",
        "“",
        "”",
        "’s",
        "’",
        " ",
        "\n",
        "\n\n",
        "Section ",
        "1",
        "(a)",
        "of ",
        "Article ",
        "U.S.C. ",
        "50 ",
        "No. ",
        "Order ",
        "Directive ",
        "(EU) ",
        "2016/679 ",
        "c. ",
        ", ",
        "é",
        "法",
        "、",
        "\\_",
        "Executive Order ",
        "14028",
        "-",
        "title ",
        "et seq",
        "*",
        "<a",
        ">",
        "http://",
        "S. ",
    ];
    // A small generator of repeatable chance.
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[usize::try_from(seed >> 33).unwrap_or(0) % parts.len()]);
        }
        let mut out = Vec::new();
        grammar.find(&text, &[], &mut out);
        for mention in out {
            assert!(!text[mention.span.range()].is_empty(), "{text:?}");
        }
    }
}

use super::*;
use crate::ruleset::load;

#[test]
fn the_cases_of_the_rule_file_hold() {
    let (rules, _) = load(None).expect("built-in rules load");
    let grammar = EnglishGrammar::new(&rules);
    let mut wrong = Vec::new();
    for rule in rules.rules.iter().filter(|r| r.name.starts_with("en.law.")) {
        let id = rules.expect_id(&rule.name);
        let find = |text: &str| {
            let mut out = Vec::new();
            grammar.find(text, &[], &mut out);
            out.into_iter().filter(|m| m.rule == id).map(|m| (text[m.span.range()].to_owned(), m.value)).collect::<Vec<_>>()
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

use super::*;
use crate::ruleset::load;

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

use super::super::EnglishGrammar;
use crate::{extract::mention::Value, ruleset::load};

/// Words and forms of the references in a text.
fn references(grammar: &EnglishGrammar, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    grammar.find(text, &[], &mut out);
    out.sort_by_key(|m| m.span.start());
    out.iter()
        .filter_map(|m| match &m.value {
            Value::Article(article) => Some(format!("{} = {}", &text[m.span.range()], article.reference)),
            _ => None,
        })
        .collect()
}

#[test]
fn chains_of_divisions() {
    let grammar = EnglishGrammar::new(&load(None).expect("built-in rules load"));
    let table: &[(&str, &[&str])] = &[
        ("under the first paragraph of Article 22 of", &["first paragraph of Article 22 = a22.p1"]),
        ("as in 1st Paragraph of Article 32.", &["1st Paragraph of Article 32 = a32.p1"]),
        (
            "with subparagraph 2 or 3 of the first paragraph of Article 47 of the",
            &["subparagraph 2 or 3 of the first paragraph of Article 47 = a47.p1.i2,i3"],
        ),
        ("Under Paragraph Three, Article 8 of the", &["Paragraph Three, Article 8 = a8.p3"]),
        ("in paragraph two. The first paragraph is", &[]),
        ("as mentioned in the first paragraph may", &["first paragraph = p1"]),
        ("in the first paragraph of his letter", &[]),
        (
            "under sub-paragraphs 2 and 3 of the preceding paragraph",
            &["sub-paragraphs 2 and 3 of the preceding paragraph = i2,i3"],
        ),
        ("Subparagraph 2-Being a student", &[]),
        ("penalties of article 29 are", &["article 29 = a29"]),
        ("under paragraph 2, article 31 of the", &["paragraph 2, article 31 = a31.p2"]),
        ("Violation of article 38 Paragraph 1 is", &["article 38 Paragraph 1 = a38.p1"]),
        (
            "see subparagraph b) of paragraph 5 of Article 16.",
            &["subparagraph b) of paragraph 5 of Article 16 = a16.p5.ib"],
        ),
        ("by subparagraph 8 of item 1 under Article 8, the", &["subparagraph 8 of item 1 under Article 8 = a8.p1.i8"]),
        ("of Articles 46~48, 52 and", &["Articles 46~48, 52 = a46-a48,a52"]),
        ("of Articles 2 ~ 4, 6 are", &["Articles 2 ~ 4, 6 = a2-a4,a6"]),
        ("amended Article 2, 9, 19, 21 of", &["Article 2, 9, 19, 21 = a2,a9,a19,a21"]),
        ("under Article 5, 9 members", &["Article 5 = a5"]),
        (
            "Articles 36 to 40, Paragraph 1 of Article 41 apply",
            &["Articles 36 to 40 = a36-a40", "Paragraph 1 of Article 41 = a41.p1"],
        ),
        ("in Article 2, paragraph 1(a), of the", &["Article 2, paragraph 1(a) = a2.p1.ia"]),
        (
            "sections 45C(1), (3)(c), (4)(d), 45F(2) and 45P",
            &["sections 45C(1), (3)(c), (4)(d), 45F(2) and 45P = s45C(1),s45C(3)(c),s45C(4)(d),s45F(2),s45P"],
        ),
        (
            "under section 52, subsections 67(2) and (3) of the",
            &["section 52, subsections 67(2) and (3) = s52,s67(2),s67(3)"],
        ),
        ("Division 2 of Part III of the", &["Division 2 of Part III = part3.div2"]),
        ("by Article 4(1)(ii) of the", &["Article 4(1)(ii) = a4.p1.i2"]),
        ("by Article 89(1)(i)-(iii) on", &["Article 89(1)(i)-(iii) = a89.p1.i1-i3"]),
        ("by Article 1(m)(i) and (ii) of", &["Article 1(m)(i) and (ii) = a1.im.i1,a1.im.i2"]),
        ("in Annex 18-E of the Agreement", &["Annex 18-E = annex18-E"]),
        (
            "and Section C, point (7), of Annex I to Directive 2014/65/EU",
            &["Section C, point (7), of Annex I = annexI.sC.i7"],
        ),
        ("by s. 36(3) of the Boats Act", &["s. 36(3) = s36(3)"]),
        ("by Mr. s. 36 met", &[]),
        ("citation for part 300, subpart E, continues", &["part 300, subpart E = part300.subpartE"]),
        ("amending Schedules I and II; and", &["Schedules I and II = sch1,sch2"]),
        ("see Annex II to Regulation (EU) 2019/1020, which", &["Annex II = annexII"]),
        ("at 40 CFR parts 60, 61, and 63, and 50 CFR parts 222 and 224.", &[]),
        ("in (Part I of the schedule)", &["Part I of the schedule = sch.part1"]),
        ("of regulation 8(3)(a) of the", &["regulation 8(3)(a) = reg8(3)(a)"]),
        ("under regulations 8 and 9A, or", &["regulations 8 and 9A = reg8,reg9A"]),
        ("under Regulation 2016/679 and Regulation 17", &[]),
        ("Article 5(1) to (4) and", &["Article 5(1) to (4) = a5.p1-p4"]),
        ("the articles 17 to 19 of", &["articles 17 to 19 = a17-a19"]),
        ("in Arts. 23-26 and", &["Arts. 23-26 = a23-a26"]),
        ("in subdivision (d) of Section 1798.1 of", &["subdivision (d) of Section 1798.1 = s1798.1(d)"]),
        ("see chapters 9, 18 and 24 to 26 of the Agreement", &["chapters 9, 18 and 24 to 26 = ch9,ch18,ch24-ch26"]),
        ("in Supplement No. 4 to part 744 of", &["Supplement No. 4 to part 744 = part744.supp4"]),
        (
            "under Articles 6 and 10, Item (1), Paragraph 1 of Article 13 of",
            &["Articles 6 and 10 = a6,a10", "Item (1), Paragraph 1 of Article 13 = a13.p1.i1"],
        ),
        ("as follows: \"Article 9 Enterprises may deduct", &[]),
        ("under Article VI:2 of GATT", &["Article VI:2 = a6.p2"]),
        ("before.\n\nArticle 6\n(Deleted)\n\nArticle 7 (Deleted)\n\n", &[]),
        ("in the Canada Gazette, Part I, and", &[]),
        ("to this Part\n(a) boxes", &[]),
        (
            "Subparagraph 1 or 2 of the preceding paragraph refers",
            &["Subparagraph 1 or 2 of the preceding paragraph = i1,i2"],
        ),
        ("Paragraph 2 of the preceding Article", &["Paragraph 2 of the preceding Article = p2"]),
        ("paragraphs one and two in this Article", &["paragraphs one and two in this Article = p1,p2"]),
        ("under Paragraph 3of Article 54-2", &["Paragraph 3of Article 54-2 = a54-2.p3"]),
        ("paragraph 3 of this Article.", &["paragraph 3 of this Article = p3"]),
    ];
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, finds)| (text, references(&grammar, text), finds))
        .filter(|(_, found, finds)| found != *finds)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

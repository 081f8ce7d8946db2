//! Patterns against short texts.

use super::*;
use crate::value::numeral;

fn first_match(pattern: &str, spaced: bool, text: &str, at: usize) -> Option<usize> {
    let tables = [WordTable::new([("January|Jan.", "1".to_owned())])];
    let pattern = Pattern::new(pattern, &|name| (name == "month_name").then_some(0), spaced).unwrap();
    let numerals = numeral::scan(text);
    let mut found = Found::default();
    pattern.match_at(&Haystack::new(text, &numerals, &tables), at, &mut found).then_some(found.end)
}

#[test]
fn parts_options_and_alternatives() {
    let text = "2016年 11 月7日起";
    assert_eq!(first_match("{year}年{month}月[{day}(日|号)]", false, text, 0), Some(text.find('起').unwrap()));
    assert_eq!(first_match("{year}年{month}月[{day}(日|号)]", false, "2016年11月", 0), Some(12));
    assert_eq!(first_match("{month_name} {day}, {year}", true, "january\n  5, 2016", 0), Some(17));
    assert_eq!(first_match("{month_name} {day}", true, "Januaryish 5", 0), None);
}

#[test]
fn mistakes_have_a_place() {
    let none = |_: &str| None;
    assert_eq!(Pattern::new("{yaer}年", &none, false).unwrap_err().at, 0);
    assert!(Pattern::new("[年", &none, false).unwrap_err().message.contains("never closed"));
    assert!(Pattern::new("年]", &none, false).unwrap_err().message.contains("closes nothing"));
}

/// What the tree offers of some patterns for a place of a text that a number or this word begins.
fn offered(patterns: &[&str], text: &str, at: usize) -> Vec<usize> {
    let tables = [WordTable::new([("January|Jan.", "1".to_owned())])];
    let mut tree = Prefixes::default();
    let number = tree.branch();
    let mut words: Vec<(Box<str>, Branch)> = Vec::new();
    for (name, source) in patterns.iter().enumerate() {
        let pattern = Pattern::new(source, &|name| (name == "month_name").then_some(0), true).unwrap();
        tree.add(&pattern, name, &tables, |tree, start| match start {
            Start::Number => number,
            Start::Text(text) => match words.iter().find(|(word, _)| *word == text) {
                Some(&(_, branch)) => branch,
                None => {
                    let branch = tree.branch();
                    words.push((text, branch));
                    branch
                }
            },
        });
    }
    let numerals = numeral::scan(text);
    let hay = Haystack::new(text, &numerals, &tables);
    let mut all = Vec::new();
    let mut found = Candidates::default();
    all.extend_from_slice(tree.find(number, &hay, at, &mut found));
    for (word, branch) in &words {
        if let Some(end) = literal_end(text.as_bytes(), at, word) {
            all.extend_from_slice(tree.find(*branch, &hay, end, &mut found));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn the_tree_offers_what_may_match() {
    let patterns = ["the {year}", "{year}", "{n} to {n2:n}", "[about ]{n} {month_name}", "by [the] (end|start) of"];
    assert_eq!(offered(&patterns, "the 1990s", 0), [0]);
    assert_eq!(offered(&patterns, "the law", 0), Vec::<usize>::new());
    assert_eq!(offered(&patterns, "1990 to  the", 0), [1]);
    assert_eq!(offered(&patterns, "1990 to 5", 0), [1, 2]);
    assert_eq!(offered(&patterns, "About 5 Jan.", 0), [3]);
    assert_eq!(offered(&patterns, "by The  end of", 0), [4]);
    assert_eq!(offered(&patterns, "by the law", 0), Vec::<usize>::new());
}

proptest::proptest! {
    #[test]
    fn whatever_matches_is_offered(
        pattern in "(the |by|of|[{]n[}]|[{]month[}]|[{]month_name[}]|[{]year[}]| |_|to|\\[,\\]|\\[of \\]|\\((at|in)\\)){1,5}",
        text in "(the|by|of|at|in|5|12|1990|January|jan.| |\n|  \n\n|,|to){0,8}",
    ) {
        let tables = [WordTable::new([("January|Jan.", "1".to_owned())])];
        let Ok(compiled) = Pattern::new(&pattern, &|name| (name == "month_name").then_some(0), true) else { return Ok(()) };
        let numerals = numeral::scan(&text);
        let hay = Haystack::new(&text, &numerals, &tables);
        let mut found = Found::default();
        // A match begins with no blank.
        for at in (0..text.len()).filter(|&at| text.is_char_boundary(at) && !text[at..].starts_with([' ', '\n'])) {
            if compiled.match_at(&hay, at, &mut found) && found.end > at {
                proptest::prop_assert_eq!(offered(&[&pattern], &text, at), [0], "{:?} at {} of {:?}", &pattern, at, &text);
            }
        }
    }
}

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

#[test]
fn starts_tell_the_scanner_what_to_look_for() {
    let starts = |p: &str| -> Vec<Start> {
        Pattern::new(p, &|_| None, false).unwrap().starts(&[]).into_iter().map(|(start, _)| start).collect()
    };
    assert_eq!(starts("{year}年"), [Start::NumberThen('年')]);
    assert_eq!(starts("[约]{n}元"), [Start::Text("约".into()), Start::NumberThen('元')]);
}

#[test]
fn what_follows_the_first_word_is_foreseen() {
    let allows = |pattern: &str, rest: &str, number: bool| {
        let pattern = Pattern::new(pattern, &|_| None, true).unwrap();
        pattern.starts(&[]).iter().any(|(_, follow)| follow.allows(rest.as_bytes(), || number))
    };
    assert!(allows("the {year}", "1990 s", true));
    assert!(!allows("the {year}", "law", false));
    assert!(allows("by [the] (end|start) of", "The  end", false) && allows("by [the] (end|start) of", "end", false));
    assert!(allows("today[ {year}]", "law", false), "nothing need follow");
}

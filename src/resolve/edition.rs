//! Which edition of an instrument a name states: 试行, 2018修正, Draft.

use std::borrow::Cow;

use crate::ruleset::Ruleset;

/// A longer bracket says more than an edition.
const LONG: usize = 60;

/// The bracket of a name that tells its edition, as written: `2021修正` of 种子法（2021修正）, `Draft` of "Data Law
/// (Draft)". Ordinals are parts of titles: 规定（二） is no edition of 规定.
///
/// The words are those of the lists `zh.law.editions` and `en.law.editions`.
#[must_use]
pub fn edition<'n>(name: &'n str, rules: &Ruleset) -> Option<Cow<'n, str>> {
    let mut rest = name;
    while let Some(close) = rest.rfind([')', '）', '〕', ']']) {
        let open = rest[..close].rfind(['(', '（', '〔', '['])?;
        let inside = rest[open..close].trim_start_matches(['(', '（', '〔', '[']).trim();
        // "Companies (Amendment) Act" has it in its title.
        let ends = !name[close..].contains(|c: char| c.is_ascii_alphabetic());
        if inside.len() <= LONG && is_edition(inside, ends, rules) {
            let words = || inside.split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(if inside.contains('\n') { words().into() } else { inside.into() });
        }
        rest = &rest[..open];
    }
    None
}

fn is_edition(inside: &str, ends: bool, rules: &Ruleset) -> bool {
    let year = inside.strip_suffix('年').unwrap_or(inside);
    let english = || {
        let words = rules.list("en.law.editions");
        inside.split([' ', '\n']).any(|word| words.iter().any(|edition| edition.eq_ignore_ascii_case(word)))
    };
    year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
        || rules.list("zh.law.editions").iter().any(|word| inside.ends_with(word.as_str()))
        || ends && english()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bracket_that_tells_an_edition() {
        let rules = crate::ruleset::load(None).unwrap();
        for (name, expected) in [
            ("《种子法（2021修正）》", Some("2021修正")),
            ("《公司法》（2018年修订）", Some("2018年修订")),
            ("《产业结构调整指导目录（2019年本）》", Some("2019年本")),
            ("《企业破产法（试行）》", Some("试行")),
            ("《关于办理案件的规定（试行）（二）》", Some("试行")),
            ("《环境保护法》（1989年）", Some("1989年")),
            ("Data Law (Draft)", Some("Draft")),
            ("Measures for Data Exit (for Trial\nImplementation)", Some("for Trial Implementation")),
            ("《关于适用民法典的解释（二）》", None),
            ("《全国主体功能区规划（2018—2035年）》", None),
            ("网络安全法", None),
            ("Companies (Amendment) Act 2006", None),
            ("Companies Act (Amendment) 2006", Some("Amendment")),
            ("Clean Air Act", None),
        ] {
            assert_eq!(edition(name, &rules).as_deref(), expected, "{name}");
        }
    }
}

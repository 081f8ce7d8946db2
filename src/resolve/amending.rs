//! Whose articles an instrument speaks of that changes others: 国务院关于修改《快递暂行条例》的决定.
//!
//! "（二）第九条增加一款" in such a decision is article 9 of the regulations that it amends, and 本条例 in the new text between
//! quotation marks means them, too; a law that the new text cites changes nothing for the items below.
//!
//! Always true: only instruments that say in their title that they change others are read so.

use super::{EntityIx, Names, antecedent::fits, context::Context, draft::changed_by_bill, title::fold};
use crate::{
    extract::{
        Anaphor, LawName,
        law::wording::{canonical_spelling, han_or_arabic, without_additions},
    },
    text::{Language, Span},
};

pub(super) mod english;

impl Names<'_> {
    /// Takes note of the instrument whose articles are spoken of from here on; `opens` says that the text begins with this
    /// name.
    pub(super) fn note_amended(
        &mut self,
        span: Span,
        name: &LawName,
        entity: EntityIx,
        opens: bool,
        context: &mut Context,
    ) {
        if let Some(law) = changed_by_bill(&name.title) {
            context.amended = self.named(&law, context);
            return;
        }
        if name.heading || opens {
            if amends(&name.title) {
                context.amended = self.amended_by(&name.title, context);
            } else if name.heading {
                context.amended = Some(entity);
            }
            return;
        }
        let before = &self.text[..span.start()];
        let changed =
            ["修改《", "修改〈", "对《", "對《", "修正「", "修正《"].iter().any(|word| before.ends_with(word));
        if is_amending(context) {
            // A law that the new text cites is not amended, nor is the one that amends.
            let may = self.is_amendable(span, name);
            if may && (changed || opens_change(self.text, span.start())) {
                context.amended = Some(entity);
            }
        } else if changed {
            context.amended = Some(entity);
        }
    }

    fn is_amendable(&self, span: Span, name: &LawName) -> bool {
        self.quotes().at(span.start()).is_none() && !amends(&name.title)
    }

    pub(super) fn quotes(&self) -> &Quotes {
        self.quotes.get_or_init(|| Quotes::of(self.text))
    }

    /// The instrument that one with this title changes.
    pub(super) fn amended_by(&mut self, title: &str, context: &Context) -> Option<EntityIx> {
        let amended = canonical_spelling(amended_title(title)?);
        self.named(&amended, context)
    }

    /// The instrument that a decision changes which does not show its title: 根据本决定，将《X解释》作相应修改后重新公布. Where that
    /// title names its issuer, the decision has the same one.
    pub(super) fn amended_at_end(&mut self, context: &mut Context) {
        let Some(title) = amended_at_end(self.text).map(canonical_spelling) else { return };
        context.amended = self.named(&title, context);
        if let Some(issuer) = title.find("关于").filter(|&at| at > 0).map(|at| &title[..at]) {
            let decision = format!("{issuer}关于修改《{title}》的决定");
            context.own = self.named(&decision, context);
            context.own_title = decision;
        }
    }

    /// The instrument with a Chinese title that the text does not write out in this place.
    pub(super) fn named(&mut self, title: &str, context: &Context) -> Option<EntityIx> {
        let name = LawName { title: title.to_owned(), language: Some(Language::Zh), ..LawName::default() };
        self.tie(Span::of(0, 0), &name, &fold(title), context).entity
    }

    /// 本条例 in a decision that amends regulations: these; 本決定 is the decision.
    pub(super) fn of_amended(&self, anaphor: &Anaphor, context: &Context) -> Option<EntityIx> {
        let amended = context.amended.filter(|_| anaphor.own && !anaphor.head.is_ascii())?;
        // Where a text has no title, 本辦法 is what 修正「…辦法」 has named.
        if !is_amending(context) && context.own.is_some() {
            return None;
        }
        let title = self.entities.canonical(amended, &self.rules.registry);
        (fits(title, &anaphor.head) && !context.short_forms.contains_key(&format!("本{}", anaphor.head)))
            .then_some(amended)
    }
}

/// Whether the text at hand changes other instruments: its last heading, else its own title says so.
pub(super) fn is_amending(context: &Context) -> bool {
    amends(context.headings.last().map_or(&context.own_title, |(title, _)| title))
}

/// Whether a title is that of an instrument which changes others.
pub(super) fn amends(title: &str) -> bool {
    const CHANGES: [&str; 6] = ["修改", "修正", "修订", "修訂", "废止", "廢止"];
    let bare = without_additions(title.trim_end_matches(['》', '〉']));
    let decides = bare.ends_with("决定") || bare.ends_with("決定");
    // 关于执行《中华人民共和国刑法》确定罪名的补充规定 names crimes by the articles of that law.
    bare.ends_with("修正案")
        || decides && CHANGES.iter().any(|change| bare.contains(change))
        || bare.ends_with("补充规定") && bare.contains("确定罪名")
}

/// The title of the instrument that one with this title changes: the first one that it names.
pub(super) fn amended_title(title: &str) -> Option<&str> {
    let bare = without_additions(title.trim_end_matches(['》', '〉']));
    if let Some(law) = bare.strip_suffix("修正案") {
        return Some(law.trim_start_matches(['《', '〈'])).filter(|law| !law.is_empty());
    }
    if let Some(open) = title.find(['《', '〈', '<']) {
        let mut depth = 0_u8;
        for (at, c) in title[open..].char_indices() {
            match c {
                '《' | '〈' | '<' => depth = depth.saturating_add(1),
                '》' | '〉' | '>' => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 {
                let inner = &title[open..open + at];
                return inner.char_indices().nth(1).map(|(first, _)| &inner[first..]);
            }
        }
        return None;
    }
    let (_, behind) = bare.split_once("修改").or_else(|| bare.split_once("修正"))?;
    let law = behind.strip_suffix("的决定").or_else(|| behind.strip_suffix("的決定"))?;
    // 修改部分行政法规的决定 names none.
    (!law.starts_with("部分") && !law.contains('等')).then_some(law)
}

/// The title of the one instrument that is changed by 本决定, as the last words of a decision say.
fn amended_at_end(text: &str) -> Option<&str> {
    const BY: &str = "根据本决定";
    const LONGEST: usize = 480;
    let at = memchr::memmem::rfind(text.as_bytes(), BY.as_bytes())?;
    let behind = text[at + BY.len()..].trim_start_matches(['，', '将', '对', ' ', '\n']);
    let clause = if behind.starts_with('《') {
        behind
    } else {
        let line = text[..at].rfind(['\n', '。']).map_or(&text[..at], |end| &text[end..at]);
        line.trim_start_matches(['\n', '。', ' ', '\u{3000}'])
    };
    let clause = &clause[..clause.floor_char_boundary(LONGEST)];
    let title = amended_title(clause).filter(|_| clause.starts_with('《'))?;
    let next = clause.get('《'.len_utf8() + title.len() + '》'.len_utf8()..).unwrap_or_default();
    let alone =
        next.is_empty() || next.starts_with("作相应") || next.starts_with("作出相应") || next.starts_with("重新公布");
    alone.then_some(title)
}

/// Whether nothing but a label and a word that changes something stands before a title on its line or in its clause:
/// 一、将《X条例》第三条修改为, （二）对《X条例》作出修改, 删去《X办法》第五条.
pub(super) fn opens_change(text: &str, start: usize) -> bool {
    const LONGEST: usize = 90;
    const CHANGES: [&str; 12] = ["将", "將", "对", "對", "在", "把", "删去", "刪去", "修改", "修正", "废止", "删除"];
    let before = &text[text.floor_char_boundary(start.saturating_sub(LONGEST))..start];
    let before = before.trim_end_matches(['《', '〈', '「']);
    let clause = before.rsplit(['\n', '。', '；', '，', '：']).next().unwrap_or(before);
    let clause = without_label(clause.trim_matches([' ', '\u{3000}', '*', '#']));
    // On a line of its own the title is the heading of what follows.
    clause.is_empty() && !before.trim_end_matches(' ').ends_with(['。', '；', '，', '：']) || CHANGES.contains(&clause)
}

/// A clause without 一、, （一） or 1. before it.
fn without_label(clause: &str) -> &str {
    let numbered = |label: &str| han_or_arabic(label.trim()).is_some();
    if let Some((label, rest)) = clause.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']))
        && numbered(label)
    {
        return rest.trim_start();
    }
    match clause.split_once(['、', '.', '．']) {
        Some((label, rest)) if numbered(label) => rest.trim_start(),
        _ => clause,
    }
}

/// What stands between “ and ” in a text, by where it begins and ends.
#[derive(Debug, Default)]
pub(super) struct Quotes(Vec<(usize, usize)>);

impl Quotes {
    /// A quotation of several paragraphs may open each of them anew. One that is never closed ends where a line goes on
    /// with the next number of the decision (二、…).
    pub(super) fn of(text: &str) -> Self {
        let mut found = Vec::new();
        let mut open = None;
        for (at, mark) in text.match_indices(['“', '”', '\n']) {
            match (mark, open) {
                ("“", None) => open = Some(at),
                ("”", Some(from)) => {
                    found.push((from, at));
                    open = None;
                }
                ("\n", Some(from)) if opens_item(&text[at + 1..]) => {
                    found.push((from, at));
                    open = None;
                }
                _ => {}
            }
        }
        found.extend(open.map(|from| (from, text.len())));
        Self(found)
    }

    /// The quotation in which a place stands, by its number.
    pub(super) fn at(&self, at: usize) -> Option<usize> {
        let next = self.0.partition_point(|&(from, _)| from <= at);
        next.checked_sub(1).filter(|&last| at < self.0[last].1)
    }
}

/// Whether a line begins like an item of a decision: 二、.
fn opens_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\u{3000}', '*', '#']);
    let Some((label, _)) = line.get(..line.floor_char_boundary(16)).and_then(|head| head.split_once('、')) else {
        return false;
    };
    label.chars().count() <= 3 && label.chars().all(|c| "一二三四五六七八九十".contains(c)) && !label.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_what_is_amended() {
        for (title, law) in [
            ("国务院关于修改《快递暂行条例》和《粮食流通管理条例》的决定", Some("快递暂行条例")),
            (
                "最高人民法院关于修改《最高人民法院关于适用〈甲法〉的解释》的决定",
                Some("最高人民法院关于适用〈甲法〉的解释"),
            ),
            ("中华人民共和国刑法修正案（七）", Some("中华人民共和国刑法")),
            ("全国人民代表大会常务委员会关于修改中华人民共和国专利法的决定", Some("中华人民共和国专利法")),
            ("国务院关于修改部分行政法规的决定", None),
        ] {
            assert!(amends(title), "{title}");
            assert_eq!(amended_title(title), law, "{title}");
        }
        assert!(!amends("国务院关于投资体制改革的决定") && !amends("快递暂行条例（2025年修订）"));
    }

    #[test]
    fn the_end_of_a_decision_says_what_it_changes() {
        for (text, law) in [
            (
                "略。\n根据本决定，将《最高法关于〈甲法〉的规定》作相应修改并重新公布。",
                Some("最高法关于〈甲法〉的规定"),
            ),
            ("施行。\n《快递暂行条例》根据本决定作相应修改，重新公布。", Some("快递暂行条例")),
            ("施行。\n《甲条例》和《乙条例》根据本决定作相应修改，重新公布。", None),
            ("根据本决定开展工作", None),
        ] {
            assert_eq!(amended_at_end(text), law, "{text}");
        }
    }

    #[test]
    fn quotations_of_several_paragraphs_and_such_as_are_never_closed() {
        let text = "一、“甲\n“乙”丙\n二、“丁\n三、戊";
        let quotes = Quotes::of(text);
        let at = |words: &str| quotes.at(text.find(words).unwrap());
        assert_eq!([at("甲"), at("乙"), at("丙"), at("丁"), at("戊")], [Some(0), Some(0), None, Some(1), None]);
    }

    #[test]
    fn a_title_opens_a_change_behind_a_label_only() {
        let opens = |text: &str| opens_change(text, text.len());
        assert!(opens("略。\n一、将《") && opens("\n（二）对《") && opens("\n二、《") && opens("；删去《"));
        assert!(!opens("\n一、根据《") && !opens("违反本法和《") && !opens("，《"));
    }
}

//! Texts that explain a draft: 关于《中华人民共和国消防法（修正草案）》的说明, a paper on a bill for the Legislative Council.
//!
//! "将第三条中的…修改为…。（草案第二条）" speaks of article 3 of the law in force and of article 2 of the draft. What stands
//! right before a reference tells which of the two is meant; where nothing does, a draft that changes single articles is
//! explained by the law's articles, and one that is a whole text by its own.
//!
//! Always true: only texts that say at their head that they explain a draft are read so.

use super::{
    EntityIx, Names,
    antecedent::fits,
    context::Context,
    title::{Lookup, fold},
};
use crate::{
    extract::{
        LawName,
        law::wording::{canonical_spelling, without_additions},
    },
    ruleset::Ruleset,
    text::Span,
};

/// What a text explains.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    entity: EntityIx,
    /// The law in force that the draft changes; a new law has none.
    law: Option<EntityIx>,
    kind: DraftKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DraftKind {
    /// It changes single articles: 修正草案, 修正案（草案）.
    Amending,
    /// It is a whole text: 草案, 修订草案.
    Whole,
    /// A bill of Hong Kong, whose clauses change a principal ordinance.
    Bill,
}

/// Words that make a title one of a draft.
const DRAFTS: [&str; 4] = ["草案", "征求意见稿", "送审稿", "审议稿"];

fn is_draft(title: &str) -> bool {
    DRAFTS.iter().any(|word| title.contains(word))
}

/// So far into a text its head reaches, in bytes.
const HEAD: usize = 900;
/// So many lines have a title.
const LINES: usize = 8;
/// What stands between the name of a draft and a reference, at most.
const CLAUSE: usize = 96;

/// The title of the draft that a text explains, as its own title or its first lines say.
pub(super) fn explained(title: Option<&str>, text: &str, rules: &Ruleset) -> Option<String> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    if !title.unwrap_or_default().contains("草案") && !head.contains("草案") {
        return None;
    }
    let mut lines: Vec<&str> = title.into_iter().collect();
    lines.extend(
        head.lines().map(|line| line.trim_matches([' ', '\u{3000}', '#', '*'])).filter(|l| !l.is_empty()).take(LINES),
    );
    if let Some(title) = lines.iter().find_map(|line| in_title(line, rules.list("zh.law.draft_notes"))) {
        return Some(title);
    }
    // 《2025年道路交通（修訂）條例草案》 on a line of its own below the name of the paper
    let bill = |line: &&&str| line.starts_with('《') && line.ends_with("條例草案》") && line.matches('《').count() == 1;
    let (first, rest) = lines.split_first()?;
    let paper = !first.contains("條例草案");
    rest.iter().find(bill).filter(|_| paper).map(|line| canonical_spelling(line.trim_matches(['《', '》'])))
}

/// 关于《X法（修正草案）》的说明, 关于《X法（草案）》审议结果的报告, 消防法部分條文修正草案總說明.
fn in_title(line: &str, notes: &[String]) -> Option<String> {
    let line = without_additions(line);
    let told = notes.iter().find_map(|tail| line.strip_suffix(tail.as_str()))?;
    let title = match told.find('《') {
        Some(open) => {
            let end = told.rfind('》')?;
            told.get(open + '《'.len_utf8()..end)?
        }
        None => ["关于", "關於"].iter().find_map(|about| told.split_once(about)).map_or(told, |(_, title)| title),
    };
    let title = title.trim();
    (title.contains("草案") && title.len() < 240).then(|| canonical_spelling(title))
}

/// What a draft with this title changes, and how.
fn changes(title: &str) -> (Option<String>, DraftKind) {
    let bare = without_additions(title);
    let note = &title[bare.len()..];
    if let Some(ordinance) = bare.strip_suffix("草案").filter(|bill| bill.ends_with("條例")) {
        let year = ordinance.split_once('年').filter(|(year, _)| year.bytes().all(|b| b.is_ascii_digit()));
        if let Some((_, named)) = year {
            return (principal(named), DraftKind::Bill);
        }
    }
    if let Some(law) = bare.strip_suffix("修正案").or_else(|| bare.strip_suffix("修正案草案")) {
        return (Some(law.trim_matches(['《', '》']).to_owned()), DraftKind::Amending);
    }
    // 消防法第三條、第五條修正草案, 消防法部分條文修正草案
    if let Some(law) = bare.strip_suffix("修正草案") {
        let law = ["部分條文", "條文"].iter().find_map(|part| law.strip_suffix(part)).unwrap_or(law);
        let law = law.find('第').filter(|_| law.ends_with(['條', '条'])).map_or(law, |at| &law[..at]);
        let law = law.strip_suffix("增訂").unwrap_or(law);
        return (Some(law.trim_matches(['《', '》', '「', '」']).to_owned()), DraftKind::Amending);
    }
    let law = (note.contains("修正") || note.contains("修订")).then(|| bare.to_owned());
    (law, if note.contains("修正") { DraftKind::Amending } else { DraftKind::Whole })
}

/// The law whose articles the table and the notes of a bill of Taiwan speak of: 公路法 of 公路法部分條文修正草案.
pub(super) fn changed_by_bill(title: &str) -> Option<String> {
    title.ends_with("修正草案").then(|| changes(title).0)?.filter(|law| !law.is_empty())
}

/// 道路交通條例 of 道路交通（修訂）（泊車管制）條例, 消防安全（工業建築物）條例 of 消防安全（工業建築物）（修訂）條例.
fn principal(title: &str) -> Option<String> {
    let (law, behind) = title.split_once("（修訂）").or_else(|| title.split_once("(修訂)"))?;
    let behind = behind.rsplit(['）', ')']).next().unwrap_or(behind);
    Some(format!("{law}{behind}"))
}

impl Names<'_> {
    /// The draft with this title and the law that it changes.
    pub(super) fn draft(&mut self, title: &str, context: &Context) -> Option<Draft> {
        let (law, kind) = changes(title);
        let law = law.filter(|law| !law.is_empty()).and_then(|law| self.named(&law, context));
        // What 消防法部分條文修正草案 puts into the law is cited as the law's.
        let entity = match law.filter(|_| title.ends_with("修正草案")) {
            Some(law) => law,
            None => self.named(title, context)?,
        };
        Some(Draft { entity, law, kind })
    }

    /// Which of the two a reference belongs to in a text that explains a draft, as far as the words right before it and
    /// behind it tell.
    pub(super) fn of_draft(&self, span: Span, context: &Context) -> Option<EntityIx> {
        let ends = |before: &str, list| self.rules.list(list).iter().any(|word| before.ends_with(word.as_str()));
        let draft = context.draft?;
        let text = self.text;
        let before = &text[text.floor_char_boundary(span.start().saturating_sub(CLAUSE))..span.start()];
        let before = before.trim_end_matches([' ', '\u{3000}']);
        if before.ends_with(['（', '(']) || ends(before, "zh.law.draft_before") {
            return Some(draft.entity);
        }
        let law = context.amended.filter(|_| draft.kind == DraftKind::Bill).or(draft.law);
        if ends(before, "zh.law.changed_before") {
            return law;
        }
        // (a)　第3條修訂《道路交通條例》第2條
        let opens = before.is_empty() || before.ends_with(['\n', '）', ')', '、', '；', '。', '：']);
        let behind = text[span.end()..].trim_start_matches([' ', '\u{3000}']);
        let acts = || self.rules.list("zh.law.bill_deeds").iter().any(|deed| behind.starts_with(deed.as_str()));
        (draft.kind == DraftKind::Bill && opens && acts()).then_some(draft.entity)
    }

    /// Whether a reference is told to be one to a draft: 草案第四十八条, 征求意见稿第九条.
    pub(super) fn is_of_draft(&self, span: Span) -> bool {
        let before = self.text[..span.start()].trim_end_matches([' ', '\u{3000}']);
        !self.traditional && self.rules.list("zh.law.draft_before").iter().any(|word| before.ends_with(word.as_str()))
    }

    /// The draft that was named last.
    pub(super) fn draft_named_last(context: &Context) -> Option<EntityIx> {
        context.recent.iter().rev().find(|(title, _)| is_draft(title)).map(|(_, entity)| *entity)
    }

    /// What 现行法 means in a text that speaks of a draft: 海商法 beside 《海商法（修订草案）》; else the law that was told to be the new one.
    fn in_force(&self, context: &Context) -> Option<EntityIx> {
        let Some((draft, _)) = context.recent.iter().rev().find(|(title, _)| is_draft(title)) else {
            return context.new_law;
        };
        let law = without_additions(draft);
        let law = law.strip_suffix("草案").unwrap_or(law);
        let law = law.strip_suffix("修订").or_else(|| law.strip_suffix("修正")).unwrap_or(law);
        let law = law.strip_prefix("中华人民共和国").unwrap_or(law);
        let named = |(title, _): &&(String, EntityIx)| {
            !is_draft(title) && title.strip_prefix("中华人民共和国").unwrap_or(title) == law
        };
        let listed = || match self.index.lookup(&fold(law)) {
            Lookup::One(row, _) if law.ends_with('法') => Some(self.entities.listed(row)),
            _ => None,
        };
        context.recent.iter().rev().find(named).map(|(_, entity)| *entity).or_else(listed)
    }

    /// Takes note that a law is told to be the new one: 新修订的《治安管理处罚法》, （下称“新《公司法》”）.
    pub(super) fn note_new(&self, span: Span, name: &LawName, entity: EntityIx, context: &mut Context) {
        const LONGEST: usize = 160;
        let new = |before: &str| self.rules.list("zh.law.told_new").iter().any(|told| before.ends_with(told.as_str()));
        let behind = &self.text[span.end()..self.text.floor_char_boundary((span.end() + LONGEST).min(self.text.len()))];
        let short = |short: &String| {
            behind.find(short.as_str()).is_some_and(|at| new(&behind[..at])) || short.starts_with('新')
        };
        if new(&self.text[..span.start()]) || name.defines.iter().any(short) {
            context.new_law = Some(entity);
        }
    }

    /// The law that 新法第五十四条 means: the one that was told to be new; 旧法第五条 is of the one named last, which may be what the new
    /// one has replaced.
    pub(super) fn told_statute(&self, span: Span, context: &Context) -> Option<EntityIx> {
        let before = &self.text[..span.start()];
        let told = |list| self.rules.list(list).iter().any(|told| before.ends_with(told.as_str()));
        let last = |heads: &[&str]| {
            let named = context.recent.iter().rev();
            { named }.find(|(title, _)| heads.iter().any(|head| fits(title, head))).map(|(_, law)| *law)
        };
        if told("zh.law.told_old_statutes") {
            return last(&["法", "通则", "条例", "條例"]);
        }
        if before.ends_with("现行法") || before.ends_with("現行法") {
            return self
                .in_force(context)
                .or_else(|| last(&["法"]).filter(|_| Self::draft_named_last(context).is_none()));
        }
        told("zh.law.told_statutes").then(|| context.new_law.or_else(|| last(&["法"]))).flatten()
    }

    /// Whose articles a text that explains a draft speaks of where nothing tells.
    pub(super) fn explained_by(context: &Context) -> Option<EntityIx> {
        let draft = context.draft?;
        match draft.kind {
            DraftKind::Amending => draft.law.or(Some(draft.entity)),
            DraftKind::Whole => Some(draft.entity),
            DraftKind::Bill => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_at_its_head_which_draft_it_explains() {
        let rules = crate::ruleset::load(None).unwrap();
        for (line, draft) in [
            ("关于《中华人民共和国消防法（修正草案）》的说明", Some("中华人民共和国消防法（修正草案）")),
            ("关于《立法法（草案）》的说明（摘要）", Some("立法法（草案）")),
            ("关于中华人民共和国刑法修正案（草案）的说明", Some("中华人民共和国刑法修正案（草案）")),
            ("关于《医师法（修订草案）》审议结果的报告", Some("医师法（修订草案）")),
            ("消防法部分條文修正草案總說明", Some("消防法部分條文修正草案")),
            ("关于规范性文件草案的通知", None),
            ("国务院关于修改《消防法》的决定", None),
        ] {
            assert_eq!(in_title(line, rules.list("zh.law.draft_notes")).as_deref(), draft, "{line}");
        }
        let bill = "立法會參考資料摘要\n《道路交通條例》（第374章）\n《2025年道路交通（修訂）條例草案》\n引言";
        assert_eq!(explained(None, bill, &rules).as_deref(), Some("2025年道路交通（修訂）條例草案"));
        assert_eq!(explained(None, "《2025年道路交通（修訂）條例草案》\n1. 簡稱", &rules), None);
    }

    #[test]
    fn a_draft_says_what_it_changes() {
        for (title, law, kind) in [
            ("中华人民共和国消防法（修正草案）", Some("中华人民共和国消防法"), DraftKind::Amending),
            ("医师法（修订草案）", Some("医师法"), DraftKind::Whole),
            ("医师法（草案）", None, DraftKind::Whole),
            ("中华人民共和国刑法修正案（草案）", Some("中华人民共和国刑法"), DraftKind::Amending),
            ("消防法第三條、第五條修正草案", Some("消防法"), DraftKind::Amending),
            ("噪音管制法第二十三條及第二十六條條文修正草案", Some("噪音管制法"), DraftKind::Amending),
            ("2025年道路交通（修訂）（泊車管制）條例草案", Some("道路交通條例"), DraftKind::Bill),
            ("2026年消防安全（工業建築物）（修訂）條例草案", Some("消防安全（工業建築物）條例"), DraftKind::Bill),
            ("2025年維護國家安全條例草案", None, DraftKind::Bill),
        ] {
            assert_eq!(changes(title), (law.map(str::to_owned), kind), "{title}");
        }
    }
}

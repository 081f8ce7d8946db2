//! Texts that explain a draft: 关于《中华人民共和国消防法（修正草案）》的说明, a paper on a bill for the Legislative Council.
//!
//! "将第三条中的…修改为…。（草案第二条）" speaks of article 3 of the law in force and of article 2 of the draft. What stands
//! right before a reference tells which of the two is meant; where nothing does, a draft that changes single articles is
//! explained by the law's articles, and one that is a whole text by its own.
//!
//! Always true: only texts that say at their head that they explain a draft are read so.

use super::{EntityIx, Names, context::Context};
use crate::{
    extract::law::wording::{canonical_spelling, without_additions},
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

/// So far into a text its head reaches, in bytes.
const HEAD: usize = 900;
/// So many lines have a title.
const LINES: usize = 8;
/// What stands between the name of a draft and a reference, at most.
const CLAUSE: usize = 96;

/// The title of the draft that a text explains, as its own title or its first lines say.
pub(super) fn explained(title: Option<&str>, text: &str) -> Option<String> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    if !title.unwrap_or_default().contains("草案") && !head.contains("草案") {
        return None;
    }
    let mut lines: Vec<&str> = title.into_iter().collect();
    lines.extend(
        head.lines().map(|line| line.trim_matches([' ', '\u{3000}', '#', '*'])).filter(|l| !l.is_empty()).take(LINES),
    );
    if let Some(title) = lines.iter().find_map(|line| in_title(line)) {
        return Some(title);
    }
    // 《2025年道路交通（修訂）條例草案》 on a line of its own below the name of the paper
    let bill = |line: &&&str| line.starts_with('《') && line.ends_with("條例草案》") && line.matches('《').count() == 1;
    let (first, rest) = lines.split_first()?;
    let paper = !first.contains("條例草案");
    rest.iter().find(bill).filter(|_| paper).map(|line| canonical_spelling(line.trim_matches(['《', '》'])))
}

/// 关于《X法（修正草案）》的说明, 关于《X法（草案）》审议结果的报告, 消防法部分條文修正草案總說明.
fn in_title(line: &str) -> Option<String> {
    const EXPLAINED: [&str; 12] = [
        "的说明",
        "的說明",
        "的起草说明",
        "的修订说明",
        "起草说明",
        "审议结果的报告",
        "修改情况的汇报",
        "修改情况的报告",
        "修改意见的报告",
        "审查结果的报告",
        "的解读",
        "總說明",
    ];
    let line = without_additions(line);
    let told = EXPLAINED.iter().find_map(|tail| line.strip_suffix(tail))?;
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
            return (named.contains("修訂").then(|| without_brackets(named)), DraftKind::Bill);
        }
    }
    if let Some(law) = bare.strip_suffix("修正案").or_else(|| bare.strip_suffix("修正案草案")) {
        return (Some(law.trim_matches(['《', '》']).to_owned()), DraftKind::Amending);
    }
    // 消防法第三條、第五條修正草案, 消防法部分條文修正草案
    if let Some(law) = bare.strip_suffix("修正草案") {
        let law = law.strip_suffix("部分條文").unwrap_or(law);
        let law = law.find('第').filter(|_| law.ends_with(['條', '条'])).map_or(law, |at| &law[..at]);
        return (Some(law.trim_matches(['《', '》', '「', '」']).to_owned()), DraftKind::Amending);
    }
    let law = (note.contains("修正") || note.contains("修订")).then(|| bare.to_owned());
    (law, if note.contains("修正") { DraftKind::Amending } else { DraftKind::Whole })
}

/// 道路交通條例 of 道路交通（修訂）（泊車管制）條例.
fn without_brackets(title: &str) -> String {
    let mut depth = 0_usize;
    let keep = |c: &char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    title.chars().filter(keep).collect()
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
        const DRAFT: [&str; 6] = ["草案", "审议稿", "征求意见稿", "送审稿", "修订稿", "《條例草案》"];
        const LAW: [&str; 20] = [
            "将",
            "將",
            "删去",
            "删除",
            "刪去",
            "刪除",
            "把",
            "原",
            "现行",
            "現行",
            "原法",
            "现行法",
            "现行条例",
            "取消",
            "保留",
            "修改",
            "新訂",
            "廢除",
            "主體條例",
            "《主體條例》",
        ];
        let draft = context.draft?;
        let text = self.text;
        let before = &text[text.floor_char_boundary(span.start().saturating_sub(CLAUSE))..span.start()];
        let before = before.trim_end_matches([' ', '\u{3000}']);
        if before.ends_with(['（', '(']) || DRAFT.iter().any(|word| before.ends_with(word)) {
            return Some(draft.entity);
        }
        let law = context.amended.filter(|_| draft.kind == DraftKind::Bill).or(draft.law);
        if LAW.iter().any(|word| before.ends_with(word)) {
            return law;
        }
        // (a)　第3條修訂《道路交通條例》第2條
        let opens = before.is_empty() || before.ends_with(['\n', '）', ')', '、', '；', '。', '：']);
        (draft.kind == DraftKind::Bill && opens && acts(&text[span.end()..])).then_some(draft.entity)
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

/// Whether a clause of a bill does something: 第3條修訂…, 第8至10條把最高罰款….
fn acts(behind: &str) -> bool {
    const DEEDS: [&str; 16] = [
        "修訂", "加入", "廢除", "訂明", "規定", "就", "把", "將", "賦權", "旨在", "修改", "引入", "提高", "以", "取代",
        "對",
    ];
    let behind = behind.trim_start_matches([' ', '\u{3000}']);
    DEEDS.iter().any(|deed| behind.starts_with(deed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_at_its_head_which_draft_it_explains() {
        for (line, draft) in [
            ("关于《中华人民共和国消防法（修正草案）》的说明", Some("中华人民共和国消防法（修正草案）")),
            ("关于《立法法（草案）》的说明（摘要）", Some("立法法（草案）")),
            ("关于中华人民共和国刑法修正案（草案）的说明", Some("中华人民共和国刑法修正案（草案）")),
            ("关于《医师法（修订草案）》审议结果的报告", Some("医师法（修订草案）")),
            ("消防法部分條文修正草案總說明", Some("消防法部分條文修正草案")),
            ("关于规范性文件草案的通知", None),
            ("国务院关于修改《消防法》的决定", None),
        ] {
            assert_eq!(in_title(line).as_deref(), draft, "{line}");
        }
        let bill = "立法會參考資料摘要\n《道路交通條例》（第374章）\n《2025年道路交通（修訂）條例草案》\n引言";
        assert_eq!(explained(None, bill).as_deref(), Some("2025年道路交通（修訂）條例草案"));
        assert_eq!(explained(None, "《2025年道路交通（修訂）條例草案》\n1. 簡稱"), None);
    }

    #[test]
    fn a_draft_says_what_it_changes() {
        for (title, law, kind) in [
            ("中华人民共和国消防法（修正草案）", Some("中华人民共和国消防法"), DraftKind::Amending),
            ("医师法（修订草案）", Some("医师法"), DraftKind::Whole),
            ("医师法（草案）", None, DraftKind::Whole),
            ("中华人民共和国刑法修正案（草案）", Some("中华人民共和国刑法"), DraftKind::Amending),
            ("消防法第三條、第五條修正草案", Some("消防法"), DraftKind::Amending),
            ("2025年道路交通（修訂）（泊車管制）條例草案", Some("道路交通條例"), DraftKind::Bill),
            ("2025年維護國家安全條例草案", None, DraftKind::Bill),
        ] {
            assert_eq!(changes(title), (law.map(str::to_owned), kind), "{title}");
        }
    }
}

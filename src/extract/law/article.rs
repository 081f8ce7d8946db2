//! Divisions of Chinese instruments: 第三十六条第一款第二项, 第二十七条第一项至第五项, 第 20、27 條, 前條第二項.
//!
//! Nine of ten 第…条 in a corpus of laws are headings ("第三条　为了…" at the start of a line), which name the
//! text itself and are no references; what follows 依照, 违反 or a title is one. In 公益勸募條例第六條第一項第二款
//! the paragraph is 項 and the item 款, on the mainland it is the other way round, so the script decides.
//!
//! Always true: divisions of one reference descend (article, paragraph, item); a reference that leaves out its
//! article says from where it takes it.

mod chain;
mod gap;
mod plain;
mod surroundings;

use memchr::memmem;

use self::{
    chain::{Chain, Level},
    gap::{amends, changes_chapter, joins, points_into, renumbers},
};
pub(super) use self::{
    chain::{digit, han_value, is_numeral},
    surroundings::Surroundings,
};
use crate::{
    extract::{ArticleRef, Inherits, Side, law::wording::is_han},
    text::Span,
};

/// How the divisions of an article are called: 项 is an item on the mainland, 項 a paragraph in Taiwan, and in Hong Kong and
/// Macao 款 is a paragraph, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    Mainland,
    Taiwan,
    HongKong,
}

impl Usage {
    pub(super) fn of(text: &str, traditional: bool) -> Self {
        const TAIWAN: [&str; 9] =
            ["民國", "臺灣", "台灣", "行政院", "立法院", "考試院", "司法院", "大陸地區", "直轄市"];
        // 香港澳門關係條例 is Taiwan's.
        const ABOUT: [&str; 4] = ["香港澳門", "香港及澳門", "香港或澳門", "港澳"];
        const HONG_KONG: [&str; 6] = ["特別行政區", "行政長官", "立法會", "憲報", "本港", "號法律公告"];
        const NAMES: [&str; 2] = ["香港", "澳門"];
        let has = |words: &[&str]| words.iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some());
        match traditional {
            false => Self::Mainland,
            true if (has(&HONG_KONG) || has(&NAMES) && !has(&ABOUT)) && !has(&TAIWAN) => Self::HongKong,
            true => Self::Taiwan,
        }
    }
}

/// Finds the references of a text, in order.
pub(super) fn find(text: &str, usage: Usage, around: &Surroundings) -> Vec<(Span, ArticleRef)> {
    let mut found: Vec<(Span, ArticleRef)> = Vec::new();
    let mut done = 0;
    let mut headed = false;
    // 第五十八條第一項各款…：（一）第一款 goes on down to the next article.
    let mut each = None;
    // Whether headings have Arabic numbers, where it was asked.
    let mut spaced: Option<bool> = None;
    let mut ordinals = memmem::find_iter(text.as_bytes(), "第").peekable();
    let mut plain = plain::find(text, around).into_iter().peekable();
    loop {
        let at = match (ordinals.peek(), plain.peek()) {
            (Some(&ordinal), Some(&number)) if ordinal < number => ordinals.next(),
            (Some(_), None) => ordinals.next(),
            _ => plain.next(),
        };
        let Some(at) = at else { break };
        if at < done {
            continue;
        }
        let Some(mut chain) = Chain::read(text, at, usage) else { continue };
        // 第五十條第一款第三項: the paragraph is 款 only on the mainland, whose law a text of Taiwan cites.
        if usage == Usage::Taiwan
            && text[..chain.end].ends_with('款')
            && text[chain.end..].starts_with('第')
            && let Some(other) = Chain::read(text, at, Usage::HongKong)
            && other.end > chain.end
        {
            chain = other;
        }
        let first = chain.parts[0].level;
        // 第三部分 of a report
        if first == Level::Part
            && text[..chain.end].ends_with('部')
            && text[chain.end..].starts_with(['分', '門', '门'])
        {
            continue;
        }
        let before = &text[..at];
        let listed = chain.parts[0].numbers.len() > 1;
        let cites = || first == Level::Article && goes_right_on(&text[at..chain.end], &text[chain.end..]);
        // 第四條第一項第四款有異動者, 第三十六條至第四十條修正施行前; 第二條申請之期間 where headings are 第 2 條 on lines of their own
        let mut says = || {
            cites()
                && (!chain.is_single()
                    || usage == Usage::Taiwan && *spaced.get_or_insert_with(|| has_spaced_headings(text)))
        };
        if first <= Level::Article && !listed && opens_line(before) && is_heading(&text[chain.end..]) && !says() {
            headed |= first == Level::Article;
            each = None;
            done = chain.end;
            continue;
        }
        let alone =
            usage == Usage::Mainland && chain.parts.len() == 1 && matches!(first, Level::Article | Level::Paragraph);
        if around.other_work(before) || alone && around.says_nothing(before, &text[chain.end..]) {
            done = chain.end;
            continue;
        }
        let previous = found.last().filter(|(span, _)| joins(&text[span.end()..at]));
        // 附表1第3項 of an ordinance
        let schedule = (usage == Usage::HongKong).then(|| gap::schedule(before)).flatten();
        let (start, inherits) = match first {
            _ if schedule.is_some() => (schedule.map_or(at, |(start, _)| start), Inherits::Nothing),
            Level::Article => (at, Inherits::Nothing),
            Level::Part | Level::Division | Level::Chapter | Level::Section => {
                // 第60A條、第16部第2分部 of an ordinance
                let listed = previous.is_some_and(|(_, before)| {
                    before.reference.starts_with(first.letters())
                        || usage == Usage::HongKong && matches!(first, Level::Part | Level::Division)
                });
                let ordered = first == Level::Section && ORDERS.iter().any(|order| before.ends_with(order));
                let changed = changes_chapter(before, &text[chain.end..]);
                if !changed && (!(around.law(before) || listed || ordered) || opens_line(before)) {
                    continue;
                }
                (at, Inherits::Nothing)
            }
            _ if before.ends_with("前条") || before.ends_with("前條") => (at - 6, Inherits::PreviousArticle),
            _ if ["本条", "本條", "前款", "前項", "前项"].iter().any(|w| before.ends_with(w)) => {
                (at - 6, Inherits::OwnArticle)
            }
            // 同條第二項, 该条第2款
            _ if ["同条", "同條", "该条", "該條"].iter().any(|w| before.ends_with(w)) => {
                (at - 6, Inherits::Article)
            }
            _ if previous.is_some() => (at, Inherits::Article),
            // 第一条所列第一项, 第五条规定的第（三）项
            _ if found.last().is_some_and(|(span, _)| points_into(&text[span.end()..at])) => (at, Inherits::Article),
            // 在第二百八十五条中增加两款作为第二款; 删去第八条第一款末尾的“…”和第二款
            _ if found.last().is_some_and(|(span, _)| amends(&text[span.end()..at])) => (at, Inherits::Article),
            // 原第三项改为第四项
            _ if found.last().is_some_and(|(span, _)| renumbers(&text[span.end()..at])) => (at, Inherits::Article),
            _ if each == Some(first) => (at, Inherits::Article),
            _ if headed && goes_on(&text[chain.end..])
                || usage != Usage::Mainland
                || chain.bracketed
                || first == Level::Paragraph
                || is_cited(&text[chain.end..])
                || is_listed(text, chain.end, usage) =>
            {
                if opens_line(before) && text[chain.end..].starts_with([' ', '　', '\n', '、']) {
                    continue;
                }
                (at, Inherits::OwnArticle)
            }
            _ => continue,
        };
        done = chain.end;
        let mut reference = chain.reference();
        // 第14028号行政令第4节 is section 4 of the order, as in its own language.
        if first == Level::Section && ORDERS.iter().any(|order| before.ends_with(order)) {
            reference = reference.replacen(first.letters(), "s", 1);
        }
        if let Some((_, number)) = schedule {
            reference = format!("sch{number}.{reference}");
        }
        // 不受第五條第一項之限制，但第四款: behind another article nothing is sure.
        let of_each = each.filter(|_| inherits != Inherits::Nothing);
        each = text[chain.end..].strip_prefix('各').and_then(|unit| Level::of(unit.chars().next()?, usage)).or(of_each);
        found.push((Span::of(start, chain.end), ArticleRef { reference, side: Side::Left, inherits }));
    }
    found
}

/// Orders of the president of the United States, which have sections.
const ORDERS: [&str; 2] = ["行政令", "行政命令"];

/// Whether nothing but blanks and marks of layout stand before it on its line.
fn opens_line(before: &str) -> bool {
    let rest = before.trim_end_matches([' ', '　', '\t', '#', '*', '“', '「', '>']);
    rest.is_empty() || rest.ends_with('\n')
}

/// Whether a reference in Han numerals goes on in a sentence without a blank or a mark.
fn goes_right_on(reference: &str, behind: &str) -> bool {
    behind.starts_with(is_han) && !reference.contains(|c: char| c.is_ascii_digit())
}

/// Whether a text has the headings of Taiwan's laws, 第 5 條 and 第 5-1 條, alone on their lines.
fn has_spaced_headings(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "條\n").any(|at| {
        const LONGEST: usize = 16;
        let from = text.floor_char_boundary(at.saturating_sub(LONGEST));
        let number = text[from..at].trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-'));
        number.len() < at - from && number.strip_suffix('第').is_some_and(opens_line)
    })
}

/// Whether what follows an article number at the start of a line makes it the heading of an article.
fn is_heading(behind: &str) -> bool {
    const CITES: &[&str] = &[
        "修改",
        "改为",
        "中",
        "第",
        "规定",
        "規定",
        "的",
        "、",
        "和",
        "至",
        "增加",
        "删",
        "及",
        "所",
        "之",
        "与",
        "章名",
        "节名",
        "節名",
        "移作",
        "移至",
        "调整为",
        "挪作",
        "并入",
        "拆分",
        "分为",
        "分成",
        "改作",
        "改列",
        "挪至",
        "移到",
        "取消",
        "恢复",
        "調整為",
        "移列",
    ];
    !CITES.iter().any(|w| behind.starts_with(w))
}

/// Whether what follows shows that a paragraph or an item of a law is meant, not the first of a list.
fn is_cited(behind: &str) -> bool {
    const CITES: &[&str] =
        &["规定", "規定", "所", "的规定", "之规定", "至第", "情形", "行为", "之情形", "请求权", "請求權"];
    // 第一项和第二项所需时间 speaks of tasks.
    CITES.iter().any(|w| behind.starts_with(w)) && !behind.starts_with("所需")
}

/// Whether a list of references goes on behind it up to one that is cited: 有第二项、第三项规定情形的.
fn is_listed(text: &str, mut end: usize, usage: Usage) -> bool {
    const MOST: usize = 12;
    for _ in 0..MOST {
        let joint = ["、", "和", "及", "或者", "或"].into_iter().find(|joint| text[end..].starts_with(joint));
        let Some(at) = joint.map(|joint| end + joint.len()).filter(|&at| text[at..].starts_with('第')) else {
            return false;
        };
        let Some(chain) = Chain::read(text, at, usage) else { return false };
        end = chain.end;
        if is_cited(&text[end..]) {
            return true;
        }
    }
    false
}

/// Whether a list of references goes on behind it.
fn goes_on(behind: &str) -> bool {
    behind.starts_with(['、', '和', '或', '及', '至', '与', '的', '中', '之'])
}

/// What follows 序文, 附表 1 or 後段, which name a place in the same article without a number of its own level.
pub(super) fn without_aside(text: &str) -> Option<&str> {
    const ASIDES: [&str; 16] = [
        "序文",
        "本文",
        "但書",
        "但书",
        "前段",
        "中段",
        "後段",
        "后段",
        "之附表",
        "附表",
        "附件",
        "附圖",
        "附图",
        "附錄",
        "附录",
        "條文",
    ];
    let behind = ASIDES.iter().find_map(|aside| text.strip_prefix(aside))?;
    let number = |c: char| c.is_ascii_digit() || is_numeral(c) || matches!(c, ' ' | '-' | '之' | '～' | '~');
    Some(behind.trim_start_matches(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[(&str, &str)]) {
        let traditional = super::super::wording::is_traditional(text);
        let rules = crate::ruleset::load(None).expect("built-in rules load");
        let found: Vec<(String, String)> = find(text, Usage::of(text, traditional), &Surroundings::new(&rules))
            .into_iter()
            .map(|(span, article)| (text[span.range()].to_owned(), article.reference))
            .collect();
        let expected: Vec<(String, String)> = expected.iter().map(|&(a, b)| (a.into(), b.into())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn chains_ranges_and_lists() {
        reads("刑法第二百一十九条第一款第一项规定", &[("第二百一十九条第一款第一项", "a219.p1.i1")]);
        reads("本条例第二十七条第一项至第五项规定", &[("第二十七条第一项至第五项", "a27.i1-i5")]);
        reads("刑法第三条、第三十二条和第五条", &[("第三条", "a3"), ("第三十二条", "a32"), ("第五条", "a5")]);
        reads("第二十二条第(四)项、第(五)项", &[("第二十二条第(四)项", "a22.i4"), ("第(五)项", "i5")]);
        reads("依第一、二款所列手段", &[("第一、二款", "p1,p2")]);
        reads("刑法第一百二十条之一规定", &[("第一百二十条之一", "a120-1")]);
        reads("第五十八条第一款第（三）项及《", &[("第五十八条第一款第（三）项", "a58.p1.i3")]);
        reads("第十条第二款第（一）至（三）项的规定", &[("第十条第二款第（一）至（三）项", "a10.p2.i1-i3")]);
        reads("民法第十九条至第二十一条规定", &[("第十九条至第二十一条", "a19-a21")]);
    }

    #[test]
    fn points_letters_and_brackets_belong_to_a_number() {
        reads(
            "《协定》第1.1条、第3.1(b)条和第12.7条",
            &[("第1.1条", "a1.1"), ("第3.1(b)条", "a3.1.ib"), ("第12.7条", "a12.7")],
        );
        reads("根据第744.23条列入，依第734.9(h)条", &[("第744.23条", "a744.23"), ("第734.9(h)条", "a734.9.ih")]);
        reads("依第十条第一款（三）项规定", &[("第十条第一款（三）项", "a10.p1.i3")]);
        reads("依第七条第2款（b）项规定", &[("第七条第2款（b）项", "a7.p2.ib")]);
        reads("有中國反壟斷法第五十條第一款第三項情事", &[("第五十條第一款第三項", "a50.p1.i3")]);
        let hong_kong = "違反《公司條例》（第622章）第16部第2分部、第60A條、第19條第(2)款或第23(1)(a)條，香港的規定";
        reads(
            hong_kong,
            &[
                ("第16部第2分部", "part16.div2"),
                ("第60A條", "a60A"),
                ("第19條第(2)款", "a19.p2"),
                ("第23(1)(a)條", "a23.p1.ia"),
            ],
        );
        reads("香港修訂附表1第3項，見附件2第3段", &[("附表1第3項", "sch1.i3")]);
        reads("澳門第九條第一款（三）項訂明規則", &[("第九條第一款（三）項", "a9.p1.i3")]);
    }

    #[test]
    fn behind_the_name_of_a_law_an_article_needs_no_ordinal() {
        reads("个保法13条、证券法197条1款规定", &[("13条", "a13"), ("197条1款", "a197.p1")]);
        reads("依勞動基準法79條1項規定", &[("79條1項", "a79.p1")]);
        reads("按照《商业银行法》47条，刑法第72条1、3款", &[("47条", "a47"), ("第72条1、3款", "a72.p1,p3")]);
        reads("《民法典》§577规定，劳动合同法§ 46", &[("§577", "a577"), ("§ 46", "a46")]);
        reads("德國刑法第315c條規定", &[("第315c條", "a315c")]);
        reads("共制定办法20条，《促进条例》25条，若干措施12条", &[]);
    }

    #[test]
    fn in_taiwan_the_paragraph_is_called_an_item() {
        reads("依香港澳門關係條例第三條第一項第二款規定", &[("第三條第一項第二款", "a3.p1.i2")]);
        reads("修正公布第 20、27 條條文", &[("第 20、27 條", "a20,a27")]);
        reads("依本條例第六條第一項第二款規定", &[("第六條第一項第二款", "a6.p1.i2")]);
        reads("適用前條第二項至第六項規定", &[("前條第二項至第六項", "p2-p6")]);
        reads("修正公布第 2-1、3 條條文", &[("第 2-1、3 條", "a2-1,a3")]);
        reads("增訂第 3-1、38-2～38-6、47-1 條條文", &[("第 3-1、38-2～38-6、47-1 條", "a3-1,a38-2-a38-6,a47-1")]);
    }

    #[test]
    fn what_has_no_number_of_its_own_joins_all_the_same() {
        let found = [("第 4 條第 1 項", "a4.p1"), ("第 2 項", "p2"), ("第 5 條", "a5")];
        reads("修正第 4 條第 1 項、附表 1、第 2 項、第 5 條規定", &found);
        reads("修正第 13 條序文、第 4 款規定", &[("第 13 條", "a13"), ("第 4 款", "i4")]);
    }

    #[test]
    fn amendments_name_their_article_once() {
        let found = [("第二百八十五条", "a285"), ("第二款", "p2"), ("第三款", "p3")];
        reads("在刑法第二百八十五条中增加两款作为第二款、第三款：", &found);
        reads("依第四條第三項但書第一款規定", &[("第四條第三項但書第一款", "a4.p3.i1")]);
        reads(
            "修正第 12-1、38-5、38-\n  6、49-2 條條文",
            &[("第 12-1、38-5、38-\n  6、49-2 條", "a12-1,a38-5,a38-6,a49-2")],
        );
    }

    #[test]
    fn items_without_an_article_are_cited_together() {
        reads("有第二项、第三项规定情形的", &[("第二项", "i2"), ("第三项", "i3")]);
        reads("会议第一项、第二项议程", &[]);
    }

    #[test]
    fn chapters_are_those_of_an_instrument() {
        reads("依照企业破产法第四章处理", &[("第四章", "chapter4")]);
        reads(
            "公司法第三章规定，民法典合同编第三章，该协定第三章第4条",
            &[("第三章", "chapter3"), ("第三章", "chapter3"), ("第三章第4条", "chapter3.a4")],
        );
        reads("《区域全面经济伙伴关系协定》（RCEP）第十一章", &[("第十一章", "chapter11")]);
        reads(
            "本条例第二章、第三章、第四章中的规定",
            &[("第二章", "chapter2"), ("第三章", "chapter3"), ("第四章", "chapter4")],
        );
        reads(
            "修改如下：\n（一）第四章章名修改为“监督”。\n（二）删去第二节。\n第五章改为第六章。",
            &[("第四章", "chapter4"), ("第二节", "section2"), ("第五章", "chapter5"), ("第六章", "chapter6")],
        );
        reads("这个方法第四章，见本书第二章、第三章", &[]);
    }

    #[test]
    fn headings_ordinals_and_sessions_are_no_references() {
        reads("第三条　为了\n第 2 條\n第十二届全国人大第一次会议第一项议程\n第一章 总则", &[]);
        reads("“第一百二十条之一 资助恐怖活动", &[]);
    }
}

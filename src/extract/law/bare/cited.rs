//! Names outside the registry, without marks: 除依軍事徵用法第三十一條, 適用冤獄賠償法之規定.
//!
//! An article number, 之規定 or a definition behind says that a name ends there, its head noun that it is one; it is read to the
//! left as far as a cue or a mark.
//!
//! Always true: a name ends with its head noun, or with the bracket of an edition behind it.

use super::{Bare, BareGrammar, JOINED, LONGEST_NAME, article, is_han, without_additions};
use crate::{
    extract::law::wording::{Words, without_history},
    text::Span,
};

/// How far before its head a name may have 、, in bytes.
const LONGEST_LIST: usize = 90;

/// Short forms that the text has defined so far: （以下簡稱管理規則）.
#[derive(Default)]
struct Defined<'t>(Vec<&'t str>);

impl<'t> Defined<'t> {
    /// Most forms that are kept.
    const MOST: usize = 32;
    /// Longest form, in characters.
    const LONGEST: usize = 12;

    /// Takes note of the form that begins what stands behind 以下簡稱.
    fn note(&mut self, behind: &'t str, heads: &Words) {
        let form = behind.trim_start_matches(['：', ':', '“', '「', '《', ' ']);
        let length = form.chars().take(Self::LONGEST).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
        let (form, rest) = form.split_at(length);
        let closed = rest.starts_with(['）', ')', '”', '」', '》']);
        let named = heads.ending(form).is_some_and(|head| head.len() < form.len());
        if closed && named && self.0.len() < Self::MOST && !self.0.contains(&form) {
            self.0.push(form);
        }
    }

    /// The length of the form with which a name ends, if what is before it leads to it: 發起人無, 再任.
    fn ending(&self, name: &str, leads: &Words) -> Option<usize> {
        let led = |before: &str| leads.ending(before).is_some() || before.ends_with('任');
        let ends = |form: &&&str| name.strip_suffix(**form).is_some_and(led);
        self.0.iter().filter(ends).map(|form| form.len()).max()
    }
}

impl BareGrammar {
    /// Names outside the registry, by what follows them.
    pub(in crate::extract::law) fn find_cited(&self, text: &str, out: &mut Vec<Bare>) {
        let mut done = 0;
        let mut defined = Defined::default();
        for hit in self.triggers.find_iter(text) {
            let trigger = &text[hit.start()..hit.end()];
            let mut left = &text[..hit.start()];
            if left.len() <= done {
                continue;
            }
            match trigger {
                "规定" | "規定" => {
                    for word in ["之", "的", "有关", "有關", "相关", "相關", "的"] {
                        left = left.strip_suffix(word).unwrap_or(left);
                    }
                }
                "以下简称" | "以下簡稱" | "以下称" | "以下稱" | "下称" | "下稱" => {
                    defined.note(&text[hit.end()..], &self.heads);
                    match left.strip_suffix(['（', '(']) {
                        Some(name) => left = name.trim_end_matches(' '),
                        None => continue,
                    }
                }
                "第" => {
                    let numbered = text[hit.end()..]
                        .trim_start_matches(' ')
                        .starts_with(|c: char| article::digit(c).is_some() || c == '十');
                    left = left.strip_suffix(' ').unwrap_or(left);
                    if !numbered || left.ends_with('\n') {
                        continue;
                    }
                    // 消防安全（工業建築物）條例（第636章）
                    let chapter = || text[hit.end()..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
                    if let Some(name) = left.strip_suffix(['（', '(']).filter(|name| is_ordinance(name))
                        && chapter().starts_with('章')
                    {
                        left = name;
                    }
                }
                _ => {}
            }
            let end = left.len();
            if trigger == "草案" {
                if let Some(draft) = self.draft(text, left, hit.end()).filter(|draft| draft.span.start() >= done) {
                    done = draft.span.end();
                    out.push(draft);
                }
                continue;
            }
            let Some(start) = self.name_start(text, end) else { continue };
            // 發起人無管理規則第四條, where 管理規則 was defined
            let start = defined.ending(&text[start..end], &self.leads).map_or(start, |length| end - length);
            if start < done {
                continue;
            }
            let end = start + without_history(&text[start..end]).len();
            // 按照企业章程的规定, 在仲裁规则规定的期限内: without an article only a law or an ordinance is surely one.
            let firm = self.firm_heads.ending(&text[start..end]).is_some();
            if matches!(trigger, "规定" | "規定") && !firm {
                continue;
            }
            out.push(Bare { span: Span::of(start, end), row: None, known: false, inner: false });
            // 適用民法及公司法之規定: what is joined to a name is one, too.
            let mut first = start;
            for _ in 0..JOINED {
                let before = &text[..first];
                let Some(left) = before.strip_suffix(['及', '和', '与', '與', '或', '、']) else { break };
                let named = self.name_start(text, left.len()).filter(|&name| name >= done);
                let statute = |name: &usize| {
                    let name = &text[*name..left.len()];
                    name.ends_with('法') || name.ends_with("条例") || name.ends_with("條例")
                };
                let Some(name) = named.filter(statute) else { break };
                out.push(Bare { span: Span::of(name, left.len()), row: None, known: false, inner: false });
                first = name;
            }
            done = end;
        }
    }

    /// 养老服务法草案, 托育服务条例修订草案: a draft without marks; `left` is what stands before 草案, at whose end the draft ends.
    fn draft(&self, text: &str, left: &str, end: usize) -> Option<Bare> {
        const VERBS: [&str; 28] = [
            "审议", "初审", "二审", "三审", "审查", "制定", "起草", "研究", "讨论", "公布", "介绍", "关于", "通过",
            "提出", "形成", "完成", "推进", "審議", "三讀", "二讀", "審查", "研擬", "研訂", "擬具", "函送", "通過",
            "推動", "討論",
        ];
        let law = left.strip_suffix("修订").unwrap_or(left);
        let statute = ["法", "条例", "條例"].iter().any(|head| law.ends_with(head));
        if !statute || law.ends_with("办法") || law.ends_with("辦法") {
            return None;
        }
        let mut start = self.name_start(text, law.len())?;
        // ——评耕地保护和质量提升法草案
        let opens = text[..start].ends_with(['—', '\n']) || start == 0;
        if let Some(rest) = text[start..law.len()].strip_prefix('评').filter(|_| opens) {
            start = law.len() - rest.len();
        }
        // 会议审议托育服务法草案, but 科学研究法草案
        let behind =
            VERBS.iter().filter_map(|verb| text[start..law.len()].rfind(verb).map(|at| start + at + verb.len()));
        let shortest = if law.ends_with('法') { 3 } else { 4 };
        let long = |start: usize| text[start..law.len()].chars().count() >= shortest;
        start = behind.filter(|&behind| long(behind)).max().unwrap_or(start);
        let name = &text[start..law.len()];
        let named = long(start)
            && !name.contains(['了', '些', '各', '该', '这', '几'])
            && !self.no_names.iter().any(|no| no == name);
        named.then_some(Bare { span: Span::of(start, end), row: None, known: false, inner: false })
    }

    /// Where the name begins whose head noun ends at `end`; `None` where it is no name.
    pub(in crate::extract::law) fn name_start(&self, text: &str, end: usize) -> Option<usize> {
        let left =
            without_additions(&text[text[..end].floor_char_boundary(end.saturating_sub(3 * LONGEST_NAME + 60))..end]);
        let base = end.saturating_sub(3 * LONGEST_NAME + 60);
        let base = text.floor_char_boundary(base);
        let head = self.heads.ending(left)?;
        let floor = left.len() - head.len();
        // 进行本条例第二十七条规定的活动: an anaphor is no name, whatever stands before it.
        if self.no_heads.ending(left).is_some() && self.heads_all_the_same.ending(left).is_none()
            || left[..floor].ends_with(['本', '该', '該', '此', '同', '各', '其', '前'])
                && !["合同", "基本"].iter().any(|word| left[..floor].ends_with(word))
        {
            return None;
        }
        let mut start = floor;
        let mut bracket = floor;
        for (i, c) in left[..floor].char_indices().rev().take(LONGEST_NAME) {
            if i >= bracket {
                continue;
            }
            // 個人資料（私隱）條例
            if matches!(c, '）' | ')')
                && is_ordinance(left)
                && let Some(open) = inner_bracket(&left[..i])
            {
                bracket = open;
                continue;
            }
            if !(is_han(c) || c == '、' && floor - i < LONGEST_LIST && !left[..i].ends_with(article::is_numeral)) {
                break;
            }
            let upto = i + c.len_utf8();
            // 中華民國八十六年十一月二十八日刑法第七十七條
            let dated = c == '日' && left[..i].ends_with(article::is_numeral);
            // 氣候變遷因應法
            let answers = c == '因' && left[upto..].starts_with(['應', '应']);
            let fined = || self.fines.ending(left).is_some() && self.fines_cues.ending(&left[..upto]).is_some();
            // 第二十条在现行法第十八条基础上: what is behind a reference begins anew.
            let number = |c: char| c.is_ascii_digit() || article::is_numeral(c);
            let cited = matches!(c, '条' | '條' | '款' | '项' | '項')
                && left[..i].ends_with(number)
                && left[..i].trim_end_matches(number).ends_with('第');
            // 規劃評估執行監督及績效考核辦法
            let carried =
                matches!(c, '行' | '施') && ["監督及", "监督及"].iter().any(|word| left[upto..].starts_with(word));
            if cited || dated || !answers && !carried && self.cues.ending(&left[..upto]).is_some() && !fined() {
                break;
            }
            // 第九條及性別工作平等法: a joint behind an article or a law ends the name.
            if matches!(c, '及' | '和' | '与' | '與' | '或' | '暨' | '、') && self.joints.ending(&left[..i]).is_some()
            {
                break;
            }
            start = i;
        }
        let mut name = &left[start..];
        // 各類場所消防安全設備設置標準 has it in its name.
        let opening = |name: &str| {
            let whole = ["各類", "各級", "各機關"].iter().any(|word| name.starts_with(word));
            self.openings.opening(name).filter(|_| !whole).map(str::len)
        };
        while let Some(length) = opening(name) {
            name = &name[length..];
        }
        // 居家式托育服務提供者登記及管理辦法 has those in its name whom it is for.
        let parts = |&(at, c): &(usize, char)| {
            matches!(c, '的' | '其') || c == '者' && self.agents.ending(&name[..at + '者'.len_utf8()]).is_none()
        };
        if let Some((at, _)) = name.char_indices().rfind(parts) {
            name = &name[at + '的'.len_utf8()..];
        }
        while let Some(length) = opening(name).filter(|length| name.len() > length + head.len()) {
            name = &name[length..];
        }
        // 2017年旧法第二十七条
        if let Some(rest) = name.strip_prefix('年')
            && left[..left.len() - name.len()].ends_with(|c: char| c.is_ascii_digit() || article::is_numeral(c))
        {
            name = rest;
        }
        name = name.trim_start_matches('、');
        // 日本政府已允诺履行关于禁止化学武器国际公约
        if let Some(at) = name.find("关于").filter(|&at| self.leads.ending(&name[..at]).is_some()) {
            name = &name[at..];
        }
        // 所稱船舶，指船舶法第三條, but 指定統計辦法.
        if let Some(rest) = name.strip_prefix('指')
            && !rest.starts_with(['定', '南', '引', '揮', '挥', '紋', '纹', '導', '导', '數', '数', '標', '标'])
        {
            name = rest;
        }
        // 大陸數據安全法, but 大陸地區人民…許可辦法.
        if let Some(rest) = name.strip_prefix("中國大陸").or_else(|| name.strip_prefix("大陸"))
            && !rest.starts_with(['地', '礁', '委', '人', '事', '工', '居', '物', '投', '資', '產', '架'])
        {
            name = rest;
        }
        // 中國資料安全法, but 中國石油學會章程.
        if let Some(rest) = name.strip_prefix("中國")
            && rest.ends_with('法')
            && (3..=10).contains(&rest.chars().count())
            && !rest.ends_with("辦法")
        {
            name = rest;
        }
        // 內地勞動合同法, but 內地與香港….
        if let Some(rest) = name.strip_prefix("內地")
            && !rest.starts_with(['與', '及', '和', '人', '居', '企', '公', '學', '旅', '機'])
        {
            name = rest;
        }
        // 有公司法第三十條各款情事, but 有限合夥法.
        if let Some(rest) = name.strip_prefix('有')
            && !rest.starts_with(self.behind_you.as_slice())
        {
            name = rest;
        }
        if name.len() <= head.len() || self.pointers.opening(name).is_some() || self.generic.is_match(name) {
            return None;
        }
        if head.ends_with('法') && text[end..].starts_with("\n院") {
            return None;
        }
        let own = name[..name.len() - head.len()].chars().count();
        let enough = if head.ends_with('法') { 1 } else { 2 };
        (own >= enough && !self.no_names.iter().any(|no| no == name)).then(|| base + left.len() - name.len())
    }
}

/// Whether a name is that of an ordinance of Hong Kong, whose title may have a bracket in it.
fn is_ordinance(name: &str) -> bool {
    ["條例", "規例", "条例", "规例"].iter().any(|head| name.ends_with(head))
}

/// Where the bracket opens at whose end a text stands, if a few Han characters are all that it holds: 私隱, 工業建築物.
fn inner_bracket(text: &str) -> Option<usize> {
    const LONGEST: usize = 10;
    let (open, _) = text.char_indices().rev().take(LONGEST + 1).find(|&(_, c)| matches!(c, '（' | '('))?;
    let inside = text[open..].trim_start_matches(['（', '(']);
    let sound = inside.chars().count() >= 2
        && inside.chars().all(is_han)
        && !inside.starts_with(['第', '下', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        && !inside.starts_with("以下");
    sound.then_some(open)
}

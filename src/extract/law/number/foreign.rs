//! Numbers of other states in Chinese words: 第14080号行政令, 公法117-167号, （欧盟）第2016/679号条例, 第18/2024號法律 of Macao,
//! 安理会第2231（2015）号决议.
//!
//! Always true: the normal form of an American or a European number is the English one, `Executive Order 14080`, so that both
//! languages name one document.

use std::cell::OnceCell;

use memchr::memmem;

use crate::text::Span;

/// A text; which states it speaks of is looked for when a number asks.
pub(super) struct States<'t> {
    text: &'t str,
    american: OnceCell<bool>,
    european: OnceCell<bool>,
}

impl<'t> States<'t> {
    pub(super) const fn of(text: &'t str) -> Self {
        Self { text, american: OnceCell::new(), european: OnceCell::new() }
    }

    pub(super) const fn text(&self) -> &'t str {
        self.text
    }

    fn american(&self) -> bool {
        const NAMES: [&str; 9] = ["美国", "美國", "拜登", "特朗普", "川普", "奥巴马", "歐巴馬", "白宫", "白宮"];
        *self.american.get_or_init(|| NAMES.iter().any(|name| self.text.contains(name)))
    }

    fn european(&self) -> bool {
        *self.european.get_or_init(|| ["欧盟", "歐盟", "欧洲联盟"].iter().any(|name| self.text.contains(name)))
    }
}

/// 第14080号行政令, 第13526号总统行政命令, 公法117-167号, 第117-167号公法: American numbers in Chinese words, and others.
pub(super) fn foreign(states: &States<'_>, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    let text = states.text;
    const LAWS: [&str; 2] = ["公共法", "公法"];
    let digits = left.len() - left.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—')).len();
    let number = &left[left.len() - digits..];
    let before = left[..left.len() - digits].trim_end_matches(' ');
    let bare = before.strip_suffix('第').unwrap_or(before);
    let behind = text[end..].trim_start_matches(' ');
    let gap = text.len() - end - behind.len();
    if let Some(found) = order(states, from, left, end) {
        return Some(found);
    }
    if let Some(found) = european(states, from, left, end)
        .or_else(|| macanese(text, from, left, end))
        .or_else(|| resolution(text, from, left, end))
    {
        return Some(found);
    }
    let (congress, law) = number.split_once(['-', '–', '—'])?;
    let plain = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    // Laws are numbered by the congress since the 57th.
    if !plain(congress)
        || !plain(law)
        || !(57..=150).contains(&congress.parse::<u32>().unwrap_or(0))
        || !states.american()
    {
        return None;
    }
    let norm = format!("Public Law {congress}-{law}");
    if let Some(word) = LAWS.iter().find(|word| bare.ends_with(**word)) {
        return Some((Span::of(from + bare.len() - word.len(), end), norm));
    }
    let word = LAWS.iter().find(|word| behind.starts_with(**word)).filter(|_| bare.len() < before.len())?;
    Some((Span::of(from + bare.len(), end + gap + word.len()), norm))
}

/// 第14080号行政令, 行政令第14080号, 第14257、14259和14266号行政令. Five digits and these words need no other sign of the country.
fn order(states: &States<'_>, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    let text = states.text;
    const ORDERS: [&str; 6] = ["总统行政命令", "总统行政令", "行政命令", "行政令", "總統行政命令", "總統行政令"];
    /// Orders have five digits since 1941.
    const RECENT: std::ops::RangeInclusive<u32> = 12_000..=19_999;
    const MOST: usize = 16;
    let last = |text: &str| -> Option<(u32, usize)> {
        let text = text.trim_end_matches(' ');
        let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (text.len() - start == 5).then(|| text[start..].parse().ok().map(|number| (number, start)))?
    };
    let (number, mut start) = last(left)?;
    let mut numbers = vec![number];
    while let Some(before) = left[..start].trim_end_matches(' ').strip_suffix(['、', '和', '及', '与', '，', ','])
        && let Some((number, earlier)) = last(before.strip_suffix('号').unwrap_or(before))
        && numbers.len() < MOST
    {
        numbers.push(number);
        start = earlier;
    }
    if !numbers.iter().all(|number| RECENT.contains(number)) && !states.american() {
        return None;
    }
    numbers.reverse();
    let plural = if numbers.len() > 1 { "s" } else { "" };
    let list = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let norm = format!("Executive Order{plural} {list}");
    let before = left[..start].trim_end_matches(' ');
    let bare = before.strip_suffix('第').unwrap_or(before);
    let behind = text[end..].trim_start_matches(' ');
    let gap = text.len() - end - behind.len();
    if bare.len() < before.len()
        && let Some(word) = ORDERS.iter().find(|word| behind.starts_with(**word))
    {
        return Some((Span::of(from + bare.len(), end + gap + word.len()), norm));
    }
    let word = ORDERS.iter().find(|word| bare.ends_with(**word))?;
    Some((Span::of(from + bare.len() - word.len(), end), norm))
}

/// （欧盟）第2016/679号条例, 第2014/24/EU号指令, 第（EC）1338/2008号条例, 第2022/328号（CFSP）决定: European numbers in Chinese words.
fn european(states: &States<'_>, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    let text = states.text;
    const KINDS: [(&str, &str); 26] = [
        ("实施条例", "Implementing Regulation"),
        ("實施條例", "Implementing Regulation"),
        ("执行条例", "Implementing Regulation"),
        ("授权条例", "Delegated Regulation"),
        ("委托条例", "Delegated Regulation"),
        // Taiwan says 規則 for a regulation.
        ("施行規則", "Implementing Regulation"),
        ("執行規則", "Implementing Regulation"),
        ("執行條例", "Implementing Regulation"),
        ("授權規則", "Delegated Regulation"),
        ("授權條例", "Delegated Regulation"),
        ("規則", "Regulation"),
        ("规则", "Regulation"),
        ("實施決定", "Implementing Decision"),
        ("執行決定", "Implementing Decision"),
        ("框架決定", "Framework Decision"),
        ("條例", "Regulation"),
        ("条例", "Regulation"),
        ("法规", "Regulation"),
        ("指令", "Directive"),
        ("实施决定", "Implementing Decision"),
        ("执行决定", "Implementing Decision"),
        ("框架决定", "Framework Decision"),
        ("决定", "Decision"),
        ("決定", "Decision"),
        ("建议", "Recommendation"),
        ("建議", "Recommendation"),
    ];
    const BODIES: [&str; 12] = [
        "欧洲议会和欧盟理事会",
        "欧洲议会和理事会",
        "欧盟委员会",
        "欧盟理事会",
        "欧洲联盟",
        "歐盟委員會",
        "歐盟執委會",
        "歐盟理事會",
        "欧盟",
        "歐盟",
        "欧委会",
        "歐洲聯盟",
    ];
    // 第 94/62/EC 號指令
    let left = left.trim_end_matches(' ');
    let start = left.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '/').len();
    let label = &left[start..];
    let mut parts = label.split('/');
    let plain =
        |part: Option<&str>| part.is_some_and(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    if !plain(parts.next()) || !plain(parts.next()) {
        return None;
    }
    let suffixed = match parts.next() {
        None => false,
        Some("EU" | "EC" | "EEC") => true,
        Some(_) => return None,
    };
    // The community stands before the number or behind 号.
    let (behind, inner) =
        community_at_start(&text[end..]).map_or((&text[end..], None), |(rest, word)| (rest, Some(word)));
    let (word, kind) = KINDS.into_iter().find(|(word, _)| behind.starts_with(word))?;
    let mut before = left[..start].trim_end_matches(' ');
    let numbered = ["No.", "No"].iter().find_map(|no| before.strip_suffix(no));
    before = numbered.unwrap_or(before).trim_end_matches(' ');
    before = before.strip_suffix('第').unwrap_or(before);
    let outer = community_at_end(before);
    if let Some((rest, _)) = outer {
        before = rest.strip_suffix('第').unwrap_or(rest);
    }
    let body = BODIES.iter().find_map(|body| before.strip_suffix(body));
    before = body.unwrap_or(before);
    let told = suffixed || inner.is_some() || outer.is_some() || body.is_some();
    if !told && !states.european() {
        return None;
    }
    let no = if numbered.is_some() { "No " } else { "" };
    let community = inner.or(outer.map(|(_, word)| word)).unwrap_or("EU");
    let norm = if suffixed { format!("{kind} {label}") } else { format!("{kind} ({community}) {no}{label}") };
    Some((Span::of(from + before.len(), text.len() - behind.len() + word.len()), norm))
}

/// 2009/125/EC 指令: European numbers that do without 号.
pub(super) fn unmarked(states: &States<'_>, found: &mut Vec<(Span, String)>) {
    const BACK: usize = 120;
    let text = states.text;
    let known = found.len();
    for at in memmem::find_iter(text.as_bytes(), "/E") {
        let Some(tail) = ["/EEC", "/EC", "/EU"].into_iter().find(|tail| text[at..].starts_with(tail)) else { continue };
        let close = at + tail.len();
        let end = close + text[close..].bytes().take(2).take_while(|&b| b == b' ').count();
        let from = text.floor_char_boundary(at.saturating_sub(BACK));
        if !text[end..].starts_with(['号', '號']) {
            found.extend(european(states, from, &text[from..close], end));
        }
    }
    if found.len() > known {
        found.sort_by_key(|(span, _)| span.start());
    }
}

const COMMUNITIES: [(&str, &str); 7] = [
    ("欧盟", "EU"),
    ("歐盟", "EU"),
    ("EU", "EU"),
    ("EC", "EC"),
    ("EEC", "EEC"),
    ("CFSP", "CFSP"),
    ("EU, Euratom", "EU, Euratom"),
];

/// What stands before （EU） at the end, and what that is called in English.
fn community_at_end(text: &str) -> Option<(&str, &'static str)> {
    let inside = text.strip_suffix(['）', ')'])?;
    let open = inside.rfind(['（', '('])?;
    let (_, name) =
        COMMUNITIES.into_iter().find(|(word, _)| inside[open..].trim_start_matches(['（', '(']) == *word)?;
    Some((text[..open].trim_end_matches(' '), name))
}

/// What follows （CFSP） at the beginning, and what that is called in English.
fn community_at_start(text: &str) -> Option<(&str, &'static str)> {
    let inside = text.strip_prefix(['（', '('])?;
    COMMUNITIES.into_iter().find_map(|(word, name)| Some((inside.strip_prefix(word)?.strip_prefix(['）', ')'])?, name)))
}

/// 第18/2024號法律, 第113/2024號行政長官批示, 第40/95/M號法令: numbers of Macao, called by number and year.
fn macanese(text: &str, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    const WORDS: [&str; 20] = [
        "法律",
        "行政法規",
        "行政法规",
        "行政長官批示",
        "行政长官批示",
        "行政命令",
        "法令",
        "立法會決議",
        "立法会决议",
        "行政長官公告",
        "經濟財政司司長批示",
        "经济财政司司长批示",
        "社會文化司司長批示",
        "社会文化司司长批示",
        "保安司司長批示",
        "運輸工務司司長批示",
        "行政法務司司長批示",
        "行政长官公告",
        "批示",
        "法律公告",
    ];
    let start = left.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '/').len();
    let label = &left[start..];
    let (number, year) = label.split_once('/')?;
    // 第61/IAM/2022號批示: with the body that issued it
    let body = year.split_once('/').filter(|(body, _)| body.len() >= 2 && body.bytes().all(|b| b.is_ascii_uppercase()));
    let year = body.map_or(year, |(_, year)| year);
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let dated = match year.strip_suffix("/M") {
        Some(year) => digits(year, 2),
        None => year.parse::<u32>().is_ok_and(|year| (1999..2100).contains(&year)),
    };
    if !digits(number, 4) || !dated {
        return None;
    }
    let before = left[..start].strip_suffix('第')?;
    let word = WORDS.into_iter().filter(|word| text[end..].starts_with(word)).max_by_key(|word| word.len())?;
    let span = Span::of(from + before.len(), end + word.len());
    Some((span, text[span.range()].to_owned()))
}

/// 安理会第2231（2015）号决议, 联大第2758号决议: resolutions of the United Nations.
fn resolution(text: &str, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    const BODIES: [&str; 14] = [
        "联合国安全理事会",
        "联合国安理会",
        "安全理事会",
        "安理会",
        "联合国大会",
        "联大",
        "聯合國安全理事會",
        "聯合國安理會",
        "安全理事會",
        "安理會",
        "聯合國大會",
        "聯大",
        "联合国人权理事会",
        "人权理事会",
    ];
    let word = ["决议", "決議"].into_iter().find(|word| text[end..].starts_with(word))?;
    let number = left.trim_end_matches(' ');
    let number = match number.strip_suffix(['）', ')']) {
        Some(inside) => {
            let open = inside.rfind(['（', '('])?;
            let year = inside[open..].trim_start_matches(['（', '(']);
            // The first resolutions had the session in Roman numerals.
            let plain = year.len() <= 7 && year.bytes().all(|b| b.is_ascii_digit() || b"IVXLC".contains(&b));
            plain.then(|| inside[..open].trim_end_matches(' '))?
        }
        None => number,
    };
    let before = number.trim_end_matches(|c: char| c.is_ascii_digit() || c == '/');
    let before =
        before.strip_suffix('第').filter(|before| (1..=8).contains(&(number.len() - before.len() - "第".len())))?;
    let body = BODIES.iter().find(|body| before.ends_with(**body))?;
    let span = Span::of(from + before.len() - body.len(), end + word.len());
    Some((span, text[span.range()].split_whitespace().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Option<(&str, &str)>) {
        let at = text.find(['号', '號']).unwrap();
        let found = foreign(&States::of(text), 0, &text[..at], at + "号".len());
        let found = found.as_ref().map(|(span, norm)| (&text[span.range()], norm.as_str()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn american_orders_need_no_other_sign() {
        reads("违反第14110号行政令。", Some(("第14110号行政令", "Executive Order 14110")));
        reads(
            "第14257、14259和14266号行政令又设",
            Some(("第14257、14259和14266号行政令", "Executive Orders 14257, 14259, 14266")),
        );
        reads("第1411号行政令", None);
        reads("邮编第10086号信箱", None);
    }

    #[test]
    fn european_acts_with_their_community() {
        reads("违反（EU）2024/1689号条例。", Some(("（EU）2024/1689号条例", "Regulation (EU) 2024/1689")));
        reads("（EC）765/2006号条例", Some(("（EC）765/2006号条例", "Regulation (EC) 765/2006")));
        reads("（EU）No 833/2014号条例", Some(("（EU）No 833/2014号条例", "Regulation (EU) No 833/2014")));
        reads("第（EC）1338/2008号条例", Some(("第（EC）1338/2008号条例", "Regulation (EC) 1338/2008")));
        reads("第2022/328号（CFSP）决定", Some(("第2022/328号（CFSP）决定", "Decision (CFSP) 2022/328")));
        reads(
            "欧盟委员会第（EU）2023/1773号实施条例",
            Some(("欧盟委员会第（EU）2023/1773号实施条例", "Implementing Regulation (EU) 2023/1773")),
        );
        reads("第2014/24/EU号指令", Some(("第2014/24/EU号指令", "Directive 2014/24/EU")));
        reads("歐盟第2022/2065號規則", Some(("歐盟第2022/2065號規則", "Regulation (EU) 2022/2065")));
        reads("(EU) 2024/1689 號規則", Some(("(EU) 2024/1689 號規則", "Regulation (EU) 2024/1689")));
        reads("第 94/62/EC 號指令", Some(("第 94/62/EC 號指令", "Directive 94/62/EC")));
        reads("车辆2016/679号规则", None);
        reads("议案2016/679号条例草案", None);
    }

    #[test]
    fn numbers_of_macao_and_of_the_united_nations() {
        reads("澳門第18/2024號法律", Some(("第18/2024號法律", "第18/2024號法律")));
        reads("及第113/2024號行政長官批示", Some(("第113/2024號行政長官批示", "第113/2024號行政長官批示")));
        reads("第12/2024號車位", None);
        reads("以第61/IAM/2022號批示處理", Some(("第61/IAM/2022號批示", "第61/IAM/2022號批示")));
        reads("第61/iam/2022號批示", None);
        reads("安理会第2231（2015）号决议第11段", Some(("安理会第2231（2015）号决议", "安理会第2231（2015）号决议")));
        reads("根据联大第2758号决议", Some(("联大第2758号决议", "联大第2758号决议")));
        reads("股东大会第12号决议", None);
    }
}

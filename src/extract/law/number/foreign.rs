//! Numbers of other states in Chinese words: 第14080号行政令, 公法117-167号, （欧盟）第2016/679号条例.
//!
//! Always true: the normal form is the English one, `Executive Order 14080`, so that both languages name one document.

use crate::text::Span;

/// 第14080号行政令, 第13526号总统行政命令, 公法117-167号, 第117-167号公法: American numbers in Chinese words.
pub(super) fn foreign(text: &str, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    const ORDERS: [&str; 5] = ["总统行政命令", "总统行政令", "行政命令", "行政令", "總統行政命令"];
    const LAWS: [&str; 2] = ["公共法", "公法"];
    let digits = left.len() - left.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—')).len();
    let number = &left[left.len() - digits..];
    let before = left[..left.len() - digits].trim_end_matches(' ');
    let bare = before.strip_suffix('第').unwrap_or(before);
    let behind = text[end..].trim_start_matches(' ');
    let gap = text.len() - end - behind.len();
    let american = || {
        ["美国", "美國", "拜登", "特朗普", "川普", "奥巴马", "歐巴馬", "白宫", "白宮"].iter().any(|w| text.contains(w))
    };
    if number.len() == 5 && number.bytes().all(|b| b.is_ascii_digit()) && american() {
        let norm = format!("Executive Order {number}");
        if bare.len() < before.len()
            && let Some(word) = ORDERS.iter().find(|word| behind.starts_with(**word))
        {
            return Some((Span::of(from + bare.len(), end + gap + word.len()), norm));
        }
        let word = ORDERS.iter().find(|word| bare.ends_with(**word))?;
        return Some((Span::of(from + bare.len() - word.len(), end), norm));
    }
    if let Some(found) = european(text, from, left, end) {
        return Some(found);
    }
    let (congress, law) = number.split_once(['-', '–', '—'])?;
    let plain = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    // Laws are numbered by the congress since the 57th.
    if !plain(congress) || !plain(law) || !(57..=150).contains(&congress.parse::<u32>().unwrap_or(0)) || !american() {
        return None;
    }
    let norm = format!("Public Law {congress}-{law}");
    if let Some(word) = LAWS.iter().find(|word| bare.ends_with(**word)) {
        return Some((Span::of(from + bare.len() - word.len(), end), norm));
    }
    let word = LAWS.iter().find(|word| behind.starts_with(**word)).filter(|_| bare.len() < before.len())?;
    Some((Span::of(from + bare.len(), end + gap + word.len()), norm))
}

/// （欧盟）第2016/679号条例, 第2014/24/EU号指令: European numbers in Chinese words.
fn european(text: &str, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    let start = left.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '/').len();
    let label = &left[start..];
    let mut parts = label.split('/');
    let plain =
        |part: Option<&str>| part.is_some_and(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    if !plain(parts.next()) || !plain(parts.next()) || !["欧盟", "歐盟", "欧洲联盟"].iter().any(|w| text.contains(w))
    {
        return None;
    }
    let suffixed = match parts.next() {
        None => false,
        Some("EU" | "EC" | "EEC") => true,
        Some(_) => return None,
    };
    let kinds = [
        ("实施条例", "Implementing Regulation"),
        ("条例", "Regulation"),
        ("條例", "Regulation"),
        ("指令", "Directive"),
        ("决定", "Decision"),
    ];
    let (word, kind) = kinds.into_iter().find(|(word, _)| text[end..].starts_with(word))?;
    let mut before = left[..start].trim_end_matches(' ');
    before = before.strip_suffix('第').unwrap_or(before);
    for union in ["（欧盟）", "(欧盟)", "（EU）", "(EU)", "欧盟", "歐盟"] {
        before = before.strip_suffix(union).unwrap_or(before);
    }
    let norm = if suffixed { format!("{kind} {label}") } else { format!("{kind} (EU) {label}") };
    Some((Span::of(from + before.len(), end + word.len()), norm))
}

//! The title that a text carries over itself, on lines of its own.
//!
//! "最高人民法院 / 关于审理专利纠纷案件适用法律 / 问题的若干规定" is one title set in three centred lines, and
//! 本规定 in the articles below means it. Marks are missing there, so the lines around it must tell.
//!
//! Always true: a heading is whole lines without a full stop, ends in a head noun, and has at most six lines.

use super::wording::{Words, canonical_spelling, is_han, without_additions, without_history};
use crate::{ruleset::Ruleset, text::Span};

/// Longest line of a title and longest title, in characters.
const LONGEST_LINE: usize = 110;
const MOST_LINES: usize = 6;

pub(super) struct HeadingGrammar {
    heads: Words,
    lone_heads: Words,
    bodies: Words,
    openings: Words,
}

#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Layout says that it is a heading (#, ** around it).
    marked: bool,
    /// May be part of a title.
    fit: bool,
    /// Blank lines before it.
    gap: u8,
}

impl HeadingGrammar {
    pub(super) fn new(rules: &Ruleset) -> Self {
        Self {
            heads: Words::new(rules.list("zh.law.heads")),
            lone_heads: Words::new(rules.list("zh.law.lone_heads")),
            bodies: Words::new(rules.list("zh.law.body_endings")),
            openings: Words::new(rules.list("zh.law.text_openings")),
        }
    }

    /// All headings, in text order. `known` says whether the registry knows a title.
    pub(super) fn find(&self, text: &str, known: &dyn Fn(&str) -> bool) -> Vec<Span> {
        let mut found = Vec::new();
        let mut window: Vec<Line> = Vec::with_capacity(MOST_LINES);
        // The title found last: a text carries it again below its front page, broken over lines.
        let mut before = String::new();
        let known = |title: &str, before: &str| title == before || known(title);
        let (mut gap, mut order) = (0_u8, 0_u32);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let (at, line_end) = (start, end);
            start = end + 1;
            let Some(line) = read_line(text, at, line_end, gap) else {
                gap = gap.saturating_add(1);
                continue;
            };
            gap = 0;
            order += 1;
            if window.len() == MOST_LINES {
                window.remove(0);
            }
            window.push(line);
            if line.fit
                && let Some(first) = self.title(text, &window, order, line_end, &|title| known(title, &before))
            {
                let title = without_history(&text[first..line.span.end()]);
                found.push(Span::of(first, first + title.len()));
                before = canonical_spelling(title);
                window.clear();
            }
        }
        found
    }

    /// Where the title begins that ends with the last line of the window, if it is one.
    fn title(
        &self,
        text: &str,
        window: &[Line],
        order: u32,
        line_end: usize,
        known: &dyn Fn(&str) -> bool,
    ) -> Option<usize> {
        let last = *window.last()?;
        let words = &text[last.span.range()];
        let bare = without_additions(words);
        // 土 地 使 用 期 限 的 批 复 is spaced out for looks.
        let spelt = canonical_spelling(bare);
        let head = self.heads.ending(&spelt)?;
        // 八十万亿日元的方案 speaks of a plan, and is called 关于…的方案 at most.
        let of = spelt.strip_suffix(head).is_some_and(|name| name.ends_with('的'));
        if of && ["方案", "计划", "計畫", "规划", "办法", "辦法"].contains(&head) && find_about(&spelt).is_none()
        {
            return None;
        }
        let broken = || {
            let joined = window.windows(2).rev().take_while(|pair| pair[0].fit && pair[1].gap <= 1).count();
            let starts = window[window.len() - 1 - joined..window.len() - 1].iter().map(|line| line.span.start());
            starts.into_iter().find(|&start| known(&canonical_spelling(&text[start..last.span.end()])))
        };
        if let Some(start) = broken().filter(|_| !last.marked) {
            return Some(start);
        }
        if spelt.chars().count() > head.chars().count() && known(&canonical_spelling(words)) {
            return Some(last.span.start());
        }
        let mut first = window.len() - 1;
        let mut about = find_about(words);
        while about.is_none() && first > 0 && window[first].gap <= 1 && window[first - 1].fit && !last.marked {
            first -= 1;
            about = find_about(&text[window[first].span.range()]);
        }
        // 关于在…暂时调整实施《中华人民共和国药品管理法 / 实施条例》有关规定的决定 goes on behind the first line.
        let marks = |mark: &str| text[window[first].span.start()..last.span.end()].matches(mark).count();
        if marks("《") != marks("》") {
            return None;
        }
        match about {
            Some(0) => {
                // 最高人民法院 stands on the line above 关于….
                while first > 0
                    && window[first].gap <= 1
                    && window[first - 1].fit
                    && self.is_body(&text[window[first - 1].span.range()])
                {
                    first -= 1;
                }
                Some(window[first].span.start())
            }
            Some(at) => {
                let start = window[first].span.start();
                self.may_issue(&text[start..start + at]).then_some(start)
            }
            None => {
                let start = last.span.start();
                let stately = window.len() > 1
                    && window[window.len() - 2].gap <= 1
                    && &text[window[window.len() - 2].span.range()] == "中华人民共和国";
                let start = if stately { window[window.len() - 2].span.start() } else { start };
                if spelt.contains(['〔', '［']) || spelt.contains("字第") {
                    return None;
                }
                // 環境部　公告 says whose announcement the text is.
                let issued = ["公告", "通告", "令", "命令"].contains(&head)
                    && self.is_body(
                        bare[..bare.trim_end().len()]
                            .trim_end_matches(|c: char| head.contains(c) || c == ' ' || c == '\u{3000}'),
                    );
                if issued {
                    return None;
                }
                let long = spelt.chars().count() >= head.chars().count() + 2;
                let lone = self.lone_heads.ending(&spelt).is_some();
                let placed = last.marked && order <= 3 || order == 1 || self.opens_text(&text[line_end..]);
                (long && lone && placed && !is_sentence(&spelt)).then_some(start)
            }
        }
    }

    fn is_body(&self, line: &str) -> bool {
        line.split([' ', '\u{3000}', '、'])
            .filter(|part| !part.is_empty())
            .all(|part| self.bodies.ending(part).is_some())
    }

    /// Whether what stands before 关于 may be who issues the text.
    fn may_issue(&self, words: &str) -> bool {
        let words = words.trim_end();
        words.is_empty()
            || self.is_body(words)
            || ["印发", "转发", "批转", "发布", "公布"].iter().any(|w| words.contains(w))
            || words.ends_with("会议")
    }

    /// Whether what follows a title is how a text begins: its adoption, its first chapter or article.
    fn opens_text(&self, below: &str) -> bool {
        let below = below.trim_start_matches(['\n', ' ', '　', '#', '*']);
        let first = &below[..below.find('\n').unwrap_or(below.len())];
        if self.openings.opening(first).is_some() {
            return true;
        }
        let dated = first
            .trim_start_matches(['（', '('])
            .chars()
            .take(5)
            .filter(|&c| super::article::digit(c).is_some())
            .count()
            == 4;
        dated && (first.starts_with(['（', '(']) || first.contains(['过', '布', '發']) || first.chars().count() < 16)
    }
}

/// Whether words without 关于 say what is to be done: 应当自受理之日起二十个工作日内作出决定, 听证应当提前十日通知.
fn is_sentence(words: &str) -> bool {
    const SAYS: [&str; 14] = [
        "应当",
        "應當",
        "可以",
        "不得",
        "必须",
        "必須",
        "日内",
        "日內",
        "工作日",
        "提前",
        "之日起",
        "已经",
        "正在",
        "没有",
    ];
    const DOES: [&str; 10] = [
        "作出决定",
        "作出決定",
        "做出决定",
        "做出決定",
        "发出通知",
        "發出通知",
        "发布公告",
        "予以公告",
        "收到通知",
        "书面通知",
    ];
    SAYS.iter().any(|word| words.contains(word)) || DOES.iter().any(|word| words.ends_with(word))
}

/// Where 关于 stands in a line (not within inner marks).
fn find_about(line: &str) -> Option<usize> {
    let at = ["关于", "關於"].iter().filter_map(|w| line.find(w)).min()?;
    (!line[..at].contains(['《', '〈'])).then_some(at)
}

/// A line without its layout; `None` where it is blank.
fn read_line(text: &str, start: usize, end: usize, gap: u8) -> Option<Line> {
    let raw = &text[start..end];
    let lead = raw.len() - raw.trim_start_matches([' ', '　', '\t', '#', '*', '\r']).len();
    let marked = raw[..lead].contains(['#', '*']);
    let words = raw[lead..].trim_end_matches([' ', '　', '\t', '*', '#', '\r']);
    if words.is_empty() {
        return None;
    }
    let span = Span::of(start + lead, start + lead + words.len());
    Some(Line { span, marked, fit: is_fit(words), gap })
}

/// Whether a line may be part of a title.
fn is_fit(words: &str) -> bool {
    if words.len() > 3 * LONGEST_LINE {
        return false;
    }
    let mut chars = words.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next().unwrap_or(' ');
    if !is_han(first) && !matches!(first, '《' | '“' | '〈') && !first.is_ascii_digit() {
        return false;
    }
    let listed = matches!(second, '、' | '.' | '．') || first.is_ascii_digit() && second == ' ';
    if listed
        || first == '第' && !words.contains("会议")
        || words.starts_with("附件")
        || words.starts_with('附') && second == ' '
    {
        return false;
    }
    // A line that cites or regulates is a sentence without its full stop: 违反本条例的规定.
    let cites = ["违反", "違反", "依照", "根据", "根據", "按照", "依据", "依據", "符合", "依"]
        .iter()
        .any(|w| words.starts_with(w))
        || ["本法", "本条例", "本办法", "本规定", "本條例", "本辦法"].iter().any(|w| words.contains(w))
        || words.contains('第') && words.contains(['条', '款', '项', '條', '項']) && !words.contains("会议");
    !cites
        && !words.contains(['。', '；', '：', '，', '！', '？', ':', ';', '|', '｜', '…', '\t', '='])
        && words.chars().any(is_han)
}

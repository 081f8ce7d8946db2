//! Markdown to the words it shows.
//!
//! Our Markdown is law text, so numbers are sacred: `3.` stays 3 (a renderer would count on from the
//! list's first number), `5~10万元` keeps its tilde (so no strikethrough), `[注]: 本办法自2021年起施行` is a
//! sentence (a renderer takes it for the address of a link and shows nothing), and what stands
//! between ASCII brackets in 《关于修改<中华人民共和国建筑法>的决定》 is a title. US orders indent their paragraphs
//! by five spaces: that is no program code.

mod depth;
mod list;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use self::list::Ordinals;
use super::{
    Reason,
    declared::Parsed,
    front_matter::front_matter,
    html::{fragment_text, is_known_tag},
};
use crate::text::{Heading, Span};

/// Text and headings of a Markdown file.
pub(super) fn parse(source: String) -> Parsed {
    let (declared, start) = front_matter(&source).unwrap_or_default();
    let (body, flattened) = depth::flatten(source.get(start..).unwrap_or_default());
    let mut writer = Writer { text: String::with_capacity(body.len()), ..Writer::default() };
    writer.document(&body, Indented::IsParagraph);
    writer.text.truncate(writer.text.trim_end().len());
    let mut parsed = Parsed { text: writer.text, headings: writer.headings, declared, notes: Vec::new() };
    if flattened > 0 {
        parsed.notes.push((Reason::TooDeep, format!("{flattened} lines are nested too deep; their text was kept")));
    }
    if parsed.declared.title.is_none() {
        parsed.declared.title = title(&parsed);
    }
    parsed
}

/// A heading of the first level at the very top is the title, where it is no whole paragraph.
fn title(parsed: &Parsed) -> Option<String> {
    let first = parsed.headings.first().filter(|heading| heading.level == 1 && heading.span.start() == 0)?;
    let words = parsed.text.get(first.span.range())?.split_whitespace().collect::<Vec<_>>().join(" ");
    (words.chars().count() <= 200).then_some(words)
}

/// What lines indented by four spaces are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Indented {
    IsParagraph,
    IsVerbatim,
}

#[derive(Default)]
struct Writer {
    text: String,
    headings: Vec<Heading>,
    lists: Ordinals,
    heading_start: usize,
    /// Content of an indented block or of raw HTML, until it is whole.
    raw: Option<String>,
    /// Whether the next block begins on the line on which we are (first block of a list item or note).
    inline_block: bool,
    /// Whether the row has a cell already.
    has_cell: bool,
}

impl Writer {
    fn document(&mut self, source: &str, indented: Indented) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        let parser = Parser::new_ext(source, options);
        let sentences = hidden_sentences(source, &parser);
        let mut sentences = sentences.into_iter().peekable();
        for (event, place) in parser.into_offset_iter() {
            while self.raw.is_none()
                && starts_block(&event)
                && sentences.peek().is_some_and(|(end, _)| *end <= place.start)
            {
                self.paragraph(sentences.next().map_or("", |(_, sentence)| sentence));
            }
            self.event(event, source.get(place).unwrap_or_default(), indented);
        }
        for (_, sentence) in sentences {
            self.paragraph(sentence);
        }
    }

    fn event(&mut self, event: Event<'_>, source: &str, indented: Indented) {
        match event {
            Event::Start(tag) => self.start(tag, source, indented),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Html(words) => match &mut self.raw {
                Some(raw) => raw.push_str(&words),
                None => self.text.push_str(&words),
            },
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.text.push_str(&words),
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::FootnoteReference(label) => self.text.extend(["[", &label, "]"]),
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.block(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, source: &str, indented: Indented) {
        match tag {
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::Table(_) => self.block(),
            Tag::Heading { .. } => {
                self.block();
                self.heading_start = self.text.len();
            }
            Tag::CodeBlock(CodeBlockKind::Indented) if indented == Indented::IsParagraph => {
                self.raw = Some(String::new())
            }
            Tag::CodeBlock(_) => self.block(),
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(first) => {
                self.lists.open(first);
                if self.lists.depth() == 1 {
                    self.block();
                }
            }
            Tag::Item => {
                self.line();
                self.text.push_str(&self.lists.label(source));
                self.inline_block = true;
            }
            Tag::FootnoteDefinition(label) => {
                self.block();
                self.text.extend(["[", &label, "] "]);
                self.inline_block = true;
            }
            Tag::TableHead | Tag::TableRow => {
                self.line();
                self.has_cell = false;
            }
            Tag::TableCell => {
                let behind_another = std::mem::replace(&mut self.has_cell, true);
                self.text.push_str(if behind_another { "\t" } else { "" });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::CodeBlock => {
                if let Some(raw) = self.raw.take() {
                    // Once more, as the paragraphs that they are; deeper indentation is taken as it stands.
                    let lines: Vec<&str> = raw.lines().map(str::trim_start).collect();
                    self.document(&lines.join("\n"), Indented::IsVerbatim);
                }
                self.inline_block = false;
            }
            TagEnd::HtmlBlock => {
                let raw = self.raw.take().unwrap_or_default();
                self.paragraph(&fragment_text(&escape_unknown_tags(&raw)));
            }
            TagEnd::List(_) => self.lists.close(),
            TagEnd::Item | TagEnd::FootnoteDefinition => self.inline_block = false,
            _ => {}
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let span = Span::of(self.heading_start, self.text.len());
        if !span.is_empty() {
            self.headings.push(Heading { span, level: level as u8 });
        }
    }

    fn inline_html(&mut self, tag: &str) {
        let name = tag.trim_start_matches(['<', '/']).trim_end_matches(['>', '/', ' ']);
        if name.eq_ignore_ascii_case("br") {
            self.text.push('\n');
        } else if !is_known_tag(tag) {
            self.text.push_str(tag);
        }
    }

    fn paragraph(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.block();
            self.text.push_str(words);
        }
    }

    /// Begins a block: behind an empty line, or behind the label of its list item.
    fn block(&mut self) {
        if std::mem::take(&mut self.inline_block) {
            return;
        }
        self.text.truncate(self.text.trim_end_matches(['\n', ' ']).len());
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    /// Begins a line: of a list or table.
    fn line(&mut self) {
        self.inline_block = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

const fn starts_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Rule
            | Event::Start(
                Tag::Paragraph
                    | Tag::Heading { .. }
                    | Tag::BlockQuote(_)
                    | Tag::CodeBlock(_)
                    | Tag::HtmlBlock
                    | Tag::List(_)
                    | Tag::FootnoteDefinition(_)
                    | Tag::Table(_)
            )
    )
}

/// Lines that look like the address of a link, `[注]: 本办法自2021年起施行`, but are none: end and words, in order.
fn hidden_sentences<'a>(source: &'a str, parser: &Parser<'_>) -> Vec<(usize, &'a str)> {
    let mut sentences: Vec<(usize, &str)> = parser
        .reference_definitions()
        .iter()
        .filter(|(_, definition)| !is_address(&definition.dest))
        .filter_map(|(_, definition)| Some((definition.span.end, source.get(definition.span.clone())?.trim_end())))
        .collect();
    sentences.sort_unstable();
    sentences
}

fn is_address(words: &str) -> bool {
    words.is_empty()
        || words.is_ascii()
            && (words.contains([':', '/', '#', '?', '@']) || words.contains('.') && !words.ends_with('.'))
}

/// `<Law of the Sea>` on a line of its own is raw HTML to Markdown, and a title to us.
fn escape_unknown_tags(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, tag)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        escaped.push_str(before);
        // A known name is enough here: attributes may go on for lines.
        let window = tag.char_indices().nth(64).map_or(tag.len(), |(end, _)| end);
        let is_tag = tag.get(..window).is_some_and(is_known_tag);
        escaped.push_str(if is_tag { "<" } else { "&lt;" });
        rest = tag.strip_prefix('<').unwrap_or_default();
    }
    escaped.push_str(rest);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(source: &str) -> String {
        parse(source.to_owned()).text
    }

    #[test]
    fn blocks_are_parted_by_an_empty_line() {
        let parsed = parse(
            "# 数据安全法\n\n## 第一章 总  则\n第一条 为了规范\n数据。\n\n> 引文\n>\n> 二段\n\n---\n\n尾\n".to_owned(),
        );
        assert_eq!(parsed.text, "数据安全法\n\n第一章 总  则\n\n第一条 为了规范\n数据。\n\n引文\n\n二段\n\n尾");
        let headings: Vec<_> = parsed.headings.iter().map(|h| (&parsed.text[h.span.range()], h.level)).collect();
        assert_eq!(headings, [("数据安全法", 1), ("第一章 总  则", 2)]);
        assert_eq!(parsed.declared.title.as_deref(), Some("数据安全法"));
    }

    #[test]
    fn ordinals_stay_as_written_and_bullets_go() {
        assert_eq!(text_of("1. 甲\n3. 乙\n4) 丙"), "1. 甲\n3. 乙\n\n4) 丙");
        assert_eq!(text_of("1. a\n1. b\n1. c"), "1. a\n2. b\n3. c");
        assert_eq!(text_of("- a\n- b\n  1. c\n  2. d\n\n  e\n- f"), "a\nb\n1. c\n2. d\n\ne\nf");
        assert_eq!(text_of("2021. 年报\n\n1.中華民國九十年"), "2021. 年报\n\n1.中華民國九十年");
        assert_eq!(text_of("1.\n\n2. b"), "1. \n2. b");
    }

    #[test]
    fn titles_in_ascii_brackets_are_text() {
        let title = "《关于修改<中华人民共和国海洋环境保护法>等七部法律的决定》";
        assert_eq!(text_of(title), title);
        assert_eq!(
            text_of("under the <Clean Air Act> of 1970<br>x<!-- y --><span class=z>w</span>"),
            "under the <Clean Air Act> of 1970\nxw"
        );
        assert_eq!(text_of("<Law of the Sea>\n\n<建筑法>"), "<Law of the Sea>\n\n<建筑法>");
        assert_eq!(text_of("<div class=x>\nA &amp; B<br/>C\n</div>\n\n<!-- INFO END -->\n\nD"), "A & B\nC\n\nD");
        assert_eq!(text_of("<table>\n<tr><td>2016</td><td>74.6</td></tr>\n</table>"), "2016\t74.6");
    }

    #[test]
    fn numbers_survive_the_markup() {
        assert_eq!(
            text_of("罚款5~10万元，或者15~20万元；**重**的*加倍*，`x`"),
            "罚款5~10万元，或者15~20万元；重的加倍，x"
        );
        assert_eq!(text_of("| 年 | GDP |\n|---|---|\n| 2016 | 74.6 |"), "年\tGDP\n2016\t74.6");
        assert_eq!(text_of("2,500[^1]\n\n[^1]: 不含税"), "2,500[1]\n\n[1] 不含税");
        assert_eq!(
            text_of("[法](http://x.cn) ![图](a.png) <http://y.cn> 综合政务\\其他 \\[sic\\]"),
            "法 图 http://y.cn 综合政务\\其他 [sic]"
        );
    }

    #[test]
    fn a_sentence_that_looks_like_an_address_is_kept() {
        assert_eq!(
            text_of("一\n\n[注]: 本办法自2021年起施行。\n\n二 [b]\n\n[b]: http://x.cn"),
            "一\n\n[注]: 本办法自2021年起施行。\n\n二 b"
        );
        assert_eq!(text_of("[注]: 施行。"), "[注]: 施行。");
    }

    #[test]
    fn indented_paragraphs_are_paragraphs() {
        let order = "Title\n\n     By the authority vested in me\n     as *President*:\n\n     Section 1. \\[sic\\]\n";
        assert_eq!(text_of(order), "Title\n\nBy the authority vested in me\nas President:\n\nSection 1. [sic]");
        assert_eq!(text_of("```\n  code\n```"), "  code");
    }

    #[test]
    fn any_depth_is_read_in_time() {
        for marks in [">", "- ", "* ", "> - ", "1. ", "[", "*a ", "_", "`", "<b>", "![", "\\[", "&", "<"] {
            let start = std::time::Instant::now();
            let text = text_of(&format!("依照《数据安全法》\n{}\n{}尾", marks.repeat(30_000), "\n".repeat(10_000)));
            assert!(text.contains("《数据安全法》") && text.ends_with('尾'), "{marks}");
            assert!(start.elapsed().as_secs() < 4, "{marks}: {:?}", start.elapsed());
        }
    }
}

//! Web pages: the article, without what stands around it.
//!
//! `<li>今天是2019年3月1日 星期五</li>` in a page head is a date that no document states; the related links
//! of a notice name laws that the notice does not. So navigation, footer and link lists are left out.
//!
//! The page is read in one pass over its tags, without building a tree: 100,000 nested `<div>` then cost
//! no more than 100,000 other tags. Scripts are not run and nothing is fetched.

mod element;
mod page;
mod reference;
mod region;
mod tags;

pub(super) use element::is_known_tag;

use super::declared::Parsed;
use crate::text::Heading;

/// Text, headings and declarations of a page.
pub(super) fn parse(source: String) -> Parsed {
    let page = page::Page::of(&source);
    drop(source);
    region::main_text(page)
}

/// All text of a page, with its headings: for pages that have no furniture.
pub(super) fn whole(source: &str) -> (String, Vec<Heading>) {
    let page = page::Page::of(source);
    (page.text, page.headings)
}

/// All text of a piece of markup inside another format.
pub(super) fn fragment_text(source: &str) -> String {
    let mut text = page::Page::of(source).text;
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read::Reason, text::Language};

    fn text_of(source: &str) -> String {
        parse(source.to_owned()).text
    }

    #[test]
    fn an_article_comes_without_its_surroundings() {
        let page = "<html lang='zh-Hans'><head><meta charset=utf-8><title>通知_中国政府网</title><script>var d='2019年1月1日'</script></head>\
            <body><header><ul class=nav><li><a href=/>首页</a></li><li>今天是2019年3月1日</li></ul></header>\
            <div class='breadcrumb'><a href=/>Home</a> &gt; x</div>\
            <article class='content'><h1>关于节假日的通知</h1><p>一、元旦：放假<b>3天</b>。</p><p>国务院办公厅</p></article>\
            <aside><h3>相关</h3><a href=/a>2018-12-06</a></aside><div class=footer>京ICP备05070218号</div></body></html>";
        let parsed = parse(page.to_owned());
        assert_eq!(parsed.text, "关于节假日的通知\n一、元旦：放假3天。\n国务院办公厅\n");
        assert_eq!(parsed.declared.title.as_deref(), Some("关于节假日的通知"));
        assert_eq!(parsed.declared.language, Some(Language::Zh));
        assert_eq!(&parsed.text[parsed.headings[0].span.range()], "关于节假日的通知");
    }

    #[test]
    fn a_heading_above_the_body_of_the_text_belongs_to_it() {
        let page = "<div class=header-logo>政府网</div><h1>数据安全法</h1><div class=info>字号：大 中 小</div>\
            <div id=zoom><p>第一条　为了规范数据处理活动，保障数据安全，促进数据开发利用。</p></div>";
        assert_eq!(text_of(page), "数据安全法\n第一条　为了规范数据处理活动，保障数据安全，促进数据开发利用。\n");
    }

    #[test]
    fn headings_inside_headings_come_in_order() {
        let parsed = parse("<h2>第一章 总则<h3>第一节 目的</h3></h2><p>第一条　为了规范数据处理活动。</p>".to_owned());
        let starts: Vec<(usize, u8)> = parsed.headings.iter().map(|h| (h.span.start(), h.level)).collect();
        assert!(starts.len() == 2 && starts.is_sorted(), "{starts:?}");
    }

    #[test]
    fn a_page_wrapped_in_a_form_is_still_a_page() {
        let page = "<body><form id=aspnetForm><div>第一條　為推動電子簽章之普及運用，確保電子簽章之安全，特制定本法。</div></form></body>";
        assert_eq!(text_of(page), "第一條　為推動電子簽章之普及運用，確保電子簽章之安全，特制定本法。\n");
    }

    #[test]
    fn tables_keep_their_rows_and_cells() {
        let table = "<table><tr><th>年<th>GDP<tr><td><p>2016</p></td><td>74.6</td></tr><tr><td></td><td>x</td></table>";
        assert_eq!(text_of(table), "年\tGDP\n2016\t74.6\n\tx\n");
    }

    #[test]
    fn hidden_and_unseen_parts_stay_out() {
        let page = "a<span style='display: none'>b<span>c</span></span>d<p hidden>e</p><svg><text>f</text></svg><!-- g -->\
            <style>h</style><template>i</template><noscript>j</noscript><textarea>k</textarea><p>l";
        assert_eq!(text_of(page), "ad\nl\n");
    }

    #[test]
    fn references_and_white_space_are_resolved() {
        assert_eq!(
            text_of("<p>A&amp;B &lt;x&gt; &#146;s &#x7b2c;一条&nbsp;&hellip; &unknown; &"),
            "A&B <x> ’s 第一条\u{a0}… &unknown; &\n"
        );
        assert_eq!(text_of("<p>  第一\n  条  the\n Act </p>"), "第一条 the Act\n");
        assert_eq!(text_of("<pre>a\n  b</pre>c<br>d<br><br>e"), "a\n  b\nc\nd\ne\n");
    }

    #[test]
    fn broken_markup_loses_no_text() {
        assert_eq!(text_of("<p>a</span>b<td>c</p>d < 5 and <中华> <a href='x>e"), "ab\tc\nd < 5 and <中华> e\n");
        assert_eq!(text_of("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"), "a\nb\nc\nd\n");
        assert_eq!(text_of(""), "");
    }

    #[test]
    fn any_depth_is_read_in_time() {
        // Far above what a busy machine takes, far below what time that grows with the square would.
        const SECONDS: u64 = 30;
        let page = format!("<p>《数据安全法》</p>{}<p>end", "<div>".repeat(100_000));
        let start = std::time::Instant::now();
        let parsed = parse(page);
        assert!(start.elapsed().as_secs() < SECONDS);
        assert_eq!(parsed.text, "《数据安全法》\nend\n");
        assert_eq!(parsed.notes[0].0, Reason::TooDeep);
        for bomb in
            ["<b><i>x", "<a href=1><p>", "<table><tr><td>", "</p>", "<li>", "&nosuch", "<a x='", "<svg>", "<!--x"]
        {
            let start = std::time::Instant::now();
            parse(bomb.repeat(100_000));
            assert!(start.elapsed().as_secs() < SECONDS, "{bomb}");
        }
    }

    #[test]
    fn meta_elements_declare_date_and_issuer() {
        let page = "<meta name='PubDate' content='2018-12-06 10:20'><meta name=ContentSource content=国务院><p>x";
        let parsed = parse(page.to_owned());
        assert_eq!(parsed.declared.date.map(|d| d.to_string()).as_deref(), Some("2018-12-06"));
        assert_eq!(parsed.declared.fields["source"], "国务院");
    }
}

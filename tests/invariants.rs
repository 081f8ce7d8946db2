//! What holds for every text, however odd: nothing panics, spans lie on characters and never cross, sentences
//! leave out nothing, and what was folded finds its way back.
//!
//! Real folders hold OCR with half a 《, tables of long digits, lines of soft hyphens. No list of cases covers
//! them, so texts are made up from the pieces of policy language and from their ruins.

use std::sync::OnceLock;

use proptest::prelude::*;
use tongwen::{
    engine::{Engine, Token},
    extract::{Extractor, Layers},
    resolve::{Context, TitleIndex, resolve},
    segment::{Scratch, UnknownWords, sections},
    text::{Document, Flow, OffsetMap, Span},
    value::{Kind, numeral},
    wire,
};

struct Stages {
    engine: Engine,
    extractor: Extractor,
    titles: TitleIndex,
}

fn stages() -> &'static Stages {
    static STAGES: OnceLock<Stages> = OnceLock::new();
    STAGES.get_or_init(|| {
        let engine = Engine::load(None, UnknownWords::Split).expect("the built-in rules load");
        let (extractor, titles) = (Extractor::new(&engine.rules), TitleIndex::new(&engine.rules));
        Stages { engine, extractor, titles }
    })
}

// ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────

const HAN_DIGITS: &str = "[〇零一二三四五六七八九十百千万亿两廿壹贰叁拾佰仟]{1,8}";

/// Titles of both languages, listed and unlisted, with titles inside titles.
fn title() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        Just("中华人民共和国网络安全法".to_owned()),
        Just("数据安全法".to_owned()),
        Just("刑法".to_owned()),
        Just("法治社会建设实施纲要（2020－2025年）".to_owned()),
        Just("优化营商环境条例（试行）".to_owned()),
        "[一-龥]{2,12}(法|条例|办法|规定|决定|通知|意见)",
    ];
    let nested = (plain.clone(), plain.clone()).prop_map(|(inner, outer)| format!("关于贯彻〈{inner}〉的{outer}"));
    let doubled = plain.clone().prop_map(|inner| format!("关于修改《{inner}》的决定"));
    prop_oneof![4 => plain, 1 => nested, 1 => doubled]
}

fn chinese() -> impl Strategy<Value = String> {
    prop_oneof![
        title().prop_map(|t| format!("《{t}》")),
        title().prop_map(|t| format!("《{t}》（以下简称《决定》）")),
        title(),
        Just("中华人民共和国刑法第二百一十九条".to_owned()),
        (1_u32..400, 0_u32..9, 0_u32..9).prop_map(|(a, p, i)| format!("第{a}条第{p}款第（{i}）项")),
        HAN_DIGITS.prop_map(|n| format!("第{n}条")),
        Just("前条第二项、第（五）项至第（七）项、本条例、该法、《决定》".to_owned()),
        (1900_i32..2060, 0_u32..15, 0_u32..40).prop_map(|(y, m, d)| format!("{y}年{m}月{d}日")),
        (0_u32..15, 0_u32..40, 0_u32..40).prop_map(|(m, d, e)| format!("{m}月{d}日至{e}日")),
        HAN_DIGITS.prop_map(|n| format!("{n}年{n}月{n}日")),
        Just("两年后、近三年来、“十四五”期间、明年四月、2020－2025年、上世纪八十年代末".to_owned()),
        "[0-9]{1,12}(，[0-9]{3}){0,3}(\\.[0-9]{1,4})?(万|亿|万亿)?(元|美元|人|名|%|％|个百分点|平方公里|日|个工作日|年)(以上|以下|左右)?",
        HAN_DIGITS.prop_map(|n| format!("处{n}元以上{n}万元以下罚款")),
        "(国发|国办发|银发)[〔\\[（(][0-9]{4}[〕\\]）)][0-9]{1,3}号",
        Just("中华人民共和国国务院令第147号".to_owned()),
        Just("GB/T 35273-2020、GB 3838—2002".to_owned()),
        Just("，情节严重的，依照本法处理。应当“依法处理。从重处罚”！".to_owned()),
        "[一-龥，。、；：]{1,20}",
    ]
}

fn english() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(
            "the Cybersecurity Law of the People's Republic of China (hereinafter referred to as the \"Law\")"
                .to_owned()
        ),
        Just("the International\nEmergency Economic Powers Act (50 U.S.C. 1701 et seq.) (IEEPA)".to_owned()),
        Just("Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April 2016".to_owned()),
        "(the )?[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9}| of| and| for){0,5} (Act|Law|Regulations|Measures|Code|Plan)( of [12][0-9]{3})?",
        (0_u32..400, 0_u32..9).prop_map(|(a, p)| format!("Article {a}({p}) of the Law, paragraphs {p} and (a)-({p})")),
        Just("section 301(b)(6)(A)-(B) of title 3, United States Code".to_owned()),
        Just("Executive Orders 13660, 13661, and 13662; Public Law 117-167; E.O. 14028".to_owned()),
        (1900_i32..2060, 0_u32..40)
            .prop_map(|(y, d)| format!("by December {d}, {y}, and from May {d} to June {d}, {y}")),
        Just("two years later, the third day of December, A.D. 1951, 17.7.2000, Q3 of 2021, the 1990s".to_owned()),
        "(about |more than |up to )?(\\$|US\\$|€|RMB )?[0-9]{1,9}(,[0-9]{3}){0,3}(\\.[0-9]{1,3})?( million| billion|bn|M)?( yuan| percent|%| tons| people| days| working days)?",
        "(twenty|thirty|one hundred|two thousand)(-three| and five)?( million)? (days|articles|percent|yuan)",
        Just(
            "The Act, this Act, these Regulations and the said Measures apply (see Art. 5, No. 3, U.S.C.).".to_owned()
        ),
        "[A-Za-z ,.;:'\"()]{1,40}",
    ]
}

/// What is left of text after bad scans and bad software.
fn ruins() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("《".to_owned()),
        Just("》".to_owned()),
        Just("（".to_owned()),
        Just("）〉〈「』“".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n  ".to_owned()),
        Just("\u{3000}\u{a0}\u{200b}\u{ad}\u{feff}".to_owned()),
        Just("\u{0}\u{1b}\u{202e}".to_owned()),
        Just("é\u{301}ß…—·￥㎡①Ⅻ🙂𠮷\u{10ffff}".to_owned()),
        Just("１２．８％，ＡＢＣ　（２０２０）".to_owned()),
        "[0-9]{30,80}",
        "[〇一二三四五六七八九]{20,40}",
        "[.,，。·-]{1,12}",
        "[第条款项年月日元法]{1,6}",
        "\\PC{1,12}",
        any::<String>(),
    ]
}

/// Texts in the manner of policy documents.
fn policy_text() -> impl Strategy<Value = String> {
    let joint =
        prop_oneof![6 => Just(""), 2 => Just("，"), 2 => Just(" "), 2 => Just("。"), 1 => Just(". "), 1 => Just("\n")];
    let piece = prop_oneof![4 => chinese(), 4 => english(), 2 => ruins()];
    prop::collection::vec((piece, joint), 0..14)
        .prop_map(|pieces| pieces.into_iter().map(|(p, joint)| p + joint).collect())
}

// ── what must hold ───────────────────────────────────────────────────────────────────────────────────────────

type Outcome = Result<(), TestCaseError>;

fn on_characters(text: &str, span: Span) -> Outcome {
    prop_assert!(span.end() <= text.len(), "{span:?} in {} bytes", text.len());
    prop_assert!(
        text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()),
        "{span:?} cuts a character of {text:?}"
    );
    Ok(())
}

/// Sorted by start, then longest first, without two that cross.
fn in_order_and_nested(text: &str, spans: &[(Span, Kind)]) -> Outcome {
    let mut open: Vec<Span> = Vec::new();
    for pair in spans.windows(2) {
        let [(a, _), (b, _)] = pair else { continue };
        prop_assert!(
            (a.start(), std::cmp::Reverse(a.end())) <= (b.start(), std::cmp::Reverse(b.end())),
            "{pair:?} out of order in {text:?}"
        );
    }
    for &(span, kind) in spans {
        on_characters(text, span)?;
        prop_assert!(!span.is_empty(), "an empty {kind:?} in {text:?}");
        open.retain(|outer| outer.end() > span.start());
        for outer in &open {
            prop_assert!(
                !outer.crosses(span),
                "{:?} crosses {:?} in {text:?}",
                &text[outer.range()],
                &text[span.range()]
            );
        }
        open.push(span);
    }
    Ok(())
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\u{feff}')
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mentions_lie_on_characters_and_never_cross(text in policy_text()) {
        let Stages { engine, extractor, .. } = stages();
        let flow = Flow::of(&text);
        let text = flow.as_str();
        for layers in [Layers::Top, Layers::All] {
            let found = extractor.extract(&engine.rules, text, layers);
            in_order_and_nested(text, &found.iter().map(|m| (m.span, m.kind)).collect::<Vec<_>>())?;
            prop_assert!(layers == Layers::All || found.iter().all(|m| !matches!(m.kind, Kind::Number | Kind::Ordinal)));
        }
    }

    #[test]
    fn all_layers_hold_what_the_report_shows(text in policy_text()) {
        let Stages { engine, extractor, .. } = stages();
        let flow = Flow::of(&text);
        let text = flow.as_str();
        let top = extractor.extract(&engine.rules, text, Layers::Top);
        let all = extractor.extract(&engine.rules, text, Layers::All);
        for shown in top {
            // A date or an amount may stand in a longer one there (今年 before 3月, 最多 before 三元; a fraction in a
            // number); everything else stands where it stood.
            let dated = |kind| matches!(kind, Kind::Date | Kind::DateRange);
            let measured = |kind| matches!(kind, Kind::Money | Kind::Percent | Kind::Duration | Kind::Figure);
            let kept = all.iter().any(|m| if dated(shown.kind) {
                dated(m.kind) && m.span.contains(shown.span)
            } else if measured(shown.kind) {
                (m.kind == shown.kind || m.kind == Kind::Number) && m.span.contains(shown.span)
            } else {
                m.kind == shown.kind && m.span == shown.span
            });
            prop_assert!(kept, "{:?} {:?} is missing among all layers of {text:?}", shown.kind, &text[shown.span.range()]);
        }
    }

    #[test]
    fn resolving_is_total_and_loses_no_mention(text in policy_text()) {
        let Stages { engine, extractor, titles } = stages();
        let flow = Flow::of(&text);
        let text = flow.as_str();
        let found = extractor.extract(&engine.rules, text, Layers::Top);
        let spans: Vec<(Span, Kind)> = found.iter().map(|m| (m.span, m.kind)).collect();
        let mut entities = engine.entities();
        let document = Document { text: text.to_owned(), ..Document::default() };
        let mut context = Context::for_document(&document, &engine.rules, titles, &mut entities);
        let resolved = resolve(text, found, &engine.rules, titles, &mut entities, &mut context);
        let after: Vec<(Span, Kind)> = resolved.iter().map(|r| (r.mention.span, r.mention.kind)).collect();
        in_order_and_nested(text, &after)?;
        for one in spans {
            prop_assert!(after.contains(&one), "{:?} was lost in {text:?}", &text[one.0.range()]);
        }
        for one in &resolved {
            prop_assert!(one.candidates.is_empty() || one.entity.is_none(), "chosen and undecided at once in {text:?}");
            if let Some(antecedent) = one.antecedent {
                on_characters(text, antecedent)?;
            }
        }
    }

    #[test]
    fn the_words_of_a_mention_are_those_of_the_text(text in policy_text()) {
        let engine = &stages().engine;
        let characters: Vec<char> = text.chars().collect();
        let document = Document { id: "made-up".into(), text: text.clone(), ..Document::default() };
        let mut entities = engine.entities();
        let mut lines = Vec::new();
        let lost = engine.read(&document, Layers::All, &mut entities, |section, entities| {
            for found in &section.mentions {
                let line = wire::line(found, &section.frame, &engine.rules, entities);
                lines.push((line.kind, line.start as usize, line.end as usize, line.text.to_owned(), line.rule.to_owned()));
            }
        });
        prop_assert_eq!(lost, 0, "a panic while reading {:?}", &text);
        for (kind, start, end, words, rule) in lines {
            prop_assert!(start < end && end <= characters.len(), "{} {}..{} of {}", kind, start, end, characters.len());
            prop_assert_eq!(characters[start..end].iter().collect::<String>(), words);
            prop_assert!(engine.rules.id(&rule).is_some(), "found by {}, which is no rule", rule);
        }
    }

    #[test]
    fn sentences_leave_out_nothing_but_blanks(text in policy_text()) {
        let engine = &stages().engine;
        let flow = Flow::of(&text);
        let text = flow.as_str();
        let (mut end, mut paragraph, mut wrong) = (0, 0, None);
        engine.segmenter.sentences(text, |sentence| {
            let span = sentence.span;
            if wrong.is_some() {
                return;
            }
            let between = text.get(end..span.start());
            if !between.is_some_and(|b| b.chars().all(is_blank)) {
                wrong = Some(format!("{between:?} before {:?}", text.get(span.range())));
            } else if span.is_empty() || sentence.paragraph < paragraph {
                wrong = Some(format!("{sentence:?} behind paragraph {paragraph}"));
            } else if text.get(span.range()).is_none_or(|s| s.starts_with(is_blank) || s.ends_with(is_blank)) {
                wrong = Some(format!("{:?} has blanks around it", text.get(span.range())));
            }
            (end, paragraph) = (span.end(), sentence.paragraph);
        });
        prop_assert!(wrong.is_none(), "{wrong:?} in {text:?}");
        prop_assert!(text[end..].chars().all(is_blank), "{:?} is in no sentence", &text[end..]);
    }

    #[test]
    fn words_are_folded_and_of_the_text(text in policy_text()) {
        let engine = &stages().engine;
        let folded = text.to_lowercase();
        let mut scratch = Scratch::default();
        let mut wrong = None;
        engine.segmenter.words(&text, &mut scratch, |word| {
            let word = word.text();
            let fine = !word.is_empty() && word.starts_with(char::is_alphabetic) && folded.contains(word);
            // Characters whose lower case depends on their neighbours (Σ) are no business of ours.
            if !fine && word.chars().all(|c| c.is_ascii() || c >= '\u{3000}') {
                wrong = Some(word.to_owned());
            }
        });
        prop_assert!(wrong.is_none(), "{wrong:?} of {text:?}");
    }

    #[test]
    fn tokens_come_with_every_sentence(text in policy_text()) {
        let engine = &stages().engine;
        let document = Document { text, ..Document::default() };
        let mut entities = engine.entities();
        let mut scratch = Scratch::default();
        let mut numbers = 0;
        engine.read(&document, Layers::Top, &mut entities, |section, _| {
            for sentence in 0..section.sentences.len() {
                section.tokens(sentence, engine, &mut scratch, |token| {
                    numbers += usize::from(matches!(token, Token::Word(word) if word.text().bytes().all(|b| b.is_ascii_digit())));
                });
            }
            // Every mention begins in a sentence.
            assert!(section.mentions.iter().all(|m| section.sentence_of(m.mention.span).is_some()));
        });
        prop_assert_eq!(numbers, 0);
    }

    #[test]
    fn the_flow_finds_its_way_back(text in policy_text()) {
        let flow = Flow::of(&text);
        let view = flow.as_str();
        let places: Vec<usize> = view.char_indices().map(|(at, _)| at).chain([view.len()]).collect();
        let mut last = Span::new(0, 0);
        for pair in places.windows(2) {
            let original = flow.original(Span::of(pair[0], pair[1]));
            on_characters(&text, original)?;
            prop_assert!(original.start() >= last.start() && original.end() >= last.end(), "{last:?} then {original:?} in {text:?}");
            last = original;
        }
        let whole = flow.original(Span::of(0, view.len()));
        on_characters(&text, whole)?;
        // Where nothing was folded the view is the text.
        prop_assert!(view != text || view.is_empty() || whole == Span::of(0, text.len()));
        prop_assert_eq!(Flow::of(view).as_str().is_empty(), view.is_empty());
    }

    #[test]
    fn numerals_do_not_overlap(text in policy_text()) {
        let mut end = 0;
        for numeral in numeral::scan(&text) {
            on_characters(&text, numeral.span)?;
            prop_assert!(numeral.span.start() >= end && !numeral.span.is_empty(), "{:?} in {text:?}", numeral.span);
            end = numeral.span.end();
        }
    }

    #[test]
    fn characters_are_counted_as_chars_counts_them(text in policy_text()) {
        let map = OffsetMap::new(&text);
        for (number, (at, _)) in text.char_indices().enumerate() {
            prop_assert_eq!(map.char_at(&text, at) as usize, number);
        }
        prop_assert_eq!(map.char_at(&text, text.len()) as usize, text.chars().count());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sections_put_the_text_back_together(piece in policy_text(), times in 1_usize..30_000) {
        let text = piece.repeat(times.min((6 << 20) / piece.len().max(1)));
        let mut end = 0;
        for section in sections(&text) {
            prop_assert_eq!(section.start, end);
            prop_assert!(section.end > end && text.is_char_boundary(section.end));
            end = section.end;
        }
        prop_assert_eq!(end, text.len());
    }
}

/// Texts with which something once failed.
#[test]
fn texts_that_once_failed_do_so_no_more() {
    let engine = &stages().engine;
    for text in ["第八条 两个以上", "第八条 两个以上é", "两所以上院"] {
        let document = Document { id: "a".to_owned(), text: text.to_owned(), ..Document::default() };
        let lost = engine.read(&document, Layers::All, &mut engine.entities(), |_, _| {});
        assert_eq!(lost, 0, "{text}");
    }
}

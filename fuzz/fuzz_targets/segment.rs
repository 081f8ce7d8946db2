#![no_main]

use std::sync::OnceLock;

use tongwen::{segment::Scratch, text::Language};
use tongwen_fuzz::engine;

// Chinese words are those of jieba-rs; sentences cover all of the text but blanks.
libfuzzer_sys::fuzz_target!(|text: &str| {
    static JIEBA: OnceLock<jieba_rs::Jieba> = OnceLock::new();
    let jieba = JIEBA.get_or_init(|| engine().segmenter.jieba());
    for line in text.lines() {
        let mut ours: Vec<String> = Vec::new();
        engine().segmenter.words(line, &mut Scratch::default(), |word| {
            if word.language == Language::Zh {
                ours.push(word.text().to_owned());
            }
        });
        let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        let number = |word: &str| word.chars().all(|c| "〇零一二三四五六七八九十百千万亿两萬億兩".contains(c));
        let theirs: Vec<String> = line
            .split(|c: char| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{3ff}').contains(&c))
            .flat_map(|run| jieba.cut(run, false))
            .map(|token| token.word.to_owned())
            .filter(|word| word.starts_with(han) && !number(word))
            .collect();
        assert_eq!(ours, theirs, "in {line:?}");
    }
    let mut at = 0;
    engine().segmenter.sentences(text, |sentence| {
        assert!(
            text.get(at..sentence.span.start()).is_some_and(|gap| gap.trim_matches([' ', '\n', '\u{feff}']).is_empty())
        );
        at = sentence.span.end();
    });
    assert!(text[at..].trim_matches([' ', '\n', '\u{feff}']).is_empty());
});

//! Radicals become the characters that they look like.
//!
//! Fonts made for print map 网 and ⽹ (U+2F79) to the same drawing, and a PDF then tells the second: one character in
//! ten of a law, and 网络安全法 is found nowhere. NFKC repairs the Kangxi radicals and leaves ⻔, ⺠, ⻛ as they are; the
//! property Equivalent_Unified_Ideograph of the Unicode Character Database knows both blocks.
//!
//! Always true: as many characters come out as go in.

/// U+2E80–2EF3 (CJK Radicals Supplement), each as its ideograph; itself where it has none.
///
/// Source: `EquivalentUnifiedIdeograph.txt` of the Unicode Character Database, version 14.
const SUPPLEMENT: &str = "\
    ⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓\
    罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨\
    鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";
/// U+2F00–2FD5 (Kangxi Radicals), likewise.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
    干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生\
    用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷\
    豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
    黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The text with ideographs in place of radicals (U+2E80–2FD5).
///
/// ```
/// assert_eq!(tongwen::text::fold_radicals("\u{2f79}络安全法".to_owned()), "网络安全法");
/// ```
#[must_use]
pub fn fold_radicals(text: String) -> String {
    if !holds_radical(text.as_bytes()) {
        return text;
    }
    let supplement: Vec<char> = SUPPLEMENT.chars().collect();
    let kangxi: Vec<char> = KANGXI.chars().collect();
    let ideograph = |c: char| match u32::from(c) {
        n @ 0x2e80..=0x2ef3 => supplement.get(n as usize - 0x2e80).copied().unwrap_or(c),
        n @ 0x2f00..=0x2fd5 => kangxi.get(n as usize - 0x2f00).copied().unwrap_or(c),
        _ => c,
    };
    text.chars().map(ideograph).collect()
}

/// All of them begin with the bytes E2 BA to E2 BF, and so do a few characters beside them.
pub(crate) fn holds_radical(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xe2, bytes).any(|at| matches!(bytes.get(at + 1), Some(0xba..=0xbf)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_blocks_are_folded_and_nothing_else() {
        assert_eq!(fold_radicals("\u{2f17}\u{2f08}\u{2f8f}⻔⺠⻛⻓“—”Ⅷ".to_owned()), "十人行门民风长“—”Ⅷ");
        let plain = "第十条 “十”".to_owned();
        let at = plain.as_ptr();
        let folded = fold_radicals(plain);
        assert_eq!(folded.as_ptr(), at, "not copied");
        let all: String = (0x2e80..=0x2fdf).filter_map(char::from_u32).collect();
        let folded = fold_radicals(all.clone());
        assert_eq!(folded.chars().count(), all.chars().count());
        let left = folded.chars().filter(|c| ('\u{2e80}'..='\u{2fdf}').contains(c)).count();
        assert_eq!(left, 352 - 328, "those without an ideograph and those that are no characters");
    }
}

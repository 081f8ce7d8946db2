//! Decides which character encoding a file is in.
//!
//! GBK bytes under the label `gb2312`, Big5 from Taiwan, UTF-16 from Notepad, UTF-8 with three bytes
//! broken by a bad copy: each must give Chinese, none may give mojibake. The order of evidence is: byte
//! order mark; NUL bytes at every second place (UTF-16); valid UTF-8; mostly valid UTF-8; the label of
//! an HTML page; statistics over the bytes.
//!
//! Always true: a file that is UTF-8 but for some broken bytes stays UTF-8, with U+FFFD in their place.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{
    Reason,
    decode::decode_with,
    sniff::{self, Content},
};

/// How much of a file decides about its encoding.
const SAMPLE: usize = 1 << 20;

/// An encoding and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The encoding.
    pub(super) encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub(super) skip: usize,
    /// Whether the evidence would convince a person.
    pub(super) certain: bool,
}

/// Whether the file may name its own encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// An HTML page: `<meta charset="gb2312">`.
    Heeded,
    /// Plain text.
    Ignored,
}

/// The encoding of a text, or why it is none.
pub(super) fn detect(bytes: &[u8], label: Label) -> Result<Verdict, (Reason, String)> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err((Reason::UnsupportedEncoding, "UTF-32; save it as UTF-8".to_owned()));
    }
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return Ok(Verdict { encoding, skip, certain: true });
    }
    if let Some(content) = sniff::content(bytes).filter(|content| *content != Content::Html) {
        return Err((Reason::Binary, format!("its content is not text: {}", content.name())));
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some(encoding) = utf16_by_nul(sample) {
        return Ok(sure(encoding));
    }
    let utf8 = Utf8Evidence::of(bytes);
    if !utf8.looks_valid()
        && let Some(encoding) = utf16_by_script(sample)
    {
        return Ok(sure(encoding));
    }
    let controls = sniff::controls_per_mille(sample);
    if controls > if utf8.looks_valid() { 200 } else { 20 } {
        return Err((Reason::Binary, "its content is not text: too many control characters".to_owned()));
    }
    if utf8.looks_valid() {
        return Ok(sure(UTF_8));
    }
    if label == Label::Heeded
        && let Some(encoding) = labelled(bytes)
        && errors_per_mille(encoding, sample) < 5
    {
        return Ok(sure(encoding));
    }
    Ok(by_statistics(sample))
}

const fn sure(encoding: &'static Encoding) -> Verdict {
    Verdict { encoding, skip: 0, certain: true }
}

/// How many sequences of the bytes are UTF-8, and how many are not.
struct Utf8Evidence {
    /// Characters of three and four bytes: Chinese, typographic quotes. Chance hardly makes one.
    long: usize,
    /// Characters of two bytes. Two letters of GBK can look like one.
    short: usize,
    /// Sequences that are not UTF-8.
    broken: usize,
}

impl Utf8Evidence {
    fn of(bytes: &[u8]) -> Self {
        let mut evidence = Self { long: 0, short: 0, broken: 0 };
        if simdutf8::basic::from_utf8(bytes).is_ok() {
            return evidence;
        }
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid().as_bytes();
            let long = valid.iter().filter(|b| **b >= 0xe0).count();
            let short = valid.iter().filter(|b| (0xc2..0xe0).contains(*b)).count();
            evidence.long = evidence.long.saturating_add(long);
            evidence.short = evidence.short.saturating_add(short);
            evidence.broken = evidence.broken.saturating_add(usize::from(!chunk.invalid().is_empty()));
        }
        evidence
    }

    /// In GBK, Big5 and Latin texts less than one long sequence in thirty comes about by chance.
    const fn looks_valid(&self) -> bool {
        self.broken == 0
            || self.long.saturating_mul(3) >= self.broken
            || self.short.saturating_add(self.long) >= self.broken.saturating_mul(4)
    }
}

/// UTF-16 without a mark: its ASCII (digits, spaces, line feeds) has a NUL at every second place.
///
/// 一 is U+4E00 and has its NUL at the other place, so the places only say which order to try first:
/// English read in the wrong order is all Han characters.
fn utf16_by_nul(sample: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, sample)?;
    let nul_at = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nul_at(0), nul_at(1));
    if even.saturating_add(odd).saturating_mul(200) < sample.len() || sample.len() < 4 {
        return None;
    }
    let orders = if odd >= even { [UTF_16LE, UTF_16BE] } else { [UTF_16BE, UTF_16LE] };
    orders.into_iter().find(|encoding| is_policy_text(encoding, sample, 900))
}

/// UTF-16 without a mark and without ASCII: nearly every pair of bytes is a Han character.
///
/// So is every pair of English letters ("th" is U+7468), but then nearly every byte is ASCII.
fn utf16_by_script(sample: &[u8]) -> Option<&'static Encoding> {
    let ascii = sample.iter().filter(|b| matches!(b, b' '..=b'~')).count();
    if sample.len() < 8 || ascii.saturating_mul(10) > sample.len().saturating_mul(7) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| is_policy_text(encoding, sample, 970))
}

/// Whether at least so many of 1,000 characters are ones that Chinese and English texts use.
fn is_policy_text(encoding: &'static Encoding, sample: &[u8], per_mille: usize) -> bool {
    let pairs = sample.len().min(1 << 16) & !1;
    let sample = sample.get(..pairs).unwrap_or_default();
    let text = decode_with(encoding, sample, 0).text;
    let usual = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{2027}' | '\u{2460}'..='\u{24ff}'
            | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
    };
    let all = text.chars().count();
    all > 0 && text.chars().filter(usual).count().saturating_mul(1000) >= all.saturating_mul(per_mille)
}

/// The label of an HTML page: `charset=gb2312` or `encoding="big5"` in its first 4 KiB.
fn labelled(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_ascii_lowercase();
    let value = ["charset", "encoding"].into_iter().find_map(|key| {
        let (_, after) = head.split_once(key)?;
        let after = after.trim_start().strip_prefix('=')?;
        Some(
            after
                .trim_start_matches([' ', '"', '\''])
                .split(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))
                .next()?
                .to_owned(),
        )
    })?;
    Encoding::for_label(value.as_bytes()).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

/// Sequences of 1,000 that mean nothing in the encoding.
fn errors_per_mille(encoding: &'static Encoding, sample: &[u8]) -> u64 {
    let decoded = decode_with(encoding, sample, 0);
    let wide = decoded.text.chars().filter(|c| !c.is_ascii()).count() as u64;
    // Where nothing is wide nothing was replaced.
    decoded.replaced.saturating_sub(1).saturating_mul(1000).checked_div(wide).unwrap_or(0)
}

/// What statistics say, kept to what Chinese and English texts are written in.
fn by_statistics(sample: &[u8]) -> Verdict {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() < SAMPLE);
    // Never with a top-level domain: with "cn" every Big5 text becomes GBK.
    let guess = detector.guess(None, Utf8Detection::Deny);
    let guess = if guess == GB18030 { GBK } else { guess };
    if guess == GBK || guess == BIG5 {
        return Verdict { encoding: guess, skip: 0, certain: is_convincing(guess, sample) };
    }
    if guess == WINDOWS_1252 && is_latin_prose(sample) {
        return sure(WINDOWS_1252);
    }
    // Short Chinese texts are taken for Japanese or Korean now and then, hardly ever the other way round.
    let chinese = [GBK, BIG5].into_iter().find(|encoding| han_characters(encoding, sample).is_some());
    Verdict { encoding: chinese.unwrap_or(guess), skip: 0, certain: false }
}

/// Whether it decodes to enough Chinese: from eight characters on the statistics hardly ever err.
fn is_convincing(encoding: &'static Encoding, sample: &[u8]) -> bool {
    han_characters(encoding, sample).is_some_and(|han| han >= 8)
}

/// How many Chinese characters it decodes to; `None` where it decodes with faults, or to something else.
fn han_characters(encoding: &'static Encoding, sample: &[u8]) -> Option<usize> {
    let decoded = decode_with(encoding, sample, 0);
    let wide = decoded.text.chars().filter(|c| !c.is_ascii()).count();
    let han = decoded.text.chars().filter(|c| is_chinese(*c)).count();
    // A few broken bytes are counted by the decoder, and the end of the sample may cut a character.
    let faults = usize::try_from(decoded.replaced).unwrap_or(usize::MAX);
    let few = faults <= (han / 200).saturating_add(1);
    let most = han.saturating_mul(100) >= wide.saturating_sub(faults).saturating_mul(95);
    (few && han > 0 && most).then_some(han)
}

const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2040}' | '\u{2460}'..='\u{24ff}' | '\u{b7}')
}

/// Western text: accents stand in words, quotes and dashes between them; `ÿÃ(` is something else.
fn is_latin_prose(sample: &[u8]) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| sample.get(at)).is_some_and(u8::is_ascii_alphabetic);
    sample.iter().enumerate().filter(|(_, b)| !b.is_ascii()).all(|(at, b)| match b {
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0xd0 | 0xd7 | 0xde | 0xf0 | 0xf7 | 0xfe | 0xff => false,
        0xc0.. => letter(at.checked_sub(1)) || letter(at.checked_add(1)),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: &str = "依照《数据安全管理办法》第七条，2021年11月1日起施行，处十万元以下罚款。\n";

    fn encoding_of(bytes: &[u8]) -> &'static str {
        let verdict = detect(bytes, Label::Ignored).unwrap();
        assert!(verdict.certain, "{verdict:?}");
        verdict.encoding.name()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_usual_encoding_of_a_law_is_recognised() {
        assert_eq!(encoding_of(LAW.as_bytes()), "UTF-8");
        assert_eq!(encoding_of(&GBK.encode(LAW).0), "GBK");
        assert_eq!(encoding_of(&BIG5.encode("電子簽章法第三條：本法主管機關為數位發展部。").0), "Big5");
        assert_eq!(encoding_of(&utf16(LAW, u16::to_le_bytes)), "UTF-16LE");
        assert_eq!(encoding_of(&utf16(LAW, u16::to_be_bytes)), "UTF-16BE");
        assert_eq!(encoding_of(&utf16("中华人民共和国网络安全法", u16::to_le_bytes)), "UTF-16LE");
        assert_eq!(encoding_of(&utf16("Section 1. Purpose.", u16::to_be_bytes)), "UTF-16BE");
        assert_eq!(encoding_of(b"the \x93Act\x94 \x97 caf\xe9"), "windows-1252");
        assert_eq!(encoding_of(b""), "UTF-8");
    }

    #[test]
    fn a_few_broken_bytes_do_not_make_another_encoding() {
        let mut bytes = LAW.as_bytes().to_vec();
        bytes.splice(60..60, *b"\xff\xc3(");
        assert_eq!(encoding_of(&bytes), "UTF-8");
        let half = [LAW.as_bytes(), &GBK.encode(LAW).0].concat();
        assert_eq!(encoding_of(&half), "UTF-8", "two files pasted together");
    }

    #[test]
    fn the_label_of_a_page_decides_between_equals() {
        let page = format!("<meta charset=\"gb2312\"><p>{}", "综合");
        let verdict = detect(&GBK.encode(&page).0, Label::Heeded).unwrap();
        assert_eq!((verdict.encoding, verdict.certain), (GBK, true));
        assert_eq!(labelled(b"<?xml version='1.0' encoding='Big5'?>"), Some(BIG5));
        assert_eq!(labelled(b"<meta content='text/html; charset=GB2312'>"), Some(GBK));
    }

    #[test]
    fn too_little_evidence_is_admitted() {
        let verdict = detect(b"a\xffb", Label::Ignored).unwrap();
        assert!(!verdict.certain);
        assert!(!detect(&GBK.encode("联通").0, Label::Ignored).unwrap().certain);
    }

    #[test]
    fn other_files_are_not_text() {
        assert_eq!(detect(b"%PDF-1.7\n", Label::Ignored).unwrap_err().0, Reason::Binary);
        let noise: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(detect(&noise, Label::Ignored).unwrap_err().0, Reason::Binary);
        assert_eq!(detect(b"\xff\xfe\0\0a\0\0\0", Label::Ignored).unwrap_err().0, Reason::UnsupportedEncoding);
    }
}

//! Rich Text Format: Word's and WordPad's older way, still what many offices send.
//!
//! Chinese text stands in it in three ways: `\u20013?` (with a stand-in for older programs that must be skipped),
//! `\'d6\'d0` in the code page of the font or of the file, and plain bytes in that code page. What is not text (fonts,
//! pictures, field codes) stands in groups that begin with a destination.
//!
//! One pass, no recursion: groups are a stack of small states, at most [`MAX_DEPTH`] deep.

mod word;

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1252};

use super::{
    Reason, Refusal,
    composer::Composer,
    declared::{Declared, Parsed},
    properties,
};
use word::{Piece, Pieces};

/// Open groups at a time.
const MAX_DEPTH: usize = 500;

/// Text, headings and declarations of a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let mut body = Body::default();
    let mut pieces = Pieces::of(bytes);
    for piece in pieces.by_ref() {
        body.piece(piece)?;
    }
    let whole = body.groups.len() == 1;
    body.flush();
    if body.composer.is_empty() && !whole {
        return Err((Reason::Malformed, "it ends before its text".to_owned()));
    }
    let mut notes = Vec::new();
    if !whole {
        notes.push((Reason::Malformed, "it ends in the middle of a group".to_owned()));
    }
    if body.replaced > 0 {
        notes.push((Reason::InvalidBytes, format!("{} invalid sequences were replaced", body.replaced)));
    }
    let mut declared = Declared { title: properties::title(&body.title), ..Declared::default() };
    declared.say("author", &body.author);
    let (text, headings) = body.composer.finish();
    Ok(Parsed { text, headings, declared, notes })
}

/// What becomes of the text of a group.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum To {
    #[default]
    Text,
    Nowhere,
    Title,
    Author,
    /// Names of fonts; only their code pages are of interest.
    Fonts,
}

/// The state that a group inherits and gives back at its end.
#[derive(Clone, Copy)]
struct Group {
    to: To,
    /// Characters that stand in for each `\u`.
    stand_ins: usize,
    font: i32,
    hidden: bool,
    deleted: bool,
    /// A note or a text box.
    aside: bool,
}

impl Default for Group {
    fn default() -> Self {
        Self { to: To::Text, stand_ins: 1, font: 0, hidden: false, deleted: false, aside: false }
    }
}

struct Body {
    composer: Composer,
    groups: Vec<Group>,
    /// The code page of the file.
    code_page: &'static Encoding,
    /// Fonts with a code page of their own.
    fonts: Vec<(i32, &'static Encoding)>,
    /// Bytes of a code page that are not yet text.
    pending: Vec<u8>,
    /// High half of a character outside the basic plane.
    surrogate: Option<u16>,
    /// Characters still to skip behind a `\u`.
    skip: usize,
    /// `\*` stood before the next word.
    starred: bool,
    level: Option<u8>,
    in_row: bool,
    title: String,
    author: String,
    replaced: usize,
}

impl Default for Body {
    fn default() -> Self {
        Self {
            composer: Composer::default(),
            groups: vec![Group::default()],
            code_page: WINDOWS_1252,
            fonts: Vec::new(),
            pending: Vec::new(),
            surrogate: None,
            skip: 0,
            starred: false,
            level: None,
            in_row: false,
            title: String::new(),
            author: String::new(),
            replaced: 0,
        }
    }
}

impl Body {
    fn piece(&mut self, piece: Piece<'_>) -> Result<(), Refusal> {
        match piece {
            Piece::Open => {
                self.flush();
                self.skip = 0;
                if self.groups.len() > MAX_DEPTH {
                    return Err((Reason::TooDeep, format!("groups stand deeper than {MAX_DEPTH} levels")));
                }
                let mut group = self.group();
                group.aside = false;
                self.groups.push(group);
            }
            Piece::Close => self.close(),
            Piece::Star => self.starred = true,
            Piece::Word(word, number) => self.word(word, number),
            Piece::Byte(byte) => self.bytes(&[byte]),
            Piece::Text(bytes) => self.bytes(bytes),
        }
        Ok(())
    }

    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or_default()
    }

    fn change(&mut self, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        self.starred = false;
        if self.groups.len() > 1
            && let Some(group) = self.groups.pop()
            && group.aside
        {
            self.composer.end_paragraph(None);
            self.composer.end_aside();
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if self.skip > 0 && word != "u" {
            // A word counts as one stand-in.
            self.skip = self.skip.saturating_sub(1);
            return;
        }
        if word != "u" {
            self.flush();
        }
        let starred = std::mem::take(&mut self.starred);
        match word {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.change(|group| group.stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16)),
            "ansicpg" => self.code_page = number.and_then(code_page).unwrap_or(self.code_page),
            "f" => self.change(|group| group.font = number.unwrap_or(0)),
            "fcharset" => {
                if let Some(encoding) = number.and_then(charset) {
                    let font = self.group().font;
                    self.fonts.push((font, encoding));
                }
            }
            "v" => self.change(|group| group.hidden = number != Some(0)),
            "deleted" => self.change(|group| group.deleted = number != Some(0)),
            "plain" => self.change(|group| (group.hidden, group.deleted) = (false, false)),
            // A title comes in a code page, then again in Unicode.
            "upr" | "ud" => {}
            "title" => {
                self.title.clear();
                self.change(|group| group.to = To::Title);
            }
            "author" => {
                self.author.clear();
                self.change(|group| group.to = To::Author);
            }
            "fonttbl" => self.change(|group| group.to = To::Fonts),
            "footnote" | "shptxt" | "dptxbxtext" => self.begin_aside(),
            _ if is_destination(word) => self.change(|group| group.to = To::Nowhere),
            // What is starred and not known is not text; these two are known.
            _ if starred && !matches!(word, "shpinst" | "nesttableprops") => {
                self.change(|group| group.to = To::Nowhere);
            }
            _ if self.is_seen() => self.layout(word, number),
            _ => {}
        }
    }

    /// Words that stand for characters, or that part paragraphs and cells.
    fn layout(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "page" => {
                let level = self.level;
                self.composer.end_paragraph(level);
                self.composer.begin_paragraph();
            }
            "pard" => {
                self.level = None;
                self.in_row = false;
            }
            "outlinelevel" => self.level = number.and_then(outline_level),
            "intbl" => self.in_row = true,
            "line" | "softline" | "lbr" => self.composer.break_line(),
            "cell" | "nestcell" => self.composer.push("\t"),
            "row" | "nestrow" => {
                self.composer.drop_tab();
                self.composer.end_paragraph(None);
            }
            "tab" => self.composer.push("\t"),
            "emdash" => self.composer.push("—"),
            "endash" => self.composer.push("–"),
            "lquote" => self.composer.push("‘"),
            "rquote" => self.composer.push("’"),
            "ldblquote" => self.composer.push("“"),
            "rdblquote" => self.composer.push("”"),
            "bullet" => self.composer.push("•"),
            "~" => self.composer.push("\u{a0}"),
            "_" => self.composer.push("-"),
            "emspace" | "enspace" | "qmspace" => self.composer.push(" "),
            _ => {}
        }
    }

    fn begin_aside(&mut self) {
        if self.is_seen() {
            self.composer.begin_aside();
            self.composer.begin_paragraph();
            self.change(|group| group.aside = true);
        }
    }

    fn is_seen(&self) -> bool {
        let group = self.group();
        group.to == To::Text && !group.hidden && !group.deleted
    }

    fn unicode(&mut self, number: i32) {
        self.write_pending();
        self.skip = self.group().stand_ins;
        // Numbers above 32,767 are written as negative ones.
        let unit = number as u16;
        let text = match (self.surrogate.take(), unit) {
            (_, 0xd800..=0xdbff) => {
                self.surrogate = Some(unit);
                return;
            }
            (Some(high), 0xdc00..=0xdfff) => String::from_utf16_lossy(&[high, unit]),
            _ => String::from_utf16_lossy(&[unit]),
        };
        // Symbol fonts have their characters in the private area; no text is meant.
        if !matches!(unit, 0 | 0xf000..=0xf0ff) {
            self.write(&text);
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.starred = false;
        self.pending.extend_from_slice(bytes.get(self.skip..).unwrap_or_default());
        self.skip = self.skip.saturating_sub(bytes.len());
    }

    /// Bytes of a code page become text; called before anything that is not a byte.
    fn flush(&mut self) {
        self.write_pending();
        self.surrogate = None;
    }

    fn write_pending(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        if matches!(self.group().to, To::Nowhere | To::Fonts) {
            return;
        }
        let font = self.group().font;
        let own = self.fonts.iter().rev().find(|(number, _)| *number == font).map(|(_, encoding)| *encoding);
        // Chinese fonts name their code page, Latin ones do not mean that there is no Chinese.
        let encoding = own.unwrap_or(self.code_page);
        let (text, faults) = encoding.decode_without_bom_handling(&bytes);
        self.replaced = self.replaced.saturating_add(usize::from(faults && self.is_seen()));
        let text = text.into_owned();
        self.write(&text);
    }

    fn write(&mut self, text: &str) {
        match self.group().to {
            To::Text if self.is_seen() => {
                let text = text.replace('\0', "\u{fffd}");
                self.composer.push(&text);
            }
            To::Title => self.title.push_str(text),
            To::Author => self.author.push_str(text),
            _ => {}
        }
    }
}

/// The level of `\outlinelevel`, which counts from 0; 9 is the body of the text.
fn outline_level(number: i32) -> Option<u8> {
    u8::try_from(number).ok()?.checked_add(1).filter(|level| *level <= 9)
}

/// Groups whose text is not text of the document.
fn is_destination(word: &str) -> bool {
    matches!(
        word,
        "colortbl"
            | "stylesheet"
            | "info"
            | "pict"
            | "object"
            | "fldinst"
            | "header"
            | "headerl"
            | "headerr"
            | "headerf"
            | "footer"
            | "footerl"
            | "footerr"
            | "footerf"
            | "listtable"
            | "listoverridetable"
            | "revtbl"
            | "rsidtbl"
            | "themedata"
            | "colorschememapping"
            | "datastore"
            | "latentstyles"
            | "generator"
            | "xmlnstbl"
            | "pgptbl"
            | "annotation"
            | "atnid"
            | "atnauthor"
            | "bkmkstart"
            | "bkmkend"
            | "nonshppict"
            | "shprslt"
            | "sp"
            | "ftnsep"
            | "ftnsepc"
            | "aftnsep"
            | "aftnsepc"
            | "tc"
            | "xe"
            | "nonesttables"
            | "docvar"
            | "userprops"
            | "subject"
            | "operator"
            | "keywords"
            | "comment"
            | "doccomm"
            | "company"
            | "category"
            | "manager"
            | "creatim"
            | "revtim"
            | "printim"
            | "buptim"
            | "hlinkbase"
    )
}

/// The encoding of a code page.
fn code_page(number: i32) -> Option<&'static Encoding> {
    match number {
        936 | 54936 => Some(GBK),
        950 => Some(BIG5),
        932 => Some(SHIFT_JIS),
        949 => Some(EUC_KR),
        65001 => Some(encoding_rs::UTF_8),
        874 | 1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes()),
        _ => None,
    }
}

/// The encoding of a font's character set; `None` where it says nothing.
fn charset(number: i32) -> Option<&'static Encoding> {
    match number {
        134 => Some(GBK),
        136 => Some(BIG5),
        128 => Some(SHIFT_JIS),
        129 => Some(EUC_KR),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(source: &[u8]) -> String {
        parse(source).unwrap().text
    }

    #[test]
    fn chinese_comes_in_three_ways() {
        assert_eq!(text_of(b"{\\rtf1\\ansi {\\u31532\\'3f\\u-32768?\\uc0\\u26465}1}"), "第耀条1\n");
        assert_eq!(text_of(b"{\\rtf1\\ansi\\ansicpg936 \\'b5\\'da\\'d2\\'bb\\'cc\\'f5}"), "第一条\n");
        assert_eq!(
            text_of(
                b"{\\rtf1\\ansi{\\fonttbl{\\f1\\fcharset136 A;}{\\f0 B;}}\\f1 \\'b2\\'c4\\'a4\\'40\\f0 \\'93x\\'94}"
            ),
            "第一“x”\n"
        );
        assert_eq!(text_of(b"{\\rtf1\\ansi\\ansicpg936 \xb5\xda\xd2\xbb\xcc\xf5}"), "第一条\n");
        assert_eq!(text_of(b"{\\rtf1 \\u55357?\\u56832?}"), "\u{1f600}\n");
    }

    #[test]
    fn what_is_not_text_stays_out() {
        let source = b"{\\rtf1{\\fonttbl{\\f0 Times;}}{\\info{\\title T 1}{\\author A}}{\\*\\unknown x}{\\pict 0102}\
            {\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt link}}{\\v hidden}{\\deleted gone} end\\par}";
        let parsed = parse(source).unwrap();
        assert_eq!(parsed.text, "link end\n");
        assert_eq!((parsed.declared.title.as_deref(), parsed.declared.fields["author"].as_str()), (Some("T 1"), "A"));
    }

    #[test]
    fn paragraphs_cells_notes_and_headings() {
        let source = b"{\\rtf1\\pard\\outlinelevel0 Title\\par\\pard one{\\footnote note\\par} two\\par\
            \\trowd\\intbl a\\cell b\\cell\\row\\pard end\\line x\\par}";
        let parsed = parse(source).unwrap();
        assert_eq!(parsed.text, "Title\none two\nnote\na\tb\nend\nx\n");
        assert_eq!(&parsed.text[parsed.headings[0].span.range()], "Title");
    }

    #[test]
    fn bad_input_ends() {
        assert_eq!(parse(&[b"{\\rtf1".to_vec(), vec![b'{'; 100_000]].concat()).unwrap_err().0, Reason::TooDeep);
        assert_eq!(parse(b"{\\rtf1 text").unwrap().notes[0].0, Reason::Malformed);
        assert_eq!(parse(b"{\\rtf1").unwrap_err().0, Reason::Malformed);
        assert_eq!(text_of(b"{\\rtf1 a}}}}}b{\\bin99999999 x"), "ab\n");
        assert_eq!(text_of(b"{\\rtf1\\bin3 {{{x\\u\\'}"), "x\n");
    }
}

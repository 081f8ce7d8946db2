//! In which article or section, subsection and paragraph a place of an English text stands.
//!
//! "15 (1) The court may …" over "(2) … referred to in subsection (1)" makes that subsection s15(1), and "paragraph 3 of this
//! Article" under the line "Article 28" is a28.p3. The lines that begin with a label tell it.
//!
//! Always true: of a text without such lines nothing is known; a section is only one that can follow the section before it.

mod items;

use memchr::memchr_iter;

use self::items::in_article;

use crate::{
    extract::{Inherits, law::wording::roman},
    text::Span,
};

/// Where the lines of a text stand.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Articles and sections: `a28`, `s15`.
    heads: Vec<String>,
    /// The same, sorted.
    sorted: Vec<String>,
    /// Where the first of them stands.
    first: Option<usize>,
    /// From which byte on a place holds.
    stops: Vec<(usize, Place)>,
    /// Whether the first head is the one that the text before stood in.
    carried: bool,
}

/// A place: the article or section by its number among the heads, the labels below it.
#[derive(Clone, Copy, Default)]
struct Place {
    head: Option<usize>,
    /// Labels of a section: `(1)`, `(a)`, `(i)`.
    labels: [Option<Span>; 3],
    /// The paragraph of an article, counted or numbered.
    paragraph: u32,
    /// The last paragraph with items.
    listed: u32,
    /// The paragraphs are numbered.
    numbered: bool,
    /// No section comes here that is only a number: in a schedule, under "Sec. 2."
    closed: bool,
}

/// Lines that end what has sections.
const CLOSING: [&str; 7] = ["SCHEDULE", "Schedule ", "ANNEX", "Annex ", "APPENDIX", "Appendix ", "FORM "];
/// Lines with which sections begin anew.
const OPENING: [&str; 3] = ["RELATED PROVISIONS", "AMENDMENTS NOT IN FORCE", "— "];

impl<'t> Places<'t> {
    /// Reads the lines of a text; `before` is the article or section in which the text before it ended.
    pub(super) fn of(text: &'t str, before: Option<String>) -> Self {
        let carried = before.is_some();
        let heads = before.into_iter().collect();
        let mut places = Self { text, heads, sorted: Vec::new(), first: None, stops: Vec::new(), carried };
        let mut place = Place { head: carried.then_some(0), ..Place::default() };
        places.stops.push((0, place));
        let (mut start, mut ended) = (0, true);
        for end in memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
            places.line(start, text.get(start..end).unwrap_or_default(), &mut place, &mut ended);
            start = end + 1;
        }
        places.first = places.stops.iter().find(|(_, place)| place.head.is_some()).map(|(start, _)| *start);
        places.sorted.clone_from(&places.heads);
        places.sorted.sort_unstable();
        places.sorted.dedup();
        places
    }

    /// Whether the text has this article or section itself, as one of several.
    pub(super) fn has(&self, reference: &str) -> bool {
        // Sections may have a point in their number: s13.2(1).
        let ends: &[char] = if reference.starts_with('s') { &['(', ','] } else { &['.', ','] };
        let head = reference.split(ends).next().unwrap_or_default();
        self.sorted.len() > 2 && self.sorted.binary_search_by(|known| known.as_str().cmp(head)).is_ok()
    }

    /// Whether a reference stands in one of several articles or sections of the text, and is to one that may be among them: none
    /// with a higher number than all of them.
    pub(super) fn may_hold(&self, at: usize, reference: &str) -> bool {
        let number = |head: &str| {
            let digits = head.get(1..)?.split(|c: char| !c.is_ascii_digit()).next()?;
            digits.parse::<u32>().ok().map(|number| (head.as_bytes()[0], number))
        };
        let Some((kind, sought)) = number(reference) else { return false };
        let highest = self.sorted.iter().filter_map(|head| number(head)).filter(|(k, _)| *k == kind).max();
        self.sorted.len() > 1 && self.at(at).head.is_some() && highest.is_some_and(|(_, highest)| sought <= highest)
    }

    /// Where the text ends.
    pub(super) fn last(&self) -> Option<String> {
        self.stops.last().and_then(|(_, place)| place.head).map(|head| self.heads[head].clone())
    }

    /// Takes note of a line; `ended` says whether the line before it ended a sentence or led to a list.
    fn line(&mut self, start: usize, line: &str, place: &mut Place, ended: &mut bool) {
        const SIGNS: [char; 6] = ['#', '*', '>', ' ', '\t', '\u{a0}'];
        let bare = line.trim_start_matches(SIGNS);
        let Some(first) = bare.bytes().next() else { return };
        let start = start + line.len() - bare.len();
        // "Sec." over "2.  Policy. …", as a page has it whose words are underlined one by one
        let alone = matches!(bare.trim_end(), "Sec." | "Section");
        let plain = if alone { beginning(&self.text[start..]) } else { String::new() };
        if let Some((head, _)) = head(&plain) {
            *place = Place { head: Some(self.heads.len()), closed: true, ..Place::default() };
            self.heads.push(head);
        } else if let Some((head, rest)) = head(bare) {
            *place = Place { head: Some(self.heads.len()), closed: head.starts_with('s'), ..Place::default() };
            self.heads.push(head);
            place.paragraph = u32::from(rest.starts_with(char::is_uppercase));
            self.labels(start + bare.len() - rest.len(), rest, place);
        } else if first.is_ascii_digit() {
            if let Some((number, rest)) = section(bare).filter(|(number, _)| self.may_follow(number, place)) {
                *place = Place { head: Some(self.heads.len()), ..Place::default() };
                self.heads.push(format!("s{number}"));
                self.labels(start + bare.len() - rest.len(), rest, place);
            } else if let Some(number) = numbered_paragraph(bare)
                && (place.numbered || place.paragraph <= 1 && !*ended && number == 1)
            {
                (place.paragraph, place.numbered) = (number, true);
                place.labels = [None; 3];
            } else {
                place.listed = place.paragraph;
                *ended = true;
                return;
            }
        } else if first == b'(' {
            place.listed = place.paragraph;
            self.labels(start, bare, place);
        } else if CLOSING.iter().any(|word| bare.starts_with(word)) && bare.len() < 200 {
            *place = Place { closed: true, ..Place::default() };
        } else if OPENING.iter().any(|word| bare.starts_with(word)) {
            *place = Place::default();
        } else if first.is_ascii_uppercase() && !place.numbered {
            // "A. Boxes" is an item.
            if bare[1..].starts_with(['.', ')']) {
                return;
            }
            place.paragraph += 1;
        } else {
            return;
        }
        *ended = line.trim_end().ends_with(['.', ':', ';', '：', ',']);
        self.stops.push((start, *place));
    }

    /// Labels side by side at the beginning of a line: `(1) (a)`.
    fn labels(&self, start: usize, rest: &str, place: &mut Place) {
        let mut at = 0;
        for _ in 0..3 {
            let from = at + rest[at..].len() - rest[at..].trim_start().len();
            let Some(label) = label(&rest[from..]) else { return };
            self.enter(Span::of(start + from, start + from + label.len()), label, place);
            at = from + label.len();
        }
    }

    /// Puts a label into its level: digits, letters, Roman numerals; under "Sec. 2." letters, then Roman numerals.
    fn enter(&self, span: Span, label: &str, place: &mut Place) {
        let inner = label.trim_matches(['(', ')']);
        let last = |level: usize| place.labels[level].map_or("", |s: Span| &self.text[s.range()]);
        let small = |word: &str| !word.is_empty() && word.bytes().all(|b| b"ivx".contains(&b));
        let digits = inner.starts_with(|c: char| c.is_ascii_digit());
        let level = if digits {
            0
        } else if !inner.starts_with(|c: char| c.is_ascii_lowercase()) {
            return;
        } else {
            // (i) behind (h) is a letter, behind (a) a Roman numeral.
            let letter = usize::from(
                place.labels[0].is_none_or(|s| self.text[s.range()].starts_with("(1"))
                    || last(0).as_bytes().get(1).is_some_and(u8::is_ascii_digit),
            );
            let after = matches!((last(letter), inner), ("(h)", "i") | ("(u)", "v") | ("(w)", "x"));
            if small(inner) && !after && place.labels[letter].is_some() { letter + 1 } else { letter }
        };
        place.labels[level] = Some(span);
        for below in &mut place.labels[level + 1..] {
            *below = None;
        }
    }

    /// Whether a section with this number can come behind the one before.
    fn may_follow(&self, number: &str, place: &Place) -> bool {
        let main = |number: &str| number.split('.').next().and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
        let next = main(number);
        match place.head.map(|head| &self.heads[head]) {
            _ if place.closed => false,
            Some(last) => last.strip_prefix('s').map(main).is_some_and(|last| next >= last && next <= last + 60),
            None => next > 0 && next < 1500,
        }
    }

    fn at(&self, at: usize) -> Place {
        let next = self.stops.partition_point(|&(start, _)| start <= at);
        self.stops[next.saturating_sub(1)].1
    }

    /// The article or section in which `at` stands; before the first one, the one before that.
    fn head(&self, at: usize) -> Option<String> {
        if let Some(head) = self.at(at).head {
            return Some(self.heads[head].clone());
        }
        (self.first? > at && !self.carried).then(|| before(self.heads.first()?))?
    }

    /// The complete form of a reference at `at` that leaves out what stands above it; `words` are its own.
    pub(super) fn complete(&self, at: usize, words: &str, reference: &str, inherits: Inherits) -> Option<String> {
        let (place, head) = (self.at(at), self.head(at)?);
        let head = match (inherits, place.head) {
            (Inherits::PreviousArticle, Some(own)) if own > 0 => self.heads[own - 1].clone(),
            (Inherits::PreviousArticle, _) => before(&head)?,
            _ => head,
        };
        if head.starts_with('a') {
            // "Paragraph 14.5" has its article in it.
            if reference.starts_with('p')
                && reference[1..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.')
                && reference.rsplit('.').next()?.starts_with(|c: char| c.is_ascii_digit())
            {
                return None;
            }
            let paragraph = match inherits {
                Inherits::OwnParagraph => place.paragraph,
                // "Subparagraph 2 of the preceding paragraph": one that has items.
                Inherits::PreviousParagraph if place.listed > 0 && !reference.starts_with('p') => place.listed,
                Inherits::PreviousParagraph => place.paragraph.saturating_sub(1),
                // "point (a)" in a paragraph with a number
                Inherits::OwnArticle if place.numbered && reference.starts_with('(') && !told(words) => place.paragraph,
                _ => 0,
            };
            let paragraph = if paragraph > 0 { format!(".p{paragraph}") } else { String::new() };
            return Some(format!("{head}{paragraph}.{}", in_article(reference, words)));
        }
        if !reference.starts_with('(') {
            return (told(words) && inherits != Inherits::PreviousParagraph).then(|| format!("{head}.{reference}"));
        }
        let above = match inherits {
            Inherits::OwnArticle if told(words) => Some(0),
            Inherits::OwnArticle => {
                Some(depth(words).saturating_sub(reference.split(',').next()?.matches('(').count()))
            }
            Inherits::OwnParagraph => Some(usize::from(words.ends_with("subsection")).max(1)),
            Inherits::PreviousArticle => Some(0),
            _ => None,
        }?;
        let mut stem = head;
        for level in 0..above.min(3) {
            match place.labels[level] {
                Some(label) => stem.push_str(&self.text[label.range()]),
                // A section may have paragraphs without subsections, but no subparagraphs without paragraphs.
                None if level == 0 => {}
                None => return None,
            }
        }
        Some(reference.split(',').map(|part| format!("{stem}{part}")).collect::<Vec<_>>().join(","))
    }
}

/// Whether a reference says itself of what it is a part: "of this section".
fn told(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    ["section", "article"].iter().any(|unit| last.eq_ignore_ascii_case(unit))
}

/// How deep under its section the lowest division of a reference stands: 1 of a subsection.
fn depth(words: &str) -> usize {
    let depth = |word: &str| match word.to_ascii_lowercase().replace("sub-", "sub").trim_end_matches('s') {
        "subsection" => 1,
        "paragraph" => 2,
        "subparagraph" => 3,
        "clause" | "item" | "point" => 4,
        _ => 0,
    };
    words.split(' ').map(depth).max().unwrap_or(0)
}

/// `a28` before `a29`.
fn before(head: &str) -> Option<String> {
    let number: u32 = head[1..].parse().ok()?;
    (number > 1).then(|| format!("{}{}", &head[..1], number - 1))
}

/// The head that a line begins with, and the rest of the line: "Article 28", "Sec. 2. Policy.", "ARTICLE IV".
fn head(line: &str) -> Option<(String, &str)> {
    let words =
        [("Article ", 'a'), ("ARTICLE ", 'a'), ("Sec. ", 's'), ("SEC. ", 's'), ("Section ", 's'), ("SECTION ", 's')];
    let (rest, letter) = words.iter().find_map(|(word, letter)| Some((line.strip_prefix(word)?, *letter)))?;
    let rest = rest.trim_start();
    let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let (number, behind) = (&rest[..length], &rest[length..]);
    let digits = number.starts_with(|c: char| c.is_ascii_digit()) && number.len() < 9;
    let number = if digits { number.to_owned() } else { roman(number).filter(|_| letter == 'a')?.to_string() };
    // "Section 301 of the Act" goes on in a sentence.
    let opens = match letter {
        'a' => {
            let next = behind.trim_start_matches([' ', '\u{3000}', '*']);
            next.is_empty()
                || behind.starts_with(['.', ':', '\u{3000}', '*'])
                || behind.starts_with(' ') && next.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '['))
        }
        _ => behind.trim_start_matches('*').starts_with(['.', ':']),
    };
    opens.then(|| (format!("{letter}{number}"), behind.trim_start_matches(['.', ':', '*', ' ', '\u{3000}', '\u{a0}'])))
}

/// The beginning of a text on one line.
fn beginning(text: &str) -> String {
    text[..text.floor_char_boundary(40)].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "15 (1) The court …", "16 Every person …", "15.—(1) …": the number, and the rest of the line.
fn section(line: &str) -> Option<(&str, &str)> {
    let length = line.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (number, behind) = (line[..length].trim_end_matches('.'), &line[length..]);
    let rest = behind.strip_prefix('—').unwrap_or(behind).trim_start_matches(' ');
    let british = line[..length].ends_with('.') && behind.starts_with("—(");
    // "52 U.S.C. 20901" is a citation.
    let code = ["U.S.C", "CFR", "C.F.R", "Fed", "FR ", "Stat"].iter().any(|code| rest.starts_with(code));
    let opens = !code && rest.starts_with(|c: char| c.is_ascii_uppercase() || c == '[')
        || rest.starts_with('(') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let plain = behind.starts_with(' ') && !line[..length].ends_with('.');
    (opens && (plain || british) && number.len() < 10).then_some((number, rest))
}

/// "4.   Infringements …": the number of a paragraph.
fn numbered_paragraph(line: &str) -> Option<u32> {
    let length = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = line[length..].strip_prefix('.')?;
    (length < 3 && behind.starts_with([' ', '\u{a0}', '\t'])).then(|| line[..length].parse().ok())?
}

/// The label in brackets at the beginning: `(1)`, `(2.1)`, `(a)`, `(iv)`.
fn label(text: &str) -> Option<&str> {
    let close = text.strip_prefix('(')?.bytes().take(6).position(|b| b == b')')? + 1;
    let inner = &text[1..close];
    (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')).then_some(&text[..=close])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The complete form of the words at their last place in the text.
    fn complete(text: &str, words: &str, reference: &str, inherits: Inherits) -> Option<String> {
        Places::of(text, None).complete(text.rfind(words).unwrap(), words, reference, inherits)
    }

    #[test]
    fn a_section_is_that_of_the_lines_above() {
        let text = "Powers\n15 (1) The court may act\n(a) once or\n(b) twice.\nLimit\n(2) An order in subsection (1) or paragraph (b)\n(c) in \
                    subparagraph (i)\n(i) as in paragraph (1)(a).\n16 Every person in paragraph (a)";
        let own = Inherits::OwnArticle;
        assert_eq!(complete(text, "subsection (1)", "(1)", own).as_deref(), Some("s15(1)"));
        assert_eq!(complete(text, "paragraph (b)", "(b)", own).as_deref(), Some("s15(2)(b)"));
        assert_eq!(complete(text, "subparagraph (i)", "(i)", own).as_deref(), Some("s15(2)(c)(i)"));
        assert_eq!(complete(text, "paragraph (1)(a)", "(1)(a)", own).as_deref(), Some("s15(1)(a)"));
        assert_eq!(complete(text, "paragraph (a)", "(a)", own).as_deref(), Some("s16(a)"));
    }

    #[test]
    fn before_the_first_section_it_is_the_one_before() {
        let text = "(2) An order in subsection (1)\n16 Every person";
        assert_eq!(complete(text, "subsection (1)", "(1)", Inherits::OwnArticle).as_deref(), Some("s15(1)"));
        assert_eq!(complete("(2) as in subsection (1)", "subsection (1)", "(1)", Inherits::OwnArticle), None);
    }

    #[test]
    fn paragraphs_of_an_article_are_counted() {
        let text = "Article 6\nOne.\n1. Item\n2. Item\nSubparagraph 1 of the preceding paragraph\nArticle 6-1 (Deleted)\nArticle 7\nParagraph 2 of \
                    the preceding Article, paragraph 1 of this Article";
        let tell = |words: &str, reference: &str, inherits| complete(text, words, reference, inherits);
        let previous = tell("Subparagraph 1", "i1", Inherits::PreviousParagraph);
        assert_eq!(previous.as_deref(), Some("a6.p1.i1"));
        assert_eq!(tell("Paragraph 2", "p2", Inherits::PreviousArticle).as_deref(), Some("a6-1.p2"));
        assert_eq!(tell("paragraph 1 of this Article", "p1", Inherits::OwnArticle).as_deref(), Some("a7.p1"));
    }

    #[test]
    fn numbered_paragraphs_and_sections_of_an_order() {
        let text = "Article 6\nLawfulness of processing\n1.   Processing is lawful:\n(a) if so;\npoint (a) does not apply.\n2.   As in paragraph 1";
        assert_eq!(complete(text, "point (a)", "(a)", Inherits::OwnArticle).as_deref(), Some("a6.p1.ia"));
        assert_eq!(complete(text, "paragraph 1", "p1", Inherits::OwnArticle).as_deref(), Some("a6.p1"));
        let text = "Sec. 4. Supply.  (a) Act.\n(e) See.\n(f) as in subsection (e) of this section";
        assert_eq!(
            complete(text, "subsection (e) of this section", "(e)", Inherits::OwnArticle).as_deref(),
            Some("s4(e)")
        );
        let text = "Sec.\n4.  Supply.  (a)  Act.\n(e) See.\n(f) as in subsection (e) of this section";
        assert_eq!(
            complete(text, "subsection (e) of this section", "(e)", Inherits::OwnArticle).as_deref(),
            Some("s4(e)")
        );
    }
}

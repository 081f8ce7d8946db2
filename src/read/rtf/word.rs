//! The pieces of an RTF file: groups, control words, escaped bytes and plain ones.
//!
//! Line ends in the file mean nothing; `\bin` is followed by raw bytes in which braces mean nothing either.

/// A piece of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\*`: the destination that follows may be left out by those who do not know it.
    Star,
    /// A control word or symbol, with its number.
    Word(&'a str, Option<i32>),
    /// `\'d6`
    Byte(u8),
    /// Plain bytes.
    Text(&'a [u8]),
}

/// The pieces of a file, in order.
pub(super) struct Pieces<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Pieces<'a> {
    /// Takes a file apart.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// What a backslash begins; `None` where it begins nothing.
    fn escaped(&mut self) -> Option<Piece<'a>> {
        let first = *self.bytes.get(self.at)?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        Some(match first {
            b'\'' => {
                let digit = |b: u8| (b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
                let (high, low) = (digit(self.peek(0))?, digit(self.peek(1))?);
                self.at += 2;
                Piece::Byte(high * 16 + low)
            }
            b'*' => Piece::Star,
            b'\\' | b'{' | b'}' => Piece::Text(&self.bytes[self.at - 1..self.at]),
            b'\n' | b'\r' => Piece::Word("par", None),
            b'~' => Piece::Word("~", None),
            b'_' => Piece::Word("_", None),
            _ => return None,
        })
    }

    fn word(&mut self) -> Piece<'a> {
        let letters = self.bytes[self.at..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&self.bytes[self.at..self.at + letters]).unwrap_or_default();
        self.at += letters;
        let sign = usize::from(self.peek(0) == b'-' && self.peek(1).is_ascii_digit());
        let digits = self.bytes[self.at + sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number =
            std::str::from_utf8(&self.bytes[self.at..self.at + sign + digits]).ok().and_then(|n| n.parse().ok());
        self.at += sign + digits;
        self.at += usize::from(self.peek(0) == b' ');
        if name == "bin" {
            let raw = number.and_then(|n: i32| usize::try_from(n).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(raw).min(self.bytes.len());
        }
        Piece::Word(name, number)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let first = *self.bytes.get(self.at)?;
            match first {
                b'{' | b'}' => {
                    self.at += 1;
                    return Some(if first == b'{' { Piece::Open } else { Piece::Close });
                }
                b'\\' => {
                    self.at += 1;
                    if let Some(piece) = self.escaped() {
                        return Some(piece);
                    }
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    let plain = |b: &u8| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.bytes[self.at..].iter().take_while(|b| plain(b)).count();
                    let text = &self.bytes[self.at..self.at + length];
                    self.at += length;
                    return Some(Piece::Text(text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_numbers_and_end_with_a_blank() {
        let pieces: Vec<_> = Pieces::of(b"{\\u-123 a\\'d6\\b0\\*\\x}\n\\{").collect();
        let expected = [
            Piece::Open,
            Piece::Word("u", Some(-123)),
            Piece::Text(b"a"),
            Piece::Byte(0xd6),
            Piece::Word("b", Some(0)),
            Piece::Star,
            Piece::Word("x", None),
            Piece::Close,
            Piece::Text(b"{"),
        ];
        assert_eq!(pieces, expected);
    }
}

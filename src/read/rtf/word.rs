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
    /// What was not read yet.
    rest: &'a [u8],
}

impl<'a> Pieces<'a> {
    /// Takes a file apart.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// So many bytes, or what is left.
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    /// What a backslash begins; `None` where it begins nothing.
    fn escaped(&mut self) -> Option<Piece<'a>> {
        let (first, behind) = self.rest.split_first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.rest = behind;
        Some(match first {
            b'\'' => {
                let [high, low, behind @ ..] = behind else { return None };
                let digit = |b: u8| (b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
                let (high, low) = (digit(*high)?, digit(*low)?);
                self.rest = behind;
                Piece::Byte(high << 4 | low)
            }
            b'*' => Piece::Star,
            b'\\' | b'{' | b'}' => Piece::Text(std::slice::from_ref(first)),
            b'\n' | b'\r' => Piece::Word("par", None),
            b'~' => Piece::Word("~", None),
            b'_' => Piece::Word("_", None),
            _ => return None,
        })
    }

    fn word(&mut self) -> Piece<'a> {
        let letters = self.rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let sign = usize::from(matches!(self.rest, [b'-', b'0'..=b'9', ..]));
        let digits = self.rest.iter().skip(sign).take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = self.take(sign.saturating_add(digits));
        let number = std::str::from_utf8(number).ok().and_then(|n| n.parse().ok());
        self.rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
        if name == "bin" {
            let raw = number.and_then(|n: i32| usize::try_from(n).ok()).unwrap_or(0);
            self.take(raw);
        }
        Piece::Word(name, number)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let (first, behind) = self.rest.split_first()?;
            match first {
                b'{' | b'}' => {
                    self.rest = behind;
                    return Some(if *first == b'{' { Piece::Open } else { Piece::Close });
                }
                b'\\' => {
                    self.rest = behind;
                    if let Some(piece) = self.escaped() {
                        return Some(piece);
                    }
                }
                b'\r' | b'\n' | 0 => self.rest = behind,
                _ => {
                    let plain = |b: &u8| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.rest.iter().take_while(|b| plain(b)).count();
                    return Some(Piece::Text(self.take(length)));
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

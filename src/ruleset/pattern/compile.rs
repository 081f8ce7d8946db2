//! From the pattern language of the rule files to steps.

use super::{Hole, Mistake, Step};
use crate::ruleset::Name;

/// The steps of a pattern and the names of its holes.
pub(super) fn compile(
    source: &str,
    tables: &dyn Fn(&str) -> Option<usize>,
    spaced: bool,
) -> Result<(Vec<Step>, Vec<Name>), Mistake> {
    let mut compiler =
        Compiler { source: source.chars().collect(), at: 0, spaced, tables, steps: Vec::new(), slots: Vec::new() };
    compiler.sequence(None)?;
    compiler.steps.push(Step::Done);
    if compiler.steps.len() == 1 {
        return Err(Mistake { at: 0, message: "the pattern is empty".into(), hint: None });
    }
    Ok((compiler.steps, compiler.slots))
}

/// A pattern while it is read.
struct Compiler<'a> {
    source: Vec<char>,
    at: usize,
    spaced: bool,
    tables: &'a dyn Fn(&str) -> Option<usize>,
    steps: Vec<Step>,
    slots: Vec<Name>,
}

impl Compiler<'_> {
    /// Reads up to `close` (or the end), with alternatives where `close` is a round bracket.
    fn sequence(&mut self, close: Option<char>) -> Result<(), Mistake> {
        let opened = self.at;
        let mut literal = String::new();
        let mut parts = 0;
        while let Some(&c) = self.source.get(self.at) {
            if Some(c) == close || (c == '|' && close.is_some()) {
                self.flush(&mut literal, &mut parts);
                return Ok(());
            }
            self.at += 1;
            match c {
                '{' => {
                    self.flush(&mut literal, &mut parts);
                    self.between(&mut parts);
                    self.hole()?;
                }
                '[' => {
                    self.flush(&mut literal, &mut parts);
                    self.between(&mut parts);
                    let fork = self.fork();
                    self.alternatives(']')?;
                    self.steps[fork] = Step::Either(fork + 1, self.steps.len());
                }
                '(' => {
                    self.flush(&mut literal, &mut parts);
                    self.between(&mut parts);
                    self.alternatives(')')?;
                }
                ']' | ')' | '}' | '|' => {
                    return Err(Mistake {
                        at: self.at - 1,
                        message: format!("`{c}` closes nothing"),
                        hint: Some(format!("write `\\{c}` for the character itself")),
                    });
                }
                '_' => {
                    self.flush(&mut literal, &mut parts);
                    self.steps.push(Step::Blank { required: false });
                }
                ' ' => {
                    // A blank between two words belongs to the literal; beside a hole it is a part of its own.
                    if literal.is_empty()
                        || matches!(self.source.get(self.at), Some('{' | '[' | '(' | ']' | ')') | None)
                    {
                        self.flush(&mut literal, &mut parts);
                        self.steps.push(Step::Blank { required: true });
                    } else {
                        literal.push(' ');
                    }
                }
                '\\' => {
                    if literal.is_empty() {
                        self.between(&mut parts);
                    }
                    literal.extend(self.source.get(self.at).copied());
                    self.at += 1;
                }
                _ => {
                    if literal.is_empty() {
                        self.between(&mut parts);
                    }
                    literal.push(c);
                }
            }
        }
        self.flush(&mut literal, &mut parts);
        match close {
            Some(c) => Err(Mistake {
                at: opened.saturating_sub(1),
                message: format!("this bracket is never closed by `{c}`"),
                hint: None,
            }),
            None => Ok(()),
        }
    }

    fn alternatives(&mut self, close: char) -> Result<(), Mistake> {
        let opened = self.at;
        let mut ends = Vec::new();
        loop {
            let fork = self.fork();
            self.sequence(Some(close))?;
            match self.source.get(self.at) {
                Some('|') => {
                    self.at += 1;
                    ends.push(self.steps.len());
                    self.steps.push(Step::Jump(0));
                    self.steps[fork] = Step::Either(fork + 1, self.steps.len());
                }
                _ => {
                    self.expect(close, opened)?;
                    self.steps[fork] = Step::Jump(fork + 1);
                    break;
                }
            }
        }
        let after = self.steps.len();
        for end in ends {
            self.steps[end] = Step::Jump(after);
        }
        Ok(())
    }

    fn fork(&mut self) -> usize {
        self.steps.push(Step::Jump(0));
        self.steps.len() - 1
    }

    fn expect(&mut self, c: char, opened: usize) -> Result<(), Mistake> {
        if self.source.get(self.at) == Some(&c) {
            self.at += 1;
            return Ok(());
        }
        Err(Mistake {
            at: opened.saturating_sub(1),
            message: format!("this bracket is never closed by `{c}`"),
            hint: None,
        })
    }

    /// In Chinese, blanks are optional between all parts.
    fn between(&mut self, parts: &mut usize) {
        if !self.spaced && *parts > 0 {
            self.steps.push(Step::Blank { required: false });
        }
        *parts += 1;
    }

    fn flush(&mut self, literal: &mut String, _parts: &mut usize) {
        if !literal.is_empty() {
            self.steps.push(Step::Literal(std::mem::take(literal).into_boxed_str()));
        }
    }

    fn hole(&mut self) -> Result<(), Mistake> {
        let start = self.at;
        let Some(length) = self.source[start..].iter().position(|&c| c == '}') else {
            return Err(Mistake { at: start - 1, message: "this hole is never closed by `}`".into(), hint: None });
        };
        let inside: String = self.source[start..start + length].iter().collect();
        self.at = start + length + 1;
        let (name, kind) = match inside.split_once(':') {
            Some((name, kind)) => (name, kind),
            None => (inside.as_str(), inside.trim_end_matches(|c: char| c.is_ascii_digit())),
        };
        let hole = match Hole::NAMES.iter().find(|(n, _)| *n == kind) {
            Some((_, hole)) => *hole,
            None => match (self.tables)(kind) {
                Some(table) => Hole::Words(table),
                None => {
                    let known: Vec<&str> = Hole::NAMES.iter().map(|(n, _)| *n).collect();
                    return Err(Mistake {
                        at: start - 1,
                        message: format!("unknown part {{{kind}}}"),
                        hint: Some(format!(
                            "parts are {}, and the tables under [words] of the same file",
                            known.join(", ")
                        )),
                    });
                }
            },
        };
        let slot = match self.slots.iter().position(|&slot| slot == Name::of(name)) {
            Some(slot) => slot,
            None => {
                self.slots.push(Name::of(name));
                self.slots.len() - 1
            }
        };
        self.steps.push(Step::Hole { hole, slot: u8::try_from(slot).unwrap_or(u8::MAX) });
        Ok(())
    }
}

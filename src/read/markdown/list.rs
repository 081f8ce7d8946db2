//! Labels of list items.
//!
//! Renderers take the first number of a list and count on. An amended law may skip numbers (1, 2, 4), and
//! "under paragraph 4" must find its 4; so the number that was written is kept. Only where an author
//! wrote the same number over and over (1. 1. 1.) is there nothing to keep, and we count.

/// The lists that are open, innermost last.
#[derive(Default)]
pub(super) struct Ordinals {
    open: Vec<Option<List>>,
}

struct List {
    first: u64,
    items: u64,
}

impl Ordinals {
    /// A list begins; `first` is its first number, `None` for bullets.
    pub(super) fn open(&mut self, first: Option<u64>) {
        self.open.push(first.map(|first| List { first, items: 0 }));
    }

    /// The innermost list ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// How many lists are open.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// Label of the next item, `"3. "`; nothing for a bullet. `source` is the item as written.
    pub(super) fn label(&mut self, source: &str) -> String {
        let Some(Some(list)) = self.open.last_mut() else { return String::new() };
        let source = source.trim_start();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        let (written, rest) = source.split_at(digits);
        let repeated = list.items > 0 && written.parse() == Ok(list.first);
        let mark = rest.chars().next().filter(|mark| matches!(mark, '.' | ')')).unwrap_or('.');
        let label = if repeated || digits == 0 {
            format!("{}{mark} ", list.first.saturating_add(list.items))
        } else {
            format!("{written}{mark} ")
        };
        list.items = list.items.saturating_add(1);
        label
    }
}

//! Instruments that a text announces without a number: "I have issued an Executive Order that amends Executive Order 14024".
//!
//! "The order" of a letter or a fact sheet is the one that it announces, not the one that this one changes; nobody has named it, so
//! it has no entity.

use super::{EntityIx, Names};

/// What is announced, by the head of what means it later.
const ANNOUNCED: [(&str, [&str; 3]); 2] = [
    ("order", ["an Executive Order", "an executive order", "an Order"]),
    ("proclamation", ["a Proclamation", "a proclamation", "a new Proclamation"]),
];
/// So many bytes around it say that it was issued.
const NEAR: usize = 80;

impl Names<'_> {
    /// Where the text announces an instrument that is called so; a place behind all places if it never does.
    pub(super) fn announced(&self, head: &str) -> usize {
        let places = self.announced.get_or_init(|| ANNOUNCED.map(|(_, forms)| first(self.text, &forms)));
        let index = ANNOUNCED.iter().position(|(kind, _)| *kind == head.trim_end_matches('s'));
        index.and_then(|index| places.get(index).copied()).unwrap_or(usize::MAX)
    }
}

impl Names<'_> {
    /// Whether an order or a proclamation is called by its number.
    pub(super) fn has_number(&self, entity: EntityIx) -> bool {
        let title = self.entities.canonical(entity, &self.rules.registry);
        let number = ["Executive Order ", "Proclamation "].iter().find_map(|kind| title.strip_prefix(kind));
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// The first of these words beside which stands that somebody signs or issues.
fn first(text: &str, forms: &[&str]) -> usize {
    let issued = |at: usize, form: &str| {
        let from = text.ceil_char_boundary(at.saturating_sub(NEAR));
        let to = text.floor_char_boundary((at + form.len() + NEAR / 2).min(text.len()));
        let (before, behind) = (&text[from..at], &text[at + form.len()..to]);
        let before = before.rsplit('.').next().unwrap_or(before);
        ["sign", "issu"].iter().any(|verb| before.contains(verb))
            || ["I have issued", "he signed", "signed today", "that I have issued"].iter().any(|by| behind.contains(by))
    };
    let place = |form: &&str| {
        let whole = |&at: &usize| !text.as_bytes().get(at + form.len()).is_some_and(u8::is_ascii_alphanumeric);
        // "an Executive Order 14105" has a number.
        let numbered = |at: usize| text[at + form.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        let mut places = text.match_indices(*form).map(|(at, _)| at);
        places.find(|at| whole(at) && !numbered(*at) && issued(*at, form))
    };
    forms.iter().filter_map(place).min().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_announced_where_somebody_issues_it() {
        let of = |text: &str| first(text, &ANNOUNCED[0].1);
        assert_eq!(of("I have issued an Executive Order that amends Executive Order 14024."), 14);
        assert_eq!(of("This is about an executive order of 2001."), usize::MAX);
    }
}

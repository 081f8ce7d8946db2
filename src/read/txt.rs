//! Plain text: taken as it stands.

use super::{declared::Parsed, front_matter::front_matter};

/// The text; a block of front matter is cut off and understood.
pub(super) fn parse(mut text: String) -> Parsed {
    let Some((declared, start)) = front_matter(&text) else {
        return Parsed { text, ..Parsed::default() };
    };
    text.drain(..start);
    Parsed { text, declared, ..Parsed::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stays_as_it_is() {
        let text = "  第一条\n\n\t* not a list\n";
        assert_eq!(parse(text.to_owned()).text, text);
        let parsed = parse("---\ntitle: T\n---\nbody\n".to_owned());
        assert_eq!((parsed.text.as_str(), parsed.declared.title.as_deref()), ("body\n", Some("T")));
    }
}

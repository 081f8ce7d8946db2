//! Names behind a year that tells when something was: "the 2015 Tianjin explosion", but not "the 2003 Act".
//!
//! Always true: of the name of an instrument nothing is skipped.

/// What follows the name of a place: " explosion" behind " Tianjin explosion".
pub(super) fn behind_name(behind: &str) -> &str {
    const HEADS: [&str; 22] = [
        "Act",
        "Law",
        "Code",
        "Regulations",
        "Regulation",
        "Rules",
        "Order",
        "Orders",
        "Convention",
        "Agreement",
        "Treaty",
        "Protocol",
        "Plan",
        "Measures",
        "Provisions",
        "Opinions",
        "Notice",
        "Constitution",
        "Bill",
        "Directive",
        "Ordinance",
        "Decision",
    ];
    let Some(next) = behind.strip_prefix([' ', '\n']) else { return behind };
    let length = next.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = next.split_at(length);
    let named = length > 3
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        && rest.starts_with(' ')
        && rest[1..].starts_with(|c: char| c.is_ascii_lowercase())
        && !HEADS.contains(&word)
        && !word.ends_with('s');
    if named { rest } else { behind }
}

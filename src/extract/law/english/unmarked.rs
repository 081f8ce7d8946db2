//! Finds numbers of bodies of the mainland without "No.", or with their year before it: GACC Decree 248, MOFCOM Announcement 2025 No. 18.
//!
//! Always true: the body is one of the list of issuers.

use super::{
    Page, body,
    number::{Found, issuer_from, no, number},
};

/// Reads the number behind Order, Decree or Announcement at `at`.
pub(super) fn unmarked(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    if !number(words, at + 1, 4) {
        return None;
    }
    let serial = no(words, at + 2);
    let dated = words.str(at + 1).len() == 4 && serial > at + 2 && number(words, serial, 4);
    let announced = words.is(at, "Announcement");
    let plain = !dated && !announced && words.str(at + 1).len() < 4 && !words.is_any(at + 2, &["of", "-", "/"]);
    if !(dated || plain) {
        return None;
    }
    let from = issuer_from(words, at);
    let body = body::issuers(page, &words.joined(from, at).replace('’', "'"))?;
    let word = if announced { "公告" } else { "令" };
    let (to, norm) = if dated {
        (serial + 1, format!("{body}{word}{}年第{}号", words.str(at + 1), words.str(serial)))
    } else {
        (at + 2, format!("{body}{word}第{}号", words.str(at + 1)))
    };
    Some(Found { from, to, norm, titled: false })
}

//! A file's name as text, without loss.
//!
//! On Unix a name is any bytes but `/` and NUL: `\xff\xe4.txt` and a name with a line feed and a
//! terminal escape both exist. Reports need one line of valid text, and two names must never become one.
//!
//! Always true: no control character comes out, and different names stay different.

use std::{fmt::Write, path::Path};

/// The parts of a relative path joined by `/`, with everything that is not plain text escaped.
///
/// Bytes that are not UTF-8 become `\xNN`, control characters `\n` or `\u{1b}`, a backslash `\\`.
pub(super) fn identifier(path: &Path) -> String {
    let mut id = String::new();
    for part in path.components() {
        // The root of an absolute path is a slash itself.
        if !id.is_empty() && !id.ends_with('/') {
            id.push('/');
        }
        escape_into(&mut id, part.as_os_str().as_encoded_bytes());
    }
    id
}

/// One part of a name.
pub(super) fn escape_into(id: &mut String, name: &[u8]) {
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => id.push_str("\\\\"),
                c if c.is_control() => id.extend(c.escape_default()),
                c => id.push(c),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(id, "\\x{byte:02x}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn names_stay_different_and_on_one_line() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
        let of = |name: &[u8]| identifier(Path::new(OsStr::from_bytes(name)));
        assert_eq!(of(b"\xff\xe4.txt"), "\\xff\\xe4.txt");
        assert_eq!(of(b"a\nb\x1b[2J.txt"), "a\\nb\\u{1b}[2J.txt");
        assert_eq!(of(b"a\\nb"), "a\\\\nb");
        assert_eq!(of("法律/网络安全法.txt".as_bytes()), "法律/网络安全法.txt");
        assert_eq!(of(b"/srv/a.txt"), "/srv/a.txt");
    }
}

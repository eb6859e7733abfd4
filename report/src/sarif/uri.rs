//! References to files.

use std::fmt::Write as _;

/// The reference to a file with this path: relative, unless the path is absolute. `None` for no name.
///
/// Everything but letters, digits, `-`, `.`, `_`, `~` and `/` is percent-encoded, so that no name is read as a
/// scheme, a query or a fragment.
pub(super) fn uri(path: &str) -> Option<String> {
    let windows = matches!(path.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    let slashes = if windows || cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let (prefix, rest) = match &slashes[..] {
        drive if windows => (format!("file:///{}:", &drive[..1]), &drive[2..]),
        absolute if absolute.starts_with("//") && cfg!(windows) => ("file:".to_owned(), absolute),
        absolute if absolute.starts_with('/') => ("file://".to_owned(), absolute),
        relative => (String::new(), relative),
    };
    let mut rest = rest;
    // A name cannot begin with two slashes: that would be a host.
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter.trim_start_matches('/');
    }
    if rest.is_empty() {
        return None;
    }
    let mut uri = prefix;
    for &byte in rest.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            // Writing to a string does not fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    Some(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_references() {
        let cases = [
            ("docs/a.txt", Some("docs/a.txt")),
            ("./a b%.txt", Some("a%20b%25.txt")),
            ("../é.md", Some("../%C3%A9.md")),
            ("a:b?c#d", Some("a%3Ab%3Fc%23d")),
            ("<stdin>", Some("%3Cstdin%3E")),
            ("/tmp/a\n.txt", Some("file:///tmp/a%0A.txt")),
            ("C:\\texts\\a.txt", Some("file:///C:/texts/a.txt")),
            (".//etc/x", Some("etc/x")),
            ("", None),
            ("./", None),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path).as_deref(), expected, "{path:?}");
        }
    }
}

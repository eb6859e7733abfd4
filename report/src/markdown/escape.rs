//! Texts that are no markup.

use crate::plain::plain;

/// A text as code, in which nothing is markup, a mention or a link.
pub(super) fn code(text: &str) -> String {
    let text = plain(text.trim());
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A space at both ends is removed by readers.
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A text as code in a cell of a table, where a bar would end the cell, also in code.
pub(super) fn code_in_cell(text: &str) -> String {
    code(text).replace('|', r"\|")
}

/// A text in running text, without markup, mentions, references to issues, and links.
pub(super) fn escaped(text: &str) -> String {
    /// Parts two pieces of text, without a trace for the reader.
    const PART: &str = "<!-- -->";
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '!' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '@' => escaped.extend(["@", PART]),
            '#' => escaped.extend([r"\#", PART]),
            '/' if escaped.ends_with(':') => escaped.extend([PART, "/"]),
            '.' if ends_with_www(&escaped) => escaped.extend([PART, "."]),
            c => escaped.push(c),
        }
    }
    escaped
}

fn ends_with_www(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes[bytes.len().saturating_sub(3)..].eq_ignore_ascii_case(b"www")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_has_fences_that_are_long_enough() {
        let cases = [
            ("a.txt", "`a.txt`"),
            ("a`b", "``a`b``"),
            ("``", "``` `` ```"),
            ("<b>@me #1\n|", "`<b>@me #1 |`"),
            (" ", "(empty)"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected, "{text:?}");
        }
        assert_eq!(code_in_cell("a|b"), r"`a\|b`");
    }

    #[test]
    fn running_text_has_no_markup() {
        let cases = [
            ("“a” at lines 1 and 3, 52%", "“a” at lines 1 and 3, 52%"),
            ("<i>*a*", r"\<i\>\*a\*"),
            ("@me #1", r"@<!-- -->me \#<!-- -->1"),
            ("https://example.org", "https:<!-- -->//example.org"),
            ("WWW.example.org", "WWW<!-- -->.example.org"),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }
}

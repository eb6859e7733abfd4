//! Paragraphs of plain text.

use std::iter::FusedIterator;

use crate::Span;

/// The spans of the paragraphs of `text`, in order.
///
/// Paragraphs are parted by one or more lines that are empty or white space, by U+2029 and by form
/// feed. LF, CRLF, CR, NEL and U+2028 end lines. A span runs from the first to the last character
/// that is not white space; a byte order mark at the start of the text belongs to no paragraph.
///
/// ```
/// let text = "One line,\nand another.\n \nA second paragraph.\n";
/// let paragraphs: Vec<&str> = refrain::text::paragraphs(text).map(|span| span.of(text)).collect();
/// assert_eq!(paragraphs, ["One line,\nand another.", "A second paragraph."]);
/// ```
#[must_use]
pub fn paragraphs(text: &str) -> Paragraphs<'_> {
    let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Paragraphs { text, at }
}

/// The iterator that [`paragraphs`] returns.
#[derive(Clone, Debug)]
pub struct Paragraphs<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Paragraphs<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let mut line = start;
        // `line` begins a line of the paragraph that is neither empty nor white space.
        while line < self.text.len() {
            let stop = find_break(self.text.as_bytes(), line);
            self.at = stop.next;
            let blank_follows = || {
                let rest = &self.text[stop.next..];
                let content = rest.trim_start_matches(|c: char| c.is_whitespace() && !is_break(c));
                content.chars().next().is_none_or(is_break)
            };
            if stop.parts || blank_follows() {
                return Some(Span::new(start, start + self.text[start..stop.at].trim_end().len()));
            }
            line = stop.next;
        }
        None
    }
}

impl FusedIterator for Paragraphs<'_> {}

/// Where a line, and perhaps its paragraph, ends.
struct Break {
    /// The first byte of the break, or the end of the text.
    at: usize,
    /// The first byte after it.
    next: usize,
    /// Whether it parts paragraphs by itself.
    parts: bool,
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The first break at or after `from`, which is on a character boundary.
fn find_break(bytes: &[u8], from: usize) -> Break {
    let mut last = from;
    loop {
        last += leading_without_break(&bytes[last..]);
        let (behind, len, parts) = match bytes[from..].get(..=last - from) {
            None => (0, 0, true),
            Some([.., b'\r']) if bytes.get(last + 1) == Some(&b'\n') => (0, 2, false),
            Some([.., b'\n' | b'\r']) => (0, 1, false),
            Some([.., 0x0c]) => (0, 1, true),
            Some([.., 0xc2, 0x85]) => (1, 2, false),
            Some([.., 0xe2, 0x80, end @ (0xa8 | 0xa9)]) => (2, 3, *end == 0xa9),
            _ => {
                last += 1;
                continue;
            }
        };
        let at = last - behind;
        return Break { at, next: at + len, parts };
    }
}

/// How many bytes at the front certainly are not the last byte of a break, or the first of CRLF.
///
/// The last bytes tell more: the first ones of NEL and of U+2028 begin curly quotes, too.
fn leading_without_break(bytes: &[u8]) -> usize {
    let may_break = |byte: &u8| matches!(byte, b'\n' | b'\r' | 0x0c | 0x85 | 0xa8 | 0xa9);
    // A whole chunk is tested without a branch, so that the compiler can use vector registers.
    let chunks = bytes
        .chunks_exact(32)
        .take_while(|chunk| !chunk.iter().fold(false, |any, byte| any | may_break(byte)));
    let skipped = 32 * chunks.count();
    let rest = &bytes[skipped..];
    skipped + rest.iter().position(may_break).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text).map(|span| span.of(text)).collect()
    }

    #[test]
    fn breaks_of_every_kind() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            (" \n\t\r\n ", &[]),
            ("a", &["a"]),
            ("a\nb", &["a\nb"]),
            ("a\n\nb", &["a", "b"]),
            ("a\r\n\r\nb", &["a", "b"]),
            ("a\r\nb", &["a\r\nb"]),
            ("a\r\rb", &["a", "b"]),
            ("a\u{85}\u{85}b", &["a", "b"]),
            ("a\u{2028}\u{2028}b", &["a", "b"]),
            ("a\u{2028}b", &["a\u{2028}b"]),
            ("a\u{2029}b", &["a", "b"]),
            ("a\u{c}b", &["a", "b"]),
            ("a\n\u{c}b", &["a", "b"]),
            ("a\n\u{3000} \t\n\n b \n", &["a", "b"]),
            ("\u{feff}a\n\n\u{feff}", &["a", "\u{feff}"]),
            ("\u{feff}\n\na", &["a"]),
            ("’”\n\n–é", &["’”", "–é"]),
            ("a\n \n", &["a"]),
        ];
        for (text, expected) in table {
            assert_eq!(&cut(text), expected, "{text:?}");
        }
    }

    #[test]
    fn long_lines_are_searched_in_chunks() {
        let line = "x".repeat(100);
        let text = format!("{line}\n{line}é{line}\n\n{line}");
        assert_eq!(cut(&text).len(), 2);
    }
}

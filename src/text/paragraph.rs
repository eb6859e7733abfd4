//! Paragraphs of plain text.

use std::iter::FusedIterator;

use crate::arch::{ByteClassifier, Instructions, Kernel};
use crate::util::span::Span;

/// The spans of the paragraphs of `text`, in order.
///
/// Paragraphs are separated by one or more lines that are empty or only white space, by U+2029 and by
/// form feed. LF, CRLF, CR, NEL and U+2028 end lines. A span goes from the first to the last character
/// that is not white space, so no paragraph is empty. A byte order mark at the start of the text belongs
/// to no paragraph.
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
        // `line` is the start of a line of the paragraph, which holds more than white space.
        while line < self.text.len() {
            let stop = find_break(self.text.as_bytes(), line);
            self.at = stop.next;
            let blank_follows = || {
                let rest = &self.text[stop.next..];
                let content = rest.trim_start_matches(|c: char| c.is_whitespace() && !is_break(c));
                content.chars().next().is_none_or(is_break)
            };
            if stop.ends_paragraph || blank_follows() {
                return Some(Span::new(start, start + self.text[start..stop.at].trim_end().len()));
            }
            line = stop.next;
        }
        None
    }
}

impl FusedIterator for Paragraphs<'_> {}

/// The lines of a paragraph that hold more than white space, each without the white space around it.
pub(super) fn lines(text: &str, paragraph: Span) -> impl Iterator<Item = Span> {
    let mut at = paragraph.start;
    std::iter::from_fn(move || {
        while at < paragraph.end {
            let start = at;
            let stop = find_break(text.as_bytes(), start);
            at = stop.next.max(start + 1);
            let line = &text[start..stop.at.min(paragraph.end)];
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let start = start + (line.len() - line.trim_start().len());
                return Some(Span::new(start, start + trimmed.len()));
            }
        }
        None
    })
}

/// The end of a line, which may be the end of its paragraph.
struct Break {
    /// The first byte of the break, or the end of the text.
    at: usize,
    /// The first byte after it.
    next: usize,
    /// Whether it ends a paragraph even without a blank line.
    ends_paragraph: bool,
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The first break at or after `from`, which is on a character boundary.
fn find_break(bytes: &[u8], from: usize) -> Break {
    let mut last = from;
    loop {
        last += leading_without_break(&bytes[last..]);
        let (behind, len, ends_paragraph) = match bytes[from..].get(..=last - from) {
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
        return Break { at, next: at + len, ends_paragraph };
    }
}

/// A number of bytes at the front that are certainly not the last byte of a break or the first of CRLF.
fn leading_without_break(bytes: &[u8]) -> usize {
    Instructions::detect().run(SkipToBreak { bytes })
}

struct SkipToBreak<'a> {
    bytes: &'a [u8],
}

impl Kernel for SkipToBreak<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<B: ByteClassifier>(self) -> usize {
        let (blocks, rest) = self.bytes.as_chunks::<64>();
        for (number, block) in blocks.iter().enumerate() {
            let found = may_break::<B>(block);
            if found != 0 {
                return 64 * number + found.trailing_zeros() as usize;
            }
        }
        let mut padded = [b' '; 64];
        padded[..rest.len()].copy_from_slice(rest);
        let found = may_break::<B>(&padded).trailing_zeros() as usize;
        64 * blocks.len() + found.min(rest.len())
    }
}

/// The bytes of a block that may be the last byte of a break.
///
/// The last bytes of NEL, U+2028 and U+2029 also occur in letters of many scripts. The byte before excludes
/// most of these, unless it is in the previous block.
#[inline(always)]
fn may_break<B: ByteClassifier>(block: &[u8; 64]) -> u64 {
    // The range includes the vertical tab, which is not a break but as rare.
    let plain = B::in_range(block, b'\n', b'\r');
    let behind = |low, high| B::in_range(block, low, high) << 1 | 1;
    let last = B::in_range(block, 0x85, 0x85) & behind(0xc2, 0xc2)
        | B::in_range(block, 0xa8, 0xa9) & behind(0x80, 0x80);
    plain | last
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
    fn breaks_are_found_at_every_position_of_a_block() {
        for filling in ["x", "é", "х", "\u{a85}", "’"] {
            for stop in ["\n\n", "\r\n\r\n", "\u{85}\u{85}", "\u{2028}\u{2028}", "\u{2029}", "\u{c}"] {
                for count in 0..140 {
                    let line = format!("a{}z", filling.repeat(count));
                    assert_eq!(cut(&format!("{line}\u{b}{line}{stop}{line}")).len(), 2, "{count} {stop:?}");
                }
            }
        }
    }
}

//! Where a span begins and ends.

use refrain::{Document, Span};
use serde::Serialize;

/// A region of a text. Lines and columns count from 1, columns in characters, bytes from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: usize,
    start_column: usize,
    #[serde(flatten)]
    end: Option<End>,
    byte_offset: usize,
    byte_length: usize,
}

/// The line and the column after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct End {
    end_line: usize,
    end_column: usize,
}

impl Region {
    /// The region of a span of a document, of which the beginning is known. Without the document, its end is not.
    pub(super) fn new(line: usize, column: usize, span: Span, document: Option<&Document<'_>>) -> Self {
        // A stored report may have no lines.
        let (start_line, start_column) = (line.max(1), column.max(1));
        let end = document.map(|document| end(start_line, start_column, span.of(document.source())));
        Self { start_line, start_column, end, byte_offset: span.start, byte_length: span.len() }
    }
}

/// The line and the column after a text that begins at a line and a column. LF, CRLF, CR, NEL and U+2028 end lines.
fn end(mut line: usize, mut column: usize, text: &str) -> End {
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let ends_line = match c {
            '\n' | '\u{85}' | '\u{2028}' => true,
            '\r' => characters.peek() != Some(&'\n'),
            _ => false,
        };
        (line, column) = if ends_line { (line + 1, 1) } else { (line, column + 1) };
    }
    End { end_line: line, end_column: column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_ends_after_its_last_character() {
        let cases =
            [("", 3, 5), ("日本", 3, 7), ("a\nbc", 4, 3), ("a\r\nb\rc\u{85}d\u{2028}", 7, 1), ("a\r", 4, 1)];
        for (text, end_line, end_column) in cases {
            assert_eq!(end(3, 5, text), End { end_line, end_column }, "{text:?}");
        }
    }
}

//! The line and the column of a byte in a text.

use crate::util::progress::{Cancelled, Watch};
use crate::util::span::Span;

/// The distance in bytes between positions in the index. A lookup reads at most this many bytes, however
/// long the line is.
const STRIDE: usize = 256;
/// The number of notes after which the watcher is asked: some hundredths of a millisecond.
const POLL: usize = 128;

/// The lines of one text.
///
/// LF, CRLF, CR, NEL and U+2028 end lines.
#[derive(Debug)]
pub(crate) struct LineIndex<'a> {
    text: &'a str,
    /// The position of the first character at or after each multiple of the stride.
    positions: Vec<Position>,
}

/// A byte that begins a character, with its line and its column in characters, both from 0.
#[derive(Clone, Copy, Debug, Default)]
struct Position {
    at: usize,
    line: usize,
    column: usize,
}

impl Position {
    /// Moves forward to the first character at or after `to`.
    fn advance(&mut self, bytes: &[u8], to: usize) {
        while self.at < to {
            // Most bytes are characters that end no line.
            let plain = bytes[self.at..to].iter().take_while(|&&byte| matches!(byte, b' '..=b'~')).count();
            (self.at, self.column) = (self.at + plain, self.column + plain);
            if self.at < to {
                self.step(bytes);
            }
        }
    }

    /// Moves forward by one byte.
    fn step(&mut self, bytes: &[u8]) {
        let next = bytes.get(self.at + 1).copied();
        let ends_line = match bytes[..=self.at] {
            [.., b'\n'] => true,
            [.., b'\r'] => next != Some(b'\n'),
            [.., 0xc2, 0x85] | [.., 0xe2, 0x80, 0xa8] => true,
            _ => false,
        };
        self.at += 1;
        // A character ends before each byte that does not continue one.
        if ends_line {
            (self.line, self.column) = (self.line + 1, 0);
        } else if next.is_none_or(|byte| byte & 0xc0 != 0x80) {
            self.column += 1;
        }
    }
}

impl<'a> LineIndex<'a> {
    pub(crate) fn new(text: &'a str, watch: Watch<'_>) -> Result<Self, Cancelled> {
        // A byte order mark is not a character of the first line.
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut position = Position { at, ..Position::default() };
        let mut positions = vec![position];
        while position.at + STRIDE < text.len() {
            position.advance(text.as_bytes(), text.ceil_char_boundary(position.at + STRIDE));
            positions.push(position);
            if positions.len().is_multiple_of(POLL) {
                watch.poll()?;
            }
        }
        Ok(Self { text, positions })
    }

    /// The line and the column of the first character of `span`, both from 1; columns are characters.
    pub(crate) fn locate(&self, span: Span) -> (usize, usize) {
        let after = self.positions.partition_point(|position| position.at <= span.start);
        let mut position = self.positions[after.saturating_sub(1)];
        position.advance(self.text.as_bytes(), span.start);
        (position.line + 1, position.column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "ab\ncd\r\né\u{2028}f\rg\u{85}h\u{c}i\n";
        let lines = LineIndex::new(text, Watch::none()).unwrap();
        let place = |c: char| {
            let at = text.find(c).unwrap();
            lines.locate(Span::new(at, at))
        };
        let places = ['a', 'b', 'c', 'é', 'f', 'g', 'h', 'i'].map(place);
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (6, 3)]);
        assert_eq!(LineIndex::new("", Watch::none()).unwrap().locate(Span::default()), (1, 1));
        let marked = LineIndex::new("\u{feff}a", Watch::none()).unwrap();
        assert_eq!([0, 3, 4].map(|at| marked.locate(Span::new(at, at)).1), [1, 1, 2]);
    }

    #[test]
    fn columns_of_a_long_line_are_characters() {
        let text = "é".repeat(10_000);
        let lines = LineIndex::new(&text, Watch::none()).unwrap();
        for column in [0, 1, 511, 512, 513, 9_999] {
            assert_eq!(lines.locate(Span::new(2 * column, 2 * column)), (1, column + 1));
        }
    }
}

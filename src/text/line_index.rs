//! Lines and columns of places in a text.

use crate::util::span::Span;

/// A place is noted every so many bytes, so that looking one up reads no more than this, whatever
/// the length of the line.
const STRIDE: usize = 256;

/// The lines of one text, to look places up in.
///
/// LF, CRLF, CR, NEL and U+2028 end lines.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    /// The places of the first characters that begin at or after each multiple of the stride.
    notes: Vec<Place>,
}

/// The characters before a byte that begins one, told as lines and as columns of the last line.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    at: usize,
    line: usize,
    column: usize,
}

impl Place {
    /// Moves on to the first character that begins at or after `to`.
    fn advance(&mut self, bytes: &[u8], to: usize) {
        while self.at < to {
            let next = bytes.get(self.at + 1).copied();
            let ends_line = match bytes[..=self.at] {
                [.., b'\n'] => true,
                [.., b'\r'] => next != Some(b'\n'),
                [.., 0xc2, 0x85] | [.., 0xe2, 0x80, 0xa8] => true,
                _ => false,
            };
            self.at += 1;
            // A character ends before every byte that does not continue one.
            if ends_line {
                (self.line, self.column) = (self.line + 1, 0);
            } else if next.is_none_or(|byte| byte & 0xc0 != 0x80) {
                self.column += 1;
            }
        }
    }
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        // A byte order mark is no character of the first line.
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut place = Place { at, ..Place::default() };
        let mut notes = vec![place];
        while place.at + STRIDE < text.len() {
            place.advance(text.as_bytes(), text.ceil_char_boundary(place.at + STRIDE));
            notes.push(place);
        }
        Self { text, notes }
    }

    /// The line and the column, in characters, of the first character of `span`, both from 1.
    pub(crate) fn locate(&self, span: Span) -> (usize, usize) {
        let after = self.notes.partition_point(|note| note.at <= span.start);
        let mut place = self.notes[after.saturating_sub(1)];
        place.advance(self.text.as_bytes(), span.start);
        (place.line + 1, place.column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "ab\ncd\r\né\u{2028}f\rg\u{85}h\u{c}i\n";
        let lines = Lines::new(text);
        let place = |c: char| {
            let at = text.find(c).unwrap();
            lines.locate(Span::new(at, at))
        };
        let places = ['a', 'b', 'c', 'é', 'f', 'g', 'h', 'i'].map(place);
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (6, 3)]);
        assert_eq!(Lines::new("").locate(Span::default()), (1, 1));
        let marked = Lines::new("\u{feff}a");
        assert_eq!([0, 3, 4].map(|at| marked.locate(Span::new(at, at)).1), [1, 1, 2]);
    }

    #[test]
    fn columns_of_a_long_line_are_characters() {
        let text = "é".repeat(10_000);
        let lines = Lines::new(&text);
        for column in [0, 1, 511, 512, 513, 9_999] {
            assert_eq!(lines.locate(Span::new(2 * column, 2 * column)), (1, column + 1));
        }
    }
}

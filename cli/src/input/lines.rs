//! Splits a block of bytes into pieces and lines.

use memchr::{memchr, memchr_iter};

/// The size of a piece in bytes, unless a line is longer.
pub(crate) const PIECE: usize = 1 << 16;

/// Splits a block into pieces of whole lines, which can be worked on in parallel.
///
/// The split depends only on the block, so the results do not depend on the number of threads.
pub(crate) fn pieces(mut block: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::with_capacity(block.len() / PIECE + 1);
    while !block.is_empty() {
        let from = PIECE.min(block.len());
        let end = memchr(b'\n', &block[from..]).map_or(block.len(), |end| from + end + 1);
        let (piece, rest) = block.split_at(end);
        pieces.push(piece);
        block = rest;
    }
    pieces
}

/// The number of line ends in a piece.
pub(crate) fn count_lines(piece: &[u8]) -> usize {
    memchr_iter(b'\n', piece).count()
}

/// The lines of a piece that are not blank, each with its number in the piece, counted from 0.
///
/// A line includes its end. It is an error if it is not UTF-8.
pub(crate) fn lines(piece: &[u8]) -> impl Iterator<Item = (usize, Result<&str, &[u8]>)> {
    // Checking the whole piece is faster than checking each line.
    let text = simdutf8::basic::from_utf8(piece).ok();
    let mut start = 0;
    let ends = memchr_iter(b'\n', piece).map(|end| end + 1);
    let last = (!piece.ends_with(b"\n")).then_some(piece.len());
    ends.chain(last).enumerate().filter_map(move |(number, end)| {
        let range = std::mem::replace(&mut start, end)..end;
        let line = &piece[range.clone()];
        let blank = line.trim_ascii().is_empty();
        let decoded = || match text {
            Some(text) => Ok(&text[range]),
            None => std::str::from_utf8(line).map_err(|_| line),
        };
        (!blank).then(|| (number, decoded()))
    })
}

/// A line without its end, and without the byte order mark that the first line may have.
pub(crate) fn trim_line(line: &str) -> &str {
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    line.trim_end_matches(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_but_not_returned() {
        let found: Vec<_> = lines(b"a\n\n \t\r\nb\r\n\xff\nc").collect();
        assert_eq!(found, [(0, Ok("a\n")), (3, Ok("b\r\n")), (4, Err(&b"\xff\n"[..])), (5, Ok("c"))]);
        assert_eq!(lines(b"").count() + lines(b"\n").count(), 0);
    }
}

//! A corpus as a sequence of blocks of whole lines, the next of which is read while one is worked on.

use std::fmt;
use std::io::{self, Read};

use memchr::{memchr, memrchr};

use crate::error::Failure;

/// Bytes in a block, unless a line is longer: enough paragraphs for every thread, few enough to
/// count for nothing beside what the library keeps.
pub(crate) const BLOCK: usize = 1 << 21;
/// Bytes in a piece of a block, unless a line is longer.
const PIECE: usize = 1 << 16;

/// Reads blocks.
pub(crate) struct Blocks(Kind);

enum Kind {
    Lines {
        reader: Box<dyn Read + Send>,
        /// The start of a line, of which the end was not read yet.
        rest: Vec<u8>,
    },
    #[cfg(feature = "parquet")]
    Rows(super::parquet::Rows),
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocks")
    }
}

impl Blocks {
    pub(crate) fn of_lines(reader: Box<dyn Read + Send>) -> Self {
        Self(Kind::Lines { reader, rest: Vec::new() })
    }

    #[cfg(feature = "parquet")]
    pub(crate) fn of_rows(rows: super::parquet::Rows) -> Self {
        Self(Kind::Rows(rows))
    }

    /// Works on all blocks in order, and hands on in order what comes of each.
    ///
    /// While one is worked on, what came of the last is handed on and the next is read.
    /// `unreadable` says what it means that reading failed.
    pub(crate) fn each<T: Send>(
        mut self,
        unreadable: impl Fn(io::Error) -> Failure + Sync,
        mut work: impl FnMut(&[u8]) -> Result<T, Failure> + Send,
        mut hand_on: impl FnMut(T) -> Result<(), Failure> + Send,
    ) -> Result<(), Failure> {
        let mut block = Vec::new();
        let mut next = Vec::new();
        let mut last = None;
        self.fill(&mut block).map_err(&unreadable)?;
        while !block.is_empty() {
            let (worked, prepared) = rayon::join(
                || work(&block),
                || last.take().map_or(Ok(()), &mut hand_on).map(|()| self.fill(&mut next)),
            );
            // The failure that comes first in the input, whichever happened first.
            let filled = prepared?;
            last = Some(worked?);
            filled.map_err(&unreadable)?;
            std::mem::swap(&mut block, &mut next);
        }
        last.map_or(Ok(()), hand_on)
    }

    /// Puts the next lines in `block`, all of them whole, though the last of all may lack its end;
    /// none when there are no more.
    fn fill(&mut self, block: &mut Vec<u8>) -> io::Result<()> {
        block.clear();
        match &mut self.0 {
            Kind::Lines { reader, rest } => {
                block.append(rest);
                let mut wanted = BLOCK;
                loop {
                    let old = block.len();
                    block.reserve(wanted);
                    if reader.take(wanted as u64).read_to_end(block)? == 0 {
                        return Ok(());
                    }
                    if let Some(end) = memrchr(b'\n', &block[old..]) {
                        rest.extend_from_slice(&block[old + end + 1..]);
                        block.truncate(old + end + 1);
                        return Ok(());
                    }
                    wanted = block.len().max(BLOCK);
                }
            }
            #[cfg(feature = "parquet")]
            Kind::Rows(rows) => rows.fill(block),
        }
    }
}

/// Cuts a block into pieces of whole lines, to be worked on in parallel.
///
/// The cuts depend on the block alone, hence so does what comes of them.
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

/// How many lines end in a piece.
pub(crate) fn count_lines(piece: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', piece).count()
}

/// The lines of a piece with the number of each in it, counted from 0, but for blank ones; each with
/// its end, or as an error if it is not UTF-8.
pub(crate) fn lines(piece: &[u8]) -> impl Iterator<Item = (usize, Result<&str, &[u8]>)> {
    // To look at all at once is faster than line by line.
    let text = simdutf8::basic::from_utf8(piece).ok();
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', piece).map(|end| end + 1);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a few bytes at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = buffer.len().min(self.0.len()).min(1000);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn blocks_are_whole_lines_and_all_there_is() {
        let lines = [0, 1, PIECE - 1, PIECE, BLOCK - 1, BLOCK, 3 * BLOCK, 5];
        for end in ["\n", ""] {
            let mut all: Vec<u8> =
                lines.iter().flat_map(|&len| [vec![b'x'; len], vec![b'\n']].concat()).collect();
            all.extend_from_slice(b"last");
            all.extend_from_slice(end.as_bytes());
            let bytes: &'static [u8] = all.clone().leak();
            let mut read = Vec::new();
            let blocks = Blocks::of_lines(Box::new(Slow(bytes)));
            let unreadable = |error: io::Error| panic!("{error}");
            let add = |block: &[u8]| {
                assert!(block.ends_with(b"\n") || block.ends_with(b"last"));
                assert_eq!(pieces(block).concat(), block);
                read.extend_from_slice(block);
                Ok(())
            };
            blocks.each(unreadable, add, |()| Ok(())).unwrap();
            assert!(read == all);
        }
    }

    #[test]
    fn blank_lines_count_but_do_not_come() {
        let found: Vec<_> = lines(b"a\n\n \t\r\nb\r\n\xff\nc").collect();
        assert_eq!(found, [(0, Ok("a\n")), (3, Ok("b\r\n")), (4, Err(&b"\xff\n"[..])), (5, Ok("c"))]);
        assert_eq!(lines(b"").count() + lines(b"\n").count(), 0);
    }
}

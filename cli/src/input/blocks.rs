//! A corpus as a sequence of blocks of whole lines. The next block is read while one is worked on.

use std::fmt;
use std::io::{self, Read};

use memchr::memrchr;

#[cfg(feature = "parquet")]
use super::parquet::Rows;
use crate::error::Error;

/// The size of a block in bytes, unless a line is longer: enough work for every thread, and little
/// memory compared with what the library keeps.
const BLOCK: usize = 1 << 21;

/// Reads a corpus block by block.
pub(crate) struct Blocks(Kind);

enum Kind {
    Lines {
        reader: Box<dyn Read + Send>,
        /// The start of a line whose end has not been read yet.
        rest: Vec<u8>,
    },
    #[cfg(feature = "parquet")]
    Rows(Rows),
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
    pub(crate) fn of_rows(rows: Rows) -> Self {
        Self(Kind::Rows(rows))
    }

    /// Calls `work` with each block in order, and `finish` with each result in order.
    ///
    /// While a block is worked on, the result of the previous one is finished and the next block is
    /// read. `read_error` converts errors of reading. The error returned is the one that comes first in
    /// the input, whichever happened first.
    pub(crate) fn for_each<T: Send>(
        mut self,
        read_error: impl Fn(io::Error) -> Error + Sync,
        mut work: impl FnMut(&[u8]) -> Result<T, Error> + Send,
        mut finish: impl FnMut(T) -> Result<(), Error> + Send,
    ) -> Result<(), Error> {
        let mut block = Vec::new();
        let mut next = Vec::new();
        let mut result = None;
        self.fill(&mut block).map_err(&read_error)?;
        while !block.is_empty() {
            let (worked, finished) = rayon::join(
                || work(&block),
                || result.take().map_or(Ok(()), &mut finish).map(|()| self.fill(&mut next)),
            );
            let filled = finished?;
            result = Some(worked?);
            filled.map_err(&read_error)?;
            std::mem::swap(&mut block, &mut next);
        }
        result.map_or(Ok(()), finish)
    }

    /// Replaces the content of `block` by the next whole lines, or by nothing at the end of the input.
    ///
    /// Only the last line of the input may have no line end.
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
            Kind::Rows(rows) => rows.fill(block, BLOCK),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{PIECE, pieces};
    use super::*;

    /// Returns at most 1000 bytes at a time.
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
    fn blocks_are_whole_lines_and_all_of_the_input() {
        let lines = [0, 1, PIECE - 1, PIECE, BLOCK - 1, BLOCK, 3 * BLOCK, 5];
        for end in ["\n", ""] {
            let mut all: Vec<u8> =
                lines.iter().flat_map(|&len| [vec![b'x'; len], vec![b'\n']].concat()).collect();
            all.extend_from_slice(b"last");
            all.extend_from_slice(end.as_bytes());
            let bytes: &'static [u8] = all.clone().leak();
            let mut read = Vec::new();
            let blocks = Blocks::of_lines(Box::new(Slow(bytes)));
            let read_error = |error: io::Error| panic!("{error}");
            let add = |block: &[u8]| {
                assert!(block.ends_with(b"\n") || block.ends_with(b"last"));
                assert_eq!(pieces(block).concat(), block);
                read.extend_from_slice(block);
                Ok(())
            };
            blocks.for_each(read_error, add, |()| Ok(())).unwrap();
            assert!(read == all);
        }
    }
}

//! Postings, and blocks of them.
//!
//! A block holds 280 postings in order. The first key stands in its name. Then come the number of postings, the
//! number of lowest bits of a difference of keys and the bits of a paragraph, one byte each but the first, and, bit by
//! bit, the difference of each key from the one before in Rice code and the paragraph.

use crate::bits::{BitReader, BitWriter, read_number, write_number};
use crate::error::Error;
use crate::keys::KEY_BITS;

/// A key and a paragraph that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting {
    pub(crate) key: u64,
    /// The number of the paragraph in the index.
    pub(crate) paragraph: u64,
}

/// The postings of a block. With some 37 bits each, three blocks fill a page of the store.
pub(crate) const BLOCK: usize = 280;

/// Writes a block. The postings ascend, and their paragraphs are `first` or greater.
pub(crate) fn encode(postings: &[Posting], first: u64) -> Vec<u8> {
    let span = postings[postings.len() - 1].key - postings[0].key;
    let low = (span / postings.len() as u64).max(1).ilog2();
    let most = postings.iter().map(|posting| posting.paragraph - first).max().unwrap_or(0);
    let bits = 64 - most.leading_zeros();
    let mut block = Vec::new();
    write_number(&mut block, postings.len() as u64);
    block.extend([low as u8, bits as u8]);
    let mut writer = BitWriter::default();
    let mut key = postings[0].key;
    for posting in postings {
        writer.write_rice(posting.key - key, low);
        writer.write(posting.paragraph - first, bits);
        key = posting.key;
    }
    block.extend(writer.finish());
    block
}

/// Passes the postings of a block to `sink` until it returns false.
pub(crate) fn decode(
    mut block: &[u8],
    first_key: u64,
    first: u64,
    mut sink: impl FnMut(Posting) -> bool,
) -> Result<(), Error> {
    let damaged = || Error::damaged("a block of postings cannot be read");
    let count = read_number(&mut block).filter(|&count| count <= 1 << 16).ok_or_else(damaged)?;
    let [low, bits, rest @ ..] = block else { return Err(damaged()) };
    let (low, bits) = (u32::from(*low), u32::from(*bits));
    if low > KEY_BITS || bits > 48 {
        return Err(damaged());
    }
    let mut reader = BitReader::new(rest);
    let mut key = first_key;
    for _ in 0..count {
        let (step, paragraph) = reader.read_rice_and(low, bits);
        key = key.saturating_add(step);
        let paragraph = first.saturating_add(paragraph);
        if !sink(Posting { key, paragraph }) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_as_they_were_written() {
        for (count, step) in [(1, 0), (280, 0), (280, 1), (280, 3_000_000_000), (7, 1 << 36)] {
            let postings: Vec<Posting> = (0..count)
                .map(|number| Posting { key: 5 + number * step, paragraph: 1000 + number * number % 700 })
                .collect();
            let block = encode(&postings, 1000);
            let mut read = Vec::new();
            decode(&block, 5, 1000, |posting| {
                read.push(posting);
                true
            })
            .unwrap();
            assert_eq!(read, postings);
        }
    }

    #[test]
    fn damaged_blocks_are_errors_or_postings() {
        let block = encode(&[Posting { key: 1, paragraph: 2 }, Posting { key: 900, paragraph: 4 }], 1);
        for end in 0..block.len() {
            let _ = decode(&block[..end], 1, 1, |_| true);
        }
        assert!(decode(&[0xff; 30], 1, 1, |_| true).is_err());
    }
}
